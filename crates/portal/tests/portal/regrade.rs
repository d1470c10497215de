//! `portal regrade`: real programs, a real executor, both databases; tests of an exercise that were mended twice.

use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::process::{Program, command};
use crate::support::{Data, Kind, both, fixtures};

both!(what_was_handed_in_is_graded_again, a_regrade_that_is_killed_goes_on);

/// The fixture's exercises, with these tests of one of them.
fn load(data: &Data, tests: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let copied =
        std::process::Command::new("cp").arg("-r").arg(fixtures().join("T1_double")).arg(folder.path()).status();
    assert!(copied.expect("cp is there").success());
    let own = folder.path().join("T1_double");
    std::fs::write(own.join("tests.py"), tests).expect("written");
    let wrong = own.join("wrong");
    std::fs::remove_dir_all(&wrong).expect("removed");
    let done = portal(data, &["exercises", "load", text(folder.path())]);
    assert!(done.status.success(), "{done:?}");
}

fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}

fn portal(data: &Data, words: &[&str]) -> Output {
    command().args(words).env("DATABASE_URL", &data.url).output().expect("it runs")
}

fn regrade(data: &Data, more: &[&str]) -> String {
    let done = portal(data, &[&["regrade", "T1_double"], more].concat());
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).expect("text")
}

const PASSED: &str = "SELECT CAST(COALESCE(SUM(passed), 0) AS BIGINT) FROM submissions";
const COMPLETED: &str = "SELECT COUNT(*) FROM progress WHERE completed_at IS NOT NULL";
const REPLACED: &str = "SELECT COUNT(*) FROM replaced_results";
/// SQLite has the same number under another name.
const PASSED_SQLITE: &str = "SELECT COALESCE(SUM(passed), 0) FROM submissions";

async fn what_was_handed_in_is_graded_again(kind: Kind) {
    let data = Data::new(kind).await;
    let passed = if kind == Kind::Sqlite { PASSED_SQLITE } else { PASSED };
    // The portal goes on beside it all.
    let folder = tempfile::tempdir().expect("a folder");
    let jobs = format!("sqlite://{}", folder.path().join("jobs.db").display());
    let running = Program::start(&data, &[("JOBS_URL", &jobs)]);
    let url = executor(&running);
    let run = |code: &str, tested: bool| {
        let body = json!({"code": code, "exerciseId": "T1_double", "runTests": tested});
        assert_eq!(running.post("/api/execution/run", &body, "x").0, 200);
    };
    // Each is another learner: no cookie is sent back.
    run("def double(n): return n * 2", true);
    run("def double(n): return n + n", true);
    run("def double(n): return 2 * (n or 0)", true);
    run("def double(n): return int(n) * 2", true);
    run("def double(n): return 0", true);
    run("def double(n): return 1", false);
    assert_eq!((data.number(passed).await, data.number(COMPLETED).await), (3, 3));

    // They were graded with these very tests.
    assert!(regrade(&data, &[]).starts_with("0 graded again: "));

    // Tests that ask for less: one more passes.
    load(&data, "assert double(2) == 4\nassert double('3') in (6, '33')\n");
    let before = runs(&url);
    let rehearsed = regrade(&data, &["--dry-run", "--executor-service-url", &url]);
    assert!(
        rehearsed.contains("5 graded again: 1 failed→passed, 0 passed→failed, 4 unchanged, 0 not graded"),
        "{rehearsed}"
    );
    assert!(rehearsed.contains("completed now, and not before: would be 1 of the learners"), "{rehearsed}");
    assert_eq!((data.number(passed).await, data.number(REPLACED).await), (3, 0), "nothing is written");
    let done = regrade(&data, &["--executor-service-url", &url]);
    assert_eq!(runs(&url), before + 5, "what was rehearsed is not run again");
    assert!(done.contains("completed now, and not before: 1 of the learners"), "{done}");
    assert_eq!((data.number(passed).await, data.number(COMPLETED).await, data.number(REPLACED).await), (4, 4, 5));
    assert!(regrade(&data, &[]).starts_with("0 graded again: "), "nothing is done twice");
    assert_eq!(data.number(REPLACED).await, 5);

    // Tests that ask for more, by an executor inside: nobody's exercise is taken back, unless it is said.
    load(
        &data,
        "assert double(2) == 4\nassert double('3') == '33'\nassert double([1]) == [1, 1]\nassert double(None) == 0\n",
    );
    let done = regrade(&data, &[]);
    assert!(done.contains("5 graded again: 0 failed→passed, 3 passed→failed, 2 unchanged, 0 not graded"), "{done}");
    assert!(done.contains("completed, though nothing passes: 3 of the learners (--take-back)"), "{done}");
    assert!(done.contains("passed  failed"), "the table has them: {done}");
    assert_eq!((data.number(passed).await, data.number(COMPLETED).await), (1, 4));
    let done = regrade(&data, &["--take-back"]);
    assert!(done.starts_with("0 graded again: ") && done.contains("completed before, and not now: 3"), "{done}");
    assert_eq!((data.number(COMPLETED).await, data.number(REPLACED).await), (1, 10));

    // And back to the first: what it was replaced by is kept, too.
    load(&data, "assert double(2) == 4\nassert double(0) == 0\n");
    let done = regrade(&data, &[]);
    assert!(done.contains("5 graded again: 3 failed→passed, 0 passed→failed, 2 unchanged"), "{done}");
    assert_eq!((data.number(COMPLETED).await, data.number(REPLACED).await), (4, 15));
    let best = data.words("SELECT best_solution FROM progress WHERE best_solution IS NOT NULL").await;
    assert!(best.iter().any(|code| code == "def double(n): return int(n) * 2"), "{best:?}");

    let none = portal(&data, &["regrade", "T9_none"]);
    assert_eq!(none.status.code(), Some(64), "{none:?}");
    let away = portal(&data, &["regrade", "T1_double", "--executor-service-url", "http://127.0.0.1:9/x"]);
    assert_eq!(away.status.code(), Some(64), "{away:?}");
}

/// The executor inside a running portal.
fn executor(running: &Program) -> String {
    let (_, answer) = running.get("/health");
    let answer = String::from_utf8(answer).expect("text");
    let health: Value = serde_json::from_str(answer.lines().last().expect("a body")).expect("JSON");
    health["executors"][0]["url"].as_str().unwrap_or_else(|| panic!("{health}")).to_owned()
}

/// Programs that an executor has run.
fn runs(url: &str) -> u64 {
    let mut answer = ureq::get(format!("{url}/metrics")).call().expect("an answer");
    let text = answer.body_mut().read_to_string().expect("text");
    let lines = text.lines().filter(|line| line.starts_with("python_executor_runs_total{"));
    lines.map(|line| line.rsplit(' ').next().and_then(|n| n.parse::<u64>().ok()).expect("a number")).sum()
}

async fn a_regrade_that_is_killed_goes_on(kind: Kind) {
    const SLOW: &str = "import time\ntime.sleep(0.2)\ndef double(n): return n * 2";
    let data = Data::new(kind).await;
    {
        let running = Program::start(&data, &[]);
        let body = json!({"code": SLOW, "exerciseId": "T1_double", "runTests": true});
        for _ in 0..10 {
            assert_eq!(running.post("/api/execution/run", &body, "x").0, 200);
        }
    }
    load(&data, "assert double(2) == 5\n");
    let mut words = command();
    words.args(["regrade", "T1_double"]).env("DATABASE_URL", &data.url).env("JOBS_WORKERS", "1");
    let mut child = words.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let begun = Instant::now();
    while data.number(REPLACED).await < 2 {
        assert!(begun.elapsed() < Duration::from_secs(30), "nothing is graded");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    child.kill().expect("killed");
    child.wait().expect("it ends");
    let before = data.number(REPLACED).await;
    assert!(before < 10, "it was not in the middle");
    let rest = regrade(&data, &[]);
    assert!(rest.contains(&format!("{} graded again: 0 failed→passed, {0} passed→failed", 10 - before)), "{rest}");
    assert_eq!((data.number(REPLACED).await, data.number(COMPLETED).await), (10, 10));
}
