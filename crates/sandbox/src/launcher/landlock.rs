//! Landlock rules, from the policy's paths.

use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use super::{Step, hints, kernel, raw};
use crate::level::{Layer, Level};
use crate::plan::{Landlock, LandlockFds};
use crate::policy::paths::{Access, MOUNT_PARENT, PATHS};
use crate::spec::{LaunchFailure, LaunchSpec};

/// The ABI version of this kernel; 0 where there is none.
///
/// # Errors
/// Somebody forbids the question: that is no kernel without Landlock, and not taken for one.
pub fn abi() -> Result<u32, Errno> {
    const VERSION: u32 = 1;
    // SAFETY: with this flag the call takes no attributes.
    #[expect(unsafe_code, reason = "a system call without a safe form")]
    let answer = unsafe { libc::syscall(libc::SYS_landlock_create_ruleset, std::ptr::null::<u8>(), 0usize, VERSION) };
    match u32::try_from(answer) {
        Ok(version) => Ok(version),
        // Not built in; switched off.
        Err(_) if matches!(last(), Errno::NOSYS | Errno::OPNOTSUPP) => Ok(0),
        Err(_) => Err(last()),
    }
}

/// What cells need: with namespaces a rule set made ahead; without, the folders it is made of, since each run's own
/// folder goes with them.
pub fn prepare(
    spec: &LaunchSpec,
    landlock: Landlock,
    layers: &mut Vec<Layer>,
) -> Result<(LandlockFds, Vec<OwnedFd>), LaunchFailure> {
    let (fds, kept) = match (landlock.abi, spec.level) {
        (0, Level::Namespaces) => (LandlockFds::None, Vec::new()),
        (0, Level::Landlock) => {
            return Err(LaunchFailure {
                layer: "landlock".into(),
                step: "ask for its version".into(),
                reason: "this kernel has none".into(),
                errno: Some(libc::ENOSYS),
                hint: Some(hints::LANDLOCK.into()),
            });
        }
        (_, Level::Namespaces) => {
            let ruleset = create(landlock).step("landlock", "create a rule set", Some(hints::LANDLOCK))?;
            let mut grants = grants(spec, landlock);
            let everything = open(Path::new("/")).step("landlock", "open /", None)?;
            let own = open(Path::new(MOUNT_PARENT)).step("landlock", "open the run's folder", None)?;
            grants.push((landlock.rights(Access::Read, true), everything));
            grants.push((landlock.own_folder(), own));
            for (rights, fd) in &grants {
                add(&ruleset, *rights, fd).step("landlock", "add a rule", None)?;
            }
            (LandlockFds::Ruleset, vec![ruleset])
        }
        (_, Level::Landlock) => {
            let (rights, fds) = grants(spec, landlock).into_iter().unzip();
            (LandlockFds::Grants(rights), fds)
        }
    };
    layers.push(fds.layer(landlock));
    Ok((fds, kept))
}

/// The policy's paths and the interpreter's, as far as they exist here.
fn grants(spec: &LaunchSpec, landlock: Landlock) -> Vec<(u64, OwnedFd)> {
    let policy = PATHS.iter().map(|rule| (PathBuf::from(rule.path), rule.access));
    let prefixes = spec.prefixes.iter().map(|path| (path.clone(), Access::Execute));
    let mut grants = Vec::new();
    for (path, access) in policy.chain(prefixes) {
        let is_folder = path.is_dir();
        if let Ok(fd) = open(&path) {
            grants.push((landlock.rights(access, is_folder), fd));
        }
    }
    grants.truncate(crate::abi::RULES_MAX);
    grants
}

fn open(path: &Path) -> Result<OwnedFd, Errno> {
    kernel::open_path(path)
}

fn create(landlock: Landlock) -> Result<OwnedFd, Errno> {
    let attributes = [landlock.fs(), landlock.net(), landlock.scoped()];
    // SAFETY: the attributes are at least as long as the stated length; a descriptor that is answered is ours.
    #[expect(unsafe_code, reason = "a system call without a safe form")]
    unsafe {
        let len = landlock.attributes_len() as usize;
        let answer = libc::syscall(libc::SYS_landlock_create_ruleset, attributes.as_ptr(), len, 0u32);
        if answer < 0 { Err(last()) } else { Ok(OwnedFd::from_raw_fd(answer as i32)) }
    }
}

fn add(ruleset: &OwnedFd, access: u64, fd: &OwnedFd) -> Result<(), Errno> {
    #[repr(C, packed)]
    struct PathBeneath {
        access: u64,
        fd: i32,
    }
    const PATH_BENEATH: u32 = 1;
    let rule = PathBeneath { access, fd: fd.as_raw_fd() };
    // SAFETY: the rule is valid for reads.
    #[expect(unsafe_code, reason = "a system call without a safe form")]
    let answer =
        unsafe { libc::syscall(libc::SYS_landlock_add_rule, raw(ruleset), PATH_BENEATH, &raw const rule, 0u32) };
    if answer < 0 { Err(last()) } else { Ok(()) }
}

fn last() -> Errno {
    Errno::from_raw_os_error(std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO))
}
