//! Finishing what was cut short, and forgetting what is old.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::message::StreamMessage;
use futures_util::stream::TryStreamExt;
use tokio::time::Instant;

use super::bucket::Kept;
use super::lines::Line;
use super::link::{Bare, away};
use super::record::{Intake, Record, Roll, Tally, now, span, tally_key};
use super::submit::PATIENCE;
use super::{END_SUBJECTS, INTAKE_SUBJECT, Inner, QUEUE_SUBJECTS, together};
use crate::EngineError;
use api::JobStatus;

/// Most of each kind in one sweep.
const AT_ONCE: usize = 200;
/// How long a submission is seen under way before it is taken to be cut short: by the clock of the one who looks, since
/// others' may be wrong, and longer than a submission may take.
const CUT_SHORT: Duration = PATIENCE.saturating_add(Duration::from_secs(5));

impl Inner {
    pub async fn sweep(self: &Arc<Self>) -> Result<(), EngineError> {
        self.finish_submissions().await?;
        self.forget_old().await?;
        self.find_lost_line().await
    }

    /// The first messages of a stream.
    async fn heads(&self, stream: &Bare, subjects: &str) -> Result<Vec<StreamMessage>, EngineError> {
        let what = "what is to be tidied up cannot be read";
        let mut found = Vec::new();
        let mut from = 1;
        while found.len() < AT_ONCE {
            let Some(message) = self.link.first(what, stream, subjects, from).await? else { break };
            from = message.sequence + 1;
            found.push(message);
        }
        Ok(found)
    }

    async fn finish_submissions(self: &Arc<Self>) -> Result<(), EngineError> {
        let notes = self.heads(&self.intake, INTAKE_SUBJECT).await?;
        let due: Vec<StreamMessage> = {
            let mut seen = self.seen.lock().unwrap_or_else(|e| e.into_inner());
            seen.retain(|number, _| notes.iter().any(|note| note.sequence == *number));
            let is_due = |note: &StreamMessage| {
                let first = seen.entry(note.sequence).or_insert_with(Instant::now);
                first.elapsed() >= CUT_SHORT
            };
            notes.into_iter().filter(is_due).collect()
        };
        for note in due {
            match serde_json::from_slice::<Intake>(&note.payload) {
                Ok(intake) => self.finish_submission(&intake).await?,
                Err(error) => tracing::warn!(%error, "a note of a submission cannot be read; it is removed"),
            }
            self.link.remove("a note of a submission cannot be removed", &self.intake, note.sequence).await?;
        }
        Ok(())
    }

    /// Finishes a submission that was taken on, takes back one that was not.
    async fn finish_submission(self: &Arc<Self>, intake: &Intake) -> Result<(), EngineError> {
        let is_taken_on = match &intake.batch {
            Some(batch) => self.batches.get::<Roll>(batch).await?.is_some(),
            None => true,
        };
        let found: Vec<Option<Kept<Record>>> =
            together(intake.jobs.iter().map(|id| self.jobs.get(id))).try_collect().await?;
        let found: Vec<(&str, Kept<Record>)> =
            intake.jobs.iter().zip(found).filter_map(|(id, kept)| Some((id.as_str(), kept?))).collect();
        if is_taken_on {
            let records = found.iter().map(|(id, kept)| (*id, &kept.value));
            return self.complete(intake.batch.as_deref(), records).await;
        }
        tracing::info!(jobs = found.len(), "a submission that was cut short is taken back");
        for (id, Kept { value: record, revision }) in &found {
            // Another submission that knows it has made it its own.
            let is_ours = record.intake == intake.name && record.status == JobStatus::Queued && record.deliveries == 0;
            if is_ours && self.jobs.remove(id, *revision).await? {
                self.discard(record.body.as_ref()).await;
            }
        }
        match &intake.batch {
            Some(batch) => self.remove_tally(batch, &intake.name).await,
            None => Ok(()),
        }
    }

    async fn forget_old(&self) -> Result<(), EngineError> {
        let before = now().saturating_sub(span(self.options.keep));
        for note in self.heads(&self.ends, &format!("{END_SUBJECTS}.*.*")).await? {
            let ended: i64 = std::str::from_utf8(&note.payload).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
            if ended >= before {
                break;
            }
            let mut parts = note.subject.rsplit('.');
            let (id, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            match kind {
                // One that came into a batch since goes with that.
                "j" => self.forget_job(id, None).await?,
                _ => self.forget_batch(id).await?,
            }
            self.link.remove("the note of an end cannot be removed", &self.ends, note.sequence).await?;
        }
        Ok(())
    }

    /// Forgets a job that is in no batch other than this.
    async fn forget_job(&self, id: &str, batch: Option<&str>) -> Result<(), EngineError> {
        let Some(Kept { value: record, revision }) = self.jobs.get::<Record>(id).await? else { return Ok(()) };
        if !record.has_ended() {
            return Ok(());
        }
        for (other, _) in record.batches.iter().filter(|(name, _)| Some(name.as_str()) != batch) {
            if self.batches.get::<Tally>(&tally_key(other)).await?.is_some() {
                return Ok(());
            }
        }
        if self.jobs.remove(id, revision).await? {
            self.discard(record.body.as_ref()).await;
            self.discard(record.result.as_ref()).await;
        }
        Ok(())
    }

    async fn forget_batch(&self, id: &str) -> Result<(), EngineError> {
        if let Some(Kept { value: roll, revision }) = self.batches.get::<Roll>(id).await? {
            together(roll.jobs.iter().map(|job| self.forget_job(job, Some(id)))).try_collect::<()>().await?;
            self.batches.remove(id, revision).await?;
        }
        let key = tally_key(id);
        if let Some(tally) = self.batches.get::<Tally>(&key).await? {
            self.batches.remove(&key, tally.revision).await?;
        }
        Ok(())
    }

    /// Makes a line again whose consumer the servers forgot while nobody pulled: its jobs come to the head of the stream.
    async fn find_lost_line(&self) -> Result<(), EngineError> {
        let what = "the head of the queue cannot be read";
        let Some(message) = self.link.first(what, &self.queue, &format!("{QUEUE_SUBJECTS}.>"), 1).await? else {
            return Ok(());
        };
        let parts: Vec<&str> = message.subject.rsplit('.').collect();
        let [_, tenant, letter, ..] = parts[..] else { return Ok(()) };
        let Some(line) = Line::of_name(&format!("{letter}-{tenant}")) else {
            return Err(away(what, format!("{} is no subject of a job", message.subject)));
        };
        if self.line_info(&line).await?.is_none() {
            self.make_line(&line).await?;
            self.wake(&line).await;
        }
        Ok(())
    }
}
