//! What the service says about itself.

use std::sync::Arc;
use std::time::Duration;

use api::{Failure, Health, HealthStatus, Isolation, JobsHealth, LayerState, Pool, RuntimeInfo, Runtimes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::Timestamp;

use super::outer::json_body;
use super::{App, Problem, admission};
use crate::engine::{Snapshot, Vital};
use crate::metrics::CONTENT_TYPE;

/// Whether programs can be run, by a real run of Python, and what stands around them.
#[utoipa::path(
    get, path = "/health", tag = "Service",
    responses(
        (status = 200, description = "Programs can be run.", body = Health),
        (status = 503, description = "Programs cannot be run.", body = Health),
    )
)]
pub(super) async fn health(State(app): State<Arc<App>>) -> Response {
    let health = of(&app, app.engine.snapshot()).await;
    let status = match health.status {
        HealthStatus::Healthy | HealthStatus::Degraded => StatusCode::OK,
        HealthStatus::Unhealthy => StatusCode::SERVICE_UNAVAILABLE,
    };
    json(status, &health)
}

/// Whether to send requests here.
#[utoipa::path(
    get, path = "/ready", tag = "Service",
    responses(
        (status = 200, description = "Yes.", body = Health),
        (status = 503, description = "No: the service is stopping, or has no interpreter.", body = Health),
    )
)]
pub(super) async fn ready(State(app): State<Arc<App>>) -> Response {
    let mut health = of(&app, app.engine.snapshot()).await;
    let reason = match &health {
        Health { stopping: true, .. } => Some("the service is stopping"),
        Health { pool: Pool { warm: 0, busy: 0, .. }, .. } => Some("no interpreter is warm"),
        Health { status: HealthStatus::Unhealthy, .. } => Some("no program can be run"),
        _ => None,
    };
    let status = if reason.is_some() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    health.reason = health.reason.or(reason.map(Into::into));
    json(status, &health)
}

/// Numbers for Prometheus, in the OpenMetrics text format.
#[utoipa::path(
    get, path = "/metrics", tag = "Service",
    responses((status = 200, description = "The numbers.", body = String, content_type = "application/openmetrics-text"))
)]
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Response {
    let jobs = match app.jobs().engine() {
        Ok(engine) => Some(engine.stats().await.ok()),
        Err(_) => None,
    };
    let mut response = Response::new(app.metrics.text(&app.engine.snapshot(), jobs).into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    response
}

/// The interpreters that a request can ask for.
#[utoipa::path(
    get, path = "/runtimes", tag = "Service", security((), ("key" = [])),
    responses(
        (status = 200, description = "The interpreters; the first is the default.", body = Runtimes),
        (status = 401, description = "A key is needed, or this one is not known.", body = Failure),
        (status = 429, description = "Too many requests; `Retry-After` says when to come back.", body = Failure),
    )
)]
pub(super) async fn runtimes(State(app): State<Arc<App>>, request: Request) -> Result<Response, Problem> {
    admission::admit(&app, request.headers(), request.extensions())?;
    Ok(json(StatusCode::OK, &Runtimes { runtimes: runtime_infos(app.engine.snapshot()) }))
}

pub(super) fn json<T: serde::Serialize>(status: StatusCode, value: &T) -> Response {
    let mut response = Response::new(json_body(value));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

async fn of(app: &App, now: Snapshot) -> Health {
    let jobs = jobs_health(app).await;
    let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    Health {
        status: match now.vitality.state {
            Vital::Healthy => HealthStatus::Healthy,
            Vital::Degraded => HealthStatus::Degraded,
            Vital::Unhealthy => HealthStatus::Unhealthy,
        },
        service: "python-executor".into(),
        timestamp: format!("{:.3}", Timestamp::now()),
        version: env!("CARGO_PKG_VERSION").into(),
        reason: now.vitality.reason.clone(),
        last_run_ms: now.vitality.last_run.map(millis),
        stopping: now.stopping || app.is_stopping(),
        isolation: Isolation {
            level: now.level.name().into(),
            layers: now
                .layers
                .iter()
                .map(|layer| LayerState {
                    name: layer.name.clone(),
                    on: layer.on,
                    why: layer.why.clone(),
                    hint: layer.hint.clone(),
                })
                .collect(),
        },
        pool: Pool {
            warm: now.runtimes.iter().map(|runtime| runtime.warm).sum(),
            busy: now.busy,
            queued: now.queued,
            capacity: now.capacity,
        },
        runtimes: runtime_infos(now),
        jobs,
    }
}

async fn jobs_health(app: &App) -> JobsHealth {
    match app.jobs().engine() {
        Ok(engine) => {
            let why = engine.stats().await.err().map(|error| error.to_string());
            JobsHealth { engine: engine.name(), on: why.is_none(), why }
        }
        Err(why) => JobsHealth { engine: "off".into(), on: false, why: Some(why.into()) },
    }
}

fn runtime_infos(now: Snapshot) -> Vec<RuntimeInfo> {
    let infos = now.runtimes.into_iter().enumerate().map(|(index, runtime)| RuntimeInfo {
        name: runtime.name,
        version: runtime.version,
        implementation: runtime.implementation,
        default: index == 0,
        warm: runtime.warm,
    });
    infos.collect()
}
