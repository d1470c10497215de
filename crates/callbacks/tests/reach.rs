//! Where callbacks really go: servers on loopback, names that mean what a test wants.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use callbacks::guard::{Allow, Refused};
use callbacks::sign::Secret;
use callbacks::{CallError, Caller, Settings};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// What a name means, one answer after the other; the last stays.
#[derive(Default, Clone)]
struct Names(Arc<Mutex<HashMap<String, Vec<Vec<SocketAddr>>>>>);

impl Names {
    fn with(self, name: &str, answers: &[&[&str]]) -> Names {
        let answers = answers.iter().map(|all| all.iter().map(|one| one.parse().expect(one)).collect()).collect();
        self.0.lock().expect("not poisoned").insert(name.into(), answers);
        self
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let mut names = self.0.lock().expect("not poisoned");
        let answers = names.get_mut(name.as_str()).unwrap_or_else(|| panic!("{} is asked for", name.as_str()));
        let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
        Box::pin(async move { Ok(Box::new(answer.into_iter()) as Addrs) })
    }
}

/// A server that answers the n-th request with the n-th of these, the last again and again.
struct Server {
    port: u16,
    seen: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

async fn serve(answers: &[&str]) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (seen, connections) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicUsize::new(0)));
    let (all, count) = (seen.clone(), connections.clone());
    let answers: Vec<String> = answers.iter().map(|answer| answer.replace("{PORT}", &port.to_string())).collect();
    tokio::spawn(async move {
        loop {
            let Ok((mut stream, _)) = listener.accept().await else { return };
            let nth = count.fetch_add(1, Ordering::SeqCst);
            let answer = answers[nth.min(answers.len() - 1)].clone();
            let all: Arc<Mutex<Vec<String>>> = all.clone();
            tokio::spawn(async move {
                let mut text = Vec::new();
                let mut part = [0; 4096];
                while !String::from_utf8_lossy(&text).ends_with("\"end\"}") {
                    match stream.read(&mut part).await {
                        Ok(0) | Err(_) => return,
                        Ok(read) => text.extend_from_slice(&part[..read]),
                    }
                }
                all.lock().expect("not poisoned").push(String::from_utf8_lossy(&text).into_owned());
                let _ = stream.write_all(answer.as_bytes()).await;
                if answer.contains("endless") {
                    while stream.write_all(&[b'x'; 65536]).await.is_ok() {}
                }
                if answer.is_empty() {
                    tokio::time::sleep(Duration::from_secs(60)).await;
                }
            });
        }
    });
    Server { port, seen, connections }
}

const OK: &str = "HTTP/1.1 204 No Content\r\n\r\n";
const BODY: &[u8] = br#"{"what":"end"}"#;

fn caller(allow: &[&str], names: Names) -> Caller {
    let settings = Settings {
        secrets: vec![Secret::of("a secret that is long enough").expect("usable")],
        allow: Allow::of(allow.iter().copied()).expect("usable"),
        timeout: Duration::from_secs(2),
    };
    Caller::asking(settings, names).expect("callbacks")
}

async fn tell(caller: &Caller, url: &str) -> Result<(), CallError> {
    caller.tell(url, "job_1", BODY.into()).await
}

#[tokio::test]
async fn a_callback_arrives_signed_and_whole() {
    let server = serve(&[OK]).await;
    let caller = caller(&["127.0.0.1"], Names::default());
    tell(&caller, &format!("http://127.0.0.1:{}/graded?x=1", server.port)).await.expect("taken");
    let seen = server.seen.lock().expect("not poisoned")[0].clone();
    let head = seen.to_lowercase();
    assert!(
        seen.starts_with("POST /graded?x=1 HTTP/1.1\r\n") && seen.ends_with("\r\n\r\n{\"what\":\"end\"}"),
        "{seen}"
    );
    for part in ["content-type: application/json", "webhook-id: job_1", "webhook-timestamp: ", "webhook-signature: v1,"]
    {
        assert!(head.contains(part), "{part}: {seen}");
    }
    assert!(!head.contains("authorization") && !head.contains("cookie") && !head.contains("referer"), "{seen}");
}

#[tokio::test]
async fn what_is_not_public_is_not_reached() {
    let server = serve(&[OK]).await;
    let target = format!("127.0.0.1:{}", server.port);
    let names = Names::default()
        .with("inside.example", &[&[&target]])
        .with("metadata.example", &[&["169.254.169.254:80"]])
        .with("six.example", &[&["[::1]:80", "[fd00:ec2::254]:80", "[::ffff:127.0.0.1]:80"]]);
    let caller = caller(&[], names);
    for host in ["inside.example", "metadata.example", "six.example"] {
        let url = format!("http://{host}:{}/", server.port);
        caller.check(&url).expect("nothing is known of it yet");
        let told = tell(&caller, &url).await;
        assert!(matches!(told, Err(CallError::Refused(Refused::Address(_)))), "{host}: {told:?}");
    }
    for host in ["127.0.0.1", "127.1", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]"] {
        let url = format!("http://{host}:{}/", server.port);
        assert!(caller.check(&url).is_err(), "{host}");
        assert!(matches!(tell(&caller, &url).await, Err(CallError::Refused(_))), "{host}");
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}

/// The name meant something public when it was given, and means loopback when it is called; or both at once.
#[tokio::test]
async fn a_name_that_changes_its_mind_gains_nothing() {
    let server = serve(&[OK]).await;
    let target = format!("127.0.0.1:{}", server.port);
    // 127.0.0.2, where nobody listens, stands for the public one here: nothing leaves this machine.
    let names = Names::default()
        .with("rebinding.example", &[&["127.0.0.2:0"], &[&target]])
        .with("both.example", &[&[&target, "127.0.0.2:0"]]);
    let caller = caller(&["127.0.0.2"], names);
    let url = format!("http://rebinding.example:{}/", server.port);
    caller.check(&url).expect("nothing is known of it yet");
    let told = tell(&caller, &url).await;
    assert!(matches!(told, Err(CallError::Away(_))), "{told:?}");
    let told = tell(&caller, &url).await;
    assert!(matches!(told, Err(CallError::Refused(_))), "{told:?}");
    assert!(!told.expect_err("refused").to_string().contains("127"), "what it means inside is not told");
    let told = tell(&caller, &format!("http://both.example:{}/", server.port)).await;
    assert!(matches!(told, Err(CallError::Away(_))), "the allowed one alone is tried: {told:?}");
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn redirects_are_judged_as_the_first_address_was() {
    let inside = serve(&[OK]).await;
    let to = |place: &str| format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: {place}\r\ncontent-length: 0\r\n\r\n");
    let port = inside.port;
    let names =
        Names::default().with("allowed.example", &[&["127.0.0.1:0"]]).with("sneaky.example", &[&["127.0.0.1:0"]]);
    let places = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://sneaky.example:{port}/"),
        format!("//127.0.0.1:{port}/"),
        "file:///etc/passwd".to_owned(),
        format!("http://user@allowed.example:{port}/"),
    ];
    for place in places {
        let server = serve(&[&to(&place)]).await;
        let caller = caller(&["allowed.example"], names.clone());
        let told = tell(&caller, &format!("http://allowed.example:{}/", server.port)).await;
        assert!(matches!(told, Err(CallError::Refused(_))), "{place}: {told:?}");
        assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    }
    assert_eq!(inside.connections.load(Ordering::SeqCst), 0);
    // A fair one is followed, with the same body, and not for ever.
    let server = serve(&[&to("/there"), OK]).await;
    let caller = caller(&["allowed.example"], names);
    tell(&caller, &format!("http://allowed.example:{}/here", server.port)).await.expect("taken");
    let seen = server.seen.lock().expect("not poisoned").clone();
    assert!(seen[1].starts_with("POST /there ") && seen[1].ends_with("{\"what\":\"end\"}"), "{seen:?}");
    let circle = serve(&[&to("/again")]).await;
    let told = tell(&caller, &format!("http://allowed.example:{}/", circle.port)).await;
    assert!(matches!(told, Err(CallError::Redirect(_))), "{told:?}");
    assert_eq!(circle.connections.load(Ordering::SeqCst), 4);
    // What would make a GET of it is no answer.
    let found = serve(&["HTTP/1.1 302 Found\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n"]).await;
    let told = tell(&caller, &format!("http://allowed.example:{}/", found.port)).await;
    assert!(matches!(told, Err(CallError::Status(302))), "{told:?}");
}

#[tokio::test]
async fn servers_that_waste_our_time() {
    let caller = caller(&["127.0.0.1"], Names::default());
    let begun = Instant::now();
    let silent = serve(&[""]).await;
    let told = tell(&caller, &format!("http://127.0.0.1:{}/", silent.port)).await;
    assert!(matches!(told, Err(CallError::Late)), "{told:?}");
    assert!(begun.elapsed() < Duration::from_secs(4));
    // Its status is all that is wanted of it.
    let begun = Instant::now();
    let endless = serve(&["HTTP/1.1 200 OK\r\nx-kind: endless\r\n\r\n"]).await;
    tell(&caller, &format!("http://127.0.0.1:{}/", endless.port)).await.expect("taken");
    assert!(begun.elapsed() < Duration::from_secs(1));
    for (answer, status) in [("500 Oops", 500), ("410 Gone", 410), ("404 Not Found", 404)] {
        let server = serve(&[&format!("HTTP/1.1 {answer}\r\ncontent-length: 0\r\n\r\n")]).await;
        let told = tell(&caller, &format!("http://127.0.0.1:{}/", server.port)).await;
        assert!(matches!(&told, Err(CallError::Status(code)) if *code == status), "{told:?}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address");
    assert!(matches!(tell(&caller, &format!("http://{closed}/")).await, Err(CallError::Away(_))));
}

/// It would resolve names and connect by itself, and nothing here would be asked.
#[test]
fn a_proxy_of_the_environment_is_not_used() {
    let mut test = std::process::Command::new(std::env::current_exe().expect("this test"));
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        test.env(variable, "http://127.0.0.1:9");
    }
    let test = test.args(["--exact", "a_callback_arrives_signed_and_whole"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&test.stdout);
    assert!(test.status.success() && said.contains("1 passed"), "{said}");
}
