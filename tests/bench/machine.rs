//! Where it was measured.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Serialize;

/// The machine, and what ran on it.
#[derive(Debug, Serialize)]
pub struct Machine {
    /// The processor's name.
    pub processor: String,
    /// How many this process may use.
    pub cores: usize,
    /// Memory, in GiB.
    pub memory_gb: f64,
    /// The kernel's release.
    pub kernel: String,
    /// The interpreter.
    pub python: String,
    /// The commit, and whether something was changed after it.
    pub commit: String,
    /// When.
    pub date: String,
    /// Processes that wanted a processor when it began: what else was going on.
    pub load: f64,
}

impl Machine {
    /// This one.
    pub fn here(python: &Path) -> Machine {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let field = |text: String, name: &str| -> Option<String> {
            let line = text.lines().find(|line| line.starts_with(name))?.to_owned();
            Some(line.split_once(':')?.1.trim().to_owned())
        };
        let memory = field(read("/proc/meminfo"), "MemTotal").and_then(|kb| kb.split(' ').next()?.parse::<f64>().ok());
        let folder = tests::folder().display().to_string();
        Machine {
            processor: field(read("/proc/cpuinfo"), "model name").unwrap_or_else(|| "unknown".into()),
            cores: cores(),
            memory_gb: memory.unwrap_or_default() / f64::from(1 << 20),
            kernel: read("/proc/sys/kernel/osrelease").trim().to_owned(),
            python: said(Command::new(python).arg("--version")),
            commit: said(Command::new("git").args(["-C", &folder, "describe", "--always", "--dirty", "--exclude=*"])),
            date: said(Command::new("date").args(["-u", "+%Y-%m-%d"])),
            load: read("/proc/loadavg").split(' ').next().and_then(|load| load.parse().ok()).unwrap_or_default(),
        }
    }
}

/// Processors that this process may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn said(command: &mut Command) -> String {
    command.output().map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}
