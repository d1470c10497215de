//! A portal of a test's own, without a socket.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use clap::{Args, Command, FromArgMatches};
use http_body_util::BodyExt;
use portal::config::{Config, Credential, Place, ServeArgs};
use portal::db::{Db, Origin};
use portal::executors::Executors;
use portal::exercises::{self, Files, Lesson};
use portal::http::{App, router};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::fake::{Fake, Say, answer};
use crate::postgres;

/// Which database a test has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// Makes a test of a function for each database.
macro_rules! both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name($crate::support::Kind::Sqlite).await; })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")] async fn $name() { super::$name($crate::support::Kind::Postgres).await; })*
        }
    };
}
pub(crate) use both;

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/exercises")
}

pub fn lessons() -> Vec<Lesson> {
    exercises::read(&Files::of(&fixtures()).expect("files")).expect("exercises")
}

/// A database of a test's own.
pub struct Data {
    pub url: String,
    pub place: Place,
    _folder: TempDir,
}

impl Data {
    pub async fn new(kind: Kind) -> Data {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("data/portal.db");
        match kind {
            Kind::Sqlite => {
                Data { url: format!("sqlite://{}", file.display()), place: Place::Sqlite(file), _folder: folder }
            }
            Kind::Postgres => {
                let url = postgres::shared().database().await;
                Data { url: url.clone(), place: Place::Postgres(url), _folder: folder }
            }
        }
    }

    /// One that is there already.
    pub fn at(place: Place, url: String, folder: TempDir) -> Data {
        Data { url, place, _folder: folder }
    }

    pub async fn open(&self) -> Db {
        Db::open(&self.place, 8).await.expect("a database")
    }

    /// A number that the database tells.
    pub async fn number(&self, question: &'static str) -> i64 {
        sqlx::any::install_default_drivers();
        let pool = sqlx::AnyPool::connect(&self.url).await.expect("it answers");
        let number = sqlx::query_scalar(question).fetch_one(&pool).await.expect("a number");
        pool.close().await;
        number
    }

    /// A column of words.
    pub async fn words(&self, question: &'static str) -> Vec<String> {
        sqlx::any::install_default_drivers();
        let pool = sqlx::AnyPool::connect(&self.url).await.expect("it answers");
        let words = sqlx::query_scalar(question).fetch_all(&pool).await.expect("words");
        pool.close().await;
        words
    }
}

/// A configuration, without the environment of whoever runs the tests.
pub fn config(options: &[&str]) -> Config {
    let command =
        ServeArgs::augment_args(Command::new("serve")).mut_args(|arg| arg.env(clap::builder::Resettable::Reset));
    let matches = command.try_get_matches_from(["serve"].iter().chain(options)).expect("options");
    ServeArgs::from_arg_matches(&matches).expect("options").validate().expect("settings")
}

/// A portal in front of a made-up executor.
pub struct Portal {
    pub app: Arc<App>,
    pub fake: Fake,
    pub data: Data,
}

impl Portal {
    pub async fn new(kind: Kind) -> Portal {
        Portal::with(kind, &["--rate-limit", "0", "--address-rate-limit", "0"]).await
    }

    pub async fn with(kind: Kind, options: &[&str]) -> Portal {
        let data = Data::new(kind).await;
        Portal::on(data, options).await
    }

    pub async fn on(data: Data, options: &[&str]) -> Portal {
        let db = data.open().await;
        db.put_exercises(&lessons(), Origin::Start).await.expect("put");
        let fake = Fake::start(Say::Ran(answer(true), Duration::ZERO)).await;
        let executors = Executors::new(vec![fake.url()], Credential::default(), Duration::from_secs(10));
        Portal { app: App::new(config(options), db, executors), fake, data }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(Request::get(path).header("cookie", cookie).body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&self, path: &str, cookie: &str, body: impl ToString) -> Answer {
        let request = Request::post(path).header("content-type", "application/json").header("cookie", cookie);
        self.send(request.body(Body::from(body.to_string())).expect("a request")).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        send(&self.app, request).await
    }
}

pub async fn send(app: &Arc<App>, request: Request<Body>) -> Answer {
    let response = router(app.clone()).oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    Answer { status: parts.status, headers: parts.headers, bytes: bytes.to_vec() }
}

/// An answer.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&self.bytes)))
    }

    /// What was asked for.
    pub fn data(&self) -> Value {
        let json = self.json();
        assert_eq!((self.status.as_u16(), &json["success"]), (200, &Value::Bool(true)), "{json}");
        json["data"].clone()
    }

    /// Status and code of a refusal.
    pub fn failure(&self) -> (u16, String) {
        let json = self.json();
        assert_eq!(json["success"], false, "{json}");
        assert!(json["error"].is_string() && json["requestId"] == self.header("x-request-id"), "{json}");
        (self.status.as_u16(), json["code"].as_str().unwrap_or_default().to_owned())
    }

    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|value| value.to_str().expect("text").to_owned()).unwrap_or_default()
    }

    /// The cookie that it sets, as it is sent back.
    pub fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
    }
}
