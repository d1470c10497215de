//! The results of an earlier start: one JSON object a line, written as each submission is done.
//!
//! A result is taken again when everything that it depends on is the same: the text, the tests, the files beside it, the
//! limits, the interpreter, the level of isolation and this program's version. The file lies beside the tests and not
//! among the submissions: whoever may hand in a file must not be able to hand in results.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::outcome::Outcome;

#[derive(Debug, Serialize, Deserialize)]
struct Line<T> {
    key: String,
    result: T,
}

/// The file, with what it held.
#[derive(Debug)]
pub struct Results {
    file: File,
    known: HashMap<String, Outcome>,
}

/// Where results are kept unless it is said otherwise.
pub fn beside(tests: &Path) -> PathBuf {
    let mut name = tests.as_os_str().to_owned();
    name.push(".grades.jsonl");
    name.into()
}

impl Results {
    /// Opens the file, or makes it. A line that was cut short, as by a full disk, is passed over.
    pub fn open(path: &Path, fresh: bool) -> io::Result<Results> {
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        // Nobody's tests are to be written into because of a slip of the pen.
        if !text.is_empty() && !text.starts_with(b"{\"key\":") {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "this is no file of results"));
        }
        if !text.is_empty() && !text.ends_with(b"\n") {
            file.seek(SeekFrom::End(0))?;
            file.write_all(b"\n")?;
        }
        let lines = text.split(|byte| *byte == b'\n').filter(|_| !fresh);
        let known = lines.filter_map(|line| serde_json::from_slice::<Line<Outcome>>(line).ok());
        Ok(Results { file, known: known.map(|line| (line.key, line.result)).collect() })
    }

    /// The result of a submission that has not changed.
    pub fn take(&mut self, key: &str) -> Option<Outcome> {
        self.known.remove(key)
    }

    /// Writes one down. In one piece: what is on the disk is whole lines.
    pub fn note(&mut self, key: String, outcome: &Outcome) -> io::Result<()> {
        let mut line = serde_json::to_vec(&Line { key, result: outcome })?;
        line.push(b'\n');
        self.file.write_all(&line)
    }
}

/// A fingerprint of texts, in which each one's end counts.
#[derive(Debug, Clone, Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    pub fn and(mut self, text: impl AsRef<[u8]>) -> Fingerprint {
        let text = text.as_ref();
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
        self
    }

    pub fn hex(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::outcome::Refused;
    use super::super::submissions::Submission;
    use super::*;

    #[test]
    fn results_are_found_again_unless_fresh_ones_are_wanted() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = beside(&folder.path().join("tests.py"));
        let one = Submission { name: "a\n\x1b\"".into(), path: "a.py".into(), fault: None };
        let outcome = Outcome::refused(&one, Refused::Empty, "nothing".into());
        let mut results = Results::open(&path, false).expect("made");
        results.note("k1".into(), &outcome).expect("written");
        drop(results);
        // A line that was cut short.
        OpenOptions::new()
            .append(true)
            .open(&path)
            .expect("there")
            .write_all(b"{\"key\":\"k2\",\"res")
            .expect("written");
        let mut results = Results::open(&path, false).expect("opened");
        assert_eq!(results.take("k1"), Some(outcome.clone()));
        assert_eq!(results.take("k2"), None);
        results.note("k3".into(), &outcome).expect("written");
        assert_eq!(Results::open(&path, false).expect("opened").take("k3"), Some(outcome));
        assert_eq!(Results::open(&path, true).expect("opened").take("k3"), None);
    }

    #[test]
    fn other_files_are_not_written_into() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tests.py");
        std::fs::write(&path, "assert True\n").expect("written");
        Results::open(&path, true).expect_err("no results");
        assert_eq!(std::fs::read_to_string(&path).expect("there"), "assert True\n");
    }

    #[test]
    fn ends_count() {
        let of = |parts: &[&str]| parts.iter().fold(Fingerprint::default(), |print, part| print.and(part)).hex();
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&["ab", "c"]).len(), 64);
    }
}
