//! `POST /jobs` and what follows, in front of an engine of jobs that is real and one of programs that is made up.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::Request;
use executor::http::App;
use executor::job::RunError;
use executor::workers::{Jobs, Workers};
use serde_json::{Value, json};

use crate::support::{Answer, Fake, app, config, finished, get, send};

/// An application with jobs in a file of its own, and somebody who works on them.
struct Desk {
    app: Arc<App>,
    workers: Workers,
    _folder: tempfile::TempDir,
}

impl Desk {
    async fn new(engine: &Arc<Fake>, options: &[&str]) -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}", folder.path().join("jobs.db").display());
        let options: Vec<&str> = options.iter().copied().chain(["--jobs-url", &url]).collect();
        let config = config(&options);
        let jobs = Jobs::open(&config.jobs).await.expect("it opens");
        let app = App::new(config, engine.clone(), jobs);
        let workers = Workers::start(&app).expect("there is an engine");
        Desk { app, workers, _folder: folder }
    }

    async fn post(&self, body: &Value) -> Answer {
        self.post_as("", body).await
    }

    async fn post_as(&self, key: &str, body: &Value) -> Answer {
        let request = Request::post("/jobs").header("content-type", "application/json");
        let request = request.header("authorization", format!("Bearer {key}")).body(Body::from(body.to_string()));
        send(&self.app, request.expect("a request")).await
    }

    /// The ids of what is taken on.
    async fn ids(&self, body: &Value) -> Vec<String> {
        let answer = self.post(body).await;
        assert_eq!(answer.status, 202, "{}", answer.body);
        let ids = answer.json()["jobIds"].as_array().expect("ids").clone();
        ids.iter().map(|id| id.as_str().expect("an id").to_owned()).collect()
    }

    /// A job, once `is_so`.
    async fn job_when(&self, id: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let answer = get(&self.app, &format!("/jobs/{id}")).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            let job = answer.json();
            if is_so(&job) {
                return job;
            }
            assert!(begun.elapsed() < Duration::from_secs(10), "{job}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

fn has_ended(job: &Value) -> bool {
    !job["finishedAt"].is_null()
}

async fn delete(app: &Arc<App>, path: &str) -> Answer {
    send(app, Request::delete(path).body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn a_job_is_taken_on_and_run() {
    let desk = Desk::new(&Fake::greeting(), &[]).await;
    let answer = desk.post(&json!({"code": "print(1)", "exerciseId": "E0"})).await;
    assert_eq!(answer.status, 202);
    let ids = answer.json();
    assert_eq!(ids["batchId"], Value::Null);
    let id = ids["jobIds"][0].as_str().expect("an id");
    assert_eq!(answer.header("location"), format!("/jobs/{id}"));
    let job = desk.job_when(id, has_ended).await;
    assert_eq!((job["status"].as_str(), job["exerciseId"].as_str()), (Some("done"), Some("E0")));
    assert_eq!((&job["result"]["output"], &job["result"]["success"]), (&json!("Hello World"), &json!(true)));
    assert_eq!((&job["priority"], &job["deliveries"]), (&json!("interactive"), &json!(1)));
    let metrics = get(&desk.app, "/metrics").await.body;
    assert!(metrics.contains("python_executor_runs_total{status=\"ok\"} 1"), "{metrics}");
    assert!(metrics.contains("python_executor_jobs_up 1"), "{metrics}");
    let health = get(&desk.app, "/health").await.json();
    assert_eq!(health["jobs"], json!({"engine": "sqlite", "on": true}));
    desk.workers.close().await;
}

#[tokio::test]
async fn a_batch_is_told_as_it_ends() {
    let desk = Desk::new(&Fake::greeting(), &[]).await;
    let jobs: Vec<Value> = (0..7).map(|n| json!({"code": format!("print({n})")})).collect();
    let answer = desk.post(&json!({"jobs": jobs})).await;
    let batch = answer.json()["batchId"].as_str().expect("an id").to_owned();
    assert_eq!(answer.header("location"), format!("/batches/{batch}"));
    let events = get(&desk.app, &format!("/batches/{batch}/events")).await;
    assert_eq!((events.status.as_u16(), events.header("content-type")), (200, "text/event-stream"));
    let told: Vec<&str> = events.body.split("\n\n").filter(|event| !event.is_empty()).collect();
    assert_eq!(told.len(), 8, "{}", events.body);
    for (number, event) in told[..7].iter().enumerate() {
        assert!(event.starts_with(&format!("id: {}\nevent: job\ndata: {{\"id\":", number + 1)), "{event}");
        assert!(event.contains("Hello World"), "{event}");
    }
    let end = told[7].strip_prefix("event: end\ndata: ").expect("the end");
    let end: Value = serde_json::from_str(end).expect("JSON");
    assert_eq!((&end["finished"], &end["progress"]["done"]), (&json!(true), &json!(7)));
    assert_eq!(end["jobIds"], answer.json()["jobIds"]);
    assert_eq!(get(&desk.app, &format!("/batches/{batch}")).await.json(), end);
    // Whoever was cut off goes on where that was.
    let request = Request::get(format!("/batches/{batch}/events")).header("last-event-id", "5").body(Body::empty());
    let rest = send(&desk.app, request.expect("a request")).await.body;
    assert!(rest.starts_with("id: 6\n") && rest.matches("event: job").count() == 2, "{rest}");
    let request = Request::get(format!("/batches/{batch}/events")).header("last-event-id", "x").body(Body::empty());
    assert_eq!(send(&desk.app, request.expect("a request")).await.failure(), (400, "INVALID_EVENT_ID".into()));
    desk.workers.close().await;
}

#[tokio::test]
async fn what_cannot_be_taken_on_names_its_field() {
    let desk = Desk::new(&Fake::greeting(), &[]).await;
    let program = json!({"code": "x"});
    let cases = [
        (json!([]), 400, "INVALID_BODY", Value::Null),
        (json!({}), 400, "CODE_REQUIRED", json!("code")),
        (json!({"code": "x", "priority": "high"}), 400, "INVALID_PRIORITY", json!("priority")),
        (json!({"code": "x", "priority": 1}), 400, "INVALID_TYPE", json!("priority")),
        (json!({"code": "x", "prioritty": "bulk"}), 400, "UNKNOWN_FIELD", json!("prioritty")),
        (json!({"code": "x", "idempotencyKey": ""}), 400, "INVALID_KEY", json!("idempotencyKey")),
        (json!({"code": "x", "idempotencyKey": "é".repeat(201)}), 400, "INVALID_KEY", json!("idempotencyKey")),
        (json!({"code": "x", "callbackUrl": "https://x.example/"}), 400, "CALLBACKS_OFF", json!("callbackUrl")),
        (json!({"jobs": []}), 400, "TOO_MANY_ITEMS", json!("jobs")),
        (json!({"jobs": vec![program.clone(); 1001]}), 400, "TOO_MANY_ITEMS", json!("jobs")),
        (json!({"jobs": program}), 400, "INVALID_TYPE", json!("jobs")),
        (json!({"jobs": [program], "code": "x"}), 400, "UNKNOWN_FIELD", json!("code")),
        (json!({"jobs": [program, 1]}), 400, "INVALID_TYPE", json!("jobs[1]")),
        (json!({"jobs": [program, {"code": 1}]}), 400, "CODE_REQUIRED", json!("jobs[1].code")),
        (json!({"jobs": [{"code": "x", "testcode": "y"}]}), 400, "UNKNOWN_FIELD", json!("jobs[0].testcode")),
        (json!({"jobs": [{"code": "x".repeat(50_001)}]}), 413, "CODE_TOO_LONG", json!("jobs[0].code")),
        (json!({"jobs": [{"code": "x", "limits": {"timeoutMs": 0}}]}), 400, "", json!("jobs[0].limits.timeoutMs")),
        (
            json!({"jobs": [{"code": "x", "idempotencyKey": "k"}, {"code": "y", "idempotencyKey": "k"}]}),
            400,
            "DUPLICATE_KEY",
            json!("jobs[1].idempotencyKey"),
        ),
    ];
    for (body, status, code, field) in cases {
        let answer = desk.post(&body).await;
        let shown: String = body.to_string().chars().take(100).collect();
        let (got, name) = answer.failure();
        assert_eq!((got, &answer.json()["field"]), (status, &field), "{shown}: {}", answer.body);
        assert!(code.is_empty() || code == name, "{shown}: {}", answer.body);
    }
    let stats = get(&desk.app, "/metrics").await.body;
    assert!(stats.contains("python_executor_jobs_queued{priority=\"bulk\"} 0"), "nothing of it was taken on");
    desk.workers.close().await;
}

#[tokio::test]
async fn a_request_that_is_sent_again_is_the_same() {
    let desk = Desk::new(&Fake::greeting(), &[]).await;
    let single = json!({"code": "print(1)", "idempotencyKey": "one"});
    let ids = desk.ids(&single).await;
    desk.job_when(&ids[0], has_ended).await;
    assert_eq!(desk.ids(&single).await, ids);
    let other = desk.post(&json!({"code": "print(2)", "idempotencyKey": "one"})).await;
    assert_eq!((other.failure(), &other.json()["field"]), ((409, "KEY_REUSED".into()), &json!("idempotencyKey")));
    let batch = json!({"jobs": [{"code": "a"}, {"code": "b"}], "idempotencyKey": "one"});
    let first = desk.post(&batch).await;
    assert_eq!(first.status, 202, "{}", first.body);
    assert_eq!(desk.post(&batch).await.json(), first.json());
    let changed = json!({"jobs": [{"code": "a"}, {"code": "c"}], "idempotencyKey": "one"});
    assert_eq!(desk.post(&changed).await.failure(), (409, "KEY_REUSED".into()));
    // A job of a key is the same in a batch as alone.
    let within =
        desk.post(&json!({"jobs": [{"code": "print(1)", "idempotencyKey": "one", "priority": "interactive"}]})).await;
    assert_eq!(within.json()["jobIds"], json!(ids), "{}", within.body);
    let clash = json!({"jobs": [{"code": "z"}, {"code": "print(3)", "idempotencyKey": "one"}]});
    let clash = desk.post(&clash).await;
    assert_eq!(
        (clash.failure().1, clash.json()["field"].clone()),
        ("KEY_REUSED".into(), json!("jobs[1].idempotencyKey"))
    );
    desk.workers.close().await;
}

#[tokio::test]
async fn keys_keep_callers_apart() {
    let desk = Desk::new(&Fake::greeting(), &["--api-keys", "alpha,beta", "--jobs-queue", "3"]).await;
    assert_eq!(desk.post_as("gamma", &json!({"code": "x"})).await.failure(), (401, "KEY_UNKNOWN".into()));
    let body = json!({"jobs": [{"code": "x"}], "idempotencyKey": "k"});
    let (a, b) = (desk.post_as("alpha", &body).await.json(), desk.post_as("beta", &body).await.json());
    assert_ne!(a, b);
    let batch = a["batchId"].as_str().expect("an id");
    let job = a["jobIds"][0].as_str().expect("an id");
    let ask = async |key: &str, path: String, method: &str| {
        let request = Request::builder().method(method).uri(path).header("authorization", format!("Bearer {key}"));
        send(&desk.app, request.body(Body::empty()).expect("a request")).await
    };
    for (path, code) in [
        (format!("/jobs/{job}"), "JOB_NOT_FOUND"),
        (format!("/batches/{batch}"), "BATCH_NOT_FOUND"),
        (format!("/batches/{batch}/events"), "BATCH_NOT_FOUND"),
    ] {
        assert_eq!(ask("alpha", path.clone(), "GET").await.status, 200, "{path}");
        assert_eq!(ask("beta", path.clone(), "GET").await.failure(), (404, code.into()));
        assert_eq!(ask("gamma", path.clone(), "GET").await.status, 401);
        if !path.ends_with("events") {
            assert_eq!(ask("beta", path, "DELETE").await.failure(), (404, code.into()));
        }
    }
    desk.workers.close().await;
}

#[tokio::test]
async fn a_full_queue_says_when_to_come_back() {
    let slow = Fake::greeting().taking(Duration::from_secs(30));
    let desk = Desk::new(&slow, &["--jobs-queue", "3"]).await;
    desk.ids(&json!({"jobs": [{"code": "a"}, {"code": "b"}]})).await;
    let refused = desk.post(&json!({"jobs": [{"code": "c"}, {"code": "d"}]})).await;
    assert_eq!(refused.failure(), (429, "QUEUE_FULL".into()));
    assert_eq!(refused.header("retry-after"), "10");
    desk.ids(&json!({"code": "c"})).await;
    desk.workers.close().await;
}

#[tokio::test]
async fn what_is_cancelled_does_not_start_and_does_not_go_on() {
    let slow = Fake::greeting().taking(Duration::from_secs(30));
    let desk = Desk::new(&slow, &["--jobs-workers", "1"]).await;
    let ids = desk.ids(&json!({"jobs": [{"code": "a"}, {"code": "b"}]})).await;
    desk.job_when(&ids[0], |job| job["status"] == "running").await;
    let answer = delete(&desk.app, &format!("/jobs/{}", ids[1])).await;
    assert_eq!((answer.status.as_u16(), answer.json()["status"].as_str()), (200, Some("cancelled")));
    let answer = delete(&desk.app, &format!("/jobs/{}", ids[0])).await;
    assert_eq!(answer.json()["status"], "cancelled");
    let begun = Instant::now();
    while slow.dropped.load(Ordering::SeqCst) == 0 {
        assert!(begun.elapsed() < Duration::from_millis(900), "what runs is killed at once, not at the next heartbeat");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(slow.seen.lock().expect("not poisoned").is_none(), "neither reached its end");
    assert_eq!(delete(&desk.app, "/jobs/nothing").await.failure(), (404, "JOB_NOT_FOUND".into()));
    desk.workers.close().await;
}

#[tokio::test]
async fn a_fault_of_ours_is_no_result() {
    use std::sync::atomic::AtomicUsize;
    let tries = Arc::new(AtomicUsize::new(0));
    let counted = tries.clone();
    let engine = Fake::doing(move |job| {
        let nth = counted.fetch_add(1, Ordering::SeqCst);
        match (&*job.code, nth) {
            ("lost", _) => Err(RunError::Lost("the keeper went".into())),
            (_, 0..5) => Err(RunError::Full { retry_after: Duration::from_secs(1) }),
            _ => Ok(finished()),
        }
    });
    let desk = Desk::new(&engine, &[]).await;
    let id = desk.ids(&json!({"code": "fine"})).await.remove(0);
    let job = desk.job_when(&id, has_ended).await;
    assert_eq!((&job["status"], &job["deliveries"]), (&json!("done"), &json!(6)), "given back is not lost");
    let id = desk.ids(&json!({"code": "lost"})).await.remove(0);
    let job = desk.job_when(&id, has_ended).await;
    assert_eq!((&job["status"], &job["result"], &job["deliveries"]), (&json!("set_aside"), &Value::Null, &json!(3)));
    assert!(job["reason"].as_str().is_some_and(|reason| reason.contains('3') && !reason.contains("keeper")), "{job}");
    let metrics = get(&desk.app, "/metrics").await.body;
    assert!(metrics.contains("python_executor_jobs_set_aside_total 1"), "{metrics}");
    desk.workers.close().await;
}

#[tokio::test]
async fn what_still_runs_at_the_end_is_given_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("jobs.db").display());
    let slow = Fake::greeting().taking(Duration::from_secs(30));
    let config = config(&["--jobs-url", &url]);
    let options = config.jobs.clone();
    let app = App::new(config, slow.clone(), Jobs::open(&options).await.expect("it opens"));
    let workers = Workers::start(&app).expect("there is an engine");
    let request =
        Request::post("/jobs").header("content-type", "application/json").body(Body::from(r#"{"code": "x"}"#));
    let answer = send(&app, request.expect("a request")).await.json();
    let id = answer["jobIds"][0].as_str().expect("an id").to_owned();
    while slow.running.load(Ordering::SeqCst) == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    app.stop();
    workers.close().await;
    assert_eq!(slow.running.load(Ordering::SeqCst), 0);
    drop(app);
    let config = self::config(&["--jobs-url", &url]);
    let jobs = Jobs::open(&options).await.expect("it opens again");
    let app = App::new(config, Fake::greeting(), jobs);
    let workers = Workers::start(&app).expect("there is an engine");
    let begun = Instant::now();
    loop {
        let job = get(&app, &format!("/jobs/{id}")).await.json();
        if job["status"] == "done" {
            assert_eq!(job["deliveries"], 2);
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{job}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    workers.close().await;
}

/// A server on loopback: its address, and what it is sent.
async fn receiver() -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/graded", listener.local_addr().expect("an address"));
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut text = String::new();
            let mut part = [0; 65536];
            let whole = |text: &str| {
                let (head, body) = text.split_once("\r\n\r\n")?;
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?.parse().ok()?;
                (body.len() >= length).then_some(())
            };
            while whole(&text).is_none() {
                let read = stream.read(&mut part).await.expect("a request");
                text.push_str(&String::from_utf8_lossy(&part[..read]));
            }
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
            let _ = sender.send(text);
        }
    });
    (url, receiver)
}

#[tokio::test]
async fn who_asked_to_be_told_is_told() {
    let (url, mut told) = receiver().await;
    let secret = "a secret that is long enough";
    let options = ["--callback-secret", secret, "--callback-allow", "127.0.0.1"];
    let desk = Desk::new(&Fake::greeting(), &options).await;
    let id = desk.ids(&json!({"code": "x", "callbackUrl": url})).await.remove(0);
    let message = told.recv().await.expect("a callback");
    let (head, body) = message.split_once("\r\n\r\n").expect("a request");
    assert!(head.contains(&format!("webhook-id: job_{id}\r\n")) && head.contains("webhook-signature: v1,"), "{head}");
    let info: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(
        (&info["id"], &info["status"], &info["result"]["output"]),
        (&json!(id), &json!("done"), &json!("Hello World"))
    );
    let job = desk.job_when(&id, |job| job["callback"]["status"] == "delivered").await;
    assert_eq!(job["callback"], json!({"status": "delivered", "attempts": 1, "error": null}));
    let answer = desk.post(&json!({"jobs": [{"code": "x"}, {"code": "y"}], "callbackUrl": url})).await.json();
    let message = told.recv().await.expect("a callback");
    assert!(
        message.contains(&format!("webhook-id: batch_{}", answer["batchId"].as_str().expect("an id"))),
        "{message}"
    );
    assert!(message.contains("\"done\":2"), "{message}");
    // What is known to be inside is refused at once, what turns out to be is given up or tried again in sight of all.
    for (refused, code) in [
        ("http://10.0.0.1/", "INVALID_CALLBACK"),
        ("http://169.254.169.254/latest", "INVALID_CALLBACK"),
        ("ftp://x.example/", "INVALID_CALLBACK"),
    ] {
        let answer = desk.post(&json!({"jobs": [{"code": "x", "callbackUrl": refused}]})).await;
        assert_eq!(answer.failure(), (400, code.into()), "{refused}");
        assert_eq!(answer.json()["field"], "jobs[0].callbackUrl");
    }
    let id = desk.ids(&json!({"code": "x", "callbackUrl": "http://localhost:9/"})).await.remove(0);
    let job = desk.job_when(&id, |job| !job["callback"]["error"].is_null()).await;
    assert_eq!(job["callback"]["status"], "pending");
    desk.workers.close().await;
}

#[tokio::test]
async fn a_service_without_jobs_says_so() {
    let app = app(&Fake::greeting(), &[]);
    let request =
        Request::post("/jobs").header("content-type", "application/json").body(Body::from(r#"{"code": "x"}"#));
    let answer = send(&app, request.expect("a request")).await;
    assert_eq!(answer.failure(), (503, "JOBS_OFF".into()));
    assert!(!answer.header("retry-after").is_empty());
    assert_eq!(get(&app, "/jobs/x").await.failure(), (503, "JOBS_OFF".into()));
    let health = get(&app, "/health").await.json();
    assert_eq!((&health["jobs"]["engine"], &health["jobs"]["on"]), (&json!("off"), &json!(false)));
    assert!(get(&app, "/metrics").await.body.contains("python_executor_jobs_up 0"));
    assert_eq!(delete(&app, "/execute").await.failure(), (405, "METHOD_NOT_ALLOWED".into()));
}
