//! The service's hot path without its sockets and cells, for counting instructions: `figures` runs it under callgrind.
//!
//! Each case is warmed up, and then done some times between two marks; callgrind writes down what it has counted at
//! every mark.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use clap::{Args, Command, FromArgMatches};
use executor::config::{Config, ServeArgs};
use executor::engine::{Engine, Running, RuntimeState, Snapshot, Vital, Vitality};
use executor::http::{App, decode, router};
use executor::job::{Case, Ending, Finished, Grading, Job, Report, Usage};
use executor::run::frames::{Bounds, Frame, Frames};
use executor::workers::Jobs;
use http_body_util::BodyExt;
use sandbox::level::Level;
use serde_json::{Value, json};
use tower::ServiceExt;

/// How often each case is done.
const TIMES: usize = 10;

/// callgrind knows this place by its name.
#[inline(never)]
fn mark_of_a_case() {
    black_box(());
}

fn main() {
    let wanted = std::env::args().nth(1);
    if wanted.as_deref() == Some("--names") {
        cases().iter().for_each(|(name, _)| println!("{name}"));
        return;
    }
    for (_, mut case) in cases() {
        case();
        mark_of_a_case();
        (0..TIMES).for_each(|_| case());
        mark_of_a_case();
    }
}

type Cases = Vec<(&'static str, Box<dyn FnMut()>)>;

/// The first is none of ours: what a compiler or a machine makes of the same kind of work.
fn cases() -> Cases {
    let hello = body(&json!({ "code": "print('Hello World')" }));
    let long = body(&json!({ "code": "total = total + 1  # \"é\"\n".repeat(2000) }));
    let files: Vec<Value> =
        (0..20).map(|n| json!({ "path": format!("data/{n}.txt"), "content": "a line\n".repeat(20) })).collect();
    let files =
        body(&json!({ "code": "print(1)", "files": files, "collect": ["*.txt", "out/**"], "args": ["a", "b"] }));
    let graded = body(&json!({ "code": "def f(n): return n", "testCode": "assert f(1) == 1\n".repeat(100) }));
    let yardstick = long.clone();
    vec![
        ("yardstick", Box::new(move || again(&yardstick))),
        ("decode hello", decoding(&hello)),
        ("decode 50 KB of code", decoding(&long)),
        ("decode 20 files", decoding(&files)),
        ("request hello", request(&hello, finished(b"Hello World\n".to_vec(), 0))),
        ("request 100 KB of output", request(&hello, finished(vec![b'x'; 100_000], 0))),
        ("request a hundred tests", request(&graded, finished(Vec::new(), 100))),
        ("frames of a conversation", Box::new(frames())),
    ]
}

fn body(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).expect("values can be written")
}

fn again(text: &[u8]) {
    let value: Value = serde_json::from_slice(black_box(text)).expect("it is JSON");
    black_box(body(&value));
}

fn config() -> Config {
    let matches = ServeArgs::augment_args(Command::new("serve")).get_matches_from(["serve"]);
    ServeArgs::from_arg_matches(&matches).expect("the defaults").validate().expect("they can be used")
}

fn decoding(body: &[u8]) -> Box<dyn FnMut()> {
    let (config, body) = (config(), body.to_vec());
    Box::new(move || drop(black_box(decode(&config, black_box(&body)).expect("it keeps the rules"))))
}

/// A whole request: all that happens between the parsed head and the bytes of the answer.
fn request(body: &[u8], finished: Finished) -> Box<dyn FnMut()> {
    let app = router(App::new(config(), Arc::new(Canned(finished)), Jobs::Off { why: "nothing is kept here".into() }));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let body = body.to_vec();
    Box::new(move || {
        let request = Request::post("/execute").header("content-type", "application/json");
        let request = request.header("content-length", body.len()).body(Body::from(body.clone())).expect("a request");
        let bytes = runtime.block_on(async {
            let response = app.clone().oneshot(request).await.expect("it cannot fail");
            assert_eq!(response.status(), StatusCode::OK);
            response.into_body().collect().await.expect("a body in memory").to_bytes()
        });
        black_box(bytes);
    })
}

/// Questions and answers of a graded run as they come from a cell's socket: a thousand, in pieces of a page.
fn frames() -> impl FnMut() {
    let talk = br#"["call", 12, "area", [1, 2.5, "a text with \"quotes\""], {"scale": [1, [2, [3]]]}]"#;
    let length = u32::try_from(talk.len()).expect("it is short").to_le_bytes();
    let bytes = [&length[..], &talk[..]].concat().repeat(1000);
    move || {
        let (mut frames, mut seen) = (Frames::new(Bounds::PROGRAM), 0);
        for piece in bytes.chunks(4096) {
            frames.push(piece);
            while let Ok(Some(Frame::Talk(frame) | Frame::Word(frame))) = frames.take() {
                black_box(frame);
                seen += 1;
            }
        }
        assert_eq!(seen, 1000);
    }
}

fn finished(stdout: Vec<u8>, tests: usize) -> Finished {
    let case = |number| Case {
        name: format!("assert f({number}) == {number}"),
        status: api::TestStatus::Failed,
        expected: Some(format!("{number}")),
        actual: Some("None".into()),
        error: Some("AssertionError".into()),
        message: Some(format!("f({number}) should return {number}, but it returned None.")),
        line: Some(number),
        source: Some("assert f(1) == 1".into()),
        output: None,
        micros: Some(120),
    };
    let grading = (tests > 0).then(|| Grading {
        integrity: api::Integrity::Isolated,
        cases: (1..=tests as u32).map(case).collect(),
        complete: true,
        ending: Some(Ending::Exited(0)),
        stdout: Vec::new(),
        stderr: Vec::new(),
        wall: Duration::from_millis(5),
    });
    Finished {
        ending: Ending::Exited(0),
        stdout,
        stderr: Vec::new(),
        truncated: false,
        wall: Duration::from_millis(1),
        usage: Usage { cpu: Duration::from_millis(1), peak_memory_bytes: 12 << 20 },
        report: Report::default(),
        files: Vec::new(),
        grading,
    }
}

/// An engine that has run everything already.
struct Canned(Finished);

impl Engine for Canned {
    fn execute(&self, job: Job) -> Running<'_> {
        black_box(job);
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }

    fn snapshot(&self) -> Snapshot {
        let runtime = RuntimeState {
            name: "python3".into(),
            version: "3".into(),
            implementation: "CPython".into(),
            executable: "python3".into(),
            warm: 1,
            warm_tests: 1,
        };
        Snapshot {
            level: Level::Namespaces,
            layers: Vec::new(),
            runtimes: vec![runtime],
            busy: 0,
            queued: 0,
            capacity: 1,
            stopping: false,
            vitality: Vitality { state: Vital::Healthy, reason: None, last_run: None },
        }
    }

    fn room(&self) -> usize {
        1
    }

    fn stop(&self) {}
}
