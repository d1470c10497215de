//! The launcher's system calls, one function for each step.

use std::ffi::{CString, c_char, c_long};
use std::io::Write;
use std::os::fd::{AsFd, AsRawFd, OwnedFd, RawFd};
use std::path::Path;

use rustix::fs::{MemfdFlags, Mode, OFlags};
use rustix::io::Errno;

use super::c_string;
use crate::spec::{LaunchFailure, LaunchSpec};

/// A call's answer.
pub type Attempt<T> = Result<T, Errno>;

/// Runs `call`, for the sake of a uniform error.
pub fn attempt<T>(call: impl FnOnce() -> Result<T, Errno>) -> Attempt<T> {
    call()
}

fn last_error<T>() -> Attempt<T> {
    let errno = std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO);
    Err(Errno::from_raw_os_error(errno))
}

fn check(answer: impl Into<c_long>) -> Attempt<c_long> {
    let answer = answer.into();
    if answer < 0 { last_error() } else { Ok(answer) }
}

/// The kernel kills this process when its parent dies.
pub fn die_with_parent() -> Attempt<()> {
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))
}

/// Moves this process into a cgroup.
pub fn enter_group(group: &Path) -> Attempt<()> {
    let fd = rustix::fs::open(group.join("cgroup.procs"), OFlags::WRONLY | OFlags::CLOEXEC, Mode::empty())?;
    rustix::io::write(&fd, b"0").map(drop)
}

/// Raises the limit on descriptors as far as it goes. Keepers hand descriptors over, and the kernel holds a sender's
/// limit against what all runs of the user have in flight: a run's own, lower limit must not keep others from it.
pub fn raise_descriptors() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // Without it everything works but that.
    let _ = setrlimit(Resource::Nofile, rustix::process::Rlimit { current: limit.maximum, ..limit });
}

/// A descriptor of a path, for use as a starting point only.
pub fn open_path(path: &Path) -> Attempt<OwnedFd> {
    rustix::fs::open(path, OFlags::PATH | OFlags::CLOEXEC, Mode::empty())
}

/// The highest capability of this kernel; 40 where it does not say.
pub fn last_capability() -> u32 {
    let text = std::fs::read_to_string("/proc/sys/kernel/cap_last_cap").unwrap_or_default();
    text.trim().parse().unwrap_or(40)
}

/// Leaves namespaces of these kinds for new ones.
pub fn unshare(flags: i32) -> Attempt<()> {
    // SAFETY: takes no pointers; this process has one thread.
    #[expect(unsafe_code, reason = "no safe form for every flag")]
    check(unsafe { libc::unshare(flags) }).map(drop)
}

/// Maps one user and its group into the present user namespace.
pub fn map_user(inside: u32, uid: u32, gid: u32) -> Attempt<()> {
    let write = |file: &str, text: String| {
        let written = std::fs::OpenOptions::new().write(true).open(file).and_then(|mut f| f.write_all(text.as_bytes()));
        written.map_err(|e| Errno::from_raw_os_error(e.raw_os_error().unwrap_or(libc::EIO)))
    };
    write("/proc/self/setgroups", "deny".into())?;
    write("/proc/self/uid_map", format!("{inside} {uid} 1"))?;
    write("/proc/self/gid_map", format!("{inside} {gid} 1"))
}

/// Forks; `None` in the child, the child's exit code in the parent once it has ended.
pub fn fork_and_wait() -> Attempt<Option<i32>> {
    // SAFETY: this process has one thread, so the child may do whatever this process may.
    #[expect(unsafe_code, reason = "a single-threaded program forks")]
    let pid = check(unsafe { libc::fork() })? as i32;
    if pid == 0 {
        return die_with_parent().map(|()| None);
    }
    // The command socket and the log belong to the child now; its end must be seen by the service as theirs.
    let null = rustix::fs::open("/dev/null", OFlags::RDWR | OFlags::CLOEXEC, Mode::empty())?;
    for fd in 0..3 {
        // SAFETY: descriptors are not memory. The owner of 0 in `main` is not used again in this process.
        #[expect(unsafe_code, reason = "no safe form for fixed numbers")]
        let _ = unsafe { libc::dup2(null.as_raw_fd(), fd) };
    }
    let mut status = 0;
    loop {
        // SAFETY: the status is valid for writes.
        #[expect(unsafe_code, reason = "waiting for a pid of our own")]
        match check(unsafe { libc::waitpid(pid, &mut status, 0) }) {
            Ok(_) => break,
            Err(Errno::INTR) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(Some(if libc::WIFEXITED(status) { libc::WEXITSTATUS(status) } else { 128 + libc::WTERMSIG(status) }))
}

/// An anonymous file with this content.
pub fn memory_file(name: &str, content: &[u8]) -> Attempt<OwnedFd> {
    let fd = rustix::fs::memfd_create(name, MemfdFlags::CLOEXEC)?;
    let mut rest = content;
    while !rest.is_empty() {
        rest = &rest[rustix::io::write(&fd, rest)?..];
    }
    rustix::fs::seek(&fd, rustix::fs::SeekFrom::Start(0))?;
    Ok(fd)
}

/// Drops every capability from the bounding set.
pub fn drop_bounding_set(last: u32) -> Attempt<()> {
    for capability in 0..=last {
        // SAFETY: takes no pointers.
        #[expect(unsafe_code, reason = "no safe form by number")]
        check(unsafe { libc::prctl(libc::PR_CAPBSET_DROP, capability, 0, 0, 0) })?;
    }
    Ok(())
}

/// Becomes this user and the group of the same number, for good.
pub fn set_user(id: u32) -> Attempt<()> {
    // SAFETY: an empty list of groups; the other calls take no pointers. This process has one thread.
    #[expect(unsafe_code, reason = "the calls change the whole process")]
    unsafe {
        check(libc::setgroups(0, std::ptr::null()))?;
        check(libc::setresgid(id, id, id))?;
        check(libc::setresuid(id, id, id))?;
    }
    Ok(())
}

/// Executes the interpreter with these descriptors at these numbers and nothing else open; answers why it failed.
pub fn execute(spec: &LaunchSpec, library: &str, wanted: &[(RawFd, &dyn AsFd)]) -> LaunchFailure {
    let failure = |step: &str, errno: Errno| LaunchFailure {
        layer: "interpreter".into(),
        step: format!("{step} {}", spec.interpreter.display()),
        reason: std::io::Error::from(errno).to_string(),
        errno: Some(errno.raw_os_error()),
        hint: (errno == Errno::ACCESS).then(|| {
            "the user that programs run as must be able to reach the interpreter and everything it needs".into()
        }),
    };
    if let Err(errno) = place(wanted) {
        return failure("arrange descriptors for", errno);
    }
    let program = c_string(&spec.interpreter);
    let script = CString::from(c"main.py");
    let preload = CString::new(format!("LD_PRELOAD={library}")).unwrap_or_default();
    let argv: [*const c_char; 3] = [program.as_ptr(), script.as_ptr(), std::ptr::null()];
    // The locale of an ordinary login; nothing else is anyone's business.
    let locale = CString::from(c"LANG=C.UTF-8");
    // What functions of other libraries are called is looked up here, and not in each cell.
    let bind = CString::from(c"LD_BIND_NOW=1");
    let environment: [*const c_char; 4] = [preload.as_ptr(), locale.as_ptr(), bind.as_ptr(), std::ptr::null()];
    // SAFETY: every text ends with a NUL, both lists with a null pointer.
    #[expect(unsafe_code, reason = "execve with descriptors at fixed numbers")]
    unsafe {
        libc::execve(program.as_ptr(), argv.as_ptr(), environment.as_ptr())
    };
    failure("execute", last_error::<()>().err().unwrap_or(Errno::IO))
}

/// Descriptors from here on are in nobody's way.
const BEYOND: RawFd = 200;

/// A copy of a descriptor that [`execute`] leaves alone; it goes when the interpreter is executed.
pub fn beyond(fd: &impl AsFd) -> Attempt<OwnedFd> {
    rustix::io::fcntl_dupfd_cloexec(fd, BEYOND)
}

/// Moves descriptors to their numbers, by way of numbers that nothing uses.
fn place(wanted: &[(RawFd, &dyn AsFd)]) -> Attempt<()> {
    let null = rustix::fs::open("/dev/null", OFlags::RDWR | OFlags::CLOEXEC, Mode::empty())?;
    let mut high = Vec::new();
    for (number, fd) in wanted {
        high.push((*number, beyond(fd)?));
    }
    // SAFETY: descriptors are not memory; their owners are not used again before execve.
    #[expect(unsafe_code, reason = "no safe form for fixed numbers")]
    unsafe {
        check(libc::dup2(null.as_raw_fd(), 0))?;
        check(libc::dup2(2, 1))?;
        check(libc::syscall(
            libc::SYS_close_range,
            3 as libc::c_uint,
            (BEYOND - 1) as libc::c_uint,
            0 as libc::c_uint,
        ))?;
        for (number, fd) in &high {
            check(libc::dup2(fd.as_raw_fd(), *number))?;
        }
    }
    std::mem::forget(null); // closed by number above
    Ok(())
}
