//! How costs grow with what there is of it, and what bends first.

mod cells;
mod cores;
mod load;
mod model;
mod sizes;

use std::path::Path;

use serde::Serialize;

use crate::Scale;
use crate::cpu::Spent;

/// A cost against a quantity.
#[derive(Debug, Serialize)]
pub struct Curve {
    /// What it is about; also its file's name.
    pub name: &'static str,
    /// The quantity, with its unit.
    pub x: &'static str,
    /// The cost, with its unit.
    pub y: &'static str,
    /// Both, from the smallest quantity on.
    pub points: Vec<(f64, f64)>,
    /// The first quantity at which the cost lies well above the straight line through what came before.
    pub bends_at: Option<f64>,
}

/// What is above the line by this much bends.
const ABOVE: f64 = 1.3;

impl Curve {
    /// With at least two points, from the smallest quantity on.
    pub fn new(name: &'static str, x: &'static str, y: &'static str, points: Vec<(f64, f64)>) -> Curve {
        let bends_at = bend(&points);
        Curve { name, x, y, points, bends_at }
    }

    /// How much dearer the greatest quantity is than the smallest.
    pub fn growth(&self) -> f64 {
        let ends = self.points.first().zip(self.points.last());
        ends.map_or(1.0, |(first, last)| last.1 / first.1)
    }
}

/// The first point above the line from the first through the one before it. A line never falls: what was cheaper by
/// chance promises nothing.
fn bend(points: &[(f64, f64)]) -> Option<f64> {
    let (x0, y0) = *points.first()?;
    let above = |pair: &&[(f64, f64)]| {
        let [(x1, y1), (x, y)] = **pair else { return false };
        let slope = ((y1 - y0) / (x1 - x0)).max(0.0);
        y > ABOVE * (y0 + slope * (x - x0))
    };
    // The first two points are a line whatever they are.
    points.windows(2).skip(1).find(above).map(|pair| pair[1].0)
}

/// Runs a second against processors.
#[derive(Debug, Serialize)]
pub struct Cores {
    /// Processors that everything was confined to, the load's own threads included.
    pub cores: usize,
    /// The service, 8 connections.
    pub served: f64,
    /// Forks with a run's namespaces.
    pub floor: f64,
    /// New interpreters.
    pub bare: f64,
}

/// All that was measured of growth.
#[derive(Debug, Serialize)]
pub struct Growth {
    /// The curves.
    pub curves: Vec<Curve>,
    /// With one processor, two, and so on.
    pub cores: Vec<Cores>,
    /// What more of them would do.
    pub model: Vec<model::Modelled>,
    /// Memory that the machine has less for each further waiting cell, everything counted, in KiB; where there were
    /// enough cells to tell.
    pub cell_of_machine_kb: Option<f64>,
}

/// Measures all of it; `rate` is what the service sustains, `spent` what a run costs.
pub fn measure(url: &str, python: &Path, settings: &[(&str, &str)], rate: f64, spent: &Spent, scale: &Scale) -> Growth {
    let mut curves = load::measure(url, rate, scale);
    curves.push(sizes::output(url, scale));
    curves.push(sizes::code(url, scale));
    let (waiting, cell_of_machine_kb) = cells::measure(settings, scale);
    curves.extend(waiting);
    let cores = cores::measure(python, settings, scale);
    let model = model::of(&cores, spent);
    Growth { curves, cores, model, cell_of_machine_kb }
}
