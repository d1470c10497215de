//! Whose turn it is.

use std::collections::{BTreeMap, VecDeque};

use api::JobPriority;

use crate::Tenant;

/// While both kinds wait, every so-manieth turn is bulk's: it gets on, however much is interactive.
pub const BULK_EVERY: u32 = 8;

/// Lines of things that wait: for each priority, one for each tenant. Turns go round among the tenants, so that one that
/// submits much waits for its own.
#[derive(Debug)]
pub struct Lanes<T> {
    interactive: Circle<T>,
    bulk: Circle<T>,
    /// Interactive turns since bulk, which waited, last had one.
    passed: u32,
}

impl<T> Default for Lanes<T> {
    fn default() -> Lanes<T> {
        Lanes { interactive: Circle::default(), bulk: Circle::default(), passed: 0 }
    }
}

/// The tenants of one priority. A tenant stands in `turns` exactly while its line is not empty.
#[derive(Debug)]
struct Circle<T> {
    lines: BTreeMap<Tenant, VecDeque<T>>,
    turns: VecDeque<Tenant>,
    length: usize,
}

impl<T> Default for Circle<T> {
    fn default() -> Circle<T> {
        Circle { lines: BTreeMap::new(), turns: VecDeque::new(), length: 0 }
    }
}

impl<T> Circle<T> {
    fn line(&mut self, tenant: &Tenant) -> &mut VecDeque<T> {
        self.length += 1;
        let Circle { lines, turns, .. } = self;
        lines.entry(tenant.clone()).or_insert_with(|| {
            turns.push_back(tenant.clone());
            VecDeque::new()
        })
    }

    fn take(&mut self) -> Option<T> {
        let tenant = self.turns.pop_front()?;
        let line = self.lines.get_mut(&tenant)?;
        let first = line.pop_front()?;
        self.length -= 1;
        match line.is_empty() {
            true => drop(self.lines.remove(&tenant)),
            false => self.turns.push_back(tenant),
        }
        Some(first)
    }
}

impl<T> Lanes<T> {
    fn circle(&mut self, priority: JobPriority) -> &mut Circle<T> {
        match priority {
            JobPriority::Interactive => &mut self.interactive,
            JobPriority::Bulk => &mut self.bulk,
        }
    }

    /// At the end of its line.
    pub fn push(&mut self, priority: JobPriority, tenant: &Tenant, item: T) {
        self.circle(priority).line(tenant).push_back(item);
    }

    /// At the head of its line: it was there before.
    pub fn push_front(&mut self, priority: JobPriority, tenant: &Tenant, item: T) {
        self.circle(priority).line(tenant).push_front(item);
    }

    /// The next.
    pub fn take(&mut self, interactive_only: bool) -> Option<T> {
        let bulk_waits = !interactive_only && self.bulk.length > 0;
        if bulk_waits && (self.interactive.length == 0 || self.passed + 1 >= BULK_EVERY) {
            self.passed = 0;
            return self.bulk.take();
        }
        let next = self.interactive.take();
        self.passed = if bulk_waits && next.is_some() { self.passed + 1 } else { 0 };
        next
    }

    /// Keeps those for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        for circle in [&mut self.interactive, &mut self.bulk] {
            circle.lines.retain(|_, line| {
                line.retain(&mut keep);
                !line.is_empty()
            });
            circle.turns.retain(|tenant| circle.lines.contains_key(tenant));
            circle.length = circle.lines.values().map(VecDeque::len).sum();
        }
    }

    /// How many wait.
    pub fn len(&self, priority: JobPriority) -> usize {
        match priority {
            JobPriority::Interactive => self.interactive.length,
            JobPriority::Bulk => self.bulk.length,
        }
    }

    /// The heads of all lines.
    pub fn heads(&self) -> impl Iterator<Item = &T> {
        self.interactive.lines.values().chain(self.bulk.lines.values()).filter_map(VecDeque::front)
    }
}

#[cfg(test)]
mod tests {
    use JobPriority::{Bulk, Interactive};

    use super::*;

    fn drain(lanes: &mut Lanes<&'static str>, turns: usize) -> String {
        (0..turns).filter_map(|_| lanes.take(false)).collect()
    }

    #[test]
    fn tenants_share_evenly_whatever_one_submits() {
        let (a, b, c) = (Tenant::of_key("a"), Tenant::of_key("b"), Tenant::of_key("c"));
        let mut lanes = Lanes::default();
        (0..100).for_each(|_| lanes.push(Bulk, &a, "a"));
        (0..3).for_each(|_| lanes.push(Bulk, &b, "b"));
        lanes.push(Bulk, &c, "c");
        assert_eq!(drain(&mut lanes, 10), "abcababaaa");
        lanes.push(Bulk, &b, "b");
        assert_eq!(drain(&mut lanes, 4), "abaa");
    }

    #[test]
    fn interactive_comes_first_and_bulk_gets_on() {
        let (a, b) = (Tenant::of_key("a"), Tenant::of_key("b"));
        let mut lanes = Lanes::default();
        (0..30).for_each(|_| lanes.push(Interactive, &a, "i"));
        (0..3).for_each(|_| lanes.push(Bulk, &b, "-"));
        assert_eq!(drain(&mut lanes, 33), "iiiiiii-iiiiiii-iiiiiii-iiiiiiiii");
        lanes.push(Bulk, &b, "-");
        assert_eq!(lanes.take(true), None);
        assert_eq!(lanes.take(false), Some("-"));
    }

    #[test]
    fn what_comes_back_is_first_and_what_is_dropped_takes_no_turn() {
        let (a, b) = (Tenant::of_key("a"), Tenant::of_key("b"));
        let mut lanes = Lanes::default();
        lanes.push(Bulk, &a, "2");
        lanes.push_front(Bulk, &a, "1");
        lanes.push(Bulk, &b, "x");
        lanes.retain(|item| *item != "x");
        assert_eq!((lanes.len(Bulk), lanes.len(Interactive)), (2, 0));
        assert_eq!(lanes.heads().copied().collect::<String>(), "1");
        assert_eq!(drain(&mut lanes, 5), "12");
        lanes.push(Bulk, &b, "y");
        assert_eq!(drain(&mut lanes, 5), "y");
    }
}
