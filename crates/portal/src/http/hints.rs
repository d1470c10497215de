//! `/api/exercises/{id}/hints`.

use std::sync::Arc;

use api::{Failure, Hint, Success};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use executor::http::Problem;

use super::answer::{no_exercise, of_database, success};
use super::{App, progress, visitor};
use crate::db::Touched;
use crate::exercises::is_id;

/// An exercise's hints, from a nudge to nearly the answer.
#[utoipa::path(
    get, path = "/api/exercises/{id}/hints", tag = "Exercises",
    params(("id" = String, Path, description = "The exercise's id.")),
    responses(
        (status = 200, description = "The hints, by level.", body = Success<Vec<Hint>>),
        (status = 404, description = "There is no such exercise.", body = Failure),
        (status = 503, description = "The database is away; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    visitor::admit(&app, &parts)?;
    Ok(success(hints(&app, &id).await?))
}

/// One hint, noted as seen by this learner.
#[utoipa::path(
    post, path = "/api/exercises/{id}/hints/{level}", tag = "Exercises",
    params(
        ("id" = String, Path, description = "The exercise's id."),
        ("level" = u32, Path, description = "The hint's level, from 1."),
    ),
    responses(
        (status = 200, description = "The hint.", body = Success<Hint>),
        (status = 404, description = "There is no such exercise, or no such hint.", body = Failure),
        (status = 429, description = "Too many requests; `Retry-After` says when to come back.", body = Failure),
        (status = 503, description = "The database is away; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn reveal(
    State(app): State<Arc<App>>,
    Path((id, level)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, _) = request.into_parts();
    let learner = visitor::admit_learner(&app, &parts)?;
    let _entered = app.in_flight.enter();
    let hint = hints(&app, &id).await?.into_iter().find(|hint| hint.level.to_string() == level);
    let hint = hint.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "HINT_NOT_FOUND", "Hint not found"))?;
    let touched = Touched { hint: hint.level, ..Touched::default() };
    progress::note(&app, &learner, &id, touched, None).await?;
    Ok(visitor::remember(&learner, success(hint)))
}

/// An exercise has at least one.
async fn hints(app: &App, id: &str) -> Result<Vec<Hint>, Problem> {
    if !is_id(id) {
        return Err(no_exercise());
    }
    let hints = app.db.hints(id).await.map_err(of_database)?;
    if hints.is_empty() { Err(no_exercise()) } else { Ok(hints) }
}
