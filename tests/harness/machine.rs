//! A machine of a test's own: User-Mode-Linux, a kernel that is an ordinary process. It has cgroup v2 with its
//! controllers, which the machine that runs the tests often keeps to itself, and no Landlock.

use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a command in a machine came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its exit code; 128 and the signal if it was killed.
    pub status: i32,
    /// What it wrote, standard output and error together.
    pub text: String,
}

/// Runs a script of `sh` as root in a machine that has one processor and 1 GiB of memory and is gone afterwards.
///
/// Its root file system is this machine's, read-only, but for `writable`, which is the script's working directory, and
/// for `/tmp`, `/var/tmp`, `/run` and `/dev/shm`, which are its own and empty (but for this workspace, should it lie
/// there). `/sys/fs/cgroup` is cgroup v2 with cpu, memory, pids and io switched on for its groups.
///
/// # Panics
/// The kernel is not there (`cargo xtask setup` brings it), does not come up, or the script takes longer than `timeout`.
pub fn uml(script: &str, writable: &Path, timeout: Duration) -> Output {
    let exchange = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(exchange.path().join("command"), script).expect("it can be written");
    let writable = writable.canonicalize().expect("the writable folder is there");
    let mut machine = start(exchange.path(), &writable);
    let mut console = machine.stdout.take().expect("it is piped");
    let reader = thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = console.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let is_done = wait(&mut machine, timeout);
    let text = reader.join().expect("it does not panic");
    assert!(is_done, "the machine was not done after {timeout:?}:\n{text}");
    let status = std::fs::read_to_string(exchange.path().join("status")).unwrap_or_default();
    let Ok(status) = status.trim().parse() else {
        let kernel = std::fs::read_to_string(exchange.path().join("kernel")).unwrap_or_default();
        panic!("the machine ended without an exit code:\n{text}\n{kernel}");
    };
    Output { status, text }
}

fn start(exchange: &Path, writable: &Path) -> Child {
    let root = crate::folder().parent().expect("this crate lies in the workspace");
    let kernel = root.join("target/machines/uml/usr/bin/linux.uml");
    assert!(kernel.is_file(), "{} is not there: run `cargo xtask setup` first", kernel.display());
    let init: PathBuf = crate::folder().join("machines/uml-init");
    let log = std::fs::File::create(exchange.join("kernel")).expect("it can be written");
    let mut command = Command::new(kernel);
    command.args(["mem=1024M", "root=/dev/root", "rootfstype=hostfs", "hostfs=/", "ro", "quiet"]);
    command.args(["con=null", "con0=null", "con1=fd:0,fd:1", "umid=machine"]);
    command.arg(format!("uml_dir={}/", exchange.display())).arg(format!("init={}", init.display()));
    let folders = [("EXCHANGE", exchange), ("FOLDER", writable), ("WORKSPACE", root)];
    command.args(folders.map(|(name, folder)| format!("{name}={}", folder.display())));
    // Its memory is a file there.
    command.env("TMPDIR", "/dev/shm");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
    command.process_group(0).spawn().expect("User-Mode-Linux starts")
}

/// Waits for the machine's end, and sees to it: whether it ended in time.
fn wait(machine: &mut Child, timeout: Duration) -> bool {
    let begun = Instant::now();
    let mut is_done = false;
    while !is_done && begun.elapsed() < timeout {
        thread::sleep(Duration::from_millis(10));
        is_done = machine.try_wait().expect("it is our child").is_some();
    }
    // Its processes are processes here, of one group.
    let group = rustix::process::Pid::from_child(machine);
    let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    let _ = machine.wait();
    is_done
}
