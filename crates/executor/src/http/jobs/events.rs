//! `GET /batches/{id}/events`: server-sent events, as <https://html.spec.whatwg.org/multipage/server-sent-events.html>.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ::jobs::{Events, Tenant};
use api::Failure;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;

use super::{Access, access, answers, last_event, no_batch};
use crate::http::{App, Problem};

/// How long one question to the engine waits: so soon an end of the service is noticed.
const WAIT: Duration = Duration::from_secs(1);
/// After so long without an event a comment says that we are still there.
const ALIVE: Duration = Duration::from_secs(15);

/// The jobs of a batch as they end.
///
/// Each event `job` has a `JobInfo` as its data and a number as its id; a client that comes back with `Last-Event-ID` is told
/// what it has missed. After the last job an event `end` has the `BatchInfo`, and the stream ends.
#[utoipa::path(
    get, path = "/batches/{id}/events", tag = "Jobs", security((), ("key" = [])),
    params(
        ("id" = String, Path, description = "Its id."),
        ("Last-Event-ID" = Option<u64>, Header, description = "Go on after this event."),
    ),
    responses(
        (status = 200, description = "The events.", body = String, content_type = "text/event-stream"),
        (status = 400, description = "`Last-Event-ID` is no number.", body = Failure),
        (status = 401, description = "A key is needed, or this one is not known.", body = Failure),
        (status = 404, description = "This caller has no such batch, or it ended too long ago.", body = Failure),
        (status = 429, description = "Too many requests; `Retry-After` says when to come back.", body = Failure),
        (status = 500, description = "A fault of the service; details are in its log.", body = Failure),
        (status = 503, description = "Jobs cannot be had just now; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(in crate::http) async fn events(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let Access { engine, tenant } = access(&app, &request)?;
    let after = last_event(request.headers())?;
    // Now, while there is still a status to say it with.
    engine.events(&tenant, &id, after, Duration::ZERO).await?.ok_or_else(no_batch)?;
    let follower = Follower { app: app.clone(), tenant, id, after, said: Instant::now(), has_ended: false };
    let stream = futures_util::stream::unfold(follower, async |mut follower| {
        let text = follower.next().await?;
        Some((Ok::<Bytes, std::convert::Infallible>(Bytes::from(text)), follower))
    });
    let mut response = Response::new(Body::from_stream(stream));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    // nginx would keep events back until there are many.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Who reads the events of a batch.
struct Follower {
    app: Arc<App>,
    tenant: Tenant,
    id: String,
    after: u64,
    said: Instant,
    has_ended: bool,
}

impl Follower {
    /// What to say next; nothing at the end. A fault of ours ends the stream: the client comes back and is told properly.
    async fn next(&mut self) -> Option<String> {
        while !self.has_ended && !self.app.is_stopping() {
            let engine = self.app.jobs.engine().ok()?.clone();
            let told = engine.events(&self.tenant, &self.id, self.after, WAIT).await;
            let Events { events, complete } = told.inspect_err(|error| tracing::warn!(%error, "events")).ok()??;
            let mut text = String::new();
            for (number, job) in events {
                let info = answers::job(job).ok()?;
                event(&mut text, Some(number), "job", &info);
                self.after = number;
            }
            if complete {
                self.has_ended = true;
                let batch = engine.batch(&self.tenant, &self.id).await.ok()??;
                event(&mut text, None, "end", &answers::batch(batch));
            }
            if text.is_empty() && self.said.elapsed() >= ALIVE {
                text.push_str(": still there\n\n");
            }
            if !text.is_empty() {
                self.said = Instant::now();
                return Some(text);
            }
        }
        None
    }
}

/// JSON has no line breaks of its own: one line of data is enough.
fn event<T: serde::Serialize>(text: &mut String, number: Option<u64>, name: &str, data: &T) {
    use std::fmt::Write;
    if let Some(number) = number {
        let _ = writeln!(text, "id: {number}");
    }
    let data = serde_json::to_string(data).unwrap_or_default();
    let _ = write!(text, "event: {name}\ndata: {data}\n\n");
}
