//! The launcher: a small program, executed by the service, that builds the outer sandbox and turns into the zygote.
//!
//! Theory of operation. The service never forks; it executes its own binary as `python-executor launcher` with the
//! command socket as standard input and nothing else. The launcher has one thread. It reads what to build (the
//! service is trusted; no caller's text comes this way), builds it in the order of [`run`], one step after the
//! other, each with an error of its own, says what stands, and executes the interpreter. What can fail fails before
//! the zygote exists.
//!
//! ```text
//! python-executor serve
//!  └─ launcher      as the service's user; waits for its child and leaves with it
//!      └─ zygote    process 1 of the outer pid namespace: its death takes every run with it
//! ```
//!
//! As root it becomes an unprivileged user before it executes anything. As an ordinary user it makes a user
//! namespace first. At the level `landlock` there is no namespace and no second process: the launcher itself
//! becomes the zygote.

mod kernel;
mod landlock;
mod tree;

use std::ffi::CString;
use std::os::fd::{AsFd, AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::path::Path;

use crate::abi;
use crate::level::{Layer, Level};
use crate::plan::{self, Found, Landlock, LandlockFds};
use crate::spec::{LaunchFailure, LaunchSpec, LauncherWord};
use kernel::{Attempt, attempt};

/// The library that is loaded into the interpreter.
static CELL_LIBRARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/cell.so"));
/// The runner's boot script.
static BOOT: &str = include_str!("../../../../runner/boot.py");
/// The runner's other modules: JSON, name to text.
static BUNDLE: &str = include_str!(concat!(env!("OUT_DIR"), "/bundle.json"));

/// The command socket as the service hands it over.
const STDIN: RawFd = 0;
/// Largest specification.
const SPEC_MAX: usize = 128 << 10;

/// The launcher's whole life: answers the exit code.
pub fn main() -> i32 {
    // SAFETY: the service executes this program with the command socket as standard input; nothing else uses it.
    #[expect(unsafe_code, reason = "taking over the descriptor that the service passed")]
    let command = unsafe { OwnedFd::from_raw_fd(STDIN) };
    let mut text = vec![0; SPEC_MAX];
    let spec: LaunchSpec = match rustix::io::read(&command, &mut *text).map(|n| serde_json::from_slice(&text[..n])) {
        Ok(Ok(spec)) => spec,
        _ => {
            eprintln!("launcher: started by hand? It is a part of `python-executor serve` and reads a specification.");
            return 64;
        }
    };
    match run(&spec, &command) {
        Ok(code) => code,
        Err(failure) => {
            say(&command, &LauncherWord::Failed(failure));
            65
        }
    }
}

fn say(command: &OwnedFd, word: &LauncherWord) {
    if let Ok(text) = serde_json::to_vec(word) {
        let _ = rustix::io::write(command, &text);
    }
}

/// Builds everything and becomes the zygote; answers only in the parent of one, or when a step fails.
fn run(spec: &LaunchSpec, command: &OwnedFd) -> Result<i32, LaunchFailure> {
    kernel::die_with_parent().step("process", "ask for a death signal", None)?;
    kernel::raise_descriptors();
    if let Some(group) = &spec.group {
        kernel::enter_group(group).step("cgroup", "enter that of the zygotes", None)?;
    }
    let proc = kernel::open_path(Path::new("/proc")).step("proc", "open /proc", Some(hints::PROC))?;
    let last_cap = kernel::last_capability();
    let abi = landlock::abi().step("landlock", "ask for its version", Some(hints::LANDLOCK))?;
    let landlock = Landlock { abi };
    let mut layers = Vec::new();
    let namespaces = spec.level == Level::Namespaces;
    if namespaces && let Some(code) = enter_namespaces(spec, &mut layers)? {
        return Ok(code);
    }
    let library = if namespaces { tree::LIBRARY.to_owned() } else { format!("/proc/self/fd/{}", LIBRARY_FD) };
    let library_fd = (!namespaces).then(|| kernel::memory_file("cell", CELL_LIBRARY)).transpose();
    let library_fd = library_fd.step("process", "make the library's file", None)?;
    let (landlock_fds, kept) = landlock::prepare(spec, landlock, &mut layers)?;
    let outer = become_unprivileged(spec, last_cap, &mut layers)?;
    let settings = settings(spec);
    let found = Found { landlock, outer, last_cap, landlock_fds };
    let plan = plan::build(spec, &found, [BOOT.len(), BUNDLE.len(), settings.len()]);
    let file =
        [plan::bytes(&plan), BOOT.as_bytes(), b"\0", BUNDLE.as_bytes(), b"\0", settings.as_bytes(), b"\0"].concat();
    let plan_fd = kernel::memory_file("plan", &file).step("process", "make the plan's file", None)?;
    seccomp_layer(spec.level, landlock, &mut layers);
    attempt(|| rustix::thread::set_no_new_privs(true)).step("no_new_privs", "set it", None)?;
    layers.push(on("no_new_privs", "no program can gain privileges by executing another"));
    say(command, &LauncherWord::Built { layers });
    // Survives the arranging of descriptors, which may be what fails.
    let last_word = kernel::beyond(command).step("interpreter", "arrange descriptors", None)?;
    let mut wanted: Vec<(RawFd, &dyn AsFd)> =
        vec![(abi::COMMAND_FD, command), (abi::PLAN_FD, &plan_fd), (abi::PROC_FD, &proc)];
    for (n, fd) in kept.iter().enumerate() {
        wanted.push((abi::LANDLOCK_FD + n as RawFd, fd));
    }
    if let Some(fd) = &library_fd {
        wanted.push((LIBRARY_FD, fd));
    }
    let failure = kernel::execute(spec, &library, &wanted);
    // The socket that `main` knows is gone.
    say(&last_word, &LauncherWord::Failed(failure.clone()));
    Err(failure)
}

/// Where the interpreter finds the library when it is not in a tree of its own; above everything else.
const LIBRARY_FD: RawFd = 90;

fn on(name: &str, why: &str) -> Layer {
    Layer { name: name.into(), on: true, why: why.into(), hint: None }
}

/// What the runner needs to know.
fn settings(spec: &LaunchSpec) -> String {
    serde_json::json!({
        "report_fd": crate::policy::limits::NOFILE,
        "preload": spec.preload,
        "role": spec.role,
        // Without a mount namespace each run has a folder of its own; the cell finds it where it stands.
        "workdir": (spec.level == Level::Namespaces).then_some(crate::policy::paths::WORKDIR),
    })
    .to_string()
}

/// Enters the outer namespaces and forks their first process; `Some(exit code)` in the parent, at the end.
fn enter_namespaces(spec: &LaunchSpec, layers: &mut Vec<Layer>) -> Result<Option<i32>, LaunchFailure> {
    let uid = rustix::process::geteuid().as_raw();
    if uid != 0 {
        let gid = rustix::process::getegid().as_raw();
        kernel::unshare(libc::CLONE_NEWUSER).step("user namespace", "unshare(CLONE_NEWUSER)", Some(hints::USER))?;
        kernel::map_user(crate::policy::paths::UID, uid, gid).step(
            "user namespace",
            "write its map",
            Some(hints::USER),
        )?;
    }
    // A process may only be started in a cgroup that its parent's cgroup namespace has: where cells get cgroups of
    // their own, each gets the namespace with it.
    let cgroup = if spec.group.is_none() { libc::CLONE_NEWCGROUP } else { 0 };
    let flags =
        libc::CLONE_NEWNS | libc::CLONE_NEWPID | libc::CLONE_NEWNET | libc::CLONE_NEWIPC | libc::CLONE_NEWUTS | cgroup;
    kernel::unshare(flags).step("namespaces", "unshare mount, pid, net, ipc, uts and cgroup", Some(hints::USER))?;
    // A profile may refuse the name; the namespace is what matters.
    let _ = rustix::system::sethostname(b"sandbox");
    if let Some(code) = kernel::fork_and_wait().step("pid namespace", "fork its first process", None)? {
        return Ok(Some(code));
    }
    tree::build(spec)?;
    layers.push(on("user namespace", "each run is the only user of its own"));
    layers.push(on("pid namespace", "each run sees and reaches only its own processes; all of them end with it"));
    layers.push(on("mount namespace", "each run has a tmpfs of its own in a read-only tree"));
    layers.push(on("network namespace", "no interface at all"));
    layers.push(on("ipc, uts and cgroup namespaces", "nothing of the host's to see"));
    Ok(None)
}

/// Gives up root, if it is there: answers user and group from here on, as seen in the present namespace.
fn become_unprivileged(spec: &LaunchSpec, last_cap: u32, layers: &mut Vec<Layer>) -> Result<(u32, u32), LaunchFailure> {
    if rustix::process::geteuid().is_root() {
        let id = spec.sandbox_uid;
        kernel::drop_bounding_set(last_cap).step("capabilities", "drop the bounding set", None)?;
        kernel::set_user(id).step("capabilities", &format!("become user {id}"), Some(hints::SETUID))?;
    }
    kernel::die_with_parent().step("process", "ask for a death signal", None)?;
    layers.push(on("capabilities", "none in any set"));
    Ok((rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw()))
}

fn seccomp_layer(level: Level, landlock: Landlock, layers: &mut Vec<Layer>) {
    let filters = crate::bpf::compile(plan::filter_settings(level, landlock));
    let (all, own) = (filters.zygote.len(), filters.cell.len());
    layers
        .push(on("seccomp", &format!("an allow-list of system calls, {all} instructions and {own} of each run's own")));
    layers.push(on("limits", "memory, processor time, processes, descriptors, file sizes; no core files"));
}

/// What would turn a layer on.
mod hints {
    pub const USER: &str = "allow unprivileged user namespaces: sysctl kernel.unprivileged_userns_clone=1 and \
        user.max_user_namespaces above 0; on Ubuntu an AppArmor profile with `userns`; in a container a seccomp \
        profile that allows clone, unshare, mount, umount2 and pivot_root, and on AppArmor hosts a profile without \
        `deny mount`";
    pub const PROC: &str = "mount /proc in the container";
    pub const SETUID: &str = "start as an ordinary user, or keep CAP_SETUID and CAP_SETGID";
    pub const LANDLOCK: &str = "a kernel from 5.13 on with Landlock enabled (lsm=landlock,… on its command line)";
}

/// How a failed call becomes a failure with its step.
trait Step<T> {
    fn step(self, layer: &str, step: &str, hint: Option<&str>) -> Result<T, LaunchFailure>;
}

impl<T> Step<T> for Attempt<T> {
    fn step(self, layer: &str, step: &str, hint: Option<&str>) -> Result<T, LaunchFailure> {
        self.map_err(|errno| LaunchFailure {
            layer: layer.into(),
            step: step.into(),
            reason: std::io::Error::from(errno).to_string(),
            errno: Some(errno.raw_os_error()),
            hint: hint.map(Into::into),
        })
    }
}

impl LandlockFds {
    fn layer(&self, landlock: Landlock) -> Layer {
        match self {
            LandlockFds::None => Layer {
                name: "landlock".into(),
                on: false,
                why: "this kernel has none".into(),
                hint: Some(hints::LANDLOCK.into()),
            },
            _ => on(
                "landlock",
                &format!(
                    "ABI {}: files{}{}",
                    landlock.abi,
                    if landlock.net() != 0 { ", TCP" } else { "" },
                    if landlock.scoped() != 0 { ", signals, abstract sockets" } else { "" },
                ),
            ),
        }
    }
}

fn c_string(path: &Path) -> CString {
    use std::os::unix::ffi::OsStrExt;
    CString::new(path.as_os_str().as_bytes()).unwrap_or_default()
}

/// The raw number of a descriptor, for calls that have no safe form.
fn raw(fd: &impl AsFd) -> RawFd {
    fd.as_fd().as_raw_fd()
}
