//! Counting processes where no user namespace does it.
//!
//! `RLIMIT_NPROC` counts by user. In a namespace of its own a run is that user; without one, all runs are, and one
//! could starve the others. There the filter of system calls hands every clone and fork of the program to its
//! keeper, which counts the tree and lets the call go on or answers EAGAIN. Programs that do not fork pay nothing.
//!
//! A call that was let go on is not in the tree yet when the next one asks. Such forks under way count as if they were,
//! until one of three things shows that they are over: a new process or thread is in the tree; whoever forked has
//! asked again; whoever forked sleeps or is gone (nobody sleeps in a fork before the child is there).

use crate::abi::Plan;
use crate::keeper::LISTENER;
use crate::line::Line;
use crate::sys::{self, FDS_MAX, syscall};

/// Most processes and threads that are told apart; a tree that has as many is full, whatever its limit. The keeper's
/// stack is small.
const TASKS: usize = 384;

/// Numbers of processes and threads.
struct Tasks {
    ids: [i32; TASKS],
    len: usize,
}

impl Tasks {
    const NONE: Tasks = Tasks { ids: [0; TASKS], len: 0 };

    fn all(&self) -> &[i32] {
        &self.ids[..self.len]
    }

    /// Adds one that is not there yet.
    fn add(&mut self, id: i32) {
        if self.len < TASKS && !self.all().contains(&id) {
            self.ids[self.len] = id;
            self.len += 1;
        }
    }
}

/// The keeper's side of the fork filter.
pub struct Supervisor {
    enabled: bool,
    /// Processes and threads that may be alive.
    pub limit: u64,
    /// At most this many are: those that were counted last, and those that were let through since.
    at_most: u64,
    /// Those that were counted last.
    counted: Tasks,
    /// Forks that were let through since, and those of before that were still under way.
    granted: u64,
    /// Who asked for them.
    forking: Tasks,
}

/// `struct seccomp_notif`
#[repr(C)]
struct Notice {
    id: u64,
    pid: u32,
    flags: u32,
    data: [u64; 8],
}

/// `struct seccomp_notif_resp`
#[repr(C)]
struct Answer {
    id: u64,
    value: i64,
    error: i32,
    flags: u32,
}

impl Supervisor {
    /// One for a plan.
    pub fn new(plan: &Plan) -> Supervisor {
        Supervisor {
            enabled: plan.supervise_forks != 0,
            limit: 64,
            at_most: u64::MAX,
            counted: Tasks::NONE,
            granted: 0,
            forking: Tasks::NONE,
        }
    }

    /// Takes the listener that the cell sends over the socket at [`LISTENER`], and puts it in the socket's place.
    pub fn listen(&mut self) {
        if !self.enabled {
            return;
        }
        let mut byte = [0u8; 1];
        let mut fds = [-1; FDS_MAX];
        match sys::receive(LISTENER, &mut byte, &mut fds) {
            Ok((1, 1)) => {
                // SAFETY: descriptors are not memory.
                let _ = unsafe { syscall!(DUP3, fds[0], LISTENER, 0) };
                sys::close(fds[0]);
            }
            _ => {
                // The cell died before it was confined; its end is reported like any other.
                self.enabled = false;
                sys::close(LISTENER);
            }
        }
    }

    /// What to poll, or -1.
    pub fn poll_fd(&self) -> i32 {
        if self.enabled { LISTENER } else { -1 }
    }

    /// Answers one call, if `revents` says that there is one: asking for one that is not there can block.
    pub fn answer(&mut self, proc: i32, revents: i16) {
        const NOTIF_RECV: usize = 0xc050_2100;
        const NOTIF_SEND: usize = 0xc018_2101;
        const CONTINUE: u32 = 1;
        if revents & sys::POLLIN == 0 {
            self.enabled = false; // every task under the filter is gone
            return;
        }
        let mut notice = Notice { id: 0, pid: 0, flags: 0, data: [0; 8] };
        // SAFETY: the structure has the size that the request number states.
        match unsafe { syscall!(IOCTL, LISTENER, NOTIF_RECV, &raw mut notice) } {
            Ok(_) => {}
            Err(sys::EINTR | sys::EAGAIN | 2) => return,
            Err(_) => {
                self.enabled = false; // as above
                return;
            }
        }
        let full = self.is_full(proc);
        let answer = Answer {
            id: notice.id,
            value: 0,
            error: if full { -sys::EAGAIN } else { 0 },
            flags: if full { 0 } else { CONTINUE },
        };
        // SAFETY: as above. A caller that has died meanwhile answers ENOENT: nobody forks.
        let sent = unsafe { syscall!(IOCTL, LISTENER, NOTIF_SEND, &raw const answer) };
        if sent.is_ok() && !full {
            self.at_most = self.at_most.saturating_add(1);
            self.granted += 1;
            self.forking.add(notice.pid as i32);
        }
    }

    /// Whether one more would be too many. Most calls are far from the limit and cost no look.
    fn is_full(&mut self, proc: i32) -> bool {
        /// In tenths of a millisecond: what a fork takes on a busy machine.
        const PATIENCE: u32 = 20;
        if self.at_most < self.limit {
            return false;
        }
        for _ in 0..PATIENCE {
            self.recount(proc);
            if self.at_most < self.limit {
                return false;
            }
            if self.granted == 0 || self.counted.len as u64 >= self.limit {
                return true;
            }
            sys::pause(100_000);
        }
        true
    }

    /// Counts the tree and the forks that are still under way.
    fn recount(&mut self, proc: i32) {
        // Before the tree is walked: the child of a fork that is over by now is found there, if it lives.
        let forking = &mut self.forking;
        let asked = forking.len;
        forking.len = 0;
        for at in 0..asked {
            let tid = forking.ids[at];
            if is_at_work(proc, tid) {
                forking.ids[forking.len] = tid;
                forking.len += 1;
            }
        }
        let mut tree = Tasks::NONE;
        walk(proc, &mut tree);
        // Twice: one whose parent dies is handed to another meanwhile, and may have been missed.
        walk(proc, &mut tree);
        let new = tree.all().iter().filter(|tid| !self.counted.all().contains(tid)).count() as u64;
        self.granted = self.granted.saturating_sub(new).min(self.forking.len as u64);
        if self.granted == 0 {
            self.forking.len = 0;
        }
        self.counted = tree;
        let is_cut = self.counted.len == TASKS || self.forking.len == TASKS;
        self.at_most = if is_cut { u64::MAX } else { self.counted.len as u64 + self.granted };
    }
}

/// Whether a process or thread runs, or waits for something that nothing interrupts: it may be forking.
fn is_at_work(proc: i32, tid: i32) -> bool {
    let mut path = Line::new();
    path.number(tid as u64).text(b"/stat\0");
    // SAFETY: the path ends with a NUL.
    let Ok(fd) = (unsafe { syscall!(OPENAT, proc, path.bytes().as_ptr(), 0o2000000, 0) }) else { return false };
    let mut text = [0u8; 64];
    // SAFETY: the buffer is valid and exclusive.
    let read = unsafe { syscall!(READ, fd, text.as_mut_ptr(), text.len()) };
    sys::close(fd as i32);
    let Ok(n) = read else { return false };
    // The state stands behind the name, which has at most 15 bytes and may hold a parenthesis itself.
    let state = text[..n].iter().rposition(|b| *b == b')').and_then(|at| text[..n].get(at + 2));
    !matches!(state, Some(b'S' | b'T' | b't' | b'Z' | b'X'))
}

/// Calls `f` with each child of this process.
fn each_child(proc: i32, f: impl FnMut(i32)) {
    read_numbers(proc, b"thread-self/children\0", f);
}

/// The list of this process's children, to be read again and again: opening it takes longer than the rest.
pub struct Children {
    proc: i32,
    fd: Option<i32>,
}

impl Children {
    /// This process's; it is opened when it is first wanted, and where that fails each time.
    pub fn of(proc: i32) -> Children {
        Children { proc, fd: None }
    }

    /// Calls `f` with each child.
    pub fn each(&mut self, f: impl FnMut(i32)) {
        self.fd = self.fd.or_else(|| open(self.proc, b"thread-self/children\0"));
        match self.fd {
            Some(fd) => numbers(fd, f),
            None => each_child(self.proc, f),
        }
    }
}

fn open(folder: i32, path: &[u8]) -> Option<i32> {
    // SAFETY: the path ends with a NUL.
    unsafe { syscall!(OPENAT, folder, path.as_ptr(), 0o2000000, 0) }.ok().map(|fd| fd as i32)
}

/// Opens a file of `/proc` and calls `f` with each number in it.
fn read_numbers(proc: i32, path: &[u8], f: impl FnMut(i32)) {
    if let Some(fd) = open(proc, path) {
        numbers(fd, f);
        sys::close(fd);
    }
}

/// Calls `f` with each number in a file, from its beginning on.
fn numbers(fd: i32, mut f: impl FnMut(i32)) {
    let mut number = 0i32;
    let mut seen = false;
    let mut buffer = [0u8; 512];
    let mut read = 0;
    loop {
        // SAFETY: the buffer is valid and exclusive.
        let n = match unsafe { syscall!(PREAD64, fd, buffer.as_mut_ptr(), buffer.len(), read) } {
            Ok(n) if n > 0 => n,
            _ => break,
        };
        read += n;
        for byte in &buffer[..n] {
            if byte.is_ascii_digit() {
                number = number.wrapping_mul(10).wrapping_add((byte - b'0') as i32);
                seen = true;
            } else if seen {
                f(number);
                number = 0;
                seen = false;
            }
        }
    }
}

/// Adds threads and processes of the tree below this process.
fn walk(proc: i32, found: &mut Tasks) {
    let mut todo = [0i32; TASKS];
    let mut len = 0;
    each_child(proc, |pid| push(&mut todo, &mut len, pid));
    while len > 0 {
        len -= 1;
        let pid = todo[len];
        let mut path = Line::new();
        path.number(pid as u64).text(b"/task\0");
        // SAFETY: the path ends with a NUL.
        let Ok(folder) = (unsafe { syscall!(OPENAT, proc, path.bytes().as_ptr(), 0o2200000, 0) }) else { continue };
        each_entry(folder as i32, |tid| {
            found.add(tid);
            let mut path = Line::new();
            path.number(tid as u64).text(b"/children\0");
            read_numbers(folder as i32, path.bytes(), |pid| push(&mut todo, &mut len, pid));
        });
        sys::close(folder as i32);
    }
}

fn push(list: &mut [i32; TASKS], len: &mut usize, value: i32) {
    if *len < list.len() {
        list[*len] = value;
        *len += 1;
    }
}

/// Calls `f` with each entry of a folder whose name is a number.
fn each_entry(folder: i32, mut f: impl FnMut(i32)) {
    let mut buffer = [0u64; 64];
    loop {
        // SAFETY: the buffer is valid, exclusive and aligned for directory entries.
        let n = match unsafe { syscall!(GETDENTS64, folder, buffer.as_mut_ptr(), size_of_val(&buffer)) } {
            Ok(n) if n > 0 => n,
            _ => return,
        };
        // SAFETY: the kernel filled this many bytes.
        let bytes = unsafe { core::slice::from_raw_parts(buffer.as_ptr().cast::<u8>(), n) };
        let mut at = 0;
        while at + 19 < n {
            let record = u16::from_le_bytes([bytes[at + 16], bytes[at + 17]]) as usize;
            let name = bytes[at + 19..at + record].iter().take_while(|b| **b != 0);
            let digits = name.clone().all(u8::is_ascii_digit);
            if digits {
                f(name.fold(0i32, |v, b| v.wrapping_mul(10).wrapping_add((b - b'0') as i32)));
            }
            at += record.max(1);
        }
    }
}
