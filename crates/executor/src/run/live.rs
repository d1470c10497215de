//! A cell that has a job: its streams, its channel, its limits and its end, as one thing to wait for.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use sandbox::abi::{CELL_STARTED, KEEPER_FILE_BYTES, KEEPER_KILL};
use sandbox::protocol::{self, End, JobLimits, Status};
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::time::{Instant as Clock, sleep_until};

use super::frames::{Bounds, Frames};
use super::output::Output;
use super::watch::{Seen, Watch};
use super::{Lost, Surroundings, handing};
use crate::job::{Ending, Job, Limits, Report, Usage};
use crate::pool::{Bounds as GroupBounds, Cell, Group, Remains};

/// How long a keeper may take to say that what it was told to kill is dead.
const KILL_PATIENCE: Duration = Duration::from_secs(2);

/// What a cell is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It runs a program as `python3 main.py` would.
    Plain,
    /// The program's side of a graded run.
    Program,
    /// The tests' side of a graded run.
    Tests,
    /// Both sides in one process.
    Both,
}

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// There is something in [`Live::frames`].
    Heard,
    /// Nothing will come through the channel any more.
    Closed,
    /// What was said has gone out.
    Sent,
    /// It has ended.
    Ended(End, Option<OwnedFd>),
}

/// A cell with its job.
#[derive(Debug)]
pub struct Live {
    cell: Cell,
    limits: Limits,
    /// What it has printed.
    pub output: Output,
    watch: Watch,
    /// What came through its channel.
    pub frames: Frames,
    /// What the runner in it said.
    pub claims: Claims,
    unsent: Vec<u8>,
    is_open: bool,
    collects: bool,
    /// When its time began.
    began: Instant,
    /// Why it was killed.
    killed: Option<Ending>,
    /// How long it ran. Nothing of a program runs on once it has been killed, though its burial may take a while: its
    /// processes have to be given a processor once more, each of them.
    wall: Option<Duration>,
    deadline: Clock,
    look: Clock,
    /// How long the last one took.
    last_look: Duration,
}

/// What was said about the program. It may come from the program: it decides nothing.
#[derive(Debug, Default)]
pub struct Claims {
    /// What is shown.
    pub report: Report,
    /// The job is in place.
    pub began: bool,
    frames: usize,
}

impl Claims {
    /// Takes a frame, if it is short enough and one of the first.
    pub fn take(&mut self, frame: &[u8]) {
        if frame == CELL_STARTED {
            self.began = true;
            return;
        }
        self.frames += 1;
        if self.frames > protocol::FRAMES_MAX || frame.len() > protocol::FRAME_MAX {
            return;
        }
        if let Ok(part) = serde_json::from_slice::<Report>(frame) {
            let report = &mut self.report;
            report.error = part.error.or(report.error.take());
            report.syntax_error |= part.syntax_error;
            report.notices.extend(part.notices);
        }
    }
}

/// A cell that has ended.
#[derive(Debug)]
pub struct Ended {
    /// How.
    pub ending: Ending,
    /// How long it ran.
    pub wall: Duration,
    /// What it used.
    pub usage: Usage,
    /// What it printed.
    pub output: Output,
    /// What was said about the program.
    pub report: Report,
    /// The run's folder, if it was asked for.
    pub folder: Option<Remains>,
}

impl Live {
    /// Tells keeper and cell what they need, and hands over the job. Its time runs from `began` on.
    ///
    /// # Errors
    /// The cell is gone.
    pub async fn start(
        mut cell: Cell,
        job: &Job,
        part: Part,
        around: Surroundings,
        began: Instant,
    ) -> io::Result<Live> {
        let _phase = crate::phase!("hand over", part = ?part);
        let limits = match part {
            Part::Plain => job.limits,
            Part::Program => super::words::program_limits(&job.limits),
            Part::Tests | Part::Both => super::words::tests_limits(&job.limits),
        };
        if limits.file_bytes != around.file_bytes {
            cell.keeper.say(&protocol::keeper_word(KEEPER_FILE_BYTES, limits.file_bytes))?;
        }
        cell.allow(limits.processes)?;
        let collects = !job.collect.is_empty() && part != Part::Tests;
        if collects {
            cell.keeper.want_folder()?;
        }
        let input = job.stdin.as_ref().filter(|_| part != Part::Tests);
        if let Some(text) = input {
            handing::feed(&mut cell, text)?;
        }
        let kernel_limits = JobLimits {
            processes: cell.with_holder(limits.processes),
            memory_bytes: limits.memory_bytes,
            cpu_seconds: limits.cpu.as_secs_f64().ceil() as u32 + 1,
            file_bytes: limits.file_bytes,
        };
        if let Some(group) = &cell.group {
            let processes = cell.with_holder(limits.processes);
            group.bound(GroupBounds { memory_bytes: limits.memory_bytes, processes })?;
        }
        let (kind, body) = handing::body(job, part);
        let bytes = protocol::job(kernel_limits, kind, &body);
        let handed = Instant::now();
        cell.channel.write_all(&bytes).await?;
        if input.is_none() {
            // The program is on its way by now; should it read already, it waits until here.
            cell.stdin = None;
        }
        let bounds = if part == Part::Program { Bounds::PROGRAM } else { Bounds::TESTS };
        Ok(Live {
            watch: Watch::new(cell.keeper.pid, cell.holder, around.baseline, cell.keeper.folder()),
            cell,
            limits,
            output: Output::new(limits.output_bytes),
            frames: Frames::new(bounds),
            claims: Claims::default(),
            unsent: Vec::new(),
            is_open: true,
            collects,
            began,
            killed: None,
            wall: None,
            deadline: Clock::from_std(began + limits.timeout),
            look: Clock::from_std(handed + Watch::FIRST),
            last_look: Duration::ZERO,
        })
    }

    /// Waits until something happens; keeps the limits meanwhile. Safe to give up while waiting.
    ///
    /// # Errors
    /// The keeper is gone without a word.
    pub async fn next(&mut self, listen: bool) -> io::Result<Event> {
        loop {
            let Live { cell: Cell { stdout, stderr, keeper, channel, .. }, output, .. } = self;
            let (running, unsent) = (self.killed.is_none(), !self.unsent.is_empty());
            let reached = tokio::select! {
                biased;
                end = keeper.end() => {
                    self.wall.get_or_insert_with(|| self.began.elapsed());
                    return end.map(|(end, folder)| Event::Ended(end, folder));
                }
                _ = channel.readable(), if listen && self.is_open && running => match self.hear() {
                    Some(event) => return Ok(event),
                    None => continue,
                },
                _ = channel.writable(), if unsent && running => {
                    self.flush();
                    if self.unsent.is_empty() {
                        return Ok(Event::Sent);
                    }
                    continue;
                }
                over = output.read(stdout, stderr), if running => over.then_some(Ending::Output),
                // One timer: each that is set wakes the runtime.
                () = sleep_until(if running { self.deadline.min(self.look) } else { self.deadline }) => {
                    match (running, Clock::now() >= self.deadline) {
                        (true, true) => Some(Ending::WallTime),
                        (true, false) => self.look(),
                        (false, _) => return Err(io::Error::new(io::ErrorKind::TimedOut, "its keeper does not answer")),
                    }
                }
            };
            if let Some(limit) = reached {
                self.kill(limit);
            }
        }
    }

    /// Looks at the tree; the limit that it is over.
    fn look(&mut self) -> Option<Ending> {
        const SLOW: Duration = Duration::from_millis(1);
        let began = Instant::now();
        let mut look = || self.watch.look(&self.limits, self.cell.group.as_ref(), self.deadline.into_std());
        // A tree that is slow to look at (many maps, many descriptors) is looked at less often, and where that holds up
        // nobody else's run.
        let seen = if self.last_look > SLOW { tokio::task::block_in_place(look) } else { look() };
        self.last_look = began.elapsed();
        self.look = Clock::now() + self.watch.pause().max(self.last_look * 4);
        match seen {
            Seen::Fine => None,
            Seen::OverMemory => Some(Ending::Memory),
            Seen::OverCpu => Some(Ending::CpuTime),
            Seen::OverFiles => Some(Ending::Files),
        }
    }

    /// Waits for the end, whatever else happens.
    ///
    /// # Errors
    /// See [`Live::next`].
    pub async fn end(&mut self) -> io::Result<(End, Option<OwnedFd>)> {
        loop {
            if let Event::Ended(end, folder) = self.next(false).await? {
                return Ok((end, folder));
            }
        }
    }

    /// Kills it, because of a limit or for a reason of the caller's.
    pub fn kill(&mut self, reason: Ending) {
        if self.killed.is_none() {
            self.killed = Some(reason);
            self.deadline = Clock::now() + KILL_PATIENCE;
            // A keeper that is already gone says so in its own way.
            let _ = self.cell.keeper.say(&[KEEPER_KILL]);
            if let Some(group) = &self.cell.group {
                group.kill();
            }
            self.wall = Some(self.began.elapsed());
        }
    }

    /// What it has written, and the cell, whose drop kills what runs in it.
    pub fn into_output(self) -> (Output, Cell) {
        (self.output, self.cell)
    }

    /// Sends bytes; what does not fit goes out while [`Live::next`] waits.
    pub fn say(&mut self, bytes: &[u8]) {
        if !self.unsent.is_empty() {
            self.unsent.extend_from_slice(bytes);
            return;
        }
        let written = match self.cell.channel.try_write(bytes) {
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
            // Nobody is there any more: the keeper will say so.
            Err(_) => bytes.len(),
        };
        self.unsent.extend_from_slice(&bytes[written..]);
    }

    /// Sends a word or a frame of the service's own.
    pub fn say_json(&mut self, value: &Value) {
        let body = value.to_string();
        let frame = [&(body.len() as u32).to_le_bytes()[..], body.as_bytes()].concat();
        self.say(&frame);
    }

    /// Whether something of what was said has not gone out yet.
    pub fn is_behind(&self) -> bool {
        !self.unsent.is_empty()
    }

    fn flush(&mut self) {
        match self.cell.channel.try_write(&self.unsent) {
            Ok(n) if n == self.unsent.len() => self.unsent = Vec::new(),
            Ok(n) => drop(self.unsent.drain(..n)),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => self.unsent = Vec::new(),
        }
    }

    fn hear(&mut self) -> Option<Event> {
        let mut buffer = [0; 16 << 10];
        match self.cell.channel.try_read(&mut buffer) {
            Ok(0) => {
                self.is_open = false;
                Some(Event::Closed)
            }
            Ok(n) => {
                self.frames.push(&buffer[..n]);
                Some(Event::Heard)
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => None,
            Err(_) => {
                self.is_open = false;
                Some(Event::Closed)
            }
        }
    }

    /// Takes more of what a cell that has ended has said, straight from the kernel: the event for it may not have come
    /// through yet. False once there is no more.
    pub fn hear_last(&mut self) -> bool {
        let mut buffer = [0; 16 << 10];
        match rustix::io::read(self.cell.channel.as_fd(), &mut buffer) {
            Ok(n) if n > 0 => {
                self.frames.push(&buffer[..n]);
                true
            }
            _ => false,
        }
    }

    /// Takes what it has printed so far, as far as the runtime has not yet.
    pub fn drain(&mut self) {
        self.output.drain(&self.cell.stdout, &self.cell.stderr);
    }

    fn ran_out_of_memory(&self) -> bool {
        self.cell.group.as_ref().is_some_and(Group::ran_out_of_memory)
    }

    /// What is left of a cell that has ended, once all that it said has been heard.
    ///
    /// # Errors
    /// It ended before it had the job, or the folder that was asked for did not come.
    pub fn finish(mut self, end: End, folder: Option<OwnedFd>) -> Result<Ended, Lost> {
        // Everything that the program wrote before its end is in the pipes by now. What a straggler may still write
        // is not waited for.
        if self.killed != Some(Ending::Output) {
            self.drain();
        }
        let ending = match (end.status, self.killed) {
            _ if self.output.is_over() => Ending::Output,
            (Status::Signaled(_), Some(reason)) => reason,
            (Status::Signaled(_), None) if self.ran_out_of_memory() && self.claims.began => Ending::Memory,
            // The runner puts the job in place before it looks at the program's text: what ends before that is not
            // the program's doing.
            (status, _) if !self.claims.began => {
                let how = format!("it ended while it took the job: {status:?}: {}", self.output.last_words());
                return Err(Lost::BeforeStart(io::Error::other(how)));
            }
            (Status::Exited(code), _) => Ending::Exited(code),
            (Status::Signaled(signal), None) => by_signal(signal, &end, &self.limits),
        };
        let group = self.cell.group.as_ref();
        let cpu =
            Duration::from_micros(end.cpu_us).max(self.watch.cpu()).max(group.and_then(Group::cpu).unwrap_or_default());
        let peak = end.max_rss.max(self.watch.peak()).max(group.and_then(Group::peak).unwrap_or_default());
        let usage = Usage { cpu: cpu.saturating_sub(self.cell.rehearsal), peak_memory_bytes: peak };
        let folder = self.collects.then(|| self.cell.keeper.remains(folder));
        if matches!(folder, Some(None)) {
            return Err(Lost::During(io::Error::other("its working directory was not handed over")));
        }
        self.cell.let_go();
        let wall = self.wall.unwrap_or_else(|| self.began.elapsed());
        Ok(Ended { ending, wall, usage, output: self.output, report: self.claims.report, folder: folder.flatten() })
    }
}

/// SIGXCPU, or SIGKILL with the processor time used up, is the kernel's own stop for a single process.
fn by_signal(signal: i32, end: &End, limits: &Limits) -> Ending {
    const SIGKILL: i32 = 9;
    const SIGXCPU: i32 = 24;
    let used_up = Duration::from_micros(end.cpu_us) >= limits.cpu;
    match signal {
        SIGXCPU => Ending::CpuTime,
        SIGKILL if used_up => Ending::CpuTime,
        other => Ending::Signaled(other),
    }
}
