//! Files that hold secrets, and what becomes of a change in one.
//!
//! A file is looked at twice a second. What two looks in a row found alike is taken: a file that is written in place is
//! never taken half. What cannot be used is complained of once, and what was read before holds.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::ConfigError;

/// Between two looks at a file.
const PAUSE: Duration = Duration::from_millis(500);

/// A file with a secret, as it was read. Its text is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretFile {
    variable: &'static str,
    path: PathBuf,
    text: String,
}

impl SecretFile {
    /// Reads the file that a variable names.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(variable: &'static str, path: &Path) -> Result<SecretFile, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|source| unreadable(variable, path, source))?;
        Ok(SecretFile { variable, path: path.to_owned(), text })
    }

    /// The variable that names it.
    pub fn variable(&self) -> &'static str {
        self.variable
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it held when it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Follows it: what it holds from now on is given to `take`, which says why it cannot be used.
    pub fn follow(self, take: impl FnMut(&str) -> Result<(), ConfigError> + Send + 'static) -> Following {
        Following(tokio::spawn(follow(self, take)))
    }
}

impl fmt::Debug for SecretFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.variable, self.path.display())
    }
}

/// A file is followed as long as this lives.
#[derive(Debug)]
pub struct Following(JoinHandle<()>);

impl Drop for Following {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn follow(file: SecretFile, mut take: impl FnMut(&str) -> Result<(), ConfigError>) {
    let SecretFile { variable, path, text: mut taken } = file;
    let mut seen = taken.clone();
    let mut complained = String::new();
    loop {
        tokio::time::sleep(PAUSE).await;
        let problem = match tokio::fs::read_to_string(&path).await {
            Ok(now) if now == taken => None,
            Ok(now) if now != seen => {
                seen = now;
                continue;
            }
            Ok(now) => match take(&now) {
                Ok(()) => {
                    taken = now;
                    tracing::info!(variable, path = %path.display(), "a secret has changed");
                    None
                }
                Err(problem) => Some(problem),
            },
            Err(source) => Some(unreadable(variable, &path, source)),
        };
        let problem = problem.map(|problem| crate::pool::chain(&problem)).unwrap_or_default();
        if !problem.is_empty() && problem != complained {
            tracing::warn!(variable, problem, "a secret cannot be used; the one before holds");
        }
        complained = problem;
    }
}

fn unreadable(variable: &'static str, path: &Path, source: std::io::Error) -> ConfigError {
    ConfigError { variable, problem: format!("{} cannot be read", path.display()), source: Some(source) }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[tokio::test]
    async fn a_change_is_taken_whole_and_what_is_no_use_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        let write = |text: &str| std::fs::write(&path, text).expect("written");
        write("one");
        let file = SecretFile::read("SECRET_FILE", &path).expect("readable");
        assert!(!format!("{file:?}").contains("one"));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let taken = heard.clone();
        let following = file.follow(move |text| {
            if text.is_empty() {
                return Err(crate::config::wrong("SECRET_FILE", "is empty"));
            }
            taken.lock().expect("not poisoned").push(text.to_owned());
            Ok(())
        });
        // A writer that takes its time is never heard half.
        for part in ["t", "tw", "two", "two and", "two and a half"] {
            write(part);
            tokio::time::sleep(PAUSE * 4 / 5).await;
        }
        tokio::time::sleep(PAUSE * 3).await;
        assert_eq!(*heard.lock().expect("not poisoned"), ["two and a half"]);
        write("");
        tokio::time::sleep(PAUSE * 3).await;
        std::fs::remove_file(&path).expect("removed");
        tokio::time::sleep(PAUSE * 3).await;
        assert_eq!(heard.lock().expect("not poisoned").len(), 1, "what cannot be used changes nothing");
        std::fs::write(folder.path().join("new"), "three").expect("written");
        std::fs::rename(folder.path().join("new"), &path).expect("renamed");
        tokio::time::sleep(PAUSE * 3).await;
        assert_eq!(heard.lock().expect("not poisoned").last().expect("heard"), "three");
        drop(following);
        write("four");
        tokio::time::sleep(PAUSE * 3).await;
        assert_eq!(heard.lock().expect("not poisoned").len(), 2);
    }
}
