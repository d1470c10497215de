//! The configuration: one structure, read once, strict.
//!
//! [`ServeArgs`] is what the command line and the environment say; [`ServeArgs::validate`] makes a [`Config`] of it, or
//! names the variable at fault.

mod args;
mod credential;
mod place;
mod reference;
#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use axum::http::Uri;
pub use executor::config::ConfigError;
use executor::config::{RequestBounds, SecretFile};
use executor::logs::LogFormat;
use executor::trace;
use tracing_subscriber::filter::Targets;

pub use args::{DataArgs, ServeArgs};
pub use credential::Credential;
pub use place::Place;
pub use reference::{DOCUMENT, reference};

pub(crate) fn wrong(variable: &'static str, problem: impl Into<String>) -> ConfigError {
    ConfigError { variable, problem: problem.into(), source: None }
}

/// The portal's configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub address: SocketAddr,
    /// What to log.
    pub log_level: Targets,
    /// In which form.
    pub log_format: LogFormat,
    /// How long requests may go on after the signal to stop.
    pub shutdown_grace: Duration,
    /// Whether forwarded addresses are believed.
    pub trust_proxy: bool,
    /// Where exercises and progress are kept.
    pub data: Data,
    /// Who runs programs.
    pub executors: Executors,
    /// Requests a second and learner; 0 is no limit.
    pub rate_limit: f64,
    /// Requests a second and address; 0 is no limit.
    pub address_rate_limit: f64,
    /// What requests may carry.
    pub requests: RequestBounds,
    /// Where traces go, if there are any.
    pub traces: Option<trace::Settings>,
}

/// Where exercises and progress are kept.
#[derive(Debug, Clone)]
pub struct Data {
    /// The database.
    pub place: Place,
    /// The file that names it.
    pub file: Option<SecretFile>,
    /// Connections to it.
    pub connections: u32,
    /// What to put into it at the start.
    pub exercises: Exercises,
}

impl Data {
    /// Files that no program may see.
    pub fn hidden(&self) -> Vec<PathBuf> {
        let mut files = self.place.files();
        files.extend(self.file.as_ref().map(|file| file.path().to_owned()));
        files.extend(std::env::var_os("PGPASSFILE").map(PathBuf::from));
        files
    }
}

/// Exercises to put into the database at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exercises {
    /// Those that were built in.
    Embedded,
    /// None.
    None,
    /// Those of a folder.
    Folder(PathBuf),
}

/// Who runs programs.
#[derive(Debug, Clone)]
pub struct Executors {
    /// Their addresses; none: one inside this process.
    pub urls: Vec<String>,
    /// Port of the one inside.
    pub port: u16,
    /// What opens them.
    pub credential: Credential,
    /// How long they may take.
    pub timeout: Duration,
}

impl ServeArgs {
    /// Checks what one setting alone cannot tell.
    ///
    /// # Errors
    /// A setting cannot be used, alone or beside the others.
    pub fn validate(self) -> Result<Config, ConfigError> {
        if self.body_memory_bytes < self.max_body_bytes {
            return Err(wrong("BODY_MEMORY_BYTES", "must be at least MAX_BODY_BYTES"));
        }
        let millis = Duration::from_millis;
        Ok(Config {
            address: SocketAddr::new(self.host, self.port),
            log_level: self.log_level,
            log_format: self.log_format,
            shutdown_grace: millis(self.shutdown_grace_ms),
            trust_proxy: self.trust_proxy,
            data: self.data.validate()?,
            executors: Executors {
                urls: self.executor_service_url.iter().map(|url| executor_url(url)).collect::<Result<_, _>>()?,
                port: self.executor_port,
                credential: Credential::read(self.executor_api_key.as_deref(), self.executor_api_key_file.as_deref())?,
                timeout: millis(self.executor_timeout_ms),
            },
            traces: self.traces.validate()?,
            rate_limit: self.rate_limit,
            address_rate_limit: self.address_rate_limit,
            requests: RequestBounds {
                code_chars: self.max_code_chars,
                body_bytes: self.max_body_bytes,
                body_memory: self.body_memory_bytes,
                body_timeout: millis(self.body_timeout_ms),
                header_timeout: millis(self.header_timeout_ms),
                idle_timeout: millis(self.idle_timeout_ms),
                connections: self.max_connections,
            },
        })
    }
}

impl DataArgs {
    /// Checks it.
    ///
    /// # Errors
    /// A setting cannot be used.
    pub fn validate(self) -> Result<Data, ConfigError> {
        let exercises = match self.exercises.to_str() {
            Some("embedded") => Exercises::Embedded,
            Some("none") => Exercises::None,
            _ if self.exercises.is_dir() => Exercises::Folder(self.exercises),
            _ => return Err(wrong("EXERCISES", format!("{} is no folder", self.exercises.display()))),
        };
        let file = self.database_url_file.map(|path| SecretFile::read("DATABASE_URL_FILE", &path)).transpose()?;
        let place = match &file {
            Some(file) => Place::of(file.variable(), Some(file.text().trim()))?,
            None => Place::of("DATABASE_URL", self.database_url.as_deref())?,
        };
        Ok(Data { place, file, connections: self.database_connections, exercises })
    }
}

/// An executor's address without a slash at its end.
fn executor_url(given: &str) -> Result<String, ConfigError> {
    let refuse = |why: &str| Err(wrong("EXECUTOR_SERVICE_URL", format!("{given:?} {why}")));
    let url = given.trim().trim_end_matches('/');
    match url.parse::<Uri>() {
        Ok(uri) if uri.scheme_str() == Some("https") => {
            refuse("is encrypted; executors are spoken to by http, within one network")
        }
        Ok(uri)
            if uri.scheme_str() == Some("http")
                && uri.host().is_some()
                && uri.path() == "/"
                && uri.query().is_none() =>
        {
            Ok(url.to_owned())
        }
        _ => refuse("is no address; one looks like http://127.0.0.1:3001"),
    }
}
