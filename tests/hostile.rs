//! Every program of `hostile/` at every level: its stated outcome, the time of its answer, a neighbour's answer at
//! the same moment, the next run, and nothing left behind.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::Value;
use tests::hostile::Hostile;
use tests::{Service, Who, folder, in_parallel, patiently, programs};

/// What a machine with two busy cores may take beyond the limit.
const GRACE: Duration = Duration::from_millis(250);
const CROWDED: Duration = Duration::from_millis(1250);

fn is_hello(body: &Value) -> bool {
    body["status"] == "ok" && body["output"] == "neighbour 4950" && body["errors"].is_null()
}

/// Runs one program and checks all but what is left behind.
fn check(service: &Service, program: &Hostile) -> Option<String> {
    let answer = service.execute(&program.request());
    if answer.status != 200 {
        return Some(format!("{}: HTTP status {}: {}", program.name, answer.status, answer.body));
    }
    let limit = Duration::from_millis(program.timeout_ms());
    if answer.took > limit + patiently(CROWDED) {
        return Some(format!("{}: the answer took {:?}", program.name, answer.took));
    }
    if let Some(ran) =
        answer.body["executionTime"].as_u64().filter(|ms| Duration::from_millis(*ms) > limit + patiently(GRACE))
    {
        return Some(format!("{}: ran for {ran} ms", program.name));
    }
    if let Some(violation) = program.violation(&answer.body) {
        return Some(violation);
    }
    if program.is_distinct() {
        let lines = |body: &Value| -> Vec<String> {
            body["output"].as_str().unwrap_or_default().lines().map(Into::into).collect()
        };
        let (one, other) = (lines(&answer.body), lines(&service.execute(&program.request()).body));
        if let Some(line) = one.iter().find(|line| other.contains(line)) {
            return Some(format!("{}: two runs both say {line:?}", program.name));
        }
    }
    let next = service.run("print('neighbour', sum(range(100)))");
    (!is_hello(&next)).then(|| format!("{}: the next run: {next}", program.name))
}

fn descriptors(pid: u32) -> usize {
    std::fs::read_dir(format!("/proc/{pid}/fd")).map_or(0, Iterator::count)
}

fn settle(service: &Service) -> usize {
    // The pool refills within moments; what stays is what is counted.
    std::thread::sleep(patiently(Duration::from_millis(1500)));
    descriptors(service.pid())
}

fn withstand(level: &str, who: Who) {
    let longest = patiently(Duration::from_secs(10)).as_millis().to_string();
    let settings = [("ISOLATION", level), ("POOL_CAPACITY", "6"), ("API_KEYS_FILE", ""), ("MAX_TIMEOUT_MS", &longest)];
    let mut service = Service::start_as(who, &settings);
    let is_me = service.user() == rustix::process::getuid().as_raw();
    assert_eq!(is_me, who == Who::Me, "the service runs as user {}", service.user());
    assert_eq!(service.get("/health").expect("an answer").body["isolation"]["level"], level);
    let descriptors_before = settle(&service);
    // `ONLY=c4,d` runs those whose names begin so.
    let only = std::env::var("ONLY").unwrap_or_default();
    let all: Vec<Hostile> = programs(&folder().join("hostile"))
        .iter()
        .filter_map(|path| Hostile::read(path, level))
        .filter(|program| only.split(',').any(|beginning| program.name.starts_with(beginning)))
        .collect();
    let (pairs, single): (Vec<Hostile>, Vec<Hostile>) = all.into_iter().partition(|program| {
        ["_poison", "_check", "_hold", "_look"].iter().any(|ending| program.name.ends_with(ending))
    });
    let done = AtomicBool::new(false);
    let greeted = AtomicUsize::new(0);
    let mut failures = std::thread::scope(|scope| {
        let neighbour = scope.spawn(|| {
            let mut failures = Vec::new();
            while !done.load(Ordering::Relaxed) {
                let body = service.run("print('neighbour', sum(range(100)))");
                greeted.fetch_add(1, Ordering::Relaxed);
                if !is_hello(&body) {
                    failures.push(format!("a neighbour got {body}"));
                }
                std::thread::sleep(patiently(Duration::from_millis(5)));
            }
            failures
        });
        let mut failures = in_parallel(&single, 2, |program| check(&service, program));
        failures.extend(check_pairs(&service, &pairs));
        done.store(true, Ordering::Relaxed);
        failures.extend(neighbour.join().expect("the neighbour does not panic"));
        failures
    });
    let descriptors_after = settle(&service);
    if descriptors_after > descriptors_before + 8 {
        failures.push(format!("descriptors: {descriptors_before} before, {descriptors_after} after"));
    }
    eprintln!(
        "{level}, {who:?}: {} programs, {} neighbours",
        single.len() + pairs.len(),
        greeted.load(Ordering::Relaxed)
    );
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), single.len() + pairs.len(), failures.join("\n"));
    assert_eq!(service.stop(), Some(0), "{}", service.log());
    assert_eq!(service.left_behind(), None);
}

/// Poison and check: one after the other, often enough to meet every waiting cell. Hold and look: side by side.
fn check_pairs(service: &Service, pairs: &[Hostile]) -> Vec<String> {
    let mut failures = Vec::new();
    for first in pairs {
        let Some((stem, second)) = first
            .name
            .strip_suffix("_poison")
            .map(|stem| (stem, "_check"))
            .or_else(|| first.name.strip_suffix("_hold").map(|stem| (stem, "_look")))
        else {
            continue;
        };
        let Some(second) = pairs.iter().find(|program| program.name == format!("{stem}{second}")) else {
            failures.push(format!("{} has no counterpart", first.name));
            continue;
        };
        if first.name.ends_with("_poison") {
            failures.extend(check(service, first));
            failures.extend((0..12).filter_map(|_| check(service, second)));
        } else {
            std::thread::scope(|scope| {
                let holding = scope.spawn(|| check(service, first));
                std::thread::sleep(Duration::from_millis(300));
                failures.extend(check(service, second));
                failures.extend(holding.join().expect("it does not panic"));
            });
        }
    }
    failures
}

#[test]
fn in_namespaces() {
    withstand("namespaces", Who::Me);
}

#[test]
fn with_landlock_alone() {
    withstand("landlock", Who::Me);
}

/// A service without any privilege builds its sandbox another way (user namespaces of its own making, no other user
/// for its runs) and sees less of `/proc`: the whole corpus once more.
#[test]
fn in_namespaces_as_an_ordinary_user() {
    withstand("namespaces", Who::OrdinaryUser);
}

/// See [`in_namespaces_as_an_ordinary_user`].
#[test]
fn with_landlock_alone_as_an_ordinary_user() {
    withstand("landlock", Who::OrdinaryUser);
}
