//! `POST /execute`.

use std::sync::Arc;
use std::time::Instant;

use api::{ExecuteRequest, ExecuteResponse, Failure};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;

use super::outer::{RunNote, json_body};
use super::validate::Accepted;
use super::{App, Problem, admission};
use crate::phase;
use crate::verdict::{self, Terms};

/// Runs a program and says what it did.
///
/// The answer is 200 whenever the program was run, whatever it did. A request that cannot be done is answered with a
/// `Failure`: its `code` is stable, its `error` is a sentence.
#[utoipa::path(
    post, path = "/execute", tag = "Programs", security((), ("key" = [])),
    request_body = ExecuteRequest,
    responses(
        (status = 200, description = "The program was run.", body = ExecuteResponse),
        (status = 400, description = "The request is wrong; `field` names the field at fault.", body = Failure),
        (status = 401, description = "A key is needed, or this one is not known.", body = Failure),
        (status = 413, description = "The request, or a part of it, is too large.", body = Failure),
        (status = 415, description = "The body is not JSON, or is compressed.", body = Failure),
        (status = 429, description = "Too many requests; `Retry-After` says when to come back.", body = Failure),
        (status = 500, description = "A fault of the service; details are in its log.", body = Failure),
        (status = 503, description = "Full or stopping; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn execute(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let (parts, sent) = request.into_parts();
    admission::admit(&app, &parts.headers, &parts.extensions)?;
    let _entered = app.in_flight.enter();
    app.asked.note();
    if app.is_stopping() {
        return Err(Problem::stopping());
    }
    let body = app.bodies.read(&parts.headers, sent).await?;
    let Accepted { job, exercise, trim } = app.rules.check(&body.bytes)?;
    // The permit stays for as long as the job: it is what became of the body.
    let _granted = body.permit;
    drop(body.bytes);

    let hide = job.tests.as_ref().is_some_and(|tests| tests.hide);
    let terms = Terms { limits: job.limits, trim, hide };
    let began = Instant::now();
    let finished = app.engine.execute(job).await?;
    let wall = finished.wall;
    let phase = phase!("verdict");
    let answer = verdict::response(finished, &terms);
    drop(phase);
    app.metrics.ran(answer.status, began.elapsed(), wall);

    let mut response = Response::new(json_body(&answer));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.extensions_mut().insert(RunNote { status: answer.status, wall, exercise });
    Ok(response)
}
