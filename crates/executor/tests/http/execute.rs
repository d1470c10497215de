//! What becomes of a request that is right.

use std::time::Duration;

use api::Integrity;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use executor::job::{Case, Ending, FileIn, Finished, Grading, RunError, Tests};
use serde_json::json;

use crate::support::{Fake, app, finished, post, send};

#[tokio::test]
async fn the_contracts_example_without_its_tests() {
    let engine = Fake::greeting();
    let answer = post(&app(&engine, &[]), r#"{"code": "print('Hello World')", "exerciseId": "E0_greet"}"#).await;
    assert_eq!(answer.status, StatusCode::OK);
    let body: api::ExecuteResponse = serde_json::from_str(&answer.body).expect("an answer");
    insta::assert_json_snapshot!(body, @r#"
    {
      "success": true,
      "output": "Hello World",
      "errors": null,
      "executionTime": 2,
      "testResult": null,
      "status": "ok",
      "exitCode": 0,
      "signal": null,
      "usage": {
        "cpuMs": 1,
        "peakMemoryBytes": 4194304
      },
      "truncated": false,
      "error": null,
      "notices": [],
      "files": []
    }
    "#);
    let job = engine.job();
    assert_eq!(job.code, "print('Hello World')");
    assert_eq!((job.stdin, job.args, job.runtime), (None, vec![], 0));
    assert_eq!(job.limits.timeout, Duration::from_secs(3));
    assert_eq!(job.limits.cpu, Duration::from_secs(6));
    assert_eq!(job.limits.memory_bytes, 256 << 20);
}

#[tokio::test]
async fn everything_that_can_be_asked_for_arrives() {
    let engine = Fake::greeting();
    let request = json!({
        "code": "x", "stdin": "a\nb", "args": ["1", "zwei"],
        "files": [{"path": "d/a.txt", "content": "é"}, {"path": "b.bin", "content": "/wA=", "encoding": "base64"}],
        "collect": ["*.txt", "out/**"], "python": "python3.13", "trim": false,
        "limits": {"timeoutMs": 500, "memoryMb": 64.0, "outputBytes": 1000, "processes": 2, "fileBytes": 100_000},
    });
    let answer = post(&app(&engine, &[]), request.to_string()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.json()["output"], "Hello World\n");
    let job = engine.job();
    assert_eq!(job.stdin.as_deref(), Some(b"a\nb".as_slice()));
    assert_eq!(job.args, ["1", "zwei"]);
    let file = |path: &str, content: &[u8]| FileIn { path: path.into(), content: content.into() };
    assert_eq!(job.files, [file("d/a.txt", "é".as_bytes()), file("b.bin", &[0xff, 0])]);
    assert_eq!(job.collect, ["*.txt", "out/**"]);
    assert_eq!(job.runtime, 1);
    assert_eq!((job.limits.timeout, job.limits.cpu), (Duration::from_millis(500), Duration::from_secs(1)));
    assert_eq!((job.limits.memory_bytes, job.limits.output_bytes), (64 << 20, 1000));
    assert_eq!((job.limits.processes, job.limits.file_bytes), (2, 100_000));
}

#[tokio::test]
async fn null_is_the_same_as_nothing() {
    let engine = Fake::greeting();
    let nulls = r#"{"code": "x", "testCode": null, "exerciseId": null, "runTests": null, "stdin": null, "args": null,
        "files": null, "collect": null, "limits": null, "python": null, "integrity": null, "hideTests": null,
        "trim": null}"#;
    assert_eq!(post(&app(&engine, &[]), nulls).await.status, StatusCode::OK);
    let nulls =
        r#"{"code": "x", "limits": {"timeoutMs": null}, "files": [{"path": "a", "content": "", "encoding": null}]}"#;
    assert_eq!(post(&app(&engine, &[]), nulls).await.status, StatusCode::OK);
}

#[tokio::test]
async fn tests_that_are_not_to_run_are_no_obstacle() {
    let engine = Fake::greeting();
    let app = app(&engine, &[]);
    assert_eq!(post(&app, r#"{"code": "x", "testCode": "assert 1", "runTests": false}"#).await.status, StatusCode::OK);
    assert_eq!(post(&app, r#"{"code": "x", "testCode": ""}"#).await.status, StatusCode::OK);
    assert_eq!(
        post(&app, r#"{"code": "x", "runTests": false, "integrity": "in_process"}"#).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn tests_reach_the_engine_with_their_terms() {
    let engine = Fake::greeting();
    let app = app(&engine, &[]);
    let tests = |code: &str, integrity, hide| Some(Tests { code: code.into(), integrity, hide });
    let cases = [
        (json!({"testCode": "assert 1"}), tests("assert 1", Integrity::Isolated, false)),
        (
            json!({"testCode": "assert 1", "runTests": true, "hideTests": true}),
            tests("assert 1", Integrity::Isolated, true),
        ),
        (json!({"testCode": "x", "integrity": "in_process"}), tests("x", Integrity::InProcess, false)),
        (json!({"testCode": "x", "runTests": false}), None),
        (json!({"hideTests": true}), None),
    ];
    for (mut body, expected) in cases {
        body["code"] = "x = 1".into();
        assert_eq!(post(&app, body.to_string()).await.status, StatusCode::OK, "{body}");
        assert_eq!(engine.job().tests, expected, "{body}");
    }
}

#[tokio::test]
async fn what_the_tests_found_is_in_the_answer() {
    let case = |name: &str, status| {
        serde_json::from_value::<Case>(json!({"name": name, "status": status, "expected": "42"})).expect("a case")
    };
    let engine = Fake::doing(move |_| {
        let grading = Grading {
            integrity: Integrity::Isolated,
            cases: vec![case("Test 1", "passed"), case("Test 2", "failed")],
            complete: true,
            ending: Some(Ending::Exited(0)),
            stdout: b"said".to_vec(),
            stderr: Vec::new(),
            wall: Duration::from_millis(3),
        };
        Ok(Finished { grading: Some(grading), ..finished() })
    });
    let app = app(&engine, &[]);
    let answer = post(&app, r#"{"code": "x", "testCode": "assert 1"}"#).await.json();
    assert_eq!((&answer["status"], &answer["success"]), (&json!("tests_failed"), &json!(false)));
    let result = &answer["testResult"];
    assert_eq!(
        (&result["passed"], &result["output"], &result["executionTime"]),
        (&json!(false), &json!("said"), &json!(3))
    );
    let failed = json!({"name": "Test 2", "passed": false, "status": "failed", "expected": "42"});
    assert_eq!(result["testCases"][1], failed);
    let hidden = post(&app, r#"{"code": "x", "testCode": "assert 1", "hideTests": true}"#).await;
    assert!(!hidden.body.contains("42") && !hidden.body.contains("said"), "{}", hidden.body);
}

#[tokio::test]
async fn whatever_the_program_did_the_answer_is_200() {
    let endings =
        [Ending::Exited(3), Ending::Signaled(11), Ending::WallTime, Ending::CpuTime, Ending::Output, Ending::Memory];
    for ending in endings {
        let engine = Fake::doing(move |_| Ok(Finished { ending, ..finished() }));
        let answer = post(&app(&engine, &[]), r#"{"code": "x"}"#).await;
        assert_eq!((answer.status, &answer.json()["success"]), (StatusCode::OK, &json!(false)), "{ending:?}");
    }
}

#[tokio::test]
async fn what_fails_on_our_side_is_told_without_details() {
    type Case = (fn() -> RunError, u16, &'static str, &'static str);
    let cases: [Case; 5] = [
        (|| RunError::Full { retry_after: Duration::from_millis(2500) }, 503, "FULL", "3"),
        (|| RunError::Full { retry_after: Duration::ZERO }, 503, "FULL", "1"),
        (|| RunError::Stopping, 503, "STOPPING", "1"),
        (|| RunError::NoCell("a secret".into()), 503, "UNAVAILABLE", "1"),
        (|| RunError::Lost("a secret".into()), 500, "INTERNAL", ""),
    ];
    for (error, status, code, retry_after) in cases {
        let engine = Fake::doing(move |_| Err(error()));
        let answer = post(&app(&engine, &[]), r#"{"code": "x"}"#).await;
        assert_eq!(answer.failure(), (status, code.into()));
        assert_eq!(answer.header("retry-after"), retry_after, "{code}");
        assert!(!answer.body.contains("secret"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_panic_has_the_body_of_every_fault() {
    let engine = Fake::doing(|_| panic!("made up"));
    let answer = post(&app(&engine, &[]), r#"{"code": "x"}"#).await;
    assert_eq!(answer.failure(), (500, "INTERNAL".into()));
    assert!(!answer.body.contains("made up"));
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn a_dropped_request_drops_its_run() {
    let engine = Fake::greeting().taking(Duration::from_secs(60));
    let app = app(&engine, &[]);
    let request =
        Request::post("/execute").header("content-type", "application/json").body(Body::from(r#"{"code":"x"}"#));
    let sent = tokio::time::timeout(Duration::from_millis(50), send(&app, request.expect("a request"))).await;
    assert!(sent.is_err());
    assert_eq!(engine.running.load(std::sync::atomic::Ordering::SeqCst), 0);
    assert_eq!(engine.dropped.load(std::sync::atomic::Ordering::SeqCst), 1);
}
