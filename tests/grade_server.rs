//! `grade --server` against the real service: its jobs, its death in the middle, connections that are cut, and the end of
//! the command itself. What was run is counted by the programs: the service's own count of runs, and of deliveries.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tests::{Service, free_port};

const TESTS: &str = "assert f(1) == 2\nassert f(2) == 3\n";
const RIGHT: &str = "def f(x): return x + 1\n";
const SLOW: &str = "import time\ntime.sleep(0.25)\ndef f(x): return x + 1\n";

/// A folder with the tests and some submissions.
fn folder(submissions: &[(String, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("tests.py"), TESTS).expect("it can be written");
    fs::create_dir(folder.path().join("all")).expect("it can be made");
    for (name, text) in submissions {
        fs::write(folder.path().join("all").join(name), text).expect("it can be written");
    }
    folder
}

fn slow(number: usize) -> Vec<(String, &'static str)> {
    (0..number).map(|n| (format!("slow{n:02}.py"), SLOW)).collect()
}

/// A service with its jobs in this folder.
fn service(folder: &Path, port: u16, more: &[(&str, &str)]) -> Service {
    let url = format!("sqlite://{}", folder.join("jobs.db").display());
    let port = port.to_string();
    // A short lease: what a killed service had is delivered again soon.
    let settings = [("JOBS_URL", &*url), ("PORT", &*port), ("JOBS_LEASE_MS", "2000"), ("JOBS_WORKERS", "2")];
    Service::start(&[&settings, more].concat())
}

/// The command, with results as JSON.
fn grade(folder: &Path, url: &str, more: &[&str]) -> Command {
    asked(folder, url, &[&["--format", "json"], more].concat())
}

fn asked(folder: &Path, url: &str, more: &[&str]) -> Command {
    let mut command = Command::new(tests::binary());
    command.args(["grade", "all", "--tests", "tests.py", "--server", url]).args(more);
    command
        .current_dir(folder)
        .env_remove("API_KEY")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn output(mut command: Command) -> Output {
    command.output().expect("the binary is there")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Total, passed, not graded.
fn totals(output: &Output) -> (u64, u64, u64) {
    let all: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let number = |name: &str| all[name].as_u64().expect("a number");
    (number("total"), number("passed"), number("notGraded"))
}

/// How many results are kept.
fn kept(folder: &Path) -> usize {
    let text = fs::read_to_string(folder.join("tests.py.grades.jsonl")).unwrap_or_default();
    text.lines().filter(|line| line.contains("\"result\":")).count()
}

fn wait_for_results(folder: &Path, number: usize) {
    let begun = Instant::now();
    while kept(folder) < number {
        assert!(begun.elapsed() < tests::patiently(Duration::from_secs(30)), "only {} results", kept(folder));
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Programs that a service has run since its start.
fn runs(service: &Service) -> u64 {
    let mut answer = ureq::get(format!("{}/metrics", service.url)).call().expect("an answer");
    let text = answer.body_mut().read_to_string().expect("text");
    let lines = text.lines().filter(|line| line.starts_with("python_executor_runs_total{"));
    lines.map(|line| line.rsplit(' ').next().and_then(|n| n.parse::<u64>().ok()).expect("a number")).sum()
}

fn end(mut child: Child, signal: Signal) -> Output {
    kill_process(Pid::from_child(&child), signal).expect("it is there");
    let status = child.wait().expect("it ends");
    let mut stderr = Vec::new();
    child.stderr.take().expect("piped").read_to_end(&mut stderr).expect("readable");
    Output { status, stdout: Vec::new(), stderr }
}

#[test]
fn a_service_grades_as_this_machine_does() {
    let submissions = [
        ("right.py".to_owned(), RIGHT),
        ("wrong.py".to_owned(), "def f(x): return 2\n"),
        ("broken.py".to_owned(), "def f(x:\n"),
        ("empty.py".to_owned(), "\n"),
        ("endless.py".to_owned(), "while True: pass\n"),
        ("long.py".to_owned(), &*format!("{RIGHT}#{}", "x".repeat(60_000)).leak()),
    ];
    let folder = folder(&submissions);
    let service = service(folder.path(), free_port(), &[]);
    let there = output(grade(folder.path(), &service.url, &["--timeout-ms", "1000"]));
    assert_eq!(there.status.code(), Some(0), "{}", text(&there.stderr));
    let mut here = Command::new(tests::binary());
    here.args(["grade", "all", "--tests", "tests.py", "--format", "json", "--timeout-ms", "1000", "--resume", "here"]);
    here.current_dir(folder.path()).env("PYTHON", &tests::interpreters()[0]);
    let here = here.output().expect("the binary is there");
    let brief = |output: &Output| -> Vec<String> {
        let all: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let of = |s: &Value| {
            format!("{} {} {} {}/{}", s["name"], s["passed"], s["status"], s["casesPassed"], s["casesTotal"])
        };
        all["submissions"].as_array().expect("a list").iter().map(of).collect()
    };
    assert_eq!(brief(&there), brief(&here));
    assert_eq!(brief(&there).len(), 6);
    // Nothing is asked twice; what changed is.
    let before = runs(&service);
    let again = output(grade(folder.path(), &service.url, &["--timeout-ms", "1000"]));
    assert!(text(&again.stderr).contains("4 of 6 are unchanged and were not run again"), "{}", text(&again.stderr));
    assert_eq!(runs(&service), before);
    let fresh = output(grade(folder.path(), &service.url, &["--timeout-ms", "1000", "--fresh"]));
    assert_eq!((totals(&fresh), runs(&service)), (totals(&there), before + 4), "what is asked anew is run anew");
    // Each form is that of a grade on this machine.
    for (form, part) in
        [("csv", "right,true,2,2,ok"), ("junit", "<testsuite name=\"right\""), ("table", "1 of 6 passed")]
    {
        let command = asked(folder.path(), &service.url, &["--timeout-ms", "1000", "--format", form]);
        let shown = output(command);
        assert!(shown.status.success() && text(&shown.stdout).contains(part), "{form}: {}", text(&shown.stdout));
    }
}

#[test]
fn a_service_that_is_killed_loses_nothing() {
    let folder = folder(&slow(24));
    let port = free_port();
    let mut first = service(folder.path(), port, &[]);
    let child = grade(folder.path(), &first.url, &[]).spawn().expect("it starts");
    wait_for_results(folder.path(), 4);
    first.kill();
    assert!(kept(folder.path()) < 24, "it was not in the middle");
    std::thread::sleep(Duration::from_millis(700));
    let second = service(folder.path(), port, &[]);
    let done = child.wait_with_output().expect("it ends");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!((totals(&done), kept(folder.path())), ((24, 24, 0), 24));
    // What the first one had finished the second did not run again.
    assert!(runs(&second) < 24, "{} runs", runs(&second));
}

#[test]
fn the_command_can_be_ended_and_goes_on() {
    let folder = folder(&slow(24));
    let service = service(folder.path(), free_port(), &[]);
    let child = grade(folder.path(), &service.url, &[]).spawn().expect("it starts");
    wait_for_results(folder.path(), 3);
    let stopped = end(child, Signal::INT);
    assert_eq!(stopped.status.code(), Some(130));
    let said = text(&stopped.stderr);
    assert!(said.contains("of 24 are graded; the same command goes on from there"), "{said}");
    let child = grade(folder.path(), &service.url, &[]).spawn().expect("it starts");
    let before = kept(folder.path());
    wait_for_results(folder.path(), before + 3);
    assert_eq!(end(child, Signal::KILL).status.code(), None);
    let before = kept(folder.path());
    assert!(before < 24, "it was not in the middle");
    let done = output(grade(folder.path(), &service.url, &[]));
    assert_eq!((done.status.code(), totals(&done)), (Some(0), (24, 24, 0)), "{}", text(&done.stderr));
    assert!(text(&done.stderr).contains(&format!("{before} of 24 are unchanged")), "{}", text(&done.stderr));
    assert_eq!(runs(&service), 24, "nothing was run twice");
}

/// Passes bytes on to a service, and closes each connection after so many of its bytes.
fn cutting_proxy(to: SocketAddr, after: usize) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let cuts = Arc::new(AtomicUsize::new(0));
    let counted = cuts.clone();
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let Ok(service) = TcpStream::connect(to) else { continue };
            let (mut up, mut there) = (client.try_clone().expect("a clone"), service.try_clone().expect("a clone"));
            std::thread::spawn(move || std::io::copy(&mut up, &mut there));
            let cuts = counted.clone();
            std::thread::spawn(move || {
                let (mut from, mut back, mut left, mut bytes) = (service, client, after, [0; 512]);
                while let Ok(read @ 1..) = from.read(&mut bytes) {
                    let some = read.min(left);
                    if back.write_all(&bytes[..some]).is_err() {
                        break;
                    }
                    left -= some;
                    if left == 0 {
                        cuts.fetch_add(1, Ordering::Relaxed);
                        break;
                    }
                }
                let _ = back.shutdown(std::net::Shutdown::Both);
                let _ = from.shutdown(std::net::Shutdown::Both);
            });
        }
    });
    (url, cuts)
}

#[test]
fn connections_that_are_cut_are_taken_up_again() {
    let folder = folder(&slow(24));
    let service = service(folder.path(), free_port(), &[]);
    let address = service.url.trim_start_matches("http://").parse().expect("an address");
    // Long enough for the health and the ids of a batch, too short for all of its events.
    let (url, cuts) = cutting_proxy(address, 8000);
    let done = output(grade(folder.path(), &url, &[]));
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!((totals(&done), kept(folder.path()), runs(&service)), ((24, 24, 0), 24, 24));
    assert!(cuts.load(Ordering::Relaxed) >= 2, "{cuts:?}: the proxy did nothing");
}

#[test]
fn what_cannot_be_is_said() {
    let folder = folder(&[("right.py".into(), RIGHT)]);
    let keyed = service(folder.path(), free_port(), &[("API_KEYS", "a-long-key-of-a-school,another-long-key-indeed")]);
    fs::write(folder.path().join("key"), "a-long-key-of-a-school\n").expect("written");
    let ended = |more: &[&str], url: &str| {
        let output = output(grade(folder.path(), url, more));
        (output.status.code(), text(&output.stderr))
    };
    let (code, said) = ended(&[], &keyed.url);
    assert!(code == Some(64) && said.contains("--key-file or API_KEY"), "{code:?} {said}");
    assert_eq!(ended(&["--key-file", "key"], &keyed.url).0, Some(0));
    let mut by_variable = grade(folder.path(), &keyed.url, &["--fresh"]);
    by_variable.env("API_KEY", "another-long-key-indeed");
    assert_eq!(output(by_variable).status.code(), Some(0));
    for (more, part) in [
        (&["--python", "/usr/bin/python3"][..], "--python names an interpreter of this machine"),
        (&["--isolation", "landlock"], "--isolation is for the sandbox of this machine"),
        (&["--jobs", "2"], "--jobs is for the processors of this machine"),
        (&["--key-file", "nowhere"], "--key-file nowhere"),
        (&["--key-file", "key", "--fresh", "--timeout-ms", "80000000"], "limits.timeoutMs"),
    ] {
        let (code, said) = ended(more, &keyed.url);
        assert!(code == Some(64) && said.contains(part), "{more:?}: {code:?} {said}");
    }
    let (code, said) = ended(&[], "http://me:secret@127.0.0.1");
    assert!(code == Some(64) && !said.contains("secret"), "{code:?} {said}");
    let (code, said) = ended(&[], &format!("http://127.0.0.1:{}", free_port()));
    assert!(code == Some(125) && said.contains("0 of 1 are graded"), "{code:?} {said}");
    let off = Service::start(&[("JOBS_URL", "off")]);
    let (code, said) = ended(&[], &off.url);
    assert!(code == Some(125) && said.contains("takes no jobs"), "{code:?} {said}");
}

#[test]
fn a_small_queue_and_small_bodies_are_enough() {
    let submissions: Vec<(String, &str)> = (0..20).map(|n| (format!("s{n}.py"), RIGHT)).collect();
    let folder = folder(&submissions);
    let service = service(folder.path(), free_port(), &[("JOBS_QUEUE", "4"), ("MAX_BODY_BYTES", "2048")]);
    let done = output(grade(folder.path(), &service.url, &[]));
    assert_eq!((done.status.code(), totals(&done)), (Some(0), (20, 20, 0)), "{}", text(&done.stderr));
    assert_eq!(runs(&service), 20);
}

/// Decrypts what comes and passes it on: arguments are a certificate with its key, and the service's port.
const DECRYPTING_PROXY: &str = "
import socket, ssl, sys, threading
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
listener = socket.create_server(('127.0.0.1', 0))
print(listener.getsockname()[1], flush=True)
def copy(one, other):
    try:
        while some := one.recv(65536):
            other.sendall(some)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass
def serve(client):
    try:
        client = context.wrap_socket(client, server_side=True)
    except OSError:
        return
    service = socket.create_connection(('127.0.0.1', int(sys.argv[2])))
    threading.Thread(target=copy, args=(client, service), daemon=True).start()
    copy(service, client)
    client.close()
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
";

/// A certificate for this machine, and its key, in one file.
fn certificate(folder: &Path, name: &str) -> String {
    let (pem, key) = (folder.join(name), folder.join("key.pem"));
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]);
    openssl.args(["-subj", "/CN=grade", "-addext", "subjectAltName=IP:127.0.0.1"]);
    openssl.args(["-addext", "basicConstraints=critical,CA:FALSE"]).arg("-out").arg(&pem).arg("-keyout").arg(&key);
    let made = openssl.output().expect("openssl is there: `cargo xtask setup` brings it");
    assert!(made.status.success(), "{}", text(&made.stderr));
    let both = [fs::read(&pem).expect("made"), fs::read(&key).expect("made")].concat();
    fs::write(&pem, both).expect("it can be written");
    pem.to_str().expect("text").to_owned()
}

#[test]
fn https_is_for_whom_this_machine_trusts() {
    let folder = folder(&[("right.py".into(), RIGHT)]);
    let service = service(folder.path(), free_port(), &[]);
    let [own, other] = ["own.pem", "other.pem"].map(|name| certificate(folder.path(), name));
    let port = service.url.rsplit(':').next().expect("a port");
    let mut proxy = Command::new("/usr/bin/python3");
    let mut proxy =
        proxy.args(["-c", DECRYPTING_PROXY, &own, port]).stdout(Stdio::piped()).spawn().expect("python is there");
    let mut line = String::new();
    BufReader::new(proxy.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
    let url = format!("https://127.0.0.1:{}", line.trim());
    let trusting = |file: &str| {
        let mut command = grade(folder.path(), &url, &[]);
        command.env("SSL_CERT_FILE", file);
        output(command)
    };
    let refused = trusting(&other);
    let said = text(&refused.stderr);
    assert!(refused.status.code() == Some(125) && said.contains("certificate"), "{said}");
    let done = trusting(&own);
    let _ = proxy.kill();
    let _ = proxy.wait();
    assert_eq!((done.status.code(), totals(&done)), (Some(0), (1, 1, 0)), "{}", text(&done.stderr));
}
