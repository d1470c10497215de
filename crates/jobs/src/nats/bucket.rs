//! Buckets of records, each changed by comparing its revision.
//!
//! Where a bucket has copies, servers of version 2.9 compare the revision before they agree on a write, and not again when
//! they do: two writers at the same moment are both told that theirs is the one. That nothing has been written under a
//! subject yet is compared when they agree. So a writer first writes a guard, whose subject has the revision that it is
//! about to replace: of several one succeeds, and writes. It removes its guard when it is done; that of a writer that died
//! is removed by the next one, after a while in which the record did not change.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep};

use super::GUARD_SUBJECTS;
use super::link::{Bare, Link};
use crate::EngineError;

/// After so long a writer does not begin to write any more.
const HURRY: Duration = Duration::from_secs(2);
/// How long a guard is respected while the record stays as it was: longer than its writer can be at it.
const RESPECT: Duration = Duration::from_secs(15);
/// How often it is looked whether a record has changed.
const LOOK: Duration = Duration::from_millis(15);

/// A record, and the revision that it has.
#[derive(Debug, Clone)]
pub(super) struct Kept<T> {
    pub value: T,
    pub revision: u64,
}

/// A key-value bucket: a stream that keeps the last message of each subject.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    link: Link,
    stream: Bare,
    name: &'static str,
    /// Where guards are, if they are needed.
    guards: Option<Bare>,
    /// Of the engine: whose guard it is.
    holder: String,
    writes: Arc<AtomicU64>,
}

/// The right to replace one revision.
struct Guard {
    number: u64,
    since: Instant,
}

impl Bucket {
    /// `stream` is the bucket's own: its name with `KV_` before it.
    pub fn new(link: &Link, stream: Bare, name: &'static str, guards: Option<Bare>, holder: &str) -> Bucket {
        Bucket { link: link.clone(), stream, name, guards, holder: holder.to_owned(), writes: Arc::default() }
    }

    /// The subject of a key.
    pub fn subject(&self, key: &str) -> String {
        format!("$KV.{}.{key}", self.name)
    }

    pub async fn bytes(&self, key: &str) -> Result<Option<Kept<Bytes>>, EngineError> {
        let what = "a record of jobs cannot be read";
        let message = self.link.last(what, &self.stream, &self.subject(key)).await?;
        Ok(message.map(|message| Kept { revision: message.sequence, value: message.payload }))
    }

    pub async fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<Kept<T>>, EngineError> {
        let Some(Kept { value, revision }) = self.bytes(key).await? else { return Ok(None) };
        let value = serde_json::from_slice(&value).map_err(|error| EngineError::Unreadable {
            what: "a record of jobs",
            why: format!("{key} in {}: {error}", self.name),
        })?;
        Ok(Some(Kept { value, revision }))
    }

    /// Writes a record where it has this revision (0: where there is none); its new one.
    pub async fn put<T: Serialize>(&self, key: &str, value: &T, revision: u64) -> Result<Option<u64>, EngineError> {
        let bytes = serde_json::to_vec(value).map_err(|error| EngineError::Unreadable {
            what: "a record of jobs",
            why: format!("{key} in {}: {error}", self.name),
        })?;
        self.put_bytes(key, bytes.into(), revision).await
    }

    pub async fn put_bytes(&self, key: &str, bytes: Bytes, revision: u64) -> Result<Option<u64>, EngineError> {
        let what = "a record of jobs cannot be written";
        let subject = self.subject(key);
        let (Some(guards), true) = (&self.guards, revision > 0) else {
            return self.link.put(what, &subject, bytes, Some(revision)).await;
        };
        let Some(guard) = self.guard(guards, key, revision).await? else { return Ok(None) };
        let written = match guard.since.elapsed() < HURRY {
            true => self.link.put(what, &subject, bytes, Some(revision)).await,
            false => Ok(None),
        };
        self.let_go(guards, guard);
        written
    }

    /// Removes a record, if it still has this revision; leaves nothing in its place.
    pub async fn remove(&self, key: &str, revision: u64) -> Result<bool, EngineError> {
        let what = "a record of jobs cannot be removed";
        let Some(guards) = &self.guards else { return self.link.remove(what, &self.stream, revision).await };
        let Some(guard) = self.guard(guards, key, revision).await? else { return Ok(false) };
        let removed = match guard.since.elapsed() < HURRY {
            true => self.link.remove(what, &self.stream, revision).await,
            false => Ok(false),
        };
        self.let_go(guards, guard);
        removed
    }

    /// Waits for the right to replace a revision; `None` when another has replaced it.
    async fn guard(&self, guards: &Bare, key: &str, revision: u64) -> Result<Option<Guard>, EngineError> {
        let what = "a record of jobs cannot be guarded";
        let subject = format!("{GUARD_SUBJECTS}.{}.{key}.{revision}", self.name);
        // Of no other engine, and of no other write of this one.
        let mine = Bytes::from(format!("{}.{}", self.holder, self.writes.fetch_add(1, Ordering::Relaxed)));
        let mut pause = Duration::ZERO;
        // Another's guard, and since when it has been seen.
        let mut other: Option<(u64, Instant)> = None;
        loop {
            let since = Instant::now();
            if let Some(number) = self.link.put(what, &subject, mine.clone(), Some(0)).await? {
                return Ok(Some(Guard { number, since }));
            }
            let found = self.link.last(what, guards, &subject).await?;
            match found {
                // Written by a try whose answer was lost.
                Some(found) if found.payload == mine => return Ok(Some(Guard { number: found.sequence, since })),
                Some(found) => match other.filter(|(number, _)| *number == found.sequence) {
                    Some((number, seen)) if seen.elapsed() >= RESPECT => {
                        tracing::warn!(key, bucket = self.name, "the guard of a writer that died is removed");
                        self.link.remove(what, guards, number).await?;
                    }
                    Some(_) => {}
                    None => other = Some((found.sequence, Instant::now())),
                },
                None => {}
            }
            pause = (pause + LOOK).min(10 * LOOK);
            sleep(pause).await;
            if self.bytes(key).await?.is_none_or(|kept| kept.revision != revision) {
                return Ok(None);
            }
        }
    }

    /// Removes a guard that has served; nobody waits for that.
    fn let_go(&self, guards: &Bare, guard: Guard) {
        let (link, guards) = (self.link.clone(), guards.clone());
        tokio::spawn(async move {
            if let Err(error) = link.remove("a guard cannot be removed", &guards, guard.number).await {
                tracing::debug!(%error, "a guard stays");
            }
        });
    }
}
