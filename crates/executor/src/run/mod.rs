//! One run: a job given to a cell, watched until the kernel says that it has ended.
//!
//! What is believed: the keeper (how the program ended, what it used), our own clock, our own count of its output,
//! and `/proc` (its tree's memory and processor time). What the cell says after its start may come from the program:
//! it is kept as a claim, in [`Report`].

pub mod frames;
mod glance;
mod graded;
mod handing;
mod hidden;
mod holder;
mod in_process;
mod live;
mod output;
mod proc;
mod relay;
mod spent;
mod tally;
mod watch;
mod words;

use std::io;
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

use crate::job::{FileOut, Finished, Job};
use crate::phase;
use crate::pool::{self, Cell, Remains, Warm};
use frames::Frame;
use live::{Ended, Live, Part};
pub use watch::own_memory;

/// Most bytes of collected files in one answer.
const COLLECT_MAX: u64 = 8 << 20;
/// Most reads of what a cell that has ended has left in its channel: more than a socket holds.
const LAST_READS: usize = 64;

/// A run that we lost track of. Nothing of it is the program's doing.
#[derive(Debug, thiserror::Error)]
pub enum Lost {
    /// The cell was gone before it took the job: another can have it.
    #[error("the cell was gone before it took the job")]
    BeforeStart(#[source] io::Error),
    /// The keeper went without a word.
    #[error("the keeper went away during the run")]
    During(#[source] io::Error),
    /// The service stood still meanwhile, for so long, and the run was late.
    #[error("the service stood still for {0:?} during the run")]
    StoodStill(Duration),
}

/// What a run depends on beside its job.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings {
    /// The size of a run's files when nothing else is said, in bytes.
    pub file_bytes: u64,
    /// Memory of a waiting cell: what it shares with its zygote is not the program's.
    pub baseline: u64,
}

/// What a graded run depends on beside its job.
#[derive(Debug, Clone, Copy)]
pub struct GradedSurroundings<'a> {
    /// For the program cell.
    pub program: Surroundings,
    /// For the tests cell.
    pub tests: Surroundings,
    /// Where another program cell comes from.
    pub programs: &'a Warm,
    /// How long to wait for it.
    pub patience: Duration,
}

/// Runs `job` in `cell`, which is used up.
///
/// # Errors
/// See [`Lost`].
pub async fn run(cell: Cell, job: &Job, around: Surroundings) -> Result<Finished, Lost> {
    let began = Instant::now();
    let mut live = Live::start(cell, job, Part::Plain, around, began).await.map_err(Lost::BeforeStart)?;
    let phase = phase!("run");
    let (end, folder) = live.end().await.map_err(Lost::During)?;
    drop(phase);
    let _phase = phase!("collect");
    for _ in 0..LAST_READS {
        while let Ok(Some(frame)) = live.frames.take() {
            if let Frame::Word(word) = frame {
                live.claims.take(word);
            }
        }
        if !live.hear_last() {
            break;
        }
    }
    let Ended { ending, wall, usage, output, report, folder } = live.finish(end, folder)?;
    let files = collect(folder, &job.collect).await;
    let (stdout, stderr, truncated) = output.finish();
    Ok(Finished { ending, stdout, stderr, truncated, wall, usage, report, files, grading: None })
}

/// Runs `job` in `program` with its tests in `tests`; both are used up.
///
/// # Errors
/// See [`Lost`].
pub async fn graded(program: Cell, tests: Cell, job: &Job, around: GradedSurroundings<'_>) -> Result<Finished, Lost> {
    graded::run(program, tests, job, around).await
}

/// Runs `job` and its tests in one cell, which is used up.
///
/// # Errors
/// See [`Lost`].
pub async fn in_process(cell: Cell, job: &Job, around: Surroundings) -> Result<Finished, Lost> {
    in_process::run(cell, job, around).await
}

/// The files that were asked for.
async fn collect(folder: Option<Remains>, wanted: &[String]) -> Vec<FileOut> {
    let Some(folder) = folder.filter(|_| !wanted.is_empty()) else { return Vec::new() };
    let mut set = globset::GlobSetBuilder::new();
    for glob in wanted {
        if let Ok(glob) = globset::GlobBuilder::new(glob).literal_separator(true).build() {
            set.add(glob);
        }
    }
    let Ok(set) = set.build() else { return Vec::new() };
    let collected = tokio::task::spawn_blocking(move || pool::collect(folder.as_fd(), &set, COLLECT_MAX)).await;
    match collected {
        Ok(Ok(files)) => files,
        Ok(Err(error)) => {
            tracing::warn!(%error, "a run's folder could not be read");
            Vec::new()
        }
        Err(_) => Vec::new(),
    }
}
