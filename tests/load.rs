//! A load of mixed programs, a tenth of them hostile: `load [SECONDS [CONNECTIONS]]`. Every answer is checked, and the
//! service's memory, descriptors and processes are compared before and after.

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
    ("while True: print('flood' * 1000)", &["output_limit"]),
    ("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", &["timeout"]),
    ("a = []\nwhile True: a.append(bytearray(1 << 20))", &["memory_limit"]),
    ("import os\nos.kill(-1, 9)", &["killed", "ok"]),
    ("import ctypes\nctypes.string_at(0)", &["killed"]),
    ("import os, time\nif os.fork() == 0:\n    os.setsid()\n    os.fork()\n    time.sleep(60)\nprint('gone')", &["ok"]),
];

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1).filter_map(|arg| arg.parse::<u64>().ok());
    let seconds = args.next().unwrap_or(300);
    let connections = args.next().unwrap_or(32);
    let mut service = Service::start(&[("QUEUE", "64"), ("QUEUE_TIMEOUT_MS", "30000")]);
    for _ in 0..50 {
        service.run("print(1)");
    }
    std::thread::sleep(Duration::from_secs(2));
    let (memory, descriptors) = (resident(service.pid()), descriptors(service.pid()));
    let end = Instant::now() + Duration::from_secs(seconds);
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let counts = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..connections {
            scope.spawn(|| {
                while Instant::now() < end {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let (status, problem) = one(&service, number);
                    *counts.lock().expect("no thread panics with it").entry(status).or_insert(0) += 1;
                    wrong.lock().expect("no thread panics with it").extend(problem);
                }
            });
        }
    });
    std::thread::sleep(Duration::from_secs(3));
    let (memory_after, descriptors_after) = (resident(service.pid()), self::descriptors(service.pid()));
    let wrong = wrong.into_inner().expect("no thread panics with it");
    println!("{} runs in {seconds} s over {connections} connections: {:?}", next.into_inner(), counts.into_inner());
    println!(
        "service: {memory} kB and {descriptors} descriptors before, {memory_after} kB and {descriptors_after} after"
    );
    service.stop();
    let left = service.left_behind();
    println!("{} wrong answers; left behind: {left:?}", wrong.len());
    wrong.iter().take(10).for_each(|problem| println!("{problem}"));
    if wrong.is_empty() && left.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
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
    let answer = service.execute(&json!({ "code": code, "limits": { "timeoutMs": 2000 } }));
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

fn descriptors(pid: u32) -> usize {
    std::fs::read_dir(format!("/proc/{pid}/fd")).map_or(0, Iterator::count)
}
