//! One cell, from the service's side: its streams, its channel, its keeper's channel.

use std::io::{self, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::net::{
    AddressFamily, RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendFlags, SocketFlags, SocketType, recv,
    recvmsg, send, socketpair, sockopt,
};
use rustix::pipe::{PipeFlags, pipe_with};
use sandbox::abi::{CELL_READY_LEN, KEEPER_HELLO, KEEPER_PROCESSES, KEEPER_WANT_FOLDER};
use sandbox::protocol::{self, End};
use tokio::io::AsyncReadExt;
use tokio::io::Interest;
use tokio::net::{UnixDatagram, UnixStream, unix::pipe};

use super::group::{Bounds, Group};
use super::{Base, Folder, Means, Zygote};

/// How long a cell may take from the request to its readiness.
const READY_PATIENCE: Duration = Duration::from_secs(5);
/// How long after its end the zygote's word on it may be under way.
const COMPLAINT_PATIENCE: Duration = Duration::from_millis(100);

/// A cell that waits for a job, or has one. Dropping it kills what runs in it and removes what it left.
#[derive(Debug)]
pub struct Cell {
    /// The program's standard input: a pipe that most jobs leave empty.
    pub stdin: Option<OwnedFd>,
    /// Its standard output.
    pub stdout: pipe::Receiver,
    /// Its standard error.
    pub stderr: pipe::Receiver,
    /// To the runner: the job, then what it says.
    pub channel: UnixStream,
    /// To the keeper.
    pub keeper: Keeper,
    /// Its cgroup.
    pub group: Option<Group>,
    /// The zygote that it came from, which must not go before it.
    pub zygote: Arc<Zygote>,
    /// The process that holds its memory, as its own namespace counts; 0 when there is none.
    pub holder: i32,
    /// Processor time that it used before it had a job.
    pub rehearsal: Duration,
    /// How many processes its keeper has been told to allow.
    processes: Option<u32>,
    born: Instant,
}

/// The channel to a keeper. Closing it ends the run.
#[derive(Debug)]
pub struct Keeper {
    socket: Option<UnixDatagram>,
    /// Its process id, as this process sees it.
    pub pid: i32,
    /// The run's folder on the host, where there is no namespace; removed when the keeper has gone.
    folder: Option<Arc<Folder>>,
    /// It has said how the program ended: it is awake and about to go.
    has_ended: AtomicBool,
}

/// The working directory of a run that has ended, for as long as somebody reads it.
#[derive(Debug)]
pub enum Remains {
    /// On a file system of the run's own.
    Mounted(OwnedFd),
    /// On the host, emptied when the last who holds it lets go.
    OnHost(Arc<Folder>),
}

impl AsFd for Remains {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Remains::Mounted(fd) => fd.as_fd(),
            Remains::OnHost(folder) => folder.as_fd(),
        }
    }
}

impl Cell {
    /// Makes one and waits until it is confined, and rehearsed unless somebody waits for it.
    ///
    /// # Errors
    /// No descriptors are left, or the zygote could not make it (its log says why).
    pub async fn make(zygote: Arc<Zygote>, means: &Means, rehearsed: bool) -> io::Result<Cell> {
        let (stdin_theirs, stdin) = pipe_with(PipeFlags::CLOEXEC)?;
        let (stdout, stdout_theirs) = pipe_with(PipeFlags::CLOEXEC)?;
        let (stderr, stderr_theirs) = pipe_with(PipeFlags::CLOEXEC)?;
        let (channel, channel_theirs) = std::os::unix::net::UnixStream::pair()?;
        let (keeper, keeper_theirs) =
            socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, SocketFlags::CLOEXEC, None)?;
        sockopt::set_socket_passcred(&keeper, true)?;
        for fd in [stdout.as_fd(), stderr.as_fd(), keeper.as_fd()] {
            rustix::io::ioctl_fionbio(fd, true)?;
        }
        channel.set_nonblocking(true)?;
        // With the holder of its memory, which a rehearsed one has.
        let bounds = Bounds { processes: means.bounds.processes + u32::from(rehearsed), ..means.bounds };
        let group = means.groups.as_ref().map(|groups| groups.group(bounds)).transpose()?;
        let folder = means.base.as_ref().map(Base::folder).transpose()?;
        if folder.is_some() {
            // Where the program's user is ours and `/proc` is there, it could open its streams anew the other way round.
            for pipe in [stdin_theirs.as_fd(), stdout_theirs.as_fd(), stderr_theirs.as_fd()] {
                rustix::fs::fchmod(pipe, rustix::fs::Mode::empty())?;
            }
        }
        let mut passed: Vec<BorrowedFd<'_>> = vec![
            stdin_theirs.as_fd(),
            stdout_theirs.as_fd(),
            stderr_theirs.as_fd(),
            channel_theirs.as_fd(),
            keeper_theirs.as_fd(),
        ];
        passed.extend(folder.as_ref().map(AsFd::as_fd));
        let mut complaint = zygote.complaint();
        zygote.make_cell(&passed, group.as_ref().map(AsFd::as_fd), rehearsed)?;
        drop((stdin_theirs, stdout_theirs, stderr_theirs, channel_theirs, keeper_theirs));
        let mut cell = Cell {
            stdin: Some(stdin),
            // Made above: they need not be looked at.
            stdout: pipe::Receiver::from_owned_fd_unchecked(stdout)?,
            stderr: pipe::Receiver::from_owned_fd_unchecked(stderr)?,
            channel: UnixStream::from_std(channel)?,
            keeper: Keeper {
                socket: Some(super::datagrams(keeper)?),
                pid: 0,
                folder: folder.map(Arc::new),
                has_ended: AtomicBool::new(false),
            },
            group,
            zygote,
            holder: 0,
            rehearsal: Duration::ZERO,
            processes: None,
            born: Instant::now(),
        };
        match tokio::time::timeout(READY_PATIENCE, cell.become_ready()).await {
            Ok(Ok(())) => {
                // Most jobs ask for no other: their keepers need not be woken then.
                cell.allow(means.bounds.processes)?;
                Ok(cell)
            }
            Ok(Err(error)) => {
                let mut said = cell.last_words();
                if said.is_empty() && tokio::time::timeout(COMPLAINT_PATIENCE, complaint.changed()).await.is_ok() {
                    said = format!(": {}", *complaint.borrow());
                }
                Err(io::Error::new(error.kind(), format!("it ended before it was ready{said}")))
            }
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "it was not ready in time")),
        }
    }

    async fn become_ready(&mut self) -> io::Result<()> {
        self.keeper.hello().await?;
        let mut said = [0; CELL_READY_LEN];
        self.channel.read_exact(&mut said).await?;
        let (spent, holder) = protocol::parse_ready(&said).ok_or(io::ErrorKind::InvalidData)?;
        (self.rehearsal, self.holder) = (Duration::from_micros(spent), holder);
        Ok(())
    }

    fn last_words(&self) -> String {
        let mut text = [0; 2048];
        match self.stderr.try_read(&mut text) {
            Ok(n) if n > 0 => format!(": {}", in_words(String::from_utf8_lossy(&text[..n]).trim())),
            _ => String::new(),
        }
    }

    /// Tells the keeper how many processes the program may have at the same time, where it counts them and does not know.
    ///
    /// # Errors
    /// The keeper is gone.
    pub fn allow(&mut self, processes: u32) -> io::Result<()> {
        let counts = self.keeper.folder.is_some();
        if counts && self.processes != Some(processes) {
            let number = u64::from(self.with_holder(processes));
            self.keeper.say(&protocol::keeper_word(KEEPER_PROCESSES, number))?;
            self.processes = Some(processes);
        }
        Ok(())
    }

    /// So many processes of the program's, and the holder of its memory, which is counted among them.
    pub fn with_holder(&self, processes: u32) -> u32 {
        processes + u32::from(self.holder > 0)
    }

    /// Lets it go when whoever waits for the answer has it: to take a cell apart keeps the processors busy for a while, and
    /// the answer may have some way to go on this machine.
    pub fn let_go(self) {
        const PAUSE: Duration = Duration::from_millis(4);
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                tokio::time::sleep(PAUSE).await;
                drop(self);
            });
        }
    }

    /// How long it has been waiting.
    pub fn age(&self) -> Duration {
        self.born.elapsed()
    }
}

/// A cell has no words for the kernel's reasons: `STEP: errno 1`.
fn in_words(said: &str) -> String {
    match said.rsplit_once("errno ").and_then(|(step, errno)| Some((step, errno.parse().ok()?))) {
        Some((step, errno)) => format!("{step}{}", io::Error::from_raw_os_error(errno)),
        None => said.to_owned(),
    }
}

impl Keeper {
    fn socket(&self) -> io::Result<&UnixDatagram> {
        self.socket.as_ref().ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    /// One datagram, the sender's process id and the descriptor that came along.
    async fn receive(&self, buffer: &mut [u8]) -> io::Result<(usize, i32, Option<OwnedFd>)> {
        let socket = self.socket()?;
        let once = || {
            let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1), ScmCredentials(1))];
            let mut ancillary = RecvAncillaryBuffer::new(&mut space);
            let mut slices = [IoSliceMut::new(buffer)];
            let n = recvmsg(socket.as_fd(), &mut slices, &mut ancillary, RecvFlags::CMSG_CLOEXEC)?.bytes;
            let (mut pid, mut came) = (0, None);
            for message in ancillary.drain() {
                match message {
                    RecvAncillaryMessage::ScmCredentials(who) => pid = who.pid.as_raw_nonzero().get(),
                    RecvAncillaryMessage::ScmRights(mut fds) => came = fds.next(),
                    _ => {}
                }
            }
            Ok((n, pid, came))
        };
        socket.async_io(Interest::READABLE, once).await
    }

    async fn hello(&mut self) -> io::Result<()> {
        let mut buffer = [0; 32];
        let (n, pid, _) = self.receive(&mut buffer).await?;
        if buffer[..n] != [KEEPER_HELLO] {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.pid = pid;
        Ok(())
    }

    /// How the program ended, and the working directory if it was asked for. Safe to give up while waiting.
    ///
    /// # Errors
    /// The keeper is gone without a word, or said something else.
    pub async fn end(&self) -> io::Result<(End, Option<OwnedFd>)> {
        let mut buffer = [0; 64];
        let (n, _, folder) = match self.receive(&mut buffer).await {
            // A keeper that went before it had heard everything: its last message is still there.
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => self.receive(&mut buffer).await?,
            other => other?,
        };
        match protocol::parse_end(&buffer[..n]) {
            Some(end) => {
                self.has_ended.store(true, Ordering::Relaxed);
                Ok((end, folder))
            }
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// Asks for the working directory of the run, which comes with its end; one on the host is here already.
    ///
    /// # Errors
    /// The keeper is gone.
    pub fn want_folder(&self) -> io::Result<()> {
        if self.folder.is_some() { Ok(()) } else { self.say(&[KEEPER_WANT_FOLDER]) }
    }

    /// The working directory that was asked for; `sent` is what came with the end.
    pub fn remains(&self, sent: Option<OwnedFd>) -> Option<Remains> {
        self.folder.clone().map(Remains::OnHost).or(sent.map(Remains::Mounted))
    }

    /// A descriptor of the run's folder on the host, where there is one.
    pub fn folder(&self) -> Option<OwnedFd> {
        self.folder.as_ref()?.as_fd().try_clone_to_owned().ok()
    }

    /// Has it go on if somebody has stopped it: only then does it hear that its channel closes.
    fn wake(&self) {
        let may_sleep = !self.has_ended.load(Ordering::Relaxed);
        if let Some(pid) = rustix::process::Pid::from_raw(self.pid).filter(|_| may_sleep) {
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::CONT);
        }
    }

    /// Whether it is there and has nothing to say, as it should be while its cell waits.
    pub fn is_waiting(&self) -> bool {
        let peek = RecvFlags::PEEK | RecvFlags::DONTWAIT;
        let heard = self.socket().map(|socket| recv(socket.as_fd(), &mut [0; 1][..], peek));
        matches!(heard, Ok(Err(rustix::io::Errno::AGAIN)))
    }

    /// Says something.
    ///
    /// # Errors
    /// The keeper is gone.
    pub fn say(&self, word: &[u8]) -> io::Result<()> {
        send(self.socket()?.as_fd(), word, SendFlags::NOSIGNAL)?;
        Ok(())
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.wake();
        let (Some(socket), Some(folder)) = (self.socket.take(), self.folder.take()) else { return };
        // Closing our sending side is enough for the keeper to kill its run; when its side closes it has gone, and
        // nobody is left who could write into the folder.
        let _ = rustix::net::shutdown(socket.as_fd(), rustix::net::Shutdown::Write);
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            let keeper = Keeper { socket: Some(socket), pid: 0, folder: None, has_ended: AtomicBool::new(true) };
            let mut buffer = [0; 64];
            while matches!(keeper.receive(&mut buffer).await, Ok((n, _, _)) if n > 0) {}
            let _ = tokio::task::spawn_blocking(move || drop(folder)).await;
        });
    }
}
