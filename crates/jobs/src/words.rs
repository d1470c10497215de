//! What engines and their users say to each other.

use std::fmt;
use std::time::SystemTime;

use api::{BatchProgress, CallbackStatus, JobPriority, JobStatus};

use crate::{Id, digest};

/// On whose behalf something is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tenant(String);

impl Tenant {
    /// The holder of a key. Of the key itself nothing is kept.
    pub fn of_key(key: &str) -> Tenant {
        Tenant(digest(&[b"tenant\0", key.as_bytes()])[..32].to_owned())
    }

    /// Everybody, where no keys are needed.
    pub fn anonymous() -> Tenant {
        Tenant("anonymous".into())
    }

    /// What an engine kept of one.
    pub fn kept(text: String) -> Tenant {
        Tenant(text)
    }

    /// Lower-case letters and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What one request asks for.
#[derive(Debug, Clone)]
pub struct Submission {
    /// On whose behalf.
    pub tenant: Tenant,
    /// The batch, unless it is a single job.
    pub batch: Option<NewBatch>,
    /// The jobs, in order; each id once.
    pub jobs: Vec<NewJob>,
}

/// A batch to be taken on.
#[derive(Debug, Clone)]
pub struct NewBatch {
    /// Its name.
    pub id: Id,
    /// Digest of all that the request asks for: the same name with another digest is another request.
    pub digest: String,
    /// Where to tell of its end.
    pub callback: Option<String>,
}

/// A job to be taken on.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Its name.
    pub id: Id,
    /// As of a batch.
    pub digest: String,
    /// The body of a `POST /execute` that keeps every rule.
    pub body: Vec<u8>,
    /// Which line it waits in.
    pub priority: JobPriority,
    /// The caller's label.
    pub exercise: Option<String>,
    /// Where to tell of its end.
    pub callback: Option<String>,
}

/// What was taken on: everything that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// How many jobs are new; the rest was known by its name.
    pub fresh: usize,
}

/// Why nothing was taken on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The tenant has as many jobs as it may.
    Full {
        /// So many wait or run.
        waiting: usize,
        /// So many may.
        limit: usize,
    },
    /// A name that was used for another request: of the batch (`None`), or of the job at this place.
    KeyReused(Option<usize>),
}

/// Under which a delivery or a callback is held. Only the engine that gave it knows what it says.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Lease(pub(crate) String);

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lease({})", self.0)
    }
}

/// A job to be run now.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// To settle it by.
    pub lease: Lease,
    /// Its name.
    pub id: String,
    /// The body of a `POST /execute`.
    pub body: Vec<u8>,
    /// Which line it waited in.
    pub priority: JobPriority,
    /// How often it was delivered, this time included.
    pub deliveries: u32,
}

/// What a heartbeat is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pulse {
    /// Go on.
    Go,
    /// The job was cancelled, has ended, or was given to another: what is made of it here is of no use.
    Stop,
}

/// What became of a delivery.
#[derive(Debug, Clone)]
pub enum Settlement {
    /// It was run: an `ExecuteResponse` as JSON.
    Done(Vec<u8>),
    /// It was not begun, or not through any doing of its own: it goes back to the head of its line.
    Released,
    /// The run was lost: as if the executor had been.
    Lost(String),
    /// It can never be run; why, for the caller.
    SetAside(String),
}

/// How far a job has come.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// It waits.
    Queued,
    /// An executor has it.
    Running,
    /// An `ExecuteResponse` as JSON.
    Done(Vec<u8>),
    /// Why.
    SetAside(String),
    /// Before it had a result.
    Cancelled,
}

impl State {
    /// Its name on the wire.
    pub fn status(&self) -> JobStatus {
        match self {
            State::Queued => JobStatus::Queued,
            State::Running => JobStatus::Running,
            State::Done(_) => JobStatus::Done,
            State::SetAside(_) => JobStatus::SetAside,
            State::Cancelled => JobStatus::Cancelled,
        }
    }
}

/// A job as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its name.
    pub id: String,
    /// How far it has come.
    pub state: State,
    /// Which line it waits in.
    pub priority: JobPriority,
    /// The caller's label.
    pub exercise: Option<String>,
    /// When it was taken on.
    pub created: SystemTime,
    /// When it was last delivered.
    pub started: Option<SystemTime>,
    /// When it ended.
    pub ended: Option<SystemTime>,
    /// How often it was delivered.
    pub deliveries: u32,
    /// Its callback.
    pub callback: Option<Callback>,
}

/// A batch as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// Its name.
    pub id: String,
    /// How many jobs have come how far.
    pub progress: BatchProgress,
    /// When it was taken on.
    pub created: SystemTime,
    /// When its last job ended.
    pub ended: Option<SystemTime>,
    /// Its jobs, in order.
    pub jobs: Vec<String>,
    /// Its callback.
    pub callback: Option<Callback>,
}

/// Jobs of a batch that have ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Events {
    /// Each with its number; they rise, and need not be consecutive.
    pub events: Vec<(u64, Job)>,
    /// After these there will be none.
    pub complete: bool,
}

/// How a callback fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// How far it has come.
    pub status: CallbackStatus,
    /// How often it was tried.
    pub attempts: u32,
    /// What the last try met.
    pub error: Option<String>,
}

/// A callback to be made now.
#[derive(Debug, Clone)]
pub struct Call {
    /// To answer by.
    pub lease: Lease,
    /// The same in every try: the receiver knows by it what it has seen.
    pub id: String,
    /// Where.
    pub url: String,
    /// What about.
    pub subject: CallSubject,
    /// How often it was tried before.
    pub attempts: u32,
}

/// What a callback is about.
#[derive(Debug, Clone)]
pub enum CallSubject {
    /// A job that has ended.
    Job(Box<Job>),
    /// A batch that has.
    Batch(Box<Batch>),
}

/// What became of a callback.
#[derive(Debug, Clone)]
pub enum Called {
    /// The other side took it.
    Delivered,
    /// It did not: why, and when to try again.
    Later(String, std::time::Duration),
    /// It did not, and is not asked again: why.
    GivenUp(String),
}

/// How things stand, of all tenants together. The counters count since this process was started.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Stats {
    /// Interactive jobs that wait.
    pub queued_interactive: usize,
    /// Bulk jobs that wait.
    pub queued_bulk: usize,
    /// Jobs that executors have.
    pub running: usize,
    /// How long the oldest job that waits has waited; zero when none does.
    pub oldest: std::time::Duration,
    /// Jobs that were delivered once more.
    pub redelivered: u64,
    /// Jobs that were set aside.
    pub set_aside: u64,
    /// Callbacks that were given up.
    pub given_up: u64,
}
