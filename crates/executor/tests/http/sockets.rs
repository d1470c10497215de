//! What takes a socket to be seen: time-outs, clients that go away, the end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use executor::http::server::serve_on;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::support::{Fake, app};

/// A service on a port of its own.
struct Service {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    ended: JoinHandle<()>,
}

impl Service {
    async fn start(engine: &Arc<Fake>, options: &[&str]) -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let shutdown = async { drop(stopped.await) };
        let ended = tokio::spawn(serve_on(listener, app(engine, options), shutdown));
        Service { address, stop: Some(stop), ended }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("a connection")
    }

    async fn send(&self, text: &str) -> TcpStream {
        let mut stream = self.connect().await;
        stream.write_all(text.as_bytes()).await.expect("sent");
        stream
    }

    fn stop(&mut self) {
        self.stop.take().expect("not stopped yet").send(()).expect("it listens");
    }
}

fn execute(headers: &str) -> String {
    let body = r#"{"code": "x"}"#;
    format!(
        "POST /execute HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

const CLOSE: &str = "connection: close\r\n";
const HEALTH: &str = "GET /health HTTP/1.1\r\nhost: x\r\n\r\n";

/// Everything up to the connection's end.
async fn all(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut text)).await;
    read.expect("it ends").ok();
    String::from_utf8_lossy(&text).into_owned()
}

/// One answer's head, and what came with it.
async fn some(stream: &mut TcpStream) -> String {
    let mut text = vec![0; 65_536];
    let read = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut text)).await;
    let len = read.expect("it answers").expect("bytes");
    String::from_utf8_lossy(&text[..len]).into_owned()
}

async fn eventually(what: impl Fn() -> bool) {
    let began = Instant::now();
    while !what() {
        assert!(began.elapsed() < Duration::from_secs(5), "it does not come to be");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn one_connection_many_requests() {
    let engine = Fake::greeting();
    let service = Service::start(&engine, &["--header-timeout-ms", "200", "--idle-timeout-ms", "2000"]).await;
    let mut stream = service.connect().await;
    for pause in [0, 400, 10] {
        tokio::time::sleep(Duration::from_millis(pause)).await;
        stream.write_all(execute("").as_bytes()).await.expect("sent");
        assert!(some(&mut stream).await.starts_with("HTTP/1.1 200 OK\r\n"), "after {pause} ms");
    }
}

#[tokio::test]
async fn headers_one_byte_at_a_time() {
    let engine = Fake::greeting();
    let service = Service::start(&engine, &["--header-timeout-ms", "200", "--idle-timeout-ms", "60000"]).await;
    for first in ["", HEALTH] {
        let mut stream = service.connect().await;
        if !first.is_empty() {
            stream.write_all(first.as_bytes()).await.expect("sent");
            some(&mut stream).await;
        }
        let began = Instant::now();
        while stream.write_all(b"G").await.is_ok() && began.elapsed() < Duration::from_secs(3) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(began.elapsed() < Duration::from_secs(2), "it was let go on");
    }
}

#[tokio::test]
async fn connections_without_a_request_are_closed() {
    let engine = Fake::greeting();
    let service = Service::start(&engine, &["--header-timeout-ms", "200", "--idle-timeout-ms", "300"]).await;
    assert_eq!(all(service.connect().await).await, "");
    let mut stream = service.send(HEALTH).await;
    some(&mut stream).await;
    let began = Instant::now();
    assert_eq!(all(stream).await, "");
    assert!(began.elapsed() >= Duration::from_millis(200), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_long_run_is_not_an_idle_connection() {
    let engine = Fake::greeting().taking(Duration::from_millis(700));
    let service = Service::start(&engine, &["--header-timeout-ms", "100", "--idle-timeout-ms", "100"]).await;
    assert!(all(service.send(&execute(CLOSE)).await).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_body_that_does_not_come() {
    let engine = Fake::greeting();
    let service = Service::start(&engine, &["--body-timeout-ms", "200"]).await;
    let head = "POST /execute HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    let answer = all(service.send(head).await).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("BODY_TIMEOUT"), "{answer}");
}

#[tokio::test]
async fn a_body_that_is_too_large_gets_its_answer() {
    let engine = Fake::greeting();
    let service = Service::start(&engine, &["--max-body-bytes", "100000"]).await;
    let head = format!("POST /execute HTTP/1.1\r\nhost: x\r\n{CLOSE}content-type: application/json\r\n");
    let large = "x".repeat(10 << 20);
    let announced = format!("{head}content-length: {}\r\n\r\n{large}", large.len());
    let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
    for request in [announced, chunked] {
        let answer = all(service.send(&request).await).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    }
    let asked = format!("{head}content-length: 1000000\r\nexpect: 100-continue\r\n\r\n");
    let answer = all(service.send(&asked).await).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn headers_that_are_too_large_or_too_many() {
    let engine = Fake::greeting();
    let service = Service::start(&engine, &[]).await;
    let large = format!("GET /health HTTP/1.1\r\nx: {}\r\n\r\n", "y".repeat(100_000));
    let many = format!("GET /health HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(100));
    for request in [large, many] {
        let answer = all(service.send(&request).await).await;
        assert!(answer.starts_with("HTTP/1.1 431") || answer.is_empty(), "{answer}");
    }
    assert!(all(service.send("\x16\x03\x01 no HTTP\r\n\r\n").await).await.starts_with("HTTP/1.1 400"));
}

#[tokio::test]
async fn a_client_that_goes_away_takes_its_run_along() {
    let engine = Fake::greeting().taking(Duration::from_secs(60));
    let service = Service::start(&engine, &[]).await;
    let stream = service.send(&execute("")).await;
    eventually(|| engine.running.load(Ordering::SeqCst) == 1).await;
    drop(stream);
    eventually(|| engine.running.load(Ordering::SeqCst) == 0).await;
    assert_eq!(engine.dropped.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn connections_are_counted() {
    let engine = Fake::greeting();
    let service = Service::start(&engine, &["--max-connections", "2"]).await;
    let (mut first, mut second) = (service.send(HEALTH).await, service.send(HEALTH).await);
    some(&mut first).await;
    some(&mut second).await;
    let third = all(service.connect().await).await;
    assert!(third.starts_with("HTTP/1.1 503") && third.contains("retry-after: 1"), "{third}");
    drop(first);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(some(&mut service.send(HEALTH).await).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn at_the_end_runs_finish_and_newcomers_are_told() {
    let engine = Fake::greeting().taking(Duration::from_millis(600));
    let mut service = Service::start(&engine, &[]).await;
    let idle = {
        let mut stream = service.send(HEALTH).await;
        some(&mut stream).await;
        stream
    };
    let running = service.send(&execute("")).await;
    eventually(|| engine.running.load(Ordering::SeqCst) == 1).await;
    service.stop();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let newcomer = all(service.send(&execute("")).await).await;
    assert!(newcomer.starts_with("HTTP/1.1 503") && newcomer.contains("STOPPING"), "{newcomer}");
    let ready = all(service.send("GET /ready HTTP/1.1\r\nhost: x\r\n\r\n").await).await;
    assert!(ready.starts_with("HTTP/1.1 503"), "{ready}");
    assert!(all(running).await.starts_with("HTTP/1.1 200"));
    assert_eq!(all(idle).await, "");
    service.ended.await.expect("it ends");
    TcpStream::connect(service.address).await.expect_err("nobody listens");
}

#[tokio::test]
async fn the_pause_is_kept_though_nothing_runs() {
    let mut service = Service::start(&Fake::greeting(), &["--shutdown-pause-ms", "400"]).await;
    service.stop();
    let began = Instant::now();
    while began.elapsed() < Duration::from_millis(300) {
        let answer = all(service.send(&execute("")).await).await;
        assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("STOPPING"), "{answer}");
    }
    (&mut service.ended).await.expect("it ends");
    assert!(began.elapsed() >= Duration::from_millis(400), "{:?}", began.elapsed());
}

#[tokio::test]
async fn grace_has_an_end() {
    let engine = Fake::greeting().taking(Duration::from_secs(60));
    let mut service = Service::start(&engine, &["--shutdown-grace-ms", "200"]).await;
    let running = service.send(&execute("")).await;
    eventually(|| engine.running.load(Ordering::SeqCst) == 1).await;
    service.stop();
    let began = Instant::now();
    (&mut service.ended).await.expect("it ends");
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert_eq!(engine.dropped.load(Ordering::SeqCst), 1);
    assert_eq!(all(running).await, "");
}
