//! NATS servers of a test's own, on loopback, with folders that go with them.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Debian's place; what is in `PATH` does as well.
const PROGRAM: &str = "/usr/sbin/nats-server";
/// How long a server may take to listen.
const START: Duration = Duration::from_secs(20);

/// One server, or several that are a cluster. Dropped, they are killed.
#[derive(Debug)]
pub struct Servers {
    folder: tempfile::TempDir,
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    port: u16,
    config: PathBuf,
    child: Option<Child>,
}

impl Servers {
    /// Starts one.
    pub fn one() -> Servers {
        Servers::start(1, "")
    }

    /// Starts three that are a cluster.
    pub fn three() -> Servers {
        Servers::start(3, "")
    }

    /// Starts one that asks for this user and password.
    pub fn guarded(user: &str, password: &str) -> Servers {
        Servers::start(1, &format!("authorization {{ user: \"{user}\", password: \"{password}\" }}\n"))
    }

    /// Starts one that speaks TLS alone, with a certificate that [`Servers::certificate`] alone vouches for.
    pub fn with_tls() -> Servers {
        let folder = tempfile::tempdir().expect("a folder");
        let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
        let made = Command::new("openssl")
            .args("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test".split(' '))
            .args(["-addext", "basicConstraints=critical,CA:FALSE", "-addext", "subjectAltName=IP:127.0.0.1"])
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&certificate)
            .stderr(Stdio::null())
            .status()
            .expect("openssl starts: apt-get install openssl");
        assert!(made.success(), "openssl: {made}");
        let tls = format!("tls {{ cert_file: \"{}\", key_file: \"{}\" }}\n", certificate.display(), key.display());
        Servers::start_in(folder, 1, &tls)
    }

    /// Of [`Servers::with_tls`].
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("cert.pem")
    }

    fn start(count: usize, more: &str) -> Servers {
        Servers::start_in(tempfile::tempdir().expect("a folder"), count, more)
    }

    fn start_in(folder: tempfile::TempDir, count: usize, more: &str) -> Servers {
        let ports = free_ports(2 * count);
        let (clients, routes) = ports.split_at(count);
        let all: Vec<String> = routes.iter().map(|port| format!("nats-route://127.0.0.1:{port}")).collect();
        let mut nodes = Vec::new();
        for (n, port) in clients.iter().copied().enumerate() {
            let store = folder.path().join(format!("store-{n}"));
            let mut text = format!(
                "server_name: n{n}\nlisten: \"127.0.0.1:{port}\"\n{more}jetstream {{ store_dir: \"{}\" }}\n",
                store.display()
            );
            if count > 1 {
                let (own, all) = (routes[n], all.join(", "));
                text += &format!("cluster {{ name: test, listen: \"127.0.0.1:{own}\", routes: [{all}] }}\n");
            }
            let config = folder.path().join(format!("{n}.conf"));
            std::fs::write(&config, text).expect("written");
            nodes.push(Node { port, config, child: None });
        }
        let mut servers = Servers { folder, nodes };
        (0..count).for_each(|n| servers.begin(n));
        (0..count).for_each(|n| servers.wait_for(n));
        servers
    }

    /// The address of all of them.
    pub fn url(&self) -> String {
        format!("nats://{}", self.hosts())
    }

    /// Their hosts and ports.
    pub fn hosts(&self) -> String {
        self.nodes.iter().map(|node| format!("127.0.0.1:{}", node.port)).collect::<Vec<_>>().join(",")
    }

    /// Kills one, as a machine that is switched off.
    pub fn kill(&mut self, n: usize) {
        if let Some(mut child) = self.nodes[n].child.take() {
            child.kill().expect("killed");
            child.wait().expect("it ends");
        }
    }

    /// Starts one again that was killed, with what it had kept.
    pub fn start_again(&mut self, n: usize) {
        self.begin(n);
        self.wait_for(n);
    }

    fn begin(&mut self, n: usize) {
        let log = std::fs::File::create(self.folder.path().join(format!("{n}.log"))).expect("a log");
        let program = if std::path::Path::new(PROGRAM).exists() { PROGRAM } else { "nats-server" };
        let child = Command::new(program)
            .arg("-c")
            .arg(&self.nodes[n].config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("nats-server starts: apt-get install nats-server");
        self.nodes[n].child = Some(child);
    }

    fn wait_for(&mut self, n: usize) {
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.nodes[n].port)).is_err() {
            let log = || std::fs::read_to_string(self.folder.path().join(format!("{n}.log"))).unwrap_or_default();
            assert!(begun.elapsed() < START, "nats-server does not listen: {}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        for node in &mut self.nodes {
            if let Some(mut child) = node.child.take() {
                let _ = child.kill();
                let _ = child.wait();
            }
        }
    }
}

/// Ports that nobody has now.
fn free_ports(count: usize) -> Vec<u16> {
    let listeners: Vec<TcpListener> =
        (0..count).map(|_| TcpListener::bind("127.0.0.1:0").expect("a free port")).collect();
    listeners.iter().map(|listener| listener.local_addr().expect("it has an address").port()).collect()
}
