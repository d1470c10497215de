//! What stands around every answer: its id, headers and log line, and the body of what went wrong.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use api::{Failure, SolutionLocked};
use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use executor::http::Problem;
use executor::http::outer::{dress, fill, json_body, method_name};
use executor::trace;
use futures_util::FutureExt;
use tracing::{Instrument, Span};

use super::App;
use super::solution::Locked;
use super::visitor::RequestId;

/// Gives the request an id, the answer its headers, the log a line, and a panic the body of every fault of ours.
pub(super) async fn outer(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let id = app.ids.of(request.headers());
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = method_name(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("page", |path| route_name(path.as_str()));
    let is_learners = route.starts_with("/api/");
    let span = if is_learners { trace::request(request.headers(), method, route, &id) } else { Span::none() };
    let answer = AssertUnwindSafe(next.run(request).instrument(span.clone())).catch_unwind().await;
    let mut response = answer.unwrap_or_else(|_| Problem::internal("a request's handler panicked").into_response());
    let problem = response.extensions_mut().remove::<Problem>();
    if let Some(problem) = &problem {
        fill(&mut response, problem, &id);
        if let Some(locked) = response.extensions_mut().remove::<Locked>() {
            *response.body_mut() = json_body(&locked_body(problem, locked, &id));
        }
        app.metrics.refused(problem.code);
    }
    dress(response.headers_mut(), &id, app.is_stopping());
    let time = began.elapsed();
    let status = response.status().as_u16();
    app.metrics.answered(route, status, time);
    trace::answered(&span, response.status(), problem.as_ref().map(|problem| problem.code));
    let request_id = id.to_str().unwrap_or_default();
    let time_us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    match &problem {
        Some(Problem { code, cause: Some(cause), .. }) => {
            tracing::error!(request_id, method, route, status, time_us, code, cause, "request failed");
        }
        // Without the field: an unknown one has the caller's name.
        Some(Problem { code, .. }) => {
            tracing::info!(request_id, method, route, status, time_us, code, "request refused")
        }
        None if route == "/api/execution/run" => {
            tracing::info!(request_id, method, route, status, time_us, "program run");
        }
        None => tracing::debug!(request_id, method, route, status, time_us, "request answered"),
    }
    response
}

fn locked_body(problem: &Problem, locked: Locked, id: &HeaderValue) -> SolutionLocked {
    SolutionLocked {
        failure: Failure {
            success: false,
            error: problem.error.clone(),
            code: problem.code.into(),
            field: None,
            request_id: id.to_str().unwrap_or_default().to_owned(),
        },
        attempts: locked.attempts,
        attempts_needed: locked.needed,
    }
}

/// The route as a label: one of ours, whatever was asked for.
fn route_name(path: &str) -> &'static str {
    const ROUTES: [&str; 13] = [
        "/api/execution/run",
        "/api/exercises",
        "/api/exercises/{id}",
        "/api/exercises/{id}/hints",
        "/api/exercises/{id}/hints/{level}",
        "/api/exercises/{id}/solution",
        "/api/progress",
        "/health",
        "/ready",
        "/metrics",
        "/openapi.json",
        "/docs",
        "/docs/style.css",
    ];
    ROUTES.into_iter().find(|route| *route == path).unwrap_or("page")
}
