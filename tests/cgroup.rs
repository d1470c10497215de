//! Runs in cgroups of their own, on a machine that has cgroup v2: most development machines and containers have none to
//! give away, so the tests that are marked as ignored run inside User-Mode-Linux, started by the first one.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tests::{Service, Who, machine};

const ROOT: &str = "/sys/fs/cgroup";

#[test]
fn in_a_machine_of_its_own() {
    let me = std::env::current_exe().expect("a test knows its own path");
    let folder = me.parent().expect("it lies in a folder");
    let python = tests::interpreters()[0].display().to_string();
    // Each page costs such a machine a hundred times as much, and its host may be busy.
    let command = format!(
        "TEST_PATIENCE=4 TEST_PYTHON={python} {} --ignored --color never --test-threads 1 inside",
        me.display()
    );
    let output = machine::uml(&command, folder, Duration::from_secs(600));
    eprintln!("{}", output.text);
    assert_eq!(output.status, 0, "in the machine");
    assert!(output.text.contains("test result: ok."), "the tests inside were run");
}

/// Where the service's runs have their groups.
fn base(service: &Service) -> String {
    let health = service.get("/health").expect("an answer").body;
    let layers = health["isolation"]["layers"].as_array().expect("layers").clone();
    let layer = layers.iter().find(|layer| layer["name"] == "cgroup").expect("it is listed").clone();
    assert_eq!(layer["on"], true, "{layer}");
    let why = layer["why"].as_str().expect("a reason");
    why[why.find('(').expect("its path") + 1..why.len() - 1].to_owned()
}

fn groups(base: &str) -> Vec<String> {
    let folders = fs::read_dir(base).into_iter().flatten().flatten();
    folders.filter(|e| e.path().is_dir()).map(|e| e.file_name().to_string_lossy().into_owned()).collect()
}

/// What each limit does, and that nothing is left.
fn withstand(service: Service) {
    let execute = |code: &str, limits: Value| service.execute(&json!({ "code": code, "limits": limits })).body;
    let small = json!({ "memoryMb": 64, "timeoutMs": LONGEST_MS });
    for code in [
        // Not in any process's size: a file's pages, sockets' buffers, a child's memory.
        "a = [bytearray(1 << 20) for _ in range(100)]",
        "import os\nchildren = [os.fork() for _ in range(3)]\na = bytearray(b'x') * (30 << 20)\nos.wait()",
        "import mmap\nm = mmap.mmap(-1, 100 << 20)\nm.write(b'x' * (100 << 20))",
        "import socket\nheld = []\nwhile True:\n    a, b = socket.socketpair()\n    a.setblocking(False)\n    held += [a, b]\n    \
         try:\n        while True: a.send(b'x' * 32768)\n    except BlockingIOError: pass",
    ] {
        let body = execute(code, small.clone());
        let status = body["status"].as_str().unwrap_or_default();
        let is_told = status == "memory_limit" || status == "error" && body["error"]["type"] == "OSError";
        assert!(is_told, "{code}: {body}");
    }
    let body = execute(
        "import os\ntry:\n    while True:\n        if not os.fork(): os.pause()\nexcept OSError as e:\n    print(e.errno)",
        small.clone(),
    );
    assert!(matches!(body["status"].as_str(), Some("ok" | "error")), "{body}");
    // Children that the kernel reaps by itself, each shorter than a look.
    let code = "import os, signal, time\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\n\
                for _ in range(200):\n    if not os.fork():\n        t = time.process_time()\n        \
                while time.process_time() - t < 0.004: pass\n        os._exit(0)\n    \
                try: os.wait()\n    except ChildProcessError: pass";
    let body = execute(code, small);
    assert_eq!(body["status"], "ok", "{body}");
    assert!(body["usage"]["cpuMs"].as_u64() > Some(800), "{body}");
    let body = execute("a = bytearray(b'x') * (40 << 20)", json!({}));
    assert!(body["usage"]["peakMemoryBytes"].as_u64() > Some(40 << 20), "{body}");
    assert_eq!(service.run("print('hello')")["output"], "hello");
    end(service);
}

/// Ends it: nothing is left.
fn end(mut service: Service) {
    let base = base(&service);
    assert_eq!(service.run("print('hello')")["output"], "hello");
    // As many groups as cells wait, and that of the zygotes.
    for _ in 0..100 {
        if groups(&base).len() <= 20 {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(groups(&base).len() <= 20, "{:?}", groups(&base));
    assert_eq!(service.stop(), Some(0), "{}", service.log());
    assert_eq!(service.left_behind(), None);
    assert!(!Path::new(&base).exists(), "{base}: {:?}", groups(&base));
}

/// Starts a service in a group, as root or as an ordinary user to whom the group is given.
fn start_in(group: &str, is_ordinary: bool) -> Service {
    let user = if is_ordinary { "setpriv --reuid $SANDBOX_UID --regid $SANDBOX_UID --clear-groups" } else { "env" };
    let give = format!("chown $SANDBOX_UID {group} {group}/cgroup.procs {group}/cgroup.subtree_control");
    let give = if is_ordinary { give } else { "true".into() };
    let script = format!("mkdir -p {group} && {give} && echo $$ > {group}/cgroup.procs && exec {user} \"$@\"");
    Service::start_through(&["sh", "-c", &script, "sh"], Who::Me, &[REQUIRED, LONGEST])
}

const REQUIRED: (&str, &str) = ("CGROUP", "required");

const LONGEST_MS: u64 = 60_000;
const LONGEST: (&str, &str) = ("MAX_TIMEOUT_MS", "60000");

#[test]
#[ignore = "needs cgroup v2: run by in_a_machine_of_its_own"]
fn inside_as_root() {
    let service = Service::start(&[REQUIRED]);
    assert!(base(&service).starts_with(&format!("{ROOT}/python-executor-")), "{}", base(&service));
    end(service);
}

#[test]
#[ignore = "needs cgroup v2: run by in_a_machine_of_its_own"]
fn inside_where_it_is_delegated_to_an_ordinary_user() {
    let group = format!("{ROOT}/delegated");
    let service = start_in(&group, true);
    assert!(base(&service).starts_with(&group), "{}", base(&service));
    withstand(service);
}

/// As systemd marks it, with the service in a group beneath (`DelegateSubgroup=`).
#[test]
#[ignore = "needs cgroup v2: run by in_a_machine_of_its_own"]
fn inside_where_systemd_says_so() {
    let group = format!("{ROOT}/unit.service");
    fs::create_dir(&group).expect("it can be made");
    rustix::fs::setxattr(&group, "trusted.delegate", b"1", rustix::fs::XattrFlags::empty()).expect("root may");
    let service = start_in(&format!("{group}/main"), false);
    assert!(base(&service).starts_with(&format!("{group}/python-executor-")), "{}", base(&service));
    end(service);
}

/// Root of a container with a cgroup namespace of its own: its processes are members of what looks like the top.
#[test]
#[ignore = "needs cgroup v2: run by in_a_machine_of_its_own"]
fn inside_a_container() {
    let group = format!("{ROOT}/container");
    fs::create_dir(&group).expect("it can be made");
    let script = format!(
        "echo $$ > {group}/cgroup.procs && exec unshare -C -m sh -c 'umount {ROOT} && mount -t cgroup2 none {ROOT} && exec \"$@\"' sh \"$@\""
    );
    let service = Service::start_through(&["sh", "-c", &script, "sh"], Who::Me, &[REQUIRED]);
    assert_eq!(base(&service), format!("{ROOT}/python-executor-{}", service.pid()));
    let mut service = service;
    let body = service.execute(&json!({ "code": "import os\nwhile True: os.fork()" })).body;
    assert_ne!(body["status"], "ok", "{body}");
    assert_eq!(service.stop(), Some(0), "{}", service.log());
    assert_eq!(service.left_behind(), None);
}

#[test]
#[ignore = "needs cgroup v2: run by in_a_machine_of_its_own"]
fn inside_where_nothing_is_delegated() {
    let settings = [("CGROUP", "best")];
    let service = Service::start_as(Who::OrdinaryUser, &settings);
    let health = service.get("/health").expect("an answer").body;
    let layers = health["isolation"]["layers"].as_array().expect("layers").clone();
    let layer = layers.iter().find(|layer| layer["name"] == "cgroup").expect("it is listed").clone();
    assert_eq!(layer["on"], false, "{layer}");
    assert!(layer["hint"].as_str().is_some_and(|hint| hint.contains("Delegate=")), "{layer}");
    assert_eq!(service.run("print('hello')")["output"], "hello");
}

#[test]
#[ignore = "needs cgroup v2: run by in_a_machine_of_its_own"]
fn inside_a_run_keeps_to_its_processors() {
    let service = Service::start(&[REQUIRED, ("CPUS", "0.25")]);
    let code = "import time\nbegan = time.monotonic()\nwhile time.monotonic() - began < 2: pass";
    let body = service.execute(&json!({ "code": code, "limits": { "timeoutMs": 5000 } })).body;
    assert_eq!(body["status"], "ok", "{body}");
    let cpu = body["usage"]["cpuMs"].as_u64().expect("a number");
    assert!((300..900).contains(&cpu), "{body}");
}
