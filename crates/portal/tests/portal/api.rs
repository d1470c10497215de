//! The interface for programs.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::fake::{Say, answer};
use crate::support::{Kind, Portal, both};

both!(
    exercises_are_read_without_their_secrets,
    runs_are_counted_and_stored,
    the_best_of_several_runs_is_kept,
    solutions_come_late_or_when_asked_for,
    hints_are_counted,
    what_is_not_remembered,
    requests_that_are_wrong,
    texts_that_databases_do_not_like,
);

const PASSING: &str = r#"{"code": "def double(n): return n*2", "exerciseId": "T1_double", "runTests": true}"#;

async fn exercises_are_read_without_their_secrets(kind: Kind) {
    let portal = Portal::new(kind).await;
    let all = portal.get("/api/exercises", "").await;
    let ids: Vec<_> = all.data().as_array().expect("a list").iter().map(|e| e["id"].clone()).collect();
    assert_eq!(ids, ["T1_double", "T2_shout"]);
    let one = portal.get("/api/exercises/T1_double", "").await;
    let expected = json!({
        "id": "T1_double", "title": "Double", "description": "Return twice a number.",
        "instructions": "Write `double(n)`, which returns twice `n`.\n", "starterCode": "def double(n):\n    pass\n",
        "difficulty": "beginner", "topics": ["functions", "arithmetic"], "order": 1, "estimatedTime": 2,
    });
    assert_eq!(one.data(), expected);
    let hints = portal.get("/api/exercises/T1_double/hints", "").await;
    assert_eq!(hints.data()[1], json!({"level": 2, "text": "`n * 2` works for text, too."}));
    for id in ["nope", "T1_double%20", "%00", "..", "T1_double'--"] {
        for path in [format!("/api/exercises/{id}"), format!("/api/exercises/{id}/hints")] {
            let status = portal.get(&path, "").await.failure();
            assert_eq!(status.0, 404, "{path}");
        }
    }
}

async fn runs_are_counted_and_stored(kind: Kind) {
    let portal = Portal::new(kind).await;
    portal.fake.say(Say::Ran(answer(false), Duration::ZERO));
    let first = portal.post("/api/execution/run", "", PASSING).await;
    assert_eq!(first.data(), answer(false), "the executor's answer as it is");
    let cookie = first.cookie();
    assert!(cookie.starts_with("learner="), "{cookie}");
    portal.fake.say(Say::Ran(answer(true), Duration::ZERO));
    let second = portal.post("/api/execution/run", &cookie, PASSING).await;
    assert_eq!((second.data(), second.cookie()), (answer(true), String::new()));
    let heard = portal.fake.heard();
    assert_eq!(heard[0]["runTests"], true);
    assert!(heard[0]["testCode"].as_str().is_some_and(|code| code.contains("assert double(2) == 4")));
    assert_eq!((&heard[0]["hideTests"], &heard[0]["exerciseId"]), (&json!(false), &json!("T1_double")));
    let progress = portal.get("/api/progress", &cookie).await.data();
    assert_eq!((&progress["completed"], &progress["total"]), (&json!(1), &json!(2)));
    let one = &progress["exercises"][0];
    assert_eq!((&one["attempts"], &one["completed"], &one["bestTimeMs"]), (&json!(2), &json!(true), &json!(5)));
    assert!(one["completedAt"].as_str().is_some_and(|at| at.ends_with('Z') && at.len() == 24), "{one}");
    let stranger = portal.get("/api/progress", "").await;
    assert_eq!(stranger.data()["exercises"], json!([]), "another learner's is another's");
    assert_eq!(portal.data.number("SELECT COUNT(*) FROM submissions WHERE passed = 1").await, 1);
    assert_eq!(portal.data.number("SELECT COUNT(*) FROM submissions").await, 2);
    let ids = portal.data.words("SELECT request_id FROM submissions ORDER BY id").await;
    assert_eq!(ids, [first.header("x-request-id"), second.header("x-request-id")]);
    let cases = portal.data.words("SELECT test_cases FROM submissions ORDER BY id").await;
    assert_eq!(cases[0], r#"[{"name":"Test 1","status":"failed"}]"#);
}

async fn the_best_of_several_runs_is_kept(kind: Kind) {
    let portal = Portal::new(kind).await;
    let run = |code: &str| json!({"code": code, "exerciseId": "T1_double", "runTests": true});
    let cookie = portal.post("/api/execution/run", "", run("long enough")).await.cookie();
    let mut quick = answer(true);
    quick["executionTime"] = json!(2);
    portal.fake.say(Say::Ran(quick, Duration::ZERO));
    portal.post("/api/execution/run", &cookie, run("shört")).await.data();
    portal.fake.say(Say::Ran(answer(true), Duration::ZERO));
    portal.post("/api/execution/run", &cookie, run("longer again")).await.data();
    portal.fake.say(Say::Ran(answer(false), Duration::ZERO));
    portal.post("/api/execution/run", &cookie, run("x")).await.data();
    let one = portal.get("/api/progress", &cookie).await.data()["exercises"][0].clone();
    assert_eq!((&one["bestSolution"], &one["lastCode"]), (&json!("shört"), &json!("x")));
    assert_eq!((&one["bestTimeMs"], &one["attempts"], &one["completed"]), (&json!(2), &json!(4), &json!(true)));
}

async fn solutions_come_late_or_when_asked_for(kind: Kind) {
    let portal = Portal::new(kind).await;
    let path = "/api/exercises/T1_double/solution";
    let early = portal.post(path, "", "{}").await;
    assert_eq!(early.failure(), (403, "SOLUTION_LOCKED".into()));
    assert_eq!((&early.json()["attempts"], &early.json()["attemptsNeeded"]), (&json!(0), &json!(3)));
    let cookie = early.cookie();
    for _ in 0..3 {
        portal.post(path, &cookie, "{}").await.failure();
        portal.post("/api/execution/run", &cookie, r#"{"code": "x", "exerciseId": "T1_double"}"#).await.data();
    }
    assert_eq!(portal.post(path, &cookie, "{}").await.failure().0, 403, "runs without tests are no attempts");
    for _ in 0..3 {
        portal.post("/api/execution/run", &cookie, PASSING).await.data();
    }
    let solution = portal.post(path, &cookie, "{}").await.data();
    assert!(solution["solutionCode"].as_str().is_some_and(|code| code.contains("return n * 2")), "{solution}");
    let given_up = portal.post("/api/exercises/T2_shout/solution", &cookie, r#"{"giveUp": true}"#).await;
    assert!(given_up.data()["solutionCode"].is_string());
    let progress = portal.get("/api/progress", &cookie).await.data();
    assert_eq!(progress["exercises"][0]["solutionSeen"], true);
    assert_eq!(
        (&progress["exercises"][1]["solutionSeen"], &progress["exercises"][1]["attempts"]),
        (&json!(true), &json!(0))
    );
    assert_eq!(portal.post(path, "", r#"{"giveup": true}"#).await.failure(), (400, "UNKNOWN_FIELD".into()));
    assert_eq!(portal.post(path, "", "[]").await.failure(), (400, "INVALID_BODY".into()));
    assert_eq!(portal.post("/api/exercises/nope/solution", "", "{}").await.failure().0, 404);
}

async fn hints_are_counted(kind: Kind) {
    let portal = Portal::new(kind).await;
    let first = portal.post("/api/exercises/T1_double/hints/2", "", "").await;
    assert_eq!(first.data()["level"], 2);
    let cookie = first.cookie();
    portal.post("/api/exercises/T1_double/hints/1", &cookie, "").await.data();
    let one = portal.get("/api/progress", &cookie).await.data()["exercises"][0].clone();
    assert_eq!((&one["hintsSeen"], &one["attempts"], &one["lastCode"]), (&json!(2), &json!(0), &Value::Null));
    for path in ["T1_double/hints/3", "T1_double/hints/0", "T1_double/hints/x", "nope/hints/1"] {
        assert_eq!(portal.post(&format!("/api/exercises/{path}"), &cookie, "").await.failure().0, 404, "{path}");
    }
}

async fn what_is_not_remembered(kind: Kind) {
    let portal = Portal::new(kind).await;
    for body in [r#"{"code": "x"}"#, r#"{"code": "x", "exerciseId": "nope"}"#, r#"{"code": "x", "stdin": "a"}"#] {
        let answer = portal.post("/api/execution/run", "", body).await;
        answer.data();
        assert_eq!(answer.cookie(), "", "{body}");
    }
    assert_eq!(portal.fake.heard()[2]["stdin"], "a");
    assert_eq!(portal.data.number("SELECT COUNT(*) FROM submissions").await, 0);
    assert_eq!(portal.data.number("SELECT COUNT(*) FROM learners").await, 0);
}

async fn requests_that_are_wrong(kind: Kind) {
    let portal = Portal::with(kind, &["--max-code-chars", "10", "--max-body-bytes", "2000"]).await;
    let cases = [
        ("{", 400, "INVALID_JSON"),
        ("[]", 400, "INVALID_BODY"),
        ("{}", 400, "CODE_REQUIRED"),
        (r#"{"code": ""}"#, 400, "CODE_REQUIRED"),
        (r#"{"code": 5}"#, 400, "CODE_REQUIRED"),
        (r#"{"code": "12345678901"}"#, 413, "CODE_TOO_LONG"),
        (r#"{"code": "x", "runTests": true}"#, 400, "EXERCISE_ID_REQUIRED"),
        (r#"{"code": "x", "runTests": "yes"}"#, 400, "INVALID_TYPE"),
        (r#"{"code": "x", "runTests": true, "exerciseId": "nope"}"#, 404, "EXERCISE_NOT_FOUND"),
        (r#"{"code": "x", "testCode": "assert True"}"#, 400, "UNKNOWN_FIELD"),
        (r#"{"code": "x", "code": "y"}"#, 400, "DUPLICATE_FIELD"),
    ];
    for (body, status, code) in cases {
        let failure = portal.post("/api/execution/run", "", body).await.failure();
        assert_eq!(failure, (status, code.into()), "{body}");
    }
    let long = portal.post("/api/execution/run", "", " ".repeat(2001)).await;
    assert_eq!(long.failure(), (413, "BODY_TOO_LARGE".into()));
    let plain = Request::post("/api/execution/run").body(Body::from(r#"{"code": "x"}"#)).expect("a request");
    assert_eq!(portal.send(plain).await.failure(), (415, "NOT_JSON".into()));
    assert_eq!(portal.get("/api/execution/run", "").await.failure(), (405, "METHOD_NOT_ALLOWED".into()));
    assert_eq!(portal.get("/api/nope", "").await.failure(), (404, "NOT_FOUND".into()));
    assert!(portal.fake.heard().is_empty());
}

async fn texts_that_databases_do_not_like(kind: Kind) {
    let portal = Portal::new(kind).await;
    let code = "x = 'a\0b'; DROP TABLE progress; -- \u{1F600}\u{202e}";
    let body = json!({"code": code, "exerciseId": "T1_double", "runTests": true});
    let answer = portal.post("/api/execution/run", "", body).await;
    answer.data();
    assert_eq!(portal.fake.heard()[0]["code"], code, "the executor gets it as it is");
    let one = portal.get("/api/progress", &answer.cookie()).await.data()["exercises"][0].clone();
    assert_eq!(one["lastCode"], code.replace('\0', "\u{2400}"));
}

#[tokio::test]
async fn rates_are_for_each_learner_and_each_address() {
    let portal = Portal::with(Kind::Sqlite, &["--rate-limit", "0.001", "--address-rate-limit", "0"]).await;
    let cookie = portal.post("/api/execution/run", "", PASSING).await.cookie();
    portal.post("/api/execution/run", &cookie, PASSING).await.data();
    let late = portal.post("/api/execution/run", &cookie, PASSING).await;
    assert_eq!(late.failure(), (429, "RATE_LIMITED".into()));
    assert!(late.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 900));
    portal.post("/api/execution/run", "", PASSING).await.data();
    portal.get("/api/progress", &cookie).await.data();

    let portal = Portal::with(Kind::Sqlite, &["--address-rate-limit", "0.001", "--trust-proxy"]).await;
    let from = |address: &str| {
        Request::get("/api/exercises")
            .header("x-forwarded-for", format!("1.1.1.1, {address}"))
            .body(Body::empty())
            .expect("")
    };
    portal.send(from("192.0.2.1")).await.data();
    assert_eq!(portal.send(from("192.0.2.1")).await.failure().0, 429);
    portal.send(from("192.0.2.2")).await.data();
    assert_eq!(portal.get("/health", "").await.status.as_u16(), 200);
}

#[tokio::test]
async fn cookies_are_secure_behind_a_proxy_that_encrypts() {
    let portal = Portal::with(Kind::Sqlite, &["--trust-proxy"]).await;
    let request = Request::get("/api/progress").header("x-forwarded-proto", "https").body(Body::empty()).expect("");
    assert!(portal.send(request).await.header("set-cookie").ends_with("; Secure"));
    assert!(!portal.get("/api/progress", "").await.header("set-cookie").contains("Secure"));
}
