//! The executor inside this process: the same service, on a loopback port of its own.

use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use clap::{Args, Command, FromArgMatches};
use executor::config::{ServeArgs, ignoring_empty_variables};
use executor::engine::Engine;
use executor::http::server::{ListenError, listen, serve_with_jobs};
use executor::service::{Executor, StartError};
use executor::workers::Jobs;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::config::{Config, ConfigError, wrong};

/// What the portal has settings of its own for: the executor inside takes nothing of it from the environment.
const OWN: [&str; 12] = [
    "HOST",
    "PORT",
    "ALLOW_ANONYMOUS",
    "RATE_LIMIT",
    "MAX_BODY_BYTES",
    "BODY_MEMORY_BYTES",
    "BODY_TIMEOUT_MS",
    "HEADER_TIMEOUT_MS",
    "IDLE_TIMEOUT_MS",
    "MAX_CONNECTIONS",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_SERVICE_NAME",
];

/// Why it does not start.
#[derive(Debug, thiserror::Error)]
pub enum InsideError {
    /// A variable cannot be used.
    #[error("{0}")]
    Variables(String),
    /// A setting cannot be used.
    #[error("the executor inside cannot be used")]
    Config(#[from] ConfigError),
    /// The sandbox cannot be had.
    #[error("the executor inside does not start")]
    Start(#[from] Box<StartError>),
    /// What keeps its jobs cannot be had.
    #[error("JOBS_URL")]
    Jobs(#[from] Box<jobs::EngineError>),
    /// Its port cannot be had.
    #[error("EXECUTOR_PORT cannot be used")]
    Listen(#[from] ListenError),
}

/// A running executor.
#[derive(Debug)]
pub struct Inside {
    /// Where it is.
    pub url: String,
    executor: Arc<Executor>,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

/// The executor's own settings, as the environment has them.
///
/// # Errors
/// One of them cannot be used.
pub fn settings() -> Result<ServeArgs, InsideError> {
    let command = ServeArgs::augment_args(Command::new("portal").no_binary_name(true)).mut_args(|arg| {
        let is_own = arg.get_env().is_some_and(|name| OWN.iter().any(|own| name == *own));
        if is_own { arg.env(clap::builder::Resettable::Reset) } else { arg }
    });
    let matches = ignoring_empty_variables(command).try_get_matches_from([""; 0]);
    let settings = matches.and_then(|matches| ServeArgs::from_arg_matches(&matches));
    settings.map_err(|error| InsideError::Variables(error.to_string()))
}

impl Inside {
    /// Starts it.
    ///
    /// # Errors
    /// See [`InsideError`].
    pub async fn start(portal: &Config) -> Result<Inside, InsideError> {
        Inside::with(portal, settings()?).await
    }

    /// Starts one beside a portal that may run on this machine: on a port of its own, with its jobs in this file.
    ///
    /// # Errors
    /// See [`InsideError`].
    pub async fn start_apart(portal: &Config, jobs: &Path) -> Result<Inside, InsideError> {
        let mut settings = settings()?;
        settings.jobs.jobs_url = Some(format!("sqlite://{}", jobs.display()));
        settings.jobs.jobs_url_file = None;
        // Nobody else would run what this one takes on.
        settings.jobs.jobs_workers = settings.jobs.jobs_workers.filter(|workers| *workers > 0);
        let mut portal = portal.clone();
        portal.executors.port = 0;
        Inside::with(&portal, settings).await
    }

    async fn with(portal: &Config, mut settings: ServeArgs) -> Result<Inside, InsideError> {
        settings.host = IpAddr::V4(Ipv4Addr::LOCALHOST);
        settings.port = portal.executors.port;
        settings.max_code_chars = portal.requests.code_chars;
        let mut config = settings.validate()?;
        config.shutdown_pause = std::time::Duration::ZERO;
        config.shutdown_grace = portal.shutdown_grace;
        config.engine.hidden.extend(portal.data.hidden());
        config.engine.hidden.extend(portal.executors.credential.path());
        let key = portal.executors.credential.key();
        if !config.keys.is_empty() && key.and_then(|key| config.keys.find(&key)).is_none() {
            return Err(wrong("EXECUTOR_API_KEY", "must be one of API_KEYS, which the executor inside asks for").into());
        }
        // Its port first: a start that fails must not have cost a sandbox.
        let listener = listen(config.address).await?;
        let address = listener.local_addr().unwrap_or(config.address);
        let jobs = Jobs::open(&config.jobs).await.map_err(Box::new)?;
        let executor = Executor::start(config.options()).await.map_err(Box::new)?;
        executor::cli::report(&executor);
        let engine: Arc<dyn Engine> = executor.clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let app = executor::http::App::new(config, engine, jobs);
        let served = tokio::spawn(async move {
            serve_with_jobs(listener, app, async { drop(stopped.await) }).await;
        });
        Ok(Inside { url: format!("http://{address}"), executor, stop, served })
    }

    /// Ends it, and all that it started.
    pub async fn close(self) {
        let _ = self.stop.send(());
        let _ = self.served.await;
        self.executor.close().await;
    }
}
