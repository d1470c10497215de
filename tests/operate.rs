//! The shipped configuration of HAProxy, Prometheus and Grafana, with real executors under load: one is killed, one
//! drained, two are replaced; an alert fires and clears; every panel of the dashboard has something to show.

#[path = "operate/load.rs"]
mod load;
#[path = "operate/names.rs"]
mod names;
#[path = "../crates/portal/tests/portal/postgres.rs"]
#[expect(dead_code, reason = "the portal's own tests do more with it")]
mod postgres;
#[path = "operate/stand.rs"]
mod stand;

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::{Value, json};
use tests::Service;
use tests::faults::{signal, until};

use load::{Load, Sent, slow};
use stand::{Images, KEY, Program, Stand, shipped, sum, text};

const MOMENT: Duration = Duration::from_millis(800);

fn pause(time: Duration) {
    std::thread::sleep(tests::patiently(time));
}

/// Programs that an executor has run.
fn runs(executor: &Service) -> Option<f64> {
    Some(sum(&text(&format!("{}/metrics", executor.url))?, "python_executor_runs_total", ""))
}

fn all_fine(sent: &[Sent], log: &str) {
    let wrong: Vec<&Sent> = sent.iter().filter(|sent| !sent.is_fine()).collect();
    let told: Vec<&str> = log.lines().filter(|line| !line.contains(" 200 ")).rev().take(20).collect();
    assert!(wrong.is_empty(), "{} of {}: {:?}\n{}", wrong.len(), sent.len(), &wrong[..1], told.join("\n"));
}

/// How often the balancer has sent a request again, which it does to another executor.
fn retried(stand: &Stand) -> f64 {
    stand.balancer_says("haproxy_server_redispatch_warnings_total")
}

#[test]
fn one_drained_and_one_killed_under_load_lose_nothing_that_had_not_begun() {
    let stand = Stand::start();
    let (mut drained, killed, stays) = (stand.executor(11), stand.executor(12), stand.executor(13));
    stand.announce(&[11, 12, 13]);

    // It runs one more program of nobody's, so that its numbers can be read to the end.
    let load = Load::start(&stand.url, 6);
    pause(MOMENT);
    let (url, mut last) = (drained.url.clone(), 0.0);
    let witness = std::thread::spawn(move || slow(&url));
    pause(MOMENT);
    signal(drained.pid(), Signal::TERM);
    while let Some(now) = runs(&drained) {
        last = now;
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(drained.stop(), Some(0), "{}", drained.log());
    let witness = witness.join().expect("it does not panic");
    assert!(witness.is_fine(), "what ran was not let end: {witness:?}");
    pause(MOMENT);
    let sent = load.stop();
    all_fine(&sent, &stand.balancer_log());
    let ran = [Some(last), runs(&killed), runs(&stays)].into_iter().flatten().sum::<f64>();
    println!("drained: {} runs answered, {ran} run, {} sent again", sent.len(), retried(&stand));
    assert!(retried(&stand) > 0.0, "nothing had to be sent again: the test has not tried it");
    assert_eq!(ran, sent.len() as f64 + 1.0, "programs were run twice, or not at all");

    let before = retried(&stand);
    let load = Load::start(&stand.url, 4);
    pause(MOMENT);
    let url = &stand.url;
    let (all, at) = std::thread::scope(|scope| {
        let slow: Vec<_> = (0..4).map(|_| scope.spawn(|| slow(url))).collect();
        pause(MOMENT);
        stand.kill(12, killed);
        let at = Instant::now();
        let slow: Vec<Sent> = slow.into_iter().map(|one| one.join().expect("it does not panic")).collect();
        pause(MOMENT);
        (slow.into_iter().chain(load.stop()).collect::<Vec<Sent>>(), at)
    });
    let (fine, lost): (Vec<Sent>, Vec<Sent>) = all.into_iter().partition(Sent::is_fine);
    let again = retried(&stand) - before;
    println!("killed: {} runs answered, {} lost with it, {again} sent again", fine.len(), lost.len());
    // A program that may have run is not run again, and the caller is told.
    assert!(!lost.is_empty(), "no program was running where it was killed");
    for one in &lost {
        assert!(one.began < at, "lost, though it was sent after the end: {one:?}\n{}", stand.balancer_log());
        assert_eq!((one.status, &one.body["code"]), (502, &json!("LOST")), "{one:?}");
    }
    assert!(again > 0.0, "nothing had to be sent again: the test has not tried it");
    assert!(fine.iter().any(|one| one.began > at), "nobody was served after the end");
}

#[test]
fn two_executors_are_replaced_under_load_and_no_request_fails() {
    let stand = Stand::start();
    let mut old = [(11, stand.executor(11)), (12, stand.executor(12))];
    let mut there = vec![11, 12];
    stand.announce(&there);
    let load = Load::start(&stand.url, 6);
    let mut new = Vec::new();
    for (number, executor) in &mut old {
        let next = *number + 10;
        new.push(stand.executor(next));
        there.push(next);
        stand.announce(&there);
        pause(MOMENT);
        assert_eq!(executor.stop(), Some(0), "{}", executor.log());
        there.retain(|one| *one != *number);
        stand.announce(&there);
    }
    pause(MOMENT);
    let sent = load.stop();
    all_fine(&sent, &stand.balancer_log());
    println!("replaced: {} runs answered, {} sent again", sent.len(), retried(&stand));
    assert!(new.iter().all(|executor| runs(executor) > Some(0.0)), "the new ones ran nothing");
}

/// The portal, on the balancer, with a database of its own.
fn portal(stand: &Stand, database: Option<&str>) -> (Program, String) {
    let host = stand.address(3).to_string();
    let file = format!("sqlite://{}", stand.folder.path().join("portal.db").display());
    let mut command = match &stand.images {
        None => Command::new(tests::binary().with_file_name("portal")),
        Some(images) => {
            let inside = [
                "HOST",
                "PORT",
                "DATABASE_URL",
                "RATE_LIMIT",
                "ADDRESS_RATE_LIMIT",
                // As in the compose file.
                "EXECUTOR_SERVICE_URL=http://balancer:3001",
                "EXECUTOR_API_KEY_FILE=/run/secrets/executor-key",
            ];
            let name = format!("portal-{host}").replace('.', "-");
            let resolver = stand.folder.path().join("resolv.conf");
            let resolver = format!("--volume {}:/etc/resolv.conf:ro", resolver.display());
            let mut shell = Command::new("sh");
            shell.args(["-c", &images.run("portal", &name, &resolver, &inside), "sh"]);
            shell
        }
    };
    command.arg("serve").env_clear().env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin").env("HOST", &host);
    command.env("PORT", "3000").env("EXECUTOR_SERVICE_URL", &stand.url).env("DATABASE_URL", database.unwrap_or(&file));
    command.env("RATE_LIMIT", "0").env("ADDRESS_RATE_LIMIT", "0").env("LOG_LEVEL", "warn");
    let program = Program::start(command, stand.folder.path().join("portal.log"));
    let url = format!("http://{host}:3000");
    until(tests::patiently(Duration::from_secs(30)), "the portal is ready", || text(&format!("{url}/ready")).is_some());
    stand.names.set("portal", &[stand.address(3)]);
    (program, url)
}

/// What learners do, good and bad; whether every answer was as it must be.
fn learn(portal: &str, balancer: &str) -> Result<(), String> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let post = |url: String, body: Value| -> Result<(u16, Value), String> {
        let request = agent.post(url).header("Authorization", format!("Bearer {KEY}"));
        let mut response = request.send_json(body).map_err(|error| error.to_string())?;
        Ok((response.status().as_u16(), response.body_mut().read_json().map_err(|error| error.to_string())?))
    };
    let run = format!("{portal}/api/execution/run");
    let exercises: Value = serde_json::from_str(&text(&format!("{portal}/api/exercises")).ok_or("no exercises")?)
        .map_err(|error| error.to_string())?;
    let graded = json!({ "code": "nothing = None", "exerciseId": exercises["data"][0]["id"], "runTests": true });
    let (status, body) = post(run.clone(), graded)?;
    if (status, &body["data"]["testResult"]["passed"]) != (200, &json!(false)) {
        return Err(format!("{status} {body}"));
    }
    let no_code = json!({ "code": "" });
    for (url, body) in [(run, no_code.clone()), (format!("{balancer}/execute"), no_code)] {
        match post(url, body)? {
            (400, _) => {}
            (status, body) => return Err(format!("{status} {body}")),
        }
    }
    Ok(())
}

/// Every query of the dashboard, with a panel's title.
fn panels() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(shipped("grafana/dashboards/python-executor.json")).expect("it is shipped");
    let dashboard: Value = serde_json::from_str(&text).expect("the dashboard is JSON");
    let panels = dashboard["panels"].as_array().expect("panels");
    let of_panel = |panel: &Value| {
        let targets = panel["targets"].as_array().cloned().unwrap_or_default();
        let title = panel["title"].as_str().expect("a title").to_owned();
        let query = |target: &Value| target["expr"].as_str().expect("a query").replace("$__rate_interval", "1m");
        targets.iter().map(|target| (title.clone(), query(target))).collect::<Vec<_>>()
    };
    let found: Vec<(String, String)> = panels.iter().flat_map(of_panel).collect();
    assert!(found.len() > 20, "{} queries", found.len());
    found
}

/// Names of numbers that the rules speak of.
fn numbers_of_rules() -> Vec<String> {
    let text = std::fs::read_to_string(shipped("prometheus/alerts.yml")).expect("it is shipped");
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_' || letter == ':'));
    let is_number = |word: &&str| {
        ["python_executor_", "portal_", "haproxy_", "http_"].iter().any(|prefix| word.starts_with(prefix))
    };
    let mut found: Vec<String> = words.filter(is_number).map(Into::into).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn prometheus_answers_the_dashboard_and_an_alert_fires_and_clears() {
    let stand = Stand::start();
    let (stays, killed) = (stand.executor(11), stand.executor(12));
    stand.announce(&[11, 12]);
    let (_portal, portal) = portal(&stand, None);
    let prometheus = stand.prometheus();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let learner = scope.spawn(|| {
            let mut wrong = Vec::new();
            while !done.load(Ordering::Relaxed) {
                wrong.extend(learn(&portal, &stand.url).err());
                std::thread::sleep(Duration::from_millis(50));
            }
            wrong
        });
        watch(&stand, &prometheus, killed);
        done.store(true, Ordering::Relaxed);
        let wrong = learner.join().expect("it does not panic");
        // What ran where it was killed is lost; that is all.
        assert!(wrong.len() <= 1, "{wrong:?}");
    });
    drop(stays);
}

/// The services of production as `compose.yaml` has them, with our images: a learner's way through all of them.
#[test]
#[ignore = "needs the images: run by cargo xtask image-test"]
fn the_images_serve_a_learner_and_an_alert_fires_and_clears() {
    let mut stand = Stand::start();
    stand.images = Some(Images::of_environment());
    let (stays, killed) = (stand.executor(11), stand.executor(12));
    stand.announce(&[11, 12]);
    let server = postgres::Server::start();
    let (_portal, portal) = portal(&stand, Some(&server.url("postgres")));
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();

    // Through the balancer, with a key and without.
    let graded = json!({ "code": "def f():\n    return 1", "testCode": "assert f() == 1" });
    let request = agent.post(format!("{}/execute", stand.url)).header("Authorization", format!("Bearer {KEY}"));
    let body: Value = request.send_json(&graded).expect("an answer").body_mut().read_json().expect("JSON");
    assert_eq!(body["testResult"]["passed"], true, "{body}");
    let refused = agent.post(format!("{}/execute", stand.url)).send_json(&graded).expect("an answer");
    assert_eq!(refused.status(), 401);
    for executor in [&stays, &killed] {
        let health: Value =
            serde_json::from_str(&text(&format!("{}/health", executor.url)).expect("health")).expect("JSON");
        assert_eq!(health["isolation"]["level"], "landlock", "{health}");
    }

    // A learner, who knows of none of this.
    let tests = tests::folder().parent().expect("the workspace").join("exercises/E0_greet");
    let solution = std::fs::read_to_string(tests.join("solution.py")).expect("it is there");
    let handed_in = json!({ "code": solution, "exerciseId": "E0_greet", "runTests": true });
    let mut answer = agent.post(format!("{portal}/api/execution/run")).send_json(&handed_in).expect("an answer");
    let body: Value = answer.body_mut().read_json().expect("JSON");
    assert_eq!(body["data"]["testResult"]["passed"], true, "{body}");
    assert!(text(&format!("{portal}/")).is_some_and(|page| page.contains("<script")), "the page");

    let prometheus = stand.prometheus();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let _ = learn(&portal, &stand.url);
                std::thread::sleep(Duration::from_millis(50));
            }
        });
        watch(&stand, &prometheus, killed);
        done.store(true, Ordering::Relaxed);
    });
    drop(stays);
}

/// Looks at every query, and kills the executor 12.
fn watch(stand: &Stand, prometheus: &stand::Prometheus, killed: Service) {
    let patience = tests::patiently(Duration::from_secs(60));
    for (title, query) in panels() {
        let mut answer = Ok(Vec::new());
        let begun = Instant::now();
        while answer.as_ref().is_ok_and(Vec::is_empty) && begun.elapsed() < patience {
            answer = prometheus.ask(&query);
            std::thread::sleep(Duration::from_millis(100));
        }
        assert!(answer.as_ref().is_ok_and(|found| !found.is_empty()), "{title}: {query}: {answer:?}");
    }
    for name in numbers_of_rules() {
        let found = prometheus.ask(&format!("count({{__name__=\"{name}\"}})"));
        assert!(found.as_ref().is_ok_and(|found| !found.is_empty()), "a rule speaks of {name}: {found:?}");
    }
    assert_eq!(prometheus.ask("ALERTS{alertstate=\"firing\"}"), Ok(vec![]));

    stand.kill(12, killed);
    until(patience, "ExecutorDown fires", || prometheus.fires("ExecutorDown"));
    assert!(!prometheus.fires("ExecutorsGone"), "one is there still");
    let _back = stand.executor(12);
    until(patience, "ExecutorDown clears", || !prometheus.fires("ExecutorDown"));
}
