//! A collector of traces: takes OTLP over HTTP, and keeps what came.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use bytes::Bytes;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::Span as Sent;
use prost::Message;
use tests::patiently;

/// A span, as far as tests look.
#[derive(Debug, Clone)]
pub struct Span {
    /// `service.name`.
    pub service: String,
    pub name: String,
    pub trace: String,
    pub id: String,
    /// Empty at the beginning of a trace.
    pub parent: String,
    /// 1: nothing of note; 2: server; 3: client.
    pub kind: i32,
    /// 2: failed.
    pub status: i32,
    pub begin: u64,
    pub end: u64,
    pub attributes: Vec<(String, String)>,
}

impl Span {
    pub fn attribute(&self, key: &str) -> &str {
        self.attributes.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value)
    }
}

#[derive(Default)]
struct Kept {
    spans: Vec<Span>,
    raw: Vec<u8>,
    requests: usize,
    headers: Vec<HeaderMap>,
}

/// A running collector.
pub struct Collector {
    /// `http://127.0.0.1:PORT`
    pub url: String,
    kept: Arc<Mutex<Kept>>,
    _runtime: tokio::runtime::Runtime,
}

impl Collector {
    pub fn start() -> Collector {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let kept = Arc::new(Mutex::new(Kept::default()));
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().route("/v1/traces", post(take)).with_state(Arc::clone(&kept));
        runtime.spawn(async move { axum::serve(listener, router).await });
        Collector { url, kept, _runtime: runtime }
    }

    /// All spans, once there are as many of this name.
    pub fn spans(&self, name: &str, many: usize) -> Vec<Span> {
        let begun = Instant::now();
        loop {
            let spans = self.kept.lock().expect("not poisoned").spans.clone();
            if spans.iter().filter(|span| span.name == name).count() >= many {
                return spans;
            }
            assert!(begun.elapsed() < patiently(Duration::from_secs(10)), "{name} never came: {spans:#?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// How many requests came.
    pub fn requests(&self) -> usize {
        self.kept.lock().expect("not poisoned").requests
    }

    /// All that came, as it came.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.kept.lock().expect("not poisoned").raw).into_owned()
    }

    /// A header of each request.
    pub fn headers(&self, name: &str) -> Vec<String> {
        let kept = self.kept.lock().expect("not poisoned");
        kept.headers.iter().map(|head| head.get(name).map_or("", |v| v.to_str().expect("text")).to_owned()).collect()
    }
}

async fn take(State(kept): State<Arc<Mutex<Kept>>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let mut kept = kept.lock().expect("not poisoned");
    kept.requests += 1;
    kept.headers.push(headers);
    kept.raw.extend_from_slice(&body);
    let Ok(request) = ExportTraceServiceRequest::decode(body) else { return StatusCode::BAD_REQUEST };
    for resource in request.resource_spans {
        let about = pairs(resource.resource.map(|resource| resource.attributes).unwrap_or_default());
        let service = about.iter().find(|(key, _)| key == "service.name").map(|(_, name)| name.clone());
        let sent = resource.scope_spans.into_iter().flat_map(|scope| scope.spans);
        kept.spans.extend(sent.map(|sent| span(service.clone().unwrap_or_default(), sent)));
    }
    StatusCode::OK
}

fn span(service: String, sent: Sent) -> Span {
    Span {
        service,
        name: sent.name,
        trace: hex(&sent.trace_id),
        id: hex(&sent.span_id),
        parent: hex(&sent.parent_span_id),
        kind: sent.kind,
        status: sent.status.map_or(0, |status| status.code),
        begin: sent.start_time_unix_nano,
        end: sent.end_time_unix_nano,
        attributes: pairs(sent.attributes),
    }
}

fn pairs(attributes: Vec<KeyValue>) -> Vec<(String, String)> {
    let text = |value: Option<AnyValue>| match value.and_then(|value| value.value) {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        other => format!("{other:?}"),
    };
    attributes.into_iter().map(|pair| (pair.key, text(pair.value))).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
