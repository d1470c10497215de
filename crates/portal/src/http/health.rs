//! What the portal says about itself.

use std::sync::Arc;
use std::time::Duration;

use api::{DatabaseHealth, HealthStatus, PortalHealth};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::Timestamp;
use tokio::time::timeout;

use super::App;
use super::answer::json;
use crate::metrics::CONTENT_TYPE;

/// For the database's answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether learners can work: the database, and each executor.
#[utoipa::path(
    get, path = "/health", tag = "Service",
    responses(
        (status = 200, description = "They can.", body = PortalHealth),
        (status = 503, description = "They cannot: the database is away, or all executors are.", body = PortalHealth),
    )
)]
pub(super) async fn health(State(app): State<Arc<App>>) -> Response {
    let health = of(&app).await;
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
        (status = 200, description = "Yes.", body = PortalHealth),
        (status = 503, description = "No: the portal is stopping, or learners cannot work.", body = PortalHealth),
    )
)]
pub(super) async fn ready(State(app): State<Arc<App>>) -> Response {
    let health = of(&app).await;
    let is_ready = !health.stopping && health.status != HealthStatus::Unhealthy;
    json(if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, &health)
}

/// Numbers for Prometheus, in the OpenMetrics text format.
#[utoipa::path(
    get, path = "/metrics", tag = "Service",
    responses((status = 200, description = "The numbers.", body = String, content_type = "application/openmetrics-text"))
)]
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Response {
    let mut response = Response::new(app.metrics.text(&app.executors.health()).into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    response
}

async fn of(app: &App) -> PortalHealth {
    let executors = app.executors.health();
    let up = executors.iter().filter(|executor| executor.status == HealthStatus::Healthy).count();
    let database = match timeout(PATIENCE, app.db.ping()).await {
        Ok(Ok(())) => HealthStatus::Healthy,
        _ => HealthStatus::Unhealthy,
    };
    let status = match (database, up) {
        (HealthStatus::Unhealthy, _) | (_, 0) => HealthStatus::Unhealthy,
        (_, up) if up < executors.len() => HealthStatus::Degraded,
        _ => HealthStatus::Healthy,
    };
    PortalHealth {
        status,
        service: "portal".into(),
        timestamp: format!("{:.3}", Timestamp::now()),
        version: env!("CARGO_PKG_VERSION").into(),
        stopping: app.is_stopping(),
        database: DatabaseHealth { status: database, kind: app.db.kind().into() },
        executors,
    }
}
