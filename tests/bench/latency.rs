//! Connections that send: as fast as they are answered, or at a pace.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::client::{Client, Request};
use crate::stats::Times;

/// What came of a number of connections that send again as soon as they are answered.
#[derive(Debug, Clone)]
pub struct Closed {
    /// Runs a second.
    pub rate: f64,
    /// How long each took.
    pub times: Vec<Duration>,
}

/// The same of several rounds.
#[derive(Debug, Clone, Serialize)]
pub struct Load {
    /// How many connections.
    pub connections: usize,
    /// Runs a second, the median of the rounds.
    pub runs_per_second: f64,
    /// How long the answers took.
    pub closed: Times,
    /// The same at a pace that leaves the service time to refill its pool.
    pub paced: Times,
}

/// Each connection sends as soon as it has its answer, for this long.
pub fn closed(url: &str, request: &Request, connections: usize, time: Duration) -> Closed {
    let barrier = Barrier::new(connections);
    let work = |_| {
        let mut client = Client::connect(url);
        barrier.wait();
        let (begun, mut times) = (Instant::now(), Vec::new());
        while begun.elapsed() < time {
            times.push(client.run(request));
        }
        (times, begun.elapsed())
    };
    let all = on_threads(connections, work);
    let rate = all.iter().map(|(times, lasted)| times.len() as f64 / lasted.as_secs_f64()).sum();
    Closed { rate, times: all.into_iter().flat_map(|(times, _)| times).collect() }
}

/// So many runs by all connections together, one about every `every`.
pub fn paced(url: &str, request: &Request, connections: usize, runs: usize, every: Duration) -> Vec<Duration> {
    let begun = Instant::now();
    let work = |number: usize| {
        let mut client = Client::connect(url);
        let mine = (number..runs).step_by(connections);
        mine.map(|turn| {
            let due = every * turn as u32 + jitter(turn, every);
            std::thread::sleep(due.saturating_sub(begun.elapsed()));
            client.run(request)
        })
        .collect()
    };
    on_threads(connections, work).into_iter().flat_map(|times: Vec<Duration>| times).collect()
}

/// Up to half of `every`, another one each turn: what is as regular as the service's own clockwork would meet it always
/// or never.
pub fn jitter(turn: usize, every: Duration) -> Duration {
    every * (turn as u32 * 37 % 50) / 100
}

fn on_threads<T: Send>(threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    std::thread::scope(|scope| {
        let work = &work;
        let all: Vec<_> = (0..threads).map(|number| scope.spawn(move || work(number))).collect();
        all.into_iter().map(|thread| thread.join().expect("an answer that was not good")).collect()
    })
}
