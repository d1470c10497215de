//! What is made of the measurements: JSON with all of them, Markdown and plots for people.

mod markdown;
mod plot;
mod targets;

use std::path::PathBuf;

use serde::Serialize;
use serde_json::Value;

use crate::Scale;
use crate::burst::Burst;
use crate::cpu::Spent;
use crate::growth::Growth;
use crate::machine::Machine;
use crate::memory::Waiting;
use crate::peers::Peer;
use crate::programs::Paced;
use crate::rates::Rates;
use crate::stats::Times;

/// All that was measured in one run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Where.
    pub machine: Machine,
    /// Level of isolation and its layers that were in force.
    pub layers: Vec<String>,
    /// Whether it was a quick look.
    pub quick: bool,
    /// How long all of it took, in seconds.
    pub took_s: f64,
    /// Programs at a pace.
    pub paced: Paced,
    /// Runs a second.
    pub rates: Rates,
    /// Processor time.
    pub cpu: Spent,
    /// Memory.
    pub memory: Waiting,
    /// From the start to the first answer.
    pub start: Times,
    /// Many at once.
    pub burst: Burst,
    /// Cells that wait for programs.
    pub pool: u64,
    /// Others.
    pub peers: Vec<Peer>,
    /// Curves.
    pub growth: Growth,
}

/// The level, then each layer that is on, by the body of `/health`.
pub fn layers(health: &Value) -> Vec<String> {
    let level = health["isolation"]["level"].as_str().expect("a level").to_owned();
    let all = health["isolation"]["layers"].as_array().expect("layers");
    let on = all.iter().filter(|layer| layer["on"] == true).filter_map(|layer| layer["name"].as_str());
    std::iter::once(level).chain(on.map(Into::into)).collect()
}

impl Report {
    /// Each target beside what was measured, in lines.
    pub fn summary(&self) -> String {
        targets::of(self).iter().map(|target| format!("{target}\n")).collect()
    }

    /// Writes it all: to `docs/bench`, a quick look to `target/bench`. The folder.
    pub fn write(&self, scale: &Scale) -> PathBuf {
        let root = tests::folder().parent().expect("this crate lies in the workspace").to_owned();
        let folder = root.join(if scale.is_quick { "target/bench" } else { "docs/bench" });
        std::fs::create_dir_all(&folder).expect("it can be made");
        let write = |name: &str, text: String| std::fs::write(folder.join(name), text).expect("it can be written");
        write("report.json", serde_json::to_string_pretty(self).expect("numbers and texts") + "\n");
        write("report.md", markdown::text(self));
        for curve in &self.growth.curves {
            write(&format!("{}.svg", curve.name), plot::svg(curve));
        }
        folder
    }
}
