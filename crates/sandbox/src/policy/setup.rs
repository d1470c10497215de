//! What a zygote, a keeper, and a cell on its way need beyond what programs may: the first filter allows it, the second,
//! which a cell enters last, no more.

use crate::level::Level;

/// A call that builds a run's surroundings.
#[derive(Debug, Clone, Copy)]
pub struct Setup {
    /// Its name.
    pub name: &'static str,
    /// Its number.
    pub number: i64,
    /// At which levels.
    pub at: &'static [Level],
    /// What for.
    pub why: &'static str,
}

const ALWAYS: &[Level] = &[Level::Namespaces, Level::Landlock];
const LANDLOCK: &[Level] = &[Level::Landlock];

/// All of them.
pub const SETUP: &[Setup] = &[
    Setup { name: "clone", number: libc::SYS_clone, at: ALWAYS, why: "a keeper in namespaces of its own; its cell" },
    Setup { name: "clone3", number: libc::SYS_clone3, at: ALWAYS, why: "a cell that is started in its cgroup" },
    Setup { name: "mount", number: libc::SYS_mount, at: &[Level::Namespaces], why: "the run's tmpfs, and its size" },
    Setup { name: "prctl", number: libc::SYS_prctl, at: &[Level::Namespaces], why: "the bounding set is emptied" },
    Setup { name: "capset", number: libc::SYS_capset, at: ALWAYS, why: "capabilities are dropped" },
    Setup {
        name: "landlock_create_ruleset",
        number: libc::SYS_landlock_create_ruleset,
        at: LANDLOCK,
        why: "a rule set with the run's own folder",
    },
    Setup {
        name: "landlock_add_rule",
        number: libc::SYS_landlock_add_rule,
        at: LANDLOCK,
        why: "as landlock_create_ruleset",
    },
    Setup {
        name: "landlock_restrict_self",
        number: libc::SYS_landlock_restrict_self,
        at: ALWAYS,
        why: "the rule set is entered",
    },
    Setup { name: "seccomp", number: libc::SYS_seccomp, at: ALWAYS, why: "the second filter is entered" },
    Setup {
        name: "prlimit64",
        number: libc::SYS_prlimit64,
        at: LANDLOCK,
        why: "what is to be killed may not fork any more",
    },
    Setup { name: "ioctl", number: libc::SYS_ioctl, at: LANDLOCK, why: "keepers answer the forks that ask them" },
];
