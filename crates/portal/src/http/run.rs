//! `POST /api/execution/run`.

use std::sync::Arc;
use std::time::Duration;

use api::{ExecuteRequest, ExecuteResponse, Failure, RunRequest, RunStatus, Success, TestStatus};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use executor::http::json::{self, Json};
use executor::http::{Fields, Problem};
use executor::trace;
use serde::{Deserialize, Serialize};

use super::answer::{no_exercise, of_database, success_with};
use super::visitor::RequestId;
use super::{App, progress, visitor};
use crate::db::{Submission, Touched};
use crate::executors::{Outcome, Passed};
use crate::exercises::{Tests, is_id};
use crate::learner::Learner;

/// Longest `stdin`, in bytes, as executors take it.
const STDIN_BYTES: usize = 1 << 20;

/// Runs a program; with `runTests`, an exercise's tests on it.
///
/// A run that names an exercise is stored before it is answered; one with tests counts as an attempt of this learner.
#[utoipa::path(
    post, path = "/api/execution/run", tag = "Programs", request_body = RunRequest,
    responses(
        (status = 200, description = "The program was run, whatever it did.", body = Success<ExecuteResponse>),
        (status = 400, description = "The request is wrong; `field` names the field at fault.", body = Failure),
        (status = 404, description = "There is no such exercise.", body = Failure),
        (status = 413, description = "The request, or a part of it, is too large.", body = Failure),
        (status = 415, description = "The body is not JSON, or is compressed.", body = Failure),
        (status = 429, description = "Too many requests; `Retry-After` says when to come back.", body = Failure),
        (status = 500, description = "A fault of the service; details are in its log.", body = Failure),
        (status = 503, description = "No executor, or no place in one, or no database; `Retry-After` says when to come back.",
         body = Failure),
    )
)]
pub(super) async fn run(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    let (parts, sent) = request.into_parts();
    let learner = visitor::admit_learner(&app, &parts)?;
    let _entered = app.in_flight.enter();
    if app.is_stopping() {
        return Err(Problem::stopping());
    }
    let body = app.bodies.read(&parts.headers, sent).await?;
    let wanted = check(&body.bytes, app.config.requests.code_chars)?;
    // The permit stays for as long as what became of the body.
    let _granted = body.permit;
    let tests = tests(&app, &wanted).await?;
    let id = RequestId::of(&parts);
    let passed = Passed { request_id: id.clone(), traceparent: trace::handed_in(&parts.headers) };
    let answer = execute(&app, &wanted, tests.as_ref(), &passed).await?;
    let brief: Brief = serde_json::from_slice(&answer)
        .map_err(|error| Problem::internal(format!("an executor's answer cannot be understood: {error}")))?;
    let tested = wanted.run_tests == Some(true);
    app.metrics.ran(brief.status, tested);
    // Only what exists is remembered.
    if let Some((exercise, tests)) = wanted.exercise_id.as_deref().zip(tests.as_ref()) {
        store(&app, &learner, exercise, &wanted.code, &brief, Some(tests).filter(|_| tested), &id).await?;
        return Ok(visitor::remember(&learner, success_with(&answer)));
    }
    Ok(success_with(&answer))
}

/// The request, if it keeps every rule.
fn check(body: &[u8], code_chars: usize) -> Result<RunRequest, Problem> {
    let Json::Object(entries) = json::parse(body)? else {
        return Err(Problem::bad("INVALID_BODY", "The body must be a JSON object"));
    };
    let mut fields = Fields::new("", entries, &["code", "exerciseId", "runTests", "stdin"])?;
    let code = match fields.take("code") {
        Some(Json::String(code)) if code.len() > code_chars && code.chars().nth(code_chars).is_some() => {
            let sentence = format!("Code is too long: at most {code_chars} characters are taken");
            return Err(Problem::too_large("CODE_TOO_LONG", sentence).at("code"));
        }
        Some(Json::String(code)) if !code.is_empty() => code,
        _ => return Err(Problem::bad("CODE_REQUIRED", "Code is required and must be a string").at("code")),
    };
    let exercise_id = fields.string("exerciseId")?;
    let run_tests = fields.boolean("runTests")?;
    if run_tests == Some(true) && exercise_id.as_deref().is_none_or(str::is_empty) {
        let sentence = "exerciseId is required when runTests is true";
        return Err(Problem::bad("EXERCISE_ID_REQUIRED", sentence).at("exerciseId"));
    }
    let stdin = fields.string("stdin")?;
    if stdin.as_ref().is_some_and(|text| text.len() > STDIN_BYTES) {
        let sentence = format!("stdin is too long: at most {STDIN_BYTES} bytes are taken");
        return Err(Problem::too_large("STDIN_TOO_LONG", sentence).at("stdin"));
    }
    Ok(RunRequest { code, exercise_id, run_tests, stdin })
}

/// The tests of the exercise that the request names. Without `runTests` an exercise is a label: it may be none of ours.
async fn tests(app: &App, wanted: &RunRequest) -> Result<Option<Tests>, Problem> {
    let Some(id) = wanted.exercise_id.as_deref() else { return Ok(None) };
    let tests = match is_id(id) {
        true => app.db.tests(id).await.map_err(of_database)?,
        false => None,
    };
    if tests.is_none() && wanted.run_tests == Some(true) { Err(no_exercise()) } else { Ok(tests) }
}

/// Has it run.
async fn execute(app: &App, wanted: &RunRequest, tests: Option<&Tests>, passed: &Passed) -> Result<Bytes, Problem> {
    let tests = tests.filter(|_| wanted.run_tests == Some(true));
    let request = ExecuteRequest {
        code: wanted.code.clone(),
        test_code: tests.map(|tests| tests.code.clone()),
        exercise_id: wanted.exercise_id.clone().filter(|id| is_id(id)),
        run_tests: Some(tests.is_some()),
        stdin: wanted.stdin.clone(),
        integrity: tests.map(|tests| tests.integrity),
        hide_tests: tests.map(|tests| tests.hide),
        ..ExecuteRequest::default()
    };
    let body = serde_json::to_vec(&request).map_err(|error| Problem::internal(error.to_string()))?;
    match app.executors.execute(body.into(), passed).await {
        Outcome::Ran(answer) => Ok(answer),
        Outcome::Refused { status, failure, retry_after } => Err(refused(status, *failure, retry_after)),
        Outcome::Away => Err(unavailable("No executor can be reached; try again shortly")),
        Outcome::Lost(why) => {
            let problem = unavailable("The executor was lost while the program ran; try again shortly");
            Err(Problem { cause: Some(why), ..problem })
        }
    }
}

fn unavailable(sentence: &'static str) -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "EXECUTOR_UNAVAILABLE", sentence).retry(Duration::from_secs(1))
}

/// What an executor's refusal is for the learner.
fn refused(status: StatusCode, failure: Failure, retry_after: Option<u64>) -> Problem {
    let after = Duration::from_secs(retry_after.unwrap_or(1));
    match status {
        StatusCode::SERVICE_UNAVAILABLE => Problem::new(status, "EXECUTOR_FULL", failure.error).retry(after),
        // All learners share the portal's rate at the executor.
        StatusCode::TOO_MANY_REQUESTS => {
            let sentence = "The executor is full; try again shortly";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "EXECUTOR_FULL", sentence).retry(after)
        }
        StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE if failure.field.as_deref() == Some("code") => {
            Problem::new(status, "CODE_REFUSED", failure.error).at("code")
        }
        StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE if failure.field.as_deref() == Some("stdin") => {
            Problem::new(status, "STDIN_REFUSED", failure.error).at("stdin")
        }
        _ => Problem::internal(format!("an executor answered {status} {}: {}", failure.code, failure.error)),
    }
}

/// What is kept of an executor's answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Brief {
    status: RunStatus,
    execution_time: u64,
    test_result: Option<BriefTests>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BriefTests {
    passed: bool,
    test_cases: Vec<BriefCase>,
}

#[derive(Debug, Deserialize, Serialize)]
struct BriefCase {
    name: String,
    status: TestStatus,
}

async fn store(
    app: &App,
    learner: &Learner,
    exercise: &str,
    code: &str,
    brief: &Brief,
    graded_with: Option<&Tests>,
    id: &HeaderValue,
) -> Result<(), Problem> {
    let execution_ms = i64::try_from(brief.execution_time).unwrap_or(i64::MAX);
    let tested = graded_with.is_some();
    let passed = brief.test_result.as_ref().filter(|_| tested).map(|result| result.passed);
    let submission = Submission {
        request_id: id.to_str().unwrap_or_default().into(),
        code: code.into(),
        status: brief.status.name().into(),
        passed: passed.or(tested.then_some(false)),
        execution_ms,
        test_cases: brief.test_result.as_ref().and_then(|result| serde_json::to_string(&result.test_cases).ok()),
        tests_digest: graded_with.map(Tests::digest),
    };
    let touched = Touched {
        attempt: tested,
        passed: (passed == Some(true) && brief.status == RunStatus::Ok).then_some(execution_ms),
        code: Some(code.into()),
        ..Touched::default()
    };
    let _phase = executor::phase!("store");
    progress::note(app, learner, exercise, touched, Some(submission)).await
}
