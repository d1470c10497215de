//! The file: the promises, and what only a file can do.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jobs::sqlite::Sqlite;
use jobs::{Engine, EngineError, Options, Settlement, State};

use crate::contract::{self, Fresh};

async fn fresh(options: Options) -> Fresh {
    let folder = tempfile::tempdir().expect("a folder");
    let engine = open(&folder.path().join("state/jobs.db"), options).await;
    (engine, Box::new(folder))
}

async fn open(path: &Path, options: Options) -> Arc<dyn Engine> {
    Arc::new(Sqlite::open(path, options).await.expect("it opens"))
}

crate::every_promise!(fresh);

#[tokio::test]
async fn the_file_is_ones_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("state/jobs.db");
    let first = open(&path, Options::default()).await;
    let second = Sqlite::open(&path, Options::default()).await;
    assert!(matches!(&second, Err(EngineError::InUse(_))), "{second:?}");
    contract::submit(&*first, contract::single(&contract::tenant("a"), contract::job("secret"))).await;
    for entry in std::fs::read_dir(path.parent().expect("a folder")).expect("readable") {
        let entry = entry.expect("readable");
        let mode = entry.metadata().expect("readable").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
    }
    assert_eq!(std::fs::metadata(folder.path().join("state")).expect("readable").permissions().mode() & 0o777, 0o700);
    first.close().await.expect("closed");
    drop(first);
    open(&path, Options::default()).await;
}

#[tokio::test]
async fn another_programs_file_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("jobs.db");
    std::fs::write(
        &path,
        "a shopping list, and more than a hundred bytes of it, so that it could be a head: ".repeat(4),
    )
    .expect("written");
    let text = std::fs::read(&path).expect("readable");
    let opened = Sqlite::open(&path, Options::default()).await;
    assert!(opened.is_err(), "{opened:?}");
    assert_eq!(std::fs::read(&path).expect("readable"), text);
}

#[tokio::test]
async fn jobs_outlive_the_process() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("jobs.db");
    let a = contract::tenant("a");
    let engine = open(&path, Options::default()).await;
    let (batch, submission) = contract::batch_of(&a, contract::numbered(4));
    let ids = contract::submit(&*engine, submission).await;
    let taken = contract::next(&*engine, 2).await;
    contract::settle(&*engine, &taken[0].lease, contract::result("kept")).await;
    // Dropped without a word, as a process that dies.
    drop(engine);
    let engine = reopened(&path).await;
    assert!(matches!(contract::state(&*engine, &a, &ids[0]).await, State::Done(_)));
    assert_eq!(contract::state(&*engine, &a, &ids[1]).await, State::Queued);
    let again = contract::next(&*engine, 1).await;
    assert_eq!((again[0].id.as_str(), again[0].deliveries), (&*ids[1], 2), "first in its line");
    // The lease of the process before holds nothing here.
    contract::settle(&*engine, &taken[1].lease, Settlement::Released).await;
    assert_eq!(contract::state(&*engine, &a, &ids[1]).await, State::Running);
    drop(engine);
    let engine = reopened(&path).await;
    contract::next(&*engine, 1).await;
    drop(engine);
    let engine = reopened(&path).await;
    let State::SetAside(reason) = contract::state(&*engine, &a, &ids[1]).await else { panic!("three died of it") };
    assert!(reason.contains('3'), "{reason}");
    let progress = engine.batch(&a, &batch).await.expect("well").expect("there").progress;
    assert_eq!((progress.done, progress.set_aside, progress.queued), (1, 1, 2));
}

/// Its lock is free when the writer of the one before has seen that nobody asks any more.
async fn reopened(path: &Path) -> Arc<dyn Engine> {
    for _ in 0..100 {
        match Sqlite::open(path, Options::default()).await {
            Ok(engine) => return Arc::new(engine),
            Err(EngineError::InUse(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
            Err(error) => panic!("{error}"),
        }
    }
    panic!("it is never free");
}
