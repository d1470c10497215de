//! Every setting, as an option and as an environment variable. [`super::reference`] makes the documentation of it.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;
use executor::config::{TraceArgs, count, from_to, rate};
use executor::logs::LogFormat;

/// One day, in milliseconds: longer waits are mistakes.
const DAY_MS: u64 = 86_400_000;

/// Settings of the portal. An option on the command line wins over its variable; an empty variable is an unset one.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Address to listen on.
    #[arg(long, env, default_value = "127.0.0.1", help_heading = "Service")]
    pub host: IpAddr,
    /// Port to listen on; 0 takes any free one.
    #[arg(long, env, default_value = "3000", help_heading = "Service")]
    pub port: u16,
    /// Log level: off, error, warn, info, debug or trace; or levels by target, such as `info,portal::http=debug`.
    #[arg(long, env, default_value = "info", value_parser = executor::logs::parse_level, help_heading = "Service")]
    pub log_level: tracing_subscriber::filter::Targets,
    /// Form of the log.
    #[arg(long, env, default_value = "auto", help_heading = "Service")]
    pub log_format: LogFormat,
    /// How long requests may go on after the signal to stop, in milliseconds.
    #[arg(long, env, default_value = "10000", value_parser = from_to(0, DAY_MS), help_heading = "Service")]
    pub shutdown_grace_ms: u64,
    /// Whether a proxy stands in front, whose X-Forwarded-For and X-Forwarded-Proto are believed.
    #[arg(long, env, default_value = "false", action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", help_heading = "Service")]
    pub trust_proxy: bool,

    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take the comment for the options'")]
    pub data: DataArgs,

    /// Executors, comma separated, such as `http://10.0.0.5:3001`. Unset: one inside this process, which takes the
    /// executor's own settings (docs/configuration.md) from the environment.
    #[arg(long, env, value_delimiter = ',', help_heading = "Executors")]
    pub executor_service_url: Vec<String>,
    /// Port of the executor inside this process, on loopback; 0 takes any free one.
    #[arg(long, env, default_value = "3001", help_heading = "Executors")]
    pub executor_port: u16,
    /// Key to send to the executors.
    #[arg(long, env, hide_env_values = true, help_heading = "Executors")]
    pub executor_api_key: Option<String>,
    /// File that holds this key. A change is in force within two seconds, without a restart.
    #[arg(long, env, conflicts_with = "executor_api_key", help_heading = "Executors")]
    pub executor_api_key_file: Option<PathBuf>,
    /// How long an executor may take over a run, its queue included, in milliseconds.
    #[arg(long, env, default_value = "30000", value_parser = from_to(1, DAY_MS), help_heading = "Executors")]
    pub executor_timeout_ms: u64,

    /// Runs, hints and solutions a second for each learner; twice as many at once. 0: no limit.
    #[arg(long, env, default_value = "5", value_parser = rate, help_heading = "Requests")]
    pub rate_limit: f64,
    /// Requests a second for each address, which a whole class may share; twice as many at once. 0: no limit.
    #[arg(long, env, default_value = "100", value_parser = rate, help_heading = "Requests")]
    pub address_rate_limit: f64,
    /// Longest `code`, in characters.
    #[arg(long, env, default_value = "50000", value_parser = count(1, 10_000_000), help_heading = "Requests")]
    pub max_code_chars: usize,
    /// Largest body of a request, in bytes.
    #[arg(long, env, default_value = "2097152", value_parser = count(1024, 1 << 30), help_heading = "Requests")]
    pub max_body_bytes: usize,
    /// Memory for the bodies of all requests together, in bytes; what does not fit is answered with 503.
    #[arg(long, env, default_value = "268435456", value_parser = count(1024, 1 << 40), help_heading = "Requests")]
    pub body_memory_bytes: usize,
    /// How long the body of a request may take to arrive, in milliseconds.
    #[arg(long, env, default_value = "10000", value_parser = from_to(1, DAY_MS), help_heading = "Requests")]
    pub body_timeout_ms: u64,
    /// How long the headers of a request may take to arrive, in milliseconds.
    #[arg(long, env, default_value = "5000", value_parser = from_to(1, DAY_MS), help_heading = "Requests")]
    pub header_timeout_ms: u64,
    /// How long a connection may stay open without a request, in milliseconds.
    #[arg(long, env, default_value = "75000", value_parser = from_to(1, DAY_MS), help_heading = "Requests")]
    pub idle_timeout_ms: u64,
    /// Connections at the same time; further ones are answered with 503.
    #[arg(long, env, default_value = "1024", value_parser = count(1, 1_000_000), help_heading = "Requests")]
    pub max_connections: usize,

    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take the comment for the options'")]
    pub traces: TraceArgs,
}

/// Where exercises and progress are kept; for every command that needs them.
#[derive(Debug, Clone, Args)]
pub struct DataArgs {
    /// The database: `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/NAME`. Default: `portal.db` in the user's data
    /// folder ($STATE_DIRECTORY, $XDG_DATA_HOME/portal or ~/.local/share/portal).
    #[arg(long, env, hide_env_values = true, help_heading = "Data")]
    pub database_url: Option<String>,
    /// File that holds DATABASE_URL, and wins over it. A change is in force for connections that are opened from two
    /// seconds later on. A password can be in PostgreSQL's PGPASSFILE just as well, which is read for each connection.
    #[arg(long, env, help_heading = "Data")]
    pub database_url_file: Option<PathBuf>,
    /// Connections to the database.
    #[arg(long, env, default_value = "8", value_parser = clap::value_parser!(u32).range(2..=1000), help_heading = "Data")]
    pub database_connections: u32,
    /// Exercises to put into the database at the start: `embedded`, those that were built in; `none`; or a folder. Those
    /// that `portal exercises load` brought are left as they are.
    #[arg(long, env, default_value = "embedded", help_heading = "Data")]
    pub exercises: PathBuf,
}
