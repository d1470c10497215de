//! How jobs end, and what their batches are told of it.
//!
//! Many jobs in each statement: a statement costs as much as what it does to one job, and they end many at a time.

use std::collections::HashMap;
use std::time::SystemTime;

use sqlx::{QueryBuilder, Row};

use super::apply::{ROWS, Work};
use super::{calls, millis};
use crate::Tenant;

/// Statements for so many rows, or fewer, are kept prepared: as many as are settled together.
const KEPT: usize = 64;

/// How a job ends.
#[derive(Debug)]
pub(super) enum End {
    Done(Vec<u8>),
    SetAside(String),
    Cancelled,
}

impl Work {
    /// Ends jobs, but for those that have ended.
    pub(super) async fn end(&mut self, ends: &[(i64, End)]) -> sqlx::Result<()> {
        for some in ends.chunks(ROWS) {
            self.end_some(some).await?;
        }
        Ok(())
    }

    async fn end_some(&mut self, ends: &[(i64, End)]) -> sqlx::Result<()> {
        let now = millis(SystemTime::now());
        let mut update = QueryBuilder::new(
            "UPDATE jobs SET state = column2, reason = column3, result = column4, body = NULL, ended = ",
        );
        update.push_bind(now).push(" FROM (");
        update.push_values(ends, |mut row, (seq, how)| {
            let (state, reason, result) = match how {
                End::Done(result) => (2, None, Some(result)),
                End::SetAside(why) => (3, Some(why), None),
                End::Cancelled => (4, None, None),
            };
            row.push_bind(*seq).push_bind(state).push_bind(reason).push_bind(result);
        });
        update.push(") WHERE seq = column1 AND state < 2 RETURNING seq, tenant, callback");
        let rows = update.build().persistent(ends.len() <= KEPT).fetch_all(&mut self.connection).await?;
        let mut changed = HashMap::with_capacity(rows.len());
        for row in rows {
            changed.insert(row.get::<i64, _>(0), (Tenant::kept(row.get(1)), row.get::<Option<String>, _>(2)));
        }
        for (seq, how) in ends {
            let Some((tenant, callback)) = changed.remove(seq) else { continue };
            {
                let mut memory = self.shared.lock();
                memory.closed(&tenant, *seq);
                memory.set_aside += u64::from(matches!(how, End::SetAside(_)));
            }
            if let Some(url) = callback {
                calls::add_for_job(&mut self.connection, *seq, &url, now).await?;
            }
            self.ended.push(*seq);
        }
        Ok(())
    }

    /// Gives the jobs that have ended their events in their batches, each once.
    pub(super) async fn tell_batches(&mut self) -> sqlx::Result<()> {
        let ended = std::mem::take(&mut self.ended);
        let mut told: HashMap<String, Vec<i64>> = HashMap::new();
        for some in ended.chunks(ROWS) {
            let mut select = QueryBuilder::new("SELECT batch, job FROM members WHERE event IS NULL AND job IN (");
            let mut jobs = select.separated(", ");
            for seq in some {
                jobs.push_bind(*seq);
            }
            select.push(")");
            let rows = select.build().persistent(some.len() <= KEPT).fetch_all(&mut self.connection).await?;
            let of: HashMap<i64, Vec<String>> = rows.into_iter().fold(HashMap::new(), |mut of, row| {
                of.entry(row.get(1)).or_default().push(row.get(0));
                of
            });
            // In the order in which they ended.
            for seq in some {
                for batch in of.get(seq).into_iter().flatten() {
                    told.entry(batch.clone()).or_default().push(*seq);
                }
            }
        }
        for (batch, jobs) in told {
            self.tell(&batch, &jobs).await?;
        }
        Ok(())
    }

    async fn tell(&mut self, batch: &str, jobs: &[i64]) -> sqlx::Result<()> {
        let now = millis(SystemTime::now());
        let count = i64::try_from(jobs.len()).unwrap_or(i64::MAX);
        let row = sqlx::query(
            "UPDATE batches SET events = events + ?3, ended = iif(events + ?3 = total, ?2, NULL) WHERE id = ?1
             RETURNING events, ended, callback",
        )
        .bind(batch)
        .bind(now)
        .bind(count)
        .fetch_one(&mut self.connection)
        .await?;
        let first = row.get::<i64, _>(0) - count + 1;
        let events: Vec<(i64, i64)> = jobs.iter().copied().zip(first..).collect();
        for some in events.chunks(ROWS) {
            let mut update = QueryBuilder::new("UPDATE members SET event = column2 FROM (");
            update.push_values(some, |mut row, (seq, event)| {
                row.push_bind(*seq).push_bind(*event);
            });
            update.push(") WHERE job = column1 AND batch = ").push_bind(batch);
            update.build().persistent(some.len() <= KEPT).execute(&mut self.connection).await?;
        }
        if let (Some(_), Some(url)) = (row.get::<Option<i64>, _>(1), row.get::<Option<String>, _>(2)) {
            calls::add_for_batch(&mut self.connection, batch, &url, now).await?;
        }
        Ok(())
    }
}
