//! The bench: the service over HTTP, the floor that no service can be below, and bare interpreters, in one run on one
//! machine. Ratios are the result; absolute times are a remark.

mod bare;
mod burst;
mod client;
mod cpu;
mod floor;
mod growth;
mod latency;
mod machine;
mod memory;
mod peers;
mod proc;
mod programs;
mod rates;
mod report;
mod start;
mod stats;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use tests::Service;

use floor::Floor;
use report::Report;

const USAGE: &str = "\
usage: bench [--quick]

Writes docs/bench/report.md, report.json and plots; --quick takes less than a minute, and writes to target/bench/.";

/// How much is done.
pub struct Scale {
    /// Less than a minute, for a look.
    pub is_quick: bool,
    /// Rounds through the programs.
    pub rounds: usize,
    /// How long each closed loop lasts.
    pub segment: Duration,
    /// How often each is done.
    pub segments: usize,
    /// Runs at a pace, for each number of connections.
    pub paced: usize,
    /// Starts of the service.
    pub starts: usize,
    /// Bursts.
    pub bursts: usize,
    /// Shares of the sustained rate.
    pub loads: &'static [f64],
    /// Numbers of waiting cells.
    pub waiting: &'static [usize],
    /// Runs for each point of a curve.
    pub samples: usize,
}

const QUICK: Scale = Scale {
    is_quick: true,
    rounds: 40,
    segment: Duration::from_millis(400),
    segments: 3,
    paced: 60,
    starts: 3,
    bursts: 10,
    loads: &[0.3, 0.6, 0.9, 1.2],
    waiting: &[10, 50, 100],
    samples: 20,
};

const FULL: Scale = Scale {
    is_quick: false,
    rounds: 400,
    segment: Duration::from_millis(1500),
    segments: 8,
    paced: 600,
    starts: 20,
    bursts: 60,
    loads: &[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5],
    waiting: &[10, 30, 100, 300, 1000],
    samples: 100,
};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let scale = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => FULL,
        ["--quick"] => QUICK,
        ["--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(64);
        }
    };
    let report = measure(&scale);
    let folder = report.write(&scale);
    print!("{}", report.summary());
    println!("\nThe report: {}", folder.join("report.md").display());
    ExitCode::SUCCESS
}

/// What the service is started with: the level that the targets are about.
const SETTINGS: [(&str, &str); 1] = [("ISOLATION", "namespaces")];

fn measure(scale: &Scale) -> Report {
    let begun = Instant::now();
    let say = |what: &str| eprintln!("{:4.0} s  {what}", begun.elapsed().as_secs_f64());
    let python = tests::interpreters().remove(0);
    let machine = machine::Machine::here(&python);
    say("starts");
    let start = start::measure(&SETTINGS, scale.starts);
    let service = Service::start(&SETTINGS);
    let url = service.url.as_str();
    let layers = report::layers(&service.get("/health").expect("it is ready").body);
    let mut floors = [Floor::start(&python, false), Floor::start(&python, true)];
    let mut pair = [Floor::start(&python, false), Floor::start(&python, true)];
    (0..30).for_each(|_| drop(service.run("print(1)")));
    std::thread::sleep(Duration::from_secs(1));
    let memory = memory::measure(service.pid());
    say("programs, at a pace");
    let paced = programs::measure(url, &python, &mut floors, scale);
    say("connections, and as fast as they can");
    let rates = rates::measure(url, &python, &mut floors, &mut pair, scale);
    say("processor time");
    let cpu = cpu::measure(service.pid(), url, &python, &mut floors, scale.segment * 2);
    say("bursts");
    let pool = service.get("/health").expect("it is ready").body["pool"]["warm"].as_u64().expect("a number");
    let burst = burst::measure(url, [&mut floors[1], &mut pair[1]], 4 * pool as usize, scale);
    say("peers");
    let peers = peers::measure(&python, scale);
    say("growth");
    let growth = growth::measure(url, &python, &SETTINGS, rates.sustained(), &cpu, scale);
    say("done");
    let took_s = begun.elapsed().as_secs_f64();
    Report {
        machine,
        layers,
        quick: scale.is_quick,
        took_s,
        paced,
        rates,
        cpu,
        memory,
        start,
        burst,
        pool,
        peers,
        growth,
    }
}
