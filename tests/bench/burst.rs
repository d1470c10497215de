//! Many at once, beside what is sustained in the same moments: of the service, and of the floor.

use std::sync::Barrier;
use std::time::Duration;

use serde::Serialize;

use crate::Scale;
use crate::client::{Client, Request};
use crate::floor::{self, Floor};
use crate::latency;
use crate::stats::Times;

/// A pause in which the pool is filled again.
const PAUSE: Duration = Duration::from_millis(250);
/// So many bursts for each look at what is sustained.
const EACH: usize = 6;
/// Connections that are served at the best rate, or close to it (`rates.rs`).
const CONNECTIONS: usize = 32;

/// What came of bursts.
#[derive(Debug, Serialize)]
pub struct Burst {
    /// Requests in each.
    pub size: usize,
    /// How many bursts.
    pub bursts: usize,
    /// The service.
    pub service: Bursts,
    /// As many forks of two warmed interpreters with a run's namespaces, as fast as they can.
    pub floor: Bursts,
}

/// Of one of them.
#[derive(Debug, Serialize)]
pub struct Bursts {
    /// From the beginning of the burst to each answer.
    pub times: Times,
    /// The 99th percentile of these times, each as a share of what its burst takes at the rate that was sustained next to it.
    pub p99_to_due: f64,
}

/// `size` requests at the same moment, several times, between looks at how many are sustained.
pub fn measure(url: &str, floors: [&mut Floor; 2], size: usize, scale: &Scale) -> Burst {
    let [one, two] = floors;
    let (mut service, mut floor) = (Rounds::default(), Rounds::default());
    for _ in 0..scale.bursts.div_ceil(EACH) {
        let sustained = latency::closed(url, &Request::hello(), CONNECTIONS, scale.segment).rate;
        service.add(burst(url, size), size as f64 / sustained);
        let sustained = floor::rate(vec![one, two], scale.segment);
        floor.add((0..EACH).flat_map(|_| burst_of_floor(one, two, size)).collect(), size as f64 / sustained);
    }
    Burst { size, bursts: scale.bursts.div_ceil(EACH) * EACH, service: service.summary(), floor: floor.summary() }
}

/// All rounds' times, and each as a share of what its burst should take.
#[derive(Default)]
struct Rounds {
    times: Vec<Duration>,
    shares: Vec<f64>,
}

impl Rounds {
    fn add(&mut self, times: Vec<Duration>, due: f64) {
        self.shares.extend(times.iter().map(|time| time.as_secs_f64() / due));
        self.times.extend(times);
    }

    fn summary(mut self) -> Bursts {
        self.shares.sort_unstable_by(f64::total_cmp);
        let p99_to_due = self.shares[((self.shares.len() - 1) as f64 * 0.99).round() as usize];
        Bursts { times: Times::of(self.times), p99_to_due }
    }
}

fn burst(url: &str, size: usize) -> Vec<Duration> {
    let (hello, barrier) = (Request::hello(), Barrier::new(size));
    let one = || {
        let mut client = Client::connect(url);
        let mut times = Vec::new();
        for _ in 0..EACH {
            std::thread::sleep(PAUSE);
            barrier.wait();
            times.push(client.run(&hello));
        }
        times
    };
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..size).map(|_| scope.spawn(one)).collect();
        all.into_iter().flat_map(|thread| thread.join().expect("an answer that was not good")).collect()
    })
}

fn burst_of_floor(one: &mut Floor, two: &mut Floor, size: usize) -> Vec<Duration> {
    std::thread::sleep(PAUSE);
    let half = size / 2;
    one.begin_times(half);
    two.begin_times(size - half);
    let since_begun = |times: Vec<Duration>| {
        times.into_iter().scan(Duration::ZERO, |sum, time| {
            *sum += time;
            Some(*sum)
        })
    };
    since_begun(one.finish_times()).chain(since_begun(two.finish_times())).collect()
}
