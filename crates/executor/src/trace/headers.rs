//! `traceparent`, as <https://www.w3.org/TR/trace-context/> has it.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::Context;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The header that says to which trace, and to which span in it, a request belongs.
pub const TRACEPARENT: HeaderName = HeaderName::from_static(NAME);
const NAME: &str = "traceparent";

/// The trace that a request was sent with, to be passed on where nothing is traced; `None` without one that is valid.
pub fn handed_in(headers: &HeaderMap) -> Option<HeaderValue> {
    headers.get(TRACEPARENT)?;
    header(&context(headers))
}

/// What a request that is sent within `span` is sent with; `None` where nothing is traced.
pub fn of(span: &Span) -> Option<HeaderValue> {
    if span.is_none() { None } else { header(&span.context()) }
}

/// The trace that a request was sent with, or a new one.
pub(super) fn context(headers: &HeaderMap) -> Context {
    TraceContextPropagator::new().extract_with_context(&Context::new(), &Sent(headers))
}

fn header(context: &Context) -> Option<HeaderValue> {
    let mut made = Made(None);
    TraceContextPropagator::new().inject_context(context, &mut made);
    made.0
}

/// What came, as far as it is taken.
struct Sent<'a>(&'a HeaderMap);

impl Extractor for Sent<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        if key == NAME { self.0.get(NAME)?.to_str().ok() } else { None }
    }

    fn keys(&self) -> Vec<&str> {
        vec![NAME]
    }
}

/// What goes out.
struct Made(Option<HeaderValue>);

impl Injector for Made {
    fn set(&mut self, key: &str, value: String) {
        if key == NAME {
            self.0 = HeaderValue::try_from(value).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_on_is_a_traceparent_and_nothing_else() {
        let passed = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(TRACEPARENT, HeaderValue::from_static(value));
            headers.insert("tracestate", HeaderValue::from_static("vendor=text"));
            handed_in(&headers).map(|value| value.to_str().expect("text").to_owned())
        };
        let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(passed(good).as_deref(), Some(good));
        for bad in ["", "text", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-text", "00-0-0-00", "00-x-y-z"]
        {
            assert_eq!(passed(bad), None, "{bad}");
        }
        assert_eq!(handed_in(&HeaderMap::new()), None);
    }
}
