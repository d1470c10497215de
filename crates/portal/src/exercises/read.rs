//! From files to exercises, or to a list of all that is wrong with them.

use std::collections::BTreeMap;

use api::{Exercise, Hint};

use super::{Files, Lesson, Mistake, Tests, Wrong, is_id, meta, wrong};

/// As the executor takes them.
const CODE_CHARS: usize = 50_000;
const TEST_CODE_CHARS: usize = 200_000;

/// Reads all exercises.
///
/// # Errors
/// Everything that is wrong with them.
pub fn read(files: &Files) -> Result<Vec<Lesson>, Vec<Mistake>> {
    let (mut lessons, mut mistakes) = (Vec::new(), Vec::new());
    for (id, files_of) in &files.exercises {
        let at = match files.at.as_str() {
            "" => id.clone(),
            at => format!("{at}/{id}"),
        };
        let folder = Folder { id, at, files: files_of, mistakes: Vec::new() };
        match folder.lesson() {
            Ok(lesson) => lessons.push(lesson),
            Err(more) => mistakes.extend(more),
        }
    }
    lessons.sort_by(|a, b| (a.seen.order, &a.seen.id).cmp(&(b.seen.order, &b.seen.id)));
    for pair in lessons.windows(2) {
        if let [first, second] = pair
            && first.seen.order == second.seen.order
        {
            let file = format!("{}/exercise.toml", second.at);
            let text = &files.exercises[&second.seen.id]["exercise.toml"];
            let what = format!("order {} is that of {}, too", second.seen.order, first.seen.id);
            mistakes.push(Mistake::new(file, meta::line_with(text, "order"), what));
        }
    }
    if mistakes.is_empty() { Ok(lessons) } else { Err(mistakes) }
}

/// One exercise's folder.
struct Folder<'a> {
    id: &'a str,
    at: String,
    files: &'a BTreeMap<String, String>,
    mistakes: Vec<Mistake>,
}

impl Folder<'_> {
    fn lesson(mut self) -> Result<Lesson, Vec<Mistake>> {
        if !is_id(self.id) {
            let what = "a folder's name becomes an id: letters, digits, _ and - only, at most 64";
            self.mistakes.push(Mistake::new(&self.at, None, what));
        }
        let meta = match self.files.get("exercise.toml").map(|text| meta::parse(&self.path("exercise.toml"), text)) {
            Some(Ok(meta)) => Some(meta),
            Some(Err(mistakes)) => {
                self.mistakes.extend(mistakes);
                None
            }
            None => {
                self.missing("exercise.toml");
                None
            }
        };
        let instructions = self.needed("instructions.md", usize::MAX);
        let starter_code = self.needed("starter.py", CODE_CHARS);
        let solution_code = self.needed("solution.py", CODE_CHARS);
        let test_code = self.needed("tests.py", TEST_CODE_CHARS);
        let hints = self.hints();
        let wrong = self.wrong();
        self.strangers();
        let Some(meta) = meta.filter(|_| self.mistakes.is_empty()) else { return Err(self.mistakes) };
        Ok(Lesson {
            seen: Exercise {
                id: self.id.into(),
                title: meta.title,
                description: meta.description,
                instructions,
                starter_code,
                difficulty: meta.difficulty,
                topics: meta.topics,
                order: meta.order,
                estimated_time: meta.minutes,
            },
            solution_code,
            tests: Tests { code: test_code, hide: meta.hide_tests, integrity: meta.integrity },
            hints,
            wrong,
            at: self.at,
        })
    }

    fn path(&self, file: &str) -> String {
        format!("{}/{file}", self.at)
    }

    fn missing(&mut self, file: &str) {
        self.mistakes.push(Mistake::new(self.path(file), None, "is missing"));
    }

    /// A file that must be there, with something in it.
    fn needed(&mut self, file: &str, chars: usize) -> String {
        let Some(text) = self.files.get(file) else {
            self.missing(file);
            return String::new();
        };
        let what = match text {
            text if text.trim().is_empty() => "is empty".into(),
            text if text.len() > chars && text.chars().count() > chars => format!("is longer than {chars} characters"),
            text if text.contains('\0') => "holds a NUL character".into(),
            text => return text.clone(),
        };
        self.mistakes.push(Mistake::new(self.path(file), None, what));
        String::new()
    }

    /// `hints/1.md` and up, without a gap.
    fn hints(&mut self) -> Vec<Hint> {
        let mut hints = Vec::new();
        for level in 1.. {
            let file = format!("hints/{level}.md");
            if level > 1 && !self.files.contains_key(&file) {
                break;
            }
            let text = self.needed(&file, usize::MAX).trim().to_owned();
            hints.push(Hint { level, text });
        }
        hints
    }

    fn wrong(&mut self) -> Vec<Wrong> {
        let mut all = Vec::new();
        for (file, code) in self.files.iter().filter(|(file, _)| file.starts_with("wrong/")) {
            match wrong::parse(&self.path(file), file, code) {
                Ok(wrong) => all.push(wrong),
                Err(mistake) => self.mistakes.push(mistake),
            }
        }
        all
    }

    /// Files that no exercise has: a misspelt name must not be overlooked.
    fn strangers(&mut self) {
        const KNOWN: [&str; 5] = ["exercise.toml", "instructions.md", "starter.py", "solution.py", "tests.py"];
        let is_hint = |file: &str| {
            let level = file.strip_prefix("hints/").and_then(|name| name.strip_suffix(".md"));
            level.is_some_and(|level| level.parse::<u32>().is_ok_and(|n| n > 0 && n.to_string() == level))
        };
        let highest = (1..).take_while(|level| self.files.contains_key(&format!("hints/{level}.md"))).count();
        for file in self.files.keys() {
            let what = match file {
                file if is_hint(file) => {
                    let level = file["hints/".len()..file.len() - ".md".len()].parse::<usize>().unwrap_or_default();
                    if level <= highest {
                        continue;
                    }
                    "hints are numbered from 1 without a gap"
                }
                file if KNOWN.contains(&file.as_str()) || (file.starts_with("wrong/") && file.ends_with(".py")) => {
                    continue;
                }
                _ => "is no file of an exercise",
            };
            self.mistakes.push(Mistake::new(self.path(file), None, what));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(entries: &[(&str, &str)]) -> Files {
        let mut files = Files { at: "d".into(), ..Files::default() };
        entries.iter().for_each(|(path, text)| files.add(path, text));
        files
    }

    const TOML: &str =
        "title = \"T\"\ndescription = \"D.\"\ndifficulty = \"easy\"\ntopics = [\"a\"]\nminutes = 5\norder = 1\n";

    fn good(id: &str) -> Vec<(String, String)> {
        [
            ("exercise.toml", TOML),
            ("instructions.md", "Do it."),
            ("starter.py", "pass\n"),
            ("solution.py", "x = 1\n"),
            ("tests.py", "assert x == 1\n"),
            ("hints/1.md", "Think.\n"),
            ("wrong/two.py", "# status: tests_failed\n# fails: Test 1\nx = 2\n"),
        ]
        .map(|(file, text)| (format!("{id}/{file}"), text.to_owned()))
        .to_vec()
    }

    fn said(entries: &[(String, String)]) -> Vec<String> {
        let entries: Vec<(&str, &str)> = entries.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        match read(&files(&entries)) {
            Ok(_) => Vec::new(),
            Err(mistakes) => mistakes.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn a_whole_exercise() {
        let entries = good("E1");
        let entries: Vec<(&str, &str)> = entries.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let lessons = read(&files(&entries)).expect("good");
        let lesson = &lessons[0];
        assert_eq!((lesson.seen.id.as_str(), lesson.seen.estimated_time, lesson.hints.len()), ("E1", 5, 1));
        assert_eq!((lesson.wrong.len(), lesson.at.as_str()), (1, "d/E1"));
    }

    #[test]
    fn everything_that_is_wrong_is_said_with_its_file() {
        let mut entries = good("E1");
        entries.retain(|(path, _)| path != "E1/solution.py");
        entries.push(("E1/hints/3.md".into(), "x".into()));
        entries.push(("E1/test.py".into(), "x".into()));
        entries.push(("E1/wrong/b.py".into(), "x".into()));
        let said = said(&entries);
        for expected in [
            "d/E1/solution.py: is missing",
            "d/E1/hints/3.md: hints are numbered",
            "d/E1/test.py: is no file",
            "d/E1/wrong/b.py:1: its first lines",
        ] {
            assert!(said.iter().any(|line| line.starts_with(expected)), "{expected}: {said:?}");
        }
        assert_eq!(said.len(), 4, "{said:?}");
    }

    #[test]
    fn two_at_one_place() {
        let entries = [good("E1"), good("E2")].concat();
        assert_eq!(said(&entries), ["d/E2/exercise.toml:6: order 1 is that of E1, too"]);
        assert!(said(&good("no spaces"))[0].contains("letters, digits"));
    }
}
