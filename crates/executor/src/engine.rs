//! What HTTP needs of the thing that runs programs, and all that it knows about it.

use std::path::PathBuf;
use std::pin::Pin;
use std::time::Duration;

use sandbox::level::{Layer, Level};

use crate::job::{Finished, Job, RunError};

/// A future that can be kept in a table of functions.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<Finished, RunError>> + Send + 'a>>;

/// Runs programs.
pub trait Engine: Send + Sync + 'static {
    /// Runs one job. Dropping the future kills the run and frees its place.
    fn execute(&self, job: Job) -> Running<'_>;

    /// How things stand; cheap. Names and order of the runtimes never change during an engine's life, since
    /// [`Job::runtime`] is an index into them.
    fn snapshot(&self) -> Snapshot;

    /// How many jobs would have a place at once; none while others wait for one.
    fn room(&self) -> usize;

    /// Takes no more jobs; those that run go on.
    fn stop(&self);
}

/// How things stand.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The level of isolation in force.
    pub level: Level,
    /// Every layer, on or off.
    pub layers: Vec<Layer>,
    /// The interpreters, the default one first.
    pub runtimes: Vec<RuntimeState>,
    /// Programs that run now.
    pub busy: usize,
    /// Jobs that wait for a place.
    pub queued: usize,
    /// Programs that can run at the same time.
    pub capacity: usize,
    /// No more jobs are taken.
    pub stopping: bool,
    /// Whether programs can be run, by experience.
    pub vitality: Vitality,
}

/// One interpreter, and how many of it wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuntimeState {
    /// Name in requests, such as `python3.11`.
    pub name: String,
    /// Full version.
    pub version: String,
    /// Which Python.
    pub implementation: String,
    /// Where it lies; for the log, not for callers.
    pub executable: PathBuf,
    /// How many wait for a program.
    pub warm: usize,
    /// How many wait for tests.
    pub warm_tests: usize,
}

/// Whether programs can be run. Rests on a real run of Python; the engine does the probing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vitality {
    /// In one word.
    pub state: Vital,
    /// Why it is not the best.
    pub reason: Option<String>,
    /// How long ago a run of Python last did what it should.
    pub last_run: Option<Duration>,
}

/// Whether programs can be run, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vital {
    /// They can.
    Healthy,
    /// They can, but something is not as it should be.
    Degraded,
    /// They cannot.
    Unhealthy,
}
