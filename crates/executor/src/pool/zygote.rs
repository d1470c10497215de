//! A zygote, from the service's side: its launcher, its command socket.

use std::io::IoSlice;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rustix::net::{
    AddressFamily, SendAncillaryBuffer, SendAncillaryMessage, SendFlags, SocketFlags, SocketType, sendmsg, socketpair,
};
use sandbox::abi::{AT_ONCE, CELL_FAILED, MAKE_CELL, MAKE_CELL_IN_GROUP, REHEARSED, Step, ZYGOTE_READY};
use sandbox::level::Layer;
use sandbox::spec::{LaunchFailure, LaunchSpec, LauncherWord};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::UnixDatagram;
use tokio::process::{Child, Command};
use tokio::sync::watch;

/// How long a launcher may take to become a warm zygote.
const LAUNCH_PATIENCE: Duration = Duration::from_secs(30);

/// A warm zygote. Dropping the last handle closes its command socket, and it goes.
#[derive(Debug)]
pub struct Zygote {
    command: Arc<UnixDatagram>,
    dead: Arc<AtomicBool>,
    forks: AtomicU64,
    born: Instant,
    worn: AtomicBool,
    layers: Vec<Layer>,
    reaped: watch::Receiver<bool>,
    complaint: watch::Receiver<String>,
}

/// Knows when a zygote's launcher has been reaped.
#[derive(Debug)]
pub struct Gone(watch::Receiver<bool>);

impl Gone {
    /// Waits for it, at most a few seconds.
    pub async fn wait(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(4), self.0.wait_for(|gone| *gone)).await;
    }
}

/// Why there is no zygote.
#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    /// A layer of the outer sandbox could not be built.
    #[error(transparent)]
    Layer(#[from] LaunchFailure),
    /// The interpreter did not get as far as to be warm.
    #[error("the interpreter {0} did not start: {1}")]
    Interpreter(String, String),
    /// It is warm, and no cell came of it.
    #[error("a cell could not be made")]
    Cell(#[source] std::io::Error),
    /// The launcher could not be executed or spoken to.
    #[error("the launcher could not be started")]
    Start(#[from] std::io::Error),
}

impl Zygote {
    /// Launches one and waits until it is warm.
    ///
    /// # Errors
    /// See [`LaunchError`].
    pub async fn launch(spec: &LaunchSpec) -> Result<Zygote, LaunchError> {
        let (ours, theirs) = socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, SocketFlags::CLOEXEC, None)
            .map_err(std::io::Error::from)?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("launcher").env_clear().stdin(Stdio::from(theirs)).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.kill_on_drop(true).spawn()?;
        drop(command); // it holds the other end of the socket
        let said = listen_to_log(&mut child);
        rustix::io::ioctl_fionbio(&ours, true).map_err(std::io::Error::from)?;
        let socket = Arc::new(super::datagrams(ours)?);
        let text = serde_json::to_vec(spec).map_err(std::io::Error::from)?;
        rustix::net::send(socket.as_fd(), &text, SendFlags::NOSIGNAL).map_err(std::io::Error::from)?;
        let name = spec.interpreter.display().to_string();
        let layers = tokio::time::timeout(LAUNCH_PATIENCE, wait_until_warm(&socket, &name, &said))
            .await
            .map_err(|_| LaunchError::Interpreter(name.clone(), "not warm in time".into()))??;
        let dead = Arc::new(AtomicBool::new(false));
        let (reaping, reaped) = watch::channel(false);
        let (complaining, complaint) = watch::channel(String::new());
        tokio::spawn(attend(Arc::clone(&socket), Arc::clone(&dead), child, reaping, complaining));
        let (forks, worn) = (AtomicU64::new(0), AtomicBool::new(false));
        Ok(Zygote { command: socket, dead, forks, born: Instant::now(), worn, layers, reaped, complaint })
    }

    /// Asks for a cell with these descriptors, in this cgroup, rehearsed or not. That it came to be shows on its channel;
    /// that it did not, too.
    ///
    /// # Errors
    /// The zygote is gone, or its socket is full.
    pub fn make_cell(
        &self,
        descriptors: &[BorrowedFd<'_>],
        group: Option<BorrowedFd<'_>>,
        rehearsed: bool,
    ) -> std::io::Result<()> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(7))];
        let what = if group.is_some() { MAKE_CELL_IN_GROUP } else { MAKE_CELL };
        let descriptors: Vec<BorrowedFd<'_>> = descriptors.iter().copied().chain(group).collect();
        let mut ancillary = SendAncillaryBuffer::new(&mut space);
        if !ancillary.push(SendAncillaryMessage::ScmRights(&descriptors)) {
            return Err(std::io::ErrorKind::InvalidInput.into());
        }
        sendmsg(
            self.command.as_fd(),
            &[IoSlice::new(&[what, if rehearsed { REHEARSED } else { AT_ONCE }])],
            &mut ancillary,
            SendFlags::NOSIGNAL,
        )?;
        self.forks.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// What it says from here on of cells that could not be made: the step and the kernel's reason.
    pub fn complaint(&self) -> watch::Receiver<String> {
        let mut complaint = self.complaint.clone();
        complaint.mark_unchanged();
        complaint
    }

    /// The layers that stand around it.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Whether it is gone.
    pub fn is_dead(&self) -> bool {
        self.dead.load(Ordering::Acquire)
    }

    /// Tells when its launcher, and with it everything below, is gone.
    pub fn gone(&self) -> Gone {
        Gone(self.reaped.clone())
    }

    /// How long ago it was launched.
    pub fn age(&self) -> Duration {
        self.born.elapsed()
    }

    /// Says that it is to be replaced, whatever its age.
    pub fn wear_out(&self) {
        self.worn.store(true, Ordering::Relaxed);
    }

    /// Whether it has served long or often enough: hash seeds are its own, and memory only grows.
    pub fn is_worn(&self, max_age: Duration, max_forks: u64) -> bool {
        self.worn.load(Ordering::Relaxed) || self.age() > max_age || self.forks.load(Ordering::Relaxed) >= max_forks
    }
}

/// Copies what launcher and interpreter say into the log; the last lines are kept for an error's sake.
fn listen_to_log(child: &mut Child) -> Arc<std::sync::Mutex<String>> {
    const KEPT: usize = 4 << 10;
    let said = Arc::new(std::sync::Mutex::new(String::new()));
    if let Some(stderr) = child.stderr.take() {
        let said = Arc::clone(&said);
        tokio::spawn(async move {
            let mut lines = BufReader::new(stderr).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                tracing::warn!(target: "sandbox", "{line}");
                let mut said = said.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if said.len() < KEPT {
                    said.push_str(&line);
                    said.push('\n');
                }
            }
        });
    }
    said
}

async fn wait_until_warm(
    socket: &UnixDatagram,
    name: &str,
    said: &std::sync::Mutex<String>,
) -> Result<Vec<Layer>, LaunchError> {
    let mut buffer = vec![0; 16 << 10];
    let mut layers = Vec::new();
    loop {
        let n = socket.recv(&mut buffer).await?;
        match &buffer[..n] {
            [] => {
                tokio::time::sleep(Duration::from_millis(50)).await; // its last words are on their way
                let said = said.lock().unwrap_or_else(std::sync::PoisonError::into_inner).trim().to_owned();
                return Err(LaunchError::Interpreter(name.into(), said));
            }
            [ZYGOTE_READY] => return Ok(layers),
            text => match serde_json::from_slice(text).map_err(std::io::Error::from)? {
                LauncherWord::Built { layers: built } => layers = built,
                LauncherWord::Failed(failure) => return Err(failure.into()),
            },
        }
    }
}

/// Reads what the zygote says until it is gone, then reaps its launcher.
async fn attend(
    socket: Arc<UnixDatagram>,
    dead: Arc<AtomicBool>,
    mut child: Child,
    reaping: watch::Sender<bool>,
    complaining: watch::Sender<String>,
) {
    let mut buffer = [0; 64];
    loop {
        // The handles may be gone while we wait: then this is the last one, and the zygote has to go.
        let received = tokio::time::timeout(Duration::from_millis(100), socket.recv(&mut buffer)).await;
        match received {
            Err(_) if Arc::strong_count(&socket) == 1 => break,
            Err(_) => {}
            Ok(Ok(6)) if buffer[0] == CELL_FAILED => {
                let errno = i32::from_le_bytes([buffer[2], buffer[3], buffer[4], buffer[5]]);
                let reason = std::io::Error::from_raw_os_error(errno);
                let step = Step::of(buffer[1]).map_or("a step without a name", |(_, words)| words);
                let _ = complaining.send(format!("{step}: {reason}"));
            }
            Ok(Ok(n)) if n > 0 => {}
            Ok(_) => break,
        }
    }
    dead.store(true, Ordering::Release);
    drop(socket);
    match tokio::time::timeout(Duration::from_secs(2), child.wait()).await {
        Ok(_) => {}
        Err(_) => {
            let _ = child.kill().await;
        }
    }
    let _ = reaping.send(true);
}
