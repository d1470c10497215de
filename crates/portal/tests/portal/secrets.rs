//! Secrets change while the portal runs, and are in no log and no answer.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use axum::http::HeaderValue;
use bytes::Bytes;
use portal::executors::{Executors, Outcome, Passed};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::fake::{Fake, Say, answer};
use crate::process::Program;
use crate::support::{Data, Kind, config};

/// A file as `.pgpass` must be: for nobody else.
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("written");
    std::fs::set_permissions(path, PermissionsExt::from_mode(0o600)).expect("restricted");
}

#[tokio::test]
async fn the_executors_key_changes_with_its_file() {
    let fake = Fake::start(Say::Ran(answer(true), Duration::ZERO)).await;
    let file = tempfile::NamedTempFile::new().expect("a file");
    write(file.path(), "first\n");
    let config = config(&["--executor-api-key-file", file.path().to_str().expect("text")]);
    let executors = Executors::new(vec![fake.url()], config.executors.credential, Duration::from_secs(5));
    let passed = Passed { request_id: HeaderValue::from_static("x"), traceparent: None };
    let run = async || {
        let outcome = executors.execute(Bytes::from_static(b"{}"), &passed).await;
        assert!(matches!(outcome, Outcome::Ran(_)), "{outcome:?}");
        fake.heard_header("authorization").pop().expect("heard")
    };
    assert_eq!(run().await, "Bearer first");
    write(file.path(), "second\n");
    let begun = Instant::now();
    while run().await != "Bearer second" {
        assert!(begun.elapsed() < Duration::from_secs(10), "it never changes");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for useless in ["", "two words"] {
        write(file.path(), useless);
        tokio::time::sleep(Duration::from_millis(1600)).await;
        assert_eq!(run().await, "Bearer second");
    }
    assert!(!format!("{executors:?}").contains("second"));
}

/// Both ways of giving it: within the whole address, and as PostgreSQL's own programs take it.
#[tokio::test(flavor = "multi_thread")]
async fn the_databases_password_changes_without_a_restart() {
    for way in ["DATABASE_URL_FILE", "PGPASSFILE"] {
        let data = Data::new(Kind::Postgres).await;
        let server = data.url.strip_prefix("postgres://test:test@").expect("the tests' own");
        let (address, database) = server.split_once('/').expect("a database");
        let role = format!("role_{database}");
        let mut test = PgConnection::connect(&data.url).await.expect("it answers");
        let mut tell = async |statement: String| {
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut test).await.expect("done");
        };
        tell(format!("CREATE ROLE {role} LOGIN PASSWORD 'first-SECRET'; ALTER DATABASE {database} OWNER TO {role}"))
            .await;

        let file = tempfile::NamedTempFile::new().expect("a file");
        let set = |password: &str| match way {
            "PGPASSFILE" => write(file.path(), &format!("*:*:{database}:{role}:{password}\n")),
            _ => write(file.path(), &format!("postgres://{role}:{password}@{server}\n")),
        };
        set("first-SECRET");
        let open = format!("postgres://{role}@{address}/{database}");
        let path = file.path().to_str().expect("text");
        let program = Program::start(&data, &[("DATABASE_URL", &open), (way, path), ("LOG_LEVEL", "trace")]);
        let mut heard = vec![program.get("/health"), program.get("/api/exercises")];
        assert_eq!(heard.iter().map(|(status, _)| *status).collect::<Vec<_>>(), [200, 200]);

        // As it is between the two steps, with every connection gone as well.
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{role}'");
        tell(format!("ALTER ROLE {role} PASSWORD 'second-SECRET'; {end}")).await;
        heard.push(program.get("/api/exercises"));
        assert_eq!(heard[2].0, 503, "{way}: away, and well again by itself");
        set("second-SECRET");
        let begun = Instant::now();
        while program.get("/api/exercises").0 != 200 {
            assert!(begun.elapsed() < Duration::from_secs(10), "{way}: {}", program.log());
            std::thread::sleep(Duration::from_millis(50));
        }
        if way == "DATABASE_URL_FILE" {
            // The way without a gap: another role, and then the first one is closed.
            tell(format!("CREATE ROLE {role}_b LOGIN PASSWORD 'third-SECRET' IN ROLE {role}")).await;
            write(file.path(), &format!("postgres://{role}_b:third-SECRET@{server}"));
            std::thread::sleep(Duration::from_secs(2));
            tell(format!("ALTER ROLE {role} NOLOGIN; {end}")).await;
            let hint = program.post("/api/exercises/T1_double/hints/1", &serde_json::json!({}), "x");
            assert_eq!((program.get("/api/exercises").0, hint.0), (200, 200), "{}", program.log());
        }
        heard.push(program.get("/health"));
        heard.push(program.get("/metrics"));
        heard.push((0, program.log().into_bytes()));
        for (_, text) in &heard {
            assert!(!String::from_utf8_lossy(text).contains("SECRET"), "{way}: {}", String::from_utf8_lossy(text));
        }
    }
}
