//! HTTP: the interface for programs, and the page.
//!
//! Sockets, bodies, JSON and problems are the executor's ([`executor::http`]); this adds learners, exercises and what
//! stands around an answer here. A handler that changes something holds an entry of `in_flight`, which the end waits for.

mod answer;
mod docs;
mod exercises;
mod health;
mod hints;
mod openapi;
mod outer;
mod progress;
mod run;
mod solution;
mod visitor;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use executor::config::RequestBounds;
use executor::http::body::Room;
use executor::http::in_flight::InFlight;
use executor::http::outer::Ids;
use executor::http::rate_limit::RateLimit;
use executor::http::server::Site;
use executor::http::{Caller, Problem};
use executor::metrics::ConnectionGuard;

use crate::config::Config;
use crate::db::Db;
use crate::executors::Executors;
use crate::metrics::Metrics;
use crate::pages;
pub use openapi::{DOCUMENT, text as openapi};

/// Everything that requests share.
pub struct App {
    config: Config,
    db: Db,
    executors: Arc<Executors>,
    metrics: Metrics,
    bodies: Room,
    learners: RateLimit<String>,
    addresses: RateLimit<Caller>,
    in_flight: InFlight,
    stopping: AtomicBool,
    ids: Ids,
}

impl App {
    /// A portal on this database, in front of these executors.
    pub fn new(config: Config, db: Db, executors: Arc<Executors>) -> Arc<App> {
        Arc::new(App {
            bodies: Room::new(config.requests),
            learners: RateLimit::new(config.rate_limit),
            addresses: RateLimit::new(config.address_rate_limit),
            metrics: Metrics::new(),
            in_flight: InFlight::default(),
            stopping: AtomicBool::new(false),
            ids: Ids::default(),
            config,
            db,
            executors,
        })
    }

    fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Acquire)
    }
}

impl Site for App {
    fn router(self: Arc<Self>) -> Router {
        router(self)
    }

    fn bounds(&self) -> RequestBounds {
        self.config.requests
    }

    fn grace(&self) -> Duration {
        self.config.shutdown_grace
    }

    fn in_flight(&self) -> &InFlight {
        &self.in_flight
    }

    fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }

    fn connection(&self) -> ConnectionGuard {
        self.metrics.connection()
    }

    fn no_room(&self) {
        self.metrics.refused("CONNECTIONS");
    }
}

/// The portal without its sockets.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/api/execution/run", post(run::run))
        .route("/api/exercises", get(exercises::list))
        .route("/api/exercises/{id}", get(exercises::one))
        .route("/api/exercises/{id}/hints", get(hints::list))
        .route("/api/exercises/{id}/hints/{level}", post(hints::reveal))
        .route("/api/exercises/{id}/solution", post(solution::show))
        .route("/api/progress", get(progress::progress))
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route("/openapi.json", get(docs::document))
        .route("/docs", get(docs::page))
        .route("/docs/style.css", get(executor::http::docs::style))
        .fallback(pages::page)
        .method_not_allowed_fallback(|| async { Problem::wrong_method() })
        .layer(axum::middleware::from_fn_with_state(app.clone(), outer::outer))
        .with_state(app)
}
