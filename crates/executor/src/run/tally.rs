//! What the tests say: the plan, the cases, the end. Pure.

use serde::Deserialize;

use crate::job::Case;
use api::TestStatus;

/// Most tests in one run; the answer shows fewer. Beyond this the tests count as not complete.
const CASES_MAX: usize = 10_000;
/// Most text of all tests together, in bytes; what comes after it is left out of its case.
const TEXT_MAX: usize = 4 << 20;
/// Longest text of a case that is kept; the answer may show less.
const FIELD_MAX: usize = 8 << 10;
/// Longest name that is kept.
const NAME_MAX: usize = 300;

/// A word from a cell that runs tests.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Word {
    plan: Option<Vec<String>>,
    case: Option<Case>,
    index: Option<usize>,
    /// The program cell is to be replaced, for this reason.
    pub restart: Option<String>,
    done: bool,
    /// Bytes of output that belong to loading the learner's module.
    pub loaded: Option<(u64, u64)>,
}

impl Word {
    /// Reads a word. Text of Python's may hold halves of surrogate pairs, which are no characters: they are replaced.
    pub fn read(json: &[u8]) -> Option<Word> {
        serde_json::from_slice(json).or_else(|_| serde_json::from_slice(&mended(json))).ok()
    }
}

/// JSON in ASCII with `\ufffd` in place of each `\ud…` that has no other half.
fn mended(json: &[u8]) -> Vec<u8> {
    let half = |at: usize| -> Option<u16> {
        let digits = json.get(at..at + 6)?.strip_prefix(b"\\u")?;
        let number = u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        (0xd800..0xe000).contains(&number).then_some(number)
    };
    let mut out = Vec::with_capacity(json.len());
    let mut at = 0;
    while at < json.len() {
        let step = match (json[at], half(at), half(at + 6)) {
            (b'\\', Some(..0xdc00), Some(0xdc00..)) => 12,
            (b'\\', Some(_), _) => {
                out.extend_from_slice(b"\\ufffd");
                at += 6;
                continue;
            }
            (b'\\', None, _) => 2,
            _ => 1,
        };
        let end = (at + step).min(json.len());
        out.extend_from_slice(&json[at..end]);
        at = end;
    }
    out
}

/// Tests that are planned, and what is known of them.
#[derive(Debug, Default)]
pub struct Tally {
    planned: Vec<(String, Option<Case>)>,
    further: Vec<Case>,
    text: usize,
    has_plan: bool,
    is_over: bool,
    done: bool,
}

impl Tally {
    /// Takes what a word says about tests.
    pub fn take(&mut self, word: &mut Word) {
        if let Some(plan) = word.plan.take()
            && !self.has_plan
        {
            self.has_plan = true;
            self.is_over |= plan.len() > CASES_MAX;
            for mut name in plan.into_iter().take(CASES_MAX) {
                cut(&mut name, NAME_MAX);
                self.planned.push((name, None));
            }
        }
        if let Some(case) = word.case.take()
            && !self.done
        {
            self.case(case, word.index);
        }
        self.done |= word.done;
    }

    /// Something was said that is not understood: it may have been that a test failed.
    pub fn spoil(&mut self) {
        self.is_over = true;
    }

    /// Every test has been reported, as far as the tests know.
    pub fn is_done(&self) -> bool {
        self.done
    }

    fn case(&mut self, mut case: Case, index: Option<usize>) {
        self.measure(&mut case);
        let is_full = self.planned.len() + self.further.len() >= CASES_MAX;
        match index.and_then(|index| self.planned.get_mut(index)) {
            // A test is reported once: what was said first stands.
            Some((_, Some(_))) => {}
            Some((name, place)) => {
                if case.name.is_empty() {
                    case.name.clone_from(name);
                }
                *place = Some(case);
            }
            None if !is_full => self.further.push(case),
            None => self.is_over = true,
        }
    }

    /// Keeps a case's texts within bounds.
    fn measure(&mut self, case: &mut Case) {
        cut(&mut case.name, NAME_MAX);
        let texts = [
            &mut case.message,
            &mut case.error,
            &mut case.expected,
            &mut case.actual,
            &mut case.source,
            &mut case.output,
        ];
        for text in texts {
            let Some(held) = text else { continue };
            cut(held, FIELD_MAX);
            if self.text + held.len() > TEXT_MAX {
                *text = None;
            } else {
                self.text += held.len();
            }
        }
    }

    /// Every test in order, and whether the tests reached their end.
    pub fn finish(self) -> (Vec<Case>, bool) {
        let all_there = self.planned.iter().all(|(_, case)| case.is_some());
        let complete = self.done && self.has_plan && all_there && !self.is_over;
        let planned = self.planned.into_iter().map(|(name, case)| case.unwrap_or_else(|| not_run(name)));
        (planned.chain(self.further).collect(), complete)
    }
}

fn not_run(name: String) -> Case {
    Case {
        name,
        status: TestStatus::NotRun,
        expected: None,
        actual: None,
        error: None,
        message: Some("the tests ended before this one".into()),
        line: None,
        source: None,
        output: None,
        micros: None,
    }
}

/// At most `most` bytes, give or take what marks the cut.
fn cut(text: &mut String, most: usize) {
    if text.len() > most {
        text.truncate(text.floor_char_boundary(most));
        text.push('…');
        text.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(words: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for word in words {
            tally.take(&mut serde_json::from_str(word).expect("a word"));
        }
        tally
    }

    const PLAN: &str = r#"{"plan":["a","b"]}"#;
    const A: &str = r#"{"case":{"name":"a","status":"passed","micros":7},"index":0}"#;
    const B: &str = r#"{"case":{"name":"","status":"failed","message":"m","unknown":1},"index":1}"#;
    const DONE: &str = r#"{"done":true}"#;

    #[test]
    fn halves_of_surrogate_pairs_are_replaced() {
        let read = |text: &str| Word::read(format!(r#"{{"plan":["{text}"]}}"#).as_bytes()).and_then(|word| word.plan);
        assert_eq!(read(r"a\ud83d\ude00b"), Some(vec!["a😀b".into()]));
        assert_eq!(read(r"a\ud83db\udc00\ud83d"), Some(vec!["a\u{fffd}b\u{fffd}\u{fffd}".into()]));
        assert_eq!(read(r"\ud83d\ud83d\ude00"), Some(vec!["\u{fffd}😀".into()]));
        assert_eq!(read(r"\\ud83d\udfff"), Some(vec!["\\ud83d\u{fffd}".into()]));
        assert_eq!(read(r"\ud8"), None);
    }

    #[test]
    fn tests_in_the_order_of_the_plan() {
        let more = r#"{"case":{"name":"more","status":"skipped"}}"#;
        let (cases, complete) = tally(&[r#"{"started":true}"#, PLAN, B, more, A, DONE]).finish();
        let said: Vec<_> = cases.iter().map(|case| (case.name.as_str(), case.status)).collect();
        assert_eq!(said, [("a", TestStatus::Passed), ("b", TestStatus::Failed), ("more", TestStatus::Skipped)]);
        assert!(complete);
        assert_eq!((cases[0].micros, cases[1].message.as_deref()), (Some(7), Some("m")));
    }

    #[test]
    fn without_an_end_or_a_report_nothing_is_complete() {
        assert!(!tally(&[PLAN, A, B]).finish().1);
        assert!(!tally(&[DONE]).finish().1);
        let (cases, complete) = tally(&[PLAN, A, DONE]).finish();
        assert!(!complete);
        assert_eq!((cases[1].name.as_str(), cases[1].status), ("b", TestStatus::NotRun));
        assert_eq!(cases[1].message.as_deref(), Some("the tests ended before this one"));
    }

    #[test]
    fn what_was_said_first_stands() {
        let again = r#"{"case":{"name":"b","status":"passed"},"index":1}"#;
        let late = r#"{"case":{"name":"late","status":"passed"}}"#;
        let (cases, _) = tally(&[PLAN, A, B, again, r#"{"plan":["c"]}"#, DONE, late]).finish();
        assert_eq!(cases.len(), 2);
        assert_eq!(cases[1].status, TestStatus::Failed);
    }

    #[test]
    fn an_index_that_was_not_planned_is_a_further_test() {
        let (cases, complete) = tally(&[PLAN, A, B, &B.replace(":1}", ":7}"), DONE]).finish();
        assert_eq!(cases.len(), 3);
        assert!(complete);
    }

    #[test]
    fn there_is_an_end_to_tests_and_texts() {
        let mut tally = tally(&[PLAN, A, B]);
        let long = format!(r#"{{"case":{{"name":"{0}","status":"passed","output":"{0}"}}}}"#, "x".repeat(1 << 20));
        for _ in 0..CASES_MAX {
            tally.take(&mut serde_json::from_str(&long).expect("a word"));
            assert!(tally.text <= TEXT_MAX);
            if tally.further.len() == 600 {
                break;
            }
        }
        for _ in 0..CASES_MAX {
            tally.take(&mut serde_json::from_str(r#"{"case":{"name":"x","status":"passed"}}"#).expect("a word"));
        }
        tally.take(&mut serde_json::from_str(DONE).expect("a word"));
        let (cases, complete) = tally.finish();
        assert_eq!((cases.len(), complete), (CASES_MAX, false));
        assert!(cases[2].name.len() < 310 && cases[599].output.is_none());
    }
}
