//! Processor time of a tree, of which nothing may get lost.
//!
//! A child's time moves to its parent when it is waited for. A program can tell the kernel not to bother (`SIGCHLD`
//! ignored, `SA_NOCLDWAIT`): then it is gone from every sum. What went that way is remembered here.

use std::collections::BTreeMap;
use std::time::Duration;

use super::proc::{Times, times};

/// Processes by their number.
type Processes = BTreeMap<i32, Times>;

/// What a tree has spent, from look to look. All in clock ticks.
#[derive(Debug, Default)]
pub struct Spent {
    processes: Processes,
    lost: u64,
    /// By how much more the waited-for time grew in the last look than processes were found gone.
    ahead: u64,
}

impl Spent {
    /// Looks at the keeper and its tree: what they have spent so far.
    pub fn look(&mut self, keeper: i32, tree: &[i32]) -> Duration {
        // One that is not found in the tree may just have been given to another parent: all known ones are asked.
        let known = self.processes.keys().copied();
        let mut now = read(std::iter::once(keeper).chain(tree.iter().copied()).chain(known));
        if gone(&self.processes, &now) > 0 {
            // A parent may have been read just before it waited for what is found gone: it is read again.
            let again = read(now.keys().copied());
            now.extend(again);
        }
        self.note(now);
        let ticks = self.processes.values().map(|times| times.own + times.waited).sum::<u64>() + self.lost;
        Duration::from_millis(ticks * 1000 / rustix::param::clock_ticks_per_second())
    }

    /// What is gone and was not waited for is lost. Rounding cannot look like a loss: a sum of times is rounded down
    /// once, its parts each on their own.
    fn note(&mut self, now: Processes) {
        let gone = gone(&self.processes, &now);
        let waited: u64 =
            same(&self.processes, &now).map(|(before, now)| now.waited.saturating_sub(before.waited)).sum();
        // A child that was waited for between its own look and its parent's is found gone one look later.
        self.lost += gone.saturating_sub(waited + self.ahead);
        self.ahead = waited.saturating_sub(gone);
        self.processes = now;
    }
}

fn read(pids: impl Iterator<Item = i32>) -> Processes {
    pids.filter_map(|pid| Some((pid, times(pid)?))).collect()
}

/// Processes that are in both looks.
fn same<'a>(before: &'a Processes, now: &'a Processes) -> impl Iterator<Item = (&'a Times, &'a Times)> {
    let both = before.iter().filter_map(|(pid, times)| Some((times, now.get(pid)?)));
    both.filter(|(before, now)| before.started == now.started)
}

/// Time of those that were there before and are not now, with all that they had waited for.
fn gone(before: &Processes, now: &Processes) -> u64 {
    let is_same = |(pid, times): &(&i32, &Times)| now.get(*pid).is_some_and(|now| now.started == times.started);
    before.iter().filter(|entry| !is_same(entry)).map(|(_, times)| times.own + times.waited).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn processes(list: &[(i32, u64, u64)]) -> Processes {
        list.iter().map(|(pid, own, waited)| (*pid, Times { started: 1, own: *own, waited: *waited })).collect()
    }

    fn lost_after(looks: &[&[(i32, u64, u64)]]) -> u64 {
        let mut spent = Spent::default();
        looks.iter().for_each(|look| spent.note(processes(look)));
        spent.lost
    }

    #[test]
    fn what_is_waited_for_is_not_lost() {
        assert_eq!(lost_after(&[&[(1, 0, 0), (2, 5, 0), (3, 40, 7)], &[(1, 0, 0), (2, 5, 48)]]), 0);
        // The middle one goes too: both arrive at the top.
        assert_eq!(lost_after(&[&[(1, 0, 0), (2, 5, 0), (3, 40, 7)], &[(1, 0, 55)]]), 0);
    }

    #[test]
    fn what_nobody_waited_for_is_remembered() {
        assert_eq!(lost_after(&[&[(1, 0, 0), (2, 5, 0), (3, 40, 7)], &[(1, 0, 0), (2, 6, 0)]]), 47);
        let looks: &[&[(i32, u64, u64)]] = &[&[(1, 0, 0), (2, 9, 0)], &[(1, 0, 0), (3, 9, 0)], &[(1, 0, 0)]];
        assert_eq!(lost_after(looks), 18);
    }

    #[test]
    fn a_child_that_was_counted_with_its_parent_already_is_not_lost() {
        let looks: &[&[(i32, u64, u64)]] = &[&[(2, 5, 0), (3, 40, 0)], &[(2, 5, 41), (3, 40, 0)], &[(2, 5, 41)]];
        assert_eq!(lost_after(looks), 0);
    }

    #[test]
    fn a_number_that_is_given_out_again_is_another_process() {
        let mut spent = Spent::default();
        spent.note(processes(&[(1, 0, 0), (2, 30, 0)]));
        spent.note([(1, Times { started: 1, own: 0, waited: 0 }), (2, Times { started: 9, own: 1, waited: 0 })].into());
        assert_eq!(spent.lost, 30);
    }
}
