//! What requests write, many in one transaction.

use std::sync::Arc;

use sqlx::AnyPool;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;

use super::progress::Touched;
use super::put::Put;
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
    /// [`crate::exercises::Tests::digest`] of the tests that ran.
    pub tests_digest: Option<String>,
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
    pub fn start(pool: AnyPool, put: Put) -> Writer {
        let (sender, receiver) = mpsc::channel(WAITING);
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(keep_writing(pool, put, receiver, stopped));
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
    put: Put,
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
        match commit(&pool, &put, &batch).await {
            Ok(()) => batch.drain(..).for_each(|(_, answer)| drop(answer.send(Ok(())))),
            // One that cannot be written must not take the others with it.
            Err(DbError::Refused(_)) if batch.len() > 1 => {
                for one in batch.drain(..) {
                    let written = commit(&pool, &put, std::slice::from_ref(&one)).await;
                    drop(one.1.send(written));
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

async fn commit(pool: &AnyPool, put: &Put, writes: &[(Write, Answered)]) -> Result<(), DbError> {
    in_time(async {
        if let ([(write, _)], true) = (writes, put.atomic) {
            return put.put(pool, write).await;
        }
        let mut transaction = pool.begin().await?;
        for (write, _) in writes {
            put.put(&mut *transaction, write).await?;
        }
        Ok(transaction.commit().await?)
    })
    .await
}
