//! Wrong answers: their first lines say the verdict that they must get.

use api::RunStatus;

use super::{Mistake, Wrong};

const STATUSES: [RunStatus; 8] = [
    RunStatus::Ok,
    RunStatus::Error,
    RunStatus::SyntaxError,
    RunStatus::TestsFailed,
    RunStatus::Timeout,
    RunStatus::OutputLimit,
    RunStatus::MemoryLimit,
    RunStatus::Killed,
];

/// Reads one; `at` is its file for messages.
pub(super) fn parse(at: &str, file: &str, code: &str) -> Result<Wrong, Mistake> {
    let (mut status, mut fails) = (None, None);
    let comments = code.lines().take_while(|line| line.starts_with('#')).enumerate();
    for (index, line) in comments {
        let Some((key, value)) = line[1..].split_once(':') else { continue };
        match key.trim() {
            "status" => status = Some((status_of(at, index + 1, value.trim())?, index + 1)),
            "fails" => fails = Some((names(value), index + 1)),
            _ => {}
        }
    }
    let status = status
        .ok_or_else(|| Mistake::new(at, 1, "its first lines must say the verdict, such as: # status: tests_failed"))?;
    if status.0 == RunStatus::TestsFailed && fails.as_ref().is_none_or(|(names, _)| names.is_empty()) {
        return Err(Mistake::new(at, status.1, "it must say which test cases it does not pass: # fails: NAME, NAME"));
    }
    Ok(Wrong { file: file.into(), code: code.into(), status, fails })
}

fn status_of(at: &str, line: usize, word: &str) -> Result<RunStatus, Mistake> {
    let known = STATUSES.into_iter().filter(|status| *status != RunStatus::Ok);
    known.clone().find(|status| status.name() == word).ok_or_else(|| {
        let all: Vec<&str> = known.map(RunStatus::name).collect();
        Mistake::new(at, line, format!("{word:?} is no verdict of a wrong answer; these are: {}", all.join(", ")))
    })
}

/// Names separated by commas; a comma within brackets belongs to the name.
fn names(text: &str) -> Vec<String> {
    let mut depth = 0_i32;
    let parts = text.split(|c| {
        depth += match c {
            '[' | '(' => 1,
            ']' | ')' => -1,
            _ => 0,
        };
        c == ',' && depth <= 0
    });
    parts.map(str::trim).filter(|name| !name.is_empty()).map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers() {
        let wrong = parse("f", "wrong/a.py", "# status: tests_failed\n# fails: test_a, test_b[1, 2], Test 2\nx = 1\n");
        let wrong = wrong.expect("good");
        assert_eq!(wrong.status, (RunStatus::TestsFailed, 1));
        let names = ["test_a", "test_b[1, 2]", "Test 2"].map(String::from).to_vec();
        assert_eq!(wrong.fails, Some((names, 2)));
        assert_eq!(parse("f", "w", "# status: timeout\n").expect("good").fails, None);
        for (code, said) in [
            ("x = 1\n", "f:1: its first lines"),
            ("\n# status: timeout\n", "f:1: its first lines"),
            ("# status: ok\n", "f:1: \"ok\" is no verdict"),
            ("# why: x\n# status: tests_failed\n", "f:2: it must say which"),
        ] {
            let mistake = parse("f", "w", code).expect_err(code).to_string();
            assert!(mistake.starts_with(said), "{mistake}");
        }
    }
}
