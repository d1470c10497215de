//! Requests to the servers, repeated for as long as an election may take.

use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::context::{PublishErrorKind, RequestErrorKind};
use async_nats::jetstream::message::{PublishMessage, StreamMessage};
use async_nats::jetstream::response::Response;
use async_nats::jetstream::stream::{DeleteMessageErrorKind, LastRawMessageErrorKind, Stream};
use async_nats::{Client, jetstream};
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::Instant;

use crate::EngineError;

/// How long one request waits for its answer.
pub(super) const ANSWER: Duration = Duration::from_secs(3);
/// How long requests are repeated: servers elect another leader in two to five seconds.
const BUDGET: Duration = Duration::from_secs(9);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(150);

/// A stream whose state was not asked for.
pub(super) type Bare = Stream<()>;

/// The connection.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub client: Client,
    pub js: Context,
}

/// How long is left to try again.
struct Tries {
    until: Instant,
}

impl Tries {
    fn begin() -> Tries {
        Tries { until: Instant::now() + BUDGET }
    }

    /// Waits a moment, or fails with the last error.
    async fn again(&self, what: &'static str, why: impl std::fmt::Display) -> Result<(), EngineError> {
        if Instant::now() + PAUSE >= self.until {
            return Err(away(what, why));
        }
        tokio::time::sleep(PAUSE).await;
        Ok(())
    }
}

/// That the servers cannot be had.
pub(super) fn away(what: &'static str, why: impl std::fmt::Display) -> EngineError {
    EngineError::Away { what, why: format!("NATS: {why}") }
}

impl Link {
    pub fn new(client: Client) -> Link {
        let js = jetstream::ContextBuilder::new().timeout(ANSWER).ack_timeout(ANSWER).build(client.clone());
        Link { client, js }
    }

    /// Writes a message; its number. With `expected`, only where the last message of this subject has that number (0: where
    /// there is none), else `None`. After a repeated try `None` can mean that the first one was written: look.
    pub async fn put(
        &self,
        what: &'static str,
        subject: &str,
        payload: Bytes,
        expected: Option<u64>,
    ) -> Result<Option<u64>, EngineError> {
        let tries = Tries::begin();
        loop {
            let mut message = PublishMessage::build().payload(payload.clone());
            if let Some(expected) = expected {
                message = message.expected_last_subject_sequence(expected);
            }
            let written = match self.js.send_publish(subject.to_owned(), message).await {
                Ok(acknowledged) => acknowledged.await,
                Err(error) => Err(error),
            };
            match written {
                Ok(acknowledged) => return Ok(Some(acknowledged.sequence)),
                Err(error) => match error.kind() {
                    PublishErrorKind::WrongLastSequence => return Ok(None),
                    PublishErrorKind::MaxPayloadExceeded => return Err(away(what, error)),
                    _ => tries.again(what, error).await?,
                },
            }
        }
    }

    /// The last message of a subject, as the leader has it: a copy could be late.
    pub async fn last(
        &self,
        what: &'static str,
        stream: &Bare,
        subject: &str,
    ) -> Result<Option<StreamMessage>, EngineError> {
        let tries = Tries::begin();
        loop {
            match stream.get_last_raw_message_by_subject(subject).await {
                Ok(message) => return Ok(Some(message)),
                Err(error) => match error.kind() {
                    LastRawMessageErrorKind::NoMessageFound => return Ok(None),
                    LastRawMessageErrorKind::InvalidSubject => return Ok(None),
                    _ => tries.again(what, error).await?,
                },
            }
        }
    }

    /// The first message of a stream from a number on.
    pub async fn first(
        &self,
        what: &'static str,
        stream: &Bare,
        subjects: &str,
        from: u64,
    ) -> Result<Option<StreamMessage>, EngineError> {
        match stream.get_first_raw_message_by_subject(subjects, from).await {
            Ok(message) => Ok(Some(message)),
            Err(error) if matches!(error.kind(), LastRawMessageErrorKind::NoMessageFound) => Ok(None),
            Err(error) => Err(away(what, error)),
        }
    }

    /// Removes a message by its number; whether it was there.
    pub async fn remove(&self, what: &'static str, stream: &Bare, number: u64) -> Result<bool, EngineError> {
        let tries = Tries::begin();
        loop {
            match stream.delete_message(number).await {
                Ok(removed) => return Ok(removed),
                Err(error) => match error.kind() {
                    // There is none: said in several ways.
                    DeleteMessageErrorKind::JetStream(refused) if !is_passing(&refused) => return Ok(false),
                    _ => tries.again(what, error).await?,
                },
            }
        }
    }

    /// A request to the interface of JetStream; what it is refused with is an answer.
    pub async fn ask<A: DeserializeOwned>(
        &self,
        what: &'static str,
        subject: String,
        payload: &(impl Serialize + Sync),
    ) -> Result<Result<A, jetstream::Error>, EngineError> {
        let tries = Tries::begin();
        loop {
            match self.js.request(subject.clone(), payload).await {
                Ok(Response::Ok(answer)) => return Ok(Ok(answer)),
                Ok(Response::Err { error }) if is_passing(&error) => tries.again(what, error).await?,
                Ok(Response::Err { error }) => return Ok(Err(error)),
                Err(error) => match error.kind() {
                    RequestErrorKind::NoResponders | RequestErrorKind::TimedOut => tries.again(what, error).await?,
                    _ => return Err(away(what, error)),
                },
            }
        }
    }

    /// Acknowledges a delivery, and waits until the servers know. That they do not is no loss: it is delivered again, and
    /// found to be done.
    pub async fn acknowledge(&self, reply: &str) {
        let request = async_nats::Request::new().payload(Bytes::from_static(b"+ACK")).timeout(Some(ANSWER));
        if let Err(error) = self.client.send_request(reply.to_owned(), request).await {
            tracing::debug!(%error, "a delivery was not acknowledged");
        }
    }

    /// Says a word about a delivery, without an answer.
    pub async fn say(&self, reply: &str, word: Bytes) {
        if let Err(error) = self.client.publish(reply.to_owned(), word).await {
            tracing::debug!(%error, "a delivery was not answered");
        }
    }

    /// Gives a delivery back, to be made again after a while.
    pub async fn give_back(&self, reply: &str, after: Duration) {
        let word = match after.is_zero() {
            true => Bytes::from_static(b"-NAK"),
            false => format!("-NAK {{\"delay\": {}}}", after.as_nanos()).into(),
        };
        self.say(reply, word).await;
    }
}

/// Whether the same request may be answered otherwise in a moment.
fn is_passing(error: &jetstream::Error) -> bool {
    error.code() == 503
}
