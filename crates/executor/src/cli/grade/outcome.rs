//! What came of one submission, and what is said of it in a line.

use api::{ExecuteResponse, RunStatus, TestCase, TestStatus};
use serde::{Deserialize, Serialize};

use super::submissions::Submission;

/// What came of one submission.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    pub name: String,
    pub path: String,
    pub passed: bool,
    pub status: Status,
    pub cases_passed: usize,
    /// Without those that were skipped.
    pub cases_total: usize,
    pub cases_skipped: usize,
    /// Milliseconds.
    pub execution_time: u64,
    /// The first test that did not pass; without a name when it is no test's doing.
    pub first_failure: Option<Failure>,
    /// What the service would answer; null when nothing was run.
    pub answer: Option<ExecuteResponse>,
}

/// Why a submission has not passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    pub name: Option<String>,
    pub message: String,
}

/// How it went, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Status {
    /// It was run.
    Ran(RunStatus),
    /// It was not.
    Not(Refused),
}

/// Why a submission was not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    NotUtf8,
    Empty,
    TooLong,
    NoProgram,
    /// Our fault: of the machine or of this program.
    NotGraded,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Status::Ran(status) => status.name(),
            Status::Not(Refused::NotUtf8) => "not_utf8",
            Status::Not(Refused::Empty) => "empty",
            Status::Not(Refused::TooLong) => "too_long",
            Status::Not(Refused::NoProgram) => "no_program",
            Status::Not(Refused::NotGraded) => "not_graded",
        }
    }
}

impl Outcome {
    /// Of a submission that was run.
    pub fn ran(submission: &Submission, answer: ExecuteResponse) -> Outcome {
        let Counts { passed, total, skipped } = Counts::of(&answer);
        Outcome {
            name: submission.name.clone(),
            path: submission.path.display().to_string(),
            passed: answer.success,
            status: Status::Ran(answer.status),
            cases_passed: passed,
            cases_total: total,
            cases_skipped: skipped,
            execution_time: answer.execution_time,
            first_failure: first_failure(&answer),
            answer: Some(answer),
        }
    }

    /// Of one that was not.
    pub fn refused(submission: &Submission, why: Refused, message: String) -> Outcome {
        Outcome {
            name: submission.name.clone(),
            path: submission.path.display().to_string(),
            passed: false,
            status: Status::Not(why),
            cases_passed: 0,
            cases_total: 0,
            cases_skipped: 0,
            execution_time: 0,
            first_failure: Some(Failure { name: None, message }),
            answer: None,
        }
    }

    /// Whether it is left to be graded for a reason of ours.
    pub fn is_our_fault(&self) -> bool {
        self.status == Status::Not(Refused::NotGraded)
    }

    /// Its tests.
    pub fn cases(&self) -> &[TestCase] {
        self.answer.as_ref().map(cases).unwrap_or_default()
    }
}

/// How many tests there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub total: usize,
    pub skipped: usize,
}

impl Counts {
    pub fn of(answer: &ExecuteResponse) -> Counts {
        let count = |status| cases(answer).iter().filter(|case| case.status == status).count();
        let skipped = count(TestStatus::Skipped);
        Counts { passed: count(TestStatus::Passed), total: cases(answer).len() - skipped, skipped }
    }
}

/// The tests in an answer.
pub fn cases(answer: &ExecuteResponse) -> &[TestCase] {
    answer.test_result.as_ref().map(|result| &result.test_cases[..]).unwrap_or_default()
}

/// Whether a test speaks against the program.
pub fn is_bad(case: &TestCase) -> bool {
    !matches!(case.status, TestStatus::Passed | TestStatus::Skipped)
}

/// What is wrong in a test, in a line.
pub fn message(case: &TestCase) -> String {
    let told = case.message.as_deref().or_else(|| case.error.as_deref().and_then(last_line));
    told.unwrap_or(if case.status == TestStatus::NotRun { "it was not run" } else { "it did not pass" }).to_owned()
}

fn first_failure(answer: &ExecuteResponse) -> Option<Failure> {
    if answer.success {
        return None;
    }
    let case = cases(answer).iter().find(|case| is_bad(case));
    // A program that ended before its tests explains itself better than a test that was not run.
    let own = answer.error.as_ref().map(|error| {
        let line = error.line.map(|line| format!(" (line {line})")).unwrap_or_default();
        format!("{}: {}{line}", error.r#type, error.message)
    });
    let message = match case {
        Some(case) if case.status != TestStatus::NotRun => message(case),
        _ => own
            .or_else(|| answer.errors.as_deref().and_then(last_line).map(Into::into))
            .or_else(|| case.map(message))
            .or_else(|| answer.test_result.as_ref()?.errors.as_deref().and_then(last_line).map(Into::into))
            .unwrap_or_else(|| match cases(answer) {
                [] => "no test was found".into(),
                _ => "no test has passed".into(),
            }),
    };
    Some(Failure { name: case.map(|case| case.name.clone()), message })
}

fn last_line(text: &str) -> Option<&str> {
    text.lines().map(str::trim).rfind(|line| !line.is_empty())
}
