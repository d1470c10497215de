//! What is submitted is delivered once, counted, and told of in order.

use super::*;

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
