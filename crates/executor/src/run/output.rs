//! A program's output, counted by its reader.
//!
//! Reads go to the kernel even where the runtime has not seen readiness yet: what a program wrote before it ended is
//! in the pipe, whether or not the event for it has come through.

use std::io;
use std::os::fd::AsFd;

use tokio::net::unix::pipe::Receiver;

/// Both streams, up to one limit together.
#[derive(Debug)]
pub struct Output {
    stdout: Vec<u8>,
    stderr: Vec<u8>,
    left: u64,
    over: bool,
    stdout_open: bool,
    stderr_open: bool,
    kept: bool,
}

impl Output {
    /// An empty one.
    pub fn new(limit: u64) -> Output {
        Output {
            stdout: Vec::new(),
            stderr: Vec::new(),
            left: limit,
            over: false,
            stdout_open: true,
            stderr_open: true,
            kept: true,
        }
    }

    /// Waits for more and takes it; true once there was more than the limit. Never answers when both streams have
    /// ended. Safe to give up while waiting.
    pub async fn read(&mut self, stdout: &Receiver, stderr: &Receiver) -> bool {
        loop {
            tokio::select! {
                Ok(()) = stdout.readable(), if self.stdout_open => self.take_stdout(stdout, How::Announced),
                Ok(()) = stderr.readable(), if self.stderr_open => self.take_stderr(stderr, How::Announced),
                else => std::future::pending().await,
            }
            if self.over {
                return true;
            }
        }
    }

    /// Takes what is in the pipes without waiting.
    pub fn drain(&mut self, stdout: &Receiver, stderr: &Receiver) {
        self.take_stdout(stdout, How::Unannounced);
        self.take_stderr(stderr, How::Unannounced);
    }

    /// From here on what comes is counted and thrown away.
    pub fn stop_keeping(&mut self) {
        self.kept = false;
    }

    /// Whether there was more than the limit.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// The end of standard error, for an error of ours.
    pub fn last_words(&self) -> String {
        let at = self.stderr.len().saturating_sub(500);
        String::from_utf8_lossy(&self.stderr[at..]).trim().to_owned()
    }

    /// Standard output, standard error, and whether something was cut off.
    pub fn finish(self) -> (Vec<u8>, Vec<u8>, bool) {
        (self.stdout, self.stderr, self.over)
    }

    fn take_stdout(&mut self, pipe: &Receiver, how: How) {
        let into = self.kept.then_some(&mut self.stdout);
        self.stdout_open &= take(pipe, how, into, &mut self.left, &mut self.over);
    }

    fn take_stderr(&mut self, pipe: &Receiver, how: How) {
        let into = self.kept.then_some(&mut self.stderr);
        self.stderr_open &= take(pipe, how, into, &mut self.left, &mut self.over);
    }
}

/// Whether the runtime has announced that there is something, and is to be told when there is no more.
#[derive(Clone, Copy)]
enum How {
    Announced,
    Unannounced,
}

/// Takes what a pipe holds, up to the limit; false once it has ended.
fn take(pipe: &Receiver, how: How, mut into: Option<&mut Vec<u8>>, left: &mut u64, over: &mut bool) -> bool {
    // No more than a pipe's worth at a time: a writer that never stops must not keep us here.
    let mut buffer = [0; 16 << 10];
    for _ in 0..8 {
        let read = match how {
            How::Announced => pipe.try_read(&mut buffer),
            How::Unannounced => rustix::io::read(pipe.as_fd(), &mut buffer).map_err(io::Error::from),
        };
        match read {
            Ok(0) => return false,
            Ok(n) => {
                let fits = n.min(usize::try_from(*left).unwrap_or(usize::MAX));
                if let Some(into) = &mut into {
                    into.extend_from_slice(&buffer[..fits]);
                }
                *left -= fits as u64;
                *over |= fits < n;
                if *over {
                    return true;
                }
            }
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => return true,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
    true
}
