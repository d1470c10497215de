//! `docs/threat-model.md` against the tree: every hostile program stands under exactly one claim, every claim is tried
//! by something that exists, and every line of the list of attacks is covered.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use tests::{folder, programs};

/// Lines of the list of attacks, by the letter of their section.
const SECTIONS: [(char, RangeInclusive<u32>); 7] =
    [('a', 1..=26), ('b', 27..=33), ('c', 34..=46), ('d', 47..=51), ('e', 52..=61), ('f', 62..=67), ('g', 68..=75)];

/// One row of the table of claims.
struct Claim {
    id: String,
    lines: BTreeSet<u32>,
    /// What stands in backticks under "tried by".
    attempts: Vec<String>,
}

fn root() -> &'static Path {
    folder().parent().expect("the workspace")
}

fn page() -> String {
    std::fs::read_to_string(root().join("docs/threat-model.md")).expect("the page")
}

fn lines(cell: &str) -> BTreeSet<u32> {
    let number = |text: &str| text.trim().parse::<u32>().unwrap_or_else(|_| panic!("{text:?} is no line"));
    let ranges = cell.split(',').filter(|part| !part.trim().is_empty());
    ranges
        .flat_map(|part| match part.split_once('-') {
            Some((from, to)) => number(from)..=number(to),
            None => number(part)..=number(part),
        })
        .collect()
}

fn claims() -> Vec<Claim> {
    let page = page();
    let rows = page.lines().skip_while(|line| !line.starts_with("| id |")).skip(2).take_while(|l| l.starts_with('|'));
    let claims: Vec<Claim> = rows
        .map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let [id, sentence, attacks, layer, tried] = cells[..] else { panic!("five cells: {row}") };
            assert!(sentence.ends_with('.') && !layer.is_empty(), "{id}: a sentence and what keeps it");
            let attempts = tried.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            Claim { id: id.to_owned(), lines: lines(attacks), attempts }
        })
        .collect();
    assert!(claims.len() > 20, "{} claims", claims.len());
    claims
}

/// Names of all hostile programs, without their ending.
fn hostile() -> Vec<String> {
    let paths = programs(&folder().join("hostile"));
    paths.iter().map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned()).collect()
}

/// The line that a program's name says, if its letter fits.
fn line(name: &str) -> u32 {
    let number = name.get(1..3).and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{name} names no line"));
    let fits = SECTIONS.iter().any(|(letter, lines)| name.starts_with(*letter) && lines.contains(&number));
    assert!(fits, "{name}: line {number} is not in that section");
    number
}

fn is_hostile_pattern(attempt: &str) -> bool {
    attempt.len() > 4
        && attempt.is_char_boundary(4)
        && attempt[..1].bytes().all(|b| b.is_ascii_lowercase())
        && attempt[1..3].bytes().all(|b| b.is_ascii_digit())
        && attempt[3..].starts_with('_')
}

fn matches(pattern: &str, name: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == name, |start| name.starts_with(start))
}

/// Files that a path with at most one `*`, in its last part, stands for.
fn files(pattern: &str) -> Vec<PathBuf> {
    let path = root().join(pattern);
    let (above, name) = (path.parent().expect("a folder"), path.file_name().expect("a name").to_string_lossy());
    let Some((start, end)) = name.split_once('*') else {
        return path.exists().then_some(path.clone()).into_iter().collect();
    };
    let entries = std::fs::read_dir(above).into_iter().flatten().flatten().map(|entry| entry.path());
    entries
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(start) && name.ends_with(end)
        })
        .collect()
}

/// What is wrong with one thing that a claim names; `None` if it exists.
fn missing(attempt: &str, programs: &[String]) -> Option<String> {
    if is_hostile_pattern(attempt) {
        let found = programs.iter().any(|name| matches(attempt, name));
        return (!found).then(|| format!("no program is called {attempt}"));
    }
    if let Some((file, test)) = attempt.split_once("::") {
        let Ok(text) = std::fs::read_to_string(root().join(file)) else { return Some(format!("there is no {file}")) };
        // The portal's tests run on two databases; a list names them.
        let list = text.split_once("both!(").and_then(|(_, rest)| rest.split_once(");")).map_or("", |(list, _)| list);
        // So do the promises that every engine of jobs keeps, one a line, in the `mod.rs` beside them.
        let promises = std::fs::read_to_string(root().join(file).with_file_name("mod.rs")).unwrap_or_default();
        let is_promise = promises.lines().any(|line| line.trim().strip_suffix(',') == Some(test));
        let is_listed = is_promise || list.split(',').any(|name| name.trim() == test);
        let mut is_test = false;
        for line in text.lines().map(str::trim) {
            if line.contains(&format!("fn {test}(")) {
                return (!is_test && !is_listed).then(|| format!("{attempt} is no test"));
            }
            is_test = line == "#[test]" || line.starts_with("#[tokio::test") || (is_test && line.starts_with("#["));
        }
        return Some(format!("{file} has no test {test}"));
    }
    if attempt.contains('/') {
        return files(attempt).is_empty().then(|| format!("there is no {attempt}"));
    }
    let target = format!("fuzz/fuzz_targets/{attempt}.rs");
    files(&target).is_empty().then(|| format!("there is no {target}"))
}

#[test]
fn every_program_stands_under_exactly_one_claim() {
    let claims = claims();
    for name in hostile() {
        let of: Vec<&str> = claims
            .iter()
            .filter(|claim| claim.attempts.iter().any(|a| is_hostile_pattern(a) && matches(a, &name)))
            .map(|claim| claim.id.as_str())
            .collect();
        assert_eq!(of.len(), 1, "{name} stands under {of:?}");
        let claim = claims.iter().find(|claim| claim.id == of[0]).expect("it was found");
        assert!(claim.lines.contains(&line(&name)), "{} does not say that it covers {name}'s line", claim.id);
    }
}

#[test]
fn every_claim_is_tried_by_what_exists() {
    let (claims, programs) = (claims(), hostile());
    let ids: BTreeSet<&str> = claims.iter().map(|claim| claim.id.as_str()).collect();
    assert_eq!(ids.len(), claims.len(), "an id is used twice");
    let idle: Vec<&str> =
        claims.iter().filter(|claim| claim.attempts.is_empty()).map(|claim| claim.id.as_str()).collect();
    assert!(idle.is_empty(), "nothing tries {idle:?}");
    let wrong: Vec<String> =
        claims.iter().flat_map(|claim| &claim.attempts).filter_map(|attempt| missing(attempt, &programs)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A line is covered by programs of its number, or, where no program can try it, by named tests of its claim.
#[test]
fn every_line_of_the_list_is_covered() {
    let claims = claims();
    let mut by_line: BTreeMap<u32, usize> = BTreeMap::new();
    for name in hostile() {
        *by_line.entry(line(&name)).or_default() += 1;
    }
    let mut uncovered = Vec::new();
    let mut by_tests = Vec::new();
    for number in SECTIONS.into_iter().flat_map(|(_, lines)| lines) {
        let mut of = claims.iter().filter(|claim| claim.lines.contains(&number)).peekable();
        if of.peek().is_none() {
            uncovered.push(number);
        } else if !by_line.contains_key(&number) {
            by_tests.push(number);
            if !of.any(|claim| claim.attempts.iter().any(|attempt| attempt.contains("::"))) {
                uncovered.push(number);
            }
        }
    }
    assert!(uncovered.is_empty(), "lines {uncovered:?} are not covered");
    // What only a client can do. Any other line has a program.
    assert_eq!(by_tests, [44, 70, 71, 72]);
}

#[test]
fn every_link_leads_somewhere() {
    let page = page();
    let links: Vec<&str> = page.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(to, _)| to).collect();
    assert!(links.len() > 5, "{links:?}");
    for link in links {
        assert!(root().join("docs").join(link).exists(), "{link} leads nowhere");
    }
}

/// The checks above can fail.
#[test]
fn what_does_not_exist_is_seen() {
    let programs = hostile();
    for attempt in [
        "a99_*",
        "a01_nothing",
        "tests/service.rs::no_such_test",
        "tests/nothing.rs::x",
        "tests/cheats.rs::cheats",
        "crates/portal/tests/portal/support.rs::fixtures",
        "tests/grading/no_*.py",
        "no_target",
    ] {
        assert!(missing(attempt, &programs).is_some(), "{attempt}");
    }
}
