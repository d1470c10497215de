//! Callbacks in the file.

use std::time::SystemTime;

use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::memory::{Held, Number};
use super::{millis, read, span};
use crate::{Call, CallSubject, Called, Lease, Tenant};

/// For how long one that was taken is not given to another, in milliseconds.
const HELD: i64 = 60_000;

pub(super) async fn add_for_job(file: &mut SqliteConnection, seq: i64, url: &str, now: i64) -> sqlx::Result<()> {
    let insert = sqlx::query("INSERT INTO calls (job, url, due) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    insert.bind(seq).bind(url).bind(now).execute(file).await.map(drop)
}

pub(super) async fn add_for_batch(file: &mut SqliteConnection, id: &str, url: &str, now: i64) -> sqlx::Result<()> {
    let insert = sqlx::query("INSERT INTO calls (batch, url, due) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    insert.bind(id).bind(url).bind(now).execute(file).await.map(drop)
}

pub(super) async fn any_due(readers: &SqlitePool, now: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM calls WHERE state = 0 AND due <= ?1)")
        .bind(now)
        .fetch_one(readers)
        .await
}

/// Takes callbacks that are due. A try counts from here: one that is never heard of again was one.
pub(super) async fn take(file: &mut SqliteConnection, most: usize) -> sqlx::Result<Vec<Held>> {
    let now = millis(SystemTime::now());
    let rows = sqlx::query(
        "UPDATE calls SET due = ?1 + ?2, attempts = attempts + 1
         WHERE seq IN (SELECT seq FROM calls WHERE state = 0 AND due <= ?1 ORDER BY due LIMIT ?3)
         RETURNING seq, attempts, url,
            (SELECT id FROM jobs WHERE jobs.seq = calls.job), batch,
            coalesce((SELECT tenant FROM jobs WHERE jobs.seq = calls.job), (SELECT tenant FROM batches WHERE id = calls.batch))",
    )
    .bind(now)
    .bind(HELD)
    .bind(i64::try_from(most).unwrap_or(i64::MAX))
    .fetch_all(file)
    .await?;
    let held = |row: sqlx::sqlite::SqliteRow| {
        let attempts: i64 = row.get(1);
        Held {
            lease: Number { seq: row.get(0), delivery: attempts }.lease(),
            job: row.get(3),
            batch: row.get(4),
            tenant: Tenant::kept(row.get(5)),
            url: row.get(2),
            attempts: u32::try_from(attempts - 1).unwrap_or(u32::MAX),
        }
    };
    Ok(rows.into_iter().map(held).collect())
}

/// What they are about.
pub(super) async fn with_subjects(readers: &SqlitePool, held: Vec<Held>) -> sqlx::Result<Vec<Call>> {
    let mut calls = Vec::with_capacity(held.len());
    for Held { lease, job, batch, tenant, url, attempts } in held {
        let (id, subject) = match (job, batch) {
            (Some(id), _) => {
                let Some(job) = read::job(readers, &tenant, &id).await? else { continue };
                (format!("job_{id}"), CallSubject::Job(Box::new(job)))
            }
            (None, Some(id)) => {
                let Some(batch) = read::batch(readers, &tenant, &id).await? else { continue };
                (format!("batch_{id}"), CallSubject::Batch(Box::new(batch)))
            }
            (None, None) => continue,
        };
        calls.push(Call { lease, id, url, subject, attempts });
    }
    Ok(calls)
}

/// Whether it is given up with that.
pub(super) async fn called(file: &mut SqliteConnection, lease: &Lease, what: &Called) -> sqlx::Result<bool> {
    let Some(number) = Number::of(lease) else { return Ok(false) };
    let now = millis(SystemTime::now());
    let (state, due, error) = match what {
        Called::Delivered => (1, now, None),
        Called::Later(why, after) => (0, now.saturating_add(span(*after)), Some(why)),
        Called::GivenUp(why) => (2, now, Some(why)),
    };
    let changed =
        sqlx::query("UPDATE calls SET state = ?3, due = ?4, error = ?5 WHERE seq = ?1 AND attempts = ?2 AND state = 0")
            .bind(number.seq)
            .bind(number.delivery)
            .bind(state)
            .bind(due)
            .bind(error)
            .execute(file)
            .await?;
    Ok(changed.rows_affected() > 0 && state == 2)
}
