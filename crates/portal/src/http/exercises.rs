//! `GET /api/exercises`.

use std::sync::Arc;

use api::{Exercise, Failure, Success};
use axum::extract::{Path, Request, State};
use axum::response::Response;
use executor::http::Problem;

use super::answer::{no_exercise, of_database, success};
use super::{App, visitor};
use crate::exercises::is_id;

/// All exercises, in order.
#[utoipa::path(
    get, path = "/api/exercises", tag = "Exercises",
    responses(
        (status = 200, description = "The exercises.", body = Success<Vec<Exercise>>),
        (status = 503, description = "The database is away; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn list(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    visitor::admit(&app, &parts)?;
    Ok(success(app.db.exercises().await.map_err(of_database)?))
}

/// One exercise.
#[utoipa::path(
    get, path = "/api/exercises/{id}", tag = "Exercises", params(("id" = String, Path, description = "Its id.")),
    responses(
        (status = 200, description = "The exercise.", body = Success<Exercise>),
        (status = 404, description = "There is none of this id.", body = Failure),
        (status = 503, description = "The database is away; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn one(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    visitor::admit(&app, &parts)?;
    if !is_id(&id) {
        return Err(no_exercise());
    }
    let exercise = app.db.exercise(&id).await.map_err(of_database)?;
    exercise.map(success).ok_or_else(no_exercise)
}
