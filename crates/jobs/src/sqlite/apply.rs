//! What each change does to the file, and to the memory beside it.

use std::collections::HashMap;
use std::fs::File;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Executor, QueryBuilder, Row};

use super::ends::End;
use super::memory::{Number, Shared, Waiting};
use super::writer::Write;
use super::{calls, millis, span, time, unreadable};
use crate::{Delivery, EngineError, Id, Lease, Options, Priority, Settlement, Tenant};

/// Most rows in one statement: SQLite takes 32,766 values.
pub(super) const ROWS: usize = 500;
/// Most jobs that one sweep forgets.
const FORGOTTEN: i64 = 1000;

/// What is told once a transaction is in the file.
type Tell = Box<dyn FnOnce() + Send>;

/// The connection that writes.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) connection: SqliteConnection,
    pub(super) shared: Arc<Shared>,
    pub(super) options: Options,
    /// A transaction failed: what is in memory may not be what is in the file.
    stale: bool,
    /// Jobs that have ended in this transaction.
    pub(super) ended: Vec<i64>,
    /// Transactions are flushed to the disk.
    flushes: bool,
    /// Keeps other processes out for as long as this one may write.
    _lock: File,
}

impl Work {
    pub fn new(connection: SqliteConnection, shared: Arc<Shared>, options: Options, lock: File) -> Work {
        Work { connection, shared, options, stale: false, ended: Vec::new(), flushes: true, _lock: lock }
    }

    /// Takes back what a process that died had taken, and fills the memory.
    pub async fn begin_anew(&mut self) -> Result<(), EngineError> {
        self.run("BEGIN IMMEDIATE").await.map_err(unreadable)?;
        self.load().await.map_err(unreadable)?;
        let lost: Vec<i64> = self.shared.lock().running.keys().copied().collect();
        for seq in lost {
            self.lose(seq, "the executor that had it was gone").await.map_err(unreadable)?;
        }
        self.tell_batches().await.map_err(unreadable)?;
        self.run("COMMIT").await.map_err(unreadable)
    }

    pub async fn close(self) {
        let _ = self.connection.close().await;
    }

    pub(super) async fn run(&mut self, statement: &'static str) -> sqlx::Result<()> {
        self.connection.execute(statement).await.map(drop)
    }

    /// Fills the memory from the file.
    async fn load(&mut self) -> sqlx::Result<()> {
        let open = sqlx::query(
            "SELECT seq, tenant, priority, state, created, deliveries FROM jobs WHERE state < 2 ORDER BY seq",
        )
        .fetch_all(&mut self.connection)
        .await?;
        let mut memory = self.shared.lock();
        memory.lanes = Default::default();
        memory.running.clear();
        memory.open.clear();
        for row in open {
            let (seq, tenant): (i64, String) = (row.get(0), row.get(1));
            let tenant = Tenant::kept(tenant);
            memory.opened(&tenant);
            match row.get::<i64, _>(3) {
                0 => memory.lanes.push(priority(row.get(2)), &tenant, Waiting { seq, created: time(row.get(4)) }),
                _ => drop(memory.running.insert(seq, (row.get(5), Instant::now() + self.options.lease))),
            }
        }
        Ok(())
    }

    /// Makes changes, all in one transaction, and tells those who wait. Who hears nothing knows that it failed.
    pub async fn commit(&mut self, writes: &mut Vec<Write>) {
        let tells = match self.transact(writes).await {
            Ok(tells) => tells,
            Err(error) => {
                tracing::error!(%error, "jobs could not be written");
                writes.clear();
                self.stale = true;
                return;
            }
        };
        tells.into_iter().for_each(|tell| tell());
    }

    async fn transact(&mut self, writes: &mut Vec<Write>) -> sqlx::Result<Vec<Tell>> {
        if self.stale {
            // There may be none to take back.
            let _ = self.run("ROLLBACK").await;
            self.ended.clear();
            self.load().await?;
            self.stale = false;
        }
        self.flush(writes.iter().any(Write::is_for_good)).await?;
        let mut tells = Vec::with_capacity(writes.len() + 1);
        // One statement is a transaction by itself.
        if let [Write::Claim { .. }] = writes[..] {
            for write in writes.drain(..) {
                tells.push(self.apply(write).await?);
            }
            return Ok(tells);
        }
        self.run("BEGIN IMMEDIATE").await?;
        for write in writes.drain(..) {
            tells.push(self.apply(write).await?);
        }
        self.tell_batches().await?;
        self.run("COMMIT").await?;
        let shared = self.shared.clone();
        tells.push(Box::new(move || {
            // The next pull sees for itself what is left.
            shared.queued.notify_waiters();
            shared.ended.notify_waiters();
            shared.due.notify_waiters();
        }));
        Ok(tells)
    }

    /// Whether the next transactions are to survive the machine's death, and not the process's alone.
    async fn flush(&mut self, flush: bool) -> sqlx::Result<()> {
        if self.flushes != flush {
            self.run(if flush { "PRAGMA synchronous = FULL" } else { "PRAGMA synchronous = NORMAL" }).await?;
            self.flushes = flush;
        }
        Ok(())
    }

    async fn apply(&mut self, write: Write) -> sqlx::Result<Tell> {
        Ok(match write {
            Write::Submit(submission, answer) => later(answer, self.submit(submission).await?),
            Write::Claim { most, interactive_only, answer } => later(answer, self.claim(most, interactive_only).await?),
            Write::Settle(settlements, answer) => later(answer, self.settle(settlements).await?),
            Write::Cancel { tenant, id, answer } => later(answer, self.cancel(&tenant, &id).await?),
            Write::CancelBatch { tenant, id, answer } => later(answer, self.cancel_batch(&tenant, &id).await?),
            Write::Calls { most, answer } => later(answer, calls::take(&mut self.connection, most).await?),
            Write::Called(lease, what, answer) => {
                let given_up = calls::called(&mut self.connection, &lease, &what).await?;
                self.shared.lock().given_up += u64::from(given_up);
                later(answer, ())
            }
            Write::Sweep(answer) => later(answer, self.sweep().await?),
        })
    }

    /// One statement, however many: a job is soon run, and each statement is a word with the thread that has the file.
    async fn claim(&mut self, most: usize, interactive_only: bool) -> sqlx::Result<Vec<Delivery>> {
        let next: Vec<Waiting> = {
            let mut memory = self.shared.lock();
            std::iter::from_fn(|| memory.lanes.take(interactive_only)).take(most).collect()
        };
        if next.is_empty() {
            return Ok(Vec::new());
        }
        let mut update = QueryBuilder::new("UPDATE jobs SET state = 1, deliveries = deliveries + 1, started = ");
        update.push_bind(millis(SystemTime::now())).push(" WHERE state = 0 AND seq IN (");
        let mut seqs = update.separated(", ");
        for waiting in &next {
            seqs.push_bind(waiting.seq);
        }
        update.push(") RETURNING seq, id, body, priority, deliveries");
        let rows = update.build().fetch_all(&mut self.connection).await?;
        let mut memory = self.shared.lock();
        let mut taken: HashMap<i64, Delivery> = HashMap::with_capacity(rows.len());
        for row in rows {
            let number = Number { seq: row.get(0), delivery: row.get(4) };
            memory.running.insert(number.seq, (number.delivery, Instant::now() + self.options.lease));
            memory.redelivered += u64::from(number.delivery > 1);
            let delivery = Delivery {
                lease: number.lease(),
                id: row.get(1),
                body: row.get(2),
                priority: priority(row.get(3)),
                deliveries: u32::try_from(number.delivery).unwrap_or(u32::MAX),
            };
            taken.insert(number.seq, delivery);
        }
        // In the order of their turns, without those that ended while they waited.
        Ok(next.iter().filter_map(|waiting| taken.remove(&waiting.seq)).collect())
    }

    async fn settle(&mut self, settlements: Vec<(Lease, Settlement)>) -> sqlx::Result<()> {
        let mut ends = Vec::with_capacity(settlements.len());
        for (lease, settlement) in settlements {
            let Some(number) = Number::of(&lease) else { continue };
            // A result is one, whoever brings it; all else is for the holder to say.
            let holds = self.shared.lock().running.get(&number.seq).is_some_and(|(held, _)| *held == number.delivery);
            match settlement {
                Settlement::Done(result) => ends.push((number.seq, End::Done(result))),
                Settlement::SetAside(why) if holds => ends.push((number.seq, End::SetAside(why))),
                Settlement::Lost(why) if holds => self.lose(number.seq, &why).await?,
                Settlement::Released if holds => self.requeue(number.seq, 0).await?,
                _ => {}
            }
        }
        self.end(&ends).await
    }

    /// A lease has ended without a word, or with one that is as bad.
    async fn lose(&mut self, seq: i64, why: &str) -> sqlx::Result<()> {
        let deaths: Option<i64> = sqlx::query_scalar("SELECT deaths + 1 FROM jobs WHERE seq = ?1 AND state = 1")
            .bind(seq)
            .fetch_optional(&mut self.connection)
            .await?;
        match deaths {
            Some(deaths) if deaths >= i64::from(self.options.deaths) => {
                let reason = format!("It was taken up {deaths} times and never came back; the last time {why}.");
                self.end(&[(seq, End::SetAside(reason))]).await
            }
            Some(_) => self.requeue(seq, 1).await,
            None => Ok(()),
        }
    }

    /// Back to the head of its line.
    async fn requeue(&mut self, seq: i64, deaths: i64) -> sqlx::Result<()> {
        let row = sqlx::query(
            "UPDATE jobs SET state = 0, deaths = deaths + ?2 WHERE seq = ?1 AND state = 1 RETURNING tenant, priority, created",
        )
        .bind(seq)
        .bind(deaths)
        .fetch_optional(&mut self.connection)
        .await?;
        let mut memory = self.shared.lock();
        memory.running.remove(&seq);
        if let Some(row) = row {
            let waiting = Waiting { seq, created: time(row.get(2)) };
            memory.lanes.push_front(priority(row.get(1)), &Tenant::kept(row.get(0)), waiting);
        }
        Ok(())
    }

    async fn cancel(&mut self, tenant: &Tenant, id: &str) -> sqlx::Result<()> {
        let seq: Option<i64> = sqlx::query_scalar("SELECT seq FROM jobs WHERE id = ?1 AND tenant = ?2 AND state < 2")
            .bind(id)
            .bind(tenant.as_str())
            .fetch_optional(&mut self.connection)
            .await?;
        self.cancel_all(seq.into_iter().collect()).await
    }

    async fn cancel_batch(&mut self, tenant: &Tenant, id: &str) -> sqlx::Result<()> {
        let open = sqlx::query_scalar(
            "SELECT jobs.seq FROM batches JOIN members ON members.batch = batches.id JOIN jobs ON jobs.seq = members.job
             WHERE batches.id = ?1 AND batches.tenant = ?2 AND jobs.state < 2",
        )
        .bind(id)
        .bind(tenant.as_str())
        .fetch_all(&mut self.connection)
        .await?;
        self.cancel_all(open).await
    }

    async fn cancel_all(&mut self, open: Vec<i64>) -> sqlx::Result<()> {
        let ends: Vec<_> = open.iter().map(|seq| (*seq, End::Cancelled)).collect();
        self.end(&ends).await?;
        if !open.is_empty() {
            let gone: std::collections::HashSet<i64> = open.into_iter().collect();
            self.shared.lock().lanes.retain(|waiting| !gone.contains(&waiting.seq));
        }
        Ok(())
    }

    async fn sweep(&mut self) -> sqlx::Result<()> {
        let late = self.shared.lock().expired(Instant::now());
        for number in late {
            self.lose(number.seq, "its executor was not heard of any more").await?;
        }
        let before = millis(SystemTime::now()) - span(self.options.keep);
        sqlx::query("DELETE FROM batches WHERE id IN (SELECT id FROM batches WHERE ended < ?1 LIMIT ?2)")
            .bind(before)
            .bind(FORGOTTEN)
            .execute(&mut self.connection)
            .await?;
        sqlx::query(
            "DELETE FROM jobs WHERE seq IN (SELECT seq FROM jobs WHERE state >= 2 AND ended < ?1
             AND NOT EXISTS (SELECT 1 FROM members WHERE job = jobs.seq) LIMIT ?2)",
        )
        .bind(before)
        .bind(FORGOTTEN)
        .execute(&mut self.connection)
        .await
        .map(drop)
    }
}

fn later<T: Send + 'static>(answer: super::writer::Reply<T>, value: T) -> Tell {
    Box::new(move || drop(answer.send(Ok(value))))
}

pub(super) fn priority(kept: i64) -> Priority {
    if kept == 0 { Priority::Interactive } else { Priority::Bulk }
}

/// Whether a text can name anything in the file.
pub(super) fn is_id(text: &str) -> bool {
    Id::is_one(text)
}
