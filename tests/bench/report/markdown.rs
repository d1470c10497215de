//! The report for people.

use std::fmt::Write;

use super::{Report, targets};
use crate::burst::Bursts;
use crate::growth::Curve;
use crate::stats::Times;

/// All of it; the curves' plots lie beside it.
pub fn text(report: &Report) -> String {
    let mut out = String::new();
    let parts = [head, promises, programs, connections, rates, processor, memory, others, growth];
    for part in parts {
        out.push_str(part(report).trim_end());
        out.push_str("\n\n");
    }
    out.trim_end().to_owned() + "\n"
}

fn table(head: &str, rows: impl IntoIterator<Item = String>) -> String {
    let columns = head.matches('|').count() + 1;
    let mut out = format!("| {head} |\n|{}\n", " --- |".repeat(columns));
    rows.into_iter().for_each(|row| writeln!(out, "| {row} |").expect("a string takes everything"));
    out
}

fn ms(us: f64) -> String {
    format!("{:.2}", us / 1000.0)
}

/// Median, 90th, 99th, worst.
fn times(times: &Times) -> String {
    [times.median_us, times.p90_us, times.p99_us, times.worst_us].map(ms).join(" | ")
}

fn head(report: &Report) -> String {
    let m = &report.machine;
    format!(
        "# Speed\n\nMade by `cargo xtask bench` in {:.0} s on {}, at {}: {}, {} cores, {:.0} GiB, Linux {}, {}, load {} when it \
         began. In force: {}.\n\nRatios are the result: everything in a table was measured in turn, in the same minutes. Absolute \
         times, in milliseconds, are a remark about this machine.\n",
        report.took_s,
        m.date,
        m.commit,
        m.processor,
        m.cores,
        m.memory_gb,
        m.kernel,
        m.python,
        m.load,
        report.layers.join(", "),
    )
}

fn promises(report: &Report) -> String {
    let rows = targets::of(report).into_iter().map(|target| {
        let mark = if target.is_met() { "met" } else { "**missed**" };
        format!("{} | {} | {}{} | {mark}", target.name, target.value(), target.bound, target.unit)
    });
    format!("## Targets\n\n{}", table("what | measured | target | ", rows))
}

fn programs(report: &Report) -> String {
    let bare = report.paced.bare_hello().median_us;
    let mut rows = Vec::new();
    for program in &report.paced.programs {
        rows.push(format!("{} | {} | {:.3}", program.name, times(&program.served), program.served.median_us / bare));
        if let Some(own) = &program.bare {
            rows.push(format!("— bare interpreter | {} | {:.3}", times(own), own.median_us / bare));
        }
    }
    let floors =
        [("fork, the floor", report.paced.floor_bare), ("fork with namespaces", report.paced.floor_namespaces)];
    rows.extend(floors.iter().map(|(name, of)| format!("{name} | {} | {:.3}", times(of), of.median_us / bare)));
    let head = "program | median | 90th | 99th | worst | median to a bare interpreter's of hello";
    format!("## Programs\n\nOne connection, paced so that cells are ready.\n\n{}", table(head, rows))
}

fn connections(report: &Report) -> String {
    let rows = report.rates.service.iter().map(|load| {
        format!("{} | {:.0} | {} | {}", load.connections, load.runs_per_second, times(&load.closed), times(&load.paced))
    });
    let head = "connections | runs a second | median | 90th | 99th | worst | paced: median | 90th | 99th | worst";
    format!("## Connections\n\nHello, as fast as it is answered, and at a pace.\n\n{}", table(head, rows))
}

fn rates(report: &Report) -> String {
    let rates = &report.rates;
    let rows = [
        format!("the service, over HTTP | {:.0}", rates.sustained()),
        format!(
            "forks of a warmed interpreter, one, two at a time | {:.0}, {:.0}",
            rates.floor_bare[0], rates.floor_bare[1]
        ),
        format!("the same with namespaces | {:.0}, {:.0}", rates.floor_namespaces[0], rates.floor_namespaces[1]),
        format!("new interpreters, on all cores | {:.0}", rates.bare),
    ];
    let burst = &report.burst;
    let row = |who: &str, of: &Bursts| {
        let times = of.times;
        let share = of.p99_to_due;
        format!("{who} | {} | {} | {} | {share:.2}", ms(times.median_us), ms(times.p99_us), ms(times.worst_us))
    };
    let bursts = [row("the service", &burst.service), row("forks with namespaces", &burst.floor)];
    format!(
        "## Runs a second\n\n{}\nBursts of {} at once, {} of them ({} cells wait), milliseconds from its beginning to each answer. \
         The last column is the 99th percentile as a share of what a burst takes at the rate that was sustained next to it.\n\n{}",
        table("who | runs a second", rows),
        burst.size,
        burst.bursts,
        report.pool,
        table("who | median | 99th | worst | 99th to rate", bursts),
    )
}

fn processor(report: &Report) -> String {
    let cpu = &report.cpu;
    let split = |[user, system]: [f64; 2]| format!("{user:.0} | {system:.0}");
    let rows = [
        format!("service: HTTP, admission, supervision | {}", split(cpu.service)),
        format!("zygotes: forking, reaping | {}", split(cpu.zygotes)),
        format!("runs: sandbox, rehearsal, program, tear-down | {}", split(cpu.runs)),
    ];
    format!(
        "## Processor time of a run\n\nMicroseconds; two connections without a pause.\n\n{}\nTogether {:.0}. A new interpreter: {:.0}; \
         a fork of a warmed one: {:.0}, with namespaces {:.0}.\n",
        table("who | user | system", rows),
        cpu.total,
        cpu.bare,
        cpu.floor_bare,
        cpu.floor_namespaces,
    )
}

fn memory(report: &Report) -> String {
    let memory = &report.memory;
    let rows = [
        format!("waiting cell, private | {:.0}", memory.cell_private_kb),
        format!("waiting cell, proportional | {:.0}", memory.cell_proportional_kb),
        format!("waiting cell, page tables | {:.0}", memory.cell_tables_kb),
        format!("service, private | {:.0}", memory.service_private_kb),
        format!("service, proportional | {:.0}", memory.service_proportional_kb),
        format!("zygotes and launchers, proportional | {:.0}", memory.zygotes_proportional_kb),
    ];
    let start = report.start;
    let whole = report.growth.cell_of_machine_kb.map_or(String::new(), |kb| {
        format!(
            " Everything counted, what the kernel keeps for it included, the machine has {kb:.0} KiB less for each."
        )
    });
    format!(
        "## Memory and start\n\nKiB; {} cells wait.\n\n{}\nThat is {:.0} waiting cells in 1 GiB.{whole}\n\nFrom the start of the service to its first \
         answer: median {}, worst {} of {}.\n",
        memory.cells,
        table("what | KiB", rows),
        memory.cells_per_gb,
        ms(start.median_us),
        ms(start.worst_us),
        start.runs,
    )
}

fn others(report: &Report) -> String {
    if report.peers.is_empty() {
        return "## Others\n\nNone of bwrap, firejail and nsjail (Debian's packages) is there, or can do it here.\n"
            .into();
    }
    let rows = report.peers.iter().map(|peer| format!("{} | {}", peer.name, times(&peer.times)));
    format!(
        "## Others\n\nHello by others who start an interpreter for each run, without HTTP.\n\n{}",
        table("who | median | 90th | 99th | worst", rows)
    )
}

fn growth(report: &Report) -> String {
    let growth = &report.growth;
    let rows = growth.cores.iter().map(|of| {
        format!("{} | {:.0} | {:.0} | {:.0} | {:.2}", of.cores, of.served, of.floor, of.bare, of.served / of.floor)
    });
    let cores = table("cores | service | forks with namespaces | new interpreters | service to forks", rows);
    let rows = growth.model.iter().map(|of| {
        let measured =
            growth.cores.iter().find(|each| each.cores == of.cores).map(|each| format!("{:.0}", each.served));
        format!("{} | {:.0} | {} | {}", of.cores, of.rate(), of.bound(), measured.unwrap_or("—".into()))
    });
    let model = table("cores | runs a second | bounded by | measured", rows);
    let mut out = format!(
        "## Growth\n\nRuns a second, everything confined to so many cores.\n\n{cores}\nBy the model \
         (`tests/bench/growth/model.rs`): so many times what one core does, until one zygote ({:.0} a second) or the service's \
         threads ({:.0} a second each, one for four cores) cannot do more.\n\n{model}\n",
        growth.model[0].by_zygote, growth.model[0].by_service,
    );
    for curve in &growth.curves {
        writeln!(out, "![{} against {}]({}.svg)\n\n{}\n", curve.y, curve.x, curve.name, bend(curve)).expect("a string");
    }
    out
}

fn bend(curve: &Curve) -> String {
    let points: Vec<String> = curve.points.iter().map(|(x, y)| format!("{x:.1}: {y:.2}")).collect();
    let bend = curve.bends_at.map_or("linear or better".into(), |x| format!("bends at {x:.1}"));
    format!("{} ({}): {}; {:.1} times as much at the end; {bend}.", curve.y, curve.x, points.join(", "), curve.growth())
}
