//! Whoever runs a job holds it for a while; what becomes of it when nobody does.

use super::*;

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
