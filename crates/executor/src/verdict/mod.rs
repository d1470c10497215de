//! From what happened to what the caller reads. Pure.
//!
//! The ending, the output and the usage are facts; the [`Report`](crate::job::Report) is a claim of a process that the
//! program controlled. It is shown to its author, cut to size, and may turn `error` into `syntax_error` or
//! `memory_limit`: both are failures all the same, so that nothing is won by lying.

mod grading;
pub(crate) mod words;

use api::{Collected, Encoding, ExecuteResponse, RunStatus, Uncaught, Usage};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::job::{Ending, FileOut, Finished, Limits, ReportedError};

/// SIGKILL: how a run ends that reached a limit.
const SIGKILL: i32 = 9;

/// What the answer depends on beside what happened.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// What the run was allowed.
    pub limits: Limits,
    /// Whether `output` and `errors` lose trailing white space.
    pub trim: bool,
    /// Whether the answer keeps silent about the tests.
    pub hide: bool,
}

/// The answer for a program that was run, with tests or without.
pub fn response(finished: Finished, terms: &Terms) -> ExecuteResponse {
    let status = status(&finished, &terms.limits);
    let is_graded = finished.grading.is_some();
    let test_result = finished.grading.map(|grading| grading::test_result(grading, terms));
    // How the program ended says more than that its tests did not pass.
    let with_tests = match &test_result {
        Some(result) if status == RunStatus::Ok && !result.passed => RunStatus::TestsFailed,
        _ => status,
    };
    let (exit_code, signal) = match finished.ending {
        Ending::Exited(code) => (Some(code), None),
        Ending::Signaled(signal) => (None, Some(signal)),
        Ending::WallTime | Ending::CpuTime | Ending::Output | Ending::Memory | Ending::Files | Ending::Garbled => {
            (None, Some(SIGKILL))
        }
    };
    // Exact text stays exact: only a limit, which plain Python does not have, is told in it.
    let is_exact = !terms.trim && matches!(finished.ending, Ending::Signaled(_));
    let sentence = match finished.ending {
        // Tests give a program up before the whole run's time is over.
        Ending::WallTime if is_graded => Some(words::OUT_OF_TIME.into()),
        ending => words::explain(ending, status, &terms.limits).filter(|_| !is_exact),
    };
    // Only an exit with a code other than 0 can be an uncaught exception's.
    let raised = matches!(finished.ending, Ending::Exited(code) if code != 0);
    ExecuteResponse {
        success: with_tests == RunStatus::Ok,
        output: text(finished.stdout, terms.trim),
        errors: errors(text(finished.stderr, terms.trim), sentence),
        execution_time: millis(finished.wall),
        test_result,
        status: with_tests,
        exit_code,
        signal,
        usage: Usage { cpu_ms: millis(finished.usage.cpu), peak_memory_bytes: finished.usage.peak_memory_bytes },
        truncated: finished.truncated,
        error: finished.report.error.filter(|_| raised).map(uncaught),
        notices: finished.report.notices.into_iter().take(8).map(|notice| cut(notice, 500)).collect(),
        files: finished.files.into_iter().map(collected).collect(),
    }
}

fn status(finished: &Finished, limits: &Limits) -> RunStatus {
    match finished.ending {
        Ending::Exited(0) => RunStatus::Ok,
        Ending::Exited(1) if finished.report.syntax_error => RunStatus::SyntaxError,
        Ending::Exited(_) if out_of_memory(finished, limits) => RunStatus::MemoryLimit,
        Ending::Exited(_) => RunStatus::Error,
        Ending::Signaled(_) | Ending::Files | Ending::Garbled => RunStatus::Killed,
        Ending::WallTime | Ending::CpuTime => RunStatus::Timeout,
        Ending::Output => RunStatus::OutputLimit,
        Ending::Memory => RunStatus::MemoryLimit,
    }
}

/// What a process shares with others (the interpreter, its libraries) is in the peak and not in the limit.
const SHARED: u64 = 32 << 20;

/// An uncaught `MemoryError` of a program that had come near its limit; the allocation that failed is not in the peak.
/// One that has closed everything cannot say what it died of: there the peak alone tells.
fn out_of_memory(finished: &Finished, limits: &Limits) -> bool {
    let raised = finished.report.error.as_ref().is_some_and(|error| error.r#type == "MemoryError");
    let peak = finished.usage.peak_memory_bytes;
    raised && peak >= limits.memory_bytes / 2 || peak > limits.memory_bytes + SHARED
}

fn text(bytes: Vec<u8>, trim: bool) -> String {
    let mut text = String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    if trim {
        text.truncate(text.trim_end().len());
    }
    text
}

/// The program's own words, then ours on a line of their own.
fn errors(mut said: String, sentence: Option<String>) -> Option<String> {
    if let Some(sentence) = sentence {
        if !said.is_empty() && !said.ends_with('\n') {
            said.push('\n');
        }
        said.push_str(&sentence);
    }
    (!said.is_empty()).then_some(said)
}

fn uncaught(error: ReportedError) -> Uncaught {
    Uncaught {
        r#type: cut(error.r#type, 200),
        message: cut(error.message, 4096),
        line: error.line,
        column: error.column,
        source: error.source.map(|source| cut(source, 1024)),
        hint: error.hint.map(|hint| cut(hint, 500)),
    }
}

fn collected(file: FileOut) -> Collected {
    let (content, encoding) = match String::from_utf8(file.content) {
        Ok(text) => (text, Encoding::Utf8),
        Err(error) => (BASE64.encode(error.as_bytes()), Encoding::Base64),
    };
    Collected { path: file.path, content, encoding, truncated: file.truncated }
}

/// At most `max` bytes, ending in an ellipsis if something is missing.
fn cut(mut text: String, max: usize) -> String {
    const ELLIPSIS: char = '…';
    if text.len() > max {
        text.truncate(text.floor_char_boundary(max - ELLIPSIS.len_utf8()));
        text.push(ELLIPSIS);
    }
    text
}

/// To the nearest millisecond.
fn millis(time: std::time::Duration) -> u64 {
    u64::try_from((time.as_micros() + 500) / 1000).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
