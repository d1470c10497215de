//! Numbers about jobs. Where several services share an engine, each tells the whole engine's depth: take the largest, not
//! the sum.

use std::sync::Mutex;
use std::sync::atomic::AtomicU64;

use jobs::Stats;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct PriorityLabel {
    priority: &'static str,
}

/// All of them at zero; always there.
#[derive(Debug, Default)]
pub(super) struct JobMetrics {
    up: Gauge,
    queued: Family<PriorityLabel, Gauge>,
    running: Gauge,
    oldest: Gauge<f64, AtomicU64>,
    redeliveries: Counter,
    set_aside: Counter,
    given_up: Counter,
    /// What the counters stand for; engines count from their own start.
    seen: Mutex<Stats>,
}

impl JobMetrics {
    pub fn registered(to: &mut Registry) -> JobMetrics {
        let all = JobMetrics::default();
        to.register("up", "Whether what keeps jobs can be had: 1 or 0; 0 where none are taken", all.up.clone());
        to.register("queued", "Jobs that wait, by priority", all.queued.clone());
        to.register("running", "Jobs that executors have", all.running.clone());
        let help = "How long the oldest job that waits has waited";
        to.register_with_unit("oldest_age", help, Unit::Seconds, all.oldest.clone());
        to.register("redeliveries", "Jobs delivered once more", all.redeliveries.clone());
        to.register("set_aside", "Jobs set aside", all.set_aside.clone());
        to.register("callbacks_given_up", "Callbacks that are not tried any more", all.given_up.clone());
        all.set(None);
        all
    }

    /// As they are now: `None` where no jobs are taken, nothing in it where what keeps them cannot be had.
    pub fn set(&self, now: Option<Option<Stats>>) {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        self.up.set(matches!(now, Some(Some(_))).into());
        // What is not known stays as it was last seen: an engine that is away is no empty queue.
        if let Some(None) = now {
            return;
        }
        let stats = now.flatten().unwrap_or_default();
        self.queued.get_or_create(&PriorityLabel { priority: "interactive" }).set(number(stats.queued_interactive));
        self.queued.get_or_create(&PriorityLabel { priority: "bulk" }).set(number(stats.queued_bulk));
        self.running.set(number(stats.running));
        self.oldest.set(stats.oldest.as_secs_f64());
        let mut seen = self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.redeliveries.inc_by(stats.redelivered.saturating_sub(seen.redelivered));
        self.set_aside.inc_by(stats.set_aside.saturating_sub(seen.set_aside));
        self.given_up.inc_by(stats.given_up.saturating_sub(seen.given_up));
        *seen = stats;
    }
}
