//! Connecting, and bringing the tables up to date.

use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::any::AnyPoolOptions;
use sqlx::migrate::Migrator;
use sqlx::{AnyPool, Connection, Executor};

use super::DbError;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a request waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(2);
/// How long a start waits for a server.
const START: Duration = Duration::from_secs(15);

fn options(connections: u32) -> AnyPoolOptions {
    sqlx::any::install_default_drivers();
    AnyPoolOptions::new().max_connections(connections).acquire_timeout(ACQUIRE)
}

/// A file: many that read beside one that writes.
pub(super) async fn sqlite(path: &Path, connections: u32) -> Result<(AnyPool, AnyPool), DbError> {
    make_folder(path)?;
    let url = format!("sqlite://{}", path.display());
    // A file is not asked whether it is still there.
    let options = |connections| options(connections).test_before_acquire(false);
    let writer = options(1)
        // It holds the file's lock and its settings; there is no reason to begin anew.
        .min_connections(1)
        .max_lifetime(None)
        .idle_timeout(None)
        .after_connect(|connection, _| {
            Box::pin(async move {
                // WAL: readers do not wait for the writer. FULL: what is committed survives a loss of power.
                connection.execute("PRAGMA journal_mode = WAL").await?;
                connection.execute("PRAGMA synchronous = FULL").await?;
                Ok(())
            })
        })
        .connect(&format!("{url}?mode=rwc"))
        .await?;
    SQLITE.run(&writer).await.map_err(DbError::Migration)?;
    let readers = options(connections - 1)
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute("PRAGMA query_only = ON").await.map(drop) })
        })
        .connect(&format!("{url}?mode=rw"))
        .await?;
    Ok((readers, writer))
}

/// The folder of the file, for nobody else to read: solutions lie in it.
fn make_folder(path: &Path) -> Result<(), DbError> {
    use std::os::unix::fs::DirBuilderExt;
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|source| DbError::Folder { folder: folder.to_owned(), source })
}

/// Has a pool open its next connections at another address, or with another password.
pub(super) fn readdress(pool: &AnyPool, url: &str) -> Result<(), &'static str> {
    // The parser's own words might repeat a part of it.
    let options = url.parse().map_err(|_| "it is no address of a PostgreSQL database")?;
    pool.set_connect_options(options);
    Ok(())
}

/// How long a server's connection may have been idle and is still taken for sound: asking costs a round trip for each request.
const SOUND: Duration = Duration::from_secs(1);

/// A server.
pub(super) async fn postgres(url: &str, connections: u32) -> Result<(AnyPool, AnyPool), DbError> {
    let begun = Instant::now();
    let options = options(connections).test_before_acquire(false).before_acquire(|connection, known| {
        Box::pin(async move {
            if known.idle_for > SOUND {
                connection.ping().await?;
            }
            Ok(true)
        })
    });
    let pool = loop {
        match options.clone().connect(url).await.map_err(DbError::from) {
            Err(DbError::Away(error)) if begun.elapsed() < START => {
                tracing::warn!(%error, "the database is not there yet");
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
            other => break other?,
        }
    };
    POSTGRES.run(&pool).await.map_err(DbError::Migration)?;
    Ok((pool.clone(), pool))
}
