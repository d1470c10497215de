//! What can be asked of the file.

use sqlx::Row;
use sqlx::sqlite::{SqlitePool, SqliteRow};

use super::apply::{is_id, priority};
use super::{time, unreadable};
use crate::{Batch, Callback, CallbackStatus, EngineError, Events, Job, State, Tenant};

/// Most events in one answer.
const EVENTS: i64 = 100;

/// The columns of a job, with its callback's, as [`job_of`] reads them.
macro_rules! job_columns {
    () => {
        "jobs.id, jobs.state, jobs.priority, jobs.exercise, jobs.created, jobs.started, jobs.ended, jobs.deliveries,
         jobs.reason, jobs.result, calls.state, calls.attempts, calls.error"
    };
}

pub(super) fn failed(error: sqlx::Error) -> EngineError {
    match error {
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => unreadable(error),
        other => super::away("the file of jobs cannot be read")(other),
    }
}

pub(super) async fn job(readers: &SqlitePool, tenant: &Tenant, id: &str) -> sqlx::Result<Option<Job>> {
    if !is_id(id) {
        return Ok(None);
    }
    let select = concat!(
        "SELECT ",
        job_columns!(),
        " FROM jobs LEFT JOIN calls ON calls.job = jobs.seq WHERE jobs.id = ?1 AND jobs.tenant = ?2"
    );
    let row = sqlx::query(select).bind(id).bind(tenant.as_str()).fetch_optional(readers).await?;
    Ok(row.map(|row| job_of(&row)))
}

pub(super) async fn batch(readers: &SqlitePool, tenant: &Tenant, id: &str) -> sqlx::Result<Option<Batch>> {
    if !is_id(id) {
        return Ok(None);
    }
    // One look at one moment.
    let mut look = readers.begin().await?;
    let row = sqlx::query(
        "SELECT batches.created, batches.ended, calls.state, calls.attempts, calls.error
         FROM batches LEFT JOIN calls ON calls.batch = batches.id WHERE batches.id = ?1 AND batches.tenant = ?2",
    )
    .bind(id)
    .bind(tenant.as_str())
    .fetch_optional(&mut *look)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let members = sqlx::query(
        "SELECT jobs.id, jobs.state FROM members JOIN jobs ON jobs.seq = members.job WHERE batch = ?1 ORDER BY place",
    )
    .bind(id)
    .fetch_all(&mut *look)
    .await?;
    let mut batch = Batch {
        id: id.to_owned(),
        progress: Default::default(),
        created: time(row.get(0)),
        ended: row.get::<Option<i64>, _>(1).map(time),
        jobs: Vec::with_capacity(members.len()),
        callback: callback(&row, 2),
    };
    for member in members {
        batch.progress.count(status(member.get(1)));
        batch.jobs.push(member.get(0));
    }
    Ok(Some(batch))
}

pub(super) async fn events(
    readers: &SqlitePool,
    tenant: &Tenant,
    batch: &str,
    after: u64,
) -> sqlx::Result<Option<Events>> {
    if !is_id(batch) {
        return Ok(None);
    }
    let mut look = readers.begin().await?;
    let row = sqlx::query("SELECT events, ended IS NOT NULL FROM batches WHERE id = ?1 AND tenant = ?2")
        .bind(batch)
        .bind(tenant.as_str())
        .fetch_optional(&mut *look)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (last, has_ended): (i64, bool) = (row.get(0), row.get(1));
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let select = concat!(
        "SELECT ",
        job_columns!(),
        ", members.event FROM members JOIN jobs ON jobs.seq = members.job LEFT JOIN calls ON calls.job = jobs.seq
         WHERE members.batch = ?1 AND members.event > ?2 ORDER BY members.event LIMIT ?3"
    );
    let rows = sqlx::query(select).bind(batch).bind(after).bind(EVENTS).fetch_all(&mut *look).await?;
    let events: Vec<(u64, Job)> =
        rows.iter().map(|row| (u64::try_from(row.get::<i64, _>(13)).unwrap_or(0), job_of(row))).collect();
    let told = events.last().map_or(after, |(number, _)| i64::try_from(*number).unwrap_or(i64::MAX));
    Ok(Some(Events { events, complete: has_ended && told >= last }))
}

fn job_of(row: &SqliteRow) -> Job {
    Job {
        id: row.get(0),
        state: match status(row.get(1)) {
            api::JobStatus::Queued => State::Queued,
            api::JobStatus::Running => State::Running,
            api::JobStatus::Done => State::Done(row.get::<Option<Vec<u8>>, _>(9).unwrap_or_default()),
            api::JobStatus::SetAside => State::SetAside(row.get::<Option<String>, _>(8).unwrap_or_default()),
            api::JobStatus::Cancelled => State::Cancelled,
        },
        priority: priority(row.get(2)),
        exercise: row.get(3),
        created: time(row.get(4)),
        started: row.get::<Option<i64>, _>(5).map(time),
        ended: row.get::<Option<i64>, _>(6).map(time),
        deliveries: u32::try_from(row.get::<i64, _>(7)).unwrap_or(u32::MAX),
        callback: callback(row, 10),
    }
}

fn status(kept: i64) -> api::JobStatus {
    match kept {
        0 => api::JobStatus::Queued,
        1 => api::JobStatus::Running,
        2 => api::JobStatus::Done,
        3 => api::JobStatus::SetAside,
        _ => api::JobStatus::Cancelled,
    }
}

/// The callback whose columns begin here.
fn callback(row: &SqliteRow, first: usize) -> Option<Callback> {
    let status = match row.get::<Option<i64>, _>(first)? {
        0 => CallbackStatus::Pending,
        1 => CallbackStatus::Delivered,
        _ => CallbackStatus::GivenUp,
    };
    let attempts = row.get::<Option<i64>, _>(first + 1).unwrap_or_default();
    let attempts = u32::try_from(attempts).unwrap_or(u32::MAX);
    Some(Callback { status, attempts, error: row.get(first + 2) })
}
