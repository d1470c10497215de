//! What is answered: `{success, data}`, or a problem.

use std::time::Duration;

use api::Success;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use executor::http::Problem;
use executor::http::outer::json_body;
use executor::pool::chain;
use serde::Serialize;

use crate::db::DbError;

/// When to come back to a database that is away.
const DATABASE_RETRY: Duration = Duration::from_secs(2);

/// All is well.
pub(super) fn success<T: Serialize>(data: T) -> Response {
    json(StatusCode::OK, &Success::of(data))
}

/// A body with a status.
pub(super) fn json<T: Serialize>(status: StatusCode, value: &T) -> Response {
    let mut response = Response::new(json_body(value));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// All is well, with data that are JSON already.
pub(super) fn success_with(data: &[u8]) -> Response {
    const HEAD: &[u8] = b"{\"success\":true,\"data\":";
    let mut body = Vec::with_capacity(HEAD.len() + data.len() + 1);
    body.extend_from_slice(HEAD);
    body.extend_from_slice(data);
    body.push(b'}');
    let mut response = Response::new(Bytes::from(body).into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// What a database's error is for the caller.
pub(super) fn of_database(error: DbError) -> Problem {
    match error {
        DbError::Away(_) => {
            let sentence = "The database cannot be reached; try again shortly";
            let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "DATABASE_UNAVAILABLE", sentence);
            Problem { cause: Some(chain(&error)), ..problem.retry(DATABASE_RETRY) }
        }
        DbError::Stopped => Problem::stopping(),
        DbError::Refused(_) | DbError::Folder { .. } | DbError::Migration(_) | DbError::Content(_) => {
            Problem::internal(chain(&error))
        }
    }
}

/// 404 of an exercise.
pub(super) fn no_exercise() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "EXERCISE_NOT_FOUND", "Exercise not found")
}
