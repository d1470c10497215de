//! A small installation: executors, the balancer and Prometheus with the configuration that is shipped, on addresses of
//! loopback that nobody else has.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};
use serde_json::Value;
use tests::faults::until;
use tests::{Service, Who};

use crate::names::Names;

/// A program of somebody else's at work; killed when it is dropped.
pub struct Program {
    child: Child,
    log: PathBuf,
}

impl Program {
    /// Starts it; what it says is in a file of this name.
    ///
    /// # Panics
    /// It is not there.
    pub fn start(mut command: Command, log: PathBuf) -> Program {
        let file = std::fs::File::create(&log).expect("a log can be written");
        command.stdin(Stdio::null()).stdout(file.try_clone().expect("a second handle")).stderr(file);
        let child = command.spawn().unwrap_or_else(|e| panic!("{command:?}: {e}; `cargo xtask setup` brings it"));
        Program { child, log }
    }

    /// What it has said.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = self.log();
            eprintln!("{}:\n{}", self.log.display(), &log[log.len().saturating_sub(4000)..]);
        }
        // Politely: a container's end is its engine's to see to.
        let _ = rustix::process::kill_process(Pid::from_child(&self.child), Signal::TERM);
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(5) && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Programs of ours in containers, as `cargo xtask image-test` says how.
pub struct Images {
    /// `deploy/images.sh`, with what it needs.
    engine: String,
    /// How a container is confined.
    flags: String,
    /// Keys that executors take and the portal sends: a folder as `deploy/compose/secrets.sh` makes it.
    secrets: tempfile::TempDir,
}

/// The key in [`Images::secrets`].
pub const KEY: &str = "a-key-of-the-stand";

impl Images {
    /// From `CONTAINER_ENGINE` and `CONTAINER_FLAGS`.
    ///
    /// # Panics
    /// They are not set.
    pub fn of_environment() -> Images {
        let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
        let secrets = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(secrets.path().join("executor-keys"), format!("{KEY}\n")).expect("written");
        std::fs::write(secrets.path().join("executor-key"), KEY).expect("written");
        let everyone = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(secrets.path(), everyone).expect("given");
        Images { engine: variable("CONTAINER_ENGINE"), flags: variable("CONTAINER_FLAGS"), secrets }
    }

    /// A command for the shell that runs one, in place of the shell.
    pub fn run(&self, image: &str, name: &str, more: &str, settings: &[&str]) -> String {
        let settings: String = settings.iter().map(|setting| format!(" --env {setting}")).collect();
        let secrets = self.secrets.path().display();
        let (engine, flags) = (&self.engine, &self.flags);
        format!(
            "exec {engine} run --pull=never --name {name} {flags} --volume {secrets}:/run/secrets:ro {more} \
             {settings} localhost/{image} serve"
        )
    }

    /// Ends one without a word.
    fn kill(&self, name: &str) {
        let command = format!("{} podman kill {name}", self.engine);
        assert!(Command::new("sh").args(["-c", &command]).status().is_ok_and(|status| status.success()), "{command}");
    }
}

/// What stands around executors.
pub struct Stand {
    /// What every address of this stand begins with.
    net: [u8; 3],
    /// The resolver that everybody asks.
    pub names: Names,
    /// The balancer, where callers send their requests.
    pub url: String,
    balancer: Program,
    /// Where executors come from; the binary that was built, unless said otherwise.
    pub images: Option<Images>,
    /// For files; dropped after those who write to it.
    pub folder: tempfile::TempDir,
}

impl Stand {
    /// A resolver and the balancer.
    ///
    /// # Panics
    /// They do not start.
    pub fn start() -> Stand {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = std::process::id() * 4 + STARTED.fetch_add(1, Ordering::Relaxed);
        let [_, _, high, low] = number.to_be_bytes();
        let net = [127, 64 + high % 64, low];
        let address = |last| Ipv4Addr::new(net[0], net[1], net[2], last);
        let names = Names::start(address(1));
        names.set("balancer", &[address(2)]);
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("resolv.conf"), format!("nameserver {}\n", names.address))
            .expect("it can be");
        let mut haproxy = resolving(folder.path(), "haproxy");
        haproxy.arg("-db").arg("-f").arg(shipped("haproxy/haproxy.cfg"));
        haproxy.env("LISTEN", format!("{}:3001", address(2))).env("METRICS", format!("{}:8405", address(2)));
        let balancer = Program::start(haproxy, folder.path().join("haproxy.log"));
        Stand { net, names, url: format!("http://{}:3001", address(2)), balancer, images: None, folder }
    }

    /// An address of this stand's.
    pub fn address(&self, last: u8) -> Ipv4Addr {
        Ipv4Addr::new(self.net[0], self.net[1], self.net[2], last)
    }

    /// An executor at an address; it is not found until it has a name.
    pub fn executor(&self, last: u8) -> Service {
        let host = self.address(last).to_string();
        // As in the compose file.
        let pause = ("SHUTDOWN_PAUSE_MS", "3000");
        let small = [pause, ("POOL_CAPACITY", "4"), ("POOL_WARM", "4"), ("POOL_TESTS", "2"), ("QUEUE", "64")];
        let settings = [&[("HOST", host.as_str()), ("PORT", "3001")], &small[..]].concat();
        let Some(images) = &self.images else { return Service::start(&settings) };
        let inside = [
            "HOST",
            "PORT",
            "POOL_CAPACITY",
            "POOL_WARM",
            "POOL_TESTS",
            "QUEUE",
            "SHUTDOWN_PAUSE_MS",
            "RATE_LIMIT",
            // As in the compose file.
            "ISOLATION=landlock",
            "API_KEYS_FILE=/run/secrets/executor-keys",
        ];
        let command = images.run("executor", &self.container(last), "", &inside);
        Service::start_through(&["sh", "-c", &command, "sh"], Who::Me, &settings)
    }

    /// What the container of an executor is called.
    fn container(&self, last: u8) -> String {
        format!("executor-{}", self.address(last)).replace('.', "-")
    }

    /// Ends an executor without a word, and waits until nothing of it listens any more.
    pub fn kill(&self, last: u8, mut executor: Service) {
        match &self.images {
            None => executor.kill(),
            Some(images) => images.kill(&self.container(last)),
        }
        until(tests::patiently(Duration::from_secs(20)), "it is gone", || {
            text(&format!("{}/ready", executor.url)).is_none()
        });
    }

    /// Says where executors are, and waits until the balancer uses them.
    pub fn announce(&self, executors: &[u8]) {
        let addresses: Vec<Ipv4Addr> = executors.iter().map(|last| self.address(*last)).collect();
        self.names.set("executor", &addresses);
        let what = format!("the balancer uses {} executors", executors.len());
        until(tests::patiently(Duration::from_secs(20)), &what, || {
            self.balancer_says("haproxy_backend_active_servers") as usize == executors.len()
        });
    }

    /// The sum of one of the balancer's numbers over its executors.
    pub fn balancer_says(&self, name: &str) -> f64 {
        let page = text(&format!("http://{}:8405/metrics", self.address(2))).unwrap_or_default();
        sum(&page, name, "proxy=\"executors\"")
    }

    /// The balancer's log.
    pub fn balancer_log(&self) -> String {
        self.balancer.log()
    }

    /// Prometheus with the shipped configuration, but that it looks and judges each second, and waits for two where the
    /// rules wait for minutes. It asks this stand's resolver.
    ///
    /// # Panics
    /// It does not start.
    pub fn prometheus(&self) -> Prometheus {
        let folder = self.folder.path();
        for file in ["prometheus.yml", "alerts.yml"] {
            let text = std::fs::read_to_string(shipped("prometheus").join(file)).expect("it is shipped");
            let hurried = text.replace("interval: 15s", "interval: 1s");
            let lines = hurried.lines().map(|line| match line.split_once("for: ") {
                Some((indent, time)) if time.ends_with('m') => format!("{indent}for: 2s\n"),
                _ => format!("{line}\n"),
            });
            std::fs::write(folder.join(file), lines.collect::<String>()).expect("it can be written");
        }
        let mut command = resolving(folder, "prometheus");
        command.arg(format!("--config.file={}", folder.join("prometheus.yml").display()));
        command.arg(format!("--storage.tsdb.path={}", folder.join("numbers").display()));
        command.arg(format!("--web.listen-address={}:9090", self.address(4)));
        let program = Program::start(command, folder.join("prometheus.log"));
        let url = format!("http://{}:9090", self.address(4));
        until(tests::patiently(Duration::from_secs(30)), "Prometheus is ready", || {
            text(&format!("{url}/-/ready")).is_some()
        });
        Prometheus { _program: program, url }
    }
}

/// A program that asks the resolver of the `resolv.conf` in this folder, in a mount namespace of its own.
fn resolving(folder: &Path, program: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--propagation", "private", "sh", "-c"]);
    command.arg("mount --bind \"$0/resolv.conf\" /etc/resolv.conf && exec \"$@\"").arg(folder).arg(program);
    command
}

/// Prometheus at work.
pub struct Prometheus {
    _program: Program,
    url: String,
}

impl Prometheus {
    /// What it answers to a query.
    ///
    /// # Errors
    /// It does not take it.
    pub fn ask(&self, query: &str) -> Result<Vec<Value>, String> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut response = agent
            .get(format!("{}/api/v1/query", self.url))
            .query("query", query)
            .call()
            .map_err(|error| error.to_string())?;
        let body: Value = response.body_mut().read_json().map_err(|error| error.to_string())?;
        match body["data"]["result"].as_array() {
            Some(result) if body["status"] == "success" => Ok(result.clone()),
            _ => Err(body["error"].as_str().unwrap_or("no result").to_owned()),
        }
    }

    /// Whether an alert fires.
    pub fn fires(&self, alert: &str) -> bool {
        let firing = self.ask(&format!("ALERTS{{alertname=\"{alert}\", alertstate=\"firing\"}}"));
        firing.is_ok_and(|found| !found.is_empty())
    }
}

/// A file of `deploy/`.
pub fn shipped(path: &str) -> PathBuf {
    let root = tests::folder().parent().expect("this crate lies in the workspace");
    Path::new(root).join("deploy").join(path)
}

/// A page; `None` unless it is 200.
pub fn text(url: &str) -> Option<String> {
    ureq::get(url).call().ok()?.body_mut().read_to_string().ok()
}

/// The sum of a metric over its series whose labels have something in them.
pub fn sum(page: &str, name: &str, label: &str) -> f64 {
    let series = page.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('{')?.rsplit_once(' '));
    series.filter(|(labels, _)| labels.contains(label)).filter_map(|(_, value)| value.parse::<f64>().ok()).sum()
}
