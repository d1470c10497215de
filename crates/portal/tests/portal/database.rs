//! What the database must never do: lose what was answered, or take the portal with it when it is away.

use std::path::Path;
use std::time::Duration;

use portal::config::Place;
use portal::db::{Db, DbError, Origin, Submission, Touched, Write};
use portal::exercises::Lesson;
use sqlx::{Connection, Executor};
use tokio::task::JoinSet;

use crate::postgres::Server;
use crate::support::{Data, Kind, Portal, both, lessons};

both!(
    nothing_is_lost_when_many_write,
    several_portals_write_to_one_database,
    exercises_that_were_loaded_stay,
    what_a_learner_did_survives_its_exercise,
    what_is_written_stays_after_closing,
    one_write_that_cannot_be_does_not_take_others_with_it,
);

fn write(learner: &str, exercise: &str, request: String) -> Write {
    let submission = Submission {
        request_id: request,
        code: "x".into(),
        status: "ok".into(),
        passed: Some(true),
        execution_ms: 1,
        test_cases: None,
        tests_digest: None,
    };
    let touched = Touched { attempt: true, passed: Some(1), code: Some("x".into()), ..Touched::default() };
    Write { learner: learner.into(), exercise: exercise.into(), at: 1, touched, submission: Some(submission) }
}

/// Many learners at the same time, each writing to every exercise again and again.
async fn hammer(db: &Db, name: &str, tasks: usize, times: usize) {
    let mut running = JoinSet::new();
    for task in 0..tasks {
        let (db, name) = (db.clone(), name.to_owned());
        running.spawn(async move {
            for time in 0..times {
                let exercise = ["T1_double", "T2_shout"][(task + time) % 2];
                let write = write(&format!("learner{}", task % 4), exercise, format!("{name}-{task}-{time}"));
                db.write(write).await.expect("written");
            }
        });
    }
    running.join_all().await;
}

async fn nothing_is_lost_when_many_write(kind: Kind) {
    let data = Data::new(kind).await;
    let db = data.open().await;
    let reading = tokio::spawn({
        let db = db.clone();
        async move {
            loop {
                db.progress("learner0").await.expect("readers are never refused");
                tokio::task::yield_now().await;
            }
        }
    });
    hammer(&db, "a", 32, 40).await;
    assert!(!reading.is_finished(), "the reader went on");
    reading.abort();
    assert_eq!(data.number("SELECT COUNT(DISTINCT request_id) FROM submissions").await, 32 * 40);
    assert_eq!(data.number("SELECT CAST(SUM(attempts) AS BIGINT) FROM progress").await, 32 * 40);
}

async fn several_portals_write_to_one_database(kind: Kind) {
    let data = Data::new(kind).await;
    let (a, b) = (data.open().await, data.open().await);
    let lessons = lessons();
    let loading = async {
        for _ in 0..5 {
            a.put_exercises(&lessons, Origin::Loaded).await.expect("put");
        }
    };
    tokio::join!(hammer(&a, "a", 8, 25), hammer(&b, "b", 8, 25), loading);
    assert_eq!(data.number("SELECT COUNT(DISTINCT request_id) FROM submissions").await, 400);
    assert_eq!(data.number("SELECT CAST(SUM(attempts) AS BIGINT) FROM progress").await, 400);
}

fn titled(lessons: &[Lesson], title: &str) -> Vec<Lesson> {
    let mut lessons = lessons.to_vec();
    lessons.iter_mut().for_each(|lesson| lesson.seen.title = title.into());
    lessons
}

async fn exercises_that_were_loaded_stay(kind: Kind) {
    let data = Data::new(kind).await;
    let db = data.open().await;
    let lessons = lessons();
    let titles = async || -> Vec<String> {
        db.exercises().await.expect("read").into_iter().map(|exercise| exercise.title).collect()
    };
    db.put_exercises(&titled(&lessons, "built in"), Origin::Start).await.expect("put");
    db.put_exercises(&titled(&lessons[..1], "a teacher's"), Origin::Loaded).await.expect("put");
    db.put_exercises(&titled(&lessons, "newer"), Origin::Start).await.expect("put");
    assert_eq!(titles().await, ["a teacher's", "newer"]);
    db.put_exercises(&[], Origin::Start).await.expect("put");
    assert_eq!(titles().await, ["a teacher's"], "what the start brought goes with it");
    let id = &lessons[0].seen.id;
    assert_eq!(db.hints(id).await.expect("read"), lessons[0].hints);
    assert_eq!(db.tests(id).await.expect("read").as_ref(), Some(&lessons[0].tests));
}

async fn what_a_learner_did_survives_its_exercise(kind: Kind) {
    let data = Data::new(kind).await;
    let db = data.open().await;
    db.put_exercises(&lessons(), Origin::Start).await.expect("put");
    db.write(write("a", "T1_double", "r".into())).await.expect("written");
    db.put_exercises(&[], Origin::Start).await.expect("put");
    assert!(db.progress("a").await.expect("read").is_empty());
    db.put_exercises(&lessons(), Origin::Start).await.expect("put");
    assert_eq!(db.progress("a").await.expect("read")[0].attempts, 1);
}

async fn what_is_written_stays_after_closing(kind: Kind) {
    let data = Data::new(kind).await;
    let db = data.open().await;
    let mut running = JoinSet::new();
    for n in 0..100 {
        let db = db.clone();
        running.spawn(async move { db.write(write("a", "T1_double", format!("{n}"))).await.is_ok() });
    }
    tokio::task::yield_now().await;
    db.close().await;
    assert!(matches!(db.write(write("a", "T1_double", "late".into())).await, Err(DbError::Stopped)));
    let written = running.join_all().await.into_iter().filter(|ok| *ok).count();
    let stored = data.number("SELECT COUNT(*) FROM submissions").await;
    assert_eq!(i64::try_from(written), Ok(stored), "what was said to be written is, and nothing else");
}

async fn one_write_that_cannot_be_does_not_take_others_with_it(kind: Kind) {
    let data = Data::new(kind).await;
    let db = data.open().await;
    let bad = Write { at: 1, learner: "b".into(), ..write("b", "T1_double", "bad\0".into()) };
    let mut running = JoinSet::new();
    for n in 0..20 {
        let db = db.clone();
        let write = if n == 7 { bad.clone() } else { write("a", "T1_double", format!("{n}")) };
        running.spawn(async move { (n, db.write(write).await.is_ok()) });
    }
    let lost: Vec<_> = running.join_all().await.into_iter().filter(|(_, ok)| !ok).map(|(n, _)| n).collect();
    match kind {
        // It takes NUL in a text.
        Kind::Sqlite => assert!(lost.is_empty()),
        Kind::Postgres => assert_eq!(lost, [7]),
    }
    assert!(data.number("SELECT COUNT(*) FROM submissions WHERE learner_id = 'a'").await == 19);
}

const PASSING: &str = r#"{"code": "def double(n): return n*2", "exerciseId": "T1_double", "runTests": true}"#;

async fn is_away(portal: &Portal, cookie: &str) {
    let run = portal.post("/api/execution/run", cookie, PASSING).await;
    assert_eq!(run.failure(), (503, "DATABASE_UNAVAILABLE".into()));
    assert_eq!(run.header("retry-after"), "2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_comes_back() {
    let mut server = Server::start();
    let url = server.database().await;
    let folder = tempfile::tempdir().expect("a folder");
    let data = Data::at(Place::Postgres(url.clone()), url, folder);
    let portal = Portal::on(data, &["--rate-limit", "0"]).await;
    let cookie = portal.post("/api/execution/run", "", PASSING).await.cookie();
    server.down();
    is_away(&portal, &cookie).await;
    for path in ["/api/exercises", "/api/progress"] {
        assert_eq!(portal.get(path, &cookie).await.failure(), (503, "DATABASE_UNAVAILABLE".into()), "{path}");
    }
    let health = portal.get("/health", "").await;
    assert_eq!(health.status.as_u16(), 503);
    assert_eq!(health.json()["database"]["status"], "unhealthy");
    server.up();
    portal.post("/api/execution/run", &cookie, PASSING).await.data();
    assert_eq!(portal.get("/api/progress", &cookie).await.data()["exercises"][0]["attempts"], 2);
    assert_eq!(portal.get("/health", "").await.status.as_u16(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_another_process_holds_comes_back() {
    let portal = Portal::new(Kind::Sqlite).await;
    let cookie = portal.post("/api/execution/run", "", PASSING).await.cookie();
    let mut other = sqlx::SqliteConnection::connect(&portal.data.url).await.expect("the file");
    other.execute("BEGIN IMMEDIATE").await.expect("the lock");
    is_away(&portal, &cookie).await;
    portal.get("/api/progress", &cookie).await.data();
    other.execute("ROLLBACK").await.expect("given back");
    portal.post("/api/execution/run", &cookie, PASSING).await.data();
    assert_eq!(portal.get("/api/progress", &cookie).await.data()["exercises"][0]["attempts"], 2);
}

#[tokio::test]
async fn a_file_is_for_its_owner_and_flushed() {
    use std::os::unix::fs::PermissionsExt;
    let data = Data::new(Kind::Sqlite).await;
    let db = data.open().await;
    let Place::Sqlite(file) = &data.place else { panic!("it is a file") };
    let mode = |path: &Path| path.metadata().expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(file.parent().expect("a folder")), 0o700);
    assert_eq!(data.words("PRAGMA journal_mode").await, ["wal"]);
    tokio::time::timeout(Duration::from_secs(5), db.close()).await.expect("it ends");
}
