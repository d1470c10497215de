//! The process that shares the program's memory, as a watch sees it.
//!
//! Counted, it would double the program. A program that executes something else leaves it behind with the memory that the
//! kernel would have given back: then it is killed, and the program has what it would have without it.

use std::os::fd::{AsFd, OwnedFd};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

use super::proc::{self, innermost_pid, sizes};

/// A memory that grows and shrinks at that moment may look like two: so often is it looked at before it is judged.
const LOOKS: usize = 3;

/// What is known of it.
#[derive(Debug)]
pub enum Holder {
    /// Its pid inside the run's namespace.
    Unknown(i32),
    /// Its pid here.
    Known(i32),
    /// Killed, and perhaps not dead yet.
    Dying { pid: i32, fd: OwnedFd },
    /// There is none (any more).
    Gone,
}

impl Holder {
    /// The one that has this pid in the run's namespace; 0: there is none.
    pub fn new(inside: i32) -> Holder {
        if inside > 0 { Holder::Unknown(inside) } else { Holder::Gone }
    }

    /// Takes the holder out of a keeper's tree while what it has is another process's too, or goes away. One that does not
    /// share any more is killed: the program has executed something else, or has made the holder do so. Where that fails,
    /// it counts like any other process.
    pub fn leave_out(&mut self, keeper: i32, tree: &mut Vec<i32>) {
        if let Holder::Unknown(inside) = *self {
            let found = tree.iter().copied().find(|pid| innermost_pid(*pid) == Some(inside));
            *self = found.map_or(Holder::Gone, Holder::Known);
        }
        if let Holder::Known(pid) = *self {
            if !tree.contains(&pid) {
                *self = Holder::Gone;
            } else if (0..LOOKS).any(|_| tree.iter().any(|other| *other != pid && share(pid, *other))) {
                tree.retain(|other| *other != pid);
            } else if let Some(fd) = kill(keeper, pid) {
                *self = Holder::Dying { pid, fd };
            }
        }
        if let Holder::Dying { pid, ref fd } = *self {
            if is_dead(fd) {
                // Its number may be another's from now on.
                *self = Holder::Gone;
            } else {
                tree.retain(|other| *other != pid);
            }
        }
    }
}

/// Whether two processes seem to have one memory: both its sizes are the same.
fn share(holder: i32, other: i32) -> bool {
    // The memory may grow while it is looked at: what is shared lies between two looks.
    let (before, other, after) = (sizes(holder), sizes(other), sizes(holder));
    matches!((before, other, after), (Some(before), Some(other), Some(after))
        if between(before.0, other.0, after.0) && between(before.1, other.1, after.1))
}

fn between(one: u64, value: u64, other: u64) -> bool {
    (one.min(other)..=one.max(other)).contains(&value)
}

/// Kills a process beneath the keeper.
fn kill(keeper: i32, pid: i32) -> Option<OwnedFd> {
    let fd = pidfd_open(Pid::from_raw(pid)?, PidfdFlags::empty()).ok()?;
    // Had it died in the meantime, its number could be a stranger's: one that is beneath the keeper is no stranger.
    if !proc::tree(keeper).contains(&pid) {
        return None;
    }
    pidfd_send_signal(&fd, Signal::KILL).ok()?;
    Some(fd)
}

/// Whether it has ended: its memory has gone by then.
fn is_dead(fd: &OwnedFd) -> bool {
    let mut fds = [PollFd::from_borrowed_fd(fd.as_fd(), PollFlags::IN)];
    poll(&mut fds, Some(&Timespec::default())).is_ok_and(|ready| ready > 0)
}
