//! A portal of a test's own, with an executor inside unless it is told of others: as `cargo run --release` starts it.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A running portal; ended when it is dropped.
pub struct Portal {
    child: Child,
    /// `http://127.0.0.1:PORT`
    pub url: String,
    /// Its own executor's.
    pub executor_url: String,
    log: Arc<Mutex<String>>,
    _folder: tempfile::TempDir,
}

/// What a portal answered.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body, null if it is no JSON.
    pub body: Value,
    /// `Retry-After`.
    pub retry_after: Option<String>,
}

/// A learner's browser: keeps its cookie and its connections.
pub struct Browser {
    agent: ureq::Agent,
    url: String,
    cookie: Mutex<String>,
}

impl Portal {
    /// Starts one, with a database of its own unless the settings name one.
    ///
    /// # Panics
    /// It does not come up.
    pub fn start(settings: &[(&str, &str)]) -> Portal {
        let folder = tempfile::tempdir().expect("a folder");
        let free = || TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let (port, executor_port) = (free(), free());
        let mut command = Command::new(binary());
        command.arg("serve").env_clear().env("PATH", "/usr/bin:/bin").env("LOG_LEVEL", "warn");
        command.env("PORT", port.to_string()).env("EXECUTOR_PORT", executor_port.to_string());
        command.env("DATABASE_URL", format!("sqlite://{}", folder.path().join("portal.db").display()));
        command.env("PYTHON", crate::interpreters()[0].as_os_str());
        command.env("RATE_LIMIT", "0").env("ADDRESS_RATE_LIMIT", "0").envs(settings.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the portal starts");
        let stderr = child.stderr.take().expect("it is piped");
        let log = Arc::new(Mutex::new(String::new()));
        let copy = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                eprintln!("{line}");
                copy.lock().expect("no thread panics with it").push_str(&line);
            }
        });
        let portal = Portal {
            child,
            url: format!("http://127.0.0.1:{port}"),
            executor_url: format!("http://127.0.0.1:{executor_port}"),
            log,
            _folder: folder,
        };
        let (begun, browser) = (Instant::now(), portal.browser());
        while browser.try_get("/health").is_none() {
            assert!(begun.elapsed() < crate::patiently(Duration::from_secs(30)), "the portal is not there");
            std::thread::sleep(Duration::from_millis(20));
        }
        portal
    }

    /// What it has logged.
    ///
    /// # Panics
    /// The thread that reads it has panicked.
    pub fn log(&self) -> String {
        self.log.lock().expect("no thread panics with it").clone()
    }

    /// Somebody without a cookie.
    pub fn browser(&self) -> Browser {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(crate::patiently(Duration::from_secs(60))));
        Browser { agent: agent.build().into(), url: self.url.clone(), cookie: Mutex::default() }
    }

    /// Somebody who asks its executor directly.
    pub fn of_executor(&self) -> Browser {
        Browser { url: self.executor_url.clone(), ..self.browser() }
    }
}

impl Browser {
    /// A GET; `None` if nobody answers.
    pub fn try_get(&self, path: &str) -> Option<Reply> {
        let request = self.agent.get(format!("{}{path}", self.url)).header("cookie", self.cookie());
        request.call().ok().map(|response| self.read(response))
    }

    /// A GET.
    ///
    /// # Panics
    /// Nobody answers.
    pub fn get(&self, path: &str) -> Reply {
        self.try_get(path).unwrap_or_else(|| panic!("{path}: no answer"))
    }

    /// A POST.
    ///
    /// # Panics
    /// Nobody answers.
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        let request = self.agent.post(format!("{}{path}", self.url)).header("cookie", self.cookie());
        self.read(request.send_json(body).unwrap_or_else(|error| panic!("{path}: {error}")))
    }

    fn cookie(&self) -> String {
        self.cookie.lock().expect("no thread panics with it").clone()
    }

    fn read(&self, mut response: ureq::http::Response<ureq::Body>) -> Reply {
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        if let Some(cookie) = header("set-cookie").and_then(|cookie| cookie.split(';').next()) {
            cookie.clone_into(&mut self.cookie.lock().expect("no thread panics with it"));
        }
        let retry_after = header("retry-after").map(Into::into);
        let status = response.status().as_u16();
        Reply { status, body: response.body_mut().read_json().unwrap_or(Value::Null), retry_after }
    }
}

/// Its binary: beside the executor's, which is beside this test's own.
///
/// # Panics
/// It is not built.
pub fn binary() -> PathBuf {
    let binary = crate::binary().with_file_name("portal");
    assert!(binary.is_file(), "portal is not built: run `cargo build -p portal` first");
    binary
}

impl Drop for Portal {
    fn drop(&mut self) {
        let pid = rustix::process::Pid::from_child(&self.child);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        let _ = self.child.wait();
    }
}
