//! The service as callers and operators see it: each status, admission, faults, the end.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::faults::{children_of, signal, until};
use tests::{Service, Who, in_parallel};

fn status(service: &Service, code: &str) -> Value {
    let body = service.execute(&json!({ "code": code, "limits": { "timeoutMs": 1500 } })).body;
    body["status"].clone()
}

fn each_status(service: &Service) {
    let body = service.run("print('Hello World')");
    assert_eq!(body["success"], true, "{body}");
    assert_eq!(body["output"], "Hello World");
    assert_eq!(body["errors"], Value::Null);
    assert_eq!(body["testResult"], Value::Null);
    let cases = [
        ("print(1)", "ok"),
        ("1/0", "error"),
        ("import sys; sys.exit(3)", "error"),
        ("print(1", "syntax_error"),
        ("while True: pass", "timeout"),
        ("import time; time.sleep(60)", "timeout"),
        ("while True: print('x' * 1000)", "output_limit"),
        ("a = []\nwhile True: a.append(bytearray(1 << 20))", "memory_limit"),
        ("import os; os.abort()", "killed"),
    ];
    for (code, expected) in cases {
        assert_eq!(status(service, code), expected, "{code}");
    }
    let body = service.run("def area(w):\n    return w * hieght\nhight = 2\narea(3)");
    assert_eq!(body["error"]["type"], "NameError", "{body}");
    assert_eq!(body["error"]["line"], 2, "{body}");
    let hint = body["error"]["hint"].as_str().expect("a hint for a misspelt name");
    assert!(hint.contains("hight"), "{hint}");
    let body = service.run("if __name__ == '__main__':\n    print(input())");
    assert_eq!(body["status"], "ok", "{body}");
    assert_eq!(body["notices"].as_array().map(Vec::len), Some(1), "{body}");
}

/// Cells are copies of one process: what it knows of chance, they must not.
#[test]
fn no_two_runs_draw_the_same_numbers() {
    const DRAW: &str = "import random, secrets, uuid\n\
        print(random.random(), random.getrandbits(64), secrets.token_hex(), uuid.uuid4())";
    let service = Service::start(&[]);
    let drawn: Vec<String> =
        (0..12).map(|_| service.run(DRAW)["output"].as_str().expect("it prints").to_owned()).collect();
    for place in 0..4 {
        let column: std::collections::BTreeSet<&str> =
            drawn.iter().filter_map(|line| line.split(' ').nth(place)).collect();
        assert_eq!(column.len(), drawn.len(), "{drawn:?}");
    }
}

#[test]
fn every_status_as_root() {
    let mut service = Service::start(&[]);
    each_status(&service);
    assert_eq!(service.stop(), Some(0), "{}", service.log());
    assert_eq!(service.left_behind(), None);
}

#[test]
fn every_status_as_an_ordinary_user_at_both_levels() {
    for level in ["namespaces", "landlock"] {
        let mut service = Service::start_as(Who::OrdinaryUser, &[("ISOLATION", level)]);
        assert_eq!(service.get("/health").expect("an answer").body["isolation"]["level"], level);
        each_status(&service);
        assert_eq!(service.stop(), Some(0), "{}", service.log());
        assert_eq!(service.left_behind(), None);
    }
}

#[test]
fn input_arguments_files_and_what_is_brought_back() {
    let service = Service::start(&[]);
    let code = "import sys, os\nprint(sys.argv[1:], input(), open('data/in.txt').read())\n\
        open('out.txt', 'w').write('result')\nos.mkdir('sub')\nopen('sub/b.bin', 'wb').write(b'\\xff\\x00')\n";
    let answer = service.execute(&json!({ "code": code, "stdin": "typed\n", "args": ["a", "b c"],
        "files": [{ "path": "data/in.txt", "content": "content" }], "collect": ["*.txt", "sub/*"] }));
    assert_eq!(answer.body["output"], "['a', 'b c'] typed content", "{}", answer.body);
    let files = answer.body["files"].as_array().expect("files");
    let names: Vec<&str> = files.iter().filter_map(|f| f["path"].as_str()).collect();
    assert_eq!(names, ["out.txt", "sub/b.bin"], "{files:?}");
    assert_eq!(files[0]["content"], "result");
    assert_eq!(files[1]["encoding"], "base64");
    let large = "x".repeat(300_000);
    let answer = service.execute(&json!({ "code": "import sys\nprint(len(sys.stdin.read()))", "stdin": large }));
    assert_eq!(answer.body["output"], "300000", "{}", answer.body);
}

#[test]
fn time_limits_are_met() {
    let service = Service::start(&[]);
    for (code, limit) in [("while True: pass", 300), ("import time\ntime.sleep(9)", 700)] {
        let answer = service.execute(&json!({ "code": code, "limits": { "timeoutMs": limit } }));
        let ran = answer.body["executionTime"].as_u64().expect("a time");
        assert!((limit..limit + 100).contains(&ran), "{ran} ms for a limit of {limit}: {}", answer.body);
        assert!(answer.body["errors"].as_str().is_some_and(|e| !e.is_empty()), "{}", answer.body);
    }
    // Four busy processes use four times their share: the sum counts, not the clock.
    let code = "import os\nfor _ in range(3): os.fork()\nwhile True: pass";
    let answer = service.execute(&json!({ "code": code, "limits": { "timeoutMs": 3000 } }));
    assert_eq!(answer.body["status"], "timeout", "{}", answer.body);
}

#[test]
fn a_full_service_refuses_at_once_and_recovers() {
    let service = Service::start(&[("POOL_CAPACITY", "2"), ("QUEUE", "2")]);
    let requests: Vec<u32> = (0..20).collect();
    let statuses = std::sync::Mutex::new(Vec::new());
    in_parallel(&requests, 20, |_| {
        let answer = service.execute(&json!({ "code": "import time\ntime.sleep(1)\nprint('done')" }));
        if answer.status == 503 {
            assert!(answer.took < Duration::from_millis(900), "a refusal took {:?}", answer.took);
            assert_eq!(answer.body["code"], "FULL", "{}", answer.body);
            assert!(answer.retry_after.is_some(), "no Retry-After");
        } else {
            assert_eq!(answer.body["output"], "done", "{}", answer.body);
        }
        statuses.lock().expect("no thread panics with it").push(answer.status);
        None
    });
    let statuses = statuses.into_inner().expect("no thread panics with it");
    let served = statuses.iter().filter(|s| **s == 200).count();
    assert!((4..20).contains(&served), "{served} of 20 were served");
    assert_eq!(service.run("print(1)")["output"], "1");
}

#[test]
fn a_client_that_goes_away_frees_its_place() {
    let service = Service::start(&[("POOL_CAPACITY", "1"), ("QUEUE", "0")]);
    let body = json!({ "code": "import time\ntime.sleep(3)" }).to_string();
    let address = service.url.trim_start_matches("http://").to_owned();
    {
        use std::io::Write;
        let mut stream = std::net::TcpStream::connect(&address).expect("it listens");
        write!(
            stream,
            "POST /execute HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .expect("it reads");
        std::thread::sleep(Duration::from_millis(300));
    }
    let begun = Instant::now();
    while service.execute(&json!({ "code": "print(1)" })).status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(1), "the place was not freed");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Whether a process has memory: those that have only their exit code left have none.
fn is_alive(pid: u32) -> bool {
    std::fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|text| !text.is_empty())
}

#[test]
fn dead_launchers_and_zygotes_are_replaced() {
    let service = Service::start(&[("ISOLATION", "namespaces")]);
    for which in ["launcher", "zygote"] {
        // One for programs, one for tests.
        let launchers = children_of(service.pid());
        assert_eq!(launchers.len(), 2);
        let zygotes: Vec<u32> = launchers.iter().flat_map(|launcher| children_of(*launcher)).collect();
        let keepers = zygotes.iter().flat_map(|zygote| children_of(*zygote));
        let doomed: Vec<u32> = keepers.chain(zygotes.iter().copied()).collect();
        for victim in if which == "launcher" { &launchers } else { &zygotes } {
            signal(*victim, rustix::process::Signal::KILL);
        }
        // They go one after the other. A program that begins meanwhile may be lost, and is not run a second time.
        until(tests::patiently(Duration::from_secs(5)), "they are gone", || !doomed.iter().any(|pid| is_alive(*pid)));
        let begun = Instant::now();
        for _ in 0..20 {
            let body = service.run("print('still here')");
            assert_eq!(body["output"], "still here", "after the {which} was killed: {body}");
            let graded = json!({ "code": "x = 1", "testCode": "assert x == 1" });
            assert_eq!(service.execute(&graded).body["success"], true, "after the {which} was killed");
        }
        assert!(begun.elapsed() < Duration::from_secs(8), "healing took {:?}", begun.elapsed());
    }
}

#[test]
fn stopping_finishes_what_runs_and_refuses_what_comes() {
    let mut service = Service::start(&[]);
    std::thread::scope(|scope| {
        let running =
            scope.spawn(|| service.execute(&json!({ "code": "import time\ntime.sleep(1.5)\nprint('finished')" })));
        std::thread::sleep(Duration::from_millis(400));
        signal(service.pid(), rustix::process::Signal::TERM);
        std::thread::sleep(Duration::from_millis(200));
        if let Some(ready) = service.get("/ready") {
            assert_eq!(ready.status, 503, "{}", ready.body);
        }
        let answer = running.join().expect("it does not panic");
        assert_eq!(answer.body["output"], "finished", "{}", answer.body);
    });
    assert_eq!(service.stop(), Some(0), "{}", service.log());
    assert_eq!(service.left_behind(), None);
}

#[test]
fn a_service_killed_hard_leaves_no_process() {
    let mut service = Service::start(&[("ISOLATION", "namespaces")]);
    std::thread::scope(|scope| {
        scope.spawn(|| service.try_execute(&json!({ "code": "while True: pass" })));
        std::thread::sleep(Duration::from_millis(300));
        signal(service.pid(), rustix::process::Signal::KILL);
    });
    service.stop();
    assert_eq!(service.left_behind(), None);
}

#[test]
fn numpy_in_a_virtual_environment_with_threads() {
    let venv = std::env::var("TEST_PYTHON_VENV").expect("`cargo xtask test` makes the environment and names it");
    let service = Service::start(&[("PYTHON", &format!("/usr/bin/python3,{venv}"))]);
    let runtimes = service.get("/runtimes").expect("an answer").body;
    let name = runtimes["runtimes"][1]["name"].as_str().expect("a second runtime").to_owned();
    let code = "import numpy as np\na = np.ones((400, 400))\nprint(int((a @ a).sum()), np.linalg.det(np.eye(50)))";
    for level in 0..2 {
        let answer = service.execute(&json!({ "code": code, "python": name, "limits": { "timeoutMs": 10_000 } }));
        assert_eq!(answer.body["output"], "64000000 1.0", "{level}: {}", answer.body);
    }
    let answer = service.execute(&json!({ "code": "import numpy" }));
    assert_eq!(answer.body["error"]["type"], "ModuleNotFoundError", "{}", answer.body);
}

/// What a run leaves is read before it is cleaned, however busy the machine: eight at a time, and somebody who renames
/// folders beside them.
#[test]
fn what_is_collected_is_there_at_both_levels() {
    let renames = "import os\nfor n in range(200):\n    os.makedirs(f'a{n}/b')\nfor _ in range(60):\n    for n in range(200):\n        \
                   os.rename(f'a{n}', 'aside')\n        os.rename('aside', f'a{n}')";
    for level in ["namespaces", "landlock"] {
        let service = Service::start_as(Who::OrdinaryUser, &[("ISOLATION", level)]);
        let numbers: Vec<usize> = (0..120).collect();
        let failures = in_parallel(&numbers, 8, |number| {
            if number % 8 == 0 {
                let body = service.run(renames);
                return (body["status"] != "ok").then(|| format!("{level}: {body}"));
            }
            let code = format!("open('out.txt', 'w').write('{number}')");
            let body = service.execute(&json!({ "code": code, "collect": ["*.txt"] })).body;
            let content = body["files"][0]["content"].as_str().unwrap_or_default();
            (content.parse() != Ok(*number)).then(|| format!("{level}: {body}"))
        });
        assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), numbers.len(), failures.join("\n"));
    }
}
