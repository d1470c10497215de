//! What the service says about itself, and to those who ask for something else.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Method, Request};
use executor::engine::Vital;
use executor::job::{Finished, RunError};
use insta::assert_json_snapshot;

use crate::support::{Fake, app, finished, get, post, send};

#[tokio::test]
async fn health_in_full() {
    let answer = get(&app(&Fake::greeting(), &[]), "/health").await;
    assert_eq!(answer.status.as_u16(), 200);
    let mut body: api::Health = serde_json::from_str(&answer.body).expect("an answer");
    let timestamp = std::mem::take(&mut body.timestamp);
    assert!(timestamp.len() == 24 && timestamp.ends_with('Z') && timestamp.as_bytes()[19] == b'.', "{timestamp}");
    assert_json_snapshot!(body, @r#"
    {
      "status": "healthy",
      "service": "python-executor",
      "timestamp": "",
      "version": "1.0.0",
      "lastRunMs": 1200,
      "stopping": false,
      "isolation": {
        "level": "landlock",
        "layers": [
          {
            "name": "seccomp",
            "on": true,
            "why": "entered"
          }
        ]
      },
      "runtimes": [
        {
          "name": "python3.11",
          "version": "3.11.7",
          "implementation": "CPython",
          "default": true,
          "warm": 3
        },
        {
          "name": "python3.13",
          "version": "3.13.1",
          "implementation": "CPython",
          "default": false,
          "warm": 3
        }
      ],
      "pool": {
        "warm": 6,
        "busy": 0,
        "queued": 0,
        "capacity": 4
      },
      "jobs": {
        "engine": "off",
        "on": false,
        "why": "a test"
      }
    }
    "#);
}

#[tokio::test]
async fn health_and_readiness_follow_the_engine() {
    let engine = Fake::greeting();
    let app = app(&engine, &[]);
    let both = async || {
        let (health, ready) = (get(&app, "/health").await, get(&app, "/ready").await);
        (health.status.as_u16(), health.json()["status"].as_str().expect("a word").to_owned(), ready.status.as_u16())
    };
    assert_eq!(both().await, (200, "healthy".into(), 200));
    *engine.vital.lock().expect("not poisoned") = Vital::Degraded;
    assert_eq!(both().await, (200, "degraded".into(), 200));
    *engine.vital.lock().expect("not poisoned") = Vital::Unhealthy;
    assert_eq!(both().await, (503, "unhealthy".into(), 503));
    *engine.vital.lock().expect("not poisoned") = Vital::Healthy;
    engine.warm.store(0, Ordering::SeqCst);
    assert_eq!(both().await, (200, "healthy".into(), 503));
    engine.warm.store(1, Ordering::SeqCst);
    app.stop();
    assert_eq!(both().await, (200, "healthy".into(), 503));
    let refused = post(&app, r#"{"code": "x"}"#).await;
    assert_eq!(refused.failure(), (503, "STOPPING".into()));
    assert_eq!((refused.header("retry-after"), refused.header("connection")), ("1", "close"));
}

#[tokio::test]
async fn numbers_count_what_happened() {
    let app = app(&Fake::greeting(), &[]);
    post(&app, r#"{"code": "x"}"#).await;
    post(&app, "{}").await;
    get(&app, "/no/such/thing").await;
    let answer = get(&app, "/metrics").await;
    assert!(answer.header("content-type").starts_with("application/openmetrics-text"));
    for line in [
        "python_executor_runs_total{status=\"ok\"} 1",
        "python_executor_run_seconds_count{phase=\"program\"} 1",
        "python_executor_refused_total{reason=\"CODE_REQUIRED\"} 1",
        "python_executor_pool_cells{state=\"warm\"} 6",
        "python_executor_queue_length 0",
        "python_executor_build_info{version=\"1.0.0\"} 1",
        "http_requests_total{route=\"/execute\",status=\"200\"} 1",
        "http_requests_total{route=\"/execute\",status=\"400\"} 1",
        "http_requests_total{route=\"other\",status=\"404\"} 1",
        "http_request_seconds_count{route=\"/execute\"} 2",
        "# EOF",
    ] {
        assert!(answer.body.lines().any(|found| found == line), "{line}\n{}", answer.body);
    }
}

#[tokio::test]
async fn runtimes_and_documents() {
    let app = app(&Fake::greeting(), &[]);
    assert_eq!(get(&app, "/runtimes").await.json()["runtimes"][1]["name"], "python3.13");
    assert_eq!(get(&app, "/openapi.json").await.body, executor::http::openapi());
    let page = get(&app, "/docs").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.header("content-security-policy").contains("default-src 'none'; style-src 'self'"));
    assert!(page.body.contains("href=\"/docs/style.css\"") && !page.body.contains("//cdn"));
    assert_eq!(get(&app, "/docs/style.css").await.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn every_documented_path_is_there() {
    let app = app(&Fake::greeting(), &[]);
    let document = get(&app, "/openapi.json").await.json();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
            let request = Request::builder().method(method).uri(path).body(Body::empty()).expect("a request");
            let status = send(&app, request).await.status.as_u16();
            assert!(status != 404 && status != 405, "{path}: {status}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there() {
    let app = app(&Fake::greeting(), &[]);
    for path in ["/", "/execute/", "/Execute", "/health/x", "/..", "/%00", "//execute"] {
        let answer = get(&app, path).await;
        assert_eq!(answer.failure(), (404, "NOT_FOUND".into()), "{path}");
        assert_eq!(answer.json()["error"], "Endpoint not found");
    }
    for (method, path, allow) in
        [("GET", "/execute", "POST"), ("PUT", "/execute", "POST"), ("POST", "/health", "GET,HEAD")]
    {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).expect("a request");
        let answer = send(&app, request).await;
        assert_eq!(answer.failure(), (405, "METHOD_NOT_ALLOWED".into()), "{method} {path}");
        assert_eq!(answer.header("allow"), allow);
    }
}

#[tokio::test]
async fn every_answer_is_dressed() {
    let app = app(&Fake::greeting(), &[]);
    for path in ["/health", "/nowhere", "/docs", "/execute"] {
        let answer = get(&app, path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 16, "{path}");
    }
}

/// A log that can be read again.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_has_a_line_for_each_request_and_nothing_that_learners_wrote() {
    // Before this test listens, there is a log for the others.
    drop(app(&Fake::greeting(), &[]));
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().json().flatten_event(true).with_writer(move || writer.clone());
    let _guard = tracing::subscriber::set_default(subscriber.finish());
    let engine = Fake::doing(|job| match job.code.as_str() {
        "lose-SECRET" => Err(RunError::Lost("the keeper went away".into())),
        _ => Ok(Finished { stdout: b"SECRET".to_vec(), stderr: b"SECRET".to_vec(), ..finished() }),
    });
    let app = app(&engine, &[]);
    let program = r#"{"code": "SECRET", "stdin": "SECRET", "args": ["SECRET"], "exerciseId": "E0_greet"}"#;
    for body in [program, r#"{"code": "lose-SECRET"}"#, r#"{"code": "x", "SECRET": 1}"#, r#"SECRET"#] {
        post(&app, body).await;
    }
    get(&app, "/SECRET?SECRET").await;
    let text = String::from_utf8(log.0.lock().expect("not poisoned").clone()).expect("UTF-8");
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let levels: Vec<_> = lines.iter().map(|line| line["level"].as_str().expect("a level")).collect();
    assert_eq!(levels, ["INFO", "ERROR", "INFO", "INFO", "INFO"], "{text}");
    assert_eq!((&lines[0]["run"], &lines[0]["exercise_id"]), (&"ok".into(), &"E0_greet".into()));
    assert_eq!(lines[1]["cause"], "the keeper went away");
    assert!(!text.contains("SECRET"), "{text}");
}
