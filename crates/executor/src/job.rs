//! What is run and what came of it, in the service's own words.
//!
//! [`Job`] goes in; either [`Finished`] comes out (the program ran, whatever it did) or a [`RunError`] (something
//! failed on our side). The two never mix: nothing in [`Ending`] can be caused by us, nothing in [`RunError`] by the
//! program.

use std::time::Duration;

/// One program to run, validated.
#[derive(Debug, Clone)]
pub struct Job {
    /// The program's text: `main.py`.
    pub code: String,
    /// Standard input; `None` means that the caller gave none (the program sees an empty one).
    pub stdin: Option<Vec<u8>>,
    /// `sys.argv[1:]`.
    pub args: Vec<String>,
    /// Files placed in the working directory before the run; paths are relative and beneath it.
    pub files: Vec<FileIn>,
    /// Globs of files to bring back after the run.
    pub collect: Vec<String>,
    /// What the run may use.
    pub limits: Limits,
    /// Index into the service's list of runtimes.
    pub runtime: usize,
    /// The tests; without them the program is run as `python3 main.py` would run it.
    pub tests: Option<Tests>,
}

/// Tests to run on a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tests {
    /// Their text.
    pub code: String,
    /// Where they run.
    pub integrity: api::Integrity,
    /// Whether the answer keeps silent about them.
    pub hide: bool,
}

/// A file to place in the working directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileIn {
    /// Relative path without `..`.
    pub path: String,
    /// The bytes.
    pub content: Vec<u8>,
}

/// A file brought back from the working directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileOut {
    /// Path relative to the working directory; bytes that are not UTF-8 are replaced.
    pub path: String,
    /// The bytes, cut at what was left of the limit on collected bytes.
    pub content: Vec<u8>,
    /// Whether it was cut.
    pub truncated: bool,
}

/// What a run may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Wall time from the moment the program has the job.
    pub timeout: Duration,
    /// Processor time of the whole tree.
    pub cpu: Duration,
    /// Memory of the whole tree, in bytes.
    pub memory_bytes: u64,
    /// Standard output and standard error together, in bytes.
    pub output_bytes: u64,
    /// Processes and threads alive at the same time.
    pub processes: u32,
    /// Files of the run, all together, in bytes.
    pub file_bytes: u64,
}

/// How a program ended. Only what the program did stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It exited by itself with this code (0 to 255).
    Exited(i32),
    /// A signal ended it that we did not send.
    Signaled(i32),
    /// It reached the wall-time limit and was killed.
    WallTime,
    /// Its tree reached the processor-time limit and was killed.
    CpuTime,
    /// It wrote more than the output limit and was killed.
    Output,
    /// Its tree passed the memory limit and was killed.
    Memory,
    /// Its files, all together, passed their limit and it was killed. Where the files have a mount of their own, the
    /// program gets an error instead.
    Files,
    /// It sent its tests something that is not an answer, and was killed.
    Garbled,
}

/// What the runner in the cell said about the program. It comes from a process that the program controlled, so it is
/// shown to its author and decides nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct Report {
    /// The uncaught exception.
    pub error: Option<ReportedError>,
    /// The program never started: its text does not compile.
    pub syntax_error: bool,
    /// What was done to the program, in sentences.
    pub notices: Vec<String>,
}

/// The uncaught exception as the runner described it.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct ReportedError {
    /// Class name, qualified as in a traceback.
    pub r#type: String,
    /// `str(exception)`.
    pub message: String,
    /// Line in `main.py` (or in the file named by a syntax error), from 1.
    pub line: Option<u32>,
    /// Column in that line, from 1, where Python knows it.
    pub column: Option<u32>,
    /// That line's text.
    pub source: Option<String>,
    /// One sentence for a beginner.
    pub hint: Option<String>,
}

/// What a run used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Processor time of the whole tree.
    pub cpu: Duration,
    /// Peak of the tree's memory, in bytes, as far as it was seen.
    pub peak_memory_bytes: u64,
}

/// A program that was run.
#[derive(Debug, Clone)]
pub struct Finished {
    /// How it ended.
    pub ending: Ending,
    /// Standard output up to the limit.
    pub stdout: Vec<u8>,
    /// Standard error up to the limit.
    pub stderr: Vec<u8>,
    /// Output was cut at the limit.
    pub truncated: bool,
    /// From the moment the program had the job to its end.
    pub wall: Duration,
    /// What it used.
    pub usage: Usage,
    /// What the runner said.
    pub report: Report,
    /// What `collect` matched.
    pub files: Vec<FileOut>,
    /// What the tests found, if there were any.
    pub grading: Option<Grading>,
}

impl Finished {
    /// Whether it may be for want of time that it went no better. Tests wait for each of the program's answers.
    pub fn is_late(&self) -> bool {
        let is_late = |grading: &Grading| {
            !grading.complete || grading.cases.iter().any(|case| case.status != api::TestStatus::Passed)
        };
        self.ending == Ending::WallTime || self.grading.as_ref().is_some_and(is_late)
    }
}

/// What tests found.
///
/// With `isolated` it comes from a process that the learner's code never entered. With `in_process` it comes from the
/// very process that ran the learner's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grading {
    /// Where the tests ran.
    pub integrity: api::Integrity,
    /// Every test that was announced before the learner's code was loaded, in order, and those that came up later.
    pub cases: Vec<Case>,
    /// The tests reached their end: without that nothing is passed.
    pub complete: bool,
    /// How the process that ran the tests ended; `None` if it was not waited for.
    pub ending: Option<Ending>,
    /// Standard output of the test phase, up to the limit.
    pub stdout: Vec<u8>,
    /// Standard error of the test phase, up to the limit.
    pub stderr: Vec<u8>,
    /// Wall time of the test phase.
    pub wall: Duration,
}

/// One test and what became of it. Texts are cut to size by whoever shows them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// How it went.
    pub status: api::TestStatus,
    /// What should have come.
    #[serde(default)]
    pub expected: Option<String>,
    /// What came.
    #[serde(default)]
    pub actual: Option<String>,
    /// What went wrong, as Python says it.
    #[serde(default)]
    pub error: Option<String>,
    /// What went wrong, in plain words.
    #[serde(default)]
    pub message: Option<String>,
    /// The line of what failed, in the tests, from 1.
    #[serde(default)]
    pub line: Option<u32>,
    /// That line's text.
    #[serde(default)]
    pub source: Option<String>,
    /// What was printed during the test.
    #[serde(default)]
    pub output: Option<String>,
    /// Its wall time, in microseconds.
    #[serde(default)]
    pub micros: Option<u64>,
}

/// A run that did not happen, or of which we lost track: never the program's doing.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Every place is taken and the queue is full.
    #[error("every place is taken and the queue is full")]
    Full {
        /// When to try again.
        retry_after: Duration,
    },
    /// The service is stopping.
    #[error("the service is stopping")]
    Stopping,
    /// No interpreter could be had.
    #[error("no interpreter could be had: {0}")]
    NoCell(String),
    /// The run's keeper went away before it told how the program ended, twice.
    #[error("the run was lost: {0}")]
    Lost(String),
}
