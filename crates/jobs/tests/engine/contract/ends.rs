//! Jobs that are cancelled, called back about, forgotten; and all of it at once.

use super::*;

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
