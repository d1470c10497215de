//! System calls that fail: `strace` around a service, or attached to one of its processes.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A call that fails with this error: the N-th of each process, or each.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// Name of the call.
    pub call: &'static str,
    /// Which one of each process; 0 for each.
    pub when: u32,
    /// Only on this path.
    pub path: Option<&'static str>,
}

impl Fault {
    /// The N-th of each process.
    pub const fn nth(call: &'static str, when: u32) -> Fault {
        Fault { call, when, path: None }
    }

    /// Every one on this path.
    pub const fn on(call: &'static str, path: &'static str) -> Fault {
        Fault { call, when: 0, path: Some(path) }
    }

    /// A command that executes its further arguments so.
    pub fn wrapper(&self) -> Vec<String> {
        let mut words: Vec<String> = ["strace", "-f", "--seccomp-bpf"].map(String::from).into();
        words.extend(self.options());
        words
    }

    fn options(&self) -> Vec<String> {
        // A fork fails for want of something; all else for want of a right.
        let error = if self.call == "clone" { "EAGAIN" } else { "EPERM" };
        let when = if self.when == 0 { String::new() } else { format!(":when={}", self.when) };
        let inject = format!("inject={}:error={error}{when}", self.call);
        let mut words: Vec<String> = ["-qqq", "-o", "/dev/null", "-e"].map(String::from).into();
        words.extend([format!("trace={}", self.call), "-e".into(), inject]);
        words.extend(self.path.iter().flat_map(|path| ["-P".to_owned(), path.to_string()]));
        words
    }

    /// Has it happen in these processes and in what they start, for as long as the answer is kept.
    ///
    /// # Panics
    /// They cannot be traced.
    pub fn attach(&self, pids: &[u32]) -> Attached {
        let mut command = Command::new("strace");
        command.args(["-f"]).args(self.options());
        command.args(pids.iter().flat_map(|pid| ["-p".to_owned(), pid.to_string()]));
        let strace = command.stdin(Stdio::null()).spawn().expect("strace is there: `cargo xtask setup` brings it");
        let is_traced = |pid: &u32| {
            let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
            !status.is_empty() && !status.contains("TracerPid:\t0\n")
        };
        until(Duration::from_secs(5), "strace is attached", || pids.iter().all(is_traced));
        Attached(strace)
    }
}

/// A tracer at work; dropping it lets the processes go on without.
pub struct Attached(Child);

impl Drop for Attached {
    fn drop(&mut self) {
        let _ = rustix::process::kill_process(rustix::process::Pid::from_child(&self.0), rustix::process::Signal::TERM);
        let _ = self.0.wait();
    }
}

/// Waits for something to become true.
///
/// # Panics
/// It does not.
pub fn until(patience: Duration, what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < patience, "not after {patience:?}: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn threads(pid: u32) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    tasks.filter_map(|task| task.file_name().to_str()?.parse().ok()).collect()
}

/// The processes that a process has started and that are there still.
pub fn children_of(pid: u32) -> Vec<u32> {
    let lists = threads(pid).into_iter().map(|tid| format!("/proc/{pid}/task/{tid}/children"));
    let texts: Vec<String> = lists.filter_map(|list| std::fs::read_to_string(list).ok()).collect();
    let mut found: Vec<u32> =
        texts.iter().flat_map(|text| text.split_whitespace().filter_map(|pid| pid.parse().ok())).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The zygotes of a service.
pub fn zygotes(service: u32) -> Vec<u32> {
    let is_launcher = |pid: u32| {
        let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        line.ends_with(b"\0launcher\0")
    };
    let launchers = children_of(service);
    launchers.into_iter().flat_map(|pid| if is_launcher(pid) { children_of(pid) } else { vec![pid] }).collect()
}

/// The zygotes of a service, once there are so many and each has a cell.
///
/// # Panics
/// It does not come to that.
pub fn settled_zygotes(service: u32, number: usize) -> Vec<u32> {
    let mut found = Vec::new();
    until(Duration::from_secs(8), "the zygotes have settled", || {
        found = zygotes(service);
        found.len() == number && found.iter().all(|zygote| !children_of(*zygote).is_empty())
    });
    found
}

/// Sends a signal.
///
/// # Panics
/// It cannot be sent.
pub fn signal(pid: u32, signal: rustix::process::Signal) {
    let pid = rustix::process::Pid::from_raw(pid as i32).expect("a pid");
    rustix::process::kill_process(pid, signal).expect("it can be signalled");
}

/// Sets a soft limit of a running process (`as`, `nofile`, `nproc`): what it was before.
///
/// # Panics
/// It cannot be set.
pub fn limit(pid: u32, what: &str, value: &str) -> String {
    use std::os::unix::fs::MetadataExt;
    let task = Path::new("/proc").join(pid.to_string()).join("task");
    let user = task.metadata().expect("it is there").uid().to_string();
    // By its own user: root of a container may not set limits of others.
    let prlimit = |option: &str| {
        let mut command = Command::new("setpriv");
        command.args([
            "--reuid",
            &user,
            "--regid",
            &user,
            "--clear-groups",
            "prlimit",
            "--noheadings",
            "--output=SOFT",
        ]);
        let output = command.args(["--pid", &pid.to_string(), option]).output().expect("setpriv is there");
        assert!(output.status.success(), "{option} for {pid}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    let before = prlimit(&format!("--{what}"));
    prlimit(&format!("--{what}={value}:"));
    before
}

/// How many descriptors a process has open.
///
/// # Panics
/// It is gone.
pub fn descriptors(pid: u32) -> usize {
    std::fs::read_dir(Path::new("/proc").join(pid.to_string()).join("fd")).expect("it is there").count()
}
