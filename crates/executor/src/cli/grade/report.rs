//! The results in each format. Nothing that a learner wrote reaches a terminal as it is.

use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, presets};
use serde_json::json;

use super::super::plain;
use super::junit;
use super::outcome::Outcome;

/// Form of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Table,
    /// Everything, with each answer as the service would give it.
    Json,
    /// One line for each submission, for spreadsheets.
    Csv,
    /// A JUnit report, for pipelines such as GitLab's and Jenkins'.
    Junit,
}

/// Longest name and message in a line.
const NAME_MAX: usize = 60;
const MESSAGE_MAX: usize = 200;

/// How many went how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    pub passed: usize,
    pub failed: usize,
    pub not_graded: usize,
}

impl Totals {
    pub fn of(outcomes: &[Outcome]) -> Totals {
        let passed = outcomes.iter().filter(|outcome| outcome.passed).count();
        let not_graded = outcomes.iter().filter(|outcome| outcome.is_our_fault()).count();
        Totals { passed, not_graded, failed: outcomes.len() - passed - not_graded }
    }

    pub fn sentence(self) -> String {
        let all = self.passed + self.failed + self.not_graded;
        let rest = if self.not_graded > 0 { format!(", {} not graded", self.not_graded) } else { String::new() };
        format!("{} of {all} passed{rest}", self.passed)
    }
}

/// The results as text. `width` is a terminal's.
pub fn text(outcomes: &[Outcome], format: Format, width: Option<u16>) -> Result<String, String> {
    match format {
        Format::Table => Ok(table(outcomes, width)),
        Format::Json => {
            let Totals { passed, failed, not_graded } = Totals::of(outcomes);
            let total = outcomes.len();
            plain::json(&json!({ "total": total, "passed": passed, "failed": failed, "notGraded": not_graded,
                "submissions": outcomes }))
            .map_err(|error| error.to_string())
        }
        Format::Csv => csv(outcomes).map_err(|error| error.to_string()),
        Format::Junit => junit::text(outcomes).map_err(|error| error.to_string()),
    }
}

fn cases(outcome: &Outcome) -> String {
    format!("{}/{}", outcome.cases_passed, outcome.cases_total)
}

fn failure(outcome: &Outcome) -> (String, String) {
    let Some(failure) = &outcome.first_failure else { return Default::default() };
    let name = failure.name.as_deref().map(|name| plain::one_line(name, NAME_MAX));
    (name.unwrap_or_default(), plain::one_line(&failure.message, MESSAGE_MAX))
}

fn table(outcomes: &[Outcome], width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(["", "name", "tests", "status", "time", "first failure"]);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    for outcome in outcomes {
        let (name, message) = failure(outcome);
        let mark = match outcome.passed {
            true => "✓",
            false if outcome.is_our_fault() => "!",
            false => "✗",
        };
        table.add_row([
            mark.into(),
            plain::one_line(&outcome.name, NAME_MAX),
            cases(outcome),
            outcome.status.name().into(),
            format!("{} ms", outcome.execution_time),
            if name.is_empty() { message } else { format!("{name}: {message}") },
        ]);
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    format!("{}\n\n{}\n", lines.join("\n"), Totals::of(outcomes).sentence())
}

fn csv(outcomes: &[Outcome]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "name",
        "passed",
        "cases_passed",
        "cases_total",
        "status",
        "execution_time_ms",
        "first_failure",
        "message",
    ])?;
    for outcome in outcomes {
        let (name, message) = failure(outcome);
        writer.write_record([
            inert(plain::one_line(&outcome.name, usize::MAX)),
            outcome.passed.to_string(),
            outcome.cases_passed.to_string(),
            outcome.cases_total.to_string(),
            outcome.status.name().into(),
            outcome.execution_time.to_string(),
            inert(name),
            inert(message),
        ])?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A spreadsheet would calculate what begins like a formula, and a learner could have it send the others' grades away.
fn inert(text: String) -> String {
    if text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::super::outcome::Refused;
    use super::super::submissions::Submission;
    use super::*;

    /// Names and messages that try to get out of where they stand.
    fn evil() -> Vec<Outcome> {
        let outcome = |name: &str, message: &str| {
            let submission = Submission { name: name.into(), path: "x.py".into(), fault: None };
            Outcome::refused(&submission, Refused::Empty, message.into())
        };
        vec![
            outcome("a\n\"b\",c", "one\ntwo \"three\", <four> & ]]> five"),
            outcome("=1+1", "=HYPERLINK(\"http://evil\")"),
            outcome("\x1b[31mred", "\x1b]0;title\x07 \u{9b}2J \0 \u{202e} \u{fffe}"),
        ]
    }

    #[test]
    fn no_format_passes_on_what_a_terminal_obeys() {
        for format in [Format::Table, Format::Json, Format::Csv, Format::Junit] {
            let text = text(&evil(), format, Some(80)).expect("written");
            let bad = text.chars().find(|c| c.is_control() && *c != '\n');
            assert_eq!(bad, None, "{format:?}: {text:?}");
        }
    }

    #[test]
    fn a_row_is_a_line_and_formulas_are_texts() {
        let text = csv(&evil()).expect("written");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!((rows.len(), text.lines().count()), (3, 4));
        assert_eq!((&rows[0][0], &rows[0][7]), ("a\\n\"b\",c", "one\\ntwo \"three\", <four> & ]]> five"));
        assert_eq!((&rows[1][0], &rows[1][7]), ("'=1+1", "'=HYPERLINK(\"http://evil\")"));
        assert_eq!(table(&evil(), None).lines().count(), 1 + 3 + 2);
    }

    #[test]
    fn junit_says_the_same_and_can_be_read() {
        let text = text(&evil(), Format::Junit, None).expect("written");
        let report = quick_junit::Report::deserialize_from_str(&text).expect("it is valid");
        assert_eq!((report.test_suites.len(), report.errors), (3, 3));
        assert_eq!(report.test_suites[1].name.as_str(), "=1+1");
    }
}
