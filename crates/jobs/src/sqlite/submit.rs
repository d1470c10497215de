//! What is taken on.

use std::collections::HashMap;
use std::time::SystemTime;

use sqlx::{QueryBuilder, Row};

use super::apply::{ROWS, Work};
use super::memory::Waiting;
use super::{millis, time};
use crate::{Accepted, NewJob, Priority, Refused, Submission, Tenant};

/// A job that was in the file before.
struct Known {
    seq: i64,
    digest: String,
    has_ended: bool,
}

impl Work {
    pub(super) async fn submit(&mut self, submission: Submission) -> sqlx::Result<Result<Accepted, Refused>> {
        self.run("SAVEPOINT submission").await?;
        let outcome = self.submit_whole(submission).await?;
        if outcome.is_err() {
            self.run("ROLLBACK TO submission").await?;
        }
        self.run("RELEASE submission").await?;
        Ok(outcome)
    }

    async fn submit_whole(&mut self, submission: Submission) -> sqlx::Result<Result<Accepted, Refused>> {
        let Submission { tenant, batch, jobs } = submission;
        if let Some(batch) = &batch {
            let known = sqlx::query_scalar::<_, String>("SELECT digest FROM batches WHERE id = ?1")
                .bind(batch.id.as_str())
                .fetch_optional(&mut self.connection)
                .await?;
            match known {
                Some(digest) if digest == batch.digest => return Ok(Ok(Accepted { fresh: 0 })),
                Some(_) => return Ok(Err(Refused::KeyReused(None))),
                None => {}
            }
        }
        let known = self.known(&jobs).await?;
        let reused = jobs.iter().position(|job| known.get(job.id.as_str()).is_some_and(|old| old.digest != job.digest));
        if let Some(place) = reused {
            return Ok(Err(Refused::KeyReused(Some(place))));
        }
        let fresh: Vec<&NewJob> = jobs.iter().filter(|job| !known.contains_key(job.id.as_str())).collect();
        let waiting = self.shared.lock().open.get(&tenant).copied().unwrap_or_default();
        if !fresh.is_empty() && waiting + fresh.len() > self.options.queue {
            return Ok(Err(Refused::Full { waiting, limit: self.options.queue }));
        }
        let created = time(millis(SystemTime::now()));
        let made = self.insert(&tenant, &fresh, created).await?;
        if let Some(batch) = batch {
            sqlx::query(
                "INSERT INTO batches (id, tenant, digest, callback, created, total) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .bind(batch.id.as_str())
            .bind(tenant.as_str())
            .bind(&batch.digest)
            .bind(&batch.callback)
            .bind(millis(created))
            .bind(i64::try_from(jobs.len()).unwrap_or(i64::MAX))
            .execute(&mut self.connection)
            .await?;
            let seq =
                |job: &NewJob| made.get(job.id.as_str()).copied().or(known.get(job.id.as_str()).map(|old| old.seq));
            let members: Vec<(usize, i64)> =
                jobs.iter().enumerate().filter_map(|(place, job)| Some((place, seq(job)?))).collect();
            for some in members.chunks(ROWS) {
                let mut insert = QueryBuilder::new("INSERT INTO members (batch, place, job) ");
                insert.push_values(some, |mut row, (place, seq)| {
                    row.push_bind(batch.id.as_str())
                        .push_bind(i64::try_from(*place).unwrap_or(i64::MAX))
                        .push_bind(*seq);
                });
                insert.build().persistent(false).execute(&mut self.connection).await?;
            }
            self.ended.extend(known.values().filter(|old| old.has_ended).map(|old| old.seq));
        }
        let mut memory = self.shared.lock();
        for job in &fresh {
            if let Some(seq) = made.get(job.id.as_str()) {
                memory.opened(&tenant);
                memory.lanes.push(job.priority, &tenant, Waiting { seq: *seq, created });
            }
        }
        Ok(Ok(Accepted { fresh: fresh.len() }))
    }

    /// Which of these are in the file already.
    async fn known(&mut self, jobs: &[NewJob]) -> sqlx::Result<HashMap<String, Known>> {
        let mut known = HashMap::new();
        for some in jobs.chunks(ROWS) {
            let mut select = QueryBuilder::new("SELECT id, seq, digest, state FROM jobs WHERE id IN (");
            let mut ids = select.separated(", ");
            for job in some {
                ids.push_bind(job.id.as_str());
            }
            select.push(")");
            for row in select.build().persistent(false).fetch_all(&mut self.connection).await? {
                let old = Known { seq: row.get(1), digest: row.get(2), has_ended: row.get::<i64, _>(3) >= 2 };
                known.insert(row.get(0), old);
            }
        }
        Ok(known)
    }

    async fn insert(
        &mut self,
        tenant: &Tenant,
        jobs: &[&NewJob],
        created: SystemTime,
    ) -> sqlx::Result<HashMap<String, i64>> {
        let mut made = HashMap::with_capacity(jobs.len());
        for some in jobs.chunks(ROWS) {
            let mut insert = QueryBuilder::new(
                "INSERT INTO jobs (id, tenant, digest, priority, exercise, callback, created, body) ",
            );
            insert.push_values(some, |mut row, job| {
                row.push_bind(job.id.as_str())
                    .push_bind(tenant.as_str())
                    .push_bind(&job.digest)
                    .push_bind(i64::from(job.priority == Priority::Bulk))
                    .push_bind(&job.exercise)
                    .push_bind(&job.callback)
                    .push_bind(millis(created))
                    .push_bind(&job.body);
            });
            insert.push(" RETURNING id, seq");
            for row in insert.build().persistent(false).fetch_all(&mut self.connection).await? {
                made.insert(row.get(0), row.get(1));
            }
        }
        Ok(made)
    }
}
