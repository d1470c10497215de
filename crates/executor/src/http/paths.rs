//! Names of files that a request may place or ask for.

use std::collections::HashSet;

use super::Problem;

/// Longest path, in bytes.
const PATH_MAX: usize = 255;
/// Most folders above a file.
const DEPTH_MAX: usize = 16;

/// Modules that are the program's own, at the top of the working directory.
const OWN_MODULES: [&str; 3] = ["main", "starter", "solution"];
/// Modules that Python or pytest load by themselves, anywhere.
const SELF_LOADING: [&str; 3] = ["conftest", "sitecustomize", "usercustomize"];
/// Files that change how tests run, anywhere.
const SETTINGS: [&str; 7] =
    ["pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "pyproject.toml", "setup.cfg", "tox.ini"];
/// What makes a file a module.
const MODULE_ENDINGS: [&str; 5] = ["py", "pyc", "pyo", "pyw", "so"];

/// Why a path is no relative path beneath the working directory; `None` if it is one.
pub(super) fn fault(path: &str) -> Option<&'static str> {
    let parts = || path.split('/');
    match path {
        "" => Some("must not be empty"),
        _ if path.len() > PATH_MAX => Some("must be at most 255 bytes long"),
        _ if path.starts_with('/') => Some("must be relative"),
        _ if path.chars().any(char::is_control) => Some("must not hold control characters"),
        _ if path.contains('\\') => Some("must not hold backslashes; folders are separated by /"),
        _ if parts().any(|part| matches!(part, "" | "." | "..")) => Some("must not have empty parts, . or .."),
        _ if parts().count() > DEPTH_MAX => Some("must have at most 16 parts"),
        _ => None,
    }
}

/// Whether a file of this name would stand in for something that the service or Python puts there.
fn is_reserved(path: &str) -> bool {
    let folded = path.to_lowercase();
    folded.split('/').enumerate().any(|(depth, part)| {
        let (stem, ending) = part.split_once('.').map_or((part, None), |(stem, rest)| (stem, rest.rsplit('.').next()));
        let is_module = ending.is_none_or(|ending| MODULE_ENDINGS.contains(&ending));
        let own = depth == 0 && OWN_MODULES.contains(&stem);
        (is_module && (own || SELF_LOADING.contains(&stem)))
            || ending == Some("pth")
            || part == "__pycache__"
            || SETTINGS.contains(&part)
    })
}

/// The paths of one request, each seen once.
#[derive(Debug, Default)]
pub(super) struct Places {
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl Places {
    /// Takes a path, or says why it cannot be had. `field` is the path's field.
    pub fn take(&mut self, path: &str, field: &str) -> Result<(), Problem> {
        let bad = |code, what: &str| Err(Problem::bad(code, format!("{field} {what}")).at(field.to_owned()));
        if let Some(fault) = fault(path) {
            return bad("INVALID_PATH", fault);
        }
        if is_reserved(path) {
            return bad("RESERVED_PATH", "is a name that is kept for the program, the tests or Python itself");
        }
        let folded = path.to_lowercase();
        if self.folders.contains(&folded) {
            return bad("CONFLICTING_PATH", "is a folder of another file");
        }
        for (end, _) in folded.match_indices('/') {
            if self.files.contains(&folded[..end]) {
                return bad("CONFLICTING_PATH", "has another file as a folder");
            }
            self.folders.insert(folded[..end].to_owned());
        }
        if !self.files.insert(folded) {
            return bad("CONFLICTING_PATH", "is given twice, or differs from another in case alone");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(paths: &[&str]) -> Vec<&'static str> {
        let mut places = Places::default();
        paths.iter().map(|path| places.take(path, "p").map_or_else(|problem| problem.code, |()| "")).collect()
    }

    #[test]
    fn plain_paths() {
        let paths =
            ["a.txt", "data/a.txt", "main.txt", "pkg/main.py", "pkg/__init__.py", "späce name.csv", ".hidden", "..."];
        assert_eq!(codes(&paths), [""; 8]);
    }

    #[test]
    fn paths_that_are_none() {
        let long = "a".repeat(256);
        let deep = "a/".repeat(16) + "a";
        let paths = [
            "",
            "/abs",
            "../x",
            "a/../../b",
            "a/..",
            "a//b",
            "a/",
            "./a",
            ".",
            "..",
            "a\0b",
            "a\nb",
            "a\u{85}",
            "a\\b",
            "C:\\x",
            &long,
            &deep,
        ];
        for path in paths {
            assert_eq!(codes(&[path]), ["INVALID_PATH"], "{path:?}");
        }
    }

    #[test]
    fn names_that_are_kept() {
        let paths = [
            "main.py",
            "MAIN.py",
            "starter.py",
            "solution.py",
            "starter/__init__.py",
            "main/x.txt",
            "starter.pyc",
            "starter.cpython-311-x86_64-linux-gnu.so",
            "conftest.py",
            "sub/conftest.py",
            "sitecustomize.py",
            "usercustomize.py",
            "sitecustomize/__init__.py",
            "evil.pth",
            "a/b.PTH",
            "pytest.ini",
            "tox.ini",
            "setup.cfg",
            "pyproject.toml",
            "__pycache__/main.cpython-311.pyc",
        ];
        for path in paths {
            assert_eq!(codes(&[path]), ["RESERVED_PATH"], "{path:?}");
        }
    }

    #[test]
    fn paths_that_exclude_each_other() {
        assert_eq!(codes(&["a", "a"]), ["", "CONFLICTING_PATH"]);
        assert_eq!(codes(&["Data.csv", "data.CSV"]), ["", "CONFLICTING_PATH"]);
        assert_eq!(codes(&["a", "A/b"]), ["", "CONFLICTING_PATH"]);
        assert_eq!(codes(&["a/b/c", "a/B"]), ["", "CONFLICTING_PATH"]);
        assert_eq!(codes(&["a/b", "a/c", "A/d"]), ["", "", ""]);
    }
}
