//! A tree of text files, from a disk or from within the binary.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Largest file, in bytes.
const FILE_MAX: u64 = 1 << 20;

/// Files of exercises: for each exercise's folder its files, by their path within it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// Where they come from, for messages.
    pub at: String,
    /// Folder, path, text.
    pub exercises: BTreeMap<String, BTreeMap<String, String>>,
}

/// Why files cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// The system says so.
    #[error("{0} cannot be read")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// It is no text.
    #[error("{0} is not UTF-8")]
    NoText(PathBuf),
    /// It is no file of an exercise.
    #[error("{0} is larger than 1 MiB")]
    TooLarge(PathBuf),
    /// There is nothing.
    #[error("{0} holds no exercise: no folder with an exercise.toml")]
    Empty(PathBuf),
}

impl Files {
    /// Reads a folder of exercises' folders, or the folder of one exercise.
    ///
    /// # Errors
    /// Something in it cannot be read, or there is no exercise.
    pub fn of(folder: &Path) -> Result<Files, FilesError> {
        let mut exercises = BTreeMap::new();
        if folder.join("exercise.toml").is_file() {
            let whole = folder.canonicalize().map_err(|e| FilesError::Unreadable(folder.into(), e))?;
            let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let at = folder.parent().unwrap_or(Path::new("")).display().to_string();
            exercises.insert(name, tree(folder)?);
            return Ok(Files { at, exercises });
        }
        for (name, path) in entries(folder)? {
            if path.is_dir() {
                exercises.insert(name, tree(&path)?);
            }
        }
        match exercises.is_empty() {
            true => Err(FilesError::Empty(folder.into())),
            false => Ok(Files { at: folder.display().to_string(), exercises }),
        }
    }

    /// Adds one file by its path: `ID/solution.py`.
    pub(super) fn add(&mut self, path: &str, text: &str) {
        if let Some((folder, rest)) = path.split_once('/') {
            self.exercises.entry(folder.into()).or_default().insert(rest.into(), text.into());
        }
    }
}

/// What is in a folder, without what editors and Python leave there.
fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>, FilesError> {
    let unreadable = |e| FilesError::Unreadable(folder.into(), e);
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && name != "__pycache__" && !name.ends_with('~') {
            all.push((name, entry.path()));
        }
    }
    all.sort();
    Ok(all)
}

fn tree(folder: &Path) -> Result<BTreeMap<String, String>, FilesError> {
    let mut files = BTreeMap::new();
    for (name, path) in entries(folder)? {
        if path.is_dir() {
            for (below, path) in entries(&path)? {
                files.insert(format!("{name}/{below}"), text(&path)?);
            }
        } else {
            files.insert(name, text(&path)?);
        }
    }
    Ok(files)
}

fn text(path: &Path) -> Result<String, FilesError> {
    let unreadable = |e| FilesError::Unreadable(path.into(), e);
    if std::fs::metadata(path).map_err(unreadable)?.len() > FILE_MAX {
        return Err(FilesError::TooLarge(path.into()));
    }
    String::from_utf8(std::fs::read(path).map_err(unreadable)?).map_err(|_| FilesError::NoText(path.into()))
}
