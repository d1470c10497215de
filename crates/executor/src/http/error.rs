//! What is answered instead of a result. One type, one stable `code` for each reason; the status says who must act.

use std::borrow::Cow;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jobs::EngineError;

use crate::job::RunError;

/// A request that is not done.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Who must act.
    pub status: StatusCode,
    /// Stable name of the reason.
    pub code: &'static str,
    /// The reason as a sentence.
    pub error: Cow<'static, str>,
    /// The field at fault.
    pub field: Option<Cow<'static, str>>,
    /// When to try again.
    pub retry_after: Option<Duration>,
    /// What happened on our side; for the log only.
    pub cause: Option<String>,
}

impl Problem {
    /// A problem with nothing but the necessary.
    pub fn new(status: StatusCode, code: &'static str, error: impl Into<Cow<'static, str>>) -> Problem {
        Problem { status, code, error: error.into(), field: None, retry_after: None, cause: None }
    }

    /// 400: the request is wrong.
    pub fn bad(code: &'static str, error: impl Into<Cow<'static, str>>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, code, error)
    }

    /// 413: the request is too large.
    pub fn too_large(code: &'static str, error: impl Into<Cow<'static, str>>) -> Problem {
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, code, error)
    }

    /// Names the field at fault.
    pub fn at(self, field: impl Into<Cow<'static, str>>) -> Problem {
        Problem { field: Some(field.into()), ..self }
    }

    /// Says when to try again.
    pub fn retry(self, after: Duration) -> Problem {
        Problem { retry_after: Some(after), ..self }
    }

    /// 404.
    pub fn no_endpoint() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "NOT_FOUND", "Endpoint not found")
    }

    /// 405.
    pub fn wrong_method() -> Problem {
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", "This endpoint does not take this method")
    }

    /// 503: the service ends.
    pub fn stopping() -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "STOPPING", "The service is stopping; try again shortly")
            .retry(Duration::from_secs(1))
    }

    /// 503: no place.
    pub fn full(retry_after: Duration) -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "FULL", "The service is full; try again shortly")
            .retry(retry_after)
    }

    /// 503: what keeps jobs cannot be had.
    pub fn jobs_away(cause: impl Into<String>) -> Problem {
        let sentence = "What keeps the jobs cannot be had just now; try again shortly";
        let problem =
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "JOBS_AWAY", sentence).retry(Duration::from_secs(5));
        Problem { cause: Some(cause.into()), ..problem }
    }

    /// 500: our fault, the same body whatever it was.
    pub fn internal(cause: impl Into<String>) -> Problem {
        let error = "Something went wrong on our side";
        let problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", error);
        Problem { cause: Some(cause.into()), ..problem }
    }
}

impl From<RunError> for Problem {
    fn from(error: RunError) -> Problem {
        match error {
            RunError::Full { retry_after } => Problem::full(retry_after),
            RunError::Stopping => Problem::stopping(),
            RunError::NoCell(cause) => {
                let sentence = "No interpreter is ready; try again shortly";
                let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", sentence);
                Problem { cause: Some(cause), ..problem.retry(Duration::from_secs(1)) }
            }
            RunError::Lost(cause) => Problem::internal(cause),
        }
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Problem {
        match error {
            EngineError::Unreadable { .. } => Problem::internal(error.to_string()),
            away => Problem::jobs_away(away.to_string()),
        }
    }
}

/// The status and headers; the body is written by [`outer`](super::outer), which knows the request's id.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(after) = self.retry_after {
            let seconds = after.as_millis().div_ceil(1000).max(1);
            let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
