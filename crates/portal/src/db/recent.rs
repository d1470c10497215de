//! Tests that were read a moment ago: a class that hands in asks for the same ones again and again, and a question to the
//! database is an eighth of what the portal adds to a run.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::exercises::Tests;

/// How long they are taken as they were: so soon a change by another process is in force.
const FRESH: Duration = Duration::from_secs(1);

/// By exercise. Only what exists is kept, so there are never more than exercises.
#[derive(Debug, Default)]
pub(super) struct Recent(Mutex<HashMap<String, (Instant, Tests)>>);

impl Recent {
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Instant, Tests)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was read within the last second.
    pub fn get(&self, id: &str) -> Option<Tests> {
        let all = self.lock();
        let (read, tests) = all.get(id)?;
        (read.elapsed() < FRESH).then(|| tests.clone())
    }

    /// Takes note of what was read; `asked` is when the question was put.
    pub fn put(&self, id: &str, asked: Instant, tests: Option<&Tests>) {
        let mut all = self.lock();
        match tests {
            Some(tests) => drop(all.insert(id.to_owned(), (asked, tests.clone()))),
            None => drop(all.remove(id)),
        }
    }

    /// They have changed.
    pub fn clear(&self) {
        self.lock().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_old_or_changed_is_read_again() {
        let recent = Recent::default();
        let tests = Tests { code: "assert 1".into(), hide: false, integrity: api::Integrity::Isolated };
        recent.put("a", Instant::now(), Some(&tests));
        assert_eq!((recent.get("a").as_ref(), recent.get("b")), (Some(&tests), None));
        recent.clear();
        assert_eq!(recent.get("a"), None);
        let before = Instant::now().checked_sub(FRESH).expect("the machine has run for a second");
        recent.put("a", before, Some(&tests));
        assert_eq!(recent.get("a"), None);
        recent.put("a", Instant::now(), Some(&tests));
        recent.put("a", Instant::now(), None);
        assert_eq!(recent.get("a"), None);
    }
}
