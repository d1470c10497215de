//! The queue against the load: requests come when they come, whoever still waits.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::Curve;
use crate::Scale;
use crate::client::{Client, Request};
use crate::stats::Times;

/// Enough for every request that can be under way.
const CONNECTIONS: usize = 64;

/// What came of one load.
struct Offered {
    times: Vec<Duration>,
    refused: usize,
    lasted: Duration,
}

/// Loads as shares of what the service sustains.
pub fn measure(url: &str, rate: f64, scale: &Scale) -> Vec<Curve> {
    let (mut inside, mut medians, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for share in scale.loads {
        let came = offer(url, rate * share, scale.segment * 2);
        let total: f64 = came.times.iter().map(Duration::as_secs_f64).sum();
        // Little's law: how many are in the service at a time.
        inside.push((*share, total / came.lasted.as_secs_f64()));
        refused.push((*share, 100.0 * came.refused as f64 / (came.refused + came.times.len()) as f64));
        medians.push((*share, Times::of(came.times).median_us / 1000.0));
        std::thread::sleep(Duration::from_millis(300));
    }
    let x = "load, as a share of the sustained rate";
    vec![
        Curve::new("queue", x, "requests in the service, mean", inside),
        Curve::new("latency-by-load", x, "median, ms", medians),
        Curve::new("refused", x, "answers 503, %", refused),
    ]
}

/// Requests at a rate, at moments that are drawn as if by many callers who know nothing of each other.
fn offer(url: &str, rate: f64, time: Duration) -> Offered {
    let mut clock = 0.0;
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let moments = std::iter::from_fn(|| {
        // xorshift: the same moments each time.
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let chance = (seed >> 11) as f64 / (1u64 << 53) as f64;
        clock -= (1.0 - chance).ln() / rate;
        (clock < time.as_secs_f64()).then(|| Duration::from_secs_f64(clock))
    });
    let moments: Mutex<Vec<Duration>> = Mutex::new(moments.collect::<Vec<_>>().into_iter().rev().collect());
    let hello = Request::hello();
    let begun = Instant::now();
    let one = || {
        let (mut client, mut times, mut refused) = (Client::connect(url), Vec::new(), 0);
        loop {
            let Some(due) = moments.lock().expect("no thread panics with it").pop() else { break };
            std::thread::sleep(due.saturating_sub(begun.elapsed()));
            let status = client.send(&hello).expect("an answer").status;
            // From when it was due: a request that finds no connection free has waited, too.
            match status {
                200 => times.push(begun.elapsed().saturating_sub(due)),
                503 => refused += 1,
                other => panic!("HTTP {other}"),
            }
        }
        (times, refused)
    };
    let all: Vec<(Vec<Duration>, usize)> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(one)).collect();
        all.into_iter().map(|thread| thread.join().expect("an answer that was neither 200 nor 503")).collect()
    });
    let refused = all.iter().map(|(_, refused)| refused).sum();
    Offered { times: all.into_iter().flat_map(|(times, _)| times).collect(), refused, lasted: begun.elapsed() }
}
