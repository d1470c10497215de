//! HTTP: what comes in is checked, what goes out is explained.
//!
//! Theory of operation. [`server`] owns sockets, time-outs and the end of the service; [`router`] answers one request
//! and needs no socket. Around every answer stands [`outer`]: request id, log line, metrics, security headers, and the
//! one place where a [`Problem`] becomes a body. `POST /execute` goes through admission (key, rate), [`body`] (size,
//! type, time), [`validate`] (every rule of the contract), the engine, and [`verdict`](crate::verdict). All of it
//! happens inside the connection's own task: when a client goes away, hyper drops the future, and with it the run.
//! `POST /jobs` ([`jobs`]) goes the same way as far as the rules, and then into what keeps jobs.

mod admission;
pub mod body;
pub mod docs;
mod error;
mod execute;
mod health;
pub mod in_flight;
mod io;
pub(crate) mod jobs;
pub mod json;
mod openapi;
pub mod outer;
mod paths;
pub mod rate_limit;
pub mod server;
mod validate;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::{HeaderName, Method, header};
use axum::routing::{get, post};
use tokio::sync::Notify;
use tower_http::cors::CorsLayer;

use crate::config::{Config, Cors, Following};
use crate::engine::Engine;
use crate::job::Job;
use crate::metrics::Metrics;
use crate::workers::Jobs;
pub use admission::{Caller, Peer};
pub use error::Problem;
use in_flight::InFlight;
pub use openapi::{DOCUMENT, text as openapi};
use rate_limit::RateLimit;
pub use server::serve;
pub use validate::Fields;
use validate::Rules;

/// Everything that requests share.
pub struct App {
    config: Config,
    engine: Arc<dyn Engine>,
    metrics: Metrics,
    rules: Rules,
    rate_limit: RateLimit<Caller>,
    bodies: body::Room,
    in_flight: InFlight,
    stopping: AtomicBool,
    ids: outer::Ids,
    jobs: Jobs,
    /// Tells callers of ends.
    caller: Option<callbacks::Caller>,
    /// A job was cancelled here: whoever runs it need not wait for the next heartbeat.
    job_cancelled: Notify,
    asked: Asked,
    /// Of the keys' file.
    _following: Option<Following>,
}

impl App {
    /// An application in front of `engine`, with what keeps its jobs. Follows the keys' file, if there is one; then it needs
    /// tokio around it.
    pub fn new(config: Config, engine: Arc<dyn Engine>, jobs: Jobs) -> Arc<App> {
        let caller = config.jobs.callbacks.clone().map(callbacks::Caller::new).transpose();
        let caller = caller.unwrap_or_else(|error| {
            tracing::error!(%error, "there are no callbacks");
            None
        });
        let runtimes = engine.snapshot().runtimes.into_iter().map(|runtime| runtime.name).collect();
        Arc::new(App {
            rules: Rules::new(&config, runtimes),
            rate_limit: RateLimit::new(config.rate_limit),
            bodies: body::Room::new(config.requests),
            in_flight: InFlight::default(),
            stopping: AtomicBool::new(false),
            metrics: Metrics::new(),
            ids: outer::Ids::default(),
            jobs,
            caller,
            job_cancelled: Notify::new(),
            asked: Asked::default(),
            _following: config.keys.follow(),
            config,
            engine,
        })
    }

    /// Takes no more jobs: `/ready` and `POST /execute` answer 503 from now on.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
        self.engine.stop();
    }

    pub(crate) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }

    pub(crate) fn config(&self) -> &Config {
        &self.config
    }

    pub(crate) fn engine(&self) -> &dyn Engine {
        &*self.engine
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }

    pub(crate) fn in_flight(&self) -> &InFlight {
        &self.in_flight
    }

    pub(crate) fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// Whether a caller may name this address to be told of an end.
    fn check_callback(&self, url: &str) -> Result<(), Problem> {
        let Some(caller) = &self.caller else {
            let sentence = match self.config.jobs.callbacks {
                Some(_) => "callbackUrl cannot be had: this service can make no callbacks; its log says why",
                None => "callbackUrl cannot be had: the operator has set no CALLBACK_SECRET",
            };
            return Err(Problem::bad("CALLBACKS_OFF", sentence).at("callbackUrl"));
        };
        let refused =
            |why| Problem::bad("INVALID_CALLBACK", format!("callbackUrl cannot be used: {why}")).at("callbackUrl");
        caller.check(url).map_err(refused)
    }

    pub(crate) fn caller(&self) -> Option<&callbacks::Caller> {
        self.caller.as_ref()
    }

    pub(crate) fn job_cancelled(&self) -> &Notify {
        &self.job_cancelled
    }

    /// Whether somebody sent a `POST /execute` within this time.
    pub(crate) fn was_asked_within(&self, time: Duration) -> bool {
        self.asked.within(time)
    }
}

/// When a program was last asked for by somebody who waits.
#[derive(Debug)]
struct Asked {
    start: Instant,
    /// Milliseconds since the start; 0: never.
    last: AtomicU64,
}

impl Default for Asked {
    fn default() -> Asked {
        Asked { start: Instant::now(), last: AtomicU64::new(0) }
    }
}

impl Asked {
    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1)
    }

    fn note(&self) {
        self.last.store(self.now(), Ordering::Relaxed);
    }

    fn within(&self, time: Duration) -> bool {
        let last = self.last.load(Ordering::Relaxed);
        last > 0 && u128::from(self.now() - last) < time.as_millis()
    }
}

/// The job that a request asks for, by the rules of `POST /execute`: for command lines, which send none.
///
/// # Errors
/// The request breaks a rule.
pub fn job(config: &Config, request: &api::ExecuteRequest) -> Result<Job, Problem> {
    let body = serde_json::to_vec(request).map_err(|e| Problem::internal(e.to_string()))?;
    decode(config, &body)
}

/// The job that the body of a `POST /execute` asks for where there is no other interpreter than the default one.
///
/// # Errors
/// The body breaks a rule.
pub fn decode(config: &Config, body: &[u8]) -> Result<Job, Problem> {
    Rules::new(config, Vec::new()).check(body).map(|accepted| accepted.job)
}

/// The service without its sockets.
pub fn router(app: Arc<App>) -> Router {
    let mut router = Router::new()
        .route("/execute", post(execute::execute))
        .route("/jobs", post(jobs::submit))
        .route("/jobs/{id}", get(jobs::job).delete(jobs::cancel))
        .route("/batches/{id}", get(jobs::batch).delete(jobs::cancel_batch))
        .route("/batches/{id}/events", get(jobs::events))
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/runtimes", get(health::runtimes))
        .route("/openapi.json", get(docs::document))
        .route("/docs", get(docs::page))
        .route("/docs/style.css", get(docs::style))
        .fallback(|| async { Problem::no_endpoint() })
        .method_not_allowed_fallback(|| async { Problem::wrong_method() });
    if let Some(cors) = cors(&app.config.cors) {
        router = router.layer(cors);
    }
    router.layer(axum::middleware::from_fn_with_state(app.clone(), outer::outer)).with_state(app)
}

fn cors(whose: &Cors) -> Option<CorsLayer> {
    const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
    const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION, REQUEST_ID, LAST_EVENT_ID])
        .expose_headers([REQUEST_ID, header::RETRY_AFTER, header::LOCATION])
        .max_age(Duration::from_secs(600));
    match whose {
        Cors::Nobody => None,
        Cors::Everybody => Some(layer.allow_origin(tower_http::cors::Any)),
        Cors::These(origins) => Some(layer.allow_origin(origins.clone())),
    }
}
