use clap::{Args, Command, FromArgMatches};

use super::*;

/// What a command line makes, without the environment of whoever runs the tests.
fn parse(options: &[&str]) -> Result<Config, String> {
    let command =
        ServeArgs::augment_args(Command::new("serve")).mut_args(|arg| arg.env(clap::builder::Resettable::Reset));
    let options = ["serve", "--python", "/usr/bin/python3"].iter().chain(options);
    let matches = command.args_override_self(true).try_get_matches_from(options).map_err(|e| e.to_string())?;
    let args = ServeArgs::from_arg_matches(&matches).map_err(|e| e.to_string())?;
    args.validate().map_err(|e| e.to_string())
}

#[test]
fn the_defaults_are_the_contracts() {
    let config = parse(&[]).expect("the defaults can be used");
    assert_eq!(config.address.to_string(), "127.0.0.1:3001");
    assert_eq!(config.requests.code_chars, 50_000);
    assert_eq!(config.defaults.timeout, Duration::from_secs(3));
    assert_eq!(config.defaults.output_bytes, 512 << 10);
    assert_eq!(config.defaults.memory_bytes, 256 << 20);
    assert_eq!(config.defaults.processes, 16);
    assert_eq!(config.defaults.file_bytes, 16 << 20);
    assert_eq!(config.ceilings.timeout, Duration::from_secs(10));
    assert_eq!(config.engine.isolation, Demand::Best);
    assert_eq!(config.engine.queue, 8 * config.engine.capacity);
    assert!(config.engine.pool.target >= 4);
    assert!(config.traces.is_none());
    assert!(config.keys.is_empty() && config.cors == Cors::Nobody && config.rate_limit == 0.0);
}

#[test]
fn what_cannot_be_used_is_refused_by_name() {
    let cases: &[(&[&str], &str)] = &[
        (&["--port", "70000"], "PORT"),
        (&["--port", "x"], "PORT"),
        (&["--host", "example.com"], "HOST"),
        (&["--host", "0.0.0.0"], "HOST: 0.0.0.0 can be reached from outside"),
        (&["--host", "::"], "HOST"),
        (&["--log-level", "loud"], "LOG_LEVEL"),
        (&["--log-format", "xml"], "LOG_FORMAT"),
        (&["--timeout-ms", "0"], "TIMEOUT_MS"),
        (&["--timeout-ms", "-1"], "-1"),
        (&["--timeout-ms", "1.5"], "TIMEOUT_MS"),
        (&["--timeout-ms", "10001"], "TIMEOUT_MS: 10001 is more than MAX_TIMEOUT_MS, which is 10000"),
        (&["--memory-mb", "2048"], "MEMORY_MB: "),
        (&["--output-bytes", "9999999"], "OUTPUT_BYTES: "),
        (&["--processes", "65"], "PROCESSES: "),
        (&["--file-bytes", "0"], "FILE_BYTES"),
        (&["--rate-limit", "-1"], "-1"),
        (&["--rate-limit", "NaN"], "RATE_LIMIT"),
        (&["--rate-limit", "inf"], "RATE_LIMIT"),
        (&["--isolation", "none"], "ISOLATION"),
        (&["--sandbox-uid", "0"], "SANDBOX_UID"),
        (&["--queue", "-1"], "-1"),
        (&["--pool-capacity", "0"], "POOL_CAPACITY"),
        (&["--jobs-url", "redis://x"], "JOBS_URL: must be"),
        (&["--jobs-url-file", "/nowhere/url"], "JOBS_URL_FILE: /nowhere/url cannot be read"),
        (&["--jobs-lease-ms", "999"], "JOBS_LEASE_MS"),
        (&["--callback-secret", "short"], "CALLBACK_SECRET: it must have at least 24 bytes"),
        (&["--callback-secret-file", "/dev/null"], "CALLBACK_SECRET_FILE: /dev/null holds no secret"),
        (&["--callback-allow", "10.0.0.0/40"], "CALLBACK_ALLOW: "),
        (&["--api-keys", "two words"], "API_KEYS: "),
        (&["--api-keys-file", "/nowhere/keys"], "API_KEYS_FILE: /nowhere/keys cannot be read"),
        (&["--api-keys-file", "/dev/null"], "API_KEYS_FILE: /dev/null holds no key"),
        (&["--cors-origins", "learn.example"], "CORS_ORIGINS: "),
        (&["--cors-origins", "https://a.example/"], "CORS_ORIGINS: "),
        (&["--cors-origins", "*,https://a.example"], "CORS_ORIGINS: "),
        (&["--preload", "json;evil"], "PRELOAD: "),
        (&["--python", "no-such-python"], "PYTHON: no-such-python is not on PATH"),
        (&["--python", "/usr/bin/python3,"], "PYTHON"),
        (&["--max-body-bytes", "1073741824"], "BODY_MEMORY_BYTES: "),
        (&["--otel-exporter-otlp-endpoint", "https://a:4318"], "OTEL_EXPORTER_OTLP_ENDPOINT: must look like"),
        (&["--otel-exporter-otlp-endpoint", "a:4318"], "OTEL_EXPORTER_OTLP_ENDPOINT: "),
        (&["--allow-anonymous=maybe"], "ALLOW_ANONYMOUS"),
    ];
    for (options, named) in cases {
        let error = parse(options).expect_err(&format!("{options:?}"));
        assert!(error.contains(named), "{options:?}: {error}");
    }
}

#[test]
fn a_public_address_needs_keys_or_a_word() {
    parse(&["--host", "0.0.0.0", "--api-keys", "k1"]).expect("keys");
    parse(&["--host", "0.0.0.0", "--allow-anonymous"]).expect("a word");
    parse(&["--host", "0.0.0.0", "--allow-anonymous=true"]).expect("a word");
    parse(&["--host", "0.0.0.0", "--allow-anonymous=false"]).expect_err("another word");
    parse(&["--host", "127.0.0.2"]).expect("loopback");
    parse(&["--host", "::1"]).expect("loopback");
}

#[test]
fn keys_are_found_and_not_shown() {
    let config = parse(&["--api-keys", "alpha-key, beta-key,"]).expect("two keys");
    assert_eq!(config.keys.len(), 2);
    assert_eq!(config.keys.find(b"beta-key"), Some(1));
    assert_eq!(config.keys.find(b"beta-kez"), None);
    assert_eq!(config.keys.find(b""), None);
    assert!(!format!("{config:?}").contains("alpha"));
}

#[test]
fn origins_as_browsers_send_them() {
    let config = parse(&["--cors-origins", "https://a.example, http://[::1]:8080"]).expect("origins");
    assert!(matches!(config.cors, Cors::These(ref names) if names.len() == 2));
    assert_eq!(parse(&["--cors-origins", "*"]).expect("all").cors, Cors::Everybody);
}
