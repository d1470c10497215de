//! Reading a request's body: of the right type, in time, and no more than there is room for.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Problem;
use crate::config::RequestBounds;

/// Much of a body that is too large is read and thrown away, so that its sender gets to read the answer.
const THROWN_AWAY: usize = 64 << 20;
/// And for so long.
const THROWN_AWAY_TIME: Duration = Duration::from_secs(5);

/// A body, and the memory that it was granted.
#[derive(Debug)]
pub struct Granted {
    /// The body.
    pub bytes: Bytes,
    /// Its memory; to be kept for as long as what became of the body.
    pub permit: OwnedSemaphorePermit,
}

/// Room for the bodies of all requests together.
#[derive(Debug)]
pub struct Room {
    bounds: RequestBounds,
    /// One permit for each KiB.
    memory: Arc<Semaphore>,
}

impl Room {
    /// As much as the bounds say.
    pub fn new(bounds: RequestBounds) -> Room {
        Room { bounds, memory: Arc::new(Semaphore::new(bounds.body_memory / 1024)) }
    }

    /// Reads a JSON body.
    ///
    /// # Errors
    /// It is no JSON by its type, too large, too slow, or there is no room for it.
    pub async fn read(&self, headers: &HeaderMap, body: Body) -> Result<Granted, Problem> {
        read(self, headers, body).await
    }
}

async fn read(room: &Room, headers: &HeaderMap, mut body: Body) -> Result<Granted, Problem> {
    is_plain_json(headers)?;
    let bounds = &room.bounds;
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let too_large = || {
        let sentence = format!("The body is too large: at most {} bytes are read", bounds.body_bytes);
        Problem::too_large("BODY_TOO_LARGE", sentence)
    };
    if announced.is_some_and(|length| length > bounds.body_bytes) {
        // Who asks before sending has not sent anything yet.
        if !headers.contains_key(header::EXPECT) {
            throw_away(body).await;
        }
        return Err(too_large());
    }
    let kib = announced.unwrap_or(bounds.body_bytes).div_ceil(1024).max(1);
    let permit = u32::try_from(kib).ok().and_then(|kib| room.memory.clone().try_acquire_many_owned(kib).ok());
    let permit = permit.ok_or_else(|| Problem::full(Duration::from_secs(1)))?;
    let collect = async {
        let mut whole = Whole::Nothing;
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| incomplete())?.into_data() else { continue };
            if whole.len() + data.len() > bounds.body_bytes {
                return Ok(None);
            }
            whole = whole.and(data);
        }
        Ok(Some(whole.into_bytes()))
    };
    match tokio::time::timeout(bounds.body_timeout, collect).await {
        Ok(Ok(Some(bytes))) => Ok(Granted { bytes, permit }),
        Ok(Ok(None)) => {
            throw_away(body).await;
            Err(too_large())
        }
        Ok(Err(problem)) => Err(problem),
        Err(_) => Err(Problem::bad("BODY_TIMEOUT", "The body took too long to arrive")),
    }
}

fn incomplete() -> Problem {
    Problem::bad("BODY_INCOMPLETE", "The body did not arrive as a whole")
}

/// The parts of a body; a single one, the usual case, is not copied.
enum Whole {
    Nothing,
    Single(Bytes),
    Several(BytesMut),
}

impl Whole {
    fn len(&self) -> usize {
        match self {
            Whole::Nothing => 0,
            Whole::Single(bytes) => bytes.len(),
            Whole::Several(bytes) => bytes.len(),
        }
    }

    fn and(self, data: Bytes) -> Whole {
        match self {
            Whole::Nothing => Whole::Single(data),
            Whole::Single(first) => {
                let mut all = BytesMut::with_capacity(first.len() + data.len());
                all.extend_from_slice(&first);
                all.extend_from_slice(&data);
                Whole::Several(all)
            }
            Whole::Several(mut all) => {
                all.extend_from_slice(&data);
                Whole::Several(all)
            }
        }
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Whole::Nothing => Bytes::new(),
            Whole::Single(bytes) => bytes,
            Whole::Several(bytes) => bytes.freeze(),
        }
    }
}

async fn throw_away(mut body: Body) {
    let read = async {
        let mut thrown = 0;
        while let Some(Ok(frame)) = body.frame().await {
            thrown += frame.data_ref().map_or(0, Bytes::len);
            if thrown > THROWN_AWAY {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(THROWN_AWAY_TIME, read).await;
}

/// JSON in UTF-8, as it is: a compressed body could be a bomb.
fn is_plain_json(headers: &HeaderMap) -> Result<(), Problem> {
    let refuse = |code, error: &'static str| Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code, error));
    let of = |name| headers.get(name).map(|value: &axum::http::HeaderValue| value.as_bytes().trim_ascii());
    let media = of(header::CONTENT_TYPE).unwrap_or_default();
    let mut parts = media.split(|b| *b == b';').map(<[u8]>::trim_ascii);
    if !parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case(b"application/json")) {
        return refuse("NOT_JSON", "The body must be JSON, sent with Content-Type: application/json");
    }
    let other_charset = parts.any(|part| {
        let is_charset = part.len() > 8 && part[..8].eq_ignore_ascii_case(b"charset=");
        is_charset && !unquoted(part[8..].trim_ascii()).eq_ignore_ascii_case(b"utf-8")
    });
    if other_charset {
        return refuse("NOT_JSON", "The body must be JSON in UTF-8");
    }
    match of(header::CONTENT_ENCODING) {
        None => Ok(()),
        Some(encoding) if encoding.eq_ignore_ascii_case(b"identity") => Ok(()),
        Some(_) => refuse("COMPRESSED_BODY", "The body must not be compressed"),
    }
}

fn unquoted(value: &[u8]) -> &[u8] {
    value.strip_prefix(b"\"").and_then(|rest| rest.strip_suffix(b"\"")).unwrap_or(value)
}
