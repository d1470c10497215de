//! Traces: one for each request, from the portal to the verdict, in a collector of the test's own.

#[path = "traces/collector.rs"]
mod collector;

use std::time::{Duration, Instant};

use collector::{Collector, Span};
use serde_json::{Value, json};
use tests::portal::Portal;
use tests::{Service, free_port, patiently};

const RUN: &str = "/api/execution/run";
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

/// A learner's request, with the trace of a page or a proxy, if any.
fn run(portal: &Portal, body: &Value, traced: bool) -> (u16, Value) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut request = agent.post(format!("{}{RUN}", portal.url));
    if traced {
        request = request.header("traceparent", format!("00-{TRACE}-{CALLER}-01")).header("tracestate", "x=SECRET");
    }
    let mut response = request.send_json(body).expect("an answer");
    (response.status().as_u16(), response.body_mut().read_json().expect("JSON"))
}

fn settings<'a>(endpoint: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut settings = vec![("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), ("OTEL_BSP_SCHEDULE_DELAY", "100")];
    settings.extend(more);
    settings
}

/// The one span of this name that stands beneath `parent`.
fn only<'a>(spans: &'a [Span], name: &str, parent: &str) -> &'a Span {
    let found: Vec<&Span> = spans.iter().filter(|span| span.name == name && span.parent == parent).collect();
    assert_eq!(found.len(), 1, "{name} beneath {parent}: {spans:#?}");
    found[0]
}

/// Names of what stands beneath a span, in order of beginning.
fn beneath<'a>(spans: &'a [Span], parent: &Span) -> Vec<&'a str> {
    let mut children: Vec<&Span> = spans.iter().filter(|span| span.parent == parent.id).collect();
    children.sort_by_key(|span| span.begin);
    for child in &children {
        assert!(parent.begin <= child.begin && child.end <= parent.end, "{child:#?} is not within {parent:#?}");
        assert_eq!((&child.trace, child.begin <= child.end), (&parent.trace, true));
    }
    children.iter().map(|span| span.name.as_str()).collect()
}

#[test]
fn one_trace_from_the_portal_to_the_verdict() {
    let collector = Collector::start();
    // What opens a collector is a secret as well.
    let headers = ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20SECRET");
    let mut service = Service::start(&settings(&collector.url, &[headers, ("LOG_LEVEL", "trace")]));
    let slash = format!("{}/", collector.url);
    let more = [("EXECUTOR_SERVICE_URL", service.url.as_str()), ("OTEL_SERVICE_NAME", "lessons"), headers];
    let portal = Portal::start(&settings(&slash, &more));

    let (status, answer) = run(&portal, &json!({ "code": "print('SECRET')", "stdin": "SECRET" }), true);
    assert_eq!((status, &answer["data"]["output"]), (200, &json!("SECRET")));
    collector.spans("verdict", 1);
    collector.spans("POST /execute", 2);
    let spans = collector.spans(&format!("POST {RUN}"), 1);
    let request = only(&spans, &format!("POST {RUN}"), CALLER);
    let call = only(&spans, "POST /execute", &request.id);
    let execute = only(&spans, "POST /execute", &call.id);
    assert!(spans.iter().all(|span| span.trace == TRACE), "{spans:#?}");
    let of = |span: &Span| (span.service.clone(), span.kind, span.attribute("http.response.status_code").to_owned());
    assert_eq!(of(request), ("lessons".into(), 2, "200".into()));
    assert_eq!(of(call), ("lessons".into(), 3, "200".into()));
    assert_eq!(of(execute), ("python-executor".into(), 2, "200".into()));
    assert_eq!((execute.attribute("run"), execute.attribute("http.route")), ("ok", "/execute"));
    assert_eq!(request.attribute("request_id"), execute.attribute("request_id"));
    assert_eq!(beneath(&spans, request), ["POST /execute"]);
    assert_eq!(beneath(&spans, call), ["POST /execute"]);
    assert_eq!(beneath(&spans, execute), ["queue", "take cell", "hand over", "run", "collect", "verdict"]);

    // With tests there are two cells; and without a caller's trace there is a new one.
    let tested =
        json!({ "code": "def greet(name):\n    return 'SECRET'\n", "exerciseId": "E0_greet", "runTests": true });
    assert_eq!(run(&portal, &tested, false).0, 200);
    collector.spans("POST /execute", 4);
    let spans = collector.spans(&format!("POST {RUN}"), 2);
    let request = only(&spans, &format!("POST {RUN}"), "");
    assert_ne!(request.trace, TRACE);
    assert_eq!(beneath(&spans, request), ["POST /execute", "store"]);
    let execute = only(&spans, "POST /execute", &only(&spans, "POST /execute", &request.id).id);
    let mut phases = beneath(&spans, execute);
    phases.sort_unstable();
    phases.dedup();
    assert_eq!(phases, ["collect", "hand over", "queue", "run", "take cell", "verdict"]);
    let mut parts: Vec<&str> = spans.iter().filter(|s| s.parent == execute.id).map(|s| s.attribute("part")).collect();
    parts.retain(|part| !part.is_empty());
    parts.sort_unstable();
    assert_eq!((parts, execute.attribute("run")), (vec!["Program", "Tests"], "tests_failed"));

    // What was not sent yet at the end is sent then; and what could not be done is told.
    assert_eq!(service.stop(), Some(0), "{}", service.log());
    assert_eq!(run(&portal, &json!({ "code": "1" }), false).0, 503);
    let spans = collector.spans(&format!("POST {RUN}"), 3);
    let failed = spans.iter().find(|span| span.status == 2 && span.kind == 2).expect("a request that failed");
    assert_eq!(failed.attribute("error.type"), "EXECUTOR_UNAVAILABLE");
    assert_eq!(only(&spans, "POST /execute", &failed.id).attribute("error.type"), "not begun");
    drop(portal);

    // Learners' requests alone: whoever asks for `/ready`, `/health` or an interpreter's trial run makes none.
    let servers = collector.spans("queue", 2).into_iter().filter(|span| span.kind == 2);
    assert_eq!(servers.count(), 5);
    let known = ["queue", "take cell", "hand over", "run", "collect", "verdict", "store", "POST /execute"];
    for span in &collector.spans("queue", 2) {
        assert!(known.contains(&span.name.as_str()) || span.name == format!("POST {RUN}"), "{span:#?}");
        assert!(span.name.starts_with("POST") || !span.parent.is_empty(), "a phase of nothing: {span:#?}");
    }
    assert!(!collector.raw().contains("SECRET"), "{}", collector.raw());
    assert!(collector.headers("authorization").iter().all(|sent| sent == "Bearer SECRET"));
    assert!(!service.log().contains("SECRET"), "{}", service.log());
}

#[test]
fn off_nothing_is_sent_and_the_trace_of_others_goes_on() {
    let collector = Collector::start();
    let service = Service::start(&settings(&collector.url, &[]));
    let portal = Portal::start(&[("EXECUTOR_SERVICE_URL", &service.url), ("OTEL_EXPORTER_OTLP_ENDPOINT", "")]);
    assert_eq!(run(&portal, &json!({ "code": "print(1)" }), true).0, 200);
    let spans = collector.spans("POST /execute", 1);
    only(&spans, "POST /execute", CALLER);
    assert!(spans.iter().all(|span| span.service == "python-executor"), "{spans:#?}");

    let mute = Service::start(&[("OTEL_SERVICE_NAME", "mute"), ("OTEL_BSP_SCHEDULE_DELAY", "100")]);
    let before = collector.requests();
    mute.run("print(1)");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(collector.requests(), before);
    let threads = |service: &Service| {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", service.pid())).expect("it runs").flatten();
        let name = |task: std::fs::DirEntry| std::fs::read_to_string(task.path().join("comm")).unwrap_or_default();
        tasks.map(name).filter(|name| name.starts_with("OpenTelemetry")).count()
    };
    assert_eq!((threads(&service), threads(&mute)), (1, 0), "off, nobody is there who could send");
}

#[test]
fn a_collector_that_is_away_hinders_nobody() {
    let nobody = format!("http://127.0.0.1:{}", free_port());
    let mut service = Service::start(&settings(&nobody, &[]));
    for _ in 0..20 {
        service.run("print(1)");
    }
    let begun = Instant::now();
    assert_eq!(service.stop(), Some(0), "{}", service.log());
    assert!(begun.elapsed() < patiently(Duration::from_secs(6)), "{:?}", begun.elapsed());
    println!("{}", service.log());
    let refused = Service::try_start_through(
        &[],
        tests::Who::Me,
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", "https://user:SECRET@collector")],
    );
    let refused = refused.err().expect("it does not start");
    assert!(refused.code == Some(64) && refused.log.contains("OTEL_EXPORTER_OTLP_ENDPOINT"), "{}", refused.log);
    assert!(!refused.log.contains("SECRET"), "{}", refused.log);
}
