//! `POST /api/exercises/{id}/solution`.

use std::sync::Arc;

use api::{Failure, Solution, SolutionLocked, SolutionRequest, Success};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use executor::http::json::{self, Json};
use executor::http::{Fields, Problem};

use super::answer::{no_exercise, of_database, success};
use super::{App, progress, visitor};
use crate::db::Touched;
use crate::exercises::is_id;

/// Attempts after which the solution is shown.
const ATTEMPTS_NEEDED: u32 = 3;

/// The solution was asked for too early.
#[derive(Debug, Clone, Copy)]
pub(super) struct Locked {
    pub attempts: u32,
    pub needed: u32,
}

/// An exercise's solution, after three attempts or when the learner gives up; noted.
#[utoipa::path(
    post, path = "/api/exercises/{id}/solution", tag = "Exercises",
    params(("id" = String, Path, description = "The exercise's id.")), request_body = SolutionRequest,
    responses(
        (status = 200, description = "The solution.", body = Success<Solution>),
        (status = 400, description = "The request is wrong.", body = Failure),
        (status = 403, description = "Too early.", body = SolutionLocked),
        (status = 404, description = "There is no such exercise.", body = Failure),
        (status = 429, description = "Too many requests; `Retry-After` says when to come back.", body = Failure),
        (status = 503, description = "The database is away; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (parts, sent) = request.into_parts();
    let learner = visitor::admit_learner(&app, &parts)?;
    let _entered = app.in_flight.enter();
    let body = app.bodies.read(&parts.headers, sent).await?;
    let Json::Object(entries) = json::parse(&body.bytes)? else {
        return Err(Problem::bad("INVALID_BODY", "The body must be a JSON object"));
    };
    let give_up = Fields::new("", entries, &["giveUp"])?.boolean("giveUp")?.unwrap_or(false);
    if !is_id(&id) {
        return Err(no_exercise());
    }
    let solution_code = app.db.solution(&id).await.map_err(of_database)?.ok_or_else(no_exercise)?;
    let (attempts, seen) = app.db.attempts(&learner.id, &id).await.map_err(of_database)?;
    if !give_up && !seen && attempts < ATTEMPTS_NEEDED {
        return Ok(visitor::remember(&learner, too_early(attempts)));
    }
    progress::note(&app, &learner, &id, Touched { solution: true, ..Touched::default() }, None).await?;
    Ok(visitor::remember(&learner, success(Solution { solution_code })))
}

fn too_early(attempts: u32) -> Response {
    let sentence = "The solution is shown after three attempts, or to those who give up";
    let mut response = Problem::new(StatusCode::FORBIDDEN, "SOLUTION_LOCKED", sentence).into_response();
    response.extensions_mut().insert(Locked { attempts, needed: ATTEMPTS_NEEDED });
    response
}
