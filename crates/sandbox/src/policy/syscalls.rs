//! The system calls of a program: an allow-list.
//!
//! A listed call is allowed, or allowed where its [`Check`] holds, and otherwise answers an errno. A call that is not
//! listed answers EPERM; a number that the kernel of this policy's day did not know answers ENOSYS, as an older
//! kernel would, so that libraries take their fallback. A kill is left for calls of another architecture, which no
//! program makes by accident.

use crate::level::Level;

/// A condition on a call's arguments. Comparisons look at the low 32 bits, as the kernel does for these arguments.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// None of these bits is set.
    NoBits {
        /// Which argument, from 0.
        arg: u8,
        /// The bits.
        bits: u32,
    },
    /// One of these values.
    OneOf {
        /// Which argument, from 0.
        arg: u8,
        /// The values.
        values: &'static [u32],
    },
    /// All of these.
    All(&'static [Check]),
    /// One of these values, of these bits.
    BitsOneOf {
        /// Which argument, from 0.
        arg: u8,
        /// The bits that are looked at.
        bits: u32,
        /// The values.
        values: &'static [u32],
    },
    /// Never.
    Never,
}

/// A call with a condition.
#[derive(Debug, Clone, Copy)]
pub struct Guarded {
    /// Its name.
    pub name: &'static str,
    /// Its number.
    pub number: i64,
    /// When it is allowed.
    pub check: Check,
    /// What it answers otherwise.
    pub errno: i32,
    /// At which levels the condition holds; elsewhere the call is allowed as it is.
    pub at: &'static [Level],
    /// Why.
    pub why: &'static str,
}

/// Calls that need no condition, and why programs need them.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// Why.
    pub why: &'static str,
    /// Names and numbers.
    pub calls: &'static [(&'static str, i64)],
}

macro_rules! calls {
    ($($name:ident)*) => { &[$((stringify!($name), libc::$name as i64)),*] };
}

/// Allowed without a condition.
pub const ALLOWED: &[Group] = &[
    Group {
        why: "reading and writing what is open",
        calls: calls!(SYS_read SYS_write SYS_readv SYS_writev SYS_pread64 SYS_pwrite64 SYS_preadv SYS_pwritev SYS_preadv2
            SYS_pwritev2 SYS_lseek SYS_close SYS_close_range SYS_fsync SYS_fdatasync SYS_ftruncate
            SYS_sendfile SYS_copy_file_range SYS_splice SYS_tee SYS_fadvise64 SYS_readahead
            SYS_sync_file_range SYS_dup SYS_dup3 SYS_pipe2),
    },
    Group {
        why: "files and folders; what may be reached is Landlock's and the mount namespace's to say",
        calls: calls!(SYS_openat SYS_fstat SYS_newfstatat SYS_statx SYS_statfs SYS_fstatfs SYS_faccessat SYS_faccessat2
            SYS_readlinkat SYS_getdents64 SYS_getcwd SYS_chdir SYS_fchdir SYS_mkdirat SYS_unlinkat SYS_renameat
            SYS_renameat2 SYS_linkat SYS_symlinkat SYS_umask SYS_getxattr SYS_lgetxattr SYS_fgetxattr SYS_listxattr
            SYS_llistxattr SYS_flistxattr),
    },
    Group {
        why: "memory of one's own",
        calls: calls!(SYS_mmap SYS_munmap SYS_mprotect SYS_mremap SYS_brk SYS_madvise SYS_msync SYS_mincore SYS_membarrier
            SYS_pkey_alloc SYS_pkey_free SYS_pkey_mprotect SYS_set_mempolicy SYS_get_mempolicy SYS_munlock SYS_munlockall),
    },
    Group {
        why: "threads, locks and scheduling of one's own",
        calls: calls!(SYS_futex SYS_set_robust_list SYS_get_robust_list SYS_set_tid_address SYS_gettid SYS_rseq
            SYS_sched_yield SYS_sched_getaffinity SYS_sched_getparam SYS_sched_getscheduler SYS_sched_get_priority_max
            SYS_sched_get_priority_min SYS_sched_rr_get_interval SYS_getcpu SYS_getpriority),
    },
    Group {
        why: "time and waiting",
        calls: calls!(SYS_clock_gettime SYS_clock_getres SYS_clock_nanosleep SYS_nanosleep SYS_gettimeofday SYS_times
            SYS_getitimer SYS_setitimer SYS_timer_create SYS_timer_settime SYS_timer_gettime SYS_timer_getoverrun
            SYS_timer_delete SYS_timerfd_create SYS_timerfd_settime SYS_timerfd_gettime SYS_pselect6 SYS_ppoll
            SYS_epoll_create1 SYS_epoll_ctl SYS_epoll_pwait SYS_epoll_pwait2 SYS_eventfd2),
    },
    Group {
        why: "processes of one's own: who they are, that they end",
        calls: calls!(SYS_getpid SYS_getppid SYS_getpgid SYS_setpgid SYS_getsid SYS_setsid SYS_getuid SYS_geteuid
            SYS_getgid SYS_getegid SYS_getresuid SYS_getresgid SYS_getgroups SYS_execve SYS_execveat SYS_exit
            SYS_exit_group SYS_wait4 SYS_waitid SYS_getrusage SYS_capget SYS_pidfd_open SYS_restart_syscall),
    },
    Group {
        why: "signals; whom they may reach is the pid namespace's or Landlock's to say",
        calls: calls!(SYS_rt_sigaction SYS_rt_sigprocmask SYS_rt_sigpending SYS_rt_sigsuspend SYS_rt_sigtimedwait
            SYS_rt_sigreturn SYS_sigaltstack SYS_signalfd4 SYS_kill SYS_tkill SYS_tgkill SYS_rt_sigqueueinfo
            SYS_rt_tgsigqueueinfo SYS_pidfd_send_signal),
    },
    Group {
        why: "a pair of sockets is a pipe with two ends (asyncio, multiprocessing)",
        calls: calls!(SYS_sendto SYS_recvfrom SYS_sendmsg SYS_recvmsg SYS_sendmmsg SYS_recvmmsg SYS_shutdown
            SYS_getsockname SYS_getpeername SYS_getsockopt),
    },
    Group { why: "facts about the machine that tell nothing of other runs", calls: calls!(SYS_uname SYS_getrandom) },
];

/// Allowed without a condition where the machine has them: older forms of the above.
#[cfg(target_arch = "x86_64")]
pub const ALLOWED_HERE: &[Group] = &[Group {
    why: "older forms of the above, still used by C libraries and by programs' own calls",
    calls: calls!(SYS_open SYS_creat SYS_stat SYS_lstat SYS_access SYS_readlink SYS_getdents SYS_mkdir SYS_rmdir SYS_unlink
        SYS_rename SYS_link SYS_symlink SYS_pipe SYS_dup2 SYS_select SYS_poll SYS_epoll_create SYS_epoll_wait
        SYS_eventfd SYS_signalfd SYS_alarm SYS_pause SYS_time SYS_getpgrp SYS_arch_prctl SYS_fork SYS_vfork
        SYS_getrlimit),
}];
/// Allowed without a condition where the machine has them: older forms of the above.
#[cfg(not(target_arch = "x86_64"))]
pub const ALLOWED_HERE: &[Group] = &[];

/// Calls that send signals: denied where nothing keeps them inside the run.
pub const SIGNALLING: &[i64] = &[
    libc::SYS_kill,
    libc::SYS_tkill,
    libc::SYS_tgkill,
    libc::SYS_rt_sigqueueinfo,
    libc::SYS_rt_tgsigqueueinfo,
    libc::SYS_pidfd_send_signal,
];

/// Calls that ask the keeper where it counts processes.
pub const SUPERVISED: &[i64] = &[
    libc::SYS_clone,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
];

/// Numbers that mean nothing: they answer ENOSYS, like those above [`LAST_KNOWN`].
#[cfg(target_arch = "x86_64")]
pub const GAP: std::ops::RangeInclusive<i64> = 335..=423;
/// Numbers that mean nothing: they answer ENOSYS, like those above [`LAST_KNOWN`].
#[cfg(not(target_arch = "x86_64"))]
pub const GAP: std::ops::RangeInclusive<i64> = 295..=402;

/// The highest number that this policy knows (file_setattr, Linux 6.17). Those above answer ENOSYS.
pub const LAST_KNOWN: i64 = 469;
