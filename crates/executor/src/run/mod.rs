//! One run: a job given to a cell, watched until the kernel says that it has ended.
//!
//! What is believed: the keeper (how the program ended, what it used), our own clock, our own count of its output,
//! and `/proc` (its tree's memory and processor time). What the cell says after its start may come from the program:
//! it is kept as a claim, in [`Report`].

mod output;
mod watch;

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use base64::Engine as _;
use sandbox::abi::{CELL_STARTED, KEEPER_FILE_BYTES, KEEPER_KILL, KEEPER_PROCESSES, KEEPER_WANT_FOLDER};
use sandbox::protocol::{self, End, JobLimits, Status};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::time::{Instant as Clock, sleep_until};

use crate::job::{Ending, FileOut, Finished, Job, Limits, Report, Usage};
use crate::pool::{self, Cell};
use output::Output;
pub use watch::own_memory;
use watch::{Seen, Watch};

/// How long a keeper may take to say that what it was told to kill is dead.
const KILL_PATIENCE: Duration = Duration::from_secs(2);
/// Most bytes of collected files in one answer.
const COLLECT_MAX: u64 = 8 << 20;

/// A run that we lost track of. Nothing of it is the program's doing.
#[derive(Debug, thiserror::Error)]
pub enum Lost {
    /// The cell was gone before it took the job: another can have it.
    #[error("the cell was gone before it took the job")]
    BeforeStart(#[source] io::Error),
    /// The keeper went without a word.
    #[error("the keeper went away during the run")]
    During(#[source] io::Error),
}

/// What a run depends on beside its job.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings {
    /// The size of a run's files when nothing else is said, in bytes.
    pub file_bytes: u64,
    /// Memory of a waiting cell: what it shares with its zygote is not the program's.
    pub baseline: u64,
}

/// Runs `job` in `cell`, which is used up.
///
/// # Errors
/// See [`Lost`].
pub async fn run(mut cell: Cell, job: &Job, around: Surroundings) -> Result<Finished, Lost> {
    let started = start(&mut cell, job, around).await.map_err(Lost::BeforeStart)?;
    let mut output = Output::new(job.limits.output_bytes);
    let mut watch = Watch::new(cell.keeper.pid, cell.holder, around.baseline, cell.keeper.folder());
    let followed = follow(&mut cell, job, &mut output, &mut watch, started).await;
    let (end, folder, cause) = followed.map_err(Lost::During)?;
    let wall = started.elapsed();
    // Everything that the program wrote before its end is in the pipes by now. What a straggler may still write is
    // not waited for.
    if cause != Some(Ending::Output) {
        output.drain(&cell.stdout, &cell.stderr);
    }
    let (report, began) = read_report(&cell);
    let ending = match (end.status, cause) {
        _ if output.is_over() => Ending::Output,
        (Status::Signaled(_), Some(cause)) => cause,
        // The runner puts the job in place before it looks at the program's text: what ends before that is not the
        // program's doing.
        (status, _) if !began => {
            let how = format!("it ended while it took the job: {status:?}: {}", output.last_words());
            return Err(Lost::BeforeStart(io::Error::other(how)));
        }
        (Status::Exited(code), _) => Ending::Exited(code),
        (Status::Signaled(signal), None) => by_signal(signal, &end, &job.limits),
    };
    let files = match folder {
        Some(folder) if !job.collect.is_empty() => collect(folder, &job.collect).await,
        _ => Vec::new(),
    };
    let usage = Usage {
        cpu: Duration::from_micros(end.cpu_us).max(watch.cpu()).saturating_sub(cell.rehearsal),
        peak_memory_bytes: end.max_rss.max(watch.peak()),
    };
    let (stdout, stderr, truncated) = output.finish();
    Ok(Finished { ending, stdout, stderr, truncated, wall, usage, report, files })
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

/// Tells keeper and cell what they need, and hands over the job: when that was.
async fn start(cell: &mut Cell, job: &Job, around: Surroundings) -> io::Result<Instant> {
    let limits = &job.limits;
    if limits.file_bytes != around.file_bytes {
        cell.keeper.say(&protocol::keeper_word(KEEPER_FILE_BYTES, limits.file_bytes))?;
    }
    // The holder is among the processes that the keeper counts.
    let word = u64::from(limits.processes + 1) | (cell.holder as u64) << 32;
    cell.keeper.say(&protocol::keeper_word(KEEPER_PROCESSES, word))?;
    if !job.collect.is_empty() {
        cell.keeper.say(&[KEEPER_WANT_FOLDER])?;
    }
    match &job.stdin {
        None => cell.stdin = None,
        Some(text) => feed(cell, text)?,
    }
    let files: Vec<_> = job
        .files
        .iter()
        .map(|file| match std::str::from_utf8(&file.content) {
            Ok(text) => json!([file.path, text, false]),
            Err(_) => json!([file.path, base64::engine::general_purpose::STANDARD.encode(&file.content), true]),
        })
        .collect();
    let text = json!({
        "code": job.code,
        "args": job.args,
        "files": files,
        "skip_interactive": job.stdin.is_none(),
    });
    let limits = JobLimits {
        processes: limits.processes,
        memory_bytes: limits.memory_bytes,
        cpu_seconds: limits.cpu.as_secs_f64().ceil() as u32 + 1,
        file_bytes: limits.file_bytes,
    };
    let bytes = protocol::job(limits, text.to_string().as_bytes());
    let started = Instant::now();
    cell.channel.write_all(&bytes).await?;
    Ok(started)
}

/// Puts standard input into its pipe; what does not fit is written by a task that ends with the pipe's other end.
fn feed(cell: &mut Cell, text: &[u8]) -> io::Result<()> {
    let Some(mut pipe) = cell.stdin.take() else { return Ok(()) };
    let written = match pipe.try_write(text) {
        Ok(n) => n,
        Err(e) if e.kind() == io::ErrorKind::WouldBlock => 0,
        Err(e) => return Err(e),
    };
    if written < text.len() {
        let rest = text[written..].to_vec();
        tokio::spawn(async move { pipe.write_all(&rest).await });
    }
    Ok(())
}

/// Follows the run to its end: (how it ended, its folder, the limit for which it was killed).
async fn follow(
    cell: &mut Cell,
    job: &Job,
    output: &mut Output,
    watch: &mut Watch,
    started: Instant,
) -> io::Result<(End, Option<OwnedFd>, Option<Ending>)> {
    let Cell { stdout, stderr, keeper, .. } = cell;
    let mut cause = None;
    let mut deadline = Clock::from_std(started + job.limits.timeout);
    let mut look = Clock::from_std(started + Watch::FIRST);
    loop {
        let reached = tokio::select! {
            biased;
            end = keeper.end() => return end.map(|(end, folder)| (end, folder, cause)),
            over = output.read(stdout, stderr), if cause.is_none() => over.then_some(Ending::Output),
            () = sleep_until(deadline) => match cause {
                None => Some(Ending::WallTime),
                Some(_) => return Err(io::Error::new(io::ErrorKind::TimedOut, "its keeper does not answer")),
            },
            () = sleep_until(look), if cause.is_none() => {
                let began = Instant::now();
                let seen = watch.look(&job.limits);
                // A tree that is slow to look at (many maps, many descriptors) is looked at less often.
                look = Clock::now() + watch.pause().max(began.elapsed() * 4);
                match seen {
                    Seen::Fine => None,
                    Seen::OverMemory => Some(Ending::Memory),
                    Seen::OverCpu => Some(Ending::CpuTime),
                    Seen::OverFiles => Some(Ending::Files),
                }
            }
        };
        if let Some(reached) = reached {
            cause = Some(reached);
            deadline = Clock::now() + KILL_PATIENCE;
            // A keeper that is already gone says so in its own way.
            let _ = keeper.say(&[KEEPER_KILL]);
        }
    }
}

/// What the cell said: its claims, and whether the program began at all.
fn read_report(cell: &Cell) -> (Report, bool) {
    let mut bytes = vec![0; 4 * protocol::FRAME_MAX];
    let mut len = 0;
    // Straight from the kernel, as with output: the event for it may not have come through yet.
    while let Ok(n) = rustix::io::read(cell.channel.as_fd(), &mut bytes[len..]) {
        len += n;
        if n == 0 || len == bytes.len() {
            break;
        }
    }
    let mut report = Report::default();
    let mut began = false;
    for frame in protocol::frames(&bytes[..len]) {
        if frame == CELL_STARTED {
            began = true;
        } else if let Ok(part) = serde_json::from_slice::<Report>(frame) {
            report.error = part.error.or(report.error);
            report.syntax_error |= part.syntax_error;
            report.notices.extend(part.notices);
        }
    }
    (report, began)
}

async fn collect(folder: OwnedFd, wanted: &[String]) -> Vec<FileOut> {
    let mut set = globset::GlobSetBuilder::new();
    for glob in wanted {
        if let Ok(glob) = globset::GlobBuilder::new(glob).literal_separator(true).build() {
            set.add(glob);
        }
    }
    let Ok(set) = set.build() else { return Vec::new() };
    let collected = tokio::task::spawn_blocking(move || pool::collect(folder.as_fd(), &set, COLLECT_MAX)).await;
    match collected {
        Ok(Ok(files)) => files,
        Ok(Err(error)) => {
            tracing::warn!(%error, "a run's folder could not be read");
            Vec::new()
        }
        Err(_) => Vec::new(),
    }
}
