//! Buckets of records, each changed by comparing its revision.

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::link::{Bare, Link};
use crate::EngineError;

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
}

impl Bucket {
    /// `stream` is the bucket's own: its name with `KV_` before it.
    pub fn new(link: &Link, stream: Bare, name: &'static str) -> Bucket {
        Bucket { link: link.clone(), stream, name }
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
        self.link.put("a record of jobs cannot be written", &self.subject(key), bytes, Some(revision)).await
    }

    /// Removes a record, if it still has this revision; leaves nothing in its place.
    pub async fn remove(&self, revision: u64) -> Result<bool, EngineError> {
        self.link.remove("a record of jobs cannot be removed", &self.stream, revision).await
    }
}
