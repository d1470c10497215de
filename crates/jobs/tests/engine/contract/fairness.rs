//! Tenants: what each sees, and whose turn it is.

use super::*;

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
