//! What follows an end: batches are told, callbacks queued.
//!
//! All of it can be done again without doing it twice, and it is: until it is done the job's message stays in the queue.
//! A batch's tally is written by whoever ends one of its jobs. Ends that come while a write is under way go together into
//! the next, so that a batch of a thousand is not a thousand writes in series.

use std::sync::Arc;
use std::time::Duration;

use api::JobStatus;
use futures_util::future::try_join_all;
use tokio::sync::oneshot;

use super::Inner;
use super::bucket::Kept;
use super::link::away;
use super::record::{Calling, Record, Tally, tally_key};
use super::{CALL_SUBJECTS, END_SUBJECTS};
use crate::EngineError;

/// The end of a job, to be told to a batch, and who waits until it is.
#[derive(Debug)]
pub(super) struct Telling {
    place: u16,
    status: JobStatus,
    told: oneshot::Sender<Result<(), EngineError>>,
}

/// How often a tally that others write too is tried.
const TRIES: u32 = 200;

impl Inner {
    /// Does all that follows an end.
    pub async fn follow(self: &Arc<Self>, id: &str, record: &Record) -> Result<(), EngineError> {
        let tellings = record.batches.iter().map(|(batch, place)| self.tell(batch, *place, record.status));
        try_join_all(tellings).await?;
        if record.batches.is_empty() {
            self.note_end('j', id, record.ended).await?;
        }
        self.queue_call('j', id, record.callback.as_ref()).await
    }

    /// When a thing ended, for those who forget it one day.
    async fn note_end(&self, kind: char, id: &str, ended: Option<i64>) -> Result<(), EngineError> {
        let text = ended.unwrap_or_default().to_string();
        let subject = format!("{END_SUBJECTS}.{kind}.{id}");
        self.link.put("an end cannot be noted", &subject, text.into(), Some(0)).await.map(drop)
    }

    async fn queue_call(&self, kind: char, id: &str, callback: Option<&Calling>) -> Result<(), EngineError> {
        if !callback.is_some_and(Calling::is_pending) {
            return Ok(());
        }
        let subject = format!("{CALL_SUBJECTS}.{kind}.{id}");
        self.link.put("a callback cannot be queued", &subject, Default::default(), Some(0)).await.map(drop)
    }

    /// Tells a batch how one of its jobs ended.
    pub async fn tell(self: &Arc<Self>, batch: &str, place: u16, status: JobStatus) -> Result<(), EngineError> {
        let (told, answer) = oneshot::channel();
        let is_first = {
            let mut telling = self.telling.lock().unwrap_or_else(|e| e.into_inner());
            let waiting = telling.get_mut(batch);
            let is_first = waiting.is_none();
            let item = Telling { place, status, told };
            match waiting {
                Some(waiting) => waiting.push(item),
                None => drop(telling.insert(batch.to_owned(), vec![item])),
            }
            is_first
        };
        if is_first {
            // Its own task: whoever came first may be dropped, and others wait for this.
            let (inner, batch) = (self.clone(), batch.to_owned());
            tokio::spawn(async move { inner.tell_all(&batch).await });
        }
        answer.await.unwrap_or_else(|_| Err(away("a batch cannot be told", "the engine was closed")))
    }

    async fn tell_all(&self, batch: &str) {
        loop {
            let waiting = {
                let mut telling = self.telling.lock().unwrap_or_else(|e| e.into_inner());
                let waiting = telling.get_mut(batch).map(std::mem::take).unwrap_or_default();
                if waiting.is_empty() {
                    telling.remove(batch);
                    return;
                }
                waiting
            };
            let ends: Vec<(u16, JobStatus)> = waiting.iter().map(|item| (item.place, item.status)).collect();
            let outcome = self.write_tally(batch, &ends).await;
            for item in waiting {
                let outcome = match &outcome {
                    Ok(()) => Ok(()),
                    Err(error) => Err(away("a batch cannot be told", error)),
                };
                let _ = item.told.send(outcome);
            }
        }
    }

    async fn write_tally(&self, batch: &str, ends: &[(u16, JobStatus)]) -> Result<(), EngineError> {
        let key = tally_key(batch);
        for attempt in 0..TRIES {
            // A batch that was taken back, or is forgotten.
            let Some(Kept { value: mut tally, revision }) = self.batches.get::<Tally>(&key).await? else {
                return Ok(());
            };
            let is_news = tally.add(ends.iter().copied());
            if !is_news || self.batches.put(&key, &tally, revision).await?.is_some() {
                if tally.ended.is_some() {
                    self.note_end('b', batch, tally.ended).await?;
                    self.queue_call('b', batch, tally.callback.as_ref()).await?;
                }
                return Ok(());
            }
            // Others are faster now and then; not to meet them again at once.
            tokio::time::sleep(Duration::from_millis(u64::from(attempt.min(10)) + self.jitter())).await;
        }
        Err(away("a batch cannot be told", format!("{batch} was changed by others {TRIES} times in a row")))
    }
}
