//! System calls of a run, by who makes them, as `strace` sees them around a whole service.
//!
//! Runs are so far apart that each begins with a full pool, and as many cells are made meanwhile as are used. What the
//! service does every second anyway is among its calls: runs come at a pace, so that it is the same share of each. Calls
//! that depend on who was faster are not counted.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tests::Service;

use crate::committed::{Bounds, Figures};

/// What the service does every second weighs more where the runs are slower.
pub const BOUNDS: Bounds = Bounds { above: 0.15, below: 0.20 };

const RUNS: u32 = 40;
const APART: Duration = Duration::from_millis(100);

/// Those that take part in a run.
const ROLES: [&str; 5] = ["cell", "holder", "keeper", "service", "zygote"];

/// Calls for each run.
pub fn count() -> Figures {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let prefix = folder.path().join("calls").display().to_string();
    // As a grandchild, so that the service is this test's child.
    let wrapper = ["strace", "-D", "-ff", "-ttt", "-qqq", "-s", "32", "-o", &prefix];
    let settings = [("ISOLATION", "namespaces"), ("CGROUP", "off"), ("POOL_WARM", "2"), ("POOL_TESTS", "1")];
    let mut service = Service::start_through(&wrapper, tests::Who::Me, &settings);
    let hello = || assert_eq!(service.run("print('Hello World')")["output"], "Hello World");
    let some = |runs| {
        (0..runs).for_each(|_| {
            hello();
            std::thread::sleep(APART);
        });
    };
    some(5);
    let begun = now();
    some(RUNS);
    let done = now();
    service.stop();
    let files = fs::read_dir(folder.path()).expect("it is ours").flatten();
    let processes: Vec<Process> = files.map(|file| Process::read(&file.path())).collect();
    let of = |role: &str| {
        let its = processes.iter().filter(|process| process.role == role);
        its.map(|process| process.calls(begun, done)).sum::<usize>() as f64 / f64::from(RUNS)
    };
    ROLES.iter().map(|role| ((*role).to_owned(), (of(role) * 10.0).round() / 10.0)).collect()
}

fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970").as_secs_f64()
}

/// One process or thread.
struct Process {
    role: &'static str,
    /// When each call was made.
    times: Vec<f64>,
}

impl Process {
    fn read(file: &Path) -> Process {
        let text = String::from_utf8_lossy(&fs::read(file).expect("strace wrote it")).into_owned();
        let is_call = |line: &&str| {
            line.split_once(' ').is_some_and(|(_, what)| !what.starts_with(['+', '-']) && !is_of_chance(what))
        };
        let time = |line: &str| line.split_once(' ')?.0.parse().ok();
        Process { role: role(&text), times: text.lines().filter(is_call).filter_map(time).collect() }
    }

    fn calls(&self, from: f64, to: f64) -> usize {
        self.times.iter().filter(|time| (from..to).contains(*time)).count()
    }
}

/// Whether it depends on who was faster: waiting, waking another thread, and looking in vain.
fn is_of_chance(call: &str) -> bool {
    const EVENT: &str = "\"\\1\\0\\0\\0\\0\\0\\0\\0\", 8)";
    ["epoll_wait(", "futex("].iter().any(|name| call.starts_with(name))
        || call.contains("EAGAIN")
        || call.contains(EVENT)
}

/// Who it is, by what nobody else does.
fn role(calls: &str) -> &'static str {
    let did = |what: &str| calls.contains(what);
    match () {
        () if did("signalfd4(") => "zygote",
        () if did("\"self/uid_map\"") => "keeper",
        () if did("landlock_restrict_self(") => "cell",
        () if did("pivot_root(") || did("\"launcher\"") => "launcher",
        () if did("epoll_wait(") || did("execve(") => "service",
        () if calls.lines().count() < 12 && did("PR_SET_PDEATHSIG") => "holder",
        () => "other",
    }
}
