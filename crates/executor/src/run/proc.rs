//! What `/proc` says of processes: read, not judged.

use std::fs;
use std::path::{Path, PathBuf};

/// Most processes that are looked at: above every limit on processes.
const TREE_MAX: usize = 1024;

/// A file of a process in `/proc`.
pub fn proc_file(pid: i32, name: &str) -> PathBuf {
    Path::new("/proc").join(pid.to_string()).join(name)
}

/// Every process below the keeper.
pub fn tree(keeper: i32) -> Vec<i32> {
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
pub fn sizes(pid: i32) -> Option<(u64, u64)> {
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
pub fn anonymous(pid: i32) -> Option<u64> {
    kilobytes(&fs::read_to_string(proc_file(pid, "status")).ok()?, &["RssAnon", "RssShmem"])
}

/// The process's share of its memory without files.
pub fn proportional(pid: i32) -> Option<u64> {
    kilobytes(&fs::read_to_string(proc_file(pid, "smaps_rollup")).ok()?, &["Pss_Anon", "Pss_Shmem"])
}

/// A process's id in the innermost namespace that it is in.
pub fn innermost_pid(pid: i32) -> Option<i32> {
    let status = fs::read_to_string(proc_file(pid, "status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("NSpid:"))?;
    line.split_ascii_whitespace().last()?.parse().ok()
}

/// Processor time of one process, in clock ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// When it started: with its number, this tells it from every other.
    pub started: u64,
    /// Its own, all threads together.
    pub own: u64,
    /// That of children that were waited for.
    pub waited: u64,
}

/// Processor time of a process and of those that it has waited for.
pub fn times(pid: i32) -> Option<Times> {
    let stat = fs::read_to_string(proc_file(pid, "stat")).ok()?;
    // The name in parentheses may hold anything; the numbers stand behind the last one, from the state on.
    let numbers: Vec<&str> = stat.rsplit_once(')')?.1.split_ascii_whitespace().collect();
    let number = |at: usize| numbers.get(at)?.parse::<u64>().ok();
    Some(Times { started: number(19)?, own: number(11)? + number(12)?, waited: number(13)? + number(14)? })
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
        assert!(times(pid).is_some_and(|times| times.started > 0));
        assert!(sizes(-1).is_none());
    }
}
