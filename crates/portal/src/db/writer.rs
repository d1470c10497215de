//! What requests write, many in one transaction.

use std::sync::Arc;

use sqlx::{AnyConnection, AnyPool};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;

use super::progress::Touched;
use super::{DbError, in_time};

/// Most writes in one transaction.
const BATCH: usize = 64;
/// Writes that wait; those who come later wait for room.
const WAITING: usize = 1024;

/// What one request did.
#[derive(Debug, Clone)]
pub struct Write {
    /// Who.
    pub learner: String,
    /// With which exercise.
    pub exercise: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What changed in the learner's progress.
    pub touched: Touched,
    /// What was handed in.
    pub submission: Option<Submission>,
}

/// A program that was run for an exercise, and what became of it.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Of the request that brought it.
    pub request_id: String,
    /// The program.
    pub code: String,
    /// The executor's word.
    pub status: String,
    /// Whether all tests passed; `None` when none ran.
    pub passed: Option<bool>,
    /// Wall time of the run.
    pub execution_ms: i64,
    /// JSON list of the test cases' names and statuses.
    pub test_cases: Option<String>,
}

type Answered = oneshot::Sender<Result<(), DbError>>;

/// Hands writes to the task that commits them.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    sender: mpsc::Sender<(Write, Answered)>,
    running: Arc<Mutex<Option<Running>>>,
}

/// The task, and the word that ends it.
#[derive(Debug)]
struct Running {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Writer {
    pub fn start(pool: AnyPool) -> Writer {
        let (sender, receiver) = mpsc::channel(WAITING);
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(keep_writing(pool, receiver, stopped));
        Writer { sender, running: Arc::new(Mutex::new(Some(Running { stop, task }))) }
    }

    pub async fn write(&self, write: Write) -> Result<(), DbError> {
        let (answer, answered) = oneshot::channel();
        self.sender.send((write, answer)).await.map_err(|_| DbError::Stopped)?;
        answered.await.unwrap_or(Err(DbError::Stopped))
    }

    /// Takes no more, and waits for what was taken.
    pub async fn close(&self) {
        if let Some(Running { stop, task }) = self.running.lock().await.take() {
            let _ = stop.send(());
            let _ = task.await;
        }
    }
}

async fn keep_writing(
    pool: AnyPool,
    mut receiver: mpsc::Receiver<(Write, Answered)>,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            taken = receiver.recv_many(&mut batch, BATCH) => if taken == 0 { return },
            // What is in the channel already is still received; then it is empty and closed.
            _ = &mut stopped, if !receiver.is_closed() => { receiver.close(); continue }
        }
        // Whoever commits to the same database takes locks in the same order.
        batch.sort_by(|(a, _), (b, _)| (&a.learner, &a.exercise).cmp(&(&b.learner, &b.exercise)));
        match commit(&pool, batch.iter().map(|(write, _)| write)).await {
            Ok(()) => batch.drain(..).for_each(|(_, answer)| drop(answer.send(Ok(())))),
            // One that cannot be written must not take the others with it.
            Err(DbError::Refused(_)) if batch.len() > 1 => {
                for (write, answer) in batch.drain(..) {
                    drop(answer.send(commit(&pool, std::iter::once(&write)).await));
                }
            }
            Err(error) => fail(&mut batch, error),
        }
    }
}

/// Tells everybody; the first has the error itself.
fn fail(batch: &mut Vec<(Write, Answered)>, error: DbError) {
    let mut error = Some(error);
    for (_, answer) in batch.drain(..) {
        let error = error.take().unwrap_or(DbError::Away(sqlx::Error::PoolTimedOut));
        drop(answer.send(Err(error)));
    }
}

async fn commit(pool: &AnyPool, writes: impl Iterator<Item = &Write>) -> Result<(), DbError> {
    in_time(async {
        let mut transaction = pool.begin().await?;
        for write in writes {
            put(&mut transaction, write).await?;
        }
        Ok(transaction.commit().await?)
    })
    .await
}

async fn put(connection: &mut AnyConnection, write: &Write) -> Result<(), DbError> {
    sqlx::query("INSERT INTO learners (id, created_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING")
        .bind(&write.learner)
        .bind(write.at)
        .execute(&mut *connection)
        .await?;
    if let Some(submission) = &write.submission {
        insert(connection, write, submission).await?;
    }
    write.touched.put(connection, &write.learner, &write.exercise, write.at).await
}

async fn insert(connection: &mut AnyConnection, write: &Write, submission: &Submission) -> Result<(), DbError> {
    let text = "INSERT INTO submissions (learner_id, exercise_id, request_id, created_at, code, status, passed, \
                execution_ms, test_cases) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    sqlx::query(text)
        .bind(&write.learner)
        .bind(&write.exercise)
        .bind(&submission.request_id)
        .bind(write.at)
        .bind(storable(&submission.code))
        .bind(&submission.status)
        .bind(submission.passed.map(i64::from))
        .bind(submission.execution_ms)
        .bind(submission.test_cases.as_deref().map(storable))
        .execute(connection)
        .await?;
    Ok(())
}

/// Text without NUL, which PostgreSQL does not take; Python does not take it in programs, either.
pub(super) fn storable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}
