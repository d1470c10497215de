//! Processor time of a run, by who spends it.

use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use tests::faults::zygotes;

use crate::client::Request;
use crate::floor::Floor;
use crate::proc::Cpu;
use crate::{bare, latency};

/// Of one run of hello, in microseconds; user and system apart.
#[derive(Debug, Serialize)]
pub struct Spent {
    /// HTTP, admission, the run's supervision.
    pub service: [f64; 2],
    /// Forking, and reaping keepers.
    pub zygotes: [f64; 2],
    /// Building a sandbox, warming up, the program itself, and tearing all of it down.
    pub runs: [f64; 2],
    /// All of it.
    pub total: f64,
    /// `python3 -I -c` of the same.
    pub bare: f64,
    /// A fork of a warmed interpreter.
    pub floor_bare: f64,
    /// The same with a run's namespaces.
    pub floor_namespaces: f64,
}

/// Two connections in a closed loop for so long, then the others for a part of that.
pub fn measure(service: u32, url: &str, python: &Path, floors: &mut [Floor; 2], time: Duration) -> Spent {
    let zygotes = zygotes(service);
    let look = || (Cpu::of(service), Cpu::sum(&zygotes));
    let (own, forkers) = look();
    let runs = latency::closed(url, &Request::hello(), 2, time).times.len() as f64;
    // What was begun is made: so many cells wait as before.
    std::thread::sleep(Duration::from_millis(300));
    let (own_after, forkers_after) = look();
    let each = |before: f64, after: f64| (after - before) * 1000.0 / runs;
    let forks = ((time.as_secs_f64() * 300.0) as usize).max(100);
    let floor = |floor: &mut Floor| {
        let before = Cpu::of(floor.pid()).total();
        floor.times(forks);
        (Cpu::of(floor.pid()).total() - before) * 1000.0 / forks as f64
    };
    let [floor_bare, floor_namespaces] = floors.each_mut().map(floor);
    let starts = forks / 6;
    let waited = || {
        let own = Cpu::of(std::process::id());
        own.waited_user + own.waited_system
    };
    let before = waited();
    for _ in 0..starts {
        bare::once(python, "print('Hello World')", "Hello World");
    }
    Spent {
        service: [each(own.user, own_after.user), each(own.system, own_after.system)],
        zygotes: [each(forkers.user, forkers_after.user), each(forkers.system, forkers_after.system)],
        runs: [
            each(forkers.waited_user, forkers_after.waited_user),
            each(forkers.waited_system, forkers_after.waited_system),
        ],
        total: each(own.user + own.system + forkers.total(), own_after.user + own_after.system + forkers_after.total()),
        bare: (waited() - before) * 1000.0 / starts as f64,
        floor_bare,
        floor_namespaces,
    }
}
