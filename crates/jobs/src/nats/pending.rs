//! An engine whose servers were away when the service started.
//!
//! A service that runs programs must not stay down because its jobs cannot be had: until the servers are there, all that
//! is asked fails as it does when they have gone since, and the service says so in `/health`.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::Nats;
use super::link::away;
use crate::{
    Accepted, Answer, Batch, Call, Called, Delivery, Engine, EngineError, Events, Job, Lease, Options, Pulse, Refused,
    Settlement, Stats, Submission, Tenant,
};

/// Between two tries.
const AGAIN: Duration = Duration::from_secs(1);

/// Opens itself when it can.
struct Pending {
    state: Arc<State>,
    opening: JoinHandle<()>,
}

struct State {
    engine: OnceLock<Nats>,
    /// Why it was not there when it was last tried.
    why: Mutex<String>,
}

impl Pending {
    /// One that could not be opened just now because of `error`.
    fn start(url: String, options: Options, error: &EngineError) -> Pending {
        tracing::warn!(%error, "there are no jobs until the NATS servers are there");
        let state = Arc::new(State { engine: OnceLock::new(), why: Mutex::new(error.to_string()) });
        let opened = state.clone();
        let opening = tokio::spawn(async move {
            loop {
                tokio::time::sleep(AGAIN).await;
                match Nats::open(&url, options).await {
                    Ok(engine) => {
                        tracing::info!("the NATS servers are there");
                        let _ = opened.engine.set(engine);
                        return;
                    }
                    Err(error) => *opened.why.lock().unwrap_or_else(PoisonError::into_inner) = error.to_string(),
                }
            }
        });
        Pending { state, opening }
    }

    fn with<'a, T: Send + 'a>(&'a self, ask: impl FnOnce(&'a Nats) -> Answer<'a, T>) -> Answer<'a, T> {
        match self.state.engine.get() {
            Some(engine) => ask(engine),
            None => {
                let why = self.state.why.lock().unwrap_or_else(PoisonError::into_inner).clone();
                Box::pin(std::future::ready(Err(away("there are no jobs yet", why))))
            }
        }
    }
}

impl Nats {
    /// As [`Nats::open`], but servers that are away are waited for by the engine itself.
    ///
    /// # Errors
    /// The address cannot be read, or the servers are there and refuse what it says.
    pub async fn open_or_await(url: &str, options: Options) -> Result<Arc<dyn Engine>, EngineError> {
        match Nats::open(url, options).await {
            Ok(engine) => Ok(Arc::new(engine)),
            Err(error @ EngineError::Away { .. }) => Ok(Arc::new(Pending::start(url.to_owned(), options, &error))),
            Err(error) => Err(error),
        }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.opening.abort();
    }
}

impl Engine for Pending {
    fn submit(&self, submission: Submission) -> Answer<'_, Result<Accepted, Refused>> {
        self.with(|engine| engine.submit(submission))
    }

    fn next(&self, most: usize, interactive_only: bool, patience: Duration) -> Answer<'_, Vec<Delivery>> {
        match self.state.engine.get() {
            Some(engine) => engine.next(most, interactive_only, patience),
            // As from servers that have none: it is no news, and was said when it began.
            None => Box::pin(async move {
                tokio::time::sleep(patience).await;
                Ok(Vec::new())
            }),
        }
    }

    fn heartbeat<'a>(&'a self, leases: &'a [Lease]) -> Answer<'a, Vec<Pulse>> {
        self.with(|engine| engine.heartbeat(leases))
    }

    fn settle(&self, settlements: Vec<(Lease, Settlement)>) -> Answer<'_, ()> {
        self.with(|engine| engine.settle(settlements))
    }

    fn job<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Job>> {
        self.with(|engine| engine.job(tenant, id))
    }

    fn batch<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Batch>> {
        self.with(|engine| engine.batch(tenant, id))
    }

    fn events<'a>(
        &'a self,
        tenant: &'a Tenant,
        batch: &'a str,
        after: u64,
        patience: Duration,
    ) -> Answer<'a, Option<Events>> {
        self.with(|engine| engine.events(tenant, batch, after, patience))
    }

    fn cancel<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Job>> {
        self.with(|engine| engine.cancel(tenant, id))
    }

    fn cancel_batch<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Batch>> {
        self.with(|engine| engine.cancel_batch(tenant, id))
    }

    fn calls(&self, most: usize, patience: Duration) -> Answer<'_, Vec<Call>> {
        match self.state.engine.get() {
            Some(engine) => engine.calls(most, patience),
            None => Box::pin(async move {
                tokio::time::sleep(patience).await;
                Ok(Vec::new())
            }),
        }
    }

    fn called(&self, call: Lease, what: Called) -> Answer<'_, ()> {
        self.with(|engine| engine.called(call, what))
    }

    fn sweep(&self) -> Answer<'_, ()> {
        match self.state.engine.get() {
            Some(engine) => engine.sweep(),
            None => Box::pin(std::future::ready(Ok(()))),
        }
    }

    fn stats(&self) -> Answer<'_, Stats> {
        self.with(Engine::stats)
    }

    fn name(&self) -> String {
        "nats".into()
    }

    fn close(&self) -> Answer<'_, ()> {
        self.opening.abort();
        match self.state.engine.get() {
            Some(engine) => engine.close(),
            None => Box::pin(std::future::ready(Ok(()))),
        }
    }
}
