//! What is kept in memory beside the file: who waits, who runs, and whom to wake.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::Notify;

use crate::{Lanes, Lease, Priority, Pulse, Stats, Tenant};

/// Shared by the writer and those who ask.
#[derive(Debug, Default)]
pub(super) struct Shared {
    memory: Mutex<Memory>,
    /// Something waits to be run.
    pub queued: Notify,
    /// A job has ended.
    pub ended: Notify,
    /// A callback is due.
    pub due: Notify,
}

impl Shared {
    pub fn lock(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A job that waits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    pub seq: i64,
    pub created: SystemTime,
}

/// A delivery: the job and the delivery's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Number {
    pub seq: i64,
    pub delivery: i64,
}

impl Number {
    pub fn lease(self) -> Lease {
        Lease(format!("{}.{}", self.seq, self.delivery))
    }

    /// `None` for what was never one of ours.
    pub fn of(lease: &Lease) -> Option<Number> {
        let (seq, delivery) = lease.0.split_once('.')?;
        Some(Number { seq: seq.parse().ok()?, delivery: delivery.parse().ok()? })
    }
}

/// A callback that was taken to be made.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub lease: Lease,
    pub job: Option<String>,
    pub batch: Option<String>,
    pub tenant: Tenant,
    pub url: String,
    pub attempts: u32,
}

#[derive(Debug, Default)]
pub(super) struct Memory {
    pub lanes: Lanes<Waiting>,
    /// By job: the delivery's number, and when its lease ends.
    pub running: HashMap<i64, (i64, Instant)>,
    /// Jobs that wait or run.
    pub open: HashMap<Tenant, usize>,
    pub redelivered: u64,
    pub set_aside: u64,
    pub given_up: u64,
}

impl Memory {
    pub fn has_waiting(&self, interactive_only: bool) -> bool {
        self.lanes.len(Priority::Interactive) > 0 || (!interactive_only && self.lanes.len(Priority::Bulk) > 0)
    }

    /// Keeps leases alive.
    pub fn keep(&mut self, leases: &[Lease], lasting: Duration) -> Vec<Pulse> {
        let until = Instant::now() + lasting;
        let pulse = |lease| {
            let number = Number::of(lease)?;
            let (delivery, end) = self.running.get_mut(&number.seq)?;
            (*delivery == number.delivery).then(|| *end = until)
        };
        leases.iter().map(pulse).map(|kept| if kept.is_some() { Pulse::Go } else { Pulse::Stop }).collect()
    }

    /// One more of this tenant's jobs waits or runs.
    pub fn opened(&mut self, tenant: &Tenant) {
        *self.open.entry(tenant.clone()).or_default() += 1;
    }

    /// One has ended.
    pub fn closed(&mut self, tenant: &Tenant, seq: i64) {
        self.running.remove(&seq);
        if let Some(count) = self.open.get_mut(tenant) {
            *count -= 1;
            if *count == 0 {
                self.open.remove(tenant);
            }
        }
    }

    /// Deliveries whose leases have ended.
    pub fn expired(&self, now: Instant) -> Vec<Number> {
        let late = self.running.iter().filter(|(_, (_, end))| *end <= now);
        late.map(|(seq, (delivery, _))| Number { seq: *seq, delivery: *delivery }).collect()
    }

    pub fn stats(&self, now: SystemTime) -> Stats {
        let oldest = self.lanes.heads().map(|head| head.created).min();
        Stats {
            queued_interactive: self.lanes.len(Priority::Interactive),
            queued_bulk: self.lanes.len(Priority::Bulk),
            running: self.running.len(),
            oldest: oldest.and_then(|then| now.duration_since(then).ok()).unwrap_or_default(),
            redelivered: self.redelivered,
            set_aside: self.set_aside,
            given_up: self.given_up,
        }
    }
}
