//! What stands around every answer.

use std::hash::{BuildHasher, RandomState};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use api::{Failure, RunStatus};
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tracing::{Instrument, Span};

use super::{App, Problem};
use crate::trace;

/// Names a request in the answer and in the log.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the log says of a run; carried by the answer.
#[derive(Debug, Clone)]
pub(super) struct RunNote {
    pub status: RunStatus,
    pub wall: Duration,
    pub exercise: Option<String>,
}

/// Makes request ids: unguessable, without asking the system each time.
#[derive(Debug, Default)]
pub struct Ids {
    key: RandomState,
    count: AtomicU64,
}

impl Ids {
    fn next(&self) -> HeaderValue {
        let id = self.key.hash_one(self.count.fetch_add(1, Ordering::Relaxed));
        HeaderValue::try_from(format!("{id:016x}")).unwrap_or_else(|_| HeaderValue::from_static("0"))
    }

    /// The caller's own id if it is harmless, else a new one.
    pub fn of(&self, headers: &HeaderMap) -> HeaderValue {
        let sane = |id: &&HeaderValue| {
            (1..=64).contains(&id.len())
                && id.as_bytes().iter().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
        };
        headers.get(REQUEST_ID).filter(sane).cloned().unwrap_or_else(|| self.next())
    }
}

/// Gives the request an id, the answer its headers, the log a line, and a panic the body of every fault of ours.
pub(super) async fn outer(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = app.ids.of(request.headers());
    let method = method_name(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("other", |path| route_name(path.as_str()));
    // Balancers and Prometheus ask all the time for the rest.
    let span = if route == "/execute" { trace::request(request.headers(), method, route, &id) } else { Span::none() };
    let answer = AssertUnwindSafe(next.run(request).instrument(span.clone())).catch_unwind().await;
    let mut response = answer.unwrap_or_else(|_| Problem::internal("a request's handler panicked").into_response());
    let problem = response.extensions_mut().remove::<Problem>();
    if let Some(problem) = &problem {
        fill(&mut response, problem, &id);
    }
    dress(response.headers_mut(), &id, app.is_stopping());
    let time = began.elapsed();
    app.metrics.answered(route, response.status().as_u16(), time);
    if let Some(problem) = problem.as_ref().filter(|_| route == "/execute") {
        app.metrics.refused(problem.code);
    }
    let note = response.extensions_mut().remove::<RunNote>();
    trace::answered(&span, response.status(), problem.as_ref().map(|problem| problem.code));
    if let Some(note) = &note {
        span.record("run", note.status.name());
    }
    log(&Line { id: &id, method, route, status: response.status(), time }, problem.as_ref(), note.as_ref());
    response
}

/// Writes a problem's body.
pub fn fill(response: &mut Response, problem: &Problem, id: &HeaderValue) {
    let failure = Failure {
        success: false,
        error: problem.error.clone(),
        code: problem.code.into(),
        field: problem.field.clone(),
        request_id: id.to_str().unwrap_or_default().to_owned(),
    };
    *response.body_mut() = json_body(&failure);
    // What axum said about the empty body.
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
}

/// A wire type as a body. Wire types hold nothing that JSON cannot.
pub fn json_body<T: serde::Serialize>(value: &T) -> Body {
    serde_json::to_vec(value).map(Body::from).unwrap_or_default()
}

/// Headers of every answer. Pages have a policy of their own, and files that may be kept say so.
pub fn dress(headers: &mut HeaderMap, id: &HeaderValue, stopping: bool) {
    headers.insert(REQUEST_ID, id.clone());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(header::CACHE_CONTROL).or_insert_with(|| HeaderValue::from_static("no-store"));
    let policy = || HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(policy);
    if stopping {
        headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
}

struct Line<'a> {
    id: &'a HeaderValue,
    method: &'static str,
    route: &'static str,
    status: StatusCode,
    time: Duration,
}

/// One line for each request; nothing in it but the ids was chosen by a caller.
fn log(line: &Line<'_>, problem: Option<&Problem>, note: Option<&RunNote>) {
    let request_id = line.id.to_str().unwrap_or_default();
    let Line { method, route, .. } = line;
    let status = line.status.as_u16();
    let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    let time_us = micros(line.time);
    match (problem, note) {
        (Some(Problem { code, cause: Some(cause), .. }), _) => {
            tracing::error!(request_id, method, route, status, time_us, code, cause, "request failed");
        }
        // Without the field: an unknown one has the caller's name.
        (Some(Problem { code, .. }), _) => {
            tracing::info!(request_id, method, route, status, time_us, code, "request refused");
        }
        (None, Some(note)) => {
            let (run, run_us, exercise_id) = (note.status.name(), micros(note.wall), note.exercise.as_deref());
            tracing::info!(request_id, method, route, status, time_us, run, run_us, exercise_id, "program run");
        }
        (None, None) => tracing::debug!(request_id, method, route, status, time_us, "request answered"),
    }
}

/// The route as a label: one of ours, whatever was asked for.
fn route_name(path: &str) -> &'static str {
    const ROUTES: [&str; 12] = [
        "/execute",
        "/jobs",
        "/jobs/{id}",
        "/batches/{id}",
        "/batches/{id}/events",
        "/health",
        "/ready",
        "/metrics",
        "/runtimes",
        "/openapi.json",
        "/docs",
        "/docs/style.css",
    ];
    ROUTES.into_iter().find(|route| *route == path).unwrap_or("other")
}

/// The method as a label.
pub fn method_name(method: &Method) -> &'static str {
    const METHODS: [&str; 7] = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"];
    METHODS.into_iter().find(|name| *name == method.as_str()).unwrap_or("other")
}
