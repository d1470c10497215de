//! cgroup v2, where a subtree is delegated to us: each run in a group of its own, from its first instruction on.
//!
//! ```text
//! delegated                the service's own group; its processes move to service/, since a group with members of its
//!  │                       own cannot have controllers for others
//!  ├─ service              this process
//!  └─ python-executor-PID
//!      ├─ zygotes          launchers and zygotes
//!      ├─ 1                one run: its cell and all that it starts; its keeper stays with the zygotes
//!      └─ 2 …
//! ```
//!
//! A group is made ahead with its cell and used once, as the cell is: its counters begin at zero, and nothing of the
//! run before is in them. The kernel then holds the limits on memory (all of it: sockets, pipes, page tables) and on
//! processes, ends the whole run at once, and counts its processor time, whoever waited for its children.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::fs::{AtFlags, Gid, Mode, OFlags, Uid, chownat, mkdirat, openat, unlinkat};

/// What the kernel takes for a run beside the program's memory: page tables, stacks in the kernel, the cell's own pages.
const SLACK: u64 = 8 << 20;

/// Why runs have no cgroups.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{why}")]
pub struct NoGroups {
    /// What is missing.
    pub why: String,
    /// What would help.
    pub hint: &'static str,
}

const DELEGATE: &str = "under systemd `Delegate=memory pids cpu` in the unit; in a container a writable cgroup tree of its \
    own; or start as root";
const UNIFIED: &str = "boot with cgroup v2 alone (systemd.unified_cgroup_hierarchy=1)";

/// The subtree, ready for runs.
#[derive(Debug, Clone)]
pub struct Groups(Arc<Subtree>);

#[derive(Debug)]
struct Subtree {
    path: PathBuf,
    fd: OwnedFd,
    /// Who starts cells when that is not us.
    owner: Option<u32>,
    cpus: Option<f64>,
    next: AtomicU64,
}

/// What a run may use, as far as its group holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Memory of the program, in bytes.
    pub memory_bytes: u64,
    /// Processes and threads of the program, and the one that holds its memory.
    pub processes: u32,
}

/// One run's group; removed when it is dropped and its processes are gone.
#[derive(Debug)]
pub struct Group {
    tree: Arc<Subtree>,
    name: String,
    fd: Option<OwnedFd>,
    bounds: Mutex<Bounds>,
    /// The run has been killed by us.
    is_killed: AtomicBool,
}

impl Groups {
    /// Finds a subtree that is ours and prepares it. `owner` is the user that cells are started by when that is not us;
    /// `cpus` is how many processors a run may keep busy, if there is a bound.
    ///
    /// # Errors
    /// There is none, or it lacks what is needed.
    pub fn find(owner: Option<u32>, cpus: Option<f64>) -> Result<Groups, NoGroups> {
        let (mount, own) = mounted()?;
        let is_root = rustix::process::geteuid().is_root();
        let parent = delegated(&mount, &own, is_root)?;
        let refused = |step: &str, error: &io::Error| NoGroups {
            why: format!("{step} in {}: {error}", parent.display()),
            hint: DELEGATE,
        };
        let top = open_folder(&parent).map_err(|e| refused("open it", &e))?;
        let controllers = read(&top, "cgroup.controllers").map_err(|e| refused("read its controllers", &e))?;
        for needed in ["memory", "pids"] {
            if !controllers.split_whitespace().any(|name| name == needed) {
                let why = format!("{} has no controller {needed}", parent.display());
                let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
                let has_version_1 = mounts.lines().any(|line| is_mount_of(line, "cgroup"));
                return Err(NoGroups { why, hint: if has_version_1 { UNIFIED } else { DELEGATE } });
            }
        }
        // The root of all has no type, and may have members beside controllers.
        if parent.join("cgroup.type").exists() {
            move_members(&top, &parent).map_err(|e| refused("move the service to a group beneath", &e))?;
        }
        enable(&top, &controllers).map_err(|e| refused("turn on memory and pids for groups beneath", &e))?;
        sweep(&top, &parent);
        // Another try at another level gets another: the first one's may still be on its way out.
        static MADE: AtomicU64 = AtomicU64::new(0);
        let name = match MADE.fetch_add(1, Ordering::Relaxed) {
            0 => format!("{NAME}{}", std::process::id()),
            more => format!("{NAME}{}.{more}", std::process::id()),
        };
        let made = || -> io::Result<Groups> {
            make_folder(&top, &name)?;
            let fd = open_folder(&parent.join(&name))?;
            enable(&fd, &controllers)?;
            make_folder(&fd, ZYGOTES)?;
            let cpus = cpus.filter(|_| controllers.split_whitespace().any(|name| name == "cpu"));
            let tree = Subtree { path: parent.join(&name), fd, owner, cpus, next: AtomicU64::new(1) };
            // Whoever starts a process in a group may write to it and to the one above both.
            tree.give(".")?;
            tree.give(ZYGOTES)?;
            Ok(Groups(Arc::new(tree)))
        };
        made().map_err(|e| refused("make groups", &e))
    }

    /// The group of the zygotes.
    pub fn zygotes(&self) -> PathBuf {
        self.0.path.join(ZYGOTES)
    }

    /// Where it is, for those who operate it.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Makes a group for one run.
    ///
    /// # Errors
    /// The kernel refuses: too many, or the subtree is gone.
    pub fn group(&self, bounds: Bounds) -> io::Result<Group> {
        let tree = Arc::clone(&self.0);
        let name = tree.next.fetch_add(1, Ordering::Relaxed).to_string();
        make_folder(&tree.fd, &name)?;
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd = openat(&tree.fd, name.as_str(), flags, Mode::empty())?;
        tree.give(&name)?;
        let cpus = tree.cpus;
        let group = Group { tree, name, fd: Some(fd), bounds: Mutex::new(bounds), is_killed: AtomicBool::new(false) };
        group.write_bounds(bounds)?;
        group.write("memory.oom.group", "1")?;
        if let Err(error) = group.write("memory.swap.max", "0") {
            // A kernel without swap accounting has no such file.
            if error.kind() != io::ErrorKind::NotFound {
                return Err(error);
            }
        }
        if let Some(cpus) = cpus {
            const PERIOD_US: f64 = 20_000.0;
            group.write("cpu.max", &format!("{} {PERIOD_US}", (cpus * PERIOD_US).round()))?;
        }
        Ok(group)
    }
}

impl Subtree {
    /// Lets whoever starts cells put processes into a group.
    fn give(&self, name: &str) -> io::Result<()> {
        let Some(owner) = self.owner else { return Ok(()) };
        let (user, group) = (Uid::from_raw(owner), Gid::from_raw(owner));
        let procs = format!("{name}/cgroup.procs");
        Ok(chownat(&self.fd, procs.as_str(), Some(user), Some(group), AtFlags::SYMLINK_NOFOLLOW)?)
    }
}

impl Drop for Subtree {
    fn drop(&mut self) {
        // The runtime may have ended before the last runs' groups were empty.
        for _ in 0..50 {
            empty(&self.path);
            match std::fs::remove_dir(&self.path) {
                Err(error) if error.raw_os_error() == Some(rustix::io::Errno::BUSY.raw_os_error()) => {}
                _ => return,
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        tracing::error!(group = %self.path.display(), "cgroups of runs are left");
    }
}

impl AsFd for Group {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_ref().expect("it is there until it is dropped").as_fd()
    }
}

impl Group {
    /// Sets what the run may use, if it is not what it was made with.
    ///
    /// # Errors
    /// The kernel refuses.
    pub fn bound(&self, bounds: Bounds) -> io::Result<()> {
        let mut set = self.bounds.lock().unwrap_or_else(PoisonError::into_inner);
        if *set != bounds {
            self.write_bounds(bounds)?;
            *set = bounds;
        }
        Ok(())
    }

    fn write_bounds(&self, bounds: Bounds) -> io::Result<()> {
        self.write("memory.max", &(bounds.memory_bytes + SLACK).to_string())?;
        self.write("pids.max", &bounds.processes.to_string())
    }

    /// Processor time of everything that was ever in it.
    pub fn cpu(&self) -> Option<Duration> {
        let text = read(self, "cpu.stat").ok()?;
        Some(Duration::from_micros(value(&text, "usage_usec")?))
    }

    /// The most memory that was ever charged to it, in bytes. Since Linux 5.19.
    pub fn peak(&self) -> Option<u64> {
        read(self, "memory.peak").ok()?.trim().parse().ok()
    }

    /// Whether the kernel ended the run because it had no memory left.
    pub fn ran_out_of_memory(&self) -> bool {
        let killed = read(self, "memory.events").ok().and_then(|text| value(&text, "oom_kill"));
        killed.is_some_and(|times| times > 0)
    }

    /// Kills everything in it, at once. Since Linux 5.14; before, the keeper alone does it.
    pub fn kill(&self) {
        if !self.is_killed.swap(true, Ordering::Relaxed) {
            let _ = self.write("cgroup.kill", "1");
        }
    }

    fn write(&self, file: &str, text: &str) -> io::Result<()> {
        write(self, file, text)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
        self.fd = None;
        let (tree, name) = (Arc::clone(&self.tree), std::mem::take(&mut self.name));
        if unlinkat(&tree.fd, name.as_str(), AtFlags::REMOVEDIR).is_ok() {
            return;
        }
        // Its processes are about to go.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            for wait in (0..12).map(|n| Duration::from_millis(1 << n)) {
                tokio::time::sleep(wait).await;
                match unlinkat(&tree.fd, name.as_str(), AtFlags::REMOVEDIR) {
                    Err(rustix::io::Errno::BUSY) => {}
                    _ => return,
                }
            }
            tracing::error!(group = %name, "a run's cgroup could not be removed");
        });
    }
}

const ZYGOTES: &str = "zygotes";
/// How the service's group is called, before its process id.
const NAME: &str = "python-executor-";
const SERVICE: &str = "service";

/// Where cgroup v2 is mounted, and the folder of our own group in it.
fn mounted() -> Result<(PathBuf, PathBuf), NoGroups> {
    let none = |why: &str| NoGroups { why: why.into(), hint: UNIFIED };
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let own = std::fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let mount = mount_point(&mounts).ok_or_else(|| none("cgroup v2 is not mounted"))?;
    let path = own.lines().find_map(|line| line.strip_prefix("0::/")).ok_or_else(|| none("we are in no cgroup v2"))?;
    if path.starts_with("..") {
        return Err(none("our cgroup lies outside what is mounted"));
    }
    let own = mount.join(path);
    Ok((mount, own))
}

/// The mount point of a cgroup v2 file system, from `/proc/self/mountinfo`: the last one hides those before it.
fn mount_point(mounts: &str) -> Option<PathBuf> {
    let mut lines = mounts.lines().filter(|line| is_mount_of(line, "cgroup2"));
    let path = lines.next_back()?.split(' ').nth(4)?;
    Some(PathBuf::from(path.replace("\\040", " ")))
}

fn is_mount_of(line: &str, kind: &str) -> bool {
    line.split_once(" - ").and_then(|(_, rest)| rest.split(' ').next()) == Some(kind)
}

/// The group that is ours to divide: our own, or the one above if it says that it was delegated, or, as root, the top.
fn delegated(mount: &Path, own: &Path, is_root: bool) -> Result<PathBuf, NoGroups> {
    let says_so = |path: &Path| {
        let mut value = [0; 8];
        ["user.delegate", "trusted.delegate"]
            .iter()
            .any(|name| rustix::fs::getxattr(path, *name, &mut value).is_ok_and(|n| value[..n] == *b"1"))
    };
    let above = own.parent().filter(|above| above.starts_with(mount));
    if let Some(found) = [Some(own), above].into_iter().flatten().find(|path| says_so(path)) {
        return Ok(found.into());
    }
    if is_root {
        return Ok(mount.into());
    }
    let writable = |path: &Path| rustix::fs::access(path.join("cgroup.subtree_control"), rustix::fs::Access::WRITE_OK);
    // A group that was left by an earlier start in the same place.
    let above = above.filter(|_| own.ends_with(SERVICE));
    [above, Some(own)]
        .into_iter()
        .flatten()
        .find(|path| writable(path).is_ok())
        .map(Into::into)
        .ok_or_else(|| NoGroups { why: format!("{} is not delegated to us", own.display()), hint: DELEGATE })
}

/// Moves what is in a group to one beneath it.
fn move_members(top: &OwnedFd, parent: &Path) -> io::Result<()> {
    let members = read(top, "cgroup.procs")?;
    if members.trim().is_empty() {
        return Ok(());
    }
    make_folder(top, SERVICE)?;
    let service = open_folder(&parent.join(SERVICE))?;
    for pid in members.lines() {
        match write(&service, "cgroup.procs", pid) {
            Err(error) if error.raw_os_error() != Some(rustix::io::Errno::SRCH.raw_os_error()) => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Turns on what we use for the groups beneath.
fn enable(group: &OwnedFd, available: &str) -> io::Result<()> {
    write(group, "cgroup.subtree_control", "+memory +pids")?;
    if available.split_whitespace().any(|name| name == "cpu") {
        // Real-time processes elsewhere can keep it from being turned on.
        let _ = write(group, "cgroup.subtree_control", "+cpu");
    }
    Ok(())
}

/// Removes what services that were killed have left.
fn sweep(top: &OwnedFd, parent: &Path) {
    for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let pid = name.strip_prefix(NAME).and_then(|rest| rest.split('.').next()?.parse::<u32>().ok());
        let Some(pid) = pid else { continue };
        if Path::new("/proc").join(pid.to_string()).exists() {
            continue;
        }
        empty(&entry.path());
        let _ = unlinkat(top, name.as_str(), AtFlags::REMOVEDIR);
    }
}

/// Removes the groups in a group that have no members any more.
fn empty(path: &Path) {
    for inner in std::fs::read_dir(path).into_iter().flatten().flatten() {
        let _ = std::fs::remove_dir(inner.path());
    }
}

fn make_folder(parent: &OwnedFd, name: &str) -> io::Result<()> {
    match mkdirat(parent, name, Mode::from_raw_mode(0o755)) {
        Err(rustix::io::Errno::EXIST) => Ok(()),
        other => Ok(other?),
    }
}

fn open_folder(path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?)
}

fn read(group: impl AsFd, file: &str) -> io::Result<String> {
    let fd = openat(group, file, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
    let mut text = String::new();
    std::fs::File::from(fd).read_to_string(&mut text)?;
    Ok(text)
}

fn write(group: impl AsFd, file: &str, text: &str) -> io::Result<()> {
    let fd = openat(group, file, OFlags::WRONLY | OFlags::CLOEXEC, Mode::empty())?;
    std::fs::File::from(fd).write_all(text.as_bytes())
}

/// The value of a key in a file of `key value` lines.
fn value(text: &str, key: &str) -> Option<u64> {
    let mut lines = text.lines().filter_map(|line| line.split_once(' '));
    lines.find(|(name, _)| *name == key)?.1.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_mount_of_version_2_is_found() {
        let text = "25 1 0:22 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro\n\
                    29 25 0:26 / /sys/fs/cgroup/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n\
                    33 25 0:30 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n";
        assert_eq!(mount_point(text), Some("/sys/fs/cgroup/unified".into()));
        assert_eq!(mount_point("33 25 0:30 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"), None);
    }

    #[test]
    fn values_are_found_by_their_whole_key() {
        let text = "low 0\noom 3\noom_kill 2\noom_group_kill 1\n";
        assert_eq!(value(text, "oom_kill"), Some(2));
        assert_eq!(value(text, "oom_kil"), None);
    }
}
