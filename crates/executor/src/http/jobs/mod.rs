//! `POST /jobs`, and what can be asked of jobs and batches.
//!
//! A request is read by the rules of `POST /execute` and answered when what keeps jobs has it for good. Whose jobs they
//! are depends on the key: another key's do not exist.

pub(crate) mod answers;
mod events;
mod submission;

use std::sync::Arc;

use ::jobs::{Engine, Refused, Tenant};
use api::{BatchInfo, BatchRequest, Failure, JobInfo, JobRequest, JobsAccepted};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use std::time::Duration;

use super::health::json;
use super::{App, Problem, admission};
pub(super) use events::{__path_events, events};
use submission::Asked;

/// When to come back to a queue that is full.
const FULL: Duration = Duration::from_secs(10);
/// When to come back to a service that takes no jobs.
const OFF: Duration = Duration::from_secs(60);

/// What a request for one job or batch comes with.
struct Access<'a> {
    engine: &'a dyn Engine,
    tenant: Tenant,
}

fn access<'a>(app: &'a App, request: &Request) -> Result<Access<'a>, Problem> {
    let tenant = admission::admit_tenant(app, request.headers(), request.extensions())?;
    Ok(Access { engine: engine(app)?, tenant })
}

fn engine(app: &App) -> Result<&dyn Engine, Problem> {
    app.jobs.engine().map(|engine| &**engine).map_err(|_| {
        let sentence = "This service takes no jobs; GET /health says why";
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "JOBS_OFF", sentence).retry(OFF)
    })
}

fn no_job() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "JOB_NOT_FOUND", "There is no such job; results are kept for a time only")
}

fn no_batch() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "BATCH_NOT_FOUND", "There is no such batch; results are kept for a time only")
}

/// Takes on a job, or a batch of up to 1,000, to be run as places are free.
///
/// The body is the body of `POST /execute` with up to three further fields, or `{"jobs": […]}` with the same three for the
/// batch. All of it is taken on, or nothing. What was answered with 202 survives the end of this service; it is run to one
/// result, whatever dies meanwhile.
#[utoipa::path(
    post, path = "/jobs", tag = "Jobs", security((), ("key" = [])),
    request_body = Requested,
    responses(
        (status = 202, description = "Taken on. `Location` is the job, or the batch.", body = JobsAccepted,
         headers(("Location" = String, description = "Where to ask for it."))),
        (status = 400, description = "The request is wrong; `field` names the field at fault, such as `jobs[3].code`.", body = Failure),
        (status = 401, description = "A key is needed, or this one is not known.", body = Failure),
        (status = 409, description = "`idempotencyKey` was used for another request.", body = Failure),
        (status = 413, description = "The request, or a part of it, is too large.", body = Failure),
        (status = 415, description = "The body is not JSON, or is compressed.", body = Failure),
        (status = 429, description = "Too many requests, or too many jobs that wait; `Retry-After` says when to come back.", body = Failure),
        (status = 500, description = "A fault of the service; details are in its log.", body = Failure),
        (status = 503, description = "No jobs are taken, or not just now; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn submit(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let Access { engine, tenant } = access(&app, &request)?;
    let (parts, sent) = request.into_parts();
    let _entered = app.in_flight.enter();
    if app.is_stopping() {
        return Err(Problem::stopping());
    }
    let body = app.bodies.read(&parts.headers, sent).await?;
    let Asked { submission, accepted } = submission::read(&app, tenant, &body.bytes)?;
    drop(body.bytes);
    let in_batch = submission.batch.is_some();
    engine.submit(submission).await?.map_err(|refused| refusal(&refused, in_batch))?;
    let place = match (&accepted.batch_id, &accepted.job_ids[..]) {
        (Some(id), _) => format!("/batches/{id}"),
        (None, [id, ..]) => format!("/jobs/{id}"),
        (None, []) => return Err(Problem::internal("a submission without jobs")),
    };
    let mut response = json(StatusCode::ACCEPTED, &accepted);
    if let Ok(place) = HeaderValue::try_from(place) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// One of the two bodies of `POST /jobs`.
#[derive(utoipa::ToSchema)]
#[schema(title = "JobOrBatch")]
#[expect(dead_code, reason = "only its schema is of use")]
enum Requested {
    #[schema(title = "One job")]
    Job(Box<JobRequest>),
    #[schema(title = "A batch")]
    Batch(BatchRequest),
}

fn refusal(refused: &Refused, in_batch: bool) -> Problem {
    match refused {
        Refused::Full { waiting, limit } => {
            let sentence =
                format!("{waiting} jobs of this caller wait or run, and {limit} may; come back when some have ended");
            Problem::new(StatusCode::TOO_MANY_REQUESTS, "QUEUE_FULL", sentence).retry(FULL)
        }
        Refused::KeyReused(place) => {
            let field = match place {
                Some(place) if in_batch => format!("jobs[{place}].idempotencyKey"),
                _ => "idempotencyKey".into(),
            };
            let sentence = format!("{field} was used for another request; a new request needs a new key");
            Problem::new(StatusCode::CONFLICT, "KEY_REUSED", sentence).at(field)
        }
    }
}

/// How far a job has come, and its result.
#[utoipa::path(
    get, path = "/jobs/{id}", tag = "Jobs", security((), ("key" = [])), params(("id" = String, Path, description = "Its id.")),
    responses(
        (status = 200, description = "The job.", body = JobInfo),
        (status = 401, description = "A key is needed, or this one is not known.", body = Failure),
        (status = 404, description = "This caller has no such job, or it ended too long ago.", body = Failure),
        (status = 429, description = "Too many requests; `Retry-After` says when to come back.", body = Failure),
        (status = 500, description = "A fault of the service; details are in its log.", body = Failure),
        (status = 503, description = "Jobs cannot be had just now; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn job(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let Access { engine, tenant } = access(&app, &request)?;
    let job = engine.job(&tenant, &id).await?.ok_or_else(no_job)?;
    Ok(json(StatusCode::OK, &answers::job(job)?))
}

/// Cancels a job: what waits never starts, what runs is killed, what has ended stays as it is.
#[utoipa::path(
    delete, path = "/jobs/{id}", tag = "Jobs", security((), ("key" = [])), params(("id" = String, Path, description = "Its id.")),
    responses(
        (status = 200, description = "The job as it is now.", body = JobInfo),
        (status = 401, description = "A key is needed, or this one is not known.", body = Failure),
        (status = 404, description = "This caller has no such job, or it ended too long ago.", body = Failure),
        (status = 429, description = "Too many requests; `Retry-After` says when to come back.", body = Failure),
        (status = 500, description = "A fault of the service; details are in its log.", body = Failure),
        (status = 503, description = "Jobs cannot be had just now; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn cancel(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let Access { engine, tenant } = access(&app, &request)?;
    let job = engine.cancel(&tenant, &id).await?.ok_or_else(no_job)?;
    app.job_cancelled.notify_one();
    Ok(json(StatusCode::OK, &answers::job(job)?))
}

/// How far a batch has come.
#[utoipa::path(
    get, path = "/batches/{id}", tag = "Jobs", security((), ("key" = [])), params(("id" = String, Path, description = "Its id.")),
    responses(
        (status = 200, description = "The batch.", body = BatchInfo),
        (status = 401, description = "A key is needed, or this one is not known.", body = Failure),
        (status = 404, description = "This caller has no such batch, or it ended too long ago.", body = Failure),
        (status = 429, description = "Too many requests; `Retry-After` says when to come back.", body = Failure),
        (status = 500, description = "A fault of the service; details are in its log.", body = Failure),
        (status = 503, description = "Jobs cannot be had just now; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn batch(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let Access { engine, tenant } = access(&app, &request)?;
    let batch = engine.batch(&tenant, &id).await?.ok_or_else(no_batch)?;
    Ok(json(StatusCode::OK, &answers::batch(batch)))
}

/// Cancels every job of a batch that has not ended.
#[utoipa::path(
    delete, path = "/batches/{id}", tag = "Jobs", security((), ("key" = [])), params(("id" = String, Path, description = "Its id.")),
    responses(
        (status = 200, description = "The batch as it is now.", body = BatchInfo),
        (status = 401, description = "A key is needed, or this one is not known.", body = Failure),
        (status = 404, description = "This caller has no such batch, or it ended too long ago.", body = Failure),
        (status = 429, description = "Too many requests; `Retry-After` says when to come back.", body = Failure),
        (status = 500, description = "A fault of the service; details are in its log.", body = Failure),
        (status = 503, description = "Jobs cannot be had just now; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn cancel_batch(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let Access { engine, tenant } = access(&app, &request)?;
    let batch = engine.cancel_batch(&tenant, &id).await?.ok_or_else(no_batch)?;
    app.job_cancelled.notify_one();
    Ok(json(StatusCode::OK, &answers::batch(batch)))
}

/// The number after which a client wants to go on.
fn last_event(headers: &HeaderMap) -> Result<u64, Problem> {
    let Some(value) = headers.get("last-event-id") else { return Ok(0) };
    let number = value.to_str().ok().and_then(|text| text.trim().parse().ok());
    number.ok_or_else(|| Problem::bad("INVALID_EVENT_ID", "Last-Event-ID must be the id of an event of this batch"))
}
