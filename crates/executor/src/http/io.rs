//! A connection that does not wait for ever.
//!
//! hyper has one clock for the time between requests and the time that a request's headers take. A client may keep a
//! connection for a minute, but may not take a minute over its headers, so the two are told apart here: the first byte
//! after a pause starts the shorter time.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// Whether a request is being answered; set by the service, asked by its connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Busy(Arc<AtomicBool>);

impl Busy {
    /// A request's headers have arrived.
    pub fn begin(&self) -> BusyGuard {
        self.0.store(true, Ordering::Release);
        BusyGuard(self.clone())
    }

    fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// A request is being answered for as long as this lives.
#[derive(Debug)]
pub(super) struct BusyGuard(Busy);

impl Drop for BusyGuard {
    fn drop(&mut self) {
        self.0.0.store(false, Ordering::Release);
    }
}

/// Times of a connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// For a request's headers, from their first byte.
    pub headers: Duration,
    /// For that first byte, and for the client to read an answer.
    pub idle: Duration,
}

/// A stream with the clock of its connection.
#[derive(Debug)]
pub(super) struct Timed<S> {
    stream: S,
    patience: Patience,
    busy: Busy,
    clock: Pin<Box<Sleep>>,
    phase: Phase,
    /// The last write found the client's window full.
    stuck: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing of the next request has come.
    Idle,
    /// Its headers are coming.
    Headers,
    /// It is being answered: others watch the time.
    Answering,
}

impl<S> Timed<S> {
    pub fn new(stream: S, patience: Patience, busy: Busy) -> Timed<S> {
        // A new connection has no reason to wait.
        let clock = Box::pin(tokio::time::sleep(patience.headers));
        Timed { stream, patience, busy, clock, phase: Phase::Headers, stuck: false }
    }

    fn enter(&mut self, phase: Phase, time: Duration) {
        self.phase = phase;
        self.clock.as_mut().reset(Instant::now() + time);
    }

    /// Whether the time is up.
    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        self.clock.as_mut().poll(cx).is_ready()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.busy.is_set() {
            this.phase = Phase::Answering;
        } else if this.phase == Phase::Answering {
            this.enter(Phase::Idle, this.patience.idle);
        }
        let before = buf.filled().len();
        match Pin::new(&mut this.stream).poll_read(cx, buf) {
            Poll::Ready(Ok(())) if buf.filled().len() > before => {
                if this.phase == Phase::Idle {
                    this.enter(Phase::Headers, this.patience.headers);
                }
                Poll::Ready(Ok(()))
            }
            Poll::Pending if this.phase != Phase::Answering && this.is_late(cx) => {
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            other => other,
        }
    }
}

impl<S: AsyncWrite + Unpin> Timed<S> {
    /// A client that does not read its answer is left after a while.
    fn unless_stuck<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stuck = false;
            return written;
        }
        if !self.stuck {
            self.stuck = true;
            self.clock.as_mut().reset(Instant::now() + self.patience.idle);
        }
        match self.is_late(cx) {
            true => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            false => Poll::Pending,
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, data: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, data);
        self.unless_stuck(cx, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.unless_stuck(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        data: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, data);
        self.unless_stuck(cx, written)
    }
}
