//! Jobs: what `POST /jobs` took on is run here, when there is room.
//!
//! Theory of operation. An engine ([`jobs::Engine`]) keeps the jobs; this module is one of those who work for it. It
//! starts no processes of its own: a job is run as a `POST /execute` is, by the same rules and in the same sandbox.
//!
//! ```text
//! pull ──> next(as many as there is room for) ──> a task for each ──> execute ──> recorder ──> settle(some together)
//!          twice: whatever is next, and interactive jobs alone, which may have places that bulk may not
//! beat ──> heartbeat(all that is in hand), every second ──> whoever is to stop is told
//! sweep ─> leases that have ended, results that are too old
//! tell ──> calls(that are due) ──> a task for each ──> the caller's server ──> called
//! ```
//!
//! *Who comes first.* Somebody who waits for `POST /execute` comes before every job, and interactive jobs before bulk: bulk has
//! a quarter of the places while `/execute` was asked within the last second, and not the last one for a minute more.
//!
//! *Whose fault.* What the program did is its result. A run that was lost is `Lost`, which counts towards setting the job
//! aside; no room or the end of the service is `Released`, which does not; a body that the rules of this service refuse
//! (it was taken on under others) is set aside at once, with the reason. Nothing of ours is ever a result.
//!
//! *The end.* After the signal nothing more is pulled; what runs has the grace period and is then given back.

mod calls;
mod recorder;
mod room;
mod run;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jobs::nats::Nats;
use jobs::sqlite::Sqlite;
use jobs::{EngineError, Lease, Pulse};
use tokio::task::JoinHandle;

use crate::config::{JobsConfig, JobsPlace};
use crate::http::App;
use recorder::Recorder;
use room::{Room, Wanted};
use run::InHand;

/// Between two heartbeats: a job that is cancelled elsewhere ends this soon.
const BEAT: Duration = Duration::from_secs(1);
/// Between two sweeps.
const SWEEP: Duration = Duration::from_secs(5);
/// How long one question for jobs waits; who comes first may change meanwhile.
const PULL: Duration = Duration::from_millis(250);
/// How long to wait for room when nobody says that there is some: `/execute` takes places as well.
const ROOM: Duration = Duration::from_millis(10);
/// After an engine that cannot be had.
const AWAY: Duration = Duration::from_secs(1);

/// What keeps jobs, or why nothing does.
#[derive(Clone)]
pub enum Jobs {
    /// It is there.
    On(Arc<dyn jobs::Engine>),
    /// None are taken.
    Off {
        /// Why.
        why: String,
    },
}

impl Jobs {
    /// Opens what the configuration names.
    ///
    /// # Errors
    /// The operator named it, and it cannot be had.
    pub async fn open(config: &JobsConfig) -> Result<Jobs, EngineError> {
        match &config.place {
            JobsPlace::Off => Ok(Jobs::Off { why: "JOBS_URL=off, or there is no state folder".into() }),
            JobsPlace::File { path, named } => match Sqlite::open(path, config.options).await {
                Ok(engine) => Ok(Jobs::On(Arc::new(engine))),
                Err(error) if *named => Err(error),
                Err(error) => {
                    tracing::warn!(%error, "no jobs are taken; JOBS_URL names another place for them");
                    Ok(Jobs::Off { why: error.to_string() })
                }
            },
            JobsPlace::Nats(url) => Ok(Jobs::On(Nats::open_or_await(url, config.options).await?)),
        }
    }

    /// The engine.
    ///
    /// # Errors
    /// Why there is none.
    pub fn engine(&self) -> Result<&Arc<dyn jobs::Engine>, &str> {
        match self {
            Jobs::On(engine) => Ok(engine),
            Jobs::Off { why } => Err(why),
        }
    }
}

/// The tasks that work on jobs; ended by [`Workers::close`].
pub struct Workers {
    engine: Arc<dyn jobs::Engine>,
    hand: Arc<InHand>,
    tasks: Vec<JoinHandle<()>>,
    /// End by themselves: what one has just taken must not be forgotten.
    pulls: Vec<JoinHandle<()>>,
    closing: Arc<AtomicBool>,
    /// Ends when nothing is left to record.
    recording: JoinHandle<()>,
}

impl Workers {
    /// Starts to work for the application's engine, if it has one.
    pub fn start(app: &Arc<App>) -> Option<Workers> {
        let engine = app.jobs().engine().ok()?.clone();
        let hand = Arc::new(InHand::default());
        let room = Arc::new(Room::new(app.clone()));
        let closing = Arc::new(AtomicBool::new(false));
        let mut pulls = Vec::new();
        let mut tasks = vec![tokio::spawn(sweep(engine.clone()))];
        if let Some(caller) = app.caller() {
            tasks.push(tokio::spawn(calls::make(caller.clone(), engine.clone())));
        }
        let (recorder, recording) = Recorder::start(engine.clone(), hand.clone(), app.config().jobs.options.lease);
        if app.config().jobs.workers > 0 {
            for what in [Wanted::Any, Wanted::Interactive] {
                let puller = Puller {
                    app: app.clone(),
                    engine: engine.clone(),
                    hand: hand.clone(),
                    recorder: recorder.clone(),
                    room: room.clone(),
                    closing: closing.clone(),
                };
                pulls.push(tokio::spawn(puller.pull(what)));
            }
            tasks.push(tokio::spawn(beat(app.clone(), engine.clone(), hand.clone())));
        }
        Some(Workers { engine, hand, tasks, pulls, closing, recording })
    }

    /// Ends what still runs, gives it back, and closes the engine.
    pub async fn close(self) {
        self.closing.store(true, Ordering::Release);
        for pull in self.pulls {
            let _ = pull.await;
        }
        self.tasks.iter().for_each(JoinHandle::abort);
        for task in self.tasks {
            let _ = task.await;
        }
        self.hand.end_all().await;
        // Nobody runs and nobody pulls: what was run is settled, and then it ends.
        let _ = self.recording.await;
        self.hand.give_all_back(&*self.engine).await;
        if let Err(error) = self.engine.close().await {
            tracing::warn!(%error, "the engine of jobs did not end as it should");
        }
    }
}

/// Takes jobs up, until the service stops.
struct Puller {
    app: Arc<App>,
    engine: Arc<dyn jobs::Engine>,
    hand: Arc<InHand>,
    recorder: Recorder,
    room: Arc<Room>,
    closing: Arc<AtomicBool>,
}

impl Puller {
    async fn pull(self, what: Wanted) {
        while !self.app.is_stopping() && !self.closing.load(Ordering::Acquire) {
            let freed = self.room.freed();
            let most = self.room.now(what);
            if most == 0 {
                let _ = tokio::time::timeout(ROOM, freed).await;
                continue;
            }
            match self.engine.next(most, what == Wanted::Interactive, PULL).await {
                Ok(deliveries) => {
                    for delivery in deliveries {
                        run::start(&self.app, &self.hand, &self.recorder, &self.room, delivery);
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "no jobs can be had");
                    tokio::time::sleep(AWAY).await;
                }
            }
        }
    }
}

/// Keeps leases alive, and ends runs that are of no use any more.
async fn beat(app: Arc<App>, engine: Arc<dyn jobs::Engine>, hand: Arc<InHand>) {
    let pause = BEAT.min(app.config().jobs.options.lease / 4);
    loop {
        let _ = tokio::time::timeout(pause, app.job_cancelled().notified()).await;
        let leases: Vec<Lease> = hand.leases();
        if leases.is_empty() {
            continue;
        }
        match engine.heartbeat(&leases).await {
            Ok(pulses) => {
                let stopped = leases.iter().zip(pulses).filter(|(_, pulse)| *pulse == Pulse::Stop);
                stopped.for_each(|(lease, _)| hand.stop(lease));
            }
            Err(error) => tracing::warn!(%error, "jobs in hand could not be kept"),
        }
    }
}

async fn sweep(engine: Arc<dyn jobs::Engine>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        if let Err(error) = engine.sweep().await {
            tracing::warn!(%error, "jobs could not be swept");
        }
    }
}
