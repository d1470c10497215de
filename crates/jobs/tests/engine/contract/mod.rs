//! The promises. Each takes a way to make a fresh engine, since some need other options.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use api::JobStatus;
use jobs::{
    Accepted, CallSubject, CallbackStatus, Called, Delivery, Engine, Id, Lease, NewBatch, NewJob, Options, Priority,
    Pulse, Refused, Settlement, State, Submission, Tenant, digest,
};

mod ends;
mod fairness;
mod leases;
mod requests;

pub use ends::*;
pub use fairness::*;
pub use leases::*;
pub use requests::*;

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
