//! A JUnit report: one suite for each submission.

use std::time::Duration;

use api::{TestCase, TestStatus};
use quick_junit::{NonSuccessKind, Report, SerializeError, TestCase as Case, TestCaseStatus, TestSuite};

use super::super::plain;
use super::outcome::{Outcome, is_bad, message};

/// The report as text.
pub fn text(outcomes: &[Outcome]) -> Result<String, SerializeError> {
    let mut report = Report::new("python-executor");
    report.set_time(Duration::from_millis(outcomes.iter().map(|outcome| outcome.execution_time).sum()));
    report.add_test_suites(outcomes.iter().map(suite));
    report.to_string()
}

fn suite(outcome: &Outcome) -> TestSuite {
    let name = plain::one_line(&outcome.name, usize::MAX);
    let mut suite = TestSuite::new(&*name);
    suite.set_time(Duration::from_millis(outcome.execution_time));
    suite.add_test_cases(outcome.cases().iter().map(|told| case(&name, told)));
    // What speaks against a submission and is no test's: otherwise its suite would look like one that has passed.
    if !outcome.passed && !outcome.cases().iter().any(is_bad) {
        let why = outcome.first_failure.as_ref().map(|failure| plain::lines(&failure.message)).unwrap_or_default();
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_type(outcome.status.name()).set_message(why);
        let mut program = Case::new("program", status);
        program.set_classname(&*name);
        suite.add_test_case(program);
    }
    if let Some(answer) = &outcome.answer {
        suite.set_system_out(plain::lines(&answer.output));
        if let Some(errors) = &answer.errors {
            suite.set_system_err(plain::lines(errors));
        }
    }
    suite
}

fn case(suite: &str, told: &TestCase) -> Case {
    let mut status = match told.status {
        TestStatus::Passed => TestCaseStatus::success(),
        TestStatus::Skipped => TestCaseStatus::skipped(),
        TestStatus::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
        TestStatus::Error | TestStatus::NotRun => TestCaseStatus::non_success(NonSuccessKind::Error),
    };
    if told.status != TestStatus::Passed {
        status.set_message(plain::lines(&message(told)));
    }
    if is_bad(told)
        && let Some(error) = &told.error
    {
        status.set_description(plain::lines(error));
    }
    let mut case = Case::new(plain::one_line(&told.name, usize::MAX), status);
    case.set_classname(suite).set_time(Duration::from_millis(told.execution_time.unwrap_or(0)));
    if let Some(output) = &told.output {
        case.set_system_out(plain::lines(output));
    }
    case
}
