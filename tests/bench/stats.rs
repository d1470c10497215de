//! Many numbers in a few.

use std::time::Duration;

use serde::Serialize;

/// A distribution of times, in microseconds.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Times {
    /// How many there were.
    pub runs: usize,
    /// Half are shorter.
    pub median_us: f64,
    /// 90 % are shorter.
    pub p90_us: f64,
    /// 99 % are shorter.
    pub p99_us: f64,
    /// The longest.
    pub worst_us: f64,
}

impl Times {
    /// Of these.
    pub fn of(mut times: Vec<Duration>) -> Times {
        assert!(!times.is_empty(), "nothing was timed");
        times.sort_unstable();
        let at = |share: f64| micros(times[((times.len() - 1) as f64 * share).round() as usize]);
        Times { runs: times.len(), median_us: at(0.5), p90_us: at(0.9), p99_us: at(0.99), worst_us: at(1.0) }
    }
}

/// In microseconds.
pub fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    assert!(!values.is_empty(), "nothing was measured");
    values.sort_unstable_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 { values[half] } else { (values[half - 1] + values[half]) / 2.0 }
}
