//! Resource limits of every cell, beside those that each job brings.

/// A limit and why it has this value.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// `RLIMIT_…`
    pub resource: u32,
    /// Its name, for `doctor`.
    pub name: &'static str,
    /// Soft and hard value.
    pub value: u64,
    /// Why.
    pub why: &'static str,
}

/// Descriptors of a program: what an ordinary login has, so that programs meet the limit where they would elsewhere.
pub const NOFILE: u64 = 1024;

/// The limits that are the same for every job.
pub const LIMITS: &[Limit] = &[
    Limit { resource: libc::RLIMIT_CORE, name: "core", value: 0, why: "a crash leaves no image of memory on any disk" },
    Limit { resource: libc::RLIMIT_NOFILE, name: "nofile", value: NOFILE, why: "descriptors are kernel memory" },
    Limit { resource: libc::RLIMIT_MEMLOCK, name: "memlock", value: 0, why: "locked pages escape reclaim" },
    Limit {
        resource: libc::RLIMIT_MSGQUEUE,
        name: "msgqueue",
        value: 0,
        why: "message queues are kernel memory that outlives a process",
    },
    Limit {
        resource: libc::RLIMIT_SIGPENDING,
        name: "sigpending",
        value: 256,
        why: "queued signals and timers are kernel memory",
    },
    Limit { resource: libc::RLIMIT_RTPRIO, name: "rtprio", value: 0, why: "a real-time loop would starve the host" },
    Limit { resource: libc::RLIMIT_NICE, name: "nice", value: 0, why: "no run goes before another" },
    Limit { resource: libc::RLIMIT_LOCKS, name: "locks", value: 64, why: "file locks are kernel memory" },
];

/// Size of a run's files unless the job says otherwise, in bytes. Counted as memory: it is a tmpfs.
pub const FILE_BYTES: u64 = 16 << 20;
/// Files and folders of a run. Each costs the kernel about a kilobyte beside its content.
pub const FILES: u64 = 4096;
