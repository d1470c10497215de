//! Jobs of a test: mixed programs whose outcome is known, sent in batches, looked at one by one at the end.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Answer, Service};

/// The body of one job, and what must come of it.
pub struct Program {
    /// As `POST /execute` takes it.
    pub body: Value,
    /// `status` of its result.
    pub status: &'static str,
    /// `output` of its result.
    pub output: String,
}

/// The n-th program: nine kinds, each of them with the number in what it prints.
pub fn program(n: usize) -> Program {
    let of = |code: String, status, output: String| Program { body: json!({ "code": code }), status, output };
    match n % 9 {
        0 => of(format!("print({n})\nundefined"), "error", n.to_string()),
        1 => of(format!("print({n}"), "syntax_error", String::new()),
        2 => of(format!("import sys\nprint({n})\nsys.exit(3)"), "error", n.to_string()),
        3 => Program {
            body: json!({
                "code": format!("def number():\n    return {n}\nprint('here')"),
                "testCode": format!("assert number() == {n}\nassert number() != {n} + 1"),
                "exerciseId": "right",
            }),
            status: "ok",
            output: "here".into(),
        },
        4 => Program {
            body: json!({
                "code": format!("def number():\n    return {n} + 1"),
                "testCode": format!("assert number() == {n}"),
                "exerciseId": "wrong",
            }),
            status: "tests_failed",
            output: String::new(),
        },
        5 if n.is_multiple_of(5) => Program {
            body: json!({ "code": format!("print({n}, flush=True)\nwhile True: pass"), "limits": { "timeoutMs": 100 } }),
            status: "timeout",
            output: n.to_string(),
        },
        6 => of(format!("print('x' * 20_000 + '{n}')"), "ok", "x".repeat(20_000) + &n.to_string()),
        _ => of(format!("print({n})"), "ok", n.to_string()),
    }
}

/// What was sent: batches, and the number of the first program in each.
#[derive(Default)]
pub struct Course {
    batches: Vec<(String, usize)>,
}

/// What was found in the end.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Jobs that were looked at.
    pub jobs: usize,
    /// Those that were delivered more than once.
    pub redelivered: usize,
    /// What is not as it must be.
    pub wrong: Vec<String>,
}

impl Course {
    /// Sends `count` programs in batches of `size`, from number 0, to these services in turn. What is not answered is sent
    /// again, as a client would, under the same key.
    ///
    /// # Panics
    /// They are not taken on.
    pub fn send(count: usize, size: usize, mut to: impl FnMut() -> String) -> Course {
        let mut course = Course::default();
        for first in (0..count).step_by(size) {
            let jobs: Vec<Value> = (first..count.min(first + size)).map(|n| program(n).body).collect();
            let body = json!({ "jobs": jobs, "idempotencyKey": format!("course/{first}") });
            let begun = Instant::now();
            let answer = loop {
                match post(&to(), "/jobs", &body, "") {
                    Some(answer) if answer.status == 202 => break answer,
                    other => assert!(begun.elapsed() < Duration::from_secs(60), "{other:?}"),
                }
                std::thread::sleep(Duration::from_millis(100));
            };
            course.batches.push((answer.body["batchId"].as_str().expect("an id").to_owned(), first));
        }
        course
    }

    /// How many jobs have ended.
    pub fn ended(&self, url: &str) -> usize {
        let of = |(id, _): &(String, usize)| {
            let progress = get(url, &format!("/batches/{id}"))?.body["progress"].clone();
            let number = |name: &str| progress[name].as_u64();
            usize::try_from(number("done")? + number("setAside")? + number("cancelled")?).ok()
        };
        self.batches.iter().filter_map(of).sum()
    }

    /// Waits for so many to have ended.
    ///
    /// # Panics
    /// It takes longer than that.
    pub fn wait(&self, url: impl Fn() -> String, count: usize, patience: Duration) {
        let begun = Instant::now();
        loop {
            let ended = self.ended(&url());
            if ended >= count {
                return;
            }
            assert!(begun.elapsed() < crate::patiently(patience), "{ended} of {count} have ended");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Reads every batch's events to the end: each job once, each with what its program must give.
    pub fn check(&self, url: &str) -> Found {
        let mut found = Found::default();
        for (id, first) in &self.batches {
            let batch = patiently_get(url, &format!("/batches/{id}"));
            let ids: HashMap<String, usize> = batch["jobIds"]
                .as_array()
                .into_iter()
                .flatten()
                .enumerate()
                .map(|(place, id)| (id.as_str().unwrap_or_default().to_owned(), first + place))
                .collect();
            let mut told = HashMap::new();
            for job in events(url, id) {
                let Some(n) = ids.get(job["id"].as_str().unwrap_or_default()) else {
                    found.wrong.push(format!("batch {id} tells of a job that is not its own: {job}"));
                    continue;
                };
                *told.entry(*n).or_insert(0) += 1;
                found.jobs += 1;
                found.redelivered += usize::from(job["deliveries"].as_u64() > Some(1));
                let expected = program(*n);
                let result = &job["result"];
                let is_right = job["status"] == "done"
                    && result["status"] == expected.status
                    && result["output"] == expected.output.as_str();
                if !is_right {
                    let shown: String = job.to_string().chars().take(600).collect();
                    found.wrong.push(format!("{n}, expected {}: {shown}", expected.status));
                }
            }
            let missing = ids.values().filter(|n| told.get(n) != Some(&1));
            found.wrong.extend(missing.map(|n| format!("{n} was told {:?} times", told.get(n))));
        }
        found
    }
}

/// What is there, asked again while what keeps the jobs is away.
fn patiently_get(url: &str, path: &str) -> Value {
    let begun = Instant::now();
    loop {
        match get(url, path) {
            Some(answer) if answer.status == 200 => return answer.body,
            other => assert!(begun.elapsed() < crate::patiently(Duration::from_secs(60)), "{path}: {other:?}"),
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// The jobs that a batch's events tell of. A stream that is cut off is taken up where it was.
fn events(url: &str, batch: &str) -> Vec<Value> {
    let mut jobs = Vec::new();
    let mut last = "0".to_owned();
    for _ in 0..10 {
        let request = agent().get(format!("{url}/batches/{batch}/events")).header("last-event-id", &last);
        let response = request.call().expect("an answer");
        let mut name = String::new();
        for line in BufReader::new(response.into_body().into_reader()).lines().map_while(Result::ok) {
            match line.split_once(": ") {
                Some(("id", id)) => last = id.to_owned(),
                Some(("event", event)) => name = event.to_owned(),
                Some(("data", data)) if name == "job" => jobs.push(serde_json::from_str(data).expect("JSON")),
                Some(("data", _)) if name == "end" => return jobs,
                _ => {}
            }
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    panic!("batch {batch}: the stream has no end after event {last}");
}

fn agent() -> ureq::Agent {
    let timeout = Some(crate::patiently(Duration::from_secs(60)));
    ureq::Agent::config_builder().http_status_as_error(false).timeout_global(timeout).build().into()
}

/// A POST with a key; `None` if nobody answers.
pub fn post(url: &str, path: &str, body: &Value, key: &str) -> Option<Answer> {
    let begun = Instant::now();
    let request = agent().post(format!("{url}{path}")).header("authorization", format!("Bearer {key}"));
    request.send_json(body).ok().map(|response| crate::service::answer(response, begun))
}

/// A GET.
pub fn get(url: &str, path: &str) -> Option<Answer> {
    let begun = Instant::now();
    agent().get(format!("{url}{path}")).call().ok().map(|response| crate::service::answer(response, begun))
}

/// A DELETE.
pub fn delete(url: &str, path: &str) -> Option<Answer> {
    let begun = Instant::now();
    agent().delete(format!("{url}{path}")).call().ok().map(|response| crate::service::answer(response, begun))
}

/// The 99th percentile of what `/execute` takes a caller with this key: `count` requests, one after the other, `pause` apart.
pub fn waits(service: &Service, key: &str, count: usize, pause: Duration) -> Duration {
    let agent = agent();
    let mut took: Vec<Duration> = (0..count)
        .map(|_| {
            std::thread::sleep(pause);
            let begun = Instant::now();
            let request =
                agent.post(format!("{}/execute", service.url)).header("authorization", format!("Bearer {key}"));
            let answer = request.send_json(json!({ "code": "print('Hello World')" })).expect("an answer");
            assert_eq!(answer.status(), 200);
            drop(answer.into_body().read_to_vec());
            begun.elapsed()
        })
        .collect();
    took.sort_unstable();
    took[(count * 99).div_ceil(100) - 1]
}
