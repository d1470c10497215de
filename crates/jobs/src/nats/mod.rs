//! Jobs in streams and buckets of NATS JetStream, of many executors on many machines.
//!
//! Theory of operation. The servers are the truth; every engine is the same, and can die at any moment. What is kept:
//!
//! | Where | What | Written by |
//! | --- | --- | --- |
//! | stream `pyx_v1_queue`, `pyx.v1.q.<i\|b>.<tenant>.<job>` | a message for each job that has not ended: it waits, or somebody has it | submissions; acknowledged by who ends the job |
//! | bucket `pyx_v1_jobs`, `<job>` | the record of a job ([`record::Record`]) with its program and result while they are small | all, each time comparing the revision |
//! | bucket `pyx_v1_blobs`, `<job>.<name>.<n>` | programs and results of more than 4 KiB, in pieces of 512 KiB; never written over | who has one |
//! | bucket `pyx_v1_batches`, `<batch>` | which jobs a batch has; never changed | submissions |
//! | bucket `pyx_v1_batches`, `<batch>.t` | its tally: which jobs have ended, in order; the events are numbered by it | who ends a job, comparing the revision |
//! | stream `pyx_v1_calls`, `pyx.v1.c.<j\|b>.<id>` | a message for each callback that is due | who ends a job |
//! | stream `pyx_v1_ends`, `pyx.v1.x.<j\|b>.<id>` | when a job without a batch, or a batch, ended | who ends a job |
//! | stream `pyx_v1_guards`, `pyx.v1.g.<bucket>.<key>.<revision>` | who is about to replace this revision ([`bucket`]) | who writes a record that has copies |
//! | stream `pyx_v1_intake`, `pyx.v1.t` | submissions that are under way | submissions |
//!
//! Each priority of each tenant is a line: a durable pull consumer of the queue with a filter. Executors ask the lines in
//! turn for as many as they have cells for ([`lines`]), nothing is fetched beforehand. A word on `pyx.v1.wake`, which
//! nobody keeps, tells them that something came.
//!
//! Exactly one end for each job: a record that has ended is never written again but for its callback, and its revision is
//! compared on each write. All that follows an end (tally, callback, note) can be done twice without harm, since each is
//! one key or one subject where a second write is refused; and only then is the job's message acknowledged. So the queue
//! is also the list of what has not been done to its end: whoever is given a job that has ended does what may be missing.
//! No message has an identity that the servers must remember for a while: one for each subject is what they see to.
//!
//! | It dies | What is there | What happens |
//! | --- | --- | --- |
//! | submission: before the batch's roll (of a single job: its record) | records without messages | a sweep takes them back 20 s later, or the same request takes them over |
//! | submission: after that, before all messages are in the queue | a batch, a part of it in the queue | a sweep finishes it, or the first end does it no harm meanwhile |
//! | delivery: before the record says that it runs | a message that nobody acknowledges | delivered again after the lease; it was never begun |
//! | while the job runs | the same, and a record that runs | delivered again, with one death more; after the third it is set aside |
//! | settlement: before the record has ended | pieces of a result at most | the same: it is run again |
//! | settlement: after that, before it is acknowledged | an end, and a part of what follows | delivered again: the rest is done, nothing is run |
//! | cancelling: after the record has ended | the same | the same |
//! | callback: after the other side took it | a callback that is held | made again after a minute, with the same id |
//!
//! Deaths are counted in the record, not by the servers: what was given back has not died. Everything is read from the
//! leader of a stream, since copies can be late. A request that meets an election is repeated for nine seconds.
//!
//! What a server has taken survives its process at once, and a loss of power after `sync_interval` (two minutes unless it
//! is told otherwise): against that there are the copies on other machines. Servers from version 2.9 on do.

mod address;
mod batches;
mod blob;
mod bucket;
mod calls;
mod deliver;
mod lines;
mod link;
mod pending;
mod read;
mod record;
mod settle;
mod stats;
mod streams;
mod submit;
mod sweep;

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_nats::{ConnectErrorKind, ConnectOptions, ServerAddr};
use futures_util::stream::{self, Buffered, StreamExt};
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use crate::{
    Accepted, Answer, Batch, Call, Called, Delivery, Engine, EngineError, Events, Id, Job, Lease, Options, Pulse,
    Refused, Settlement, Stats, Submission, Tenant,
};
use address::{Address, Credentials};
use bucket::Bucket;
use deliver::{Held, Looks};
use lines::{Line, Lines};
use link::{Bare, Link, away};

const QUEUE: &str = "pyx_v1_queue";
const QUEUE_SUBJECTS: &str = "pyx.v1.q";
const CALLS: &str = "pyx_v1_calls";
const CALL_SUBJECTS: &str = "pyx.v1.c";
const CALLS_CONSUMER: &str = "calls";
const ENDS: &str = "pyx_v1_ends";
const END_SUBJECTS: &str = "pyx.v1.x";
const GUARDS: &str = "pyx_v1_guards";
const GUARD_SUBJECTS: &str = "pyx.v1.g";
const INTAKE: &str = "pyx_v1_intake";
const INTAKE_SUBJECT: &str = "pyx.v1.t";
const WAKE: &str = "pyx.v1.wake";
const JOBS: &str = "pyx_v1_jobs";
const BATCHES: &str = "pyx_v1_batches";
const BLOBS: &str = "pyx_v1_blobs";

/// Requests on their way at a time, of one thing that needs many.
const TOGETHER: usize = 128;
/// Does many things, some at a time; their answers come in order.
fn together<F: Future>(all: impl IntoIterator<Item = F>) -> Buffered<stream::Iter<std::vec::IntoIter<F>>> {
    stream::iter(all.into_iter().collect::<Vec<F>>()).buffered(TOGETHER)
}

/// For so long a line of a cluster may not have heard of what has just come.
const FRESH: Duration = Duration::from_millis(400);
/// Between questions whether a server is still there. A third without an answer and another one is taken: a server that is
/// cut off says nothing, and the system would wait for a quarter of an hour.
const PING: Duration = Duration::from_secs(2);
/// How long one server may take to be connected to; then the next is tried.
const RECONNECT: Duration = Duration::from_secs(2);
/// How long the first connection may take.
const CONNECT: Duration = Duration::from_secs(5);

/// Jobs in JetStream.
pub struct Nats {
    inner: Arc<Inner>,
    listening: Vec<AbortHandle>,
}

/// What all its parts share.
struct Inner {
    link: Link,
    queue: Bare,
    ends: Bare,
    intake: Bare,
    jobs: Bucket,
    batches: Bucket,
    blobs: Bucket,
    options: Options,
    /// Names this engine in the records that it writes.
    holder: String,
    /// How many names it has given.
    names: AtomicU64,
    lines: Mutex<Lines>,
    looks: Mutex<Looks>,
    /// Something came into a line.
    woken: Notify,
    held: Mutex<HashMap<Lease, Held>>,
    /// Callbacks that it holds, and where to acknowledge them.
    calling: Mutex<HashMap<Lease, String>>,
    /// A callback was queued.
    due: Notify,
    /// Ends that wait for a write of their batch's tally.
    telling: Mutex<HashMap<String, Vec<batches::Telling>>>,
    /// Submissions under way, and when a sweep saw them first.
    seen: Mutex<HashMap<u64, Instant>>,
    stats: Mutex<Option<(std::time::Instant, Stats)>>,
    redelivered: AtomicU64,
    set_aside: AtomicU64,
    given_up: AtomicU64,
}

impl Nats {
    /// Connects to servers, and makes what is missing there. `url` is
    /// `nats://[user:password@|token@]host:4222[,host:4222…][?replicas=n]`, or `tls://…`.
    ///
    /// Without `replicas`, three servers keep each thing where there is a cluster, else the one that there is.
    ///
    /// # Errors
    /// [`EngineError::Address`]: the address cannot be read, or what it says is refused. [`EngineError::Away`]: no server answers
    /// within five seconds, or the streams cannot be made.
    pub async fn open(url: &str, options: Options) -> Result<Nats, EngineError> {
        let address = Address::of(url)?;
        let client = connect(&address).await?;
        let link = Link::new(client);
        // Where no server of the cluster has it, nothing below is answered.
        if !link.client.server_info().jetstream {
            tracing::warn!("the NATS server that is connected has no JetStream; it is started with -js");
        }
        let are_copied = link.prepare(address.replicas, &[JOBS, BATCHES, BLOBS]).await?;
        let holder = Id::random().map_err(|error| away("a name cannot be made", error))?.as_str()[..12].to_owned();
        let guards = if are_copied { Some(link.prepared(GUARDS).await?) } else { None };
        let bucket = async |name| {
            let stream = link.prepared(format!("KV_{name}")).await?;
            Ok(Bucket::new(&link, stream, name, guards.clone(), &holder))
        };
        let inner = Arc::new(Inner {
            queue: link.prepared(QUEUE).await?,
            ends: link.prepared(ENDS).await?,
            intake: link.prepared(INTAKE).await?,
            jobs: bucket(JOBS).await?,
            batches: bucket(BATCHES).await?,
            blobs: bucket(BLOBS).await?,
            options,
            holder: holder.clone(),
            names: AtomicU64::new(0),
            lines: Mutex::new(Lines::new(FRESH)),
            looks: Mutex::default(),
            woken: Notify::new(),
            held: Mutex::default(),
            calling: Mutex::default(),
            due: Notify::new(),
            telling: Mutex::default(),
            seen: Mutex::default(),
            stats: Mutex::default(),
            redelivered: AtomicU64::new(0),
            set_aside: AtomicU64::new(0),
            given_up: AtomicU64::new(0),
            link,
        });
        inner.make_calls().await?;
        let listening = inner.listen().await?;
        Ok(Nats { inner, listening })
    }
}

async fn connect(address: &Address) -> Result<async_nats::Client, EngineError> {
    let mut options = ConnectOptions::new()
        .name("python-executor")
        .require_tls(address.tls)
        .connection_timeout(RECONNECT)
        .ping_interval(PING)
        .request_timeout(Some(link::ANSWER))
        .event_callback(|event| async move { tracing::info!(%event, "connection to NATS") });
    options = match &address.credentials {
        Credentials::None => options,
        Credentials::Password { user, password } => options.user_and_password(user.clone(), password.clone()),
        Credentials::Token(token) => options.token(token.clone()),
    };
    let what = "no NATS server can be had";
    let servers: Result<Vec<ServerAddr>, _> = address.servers.iter().map(|server| server.parse()).collect();
    let servers = servers.map_err(|error: std::io::Error| EngineError::Address(format!("a NATS server: {error}")))?;
    let hosts = address.servers.join(", ");
    let connecting = tokio::time::timeout(CONNECT, options.connect(servers)).await;
    let connected = connecting.map_err(|_| away(what, format!("{hosts}: no answer in {} s", CONNECT.as_secs())))?;
    connected.map_err(|error| match error.kind() {
        // Waiting does not mend these.
        ConnectErrorKind::Authentication | ConnectErrorKind::AuthorizationViolation => {
            EngineError::Address(format!("{hosts} do not take these credentials: {error}"))
        }
        _ => away(what, format!("{hosts}: {error}")),
    })
}

impl Inner {
    /// Words that come without being asked for.
    async fn listen(self: &Arc<Self>) -> Result<Vec<AbortHandle>, EngineError> {
        let failed = |error| away("the servers cannot be listened to", error);
        let client = &self.link.client;
        let mut wakes = client.subscribe(WAKE).await.map_err(failed)?;
        let mut calls = client.subscribe(format!("{CALL_SUBJECTS}.>")).await.map_err(failed)?;
        let inner = Arc::downgrade(self);
        let woken = tokio::spawn(async move {
            while let (Some(word), Some(inner)) = (wakes.next().await, inner.upgrade()) {
                if let Some(line) = std::str::from_utf8(&word.payload).ok().and_then(Line::of_name) {
                    inner.lines().mark(&line);
                    inner.woken.notify_waiters();
                }
            }
        });
        let inner = Arc::downgrade(self);
        let due = tokio::spawn(async move {
            while let (Some(_), Some(inner)) = (calls.next().await, inner.upgrade()) {
                inner.due.notify_waiters();
            }
        });
        Ok(vec![woken.abort_handle(), due.abort_handle()])
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(|e| e.into_inner())
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Lease, Held>> {
        self.held.lock().unwrap_or_else(|e| e.into_inner())
    }

    fn calling(&self) -> MutexGuard<'_, HashMap<Lease, String>> {
        self.calling.lock().unwrap_or_else(|e| e.into_inner())
    }

    /// A name that no other engine gives, nor this one again.
    fn new_name(&self) -> String {
        format!("{}{:x}", self.holder, self.names.fetch_add(1, Ordering::Relaxed))
    }

    /// Some milliseconds, so that engines that met do not meet again.
    fn jitter(&self) -> u64 {
        let seed = self.holder.bytes().fold(self.names.fetch_add(1, Ordering::Relaxed), |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u64::from(byte))
        });
        seed % 7
    }
}

impl Engine for Nats {
    fn submit(&self, submission: Submission) -> Answer<'_, Result<Accepted, Refused>> {
        Box::pin(async move { self.inner.submit(submission).await })
    }

    fn next(&self, most: usize, interactive_only: bool, patience: Duration) -> Answer<'_, Vec<Delivery>> {
        Box::pin(self.inner.next(most, interactive_only, patience))
    }

    fn heartbeat<'a>(&'a self, leases: &'a [Lease]) -> Answer<'a, Vec<Pulse>> {
        Box::pin(async move { Ok(self.inner.heartbeat(leases).await) })
    }

    fn settle(&self, settlements: Vec<(Lease, Settlement)>) -> Answer<'_, ()> {
        Box::pin(self.inner.settle(settlements))
    }

    fn job<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Job>> {
        Box::pin(self.inner.job(tenant, id))
    }

    fn batch<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Batch>> {
        Box::pin(self.inner.batch(tenant, id))
    }

    fn events<'a>(
        &'a self,
        tenant: &'a Tenant,
        batch: &'a str,
        after: u64,
        patience: Duration,
    ) -> Answer<'a, Option<Events>> {
        Box::pin(self.inner.events(tenant, batch, after, patience))
    }

    fn cancel<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Job>> {
        Box::pin(async move {
            self.inner.cancel(tenant, id).await?;
            self.inner.job(tenant, id).await
        })
    }

    fn cancel_batch<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Batch>> {
        Box::pin(async move {
            self.inner.cancel_batch(tenant, id).await?;
            self.inner.batch(tenant, id).await
        })
    }

    fn calls(&self, most: usize, patience: Duration) -> Answer<'_, Vec<Call>> {
        Box::pin(self.inner.calls(most, patience))
    }

    fn called(&self, call: Lease, what: Called) -> Answer<'_, ()> {
        Box::pin(self.inner.called(call, what))
    }

    fn sweep(&self) -> Answer<'_, ()> {
        Box::pin(self.inner.sweep())
    }

    fn stats(&self) -> Answer<'_, Stats> {
        Box::pin(self.inner.stats())
    }

    fn name(&self) -> String {
        "nats".into()
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let released = self.inner.release_all().await;
            self.listening.iter().for_each(AbortHandle::abort);
            // Without a server it would wait for one.
            let what = "the connection to NATS cannot be emptied";
            let flushed = tokio::time::timeout(link::ANSWER, self.inner.link.client.flush()).await;
            released.and(flushed.map_err(|error| away(what, error))?.map_err(|error| away(what, error)))
        })
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        self.listening.iter().for_each(AbortHandle::abort);
    }
}

impl fmt::Debug for Nats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nats").field("options", &self.inner.options).finish_non_exhaustive()
    }
}
