//! Tests and program in one process, for tests whose author has asked for it. The learner's code can say anything
//! here that the tests can say.

use std::time::{Duration, Instant};

use api::Integrity;

use super::frames::Frame;
use super::live::{Ended, Event, Live, Part};
use super::tally::{Tally, Word};
use super::{LAST_READS, Lost, Surroundings, collect};
use crate::job::{Ending, Finished, Grading, Job, Report};
use crate::phase;
use crate::pool::Cell;

/// Runs both; see [`super::in_process`].
pub async fn run(cell: Cell, job: &Job, around: Surroundings) -> Result<Finished, Lost> {
    let began = Instant::now();
    let mut live = Live::start(cell, job, Part::Both, around, began).await.map_err(Lost::BeforeStart)?;
    let mut heard = Heard { began, tally: Tally::default(), loaded: None, done: None };
    let phase = phase!("run");
    let (end, folder) = loop {
        match live.next(true).await.map_err(Lost::During)? {
            Event::Heard => heard.take(&mut live),
            Event::Ended(end, folder) => break (end, folder),
            Event::Closed | Event::Sent => {}
        }
    };
    drop(phase);
    let _phase = phase!("collect");
    for _ in 0..LAST_READS {
        if !live.hear_last() {
            break;
        }
        heard.take(&mut live);
    }
    let Ended { ending, wall, usage, output, mut report, folder } = live.finish(end, folder)?;
    let files = collect(folder, &job.collect).await;
    let (mut stdout, mut stderr, truncated) = output.finish();
    let (mut said, mut complained) = (Vec::new(), Vec::new());
    if let Some((out, err)) = heard.loaded {
        said = stdout.split_off(within(out, stdout.len()));
        complained = stderr.split_off(within(err, stderr.len()));
        if job.tests.as_ref().is_some_and(|tests| tests.hide) {
            // What is said after the module's loading may tell of the tests.
            report = Report { syntax_error: report.syntax_error, ..Report::default() };
        }
    }
    let (cases, complete) = heard.tally.finish();
    let grading = Grading {
        integrity: Integrity::InProcess,
        cases,
        complete,
        ending: Some(ending),
        stdout: said,
        stderr: complained,
        wall: heard.done.unwrap_or(wall),
    };
    Ok(Finished { ending, stdout, stderr, truncated, wall, usage, report, files, grading: Some(grading) })
}

/// A claimed length, no longer than what there is.
fn within(claimed: u64, len: usize) -> usize {
    usize::try_from(claimed).map_or(len, |claimed| claimed.min(len))
}

/// What the cell has said.
struct Heard {
    began: Instant,
    tally: Tally,
    loaded: Option<(u64, u64)>,
    done: Option<Duration>,
}

impl Heard {
    fn take(&mut self, live: &mut Live) {
        let understood = loop {
            match live.frames.take() {
                Ok(Some(Frame::Word(frame))) => {
                    live.claims.take(frame);
                    let Some(mut word) = Word::read(frame) else { break false };
                    self.tally.take(&mut word);
                    self.loaded = self.loaded.or(word.loaded);
                    if self.tally.is_done() {
                        self.done.get_or_insert_with(|| self.began.elapsed());
                    }
                }
                Ok(Some(Frame::Talk(_))) => {}
                Ok(None) => break true,
                Err(_) => break false,
            }
        };
        if !understood {
            live.kill(Ending::Garbled);
        }
    }
}
