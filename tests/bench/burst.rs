//! Many at once.

use std::sync::Barrier;
use std::time::Duration;

use serde::Serialize;

use crate::client::{Client, Request};
use crate::stats::Times;

/// What came of bursts.
#[derive(Debug, Serialize)]
pub struct Burst {
    /// Requests in each.
    pub size: usize,
    /// How many bursts.
    pub bursts: usize,
    /// How long each request took.
    pub times: Times,
}

/// `size` requests at the same moment, several times, with a pause in which the pool is filled again.
pub fn measure(url: &str, size: usize, bursts: usize) -> Burst {
    let (hello, barrier) = (Request::hello(), Barrier::new(size));
    let one = || {
        let mut client = Client::connect(url);
        let mut times = Vec::new();
        for _ in 0..bursts {
            std::thread::sleep(Duration::from_millis(250));
            barrier.wait();
            times.push(client.run(&hello));
        }
        times
    };
    let times = std::thread::scope(|scope| {
        let all: Vec<_> = (0..size).map(|_| scope.spawn(one)).collect();
        all.into_iter().flat_map(|thread| thread.join().expect("an answer that was not good")).collect()
    });
    Burst { size, bursts, times: Times::of(times) }
}
