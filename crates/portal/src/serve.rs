//! The start and the end of everything.

use executor::http::server::{ListenError, listen, serve_on};

use crate::config::{Config, Data, Exercises};
use crate::db::{Db, DbError, Origin};
use crate::executors::{Executors, keep_checking};
use crate::exercises::{self, Files, FilesError, Lesson, Mistake, embedded};
use crate::http::App;
use crate::inside::{Inside, InsideError};

/// Why the portal does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The database.
    #[error("DATABASE_URL: the database cannot be used")]
    Database(#[from] DbError),
    /// The exercises' folder.
    #[error("EXERCISES cannot be read")]
    Files(#[from] FilesError),
    /// The exercises in it.
    #[error("EXERCISES cannot be used:\n{}", list(.0))]
    Mistakes(Vec<Mistake>),
    /// The executor.
    #[error(transparent)]
    Inside(#[from] InsideError),
    /// The address.
    #[error(transparent)]
    Listen(#[from] ListenError),
}

/// Mistakes, one a line.
pub fn list(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Serves until `shutdown` is done and what was running has ended.
///
/// # Errors
/// See [`ServeError`].
pub async fn serve(config: Config, shutdown: impl Future<Output = ()> + Send) -> Result<(), ServeError> {
    let lessons = lessons(&config.data)?;
    // The address first: a second portal must not touch the database of the first.
    let listener = listen(config.address).await?;
    let db = open(&config.data).await?;
    if let Some(lessons) = lessons {
        db.put_exercises(&lessons, Origin::Start).await?;
    }
    let inside = match config.executors.urls[..] {
        [] => Some(Inside::start(&config).await?),
        _ => None,
    };
    let urls = inside.as_ref().map_or(config.executors.urls.clone(), |inside| vec![inside.url.clone()]);
    let executors = Executors::new(urls, config.executors.credential.clone(), config.executors.timeout);
    executors.check().await;
    let checking = tokio::spawn(keep_checking(std::sync::Arc::downgrade(&executors)));
    let page = format!("http://{}", listener.local_addr().unwrap_or(config.address));
    let exercises = db.count_exercises().await?;
    tracing::info!(page, database = ?config.data.place, exercises, "the portal stands");
    serve_on(listener, App::new(config, db.clone(), executors), shutdown).await;
    checking.abort();
    if let Some(inside) = inside {
        inside.close().await;
    }
    db.close().await;
    Ok(())
}

/// Opens the database.
///
/// # Errors
/// It cannot be had.
pub async fn open(data: &Data) -> Result<Db, DbError> {
    let db = Db::open(&data.place, data.connections).await?;
    Ok(match &data.file {
        Some(file) => db.following(file.clone()),
        None => db,
    })
}

/// The exercises of the start; `None`: the database's are left as they are.
fn lessons(data: &Data) -> Result<Option<Vec<Lesson>>, ServeError> {
    let files = match &data.exercises {
        Exercises::None => return Ok(None),
        Exercises::Embedded => embedded::files(),
        Exercises::Folder(folder) => Files::of(folder)?,
    };
    exercises::read(&files).map(Some).map_err(ServeError::Mistakes)
}
