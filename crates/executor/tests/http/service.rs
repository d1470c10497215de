//! What the service says about itself, and to those who ask for something else.

use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::http::{Method, Request};
use executor::engine::Vital;
use insta::assert_json_snapshot;

use crate::support::{Fake, app, get, post, send};

#[tokio::test]
async fn health_in_full() {
    let answer = get(&app(&Fake::greeting(), &[]), "/health").await;
    assert_eq!(answer.status.as_u16(), 200);
    let mut body = answer.json();
    let timestamp = body["timestamp"].take();
    let timestamp = timestamp.as_str().expect("a string");
    assert!(timestamp.len() == 24 && timestamp.ends_with('Z') && timestamp.as_bytes()[19] == b'.', "{timestamp}");
    assert_json_snapshot!(body, @r#"
    {
      "status": "healthy",
      "service": "python-executor",
      "timestamp": null,
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
    for (method, path, allow) in [("GET", "/execute", "POST"), ("PUT", "/execute", "POST"), ("POST", "/health", "GET,HEAD")] {
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
