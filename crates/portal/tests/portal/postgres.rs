//! PostgreSQL servers of the tests' own, on loopback, from Debian's packages.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sqlx::{Connection, Executor, PgConnection};

/// A server; it ends with whoever holds it, or with this process.
pub struct Server {
    folder: PathBuf,
    port: u16,
    running: Option<Child>,
}

/// Debian's programs of the newest version.
fn program(name: &str) -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|v| v.path().join("bin").join(name)).filter(|p| p.is_file()).collect();
    found.sort();
    found.pop().unwrap_or_else(|| panic!("PostgreSQL's {name} is missing: run `cargo xtask setup`"))
}

/// PostgreSQL refuses to run as root: then it runs as the user of Debian's package.
fn user() -> Option<(u32, u32)> {
    rustix::process::geteuid().is_root().then(|| {
        let users = std::fs::read_to_string("/etc/passwd").expect("users");
        let line = users.lines().find(|line| line.starts_with("postgres:")).expect("the package's user");
        let fields: Vec<&str> = line.split(':').collect();
        (fields[2].parse().expect("a number"), fields[3].parse().expect("a number"))
    })
}

fn command(name: &str) -> Command {
    let mut command = Command::new(program(name));
    if let Some((uid, gid)) = user() {
        command.uid(uid).gid(gid);
    }
    command.env_clear().env("LC_ALL", "C.UTF-8").current_dir("/");
    command
}

impl Server {
    /// A new, empty one.
    pub fn start() -> Server {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("postgres-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("made");
        if let Some((uid, gid)) = user() {
            std::os::unix::fs::chown(&folder, Some(uid), Some(gid)).expect("given");
        }
        let password = folder.join("password");
        std::fs::write(&password, "test").expect("written");
        let mut initdb = command("initdb");
        initdb.args(["--username=test", "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"]);
        initdb.arg("--pwfile").arg(&password).arg("--pgdata").arg(folder.join("data"));
        let output = initdb.output().expect("initdb starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let mut server = Server { folder, port, running: None };
        server.up();
        server
    }

    /// Starts it again.
    pub fn up(&mut self) {
        // A shell that ends the server when this process, and with it the pipe, is gone.
        let script = r#""$@" & pid=$!; trap 'kill -INT $pid' TERM; cat > /dev/null; kill -INT $pid; wait $pid"#;
        let mut shell = Command::new("/bin/sh");
        if let Some((uid, gid)) = user() {
            shell.uid(uid).gid(gid);
        }
        shell.env_clear().env("PATH", "/usr/bin:/bin").current_dir("/");
        shell.args(["-c", script, "sh"]).arg(program("postgres")).arg("-D").arg(self.folder.join("data"));
        shell.args([
            "-p",
            &self.port.to_string(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
        ]);
        let log = std::fs::File::create(self.folder.join("log")).expect("a log");
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(log);
        self.running = Some(shell.spawn().expect("it starts"));
        let begun = Instant::now();
        while !self.answers() {
            assert!(begun.elapsed() < Duration::from_secs(30), "{}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Stops it.
    pub fn down(&mut self) {
        if let Some(mut shell) = self.running.take() {
            drop(shell.stdin.take());
            let _ = shell.wait();
        }
    }

    fn answers(&self) -> bool {
        let mut ready = command("pg_isready");
        ready
            .args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()])
            .status()
            .is_ok_and(|status| status.success())
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// The address of a database.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://test:test@127.0.0.1:{}/{database}", self.port)
    }

    /// A new database: its address.
    pub async fn database(&self) -> String {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}", MADE.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&self.url("postgres")).await.expect("the server answers");
        let statement = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
        connection.execute(statement).await.expect("made");
        self.url(&name)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.down();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The server that tests share; each has a database of its own in it.
pub fn shared() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        remove_old();
        Server::start()
    })
}

/// Folders of test runs that are over: a static is never dropped.
fn remove_old() {
    for entry in std::fs::read_dir(env!("CARGO_TARGET_TMPDIR")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let pid = name.strip_prefix("postgres-").and_then(|rest| rest.split('-').next()?.parse::<u32>().ok());
        if pid.is_some_and(|pid| !Path::new(&format!("/proc/{pid}")).exists()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
