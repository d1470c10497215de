//! The executor as a whole: runtimes, pools, admission.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use api::Integrity;
use sandbox::level::{Layer, Level};
use sandbox::spec::Ceilings;
use tokio::sync::Semaphore;

use crate::config::CgroupArg;
use crate::engine::{Engine, Running, RuntimeState, Snapshot};
use crate::job::{Finished, Job, RunError, Tests};
use crate::phase;
use crate::pool::{self, Cell, LaunchError, NoGroups, Unavailable, Warm, chain};
use crate::run::{self, GradedSurroundings, Lost, Surroundings};
use crate::runtime::{Runtime, UnusableRuntime};
use crate::standstill::{self, Standstill};
use crate::vitality::{self, Pulse};

mod start;

/// Which level the operator demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Demand {
    /// The best that can be had.
    #[default]
    Best,
    /// Exactly this one, or no start.
    Exactly(Level),
}

/// What an executor is made of.
#[derive(Debug, Clone)]
pub struct Options {
    /// Interpreters; the first is the default.
    pub python: Vec<PathBuf>,
    /// The level demanded.
    pub isolation: Demand,
    /// Whether runs get cgroups.
    pub cgroup: CgroupArg,
    /// Processors that a run may keep busy, where it has a cgroup.
    pub cpus: Option<f64>,
    /// What a run may use unless its job says otherwise, as far as a cgroup holds it.
    pub bounds: pool::Bounds,
    /// Highest limits that a job may ask for.
    pub ceilings: Ceilings,
    /// Size of a run's files unless its job says otherwise, in bytes.
    pub file_bytes: u64,
    /// Modules to import ahead instead of the default ones.
    pub preload: Option<Vec<String>>,
    /// The user to become when started as root.
    pub sandbox_uid: u32,
    /// Files that no program may see.
    pub hidden: Vec<PathBuf>,
    /// Cells that wait, and how long things last.
    pub pool: pool::Settings,
    /// Cells that wait for tests.
    pub tests: usize,
    /// Runs at the same time.
    pub capacity: usize,
    /// Runs that wait for a place.
    pub queue: usize,
    /// How long they wait at most.
    pub queue_patience: Duration,
}

/// Why an executor does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// An interpreter cannot be used.
    #[error(transparent)]
    Runtime(#[from] UnusableRuntime),
    /// No interpreter was named.
    #[error("PYTHON names no interpreter")]
    NoRuntime,
    /// The level that is demanded, or any at all, cannot be had.
    #[error("isolation level {level} cannot be had for {interpreter}; `python-executor doctor` tells more", level = .level.name())]
    Level {
        /// The level that was tried last.
        level: Level,
        /// For which interpreter.
        interpreter: String,
        /// What failed.
        #[source]
        source: LaunchError,
    },
    /// Cgroups are demanded, and there are none.
    #[error("CGROUP: {0}; {hint}", hint = .0.hint)]
    Groups(NoGroups),
    /// The temporary folder cannot be used.
    #[error("the folder for runs could not be made in the system's temporary folder")]
    Folder(#[source] std::io::Error),
}

/// A running executor. Dropping it ends everything that it started.
#[derive(Debug)]
pub struct Executor {
    runtimes: Vec<Runtime>,
    pools: Vec<Pools>,
    level: Level,
    layers: Vec<Layer>,
    options: Options,
    places: Semaphore,
    queued: AtomicUsize,
    busy: AtomicUsize,
    stopping: AtomicBool,
    pulse: Pulse,
    standstill: Standstill,
}

/// The cells of one runtime.
#[derive(Debug)]
struct Pools {
    programs: Pool,
    /// Of a zygote that has imported what tests need.
    tests: Pool,
}

/// Cells that wait for one thing.
#[derive(Debug)]
struct Pool {
    warm: Warm,
    /// Memory of a waiting cell.
    baseline: u64,
}

impl Pool {
    async fn take(&self) -> Result<Cell, Unavailable> {
        self.warm.take(CELL_PATIENCE).await
    }
}

/// Counts one while it lives.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(counter: &'a AtomicUsize) -> Counted<'a> {
        counter.fetch_add(1, Ordering::AcqRel);
        Counted(counter)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// How long a request with a place waits for a cell.
const CELL_PATIENCE: Duration = Duration::from_secs(10);

impl Executor {
    /// Starts every runtime at one level.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(options: Options) -> Result<Arc<Executor>, StartError> {
        let runtimes = Runtime::inspect_all(&options.python).await?;
        if runtimes.is_empty() {
            return Err(StartError::NoRuntime);
        }
        let mut why_not = None;
        let started = match options.isolation {
            Demand::Exactly(level) => start::start_level(&runtimes, level, &options).await?,
            Demand::Best => match start::start_level(&runtimes, Level::Namespaces, &options).await {
                Ok(started) => started,
                Err(StartError::Level { source, .. }) => {
                    tracing::warn!(reason = %chain(&source), "level namespaces cannot be had; trying landlock");
                    why_not = Some(start::missing(&source));
                    start::start_level(&runtimes, Level::Landlock, &options).await?
                }
                Err(other) => return Err(other),
            },
        };
        let mut layers = started.layers;
        layers.extend(why_not);
        let executor = Arc::new(Executor {
            runtimes,
            pools: started.pools,
            level: started.level,
            layers,
            places: Semaphore::new(options.capacity),
            options,
            queued: AtomicUsize::new(0),
            busy: AtomicUsize::new(0),
            stopping: AtomicBool::new(false),
            pulse: Pulse::default(),
            standstill: Standstill::default(),
        });
        tokio::spawn(vitality::keep_checking(Arc::downgrade(&executor)));
        tokio::spawn(standstill::keep_looking(Arc::downgrade(&executor)));
        Ok(executor)
    }

    /// Runs one job. Dropping the future kills the run and frees its place.
    ///
    /// # Errors
    /// Only what is not the program's doing: see [`RunError`].
    pub async fn run(&self, job: &Job) -> Result<Finished, RunError> {
        let _place = self.admit().await?;
        let _busy = Counted::new(&self.busy);
        let outcome = self.run_unadmitted(job).await;
        self.pulse.note(&outcome);
        outcome
    }

    /// Runs one job beside those that were admitted: for the service's own questions.
    ///
    /// # Errors
    /// As [`Executor::run`].
    pub async fn run_unadmitted(&self, job: &Job) -> Result<Finished, RunError> {
        // A cell that was gone before it took the job costs nothing; a run that was lost has had no effect outside
        // its sandbox, so it can be done again, once.
        let mut lost = 0;
        for _ in 0..8 {
            let began = Instant::now();
            let outcome = self.attempt(job).await.map_err(|e| RunError::NoCell(e.to_string()))?;
            match outcome.and_then(|finished| self.believe(finished, began)) {
                Ok(finished) => return Ok(finished),
                Err(error @ Lost::BeforeStart(_)) => {
                    tracing::warn!(error = %chain(&error), "a waiting cell was no use")
                }
                Err(error @ (Lost::During(_) | Lost::StoodStill(_))) => {
                    lost += 1;
                    tracing::warn!(error = %chain(&error), "a run was lost");
                    if lost > 1 {
                        return Err(RunError::Lost(chain(&error)));
                    }
                }
            }
        }
        Err(RunError::NoCell("one waiting cell after the other was no use".into()))
    }

    /// A run that was late is not believed where we ourselves were.
    fn believe(&self, finished: Finished, began: Instant) -> Result<Finished, Lost> {
        match finished.is_late().then(|| self.standstill.since(began)).flatten() {
            Some(away) => Err(Lost::StoodStill(away)),
            None => Ok(finished),
        }
    }

    /// Runs one job with cells of its own.
    async fn attempt(&self, job: &Job) -> Result<Result<Finished, Lost>, Unavailable> {
        let Pools { programs, tests } = &self.pools[job.runtime];
        let around = |pool: &Pool| Surroundings { file_bytes: self.options.file_bytes, baseline: pool.baseline };
        Ok(match &job.tests {
            None => run::run(programs.take().await?, job, around(programs)).await,
            Some(Tests { integrity: Integrity::InProcess, .. }) => {
                run::in_process(tests.take().await?, job, around(tests)).await
            }
            Some(Tests { integrity: Integrity::Isolated, .. }) => {
                let (program, examiner) = tokio::try_join!(programs.take(), tests.take())?;
                let around = GradedSurroundings {
                    program: around(programs),
                    tests: around(tests),
                    programs: &programs.warm,
                    patience: CELL_PATIENCE,
                };
                run::graded(program, examiner, job, around).await
            }
        })
    }

    /// A place for one run, at once or after a bounded wait.
    async fn admit(&self) -> Result<tokio::sync::SemaphorePermit<'_>, RunError> {
        let _phase = phase!("queue");
        if self.stopping.load(Ordering::Acquire) {
            return Err(RunError::Stopping);
        }
        let full = RunError::Full { retry_after: Duration::from_secs(1) };
        if let Ok(place) = self.places.try_acquire() {
            return Ok(place);
        }
        if self.queued.load(Ordering::Acquire) >= self.options.queue {
            return Err(full);
        }
        let _queued = Counted::new(&self.queued);
        match tokio::time::timeout(self.options.queue_patience, self.places.acquire()).await {
            Ok(Ok(_)) if self.stopping.load(Ordering::Acquire) => Err(RunError::Stopping),
            Ok(Ok(place)) => Ok(place),
            _ => Err(full),
        }
    }

    /// Runs a small program with each runtime.
    ///
    /// # Errors
    /// What kept one from running as it should.
    pub async fn try_out(&self) -> Result<(), String> {
        for runtime in 0..self.runtimes.len() {
            vitality::try_out(self, runtime).await?;
        }
        Ok(())
    }

    /// Ends the pools and waits until their launchers, and with them all their processes, are gone.
    pub async fn close(&self) {
        self.stop();
        for Pools { programs, tests } in &self.pools {
            tokio::join!(programs.warm.close(), tests.warm.close());
        }
    }

    /// Whether the service itself was there all the time.
    pub fn standstill(&self) -> &Standstill {
        &self.standstill
    }

    /// What is known of the last runs.
    pub fn pulse(&self) -> &Pulse {
        &self.pulse
    }
}

impl Engine for Executor {
    fn execute(&self, job: Job) -> Running<'_> {
        Box::pin(async move { self.run(&job).await })
    }

    fn snapshot(&self) -> Snapshot {
        let runtimes = self.runtimes.iter().zip(&self.pools).map(|(runtime, pools)| RuntimeState {
            name: runtime.name.clone(),
            version: runtime.version.clone(),
            implementation: runtime.implementation.clone(),
            executable: runtime.executable.clone(),
            warm: pools.programs.warm.waiting(),
            warm_tests: pools.tests.warm.waiting(),
        });
        Snapshot {
            level: self.level,
            layers: self.layers.clone(),
            runtimes: runtimes.collect(),
            busy: self.busy.load(Ordering::Relaxed),
            queued: self.queued.load(Ordering::Relaxed),
            capacity: self.options.capacity,
            stopping: self.stopping.load(Ordering::Relaxed),
            vitality: self.pulse.vitality(),
        }
    }

    fn room(&self) -> usize {
        match self.queued.load(Ordering::Acquire) {
            0 => self.places.available_permits(),
            _ => 0,
        }
    }

    fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }
}
