//! Jobs that outlive a process: what is kept of them, who takes them up, and what became of them.
//!
//! Theory of operation. Callers [submit](Engine::submit) jobs; executors pull as many as they have cells for
//! ([`Engine::next`]) and hold each under a [`Lease`] that they keep alive ([`Engine::heartbeat`]) until they
//! [settle](Engine::settle) it. A lease that is not kept alive ends, and the job is delivered again: delivery may repeat.
//! What is recorded does not: the first settlement of a job that ends it is the one that stays, later ones change
//! nothing. A job whose lease ended three times has taken its executor with it, or had much ill luck: it is set aside,
//! which is never a verdict on the program.
//!
//! Everything is asked on behalf of a [`Tenant`]; another one's jobs do not exist. Tenants share evenly, whatever one of
//! them submits, and interactive jobs come before bulk without starving it ([`Lanes`]).
//!
//! Two engines, one trait: [`sqlite`] keeps a file on one machine; [`nats`] keeps streams and buckets of a JetStream
//! cluster that many executors share.

mod id;
mod lanes;
pub mod nats;
pub mod sqlite;
mod words;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

pub use id::{Id, digest};
pub use lanes::{BULK_EVERY, Lanes};
pub use words::{
    Accepted, Batch, Call, CallSubject, Callback, Called, Delivery, Events, Job, Lease, NewBatch, NewJob, Pulse,
    Refused, Settlement, State, Stats, Submission, Tenant,
};

pub use api::{CallbackStatus, JobPriority as Priority};

/// What an engine is made with.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How long a lease lasts that is not kept alive.
    pub lease: Duration,
    /// After how many ended leases a job is set aside.
    pub deaths: u32,
    /// Most jobs of one tenant that wait or run.
    pub queue: usize,
    /// How long jobs and batches are kept after their end.
    pub keep: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options { lease: Duration::from_secs(30), deaths: 3, queue: 100_000, keep: Duration::from_secs(72 * 60 * 60) }
    }
}

/// A fault of the engine: nothing that a caller or a program did.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// `JOBS_URL` names nothing that could be an engine.
    #[error("{0}")]
    Address(String),
    /// Another process has the file.
    #[error("{0} is in use by another process; each executor needs a file of its own, or all of them NATS")]
    InUse(String),
    /// The file or the servers cannot be had.
    #[error("{what}: {why}")]
    Away {
        /// What was tried.
        what: &'static str,
        /// What came of it.
        why: String,
    },
    /// What is kept cannot be read: another version's, or damaged.
    #[error("{what}: {why}")]
    Unreadable {
        /// What was read.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

/// A future that can be kept in a table of functions.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, EngineError>> + Send + 'a>>;

/// Keeps jobs. All of it can be called by many tasks at a time; dropping a future loses nothing that was answered.
pub trait Engine: Send + Sync + 'static {
    /// Takes jobs on, all of them or none. When the answer comes they survive the death of this process.
    fn submit(&self, submission: Submission) -> Answer<'_, Result<Accepted, Refused>>;

    /// Jobs to run, at most `most`, at once or as soon as there is one, none after `patience`. With `interactive_only`
    /// bulk is left where it is. To be awaited to its end: what a dropped one had taken is held until its lease ends.
    fn next(&self, most: usize, interactive_only: bool, patience: Duration) -> Answer<'_, Vec<Delivery>>;

    /// Keeps leases alive; says for each, in the order given, whether to go on. Wanted at least three times in
    /// [`Options::lease`].
    fn heartbeat<'a>(&'a self, leases: &'a [Lease]) -> Answer<'a, Vec<Pulse>>;

    /// What became of deliveries. Of several settlements of one job, the first that ends it stays. When the answer comes
    /// it survives the death of this process.
    fn settle(&self, settlements: Vec<(Lease, Settlement)>) -> Answer<'_, ()>;

    /// A job: `None` where this tenant has none of this id.
    fn job<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Job>>;

    /// A batch.
    fn batch<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Batch>>;

    /// Jobs of a batch that have ended, in the order in which they did, after the event numbered `after` (0: from the
    /// first); at most a hundred, at least one unless the batch has no more or `patience` is over.
    fn events<'a>(
        &'a self,
        tenant: &'a Tenant,
        batch: &'a str,
        after: u64,
        patience: Duration,
    ) -> Answer<'a, Option<Events>>;

    /// Cancels a job: what waits never starts, what runs is told at its next heartbeat, what has ended stays. As it is
    /// afterwards.
    fn cancel<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Job>>;

    /// Cancels every job of a batch.
    fn cancel_batch<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Batch>>;

    /// Callbacks that are due, at most `most`, waiting for one at most `patience`. Each is held for a minute, then due again.
    fn calls(&self, most: usize, patience: Duration) -> Answer<'_, Vec<Call>>;

    /// What became of a callback.
    fn called(&self, call: Lease, what: Called) -> Answer<'_, ()>;

    /// Ends leases that were not kept alive, forgets what ended longer ago than [`Options::keep`]. Wanted every few seconds.
    fn sweep(&self) -> Answer<'_, ()>;

    /// How things stand; cheap.
    fn stats(&self) -> Answer<'_, Stats>;

    /// What it is, for `/health` and the log: `sqlite` or `nats`, without secrets.
    fn name(&self) -> String;

    /// Ends what it does beside its calls; what was taken and not settled is given back.
    fn close(&self) -> Answer<'_, ()>;
}
