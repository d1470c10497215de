//! Settles what was run, many at a time.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jobs::{Engine, Lease, Priority, Settlement};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::run::InHand;

/// How long a bulk result waits for others: its place is free already, and a flush for each would cost a quarter of a run.
const LINGER: Duration = Duration::from_millis(25);
/// Most in one call.
const TOGETHER: usize = 64;
/// Between the first tries; each is twice the one before.
const AGAIN: Duration = Duration::from_millis(100);
const AGAIN_MAX: Duration = Duration::from_secs(5);

/// Takes settlements.
#[derive(Debug, Clone)]
pub(super) struct Recorder(mpsc::UnboundedSender<(Priority, Lease, Settlement)>);

impl Recorder {
    /// One that settles with `engine` and takes out of `hand` what is settled. An engine that is away is asked again for as
    /// long as a lease lasts, `lasting`; after that another service has the jobs.
    pub fn start(engine: Arc<dyn Engine>, hand: Arc<InHand>, lasting: Duration) -> (Recorder, JoinHandle<()>) {
        // As many can wait as jobs are in hand.
        let (sender, mut receiver) = mpsc::unbounded_channel();
        let task = tokio::spawn(async move {
            while let Some((priority, lease, settlement)) = receiver.recv().await {
                let mut together = vec![(lease, settlement)];
                let mut waits = priority == Priority::Bulk;
                let until = tokio::time::Instant::now() + LINGER;
                while together.len() < TOGETHER {
                    let more = if waits {
                        tokio::time::timeout_at(until, receiver.recv()).await.ok().flatten()
                    } else {
                        receiver.try_recv().ok()
                    };
                    let Some((priority, lease, settlement)) = more else { break };
                    waits &= priority == Priority::Bulk;
                    together.push((lease, settlement));
                }
                settle(&*engine, &together, lasting).await;
                together.iter().for_each(|(lease, _)| hand.forget(lease));
            }
        });
        (Recorder(sender), task)
    }

    /// Has one settled.
    pub fn record(&self, priority: Priority, lease: Lease, settlement: Settlement) {
        // Nobody listens any more: the lease ends by itself.
        let _ = self.0.send((priority, lease, settlement));
    }
}

async fn settle(engine: &dyn Engine, together: &[(Lease, Settlement)], lasting: Duration) {
    let until = Instant::now() + lasting;
    let mut pause = AGAIN;
    while let Err(error) = engine.settle(together.to_vec()).await {
        tracing::warn!(%error, jobs = together.len(), "jobs could not be settled");
        if Instant::now() + pause > until {
            return;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(AGAIN_MAX);
    }
}
