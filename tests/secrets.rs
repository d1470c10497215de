//! Keys change while everything runs: portal and executor as processes, learners all the while.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use tests::portal::Portal;
use tests::{Service, patiently};

/// The executor's answer to a holder of this key.
fn with(key: &str, service: &Service) -> u16 {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let request = agent.post(format!("{}/execute", service.url)).header("authorization", format!("Bearer {key}"));
    request.send_json(json!({ "code": "print(1)" })).expect("an answer").status().as_u16()
}

fn becomes(expected: u16, answer: impl Fn() -> u16) {
    let begun = Instant::now();
    while answer() != expected {
        assert!(begun.elapsed() < patiently(Duration::from_secs(5)), "never {expected}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Replaces a file as a careful administrator does; in place is as good.
fn replace(file: &Path, text: &str, at_once: bool) {
    if at_once {
        let new = file.with_extension("new");
        std::fs::write(&new, text).expect("written");
        std::fs::rename(new, file).expect("renamed");
    } else {
        std::fs::write(file, text).expect("written");
    }
}

#[test]
fn keys_change_without_a_restart_and_without_a_request_that_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let (taken, sent) = (folder.path().join("executor-keys"), folder.path().join("executor-key"));
    replace(&taken, "first-SECRET\n", false);
    replace(&sent, "first-SECRET\n", false);
    let text = |path: &Path| path.to_str().expect("text").to_owned();
    let service = Service::start(&[("API_KEYS_FILE", &text(&taken)), ("LOG_LEVEL", "trace")]);
    let portal = Portal::start(&[
        ("EXECUTOR_SERVICE_URL", &service.url),
        ("EXECUTOR_API_KEY_FILE", &text(&sent)),
        ("LOG_LEVEL", "trace"),
    ]);
    let (over, ran) = (AtomicBool::new(false), AtomicU32::new(0));
    std::thread::scope(|scope| {
        let learners: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let browser = portal.browser();
                    while !over.load(Ordering::Relaxed) {
                        let reply = browser.post("/api/execution/run", &json!({ "code": "print(1)" }));
                        assert_eq!(reply.status, 200, "{reply:?}");
                        ran.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        let keys = ["first-SECRET", "second-SECRET", "third-SECRET"];
        for (at_once, pair) in [true, false].into_iter().zip(keys.windows(2)) {
            let [old, new] = pair else { unreachable!("windows of two") };
            assert_eq!([with(old, &service), with(new, &service)], [200, 401]);
            replace(&taken, &format!("{old}\n{new}\n"), at_once);
            becomes(200, || with(new, &service));
            replace(&sent, new, at_once);
            // The portal says so in its log; two seconds are what the reference promises.
            std::thread::sleep(patiently(Duration::from_secs(2)));
            replace(&taken, &format!("{new}\n"), at_once);
            becomes(401, || with(old, &service));
            assert_eq!(with(new, &service), 200);
        }
        let before = ran.load(Ordering::Relaxed);
        becomes(200, || if ran.load(Ordering::Relaxed) > before + 10 { 200 } else { 0 });
        over.store(true, Ordering::Relaxed);
        learners.into_iter().for_each(|learner| learner.join().expect("no request failed"));
    });
    // What cannot be used is said, without a word of it.
    replace(&taken, "not a SECRET\n", false);
    becomes(200, || if service.log().contains("the one before holds") { 200 } else { 0 });
    assert_eq!(with("third-SECRET", &service), 200);
    let mut said = vec![service.log(), portal.log()];
    for path in ["/health", "/ready", "/metrics", "/runtimes", "/openapi.json"] {
        said.push(format!("{:?}", service.get(path)));
        said.push(format!("{:?}", portal.browser().try_get(path)));
    }
    for text in &said {
        assert!(!text.contains("SECRET"), "{text}");
    }
    assert!(said[0].matches("a secret has changed").count() == 4, "{}", said[0]);
    println!("{} runs, none refused", ran.load(Ordering::Relaxed));
}
