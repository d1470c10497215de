//! What the tests found, as the caller reads it. Pure.
//!
//! A pass needs a test that passed and none that did not: an end that came early, a test that did not report and a
//! skipped one alone are no evidence.

use std::time::Duration;

use api::{TestCase, TestResult, TestStatus};

use super::words::{number_of, tests_ended};
use super::{Terms, cut, errors, millis, text};
use crate::job::{Case, Grading};

/// Most cases in one answer.
const CASES_MAX: usize = 1000;
/// Longest name, in bytes.
const NAME_MAX: usize = 300;
/// Longest `expected` and `actual`.
const VALUE_MAX: usize = 4 << 10;
/// Longest of the other texts.
const TEXT_MAX: usize = 8 << 10;

/// The answer's part about the tests.
pub fn test_result(grading: Grading, terms: &Terms) -> TestResult {
    let passed = has_passed(&grading);
    let Grading { integrity, cases, complete, ending, stdout, stderr, wall } = grading;
    let total = cases.len();
    let test_cases: Vec<TestCase> = shown(cases).map(|case| test_case(case, terms.hide)).collect();
    let mut sentences = Vec::new();
    if !complete {
        sentences.push(tests_ended(ending, &terms.limits));
    }
    if test_cases.len() < total {
        sentences.push(format!("{} are not shown here.", number_of(total - test_cases.len(), "more test")));
    }
    let (output, errors) = match terms.hide {
        true => (String::new(), None),
        false => (
            text(stdout, terms.trim),
            errors(text(stderr, terms.trim), (!sentences.is_empty()).then(|| sentences.join(" "))),
        ),
    };
    TestResult { passed, output, errors, execution_time: millis(wall), integrity, test_cases }
}

/// Whether the tests speak for the program.
pub fn has_passed(grading: &Grading) -> bool {
    let fine = |case: &Case| matches!(case.status, TestStatus::Passed | TestStatus::Skipped);
    grading.complete
        && grading.cases.iter().all(fine)
        && grading.cases.iter().any(|case| case.status == TestStatus::Passed)
}

/// As many cases as an answer holds, in order; those that did not pass go before those that did.
fn shown(cases: Vec<Case>) -> impl Iterator<Item = Case> {
    let has_passed = |case: &Case| case.status == TestStatus::Passed;
    let mut bad = cases.iter().filter(|case| !has_passed(case)).count().min(CASES_MAX);
    let mut good = CASES_MAX - bad;
    cases.into_iter().filter(move |case| {
        let left = if has_passed(case) { &mut good } else { &mut bad };
        let is_shown = *left > 0;
        *left -= usize::from(is_shown);
        is_shown
    })
}

fn test_case(case: Case, hide: bool) -> TestCase {
    let passed = case.status == TestStatus::Passed;
    let execution_time = case.micros.map(|micros| millis(Duration::from_micros(micros)));
    let bare = TestCase {
        name: cut(case.name, NAME_MAX),
        passed,
        status: case.status,
        expected: None,
        actual: None,
        error: None,
        message: hidden(case.status).map(Into::into),
        line: None,
        source: None,
        output: None,
        execution_time,
    };
    if hide {
        return bare;
    }
    let within = |text: Option<String>, max| text.map(|text| cut(text, max));
    TestCase {
        expected: within(case.expected, VALUE_MAX),
        actual: within(case.actual, VALUE_MAX),
        error: within(case.error, TEXT_MAX),
        message: within(case.message, TEXT_MAX),
        line: case.line,
        source: within(case.source, TEXT_MAX),
        output: within(case.output, TEXT_MAX),
        ..bare
    }
}

/// What is said of a test that nothing may be said of.
fn hidden(status: TestStatus) -> Option<&'static str> {
    match status {
        TestStatus::Passed => None,
        TestStatus::Failed => Some("This test did not pass."),
        TestStatus::Error => Some("This test could not be carried out."),
        TestStatus::Skipped => Some("This test was skipped."),
        TestStatus::NotRun => Some("This test was not run."),
    }
}
