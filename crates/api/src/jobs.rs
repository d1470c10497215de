//! `POST /jobs` and what can be asked about jobs and batches afterwards.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{ExecuteRequest, ExecuteResponse};

/// Most jobs in one batch.
pub const BATCH_MAX: usize = 1000;

/// A program to run later: the body of `POST /execute`, and its terms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "code": "print('Hello World')", "priority": "interactive" }))]
pub struct JobRequest {
    /// The program.
    #[serde(flatten)]
    pub program: ExecuteRequest,
    /// How it is to be done.
    #[serde(flatten)]
    pub terms: JobTerms,
}

/// Many programs to run later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({ "jobs": [{ "code": "print(1)" }, { "code": "print(2)" }], "idempotencyKey": "course-7" }))]
pub struct BatchRequest {
    /// The jobs, in an order that every answer about the batch keeps.
    #[schema(min_items = 1, max_items = 1000)]
    pub jobs: Vec<JobRequest>,
    /// Of the batch; `priority` is that of every job that names none.
    #[serde(flatten)]
    pub terms: JobTerms,
}

/// How a job or a batch is to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct JobTerms {
    /// Names the request: sent again with the same key, it is answered with the same ids, and nothing is run twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200, example = "course-7/ada")]
    pub idempotency_key: Option<String>,
    /// Which line it waits in. By default `interactive` for a single job, `bulk` for a batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<JobPriority>,
    /// Where the `JobInfo` (of a batch: the `BatchInfo`) is sent once it has ended, signed as Standard Webhooks says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2048, example = "https://learn.example/graded")]
    pub callback_url: Option<String>,
}

/// Which line a job waits in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum JobPriority {
    /// Somebody is waiting: before bulk.
    Interactive,
    /// Nobody is: as places are free.
    Bulk,
}

/// What was taken on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct JobsAccepted {
    /// The batch: `GET /batches/{id}`. Null for a single job.
    #[schema(required)]
    pub batch_id: Option<String>,
    /// The jobs, in the order in which they were given: `GET /jobs/{id}`.
    pub job_ids: Vec<String>,
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum JobStatus {
    /// It waits.
    Queued,
    /// An executor has it.
    Running,
    /// It was run: `result` says how that went.
    Done,
    /// It is not run any more, through no fault of the program's that we could tell: `reason` says why.
    SetAside,
    /// It was cancelled before it had a result.
    Cancelled,
}

impl JobStatus {
    /// Whether nothing changes any more.
    pub fn is_final(self) -> bool {
        matches!(self, JobStatus::Done | JobStatus::SetAside | JobStatus::Cancelled)
    }
}

/// A job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct JobInfo {
    /// Its id.
    #[schema(example = "0f9c1b7a52d84e6f8a3b5c7d9e1f2a4b")]
    pub id: String,
    /// How far it has come.
    pub status: JobStatus,
    /// Which line it waits in.
    pub priority: JobPriority,
    /// The label that it was given.
    #[schema(required)]
    pub exercise_id: Option<String>,
    /// When it was taken on, as RFC 3339 has it.
    #[schema(example = "2025-08-30T20:27:40.780Z")]
    pub created_at: String,
    /// When an executor last took it up.
    #[schema(required)]
    pub started_at: Option<String>,
    /// When it ended.
    #[schema(required)]
    pub finished_at: Option<String>,
    /// How often an executor took it up. More than once: one was lost, or gave it back.
    pub deliveries: u32,
    /// Why it was set aside.
    #[schema(required)]
    pub reason: Option<String>,
    /// What `POST /execute` would have answered, once it is `done`.
    #[schema(required)]
    pub result: Option<ExecuteResponse>,
    /// How its callback fares, where it has one.
    #[schema(required)]
    pub callback: Option<CallbackInfo>,
}

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BatchInfo {
    /// Its id.
    pub id: String,
    /// Nothing changes any more.
    pub finished: bool,
    /// How many of its jobs have come how far.
    pub progress: BatchProgress,
    /// When it was taken on, as RFC 3339 has it.
    pub created_at: String,
    /// When its last job ended.
    #[schema(required)]
    pub finished_at: Option<String>,
    /// Its jobs, in the order in which they were given.
    pub job_ids: Vec<String>,
    /// How its callback fares, where it has one.
    #[schema(required)]
    pub callback: Option<CallbackInfo>,
}

/// How many jobs of a batch have come how far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BatchProgress {
    /// All of them.
    pub total: usize,
    /// They wait.
    pub queued: usize,
    /// Executors have them.
    pub running: usize,
    /// They were run.
    pub done: usize,
    /// They were set aside.
    pub set_aside: usize,
    /// They were cancelled.
    pub cancelled: usize,
}

impl BatchProgress {
    /// Counts one more job.
    pub fn count(&mut self, status: JobStatus) {
        self.total += 1;
        let place = match status {
            JobStatus::Queued => &mut self.queued,
            JobStatus::Running => &mut self.running,
            JobStatus::Done => &mut self.done,
            JobStatus::SetAside => &mut self.set_aside,
            JobStatus::Cancelled => &mut self.cancelled,
        };
        *place += 1;
    }
}

/// How a callback fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CallbackInfo {
    /// How far it has come.
    pub status: CallbackStatus,
    /// How often it was tried.
    pub attempts: u32,
    /// What the last try met, in a sentence.
    #[schema(required)]
    pub error: Option<String>,
}

/// How far a callback has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CallbackStatus {
    /// It is to be sent, or sent again.
    Pending,
    /// The other side took it.
    Delivered,
    /// It is not tried any more.
    GivenUp,
}
