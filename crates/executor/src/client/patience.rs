//! How long a service that is away is waited for.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, Instant};

/// The first pause; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(200);
/// The longest pause.
const LONGEST: Duration = Duration::from_secs(10);
/// How long a service may not be heard of at all.
pub const GONE: Duration = Duration::from_secs(10 * 60);

/// Counts how long a service has not been heard of.
#[derive(Debug)]
pub struct Patience {
    heard: Instant,
    pause: Duration,
}

impl Patience {
    /// It was heard of just now.
    pub fn new() -> Patience {
        Patience { heard: Instant::now(), pause: FIRST }
    }

    /// It answers, though it may have nothing to tell.
    pub fn heard(&mut self) {
        self.heard = Instant::now();
    }

    /// It does what was asked of it.
    pub fn renew(&mut self) {
        *self = Patience::new();
    }

    /// How long to pause before the next try; `None` when it has been away for too long. A part of it is left to
    /// chance: those who lost a service together do not come back together.
    pub fn pause(&mut self) -> Option<Duration> {
        if self.heard.elapsed() >= GONE {
            return None;
        }
        let pause = self.pause;
        self.pause = (pause * 2).min(LONGEST);
        Some(pause / 2 + pause.mul_f64(chance() / 2.0))
    }
}

/// From 0 to 1.
fn chance() -> f64 {
    f64::from((RandomState::new().build_hasher().finish() >> 32) as u32) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_a_bound_and_begin_anew() {
        let mut patience = Patience::new();
        let pauses: Vec<Duration> = (0..10).map_while(|_| patience.pause()).collect();
        for (n, pause) in pauses.iter().enumerate() {
            let whole = (FIRST * 2_u32.pow(n as u32)).min(LONGEST);
            assert!(*pause >= whole / 2 && *pause <= whole, "{n}: {pauses:?}");
        }
        assert_eq!(pauses.len(), 10);
        patience.renew();
        assert!(patience.pause().expect("there is patience") <= FIRST);
        patience.heard = Instant::now().checked_sub(GONE).expect("the clock runs longer");
        assert_eq!(patience.pause(), None);
    }
}
