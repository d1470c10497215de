//! Learners: programs and graded programs, each with an answer of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A request, and what came of it.
#[derive(Debug)]
pub struct Sent {
    /// When it was sent.
    pub began: Instant,
    /// HTTP status; 0 without an answer.
    pub status: u16,
    /// The body.
    pub body: Value,
    /// Whether it is what this very program prints, or its tests say.
    pub right: bool,
}

impl Sent {
    /// Whether it was done, and rightly.
    pub fn is_fine(&self) -> bool {
        self.status == 200 && self.right
    }
}

/// Requests without a pause, until they are told to stop.
pub struct Load {
    stop: Arc<AtomicBool>,
    learners: Vec<JoinHandle<Vec<Sent>>>,
}

impl Load {
    /// So many learners at once.
    pub fn start(url: &str, learners: usize) -> Load {
        let (stop, next) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(1)));
        let learner = |_| {
            let (url, stop, next) = (url.to_owned(), Arc::clone(&stop), Arc::clone(&next));
            std::thread::spawn(move || {
                let agent = agent();
                let mut sent = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    sent.push(one(&agent, &url, next.fetch_add(1, Ordering::Relaxed)));
                }
                sent
            })
        };
        let learners = (0..learners).map(learner).collect();
        Load { stop, learners }
    }

    /// Waits for what is under way.
    ///
    /// # Panics
    /// A learner did.
    pub fn stop(self) -> Vec<Sent> {
        self.stop.store(true, Ordering::Relaxed);
        self.learners.into_iter().flat_map(|learner| learner.join().expect("a learner does not panic")).collect()
    }
}

fn agent() -> ureq::Agent {
    let patience = Some(tests::patiently(Duration::from_secs(60)));
    ureq::Agent::config_builder().http_status_as_error(false).timeout_global(patience).build().into()
}

/// Every fourth one is graded.
fn one(agent: &ureq::Agent, url: &str, number: u64) -> Sent {
    let square = number * number;
    if number.is_multiple_of(4) {
        let tests = format!("assert square({number}) == {square}");
        let request = json!({ "code": "def square(n):\n    return n * n", "testCode": tests });
        send(agent, url, &request, |body| {
            body["testResult"]["passed"] == true && body["testResult"]["testCases"][0]["name"] == "Test 1"
        })
    } else {
        let request = json!({ "code": format!("print({number} * {number})") });
        let printed = square.to_string();
        send(agent, url, &request, |body| body["output"] == printed.as_str())
    }
}

/// A program that takes a second and a half.
pub fn slow(url: &str) -> Sent {
    let request = json!({ "code": "import time\ntime.sleep(1.5)\nprint('slow')" });
    send(&agent(), url, &request, |body| body["output"] == "slow")
}

fn send(agent: &ureq::Agent, url: &str, request: &Value, is_right: impl Fn(&Value) -> bool) -> Sent {
    let began = Instant::now();
    let (status, body) = match agent.post(format!("{url}/execute")).send_json(request) {
        Ok(mut response) => (response.status().as_u16(), response.body_mut().read_json().unwrap_or(Value::Null)),
        Err(error) => (0, Value::String(error.to_string())),
    };
    Sent { began, status, right: is_right(&body), body }
}
