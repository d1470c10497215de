//! Every program of `hostile/` at every level: its stated outcome, the time of its answer, a neighbour's answer at
//! the same moment, the next run, and nothing left behind.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::Value;
use tests::hostile::Hostile;
use tests::{Service, Who, folder, in_parallel, patiently, programs};

/// What a machine with two busy cores may take beyond the limit.
const GRACE: Duration = Duration::from_millis(250);
const CROWDED: Duration = Duration::from_millis(1250);
/// What is said of a program that took too long begins so. Beside others it may have been those: it is run again alone.
const LATE: &str = "late: ";

fn is_hello(body: &Value) -> bool {
    body["status"] == "ok" && body["output"] == "neighbour 4950" && body["errors"].is_null()
}

/// Runs one program and checks all but what is left behind. One that took too long is remembered in `late`.
fn check_beside_others(service: &Service, program: &Hostile, late: &Mutex<Vec<String>>) -> Option<String> {
    let failure = check(service, program)?;
    if !failure.starts_with(LATE) {
        return Some(failure);
    }
    late.lock().expect("nobody panics with it").push(program.name.clone());
    None
}

/// Runs one program and checks all but what is left behind.
fn check(service: &Service, program: &Hostile) -> Option<String> {
    let answer = service.execute(&program.request());
    if answer.status != 200 {
        return Some(format!("{}: HTTP status {}: {}", program.name, answer.status, answer.body));
    }
    let limit = Duration::from_millis(program.timeout_ms());
    if answer.took > limit + patiently(CROWDED) {
        return Some(format!("{LATE}{}: the answer took {:?}", program.name, answer.took));
    }
    if let Some(ran) =
        answer.body["executionTime"].as_u64().filter(|ms| Duration::from_millis(*ms) > limit + patiently(GRACE))
    {
        return Some(format!("{LATE}{}: ran for {ran} ms", program.name));
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

/// Descriptors of a service, and processes beneath it.
fn settle(pid: u32) -> (usize, usize) {
    // The pool refills within moments; what stays is what is counted.
    std::thread::sleep(patiently(Duration::from_millis(1500)));
    (descriptors(pid), processes_beneath(pid))
}

fn processes_beneath(pid: u32) -> usize {
    let children = |pid: &u32| {
        let text = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
        text.split_whitespace().filter_map(|word| word.parse().ok()).collect::<Vec<u32>>()
    };
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let of_thread =
        |entry: std::fs::DirEntry| std::fs::read_to_string(entry.path().join("children")).unwrap_or_default();
    let text: String = threads.map(|entry| of_thread(entry) + " ").collect();
    let mut todo: Vec<u32> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let mut count = 0;
    while let Some(pid) = todo.pop() {
        count += 1;
        todo.extend(children(&pid));
    }
    count
}

/// The longest time that a program of the corpus may ask for, in milliseconds.
fn longest() -> String {
    patiently(Duration::from_secs(10)).as_millis().to_string()
}

fn withstand(level: &str, who: Who) {
    let longest = longest();
    let settings = [("ISOLATION", level), ("POOL_CAPACITY", "6"), ("API_KEYS_FILE", ""), ("MAX_TIMEOUT_MS", &longest)];
    let service = Service::start_as(who, &settings);
    let is_me = service.user() == rustix::process::getuid().as_raw();
    assert_eq!(is_me, who == Who::Me, "the service runs as user {}", service.user());
    let pid = service.pid();
    endure(service, pid, level, &format!("{who:?}"));
}

/// The whole corpus against a service that has this process id.
fn endure(mut service: Service, pid: u32, level: &str, who: &str) {
    assert_eq!(service.get("/health").expect("an answer").body["isolation"]["level"], level);
    let before = settle(pid);
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
    let late = Mutex::new(Vec::new());
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
        let mut failures = in_parallel(&single, 2, |program| check_beside_others(&service, program, &late));
        failures.extend(check_pairs(&service, &pairs));
        done.store(true, Ordering::Relaxed);
        failures.extend(neighbour.join().expect("the neighbour does not panic"));
        failures
    });
    let late = late.into_inner().expect("nobody panicked with it");
    failures.extend(single.iter().filter(|one| late.contains(&one.name)).filter_map(|one| check(&service, one)));
    let after = settle(pid);
    if after.0 > before.0 + 8 || after.1 > before.1 + 4 {
        failures.push(format!("(descriptors, processes): {before:?} before, {after:?} after"));
    }
    eprintln!(
        "{level}, {who}: {} programs, {} neighbours",
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

/// The image, in a container of its own, started by the command in `CONTAINER` (`cargo xtask image-test` says which).
#[test]
#[ignore = "needs the image: run by cargo xtask image-test"]
fn in_a_container() {
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let (command, level) = (variable("CONTAINER"), variable("CONTAINER_LEVEL"));
    let longest = longest();
    let settings = [("POOL_CAPACITY", "6"), ("MAX_TIMEOUT_MS", longest.as_str())];
    let service = Service::start_through(&["sh", "-c", &command, "sh"], Who::Me, &settings);
    let graded = service.execute(&serde_json::json!({ "code": "def f(): return 1", "testCode": "assert f() == 1" }));
    assert_eq!(graded.body["testResult"]["passed"], true, "{}", graded.body);
    let pid = service_with_port(&service.url);
    endure(service, pid, &level, "in a container");
}

/// The process of a service in a container, found by the port that it was told.
fn service_with_port(url: &str) -> u32 {
    let port = format!("PORT={}", url.rsplit(':').next().expect("it has one"));
    let is_it = |pid: &u32| {
        let read = |file: &str| std::fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
        read("comm").starts_with(b"python-execut") && read("environ").split(|b| *b == 0).any(|v| v == port.as_bytes())
    };
    let pids = std::fs::read_dir("/proc").expect("/proc is mounted").flatten();
    let mut pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.find(is_it).expect("the container's service is a process here")
}
