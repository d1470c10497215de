//! Who asks: a learner, at an address, within their rates.

use std::net::IpAddr;

use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use executor::http::{Caller, Problem};

use super::App;
use crate::learner::Learner;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The request's id, put into each request by [`outer`](super::outer).
#[derive(Debug, Clone)]
pub(super) struct RequestId(pub HeaderValue);

impl RequestId {
    /// Of a request.
    pub fn of(parts: &Parts) -> HeaderValue {
        parts.extensions.get::<RequestId>().map_or(HeaderValue::from_static("0"), |id| id.0.clone())
    }
}

/// Lets a request in that only reads, or says how long to wait.
pub(super) fn admit(app: &App, parts: &Parts) -> Result<(), Problem> {
    app.addresses.take(address(app, parts)).map_err(too_many)
}

/// The learner of a request; one who is new gets a cookie with the answer ([`remember`]).
pub(super) fn learner(app: &App, parts: &Parts) -> Result<Learner, Problem> {
    let secure = app.config.trust_proxy && last(&parts.headers, &FORWARDED_PROTO) == Some("https");
    Learner::of(&parts.headers, secure).map_err(|error| Problem::internal(error.to_string()))
}

/// The learner of a request that makes work, within the learner's own rate and the address's.
pub(super) fn admit_learner(app: &App, parts: &Parts) -> Result<Learner, Problem> {
    admit(app, parts)?;
    let learner = learner(app, parts)?;
    if learner.cookie.is_none() {
        app.learners.take(learner.id.clone()).map_err(too_many)?;
    }
    Ok(learner)
}

/// The answer, with the cookie of a learner who is new.
pub(super) fn remember(learner: &Learner, mut response: Response) -> Response {
    if let Some(cookie) = &learner.cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}

fn too_many(wait: std::time::Duration) -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", "Too many requests; slow down").retry(wait)
}

/// The address that the proxy saw, or the other end of the connection.
fn address(app: &App, parts: &Parts) -> Caller {
    let forwarded = || last(&parts.headers, &FORWARDED_FOR)?.parse::<IpAddr>().ok();
    match forwarded().filter(|_| app.config.trust_proxy) {
        Some(address) => Caller::at(address),
        None => Caller::from_address(&parts.extensions),
    }
}

/// The last value of a list: the one that the proxy next to us added.
fn last<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get_all(name).iter().next_back()?.to_str().ok()?.rsplit(',').next().map(str::trim)
}
