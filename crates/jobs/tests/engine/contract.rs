//! The promises. Each takes a way to make a fresh engine, since some need other options.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use api::JobStatus;
use jobs::{
    Accepted, CallSubject, CallbackStatus, Called, Delivery, Engine, Id, Lease, NewBatch, NewJob, Options, Priority,
    Pulse, Refused, Settlement, State, Submission, Tenant, digest,
};

/// Declares a test for each promise. `$engine` makes a fresh engine with these options.
#[macro_export]
macro_rules! every_promise {
    ($engine:path) => {
        $crate::every_promise! { $engine:
            a_job_is_delivered_once_and_has_one_result,
            a_key_names_one_request,
            a_batch_keeps_its_order_and_counts,
            a_job_can_be_of_several_batches,
            events_come_in_the_order_of_ends_and_resume,
            events_wait_for_the_next,
            nobody_sees_anothers_jobs,
            tenants_share_evenly,
            interactive_comes_first_and_bulk_gets_on,
            no_more_is_taken_than_was_asked_for,
            the_queue_of_a_tenant_is_bounded,
            a_lease_that_is_not_kept_ends,
            a_lease_that_is_kept_lasts,
            the_first_result_stays,
            what_kills_its_executor_is_set_aside,
            what_is_given_back_has_not_died,
            what_can_never_run_is_set_aside,
            what_waits_can_be_cancelled,
            what_runs_can_be_cancelled,
            a_batch_can_be_cancelled,
            a_callback_is_made_until_it_is_taken,
            a_callback_is_given_up,
            a_batch_calls_back_once,
            what_ended_long_ago_is_forgotten,
            large_bodies_and_results_are_kept,
            many_at_once_are_each_done_once,
        }
    };
    ($engine:path: $($promise:ident),* $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                $crate::contract::$promise($engine).await;
            }
        )*
    };
}

/// An engine, and whatever has to live as long.
pub type Fresh = (Arc<dyn Engine>, Box<dyn Send>);

/// Makes one.
pub trait Make: AsyncFn(Options) -> Fresh {}
impl<F: AsyncFn(Options) -> Fresh> Make for F {}

/// Longer than anything that is to happen takes.
const SOON: Duration = Duration::from_secs(10);
/// Long enough to see that nothing happens.
const NEVER: Duration = Duration::from_millis(300);

pub fn tenant(name: &str) -> Tenant {
    Tenant::of_key(name)
}

/// A job whose body is `body`.
pub fn job(body: &str) -> NewJob {
    NewJob {
        id: Id::random().expect("random numbers"),
        digest: digest(&[body.as_bytes()]),
        body: body.into(),
        priority: Priority::Bulk,
        exercise: None,
        callback: None,
    }
}

pub fn keyed(owner: &Tenant, key: &str, body: &str) -> NewJob {
    NewJob { id: Id::of_key(owner, "job", key), ..job(body) }
}

pub fn single(owner: &Tenant, job: NewJob) -> Submission {
    Submission { tenant: owner.clone(), batch: None, jobs: vec![job] }
}

pub fn batch_of(owner: &Tenant, jobs: Vec<NewJob>) -> (String, Submission) {
    let id = Id::random().expect("random numbers");
    let batch = NewBatch { id: id.clone(), digest: "d".into(), callback: None };
    (id.into(), Submission { tenant: owner.clone(), batch: Some(batch), jobs })
}

pub fn numbered(count: usize) -> Vec<NewJob> {
    (0..count).map(|n| job(&n.to_string())).collect()
}

/// Submits what must be taken on.
pub async fn submit(engine: &dyn Engine, submission: Submission) -> Vec<String> {
    let ids = submission.jobs.iter().map(|job| job.id.to_string()).collect();
    engine.submit(submission).await.expect("the engine is well").expect("taken on");
    ids
}

pub async fn next(engine: &dyn Engine, most: usize) -> Vec<Delivery> {
    engine.next(most, false, SOON).await.expect("the engine is well")
}

async fn one(engine: &dyn Engine) -> Delivery {
    next(engine, 1).await.pop().expect("one is there")
}

async fn none_is_there(engine: &dyn Engine) {
    let taken = engine.next(1, false, NEVER).await.expect("the engine is well");
    assert!(taken.is_empty(), "{taken:?}");
}

pub fn result(text: &str) -> Settlement {
    Settlement::Done(format!("{{\"output\":\"{text}\"}}").into_bytes())
}

pub async fn settle(engine: &dyn Engine, lease: &Lease, settlement: Settlement) {
    engine.settle(vec![(lease.clone(), settlement)]).await.expect("the engine is well");
}

pub async fn state(engine: &dyn Engine, owner: &Tenant, id: &str) -> State {
    engine.job(owner, id).await.expect("the engine is well").expect("it is there").state
}

fn is_done_with(state: &State, text: &str) -> bool {
    matches!(state, State::Done(result) if String::from_utf8_lossy(result).contains(text))
}

/// Until a thing is so.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < SOON, "not after {SOON:?}: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Short leases.
fn hasty() -> Options {
    Options { lease: Duration::from_millis(1500), ..Options::default() }
}

pub async fn a_job_is_delivered_once_and_has_one_result(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let given = NewJob { exercise: Some("E1".into()), priority: Priority::Interactive, ..job("hello") };
    let ids = submit(&*engine, single(&a, given)).await;
    let before = engine.job(&a, &ids[0]).await.expect("well").expect("there");
    assert_eq!((before.state, before.deliveries, before.started), (State::Queued, 0, None));
    assert_eq!((before.exercise.as_deref(), before.priority), (Some("E1"), Priority::Interactive));
    let delivery = one(&*engine).await;
    assert_eq!((delivery.id.as_str(), &delivery.body[..], delivery.deliveries), (&*ids[0], &b"hello"[..], 1));
    assert_eq!(state(&*engine, &a, &ids[0]).await, State::Running);
    none_is_there(&*engine).await;
    settle(&*engine, &delivery.lease, result("hi")).await;
    let after = engine.job(&a, &ids[0]).await.expect("well").expect("there");
    assert!(is_done_with(&after.state, "hi"), "{after:?}");
    assert!(after.started >= Some(after.created) && after.ended >= after.started, "{after:?}");
    none_is_there(&*engine).await;
}

pub async fn a_key_names_one_request(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let (a, b) = (tenant("a"), tenant("b"));
    let accepted = |fresh| Ok(Accepted { fresh });
    let send =
        async |owner: &Tenant, body: &str| engine.submit(single(owner, keyed(owner, "k", body))).await.expect("well");
    assert_eq!(send(&a, "x").await, accepted(1));
    assert_eq!(send(&a, "x").await, accepted(0));
    assert_eq!(send(&a, "y").await, Err(Refused::KeyReused(Some(0))));
    assert_eq!(send(&b, "y").await, accepted(1));
    let two = next(&*engine, 5).await.len() + engine.next(5, false, NEVER).await.expect("well").len();
    assert_eq!(two, 2, "each is delivered once");
    // Of a batch as well, whatever became of it.
    let (_, mut batch) = batch_of(&a, vec![job("1"), job("2")]);
    assert_eq!(engine.submit(batch.clone()).await.expect("well"), accepted(2));
    assert_eq!(engine.submit(batch.clone()).await.expect("well"), accepted(0));
    if let Some(batch) = &mut batch.batch {
        batch.digest = "another".into();
    }
    assert_eq!(engine.submit(batch).await.expect("well"), Err(Refused::KeyReused(None)));
    // All or nothing.
    let (id, batch) = batch_of(&a, vec![job("3"), keyed(&a, "k", "z")]);
    assert_eq!(engine.submit(batch).await.expect("well"), Err(Refused::KeyReused(Some(1))));
    assert!(engine.batch(&a, &id).await.expect("well").is_none());
    let rest: Vec<_> = [next(&*engine, 2).await, engine.next(2, false, NEVER).await.expect("well")].concat();
    assert_eq!(rest.iter().filter(|delivery| delivery.body == b"3").count(), 0, "{rest:?}");
}

pub async fn a_batch_keeps_its_order_and_counts(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let (id, submission) = batch_of(&a, numbered(5));
    let ids = submit(&*engine, submission).await;
    let deliveries = next(&*engine, 1).await;
    settle(&*engine, &deliveries[0].lease, result("x")).await;
    let running = one(&*engine).await;
    let batch = engine.batch(&a, &id).await.expect("well").expect("there");
    assert_eq!(batch.jobs, ids);
    let p = batch.progress;
    assert_eq!((p.total, p.queued, p.running, p.done, p.set_aside, p.cancelled), (5, 3, 1, 1, 0, 0));
    assert_eq!((batch.ended, batch.callback), (None, None));
    settle(&*engine, &running.lease, result("x")).await;
    for _ in 0..3 {
        let delivery = one(&*engine).await;
        settle(&*engine, &delivery.lease, result("x")).await;
    }
    until("the batch has ended", async || {
        let batch = engine.batch(&a, &id).await.expect("well").expect("there");
        batch.ended.is_some() && batch.progress.done == 5
    })
    .await;
}

pub async fn a_job_can_be_of_several_batches(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let (first, submission) = batch_of(&a, vec![keyed(&a, "k", "x"), keyed(&a, "l", "y")]);
    let ids = submit(&*engine, submission).await;
    let delivery = one(&*engine).await;
    settle(&*engine, &delivery.lease, result("one")).await;
    let (second, submission) = batch_of(&a, vec![keyed(&a, "l", "y"), keyed(&a, "k", "x")]);
    assert_eq!(engine.submit(submission).await.expect("well"), Ok(Accepted { fresh: 0 }));
    let told = engine.events(&a, &second, 0, SOON).await.expect("well").expect("there");
    assert_eq!(told.events.iter().map(|(_, job)| job.id.as_str()).collect::<Vec<_>>(), [delivery.id.as_str()]);
    let delivery = one(&*engine).await;
    settle(&*engine, &delivery.lease, result("two")).await;
    for id in [first, second] {
        until("both batches have ended", async || {
            engine.batch(&a, &id).await.expect("well").expect("there").ended.is_some()
        })
        .await;
    }
    assert!(is_done_with(&state(&*engine, &a, &delivery.id).await, "two"));
    assert!(ids.contains(&delivery.id));
}

pub async fn events_come_in_the_order_of_ends_and_resume(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let (id, submission) = batch_of(&a, numbered(130));
    submit(&*engine, submission).await;
    let mut deliveries = Vec::new();
    while deliveries.len() < 130 {
        deliveries.extend(next(&*engine, 130).await);
    }
    deliveries.reverse();
    let mut order = Vec::new();
    for delivery in deliveries.iter() {
        settle(&*engine, &delivery.lease, result(&delivery.id)).await;
        order.push(delivery.id.clone());
    }
    let (mut seen, mut after) = (Vec::new(), 0);
    loop {
        let told = engine.events(&a, &id, after, SOON).await.expect("well").expect("there");
        assert!(told.events.len() <= 100);
        for (number, job) in told.events {
            assert!(number > after, "numbers rise");
            assert!(is_done_with(&job.state, &job.id));
            after = number;
            seen.push(job.id);
            if seen.len() == 50 {
                break;
            }
        }
        if told.complete && seen.len() >= 130 {
            break;
        }
    }
    assert_eq!(seen, order);
    let none = engine.events(&a, &id, after, SOON).await.expect("well").expect("there");
    assert!(none.complete && none.events.is_empty());
}

pub async fn events_wait_for_the_next(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let (id, submission) = batch_of(&a, numbered(2));
    submit(&*engine, submission).await;
    let quiet = engine.events(&a, &id, 0, NEVER).await.expect("well").expect("there");
    assert!(quiet.events.is_empty() && !quiet.complete);
    let delivery = one(&*engine).await;
    let later = {
        let engine = engine.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(200)).await;
            settle(&*engine, &delivery.lease, result("x")).await;
        })
    };
    let told = engine.events(&a, &id, 0, SOON).await.expect("well").expect("there");
    assert_eq!(told.events.len(), 1);
    assert!(!told.complete);
    later.await.expect("settled");
}

pub async fn nobody_sees_anothers_jobs(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let (a, b) = (tenant("a"), tenant("b"));
    let (id, submission) = batch_of(&a, numbered(1));
    let ids = submit(&*engine, submission).await;
    assert!(engine.job(&b, &ids[0]).await.expect("well").is_none());
    assert!(engine.cancel(&b, &ids[0]).await.expect("well").is_none());
    assert!(engine.batch(&b, &id).await.expect("well").is_none());
    assert!(engine.cancel_batch(&b, &id).await.expect("well").is_none());
    assert!(engine.events(&b, &id, 0, NEVER).await.expect("well").is_none());
    for nonsense in ["", "x", "../../etc", "' OR 1=1 --", &"é".repeat(16), &"*".repeat(32), &"0".repeat(32)] {
        assert!(engine.job(&a, nonsense).await.expect("well").is_none(), "{nonsense}");
        assert!(engine.batch(&a, nonsense).await.expect("well").is_none(), "{nonsense}");
        assert!(engine.cancel(&a, nonsense).await.expect("well").is_none(), "{nonsense}");
        assert!(engine.cancel_batch(&a, nonsense).await.expect("well").is_none(), "{nonsense}");
        assert!(engine.events(&a, nonsense, 0, NEVER).await.expect("well").is_none(), "{nonsense}");
    }
    assert_eq!(state(&*engine, &a, &ids[0]).await, State::Queued);
}

pub async fn tenants_share_evenly(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let (a, b) = (tenant("a"), tenant("b"));
    let of = |name: &str, count| (0..count).map(|_| job(name)).collect::<Vec<_>>();
    submit(&*engine, batch_of(&a, of("a", 200)).1).await;
    submit(&*engine, batch_of(&b, of("b", 10)).1).await;
    let mut turns = String::new();
    while turns.len() < 30 {
        let delivery = one(&*engine).await;
        turns.push_str(&String::from_utf8_lossy(&delivery.body));
        settle(&*engine, &delivery.lease, result("x")).await;
    }
    let last = turns.rfind('b').expect("b had turns");
    assert_eq!(turns.matches('b').count(), 10);
    assert!(last <= 24, "ten of b's within ten of a's, and a few: {turns}");
}

pub async fn interactive_comes_first_and_bulk_gets_on(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let (a, b) = (tenant("a"), tenant("b"));
    submit(&*engine, batch_of(&a, (0..40).map(|_| job("-")).collect()).1).await;
    let urgent = |_| NewJob { priority: Priority::Interactive, ..job("i") };
    submit(&*engine, batch_of(&b, (0..40).map(urgent).collect()).1).await;
    let mut turns = String::new();
    while turns.len() < 40 {
        let delivery = one(&*engine).await;
        assert_eq!(delivery.priority == Priority::Interactive, delivery.body == b"i");
        turns.push_str(&String::from_utf8_lossy(&delivery.body));
        settle(&*engine, &delivery.lease, result("x")).await;
    }
    let bulk = turns.matches('-').count();
    assert!((2..=8).contains(&bulk), "{turns}");
    let only = engine.next(20, true, NEVER).await.expect("well");
    assert!(only.iter().all(|delivery| delivery.priority == Priority::Interactive), "{only:?}");
}

pub async fn no_more_is_taken_than_was_asked_for(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let (id, submission) = batch_of(&a, numbered(10));
    submit(&*engine, submission).await;
    let mut taken = 0;
    while taken < 3 {
        let some = next(&*engine, 3 - taken).await;
        assert!(some.len() <= 3 - taken);
        taken += some.len();
    }
    tokio::time::sleep(NEVER).await;
    let progress = engine.batch(&a, &id).await.expect("well").expect("there").progress;
    assert_eq!((progress.queued, progress.running), (7, 3));
    let stats = engine.stats().await.expect("well");
    assert_eq!((stats.queued_bulk, stats.queued_interactive, stats.running), (7, 0, 3));
    assert!(stats.oldest >= NEVER / 2, "{stats:?}");
}

pub async fn the_queue_of_a_tenant_is_bounded(make: impl Make) {
    let (engine, _kept) = make(Options { queue: 10, ..Options::default() }).await;
    let (a, b) = (tenant("a"), tenant("b"));
    submit(&*engine, batch_of(&a, numbered(8)).1).await;
    let (id, submission) = batch_of(&a, numbered(3));
    let refused = engine.submit(submission).await.expect("well");
    assert_eq!(refused, Err(Refused::Full { waiting: 8, limit: 10 }));
    assert!(engine.batch(&a, &id).await.expect("well").is_none(), "all or nothing");
    submit(&*engine, batch_of(&b, numbered(10)).1).await;
    submit(&*engine, single(&a, keyed(&a, "k", "x"))).await;
    submit(&*engine, single(&a, job("tenth"))).await;
    let again = engine.submit(single(&a, keyed(&a, "k", "x"))).await.expect("well");
    assert_eq!(again, Ok(Accepted { fresh: 0 }), "what is known needs no room");
    assert!(matches!(engine.submit(single(&a, job("one more"))).await.expect("well"), Err(Refused::Full { .. })));
    // What has ended makes room.
    let mut taken = Vec::new();
    while taken.len() < 20 {
        taken.extend(next(&*engine, 20).await);
    }
    for delivery in taken {
        settle(&*engine, &delivery.lease, result("x")).await;
    }
    submit(&*engine, batch_of(&a, numbered(10)).1).await;
}

pub async fn a_lease_that_is_not_kept_ends(make: impl Make) {
    let (engine, _kept) = make(hasty()).await;
    let a = tenant("a");
    let ids = submit(&*engine, single(&a, job("x"))).await;
    let first = one(&*engine).await;
    let second = again(&*engine).await;
    assert_eq!((second.id.as_str(), second.deliveries), (&*ids[0], 2));
    let pulses = engine.heartbeat(&[first.lease.clone(), second.lease.clone()]).await.expect("well");
    assert_eq!(pulses, [Pulse::Stop, Pulse::Go]);
    assert!(engine.stats().await.expect("well").redelivered >= 1);
    // What is not held cannot be given back either.
    settle(&*engine, &first.lease, Settlement::Released).await;
    settle(&*engine, &first.lease, Settlement::SetAside("no".into())).await;
    assert_eq!(state(&*engine, &a, &ids[0]).await, State::Running);
    settle(&*engine, &second.lease, result("x")).await;
    assert_eq!(engine.job(&a, &ids[0]).await.expect("well").expect("there").deliveries, 2);
}

/// The next delivery, with somebody sweeping.
async fn again(engine: &dyn Engine) -> Delivery {
    let begun = Instant::now();
    loop {
        engine.sweep().await.expect("well");
        if let Some(delivery) = engine.next(1, false, Duration::from_millis(200)).await.expect("well").pop() {
            return delivery;
        }
        assert!(begun.elapsed() < SOON, "it is delivered again");
    }
}

pub async fn a_lease_that_is_kept_lasts(make: impl Make) {
    let (engine, _kept) = make(hasty()).await;
    let a = tenant("a");
    let ids = submit(&*engine, single(&a, job("x"))).await;
    let delivery = one(&*engine).await;
    let begun = Instant::now();
    while begun.elapsed() < hasty().lease * 3 {
        tokio::time::sleep(hasty().lease / 4).await;
        assert_eq!(engine.heartbeat(std::slice::from_ref(&delivery.lease)).await.expect("well"), [Pulse::Go]);
        engine.sweep().await.expect("well");
        assert!(engine.next(1, false, Duration::from_millis(10)).await.expect("well").is_empty());
    }
    settle(&*engine, &delivery.lease, result("x")).await;
    assert_eq!(engine.job(&a, &ids[0]).await.expect("well").expect("there").deliveries, 1);
    assert_eq!(engine.heartbeat(std::slice::from_ref(&delivery.lease)).await.expect("well"), [Pulse::Stop]);
}

pub async fn the_first_result_stays(make: impl Make) {
    let (engine, _kept) = make(hasty()).await;
    let a = tenant("a");
    let (batch, submission) = batch_of(&a, vec![job("x")]);
    let ids = submit(&*engine, submission).await;
    let frozen = one(&*engine).await;
    let other = again(&*engine).await;
    settle(&*engine, &other.lease, result("first")).await;
    settle(&*engine, &frozen.lease, result("second")).await;
    settle(&*engine, &other.lease, result("third")).await;
    settle(&*engine, &other.lease, Settlement::Lost("late".into())).await;
    assert!(is_done_with(&state(&*engine, &a, &ids[0]).await, "first"));
    none_is_there(&*engine).await;
    let told = engine.events(&a, &batch, 0, SOON).await.expect("well").expect("there");
    assert_eq!((told.events.len(), told.complete), (1, true), "it ends once");
}

pub async fn what_kills_its_executor_is_set_aside(make: impl Make) {
    let (engine, _kept) = make(hasty()).await;
    let a = tenant("a");
    let ids = submit(&*engine, single(&a, job("x"))).await;
    // One executor is gone without a word, one loses the run and says so, one is gone again.
    let _gone = one(&*engine).await;
    let lost = again(&*engine).await;
    settle(&*engine, &lost.lease, Settlement::Lost("the run was lost".into())).await;
    let _gone = again(&*engine).await;
    until("it is set aside", async || {
        engine.sweep().await.expect("well");
        // An engine may find out when it would deliver it again.
        let taken = engine.next(1, false, Duration::from_millis(50)).await.expect("well");
        assert!(taken.is_empty(), "{taken:?}");
        matches!(state(&*engine, &a, &ids[0]).await, State::SetAside(_))
    })
    .await;
    let State::SetAside(reason) = state(&*engine, &a, &ids[0]).await else { panic!("it is set aside") };
    assert!(reason.contains('3'), "{reason}");
    assert_eq!(engine.stats().await.expect("well").set_aside, 1);
    none_is_there(&*engine).await;
}

pub async fn what_is_given_back_has_not_died(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let ids = submit(&*engine, single(&a, job("x"))).await;
    for _ in 0..6 {
        let delivery = one(&*engine).await;
        settle(&*engine, &delivery.lease, Settlement::Released).await;
        until("it waits again", async || state(&*engine, &a, &ids[0]).await == State::Queued).await;
    }
    let delivery = one(&*engine).await;
    settle(&*engine, &delivery.lease, result("at last")).await;
    assert!(is_done_with(&state(&*engine, &a, &ids[0]).await, "at last"));
}

pub async fn what_can_never_run_is_set_aside(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let ids = submit(&*engine, single(&a, job("x"))).await;
    let delivery = one(&*engine).await;
    settle(&*engine, &delivery.lease, Settlement::SetAside("no such Python".into())).await;
    assert_eq!(state(&*engine, &a, &ids[0]).await, State::SetAside("no such Python".into()));
    none_is_there(&*engine).await;
}

pub async fn what_waits_can_be_cancelled(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let ids = submit(&*engine, batch_of(&a, numbered(2)).1).await;
    let cancelled = engine.cancel(&a, &ids[0]).await.expect("well").expect("there");
    assert_eq!(cancelled.state, State::Cancelled);
    assert!(cancelled.ended.is_some());
    let delivery = one(&*engine).await;
    assert_eq!(delivery.id, ids[1]);
    none_is_there(&*engine).await;
    settle(&*engine, &delivery.lease, result("x")).await;
    let done = engine.cancel(&a, &ids[1]).await.expect("well").expect("there");
    assert_eq!(done.state.status(), JobStatus::Done, "what has ended stays");
}

pub async fn what_runs_can_be_cancelled(make: impl Make) {
    let (engine, _kept) = make(hasty()).await;
    let a = tenant("a");
    let ids = submit(&*engine, single(&a, job("x"))).await;
    let delivery = one(&*engine).await;
    engine.cancel(&a, &ids[0]).await.expect("well").expect("there");
    until("the executor is told", async || {
        engine.heartbeat(std::slice::from_ref(&delivery.lease)).await.expect("well") == [Pulse::Stop]
    })
    .await;
    settle(&*engine, &delivery.lease, result("late")).await;
    assert_eq!(state(&*engine, &a, &ids[0]).await, State::Cancelled);
    tokio::time::sleep(hasty().lease * 2).await;
    engine.sweep().await.expect("well");
    none_is_there(&*engine).await;
}

pub async fn a_batch_can_be_cancelled(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let (id, submission) = batch_of(&a, numbered(20));
    submit(&*engine, submission).await;
    let done = one(&*engine).await;
    settle(&*engine, &done.lease, result("x")).await;
    let running = one(&*engine).await;
    engine.cancel_batch(&a, &id).await.expect("well").expect("there");
    until("it has ended", async || engine.batch(&a, &id).await.expect("well").expect("there").ended.is_some()).await;
    let progress = engine.batch(&a, &id).await.expect("well").expect("there").progress;
    assert_eq!((progress.done, progress.cancelled, progress.queued, progress.running), (1, 19, 0, 0));
    until("the executor is told", async || {
        engine.heartbeat(std::slice::from_ref(&running.lease)).await.expect("well") == [Pulse::Stop]
    })
    .await;
    none_is_there(&*engine).await;
    let told = engine.events(&a, &id, 0, SOON).await.expect("well").expect("there");
    assert_eq!((told.events.len(), told.complete), (20, true));
}

pub async fn a_callback_is_made_until_it_is_taken(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let url = "https://learn.example/graded";
    let ids = submit(&*engine, single(&a, NewJob { callback: Some(url.into()), ..job("x") })).await;
    let delivery = one(&*engine).await;
    assert!(engine.calls(5, NEVER).await.expect("well").is_empty(), "not before its end");
    settle(&*engine, &delivery.lease, result("hello")).await;
    let call = engine.calls(5, SOON).await.expect("well").pop().expect("due");
    assert_eq!((call.url.as_str(), call.attempts), (url, 0));
    assert!(matches!(&call.subject, CallSubject::Job(job) if job.id == ids[0] && is_done_with(&job.state, "hello")));
    assert!(engine.calls(5, NEVER).await.expect("well").is_empty(), "somebody is at it");
    engine.called(call.lease, Called::Later("answered 500".into(), Duration::from_millis(700))).await.expect("well");
    let info = engine.job(&a, &ids[0]).await.expect("well").expect("there").callback.expect("it has one");
    assert_eq!((info.status, info.attempts, info.error.as_deref()), (CallbackStatus::Pending, 1, Some("answered 500")));
    assert!(engine.calls(5, NEVER).await.expect("well").is_empty(), "not yet");
    let again = engine.calls(5, SOON).await.expect("well").pop().expect("due again");
    assert_eq!((again.id, again.attempts), (call.id, 1));
    engine.called(again.lease, Called::Delivered).await.expect("well");
    let info = engine.job(&a, &ids[0]).await.expect("well").expect("there").callback.expect("it has one");
    assert_eq!((info.status, info.attempts, info.error), (CallbackStatus::Delivered, 2, None));
    assert!(engine.calls(5, NEVER).await.expect("well").is_empty());
}

pub async fn a_callback_is_given_up(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let ids = submit(&*engine, single(&a, NewJob { callback: Some("https://x.example/".into()), ..job("x") })).await;
    engine.cancel(&a, &ids[0]).await.expect("well").expect("there");
    let call = engine.calls(1, SOON).await.expect("well").pop().expect("an end is an end");
    engine.called(call.lease, Called::GivenUp("410 Gone".into())).await.expect("well");
    let info = engine.job(&a, &ids[0]).await.expect("well").expect("there").callback.expect("it has one");
    assert_eq!((info.status, info.attempts, info.error.as_deref()), (CallbackStatus::GivenUp, 1, Some("410 Gone")));
    assert_eq!(engine.stats().await.expect("well").given_up, 1);
    assert!(engine.calls(1, NEVER).await.expect("well").is_empty());
}

pub async fn a_batch_calls_back_once(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let (id, mut submission) = batch_of(&a, numbered(3));
    submission.batch.as_mut().expect("a batch").callback = Some("https://x.example/".into());
    submit(&*engine, submission).await;
    for _ in 0..3 {
        assert!(engine.calls(1, Duration::from_millis(50)).await.expect("well").is_empty());
        let delivery = one(&*engine).await;
        settle(&*engine, &delivery.lease, result("x")).await;
    }
    let calls = engine.calls(5, SOON).await.expect("well");
    let [call] = &calls[..] else { panic!("one: {calls:?}") };
    assert!(matches!(&call.subject, CallSubject::Batch(batch) if batch.id == id && batch.progress.done == 3));
    engine.called(call.lease.clone(), Called::Delivered).await.expect("well");
    let info = engine.batch(&a, &id).await.expect("well").expect("there").callback.expect("it has one");
    assert_eq!(info.status, CallbackStatus::Delivered);
    assert!(engine.calls(5, NEVER).await.expect("well").is_empty());
}

pub async fn what_ended_long_ago_is_forgotten(make: impl Make) {
    let (engine, _kept) = make(Options { keep: Duration::from_millis(1500), ..Options::default() }).await;
    let a = tenant("a");
    let (batch, submission) = batch_of(&a, vec![job("x")]);
    let mut ids = submit(&*engine, submission).await;
    ids.extend(submit(&*engine, single(&a, job("y"))).await);
    for _ in 0..2 {
        let delivery = one(&*engine).await;
        settle(&*engine, &delivery.lease, result("x")).await;
    }
    let waiting = submit(&*engine, single(&a, job("z"))).await;
    until("what has ended is forgotten", async || {
        engine.sweep().await.expect("well");
        engine.batch(&a, &batch).await.expect("well").is_none()
            && engine.job(&a, &ids[0]).await.expect("well").is_none()
            && engine.job(&a, &ids[1]).await.expect("well").is_none()
    })
    .await;
    tokio::time::sleep(Duration::from_millis(2000)).await;
    engine.sweep().await.expect("well");
    assert_eq!(state(&*engine, &a, &waiting[0]).await, State::Queued, "what waits is not");
    assert_eq!(one(&*engine).await.id, waiting[0]);
}

pub async fn large_bodies_and_results_are_kept(make: impl Make) {
    let (engine, _kept) = make(Options::default()).await;
    let a = tenant("a");
    let body = "é".repeat(3 << 20);
    let ids = submit(&*engine, single(&a, job(&body))).await;
    let delivery = one(&*engine).await;
    assert!(delivery.body == body.as_bytes(), "as it was");
    let output = "ß".repeat(2 << 20);
    settle(&*engine, &delivery.lease, result(&output)).await;
    assert!(is_done_with(&state(&*engine, &a, &ids[0]).await, &output));
}

/// Four that pull, one that submits, one that forgets what it has now and then.
pub async fn many_at_once_are_each_done_once(make: impl Make) {
    let (engine, _kept) = make(hasty()).await;
    let a = tenant("a");
    let batches = 4;
    let each = 100;
    let mut known = Vec::new();
    let puller = |forgetful: bool| {
        let engine = engine.clone();
        tokio::spawn(async move {
            let mut done: HashMap<String, usize> = HashMap::new();
            let mut taken = 0;
            loop {
                let deliveries = engine.next(3, false, Duration::from_secs(3)).await.expect("well");
                if deliveries.is_empty() {
                    return done;
                }
                for delivery in deliveries {
                    taken += 1;
                    if forgetful && taken % 40 == 7 {
                        continue;
                    }
                    *done.entry(delivery.id.clone()).or_default() += 1;
                    settle(&*engine, &delivery.lease, result(&delivery.id)).await;
                }
            }
        })
    };
    let pullers: Vec<_> = (0..4).map(|n| puller(n == 0)).collect();
    let sweeper = {
        let engine = engine.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(200)).await;
                engine.sweep().await.expect("well");
            }
        })
    };
    for _ in 0..batches {
        let (id, submission) = batch_of(&a, numbered(each));
        let ids = submit(&*engine, submission).await;
        known.push((id, ids));
    }
    let mut done: HashMap<String, usize> = HashMap::new();
    for puller in pullers {
        for (id, times) in puller.await.expect("it ends") {
            *done.entry(id).or_default() += times;
        }
    }
    sweeper.abort();
    assert_eq!(done.len(), batches * each);
    for (id, ids) in known {
        let batch = engine.batch(&a, &id).await.expect("well").expect("there");
        assert_eq!((batch.progress.done, batch.ended.is_some()), (each, true), "{batch:?}");
        let (mut told, mut after) = (HashSet::new(), 0);
        while let Some(events) = engine.events(&a, &id, after, SOON).await.expect("well") {
            for (number, job) in events.events {
                assert!(told.insert(job.id.clone()), "told twice");
                assert!(is_done_with(&job.state, &job.id));
                after = number;
            }
            if events.complete {
                break;
            }
        }
        assert_eq!(told, ids.into_iter().collect());
    }
}
