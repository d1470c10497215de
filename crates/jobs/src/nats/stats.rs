//! How things stand.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use futures_util::stream::TryStreamExt;

use super::lines::Line;
use super::record::now;
use super::{Inner, QUEUE_SUBJECTS, together};
use crate::{EngineError, Stats};

/// How long an answer of the servers is good.
const GOOD: Duration = Duration::from_secs(1);

/// One line's part.
#[derive(Debug, Default)]
struct Part {
    queued_interactive: usize,
    queued_bulk: usize,
    running: usize,
    oldest: Duration,
}

impl Inner {
    pub async fn stats(&self) -> Result<Stats, EngineError> {
        let known = *self.stats.lock().unwrap_or_else(|e| e.into_inner());
        let asked = match known {
            Some((when, stats)) if when.elapsed() < GOOD => stats,
            _ => {
                let stats = self.ask_stats().await?;
                *self.stats.lock().unwrap_or_else(|e| e.into_inner()) = Some((Instant::now(), stats));
                stats
            }
        };
        Ok(Stats {
            redelivered: self.redelivered.load(Ordering::Relaxed),
            set_aside: self.set_aside.load(Ordering::Relaxed),
            given_up: self.given_up.load(Ordering::Relaxed),
            ..asked
        })
    }

    async fn ask_stats(&self) -> Result<Stats, EngineError> {
        let lines = self.lines().all();
        let parts: Vec<Part> = together(lines.iter().map(|line| self.part(line))).try_collect().await?;
        Ok(parts.into_iter().fold(Stats::default(), |sum, part| Stats {
            queued_interactive: sum.queued_interactive + part.queued_interactive,
            queued_bulk: sum.queued_bulk + part.queued_bulk,
            running: sum.running + part.running,
            oldest: sum.oldest.max(part.oldest),
            ..sum
        }))
    }

    async fn part(&self, line: &Line) -> Result<Part, EngineError> {
        let Some(info) = self.line_info(line).await? else { return Ok(Part::default()) };
        let queued = usize::try_from(info.num_pending).unwrap_or(usize::MAX);
        let mut part = Part { running: info.num_ack_pending, ..Part::default() };
        *(if line.urgent { &mut part.queued_interactive } else { &mut part.queued_bulk }) = queued;
        if queued > 0 {
            let subjects = format!("{QUEUE_SUBJECTS}.{}.{}.*", line.letter(), line.tenant);
            let from = info.delivered.stream_sequence + 1;
            let what = "the oldest job cannot be had";
            let oldest = self.link.first(what, &self.queue, &subjects, from).await?;
            // It says when it was taken on, by the clock of the one who did.
            let created = oldest.and_then(|message| std::str::from_utf8(&message.payload).ok()?.parse::<i64>().ok());
            let waited = created.map_or(0, |created| now() - created);
            part.oldest = Duration::from_millis(waited.try_into().unwrap_or(0));
        }
        Ok(part)
    }
}
