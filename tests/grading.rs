//! Right and wrong solutions with their tests, and exactly what must come of them: every file of `grading/`, with the
//! tests in a process of their own and beside the learner's code.

use std::io::Write;
use std::time::Duration;

use serde_json::json;
use tests::grading::{Graded, python_with_pytest, second_runtime};
use tests::{Service, folder, in_parallel, interpreters, programs};

/// What a machine with two busy cores may take beyond the limit.
const CROWDED: Duration = Duration::from_millis(2000);

fn start(python: &str) -> Service {
    Service::start(&[("PYTHON", python), ("POOL_CAPACITY", "6")])
}

fn all() -> Vec<Graded> {
    // `ONLY=pytest_` runs those whose names begin so.
    let only = std::env::var("ONLY").unwrap_or_default();
    let all = programs(&folder().join("grading")).iter().map(|path| Graded::read(path)).collect::<Vec<_>>();
    all.into_iter().filter(|graded| graded.name.starts_with(&only)).collect()
}

/// Grades them all by both integrities; `runtime` is the interpreter for those that need pytest.
fn grade(service: &Service, graded: &[Graded], runtime: Option<&str>) {
    let mut items = Vec::new();
    for each in graded {
        let integrities = ["isolated", "in_process"].into_iter();
        items
            .extend(integrities.filter(|i| each.integrity.as_deref().is_none_or(|only| only == *i)).map(|i| (each, i)));
    }
    let failures = in_parallel(&items, 3, |(each, integrity)| {
        let mut request = each.request(integrity);
        if let Some(runtime) = runtime.filter(|_| each.needs_pytest) {
            request["python"] = runtime.into();
        }
        let answer = service.execute(&request);
        let told = |how: String| Some(format!("{} {integrity}: {how}", each.name));
        if answer.status != 200 {
            return told(format!("HTTP status {}: {}", answer.status, answer.body));
        }
        if answer.took > Duration::from_millis(each.timeout_ms()) + CROWDED {
            return told(format!("the answer took {:?}", answer.took));
        }
        each.difference(&answer.body, integrity).and_then(told)
    });
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), items.len(), failures.join("\n"));
}

#[test]
fn every_file_is_graded_as_it_states() {
    for python in interpreters() {
        let service = start(&format!("{},{}", python.display(), python_with_pytest()));
        let runtime = second_runtime(&service);
        eprintln!("{}", python.display());
        grade(&service, &all(), Some(&runtime));
    }
}

/// The environment with pytest grades what does not need it just the same.
#[test]
fn pytest_changes_nothing_for_the_others() {
    let service = start(&python_with_pytest());
    let rest: Vec<Graded> = all().into_iter().filter(|each| !each.needs_pytest).collect();
    grade(&service, &rest, None);
}

#[test]
fn without_pytest_the_message_says_so() {
    let service = start(&interpreters()[0].display().to_string());
    let tests = [
        "import pytest\nfrom starter import f\n\n@pytest.mark.parametrize('n', [1])\ndef test_f(n):\n    assert f(n) == n\n",
        "import pytest\nfrom starter import f\n\ndef test_f():\n    with pytest.raises(ValueError):\n        f(1)\n",
        "from starter import f\n\ndef test_f(capsys):\n    assert f(1) == 1\n",
    ];
    for text in tests {
        for integrity in ["isolated", "in_process"] {
            let request = json!({ "code": "def f(n):\n    return n\n", "testCode": text, "integrity": integrity });
            let body = service.execute(&request).body;
            let case = &body["testResult"]["testCases"][0];
            let message = case["message"].as_str().unwrap_or_default();
            assert_eq!((&case["name"], &case["passed"]), (&json!("test_f"), &json!(false)), "{body}");
            assert!(message.contains("pytest") && message.contains("/runtimes"), "{text}\n{body}");
            assert_eq!(body["success"], false, "{body}");
        }
    }
}

/// The raw text of an answer: the order of fields is part of it.
fn raw(service: &Service, request: &serde_json::Value) -> String {
    let body = request.to_string();
    let host = service.url.trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(host).expect("the service listens");
    write!(
        stream,
        "POST /execute HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .expect("it can be sent");
    let text = std::io::read_to_string(stream).expect("it can be read");
    text.split_once("\r\n\r\n").expect("a head and a body").1.to_owned()
}

/// `text` with each number after `"executionTime":` replaced.
fn without_times(text: &str) -> String {
    let mut parts = text.split("\"executionTime\":");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| {
        before + "\"executionTime\":N" + part.trim_start_matches(|c: char| c.is_ascii_digit())
    })
}

#[test]
fn the_first_example_of_the_contract() {
    let service = start(&interpreters()[0].display().to_string());
    let request = json!({ "code": "print('Hello World')", "testCode": "assert 'Hello' in output",
        "exerciseId": "E0_greet", "runTests": true });
    let text = without_times(&raw(&service, &request));
    let head = r#"{"success":true,"output":"Hello World","errors":null,"executionTime":N,"testResult":{"passed":true,"#;
    assert!(text.starts_with(head), "{text}");
    let case = r#""testCases":[{"name":"Test 1","passed":true,"#;
    assert!(text.contains(case), "{text}");
    assert_eq!(text.matches("\"name\":").count(), 1, "{text}");
}
