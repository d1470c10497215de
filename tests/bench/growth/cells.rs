//! What many waiting cells cost: memory, processor time while nobody asks, and the run beside them.

use std::time::{Duration, Instant};

use tests::Service;
use tests::faults::{children_of, zygotes};

use super::Curve;
use crate::client::Request;
use crate::proc::{self, Cpu};
use crate::programs::PACE;
use crate::stats::Times;
use crate::{Scale, latency, memory};

/// One service for each number.
pub fn measure(settings: &[(&str, &str)], scale: &Scale) -> (Vec<Curve>, Option<f64>) {
    let (mut private, mut idle, mut medians, mut machine) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for number in scale.waiting {
        let before = proc::available();
        let text = number.to_string();
        let settings: Vec<(&str, &str)> =
            settings.iter().copied().chain([("POOL_WARM", text.as_str()), ("POOL_TESTS", "1")]).collect();
        let service = Service::start(&settings);
        fill(service.pid(), number + 1);
        machine.push((*number as f64, before - proc::available()));
        let x = *number as f64;
        private.push((x, memory::measure(service.pid()).cell_private_kb * x / 1024.0));
        idle.push((x, idle_ms(service.pid(), scale.segment * 2)));
        let times = latency::paced(&service.url, &Request::hello(), 1, scale.samples * 2, PACE);
        medians.push((x, Times::of(times).median_us / 1000.0));
    }
    // Below some hundred, what else the machine does with its memory is more.
    let ends = machine.first().zip(machine.last()).filter(|(_, last)| last.0 >= 500.0);
    let each = ends.map(|(first, last)| (last.1 - first.1) / (last.0 - first.0));
    let x = "waiting cells";
    let curves = vec![
        Curve::new("memory-by-cells", x, "private memory of all, MB", private),
        Curve::new("idle-by-cells", x, "processor time while idle, ms a second", idle),
        Curve::new("latency-by-cells", x, "median, ms", medians),
    ];
    (curves, each)
}

/// Waits until there are so many.
fn fill(service: u32, number: usize) {
    let begun = Instant::now();
    let keepers = || -> usize { zygotes(service).iter().map(|zygote| children_of(*zygote).len()).sum() };
    while keepers() < number {
        assert!(begun.elapsed() < Duration::from_secs(120), "{} of {number} cells", keepers());
        std::thread::sleep(Duration::from_millis(50));
    }
    // The last ones rehearse.
    std::thread::sleep(Duration::from_millis(500));
}

/// Processor time of the service and its zygotes in a second without requests, in milliseconds.
fn idle_ms(service: u32, time: Duration) -> f64 {
    // A second at the least: that is how often it looks around.
    let time = time.max(Duration::from_secs(2));
    let all: Vec<u32> = zygotes(service).into_iter().chain([service]).collect();
    let before = Cpu::sum(&all).total();
    std::thread::sleep(time);
    (Cpu::sum(&all).total() - before) / time.as_secs_f64()
}
