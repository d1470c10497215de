//! From policy and level to the plan that cells carry out: pure, so that it can be looked at without privileges.

use std::mem::size_of;

use crate::abi::{self, Instruction, PathGrant, Plan, Rlimit};
use crate::bpf;
use crate::level::Level;
use crate::policy::{limits, paths};
use crate::spec::LaunchSpec;

/// What the kernel has of Landlock, by its ABI version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landlock {
    /// The version; 0 where there is none.
    pub abi: u32,
}

const EXECUTE: u64 = 1;
const WRITE_FILE: u64 = 1 << 1;
const READ_FILE: u64 = 1 << 2;
const READ_DIR: u64 = 1 << 3;
const MAKE_CHAR: u64 = 1 << 6;
const MAKE_BLOCK: u64 = 1 << 11;
const TRUNCATE: u64 = 1 << 14;
const IOCTL_DEV: u64 = 1 << 15;

impl Landlock {
    /// File rights that are handled.
    pub fn fs(self) -> u64 {
        match self.abi {
            0 => 0,
            1 => 0x1fff,
            2 => 0x3fff,
            3 | 4 => 0x7fff,
            _ => 0xffff,
        }
    }
    /// TCP rights that are handled, and never granted.
    pub fn net(self) -> u64 {
        if self.abi >= 4 { 3 } else { 0 }
    }
    /// Scopes: abstract UNIX sockets and signals.
    pub fn scoped(self) -> u64 {
        if self.abi >= 6 { 3 } else { 0 }
    }
    /// Length of the attributes that this kernel takes.
    pub fn attributes_len(self) -> u64 {
        match self.abi {
            0..=3 => 8,
            4 | 5 => 16,
            _ => 24,
        }
    }
    /// The kernel's rights for an access of the policy.
    pub fn rights(self, access: paths::Access, is_folder: bool) -> u64 {
        let rights = match access {
            paths::Access::Execute => EXECUTE | READ_FILE | READ_DIR,
            paths::Access::Read => READ_FILE | READ_DIR,
            paths::Access::Device => READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV,
        };
        let fitting = if is_folder { u64::MAX } else { EXECUTE | READ_FILE | WRITE_FILE | TRUNCATE | IOCTL_DEV };
        rights & fitting & self.fs()
    }
    /// Rights in the run's own folder: all but executing and making devices.
    pub fn own_folder(self) -> u64 {
        self.fs() & !(EXECUTE | MAKE_CHAR | MAKE_BLOCK | IOCTL_DEV)
    }
}

/// What the launcher found out and did before it made the plan.
#[derive(Debug, Clone)]
pub struct Found {
    /// Landlock as this kernel has it.
    pub landlock: Landlock,
    /// The user and group of the zygote, as its own namespace sees them.
    pub outer: (u32, u32),
    /// Highest capability of this kernel.
    pub last_cap: u32,
    /// Descriptors for Landlock from [`abi::LANDLOCK_FD`] on: one rule set, or the folders with their rights.
    pub landlock_fds: LandlockFds,
}

/// What stands at [`abi::LANDLOCK_FD`] and after it.
#[derive(Debug, Clone)]
pub enum LandlockFds {
    /// Nothing: the kernel has no Landlock.
    None,
    /// A rule set made ahead.
    Ruleset,
    /// Folders and files, with the rights of each.
    Grants(Vec<u64>),
}

/// Namespaces of each run. Network, ipc, uts and cgroup namespaces are the zygote's: empty, and with no call left
/// that could fill them (see `docs/decisions/0003-namespaces-per-run.md`).
pub const RUN_NAMESPACES: i32 = libc::CLONE_NEWUSER | libc::CLONE_NEWPID | libc::CLONE_NEWNS;

fn text<const N: usize>(value: &str) -> [u8; N] {
    let mut bytes = [0; N];
    assert!(value.len() < N, "{value} is too long for the plan");
    bytes[..value.len()].copy_from_slice(value.as_bytes());
    bytes
}

/// The filter's settings for a level on this kernel.
pub fn filter_settings(level: Level, landlock: Landlock) -> bpf::Settings {
    bpf::Settings {
        level,
        signals_scoped: level == Level::Namespaces || landlock.scoped() != 0,
        supervise_forks: level == Level::Landlock,
    }
}

/// The plan for `spec` as it can be carried out here.
pub fn build(spec: &LaunchSpec, found: &Found, texts: [usize; 3]) -> Box<Plan> {
    let namespaces = spec.level == Level::Namespaces;
    let filters = bpf::compile(filter_settings(spec.level, found.landlock));
    let mut plan = Box::new(Plan {
        magic: abi::MAGIC,
        clone_flags: if namespaces { RUN_NAMESPACES as u64 } else { 0 },
        landlock_fs: found.landlock.fs(),
        landlock_net: found.landlock.net(),
        landlock_scoped: found.landlock.scoped(),
        landlock_workdir: found.landlock.own_folder(),
        landlock_attr_len: found.landlock.attributes_len(),
        landlock_fd: if matches!(found.landlock_fds, LandlockFds::Ruleset) { abi::LANDLOCK_FD } else { -1 },
        uid: paths::UID,
        outer_uid: found.outer.0,
        outer_gid: found.outer.1,
        report_fd: limits::NOFILE as i32,
        nofile: limits::NOFILE as u32,
        last_cap: found.last_cap,
        rlimits_len: 0,
        grants_len: 0,
        filter_len: filters.cell.len() as u32,
        zygote_filter_len: filters.zygote.len() as u32,
        boot_len: texts[0] as u32,
        bundle_len: texts[1] as u32,
        settings_len: texts[2] as u32,
        landlock_descriptors: 0,
        supervise_forks: u32::from(!namespaces),
        mountpoint: text(paths::MOUNT_POINT),
        mount_options: text(&format!("size={},nr_inodes={},mode=755", spec.file_bytes, limits::FILES)),
        folders: [text(paths::WORKDIR), text(paths::TMP), text(paths::SHM)],
        rlimits: [Rlimit { resource: 0, reserved: 0, soft: 0, hard: 0 }; abi::RLIMITS_MAX],
        grants: [PathGrant { access: 0, fd: -1, reserved: 0 }; abi::RULES_MAX],
        filter: [Instruction { code: 0, jt: 0, jf: 0, k: 0 }; abi::FILTER_MAX],
        zygote_filter: [Instruction { code: 0, jt: 0, jf: 0, k: 0 }; abi::FILTER_MAX],
    });
    plan.filter[..filters.cell.len()].copy_from_slice(&filters.cell);
    plan.zygote_filter[..filters.zygote.len()].copy_from_slice(&filters.zygote);
    let fixed = limits::LIMITS.iter().map(|l| (l.resource, l.value));
    // A file of a run's tmpfs cannot outgrow it; elsewhere this is what bounds a single file.
    let files = [(libc::RLIMIT_FSIZE, spec.ceilings.file_bytes.max(spec.file_bytes))];
    for (resource, value) in fixed.chain(files) {
        plan.rlimits[plan.rlimits_len as usize] = Rlimit { resource, reserved: 0, soft: value, hard: value };
        plan.rlimits_len += 1;
    }
    match &found.landlock_fds {
        LandlockFds::None => {}
        LandlockFds::Ruleset => plan.landlock_descriptors = 1,
        LandlockFds::Grants(rights) => {
            for (grant, (n, access)) in plan.grants.iter_mut().zip(rights.iter().enumerate()) {
                *grant = PathGrant { access: *access, fd: abi::LANDLOCK_FD + n as i32, reserved: 0 };
            }
            plan.grants_len = rights.len() as u32;
            plan.landlock_descriptors = rights.len() as u32;
        }
    }
    plan
}

/// The plan's bytes, as they are written for the library in the interpreter.
pub fn bytes(plan: &Plan) -> &[u8] {
    // SAFETY: the plan is `repr(C)` without padding (checked below), so every byte of it is initialised.
    #[expect(unsafe_code, reason = "the one place where the plan becomes bytes")]
    unsafe {
        std::slice::from_raw_parts(std::ptr::from_ref(plan).cast::<u8>(), size_of::<Plan>())
    }
}

/// The fields' sizes add up to the structure's: there is no padding.
const _: () = {
    let words = 7 * 8 + 4 * 16;
    let texts = 64 + 96 + 3 * 64;
    let tables = abi::RLIMITS_MAX * size_of::<Rlimit>()
        + abi::RULES_MAX * size_of::<PathGrant>()
        + 2 * abi::FILTER_MAX * size_of::<Instruction>();
    assert!(size_of::<Plan>() == words + texts + tables);
};
