//! How jobs end, or go back to their line.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use api::JobStatus;
use futures_util::stream::{StreamExt, TryStreamExt};

use super::bucket::Kept;
use super::deliver::Held;
use super::lines::Line;
use super::link::away;
use super::record::{Blob, Record, Roll, is_id, now};
use super::{Inner, QUEUE_SUBJECTS, WAKE, together};
use crate::{EngineError, Lease, Settlement, Tenant};

/// How often a record that others write too is tried.
const TRIES: u32 = 50;

/// How a job ends.
#[derive(Debug, Clone)]
pub(super) enum End {
    Done(Vec<u8>),
    SetAside(String),
    Cancelled,
}

/// What came of an attempt to end a job.
enum Ended {
    /// This did.
    Here(Record),
    /// Another had.
    Before(Record),
    /// There is none.
    Gone,
}

impl Inner {
    pub async fn settle(self: &Arc<Self>, settlements: Vec<(Lease, Settlement)>) -> Result<(), EngineError> {
        let settled = together(settlements.into_iter().map(|(lease, what)| self.settle_one(lease, what)));
        // All of them, whatever becomes of one.
        settled.collect::<Vec<_>>().await.into_iter().collect()
    }

    async fn settle_one(self: &Arc<Self>, lease: Lease, what: Settlement) -> Result<(), EngineError> {
        let Some((id, number)) = lease.0.rsplit_once('.').and_then(|(id, number)| Some((id, number.parse().ok()?)))
        else {
            return Ok(());
        };
        if !is_id(id) {
            return Ok(());
        }
        let held = self.held().get(&lease).cloned();
        let is_over = match (what, &held) {
            // A result is one, whoever brings it; all else is for the holder to say.
            (Settlement::Done(result), _) => {
                let known = held.as_ref().map(|held| held.kept.clone());
                self.finish(id, &End::Done(result), known).await?
            }
            (Settlement::SetAside(why), Some(held)) => self.hand_back(id, number, held, Back::Never(why)).await?,
            (Settlement::Lost(why), Some(held)) => self.hand_back(id, number, held, Back::Lost(why)).await?,
            (Settlement::Released, Some(held)) => self.hand_back(id, number, held, Back::Released).await?,
            (_, None) => false,
        };
        if let (Some(held), true) = (&held, is_over) {
            self.link.acknowledge(&held.reply).await;
        }
        self.held().remove(&lease);
        Ok(())
    }

    /// Ends a job and does what follows; whether it has ended, here or before.
    pub async fn finish(
        self: &Arc<Self>,
        id: &str,
        how: &End,
        known: Option<Kept<Record>>,
    ) -> Result<bool, EngineError> {
        let record = match self.end(id, how, known).await? {
            Ended::Here(record) => {
                let is_aside = record.status == JobStatus::SetAside;
                self.set_aside.fetch_add(u64::from(is_aside), Ordering::Relaxed);
                record
            }
            Ended::Before(record) => record,
            Ended::Gone => return Ok(true),
        };
        self.follow(id, &record).await?;
        Ok(true)
    }

    /// Records the end of a job, unless one is recorded.
    async fn end(&self, id: &str, how: &End, mut known: Option<Kept<Record>>) -> Result<Ended, EngineError> {
        let mut result: Option<Blob> = None;
        for _ in 0..TRIES {
            let found = match known.take() {
                Some(known) => Some(known),
                None => self.jobs.get(id).await?,
            };
            let Some(Kept { value: mut record, revision }) = found else {
                self.discard(result.as_ref()).await;
                return Ok(Ended::Gone);
            };
            if record.has_ended() {
                // It may be ours: written, and the answer lost.
                if record.result != result {
                    self.discard(result.as_ref()).await;
                }
                return Ok(Ended::Before(record));
            }
            if let (End::Done(bytes), None) = (how, &result) {
                result = Some(self.keep(id, bytes.clone()).await?);
            }
            record.status = match how {
                End::Done(_) => JobStatus::Done,
                End::SetAside(_) => JobStatus::SetAside,
                End::Cancelled => JobStatus::Cancelled,
            };
            if let End::SetAside(why) = how {
                record.reason = Some(why.clone());
            }
            let body = record.body.take();
            record.result.clone_from(&result);
            record.ended = Some(now());
            record.intake.clear();
            if self.jobs.put(id, &record, revision).await?.is_some() {
                self.discard(body.as_ref()).await;
                return Ok(Ended::Here(record));
            }
        }
        Err(away("the end of a job cannot be recorded", format!("{id} was changed by others {TRIES} times in a row")))
    }

    /// What a holder says who has no result; whether the job has ended with that.
    async fn hand_back(self: &Arc<Self>, id: &str, number: u32, held: &Held, back: Back) -> Result<bool, EngineError> {
        for _ in 0..TRIES {
            let Some(Kept { value: mut record, revision }) = self.jobs.get::<Record>(id).await? else {
                return Ok(true);
            };
            if record.status != JobStatus::Running || record.deliveries != number || record.holder != self.holder {
                return Ok(record.has_ended());
            }
            let why = match &back {
                Back::Never(why) => Some(why.clone()),
                Back::Released => None,
                Back::Lost(why) => {
                    record.deaths += 1;
                    self.too_many(record.deaths, why)
                }
            };
            if let Some(why) = why {
                return self.finish(id, &End::SetAside(why), None).await;
            }
            record.status = JobStatus::Queued;
            if self.jobs.put(id, &record, revision).await?.is_some() {
                self.link.give_back(&held.reply, Duration::ZERO).await;
                self.wake(&Line::new(record.priority, &record.tenant)).await;
                return Ok(false);
            }
        }
        Err(away("a job cannot be given back", format!("{id} was changed by others {TRIES} times in a row")))
    }

    /// Gives back all that this engine holds.
    pub async fn release_all(self: &Arc<Self>) -> Result<(), EngineError> {
        let leases: Vec<Lease> = self.held().keys().cloned().collect();
        self.settle(leases.into_iter().map(|lease| (lease, Settlement::Released)).collect()).await
    }

    /// Tells every engine that something came into a line.
    pub async fn wake(&self, line: &Line) {
        if let Err(error) = self.link.client.publish(WAKE, line.name().into()).await {
            tracing::debug!(%error, "executors were not told of a job; they look now and then");
        }
    }

    /// Cancels a job of this tenant; whether there is one.
    pub async fn cancel(self: &Arc<Self>, tenant: &Tenant, id: &str) -> Result<bool, EngineError> {
        let Some(kept) = self.record(tenant, id).await? else { return Ok(false) };
        self.finish(id, &End::Cancelled, Some(kept.clone())).await?;
        self.stop(id);
        self.remove_message(id, &kept.value).await?;
        Ok(true)
    }

    pub async fn cancel_batch(self: &Arc<Self>, tenant: &Tenant, id: &str) -> Result<(), EngineError> {
        if !is_id(id) {
            return Ok(());
        }
        let Some(roll) = self.batches.get::<Roll>(id).await? else { return Ok(()) };
        if roll.value.tenant != tenant.as_str() {
            return Ok(());
        }
        let cancelled = together(roll.value.jobs.iter().map(|job| self.cancel(tenant, job)));
        cancelled.try_for_each(|_| std::future::ready(Ok(()))).await
    }

    /// Takes a job that has ended out of its line, so that it counts no more. Who finds it there acknowledges it as well.
    async fn remove_message(&self, id: &str, record: &Record) -> Result<(), EngineError> {
        let what = "a cancelled job cannot be taken out of its line";
        let Some(message) = self.link.last(what, &self.queue, &subject(id, record)).await? else { return Ok(()) };
        self.link.remove(what, &self.queue, message.sequence).await.map(drop)
    }

    /// Puts a job into its line, unless it is there.
    pub async fn put_in_line(&self, id: &str, record: &Record) -> Result<(), EngineError> {
        let created = record.created.to_string();
        self.link.put("a job cannot be queued", &subject(id, record), created.into(), Some(0)).await.map(drop)
    }
}

/// Why a job goes back.
enum Back {
    Released,
    Lost(String),
    Never(String),
}

/// The subject of a job's message: one for each, so that the servers see whether it is there.
fn subject(id: &str, record: &Record) -> String {
    let line = Line::new(record.priority, &record.tenant);
    format!("{QUEUE_SUBJECTS}.{}.{}.{id}", line.letter(), line.tenant)
}
