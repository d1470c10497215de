//! An executor that is made up: it says what it is told to say, and keeps what it heard.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::HeaderMap;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What it does with a program.
#[derive(Debug, Clone)]
pub enum Say {
    /// Answers, after a while.
    Ran(Value, Duration),
    /// Refuses with this status and code, and `Retry-After: 7`.
    Refuse(u16, &'static str),
    /// Hangs up when it has read the request.
    HangUp,
}

/// A passing or failing answer.
pub fn answer(passed: bool) -> Value {
    let status = if passed { "ok" } else { "tests_failed" };
    let case = json!({"name": "Test 1", "passed": passed, "status": if passed { "passed" } else { "failed" }});
    json!({
        "success": passed, "output": "", "errors": null, "executionTime": 5, "status": status, "exitCode": 0,
        "signal": null, "usage": {"cpuMs": 1, "peakMemoryBytes": 1}, "truncated": false, "error": null, "notices": [],
        "files": [],
        "testResult": {"passed": passed, "output": "", "errors": null, "executionTime": 3, "integrity": "isolated",
                       "testCases": [case]},
    })
}

struct Shared {
    say: Mutex<Say>,
    heard: Mutex<Vec<Value>>,
    heads: Mutex<Vec<HeaderMap>>,
}

/// A made-up executor.
pub struct Fake {
    pub address: SocketAddr,
    shared: Arc<Shared>,
    task: Option<JoinHandle<()>>,
}

impl Fake {
    pub async fn start(say: Say) -> Fake {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared { say: Mutex::new(say), heard: Mutex::default(), heads: Mutex::default() });
        let task = Some(tokio::spawn(accept(listener, shared.clone())));
        Fake { address, shared, task }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn say(&self, say: Say) {
        *self.shared.say.lock().expect("not poisoned") = say;
    }

    /// The requests to run a program.
    pub fn heard(&self) -> Vec<Value> {
        self.shared.heard.lock().expect("not poisoned").clone()
    }

    /// A header of each of them; empty where it was not sent.
    pub fn heard_header(&self, name: &str) -> Vec<String> {
        let heads = self.shared.heads.lock().expect("not poisoned");
        heads.iter().map(|head| head.get(name).map_or("", |value| value.to_str().expect("text")).to_owned()).collect()
    }

    /// Closes it, connections and all.
    pub async fn down(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            let _ = task.await;
        }
    }

    /// Opens it again.
    pub async fn up(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the same port");
        self.task = Some(tokio::spawn(accept(listener, self.shared.clone())));
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = tokio::task::JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        let shared = shared.clone();
        connections.spawn(async move {
            let service = service_fn(move |request| serve(shared.clone(), request));
            // A handler that fails ends its connection: that is hanging up.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

fn body(status: u16, value: &Value) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(status);
    if status == 503 || status == 429 {
        response = response.header("retry-after", "7");
    }
    response.body(Full::from(value.to_string())).expect("a response")
}

async fn serve(shared: Arc<Shared>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, HungUp> {
    if request.uri().path() == "/ready" {
        return Ok(body(200, &json!({})));
    }
    shared.heads.lock().expect("not poisoned").push(request.headers().clone());
    let sent = request.into_body().collect().await.map_err(|_| HungUp)?.to_bytes();
    shared.heard.lock().expect("not poisoned").push(serde_json::from_slice(&sent).expect("JSON"));
    let say = shared.say.lock().expect("not poisoned").clone();
    match say {
        Say::Ran(answer, after) => {
            tokio::time::sleep(after).await;
            Ok(body(200, &answer))
        }
        Say::Refuse(status, code) => {
            let field = (status < 429).then_some("code");
            Ok(body(status, &json!({"success": false, "error": "No", "code": code, "field": field, "requestId": "x"})))
        }
        Say::HangUp => Err(HungUp),
    }
}

#[derive(Debug)]
struct HungUp;

impl std::fmt::Display for HungUp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("hung up")
    }
}

impl std::error::Error for HungUp {}

impl From<Infallible> for HungUp {
    fn from(never: Infallible) -> HungUp {
        match never {}
    }
}
