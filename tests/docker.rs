//! The service in a container of a real Docker engine: run in virtual machines by `cargo xtask vm-test`.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::hostile::Hostile;
use tests::{apparmor, folder, patiently, programs};

/// A few of each letter; the whole corpus is run in containers elsewhere.
const HOSTILE: [&str; 14] = [
    "a04_growing_string",
    "a07_one_big_file",
    "a10_fork_bomb",
    "a13_double_fork",
    "b28_kill_every_pid",
    "b31_other_processes",
    "c34_read_secrets",
    "c35_environment",
    "c43_setuid",
    "d47_tcp",
    "e52_user_namespaces",
    "e53_mounts",
    "e57_privileges",
    "f66_host_view",
];

/// What the documentation tells operators to say, at either level.
const HARDENING: [&str; 7] = [
    // With its group: a user that the image does not know has the group 0 otherwise.
    "--user=1001:1001",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    "--read-only",
    "--tmpfs=/tmp",
    "--env=HOST=0.0.0.0",
    "--env=ALLOW_ANONYMOUS=true",
];

/// A running engine.
struct Docker(Child);

impl Docker {
    fn start() -> Docker {
        let log = std::fs::File::create("/tmp/dockerd.log").expect("it can be written");
        let again = log.try_clone().expect("it is a file");
        let daemon = Command::new("dockerd").stdin(Stdio::null()).stdout(log).stderr(again).spawn().expect("it starts");
        let begun = Instant::now();
        while !Command::new("docker").arg("info").output().expect("it starts").status.success() {
            let log = || std::fs::read_to_string("/tmp/dockerd.log").unwrap_or_default();
            assert!(begun.elapsed() < patiently(Duration::from_secs(15)), "the engine does not come up:\n{}", log());
            std::thread::sleep(Duration::from_millis(200));
        }
        Docker(daemon)
    }
}

impl Drop for Docker {
    fn drop(&mut self) {
        let _ = rustix::process::kill_process(rustix::process::Pid::from_child(&self.0), rustix::process::Signal::TERM);
        let _ = self.0.wait();
    }
}

fn docker(args: &[&str]) -> String {
    let output = Command::new("docker").args(args).output().expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    assert!(output.status.success(), "docker {}: {}", args.join(" "), text(&output.stderr));
    text(&output.stdout)
}

/// A container with the service.
struct Container {
    name: String,
    agent: ureq::Agent,
}

impl Container {
    fn start(options: &[&str]) -> Container {
        let longest = format!("--env=MAX_TIMEOUT_MS={}", patiently(Duration::from_secs(10)).as_millis());
        let ours = ["run", "--detach", "--publish=127.0.0.1:4490:3001", "--env=RATE_LIMIT=0", &longest];
        let args = [&ours, &HARDENING[..], options];
        let name = docker(&[&args.concat()[..], &["python-executor:test"]].concat());
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let container = Container { name, agent };
        let begun = Instant::now();
        while container.get("/ready").is_none_or(|(status, _)| status != 200) {
            let runs = docker(&["inspect", "--format", "{{.State.Running}}", &container.name]) == "true";
            let in_time = begun.elapsed() < patiently(Duration::from_secs(30));
            assert!(runs && in_time, "not ready:\n{}", container.log());
            std::thread::sleep(Duration::from_millis(200));
        }
        container
    }

    fn log(&self) -> String {
        let output = Command::new("docker").args(["logs", &self.name]).output().expect("it starts");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn get(&self, path: &str) -> Option<(u16, Value)> {
        let mut response = self.agent.get(format!("http://127.0.0.1:4490{path}")).call().ok()?;
        Some((response.status().as_u16(), response.body_mut().read_json().ok()?))
    }

    fn execute(&self, request: &Value) -> Value {
        let response = self.agent.post("http://127.0.0.1:4490/execute").send_json(request);
        let mut response = response.unwrap_or_else(|e| panic!("no answer: {e}\n{}", self.log()));
        response.body_mut().read_json().expect("answers are JSON")
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        let _ = Command::new("docker").args(["rm", "--force", &self.name]).output();
    }
}

/// `/health`, the hostile handful, a graded run, and the container's end.
fn withstand(container: &Container, level: &str) {
    let (_, health) = container.get("/health").expect("an answer");
    assert_eq!(health["isolation"]["level"], level, "{health}");
    eprintln!("{}", health["isolation"]);
    let all = programs(&folder().join("hostile"));
    let handful = HOSTILE.map(|name| {
        let path = all.iter().find(|path| path.file_stem().is_some_and(|stem| stem == name));
        path.unwrap_or_else(|| panic!("there is no {name}"))
    });
    let programs: Vec<Hostile> = handful.iter().filter_map(|path| Hostile::read(Path::new(path), level)).collect();
    let failures: Vec<String> =
        programs.iter().filter_map(|program| program.violation(&container.execute(&program.request()))).collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), programs.len(), failures.join("\n"));
    eprintln!("{level}: {} hostile programs", programs.len());
    let code = "def area(width, height):\n    return width * height";
    let tests = "assert area(2, 3) == 6\nassert area(0, 9) == 1";
    let graded = container.execute(&json!({ "code": code, "testCode": tests }));
    let passed: Vec<&Value> =
        graded["testResult"]["testCases"].as_array().into_iter().flatten().map(|case| &case["passed"]).collect();
    assert_eq!(passed, [true, false], "{graded}");
    assert_eq!(graded["testResult"]["integrity"], "isolated", "{graded}");
    docker(&["stop", "--time", "60", &container.name]);
    let code = docker(&["inspect", "--format", "{{.State.ExitCode}}", &container.name]);
    assert_eq!(code, "0", "{}", container.log());
}

/// The engine, with the image.
fn engine() -> Docker {
    let engine = Docker::start();
    let image = std::env::var("IMAGE").expect("`cargo xtask vm-test` says where the image is");
    let changes = ["--change=ENTRYPOINT [\"/usr/local/bin/python-executor\"]", "--change=CMD [\"serve\"]"];
    docker(&[&["import"], &changes[..], &[&image, "python-executor:test"]].concat());
    engine
}

#[test]
#[ignore = "run in a virtual machine by `cargo xtask vm-test`"]
fn in_a_hardened_container() {
    let _engine = engine();
    let container = Container::start(&[]);
    let confined = docker(&["inspect", "--format", "{{.AppArmorProfile}}", &container.name]);
    assert_eq!(confined, "docker-default");
    withstand(&container, "landlock");
    drop(container);
    let security = folder().parent().expect("this crate lies in the repository").join("deploy/security");
    apparmor::load(&security.join("apparmor"));
    let seccomp = format!("--security-opt=seccomp={}", security.join("seccomp.json").display());
    let container = Container::start(&[&seccomp, "--security-opt=apparmor=python-executor"]);
    withstand(&container, "namespaces");
}
