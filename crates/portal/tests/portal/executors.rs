//! Several executors: who gets a request, and what becomes of it when one is away.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::HeaderValue;
use bytes::Bytes;
use portal::config::Credential;
use portal::executors::{Executors, Outcome, Passed, keep_checking};

use crate::fake::{Fake, Say, answer};

const REQUEST: &[u8] = br#"{"code": "x"}"#;

fn ran(after: Duration) -> Say {
    Say::Ran(answer(true), after)
}

async fn pair(after: Duration) -> (Fake, Fake, Arc<Executors>) {
    let (a, b) = (Fake::start(ran(after)).await, Fake::start(ran(after)).await);
    let executors = Executors::new(vec![a.url(), b.url()], Credential::default(), Duration::from_secs(5));
    (a, b, executors)
}

fn passed() -> Passed {
    Passed { request_id: HeaderValue::from_static("test"), traceparent: None }
}

async fn execute(executors: &Executors) -> Outcome {
    executors.execute(Bytes::from_static(REQUEST), &passed()).await
}

async fn ran_many(executors: &Arc<Executors>, many: usize) -> bool {
    let all = (0..many).map(|_| execute(executors));
    futures_util::future::join_all(all).await.iter().all(|outcome| matches!(outcome, Outcome::Ran(_)))
}

#[tokio::test]
async fn requests_are_spread() {
    let (a, b, executors) = pair(Duration::from_millis(50)).await;
    assert!(ran_many(&executors, 20).await);
    assert_eq!((a.heard().len(), b.heard().len()), (10, 10));
    assert!(executors.health().iter().all(|one| one.in_flight == 0));
}

#[tokio::test]
async fn one_that_is_down_is_left_out_and_comes_back() {
    let (mut a, b, executors) = pair(Duration::from_millis(20)).await;
    let checking = tokio::spawn(keep_checking(Arc::downgrade(&executors)));
    a.down().await;
    assert!(ran_many(&executors, 10).await, "what could not be delivered was given to the other");
    assert_eq!((a.heard().len(), b.heard().len()), (0, 10));
    let down: Vec<bool> = executors.health().iter().map(|one| one.reason.is_some()).collect();
    assert_eq!(down, [true, false]);
    a.up().await;
    let begun = Instant::now();
    while executors.health()[0].reason.is_some() {
        assert!(begun.elapsed() < Duration::from_secs(10), "it never came back");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(ran_many(&executors, 10).await);
    assert!(a.heard().len() >= 4, "{}", a.heard().len());
    checking.abort();
}

#[tokio::test]
async fn all_away() {
    let (mut a, mut b, executors) = pair(Duration::ZERO).await;
    a.down().await;
    b.down().await;
    assert!(matches!(execute(&executors).await, Outcome::Away));
    b.up().await;
    assert!(matches!(execute(&executors).await, Outcome::Ran(_)), "the last word on them may be old");
}

#[tokio::test]
async fn a_program_that_may_have_started_is_not_started_again() {
    let (a, b, executors) = pair(Duration::ZERO).await;
    a.say(Say::HangUp);
    b.say(Say::HangUp);
    assert!(matches!(execute(&executors).await, Outcome::Lost(_)));
    assert_eq!(a.heard().len() + b.heard().len(), 1);
    a.say(ran(Duration::from_secs(60)));
    b.say(ran(Duration::from_secs(60)));
    let hasty = Executors::new(vec![a.url(), b.url()], Credential::default(), Duration::from_millis(100));
    assert!(matches!(execute(&hasty).await, Outcome::Lost(_)));
    assert_eq!(a.heard().len() + b.heard().len(), 2);
}

#[tokio::test]
async fn refusals_are_passed_on_and_stopping_is_none() {
    let (a, b, executors) = pair(Duration::ZERO).await;
    for fake in [&a, &b] {
        fake.say(Say::Refuse(503, "FULL"));
    }
    match execute(&executors).await {
        Outcome::Refused { status, failure, retry_after } => {
            assert_eq!((status.as_u16(), &*failure.code, retry_after), (503, "FULL", Some(7)));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(a.heard().len() + b.heard().len(), 1, "one that is full is not a reason to fill the others");
    a.say(Say::Refuse(503, "STOPPING"));
    b.say(ran(Duration::ZERO));
    assert!(ran_many(&executors, 4).await);
}

mod through_the_portal {
    use axum::body::Body;
    use axum::http::Request;

    use super::*;
    use crate::support::{Kind, Portal};

    const CODE: &str = r#"{"code": "x"}"#;

    #[tokio::test]
    async fn the_trace_of_a_request_is_passed_on() {
        let portal = Portal::new(Kind::Sqlite).await;
        let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        for sent in [good, "made up"] {
            let request = Request::post("/api/execution/run").header("content-type", "application/json");
            let request = request.header("traceparent", sent).header("tracestate", "a=b").body(Body::from(CODE));
            portal.send(request.expect("a request")).await.data();
        }
        portal.post("/api/execution/run", "", CODE).await.data();
        assert_eq!(portal.fake.heard_header("traceparent"), [good, "", ""]);
        assert_eq!(portal.fake.heard_header("tracestate"), ["", "", ""]);
    }

    #[tokio::test]
    async fn what_a_learner_hears() {
        let mut portal = Portal::new(Kind::Sqlite).await;
        let run = async |portal: &Portal| {
            let answer = portal.post("/api/execution/run", "", CODE).await;
            (answer.failure(), answer.header("retry-after"))
        };
        portal.fake.say(Say::Refuse(503, "FULL"));
        assert_eq!(run(&portal).await, ((503, "EXECUTOR_FULL".into()), "7".into()));
        portal.fake.say(Say::Refuse(429, "RATE_LIMITED"));
        assert_eq!(run(&portal).await, ((503, "EXECUTOR_FULL".into()), "7".into()));
        portal.fake.say(Say::Refuse(401, "KEY_UNKNOWN"));
        assert_eq!(run(&portal).await.0, (500, "INTERNAL".into()));
        portal.fake.say(Say::Refuse(413, "CODE_TOO_LONG"));
        assert_eq!(run(&portal).await.0, (413, "CODE_REFUSED".into()));
        portal.fake.say(Say::HangUp);
        assert_eq!(run(&portal).await, ((503, "EXECUTOR_UNAVAILABLE".into()), "1".into()));
        portal.fake.say(Say::Ran(serde_json::json!({"nonsense": true}), Duration::ZERO));
        assert_eq!(run(&portal).await.0, (500, "INTERNAL".into()));
        portal.fake.down().await;
        assert_eq!(run(&portal).await, ((503, "EXECUTOR_UNAVAILABLE".into()), "1".into()));
        assert_eq!(portal.get("/health", "").await.status.as_u16(), 503);
        portal.get("/api/exercises", "").await.data();
    }
}
