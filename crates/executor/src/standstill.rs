//! Whether the service itself stood still: stopped by a signal, a machine that was paused, a host without a processor.
//!
//! Programs go on meanwhile, and so do their clocks, but what tests ask a program passes through the service. A time that
//! was up because of that says nothing about the program.

use std::sync::{Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::service::Executor;

/// How often the service looks whether it is there.
const PERIOD: Duration = Duration::from_millis(250);
/// How late that may be. Chosen, not measured: well above what a crowded processor makes a task wait.
const LATE: Duration = Duration::from_millis(500);

/// When it was there last, and when it was away.
#[derive(Debug)]
pub struct Standstill(Mutex<State>);

#[derive(Debug)]
struct State {
    seen: Instant,
    /// The end of the last time it was away, and how long that was.
    away: Option<(Instant, Duration)>,
}

impl Default for Standstill {
    fn default() -> Standstill {
        Standstill(Mutex::new(State { seen: Instant::now(), away: None }))
    }
}

impl Standstill {
    /// Somebody of the service's is there.
    fn see(&self, now: Instant) -> MutexGuard<'_, State> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(late) = state.see(now) {
            tracing::warn!(?late, "the service stood still");
        }
        state
    }

    /// For how long it stood still, if any of that was after `began`.
    pub fn since(&self, began: Instant) -> Option<Duration> {
        // Whoever asks may be the first to have come back.
        self.see(Instant::now()).since(began)
    }
}

impl State {
    fn see(&mut self, now: Instant) -> Option<Duration> {
        let late = now.saturating_duration_since(self.seen).saturating_sub(PERIOD);
        self.seen = now;
        (late > LATE).then(|| self.away.insert((now, late)).1)
    }

    fn since(&self, began: Instant) -> Option<Duration> {
        self.away.filter(|(until, _)| *until > began).map(|(_, late)| late)
    }
}

/// Looks for as long as there is an executor.
pub async fn keep_looking(executor: Weak<Executor>) {
    loop {
        sleep(PERIOD).await;
        let Some(executor) = executor.upgrade() else { return };
        drop(executor.standstill().see(Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ran_before_it_stood_still_or_after_is_believed() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut state = State { seen: start, away: None };
        assert_eq!((state.see(at(250)), state.see(at(900))), (None, None), "late, but not for long");
        assert_eq!(state.since(start), None);
        let away = Some(Duration::from_millis(1850));
        assert_eq!(state.see(at(3000)), away);
        assert_eq!((state.since(at(100)), state.since(at(2000)), state.since(at(3000))), (away, away, None));
    }
}
