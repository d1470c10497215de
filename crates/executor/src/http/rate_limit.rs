//! Requests a second for each caller, in bounded memory.
//!
//! The generic cell rate algorithm: for each caller one moment is kept, at which its allowance will be whole again.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Most callers that are told apart; beyond them, strangers share one allowance.
const CALLERS_MAX: usize = 65_536;

/// Allowances of all callers, whatever tells them apart.
#[derive(Debug)]
pub struct RateLimit<C> {
    /// Time that one request costs; `None` is no limit.
    cost: Option<Duration>,
    /// How far ahead of the clock a caller may get.
    ahead: Duration,
    book: Mutex<Book<C>>,
}

#[derive(Debug)]
struct Book<C> {
    whole_again: HashMap<C, Instant>,
    strangers: Instant,
    swept: Instant,
}

impl<C: Hash + Eq> RateLimit<C> {
    /// `rate` requests a second, twice as many at once; 0 is no limit.
    pub fn new(rate: f64) -> RateLimit<C> {
        let now = Instant::now();
        let cost = (rate > 0.0).then(|| Duration::from_secs_f64(1.0 / rate));
        let burst = (2.0 * rate).floor().max(1.0);
        RateLimit {
            cost,
            ahead: cost.unwrap_or_default().mul_f64(burst - 1.0),
            book: Mutex::new(Book { whole_again: HashMap::new(), strangers: now, swept: now }),
        }
    }

    /// Takes one request off a caller's allowance.
    ///
    /// # Errors
    /// It is used up; how long to wait.
    pub fn take(&self, caller: C) -> Result<(), Duration> {
        match self.cost {
            None => Ok(()),
            Some(cost) => self.take_at(caller, cost, Instant::now()),
        }
    }

    fn take_at(&self, caller: C, cost: Duration, now: Instant) -> Result<(), Duration> {
        let mut book = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = book.entry(caller, now);
        let whole = (*entry).max(now);
        match whole.duration_since(now).checked_sub(self.ahead) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => {
                *entry = whole + cost;
                Ok(())
            }
        }
    }
}

impl<C: Hash + Eq> Book<C> {
    fn entry(&mut self, caller: C, now: Instant) -> &mut Instant {
        let is_full = self.whole_again.len() >= CALLERS_MAX && !self.whole_again.contains_key(&caller);
        if is_full && now.duration_since(self.swept) > Duration::from_secs(1) {
            self.swept = now;
            self.whole_again.retain(|_, whole| *whole > now);
        }
        if is_full && self.whole_again.len() >= CALLERS_MAX {
            return &mut self.strangers;
        }
        self.whole_again.entry(caller).or_insert(now)
    }
}

#[cfg(test)]
mod tests {
    use super::super::admission::Caller;
    use super::*;

    const KEY: Caller = Caller::Key(0);

    fn taker(limit: &RateLimit<Caller>) -> impl Fn(Caller, Instant) -> Result<(), Duration> {
        let cost = limit.cost.expect("a limit");
        move |caller, now| limit.take_at(caller, cost, now)
    }

    #[test]
    fn twice_the_rate_at_once_and_the_rate_for_ever() {
        let limit = RateLimit::new(5.0);
        let take = taker(&limit);
        let start = Instant::now();
        assert_eq!((0..100).filter(|_| take(KEY, start).is_ok()).count(), 10);
        let wait = take(KEY, start).expect_err("used up");
        assert_eq!(wait.as_millis(), 200);
        assert!(take(KEY, start + wait).is_ok());
        assert!(take(KEY, start + wait).is_err());
        assert!(take(Caller::Key(1), start).is_ok(), "another caller has its own");
        let later = start + Duration::from_secs(60);
        assert_eq!((0..100).filter(|_| take(KEY, later).is_ok()).count(), 10, "no more is saved up than the burst");
    }

    #[test]
    fn slow_rates_let_one_through() {
        let limit = RateLimit::new(0.1);
        let take = taker(&limit);
        let start = Instant::now();
        assert!(take(KEY, start).is_ok());
        assert_eq!(take(KEY, start), Err(Duration::from_secs(10)));
        assert!(RateLimit::new(0.0).take(KEY).is_ok());
    }

    #[test]
    fn memory_is_bounded_and_strangers_share() {
        let limit = RateLimit::new(0.001);
        let take = taker(&limit);
        let start = Instant::now();
        for n in 0..CALLERS_MAX {
            take(Caller::Key(n), start).expect("its first");
        }
        take(Caller::Key(CALLERS_MAX), start).expect("the first stranger");
        take(Caller::Key(CALLERS_MAX + 1), start).expect_err("the second shares with it");
        assert_eq!(limit.book.lock().expect("not poisoned").whole_again.len(), CALLERS_MAX);
        let later = start + Duration::from_secs(2000);
        take(Caller::Key(CALLERS_MAX + 1), later).expect("old entries were swept");
        assert_eq!(limit.book.lock().expect("not poisoned").whole_again.len(), 1);
    }
}
