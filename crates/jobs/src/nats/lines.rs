//! Which lines there are, and whose turn it is.
//!
//! The lines themselves are consumers on the servers, one for each priority and tenant. What is here is this engine's
//! guess at which of them have something, so that it asks those; and the order of turns, as [`crate::Lanes`] has it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use api::JobPriority;

use crate::BULK_EVERY;

/// One priority of one tenant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub urgent: bool,
    pub tenant: String,
}

impl Line {
    pub fn new(priority: JobPriority, tenant: &str) -> Line {
        Line { urgent: priority == JobPriority::Interactive, tenant: tenant.to_owned() }
    }

    /// Of its consumer.
    pub fn name(&self) -> String {
        format!("{}-{}", self.letter(), self.tenant)
    }

    pub fn of_name(name: &str) -> Option<Line> {
        let (letter, tenant) = name.split_once('-')?;
        let urgent = match letter {
            "i" => true,
            "b" => false,
            _ => return None,
        };
        let is_plain = !tenant.is_empty() && tenant.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        is_plain.then(|| Line { urgent, tenant: tenant.to_owned() })
    }

    /// `i`nteractive or `b`ulk.
    pub fn letter(&self) -> char {
        if self.urgent { 'i' } else { 'b' }
    }
}

/// What is thought of a line.
#[derive(Debug, Clone, Copy)]
struct Guess {
    /// So many wait; `u64::MAX` when that is not known.
    waiting: u64,
    /// How often it was said that something came: an answer from before that is out of date.
    marks: u64,
    /// When it was last said.
    marked: Option<Instant>,
}

/// How many to ask a line for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Turn {
    pub line: Line,
    pub most: usize,
    /// To be handed to [`Lines::answered`].
    pub marks: u64,
}

/// All lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// For so long after a word that something came, a line that says it has nothing may not have heard of it yet.
    fresh: Duration,
    guesses: BTreeMap<Line, Guess>,
    interactive: VecDeque<Line>,
    bulk: VecDeque<Line>,
    /// Interactive turns since bulk, which waited, last had one.
    passed: u32,
}

impl Lines {
    /// Lines that hear of what came within this time.
    pub fn new(fresh: Duration) -> Lines {
        Lines { fresh, ..Lines::default() }
    }

    /// Something may be in a line, which may be new.
    pub fn mark(&mut self, line: &Line) {
        let turns = if line.urgent { &mut self.interactive } else { &mut self.bulk };
        let guess = self.guesses.entry(line.clone()).or_insert_with(|| {
            turns.push_back(line.clone());
            Guess { waiting: 0, marks: 0, marked: None }
        });
        guess.waiting = u64::MAX;
        guess.marks += 1;
        guess.marked = Some(Instant::now());
    }

    /// Something may be in any.
    pub fn mark_all(&mut self) {
        for guess in self.guesses.values_mut() {
            guess.waiting = u64::MAX;
            guess.marks += 1;
        }
    }

    /// The lines that are known.
    pub fn all(&self) -> Vec<Line> {
        self.guesses.keys().cloned().collect()
    }

    pub fn knows(&self, line: &Line) -> bool {
        self.guesses.contains_key(line)
    }

    /// What a line said: how many it still has.
    pub fn answered(&mut self, turn: &Turn, left: u64) {
        let fresh = self.fresh;
        let may_come = |guess: &Guess| guess.marked.is_some_and(|marked| marked.elapsed() < fresh);
        if let Some(guess) = self.guesses.get_mut(&turn.line).filter(|guess| guess.marks == turn.marks)
            && (left > 0 || !may_come(guess))
        {
            guess.waiting = left;
        }
    }

    /// Whether something may be there that was not found yet.
    pub fn may_come(&self, interactive_only: bool) -> bool {
        self.guesses.iter().any(|(line, guess)| guess.waiting > 0 && (line.urgent || !interactive_only))
    }

    /// Whom to ask for how many, so that everybody has turns but those that are dry.
    pub fn plan(&mut self, most: usize, interactive_only: bool, dry: &BTreeSet<Line>) -> Vec<Turn> {
        let mut asked: BTreeMap<Line, usize> = BTreeMap::new();
        for _ in 0..most {
            let Some(line) = self.turn(interactive_only, dry) else { break };
            if let Some(guess) = self.guesses.get_mut(&line).filter(|guess| guess.waiting != u64::MAX) {
                guess.waiting -= 1;
            }
            *asked.entry(line).or_default() += 1;
        }
        let marks = |line: &Line| self.guesses.get(line).map_or(0, |guess| guess.marks);
        asked.into_iter().map(|(line, most)| Turn { marks: marks(&line), line, most }).collect()
    }

    fn turn(&mut self, interactive_only: bool, dry: &BTreeSet<Line>) -> Option<Line> {
        let Lines { guesses, interactive, bulk, passed, .. } = self;
        let waits = |line: &Line| !dry.contains(line) && guesses.get(line).is_some_and(|guess| guess.waiting > 0);
        let bulk_waits = !interactive_only && bulk.iter().any(waits);
        let interactive_waits = interactive.iter().any(waits);
        if bulk_waits && (!interactive_waits || *passed + 1 >= BULK_EVERY) {
            *passed = 0;
            return rotate(bulk, waits);
        }
        *passed = if bulk_waits && interactive_waits { *passed + 1 } else { 0 };
        rotate(interactive, waits)
    }
}

/// The first for which a thing holds, which goes to the end.
fn rotate(turns: &mut VecDeque<Line>, waits: impl Fn(&Line) -> bool) -> Option<Line> {
    let place = turns.iter().position(waits)?;
    let line = turns.remove(place)?;
    turns.push_back(line.clone());
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(name: &str) -> Line {
        Line::of_name(name).expect("a line")
    }

    /// Lines with so many each, and the turns until they are empty, one at a time.
    fn drain(has: &[(&str, u64)], turns: usize) -> String {
        let mut left: BTreeMap<Line, u64> = has.iter().map(|(name, count)| (line(name), *count)).collect();
        let mut lines = Lines::default();
        has.iter().for_each(|(name, _)| lines.mark(&line(name)));
        let mut said = String::new();
        while said.len() < turns {
            let plan = lines.plan(1, false, &BTreeSet::new());
            let [turn] = &plan[..] else { break };
            let left = left.get_mut(&turn.line).expect("known");
            if *left > 0 {
                *left -= 1;
                said.push_str(&turn.line.tenant);
            }
            lines.answered(turn, *left);
        }
        said
    }

    #[test]
    fn tenants_and_kinds_have_the_turns_that_they_have_in_memory() {
        assert_eq!(drain(&[("b-a", 100), ("b-b", 3), ("b-c", 1)], 10), "abcababaaa");
        assert_eq!(drain(&[("i-i", 30), ("b-x", 3)], 33), "iiiiiiixiiiiiiixiiiiiiixiiiiiiiii");
    }

    #[test]
    fn a_plan_shares_what_was_asked_for() {
        let mut lines = Lines::default();
        ["b-a", "b-b", "b-c"].iter().for_each(|name| lines.mark(&line(name)));
        let plan = lines.plan(7, false, &BTreeSet::new());
        assert_eq!(plan.iter().map(|turn| turn.most).collect::<Vec<_>>(), [3, 2, 2]);
        plan.iter().for_each(|turn| lines.answered(turn, 0));
        assert!(lines.plan(7, false, &BTreeSet::new()).is_empty());
        lines.mark(&line("b-b"));
        assert!(lines.plan(7, true, &BTreeSet::new()).is_empty(), "that is bulk");
        assert_eq!(lines.plan(7, false, &BTreeSet::new()).len(), 1);
    }

    #[test]
    fn an_answer_from_before_a_mark_says_nothing() {
        let mut lines = Lines::default();
        lines.mark(&line("b-a"));
        let plan = lines.plan(1, false, &BTreeSet::new());
        lines.mark(&line("b-a"));
        lines.answered(&plan[0], 0);
        assert_eq!(lines.plan(1, false, &BTreeSet::new()).len(), 1);
    }

    #[test]
    fn what_has_just_come_is_asked_for_again() {
        let mut lines = Lines::new(Duration::from_millis(50));
        lines.mark(&line("b-a"));
        let plan = lines.plan(1, false, &BTreeSet::new());
        lines.answered(&plan[0], 0);
        assert!(lines.may_come(false) && !lines.may_come(true), "a copy may be late");
        assert!(lines.plan(1, false, &BTreeSet::from([line("b-a")])).is_empty(), "but not without a pause");
        std::thread::sleep(Duration::from_millis(60));
        let plan = lines.plan(1, false, &BTreeSet::new());
        lines.answered(&plan[0], 0);
        assert!(!lines.may_come(false) && lines.plan(1, false, &BTreeSet::new()).is_empty());
    }

    #[test]
    fn names_are_read_back() {
        for name in ["i-anonymous", "b-0f9c"] {
            assert_eq!(line(name).name(), name);
        }
        for name in ["", "calls", "x-a", "i-", "i-A", "i-a.b"] {
            assert_eq!(Line::of_name(name), None, "{name}");
        }
    }
}
