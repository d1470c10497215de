//! The program itself, with a real executor inside: one command, secrets, the worst end, and the proof of exercises.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Data, Kind, both, fixtures};

both!(what_was_answered_survives_the_worst_end);

pub struct Program {
    child: Child,
    url: String,
    log: Arc<Mutex<String>>,
}

pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portal"));
    command.env_clear().env("PATH", "/usr/bin:/bin").env("PYTHON", "/usr/bin/python3").env("POOL_WARM", "2");
    command.env("LOG_FORMAT", "json");
    command
}

impl Program {
    pub fn start(data: &Data, settings: &[(&str, &str)]) -> Program {
        let mut command = command();
        command.args(["--port", "0", "--executor-port", "0", "--rate-limit", "0", "--address-rate-limit", "0"]);
        command.env("DATABASE_URL", &data.url).env("EXERCISES", fixtures()).envs(settings.iter().copied());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let first = lines.next().expect("a line").expect("text");
        let line: Value = serde_json::from_str(&first).unwrap_or_else(|_| panic!("{first}"));
        let url = format!("http://{}", line["address"].as_str().unwrap_or_else(|| panic!("{first}")));
        let log = Arc::new(Mutex::new(first));
        let further = log.clone();
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| *further.lock().expect("not poisoned") += &line);
        });
        let program = Program { child, url, log };
        let begun = Instant::now();
        while program.get("/ready").0 != 200 {
            assert!(begun.elapsed() < Duration::from_secs(60), "it is not ready");
            std::thread::sleep(Duration::from_millis(50));
        }
        program
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        self.log.lock().expect("not poisoned").clone()
    }

    fn agent() -> ureq::Agent {
        ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into()
    }

    pub fn get(&self, path: &str) -> (u16, Vec<u8>) {
        read(Program::agent().get(format!("{}{path}", self.url)).call())
    }

    pub fn post(&self, path: &str, body: &Value, id: &str) -> (u16, Vec<u8>) {
        read(Program::agent().post(format!("{}{path}", self.url)).header("x-request-id", id).send_json(body))
    }

    fn signal(&self, signal: rustix::process::Signal) {
        rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), signal).expect("signalled");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Status, head and body; 0 for no answer.
fn read(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> (u16, Vec<u8>) {
    let Ok(mut response) = response else { return (0, Vec::new()) };
    let status = response.status().as_u16();
    let mut bytes = format!("{:?}\n", response.headers()).into_bytes();
    match response.body_mut().as_reader().read_to_end(&mut bytes) {
        Ok(_) => (status, bytes),
        Err(_) => (0, bytes),
    }
}

async fn what_was_answered_survives_the_worst_end(kind: Kind) {
    let data = Data::new(kind).await;
    let mut program = Program::start(&data, &[]);
    let answered = Mutex::new(Vec::new());
    let count = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                loop {
                    let id = format!("run-{}", count.fetch_add(1, Ordering::Relaxed));
                    let body =
                        json!({"code": "def double(n): return n*2", "exerciseId": "T1_double", "runTests": true});
                    match program.post("/api/execution/run", &body, &id) {
                        (200, _) => answered.lock().expect("not poisoned").push(id),
                        (503, _) => {}
                        (0, _) => return,
                        (status, body) => panic!("{status}: {}", String::from_utf8_lossy(&body)),
                    }
                }
            });
        }
        while answered.lock().expect("not poisoned").len() < 60 {
            std::thread::sleep(Duration::from_millis(5));
        }
        program.signal(rustix::process::Signal::KILL);
    });
    program.child.wait().expect("it has ended");
    let stored = data.words("SELECT request_id FROM submissions").await;
    let answered = answered.into_inner().expect("not poisoned");
    let lost: Vec<_> = answered.iter().filter(|id| !stored.contains(id)).collect();
    assert!(lost.is_empty(), "{lost:?} of {}", answered.len());
    // And the next one goes on from there.
    let again = Program::start(&data, &[]);
    let body = json!({"code": "x", "exerciseId": "T1_double", "runTests": true});
    assert_eq!(again.post("/api/execution/run", &body, "again").0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_stay_and_grades_are_true() {
    let data = Data::new(Kind::Sqlite).await;
    let mut program = Program::start(&data, &[]);
    let run = |code: &str, id: &str| {
        program.post("/api/execution/run", &json!({"code": code, "exerciseId": id, "runTests": true}), "x")
    };
    let spy = "import sys, os\nfor root, _, files in os.walk('/'):\n    for f in files:\n        try:\n            \
               print(open(os.path.join(root, f)).read(2000)) if 'portal' in root or f.endswith('.db') else None\n        \
               except Exception: pass\nprint(sys.argv, dict(os.environ))\ndef shout(t): return t\ndef double(n): return n\n";
    let mut heard = vec![
        run("def double(n):\n    return n * 2\n", "T1_double"),
        run("def double(n):\n    return 0\n", "T1_double"),
        run(
            "def double(n):\n    import inspect\n    raise ValueError([f.filename for f in inspect.stack()])\n",
            "T1_double",
        ),
        run("def shout(text):\n    return text\n", "T2_shout"),
        run("def shout(text):\n    raise ValueError(text)\n", "T2_shout"),
        run("x = (", "T2_shout"),
        run(spy, "T2_shout"),
        run(spy, "T1_double"),
    ];
    let passed = |heard: &(u16, Vec<u8>)| {
        assert_eq!(heard.0, 200);
        String::from_utf8_lossy(&heard.1).contains(r#""testResult":{"passed":true"#)
    };
    assert_eq!(heard.iter().map(passed).collect::<Vec<_>>(), [true, false, false, false, false, false, false, false]);
    for path in [
        "/api/exercises",
        "/api/exercises/T1_double",
        "/api/exercises/T2_shout",
        "/api/exercises/T1_double/hints",
        "/api/progress",
        "/health",
        "/ready",
        "/metrics",
        "/docs",
        "/openapi.json",
        "/",
        "/exercises/T1_double",
        "/api/exercises/T1_double/solution",
        "/api/exercises/T1_double/tests",
        "/exercises/T1_double/solution.py",
        "/api/exercises/T1_double?fields=solutionCode",
        "/data/portal.db",
    ] {
        heard.push(program.get(path));
    }
    heard.push(program.post("/api/exercises/T1_double/hints/1", &json!({}), "x"));
    heard.push(program.post("/api/exercises/T1_double/solution", &json!({}), "x"));
    for (_, bytes) in &heard {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("SECRET-SOLUTION") && !text.contains("SECRET-TESTS"), "{text}");
        // What is called with is the program's to know; what is expected, with hidden tests, is not.
        assert!(!text.contains("SECRET-WORD"), "{text}");
    }
    let (status, solution) = program.post("/api/exercises/T1_double/solution", &json!({"giveUp": true}), "x");
    assert!(status == 200 && String::from_utf8_lossy(&solution).contains("SECRET-SOLUTION-double"), "the search works");

    program.signal(rustix::process::Signal::TERM);
    assert_eq!(program.child.wait().expect("it ends").code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_waits_for_what_runs() {
    let data = Data::new(Kind::Sqlite).await;
    let mut program = Program::start(&data, &[]);
    let body = json!({"code": "import time\ntime.sleep(1)\ndef double(n): return n*2\n", "exerciseId": "T1_double",
                      "runTests": true});
    std::thread::scope(|scope| {
        let running = scope.spawn(|| program.post("/api/execution/run", &body, "last"));
        std::thread::sleep(Duration::from_millis(400));
        program.signal(rustix::process::Signal::INT);
        assert_eq!(running.join().expect("it answers").0, 200);
    });
    assert_eq!(program.child.wait().expect("it ends").code(), Some(0));
    assert_eq!(data.words("SELECT request_id FROM submissions").await, ["last"]);
}

fn portal(args: &[&str], data: &Data) -> Output {
    command().args(args).env("DATABASE_URL", &data.url).output().expect("it runs")
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn exercises_are_proved_loaded_and_listed() {
    let data = Data::new(Kind::Sqlite).await;
    let good = fixtures();
    let good = good.to_str().expect("text");
    let checked = portal(&["exercises", "check", good], &data);
    assert!(
        checked.status.success() && text(&checked).contains("2 exercises, each as it should be"),
        "{}",
        text(&checked)
    );

    let folder = tempfile::tempdir().expect("a folder");
    copy(Path::new(good), folder.path());
    let change = |file: &str, text: &str| std::fs::write(folder.path().join(file), text).expect("written");
    change("T1_double/starter.py", "def double(n):\n    return n * 2\n");
    change(
        "T1_double/wrong/zero.py",
        "# status: tests_failed\n# fails: Test 1, Test 9\ndef double(n):\n    return 0\n",
    );
    change("T1_double/wrong/numbers_only.py", "# why: none\n# status: timeout\ndef double(n):\n    return 0\n");
    change("T2_shout/solution.py", "def shout(text):\n    return text.upper()\n");
    let wrong = portal(&["exercises", "check", folder.path().to_str().expect("text")], &data);
    let said = text(&wrong);
    assert_eq!(wrong.status.code(), Some(1), "{said}");
    for line in [
        "T1_double/starter.py: the starter must get tests_failed or error, and got ok",
        "T1_double/wrong/zero.py:2: there is no test case \"Test 9\"",
        "T1_double/wrong/zero.py:2: it must pass \"Test 3\", and does not",
        "T1_double/wrong/numbers_only.py:2: it must get timeout, and got tests_failed",
        "T2_shout/tests.py:",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }

    change("T2_shout/exercise.toml", "title = 1\n");
    let refused = portal(&["exercises", "load", folder.path().to_str().expect("text")], &data);
    assert!(
        refused.status.code() == Some(1) && text(&refused).contains("T2_shout/exercise.toml:1: "),
        "{}",
        text(&refused)
    );
    let loaded = portal(&["exercises", "load", good], &data);
    assert!(loaded.status.success() && text(&loaded).contains("2 exercises loaded"), "{}", text(&loaded));
    let listed = portal(&["exercises", "list"], &data);
    assert!(text(&listed).contains("T1_double") && text(&listed).contains("Shout"), "{}", text(&listed));
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).expect("made");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_named() {
    let data = Data::new(Kind::Sqlite).await;
    for (variable, value) in
        [("PORT", "x"), ("EXECUTOR_SERVICE_URL", "nope"), ("RATE_LIMIT", "-1"), ("EXERCISES", "/nowhere")]
    {
        let output = command().env("DATABASE_URL", &data.url).env(variable, value).output().expect("it runs");
        let named =
            text(&output).contains(variable) || text(&output).contains(&variable.to_lowercase().replace('_', "-"));
        assert!(output.status.code() == Some(64) && named, "{variable}: {}", text(&output));
    }
    let url = "postgres://nobody:x@127.0.0.1:1/none";
    let mut away = command();
    away.env("DATABASE_URL", url).env("PORT", "0");
    let output = away.output().expect("it runs");
    assert!(output.status.code() == Some(1) && text(&output).contains("DATABASE_URL"), "{}", text(&output));
    let health = command().args(["health", "--port", "1"]).output().expect("it runs");
    assert_eq!(health.status.code(), Some(1));
}
