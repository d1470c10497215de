//! Jobs in a file, of one executor on one machine.
//!
//! Theory of operation. The file is the truth, and this process alone has it: a lock beside it keeps others out. All that
//! changes it goes through one task ([`writer`]), which takes what has come up meanwhile into one transaction: one flush
//! for many, and none for a delivery, which the machine's death may undo but not the process's. Who waits for whom is kept in memory ([`memory`]) and rebuilt from the file at the start; then every job that
//! was running has lost its executor. Reads have connections of their own and do not wait for the writer.
//!
//! | The process dies | The job |
//! | --- | --- |
//! | before a submission is committed | does not exist; the caller had no answer |
//! | before a delivery is committed | waits, and was never begun |
//! | while the job runs | waits again, with one death more; after the third it is set aside |
//! | before a result is committed | the same: it is run again, and has one result |
//! | after that | has its result |

mod apply;
mod calls;
mod ends;
mod memory;
mod read;
mod submit;
mod writer;

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Executor};

use crate::{
    Accepted, Answer, Batch, Call, Called, Delivery, Engine, EngineError, Events, Job, Lease, Options, Pulse, Refused,
    Settlement, Stats, Submission, Tenant,
};
use memory::{Held, Shared};
use writer::{Write, Writer};

/// The schema that this version writes and reads.
const VERSION: i64 = 1;
/// Connections for reading.
const READERS: u32 = 4;
/// How long to wait for more before events are looked up, and between two looks for callbacks that have come due.
const PAUSE: Duration = Duration::from_millis(50);
const CALLS_PAUSE: Duration = Duration::from_secs(1);

/// Jobs in a file.
#[derive(Debug)]
pub struct Sqlite {
    readers: SqlitePool,
    writer: Writer,
    shared: Arc<Shared>,
    options: Options,
}

impl Sqlite {
    /// Opens the file, or makes it with the folders above it; nobody else may read it. What ran when its last process died
    /// is taken back.
    ///
    /// # Errors
    /// The file cannot be had, another process has it, or it is no file of jobs.
    pub async fn open(path: &Path, options: Options) -> Result<Sqlite, EngineError> {
        let lock = lock(path)?;
        let connect = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .disable_statement_logging();
        let mut connection = connect.connect().await.map_err(away("the file of jobs cannot be opened"))?;
        let shared = Arc::new(Shared::default());
        prepare(&mut connection).await?;
        let mut work = apply::Work::new(connection, shared.clone(), options, lock);
        work.begin_anew().await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(connect.read_only(true))
            .await
            .map_err(away("the file of jobs cannot be opened"))?;
        Ok(Sqlite { readers, writer: Writer::start(work), shared, options })
    }
}

/// Makes the file, for its owner alone, and locks it.
fn lock(path: &Path) -> Result<File, EngineError> {
    let failed =
        |what| move |error: std::io::Error| EngineError::Away { what, why: format!("{}: {error}", path.display()) };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(failed("the folder of jobs cannot be made"))?;
    }
    let own = |path: &Path| OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path);
    own(path).map_err(failed("the file of jobs cannot be opened"))?;
    // Not the file itself: SQLite has locks of its own on it.
    let beside = PathBuf::from(format!("{}.lock", path.display()));
    let lock = own(&beside).map_err(failed("the lock of the file of jobs cannot be opened"))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(EngineError::InUse(path.display().to_string())),
        Err(TryLockError::Error(error)) => Err(failed("the file of jobs cannot be locked")(error)),
    }
}

/// Makes the tables, or sees that they are ours.
async fn prepare(connection: &mut SqliteConnection) -> Result<(), EngineError> {
    let version: i64 =
        sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await.map_err(unreadable)?;
    let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema")
        .fetch_one(&mut *connection)
        .await
        .map_err(unreadable)?;
    match (version, tables) {
        (VERSION, _) => Ok(()),
        (0, 0) => {
            let make = concat!("BEGIN;", include_str!("schema.sql"), "COMMIT;");
            connection.execute(make).await.map(drop).map_err(away("the tables of jobs cannot be made"))
        }
        (0, _) => Err(EngineError::Unreadable { what: "the file of jobs", why: "it is another program's".into() }),
        (other, _) => {
            let why = format!("it has version {other}, and this program reads {VERSION}");
            Err(EngineError::Unreadable { what: "the file of jobs", why })
        }
    }
}

fn away(what: &'static str) -> impl Fn(sqlx::Error) -> EngineError {
    move |error| EngineError::Away { what, why: error.to_string() }
}

fn unreadable(error: sqlx::Error) -> EngineError {
    EngineError::Unreadable { what: "the file of jobs", why: error.to_string() }
}

/// Milliseconds since 1970.
fn millis(time: SystemTime) -> i64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn time(millis: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(millis.try_into().unwrap_or(0))
}

fn span(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

impl Engine for Sqlite {
    fn submit(&self, submission: Submission) -> Answer<'_, Result<Accepted, Refused>> {
        Box::pin(self.writer.ask(|answer| Write::Submit(submission, answer)))
    }

    fn next(&self, most: usize, interactive_only: bool, patience: Duration) -> Answer<'_, Vec<Delivery>> {
        Box::pin(async move {
            let until = tokio::time::Instant::now() + patience;
            loop {
                let queued = self.shared.queued.notified();
                tokio::pin!(queued);
                queued.as_mut().enable();
                if self.shared.lock().has_waiting(interactive_only) {
                    let taken = self.writer.ask(|answer| Write::Claim { most, interactive_only, answer }).await?;
                    if !taken.is_empty() {
                        return Ok(taken);
                    }
                }
                if tokio::time::timeout_at(until, queued).await.is_err() {
                    return Ok(Vec::new());
                }
            }
        })
    }

    fn heartbeat<'a>(&'a self, leases: &'a [Lease]) -> Answer<'a, Vec<Pulse>> {
        let pulses = self.shared.lock().keep(leases, self.options.lease);
        Box::pin(std::future::ready(Ok(pulses)))
    }

    fn settle(&self, settlements: Vec<(Lease, Settlement)>) -> Answer<'_, ()> {
        Box::pin(self.writer.ask(|answer| Write::Settle(settlements, answer)))
    }

    fn job<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Job>> {
        Box::pin(async move { read::job(&self.readers, tenant, id).await.map_err(read::failed) })
    }

    fn batch<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Batch>> {
        Box::pin(async move { read::batch(&self.readers, tenant, id).await.map_err(read::failed) })
    }

    fn events<'a>(
        &'a self,
        tenant: &'a Tenant,
        batch: &'a str,
        after: u64,
        patience: Duration,
    ) -> Answer<'a, Option<Events>> {
        Box::pin(async move {
            let until = tokio::time::Instant::now() + patience;
            loop {
                let ended = self.shared.ended.notified();
                tokio::pin!(ended);
                ended.as_mut().enable();
                let found = read::events(&self.readers, tenant, batch, after).await.map_err(read::failed)?;
                match found {
                    Some(Events { ref events, complete: false }) if events.is_empty() => {}
                    other => return Ok(other),
                }
                if tokio::time::timeout_at(until, ended).await.is_err() {
                    return Ok(found);
                }
                // Ends come many at a time.
                tokio::time::sleep(PAUSE).await;
            }
        })
    }

    fn cancel<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Job>> {
        Box::pin(async move {
            self.writer.ask(|answer| Write::Cancel { tenant: tenant.clone(), id: id.into(), answer }).await?;
            self.job(tenant, id).await
        })
    }

    fn cancel_batch<'a>(&'a self, tenant: &'a Tenant, id: &'a str) -> Answer<'a, Option<Batch>> {
        Box::pin(async move {
            self.writer.ask(|answer| Write::CancelBatch { tenant: tenant.clone(), id: id.into(), answer }).await?;
            self.batch(tenant, id).await
        })
    }

    fn calls(&self, most: usize, patience: Duration) -> Answer<'_, Vec<Call>> {
        Box::pin(async move {
            let until = tokio::time::Instant::now() + patience;
            loop {
                let due = self.shared.due.notified();
                tokio::pin!(due);
                due.as_mut().enable();
                let now = millis(SystemTime::now());
                if calls::any_due(&self.readers, now).await.map_err(read::failed)? {
                    let held: Vec<Held> = self.writer.ask(|answer| Write::Calls { most, answer }).await?;
                    let calls = calls::with_subjects(&self.readers, held).await.map_err(read::failed)?;
                    if !calls.is_empty() {
                        return Ok(calls);
                    }
                }
                // A retry comes due without anything being written.
                let look_again = until.min(tokio::time::Instant::now() + CALLS_PAUSE);
                if tokio::time::timeout_at(look_again, due).await.is_err() && look_again == until {
                    return Ok(Vec::new());
                }
            }
        })
    }

    fn called(&self, call: Lease, what: Called) -> Answer<'_, ()> {
        Box::pin(self.writer.ask(|answer| Write::Called(call, what, answer)))
    }

    fn sweep(&self) -> Answer<'_, ()> {
        Box::pin(self.writer.ask(Write::Sweep))
    }

    fn stats(&self) -> Answer<'_, Stats> {
        let stats = self.shared.lock().stats(SystemTime::now());
        Box::pin(std::future::ready(Ok(stats)))
    }

    fn name(&self) -> String {
        "sqlite".into()
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            self.writer.close().await;
            self.readers.close().await;
            Ok(())
        })
    }
}
