//! The configuration: one structure, read once, strict.
//!
//! [`ServeArgs`] is what the command line and the environment say; [`ServeArgs::validate`] makes a [`Config`] of it, or
//! names the variable at fault. Nothing else in the service reads the environment.

mod args;
mod jobs;
mod keys;
mod reference;
mod secret;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use axum::http::HeaderValue;
use sandbox::level::Level;
use sandbox::spec::Ceilings;
use tracing_subscriber::filter::Targets;

pub use args::{CgroupArg, IsolationArg, ServeArgs, TraceArgs, count, from_to, rate};
pub use jobs::{JobsArgs, JobsConfig, JobsPlace};
pub use keys::Keys;
pub use reference::{DOCUMENT, reference, tables};
pub use secret::{Following, SecretFile};

use crate::job::Limits;
use crate::logs::LogFormat;
use crate::pool;
use crate::service::{Demand, Options};
use crate::trace;

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{variable}: {problem}")]
pub struct ConfigError {
    /// The environment variable; the option has the same name in lower case, with hyphens.
    pub variable: &'static str,
    /// What is wrong with it.
    pub problem: String,
    /// What the system said, if it was asked.
    #[source]
    pub source: Option<std::io::Error>,
}

fn wrong(variable: &'static str, problem: impl Into<String>) -> ConfigError {
    ConfigError { variable, problem: problem.into(), source: None }
}

/// The executor's configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub address: SocketAddr,
    /// What to log.
    pub log_level: Targets,
    /// In which form.
    pub log_format: LogFormat,
    /// How long to go on answering after the signal to stop.
    pub shutdown_pause: Duration,
    /// How long runs may go on after that.
    pub shutdown_grace: Duration,
    /// Who may run programs.
    pub keys: Keys,
    /// Whose pages may call.
    pub cors: Cors,
    /// Requests a second and caller; 0 is no limit.
    pub rate_limit: f64,
    /// What requests may carry.
    pub requests: RequestBounds,
    /// What a run may use when its request says nothing.
    pub defaults: Limits,
    /// What a request may ask for.
    pub ceilings: Limits,
    /// Processor time for each unit of wall time.
    pub cpu_factor: u32,
    /// The engine's part.
    pub engine: EngineConfig,
    /// What is kept to be run later.
    pub jobs: JobsConfig,
    /// Where traces go, if there are any.
    pub traces: Option<trace::Settings>,
}

/// Whose pages may call the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cors {
    /// Nobody's but its own.
    Nobody,
    /// Everybody's.
    Everybody,
    /// Those of these origins.
    These(Vec<HeaderValue>),
}

/// What requests may carry, and how long they may take to arrive.
#[derive(Debug, Clone, Copy)]
pub struct RequestBounds {
    /// Longest code, in characters.
    pub code_chars: usize,
    /// Largest body, in bytes.
    pub body_bytes: usize,
    /// All bodies together, in bytes.
    pub body_memory: usize,
    /// Time for a body.
    pub body_timeout: Duration,
    /// Time for the headers.
    pub header_timeout: Duration,
    /// Time without a request.
    pub idle_timeout: Duration,
    /// Connections at the same time.
    pub connections: usize,
}

/// Interpreters, isolation and pool sizes.
#[derive(Debug, Clone)]
pub struct EngineConfig {
    /// Interpreters; the first is the default.
    pub python: Vec<PathBuf>,
    /// Modules to import ahead in place of the built-in list.
    pub preload: Option<Vec<String>>,
    /// The level demanded.
    pub isolation: Demand,
    /// Whether runs get cgroups.
    pub cgroup: CgroupArg,
    /// Processors that a run may keep busy, where it has a cgroup.
    pub cpus: Option<f64>,
    /// User to become when started as root.
    pub sandbox_uid: u32,
    /// Files that no program may see: the service's own.
    pub hidden: Vec<PathBuf>,
    /// Cells that wait, and how long things last.
    pub pool: pool::Settings,
    /// Cells that wait for tests.
    pub tests: usize,
    /// Runs at the same time.
    pub capacity: usize,
    /// Runs that wait for a place.
    pub queue: usize,
    /// How long they wait at most.
    pub queue_patience: Duration,
}

impl Config {
    /// What the executor is started with.
    pub fn options(&self) -> Options {
        let engine = self.engine.clone();
        Options {
            python: engine.python,
            isolation: engine.isolation,
            cgroup: engine.cgroup,
            cpus: engine.cpus,
            bounds: pool::Bounds { memory_bytes: self.defaults.memory_bytes, processes: self.defaults.processes },
            ceilings: Ceilings {
                memory_bytes: self.ceilings.memory_bytes,
                processes: self.ceilings.processes,
                file_bytes: self.ceilings.file_bytes,
            },
            file_bytes: self.defaults.file_bytes,
            preload: engine.preload,
            sandbox_uid: engine.sandbox_uid,
            hidden: engine.hidden,
            pool: engine.pool,
            tests: engine.tests,
            capacity: engine.capacity,
            queue: engine.queue,
            queue_patience: engine.queue_patience,
        }
    }
}

impl ServeArgs {
    /// Checks what one setting alone cannot tell.
    ///
    /// # Errors
    /// A setting cannot be used, alone or beside the others.
    pub fn validate(self) -> Result<Config, ConfigError> {
        let keys = Keys::read(&self.api_keys, self.api_keys_file.as_deref())?;
        if keys.is_empty() && !self.host.is_loopback() && !self.allow_anonymous {
            let problem = format!(
                "{} can be reached from outside, and there are no API_KEYS; ALLOW_ANONYMOUS=true opens it all the same",
                self.host
            );
            return Err(wrong("HOST", problem));
        }
        self.defaults_within_ceilings()?;
        if self.body_memory_bytes < self.max_body_bytes {
            return Err(wrong("BODY_MEMORY_BYTES", "must be at least MAX_BODY_BYTES"));
        }
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let warm = self.pool_warm.unwrap_or((2 * processors).max(4));
        let capacity = self.pool_capacity.unwrap_or(2 * processors);
        let cpu_factor = u32::try_from(self.cpu_factor).map_err(|e| wrong("CPU_FACTOR", e.to_string()))?;
        let limits = |timeout_ms, memory_mb: u64, output_bytes, processes: u64, file_bytes| Limits {
            timeout: Duration::from_millis(timeout_ms),
            cpu: Duration::from_millis(timeout_ms) * cpu_factor,
            memory_bytes: memory_mb << 20,
            output_bytes,
            processes: u32::try_from(processes).unwrap_or(u32::MAX),
            file_bytes,
        };
        let millis = Duration::from_millis;
        let jobs = self.jobs.validate(capacity)?;
        let mut hidden: Vec<PathBuf> = self.api_keys_file.into_iter().collect();
        hidden.extend(jobs.hidden());
        Ok(Config {
            address: SocketAddr::new(self.host, self.port),
            log_level: self.log_level,
            log_format: self.log_format,
            shutdown_pause: millis(self.shutdown_pause_ms),
            shutdown_grace: millis(self.shutdown_grace_ms),
            keys,
            cors: origins(&self.cors_origins)?,
            rate_limit: self.rate_limit,
            requests: RequestBounds {
                code_chars: self.max_code_chars,
                body_bytes: self.max_body_bytes,
                body_memory: self.body_memory_bytes,
                body_timeout: millis(self.body_timeout_ms),
                header_timeout: millis(self.header_timeout_ms),
                idle_timeout: millis(self.idle_timeout_ms),
                connections: self.max_connections,
            },
            defaults: limits(self.timeout_ms, self.memory_mb, self.output_bytes, self.processes, self.file_bytes),
            ceilings: limits(
                self.max_timeout_ms,
                self.max_memory_mb,
                self.max_output_bytes,
                self.max_processes,
                self.max_file_bytes,
            ),
            cpu_factor,
            jobs,
            traces: self.traces.validate()?,
            engine: EngineConfig {
                python: interpreters(&self.python)?,
                preload: self.preload.map(|names| modules(&names)).transpose()?,
                isolation: match self.isolation {
                    IsolationArg::Best => Demand::Best,
                    IsolationArg::Namespaces => Demand::Exactly(Level::Namespaces),
                    IsolationArg::Landlock => Demand::Exactly(Level::Landlock),
                },
                cgroup: self.cgroup,
                cpus: (self.cpus > 0.0).then_some(self.cpus),
                sandbox_uid: self.sandbox_uid,
                hidden,
                pool: pool::Settings {
                    target: warm,
                    cell_max_age: Duration::from_secs(self.cell_max_age_s),
                    zygote_max_age: Duration::from_secs(self.zygote_max_age_s),
                    zygote_max_forks: self.zygote_max_forks,
                },
                tests: self.pool_tests.unwrap_or((warm / 2).max(2)),
                capacity,
                queue: self.queue.unwrap_or(8 * capacity),
                queue_patience: millis(self.queue_timeout_ms),
            },
        })
    }

    fn defaults_within_ceilings(&self) -> Result<(), ConfigError> {
        let pairs = [
            ("TIMEOUT_MS", self.timeout_ms, self.max_timeout_ms),
            ("MEMORY_MB", self.memory_mb, self.max_memory_mb),
            ("OUTPUT_BYTES", self.output_bytes, self.max_output_bytes),
            ("PROCESSES", self.processes, self.max_processes),
            ("FILE_BYTES", self.file_bytes, self.max_file_bytes),
        ];
        match pairs.into_iter().find(|(_, default, ceiling)| default > ceiling) {
            Some((variable, default, ceiling)) => {
                Err(wrong(variable, format!("{default} is more than MAX_{variable}, which is {ceiling}")))
            }
            None => Ok(()),
        }
    }
}

fn origins(names: &[String]) -> Result<Cors, ConfigError> {
    let names: Vec<&str> = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    match names[..] {
        [] => Ok(Cors::Nobody),
        ["*"] => Ok(Cors::Everybody),
        _ => names.into_iter().map(origin).collect::<Result<_, _>>().map(Cors::These),
    }
}

/// An origin as browsers send it: scheme, host and port, nothing else.
fn origin(name: &str) -> Result<HeaderValue, ConfigError> {
    let host = name.strip_prefix("https://").or_else(|| name.strip_prefix("http://"));
    let plain = |host: &str| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-:[]_".contains(&b))
    };
    match host {
        Some(host) if plain(host) => HeaderValue::from_str(name).map_err(|e| wrong("CORS_ORIGINS", e.to_string())),
        _ => Err(wrong("CORS_ORIGINS", format!("{name:?} is no origin; one looks like https://learn.example"))),
    }
}

fn interpreters(paths: &[PathBuf]) -> Result<Vec<PathBuf>, ConfigError> {
    paths.iter().map(|path| interpreter(path)).collect()
}

/// A path as it is, a bare name as PATH has it.
fn interpreter(path: &std::path::Path) -> Result<PathBuf, ConfigError> {
    if path.as_os_str().is_empty() {
        return Err(wrong("PYTHON", "has an empty entry"));
    }
    if path.components().count() > 1 || path.is_absolute() {
        return Ok(path.into());
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(path))
        .find(|candidate| candidate.is_file())
        .ok_or_else(|| wrong("PYTHON", format!("{} is not on PATH", path.display())))
}

fn modules(names: &[String]) -> Result<Vec<String>, ConfigError> {
    let part = |part: &str| {
        part.chars().all(|c| c.is_alphanumeric() || c == '_')
            && !part.starts_with(|c: char| c.is_ascii_digit())
            && !part.is_empty()
    };
    names
        .iter()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
        .map(|name| match name.split('.').all(part) {
            true => Ok(name.to_owned()),
            false => Err(wrong("PRELOAD", format!("{name:?} is no module's name"))),
        })
        .collect()
}

/// Makes empty environment variables unset ones, for a command and its subcommands.
pub fn ignoring_empty_variables(command: clap::Command) -> clap::Command {
    let is_empty = |arg: &clap::Arg| arg.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
    command
        .mut_args(|arg| if is_empty(&arg) { arg.env(clap::builder::Resettable::Reset) } else { arg })
        .mut_subcommands(ignoring_empty_variables)
}
