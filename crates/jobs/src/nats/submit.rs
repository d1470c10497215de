//! What is taken on: all of a submission or nothing.
//!
//! In this order: a note of what is under way; the batch's tally, so that no end of a job is lost; the jobs' records; the
//! batch's roll. With the roll (of a single job: with its record) it is taken on. Then a message for each job, and the note
//! is removed. One that is cut short before is taken back by a sweep, one that is cut short after is finished by it; the
//! same request, sent again, takes over what there is.

use std::sync::Arc;
use std::time::Duration;

use api::JobStatus;
use futures_util::future::{join_all, try_join3};
use futures_util::stream::TryStreamExt;

use super::bucket::Kept;
use super::lines::Line;
use super::link::away;
use super::record::{Calling, Intake, Record, Roll, Tally, now, tally_key};
use super::{INTAKE_SUBJECT, Inner, QUEUE, together};
use crate::{Accepted, EngineError, NewBatch, NewJob, Priority, Refused, Submission, Tenant};

/// A submission that takes longer has failed: less than a sweep waits before it takes one back.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);
/// How often a record that others write too is tried.
const TRIES: u32 = 50;

/// A job of a submission.
#[derive(Debug)]
enum Placed {
    /// Its record is new, with this revision.
    Fresh(Record, u64),
    /// It was known; as it is now.
    Known(Record),
    /// Its name was used for another request.
    Reused,
}

impl Inner {
    pub async fn submit(self: &Arc<Self>, submission: Submission) -> Result<Result<Accepted, Refused>, EngineError> {
        let whole = tokio::time::timeout(PATIENCE, self.submit_whole(&submission));
        let late = || away("jobs cannot be taken on", format!("the servers took longer than {} s", PATIENCE.as_secs()));
        whole.await.map_err(|_| late())?
    }

    async fn submit_whole(self: &Arc<Self>, submission: &Submission) -> Result<Result<Accepted, Refused>, EngineError> {
        let Submission { tenant, batch, jobs } = submission;
        let name = self.new_name();
        let note = Intake {
            name: name.clone(),
            batch: batch.as_ref().map(|batch| batch.id.to_string()),
            jobs: jobs.iter().map(|job| job.id.to_string()).collect(),
        };
        let (note, known, waiting) =
            try_join3(self.note(&note), self.known_batch(batch.as_ref()), self.room(tenant, jobs)).await?;
        let outcome = match (known, waiting) {
            (Some(outcome), _) => outcome,
            (None, Err(refused)) => Err(refused),
            (None, Ok(())) => self.take_on(submission, &name).await?,
        };
        // A note that stays is found to be done with.
        let inner = self.clone();
        tokio::spawn(async move {
            if let Err(error) = inner.link.remove("a note of a submission", &inner.intake, note).await {
                tracing::debug!(%error, "a note of a submission was not removed");
            }
        });
        Ok(outcome)
    }

    async fn note(&self, note: &Intake) -> Result<u64, EngineError> {
        let what = "jobs cannot be taken on";
        let bytes = serde_json::to_vec(note).map_err(|error| away(what, error))?;
        let number = self.link.put(what, INTAKE_SUBJECT, bytes.into(), None).await?;
        Ok(number.unwrap_or_default())
    }

    async fn known_batch(&self, batch: Option<&NewBatch>) -> Result<Option<Result<Accepted, Refused>>, EngineError> {
        let Some(batch) = batch else { return Ok(None) };
        let known = self.batches.get::<Roll>(batch.id.as_str()).await?;
        Ok(known.map(|known| match known.value.digest == batch.digest {
            true => Ok(Accepted { fresh: 0 }),
            false => Err(Refused::KeyReused(None)),
        }))
    }

    /// Whether there is room. Engines that take on at the same moment can go beyond the limit together.
    async fn room(&self, tenant: &Tenant, jobs: &[NewJob]) -> Result<Result<(), Refused>, EngineError> {
        let waiting = self.waiting(tenant).await?;
        let limit = self.options.queue;
        if waiting + jobs.len() <= limit {
            return Ok(Ok(()));
        }
        // It is close: those that are known need no room.
        let known: Vec<Option<Kept<Record>>> =
            together(jobs.iter().map(|job| self.jobs.get(job.id.as_str()))).try_collect().await?;
        let is_other = |(job, old): (&NewJob, &Option<Kept<Record>>)| {
            old.as_ref().is_some_and(|old| old.value.digest != job.digest)
        };
        if let Some(place) = jobs.iter().zip(&known).position(is_other) {
            return Ok(Err(Refused::KeyReused(Some(place))));
        }
        let fresh = known.iter().filter(|old| old.is_none()).count();
        Ok(if fresh > 0 && waiting + fresh > limit { Err(Refused::Full { waiting, limit }) } else { Ok(()) })
    }

    /// Jobs of a tenant that wait or run.
    async fn waiting(&self, tenant: &Tenant) -> Result<usize, EngineError> {
        let lines = [Priority::Interactive, Priority::Bulk].map(|priority| Line::new(priority, tenant.as_str()));
        let mut waiting = 0;
        for found in join_all(lines.iter().map(|line| self.line_info(line))).await {
            waiting += found?.map_or(0, |info| usize::try_from(info.num_pending).unwrap_or(0) + info.num_ack_pending);
        }
        Ok(waiting)
    }

    /// What a line has; `None` where there is no such line.
    pub async fn line_info(&self, line: &Line) -> Result<Option<async_nats::jetstream::consumer::Info>, EngineError> {
        let subject = format!("CONSUMER.INFO.{QUEUE}.{}", line.name());
        let asked = self.link.ask("the length of a line cannot be had", subject, &serde_json::json!({})).await?;
        match asked {
            Ok(info) => Ok(Some(info)),
            Err(error) if error.code() == 404 => Ok(None),
            Err(error) => Err(away("the length of a line cannot be had", error)),
        }
    }

    async fn take_on(
        self: &Arc<Self>,
        submission: &Submission,
        name: &str,
    ) -> Result<Result<Accepted, Refused>, EngineError> {
        let Submission { tenant, batch, jobs } = submission;
        if let Some(batch) = batch {
            self.make_tally(batch, jobs.len(), name).await?;
        }
        let placing = jobs.iter().enumerate().map(|(place, job)| {
            let member = batch.as_ref().map(|batch| (batch.id.to_string(), u16::try_from(place).unwrap_or(u16::MAX)));
            self.place(tenant, job, member, name)
        });
        let placed: Vec<Placed> = together(placing).try_collect().await?;
        if let Some(place) = placed.iter().position(|placed| matches!(placed, Placed::Reused)) {
            for (job, placed) in jobs.iter().zip(&placed) {
                if let Placed::Fresh(record, revision) = placed {
                    self.jobs.remove(job.id.as_str(), *revision).await?;
                    self.discard(record.body.as_ref()).await;
                }
            }
            if let Some(batch) = batch {
                self.remove_tally(batch.id.as_str(), name).await?;
            }
            return Ok(Err(Refused::KeyReused(Some(place))));
        }
        if let Some(batch) = batch {
            let roll = Roll {
                tenant: tenant.as_str().to_owned(),
                digest: batch.digest.clone(),
                created: now(),
                jobs: jobs.iter().map(|job| job.id.to_string()).collect(),
            };
            if self.batches.put(batch.id.as_str(), &roll, 0).await?.is_none() {
                // This one, after a try whose answer was lost, or the same request at the same time.
                if let Some(refused @ Err(_)) = self.known_batch(Some(batch)).await? {
                    return Ok(refused);
                }
            }
        }
        let ids = jobs.iter().map(|job| job.id.as_str());
        let fresh = placed.iter().filter(|placed| matches!(placed, Placed::Fresh(..))).count();
        let records = placed.iter().filter_map(|placed| match placed {
            Placed::Fresh(record, _) | Placed::Known(record) => Some(record),
            Placed::Reused => None,
        });
        self.complete(batch.as_ref().map(|batch| batch.id.as_str()), ids.zip(records)).await?;
        Ok(Ok(Accepted { fresh }))
    }

    /// What is to be done once a submission is taken on; again, it changes nothing.
    pub async fn complete<'a>(
        self: &Arc<Self>,
        batch: Option<&str>,
        jobs: impl Iterator<Item = (&'a str, &'a Record)>,
    ) -> Result<(), EngineError> {
        let (open, ended): (Vec<_>, Vec<_>) = jobs.partition(|(_, record)| !record.has_ended());
        let queued: Vec<_> = open.into_iter().filter(|(_, record)| record.status == JobStatus::Queued).collect();
        let mut lines: Vec<Line> =
            queued.iter().map(|(_, record)| Line::new(record.priority, &record.tenant)).collect();
        lines.sort();
        lines.dedup();
        for line in &lines {
            if !self.lines().knows(line) {
                self.make_line(line).await?;
                self.lines().mark(line);
            }
        }
        together(queued.iter().map(|(id, record)| self.put_in_line(id, record))).try_collect::<()>().await?;
        // What has ended before tells nobody any more; those at once are few writes.
        let tellings = ended.iter().filter_map(|(_, record)| {
            let (batch, place) = record.batches.iter().find(|(name, _)| Some(name.as_str()) == batch)?;
            Some(self.tell(batch, *place, record.status))
        });
        for told in join_all(tellings).await {
            told?;
        }
        for line in &lines {
            self.wake(line).await;
        }
        Ok(())
    }

    async fn make_tally(&self, batch: &NewBatch, total: usize, name: &str) -> Result<(), EngineError> {
        let key = tally_key(batch.id.as_str());
        let mut tally = Tally {
            total,
            intake: name.to_owned(),
            order: Vec::new(),
            ends: String::new(),
            ended: None,
            callback: batch.callback.as_deref().map(Calling::new),
        };
        let mut revision = 0;
        for _ in 0..TRIES {
            if self.batches.put(&key, &tally, revision).await?.is_some() {
                return Ok(());
            }
            // Of a submission that was cut short, or of one at the same time: now it is also ours.
            match self.batches.get::<Tally>(&key).await? {
                Some(found) if found.value.intake == name => return Ok(()),
                Some(found) => {
                    revision = found.revision;
                    tally = Tally { intake: name.to_owned(), ..found.value };
                }
                None => revision = 0,
            }
        }
        Err(away("jobs cannot be taken on", format!("batch {} was changed by others again and again", batch.id)))
    }

    /// Removes the tally of a batch that was not taken on, if it is still this submission's.
    pub async fn remove_tally(&self, batch: &str, name: &str) -> Result<(), EngineError> {
        let key = tally_key(batch);
        let found = self.batches.get::<Tally>(&key).await?;
        if let Some(found) = found.filter(|found| found.value.intake == name) {
            self.batches.remove(&key, found.revision).await?;
        }
        Ok(())
    }

    /// Makes the record of a job, or adds the batch to the one that there is.
    async fn place(
        &self,
        tenant: &Tenant,
        job: &NewJob,
        member: Option<(String, u16)>,
        name: &str,
    ) -> Result<Placed, EngineError> {
        let id = job.id.as_str();
        let body = self.keep(id, job.body.clone()).await?;
        let fresh = Record::new(tenant, job, body, member.clone(), name);
        if let Some(revision) = self.jobs.put(id, &fresh, 0).await? {
            return Ok(Placed::Fresh(fresh, revision));
        }
        for _ in 0..TRIES {
            let Some(Kept { value: mut record, revision }) = self.jobs.get::<Record>(id).await? else {
                match self.jobs.put(id, &fresh, 0).await? {
                    Some(revision) => return Ok(Placed::Fresh(fresh, revision)),
                    None => continue,
                }
            };
            if record == fresh {
                // Ours, and the answer was lost.
                return Ok(Placed::Fresh(fresh, revision));
            }
            if record.body != fresh.body {
                self.discard(fresh.body.as_ref()).await;
            }
            if record.digest != job.digest {
                return Ok(Placed::Reused);
            }
            let member = member.as_ref().filter(|member| !record.batches.contains(member));
            let is_queued = record.status == JobStatus::Queued;
            if member.is_none() && !is_queued {
                return Ok(Placed::Known(record));
            }
            record.batches.extend(member.cloned());
            if is_queued {
                // Should the other submission be taken back, this one stays.
                name.clone_into(&mut record.intake);
            }
            if self.jobs.put(id, &record, revision).await?.is_some() {
                return Ok(Placed::Known(record));
            }
        }
        Err(away("jobs cannot be taken on", format!("{id} was changed by others {TRIES} times in a row")))
    }
}
