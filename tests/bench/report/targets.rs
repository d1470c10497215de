//! What the project promises of its speed, as ratios within one run, beside what was measured.

use std::fmt;

use super::Report;

/// One promise.
pub struct Target {
    /// What is compared.
    pub name: &'static str,
    /// What came out.
    pub measured: f64,
    /// What it has to be.
    pub bound: Bound,
    /// Of both.
    pub unit: &'static str,
}

/// Which way a figure is good.
#[derive(Clone, Copy)]
pub enum Bound {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
}

impl fmt::Display for Bound {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::AtMost(value) => write!(to, "at most {value}"),
            Bound::AtLeast(value) => write!(to, "at least {value}"),
        }
    }
}

impl Target {
    /// Whether it is met.
    pub fn is_met(&self) -> bool {
        match self.bound {
            Bound::AtMost(most) => self.measured <= most,
            Bound::AtLeast(least) => self.measured >= least,
        }
    }

    /// What was measured, in as many digits as it deserves.
    pub fn value(&self) -> String {
        let digits = if self.measured < 10.0 { 3 } else { 0 };
        format!("{:.digits$}{}", self.measured, self.unit)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_met() { "met   " } else { "missed" };
        write!(to, "{mark}  {:<62} {:>9}  ({}{})", self.name, self.value(), self.bound, self.unit)
    }
}

/// All of them.
pub fn of(report: &Report) -> Vec<Target> {
    use Bound::{AtLeast, AtMost};
    let bare = report.paced.bare_hello().median_us;
    let hello = report.paced.of("hello").served;
    let served = |name: &str| report.paced.of(name).served.median_us;
    let target = |name, measured, bound, unit| Target { name, measured, bound, unit };
    vec![
        target("hello, median, to a bare interpreter's", hello.median_us / bare, AtMost(0.08), ""),
        target("hello, 99th percentile, to a bare interpreter's median", hello.p99_us / bare, AtMost(0.3), ""),
        target(
            "three asserts, median, to a bare interpreter's of hello",
            served("three asserts") / bare,
            AtMost(0.2),
            "",
        ),
        target("twenty imports, median, to hello's", served("20 imports") / hello.median_us, AtMost(1.5), ""),
        target("runs a second, to forks with the same namespaces", report.rates.to_floor, AtLeast(0.7), ""),
        target("runs a second, to new interpreters", report.rates.to_bare, AtLeast(5.0), ""),
        target(
            "burst of 4 pools, 99th percentile, to size by sustained rate",
            report.burst.service.p99_to_due,
            AtMost(1.3),
            "",
        ),
        target("private memory of a waiting cell", report.memory.cell_private_kb, AtMost(1536.0), " KiB"),
        target("private memory of the service", report.memory.service_private_kb / 1024.0, AtMost(40.0), " MiB"),
        target("from the start to the first answer, median", report.start.median_us / 1000.0, AtMost(400.0), " ms"),
    ]
}
