//! A service of a test's own.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::leftovers::Traces;

const TERM: rustix::process::Signal = rustix::process::Signal::TERM;

/// Who starts a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever runs the tests: root, as a rule.
    Me,
    /// A user without any privilege.
    OrdinaryUser,
}

/// A running service; ended, and looked after, when it is dropped.
pub struct Service {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub url: String,
    agent: ureq::Agent,
    log: Arc<Mutex<String>>,
    traces: Traces,
}

/// An answer: status and body.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body, null if it is no JSON.
    pub body: Value,
    /// How long it took.
    pub took: Duration,
    /// `Retry-After`.
    pub retry_after: Option<String>,
}

/// A service that did not come up.
#[derive(Debug)]
pub struct NotStarted {
    /// Its exit code, where it ended by itself.
    pub code: Option<i32>,
    /// What it said.
    pub log: String,
    /// What it left behind.
    pub left: Option<String>,
}

/// The binary under test: built by `cargo xtask test`, beside this test's own.
pub fn binary() -> PathBuf {
    let mut folder = std::env::current_exe().expect("a test knows its own path");
    while folder.pop() {
        let binary = folder.join("python-executor");
        if binary.is_file() {
            return binary;
        }
    }
    panic!("python-executor is not built: run `cargo build -p executor` first");
}

/// A port that nobody has on loopback.
///
/// # Panics
/// There is none.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

impl Service {
    /// Starts one as this test's user, with these settings.
    ///
    /// # Panics
    /// It does not come up.
    pub fn start(settings: &[(&str, &str)]) -> Service {
        Service::start_as(Who::Me, settings)
    }

    /// Starts one.
    ///
    /// # Panics
    /// It does not come up.
    pub fn start_as(who: Who, settings: &[(&str, &str)]) -> Service {
        Service::start_through(&[], who, settings)
    }

    /// Starts one by another command, which executes what it gets as further arguments.
    ///
    /// # Panics
    /// It does not come up.
    pub fn start_through(wrapper: &[&str], who: Who, settings: &[(&str, &str)]) -> Service {
        Service::try_start_through(wrapper, who, settings)
            .unwrap_or_else(|why| panic!("the service is not ready ({:?}):\n{}", why.code, why.log))
    }

    /// The same, for a start that may fail.
    ///
    /// # Errors
    /// It ended, or is not ready after half a minute.
    ///
    /// # Panics
    /// It cannot be executed at all.
    pub fn try_start_through(
        wrapper: &[&str],
        who: Who,
        settings: &[(&str, &str)],
    ) -> Result<Service, Box<NotStarted>> {
        let mut service = Service::spawn(wrapper, who, settings);
        let begun = Instant::now();
        while begun.elapsed() < crate::patiently(Duration::from_secs(30)) {
            if service.get("/ready").is_some_and(|answer| answer.status == 200) {
                return Ok(service);
            }
            if let Ok(Some(status)) = service.child.try_wait() {
                let left = service.left_behind();
                return Err(Box::new(NotStarted { code: status.code(), log: service.log(), left }));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = service.child.kill();
        Err(Box::new(NotStarted { code: None, log: service.log(), left: service.left_behind() }))
    }

    /// Executes one, and does not wait until it is ready.
    ///
    /// # Panics
    /// It cannot be executed at all.
    pub fn spawn(wrapper: &[&str], who: Who, settings: &[(&str, &str)]) -> Service {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        // Above what distributions give out, and another one for each service.
        let user = 1_000_000 + std::process::id() % 10_000 * 100 + STARTED.fetch_add(1, Ordering::Relaxed) % 100;
        let traces = Traces::of(user);
        let setting = |name| settings.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
        let host = setting("HOST").unwrap_or_else(|| "127.0.0.1".into());
        let port = setting("PORT").unwrap_or_else(|| free_port().to_string());
        let binary = binary();
        let words: Vec<&OsStr> =
            wrapper.iter().map(OsStr::new).chain([binary.as_os_str(), OsStr::new("serve")]).collect();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).env_clear().env("PORT", &port).env("RATE_LIMIT", "0").env("LOG_LEVEL", "warn");
        command.env("PATH", "/usr/bin:/bin");
        command.env("PYTHON", crate::interpreters()[0].as_os_str());
        command.envs(settings.iter().copied());
        command.env("SANDBOX_UID", user.to_string()).env("TMPDIR", traces.folder()).process_group(0);
        if who == Who::OrdinaryUser {
            command.uid(user).gid(user);
        }
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the service starts");
        let log = Arc::new(Mutex::new(String::new()));
        let stderr = child.stderr.take().expect("it is piped");
        let copy = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let mut log = copy.lock().expect("no thread panics with it");
                log.push_str(&line);
                log.push('\n');
            }
        });
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(crate::patiently(Duration::from_secs(60))))
            .max_idle_connections_per_host(64)
            .build()
            .into();
        Service { child, url: format!("http://{host}:{port}"), agent, log, traces }
    }

    /// What is left of it after [`Service::stop`].
    pub fn left_behind(&self) -> Option<String> {
        self.traces.left(self.pid())
    }

    /// Its temporary folder.
    pub fn folder(&self) -> &std::path::Path {
        self.traces.folder()
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The user that it runs as.
    ///
    /// # Panics
    /// It has ended.
    pub fn user(&self) -> u32 {
        use std::os::unix::fs::MetadataExt;
        let process = std::fs::metadata(format!("/proc/{}/task", self.pid())).expect("the service runs");
        process.uid()
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        self.log.lock().expect("no thread panics with it").clone()
    }

    /// A GET; `None` if nobody answers.
    pub fn get(&self, path: &str) -> Option<Answer> {
        let begun = Instant::now();
        let response = self.agent.get(format!("{}{path}", self.url)).call().ok()?;
        Some(answer(response, begun))
    }

    /// `POST /execute`.
    ///
    /// # Panics
    /// Nobody answers.
    pub fn execute(&self, request: &Value) -> Answer {
        let begun = Instant::now();
        let response = self.agent.post(format!("{}/execute", self.url)).send_json(request);
        answer(response.unwrap_or_else(|e| panic!("no answer: {e}\n{}", self.log())), begun)
    }

    /// `POST /execute`; `None` if nobody answers.
    pub fn try_execute(&self, request: &Value) -> Option<Answer> {
        let begun = Instant::now();
        let response = self.agent.post(format!("{}/execute", self.url)).send_json(request);
        response.ok().map(|response| answer(response, begun))
    }

    /// Runs a program and expects an answer.
    ///
    /// # Panics
    /// It is not 200.
    pub fn run(&self, code: &str) -> Value {
        let answer = self.execute(&json!({ "code": code }));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }

    /// Kills it, and waits until nothing of it listens any more, which is a moment later.
    ///
    /// # Panics
    /// It cannot be waited for.
    pub fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it can be waited for");
    }

    /// Ends it as an operator would: its exit code.
    ///
    /// # Panics
    /// It does not end.
    pub fn stop(&mut self) -> Option<i32> {
        if let Ok(Some(status)) = self.child.try_wait() {
            return status.code();
        }
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, TERM).expect("it can be signalled");
        let begun = Instant::now();
        while begun.elapsed() < crate::patiently(Duration::from_secs(20)) {
            if let Ok(Some(status)) = self.child.try_wait() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the service does not end:\n{}", self.log());
    }
}

pub(crate) fn answer(mut response: ureq::http::Response<ureq::Body>, begun: Instant) -> Answer {
    let status = response.status().as_u16();
    let retry_after = response.headers().get("retry-after").and_then(|v| v.to_str().ok()).map(Into::into);
    let mut text = Vec::new();
    let _ = response.body_mut().as_reader().read_to_end(&mut text);
    Answer { status, body: serde_json::from_slice(&text).unwrap_or(Value::Null), took: begun.elapsed(), retry_after }
}

impl Drop for Service {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // As an operator would, first: a container outlives the command that started it when that is killed.
            let _ = rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), TERM);
            let begun = Instant::now();
            while begun.elapsed() < Duration::from_secs(3) && matches!(self.child.try_wait(), Ok(None)) {
                std::thread::sleep(Duration::from_millis(20));
            }
            let _ = self.child.kill();
            let _ = self.child.wait();
        } else {
            self.stop();
        }
    }
}
