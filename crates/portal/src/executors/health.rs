//! Whether executors take work, asked every second.

use std::sync::Weak;
use std::time::Duration;

use axum::http::{Request, StatusCode};
use bytes::Bytes;
use futures_util::future::join_all;
use http_body_util::{BodyExt, Full, Limited};
use tokio::time::timeout;

use super::{Executors, One, State};

/// Between two questions.
const PAUSE: Duration = Duration::from_secs(1);
/// For an answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// Of an answer, in bytes.
const ANSWER_MAX: usize = 1 << 20;

/// Asks all of them again and again; ends with the portal.
pub async fn keep_checking(executors: Weak<Executors>) {
    loop {
        let Some(executors) = executors.upgrade() else { return };
        executors.check().await;
        drop(executors);
        tokio::time::sleep(PAUSE).await;
    }
}

impl Executors {
    /// Asks all of them, at the same time.
    pub async fn check(&self) {
        join_all(self.all.iter().map(|one| async {
            let state = timeout(PATIENCE, self.ask(one)).await;
            one.set(state.unwrap_or_else(|_| State::Down("it does not answer in time".into())));
        }))
        .await;
    }

    async fn ask(&self, one: &One) -> State {
        let Ok(request) = Request::get(format!("{}/ready", one.url)).body(Full::<Bytes>::default()) else {
            return State::Down("its address cannot be used".into());
        };
        match self.client.request(request).await {
            Ok(response) => {
                let status = response.status();
                // Read to its end, the connection can be used again.
                let body = Limited::new(response.into_body(), ANSWER_MAX).collect().await;
                match (status, body) {
                    (StatusCode::OK, Ok(_)) => State::Up,
                    (StatusCode::OK, Err(error)) => State::Down(error.to_string()),
                    (status, Ok(body)) => State::Down(reason(status, &body.to_bytes())),
                    (status, Err(_)) => State::Down(format!("it answers {status}")),
                }
            }
            Err(error) => State::Down(executor::pool::chain(&error)),
        }
    }
}

/// Why it is not ready, as it says itself.
fn reason(status: StatusCode, body: &[u8]) -> String {
    let health = serde_json::from_slice::<api::Health>(body).ok();
    health.and_then(|health| health.reason).unwrap_or_else(|| format!("it answers {status}"))
}
