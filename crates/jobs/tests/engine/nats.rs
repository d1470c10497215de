//! NATS: the promises, and what only servers can do.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jobs::nats::Nats;
use jobs::{CallSubject, Engine, EngineError, Options, Pulse, State, Submission};

use crate::contract::{self, Fresh};
use crate::servers::Servers;

const SOON: Duration = Duration::from_secs(20);
/// How long three servers may take to be well again after one was killed, on a machine that all other tests keep busy: one
/// run took 84 seconds longer than the others, and ended well.
const ELECTED: Duration = Duration::from_secs(180);

async fn fresh(options: Options) -> Fresh {
    let servers = Servers::one();
    let engine = open(&servers, options).await;
    (engine, Box::new(servers))
}

async fn open(servers: &Servers, options: Options) -> Arc<dyn Engine> {
    Arc::new(Nats::open(&servers.url(), options).await.expect("it opens"))
}

fn hasty() -> Options {
    Options { lease: Duration::from_secs(2), ..Options::default() }
}

crate::every_promise!(fresh);

/// Until a thing is so; what servers in an election do not answer is asked again.
async fn until(what: &str, patience: Duration, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < patience, "not after {patience:?}: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn addresses_and_passwords() {
    let servers = Servers::guarded("ada", "s3cr3t");
    let hosts = servers.hosts();
    let engine = Nats::open(&format!("nats://ada:s3cr3t@{hosts}"), Options::default()).await.expect("it opens");
    assert_eq!(engine.name(), "nats");
    assert!(!format!("{engine:?}").contains("s3cr3t"));
    contract::submit(&engine, contract::single(&contract::tenant("a"), contract::job("x"))).await;
    for url in [format!("nats://ada:s3cr3t2@{hosts}"), format!("nats://s3cr3t@{hosts}"), format!("nats://{hosts}")] {
        let Err(error) = Nats::open(&url, Options::default()).await else { panic!("{url} opens") };
        assert!(matches!(error, EngineError::Address(_)), "{error:?}");
        assert!(error.to_string().contains(&hosts) && !error.to_string().contains("s3cr3t"), "{error}");
    }
    let refused = Nats::open(&format!("nats://ada:s3cr3t@{hosts}?replicas=3"), Options::default()).await;
    assert!(matches!(&refused, Err(EngineError::Address(why)) if why.contains("replicas")), "{refused:?}");
    let nobody = Nats::open("nats://127.0.0.1:1", Options::default()).await;
    assert!(matches!(nobody, Err(EngineError::Away { .. })), "{nobody:?}");
}

#[tokio::test]
async fn tls_is_spoken_with_those_who_are_vouched_for() {
    let servers = Servers::with_tls();
    let url = format!("tls://{}", servers.hosts());
    let strangers = Nats::open(&url, Options::default()).await;
    assert!(matches!(strangers, Err(EngineError::Away { .. })), "nobody vouches for it: {strangers:?}");
    // Whom the system trusts is read from the environment: in a process of its own.
    let inside = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--ignored", "--exact", "nats::tls_inside"])
        .env("SSL_CERT_FILE", servers.certificate())
        .env("TEST_URL", url)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&inside.stdout);
    assert!(inside.status.success() && said.contains("1 passed"), "{said}");
    // One that speaks no TLS is not spoken to without.
    let plain = Servers::one();
    let refused = Nats::open(&format!("tls://{}", plain.hosts()), Options::default()).await;
    assert!(matches!(refused, Err(EngineError::Away { .. })), "{refused:?}");
}

#[tokio::test]
#[ignore = "a part of the test above, which starts it with its environment"]
async fn tls_inside() {
    let url = std::env::var("TEST_URL").expect("TEST_URL");
    let engine = Nats::open(&url, Options::default()).await.expect("it opens");
    contract::submit(&engine, contract::single(&contract::tenant("a"), contract::job("x"))).await;
    assert_eq!(contract::next(&engine, 1).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn engines_share_a_queue() {
    let servers = Servers::one();
    let (one, two) = (open(&servers, hasty()).await, open(&servers, hasty()).await);
    let a = contract::tenant("a");
    // What comes in here is heard of there: a look, which there is every 667 ms, would take half of that in the mean.
    let mut delays = Vec::new();
    for n in 0..7 {
        let waiting = {
            let two = two.clone();
            tokio::spawn(async move { two.next(1, false, SOON).await.expect("well") })
        };
        tokio::time::sleep(Duration::from_millis(250 + 60 * n)).await;
        contract::submit(&*one, contract::single(&a, contract::job("w"))).await;
        let begun = Instant::now();
        let taken = waiting.await.expect("it ends");
        delays.push(begun.elapsed());
        contract::settle(&*two, &taken[0].lease, contract::result("x")).await;
    }
    delays.sort();
    assert!(delays[3] < Duration::from_millis(150), "{delays:?}");
    let (batch, submission) = contract::batch_of(&a, contract::numbered(2));
    let ids = contract::submit(&*one, submission).await;
    let mut taken = contract::next(&*two, 5).await;
    while taken.len() < 2 {
        taken.extend(two.next(5, false, SOON).await.expect("well"));
    }
    // What is cancelled here stops there.
    one.cancel(&a, &taken[0].id).await.expect("well").expect("there");
    let first = [taken[0].lease.clone()];
    until("the other is told", SOON, async || two.heartbeat(&first).await.expect("well") == [Pulse::Stop]).await;
    // An executor that is gone: its job comes here.
    drop(two);
    let again = one.next(1, false, SOON).await.expect("well").pop().expect("delivered again");
    assert_eq!((again.id.as_str(), again.deliveries), (taken[1].id.as_str(), 2));
    // A result of one that was thought dead counts if it is the first.
    let late = open(&servers, hasty()).await;
    contract::settle(&*late, &taken[1].lease, contract::result("first")).await;
    contract::settle(&*one, &again.lease, contract::result("second")).await;
    let State::Done(result) = contract::state(&*one, &a, &taken[1].id).await else { panic!("it is done") };
    assert!(String::from_utf8_lossy(&result).contains("first"));
    let told = one.events(&a, &batch, 0, SOON).await.expect("well").expect("there");
    assert_eq!((told.events.len(), told.complete, ids.len()), (2, true, 2));
    // What is held when an engine is closed waits again at once.
    let last = contract::submit(&*one, contract::single(&a, contract::job("z"))).await;
    let held = late.next(1, false, SOON).await.expect("well").pop().expect("there");
    let begun = Instant::now();
    late.close().await.expect("closed");
    let again = one.next(1, false, SOON).await.expect("well").pop().expect("given back");
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!([&again.id, &last[0]], [&held.id; 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_outlive_the_servers() {
    let mut servers = Servers::one();
    let engine = open(&servers, hasty()).await;
    let a = contract::tenant("a");
    let (batch, submission) = contract::batch_of(&a, contract::numbered(20));
    contract::submit(&*engine, submission).await;
    let taken = contract::next(&*engine, 5).await;
    servers.kill(0);
    let away = engine.job(&a, &taken[0].id).await;
    assert!(matches!(away, Err(EngineError::Away { .. })), "{away:?}");
    servers.start_again(0);
    // Leases were not kept alive for all that time, but whoever has a result brings it.
    until("results are taken again", SOON, async || {
        let done = taken.iter().map(|delivery| (delivery.lease.clone(), contract::result("x"))).collect();
        engine.settle(done).await.is_ok()
    })
    .await;
    until("the rest is delivered", SOON, async || {
        for delivery in engine.next(20, false, Duration::from_millis(100)).await.unwrap_or_default() {
            contract::settle(&*engine, &delivery.lease, contract::result("x")).await;
        }
        engine.batch(&a, &batch).await.expect("well").expect("there").ended.is_some()
    })
    .await;
}

/// Writes that a job has ended as an engine does that dies right after.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_end_that_nobody_was_told_of_is_told() {
    let servers = Servers::one();
    let engine = open(&servers, hasty()).await;
    let a = contract::tenant("a");
    let (batch, mut submission) = contract::batch_of(&a, contract::numbered(1));
    submission.batch.as_mut().expect("a batch").callback = Some("https://x.example/".into());
    submission.jobs[0].callback = Some("https://y.example/".into());
    let ids = contract::submit(&*engine, submission).await;
    let delivery = contract::next(&*engine, 1).await.pop().expect("there");
    let client = async_nats::connect(servers.url()).await.expect("connected");
    let bucket = async_nats::jetstream::new(client);
    let records = bucket.get_stream_no_info("KV_pyx_v1_jobs").await.expect("there");
    let subject = format!("$KV.pyx_v1_jobs.{}", ids[0]);
    let kept = records.get_last_raw_message_by_subject(&subject).await.expect("there");
    let mut record: serde_json::Value = serde_json::from_slice(&kept.payload).expect("JSON");
    record["status"] = "done".into();
    record["ended"] = record["started"].clone();
    record["result"] = serde_json::json!({ "here": "{\"output\":\"kept\"}" });
    let text = record.to_string();
    bucket.publish(subject, text.into()).await.expect("sent").await.expect("kept");
    let before = engine.batch(&a, &batch).await.expect("well").expect("there");
    assert_eq!((before.progress.done, before.ended), (1, None), "it has ended, and the batch does not know");
    assert!(engine.calls(5, Duration::from_millis(100)).await.expect("well").is_empty());
    until("the batch has ended", SOON, async || {
        let taken = engine.next(1, false, Duration::from_millis(100)).await.expect("well");
        assert!(taken.is_empty(), "nothing is run: {taken:?}");
        engine.batch(&a, &batch).await.expect("well").expect("there").ended.is_some()
    })
    .await;
    let mut calls = engine.calls(5, SOON).await.expect("well");
    until("both callbacks are due", SOON, async || {
        calls.extend(engine.calls(5, Duration::from_millis(50)).await.expect("well"));
        calls.len() == 2
    })
    .await;
    assert!(calls.iter().any(|call| matches!(&call.subject, CallSubject::Job(job) if job.id == ids[0])));
    contract::settle(&*engine, &delivery.lease, contract::result("late")).await;
    let State::Done(result) = contract::state(&*engine, &a, &ids[0]).await else { panic!("it is done") };
    assert!(String::from_utf8_lossy(&result).contains("kept"));
    let told = engine.events(&a, &batch, 0, SOON).await.expect("well").expect("there");
    assert_eq!((told.events.len(), told.complete), (1, true));
    assert!(engine.calls(5, Duration::from_millis(300)).await.expect("well").is_empty(), "each once");
}

/// Submissions that are dropped on their way are, after a while, wholly there or not at all.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_cut_short_is_whole_or_absent() {
    let servers = Servers::one();
    let engine = open(&servers, Options::default()).await;
    let a = contract::tenant("a");
    let mut cut = Vec::new();
    let mut single = Vec::new();
    for micros in (0..40).map(|n| n * 1200) {
        let (id, submission) = contract::batch_of(&a, contract::numbered(60));
        let ids: Vec<String> = submission.jobs.iter().map(|job| job.id.to_string()).collect();
        let _ = tokio::time::timeout(Duration::from_micros(micros), engine.submit(submission)).await;
        cut.push((id, ids));
        let job = contract::job("single");
        single.push(job.id.to_string());
        let _ = tokio::time::timeout(Duration::from_micros(micros / 8), engine.submit(contract::single(&a, job))).await;
    }
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(23) {
        engine.sweep().await.expect("well");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let mut queued = HashSet::new();
    loop {
        let taken = engine.next(500, false, Duration::from_millis(300)).await.expect("well");
        if taken.is_empty() {
            break;
        }
        for delivery in &taken {
            assert!(queued.insert(delivery.id.clone()), "twice in the queue");
        }
        engine.settle(taken.into_iter().map(|d| (d.lease, contract::result("x"))).collect()).await.expect("well");
    }
    let mut whole = 0;
    for (id, ids) in cut {
        let there = engine.batch(&a, &id).await.expect("well");
        let found = join_all(ids.iter().map(|id| engine.job(&a, id))).await;
        let found = found.into_iter().filter(|job| job.as_ref().expect("well").is_some()).count();
        let delivered = ids.iter().filter(|id| queued.contains(*id)).count();
        match there {
            Some(batch) => {
                whole += 1;
                assert_eq!((found, delivered, batch.progress.done), (60, 60, 60));
                assert!(batch.ended.is_some());
            }
            None => assert_eq!((found, delivered), (0, 0), "half a batch"),
        }
    }
    for id in single {
        let there = engine.job(&a, &id).await.expect("well").is_some();
        assert_eq!(there, queued.contains(&id), "a record without a message, or the other way round");
    }
    assert!((1..40).contains(&whole), "the cuts are spread over the whole of a submission: {whole} of 40 are there");
}

/// Three servers, of which one after the other is switched off while jobs come in and are done.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_loses_nothing_when_servers_die() {
    let mut servers = Servers::three();
    let engines = [open(&servers, hasty()).await, open(&servers, hasty()).await];
    let a = contract::tenant("a");
    let over = Arc::new(AtomicBool::new(false));
    let settled = Arc::new(AtomicUsize::new(0));
    let pullers: Vec<_> = engines
        .iter()
        .cloned()
        .map(|engine| {
            let (over, settled) = (over.clone(), settled.clone());
            tokio::spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    let taken = engine.next(8, false, Duration::from_millis(500)).await.unwrap_or_default();
                    for delivery in taken {
                        let result = contract::result(&delivery.id);
                        // As an executor does: what could not be settled is settled later, or by another.
                        match engine.settle(vec![(delivery.lease.clone(), result)]).await {
                            Ok(()) => drop(settled.fetch_add(1, Ordering::Relaxed)),
                            Err(error) => eprintln!("settle: {error}"),
                        }
                    }
                    let _ = engine.sweep().await;
                }
            })
        })
        .collect();
    let submitter = {
        let (engine, a) = (engines[0].clone(), a.clone());
        tokio::spawn(async move {
            let mut batches: Vec<(String, Vec<String>)> = Vec::new();
            let begun = Instant::now();
            while begun.elapsed() < Duration::from_secs(16) {
                let (id, submission) = contract::batch_of(&a, contract::numbered(20));
                let ids = submission.jobs.iter().map(|job| job.id.to_string()).collect();
                submit_until_answered(&*engine, submission).await;
                batches.push((id, ids));
                tokio::time::sleep(Duration::from_millis(150)).await;
            }
            batches
        })
    };
    for n in [0, 1] {
        tokio::time::sleep(Duration::from_secs(3)).await;
        servers.kill(n);
        tokio::time::sleep(Duration::from_secs(4)).await;
        servers.start_again(n);
    }
    let batches = submitter.await.expect("it ends");
    let engine = &engines[1];
    for (id, ids) in &batches {
        let begun = Instant::now();
        until("a batch has ended", ELECTED, async || {
            engine.batch(&a, id).await.is_ok_and(|batch| batch.is_some_and(|batch| batch.ended.is_some()))
        })
        .await;
        if begun.elapsed() > SOON {
            eprintln!("{:.1?} for a batch; {:?}", begun.elapsed(), engine.stats().await);
        }
        let batch = engine.batch(&a, id).await.expect("well").expect("there");
        assert_eq!((batch.progress.done, &batch.jobs), (20, ids));
        let told = engine.events(&a, id, 0, SOON).await.expect("well").expect("there");
        let mut results = HashMap::new();
        for (_, job) in told.events {
            assert!(matches!(&job.state, State::Done(text) if String::from_utf8_lossy(text).contains(&job.id)));
            assert!(results.insert(job.id, job.state).is_none(), "told twice");
        }
        assert!(told.complete && results.len() == 20);
    }
    // What was settled while nobody could be told is delivered again, and nothing is run.
    until("the queue is empty", SOON, async || {
        engine.stats().await.is_ok_and(|stats| (stats.queued_bulk, stats.running, stats.set_aside) == (0, 0, 0))
    })
    .await;
    over.store(true, Ordering::Relaxed);
    for puller in pullers {
        puller.await.expect("it ends");
    }
    eprintln!("{} batches, {} settlements", batches.len(), settled.load(Ordering::Relaxed));
    assert!(batches.len() > 5, "submissions went on: {}", batches.len());
}

async fn submit_until_answered(engine: &dyn Engine, submission: Submission) {
    for _ in 0..20 {
        match engine.submit(submission.clone()).await {
            Ok(accepted) => {
                accepted.expect("taken on");
                return;
            }
            Err(error) => eprintln!("submit: {error}"),
        }
    }
    panic!("it is never answered");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_the_servers_forgot_is_made_again() {
    let servers = Servers::one();
    let engine = open(&servers, hasty()).await;
    let a = contract::tenant("a");
    let ids = contract::submit(&*engine, contract::single(&a, contract::job("x"))).await;
    let client = async_nats::connect(servers.url()).await.expect("connected");
    let queue = async_nats::jetstream::new(client).get_stream_no_info("pyx_v1_queue").await.expect("there");
    queue.delete_consumer(&format!("b-{}", a.as_str())).await.expect("there was one");
    // An engine that has never heard of it.
    let other = open(&servers, hasty()).await;
    until("it is delivered", SOON, async || {
        other.sweep().await.expect("well");
        let taken = other.next(1, false, Duration::from_millis(100)).await.expect("well").pop();
        taken.is_some_and(|delivery| delivery.id == ids[0])
    })
    .await;
}

/// A service that stops while the servers are away must not wait for them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_ends_without_servers() {
    let mut servers = Servers::one();
    let engine = open(&servers, Options::default()).await;
    contract::submit(&*engine, contract::single(&contract::tenant("a"), contract::job("x"))).await;
    assert_eq!(contract::next(&*engine, 1).await.len(), 1);
    servers.kill(0);
    let begun = Instant::now();
    let taken = engine.next(1, false, Duration::from_millis(250)).await;
    assert!(taken.is_err() || taken.is_ok_and(|taken| taken.is_empty()));
    assert!(engine.close().await.is_err(), "what it holds could not be given back");
    assert!(begun.elapsed() < Duration::from_secs(40), "{:?}", begun.elapsed());
}

/// A service runs programs, whether its jobs can be had or not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_starts_without_servers() {
    let mut servers = Servers::one();
    servers.kill(0);
    let engine = Nats::open_or_await(&servers.url(), Options::default()).await.expect("it waits by itself");
    let submission = || contract::single(&contract::tenant("a"), contract::job("x"));
    let refused = engine.submit(submission()).await;
    assert!(matches!(refused, Err(EngineError::Away { .. })), "{refused:?}");
    assert!(engine.stats().await.is_err());
    let begun = Instant::now();
    let none = engine.next(1, false, Duration::from_millis(250)).await.expect("as if there were none");
    assert!(none.is_empty() && begun.elapsed() >= Duration::from_millis(250), "it is not asked without a pause");
    servers.start_again(0);
    until("jobs are taken on", SOON, async || engine.submit(submission()).await.is_ok()).await;
    assert_eq!(contract::next(&*engine, 1).await.len(), 1);
    engine.close().await.expect("it ends");
}
