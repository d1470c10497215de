//! Runs a second against processors: everything, the load's own threads included, is confined to so many.

use std::path::Path;
use std::time::Duration;

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use tests::Service;

use super::Cores;
use crate::client::Request;
use crate::floor::{self, Floor};
use crate::{Scale, bare, latency};

/// 1, 2, 4 and so on, as far as there are any.
pub fn measure(python: &Path, settings: &[(&str, &str)], scale: &Scale) -> Vec<Cores> {
    let whole = sched_getaffinity(None).expect("a process may ask for its own");
    let numbers: Vec<usize> = (0..CpuSet::MAX_CPU).filter(|cpu| whole.is_set(*cpu)).collect();
    let measured = [1, 2, 4, 8].into_iter().filter(|cores| *cores <= numbers.len()).map(|cores| {
        let mut set = CpuSet::new();
        numbers[..cores].iter().for_each(|cpu| set.set(*cpu));
        // Threads and processes that are started from here inherit it.
        sched_setaffinity(None, &set).expect("a part of what it may");
        confined(python, settings, cores, scale)
    });
    let measured = measured.collect();
    sched_setaffinity(None, &whole).expect("what it was");
    measured
}

fn confined(python: &Path, settings: &[(&str, &str)], cores: usize, scale: &Scale) -> Cores {
    let service = Service::start(settings);
    let mut floors: Vec<Floor> = (0..cores).map(|_| Floor::start(python, true)).collect();
    std::thread::sleep(Duration::from_millis(300));
    let hello = Request::hello();
    let time = scale.segment;
    let (mut served, mut floor, mut started) = (0.0, 0.0, 0.0);
    // In turn, as everywhere.
    for _ in 0..scale.segments {
        served += latency::closed(&service.url, &hello, 8, time).rate;
        floor += floor::rate(floors.iter_mut().collect(), time);
        started += bare::rate(python, "print('Hello World')", "Hello World", cores, time);
    }
    let each = |sum: f64| sum / scale.segments as f64;
    Cores { cores, served: each(served), floor: each(floor), bare: each(started) }
}
