//! What the service says about itself.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Answer of `GET /health` and `GET /ready`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// Whether programs can be run, by a run that is at most a few seconds old.
    pub status: HealthStatus,
    /// Which service this is.
    #[schema(example = "python-executor")]
    pub service: String,
    /// Now, as RFC 3339 with milliseconds.
    #[schema(format = DateTime, example = "2025-08-30T20:27:40.780Z")]
    pub timestamp: String,
    /// The service's version.
    #[schema(example = "1.0.0")]
    pub version: String,
    /// Why `status` is not `healthy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Age of the last run of Python that worked, in milliseconds; null when there was none.
    #[schema(required)]
    #[cfg_attr(feature = "typescript", ts(optional = false))]
    pub last_run_ms: Option<u64>,
    /// The service takes no more jobs.
    pub stopping: bool,
    /// What stands around every run.
    pub isolation: Isolation,
    /// The interpreters; the first is the default.
    pub runtimes: Vec<RuntimeInfo>,
    /// Interpreters that wait, and runs.
    pub pool: Pool,
    /// What keeps the jobs of `POST /jobs`.
    pub jobs: JobsHealth,
}

/// What keeps jobs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct JobsHealth {
    /// `sqlite` or `nats`; `off` when none are taken.
    #[schema(example = "sqlite")]
    pub engine: String,
    /// Whether it can be had now.
    pub on: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// How the service is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    /// Programs run.
    Healthy,
    /// Programs run, but not as well as they should; `reason` tells.
    Degraded,
    /// Programs do not run (503).
    Unhealthy,
}

/// The level of isolation in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Isolation {
    /// `namespaces` or `landlock`.
    #[schema(example = "namespaces")]
    pub level: String,
    /// Every layer, on or off, and why.
    pub layers: Vec<LayerState>,
}

/// One layer of the sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct LayerState {
    /// Its name.
    #[schema(example = "seccomp")]
    pub name: String,
    /// Whether it is in force.
    pub on: bool,
    /// Why it is on or off.
    pub why: String,
    /// What would turn it on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// Answer of `GET /runtimes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Runtimes {
    /// The interpreters; the first is the default.
    pub runtimes: Vec<RuntimeInfo>,
}

/// One interpreter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RuntimeInfo {
    /// What the request's `python` calls it.
    #[schema(example = "python3.11")]
    pub name: String,
    /// Its full version.
    #[schema(example = "3.11.7")]
    pub version: String,
    /// Which Python.
    #[schema(example = "CPython")]
    pub implementation: String,
    /// Whether it runs what names no `python`.
    pub default: bool,
    /// Interpreters of this kind that wait for a program.
    pub warm: usize,
}

/// Interpreters that wait, and runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Pool {
    /// Interpreters that wait for a program.
    pub warm: usize,
    /// Programs that run now.
    pub busy: usize,
    /// Requests that wait for a place.
    pub queued: usize,
    /// Programs that can run at the same time.
    pub capacity: usize,
}
