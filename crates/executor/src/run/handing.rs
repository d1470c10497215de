//! What a cell is handed: its job, its standard input.

use std::borrow::Cow;
use std::io;

use base64::Engine as _;
use sandbox::abi::{JOB_GRADED, JOB_SHOWS_END, JOB_TEXT};
use serde_json::{Map, Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::unix::pipe;

use super::glance;
use super::live::Part;
use crate::job::Job;
use crate::pool::Cell;

/// The job as the cell reads it: what kind it is, and its body. A program with nothing beside it is its own body.
pub fn body(job: &Job, part: Part) -> (u32, Cow<'_, [u8]>) {
    let skips = part == Part::Plain && job.stdin.is_none() && glance::may_wait(&job.code);
    let shows_end = match part {
        Part::Plain | Part::Program => !job.files.is_empty() || glance::shows_end(&job.code),
        // For their end nobody waits.
        Part::Tests => false,
        Part::Both => true,
    };
    let kind = if shows_end { JOB_SHOWS_END } else { 0 };
    match part {
        Part::Plain | Part::Program if job.args.is_empty() && job.files.is_empty() && !skips => {
            let graded = if part == Part::Program { JOB_GRADED } else { 0 };
            (kind | JOB_TEXT | graded, job.code.as_bytes().into())
        }
        _ => (kind, json(job, part, skips).into_bytes().into()),
    }
}

fn json(job: &Job, part: Part, skips: bool) -> String {
    let files: Vec<_> = job
        .files
        .iter()
        .map(|file| match std::str::from_utf8(&file.content) {
            Ok(text) => json!([file.path, text, false]),
            Err(_) => json!([file.path, base64::engine::general_purpose::STANDARD.encode(&file.content), true]),
        })
        .collect();
    let mut text = Map::new();
    text.insert("code".into(), job.code.as_str().into());
    text.insert("args".into(), job.args.clone().into());
    text.insert("files".into(), files.into());
    text.insert("skip_interactive".into(), skips.into());
    let role = match part {
        Part::Plain => None,
        Part::Program => Some("program"),
        Part::Tests => Some("tests"),
        Part::Both => Some("both"),
    };
    if let Some(role) = role {
        let mut grade = Map::from_iter([("role".to_owned(), Value::from(role))]);
        if let Some(tests) = job.tests.as_ref().filter(|_| part != Part::Program) {
            grade.insert("tests".into(), tests.code.as_str().into());
            grade.insert("timeout_ms".into(), u64::try_from(job.limits.timeout.as_millis()).unwrap_or(u64::MAX).into());
            grade.insert("hide".into(), tests.hide.into());
        }
        text.insert("grade".into(), grade.into());
    }
    Value::from(text).to_string()
}

/// Puts standard input into its pipe; what does not fit is written by a task that ends with the pipe's other end.
pub fn feed(cell: &mut Cell, text: &[u8]) -> io::Result<()> {
    let Some(pipe) = cell.stdin.take() else { return Ok(()) };
    rustix::io::ioctl_fionbio(&pipe, true)?;
    let mut pipe = pipe::Sender::from_owned_fd_unchecked(pipe)?;
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::job::{FileIn, Limits, Tests};

    fn job(stdin: Option<&str>) -> Job {
        let limits = Limits {
            timeout: Duration::from_secs(3),
            cpu: Duration::from_secs(6),
            memory_bytes: 1,
            output_bytes: 1,
            processes: 1,
            file_bytes: 1,
        };
        let tests = Tests { code: "assert f()".into(), integrity: api::Integrity::Isolated, hide: true };
        Job {
            code: "f = 1".into(),
            stdin: stdin.map(Into::into),
            args: vec!["a".into()],
            files: vec![FileIn { path: "b".into(), content: vec![0xff] }],
            collect: Vec::new(),
            limits,
            runtime: 0,
            tests: Some(tests),
        }
    }

    #[test]
    fn each_part_is_told_what_it_needs() {
        let read = |part, stdin| {
            let job = job(stdin);
            let (kind, body) = body(&job, part);
            (kind, serde_json::from_slice::<Value>(&body).expect("JSON"))
        };
        let mut expected = json!({"code": "f = 1", "args": ["a"], "files": [["b", "/w==", true]]});
        expected["skip_interactive"] = false.into();
        assert_eq!(read(Part::Plain, None), (JOB_SHOWS_END, expected.clone()), "a file may hold more of the program");
        expected["grade"] = json!({"role": "program"});
        let (_, told) = read(Part::Program, None);
        assert_eq!(told, expected, "the program's side never sees the tests");
        expected["grade"] = json!({"role": "tests", "tests": "assert f()", "timeout_ms": 3000, "hide": true});
        assert_eq!(read(Part::Tests, None), (0, expected.clone()));
        expected["grade"]["role"] = "both".into();
        assert_eq!(read(Part::Both, None), (JOB_SHOWS_END, expected));
    }

    #[test]
    fn a_program_with_nothing_beside_it_is_its_own_body() {
        let text = |code: &str, stdin| Job { code: code.into(), args: Vec::new(), files: Vec::new(), ..job(stdin) };
        let kind = |code: &str, stdin, part| body(&text(code, stdin), part).0;
        assert_eq!(body(&text("f = 1", None), Part::Plain), (JOB_TEXT, b"f = 1".into()));
        assert_eq!(kind("f = open('a')", None, Part::Plain), JOB_TEXT | JOB_SHOWS_END);
        assert_eq!(kind("f = 1", None, Part::Program), JOB_TEXT | JOB_GRADED);
        const WAITS: &str = "if __name__ == '__main__':\n    input()";
        assert_eq!(kind(WAITS, None, Part::Plain), 0, "it has to be read");
        assert_eq!(kind(WAITS, Some(""), Part::Plain), JOB_TEXT);
        assert_eq!(kind(WAITS, None, Part::Program), JOB_TEXT | JOB_GRADED);
    }
}
