//! One job: run, and settled.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use jobs::{Delivery, Lease, Settlement};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::recorder::Recorder;
use super::room::{Entered, Room};
use crate::http::App;
use crate::job::RunError;
use crate::verdict::{self, Terms};

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

    /// It is settled, or another's.
    pub fn forget(&self, lease: &Lease) {
        self.lock().remove(lease);
    }

    /// Ends a run that is of no use any more.
    pub fn stop(&self, lease: &Lease) {
        if let Some(stop) = self.lock().get_mut(lease).and_then(|held| held.stop.take()) {
            let _ = stop.send(());
        }
    }

    /// Ends all runs.
    pub async fn end_all(&self) {
        let tasks: Vec<JoinHandle<()>> = self.lock().values_mut().filter_map(|held| held.task.take()).collect();
        for task in tasks {
            task.abort();
            let _ = task.await;
        }
    }

    /// Gives back what was not settled.
    pub async fn give_all_back(&self, engine: &dyn jobs::Engine) {
        let back: Vec<_> = self.lock().drain().map(|(lease, _)| (lease, Settlement::Released)).collect();
        if back.is_empty() {
            return;
        }
        if let Err(error) = engine.settle(back).await {
            tracing::warn!(%error, "jobs could not be given back; another service gets them when their leases end");
        }
    }
}

/// Starts a job.
pub(super) fn start(app: &Arc<App>, hand: &Arc<InHand>, recorder: &Recorder, room: &Arc<Room>, delivery: Delivery) {
    let (stop, stopped) = oneshot::channel();
    let lease = delivery.lease.clone();
    let entered = room.enter(delivery.priority);
    // Under the lock: the task may end before it is known otherwise.
    let mut all = hand.lock();
    let work = work(app.clone(), hand.clone(), recorder.clone(), entered, delivery, stopped);
    all.insert(lease, Held { stop: Some(stop), task: Some(tokio::spawn(work)) });
}

async fn work(
    app: Arc<App>,
    hand: Arc<InHand>,
    recorder: Recorder,
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
    match settlement {
        Some(settlement) => recorder.record(delivery.priority, lease, settlement),
        None => hand.forget(&lease),
    }
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
