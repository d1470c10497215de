//! The programs, each beside a bare interpreter that runs the same.

use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use serde_json::json;

use crate::Scale;
use crate::bare;
use crate::client::{Client, Request};
use crate::floor::Floor;
use crate::latency::jitter;
use crate::stats::Times;

/// Twenty modules that the service imports ahead.
const IMPORTS: &str = "\
import argparse, bisect, calendar, collections, copy, csv, dataclasses, datetime, decimal, fractions, functools, heapq
import itertools, json, math, random, re, statistics, string, textwrap
print('imported')";
const COMPUTE: &str = "\
total = 0
for number in range(600_000):
    total += number * number % 7
print('computed')";
const OUTPUT: &str = "for _ in range(1000):\n    print('x' * 99)\nprint('written')";
const LEARNER: &str = "def area(width, height):\n    return width * height\n";

/// So much time for each run and what comes after it: the pool is full again then.
pub const PACE: Duration = Duration::from_millis(16);

/// One program.
pub struct Program {
    /// Its name in the report.
    pub name: &'static str,
    /// The request.
    pub request: Request,
    /// What a bare interpreter is given, and has to print; nothing for graded runs.
    bare: Option<(&'static str, &'static str)>,
}

/// What was measured of one.
#[derive(Debug, Serialize)]
pub struct Measured {
    /// Its name.
    pub name: &'static str,
    /// The service, over HTTP.
    pub served: Times,
    /// `python3 -I -c` of the same.
    pub bare: Option<Times>,
}

/// All of them, and the floor, in the same minutes.
#[derive(Debug, Serialize)]
pub struct Paced {
    /// The service and bare interpreters; `hello` is the first.
    pub programs: Vec<Measured>,
    /// A fork of a warmed interpreter.
    pub floor_bare: Times,
    /// The same with a run's namespaces.
    pub floor_namespaces: Times,
}

impl Paced {
    /// What was measured of a program.
    pub fn of(&self, name: &str) -> &Measured {
        self.programs.iter().find(|program| program.name == name).expect("a program of the list")
    }

    /// `python3 -I -c` of hello: the measure of all targets.
    pub fn bare_hello(&self) -> Times {
        self.of("hello").bare.expect("hello has one")
    }
}

/// What is run.
pub fn all() -> Vec<Program> {
    let plain = |name, code: &'static str, expected: &'static str| Program {
        name,
        request: Request::execute(&json!({ "code": code }), expected),
        bare: Some((code, expected)),
    };
    let graded = |name, asserts: usize| {
        let tests: String = (1..=asserts).map(|n| format!("assert area({n}, 2) == {}\n", 2 * n)).collect();
        let body = json!({ "code": LEARNER, "testCode": tests });
        Program { name, request: Request::execute(&body, "\"status\":\"ok\""), bare: None }
    };
    vec![
        plain("hello", "print('Hello World')", "Hello World"),
        plain("20 imports", IMPORTS, "imported"),
        plain("50 ms of computing", COMPUTE, "computed"),
        plain("100 KB of output", OUTPUT, "written"),
        graded("three asserts", 3),
        graded("a hundred asserts", 100),
    ]
}

/// Every program in turn, round by round, at a pace that leaves the pool full: what the machine does meanwhile meets
/// all of them alike.
pub fn measure(url: &str, python: &Path, floors: &mut [Floor; 2], scale: &Scale) -> Paced {
    let programs = all();
    let mut client = Client::connect(url);
    let mut served = vec![Vec::new(); programs.len()];
    let mut bare = vec![Vec::new(); programs.len()];
    let mut forks = [Vec::new(), Vec::new()];
    for round in 0..scale.rounds {
        for (at, program) in programs.iter().enumerate() {
            // Hello is what targets are about: its 99th percentile takes more runs.
            for turn in 0..if at == 0 { 4 } else { 1 } {
                std::thread::sleep(PACE * 3 / 4 + jitter(round * 7 + at * 3 + turn, PACE));
                served[at].push(client.run(&program.request));
            }
            // Others than hello are slow, and compared with nothing but themselves.
            if let Some((code, expected)) = program.bare.filter(|_| at == 0 || round % 4 == 0) {
                std::thread::sleep(PACE / 2);
                bare[at].push(bare::once(python, code, expected));
            }
        }
        for (times, floor) in forks.iter_mut().zip(&mut *floors) {
            times.extend(floor.times(2));
        }
    }
    let measured = programs.iter().zip(served).zip(bare).map(|((program, served), bare)| Measured {
        name: program.name,
        served: Times::of(served),
        bare: (!bare.is_empty()).then(|| Times::of(bare)),
    });
    let programs = measured.collect();
    let [floor_bare, floor_namespaces] = forks.map(Times::of);
    Paced { programs, floor_bare, floor_namespaces }
}
