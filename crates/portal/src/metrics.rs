//! Numbers about the portal, in the OpenMetrics text format. No label carries anything that a caller chose.

use std::time::Duration;

use api::HealthStatus;
use executor::metrics::ConnectionGuard;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

pub use executor::metrics::CONTENT_TYPE;

/// From half a millisecond to 10 seconds.
const BUCKETS: [f64; 14] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabel {
    route: &'static str,
    status: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabel {
    route: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabel {
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RunLabel {
    status: String,
    tests: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ExecutorLabel {
    url: String,
}

type Timed<L> = Family<L, Histogram, fn() -> Histogram>;

/// All numbers.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabel, Counter>,
    request_seconds: Timed<RouteLabel>,
    connections: Gauge,
    refused: Family<ReasonLabel, Counter>,
    runs: Family<RunLabel, Counter>,
    submissions: Counter,
    write_seconds: Histogram,
    executor_up: Family<ExecutorLabel, Gauge>,
    executor_in_flight: Family<ExecutorLabel, Gauge>,
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
        let histogram: fn() -> Histogram = || Histogram::new(BUCKETS);
        let request_seconds: Timed<RouteLabel> = Family::new_with_constructor(histogram);
        let help = "Time from a request's headers to its answer";
        all.register_with_unit("http_request", help, Unit::Seconds, request_seconds.clone());
        let connections = Gauge::default();
        all.register("http_connections", "HTTP connections open", connections.clone());

        let own = all.sub_registry_with_prefix("portal");
        own.register("build", "Version of the service", Info::new([("version", env!("CARGO_PKG_VERSION"))]));
        let refused = Family::default();
        own.register("refused", "Requests refused, by reason", Family::clone(&refused));
        let runs = Family::default();
        own.register("runs", "Programs run, by how they ended and whether tests were run", Family::clone(&runs));
        let submissions = Counter::default();
        own.register("submissions", "Submissions stored", submissions.clone());
        let write_seconds = Histogram::new(BUCKETS);
        let help = "Time until what a request did was on the database's disk";
        own.register_with_unit("database_write", help, Unit::Seconds, write_seconds.clone());
        let executor_up = Family::default();
        own.register("executor_up", "Whether an executor takes work: 1 or 0", Family::clone(&executor_up));
        let executor_in_flight = Family::default();
        own.register("executor_in_flight", "Requests that an executor works on", Family::clone(&executor_in_flight));
        Metrics {
            registry: all,
            requests,
            request_seconds,
            connections,
            refused,
            runs,
            submissions,
            write_seconds,
            executor_up,
            executor_in_flight,
        }
    }

    /// A request was answered.
    pub fn answered(&self, route: &'static str, status: u16, time: Duration) {
        self.requests.get_or_create(&RequestLabel { route, status }).inc();
        self.request_seconds.get_or_create(&RouteLabel { route }).observe(time.as_secs_f64());
    }

    /// A request was refused; `reason` is an error's code.
    pub fn refused(&self, reason: &'static str) {
        self.refused.get_or_create(&ReasonLabel { reason }).inc();
    }

    /// A program was run.
    pub fn ran(&self, status: api::RunStatus, tested: bool) {
        let tests = if tested { "yes" } else { "no" };
        self.runs.get_or_create(&RunLabel { status: status.name().into(), tests }).inc();
    }

    /// Something was written.
    pub fn wrote(&self, submission: bool, time: Duration) {
        self.submissions.inc_by(submission.into());
        self.write_seconds.observe(time.as_secs_f64());
    }

    /// Counts a connection for as long as the guard lives.
    pub fn connection(&self) -> ConnectionGuard {
        ConnectionGuard::of(&self.connections)
    }

    /// Everything as text, with the executors as they are now.
    pub fn text(&self, executors: &[api::ExecutorHealth]) -> String {
        for executor in executors {
            let label = ExecutorLabel { url: executor.url.clone() };
            self.executor_up.get_or_create(&label).set((executor.status == HealthStatus::Healthy).into());
            self.executor_in_flight.get_or_create(&label).set(executor.in_flight.into());
        }
        let mut page = String::new();
        // Writing to a string fails only when a metric cannot be encoded, which a test would show.
        let _ = text::encode(&mut page, &self.registry);
        page
    }
}
