//! The tree that programs see: a tmpfs with the few folders of the host that they need, read-only.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::{Path, PathBuf};

use rustix::fs::{StatVfsMountFlags, statvfs};
use rustix::io::Errno;
use rustix::mount::{
    MountFlags, MountPropagationFlags, UnmountFlags, mount, mount_bind_recursive, mount_change, mount_remount, unmount,
};

use super::{CELL_LIBRARY, Step, hints};
use crate::policy::paths::{Access, FILES, MOUNT_POINT, PATHS, SHM, TMP};
use crate::spec::{LaunchFailure, LaunchSpec};

/// Where the tree has the library.
pub const LIBRARY: &str = "/cell.so";

/// Where a run has what is its own: nothing of the host's can be there.
const OWN: [&str; 3] = ["/tmp", "/dev/shm", MOUNT_POINT];

/// Builds the tree and makes it the root. The present mount namespace must be one of our own.
pub fn build(spec: &LaunchSpec) -> Result<(), LaunchFailure> {
    let hint = Some(hints::USER);
    mount_change("/", MountPropagationFlags::PRIVATE | MountPropagationFlags::REC).step(
        "mount namespace",
        "make the mounts private",
        hint,
    )?;
    let sources = sources(spec);
    if let Some((path, _)) = sources.iter().find(|(path, _)| OWN.iter().any(|own| path.starts_with(own))) {
        return Err(LaunchFailure {
            layer: "mount namespace".into(),
            step: format!("bind {}", path.display()),
            reason: "programs have a folder of their own there".into(),
            errno: None,
            hint: Some(format!("use an interpreter that lies beneath none of {}", OWN.join(", "))),
        });
    }
    let root = place_for_root(&sources);
    mount("tree", &root, "tmpfs", MountFlags::NOSUID | MountFlags::NODEV, Some(c"size=4m,mode=755")).step(
        "mount namespace",
        &format!("mount a tmpfs on {}", root.display()),
        hint,
    )?;
    for (path, access) in &sources {
        add(&root, path, *access).step("mount namespace", &format!("bind {}", path.display()), hint)?;
    }
    hide(&root, spec).step("mount namespace", "hide the service's own files", hint)?;
    files(&root).step("mount namespace", "write the tree's own files", None)?;
    enter(&root).step("mount namespace", "pivot_root", hint)
}

/// What is bound: the policy's paths and the interpreter's prefixes that lie in none of them.
fn sources(spec: &LaunchSpec) -> Vec<(PathBuf, Access)> {
    let mut sources: Vec<(PathBuf, Access)> = Vec::new();
    let policy = PATHS.iter().map(|rule| (PathBuf::from(rule.path), rule.access));
    let prefixes: BTreeSet<&PathBuf> = spec.prefixes.iter().collect(); // sorted: a folder before what is in it
    for (path, access) in policy.chain(prefixes.into_iter().map(|path| (path.clone(), Access::Execute))) {
        let covered = sources.iter().any(|(known, _)| path.starts_with(known));
        if !covered && fs::symlink_metadata(&path).is_ok() {
            sources.push((path, access));
        }
    }
    sources
}

/// An existing folder that hides none of the sources when something is mounted on it.
fn place_for_root(sources: &[(PathBuf, Access)]) -> PathBuf {
    let candidates = ["/tmp", "/mnt", "/srv", "/media", "/run", "/opt", "/var"].map(PathBuf::from);
    let free = |folder: &PathBuf| folder.is_dir() && !sources.iter().any(|(path, _)| path.starts_with(folder));
    candidates.into_iter().find(free).unwrap_or_else(|| PathBuf::from("/tmp"))
}

fn inside(root: &Path, path: &Path) -> PathBuf {
    root.join(path.strip_prefix("/").unwrap_or(path))
}

fn errno(error: io::Error) -> Errno {
    Errno::from_raw_os_error(error.raw_os_error().unwrap_or(libc::EIO))
}

/// Puts one source into the tree: a link stays a link, a folder or device is bound, a file is copied.
fn add(root: &Path, source: &Path, access: Access) -> Result<(), Errno> {
    let target = inside(root, source);
    if let Some(parent) = target.parent() {
        fs::create_dir_all(parent).map_err(errno)?;
    }
    let kind = fs::symlink_metadata(source).map_err(errno)?;
    if kind.is_symlink() {
        let to = fs::read_link(source).map_err(errno)?;
        return symlink(to, &target).map_err(errno);
    }
    if kind.is_file() && access == Access::Read {
        return fs::copy(source, &target).map(drop).map_err(errno);
    }
    if kind.is_dir() {
        fs::create_dir(&target).map_err(errno)?;
    } else {
        fs::File::create(&target).map_err(errno)?;
    }
    mount_bind_recursive(source, &target)?;
    let read_only = if access == Access::Device { MountFlags::NOEXEC } else { MountFlags::RDONLY | MountFlags::NODEV };
    restrict(&target, read_only | MountFlags::NOSUID)
}

/// Adds flags to a bound mount. Those that it has must be named again: an unprivileged namespace may not drop them.
fn restrict(target: &Path, flags: MountFlags) -> Result<(), Errno> {
    let present = statvfs(target)?.f_flag;
    let mut all = flags | MountFlags::BIND;
    for (has, flag) in [
        (StatVfsMountFlags::RDONLY, MountFlags::RDONLY),
        (StatVfsMountFlags::NOSUID, MountFlags::NOSUID),
        (StatVfsMountFlags::NODEV, MountFlags::NODEV),
        (StatVfsMountFlags::NOEXEC, MountFlags::NOEXEC),
        (StatVfsMountFlags::NOATIME, MountFlags::NOATIME),
        (StatVfsMountFlags::NODIRATIME, MountFlags::NODIRATIME),
        (StatVfsMountFlags::RELATIME, MountFlags::RELATIME),
    ] {
        if present.contains(has) {
            all |= flag;
        }
    }
    mount_remount(target, all, c"")
}

/// Covers what lies in a bound folder and is none of a program's business.
fn hide(root: &Path, spec: &LaunchSpec) -> Result<(), Errno> {
    for path in &spec.hidden {
        let target = inside(root, path);
        if !target.starts_with(root) {
            continue;
        }
        match fs::symlink_metadata(&target) {
            Ok(kind) if kind.is_file() => mount_bind_recursive(inside(root, Path::new("/dev/null")), &target)?,
            Ok(kind) if kind.is_dir() => {
                mount("hidden", &target, "tmpfs", MountFlags::RDONLY | MountFlags::NOSUID, Some(c"size=4k,mode=000"))?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes what the tree has of its own: accounts, links, the mount point of runs, the library.
fn files(root: &Path) -> Result<(), Errno> {
    let write = |path: &str, content: &[u8], mode: u32| -> io::Result<()> {
        let path = inside(root, Path::new(path));
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(path)?;
        io::Write::write_all(&mut file, content)
    };
    let link = |path: &str, to: &str| symlink(to, inside(root, Path::new(path)));
    (|| {
        for (path, content) in FILES {
            write(path, content.as_bytes(), 0o644)?;
        }
        write(LIBRARY, CELL_LIBRARY, 0o755)?;
        fs::create_dir_all(inside(root, Path::new(MOUNT_POINT)))?;
        link("/tmp", TMP)?;
        link("/dev/shm", SHM)
    })()
    .map_err(errno)
}

/// Makes the tree the root, lets go of the host's, and forbids writing.
fn enter(root: &Path) -> Result<(), Errno> {
    rustix::process::chdir(root)?;
    rustix::process::pivot_root(".", ".")?;
    unmount(".", UnmountFlags::DETACH)?;
    rustix::process::chdir("/")?;
    mount_remount("/", MountFlags::BIND | MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV, c"")
}
