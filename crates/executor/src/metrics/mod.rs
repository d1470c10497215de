//! Numbers about the service, in the OpenMetrics text format. No label carries anything that a caller chose.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use api::RunStatus;
use prometheus_client::encoding::{EncodeLabelSet, LabelValueEncoder, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::engine::{Snapshot, Vital};
use ::jobs::Stats;
use job_metrics::JobMetrics;

mod job_metrics;

/// `Content-Type` of [`Metrics::text`].
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// From 100 microseconds to 10 seconds.
const BUCKETS: [f64; 16] =
    [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StatusLabel {
    status: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct PhaseLabel {
    phase: Phase,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabel {
    reason: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CellLabel {
    state: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LevelLabel {
    level: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LayerLabel {
    layer: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabel {
    route: &'static str,
    status: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabel {
    route: &'static str,
}

/// A part of a run's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// From the job's arrival to its end, everything included.
    Total,
    /// From the moment the program had the job to its end.
    Program,
    /// The rest: waiting for a place and a cell, handing over, collecting files.
    Around,
}

impl prometheus_client::encoding::EncodeLabelValue for Phase {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> std::fmt::Result {
        let name = match self {
            Phase::Total => "total",
            Phase::Program => "program",
            Phase::Around => "around",
        };
        prometheus_client::encoding::EncodeLabelValue::encode(&name, encoder)
    }
}

fn histogram() -> Histogram {
    Histogram::new(BUCKETS)
}

type Timed<L> = Family<L, Histogram, fn() -> Histogram>;

/// All numbers.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    runs: Family<StatusLabel, Counter>,
    run_seconds: Timed<PhaseLabel>,
    refused: Family<ReasonLabel, Counter>,
    requests: Family<RequestLabel, Counter>,
    request_seconds: Timed<RouteLabel>,
    cells: Family<CellLabel, Gauge>,
    queue: Gauge,
    capacity: Gauge,
    level: Family<LevelLabel, Gauge>,
    layers: Family<LayerLabel, Gauge>,
    healthy: Gauge,
    last_run_age: Gauge<f64, AtomicU64>,
    connections: Gauge,
    jobs: JobMetrics,
}

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics::new()
    }
}

impl Metrics {
    /// All of them at zero.
    pub fn new() -> Metrics {
        let mut all = Registry::default();
        let requests = Family::default();
        all.register("http_requests", "HTTP requests answered", Family::clone(&requests));
        let request_seconds: Timed<RouteLabel> = Family::new_with_constructor(histogram);
        let help = "Time from a request's headers to its answer";
        all.register_with_unit("http_request", help, Unit::Seconds, request_seconds.clone());
        let connections = Gauge::default();
        all.register("http_connections", "HTTP connections open", connections.clone());

        let own = all.sub_registry_with_prefix("python_executor");
        own.register("build", "Version of the service", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        let runs = Family::default();
        own.register("runs", "Programs run, by how they ended", Family::clone(&runs));
        let run_seconds: Timed<PhaseLabel> = Family::new_with_constructor(histogram);
        own.register_with_unit("run", "Time that runs took, by phase", Unit::Seconds, run_seconds.clone());
        let refused = Family::default();
        own.register("refused", "Requests to run a program that were refused, by reason", Family::clone(&refused));
        let cells = Family::default();
        own.register("pool_cells", "Interpreters, waiting or running", Family::clone(&cells));
        let queue = Gauge::default();
        own.register("queue_length", "Requests that wait for a place", queue.clone());
        let capacity = Gauge::default();
        own.register("pool_capacity", "Programs that can run at the same time", capacity.clone());
        let level = Family::default();
        own.register("isolation_level", "The level of isolation in force: 1", Family::clone(&level));
        let layers = Family::default();
        own.register("isolation_layer", "Whether a layer of the sandbox is on: 1 or 0", Family::clone(&layers));
        let healthy = Gauge::default();
        own.register("healthy", "Health: 1 healthy or degraded, 0 unhealthy", healthy.clone());
        let last_run_age = Gauge::default();
        let help = "Time since Python last ran a program as it should";
        own.register_with_unit("last_run_age", help, Unit::Seconds, Gauge::clone(&last_run_age));
        let jobs = JobMetrics::registered(own.sub_registry_with_prefix("jobs"));
        Metrics {
            jobs,
            registry: all,
            runs,
            run_seconds,
            refused,
            requests,
            request_seconds,
            cells,
            queue,
            capacity,
            level,
            layers,
            healthy,
            last_run_age,
            connections,
        }
    }

    /// A program was run.
    pub fn ran(&self, status: RunStatus, total: Duration, program: Duration) {
        self.runs.get_or_create(&StatusLabel { status: status.name() }).inc();
        self.phase(Phase::Total, total);
        self.phase(Phase::Program, program);
        self.phase(Phase::Around, total.saturating_sub(program));
    }

    fn phase(&self, phase: Phase, time: Duration) {
        self.run_seconds.get_or_create(&PhaseLabel { phase }).observe(time.as_secs_f64());
    }

    /// A request to run a program was refused; `reason` is an error's code.
    pub fn refused(&self, reason: &'static str) {
        self.refused.get_or_create(&ReasonLabel { reason }).inc();
    }

    /// A request was answered.
    pub fn answered(&self, route: &'static str, status: u16, time: Duration) {
        self.requests.get_or_create(&RequestLabel { route, status }).inc();
        self.request_seconds.get_or_create(&RouteLabel { route }).observe(time.as_secs_f64());
    }

    /// Counts a connection for as long as the guard lives.
    pub fn connection(&self) -> ConnectionGuard {
        ConnectionGuard::of(&self.connections)
    }

    /// Everything as text, with the pool and the jobs as they are now: `None` where none are taken, nothing in it where
    /// what keeps them cannot be had.
    pub fn text(&self, now: &Snapshot, jobs: Option<Option<Stats>>) -> String {
        self.jobs.set(jobs);
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let warm: usize = now.runtimes.iter().map(|runtime| runtime.warm).sum();
        self.cells.get_or_create(&CellLabel { state: "warm" }).set(number(warm));
        let warm_tests: usize = now.runtimes.iter().map(|runtime| runtime.warm_tests).sum();
        self.cells.get_or_create(&CellLabel { state: "warm_tests" }).set(number(warm_tests));
        self.cells.get_or_create(&CellLabel { state: "busy" }).set(number(now.busy));
        self.queue.set(number(now.queued));
        self.capacity.set(number(now.capacity));
        self.level.get_or_create(&LevelLabel { level: now.level.name() }).set(1);
        for layer in &now.layers {
            self.layers.get_or_create(&LayerLabel { layer: layer.name.clone() }).set(layer.on.into());
        }
        self.healthy.set((now.vitality.state != Vital::Unhealthy).into());
        self.last_run_age.set(now.vitality.last_run.map_or(f64::NAN, |age| age.as_secs_f64()));
        let mut page = String::new();
        // Writing to a string fails only when a metric cannot be encoded, which a test would show.
        let _ = text::encode(&mut page, &self.registry);
        page
    }
}

/// An open connection.
#[derive(Debug)]
pub struct ConnectionGuard(Gauge);

impl ConnectionGuard {
    /// Counts one more.
    pub fn of(connections: &Gauge) -> ConnectionGuard {
        connections.inc();
        ConnectionGuard(connections.clone())
    }
}

impl Drop for ConnectionGuard {
    fn drop(&mut self) {
        self.0.dec();
    }
}
