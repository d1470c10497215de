use clap::{Args, Command, FromArgMatches};

use super::*;

/// What a command line makes, without the environment of whoever runs the tests.
fn parse(options: &[&str]) -> Result<Config, String> {
    let command =
        ServeArgs::augment_args(Command::new("serve")).mut_args(|arg| arg.env(clap::builder::Resettable::Reset));
    let matches = command.try_get_matches_from(["serve"].iter().chain(options)).map_err(|e| e.to_string())?;
    let args = ServeArgs::from_arg_matches(&matches).map_err(|e| e.to_string())?;
    args.validate().map_err(|e| e.to_string())
}

#[test]
fn the_defaults_are_the_contracts() {
    let config = parse(&[]).expect("the defaults can be used");
    assert_eq!(config.address.to_string(), "127.0.0.1:3000");
    assert_eq!((config.executors.urls.len(), config.executors.port), (0, 3001));
    assert_eq!(config.requests.code_chars, 50_000);
    assert!(matches!(config.data.place, Place::Sqlite(ref path) if path.ends_with("portal.db")));
    assert_eq!(config.data.exercises, Exercises::Embedded);
}

#[test]
fn what_cannot_be_used_is_refused_by_name() {
    let cases: &[(&[&str], &str)] = &[
        (&["--port", "70000"], "PORT"),
        (&["--host", "example.com"], "HOST"),
        (&["--log-level", "loud"], "LOG_LEVEL"),
        (&["--database-url", "mysql://x"], "DATABASE_URL: it must start with"),
        (&["--database-url", "sqlite::memory:"], "DATABASE_URL: a database without a file"),
        (&["--database-url", "sqlite://a?mode=ro"], "DATABASE_URL: the path"),
        (&["--database-url", "postgres://h:x/y"], "DATABASE_URL: it is no address"),
        (&["--database-url-file", "/nowhere/url"], "DATABASE_URL_FILE: /nowhere/url cannot be read"),
        (&["--database-url-file", "/dev/null"], "DATABASE_URL_FILE: it must start with"),
        (&["--database-connections", "1"], "DATABASE_CONNECTIONS"),
        (&["--exercises", "/nowhere"], "EXERCISES: /nowhere is no folder"),
        (&["--executor-service-url", "127.0.0.1:3001"], "EXECUTOR_SERVICE_URL: "),
        (&["--executor-service-url", "https://a:1"], "EXECUTOR_SERVICE_URL: "),
        (&["--executor-service-url", "http://a:1/execute"], "EXECUTOR_SERVICE_URL: "),
        (&["--executor-service-url", "http://a:1,"], "EXECUTOR_SERVICE_URL: "),
        (&["--executor-api-key", "two words"], "EXECUTOR_API_KEY: "),
        (&["--executor-api-key-file", "/nowhere/key"], "EXECUTOR_API_KEY_FILE: /nowhere/key cannot be read"),
        (&["--executor-api-key-file", "/dev/null"], "EXECUTOR_API_KEY_FILE: "),
        (&["--rate-limit", "NaN"], "RATE_LIMIT"),
        (&["--address-rate-limit", "x"], "ADDRESS_RATE_LIMIT"),
        (&["--max-body-bytes", "1073741824"], "BODY_MEMORY_BYTES: "),
        (&["--trust-proxy=maybe"], "TRUST_PROXY"),
    ];
    for (options, named) in cases {
        let error = parse(options).expect_err(&format!("{options:?}"));
        assert!(error.contains(named), "{options:?}: {error}");
    }
}

#[test]
fn secrets_are_not_shown() {
    let given = ["--database-url", "postgres://u:secret@h/d", "--executor-api-key", "secret"];
    let config = parse(&given).expect("usable");
    assert!(!format!("{config:?}").contains("secret"));
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), "postgres://u:secret@h/d\n").expect("written");
    let path = file.path().to_str().expect("text");
    let config = parse(&["--database-url", "sqlite://x", "--database-url-file", path]).expect("usable");
    assert_eq!(config.data.place, Place::Postgres("postgres://u:secret@h/d".into()), "the file wins");
    assert!(!format!("{config:?}").contains("secret"));
    assert!(config.data.hidden().contains(&file.path().to_owned()));
    let error = parse(&["--executor-api-key", "sec ret"]).expect_err("two words");
    assert!(!error.contains("sec ret"), "{error}");
}

#[test]
fn several_executors() {
    let config = parse(&["--executor-service-url", "http://a:1, http://b:2/"]).expect("usable");
    assert_eq!(config.executors.urls, ["http://a:1", "http://b:2"]);
}
