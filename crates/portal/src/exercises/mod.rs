//! Exercises as they lie in folders: `exercises/ID/` with `exercise.toml`, `instructions.md`, `starter.py`,
//! `solution.py`, `tests.py`, `hints/1.md` and up, `wrong/NAME.py`.

mod check;
pub mod embedded;
mod files;
mod meta;
mod read;
mod wrong;

use std::fmt;

use api::{Exercise, Hint, Integrity, RunStatus};

pub use check::{Checked, check};
pub use files::{Files, FilesError};
pub use read::read;

/// An exercise with all that only its author sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// What learners see.
    pub seen: Exercise,
    /// The solution.
    pub solution_code: String,
    /// The tests.
    pub tests: Tests,
    /// Hints by level, from 1.
    pub hints: Vec<Hint>,
    /// Answers that must not pass.
    pub wrong: Vec<Wrong>,
    /// Where its folder is, for messages.
    pub at: String,
}

/// An exercise's tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tests {
    /// Their code.
    pub code: String,
    /// Learners do not see their source and expected values.
    pub hide: bool,
    /// Where they run.
    pub integrity: Integrity,
}

impl Tests {
    /// Names all of it that a verdict depends on.
    pub fn digest(&self) -> String {
        jobs::digest(&[format!("{:?}\0", self.integrity).as_bytes(), self.code.as_bytes()])
    }
}

/// A wrong answer and the verdict that it must get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Its file within the exercise's folder.
    pub file: String,
    /// The answer.
    pub code: String,
    /// The verdict, and the line that says so.
    pub status: (RunStatus, usize),
    /// The test cases that it does not pass, and the line that says so; `None`: not said.
    pub fails: Option<(Vec<String>, usize)>,
}

/// What is wrong with an exercise, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The file.
    pub file: String,
    /// The line in it, from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
}

impl Mistake {
    fn new(file: impl Into<String>, line: impl Into<Option<usize>>, what: impl Into<String>) -> Mistake {
        Mistake { file: file.into(), line: line.into(), what: what.into() }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// Whether an exercise can be called so: in addresses, and as a folder.
pub fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b))
}
