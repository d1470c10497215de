//! Jobs and batches as they are told.

use std::time::SystemTime;

use ::jobs::{Batch, Callback, Job, State};
use api::{BatchInfo, CallbackInfo, JobInfo};
use jiff::Timestamp;

use crate::http::Problem;

/// A job.
///
/// # Errors
/// Its result cannot be read: another version of the service wrote it.
pub(crate) fn job(job: Job) -> Result<JobInfo, Problem> {
    let status = job.state.status();
    let (reason, result) = match job.state {
        State::Done(result) => {
            let read = serde_json::from_slice(&result);
            (None, Some(read.map_err(|error| Problem::internal(format!("the result of job {}: {error}", job.id)))?))
        }
        State::SetAside(why) => (Some(why), None),
        State::Queued | State::Running | State::Cancelled => (None, None),
    };
    Ok(JobInfo {
        id: job.id,
        status,
        priority: job.priority,
        exercise_id: job.exercise,
        created_at: time(job.created),
        started_at: job.started.map(time),
        finished_at: job.ended.map(time),
        deliveries: job.deliveries,
        reason,
        result,
        callback: job.callback.map(callback),
    })
}

/// A batch.
pub(crate) fn batch(batch: Batch) -> BatchInfo {
    BatchInfo {
        id: batch.id,
        finished: batch.ended.is_some(),
        progress: batch.progress,
        created_at: time(batch.created),
        finished_at: batch.ended.map(time),
        job_ids: batch.jobs,
        callback: batch.callback.map(callback),
    }
}

fn callback(callback: Callback) -> CallbackInfo {
    CallbackInfo { status: callback.status, attempts: callback.attempts, error: callback.error }
}

/// RFC 3339 with milliseconds.
fn time(time: SystemTime) -> String {
    Timestamp::try_from(time).map(|time| format!("{time:.3}")).unwrap_or_default()
}
