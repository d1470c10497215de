//! Callbacks: a queue of their own, whose messages say no more than what they are about.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use api::CallbackStatus;
use async_nats::jetstream;
use tokio::time::{Instant, timeout_at};

use super::bucket::Kept;
use super::link::away;
use super::record::{Calling, Record, Roll, Tally, now, span, tally_key};
use super::{CALLS, CALLS_CONSUMER, Inner};
use crate::{Call, CallSubject, Called, EngineError, Lease, Tenant};

/// For how long one that was taken is not given to another.
pub(super) const HELD: Duration = Duration::from_secs(60);
/// How often it is looked whether one has come due.
const LOOK: Duration = Duration::from_secs(1);
/// How often a record that others write too is tried.
const TRIES: u32 = 50;

/// A record with a callback in it.
#[derive(Debug)]
enum Subject {
    Job(Box<Record>),
    Batch(Box<Tally>),
}

impl Subject {
    fn calling(&mut self) -> Option<&mut Calling> {
        match self {
            Subject::Job(record) => record.callback.as_mut(),
            Subject::Batch(tally) => tally.callback.as_mut(),
        }
    }
}

impl Inner {
    pub async fn calls(self: &Arc<Self>, most: usize, patience: Duration) -> Result<Vec<Call>, EngineError> {
        let until = Instant::now() + patience;
        loop {
            let due = self.due.notified();
            tokio::pin!(due);
            due.as_mut().enable();
            let mut messages = Vec::new();
            let pulled = self.pull_into(&mut messages, CALLS, CALLS_CONSUMER, most).await;
            let mut calls = Vec::new();
            for message in messages {
                calls.extend(self.take_call(message).await?);
            }
            if !calls.is_empty() {
                return Ok(calls);
            }
            let look = Instant::now() + LOOK;
            if timeout_at(until.min(look), due).await.is_err() && Instant::now() >= until {
                return pulled.map(|_| calls);
            }
        }
    }

    async fn take_call(self: &Arc<Self>, message: jetstream::Message) -> Result<Option<Call>, EngineError> {
        let Some(reply) = message.reply.as_ref().map(ToString::to_string) else { return Ok(None) };
        let mut parts = message.subject.rsplit('.');
        let (id, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        for _ in 0..TRIES {
            let Some(Kept { value: mut record, revision }) = self.called_record(kind, id).await? else { break };
            let Some(calling) = record.calling().filter(|calling| calling.is_pending()) else { break };
            let early = calling.due - now();
            if early > 20 {
                // The servers forget how long to wait when they elect another leader.
                self.link.give_back(&reply, Duration::from_millis(early.unsigned_abs())).await;
                return Ok(None);
            }
            // A try counts from here: one that is never heard of again was one.
            calling.attempts += 1;
            calling.due = now() + span(HELD) - 1000;
            let (attempts, url) = (calling.attempts, calling.url.clone());
            if self.put_called(id, &record, revision).await?.is_none() {
                continue;
            }
            let Some((name, subject)) = self.call_subject(id, &record).await? else { break };
            let lease = Lease(format!("{kind}.{id}.{attempts}"));
            self.calling().insert(lease.clone(), reply);
            return Ok(Some(Call { lease, id: name, url, subject, attempts: attempts - 1 }));
        }
        self.link.acknowledge(&reply).await;
        Ok(None)
    }

    async fn called_record(&self, kind: &str, id: &str) -> Result<Option<Kept<Subject>>, EngineError> {
        Ok(match kind {
            "j" => {
                let kept: Option<Kept<Record>> = self.jobs.get(id).await?;
                kept.map(|kept| Kept { value: Subject::Job(Box::new(kept.value)), revision: kept.revision })
            }
            _ => {
                let kept: Option<Kept<Tally>> = self.batches.get(&tally_key(id)).await?;
                kept.map(|kept| Kept { value: Subject::Batch(Box::new(kept.value)), revision: kept.revision })
            }
        })
    }

    async fn put_called(&self, id: &str, record: &Subject, revision: u64) -> Result<Option<u64>, EngineError> {
        match record {
            Subject::Job(record) => self.jobs.put(id, record, revision).await,
            Subject::Batch(tally) => self.batches.put(&tally_key(id), tally, revision).await,
        }
    }

    async fn call_subject(&self, id: &str, record: &Subject) -> Result<Option<(String, CallSubject)>, EngineError> {
        Ok(match record {
            Subject::Job(record) => {
                let job = self.told(id, record).await?;
                Some((format!("job_{id}"), CallSubject::Job(Box::new(job))))
            }
            Subject::Batch(_) => {
                let Some(roll) = self.batches.get::<Roll>(id).await? else { return Ok(None) };
                let batch = self.batch(&Tenant::kept(roll.value.tenant), id).await?;
                batch.map(|batch| (format!("batch_{id}"), CallSubject::Batch(Box::new(batch))))
            }
        })
    }

    pub async fn called(&self, lease: Lease, what: Called) -> Result<(), EngineError> {
        let parts: Vec<&str> = lease.0.split('.').collect();
        let [kind, id, number] = parts[..] else { return Ok(()) };
        let Ok(number) = number.parse::<u32>() else { return Ok(()) };
        for _ in 0..TRIES {
            let Some(Kept { value: mut record, revision }) = self.called_record(kind, id).await? else { break };
            let is_held = |calling: &&mut Calling| calling.is_pending() && calling.attempts == number;
            let Some(calling) = record.calling().filter(is_held) else { break };
            (calling.status, calling.error) = match &what {
                Called::Delivered => (CallbackStatus::Delivered, None),
                Called::Later(why, _) => (CallbackStatus::Pending, Some(why.clone())),
                Called::GivenUp(why) => (CallbackStatus::GivenUp, Some(why.clone())),
            };
            if let Called::Later(_, after) = &what {
                calling.due = now().saturating_add(span(*after));
            }
            if self.put_called(id, &record, revision).await?.is_none() {
                continue;
            }
            self.given_up.fetch_add(u64::from(matches!(what, Called::GivenUp(_))), Ordering::Relaxed);
            let reply = self.calling().remove(&lease);
            if let Some(reply) = reply {
                match &what {
                    Called::Later(_, after) => self.link.give_back(&reply, *after).await,
                    Called::Delivered | Called::GivenUp(_) => self.link.acknowledge(&reply).await,
                }
            }
            return Ok(());
        }
        // Another has it, or it is done with.
        self.calling().remove(&lease);
        Ok(())
    }

    /// Makes the consumer of callbacks.
    pub async fn make_calls(&self) -> Result<(), EngineError> {
        let what = "the queue of callbacks cannot be made";
        let config = jetstream::consumer::pull::Config {
            durable_name: Some(CALLS_CONSUMER.to_owned()),
            ack_policy: jetstream::consumer::AckPolicy::Explicit,
            ack_wait: HELD,
            max_deliver: -1,
            max_ack_pending: 1_000_000,
            ..Default::default()
        };
        let config = jetstream::consumer::IntoConsumerConfig::into_consumer_config(config);
        let request = serde_json::json!({ "stream_name": CALLS, "config": config });
        let subject = format!("CONSUMER.DURABLE.CREATE.{CALLS}.{CALLS_CONSUMER}");
        let made = self.link.ask::<serde::de::IgnoredAny>(what, subject, &request).await?;
        made.map(drop).map_err(|error| away(what, error))
    }
}
