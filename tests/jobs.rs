//! Jobs by a real service, with real programs: what dies in between, what is cancelled, who waits for whom.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::cluster::{self, Plan, Report};
use tests::faults::until;
use tests::jobs::{Course, delete, get, post, waits};
use tests::{Service, free_port};

/// A service whose jobs are in a file of this folder.
fn service(folder: &std::path::Path, port: &str, more: &[(&str, &str)]) -> Service {
    let url = format!("sqlite://{}", folder.join("jobs.db").display());
    let mut settings = vec![("JOBS_URL", url.as_str()), ("PORT", port)];
    settings.extend(more);
    Service::start(&settings)
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["jobIds"].as_array().expect("ids").iter().map(|id| id.as_str().expect("an id")).collect()
}

/// The same, larger: `jobs-load kill`.
#[test]
fn jobs_outlive_a_killed_service() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = free_port().to_string();
    let mut running = service(folder.path(), &port, &[]);
    let count = 600;
    let course = Course::send(count, 100, || running.url.clone());
    for part in 1..=3 {
        course.wait(|| running.url.clone(), count * part / 5, Duration::from_secs(60));
        running.kill();
        let url = running.url.clone();
        running = service(folder.path(), &port, &[]);
        assert_eq!(running.url, url);
    }
    course.wait(|| running.url.clone(), count, Duration::from_secs(120));
    let found = course.check(&running.url);
    assert_eq!((found.jobs, &found.wrong[..]), (count, &[][..]));
    assert!((1..=60).contains(&found.redelivered), "what ran when it was killed ran again: {}", found.redelivered);
    // Sent again, the same is answered and nothing is run.
    Course::send(count, 100, || running.url.clone());
    assert_eq!(course.ended(&running.url), count);
}

/// Three servers and four executors, all of which have their bad day. With 20,000 jobs and a minute's frost:
/// `jobs-load cluster`.
#[test]
fn jobs_outlive_executors_and_servers() {
    let plan = Plan {
        jobs: 1500,
        // Longer than the lease, which is longer than an election of the servers takes.
        freeze: Duration::from_secs(15),
        cut: Duration::from_secs(5),
        lease: Duration::from_secs(10),
        patience: Duration::from_secs(240),
    };
    let Report { found, took, pauses } = cluster::run(&plan);
    println!("{took:.1?}, {} delivered more than once, pauses {pauses:.1?}", found.redelivered);
    assert_eq!((found.jobs, &found.wrong[..]), (plan.jobs, &[][..]));
    assert!(found.redelivered > 0, "what the killed one ran was run by another");
}

#[test]
fn what_runs_is_killed_and_what_waits_never_starts() {
    let folder = tempfile::tempdir().expect("a folder");
    let service = service(folder.path(), &free_port().to_string(), &[("JOBS_WORKERS", "1")]);
    let sleeper = json!({ "code": "import time\ntime.sleep(9)", "limits": { "timeoutMs": 10_000 } });
    let answer = post(&service.url, "/jobs", &json!({ "jobs": [sleeper, sleeper] }), "").expect("an answer").body;
    let status = |id: &str| get(&service.url, &format!("/jobs/{id}")).expect("an answer").body["status"].clone();
    until(Duration::from_secs(5), "it runs", || status(ids(&answer)[0]) == "running");
    let begun = Instant::now();
    let batch = format!("/batches/{}", answer["batchId"].as_str().expect("an id"));
    let cancelled = delete(&service.url, &batch).expect("an answer").body;
    assert_eq!((&cancelled["finished"], &cancelled["progress"]["cancelled"]), (&json!(true), &json!(2)), "{cancelled}");
    until(Duration::from_secs(2), "its place is free", || {
        let pool = get(&service.url, "/health").expect("an answer").body["pool"].clone();
        pool["busy"] == 0
    });
    assert!(begun.elapsed() < Duration::from_secs(2));
    let next = post(&service.url, "/jobs", &json!({ "code": "print(1)" }), "").expect("an answer").body;
    until(Duration::from_secs(5), "the next one is run", || status(ids(&next)[0]) == "done");
}

#[test]
fn a_service_that_stops_gives_back_what_it_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = free_port().to_string();
    let mut first = service(folder.path(), &port, &[("SHUTDOWN_GRACE_MS", "300")]);
    let jobs = json!({ "jobs": [
        { "code": "import time\ntime.sleep(5)\nprint('long')", "limits": { "timeoutMs": 8000 } },
        { "code": "print('short')" },
    ] });
    let answer = post(&first.url, "/jobs", &jobs, "").expect("an answer").body;
    let job = |service: &Service, place: usize| {
        get(&service.url, &format!("/jobs/{}", ids(&answer)[place])).expect("an answer").body
    };
    until(Duration::from_secs(5), "one has ended, one runs", || {
        job(&first, 0)["status"] == "running" && job(&first, 1)["status"] == "done"
    });
    assert_eq!(first.stop(), Some(0));
    let second = service(folder.path(), &port, &[]);
    until(Duration::from_secs(20), "it is run again", || job(&second, 0)["status"] == "done");
    let job = job(&second, 0);
    assert_eq!((&job["result"]["output"], &job["deliveries"]), (&json!("long"), &json!(2)), "given back, not lost");
}

/// A flood of bulk from one key while another asks `/execute`. The same with 50,000: `jobs-load flood`.
#[test]
fn a_flood_does_not_keep_others_waiting() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = [("API_KEYS", "flood,other")];
    let service = service(folder.path(), &free_port().to_string(), &settings);
    let pause = Duration::from_millis(5);
    waits(&service, "other", 50, pause);
    let mut ratios = Vec::new();
    // Whatever else this machine does is in both, and not always in the same measure.
    for round in 0..4 {
        let idle = waits(&service, "other", 200, pause);
        let jobs: Vec<Value> = (0..1000).map(|n| json!({ "code": format!("print({round} + {n})") })).collect();
        let answer = post(&service.url, "/jobs", &json!({ "jobs": jobs }), "flood").expect("an answer");
        assert_eq!(answer.status, 202, "{}", answer.body);
        let flooded = waits(&service, "other", 200, pause);
        let metrics =
            ureq::get(format!("{}/metrics", service.url)).call().expect("numbers").into_body().read_to_string();
        let metrics = metrics.expect("text");
        let waiting =
            metrics.lines().find_map(|line| line.strip_prefix("python_executor_jobs_queued{priority=\"bulk\"} "));
        assert_ne!(waiting, Some("0"), "there was a flood all the time");
        ratios.push(flooded.as_secs_f64() / idle.as_secs_f64());
        if ratios.last() < Some(&3.0) {
            return;
        }
    }
    panic!("three times an idle service's: {ratios:?}");
}

#[test]
fn a_named_file_that_cannot_be_had_stops_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = free_port().to_string();
    let first = service(folder.path(), &port, &[]);
    let url = format!("sqlite://{}", folder.path().join("jobs.db").display());
    let second = Service::try_start_through(&[], tests::Who::Me, &[("JOBS_URL", &url)]).err().expect("it has no file");
    assert!(second.log.contains("JOBS_URL") && second.log.contains("in use by another process"), "{}", second.log);
    // Not named, it is done without, and says so.
    let state = folder.path().join("state");
    std::fs::write(&state, "no folder").expect("written");
    let third = Service::start(&[("STATE_DIRECTORY", state.to_str().expect("text"))]);
    let jobs = get(&third.url, "/health").expect("an answer").body["jobs"].clone();
    assert_eq!((&jobs["on"], &jobs["engine"]), (&json!(false), &json!("off")), "{jobs}");
    assert_eq!(post(&third.url, "/jobs", &json!({ "code": "1" }), "").expect("an answer").status, 503);
    drop(first);
}

/// The file of jobs holds what everybody has sent.
#[test]
fn no_program_sees_the_file_of_jobs() {
    let folder = tempfile::tempdir().expect("a folder");
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).expect("set");
    let service = service(folder.path(), &free_port().to_string(), &[]);
    let path = folder.path().join("jobs.db");
    let code = format!(
        "for end in ('', '-wal', '.lock'):\n    try: print(len(open({path:?} + end, 'rb').read(1)))\n    except OSError as e: print('no')"
    );
    assert_eq!(service.run(&code)["output"], "no\nno\nno");
}
