//! A look at a run's tree from outside: its memory and its processor time, summed over all processes.
//!
//! Without cgroups nothing in the kernel sums these for us. `statm` costs 5 us a process and counts shared pages for
//! each that has them; only when that passes the limit is the exact sum worth its price (milliseconds).

use std::fs;
use std::io::Read;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sandbox::policy::limits::FILES;

use crate::job::Limits;
use crate::pool;

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
    exact: Option<Instant>,
    /// The run's folder on the host, where no mount of its own limits it, and when to look into it next.
    folder: Option<(OwnedFd, Instant)>,
}

/// The process that shares the program's memory: counted, it would double it.
#[derive(Debug)]
enum Holder {
    /// Known by its pid inside the run's namespace alone.
    Unknown { inside: i32 },
    /// Known by its pid here, or gone (0).
    Known(i32),
}

impl Holder {
    /// Takes the holder out of a tree as long as its memory is another process's too. When the program has executed
    /// something else, or has made the holder do so, they part, and it counts like any other.
    fn leave_out(&mut self, tree: &mut Vec<i32>) {
        if let Holder::Unknown { inside } = *self {
            let found = tree.iter().copied().find(|pid| innermost_pid(*pid) == Some(inside));
            *self = Holder::Known(found.unwrap_or(0));
        }
        let Holder::Known(holder) = *self else { return };
        let shares = |pid: i32| {
            // The memory may grow while it is looked at: what is shared lies between two looks.
            let (before, other, after) = (sizes(holder), sizes(pid), sizes(holder));
            matches!((before, other, after), (Some(before), Some(other), Some(after))
                if between(before.0, other.0, after.0) && between(before.1, other.1, after.1))
        };
        if tree.contains(&holder) && tree.iter().any(|pid| *pid != holder && shares(*pid)) {
            tree.retain(|pid| *pid != holder);
        }
    }
}

fn between(one: u64, value: u64, other: u64) -> bool {
    (one.min(other)..=one.max(other)).contains(&value)
}

/// A process's id in the innermost namespace that it is in.
fn innermost_pid(pid: i32) -> Option<i32> {
    let status = fs::read_to_string(proc_file(pid, "status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("NSpid:"))?;
    line.split_ascii_whitespace().last()?.parse().ok()
}

/// Most processes that are looked at: above every limit on processes.
const TREE_MAX: usize = 1024;

impl Watch {
    /// When to look first: most runs are over by then.
    pub const FIRST: Duration = Duration::from_millis(10);

    /// A watch over the run of this keeper. `holder` is the process that shares the program's memory, as the run's
    /// namespace counts; `baseline` is what each process shares with the zygote; `folder` is the run's folder where
    /// nothing else limits it.
    pub fn new(keeper: i32, holder: i32, baseline: u64, folder: Option<OwnedFd>) -> Watch {
        Watch {
            keeper,
            holder: Holder::Unknown { inside: holder },
            baseline,
            began: Instant::now(),
            peak: 0,
            cpu: Duration::ZERO,
            exact: None,
            folder: folder.map(|fd| (fd, Instant::now())),
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

    /// Looks once.
    pub fn look(&mut self, limits: &Limits) -> Seen {
        let mut tree = tree(self.keeper);
        let cpu: Duration = std::iter::once(self.keeper).chain(tree.iter().copied()).filter_map(cpu_time).sum();
        self.cpu = self.cpu.max(cpu);
        if cpu > limits.cpu {
            return Seen::OverCpu;
        }
        self.holder.leave_out(&mut tree);
        if self.over_files(&tree, limits) {
            return Seen::OverFiles;
        }
        let limit = limits.memory_bytes + self.baseline;
        let sizes: Vec<(u64, u64)> = tree.iter().filter_map(|pid| sizes(*pid)).collect();
        if sizes.iter().any(|(mapped, _)| *mapped > limit) && shared_maps(&tree) > limit {
            return Seen::OverMemory;
        }
        let rough: u64 = sizes.iter().map(|(_, resident)| resident).sum();
        if rough <= limit {
            self.peak = self.peak.max(rough);
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
        self.peak = self.peak.max(exact);
        if exact > limit { Seen::OverMemory } else { Seen::Fine }
    }

    /// Whether the run's files, deleted ones that are still open included, are too large or too many. Looked at
    /// seldom: a walk costs a microsecond for each file.
    fn over_files(&mut self, tree: &[i32], limits: &Limits) -> bool {
        let Some((folder, next)) = &mut self.folder else { return false };
        let now = Instant::now();
        if now < *next {
            return false;
        }
        let (bytes, files) = pool::contents(folder.as_fd(), FILES);
        let deleted: u64 = tree.iter().map(|pid| deleted_files(*pid)).sum();
        *next = now + (now.elapsed() * 10).max(Duration::from_millis(40));
        bytes + deleted > limits.file_bytes || files >= FILES
    }
}

/// Blocks of files that a process holds open though they have no name any more, in bytes.
fn deleted_files(pid: i32) -> u64 {
    use std::os::unix::fs::MetadataExt;
    let Ok(entries) = fs::read_dir(proc_file(pid, "fd")) else { return 0 };
    let open = entries.flatten().filter_map(|entry| fs::metadata(entry.path()).ok());
    open.filter(|file| file.is_file() && file.nlink() == 0).map(|file| file.blocks() * 512).sum()
}

/// Most text of one process's list of maps, in bytes.
const MAPS_MAX: u64 = 1 << 20;

/// Shared anonymous maps of a tree, each counted once and in full: pages that a process has filled and that none has
/// in its tables are in no other sum.
fn shared_maps(tree: &[i32]) -> u64 {
    let mut maps = std::collections::BTreeMap::new();
    for pid in tree {
        let Ok(file) = fs::File::open(proc_file(*pid, "maps")) else { continue };
        let mut text = String::new();
        // Some ten thousand maps: no program has so many for a good reason, and reading them takes long.
        if file.take(MAPS_MAX).read_to_string(&mut text).is_ok_and(|n| n as u64 == MAPS_MAX) {
            return u64::MAX;
        }
        for line in text.lines().filter(|line| line.contains("/dev/zero (deleted)") || line.contains("/memfd:")) {
            let mut words = line.split_ascii_whitespace();
            let Some((start, end)) = words.next().and_then(|range| range.split_once('-')) else { continue };
            let Some(inode) = words.nth(3) else { continue };
            let number = |text| u64::from_str_radix(text, 16).unwrap_or(0);
            let size: &mut u64 = maps.entry(inode.to_owned()).or_default();
            *size = (*size).max(number(end).saturating_sub(number(start)));
        }
    }
    maps.values().sum()
}

/// Memory of a single process that is its own, in bytes: what a waiting cell has is the baseline.
pub fn own_memory(keeper: i32, holder: i32) -> u64 {
    let mut tree = tree(keeper);
    Holder::Unknown { inside: holder }.leave_out(&mut tree);
    tree.iter().filter_map(|pid| anonymous(*pid)).sum()
}

fn proc_file(pid: i32, name: &str) -> PathBuf {
    Path::new("/proc").join(pid.to_string()).join(name)
}

/// Every process below the keeper.
fn tree(keeper: i32) -> Vec<i32> {
    let mut found = Vec::new();
    let mut todo = vec![keeper];
    while let Some(pid) = todo.pop() {
        let Ok(threads) = fs::read_dir(proc_file(pid, "task")) else { continue };
        for thread in threads.flatten() {
            let Ok(children) = fs::read_to_string(thread.path().join("children")) else { continue };
            for child in children.split_ascii_whitespace().filter_map(|p| p.parse().ok()) {
                if found.len() < TREE_MAX {
                    found.push(child);
                    todo.push(child);
                }
            }
        }
    }
    found
}

/// Everything mapped, and resident pages of any kind, in bytes.
fn sizes(pid: i32) -> Option<(u64, u64)> {
    let statm = fs::read_to_string(proc_file(pid, "statm")).ok()?;
    let mut pages = statm.split_ascii_whitespace().filter_map(|n| n.parse::<u64>().ok());
    let page = rustix::param::page_size() as u64;
    Some((pages.next()? * page, pages.next()? * page))
}

/// The sum of some `Name:   123 kB` lines, in bytes.
fn kilobytes(text: &str, names: &[&str]) -> Option<u64> {
    let value = |name: &&str| {
        let line = text.lines().find(|line| line.strip_prefix(*name).is_some_and(|rest| rest.starts_with(':')))?;
        line.split_ascii_whitespace().nth(1)?.parse::<u64>().ok()
    };
    Some(names.iter().filter_map(value).sum::<u64>() * 1024)
}

/// Memory without files, pages shared with the zygote included.
fn anonymous(pid: i32) -> Option<u64> {
    kilobytes(&fs::read_to_string(proc_file(pid, "status")).ok()?, &["RssAnon", "RssShmem"])
}

/// The process's share of its memory without files.
fn proportional(pid: i32) -> Option<u64> {
    kilobytes(&fs::read_to_string(proc_file(pid, "smaps_rollup")).ok()?, &["Pss_Anon", "Pss_Shmem"])
}

/// Processor time of a process and of those that it has waited for.
fn cpu_time(pid: i32) -> Option<Duration> {
    let stat = fs::read_to_string(proc_file(pid, "stat")).ok()?;
    // The name in parentheses may hold anything; the numbers stand behind the last one.
    let numbers = stat.rsplit_once(')')?.1;
    let ticks: u64 = numbers.split_ascii_whitespace().skip(11).take(4).filter_map(|n| n.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 1000 / rustix::param::clock_ticks_per_second()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_summed_by_their_whole_name() {
        let text = "RssAnon:\t    2048 kB\nRssFile:\t 99 kB\nRssShmem:\t  1 kB\nRssAnonymous: 7 kB\n";
        assert_eq!(kilobytes(text, &["RssAnon", "RssShmem"]), Some(2049 * 1024));
    }

    #[test]
    fn this_process_has_memory_and_has_used_time() {
        let pid = std::process::id() as i32;
        assert!(sizes(pid).expect("statm").1 > 1 << 20);
        assert!(anonymous(pid).expect("status") > 100 << 10);
        assert!(cpu_time(pid).is_some());
        assert!(sizes(-1).is_none());
    }
}
