//! What to do about a refusal.

use std::time::Duration;

use api::Failure;
use axum::http::StatusCode;

use super::patience::Patience;

/// Refusals of a body that a smaller one would not meet.
const TOO_MUCH: [&str; 2] = ["TOO_MANY_VALUES", "BODY_TIMEOUT"];

/// What a refusal asks for.
pub enum Turn {
    /// This job of the batch is at fault.
    Without(usize, String),
    /// The batch is too large for a request.
    Smaller(String),
    /// There is no room for so many.
    Full(Duration),
    /// Later.
    Wait(Duration),
    /// Nothing helps.
    Stop,
}

/// What to do about a refusal.
pub fn turn(status: StatusCode, failure: &Failure, retry_after: Option<Duration>, patience: &mut Patience) -> Turn {
    let sentence = |at: &str| failure.error.strip_prefix(at).unwrap_or(&failure.error).to_owned();
    let place = failure.field.as_deref().and_then(|field| field.strip_prefix("jobs[")?.strip_suffix("].code"));
    match (status, place.and_then(|place| place.parse().ok())) {
        (StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE, Some(place)) => {
            Turn::Without(place, sentence(&format!("jobs[{place}]: ")))
        }
        (StatusCode::PAYLOAD_TOO_LARGE, None) if failure.field.is_none() => Turn::Smaller(sentence("")),
        (StatusCode::BAD_REQUEST, None) if TOO_MUCH.contains(&&*failure.code) => Turn::Smaller(sentence("")),
        // It was cut short on the way.
        (StatusCode::BAD_REQUEST, None) if failure.code == "BODY_INCOMPLETE" => {
            patience.pause().map_or(Turn::Stop, Turn::Wait)
        }
        (StatusCode::TOO_MANY_REQUESTS, _) if failure.code == "QUEUE_FULL" => {
            patience.heard();
            Turn::Full(retry_after.unwrap_or(Duration::from_secs(10)))
        }
        (StatusCode::TOO_MANY_REQUESTS, _) => {
            patience.heard();
            Turn::Wait(retry_after.unwrap_or(Duration::from_secs(1)))
        }
        // Nobody turns jobs on because we wait.
        (StatusCode::SERVICE_UNAVAILABLE, _) if failure.code == "JOBS_OFF" => Turn::Stop,
        (status, _) if status.is_server_error() => {
            patience.pause().map_or(Turn::Stop, |pause| Turn::Wait(pause.max(retry_after.unwrap_or_default())))
        }
        _ => Turn::Stop,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_say_whose_turn_it_is() {
        let named = |status: u16, code: &'static str, field: Option<&'static str>| {
            let failure = Failure {
                success: false,
                error: "jobs[3]: too long".into(),
                code: code.into(),
                field: field.map(Into::into),
                request_id: "x".into(),
            };
            let status = StatusCode::from_u16(status).expect("a status");
            let turn = turn(status, &failure, Some(Duration::from_secs(20)), &mut Patience::new());
            match turn {
                Turn::Without(place, why) => format!("without {place}: {why}"),
                Turn::Smaller(_) => "smaller".into(),
                Turn::Full(pause) => format!("full {pause:?}"),
                Turn::Wait(pause) => format!("wait {pause:?}"),
                Turn::Stop => "stop".into(),
            }
        };
        assert_eq!(named(413, "CODE_TOO_LONG", Some("jobs[3].code")), "without 3: too long");
        assert_eq!(named(413, "TEST_CODE_TOO_LONG", Some("jobs[3].testCode")), "stop");
        assert_eq!(named(413, "BODY_TOO_LARGE", None), "smaller");
        assert_eq!(named(400, "TOO_MANY_VALUES", None), "smaller");
        assert_eq!(named(400, "INVALID_JSON", None), "stop");
        assert_eq!(named(429, "QUEUE_FULL", None), "full 20s");
        assert_eq!(named(429, "RATE_LIMITED", None), "wait 20s");
        assert_eq!(named(503, "JOBS_OFF", None), "stop");
        assert_eq!(named(503, "JOBS_AWAY", None), "wait 20s");
        assert_eq!(named(500, "INTERNAL", None), "wait 20s");
        assert_eq!(named(401, "KEY_REQUIRED", None), "stop");
        assert_eq!(named(409, "KEY_REUSED", Some("jobs[3].idempotencyKey")), "stop");
    }
}
