//! `GET /api/progress`, and the noting of it.

use std::sync::Arc;
use std::time::Instant;

use api::{Failure, Progress, Success};
use axum::extract::{Request, State};
use axum::response::Response;
use executor::http::Problem;
use jiff::Timestamp;

use super::answer::{of_database, success};
use super::{App, visitor};
use crate::db::{Submission, Touched, Write};
use crate::learner::Learner;

/// What this learner has done.
#[utoipa::path(
    get, path = "/api/progress", tag = "Progress",
    responses(
        (status = 200, description = "What the holder of the cookie has done.", body = Success<Progress>),
        (status = 503, description = "The database is away; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn progress(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    visitor::admit(&app, &parts)?;
    let learner = visitor::learner(&app, &parts)?;
    let total = app.db.count_exercises().await.map_err(of_database)?;
    let exercises = match &learner.cookie {
        Some(_) => Vec::new(),
        None => app.db.progress(&learner.id).await.map_err(of_database)?,
    };
    let completed = exercises.iter().filter(|exercise| exercise.completed).count();
    let completed = u32::try_from(completed).unwrap_or(u32::MAX);
    Ok(visitor::remember(&learner, success(Progress { completed, total, exercises })))
}

/// Notes what a learner did; returns when it is on the disk.
pub(super) async fn note(
    app: &App,
    learner: &Learner,
    exercise: &str,
    touched: Touched,
    submission: Option<Submission>,
) -> Result<(), Problem> {
    let began = Instant::now();
    let is_submission = submission.is_some();
    let at = Timestamp::now().as_millisecond();
    let write = Write { learner: learner.id.clone(), exercise: exercise.into(), at, touched, submission };
    app.db.write(write).await.map_err(of_database)?;
    app.metrics.wrote(is_submission, began.elapsed());
    Ok(())
}
