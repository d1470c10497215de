//! The command line of grading: the real binary, on folders of small submissions.

use std::fs;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::Value;

const TESTS: &str = "assert f(1) == 2\nassert f(2) == 3\nassert f(3) == 4\n";
const RIGHT: &str = "def f(x): return x + 1\n";

/// A folder with the tests and some submissions.
fn folder(submissions: &[(String, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("tests.py"), TESTS).expect("it can be written");
    fs::create_dir(folder.path().join("all")).expect("it can be made");
    for (name, text) in submissions {
        fs::write(folder.path().join("all").join(name), text).expect("it can be written");
    }
    folder
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(tests::binary());
    command.args(args).current_dir(folder).env("PYTHON", &tests::interpreters()[0]).stdin(Stdio::null());
    command
}

fn output(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().expect("the binary is there")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}

fn graded(all: &Value) -> Vec<(String, bool, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let submissions = all["submissions"].as_array().expect("a list of submissions");
    submissions.iter().map(|s| (text(&s["name"]), s["passed"] == true, text(&s["status"]))).collect()
}

/// The processes below this one, each with its start: cells have process groups of their own.
fn below(top: u32) -> Vec<(u32, String)> {
    let all = fs::read_dir("/proc").expect("/proc is mounted").flatten();
    let all: Vec<u32> = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    let parents: Vec<(u32, u32, String)> =
        all.into_iter().filter_map(|pid| living(pid).map(|(parent, start)| (pid, parent, start))).collect();
    let (mut found, mut tops) = (Vec::new(), vec![top]);
    while let Some(top) = tops.pop() {
        for (pid, _, start) in parents.iter().filter(|process| process.1 == top) {
            tops.push(*pid);
            found.push((*pid, start.clone()));
        }
    }
    found
}

/// The parent and the start of a process that is more than a zombie.
fn living(pid: u32) -> Option<(u32, String)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    (fields[0] != "Z").then(|| (fields[1].parse().unwrap_or(0), fields[19].to_owned()))
}

/// How many results are kept.
fn kept(folder: &Path) -> usize {
    fs::read_to_string(folder.join("tests.py.grades.jsonl")).map_or(0, |text| text.lines().count())
}

#[test]
fn a_folder_is_graded_and_not_graded_again() {
    let mut submissions: Vec<(String, &[u8])> =
        (0..20).map(|n| (format!("right{n:02}.py"), RIGHT.as_bytes())).collect();
    submissions.push(("wrong.py".into(), b"def f(x): return x\n"));
    submissions.push(("syntax.py".into(), b"def f(x:\n"));
    submissions.push(("leaves.py".into(), b"import os\ndef f(x): os._exit(0)\n"));
    submissions.push(("leaves_at_once.py".into(), b"import os\nos._exit(0)\n"));
    submissions.push(("hangs.py".into(), b"def f(x):\n    while True: pass\n"));
    submissions.push(("empty.py".into(), b""));
    submissions.push(("latin.py".into(), b"# caf\xe9\n"));
    let folder = folder(&submissions);
    let args = ["grade", "all", "--tests", "tests.py", "--timeout-ms", "1000", "--format"];
    let run = |format: &str| output(folder.path(), &[&args[..], &[format]].concat());

    let first = run("json");
    assert_eq!(first.status.code(), Some(0), "{}", String::from_utf8_lossy(&first.stderr));
    let found = graded(&json(&first));
    assert_eq!(found.len(), submissions.len());
    for (name, passed, status) in &found {
        assert_eq!(*passed, name.starts_with("right"), "{name} {status}");
    }
    let status = |name: &str| found.iter().find(|f| f.0 == name).map(|f| f.2.clone()).unwrap_or_default();
    assert_eq!(status("wrong"), "tests_failed");
    assert_eq!(status("syntax"), "syntax_error");
    assert_eq!(status("hangs"), "timeout");
    assert_eq!(status("leaves"), "tests_failed");
    assert_eq!(status("leaves_at_once"), "tests_failed");
    assert_eq!(status("empty"), "empty");
    assert_eq!(status("latin"), "not_utf8");
    // What was not run is not kept.
    assert_eq!(kept(folder.path()), submissions.len() - 2);

    let began = Instant::now();
    let csv = run("csv");
    assert!(String::from_utf8_lossy(&csv.stderr).contains("25 of 27 are unchanged"), "{csv:?}");
    assert_eq!(kept(folder.path()), submissions.len() - 2, "something was run again");
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(String::from_utf8_lossy(&csv.stdout).lines().count(), submissions.len() + 1);
    let junit = String::from_utf8(run("junit").stdout).expect("it is text");
    assert_eq!(junit.matches("<testsuite ").count(), submissions.len(), "{junit}");
    let table = String::from_utf8(run("table").stdout).expect("it is text");
    assert!(table.contains("20 of 27 passed"), "{table}");

    let strict = output(folder.path(), &[&args[..6], &["--strict"]].concat());
    assert_eq!(strict.status.code(), Some(1));
}

#[test]
fn wrong_use_is_told_by_its_exit_code() {
    let folder = folder(&[("right.py".into(), RIGHT.as_bytes())]);
    let code = |line: &str| output(folder.path(), &line.split(' ').collect::<Vec<_>>()).status.code();
    for line in [
        "grade all --tests none.py",
        "grade none --tests tests.py",
        "grade all --tests tests.py --resume all/right.py",
        "grade all",
        "grade all --tests tests.py --jobs 0",
        "grade all --tests tests.py --format pdf",
        "run none.py",
        "run all/right.py --tests none.py",
        "run all/right.py --integrity in-process",
        "nothing",
    ] {
        assert_eq!(code(line), Some(64), "{line}");
    }
    for line in ["--version", "--help", "grade --help"] {
        assert_eq!(code(line), Some(0), "{line}");
    }
}

#[test]
fn what_was_interrupted_goes_on() {
    // Slow enough to be in the middle after a second.
    let slow = b"import time\ntime.sleep(0.4)\ndef f(x): return x + 1\n";
    let submissions: Vec<(String, &[u8])> = (0..24).map(|n| (format!("slow{n:02}.py"), &slow[..])).collect();
    let folder = folder(&submissions);
    let args = ["grade", "all", "--tests", "tests.py", "--jobs", "2", "--format", "json"];
    let mut child = command(folder.path(), &args)
        .process_group(0)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary is there");
    let group = Pid::from_child(&child);
    let began = Instant::now();
    while kept(folder.path()) < 4 {
        assert!(began.elapsed() < Duration::from_secs(20), "nothing is graded");
        std::thread::sleep(Duration::from_millis(10));
    }
    let tree = below(child.id());
    assert!(tree.len() > 4, "launchers and cells: {tree:?}");
    // As a terminal does it: to everything that was started.
    kill_process_group(group, Signal::INT).expect("it is there");
    let status = child.wait().expect("it ends");
    assert_eq!((status.code(), status.signal()), (Some(130), None));
    let ended = Instant::now();
    while let Some(left) = tree.iter().find(|(pid, start)| living(*pid).is_some_and(|now| now.1 == *start)) {
        assert!(ended.elapsed() < Duration::from_secs(5), "it lives on: {left:?} of {tree:?}");
        std::thread::sleep(Duration::from_millis(20));
    }

    let before = kept(folder.path());
    assert!((4..24).contains(&before), "it was not in the middle: {before}");
    let rest = output(folder.path(), &args);
    assert_eq!(rest.status.code(), Some(0));
    let said = String::from_utf8_lossy(&rest.stderr).into_owned();
    assert!(said.contains(&format!("{before} of 24 are unchanged and were not run again")), "{said}");
    assert_eq!(kept(folder.path()), 24, "only the rest is done");
    let found = graded(&json(&rest));
    assert!(found.len() == 24 && found.iter().all(|f| f.1), "{found:?}");
}

#[test]
fn a_learner_sees_each_test() {
    let folder = folder(&[("right.py".into(), RIGHT.as_bytes()), ("wrong.py".into(), b"def f(x): return 2\n")]);
    let right = output(folder.path(), &["run", "all/right.py", "--tests", "tests.py"]);
    assert_eq!(right.status.code(), Some(0), "{right:?}");
    assert!(String::from_utf8_lossy(&right.stdout).contains("3 of 3 tests passed"), "{right:?}");
    let wrong = output(folder.path(), &["run", "all/wrong.py", "--tests", "tests.py"]);
    let shown = String::from_utf8_lossy(&wrong.stdout).into_owned();
    assert_eq!(wrong.status.code(), Some(1), "{wrong:?}");
    for part in ["1 of 3 tests passed", "`f(2)` gave `2`, expected `3`", "expected: 3", "actual:   2"] {
        assert!(shown.contains(part), "{part} is not in {shown}");
    }
    let answer = json(&output(folder.path(), &["run", "all/wrong.py", "--tests", "tests.py", "--json"]));
    assert_eq!(answer["testResult"]["testCases"].as_array().map(Vec::len), Some(3));
}
