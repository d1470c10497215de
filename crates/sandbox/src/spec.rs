//! What the service and the launcher say to each other before the zygote is warm.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::level::{Layer, Level};

/// What to launch. Sent as JSON, the first message on the command socket.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LaunchSpec {
    /// The level to build; the launcher builds exactly this or fails.
    pub level: Level,
    /// The interpreter, absolute; a virtual environment's own path finds its packages.
    pub interpreter: PathBuf,
    /// Folders that the interpreter needs beyond the policy's.
    pub prefixes: Vec<PathBuf>,
    /// Files and folders that no program may see although they lie in a granted folder: the service's own.
    pub hidden: Vec<PathBuf>,
    /// The user to become when started as root; its group has the same number.
    pub sandbox_uid: u32,
    /// Modules to import ahead instead of the runner's own list.
    pub preload: Option<Vec<String>>,
    /// Highest values that a job may ask for.
    pub ceilings: Ceilings,
    /// Size of a run's files when its job asks for nothing else, in bytes.
    pub file_bytes: u64,
    /// What its cells are for.
    pub role: Role,
    /// The cgroup of all zygotes, where cells get cgroups of their own: the launcher moves there before all else.
    pub group: Option<PathBuf>,
}

/// What a zygote's cells are for: what is imported ahead depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Programs.
    Program,
    /// Tests of programs.
    Tests,
}

/// Highest values that a job may ask for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Ceilings {
    /// Memory, in bytes.
    pub memory_bytes: u64,
    /// Processes and threads.
    pub processes: u32,
    /// Files, in bytes.
    pub file_bytes: u64,
}

/// What the launcher says, as JSON, before it turns into the zygote.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum LauncherWord {
    /// The outer sandbox stands.
    Built {
        /// Its layers.
        layers: Vec<Layer>,
    },
    /// It could not be built.
    Failed(LaunchFailure),
}

/// The step that failed, what the kernel said, and what would help.
#[derive(Debug, Clone, Serialize, Deserialize, thiserror::Error)]
#[error("{layer}: {step}: {reason}")]
pub struct LaunchFailure {
    /// The layer that the step belongs to.
    pub layer: String,
    /// What was tried, on what.
    pub step: String,
    /// What the kernel said.
    pub reason: String,
    /// The errno behind it, if there is one.
    pub errno: Option<i32>,
    /// What would turn the layer on.
    pub hint: Option<String>,
}
