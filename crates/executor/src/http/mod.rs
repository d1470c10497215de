//! HTTP: what comes in is checked, what goes out is explained.
//!
//! Theory of operation. [`server`] owns sockets, time-outs and the end of the service; [`router`] answers one request
//! and needs no socket. Around every answer stands [`outer`]: request id, log line, metrics, security headers, and the
//! one place where a [`Problem`] becomes a body. `POST /execute` goes through admission (key, rate), [`body`] (size,
//! type, time), [`validate`] (every rule of the contract), the engine, and [`verdict`](crate::verdict). All of it
//! happens inside the connection's own task: when a client goes away, hyper drops the future, and with it the run.

mod admission;
pub mod body;
pub mod docs;
mod error;
mod execute;
mod health;
pub mod in_flight;
mod io;
pub mod json;
mod openapi;
pub mod outer;
mod paths;
pub mod rate_limit;
pub mod server;
mod validate;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::http::{HeaderName, Method, header};
use axum::routing::{get, post};
use tower_http::cors::CorsLayer;

use crate::config::{Config, Cors, Following};
use crate::engine::Engine;
use crate::job::Job;
use crate::metrics::Metrics;
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
    /// Of the keys' file.
    _following: Option<Following>,
}

impl App {
    /// An application in front of `engine`. Follows the keys' file, if there is one; then it needs tokio around it.
    pub fn new(config: Config, engine: Arc<dyn Engine>) -> Arc<App> {
        let runtimes = engine.snapshot().runtimes.into_iter().map(|runtime| runtime.name).collect();
        Arc::new(App {
            rules: Rules::new(&config, runtimes),
            rate_limit: RateLimit::new(config.rate_limit),
            bodies: body::Room::new(config.requests),
            in_flight: InFlight::default(),
            stopping: AtomicBool::new(false),
            metrics: Metrics::new(),
            ids: outer::Ids::default(),
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

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
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
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION, REQUEST_ID])
        .expose_headers([REQUEST_ID, header::RETRY_AFTER])
        .max_age(std::time::Duration::from_secs(600));
    match whose {
        Cors::Nobody => None,
        Cors::Everybody => Some(layer.allow_origin(tower_http::cors::Any)),
        Cors::These(origins) => Some(layer.allow_origin(origins.clone())),
    }
}
