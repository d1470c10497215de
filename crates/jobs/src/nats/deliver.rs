//! Taking jobs up, and holding them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use async_nats::jetstream;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::future::join_all;
use tokio::time::{Instant, timeout, timeout_at};

use super::bucket::Kept;
use super::lines::{Line, Turn};
use super::link::{ANSWER, away};
use super::record::{Record, now};
use super::settle::End;
use super::{Inner, QUEUE, QUEUE_SUBJECTS, together};
use crate::{Delivery, EngineError, Lease, Pulse};
use api::JobStatus;

/// How often lines are asked without a word that something came: a delivery whose executor died comes back without one.
const LOOK: Duration = Duration::from_secs(1);
/// When a line is asked again that has nothing though something has just come: its leader has not heard of it yet.
const AGAIN: Duration = Duration::from_millis(40);
/// How often the names of all lines are asked for.
const NAMES: Duration = Duration::from_secs(5);
/// At most so often a heartbeat looks whether its job was cancelled.
const SEEN: Duration = Duration::from_secs(2);
/// After so long without a pull the servers forget a line. One that is needed again is made again.
const IDLE: Duration = Duration::from_secs(24 * 60 * 60);

/// A delivery that this engine holds.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub id: String,
    /// Where to acknowledge it.
    pub reply: String,
    /// The record as this engine wrote it.
    pub kept: Kept<Record>,
    /// Nobody wants its result any more.
    pub stopped: bool,
    /// When its record was last looked at.
    pub seen: Instant,
}

/// When the servers were last asked what there is.
#[derive(Debug, Default)]
pub(super) struct Looks {
    queue: Option<Instant>,
    names: Option<Instant>,
}

impl Inner {
    pub async fn next(
        self: &Arc<Self>,
        most: usize,
        interactive_only: bool,
        patience: Duration,
    ) -> Result<Vec<Delivery>, EngineError> {
        let until = Instant::now() + patience;
        loop {
            let woken = self.woken.notified();
            tokio::pin!(woken);
            woken.as_mut().enable();
            let looked = self.look().await;
            let taken = self.take(most, interactive_only).await;
            if !taken.is_empty() {
                return Ok(taken);
            }
            let pause = if self.lines().may_come(interactive_only) { AGAIN } else { LOOK.min(self.options.lease / 3) };
            let look = Instant::now() + pause;
            if timeout_at(until.min(look), woken).await.is_err() && Instant::now() >= until {
                return looked.map(|()| taken);
            }
        }
    }

    /// Asks the servers what there is, now and then.
    async fn look(&self) -> Result<(), EngineError> {
        let (queue, names) = {
            let mut looks = self.looks.lock().unwrap_or_else(|e| e.into_inner());
            let is_over = |last: Option<Instant>, time| last.is_none_or(|last| last.elapsed() >= time);
            let due = (is_over(looks.queue, LOOK.min(self.options.lease / 3)), is_over(looks.names, NAMES));
            if due.0 {
                looks.queue = Some(Instant::now());
            }
            if due.1 {
                looks.names = Some(Instant::now());
            }
            due
        };
        if names {
            self.list_lines().await?;
        }
        if queue && self.queue.get_info().await.map_err(|e| away("jobs cannot be looked for", e))?.state.messages > 0 {
            self.lines().mark_all();
        }
        Ok(())
    }

    async fn list_lines(&self) -> Result<(), EngineError> {
        let mut names = self.queue.consumer_names();
        while let Some(name) = names.next().await {
            let name = name.map_err(|error| away("the lines of jobs cannot be listed", error))?;
            if let Some(line) = Line::of_name(&name)
                && !self.lines().knows(&line)
            {
                self.lines().mark(&line);
            }
        }
        Ok(())
    }

    /// Makes a line, unless it is there.
    pub async fn make_line(&self, line: &Line) -> Result<(), EngineError> {
        let (name, letter, tenant) = (line.name(), line.letter(), &line.tenant);
        let config = jetstream::consumer::pull::Config {
            durable_name: Some(name.clone()),
            filter_subject: format!("{QUEUE_SUBJECTS}.{letter}.{tenant}.*"),
            ack_policy: jetstream::consumer::AckPolicy::Explicit,
            ack_wait: self.options.lease,
            // Deaths are counted in the record: what was given back has not died.
            max_deliver: -1,
            max_ack_pending: 1_000_000,
            inactive_threshold: IDLE,
            ..Default::default()
        };
        let subject = format!("CONSUMER.DURABLE.CREATE.{QUEUE}.{name}");
        let config = jetstream::consumer::IntoConsumerConfig::into_consumer_config(config);
        let request = serde_json::json!({ "stream_name": QUEUE, "config": config });
        let what = "a line of jobs cannot be made";
        let made = self.link.ask::<serde::de::IgnoredAny>(what, subject, &request).await?;
        made.map(drop).map_err(|error| away(what, error))
    }

    /// Takes what there is, turn by turn.
    async fn take(self: &Arc<Self>, most: usize, interactive_only: bool) -> Vec<Delivery> {
        let mut taken = Vec::new();
        // Each is asked until it has nothing, and not again before a pause: it may only not have heard of what has come.
        let mut dry = BTreeSet::new();
        while taken.len() < most {
            let plan = self.lines().plan(most - taken.len(), interactive_only, &dry);
            if plan.is_empty() {
                break;
            }
            let pulled = join_all(plan.iter().map(|turn| self.pull(turn))).await;
            let empty = plan.iter().zip(&pulled).filter(|(_, messages)| messages.is_empty());
            dry.extend(empty.map(|(turn, _)| turn.line.clone()));
            let found =
                together(pulled.into_iter().flatten().map(|message| self.take_up(message))).collect::<Vec<_>>().await;
            taken.extend(found.into_iter().flatten());
        }
        taken
    }

    /// Asks a line for messages that are there now.
    async fn pull(&self, turn: &Turn) -> Vec<jetstream::Message> {
        let mut messages = Vec::new();
        let left = match self.pull_into(&mut messages, QUEUE, &turn.line.name(), turn.most).await {
            Ok(left) => left,
            Err(error) => {
                tracing::debug!(%error, line = turn.line.name(), "a line of jobs did not answer");
                // It is gone, or its leader is.
                if let Err(error) = self.make_line(&turn.line).await {
                    tracing::debug!(%error, "a line of jobs was not made again");
                }
                0
            }
        };
        self.lines().answered(turn, left);
        messages
    }

    /// Pulls what a consumer has now, at most so many; how many are left.
    pub async fn pull_into(
        &self,
        messages: &mut Vec<jetstream::Message>,
        stream: &str,
        consumer: &str,
        most: usize,
    ) -> Result<u64, EngineError> {
        let failed = |error: &dyn std::fmt::Display| away("a line cannot be pulled from", error);
        let client = &self.link.client;
        let inbox = client.new_inbox();
        let mut answers = client.subscribe(inbox.clone()).await.map_err(|e| failed(&e))?;
        let request = serde_json::json!({ "batch": most, "no_wait": true }).to_string();
        let subject = format!("$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}");
        client.publish_with_reply(subject, inbox, request.into()).await.map_err(|e| failed(&e))?;
        let mut left = 0;
        for _ in 0..most {
            let answer = timeout(ANSWER, answers.next()).await.map_err(|e| failed(&e))?;
            let message = answer.ok_or_else(|| failed(&"the connection was closed"))?;
            match message.status.map_or(200, |status| status.as_u16()) {
                200 => {}
                // No more; of a batch that was begun, no more either.
                404 | 408 => return Ok(0),
                status => return Err(failed(&format_args!("status {status}"))),
            }
            let message = jetstream::Message { message, context: self.link.js.clone() };
            left = message.info().map_or(0, |info| info.pending);
            messages.push(message);
        }
        Ok(left)
    }

    /// Makes a delivery of a message, if there is still something to be done.
    async fn take_up(self: &Arc<Self>, message: jetstream::Message) -> Option<Delivery> {
        let id = message.subject.rsplit('.').next().unwrap_or_default().to_owned();
        let reply = message.reply.as_ref()?.to_string();
        match self.begin(&id, &reply).await {
            Ok(delivery) => delivery,
            Err(error) => {
                tracing::warn!(%error, job = id, "a job could not be taken up");
                self.link.give_back(&reply, LOOK).await;
                None
            }
        }
    }

    async fn begin(self: &Arc<Self>, id: &str, reply: &str) -> Result<Option<Delivery>, EngineError> {
        loop {
            let Some(mut kept) = self.jobs.get::<Record>(id).await? else {
                // It was taken back, or is forgotten.
                self.link.acknowledge(reply).await;
                return Ok(None);
            };
            let record = &mut kept.value;
            if record.has_ended() {
                // Whoever ended it died before all was told.
                self.follow(id, record).await?;
                self.link.acknowledge(reply).await;
                return Ok(None);
            }
            // Read before anything is written: what cannot be read was not begun.
            let body = match &record.body {
                Some(body) => self.read(body).await?,
                None => None,
            };
            let why = match (record.status, &body) {
                (_, None) => Some("What was to be run is gone from the servers; send it again.".to_owned()),
                (JobStatus::Running, _) => {
                    record.deaths += 1;
                    self.too_many(record.deaths, "its executor was not heard of any more")
                }
                _ => None,
            };
            if let Some(why) = why {
                if self.finish(id, &End::SetAside(why), None).await? {
                    self.link.acknowledge(reply).await;
                }
                return Ok(None);
            }
            record.status = JobStatus::Running;
            record.deliveries += 1;
            record.started = Some(now());
            record.holder.clone_from(&self.holder);
            let number = record.deliveries;
            let revision = match self.jobs.put(id, record, kept.revision).await? {
                Some(revision) => revision,
                // Another has written, or this one did and had no answer.
                None => match self.jobs.get::<Record>(id).await? {
                    Some(found) if found.value == *record => found.revision,
                    _ => continue,
                },
            };
            kept.revision = revision;
            self.redelivered.fetch_add(u64::from(number > 1), Ordering::Relaxed);
            return Ok(Some(self.hold(id, reply, kept, body.unwrap_or_default())));
        }
    }

    /// Why a job that died so often is not tried again, if it is not.
    pub fn too_many(&self, deaths: u32, why: &str) -> Option<String> {
        let is_last = deaths >= self.options.deaths;
        is_last.then(|| format!("It was taken up {deaths} times and never came back; the last time {why}."))
    }

    fn hold(&self, id: &str, reply: &str, kept: Kept<Record>, body: Vec<u8>) -> Delivery {
        let (priority, deliveries) = (kept.value.priority, kept.value.deliveries);
        let lease = Lease(format!("{id}.{deliveries}"));
        let held = Held { id: id.to_owned(), reply: reply.to_owned(), kept, stopped: false, seen: Instant::now() };
        let mut all = self.held();
        // An older delivery of it holds nothing any more.
        all.retain(|_, other| other.id != id);
        all.insert(lease.clone(), held);
        Delivery { lease, id: id.to_owned(), body, priority, deliveries }
    }

    /// Nobody wants what is being made of a job.
    pub fn stop(&self, id: &str) {
        self.held().values_mut().filter(|held| held.id == id).for_each(|held| held.stopped = true);
    }

    pub async fn heartbeat(&self, leases: &[Lease]) -> Vec<Pulse> {
        join_all(leases.iter().map(|lease| self.beat(lease))).await
    }

    async fn beat(&self, lease: &Lease) -> Pulse {
        let Some(held) = self.held().get(lease).cloned().filter(|held| !held.stopped) else { return Pulse::Stop };
        self.link.say(&held.reply, Bytes::from_static(b"+WPI")).await;
        if held.seen.elapsed() < SEEN.min(self.options.lease / 4) {
            return Pulse::Go;
        }
        // Servers that cannot be asked stop nothing.
        let Ok(found) = self.jobs.get::<Record>(&held.id).await else { return Pulse::Go };
        let is_ours = found.is_some_and(|found| {
            found.value.status == JobStatus::Running && found.value.deliveries == held.kept.value.deliveries
        });
        if let Some(held) = self.held().get_mut(lease) {
            held.seen = Instant::now();
            held.stopped = !is_ours;
        }
        if is_ours { Pulse::Go } else { Pulse::Stop }
    }
}
