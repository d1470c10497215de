//! The page, and what the portal says about itself.

use axum::body::Body;
use axum::http::Request;

use crate::support::{Kind, Portal};

#[tokio::test]
async fn the_page_has_a_policy_of_its_own_each_time() {
    let portal = Portal::new(Kind::Sqlite).await;
    let mut policies = Vec::new();
    for path in ["/", "/exercises/T1_double", "/playground"] {
        let page = portal.get(path, "").await;
        assert_eq!((page.status.as_u16(), page.header("content-type").as_str()), (200, "text/html; charset=utf-8"));
        let policy = page.header("content-security-policy");
        let nonce =
            policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        assert_eq!(nonce.len(), 32);
        assert!(policy.starts_with("default-src 'none'; script-src 'self';") && !policy.contains("unsafe"), "{policy}");
        let text = String::from_utf8(page.bytes.clone()).expect("text");
        assert!(!text.contains("__CSP_NONCE__"));
        assert!(!text.contains("nonce=") || text.contains(&nonce));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(page.header(name), value, "{path}");
        }
        policies.push(policy);
    }
    policies.dedup();
    assert_eq!(policies.len(), 3);
}

#[tokio::test]
async fn files_are_kept_as_long_as_they_may_be() {
    let portal = Portal::new(Kind::Sqlite).await;
    for asset in portal::exercises::embedded::PAGE.iter().filter(|asset| asset.path != "index.html") {
        let path = format!("/{}", asset.path);
        let plain = portal.get(&path, "").await;
        assert_eq!((plain.status.as_u16(), plain.bytes.as_slice()), (200, asset.bytes), "{path}");
        assert_eq!(plain.header("cache-control").contains("immutable"), asset.path.starts_with("assets/"));
        let request = Request::get(&path).header("accept-encoding", "br, gzip").body(Body::empty()).expect("a request");
        let zipped = portal.send(request).await;
        assert_eq!(zipped.header("content-encoding"), if asset.gzip.is_some() { "gzip" } else { "" });
        let request = Request::get(&path).header("if-none-match", plain.header("etag")).body(Body::empty()).expect("");
        assert_eq!(portal.send(request).await.status.as_u16(), 304);
    }
}

#[tokio::test]
async fn what_is_not_there() {
    let portal = Portal::new(Kind::Sqlite).await;
    for path in ["/nope", "/assets/nope.js", "/api", "/api/nope", "/health/x", "/docs/x", "/exercises/a/b"] {
        assert_eq!(portal.get(path, "").await.failure(), (404, "NOT_FOUND".into()), "{path}");
    }
    let request = Request::get("/nope").header("accept", "text/html,*/*").body(Body::empty()).expect("a request");
    let page = portal.send(request).await;
    assert_eq!((page.status.as_u16(), page.header("content-type").as_str()), (404, "text/html; charset=utf-8"));
    assert_eq!(portal.post("/", "", "{}").await.failure().0, 405);
}

#[tokio::test]
async fn about_itself() {
    let portal = Portal::new(Kind::Sqlite).await;
    let health = portal.get("/health", "").await;
    let body = health.json();
    assert_eq!((health.status.as_u16(), &body["status"], &body["service"]), (200, &"healthy".into(), &"portal".into()));
    assert_eq!((&body["database"]["kind"], &body["database"]["status"]), (&"sqlite".into(), &"healthy".into()));
    assert_eq!(body["executors"][0]["url"], portal.fake.url());
    assert_eq!(portal.get("/ready", "").await.status.as_u16(), 200);
    portal.post("/api/execution/run", "", r#"{"code": "x"}"#).await.data();
    let metrics = String::from_utf8(portal.get("/metrics", "").await.bytes).expect("text");
    for line in ["portal_runs_total{status=\"ok\",tests=\"no\"} 1", "portal_executor_up{url=\"http://127.0.0.1:"] {
        assert!(metrics.contains(line), "{metrics}");
    }
    assert!(metrics.ends_with("# EOF\n"));
    let document = portal.get("/openapi.json", "").await.json();
    assert!(document["paths"]["/api/execution/run"]["post"].is_object());
    let docs = portal.get("/docs", "").await;
    assert!(String::from_utf8(docs.bytes).expect("text").contains("/api/execution/run"));
}
