//! A load of mixed programs, a tenth of them hostile, for a time or a number of runs, or a storm of random system calls.
//! Every answer is checked, and whatever could grow is counted before and after: `load --help` says how.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::Service;

/// A program, its expected status and, where it is certain, its output.
const MIX: &[(&str, &str, Option<&str>)] = &[
    ("print('Hello World')", "ok", Some("Hello World")),
    ("import math, random, json\nprint(json.dumps({'pi': round(math.pi, 4)}))", "ok", Some("{\"pi\": 3.1416}")),
    ("def f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\nprint(f(18))", "ok", Some("2584")),
    ("print(undefined)", "error", None),
    ("print('open", "syntax_error", None),
    ("import sys\nsys.exit(4)", "error", None),
    ("print('x' * 100_000)", "ok", None),
    ("with open('a.txt', 'w') as f:\n    f.write('data')\nprint(open('a.txt').read())", "ok", Some("data")),
    (
        "import threading\nt = threading.Thread(target=print, args=('thread',))\nt.start()\nt.join()",
        "ok",
        Some("thread"),
    ),
    ("import os\nif os.fork() == 0:\n    os._exit(0)\nos.wait()\nprint('forked')", "ok", Some("forked")),
];

/// Hostile ones, with the statuses that they may end with.
const HOSTILE: &[(&str, &[&str])] = &[
    ("while True: pass", &["timeout"]),
    ("while True: print('flood' * 1000)", &["output_limit", "timeout"]),
    ("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", &["timeout"]),
    ("a = []\nwhile True: a.append(bytearray(1 << 20))", &["memory_limit", "timeout"]),
    ("import os\nos.kill(-1, 9)", &["killed", "ok"]),
    ("import ctypes\nctypes.string_at(0)", &["killed"]),
    ("import os, time\nif os.fork() == 0:\n    os.setsid()\n    os.fork()\n    time.sleep(60)\nprint('gone')", &["ok"]),
];

const USAGE: &str = "\
usage: load [SECONDS [CONNECTIONS]]          mixed programs for so long
       load --runs N [CONNECTIONS]           so many of them
       load --storm [SECONDS [CONNECTIONS]]  random system calls in every cell, and somebody who wants an answer";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let number = |at: usize, default: u64| words.get(at).map_or(Some(default), |word| word.parse().ok());
    let goal = match words[..] {
        ["--runs", ..] => number(1, 100_000).map(|n| (Goal::Runs(n as usize), number(2, 32))),
        ["--storm", ..] => number(1, 60).map(|s| (Goal::Storm(s), number(2, 24))),
        _ => number(0, 300).map(|s| (Goal::Seconds(s), number(1, 32))),
    };
    let Some((goal, Some(connections))) = goal else {
        eprintln!("{USAGE}");
        return ExitCode::from(64);
    };
    // In a storm everybody runs at once, and whoever wants an answer does not stand in a queue behind them.
    let capacity = (connections + 1).to_string();
    let mut settings = vec![("QUEUE", "64"), ("QUEUE_TIMEOUT_MS", "30000")];
    settings.extend(matches!(goal, Goal::Storm(_)).then_some(("POOL_CAPACITY", capacity.as_str())));
    let mut service = Service::start(&settings);
    for _ in 0..50 {
        service.run("print(1)");
    }
    std::thread::sleep(Duration::from_secs(2));
    let before = State::of(&service);
    let begun = Instant::now();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let counts = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for worker in 0..connections {
            let (next, wrong, counts, service) = (&next, &wrong, &counts, &service);
            scope.spawn(move || {
                while !goal.is_reached(begun, next.load(Ordering::Relaxed)) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let (status, problem) = match goal {
                        Goal::Storm(_) if worker > 0 => storm(service),
                        Goal::Storm(_) => greet(service),
                        _ => one(service, number),
                    };
                    *counts.lock().expect("no thread panics with it").entry(status).or_insert(0) += 1;
                    wrong.lock().expect("no thread panics with it").extend(problem);
                }
            });
        }
    });
    let took = begun.elapsed();
    std::thread::sleep(Duration::from_secs(3));
    let after = State::of(&service);
    let wrong = wrong.into_inner().expect("no thread panics with it");
    let (runs, counts) = (next.into_inner(), counts.into_inner());
    println!("{runs} runs in {:.0} s over {connections} connections: {counts:?}", took.as_secs_f64());
    println!("before: {before}\nafter:  {after}");
    service.stop();
    let left = service.left_behind();
    println!("{} wrong answers; left behind: {left:?}", wrong.len());
    wrong.iter().take(10).for_each(|problem| println!("{problem}"));
    if wrong.is_empty() && left.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// When it is enough.
#[derive(Debug, Clone, Copy)]
enum Goal {
    Seconds(u64),
    Runs(usize),
    /// Random system calls, for so many seconds.
    Storm(u64),
}

impl Goal {
    fn is_reached(self, begun: Instant, runs: usize) -> bool {
        match self {
            Goal::Seconds(seconds) | Goal::Storm(seconds) => begun.elapsed() >= Duration::from_secs(seconds),
            Goal::Runs(wanted) => runs >= wanted,
        }
    }
}

/// What could grow.
struct State {
    resident_kb: u64,
    descriptors: usize,
    processes: usize,
    mounts: usize,
    folders: usize,
    free_inodes: u64,
    free_kb: u64,
}

impl State {
    fn of(service: &Service) -> State {
        let folder = service.folder();
        let disk = rustix::fs::statvfs(folder).expect("it can be asked");
        let is_number = |name: &std::ffi::OsStr| name.to_string_lossy().bytes().all(|b| b.is_ascii_digit());
        let entries = |path: &str| std::fs::read_dir(path).into_iter().flatten().flatten();
        State {
            resident_kb: resident(service.pid()),
            descriptors: entries(&format!("/proc/{}/fd", service.pid())).count(),
            processes: entries("/proc").filter(|entry| is_number(&entry.file_name())).count(),
            mounts: std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default().lines().count(),
            folders: std::fs::read_dir(folder).into_iter().flatten().count(),
            free_inodes: disk.f_ffree,
            free_kb: disk.f_bfree * disk.f_frsize / 1024,
        }
    }
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let State { resident_kb, descriptors, processes, mounts, folders, free_inodes, free_kb } = self;
        write!(
            f,
            "service {resident_kb} kB, {descriptors} descriptors; machine {processes} processes, {mounts} mounts; "
        )?;
        write!(f, "its temporary folder {folders} entries; that disk {free_inodes} inodes and {free_kb} kB free")
    }
}

/// A program that does nothing but random system calls.
fn storm(service: &Service) -> (String, Option<String>) {
    const CALLS: &str = include_str!("hostile/e60_random_calls.py");
    let answer = service.execute(&json!({ "code": CALLS, "limits": { "timeoutMs": 3000 } }));
    let status = answer.body["status"].as_str().unwrap_or_default().to_owned();
    let problem =
        (answer.status != 200 && answer.status != 503).then(|| format!("HTTP {}: {}", answer.status, answer.body));
    (format!("storm: {} {status}", answer.status), problem)
}

/// Somebody who wants an answer meanwhile.
fn greet(service: &Service) -> (String, Option<String>) {
    std::thread::sleep(Duration::from_millis(20));
    let answer = service.execute(&json!({ "code": "print('neighbour', sum(range(100)))" }));
    let problem = (answer.body["output"] != "neighbour 4950").then(|| format!("a neighbour: {}", answer.body));
    ("neighbour".into(), problem)
}

/// One request: the status that came, and what is wrong with the answer.
fn one(service: &Service, number: usize) -> (String, Option<String>) {
    let (code, statuses, output): (&str, Vec<&str>, Option<&str>) = if number.is_multiple_of(10) {
        let (code, statuses) = HOSTILE[number / 10 % HOSTILE.len()];
        (code, statuses.to_vec(), None)
    } else {
        let (code, status, output) = MIX[number % MIX.len()];
        (code, vec![status], output)
    };
    // A hostile one has its time cut short, so that it is not all that the machine does.
    let timeout_ms = if number.is_multiple_of(10) { 400 } else { 3000 };
    let answer = service.execute(&json!({ "code": code, "limits": { "timeoutMs": timeout_ms } }));
    let body: &Value = &answer.body;
    let status = body["status"].as_str().map_or_else(|| format!("HTTP {}", answer.status), Into::into);
    let fine = answer.status == 200
        && statuses.contains(&status.as_str())
        && output.is_none_or(|expected| body["output"] == expected);
    let problem = (!fine).then(|| {
        let mut shown = body.clone();
        shown["output"] = shown["output"].as_str().unwrap_or_default().chars().take(80).collect::<String>().into();
        format!("{code:?}: HTTP {}: {shown}", answer.status)
    });
    (status, problem)
}

fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}
