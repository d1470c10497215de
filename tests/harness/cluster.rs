//! Three NATS servers, each a host of its own (a network namespace on a bridge), and four executors that work for them.
//! Needs root, `ip` and `nats-server`; `cargo xtask setup` brings them.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Service;
use crate::faults::signal;
use crate::jobs::{Course, Found};

const SERVERS: usize = 3;
const EXECUTORS: usize = 4;
const PORT: u16 = 4222;

/// The servers. Dropped, they and their network are gone.
pub struct Cluster {
    folder: tempfile::TempDir,
    /// What names of interfaces begin with.
    name: String,
    /// The first two parts of every address.
    network: String,
    servers: Vec<Option<Child>>,
}

fn ip(words: &str) {
    let output = Command::new("ip").args(words.split(' ')).output().expect("iproute2 is there");
    assert!(output.status.success(), "ip {words}: {}", String::from_utf8_lossy(&output.stderr));
}

impl Cluster {
    /// Starts them.
    ///
    /// # Panics
    /// They do not come up.
    pub fn start() -> Cluster {
        let pid = std::process::id();
        let mut cluster = Cluster {
            folder: tempfile::tempdir().expect("a folder"),
            name: format!("j{pid}"),
            // Not what others use on a machine, and not twice at a time.
            network: format!("10.{}", 20 + pid % 200),
            servers: (0..SERVERS).map(|_| None).collect(),
        };
        let Cluster { name, network, .. } = &cluster;
        ip(&format!("link add {name}b type bridge"));
        ip(&format!("addr add {network}.77.1/24 dev {name}b"));
        ip(&format!("link set {name}b up"));
        for n in 0..SERVERS {
            let address = cluster.address(n);
            ip(&format!("netns add {name}n{n}"));
            ip(&format!("link add {name}v{n} type veth peer name eth0 netns {name}n{n}"));
            ip(&format!("link set {name}v{n} master {name}b up"));
            ip(&format!("-n {name}n{n} addr add {address}/24 dev eth0"));
            ip(&format!("-n {name}n{n} link set eth0 up"));
            ip(&format!("-n {name}n{n} link set lo up"));
        }
        (0..SERVERS).for_each(|n| cluster.begin(n));
        (0..SERVERS).for_each(|n| cluster.wait_for(n));
        cluster
    }

    fn address(&self, n: usize) -> String {
        format!("{}.77.{}", self.network, 11 + n)
    }

    /// What executors are pointed at.
    pub fn url(&self) -> String {
        let hosts: Vec<String> = (0..SERVERS).map(|n| format!("{}:{PORT}", self.address(n))).collect();
        format!("nats://{}", hosts.join(","))
    }

    fn config(&self, n: usize) -> PathBuf {
        let routes: Vec<String> = (0..SERVERS).map(|n| format!("nats-route://{}:6222", self.address(n))).collect();
        let (own, store) = (self.address(n), self.folder.path().join(n.to_string()));
        let text = format!(
            "server_name: n{n}\nlisten: \"{own}:{PORT}\"\njetstream {{ store_dir: \"{}\" }}\n\
             cluster {{ name: jobs, listen: \"{own}:6222\", routes: [{}] }}\n",
            store.display(),
            routes.join(", ")
        );
        let path = self.folder.path().join(format!("{n}.conf"));
        std::fs::write(&path, text).expect("written");
        path
    }

    fn begin(&mut self, n: usize) {
        let log = std::fs::File::create(self.folder.path().join(format!("{n}.log"))).expect("a log");
        let namespace = format!("{}n{n}", self.name);
        let child = Command::new("ip")
            .args(["netns", "exec", &namespace, "/usr/sbin/nats-server", "-c"])
            .arg(self.config(n))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        self.servers[n] = Some(child.expect("nats-server is there"));
    }

    fn wait_for(&self, n: usize) {
        let begun = Instant::now();
        while std::net::TcpStream::connect((self.address(n), PORT)).is_err() {
            let log = || std::fs::read_to_string(self.folder.path().join(format!("{n}.log"))).unwrap_or_default();
            assert!(begun.elapsed() < crate::patiently(Duration::from_secs(20)), "nats-server: {}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Processor time that each of them has had.
    pub fn processor_time(&self) -> Vec<Duration> {
        self.servers.iter().flatten().map(|child| processor_time(child.id())).collect()
    }

    /// Kills one, as a machine that is switched off.
    ///
    /// # Panics
    /// It was killed before.
    pub fn kill(&mut self, n: usize) {
        let mut child = self.servers[n].take().expect("it runs");
        child.kill().expect("killed");
        child.wait().expect("it ends");
    }

    /// Starts one again, with what it had kept.
    pub fn start_again(&mut self, n: usize) {
        self.begin(n);
        self.wait_for(n);
    }

    /// Cuts one off: no packet reaches it or leaves it, and nobody is told.
    pub fn cut_off(&self, n: usize) {
        ip(&format!("link set {}v{n} down", self.name));
    }

    /// Brings it back.
    pub fn bring_back(&self, n: usize) {
        ip(&format!("link set {}v{n} up", self.name));
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for child in self.servers.iter_mut().flatten() {
            let _ = child.kill();
            let _ = child.wait();
        }
        let name = &self.name;
        let quietly = |words: String| drop(Command::new("ip").args(words.split(' ')).stderr(Stdio::null()).status());
        for n in 0..SERVERS {
            quietly(format!("link del {name}v{n}"));
            quietly(format!("netns del {name}n{n}"));
        }
        quietly(format!("link del {name}b"));
    }
}

/// Processor time that a process has had.
pub fn processor_time(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or_default();
    Duration::from_millis((ticks(11) + ticks(12)) * 1000 / rustix::param::clock_ticks_per_second())
}

/// What is done to a cluster.
pub struct Plan {
    /// Mixed programs.
    pub jobs: usize,
    /// For how long an executor is frozen.
    pub freeze: Duration,
    /// For how long a server is cut off.
    pub cut: Duration,
    /// `JOBS_LEASE_MS`.
    pub lease: Duration,
    /// How long all of it may take.
    pub patience: Duration,
}

/// What came of it.
#[derive(Debug)]
pub struct Report {
    /// Every job, looked at.
    pub found: Found,
    /// From the first submission to the last result.
    pub took: Duration,
    /// For how long no job ended, at most, within what followed each fault.
    pub pauses: Vec<(&'static str, Duration)>,
}

/// Sends the jobs, and has an executor killed, another frozen, a server killed and started again, and another one cut off
/// and brought back, one after the other while they are run.
///
/// # Panics
/// Something does not come up, or not all jobs end in time.
pub fn run(plan: &Plan) -> Report {
    let mut cluster = Cluster::start();
    let (url, lease) = (cluster.url(), plan.lease.as_millis().to_string());
    let settings = [("JOBS_URL", url.as_str()), ("JOBS_LEASE_MS", &lease), ("POOL_WARM", "2"), ("POOL_TESTS", "2")];
    let mut executors: Vec<Service> = (0..EXECUTORS).map(|_| Service::start(&settings)).collect();
    let urls: Vec<String> = executors.iter().map(|executor| executor.url.clone()).collect();
    // The last two stay as they are.
    let asked = urls[EXECUTORS - 1].clone();
    let begun = Instant::now();
    let mut turn = 0;
    let course = Course::send(plan.jobs, plan.jobs.div_ceil(20).min(1000), || {
        turn += 1;
        urls[turn % EXECUTORS].clone()
    });
    let mut watch = Watch { course: &course, url: asked, begun, patience: plan.patience, last: (0, Instant::now()) };
    let mut pauses = Vec::new();
    let part = |percent: usize| plan.jobs * percent / 100;

    watch.until(part(10));
    executors[0].kill();
    pauses.push(("an executor killed", watch.until(part(25))));

    let frozen = executors[1].pid();
    signal(frozen, rustix::process::Signal::STOP);
    let thaw = {
        let freeze = plan.freeze;
        std::thread::spawn(move || {
            std::thread::sleep(freeze);
            signal(frozen, rustix::process::Signal::CONT);
        })
    };
    pauses.push(("an executor frozen", watch.until(part(40))));

    cluster.kill(0);
    pauses.push(("a server killed", watch.until(part(55))));
    cluster.start_again(0);
    pauses.push(("it is back", watch.until(part(70))));

    cluster.cut_off(1);
    let cut = Instant::now();
    let mut longest = Duration::ZERO;
    while cut.elapsed() < plan.cut {
        longest = longest.max(watch.until_some_more());
    }
    cluster.bring_back(1);
    pauses.push(("a server cut off", longest));
    pauses.push(("it is back as well", watch.until(plan.jobs)));
    let took = begun.elapsed();
    thaw.join().expect("thawed");
    // What the frozen one had in hand is of no use any more; it finds out by itself.
    std::thread::sleep(Duration::from_secs(2));
    let found = course.check(&urls[2]);
    Report { found, took, pauses }
}

/// Looks how many jobs have ended.
struct Watch<'a> {
    course: &'a Course,
    url: String,
    begun: Instant,
    patience: Duration,
    /// How many had, and since when.
    last: (usize, Instant),
}

impl Watch<'_> {
    /// One look, a moment later: how long it is that nothing ended.
    fn until_some_more(&mut self) -> Duration {
        std::thread::sleep(Duration::from_millis(200));
        let ended = self.course.ended(&self.url);
        let pause = self.last.1.elapsed();
        if ended > self.last.0 {
            self.last = (ended, Instant::now());
        }
        assert!(self.begun.elapsed() < crate::patiently(self.patience), "{} have ended", self.last.0);
        pause
    }

    /// Until so many have ended: the longest time in which none did.
    fn until(&mut self, count: usize) -> Duration {
        let mut longest = Duration::ZERO;
        while self.last.0 < count {
            longest = longest.max(self.until_some_more());
        }
        longest
    }
}
