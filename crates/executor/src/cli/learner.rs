//! What came of a program's tests, as its author wants to see it.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use api::{ExecuteResponse, TestCase, TestStatus};

use super::grade::outcome::{Counts, cases, is_bad, message};
use super::plain;

/// A colour for marks. Whether it is shown is for the stream to decide.
#[derive(Debug, Clone, Copy)]
pub struct Paint(AnsiColor);

pub const GOOD: Paint = Paint(AnsiColor::Green);
pub const BAD: Paint = Paint(AnsiColor::Red);
const OTHER: Paint = Paint(AnsiColor::Yellow);

impl Paint {
    pub fn mark(self, text: impl std::fmt::Display) -> String {
        let style = Style::new().fg_color(Some(self.0.into())).bold();
        format!("{style}{text}{style:#}")
    }
}

/// The program's output, each test, and how many have passed.
pub fn view(answer: &ExecuteResponse) -> String {
    let mut out = plain::lines(&answer.output);
    close(&mut out);
    if let Some(errors) = &answer.errors {
        out.push_str(&plain::lines(errors));
        close(&mut out);
    }
    for line in answer.notices.iter().chain(answer.error.iter().filter_map(|error| error.hint.as_ref())) {
        let _ = writeln!(out, "{}", plain::lines(line));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    for told in cases(answer) {
        case(&mut out, told);
    }
    if let Some(errors) = answer.test_result.as_ref().and_then(|result| result.errors.as_deref()) {
        let _ = writeln!(out, "\n{}", plain::lines(errors.trim_end()));
    }
    let Counts { passed, total, skipped } = Counts::of(answer);
    let mut last = match (total, skipped) {
        (0, 0) => "no test was found".to_owned(),
        (0, _) => "no test was run".to_owned(),
        (1, _) => format!("{passed} of 1 test passed"),
        _ => format!("{passed} of {total} tests passed"),
    };
    if skipped > 0 {
        let _ = write!(last, ", {skipped} skipped");
    }
    if !answer.success && passed == total && total > 0 {
        last.push_str(", but the program did not end well");
    }
    let paint = if answer.success { GOOD } else { BAD };
    let _ = writeln!(out, "\n{}", paint.mark(last));
    out
}

fn case(out: &mut String, told: &TestCase) {
    let (mark, word) = match told.status {
        TestStatus::Passed => (GOOD.mark('✓'), ""),
        TestStatus::Failed => (BAD.mark('✗'), ""),
        TestStatus::Error => (BAD.mark('✗'), " (error)"),
        TestStatus::Skipped => (OTHER.mark('-'), " (skipped)"),
        TestStatus::NotRun => (OTHER.mark('-'), " (not run)"),
    };
    let _ = writeln!(out, "{mark} {}{word}", plain::one_line(&told.name, 300));
    if told.status == TestStatus::Skipped {
        indented(out, "", told.message.as_deref().unwrap_or_default());
    }
    if !is_bad(told) {
        return;
    }
    indented(out, "", &message(told));
    for (label, text) in [("expected: ", &told.expected), ("actual:   ", &told.actual)] {
        if let Some(text) = text {
            indented(out, label, text);
        }
    }
    if let (Some(line), Some(source)) = (told.line, &told.source) {
        indented(out, &format!("line {line}: "), source.trim_end());
    }
    if let Some(output) = told.output.as_deref().filter(|output| !output.trim().is_empty()) {
        indented(out, "printed:  ", output.trim_end());
    }
}

/// Text beneath a test; further lines stand below the first.
fn indented(out: &mut String, label: &str, text: &str) {
    for (number, line) in plain::lines(text).lines().enumerate() {
        let label = if number == 0 { label.to_owned() } else { " ".repeat(label.chars().count()) };
        let _ = writeln!(out, "    {label}{line}");
    }
}

fn close(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}
