//! What `/proc` says of processes.

use std::fs;

/// Processor time, in milliseconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cpu {
    /// In the process itself.
    pub user: f64,
    /// In the kernel, for it.
    pub system: f64,
    /// The same two of children that have ended and were waited for, and of theirs.
    pub waited_user: f64,
    pub waited_system: f64,
}

impl Cpu {
    /// Of one process; nothing if it is gone.
    pub fn of(pid: u32) -> Cpu {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // The name in parentheses may hold anything.
        let fields: Vec<&str> = stat.rsplit_once(')').map_or(Vec::new(), |(_, rest)| rest.split(' ').collect());
        let millis = |at: usize| -> f64 {
            let ticks: f64 = fields.get(at).and_then(|field| field.parse().ok()).unwrap_or_default();
            ticks * 1000.0 / rustix::param::clock_ticks_per_second() as f64
        };
        Cpu { user: millis(12), system: millis(13), waited_user: millis(14), waited_system: millis(15) }
    }

    /// Of several together.
    pub fn sum(pids: &[u32]) -> Cpu {
        pids.iter().map(|pid| Cpu::of(*pid)).fold(Cpu::default(), |a, b| Cpu {
            user: a.user + b.user,
            system: a.system + b.system,
            waited_user: a.waited_user + b.waited_user,
            waited_system: a.waited_system + b.waited_system,
        })
    }

    /// All of it.
    pub fn total(self) -> f64 {
        self.user + self.system + self.waited_user + self.waited_system
    }
}

/// Memory of one process, in KiB.
#[derive(Debug, Clone, Copy, Default)]
pub struct Memory {
    /// Pages that nobody else has.
    pub private: f64,
    /// Its share of all pages: those that n processes have count as an n-th.
    pub proportional: f64,
    /// The kernel's tables of them.
    pub tables: f64,
}

impl Memory {
    /// Of one process; nothing if it is gone.
    pub fn of(pid: u32) -> Memory {
        let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        Memory {
            private: kilobytes(&rollup, "Private_Clean") + kilobytes(&rollup, "Private_Dirty"),
            proportional: kilobytes(&rollup, "Pss"),
            tables: kilobytes(&status, "VmPTE"),
        }
    }
}

/// Memory that the machine could give to somebody, in KiB.
pub fn available() -> f64 {
    kilobytes(&fs::read_to_string("/proc/meminfo").unwrap_or_default(), "MemAvailable")
}

fn kilobytes(text: &str, name: &str) -> f64 {
    let mut lines = text.lines().filter_map(|line| line.split_once(':'));
    let value = lines.find(|(known, _)| *known == name).and_then(|(_, value)| value.split_whitespace().next());
    value.and_then(|value| value.parse().ok()).unwrap_or_default()
}
