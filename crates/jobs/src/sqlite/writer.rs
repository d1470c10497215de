//! The one task that changes the file.

use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;

use super::apply::Work;
use super::memory::Held;
use crate::{Accepted, Called, Delivery, EngineError, Lease, Refused, Settlement, Submission, Tenant};

/// Most writes in one transaction.
const TOGETHER: usize = 64;
/// Writes that wait; those who come later wait for room.
const WAITING: usize = 1024;

pub(super) type Reply<T> = oneshot::Sender<Result<T, EngineError>>;

/// A change, and who waits for it.
#[derive(Debug)]
pub(super) enum Write {
    Submit(Submission, Reply<Result<Accepted, Refused>>),
    Claim { most: usize, interactive_only: bool, answer: Reply<Vec<Delivery>> },
    Settle(Vec<(Lease, Settlement)>, Reply<()>),
    Cancel { tenant: Tenant, id: String, answer: Reply<()> },
    CancelBatch { tenant: Tenant, id: String, answer: Reply<()> },
    Calls { most: usize, answer: Reply<Vec<Held>> },
    Called(Lease, Called, Reply<()>),
    Sweep(Reply<()>),
}

impl Write {
    /// Whether it must be on the disk before it is answered. A delivery need not: should the machine die, the job waits
    /// again, as it does when the delivery is remembered.
    pub fn is_for_good(&self) -> bool {
        match self {
            Write::Claim { .. } | Write::Calls { .. } | Write::Sweep(_) => false,
            Write::Submit(..)
            | Write::Settle(..)
            | Write::Cancel { .. }
            | Write::CancelBatch { .. }
            | Write::Called(..) => true,
        }
    }
}

/// Hands changes to the task.
#[derive(Debug)]
pub(super) struct Writer {
    sender: mpsc::Sender<Write>,
    running: Mutex<Option<(oneshot::Sender<()>, JoinHandle<()>)>>,
}

fn stopped() -> EngineError {
    EngineError::Away { what: "the file of jobs", why: "it was closed".into() }
}

impl Writer {
    pub fn start(work: Work) -> Writer {
        let (sender, receiver) = mpsc::channel(WAITING);
        let (stop, told) = oneshot::channel();
        let task = tokio::spawn(keep_writing(work, receiver, told));
        Writer { sender, running: Mutex::new(Some((stop, task))) }
    }

    /// Has a change made: its answer comes when it is in the file.
    pub async fn ask<T>(&self, write: impl FnOnce(Reply<T>) -> Write) -> Result<T, EngineError> {
        let (answer, answered) = oneshot::channel();
        self.sender.send(write(answer)).await.map_err(|_| stopped())?;
        answered.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Takes no more, and waits for what was taken.
    pub async fn close(&self) {
        if let Some((stop, task)) = self.running.lock().await.take() {
            let _ = stop.send(());
            let _ = task.await;
        }
    }
}

async fn keep_writing(mut work: Work, mut receiver: mpsc::Receiver<Write>, mut told: oneshot::Receiver<()>) {
    let mut writes = Vec::with_capacity(TOGETHER);
    loop {
        tokio::select! {
            taken = receiver.recv_many(&mut writes, TOGETHER) => if taken == 0 { break },
            // What is in the channel already is still received; then it is empty and closed.
            _ = &mut told, if !receiver.is_closed() => { receiver.close(); continue }
        }
        work.commit(&mut writes).await;
    }
    work.close().await;
}
