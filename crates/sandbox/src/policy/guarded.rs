//! The guarded calls: allowed under a condition, each with its reason.

use super::syscalls::{Check, Guarded};
use crate::level::Level;

const ALWAYS: &[Level] = &[Level::Namespaces, Level::Landlock];
const LANDLOCK: &[Level] = &[Level::Landlock];

const NEW_NAMESPACES: u32 = (libc::CLONE_NEWNS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET) as u32;

const PRCTL: &[u32] = &[
    libc::PR_SET_NAME as u32,
    libc::PR_GET_NAME as u32,
    libc::PR_SET_PDEATHSIG as u32,
    libc::PR_GET_PDEATHSIG as u32,
    libc::PR_GET_DUMPABLE as u32,
    libc::PR_SET_DUMPABLE as u32,
    libc::PR_SET_CHILD_SUBREAPER as u32,
    libc::PR_GET_CHILD_SUBREAPER as u32,
    libc::PR_GET_NO_NEW_PRIVS as u32,
    libc::PR_SET_NO_NEW_PRIVS as u32,
    libc::PR_GET_SECCOMP as u32,
    libc::PR_CAPBSET_READ as u32,
    libc::PR_SET_TIMERSLACK as u32,
    libc::PR_GET_TIMERSLACK as u32,
    libc::PR_SET_THP_DISABLE as u32,
    libc::PR_GET_THP_DISABLE as u32,
    0x5356_4d41, // PR_SET_VMA: names of memory areas, set by allocators
];

const IOCTL: &[u32] = &[
    0x5401, // TCGETS: isatty
    0x5413, // TIOCGWINSZ: os.get_terminal_size
    0x540f, // TIOCGPGRP
    0x541b, // FIONREAD
    0x5421, // FIONBIO
    0x5450, // FIONCLEX
    0x5451, // FIOCLEX
    0x5429, // TIOCGSID
];

const SOCKET_OPTIONS: &[u32] = &[
    libc::SO_REUSEADDR as u32,
    libc::SO_KEEPALIVE as u32,
    libc::SO_LINGER as u32,
    libc::SO_PASSCRED as u32,
    libc::SO_RCVLOWAT as u32,
    libc::SO_RCVTIMEO as u32,
    libc::SO_SNDTIMEO as u32,
];

const FCNTL: &[u32] = &[
    libc::F_DUPFD as u32,
    libc::F_GETFD as u32,
    libc::F_SETFD as u32,
    libc::F_GETFL as u32,
    libc::F_SETFL as u32,
    libc::F_SETLK as u32, // a lock that others can feel needs a file open for writing: the run's own
    libc::F_SETLKW as u32,
    libc::F_SETOWN as u32,
    libc::F_GETOWN as u32,
    10, // F_SETSIG
    11, // F_GETSIG
    libc::F_DUPFD_CLOEXEC as u32,
    libc::F_SETPIPE_SZ as u32,
    libc::F_GETPIPE_SZ as u32,
    libc::F_GET_SEALS as u32,
];

/// Allowed under a condition.
pub const GUARDED: &[Guarded] = &[
    Guarded {
        name: "clone",
        number: libc::SYS_clone,
        check: Check::NoBits { arg: 0, bits: NEW_NAMESPACES },
        errno: libc::EPERM,
        at: ALWAYS,
        why: "threads and processes, but no namespaces: a user namespace opens kernel code that has had holes",
    },
    Guarded {
        name: "clone3",
        number: libc::SYS_clone3,
        check: Check::Never,
        errno: libc::ENOSYS,
        at: ALWAYS,
        why: "its flags lie in memory, where a filter cannot see them; the C library falls back to clone",
    },
    Guarded {
        name: "socket",
        number: libc::SYS_socket,
        check: Check::Never,
        errno: libc::EACCES,
        at: ALWAYS,
        why: "no network; the kernel's socket families are where its holes have been (AF_ALG, AF_VSOCK, AF_RDS, …)",
    },
    Guarded {
        name: "socketpair",
        number: libc::SYS_socketpair,
        check: Check::All(&[
            Check::OneOf { arg: 0, values: &[libc::AF_UNIX as u32] },
            Check::BitsOneOf { arg: 1, bits: 0xf, values: &[libc::SOCK_STREAM as u32, libc::SOCK_SEQPACKET as u32] },
        ]),
        errno: libc::EAFNOSUPPORT,
        at: ALWAYS,
        why: "a pipe with two ends; a datagram socket could be turned on another's address, which nothing mediates",
    },
    Guarded {
        name: "setsockopt",
        number: libc::SYS_setsockopt,
        check: Check::OneOf { arg: 2, values: SOCKET_OPTIONS },
        errno: libc::EPERM,
        at: ALWAYS,
        why: "not SO_SNDBUF: the kernel's memory behind a socket is counted by its usual size",
    },
    Guarded {
        name: "fcntl",
        number: libc::SYS_fcntl,
        check: Check::OneOf { arg: 1, values: FCNTL },
        errno: libc::EPERM,
        at: ALWAYS,
        why: "runs share the library's files: a lock that can be asked for, a lease or a notice would pass between them",
    },
    Guarded {
        name: "prctl",
        number: libc::SYS_prctl,
        check: Check::OneOf { arg: 0, values: PRCTL },
        errno: libc::EPERM,
        at: ALWAYS,
        why: "names, death signals and questions; nothing that changes what confines the run",
    },
    Guarded {
        name: "ioctl",
        number: libc::SYS_ioctl,
        check: Check::OneOf { arg: 1, values: IOCTL },
        errno: libc::ENOTTY,
        at: ALWAYS,
        why: "what Python asks of a stream; not TIOCSTI, TIOCLINUX, or file flags",
    },
    Guarded {
        name: "prlimit64",
        number: libc::SYS_prlimit64,
        check: Check::OneOf { arg: 0, values: &[0] },
        errno: libc::EPERM,
        at: ALWAYS,
        why: "limits of oneself",
    },
    Guarded {
        name: "sched_setaffinity",
        number: libc::SYS_sched_setaffinity,
        check: Check::OneOf { arg: 0, values: &[0] },
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "Landlock does not mediate it: a neighbour of the same user could be pinned",
    },
    Guarded {
        name: "setpriority",
        number: libc::SYS_setpriority,
        check: Check::All(&[Check::OneOf { arg: 0, values: &[0] }, Check::OneOf { arg: 1, values: &[0] }]),
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "as sched_setaffinity",
    },
    Guarded {
        name: "sched_setscheduler",
        number: libc::SYS_sched_setscheduler,
        check: Check::OneOf { arg: 0, values: &[0] },
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "as sched_setaffinity",
    },
    Guarded {
        name: "sched_setparam",
        number: libc::SYS_sched_setparam,
        check: Check::OneOf { arg: 0, values: &[0] },
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "as sched_setaffinity",
    },
    Guarded {
        name: "fchmod",
        number: libc::SYS_fchmod,
        check: Check::NoBits { arg: 1, bits: 0o6000 },
        errno: libc::EPERM,
        at: &[Level::Namespaces],
        why: "no set-user-id files",
    },
    Guarded {
        name: "fchmod",
        number: libc::SYS_fchmod,
        check: Check::Never,
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "a descriptor for reading is enough for it: an interpreter that this user owns could be made unusable",
    },
    Guarded {
        name: "fchmodat",
        number: libc::SYS_fchmodat,
        check: Check::NoBits { arg: 2, bits: 0o6000 },
        errno: libc::EPERM,
        at: &[Level::Namespaces],
        why: "no set-user-id files",
    },
    Guarded {
        name: "fchmodat",
        number: libc::SYS_fchmodat,
        check: Check::Never,
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "Landlock does not mediate modes: files of the same user anywhere could be changed by path",
    },
    Guarded {
        name: "utimensat",
        number: libc::SYS_utimensat,
        check: Check::Never,
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "as fchmod",
    },
    Guarded {
        name: "fchown",
        number: libc::SYS_fchown,
        check: Check::Never,
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "as fchmodat",
    },
    Guarded {
        name: "fchownat",
        number: libc::SYS_fchownat,
        check: Check::Never,
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "as fchmodat",
    },
    Guarded {
        name: "fallocate",
        number: libc::SYS_fallocate,
        check: Check::Never,
        errno: libc::EOPNOTSUPP,
        at: LANDLOCK,
        why: "it takes space past the limit on a file's size; the C library falls back to writing",
    },
    Guarded {
        name: "truncate",
        number: libc::SYS_truncate,
        check: Check::Never,
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "Landlock before ABI 3 does not mediate it",
    },
    Guarded {
        name: "setxattr",
        number: libc::SYS_setxattr,
        check: Check::Never,
        errno: libc::EOPNOTSUPP,
        at: LANDLOCK,
        why: "as fchmodat",
    },
    Guarded {
        name: "fsetxattr",
        number: libc::SYS_fsetxattr,
        check: Check::Never,
        errno: libc::EOPNOTSUPP,
        at: LANDLOCK,
        why: "as fchmodat",
    },
    Guarded {
        name: "mknodat",
        number: libc::SYS_mknodat,
        check: Check::NoBits { arg: 2, bits: 0o026000 },
        errno: libc::EPERM,
        at: ALWAYS,
        why: "files, FIFOs; no devices, no set-user-id files",
    },
    Guarded {
        name: "fchmodat2",
        number: 452,
        check: Check::Never,
        errno: libc::ENOSYS,
        at: ALWAYS,
        why: "the C library falls back to fchmodat",
    },
    Guarded {
        name: "io_uring_setup",
        number: libc::SYS_io_uring_setup,
        check: Check::Never,
        errno: libc::ENOSYS,
        at: ALWAYS,
        why: "a second way around every filter; libraries fall back",
    },
    Guarded {
        name: "io_uring_enter",
        number: libc::SYS_io_uring_enter,
        check: Check::Never,
        errno: libc::ENOSYS,
        at: ALWAYS,
        why: "as io_uring_setup",
    },
    Guarded {
        name: "io_uring_register",
        number: libc::SYS_io_uring_register,
        check: Check::Never,
        errno: libc::ENOSYS,
        at: ALWAYS,
        why: "as io_uring_setup",
    },
];

/// Older forms of guarded calls.
#[cfg(target_arch = "x86_64")]
pub const GUARDED_HERE: &[Guarded] = &[
    Guarded {
        name: "chmod",
        number: libc::SYS_chmod,
        check: Check::NoBits { arg: 1, bits: 0o6000 },
        errno: libc::EPERM,
        at: &[Level::Namespaces],
        why: "as fchmodat",
    },
    Guarded {
        name: "chmod",
        number: libc::SYS_chmod,
        check: Check::Never,
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "as fchmodat",
    },
    Guarded {
        name: "chown",
        number: libc::SYS_chown,
        check: Check::Never,
        errno: libc::EPERM,
        at: LANDLOCK,
        why: "as fchmodat",
    },
    Guarded {
        name: "mknod",
        number: libc::SYS_mknod,
        check: Check::NoBits { arg: 1, bits: 0o026000 },
        errno: libc::EPERM,
        at: ALWAYS,
        why: "as mknodat",
    },
];
/// Older forms of guarded calls.
#[cfg(not(target_arch = "x86_64"))]
pub const GUARDED_HERE: &[Guarded] = &[];
