//! What of the file system a program may reach.

/// What is granted beneath a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read and execute.
    Execute,
    /// Read.
    Read,
    /// Read and write a device that has no effect.
    Device,
}

/// One path and why a program needs it. A path that the host does not have is left out.
#[derive(Debug, Clone, Copy)]
pub struct PathRule {
    /// The path, absolute.
    pub path: &'static str,
    /// What is granted.
    pub access: Access,
    /// Why.
    pub why: &'static str,
}

/// Paths of the host that every program may reach; the interpreter's own prefixes come with the runtime.
pub const PATHS: &[PathRule] = &[
    PathRule { path: "/usr/lib", access: Access::Execute, why: "shared libraries, the distribution's Python" },
    PathRule { path: "/usr/lib64", access: Access::Execute, why: "the dynamic linker" },
    PathRule { path: "/usr/bin", access: Access::Execute, why: "subprocess: what a shell script would call" },
    PathRule { path: "/usr/share/zoneinfo", access: Access::Read, why: "zoneinfo" },
    PathRule { path: "/lib", access: Access::Execute, why: "where it is no link to /usr/lib" },
    PathRule { path: "/lib64", access: Access::Execute, why: "as /lib" },
    PathRule { path: "/bin", access: Access::Execute, why: "as /lib" },
    PathRule { path: "/etc/ld.so.cache", access: Access::Read, why: "where shared libraries are" },
    PathRule { path: "/etc/alternatives", access: Access::Read, why: "the distribution's choice of linear algebra" },
    PathRule { path: "/dev/null", access: Access::Device, why: "subprocess.DEVNULL" },
    PathRule { path: "/dev/zero", access: Access::Device, why: "no effect" },
    PathRule { path: "/dev/full", access: Access::Device, why: "no effect" },
    PathRule { path: "/dev/random", access: Access::Device, why: "no effect" },
    PathRule { path: "/dev/urandom", access: Access::Device, why: "no effect" },
];

/// The run's tmpfs in the sandbox's tree. Its parent is where Landlock grants writing: the kernel looks for rules
/// beyond a mount point, not on it.
pub const MOUNT_PARENT: &str = "/home";
/// See [`MOUNT_PARENT`]; also the home folder in the sandbox's `/etc/passwd`.
pub const MOUNT_POINT: &str = "/home/learner";
/// The working directory of a run with namespaces.
pub const WORKDIR: &str = "/home/learner/work";
/// What `/tmp` leads to.
pub const TMP: &str = "/home/learner/tmp";
/// What `/dev/shm` leads to.
pub const SHM: &str = "/home/learner/shm";

/// The user and group that a program sees itself as, with namespaces.
pub const UID: u32 = 1000;

/// Files that the tree has instead of the host's.
pub const FILES: &[(&str, &str)] = &[
    ("/etc/passwd", "root:x:0:0:root:/:/bin/sh\nlearner:x:1000:1000:learner:/home/learner:/bin/sh\n"),
    ("/etc/group", "root:x:0:\nlearner:x:1000:\n"),
    ("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n"),
    ("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"),
];
