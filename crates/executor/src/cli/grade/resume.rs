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

/// A start that asked for everything anew, by a service: the name under which it asked.
#[derive(Debug, Serialize, Deserialize)]
struct Round {
    key: String,
    round: String,
}

/// A job of a service that ended without a result.
#[derive(Debug, Serialize, Deserialize)]
struct Lost {
    key: String,
    lost: u32,
}

/// The file, with what it held.
#[derive(Debug)]
pub struct Results {
    file: File,
    known: HashMap<String, Outcome>,
    round: Option<String>,
    lost: HashMap<String, u32>,
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
        let (mut known, mut lost, mut round) = (HashMap::new(), HashMap::new(), None);
        for line in text.split(|byte| *byte == b'\n').filter(|line| !fresh && !line.is_empty()) {
            if let Ok(line) = serde_json::from_slice::<Line<Outcome>>(line) {
                known.insert(line.key, line.result);
            } else if let Ok(line) = serde_json::from_slice::<Lost>(line) {
                lost.insert(line.key, line.lost);
            } else if let Ok(line) = serde_json::from_slice::<Round>(line) {
                round = Some(line.round);
            }
        }
        Ok(Results { file, known, round, lost })
    }

    /// The result of a submission that has not changed.
    pub fn take(&mut self, key: &str) -> Option<Outcome> {
        self.known.remove(key)
    }

    /// Writes one down.
    pub fn note(&mut self, key: String, outcome: &Outcome) -> io::Result<()> {
        self.append(&Line { key, result: outcome })
    }

    /// The name under which a service is asked: that of the start before, so that it knows what it was asked already, or
    /// `new` where there was none.
    pub fn round(&mut self, new: String) -> io::Result<String> {
        if let Some(round) = &self.round {
            return Ok(round.clone());
        }
        self.append(&Round { key: "round".into(), round: new.clone() })?;
        self.round = Some(new.clone());
        Ok(new)
    }

    /// How many jobs of a submission have ended without a result.
    pub fn lost(&self, key: &str) -> u32 {
        self.lost.get(key).copied().unwrap_or_default()
    }

    /// One more has: the next start asks for another.
    pub fn note_lost(&mut self, key: String) -> io::Result<()> {
        let lost = self.lost(&key) + 1;
        self.append(&Lost { key: key.clone(), lost })?;
        self.lost.insert(key, lost);
        Ok(())
    }

    /// In one piece: what is on the disk is whole lines.
    fn append(&mut self, line: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(line)?;
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
    fn what_a_service_was_asked_is_remembered_unless_all_is_asked_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = beside(&folder.path().join("tests.py"));
        let open = |fresh| Results::open(&path, fresh).expect("opened");
        assert_eq!(open(false).round("one".into()).expect("written"), "one");
        let mut results = open(false);
        assert_eq!(results.round("two".into()).expect("known"), "one");
        assert_eq!(results.lost("k1"), 0);
        results.note_lost("k1".into()).expect("written");
        results.note_lost("k1".into()).expect("written");
        assert_eq!((open(false).lost("k1"), open(false).lost("k2")), (2, 0));
        assert_eq!(open(true).round("three".into()).expect("written"), "three");
        assert_eq!(open(false).round("four".into()).expect("known"), "three", "the last one goes on");
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
