//! A look at a run's tree from outside: its memory and its processor time, summed over all processes.
//!
//! Without a cgroup nothing in the kernel sums these for us. `statm` costs 5 us a process and counts shared pages for
//! each that has them; only when that passes the limit is the exact sum worth its price (milliseconds).

use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use sandbox::policy::limits::FILES;

use super::hidden;
use super::holder::Holder;
use super::proc::{anonymous, innermost_pid, proportional, sizes, tree};
use super::spent::Spent;
use crate::job::Limits;
use crate::pool::{self, Contents, Group};

/// What a look showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Within its limits.
    Fine,
    /// The tree holds more memory than it may.
    OverMemory,
    /// The tree has used more processor time than it may.
    OverCpu,
    /// The run's files are larger, or more, than they may be.
    OverFiles,
}

/// The watch over one run.
#[derive(Debug)]
pub struct Watch {
    keeper: i32,
    holder: Holder,
    baseline: u64,
    began: Instant,
    peak: u64,
    cpu: Duration,
    spent: Spent,
    /// What sockets were found to hold, and when to look at them next.
    sockets: (u64, Instant),
    exact: Option<Instant>,
    /// The run's folder on the host, where no mount of its own limits it.
    folder: Option<Filling>,
    /// Since when no look into the folder saw all of it.
    torn: Option<Instant>,
}

/// How long a program may go on renaming folders while they are looked at: by then it hides what is in them.
const TORN_MAX: Duration = Duration::from_secs(2);

/// A folder that may fill up.
#[derive(Debug)]
struct Filling {
    fd: OwnedFd,
    /// When it was looked at last, and how full it was: 1 is all that it may hold.
    last: (Instant, f64),
    next: Instant,
}

impl Filling {
    /// How long to wait after a look that took so long, and found it so full. A walk costs microseconds for each file, so
    /// one that takes long is seldom, but not so seldom that the folder is full long before it.
    fn pause(&self, now: Instant, took: Duration, full: f64) -> Duration {
        const LEAST: Duration = Duration::from_millis(10);
        let (before, was) = self.last;
        let (grew, time) = (full - was, now.duration_since(before).as_secs_f64());
        let until_full = if grew > 0.0 { (1.0 - full).max(0.0) * time / grew } else { f64::INFINITY };
        (took * 10).min(Duration::try_from_secs_f64(until_full / 2.0).unwrap_or(Duration::MAX)).max(LEAST)
    }
}

impl Watch {
    /// When to look first: most runs are over by then.
    pub const FIRST: Duration = Duration::from_millis(10);

    /// A watch over the run of this keeper. `holder` is the process that shares the program's memory, as the run's
    /// namespace counts; `baseline` is what each process shares with the zygote; `folder` is the run's folder where
    /// nothing else limits it.
    pub fn new(keeper: i32, holder: i32, baseline: u64, folder: Option<OwnedFd>) -> Watch {
        Watch {
            keeper,
            holder: Holder::new(holder),
            baseline,
            began: Instant::now(),
            peak: 0,
            cpu: Duration::ZERO,
            spent: Spent::default(),
            sockets: (0, Instant::now()),
            exact: None,
            folder: folder.map(|fd| Filling { fd, last: (Instant::now(), 0.0), next: Instant::now() }),
            torn: None,
        }
    }

    /// How long to wait before the next look. What a core can fill in that time (2.3 GB a second, measured) is how
    /// far a tree can pass its limit.
    pub fn pause(&self) -> Duration {
        if self.began.elapsed() < Duration::from_secs(1) {
            Duration::from_millis(10)
        } else {
            Duration::from_millis(20)
        }
    }

    /// The most memory that was seen, in bytes.
    pub fn peak(&self) -> u64 {
        self.peak
    }

    /// The most processor time that was seen.
    pub fn cpu(&self) -> Duration {
        self.cpu
    }

    /// Looks once, and into the run's folder until `deadline` at most: by then it is over anyway. `group` is its cgroup.
    pub fn look(&mut self, limits: &Limits, group: Option<&Group>, deadline: Instant) -> Seen {
        let mut tree = tree(self.keeper);
        let cpu = group.and_then(Group::cpu).unwrap_or_else(|| self.spent.look(self.keeper, &tree));
        self.cpu = self.cpu.max(cpu);
        if cpu > limits.cpu {
            return Seen::OverCpu;
        }
        self.holder.leave_out(self.keeper, &mut tree);
        if self.over_files(&tree, limits, deadline) {
            return Seen::OverFiles;
        }
        if group.is_some() {
            // The kernel counts it, and ends the run at its limit.
            return Seen::Fine;
        }
        // What lies in sockets is the program's, and in no process's size.
        let sockets = self.sockets(&tree);
        self.peak = self.peak.max(sockets);
        let Some(limit) = (limits.memory_bytes + self.baseline).checked_sub(sockets) else { return Seen::OverMemory };
        let sizes: Vec<(u64, u64)> = tree.iter().filter_map(|pid| sizes(*pid)).collect();
        if sizes.iter().any(|(mapped, _)| *mapped > limit) && hidden::shared_maps(&tree) > limit {
            return Seen::OverMemory;
        }
        let rough: u64 = sizes.iter().map(|(_, resident)| resident).sum();
        if rough <= limit {
            self.peak = self.peak.max(rough + sockets);
            return Seen::Fine;
        }
        const EXACT_PAUSE: Duration = Duration::from_millis(100);
        let recently = self.exact.is_some_and(|at| at.elapsed() < EXACT_PAUSE);
        if tree.len() > 1 && recently {
            return Seen::Fine;
        }
        self.exact = Some(Instant::now());
        let exact: u64 = if let [only] = tree[..] {
            anonymous(only).unwrap_or(0)
        } else {
            tree.iter().filter_map(|pid| proportional(*pid).or_else(|| anonymous(*pid))).sum()
        };
        self.peak = self.peak.max(exact + sockets);
        if exact > limit { Seen::OverMemory } else { Seen::Fine }
    }

    /// What the sockets of the tree may hold, as it was found last. Looked at seldom: each descriptor is a call.
    fn sockets(&mut self, tree: &[i32]) -> u64 {
        let now = Instant::now();
        if now >= self.sockets.1 {
            let bytes = hidden::sockets(tree);
            self.sockets = (bytes, now + (now.elapsed() * 10).max(Duration::from_millis(20)));
        }
        self.sockets.0
    }

    /// Whether the run's files, deleted ones that are still open included, are too large or too many.
    fn over_files(&mut self, tree: &[i32], limits: &Limits, deadline: Instant) -> bool {
        let Some(folder) = &mut self.folder else { return false };
        let now = Instant::now();
        if now < folder.next {
            return false;
        }
        let Contents { bytes, files, is_torn } = pool::contents(folder.fd.as_fd(), FILES, deadline);
        let bytes = bytes.saturating_add(hidden::deleted_files(tree, folder.fd.as_fd(), limits.file_bytes));
        let full = (files as f64 / FILES as f64).max(bytes as f64 / limits.file_bytes.max(1) as f64);
        let took = now.elapsed();
        folder.next = now + took + folder.pause(now, took, full);
        folder.last = (now, full);
        self.torn = is_torn.then(|| self.torn.unwrap_or(now));
        let hides = self.torn.is_some_and(|since| since.elapsed() > TORN_MAX);
        bytes > limits.file_bytes || files >= FILES || hides
    }
}

/// Memory of a single process that is its own, in bytes: what a waiting cell has is the baseline.
pub fn own_memory(keeper: i32, holder: i32) -> u64 {
    tree(keeper).into_iter().filter(|pid| innermost_pid(*pid) != Some(holder)).filter_map(anonymous).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_fills_is_looked_at_in_time() {
        let now = Instant::now();
        let since = |ms| now.checked_sub(Duration::from_millis(ms)).expect("the machine is up longer");
        let folder = |last| Filling {
            fd: rustix::fs::open("/", rustix::fs::OFlags::PATH, rustix::fs::Mode::empty()).expect("/"),
            last,
            next: now,
        };
        let ms = Duration::from_millis;
        assert_eq!(folder((since(20), 0.5)).pause(now, ms(40), 0.5), ms(400), "it does not grow");
        assert_eq!(folder((since(20), 0.0)).pause(now, ms(40), 0.25), ms(30), "full in 60 ms");
        assert_eq!(folder((since(20), 0.9)).pause(now, ms(40), 0.99), ms(10));
        assert_eq!(folder((since(20), 0.0)).pause(now, ms(0), 0.0), ms(10));
        assert_eq!(folder((now, 0.5)).pause(now, ms(1), 0.6), ms(10), "no time has passed");
    }
}
