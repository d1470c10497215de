//! Solutions, their tests, and whether they pass in plain Python.

use serde_json::{Value, json};

/// Sorts first: nothing is worse.
const WRONG_PASS: &str = "WRONG PASS";
/// Says nothing about grading, and must not be counted as if it did.
const NO_ANSWER: &str = "no answer";

/// Prints the verdicts that differ, wrong passes first; whether there is none.
pub fn measure(items: &[Value], url: &str, integrity: &str, python: Option<&str>) -> bool {
    let agent = crate::agent();
    let differing = tests::in_parallel(items, 3, |item| {
        let mut request = json!({ "code": item["code"], "testCode": item["testCode"], "integrity": integrity,
            "limits": { "timeoutMs": 10_000 } });
        if let Some(python) = python {
            request["python"] = python.into();
        }
        let (id, expected) = (item["id"].as_str().unwrap_or_default(), item["expect_pass"] == true);
        let body = match crate::execute(&agent, url, &request) {
            Ok(body) => body,
            Err(error) => return Some(format!("{NO_ANSWER} {id}: {error}")),
        };
        let passed = body["testResult"]["passed"] == true && body["success"] == true;
        let kind = if passed { WRONG_PASS } else { "wrong failure" };
        (passed != expected).then(|| {
            let style = item["style"].as_str().unwrap_or_default();
            format!("{kind} {id} ({style}): expected {}, got {}: {}", word(expected), word(passed), reason(&body))
        })
    });
    let count = |kind: &str| differing.iter().filter(|line| line.starts_with(kind)).count();
    let (wrong_passes, unanswered) = (count(WRONG_PASS), count(NO_ANSWER));
    for line in &differing {
        println!("{line}");
    }
    let share = 100.0 * (items.len() - differing.len()) as f64 / items.len().max(1) as f64;
    println!(
        "{integrity}: {} solutions, {wrong_passes} wrong passes, {} wrong failures, {unanswered} without an answer, {share:.1} % agree",
        items.len(),
        differing.len() - wrong_passes - unanswered
    );
    differing.is_empty()
}

fn word(passed: bool) -> &'static str {
    if passed { "a pass" } else { "a failure" }
}

/// What the first failing case says, or the whole answer if there is none.
fn reason(body: &Value) -> String {
    let cases = body["testResult"]["testCases"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = match cases.iter().find(|case| case["passed"] != true) {
        Some(case) => {
            let said = case["message"].as_str().or(case["error"].as_str()).unwrap_or_default();
            let error = case["error"].as_str().unwrap_or_default();
            format!("{} {}: {said} [{error}]", case["name"], case["status"])
        }
        None => format!("{} {}", body["status"], body["errors"]),
    };
    let line = text.replace('\n', " | ");
    line.chars().take(400).collect()
}
