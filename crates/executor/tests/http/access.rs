//! Keys, rates, origins, ids.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use executor::http::{App, Peer};

use crate::support::{Answer, Fake, app, get, send};

fn request(headers: &[(&str, &str)], peer: Option<&str>) -> Request<Body> {
    let mut request = Request::post("/execute").header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::from(r#"{"code": "x"}"#)).expect("a request");
    if let Some(peer) = peer {
        request.extensions_mut().insert(Peer(peer.parse::<IpAddr>().expect("an address")));
    }
    request
}

async fn status(app: &Arc<App>, headers: &[(&str, &str)], peer: Option<&str>) -> u16 {
    send(app, request(headers, peer)).await.status.as_u16()
}

#[tokio::test]
async fn keys_open_the_service() {
    let app = app(&Fake::greeting(), &["--api-keys", "alpha,beta"]);
    for fine in ["Bearer alpha", "bearer beta", "BEARER  alpha"] {
        assert_eq!(status(&app, &[("authorization", fine)], None).await, 200, "{fine}");
    }
    for wrong in ["Bearer alph", "Bearer alphaa", "Bearer ", "Bearer gamma"] {
        let answer = send(&app, request(&[("authorization", wrong)], None)).await;
        assert_eq!(answer.failure(), (401, "KEY_UNKNOWN".into()), "{wrong}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    for missing in [&[][..], &[("authorization", "Basic YTpi")], &[("authorization", "alpha")]] {
        assert_eq!(send(&app, request(missing, None)).await.failure(), (401, "KEY_REQUIRED".into()));
    }
    let twice = [("authorization", "Bearer alpha"), ("authorization", "Bearer beta")];
    assert_eq!(status(&app, &twice, None).await, 401);
}

#[tokio::test]
async fn what_needs_no_key() {
    let app = app(&Fake::greeting(), &["--api-keys", "alpha"]);
    for path in ["/health", "/ready", "/metrics", "/openapi.json", "/docs", "/docs/style.css"] {
        assert_eq!(get(&app, path).await.status.as_u16(), 200, "{path}");
    }
    assert_eq!(get(&app, "/runtimes").await.status.as_u16(), 401);
}

#[tokio::test]
async fn rates_are_for_each_key_or_address() {
    let app = app(&Fake::greeting(), &["--rate-limit", "0.001"]);
    assert_eq!(status(&app, &[], Some("192.0.2.1")).await, 200);
    let answer = send(&app, request(&[], Some("192.0.2.1"))).await;
    assert_eq!(answer.failure(), (429, "RATE_LIMITED".into()));
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 900));
    assert_eq!(status(&app, &[], Some("192.0.2.2")).await, 200);
    assert_eq!(status(&app, &[], Some("::ffff:192.0.2.2")).await, 429, "the same address in other clothes");
    assert_eq!(status(&app, &[], Some("2001:db8::1")).await, 200);
    assert_eq!(status(&app, &[], Some("2001:db8::2")).await, 429, "the same network");
    assert_eq!(status(&app, &[], Some("2001:db8:0:1::1")).await, 200);
    assert_eq!(get(&app, "/health").await.status.as_u16(), 200);
}

#[tokio::test]
async fn keys_cannot_be_tried_out_quickly() {
    let app = app(&Fake::greeting(), &["--rate-limit", "0.001", "--api-keys", "alpha,beta"]);
    let wrong = [("authorization", "Bearer wrong")];
    assert_eq!(status(&app, &wrong, Some("192.0.2.1")).await, 401);
    assert_eq!(status(&app, &wrong, Some("192.0.2.1")).await, 429);
    assert_eq!(status(&app, &[("authorization", "Bearer alpha")], Some("192.0.2.1")).await, 200);
    assert_eq!(status(&app, &[("authorization", "Bearer alpha")], Some("192.0.2.9")).await, 429);
    assert_eq!(status(&app, &[("authorization", "Bearer beta")], Some("192.0.2.1")).await, 200);
}

#[tokio::test]
async fn keys_change_with_their_file() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let write = |text: &str| std::fs::write(file.path(), text).expect("written");
    write("# ours\nold\n");
    let options = ["--api-keys", "given", "--api-keys-file", file.path().to_str().expect("text"), "--rate-limit", "2"];
    let app = app(&Fake::greeting(), &options);
    let with = async |key: &str| status(&app, &[("authorization", &format!("Bearer {key}"))], None).await;
    let becomes = async |key: &str, expected: u16| {
        let begun = Instant::now();
        while with(key).await != expected {
            assert!(begun.elapsed() < Duration::from_secs(10), "{key} is never answered with {expected}");
            tokio::time::sleep(Duration::from_millis(600)).await;
        }
    };
    assert_eq!([with("old").await, with("new").await, with("given").await], [200, 401, 200]);
    write("new\nold\n");
    becomes("new", 200).await;
    assert_eq!(with("old").await, 200, "both, for as long as both stand there");
    write("new\n");
    becomes("old", 401).await;
    // Nothing that is no use closes or opens the service.
    for useless in ["", "# none\n", "two words\n"] {
        write(useless);
        tokio::time::sleep(Duration::from_millis(1600)).await;
        assert_eq!([with("new").await, with("given").await, with("two").await], [200, 200, 401], "{useless:?}");
    }
    assert_eq!(get(&app, "/health").await.status.as_u16(), 200);
}

fn preflight(origin: &str) -> Request<Body> {
    let request = Request::options("/execute").header("origin", origin);
    request.header("access-control-request-method", "POST").body(Body::empty()).expect("a request")
}

#[tokio::test]
async fn pages_of_these_origins_may_call() {
    let allowed = |answer: &Answer| answer.header("access-control-allow-origin").to_owned();
    let nobody = app(&Fake::greeting(), &[]);
    assert_eq!(allowed(&send(&nobody, preflight("https://a.example")).await), "");
    let some = app(&Fake::greeting(), &["--cors-origins", "https://a.example,http://localhost:5173"]);
    assert_eq!(allowed(&send(&some, preflight("https://a.example")).await), "https://a.example");
    assert_eq!(allowed(&send(&some, preflight("https://b.example")).await), "");
    let answer = send(&some, request(&[("origin", "http://localhost:5173")], None)).await;
    assert_eq!(allowed(&answer), "http://localhost:5173");
    assert!(answer.header("access-control-expose-headers").contains("retry-after"));
    let all = app(&Fake::greeting(), &["--cors-origins", "*"]);
    assert_eq!(allowed(&send(&all, preflight("https://a.example")).await), "*");
}

#[tokio::test]
async fn ids_are_kept_if_they_are_harmless() {
    let app = app(&Fake::greeting(), &[]);
    let id = async |sent: &str| {
        let answer = send(&app, request(&[("x-request-id", sent)], None)).await;
        answer.header("x-request-id").to_owned()
    };
    assert_eq!(id("abc-123_4.5").await, "abc-123_4.5");
    for bad in ["", "a b", "a\"b", "<script>", &"a".repeat(65)] {
        let made = id(bad).await;
        assert!(made.len() == 16 && made.bytes().all(|b| b.is_ascii_hexdigit()), "{bad}: {made}");
    }
    assert_ne!(id("").await, id("").await);
}
