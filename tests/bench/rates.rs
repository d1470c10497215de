//! Runs a second: the service at several numbers of connections, the floor, and new interpreters, in turn.

use std::path::Path;

use serde::Serialize;

use crate::client::Request;
use crate::floor::{self, Floor};
use crate::latency::{self, Load};
use crate::programs::PACE;
use crate::stats::{Times, median};
use crate::{Scale, bare, machine};

const CONNECTIONS: [usize; 4] = [1, 2, 8, 32];

/// Runs a second, each the median of the rounds.
#[derive(Debug, Serialize)]
pub struct Rates {
    /// The service, by connections.
    pub service: Vec<Load>,
    /// Forks of one warmed interpreter, and of two at a time.
    pub floor_bare: [f64; 2],
    /// The same with a run's namespaces.
    pub floor_namespaces: [f64; 2],
    /// New interpreters, on all processors.
    pub bare: f64,
    /// The service's best rate through the floor's with namespaces: the median of the rounds.
    pub to_floor: f64,
    /// The service's best rate through that of new interpreters: the median of the rounds.
    pub to_bare: f64,
}

impl Rates {
    /// What the service sustains: at the number of connections that suits it best.
    pub fn sustained(&self) -> f64 {
        self.service.iter().map(|load| load.runs_per_second).fold(0.0, f64::max)
    }
}

/// One round's rates.
struct Round {
    service: Vec<f64>,
    floor_bare: [f64; 2],
    floor_namespaces: [f64; 2],
    bare: f64,
}

impl Round {
    fn best(&self) -> f64 {
        self.service.iter().copied().fold(0.0, f64::max)
    }

    fn floor(&self) -> f64 {
        self.floor_namespaces.iter().copied().fold(0.0, f64::max)
    }
}

/// Every contender in each round. The floors are without and with namespaces; the second pair, too.
pub fn measure(url: &str, python: &Path, one: &mut [Floor; 2], two: &mut [Floor; 2], scale: &Scale) -> Rates {
    let hello = Request::hello();
    let mut times = vec![Vec::new(); CONNECTIONS.len()];
    let mut round = |_| {
        let service = CONNECTIONS.iter().zip(&mut times).map(|(connections, times)| {
            let closed = latency::closed(url, &hello, *connections, scale.segment);
            times.extend(closed.times);
            closed.rate
        });
        let service = service.collect();
        let mut floor = |at: usize| {
            let alone = floor::rate(vec![&mut one[at]], scale.segment);
            [alone, floor::rate(vec![&mut one[at], &mut two[at]], scale.segment)]
        };
        let (floor_bare, floor_namespaces) = (floor(0), floor(1));
        let bare = bare::rate(python, "print('Hello World')", "Hello World", machine::cores(), scale.segment);
        Round { service, floor_bare, floor_namespaces, bare }
    };
    let rounds: Vec<Round> = (0..scale.segments).map(&mut round).collect();
    let middle = |of: &dyn Fn(&Round) -> f64| median(rounds.iter().map(of).collect());
    let service = CONNECTIONS.iter().zip(times).enumerate().map(|(at, (connections, closed))| Load {
        connections: *connections,
        runs_per_second: middle(&|round| round.service[at]),
        closed: Times::of(closed),
        paced: Times::of(latency::paced(url, &hello, *connections, scale.paced.max(2 * connections), PACE)),
    });
    Rates {
        service: service.collect(),
        floor_bare: [0, 1].map(|at| middle(&|round| round.floor_bare[at])),
        floor_namespaces: [0, 1].map(|at| middle(&|round| round.floor_namespaces[at])),
        bare: middle(&|round| round.bare),
        to_floor: middle(&|round| round.best() / round.floor()),
        to_bare: middle(&|round| round.best() / round.bare),
    }
}
