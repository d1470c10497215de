//! The database: one set of queries for SQLite and PostgreSQL.
//!
//! Theory of operation. Reads go through a pool. All that requests write goes through one [`writer`], which gathers
//! what arrives while it is busy into one transaction, each write one query ([`put`]): with SQLite there can be one writer only, and with either a
//! commit costs a flush to the disk, which the requests of one moment share. A write is answered when it is on the disk.

mod catalogue;
mod connect;
mod progress;
mod put;
mod recent;
mod regrade;
mod writer;

use std::sync::Arc;
use std::time::Duration;

use executor::config::{Following, SecretFile};
use sqlx::AnyPool;
use tokio::time::timeout;

pub use catalogue::Origin;
pub use progress::Touched;
pub use regrade::{Completions, Regrade, Regraded, Stored};
pub use writer::{Submission, Write};

use crate::config::{Place, wrong};
use put::Put;
use recent::Recent;
use writer::Writer;

/// How long a question to the database may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What went wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// It does not answer, or not in time.
    #[error("the database is away")]
    Away(#[source] sqlx::Error),
    /// It answers with an error: a fault of ours, or of what is in it.
    #[error("the database refused a query")]
    Refused(#[source] sqlx::Error),
    /// The file's folder cannot be made.
    #[error("DATABASE_URL: the folder {folder} cannot be made")]
    Folder {
        /// Which.
        folder: std::path::PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The tables cannot be brought up to date.
    #[error("the database's tables cannot be brought up to date")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// There is something in it that we did not put there.
    #[error("the database holds something unexpected: {0}")]
    Content(String),
    /// The writer has ended: the portal is stopping.
    #[error("nothing is written any more")]
    Stopped,
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> DbError {
        use sqlx::Error::{Io, PoolClosed, PoolTimedOut, Protocol, Tls, WorkerCrashed};
        let away = match &error {
            Io(_) | Tls(_) | Protocol(_) | PoolTimedOut | PoolClosed | WorkerCrashed => true,
            sqlx::Error::Database(e) => is_away(e.code().as_deref().unwrap_or_default()),
            _ => false,
        };
        if away { DbError::Away(error) } else { DbError::Refused(error) }
    }
}

/// Codes of a database that will be well again: PostgreSQL that starts, stops or has no connection left; SQLite that is
/// locked by another process, has no room, or cannot reach its file. So is a password that is not accepted: it is being
/// changed.
fn is_away(code: &str) -> bool {
    const POSTGRES: [&str; 5] = ["08", "28", "53", "57", "40"];
    const SQLITE: [&str; 6] = ["5", "6", "10", "13", "14", "8"];
    let sqlite = code.parse::<u32>().ok().filter(|_| code.len() < 5).map(|code| (code & 0xff).to_string());
    match sqlite {
        Some(primary) => SQLITE.contains(&primary.as_str()),
        None => code.len() == 5 && POSTGRES.contains(&&code[..2]),
    }
}

/// The database.
#[derive(Debug, Clone)]
pub struct Db {
    /// For reading.
    pool: AnyPool,
    /// For writing exercises: with SQLite the one connection that writes.
    one: AnyPool,
    writer: Writer,
    recent: Arc<Recent>,
    kind: &'static str,
    /// How a transaction begins that reads before it writes.
    begin: &'static str,
    /// Of the file that names it.
    _following: Option<Arc<Following>>,
}

impl Db {
    /// Connects, waiting a while for a server that is not up yet, and brings the tables up to date.
    ///
    /// # Errors
    /// It cannot be reached, or its tables cannot be used.
    pub async fn open(place: &Place, connections: u32) -> Result<Db, DbError> {
        let (pool, one) = match place {
            Place::Sqlite(path) => connect::sqlite(path, connections).await?,
            Place::Postgres(url) => connect::postgres(url, connections).await?,
        };
        let begin = match place {
            // Otherwise another process could write between the two.
            Place::Sqlite(_) => "BEGIN IMMEDIATE",
            Place::Postgres(_) => "BEGIN",
        };
        let writer = Writer::start(one.clone(), Put::of(place));
        Ok(Db { pool, one, writer, recent: Arc::default(), kind: place.kind(), begin, _following: None })
    }

    /// Follows the file that holds the server's address: what it says is for connections opened from then on, those that
    /// are open stay. A file of SQLite stays what it is.
    pub fn following(mut self, file: SecretFile) -> Db {
        if self.kind == Place::POSTGRES {
            let (pool, variable) = (self.pool.clone(), file.variable());
            let following = file.follow(move |text| match Place::of(variable, Some(text.trim()))? {
                Place::Postgres(url) => connect::readdress(&pool, &url).map_err(|problem| wrong(variable, problem)),
                Place::Sqlite(_) => Err(wrong(variable, "another kind of database needs a restart")),
            });
            self._following = Some(Arc::new(following));
        }
        self
    }

    /// `sqlite` or `postgres`.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Whether it answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), DbError> {
        in_time(async { Ok(sqlx::query("SELECT 1").execute(&self.pool).await.map(drop)?) }).await
    }

    /// Writes what one request did; returns when it is on the disk.
    ///
    /// # Errors
    /// It is not written. With [`DbError::Away`] it may be, if the connection was lost in the last moment.
    pub async fn write(&self, write: Write) -> Result<(), DbError> {
        self.writer.write(write).await
    }

    /// Ends it: what was handed to the writer is written.
    pub async fn close(&self) {
        self.writer.close().await;
        self.pool.close().await;
        self.one.close().await;
    }
}

/// A question's answer, in time.
async fn in_time<T>(question: impl Future<Output = Result<T, DbError>>) -> Result<T, DbError> {
    timeout(PATIENCE, question).await.unwrap_or(Err(DbError::Away(sqlx::Error::PoolTimedOut)))
}

#[cfg(test)]
mod tests {
    use super::is_away;

    #[test]
    fn what_passes_and_what_does_not() {
        for passing in ["57P01", "53300", "28P01", "08006", "40P01", "5", "261", "10", "13", "14"] {
            assert!(is_away(passing), "{passing}");
        }
        for ours in ["42P01", "23503", "22021", "1", "19", "787", ""] {
            assert!(!is_away(ours), "{ours}");
        }
    }
}
