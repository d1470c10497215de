//! One job: run, and settled.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jobs::{Delivery, Lease, Settlement};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::room::{Entered, Room};
use crate::http::App;
use crate::job::RunError;
use crate::verdict::{self, Terms};

/// Between the first tries to settle; each is twice the one before, up to the lease.
const AGAIN: Duration = Duration::from_millis(100);

/// The deliveries that this service holds.
#[derive(Default)]
pub(super) struct InHand(Mutex<HashMap<Lease, Held>>);

struct Held {
    /// Dropped or used: the run ends.
    stop: Option<oneshot::Sender<()>>,
    task: Option<JoinHandle<()>>,
}

impl InHand {
    fn lock(&self) -> MutexGuard<'_, HashMap<Lease, Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Those that are to be kept alive.
    pub fn leases(&self) -> Vec<Lease> {
        self.lock().keys().cloned().collect()
    }

    /// Ends a run that is of no use any more.
    pub fn stop(&self, lease: &Lease) {
        if let Some(stop) = self.lock().get_mut(lease).and_then(|held| held.stop.take()) {
            let _ = stop.send(());
        }
    }

    /// Ends all runs and gives the jobs back.
    pub async fn give_all_back(&self, engine: &dyn jobs::Engine) {
        let held: Vec<(Lease, Held)> = self.lock().drain().collect();
        let mut back = Vec::with_capacity(held.len());
        for (lease, held) in held {
            if let Some(task) = held.task {
                task.abort();
                let _ = task.await;
            }
            back.push((lease, Settlement::Released));
        }
        if back.is_empty() {
            return;
        }
        if let Err(error) = engine.settle(back).await {
            tracing::warn!(%error, "jobs could not be given back; another service gets them when their leases end");
        }
    }
}

/// Starts a job.
pub(super) fn start(
    app: &Arc<App>,
    engine: &Arc<dyn jobs::Engine>,
    hand: &Arc<InHand>,
    room: &Arc<Room>,
    delivery: Delivery,
) {
    let (stop, stopped) = oneshot::channel();
    let lease = delivery.lease.clone();
    let entered = room.enter(delivery.priority);
    // Under the lock: the task may end before it is known otherwise.
    let mut all = hand.lock();
    let work = work(app.clone(), engine.clone(), hand.clone(), entered, delivery, stopped);
    all.insert(lease, Held { stop: Some(stop), task: Some(tokio::spawn(work)) });
}

async fn work(
    app: Arc<App>,
    engine: Arc<dyn jobs::Engine>,
    hand: Arc<InHand>,
    entered: Entered,
    delivery: Delivery,
    stopped: oneshot::Receiver<()>,
) {
    let _in_flight = app.in_flight().enter();
    let lease = delivery.lease.clone();
    let settlement = tokio::select! {
        settlement = run(&app, &delivery) => Some(settlement),
        // The future is dropped, and the run with it.
        _ = stopped => None,
    };
    drop(entered);
    if let Some(settlement) = settlement {
        settle(&*engine, &lease, settlement, app.config().jobs.options.lease).await;
    }
    hand.lock().remove(&lease);
}

/// Runs it as `POST /execute` would.
async fn run(app: &App, delivery: &Delivery) -> Settlement {
    let accepted = match app.rules().check(&delivery.body) {
        Ok(accepted) => accepted,
        Err(problem) => {
            let why = format!("It was taken on, but this service refuses it: {}", problem.error);
            return Settlement::SetAside(why);
        }
    };
    let hide = accepted.job.tests.as_ref().is_some_and(|tests| tests.hide);
    let terms = Terms { limits: accepted.job.limits, trim: accepted.trim, hide };
    let began = Instant::now();
    let finished = match app.engine().execute(accepted.job).await {
        Ok(finished) => finished,
        Err(RunError::Lost(why)) => {
            tracing::error!(job = delivery.id, deliveries = delivery.deliveries, why, "a job was lost");
            return Settlement::Lost("its run was lost".into());
        }
        Err(error @ (RunError::Full { .. } | RunError::Stopping | RunError::NoCell(_))) => {
            tracing::warn!(job = delivery.id, %error, "a job is given back");
            return Settlement::Released;
        }
    };
    let wall = finished.wall;
    let answer = verdict::response(finished, &terms);
    app.metrics().ran(answer.status, began.elapsed(), wall);
    tracing::info!(job = delivery.id, status = answer.status.name(), deliveries = delivery.deliveries, "job run");
    // A wire type holds nothing that JSON cannot.
    Settlement::Done(serde_json::to_vec(&answer).unwrap_or_default())
}

/// Records it. An engine that is away is asked again for as long as the lease would last; after that another service has
/// the job.
async fn settle(engine: &dyn jobs::Engine, lease: &Lease, settlement: Settlement, lasting: Duration) {
    let until = Instant::now() + lasting;
    let mut pause = AGAIN;
    while let Err(error) = engine.settle(vec![(lease.clone(), settlement.clone())]).await {
        tracing::warn!(%error, "a job could not be settled");
        if Instant::now() + pause > until {
            return;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}
