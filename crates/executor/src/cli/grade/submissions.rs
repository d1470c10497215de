//! Which files are submissions, what they are called, and their text.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::outcome::Refused;

/// Programs that a folder may hold beside others and still be one submission.
const MAIN: [&str; 2] = ["main.py", "solution.py"];

/// One submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// File's stem or folder's name; the path where that would not be unique.
    pub name: String,
    /// The program, or the folder in which there is none.
    pub path: PathBuf,
    /// Why there is no program.
    pub fault: Option<(Refused, String)>,
}

impl Submission {
    fn of(path: PathBuf, named: &Path) -> Submission {
        Submission { name: stem(named), path, fault: None }
    }

    /// Its text, of at most so many characters.
    pub fn text(&self, max_chars: usize) -> Result<String, (Refused, String)> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let too_long = || (Refused::TooLong, format!("it is too long: at most {max_chars} characters are taken"));
        // A character has at most four bytes; nobody's gigabytes are read.
        let most = 4 * max_chars as u64;
        let mut bytes = Vec::new();
        fs::File::open(&self.path)
            .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
            .map_err(|error| (Refused::NotGraded, format!("{}: {error}", self.path.display())))?;
        if bytes.len() as u64 > most {
            return Err(too_long());
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
            (Refused::NotUtf8, format!("line {line} is not UTF-8: the file has another encoding, or is no text"))
        })?;
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            return Err((Refused::Empty, "there is nothing in it".into()));
        }
        if text.chars().nth(max_chars).is_some() {
            return Err(too_long());
        }
        Ok(text)
    }
}

fn stem(path: &Path) -> String {
    let name = if path.extension().is_some_and(|e| e == "py") { path.file_stem() } else { path.file_name() };
    // `..` and `/` have no name of their own.
    name.map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The submissions of a folder, or of several files, sorted by name; `besides` are files and folders that are none.
pub fn find(given: &[PathBuf], besides: &[PathBuf]) -> Result<Vec<Submission>, String> {
    let besides: Vec<PathBuf> = besides.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let mut found = Vec::new();
    for path in given {
        let kind = fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
        if kind.is_dir() {
            found.extend(in_folder(path, &besides).map_err(|error| format!("{}: {error}", path.display()))?);
        } else if kind.is_file() {
            found.push(Submission::of(path.clone(), path));
        } else {
            return Err(format!("{}: neither a file nor a folder", path.display()));
        }
    }
    found.sort_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
    found.dedup_by(|one, other| one.path == other.path);
    let mut count: HashMap<String, usize> = HashMap::new();
    for submission in &found {
        *count.entry(submission.name.clone()).or_default() += 1;
    }
    for submission in found.iter_mut().filter(|submission| count[&submission.name] > 1) {
        submission.name = submission.path.display().to_string();
    }
    Ok(found)
}

fn in_folder(folder: &Path, besides: &[PathBuf]) -> std::io::Result<Vec<Submission>> {
    let root = folder.canonicalize()?;
    let mut found = Vec::new();
    for path in listed(folder)? {
        // A link may lead to what its author could not read: its target would end up in the results.
        let Some(real) = path.canonicalize().ok().filter(|real| real.starts_with(&root)) else {
            if is_python(&path) {
                let fault = (Refused::NoProgram, "it is a link that leads out of the folder".into());
                found.push(Submission { fault: Some(fault), ..Submission::of(path.clone(), &path) });
            }
            continue;
        };
        if besides.contains(&real) {
            continue;
        }
        if real.is_dir() {
            found.push(of_folder(path, &root));
        } else if is_python(&path) && real.is_file() {
            found.push(Submission::of(path.clone(), &path));
        }
    }
    Ok(found)
}

/// A subfolder is one submission: its `main.py`, `solution.py`, or the only program in it.
fn of_folder(folder: PathBuf, root: &Path) -> Submission {
    let inside = |path: &PathBuf| {
        is_python(path) && path.is_file() && path.canonicalize().is_ok_and(|real| real.starts_with(root))
    };
    let none =
        |why: String| Submission { fault: Some((Refused::NoProgram, why)), ..Submission::of(folder.clone(), &folder) };
    let programs: Vec<PathBuf> = match listed(&folder) {
        Ok(paths) => paths.into_iter().filter(inside).collect(),
        Err(error) => return none(error.to_string()),
    };
    let named = MAIN.iter().find_map(|name| programs.iter().find(|path| path.ends_with(name)));
    match (named, &programs[..]) {
        (Some(program), _) | (None, [program]) => Submission::of(program.clone(), &folder),
        (None, []) => none("the folder holds no .py file".into()),
        (None, _) => none("the folder holds several .py files, and none is main.py or solution.py".into()),
    }
}

/// What is in a folder and not hidden, sorted.
fn listed(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if !name.as_encoded_bytes().starts_with(b".") && name != "__pycache__" {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "py")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, content) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, content).expect("written");
        }
        folder
    }

    #[test]
    fn files_and_subfolders_are_submissions_and_what_is_hidden_is_not() {
        let folder = tree(&[
            ("ann.py", b"1"),
            ("bob/main.py", b"1"),
            ("bob/other.py", b"1"),
            ("cy/solution.py", b"1"),
            ("dee/work.py", b"1"),
            ("dee/notes.txt", b"1"),
            ("eve/a.py", b"1"),
            ("eve/b.py", b"1"),
            ("fay/readme.md", b"1"),
            (".venv/x.py", b"1"),
            ("__pycache__/x.py", b"1"),
            ("notes.txt", b"1"),
            ("tests.py", b"1"),
            ("data/words.txt", b"1"),
        ]);
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("gil.py")).expect("a link");
        let at = |name: &str| folder.path().join(name);
        let found = find(&[folder.path().into()], &[at("tests.py"), at("data")]).expect("found");
        let told: Vec<(&str, PathBuf, bool)> =
            found.iter().map(|s| (&*s.name, s.path.clone(), s.fault.is_some())).collect();
        assert_eq!(
            told,
            [
                ("ann", at("ann.py"), false),
                ("bob", at("bob/main.py"), false),
                ("cy", at("cy/solution.py"), false),
                ("dee", at("dee/work.py"), false),
                ("eve", at("eve"), true),
                ("fay", at("fay"), true),
                ("gil", at("gil.py"), true),
            ]
        );
    }

    #[test]
    fn names_are_unique() {
        let folder = tree(&[("a/main.py", b"1"), ("b/main.py", b"1"), ("c.py", b"1")]);
        let files = ["a/main.py", "b/main.py", "c.py", "c.py"].map(|name| folder.path().join(name));
        let names: Vec<String> = find(&files, &[]).expect("found").into_iter().map(|s| s.name).collect();
        assert_eq!(names, ["c".into(), files[0].display().to_string(), files[1].display().to_string()]);
        find(&[folder.path().join("nowhere")], &[]).expect_err("it is not there");
    }

    #[test]
    fn a_text_that_cannot_be_run_is_told_by_its_fault() {
        let long = "é".repeat(21);
        let folder = tree(&[
            ("bad.py", b"x = 1\ny = '\xff'\n"),
            ("empty.py", b""),
            ("blank.py", b" \n\t\n"),
            ("long.py", long.as_bytes()),
            ("huge.py", &[b'x'; 1000]),
            ("good.py", &long.as_bytes()[..40]),
        ]);
        let of = |name: &str| Submission::of(folder.path().join(name), Path::new(name)).text(20).map_err(|e| e.0);
        assert_eq!(of("bad.py"), Err(Refused::NotUtf8));
        assert_eq!(of("empty.py"), Err(Refused::Empty));
        assert_eq!(of("blank.py"), Err(Refused::Empty));
        assert_eq!(of("long.py"), Err(Refused::TooLong));
        assert_eq!(of("huge.py"), Err(Refused::TooLong));
        assert_eq!(of("nowhere.py"), Err(Refused::NotGraded));
        assert_eq!(of("good.py").expect("it is read").len(), 40);
    }
}
