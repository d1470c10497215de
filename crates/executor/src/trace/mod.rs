//! Traces: where the time of a request went, as OpenTelemetry has it. Off unless an address for them is named.
//!
//! Theory of operation. Spans are `tracing`'s, all of [`TARGET`]: the log takes none of them, and a layer of its own hands
//! them to the SDK, whose own thread sends them now and then. A request's span ([`request`]) is entered while the request
//! is worked on; phases ([`phase!`](crate::phase)) are its children and nothing but their beginning and end. Off, each of
//! them is one look at a flag.
//!
//! Nothing that a learner wrote is in a span. Of what callers send, `traceparent` is taken, which can carry nothing but
//! numbers; `tracestate`, which is text, ends here.

mod headers;
mod sender;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::resource::{EnvResourceDetector, TelemetryResourceDetector};
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::field::Empty;
use tracing::{Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::registry::LookupSpan;

pub use headers::{TRACEPARENT, handed_in, of};
use sender::Sender;

/// The target of all spans.
pub const TARGET: &str = "trace";

/// How long the last spans may take to be sent at the end.
const LAST_WORDS: Duration = Duration::from_secs(2);

static ON: AtomicBool = AtomicBool::new(false);

/// Where traces go.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The collector, without `/v1/traces`.
    pub endpoint: Uri,
    /// The service's name in them, if it is not to be the program's.
    pub service: Option<String>,
}

/// What sends traces, as long as it lives.
#[derive(Debug)]
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Begins; `service` is the program's name. Needs tokio around it.
    ///
    /// # Errors
    /// One of the SDK's own variables cannot be used.
    pub fn start(settings: &Settings, service: &'static str) -> Result<Traces, ExporterBuildError> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Sender::new())
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", settings.endpoint.to_string().trim_end_matches('/')))
            .build()?;
        let mut resource = Resource::builder_empty()
            .with_service_name(service)
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .with_detectors(&[Box::new(TelemetryResourceDetector), Box::new(EnvResourceDetector::new())]);
        if let Some(name) = &settings.service {
            resource = resource.with_service_name(name.clone());
        }
        let provider =
            SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource.build()).build();
        ON.store(true, Ordering::Relaxed);
        Ok(Traces(provider))
    }

    /// What takes the spans, and nothing else.
    pub fn layer<S>(&self) -> impl Layer<S> + Send + Sync + use<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
    {
        let layer = tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer(env!("CARGO_PKG_NAME")))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            .with_context_activation(false);
        layer.with_filter(Targets::new().with_target(TARGET, LevelFilter::INFO))
    }

    /// Sends what is left, for a while.
    pub async fn close(self) {
        ON.store(false, Ordering::Relaxed);
        // It waits for a thread that waits for this runtime.
        let closed = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(LAST_WORDS)).await;
        if let Ok(Err(error)) = closed {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

/// Whether what happens now belongs to a request that is traced.
pub fn is_traced() -> bool {
    ON.load(Ordering::Relaxed) && !Span::current().is_none()
}

/// A part of the request that is traced, from here to where it is dropped; nothing where none is.
#[macro_export]
macro_rules! phase {
    ($name:literal $($fields:tt)*) => {
        if $crate::trace::is_traced() {
            tracing::info_span!(target: $crate::trace::TARGET, $name $($fields)*)
        } else {
            tracing::Span::none()
        }
    };
}

/// The span of a request that came in, in the trace that its caller has begun, if any. `None` where nothing is traced.
pub fn request(headers: &HeaderMap, method: &'static str, route: &'static str, id: &HeaderValue) -> Span {
    if !ON.load(Ordering::Relaxed) {
        return Span::none();
    }
    let span = tracing::info_span!(
        target: TARGET,
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = route,
        http.response.status_code = Empty,
        error.r#type = Empty,
        request_id = id.to_str().unwrap_or_default(),
        run = Empty,
    );
    // Only a span that nobody takes has no parent to be set.
    let _ = span.set_parent(headers::context(headers));
    span
}

/// The span of a request to another service. `None` where nothing is traced.
pub fn call(method: &'static str, route: &'static str, url: &str) -> Span {
    if !is_traced() {
        return Span::none();
    }
    tracing::info_span!(
        target: TARGET,
        "call",
        otel.name = format!("{method} {route}"),
        otel.kind = "client",
        otel.status_code = Empty,
        http.request.method = method,
        http.response.status_code = Empty,
        error.r#type = Empty,
        url.full = format!("{url}{route}"),
    )
}

/// Notes how a request was answered; `problem` is the stable name of why it was not done.
pub fn answered(span: &Span, status: StatusCode, problem: Option<&str>) {
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        failed(span, problem.unwrap_or(status.as_str()));
    }
}

/// Notes that a request got no answer, or a bad one.
pub fn failed(span: &Span, why: &str) {
    span.record("otel.status_code", "ERROR");
    span.record("error.type", why);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn off_nothing_is_made() {
        let everything = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(std::io::sink);
        let _guard = tracing::subscriber::set_default(everything.finish());
        let headers = HeaderMap::new();
        assert!(request(&headers, "POST", "/execute", &HeaderValue::from_static("x")).is_none());
        assert!(call("POST", "/execute", "http://a:1").is_none());
        let _entered = tracing::info_span!("not ours").entered();
        assert!(crate::phase!("queue").is_none());
    }
}
