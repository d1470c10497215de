//! An engine that does what it is told, and requests without a socket.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use clap::{Args, Command, FromArgMatches};
use executor::config::{Config, ServeArgs};
use executor::engine::{Engine, Running, RuntimeState, Snapshot, Vital, Vitality};
use executor::http::{App, router};
use executor::job::{Ending, Finished, Job, Report, RunError, Usage};
use executor::workers::Jobs;
use sandbox::level::{Layer, Level};
use serde_json::Value;
use tower::ServiceExt;

/// What the engine does with the next jobs.
type Script = Box<dyn Fn(&Job) -> Result<Finished, RunError> + Send + Sync>;

/// An engine without Python.
pub struct Fake {
    script: Script,
    /// How long each job takes.
    pub takes: Mutex<Duration>,
    /// The last job.
    pub seen: Mutex<Option<Job>>,
    /// Jobs that run now.
    pub running: AtomicUsize,
    /// Jobs that were dropped before their end.
    pub dropped: AtomicUsize,
    /// How it says that it is.
    pub vital: Mutex<Vital>,
    /// Interpreters that it says are waiting.
    pub warm: AtomicUsize,
    stopped: AtomicBool,
}

impl Fake {
    /// An engine that does `script`.
    pub fn doing(script: impl Fn(&Job) -> Result<Finished, RunError> + Send + Sync + 'static) -> Arc<Fake> {
        Arc::new(Fake {
            script: Box::new(script),
            takes: Mutex::new(Duration::ZERO),
            seen: Mutex::new(None),
            running: AtomicUsize::new(0),
            dropped: AtomicUsize::new(0),
            vital: Mutex::new(Vital::Healthy),
            warm: AtomicUsize::new(3),
            stopped: AtomicBool::new(false),
        })
    }

    /// An engine whose programs all say hello.
    pub fn greeting() -> Arc<Fake> {
        Fake::doing(|_| Ok(finished()))
    }

    /// The last job.
    pub fn job(&self) -> Job {
        self.seen.lock().expect("not poisoned").clone().expect("a job has come")
    }

    /// Makes every job take this long.
    pub fn taking(self: Arc<Fake>, time: Duration) -> Arc<Fake> {
        *self.takes.lock().expect("not poisoned") = time;
        self
    }
}

/// Counts a job that does not reach its end.
struct Unfinished<'a>(&'a Fake, bool);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::SeqCst);
        if !self.1 {
            self.0.dropped.fetch_add(1, Ordering::SeqCst);
        }
    }
}

impl Engine for Fake {
    fn execute(&self, job: Job) -> Running<'_> {
        Box::pin(async move {
            self.running.fetch_add(1, Ordering::SeqCst);
            let mut unfinished = Unfinished(self, false);
            let takes = *self.takes.lock().expect("not poisoned");
            if !takes.is_zero() {
                tokio::time::sleep(takes).await;
            }
            let outcome = (self.script)(&job);
            *self.seen.lock().expect("not poisoned") = Some(job);
            unfinished.1 = true;
            outcome
        })
    }

    fn snapshot(&self) -> Snapshot {
        let runtime = |name: &str, version: &str| RuntimeState {
            name: name.into(),
            version: version.into(),
            implementation: "CPython".into(),
            executable: "/usr/bin/python3".into(),
            warm: self.warm.load(Ordering::SeqCst),
            warm_tests: 2,
        };
        let vital = *self.vital.lock().expect("not poisoned");
        Snapshot {
            level: Level::Landlock,
            layers: vec![Layer { name: "seccomp".into(), on: true, why: "entered".into(), hint: None }],
            runtimes: vec![runtime("python3.11", "3.11.7"), runtime("python3.13", "3.13.1")],
            busy: self.running.load(Ordering::SeqCst),
            queued: 0,
            capacity: 4,
            stopping: self.stopped.load(Ordering::SeqCst),
            vitality: Vitality {
                state: vital,
                reason: (vital != Vital::Healthy).then(|| "made up".into()),
                last_run: Some(Duration::from_millis(1200)),
            },
        }
    }

    fn room(&self) -> usize {
        4_usize.saturating_sub(self.running.load(Ordering::SeqCst))
    }

    fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
    }
}

/// A program that said hello.
pub fn finished() -> Finished {
    Finished {
        ending: Ending::Exited(0),
        stdout: b"Hello World\n".to_vec(),
        stderr: Vec::new(),
        truncated: false,
        wall: Duration::from_millis(2),
        usage: Usage { cpu: Duration::from_millis(1), peak_memory_bytes: 4 << 20 },
        report: Report::default(),
        files: Vec::new(),
        grading: None,
    }
}

/// A configuration from options alone, whatever the environment says.
pub fn config(options: &[&str]) -> Config {
    let command = ServeArgs::augment_args(Command::new("serve").args_override_self(true))
        .mut_args(|arg| arg.env(clap::builder::Resettable::Reset));
    let options = ["serve", "--python", "/usr/bin/python3", "--jobs-url", "off"].iter().chain(options);
    let matches = command.try_get_matches_from(options).expect("options");
    ServeArgs::from_arg_matches(&matches).expect("options").validate().expect("a configuration")
}

/// A log for the whole process that goes nowhere: without any, what is logged first by a test that has none is taken
/// for something that nobody wants to hear, also by the test that listens.
fn keep_log_alive() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let subscriber = tracing_subscriber::fmt().with_writer(std::io::sink).finish();
        tracing::subscriber::set_global_default(subscriber).expect("nobody else sets one");
    });
}

/// An application in front of an engine.
pub fn app(engine: &Arc<Fake>, options: &[&str]) -> Arc<App> {
    keep_log_alive();
    App::new(config(options), engine.clone(), Jobs::Off { why: "a test".into() })
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// A header as text; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// Status and code of a failure whose other fields are as they should be.
    pub fn failure(&self) -> (u16, String) {
        let body = self.json();
        assert_eq!(body["success"], false, "{body}");
        assert_eq!(body["requestId"], self.header("x-request-id"), "{body}");
        assert!(body["error"].as_str().is_some_and(|sentence| sentence.len() > 5), "{body}");
        assert_eq!(self.header("content-type"), "application/json");
        (self.status.as_u16(), body["code"].as_str().expect("a code").to_owned())
    }
}

/// Sends a request through the router.
pub async fn send(app: &Arc<App>, request: Request<Body>) -> Answer {
    let response = router(app.clone()).oneshot(request).await.expect("it never fails");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    let body = String::from_utf8(body.to_vec()).expect("UTF-8");
    Answer { status: parts.status, headers: parts.headers, body }
}

/// `GET`.
pub async fn get(app: &Arc<App>, path: &str) -> Answer {
    send(app, Request::get(path).body(Body::empty()).expect("a request")).await
}

/// `POST /execute` with this body.
pub async fn post(app: &Arc<App>, body: impl Into<Body>) -> Answer {
    let request = Request::post("/execute").header("content-type", "application/json").body(body.into());
    send(app, request.expect("a request")).await
}
