//! Tests in a cell of their own and the program in another, with the service between them.
//!
//! The tests decide what is asked and what an answer is worth; the service passes it on, keeps both cells' limits and
//! the order of turns, and gives the tests another program cell when they give one up. What the tests hear of a program
//! that has ended comes from its keeper.

use std::io;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use api::Integrity;
use sandbox::abi::CELL_STARTED;
use sandbox::protocol::End;
use serde_json::json;
use tokio::sync::oneshot;
use tokio::time::{Instant as Clock, sleep_until, timeout};

use super::frames::Frame;
use super::live::{Ended, Event, Live, Part};
use super::output::Output;
use super::relay::{Fate, Relay, is_loading};
use super::tally::{Tally, Word};
use super::{GradedSurroundings, LAST_READS, Lost, collect, words};
use crate::job::{Ending, Finished, Grading, Job, Report, Usage};
use crate::pool::{Cell, Remains};

/// How often the tests may have the program started again.
const RESTARTS_MAX: u32 = 64;
/// With less time left than this, that no cell could be had is the run's own end rather than a fault of ours.
const RESTART_TIME: Duration = Duration::from_millis(500);

/// Runs both; see [`super::graded`].
pub async fn run(program: Cell, tests: Cell, job: &Job, around: GradedSurroundings<'_>) -> Result<Finished, Lost> {
    let began = Instant::now();
    // The tests first: they have more to do before either can wait for the other.
    let (tests, program) = tokio::try_join!(
        Live::start(tests, job, Part::Tests, around.tests, began),
        Live::start(program, job, Part::Program, around.program, began),
    )
    .map_err(Lost::BeforeStart)?;
    let mut grader = Grader {
        job,
        around,
        began,
        hide: job.tests.as_ref().is_some_and(|tests| tests.hide),
        program: Some(program),
        tests: Some(tests),
        relay: Relay::default(),
        tally: Tally::default(),
        restarts: 0,
        is_over: false,
        is_late: false,
        done: None,
        past: Past::default(),
        said: Default::default(),
        tests_ending: None,
        last_tests: None,
    };
    let phase = crate::phase!("run");
    while grader.program.is_some() || grader.tests.is_some() {
        grader.step().await?;
    }
    drop(phase);
    let _phase = crate::phase!("collect");
    Ok(grader.finish().await)
}

/// The program cells that have ended.
#[derive(Default)]
struct Past {
    /// Of the first one: those after it load the same module again.
    output: Option<Output>,
    /// Of the first one that ended badly, or else the last one.
    ending: Option<(Ending, Report)>,
    usage: Usage,
    folder: Option<Remains>,
    wall: Duration,
}

impl Past {
    fn add(&mut self, ended: Ended) {
        if self.output.is_none() {
            self.output = Some(ended.output);
        }
        if self.ending.as_ref().is_none_or(|(ending, _)| *ending == Ending::Exited(0)) {
            self.ending = Some((ended.ending, ended.report));
        }
        self.usage.cpu += ended.usage.cpu;
        self.usage.peak_memory_bytes = self.usage.peak_memory_bytes.max(ended.usage.peak_memory_bytes);
        self.folder = ended.folder.or(self.folder.take());
        self.wall = ended.wall;
    }
}

struct Grader<'a> {
    job: &'a Job,
    around: GradedSurroundings<'a>,
    began: Instant,
    hide: bool,
    program: Option<Live>,
    tests: Option<Live>,
    relay: Relay,
    tally: Tally,
    restarts: u32,
    /// Nobody asks any more: the program has been told to end.
    is_over: bool,
    /// The run's time is up.
    is_late: bool,
    /// When the tests had reported everything.
    done: Option<Duration>,
    past: Past,
    /// What the tests cell has written, and how it ended if it was not simply let go.
    said: (Vec<u8>, Vec<u8>),
    tests_ending: Option<Ending>,
    /// The tests cell, once it has said everything.
    last_tests: Option<LetGo>,
}

/// A cell that nobody needs any more, on its way out: taking it apart keeps a processor busy, and the program's end is
/// what the caller waits for. Its limits are not looked at any more, so it has not long.
struct LetGo {
    _answered: oneshot::Sender<()>,
}

impl LetGo {
    const PATIENCE: Duration = Duration::from_millis(20);

    fn of(cell: Cell) -> LetGo {
        let (answered, over) = oneshot::channel::<()>();
        tokio::spawn(async move {
            let _ = timeout(LetGo::PATIENCE, over).await;
            cell.let_go();
        });
        LetGo { _answered: answered }
    }
}

/// What happens next in a cell, if there is one.
async fn next(live: &mut Option<Live>, listen: bool) -> io::Result<Event> {
    match live {
        Some(live) => live.next(listen).await,
        None => std::future::pending().await,
    }
}

fn is_behind(live: &Option<Live>) -> bool {
    live.as_ref().is_some_and(Live::is_behind)
}

impl Grader<'_> {
    /// Waits for one thing to happen in either cell.
    async fn step(&mut self) -> Result<(), Lost> {
        // Neither is listened to while the other has not taken what was said: nothing piles up here.
        let (hear_tests, hear_program) = (!is_behind(&self.program), !is_behind(&self.tests));
        let deadline = Clock::from_std(self.began + self.job.limits.timeout);
        tokio::select! {
            biased;
            () = sleep_until(deadline), if !self.is_late => {
                self.is_late = true;
                if self.relay.is_waiting() || self.is_over {
                    self.kill_program(Ending::WallTime);
                } else {
                    // The tests took the time: the program is as good as its end.
                    self.wind_up();
                }
                Ok(())
            }
            event = next(&mut self.tests, hear_tests) => match event.map_err(Lost::During)? {
                Event::Heard => self.hear_tests().await,
                Event::Ended(end, folder) => self.tests_end(end, folder),
                Event::Closed | Event::Sent => Ok(()),
            },
            event = next(&mut self.program, hear_program) => match event.map_err(Lost::During)? {
                Event::Heard => {
                    self.hear_program();
                    Ok(())
                }
                Event::Closed => {
                    // Unless it is just ending, it will never answer again.
                    if !self.is_over {
                        self.kill_program(Ending::Garbled);
                    }
                    Ok(())
                }
                Event::Sent => Ok(()),
                Event::Ended(end, folder) => self.program_end(end, folder),
            },
        }
    }

    /// Takes everything that the tests have said.
    async fn hear_tests(&mut self) -> Result<(), Lost> {
        loop {
            let Some(tests) = &mut self.tests else { return Ok(()) };
            let word = match tests.frames.take() {
                Ok(None) => return Ok(()),
                Ok(Some(Frame::Talk(frame))) => {
                    if let Some(program) = self.program.as_mut().filter(|_| !self.is_over) {
                        if self.hide && !self.relay.has_asked() && !is_loading(frame) {
                            // From here on it can print what it is asked.
                            program.drain();
                            program.output.stop_keeping();
                        }
                        self.relay.tests_say(frame);
                        program.say(frame);
                    }
                    continue;
                }
                Ok(Some(Frame::Word(CELL_STARTED))) => {
                    tests.claims.began = true;
                    continue;
                }
                Ok(Some(Frame::Word(frame))) => Word::read(frame),
                Err(_) => None,
            };
            let Some(mut word) = word else {
                // A word that was not understood may have been that of a test that failed.
                tracing::warn!("a tests cell said something that is not understood");
                tests.kill(Ending::Garbled);
                return Ok(());
            };
            self.tally.take(&mut word);
            if self.tally.is_done() && self.done.is_none() {
                self.done = Some(self.began.elapsed());
                if self.relay.is_waiting() {
                    // A test has given up waiting for it.
                    self.kill_program(Ending::WallTime);
                }
                self.wind_up();
            }
            if let Some(reason) = word.restart.filter(|_| !self.is_over) {
                self.restart(&reason).await?;
            }
        }
    }

    /// Nobody asks any more: the program ends as a program ends, the tests do so too.
    fn wind_up(&mut self) {
        if !std::mem::replace(&mut self.is_over, true)
            && let Some(program) = &mut self.program
        {
            program.say_json(&json!(["end"]));
        }
        if self.done.is_some()
            && let Some(mut tests) = self.tests.take()
        {
            // Its streams were flushed before the last word; for its end nobody waits.
            tests.drain();
            let (output, cell) = tests.into_output();
            let (stdout, stderr, _) = output.finish();
            self.said = (stdout, stderr);
            self.last_tests = Some(LetGo::of(cell));
        }
    }

    /// Takes everything that the program has said.
    fn hear_program(&mut self) {
        let Some(program) = &mut self.program else { return };
        let reason = loop {
            let fate = match program.frames.take() {
                Ok(None) => return,
                Ok(Some(Frame::Word(word))) => {
                    program.claims.take(word);
                    self.relay.waste(word.len())
                }
                // It may be answering what nobody waits for any more.
                Ok(Some(Frame::Talk(frame))) if self.is_over => self.relay.waste(frame.len()),
                Ok(Some(Frame::Talk(frame))) => match self.relay.program_says(frame) {
                    Fate::Pass if self.relay.printed() > self.job.limits.output_bytes => break Ending::Output,
                    Fate::Pass => {
                        if let Some(tests) = &mut self.tests {
                            tests.say(frame);
                        }
                        Fate::Pass
                    }
                    other => other,
                },
                Err(_) => Fate::Violation,
            };
            if fate == Fate::Violation {
                break Ending::Garbled;
            }
        };
        self.kill_program(reason);
    }

    fn kill_program(&mut self, reason: Ending) {
        if let Some(program) = &mut self.program {
            program.kill(reason);
        }
    }

    fn program_end(&mut self, end: End, folder: Option<OwnedFd>) -> Result<(), Lost> {
        for _ in 0..LAST_READS {
            self.hear_program();
            if !self.program.as_mut().is_some_and(Live::hear_last) {
                break;
            }
        }
        let Some(program) = self.program.take() else { return Ok(()) };
        let ended = program.finish(end, folder)?;
        let how = words::gone(ended.ending, &self.job.limits);
        self.past.add(ended);
        if let Some(tests) = self.tests.as_mut().filter(|_| !self.is_over) {
            tests.say_json(&json!({ "gone": how }));
        }
        Ok(())
    }

    fn tests_end(&mut self, end: End, folder: Option<OwnedFd>) -> Result<(), Lost> {
        let Some(mut tests) = self.tests.take() else { return Ok(()) };
        for _ in 0..LAST_READS {
            loop {
                match tests.frames.take() {
                    Ok(Some(Frame::Word(CELL_STARTED))) => tests.claims.began = true,
                    Ok(Some(Frame::Word(frame))) => match Word::read(frame) {
                        Some(mut word) => self.tally.take(&mut word),
                        None => self.tally.spoil(),
                    },
                    Ok(Some(Frame::Talk(_))) => {}
                    Ok(None) | Err(_) => break,
                }
            }
            if !tests.hear_last() {
                break;
            }
        }
        if self.done.is_none() {
            self.done = Some(self.began.elapsed());
        }
        let ended = tests.finish(end, folder)?;
        self.tests_ending = Some(ended.ending);
        let (stdout, stderr, _) = ended.output.finish();
        self.said = (stdout, stderr);
        self.wind_up();
        Ok(())
    }

    /// Gives the present program cell up and provides another one.
    async fn restart(&mut self, reason: &str) -> Result<(), Lost> {
        self.restarts += 1;
        let left = self.job.limits.timeout.saturating_sub(self.began.elapsed());
        let is_possible = self.restarts <= RESTARTS_MAX && !left.is_zero();
        let old = self.program.take();
        let old = async {
            let Some(mut old) = old else { return Ok(None) };
            old.kill(if reason == "timeout" { Ending::WallTime } else { Ending::Garbled });
            let (end, folder) = old.end().await.map_err(Lost::During)?;
            // Nobody waits for its answers any more; that it began counts.
            for _ in 0..LAST_READS {
                while let Ok(Some(frame)) = old.frames.take() {
                    if let Frame::Word(word) = frame {
                        old.claims.take(word);
                    }
                }
                if !old.hear_last() {
                    break;
                }
            }
            old.finish(end, folder).map(Some)
        };
        let (job, around, began) = (self.job, self.around, self.began);
        let fresh = async {
            if !is_possible {
                return Ok(None);
            }
            match around.programs.take(around.patience.min(left)).await {
                Ok(cell) => Live::start(cell, job, Part::Program, around.program, began)
                    .await
                    .map(Some)
                    .map_err(Lost::BeforeStart),
                Err(_) if left < RESTART_TIME => Ok(None),
                Err(error) => Err(Lost::During(io::Error::other(error))),
            }
        };
        let both = async { tokio::try_join!(old, fresh) };
        tokio::pin!(both);
        // The tests' limits are kept meanwhile.
        let Some(tests) = &mut self.tests else { return Ok(()) };
        let (old, fresh) = tokio::select! {
            biased;
            both = &mut both => both?,
            ended = tests.end() => {
                let (end, folder) = ended.map_err(Lost::During)?;
                let (old, _) = both.await?;
                if let Some(old) = old {
                    self.past.add(old);
                }
                return self.tests_end(end, folder);
            }
        };
        if let Some(old) = old {
            self.past.add(old);
        }
        tests.say_json(&json!({ "restarted": fresh.is_some() }));
        self.program = fresh;
        self.relay.restart();
        if let Some(program) = self.program.as_mut().filter(|_| self.hide && self.relay.has_asked()) {
            program.output.stop_keeping();
        }
        Ok(())
    }

    async fn finish(self) -> Finished {
        let Past { output, ending, usage, folder, wall } = self.past;
        let (ending, mut report) = ending.unwrap_or((Ending::Exited(0), Report::default()));
        let (stdout, stderr, truncated) = output.map(Output::finish).unwrap_or_default();
        if self.hide && self.relay.has_asked() {
            // It may tell what it was asked.
            report = Report { syntax_error: report.syntax_error, ..Report::default() };
        }
        let files = collect(folder, &self.job.collect).await;
        let (cases, complete) = self.tally.finish();
        let grading = Grading {
            integrity: Integrity::Isolated,
            cases,
            complete,
            ending: self.tests_ending,
            stdout: self.said.0,
            stderr: self.said.1,
            wall: self.done.unwrap_or(wall),
        };
        Finished { ending, stdout, stderr, truncated, wall, usage, report, files, grading: Some(grading) }
    }
}
