//! The executors that run programs: which gets a request, and what becomes of it when one is away.
//!
//! A request goes to the executor with the fewest of ours, among those that are up. One that could not be reached at all
//! has seen nothing of it, so another is tried; so is one that says that it is stopping. In every other case the program
//! may have started, and nobody runs it a second time.

mod health;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::timeout;

use executor::config::Following;
use executor::http::outer::REQUEST_ID;
use executor::trace;

use crate::config::Credential;
pub use health::keep_checking;

/// How long an executor may take to accept a connection.
const CONNECT: Duration = Duration::from_secs(1);
/// How long a connection is kept: shorter than executors do by default, so that none is used that they just closed.
const IDLE: Duration = Duration::from_secs(30);
/// Largest answer that is read: outputs, collected files and cases of an executor at its ceilings.
const ANSWER_MAX: usize = 256 << 20;

/// What an executor answered, or why none did.
#[derive(Debug)]
pub enum Outcome {
    /// The program was run: the answer as it is.
    Ran(Bytes),
    /// The request was refused.
    Refused {
        /// With this status.
        status: StatusCode,
        /// And these words.
        failure: Box<api::Failure>,
        /// Seconds after which to try again.
        retry_after: Option<u64>,
    },
    /// No executor could be reached.
    Away,
    /// One was reached, and then it was not heard of any more: the program may have run.
    Lost(String),
}

/// What goes to an executor of the request that came to the portal.
#[derive(Debug, Clone)]
pub struct Passed {
    /// Its id.
    pub request_id: HeaderValue,
    /// The trace that it came with; where the portal traces, its own span takes this one's place.
    pub traceparent: Option<HeaderValue>,
}

/// All executors.
#[derive(Debug)]
pub struct Executors {
    all: Vec<One>,
    client: Client<HttpConnector, Full<Bytes>>,
    credential: Credential,
    /// Of the credential's file.
    _following: Option<Following>,
    patience: Duration,
}

/// One executor.
#[derive(Debug)]
struct One {
    url: String,
    in_flight: AtomicUsize,
    state: Mutex<State>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Up,
    Down(String),
}

impl One {
    fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn is_up(&self) -> bool {
        self.state() == State::Up
    }

    /// Takes note, and logs a change.
    fn set(&self, state: State) {
        let mut now = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match (&*now, &state) {
            (State::Up, State::Down(reason)) => tracing::warn!(url = self.url, reason, "an executor is left out"),
            (State::Down(_), State::Up) => tracing::info!(url = self.url, "an executor is back"),
            _ => {}
        }
        *now = state;
    }
}

/// Counts a request of one executor while it lives.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(counter: &'a AtomicUsize) -> Counted<'a> {
        counter.fetch_add(1, Ordering::AcqRel);
        Counted(counter)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// What became of a request at one executor.
enum Attempt {
    /// It has seen nothing of it, or has refused it before it began.
    NotBegun(String),
    Done(Outcome),
}

impl Executors {
    /// Those at these addresses. Needs tokio around it.
    pub fn new(urls: Vec<String>, credential: Credential, patience: Duration) -> Arc<Executors> {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(CONNECT));
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .build(connector);
        let one = |url| One { url, in_flight: AtomicUsize::new(0), state: Mutex::new(State::Up) };
        let all = urls.into_iter().map(one).collect();
        Arc::new(Executors { all, client, _following: credential.follow(), credential, patience })
    }

    /// Has a program run.
    pub async fn execute(&self, body: Bytes, passed: &Passed) -> Outcome {
        let mut tried = Vec::new();
        while let Some(index) = self.next(&tried) {
            let one = &self.all[index];
            let _counted = Counted::new(&one.in_flight);
            match self.attempt(one, body.clone(), passed).await {
                Attempt::Done(outcome) => return outcome,
                Attempt::NotBegun(reason) => one.set(State::Down(reason)),
            }
            tried.push(index);
        }
        Outcome::Away
    }

    /// The one with the fewest requests; those that are down come last, since what is known of them may be old.
    fn next(&self, tried: &[usize]) -> Option<usize> {
        let left = (0..self.all.len()).filter(|index| !tried.contains(index));
        left.min_by_key(|index| {
            let one = &self.all[*index];
            (!one.is_up(), one.in_flight.load(Ordering::Acquire))
        })
    }

    async fn attempt(&self, one: &One, body: Bytes, passed: &Passed) -> Attempt {
        let span = trace::call("POST", "/execute", &one.url);
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = Method::POST;
        let Ok(uri) = format!("{}/execute", one.url).parse() else {
            return Attempt::NotBegun("its address cannot be used".into());
        };
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(REQUEST_ID, passed.request_id.clone());
        if let Some(traceparent) = trace::of(&span).or_else(|| passed.traceparent.clone()) {
            headers.insert(trace::TRACEPARENT, traceparent);
        }
        if let Some(authorization) = self.credential.header() {
            headers.insert(header::AUTHORIZATION, authorization);
        }
        let exchange = async {
            let response = match self.client.request(request).await {
                Ok(response) => response,
                Err(error) if error.is_connect() => return Attempt::NotBegun(executor::pool::chain(&error)),
                Err(error) => return lost(executor::pool::chain(&error)),
            };
            let (parts, body) = response.into_parts();
            trace::answered(&span, parts.status, None);
            match Limited::new(body, ANSWER_MAX).collect().await {
                Ok(body) => judge(parts.status, &parts.headers, body.to_bytes()),
                Err(error) => lost(error.to_string()),
            }
        };
        let attempt = timeout(self.patience, exchange).await.unwrap_or_else(|_| lost("it took too long".into()));
        match &attempt {
            Attempt::NotBegun(_) => trace::failed(&span, "not begun"),
            Attempt::Done(Outcome::Lost(_)) => trace::failed(&span, "lost"),
            Attempt::Done(_) => {}
        }
        attempt
    }

    /// How each of them is.
    pub fn health(&self) -> Vec<api::ExecutorHealth> {
        let health = self.all.iter().map(|one| {
            let (status, reason) = match one.state() {
                State::Up => (api::HealthStatus::Healthy, None),
                State::Down(reason) => (api::HealthStatus::Unhealthy, Some(reason)),
            };
            let in_flight = u32::try_from(one.in_flight.load(Ordering::Relaxed)).unwrap_or(u32::MAX);
            api::ExecutorHealth { url: one.url.clone(), status, in_flight, reason }
        });
        health.collect()
    }
}

fn lost(why: String) -> Attempt {
    Attempt::Done(Outcome::Lost(why))
}

/// What an answer means.
fn judge(status: StatusCode, headers: &axum::http::HeaderMap, body: Bytes) -> Attempt {
    if status == StatusCode::OK {
        return Attempt::Done(Outcome::Ran(body));
    }
    // A balancer's word that it lost an executor, whatever else it says.
    if matches!(status, StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT) {
        return lost(format!("a balancer answered {status}"));
    }
    let Ok(failure) = serde_json::from_slice::<api::Failure>(&body) else {
        return lost(format!("it answered {status} without saying why"));
    };
    if status == StatusCode::SERVICE_UNAVAILABLE && failure.code == "STOPPING" {
        return Attempt::NotBegun("it is stopping".into());
    }
    let retry_after = headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
    Attempt::Done(Outcome::Refused { status, failure: Box::new(failure), retry_after })
}
