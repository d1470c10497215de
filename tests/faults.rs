//! What goes wrong on our side: every step of building the sandbox made to fail, and things that happen to a running
//! service. No request hangs, no program runs half confined, no learner is told that it was their doing.

use std::process::Command;
use std::time::Duration;

use rustix::process::Signal;
use serde_json::json;
use tests::faults::{Fault, children_of, descriptors, limit, settled_zygotes, signal, until};
use tests::{Answer, Service, Who, in_parallel};

const LEVELS: [&str; 2] = ["namespaces", "landlock"];
/// How soon everything is well again once a fault has gone.
const HEALED: Duration = Duration::from_secs(8);
/// What a request may take beyond its own limit when no cell can be had.
const PATIENCE: Duration = Duration::from_secs(12);

/// A start that fails: who starts at which level, what fails, and what has to be said.
type Start = (Who, &'static str, Fault, &'static str);

fn starts() -> Vec<Start> {
    use Who::{Me, OrdinaryUser};
    const N: &str = "namespaces";
    const L: &str = "landlock";
    let capabilities: u32 = std::fs::read_to_string("/proc/sys/kernel/cap_last_cap")
        .expect("it is there")
        .trim()
        .parse()
        .expect("a number");
    vec![
        // The launcher.
        (Me, N, Fault::nth("prctl", 1), "process: ask for a death signal"),
        (Me, L, Fault::nth("prctl", 1), "process: ask for a death signal"),
        (Me, N, Fault::on("open", "/proc"), "proc: open /proc"),
        (OrdinaryUser, N, Fault::nth("unshare", 1), "user namespace: unshare"),
        (OrdinaryUser, N, Fault::on("openat", "/proc/self/setgroups"), "user namespace: write its map"),
        (OrdinaryUser, N, Fault::on("openat", "/proc/self/uid_map"), "user namespace: write its map"),
        (OrdinaryUser, N, Fault::on("openat", "/proc/self/gid_map"), "user namespace: write its map"),
        (OrdinaryUser, N, Fault::nth("unshare", 2), "namespaces: unshare mount, pid"),
        (Me, N, Fault::nth("unshare", 1), "namespaces: unshare mount, pid"),
        (Me, N, Fault::nth("clone", 1), "pid namespace: fork its first process"),
        (Me, N, Fault::nth("mount", 1), "mount namespace: make the mounts private"),
        (Me, N, Fault::nth("mount", 2), "mount namespace: mount a tmpfs on"),
        (Me, N, Fault::nth("mount", 3), "mount namespace: bind "),
        (Me, N, Fault::nth("mount", 4), "mount namespace: bind "),
        (Me, N, Fault::nth("symlink", 1), "mount namespace: bind "),
        (Me, N, Fault::nth("pivot_root", 1), "mount namespace: pivot_root"),
        (Me, N, Fault::nth("umount2", 1), "mount namespace: pivot_root"),
        (Me, N, Fault::nth("memfd_create", 1), "process: make the plan's file"),
        (Me, L, Fault::nth("memfd_create", 1), "process: make the library's file"),
        (Me, L, Fault::nth("memfd_create", 2), "process: make the plan's file"),
        (Me, L, Fault::nth("landlock_create_ruleset", 1), "landlock: ask for its version"),
        (OrdinaryUser, N, Fault::nth("landlock_create_ruleset", 1), "landlock: ask for its version"),
        (Me, N, Fault::nth("landlock_add_rule", 1), "landlock: add a rule"),
        (Me, N, Fault::nth("prctl", 2), "capabilities: drop the bounding set"),
        (Me, L, Fault::nth("setgroups", 1), "capabilities: become user"),
        (Me, N, Fault::nth("setresgid", 1), "capabilities: become user"),
        (Me, L, Fault::nth("setresuid", 1), "capabilities: become user"),
        (Me, N, Fault::nth("prctl", capabilities + 4), "no_new_privs: set it"),
        (OrdinaryUser, L, Fault::nth("prctl", 3), "no_new_privs: set it"),
        (Me, N, Fault::nth("close_range", 1), "interpreter: arrange descriptors for"),
        (OrdinaryUser, L, Fault::nth("execve", 2), "interpreter: execute"),
        // The zygote, and the first cell.
        (Me, N, Fault::nth("signalfd4", 1), "zygote: have SIGCHLD as a descriptor"),
        (Me, L, Fault::nth("madvise", 0), "zygote: have stacks empty in forks"),
        (Me, L, Fault::nth("clone", 1), "namespaces: clone the keeper"),
        (Me, N, Fault::nth("capset", 1), "capabilities: drop them"),
        (Me, L, Fault::nth("landlock_add_rule", 1), "landlock: enter the rule set"),
        (Me, N, Fault::nth("landlock_restrict_self", 1), "landlock: enter the rule set"),
        (OrdinaryUser, L, Fault::nth("landlock_restrict_self", 1), "landlock: enter the rule set"),
    ]
}

#[test]
fn a_step_that_fails_stops_the_start_and_is_named() {
    let failures = in_parallel(&starts(), 3, |(who, level, fault, expected)| {
        let wrapper = fault.wrapper();
        let wrapper: Vec<&str> = wrapper.iter().map(String::as_str).collect();
        let about = format!("{who:?} at {level}, {fault:?}");
        let Err(end) = Service::try_start_through(&wrapper, *who, &[("ISOLATION", level), ("POOL_WARM", "1")]) else {
            return Some(format!("{about}: it started"));
        };
        let is_told = end.log.contains(expected);
        (end.code != Some(1) || end.left.is_some() || !is_told)
            .then(|| format!("{about}: not `{expected}`, but {:?}, left {:?}: {}", end.code, end.left, end.log))
    });
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn start(level: &str) -> Service {
    Service::start_as(Who::OrdinaryUser, &[("ISOLATION", level), ("POOL_WARM", "1"), ("POOL_TESTS", "1")])
}

/// A small program: the right answer, or one that says that it is our fault, in time.
fn ask(service: &Service) -> Answer {
    let answer = service.execute(&json!({ "code": "print(6 * 7)", "limits": { "timeoutMs": 2000 } }));
    assert!(answer.took < PATIENCE, "{answer:?}");
    match answer.status {
        200 => assert_eq!((&answer.body["status"], &answer.body["output"]), (&json!("ok"), &json!("42")), "{answer:?}"),
        503 => assert_eq!(answer.body["code"], "UNAVAILABLE", "{answer:?}"),
        other => assert_eq!((other, &answer.body["code"]), (500, &json!("INTERNAL")), "{answer:?}"),
    }
    answer
}

/// All is well: programs, tests and `/health` say so.
fn heal(service: &Service, after: &str) {
    until(HEALED, &format!("well again after {after}\n{}", service.log()), || ask(service).status == 200);
    let graded = json!({ "code": "x = 1", "testCode": "assert x == 1" });
    until(HEALED, &format!("tests after {after}"), || service.execute(&graded).body["success"] == true);
    until(HEALED, &format!("healthy after {after}"), || {
        service.get("/health").is_some_and(|health| health.body["status"] == "healthy")
    });
}

/// Ends it: nothing is left.
fn end(mut service: Service) {
    assert_eq!(service.stop(), Some(0), "{}", service.log());
    assert_eq!(service.left_behind(), None);
}

/// What fails in keepers and cells of a running service, as their zygote's descendants, and what the log says.
fn cell_steps(level: &str) -> Vec<(Fault, &'static str)> {
    let mut steps = vec![
        (Fault::nth("clone", 0), "namespaces: clone the keeper"),
        (Fault::nth("clone", 1), "process: fork the cell"),
        (Fault::nth("capset", 1), "capabilities: drop them"),
        (Fault::nth("dup3", 1), "descriptors: put them in their places"),
        (Fault::nth("close_range", 1), "descriptors: put them in their places"),
        (Fault::nth("close_range", 2), "descriptors: put them in their places"),
        (Fault::nth("landlock_restrict_self", 1), "landlock: enter the rule set"),
        (Fault::nth("seccomp", 1), "seccomp: enter the filter"),
        (Fault::nth("prlimit64", 1), "limits: set them"),
    ];
    if level == "namespaces" {
        steps.extend([
            (Fault::nth("prctl", 1), "process: ask for a death signal"),
            (Fault::nth("openat", 1), "user namespace: write the run's map"),
            (Fault::nth("openat", 2), "user namespace: write the run's map"),
            (Fault::nth("openat", 3), "user namespace: write the run's map"),
            (Fault::nth("mount", 1), "mount namespace: mount the run's tmpfs"),
            (Fault::nth("mkdirat", 1), "mount namespace: make and enter the run's folders"),
            (Fault::nth("mkdirat", 3), "mount namespace: make and enter the run's folders"),
            (Fault::nth("chdir", 1), "mount namespace: make and enter the run's folders"),
            (Fault::nth("openat", 4), "mount namespace: make and enter the run's folders"),
            (Fault::nth("dup3", 5), "descriptors: put them in their places"),
            (Fault::nth("prctl", 2), "capabilities: drop them"),
        ]);
    } else {
        steps.extend([
            (Fault::nth("prctl", 1), "process: become the reaper of the run"),
            (Fault::nth("fchdir", 1), "mount namespace: make and enter the run's folders"),
            (Fault::nth("socketpair", 1), "seccomp: enter the filter"),
            (Fault::nth("dup3", 6), "descriptors: put them in their places"),
            (Fault::nth("prctl", 2), "no_new_privs: set it"),
            (Fault::nth("landlock_create_ruleset", 1), "landlock: enter the rule set"),
            (Fault::nth("landlock_add_rule", 1), "landlock: enter the rule set"),
            (Fault::nth("sendmsg", 1), "seccomp: enter the filter"),
        ]);
    }
    steps
}

/// Each step fails in every cell of the present zygotes: their last good cells answer, then it is told, then other
/// zygotes take over.
#[test]
fn a_step_that_fails_in_cells_is_named_and_its_zygote_replaced() {
    let failures = in_parallel(&LEVELS, 2, |level| {
        let service = start(level);
        let mut missing = Vec::new();
        for (fault, expected) in cell_steps(level) {
            let before = service.log().len();
            let attached = fault.attach(&settled_zygotes(service.pid(), 2));
            until(HEALED, &format!("{level}: {fault:?} shows\n{}", service.log()), || {
                ask(&service);
                service.log()[before..].contains("could be made")
            });
            until(HEALED, &format!("{level}: {fault:?} heals"), || ask(&service).status == 200);
            drop(attached);
            if !service.log()[before..].contains(expected) {
                missing.push(format!("{level}: {fault:?}: not `{expected}`:\n{}", &service.log()[before..]));
            }
        }
        heal(&service, "all of them");
        end(service);
        (!missing.is_empty()).then(|| missing.join("\n"))
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The same for as long as it lasts, in every new zygote too.
#[test]
fn while_no_cell_can_be_confined_nothing_runs_and_everybody_is_told() {
    let failures = in_parallel(&LEVELS, 2, |level| {
        let service = start(level);
        let mut traced = settled_zygotes(service.pid(), 2);
        traced.push(service.pid());
        let attached = Fault::nth("landlock_restrict_self", 1).attach(&traced);
        // Cells that stood before are good.
        until(HEALED, "no cell is left", || ask(&service).status == 503);
        for _ in 0..3 {
            let answer = ask(&service);
            assert_eq!(answer.status, 503, "{level}: {answer:?}");
            assert!(answer.retry_after.is_some(), "{level}: {answer:?}");
        }
        let health = service.get("/health").expect("an answer").body;
        assert_ne!(health["status"], "healthy", "{health}");
        assert!(health["reason"].as_str().is_some_and(|r| r.contains("landlock: enter the rule set")), "{health}");
        assert_eq!(service.get("/ready").expect("an answer").status, 503);
        drop(attached);
        heal(&service, "Landlock");
        end(service);
        None
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Asks until it has healed, while and after `fault` is done to the zygotes.
fn zygotes_suffer(what: &str, fault: impl Fn(u32) + Sync) {
    in_parallel(&LEVELS, 2, |level| {
        let service = start(level);
        settled_zygotes(service.pid(), 2).into_iter().for_each(&fault);
        // More than wait: some have to be made.
        for _ in 0..3 {
            ask(&service);
        }
        heal(&service, &format!("{what} at {level}"));
        end(service);
        None
    });
}

#[test]
fn killed_zygotes_are_replaced() {
    zygotes_suffer("their death", |zygote| signal(zygote, Signal::KILL));
}

#[test]
fn frozen_zygotes_are_replaced() {
    zygotes_suffer("their standstill", |zygote| signal(zygote, Signal::STOP));
}

#[test]
fn zygotes_without_memory_are_replaced() {
    zygotes_suffer("their lack of memory", |zygote| drop(limit(zygote, "as", "20000000")));
}

/// Something is done to the keeper of a run: the run is made again by another, or it is told that it was lost.
fn keepers_suffer(how: Signal) {
    in_parallel(&LEVELS, 2, |level| {
        let service = start(level);
        for code in ["import time; time.sleep(0.4); print(6 * 7)", "while True: pass"] {
            let zygotes = settled_zygotes(service.pid(), 2);
            let keepers = || zygotes.iter().flat_map(|zygote| children_of(*zygote)).collect::<Vec<u32>>();
            until(HEALED, "cells wait", || keepers().len() == 2);
            keepers().into_iter().for_each(|keeper| signal(keeper, how));
            let answer = service.execute(&json!({ "code": code, "limits": { "timeoutMs": 1000 } }));
            assert!(answer.took < Duration::from_secs(6), "{answer:?}");
            let is_right = match answer.status {
                200 => answer.body["output"] == "42" || code.starts_with("while") && answer.body["status"] == "timeout",
                status => status == 500 || status == 503,
            };
            assert!(is_right, "{level}: {answer:?}");
        }
        heal(&service, &format!("{how:?} to keepers at {level}"));
        end(service);
        None
    });
}

#[test]
fn killed_keepers_lose_no_answer() {
    keepers_suffer(Signal::KILL);
}

#[test]
fn frozen_keepers_lose_no_answer() {
    keepers_suffer(Signal::STOP);
}

/// The service stands still while tests ask a program: the time that is up by then is not the program's. One that never
/// ends is told so all the same, by a run without that.
#[test]
fn a_service_that_stood_still_blames_no_program() {
    in_parallel(&LEVELS, 2, |level| {
        let service = start(level);
        let tests = "import time\ntime.sleep(0.3)\nassert f() == 1\nassert f() == 1";
        for (code, is_right) in [("def f():\n    return 1", true), ("def f():\n    while True: pass", false)] {
            let request = json!({ "code": code, "testCode": tests, "limits": { "timeoutMs": 1500 } });
            let answer = std::thread::scope(|scope| {
                let asking = scope.spawn(|| service.execute(&request));
                std::thread::sleep(Duration::from_millis(150));
                signal(service.pid(), Signal::STOP);
                std::thread::sleep(Duration::from_millis(2500));
                signal(service.pid(), Signal::CONT);
                asking.join().expect("it does not panic")
            });
            let status = if is_right { "ok" } else { "timeout" };
            assert_eq!((answer.status, &answer.body["status"]), (200, &json!(status)), "{level}: {answer:?}");
            let result = &answer.body["testResult"];
            assert_eq!(result["passed"], is_right, "{level}: {answer:?}");
            assert!(answer.body["executionTime"].as_u64().is_some_and(|ms| ms < 2500), "{level}: {answer:?}");
            assert!(service.log().contains("the service stood still for"), "{level}: it was not run again");
        }
        end(service);
        None
    });
}

#[test]
fn a_channel_closed_within_a_frame_harms_nobody() {
    // Every descriptor beyond the three is the runner's channel, whatever its number.
    const FIND: &str = "import os, struct, stat\ndef channels():\n    for fd in range(3, 1024):\n        try:\n            \
        if stat.S_ISSOCK(os.fstat(fd).st_mode): yield fd\n        except OSError: pass\n";
    in_parallel(&LEVELS, 2, |level| {
        let service = start(level);
        for bytes in ["struct.pack('<I', 1000) + b'{\"started\"'", "b'\\xff' * 65536", "b''"] {
            let code = format!(
                "{FIND}for fd in channels():\n    os.set_blocking(fd, False)\n    try: os.write(fd, {bytes})\n    \
                 except OSError: pass\n    os.close(fd)\nprint('end', flush=True)"
            );
            let plain = service.execute(&json!({ "code": code, "limits": { "timeoutMs": 2000 } }));
            assert_eq!((plain.status, &plain.body["output"]), (200, &json!("end")), "{level}: {plain:?}");
            let graded = json!({ "code": code, "testCode": "assert 1 == 1", "limits": { "timeoutMs": 2000 } });
            let graded = service.execute(&graded);
            assert!(graded.took < Duration::from_secs(5), "{level}: {graded:?}");
            assert_eq!(graded.status, 200, "{level}: {graded:?}");
            assert_eq!(ask(&service).status, 200);
        }
        heal(&service, "broken channels");
        end(service);
        None
    });
}

/// Without mounts of their own, runs have their files on the host's disk.
#[test]
fn a_full_disk_is_not_the_learners_fault() {
    let script = "mount -t tmpfs -o size=256k,mode=777 none $TMPDIR && exec setpriv --reuid $SANDBOX_UID --regid \
                  $SANDBOX_UID --clear-groups \"$@\"";
    let settings = [("ISOLATION", "landlock"), ("POOL_WARM", "1"), ("POOL_TESTS", "1")];
    let wrapper = ["unshare", "-m", "sh", "-c", script, "sh"];
    let service = Service::start_through(&wrapper, Who::Me, &settings);
    let file = format!("/proc/{}/root{}/full", service.pid(), service.folder().display());
    // Cells that wait have their folders; what they lack is room for the program.
    let is_full = std::fs::write(&file, vec![0; 1 << 20]).is_err();
    assert!(is_full, "the disk took a file larger than it is");
    for _ in 0..3 {
        let answer = ask(&service);
        assert_ne!(answer.status, 200, "{answer:?}");
    }
    let health = service.get("/health").expect("an answer").body;
    assert_ne!(health["status"], "healthy", "{health}");
    std::fs::remove_file(&file).expect("it is there");
    heal(&service, "a full disk");
    end(service);
}

#[test]
fn a_service_without_descriptors_heals() {
    in_parallel(&LEVELS, 2, |level| {
        let service = start(level);
        heal(&service, "its start");
        let before = limit(service.pid(), "nofile", &descriptors(service.pid()).to_string());
        for _ in 0..2 {
            ask(&service);
        }
        limit(service.pid(), "nofile", &before);
        heal(&service, "lack of descriptors");
        end(service);
        None
    });
}

#[test]
fn a_user_who_may_start_no_process_heals() {
    in_parallel(&LEVELS, 2, |level| {
        let service = start(level);
        heal(&service, "its start");
        settled_zygotes(service.pid(), 2).into_iter().for_each(|zygote| drop(limit(zygote, "nproc", "0")));
        let before = limit(service.pid(), "nproc", "0");
        for _ in 0..3 {
            ask(&service);
        }
        limit(service.pid(), "nproc", &before);
        heal(&service, "lack of processes");
        end(service);
        None
    });
}

/// Limits are kept by the monotonic clock, whatever it shows. The wall clock is read for time stamps alone.
#[test]
fn another_time_changes_nothing() {
    for offset in ["0", "1000000000"] {
        let wrapper = ["unshare", "--time", "--monotonic", offset, "--boottime", offset, "--fork"];
        let mut service = Service::start_through(&wrapper, Who::Me, &[]);
        let answer = service.execute(&json!({ "code": "while True: pass", "limits": { "timeoutMs": 300 } }));
        assert_eq!(answer.body["status"], "timeout", "{answer:?}");
        assert!(answer.took < Duration::from_secs(2), "{answer:?}");
        heal(&service, "another time");
        // The wrapper waits for the service, and keeps signals to itself.
        children_of(service.pid()).into_iter().for_each(|inner| signal(inner, Signal::TERM));
        assert_eq!(service.stop(), Some(0), "{}", service.log());
        assert_eq!(service.left_behind(), None);
    }
}

/// Programs have a `/tmp` of their own: an interpreter in the host's could not be reached from there.
#[test]
fn an_interpreter_beneath_tmp_is_refused_where_it_cannot_be_had() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir_in("/tmp").expect("a folder");
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    let made = Command::new("/usr/bin/python3").args(["-m", "venv", "--without-pip"]).arg(folder.path()).status();
    assert!(made.expect("python starts").success());
    let python = folder.path().join("bin/python3");
    let python = python.to_str().expect("text");
    let settings = |level| [("PYTHON", python), ("ISOLATION", level)];
    let refused = Service::try_start_through(&[], Who::Me, &settings("namespaces")).err().expect("it is beneath /tmp");
    let reason = format!("bind {}: programs have a folder of their own there", folder.path().display());
    assert!(refused.log.contains(&reason), "{}", refused.log);
    let service = Service::start(&settings("landlock"));
    assert_eq!(service.run("import sys; print(sys.prefix)")["output"], folder.path().to_str().expect("text"));
    end(service);
}
