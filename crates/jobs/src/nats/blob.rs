//! Programs and results, whatever their size.

use bytes::Bytes;
use futures_util::stream::{self, StreamExt, TryStreamExt};

use super::Inner;
use super::record::Blob;
use crate::EngineError;

/// Up to here it is part of the record: one message instead of two.
const HERE: usize = 4 << 10;
/// A piece of what is larger. Servers take messages of 1 MiB unless they are told otherwise.
const PIECE: usize = 512 << 10;
/// Pieces on their way at a time.
const AT_ONCE: usize = 4;

impl Inner {
    /// Keeps a text of a job. What is kept apart has a name of its own each time: nobody writes over another's.
    pub async fn keep(&self, id: &str, bytes: Vec<u8>) -> Result<Blob, EngineError> {
        let bytes = match String::from_utf8(bytes) {
            Ok(text) if text.len() <= HERE => return Ok(Blob::Here(text)),
            Ok(text) => Bytes::from(text),
            Err(error) => Bytes::from(error.into_bytes()),
        };
        // Half of what the servers take, if that is little: names and headers need room too.
        let piece = PIECE.min(self.link.client.max_payload() / 2).max(1);
        let name = format!("{id}.{}", self.new_name());
        let pieces = bytes.len().div_ceil(piece);
        stream::iter((0..pieces).map(|n| {
            let part = bytes.slice(n * piece..bytes.len().min((n + 1) * piece));
            let key = format!("{name}.{n}");
            async move { self.blobs.put_bytes(&key, part, 0).await.map(drop) }
        }))
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
        Ok(Blob::Kept { name, pieces: u32::try_from(pieces).unwrap_or(u32::MAX) })
    }

    /// Reads it again; `None` where pieces are gone.
    pub async fn read(&self, blob: &Blob) -> Result<Option<Vec<u8>>, EngineError> {
        let (name, pieces) = match blob {
            Blob::Here(text) => return Ok(Some(text.clone().into_bytes())),
            Blob::Kept { name, pieces } => (name, *pieces),
        };
        let parts: Vec<Option<Bytes>> = stream::iter((0..pieces).map(|n| {
            let key = format!("{name}.{n}");
            async move { Ok::<_, EngineError>(self.blobs.bytes(&key).await?.map(|kept| kept.value)) }
        }))
        .buffered(AT_ONCE)
        .try_collect()
        .await?;
        Ok(parts.into_iter().collect::<Option<Vec<Bytes>>>().map(|parts| parts.concat()))
    }

    /// Removes what a job needs no more. A piece that stays costs room and nothing else.
    pub async fn discard(&self, blob: Option<&Blob>) {
        let Some(Blob::Kept { name, pieces }) = blob else { return };
        for n in 0..*pieces {
            let gone = async {
                let key = format!("{name}.{n}");
                let Some(kept) = self.blobs.bytes(&key).await? else { return Ok(false) };
                self.blobs.remove(&key, kept.revision).await
            };
            if let Err(error) = gone.await {
                tracing::debug!(%error, "a piece of a job was not removed");
            }
        }
    }
}
