//! What is kept of jobs and batches, as JSON.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use api::{CallbackStatus, JobPriority, JobStatus};
use serde::{Deserialize, Serialize};

use crate::{Callback, Id, Job, NewJob, State, Tenant};

/// A job. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Record {
    pub tenant: String,
    pub digest: String,
    pub priority: JobPriority,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exercise: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<Calling>,
    pub created: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<i64>,
    pub status: JobStatus,
    /// How often it was delivered; with the last one's number its lease is held.
    pub deliveries: u32,
    /// How many deliveries ended without a word, or with one that is as bad.
    pub deaths: u32,
    /// Which engine took the last delivery: it knows its own writes by it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub holder: String,
    /// Which submission wrote it last. One that is cut short is taken back by this.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub intake: String,
    /// The batches that it is in, and its place in each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub batches: Vec<(String, u16)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What is to be run, until it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Blob>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<Blob>,
}

/// A text: in the record itself while it is small, else in pieces in a bucket of their own, since a message has a limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Blob {
    Here(String),
    Kept { name: String, pieces: u32 },
}

/// A callback.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Calling {
    pub url: String,
    pub status: CallbackStatus,
    pub attempts: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Not before.
    #[serde(default)]
    pub due: i64,
}

/// A batch: what was submitted. It does not change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Roll {
    pub tenant: String,
    pub digest: String,
    pub created: i64,
    pub jobs: Vec<String>,
}

/// How far a batch is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Tally {
    /// How many jobs it has.
    pub total: usize,
    /// As of a job.
    pub intake: String,
    /// The places of those that have ended, in the order in which they were told: the number of an event is its position here.
    pub order: Vec<u16>,
    /// How each of them ended: `d`one, `s`et aside, `c`ancelled.
    pub ends: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<Calling>,
}

/// A submission that is under way: what has to be finished or taken back if nobody does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Intake {
    pub name: String,
    pub batch: Option<String>,
    pub jobs: Vec<String>,
}

impl Calling {
    pub fn new(url: &str) -> Calling {
        Calling { url: url.to_owned(), status: CallbackStatus::Pending, attempts: 0, error: None, due: 0 }
    }

    pub fn is_pending(&self) -> bool {
        self.status == CallbackStatus::Pending
    }

    pub fn told(&self) -> Callback {
        Callback { status: self.status, attempts: self.attempts, error: self.error.clone() }
    }
}

impl Record {
    pub fn new(tenant: &Tenant, job: &NewJob, body: Blob, batch: Option<(String, u16)>, intake: &str) -> Record {
        Record {
            tenant: tenant.as_str().to_owned(),
            digest: job.digest.clone(),
            priority: job.priority,
            exercise: job.exercise.clone(),
            callback: job.callback.as_deref().map(Calling::new),
            created: now(),
            started: None,
            ended: None,
            status: JobStatus::Queued,
            deliveries: 0,
            deaths: 0,
            holder: String::new(),
            intake: intake.to_owned(),
            batches: batch.into_iter().collect(),
            reason: None,
            body: Some(body),
            result: None,
        }
    }

    pub fn has_ended(&self) -> bool {
        self.status.is_final()
    }

    /// As it is told, with a result that was read before.
    pub fn told(&self, id: &str, result: Vec<u8>) -> Job {
        Job {
            id: id.to_owned(),
            state: match self.status {
                JobStatus::Queued => State::Queued,
                JobStatus::Running => State::Running,
                JobStatus::Done => State::Done(result),
                JobStatus::SetAside => State::SetAside(self.reason.clone().unwrap_or_default()),
                JobStatus::Cancelled => State::Cancelled,
            },
            priority: self.priority,
            exercise: self.exercise.clone(),
            created: time(self.created),
            started: self.started.map(time),
            ended: self.ended.map(time),
            deliveries: self.deliveries,
            // Before its end it is there, and nobody has tried.
            callback: self.callback.as_ref().map(Calling::told),
        }
    }
}

impl Tally {
    /// Takes in how jobs ended; whether that was news.
    pub fn add(&mut self, ends: impl IntoIterator<Item = (u16, JobStatus)>) -> bool {
        let mut seen = vec![false; self.total];
        let places: Vec<usize> = self.order.iter().map(|place| usize::from(*place)).collect();
        places.iter().filter(|place| **place < self.total).for_each(|place| seen[*place] = true);
        let before = self.order.len();
        for (place, status) in ends {
            let letter = match status {
                JobStatus::Done => 'd',
                JobStatus::SetAside => 's',
                JobStatus::Cancelled => 'c',
                JobStatus::Queued | JobStatus::Running => continue,
            };
            let Some(seen) = seen.get_mut(usize::from(place)).filter(|seen| !**seen) else { continue };
            *seen = true;
            self.order.push(place);
            self.ends.push(letter);
        }
        if self.order.len() == self.total && self.ended.is_none() {
            self.ended = Some(now());
        }
        self.order.len() > before
    }

    /// Places and ends, in order.
    pub fn ends(&self) -> impl Iterator<Item = (u16, JobStatus)> {
        self.order.iter().copied().zip(self.ends.chars().map(|letter| match letter {
            'd' => JobStatus::Done,
            's' => JobStatus::SetAside,
            _ => JobStatus::Cancelled,
        }))
    }
}

/// The key of a batch's tally.
pub(super) fn tally_key(batch: &str) -> String {
    format!("{batch}.t")
}

/// Whether a text can be a key.
pub(super) fn is_id(text: &str) -> bool {
    Id::is_one(text)
}

pub(super) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, span)
}

pub(super) fn span(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

pub(super) fn time(millis: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(millis.try_into().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_counts_once_and_the_last_ends_the_batch() {
        let mut tally = Tally {
            total: 3,
            intake: String::new(),
            order: Vec::new(),
            ends: String::new(),
            ended: None,
            callback: None,
        };
        assert!(tally.add([(2, JobStatus::Done), (0, JobStatus::Cancelled), (2, JobStatus::SetAside)]));
        assert!(!tally.add([(2, JobStatus::Done), (1, JobStatus::Running), (7, JobStatus::Done)]));
        assert!(tally.ended.is_none());
        assert!(tally.add([(1, JobStatus::SetAside)]) && tally.ended.is_some());
        let ends = [(2, JobStatus::Done), (0, JobStatus::Cancelled), (1, JobStatus::SetAside)];
        assert_eq!(tally.ends().collect::<Vec<_>>(), ends);
    }
}
