//! Every setting, as an option and as an environment variable. [`super::reference`] makes the documentation of it.

use std::net::IpAddr;
use std::path::PathBuf;

use axum::http::Uri;
use clap::builder::RangedU64ValueParser;
use clap::{Args, ValueEnum};

use super::jobs::JobsArgs;
use super::{ConfigError, wrong};
use crate::logs::LogFormat;
use crate::trace;

/// A number from `low` to `high`, as a parser of options.
pub fn from_to(low: u64, high: u64) -> RangedU64ValueParser<u64> {
    RangedU64ValueParser::new().range(low..=high)
}

/// The same for counts of things.
pub fn count(low: u64, high: u64) -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(low..=high)
}

/// One day, in milliseconds: longer waits are mistakes.
pub(super) const DAY_MS: u64 = 86_400_000;

/// Settings of the executor. An option on the command line wins over its variable; an empty variable is an unset one.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Address to listen on. An address that is not a loopback one needs API_KEYS, or ALLOW_ANONYMOUS=true.
    #[arg(long, env, default_value = "127.0.0.1", help_heading = "Service")]
    pub host: IpAddr,
    /// Port to listen on; 0 takes any free one.
    #[arg(long, env, default_value = "3001", help_heading = "Service")]
    pub port: u16,
    /// Log level: off, error, warn, info, debug or trace; or levels by target, such as `info,executor::http=debug`.
    #[arg(long, env, default_value = "info", value_parser = crate::logs::parse_level, help_heading = "Service")]
    pub log_level: tracing_subscriber::filter::Targets,
    /// Form of the log.
    #[arg(long, env, default_value = "auto", help_heading = "Service")]
    pub log_format: LogFormat,
    /// How long to go on answering after the signal to stop, in milliseconds: 503, so that balancers leave this service out
    /// before it ends. Twice the time between their questions.
    #[arg(long, env, default_value = "0", value_parser = from_to(0, DAY_MS), help_heading = "Service")]
    pub shutdown_pause_ms: u64,
    /// How long runs may go on after that, in milliseconds.
    #[arg(long, env, default_value = "10000", value_parser = from_to(0, DAY_MS), help_heading = "Service")]
    pub shutdown_grace_ms: u64,

    /// Keys that callers send as `Authorization: Bearer KEY`, comma separated. None: open, on loopback only.
    #[arg(long, env, value_delimiter = ',', hide_env_values = true, help_heading = "Access")]
    pub api_keys: Vec<String>,
    /// File with further keys, one a line; empty lines and lines that start with `#` are skipped.
    /// A change is in force within two seconds, without a restart.
    #[arg(long, env, help_heading = "Access")]
    pub api_keys_file: Option<PathBuf>,
    /// Whether anybody may run programs when HOST is public and there are no keys.
    #[arg(long, env, default_value = "false", action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", help_heading = "Access")]
    pub allow_anonymous: bool,
    /// Origins whose pages may call the service, comma separated, such as `https://learn.example`; `*` for all.
    #[arg(long, env, value_delimiter = ',', help_heading = "Access")]
    pub cors_origins: Vec<String>,
    /// Requests a second for each key, or each address where there are no keys; twice as many at once. 0: no limit.
    #[arg(long, env, default_value = "0", value_parser = rate, help_heading = "Access")]
    pub rate_limit: f64,

    /// Interpreters, comma separated: paths, or names found on PATH. The first is the default.
    #[arg(long, env, default_value = "python3", value_delimiter = ',', help_heading = "Python")]
    pub python: Vec<PathBuf>,
    /// Modules to import ahead in every interpreter, comma separated, in place of the built-in list.
    #[arg(long, env, value_delimiter = ',', help_heading = "Python")]
    pub preload: Option<Vec<String>>,

    /// Level of isolation. What cannot be had stops the start; `best` takes the best that can be had.
    #[arg(long, env, default_value = "best", help_heading = "Isolation")]
    pub isolation: IsolationArg,
    /// Whether each run gets a cgroup of its own, which needs a delegated cgroup v2 subtree: `best` if there is one,
    /// `required` or no start, `off`.
    #[arg(long, env, default_value = "best", help_heading = "Isolation")]
    pub cgroup: CgroupArg,
    /// Processors that a run may keep busy, such as 1 or 0.5, where it has a cgroup; 0: all.
    #[arg(long, env, default_value = "0", value_parser = cpus, help_heading = "Isolation")]
    pub cpus: f64,
    /// User that programs run as when the service was started as root.
    #[arg(long, env, default_value = "65533", value_parser = clap::value_parser!(u32).range(1..=4_294_967_294),
          help_heading = "Isolation")]
    pub sandbox_uid: u32,

    /// Wall time of a run, in milliseconds.
    #[arg(long, env, default_value = "3000", value_parser = from_to(1, DAY_MS), help_heading = "Limits")]
    pub timeout_ms: u64,
    /// Most that `limits.timeoutMs` may ask for.
    #[arg(long, env, default_value = "10000", value_parser = from_to(1, DAY_MS), help_heading = "Limits")]
    pub max_timeout_ms: u64,
    /// Processor time of a run, as a multiple of its wall time: programs with several processes reach it first.
    #[arg(long, env, default_value = "2", value_parser = from_to(1, 1024), help_heading = "Limits")]
    pub cpu_factor: u64,
    /// Memory of a run, in MiB.
    #[arg(long, env, default_value = "256", value_parser = from_to(16, 1 << 20), help_heading = "Limits")]
    pub memory_mb: u64,
    /// Most that `limits.memoryMb` may ask for.
    #[arg(long, env, default_value = "1024", value_parser = from_to(16, 1 << 20), help_heading = "Limits")]
    pub max_memory_mb: u64,
    /// Standard output and standard error of a run together, in bytes.
    #[arg(long, env, default_value = "524288", value_parser = from_to(1, 1 << 30), help_heading = "Limits")]
    pub output_bytes: u64,
    /// Most that `limits.outputBytes` may ask for.
    #[arg(long, env, default_value = "4194304", value_parser = from_to(1, 1 << 30), help_heading = "Limits")]
    pub max_output_bytes: u64,
    /// Processes and threads of a run at the same time.
    #[arg(long, env, default_value = "16", value_parser = from_to(1, 4096), help_heading = "Limits")]
    pub processes: u64,
    /// Most that `limits.processes` may ask for.
    #[arg(long, env, default_value = "64", value_parser = from_to(1, 4096), help_heading = "Limits")]
    pub max_processes: u64,
    /// Files of a run together, in bytes.
    #[arg(long, env, default_value = "16777216", value_parser = from_to(65_536, 1 << 34), help_heading = "Limits")]
    pub file_bytes: u64,
    /// Most that `limits.fileBytes` may ask for.
    #[arg(long, env, default_value = "67108864", value_parser = from_to(65_536, 1 << 34), help_heading = "Limits")]
    pub max_file_bytes: u64,

    /// Longest `code`, in characters.
    #[arg(long, env, default_value = "50000", value_parser = count(1, 10_000_000), help_heading = "Requests")]
    pub max_code_chars: usize,
    /// Largest body of a request, in bytes.
    #[arg(long, env, default_value = "8388608", value_parser = count(1024, 1 << 30), help_heading = "Requests")]
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

    /// Interpreters that wait for a program, for each of PYTHON. Default: twice the number of processors, at least 4.
    #[arg(long, env, value_parser = count(1, 10_000), help_heading = "Pool")]
    pub pool_warm: Option<usize>,
    /// Interpreters that wait for tests, for each of PYTHON. Default: half of POOL_WARM, at least 2.
    #[arg(long, env, value_parser = count(1, 10_000), help_heading = "Pool")]
    pub pool_tests: Option<usize>,
    /// Programs that run at the same time. Default: twice the number of processors.
    #[arg(long, env, value_parser = count(1, 10_000), help_heading = "Pool")]
    pub pool_capacity: Option<usize>,
    /// Requests that wait for a place; further ones are answered with 503. Default: eight times POOL_CAPACITY.
    #[arg(long, env, value_parser = count(0, 1_000_000), help_heading = "Pool")]
    pub queue: Option<usize>,
    /// How long a request waits for a place at most, in milliseconds.
    #[arg(long, env, default_value = "10000", value_parser = from_to(0, DAY_MS), help_heading = "Pool")]
    pub queue_timeout_ms: u64,
    /// Age at which an interpreter that waits is replaced, in seconds.
    #[arg(long, env, default_value = "300", value_parser = from_to(1, 86_400), help_heading = "Pool")]
    pub cell_max_age_s: u64,
    /// Age at which the process that interpreters are forked from is replaced, in seconds.
    #[arg(long, env, default_value = "3600", value_parser = from_to(1, 31_536_000), help_heading = "Pool")]
    pub zygote_max_age_s: u64,
    /// Number of forks after which that process is replaced.
    #[arg(long, env, default_value = "100000", value_parser = from_to(1, u64::MAX), help_heading = "Pool")]
    pub zygote_max_forks: u64,

    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take the comment for the options'")]
    pub jobs: JobsArgs,

    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would take the comment for the options'")]
    pub traces: TraceArgs,
}

/// Where traces go; of executor and portal alike.
#[derive(Debug, Clone, Args)]
pub struct TraceArgs {
    /// Collector that traces go to by OTLP over HTTP, such as `http://collector:4318`. Unset: there are none. Further
    /// variables of OpenTelemetry's SDK, such as OTEL_TRACES_SAMPLER, hold as well.
    #[arg(long, env, help_heading = "Traces")]
    pub otel_exporter_otlp_endpoint: Option<String>,
    /// Name of this service in traces. Default: the program's.
    #[arg(long, env, help_heading = "Traces")]
    pub otel_service_name: Option<String>,
}

impl TraceArgs {
    /// Checks them; `None`: nothing is traced.
    ///
    /// # Errors
    /// The collector's address cannot be used.
    pub fn validate(self) -> Result<Option<trace::Settings>, ConfigError> {
        let Some(given) = self.otel_exporter_otlp_endpoint else { return Ok(None) };
        match given.trim().parse::<Uri>() {
            Ok(endpoint) if endpoint.scheme_str() == Some("http") && endpoint.query().is_none() => {
                Ok(Some(trace::Settings { endpoint, service: self.otel_service_name }))
            }
            _ => Err(wrong(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "must look like http://127.0.0.1:4318; collectors are spoken to by http, within one network",
            )),
        }
    }
}

/// `ISOLATION`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum IsolationArg {
    /// The best that can be had.
    Best,
    /// Namespaces for each run, and the mandatory layers.
    Namespaces,
    /// The mandatory layers alone.
    Landlock,
}

/// `CGROUP`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CgroupArg {
    /// Where a subtree is delegated.
    Best,
    /// Or no start.
    Required,
    /// Never.
    Off,
}

fn cpus(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(cpus) if cpus == 0.0 || (0.05..=1024.0).contains(&cpus) => Ok(cpus),
        _ => Err("0, or a number from 0.05 to 1024, is needed".into()),
    }
}

/// Requests a second; 0 for no limit.
///
/// # Errors
/// It is no number in a sensible range.
pub fn rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if rate == 0.0 || (0.001..=1_000_000.0).contains(&rate) => Ok(rate),
        _ => Err("0, or a number from 0.001 to 1000000, is needed".into()),
    }
}
