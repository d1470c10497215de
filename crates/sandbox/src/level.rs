//! Levels of isolation.

use serde::{Deserialize, Serialize};

/// What stands around every run beside the mandatory layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// User, pid and mount namespaces for each run; network, ipc, uts and cgroup namespaces around all of them.
    Namespaces,
    /// The mandatory layers alone: `no_new_privs`, no capabilities, seccomp, Landlock, limits.
    Landlock,
}

impl Level {
    /// Its name on the wire and in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Level::Namespaces => "namespaces",
            Level::Landlock => "landlock",
        }
    }
}

/// One layer of the sandbox, as it was found when it was entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Whether it is in force.
    pub on: bool,
    /// Why it is on or off.
    pub why: String,
    /// What would turn it on.
    pub hint: Option<String>,
}
