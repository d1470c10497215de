//! `exercise.toml`.

use api::{Difficulty, Integrity};
use serde::Deserialize;

use super::Mistake;

/// What an exercise's `exercise.toml` says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Meta {
    pub title: String,
    pub description: String,
    pub difficulty: Difficulty,
    pub topics: Vec<String>,
    pub minutes: u32,
    pub order: u32,
    #[serde(default)]
    pub hide_tests: bool,
    #[serde(default)]
    pub integrity: Integrity,
}

/// Reads it; `file` is for messages.
pub(super) fn parse(file: &str, text: &str) -> Result<Meta, Vec<Mistake>> {
    let meta: Meta = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_of(text, span.start));
        vec![Mistake::new(file, line, error.message().trim())]
    })?;
    let mut mistakes = Vec::new();
    let mut wrong =
        |key: &str, what: &str| mistakes.push(Mistake::new(file, line_with(text, key), format!("{key} {what}")));
    for (key, value) in [("title", &meta.title), ("description", &meta.description)] {
        if value.trim().is_empty() || value.contains('\n') {
            wrong(key, "must be one line with something in it");
        }
    }
    if meta.topics.is_empty() || meta.topics.iter().any(|topic| topic.trim().is_empty()) {
        wrong("topics", "must name at least one, and none that is empty");
    }
    if !(1..=600).contains(&meta.minutes) {
        wrong("minutes", "must be from 1 to 600");
    }
    if mistakes.is_empty() { Ok(meta) } else { Err(mistakes) }
}

/// The line of a place in a text, from 1.
fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

/// The line on which a key is given.
pub(super) fn line_with(text: &str, key: &str) -> Option<usize> {
    let gives = |line: &str| line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().position(gives).map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "title = \"T\"\ndescription = \"D.\"\ndifficulty = \"easy\"\ntopics = [\"a\"]\nminutes = 5\norder = 1\n";

    #[test]
    fn what_is_said() {
        let meta = parse("f", GOOD).expect("good");
        assert_eq!((meta.difficulty, meta.minutes, meta.hide_tests), (Difficulty::Easy, 5, false));
        let meta = parse("f", &format!("{GOOD}hide_tests = true\nintegrity = \"in_process\"\n")).expect("good");
        assert!(meta.hide_tests && meta.integrity == Integrity::InProcess);
    }

    #[test]
    fn mistakes_have_a_line() {
        let cases = [
            (GOOD.replace("title", "titel"), "f:1: ", "titel"),
            (format!("{GOOD}hidden = true\n"), "f:7: ", "hidden"),
            (GOOD.replace("\"easy\"", "\"tricky\""), "f:3: ", "tricky"),
            (GOOD.replace("minutes = 5", "minutes = \"5\""), "f:5: ", ""),
            (GOOD.replace("minutes = 5", "minutes = 0"), "f:5: ", "minutes must be"),
            (GOOD.replace("[\"a\"]", "[]"), "f:4: ", "topics must name"),
            (GOOD.replace("\"D.\"", "\"\""), "f:2: ", "description must be"),
            (GOOD.replace("order = 1", "order = "), "f:6: ", ""),
            (GOOD.replace("order = 1\n", ""), "f:", "order"),
        ];
        for (text, place, word) in cases {
            let shown = parse("f", &text).expect_err(&text)[0].to_string();
            assert!(shown.starts_with(place) && shown.contains(word), "{text}{shown}");
        }
    }
}
