//! The portal's part of the contract, replayed call by call against portal and executor as the README starts them.

use serde_json::{Value, json};
use tests::portal::{Browser, Portal, Reply};

const RUN: &str = "/api/execution/run";
const RIGHT: &str = "def greet(name):\n    return f'Hello, {name}!'\n";

/// What must not stand in any answer to a learner.
fn has_secrets(body: &Value) -> bool {
    let text = body.to_string();
    ["testCode", "test_code", "solutionCode", "solution_code"].iter().any(|word| text.contains(word))
}

fn data(reply: Reply) -> Value {
    assert_eq!((reply.status, &reply.body["success"]), (200, &json!(true)), "{reply:?}");
    assert!(!has_secrets(&reply.body), "{reply:?}");
    reply.body["data"].clone()
}

fn refused(reply: &Reply, status: u16) {
    assert_eq!((reply.status, &reply.body["success"]), (status, &json!(false)), "{reply:?}");
    assert!(reply.body["error"].as_str().is_some_and(|error| !error.is_empty()), "{reply:?}");
    assert!(reply.body.get("data").is_none(), "{reply:?}");
}

fn exercises(browser: &Browser) -> Vec<Value> {
    let list = data(browser.get("/api/exercises"));
    let list = list.as_array().expect("a list");
    for exercise in list {
        for key in ["id", "title", "description", "instructions", "starterCode", "difficulty"] {
            assert!(exercise[key].is_string(), "{key} of {exercise}");
        }
        assert!(exercise["topics"].is_array() && exercise["order"].is_u64(), "{exercise}");
        assert!(exercise["estimatedTime"].is_u64(), "{exercise}");
    }
    list.clone()
}

#[test]
fn every_call_is_answered_as_the_contract_says() {
    let portal = Portal::start(&[]);
    let browser = portal.browser();

    let health = browser.get("/health");
    assert_eq!((health.status, &health.body["status"]), (200, &json!("healthy")), "{health:?}");
    assert!(health.body["database"].is_object() && health.body["executors"].is_array(), "{health:?}");

    let list = exercises(&browser);
    let order: Vec<u64> = list.iter().filter_map(|exercise| exercise["order"].as_u64()).collect();
    assert!(order.is_sorted(), "{order:?}");
    assert_eq!(list[0]["id"], "E0_greet");
    for exercise in &list {
        let id = exercise["id"].as_str().expect("checked above");
        assert_eq!(data(browser.get(&format!("/api/exercises/{id}"))), *exercise);
        let hints = data(browser.get(&format!("/api/exercises/{id}/hints")));
        let levels: Vec<u64> = hints.as_array().expect("a list").iter().filter_map(|h| h["level"].as_u64()).collect();
        assert!(levels.is_sorted() && levels.len() >= 3, "{id}: {hints}");
    }
    for path in ["/api/exercises/E99_none", "/api/exercises/E99_none/hints"] {
        let reply = browser.get(path);
        refused(&reply, 404);
        assert_eq!(reply.body["error"], "Exercise not found");
    }

    let ran = data(browser.post(RUN, &json!({ "code": "print(6 * 7)" })));
    assert_eq!((&ran["success"], &ran["output"], &ran["errors"]), (&json!(true), &json!("42"), &Value::Null), "{ran}");
    let broken = data(browser.post(RUN, &json!({ "code": "print(nothing)", "exerciseId": "E0_greet" })));
    assert_eq!((&broken["success"], &broken["error"]["type"]), (&json!(false), &json!("NameError")), "{broken}");

    let tested = |code: &str| json!({ "code": code, "exerciseId": "E0_greet", "runTests": true });
    let passed = data(browser.post(RUN, &tested(RIGHT)));
    assert_eq!((&passed["success"], &passed["testResult"]["passed"]), (&json!(true), &json!(true)), "{passed}");
    let failed = data(browser.post(RUN, &tested("def greet(name):\n    return name\n")));
    assert_eq!(failed["testResult"]["passed"], false, "{failed}");
    let cases = failed["testResult"]["testCases"].as_array().expect("a list");
    assert!(cases.iter().any(|case| case["passed"] == false && case["expected"].is_string()), "{failed}");

    let unknown = browser.post(RUN, &json!({ "code": RIGHT, "exerciseId": "E99_none", "runTests": true }));
    refused(&unknown, 404);
    assert_eq!(unknown.body["error"], "Exercise not found");
    refused(&browser.post(RUN, &json!({ "code": RIGHT, "runTests": true })), 400);
    refused(&browser.post(RUN, &json!({ "exerciseId": "E0_greet" })), 400);
    refused(&browser.post(RUN, &json!({ "code": 7 })), 400);
    refused(&browser.post(RUN, &json!("no object")), 400);

    let progress = data(browser.get("/api/progress"));
    assert_eq!(progress["completed"], 1, "{progress}");
    assert_eq!(progress["exercises"][0]["attempts"], 2, "{progress}");
    let somebody_else = data(portal.browser().get("/api/progress"));
    assert_eq!(somebody_else["completed"], 0, "{somebody_else}");

    let directly = portal.of_executor().post("/execute", &json!({ "code": "print(6 * 7)" }));
    assert_eq!((directly.status, &directly.body["output"]), (200, &json!("42")), "{directly:?}");
}

#[test]
fn without_an_executor_everything_else_goes_on() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port");
    let portal = Portal::start(&[("EXECUTOR_SERVICE_URL", &format!("http://{nobody}"))]);
    let browser = portal.browser();
    exercises(&browser);
    let reply = browser.post(RUN, &json!({ "code": "print(1)" }));
    refused(&reply, 503);
    assert!(reply.retry_after.is_some_and(|seconds| seconds.parse::<u32>().is_ok_and(|s| s > 0)));
}

/// All that come with the project: solutions pass, starters do not, wrong answers fail where they say.
#[test]
fn the_projects_exercises_are_proved() {
    let folder = tests::folder().join("../exercises");
    let mut command = std::process::Command::new(tests::portal::binary());
    command.args(["exercises", "check"]).arg(folder).env("PYTHON", &tests::interpreters()[0]);
    let output = command.output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    println!("{}", text.lines().last().unwrap_or_default());
}
