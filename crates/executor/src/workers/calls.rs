//! Callbacks: those who asked to be told of an end are told.

use std::sync::Arc;
use std::time::Duration;

use callbacks::{CallError, Caller, pause};
use jobs::{Call, CallSubject, Called, Engine};
use tokio::sync::Semaphore;

use super::AWAY;
use crate::http::jobs::answers;

/// Callbacks at the same time: one server that takes its time must not keep the others waiting.
const TOGETHER: usize = 16;
/// How long one question for callbacks waits.
const PATIENCE: Duration = Duration::from_secs(30);

/// Makes them, for ever.
pub(super) async fn make(caller: Caller, engine: Arc<dyn Engine>) {
    let places = Arc::new(Semaphore::new(TOGETHER));
    loop {
        // Only what can be made now is taken: what waits here would come due a second time.
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let calls = match engine.calls(1, PATIENCE).await {
            Ok(calls) => calls,
            Err(error) => {
                tracing::warn!(%error, "no callbacks can be had");
                tokio::time::sleep(AWAY).await;
                continue;
            }
        };
        let Some(call) = calls.into_iter().next() else { continue };
        let (caller, engine) = (caller.clone(), engine.clone());
        tokio::spawn(async move {
            let _place = place;
            one(&caller, &*engine, call).await;
        });
    }
}

async fn one(caller: &Caller, engine: &dyn Engine, call: Call) {
    let Call { lease, id, url, subject, attempts } = call;
    let body = match subject {
        CallSubject::Job(job) => answers::job(*job).ok().and_then(|info| serde_json::to_vec(&info).ok()),
        CallSubject::Batch(batch) => serde_json::to_vec(&answers::batch(*batch)).ok(),
    };
    let told = match body {
        Some(body) => caller.tell(&url, &id, body.into()).await,
        None => Err(CallError::Away("what it is about cannot be read".into())),
    };
    let what = match told {
        Ok(()) => Called::Delivered,
        Err(error) => match pause(attempts + 1).filter(|_| !error.is_final()) {
            Some(after) => Called::Later(error.to_string(), after),
            None => {
                // The address is the caller's own; it is not for the log.
                tracing::warn!(callback = id, %error, tries = attempts + 1, "a callback is given up");
                Called::GivenUp(error.to_string())
            }
        },
    };
    if let Err(error) = engine.called(lease, what).await {
        tracing::warn!(callback = id, %error, "what became of a callback could not be recorded; it is made again");
    }
}
