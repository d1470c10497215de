//! What more processors than there are here would do, by a model whose figures are measured.
//!
//! A run takes processor time, which any processor can give, and passes through two places where one run waits for
//! another: the zygote, one process that forks all cells of its kind, and the service's threads, one for four processors.
//! So `n` processors do `n` times what one does, until one of the two is always at work.

use serde::Serialize;

use super::Cores;
use crate::cpu::Spent;

/// Processors to ask the model for.
const ASKED: [usize; 6] = [1, 2, 4, 8, 16, 32];

/// Runs a second by the model.
#[derive(Debug, Serialize)]
pub struct Modelled {
    /// Processors.
    pub cores: usize,
    /// What they have the time for: so many times what was measured with one.
    pub by_processors: f64,
    /// What one zygote can fork.
    pub by_zygote: f64,
    /// What the service's threads can answer.
    pub by_service: f64,
}

impl Modelled {
    /// Runs a second: the least of the three.
    pub fn rate(&self) -> f64 {
        self.by_processors.min(self.by_zygote).min(self.by_service)
    }

    /// What holds it there.
    pub fn bound(&self) -> &'static str {
        match self.rate() {
            rate if rate == self.by_processors => "processors",
            rate if rate == self.by_zygote => "the zygote",
            _ => "the service's threads",
        }
    }
}

/// For each of [`ASKED`], from what was measured with one processor and from who spends how much on a run.
pub fn of(measured: &[Cores], spent: &Spent) -> Vec<Modelled> {
    const MICROS: f64 = 1e6;
    let one = measured.first().expect("one processor is always measured").served;
    let by_zygote = MICROS / spent.zygotes.iter().sum::<f64>();
    let by_thread = MICROS / spent.service.iter().sum::<f64>();
    let modelled = |cores: usize| Modelled {
        cores,
        by_processors: one * cores as f64,
        by_zygote,
        by_service: by_thread * cores.div_ceil(4) as f64,
    };
    ASKED.map(modelled).into()
}
