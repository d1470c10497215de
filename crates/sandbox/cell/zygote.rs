//! The zygote's loop: one request, one keeper, one cell.

use core::sync::atomic::{AtomicU32, Ordering};

use crate::abi::{AT_ONCE, CELL_FAILED, COMMAND_FD, MAKE_CELL, MAKE_CELL_IN_GROUP, Plan, Step};
use crate::context;
use crate::keeper;
use crate::line::Line;
use crate::sys::{self, Errno, FDS_MAX, Poll, Usage, syscall};

/// Keepers alive at the same time, waiting cells included.
const SLOTS: usize = 512;
/// Twice what the deepest call takes (counting the tree at the level `landlock`); only what is touched costs anything.
const STACK: usize = 32 << 10;

/// What a request's keeper and cell need to know; lives on the zygote's stack while it waits.
pub struct Request<'plan> {
    /// The plan.
    pub plan: &'plan Plan,
    /// Where the cell returns to.
    pub saved: usize,
    /// Standard input, output and error, the cell's channel, the keeper's channel, and at the level `landlock` the
    /// run's folder.
    pub fds: [i32; FDS_MAX],
    /// How many of them came.
    pub fds_len: usize,
    /// The cgroup that the cell is started in, or -1.
    pub group: i32,
    /// SIGCHLD as a descriptor.
    pub child_fd: i32,
    /// Where the C library keeps the thread's id; the kernel renews it in the cell.
    pub tid_address: usize,
    /// The two ends of the socket on which a cell hands its fork filter's listener to its keeper, or -1.
    pub supervisor_keeper: i32,
    /// See `supervisor_keeper`.
    pub supervisor_cell: i32,
    /// In the cell: the process that holds its memory, or 0.
    pub holder: i32,
    /// Whether the cell is to rehearse: nobody waits for it yet.
    pub rehearses: bool,
    /// [`BUILDING`], then [`FORKED`] or [`FAILED`].
    pub state: AtomicU32,
    /// With [`FAILED`]: what failed.
    pub failed: (Step, i32),
    /// In the keeper and after it: its process id as its own namespace counts.
    pub keeper_inside: i32,
    /// Where keepers have their stacks: address and length.
    pub stacks: (usize, usize),
    stack_top: usize,
    keeper: i32,
}

/// The keeper is at work.
pub const BUILDING: u32 = 0;
/// The cell exists.
pub const FORKED: u32 = 1;
/// It does not; the keeper is gone or going.
pub const FAILED: u32 = 2;

/// Serves requests until the service closes the command socket. Returns only in a cell: the pid of its holder, and whether
/// it is to rehearse.
pub fn serve(plan: &Plan) -> (i32, bool) {
    sys::block_signals(true);
    sys::enter_filter(&plan.zygote_filter[..plan.zygote_filter_len as usize], 0)
        .unwrap_or_else(|errno| give_up(b"enter its filter", errno));
    let child_fd = child_descriptor();
    let stacks = map_stacks();
    let tid_address = tid_address();
    let mut slots = [0i32; SLOTS];
    loop {
        let mut entries = [
            Poll { fd: COMMAND_FD, events: sys::POLLIN, revents: 0 },
            Poll { fd: child_fd, events: sys::POLLIN, revents: 0 },
        ];
        if let Err(errno) = sys::poll(&mut entries, -1) {
            give_up(b"wait for a request", errno);
        }
        if entries[1].revents != 0 {
            reap(child_fd, &mut slots);
        }
        if entries[0].revents == 0 {
            continue;
        }
        let mut request = Request {
            plan,
            saved: 0,
            fds: [-1; FDS_MAX],
            fds_len: 0,
            group: -1,
            child_fd,
            tid_address,
            supervisor_keeper: -1,
            supervisor_cell: -1,
            holder: 0,
            rehearses: true,
            state: AtomicU32::new(BUILDING),
            failed: (Step::Receive, 0),
            keeper_inside: 0,
            stacks: (stacks, SLOTS * STACK),
            stack_top: 0,
            keeper: 0,
        };
        let mut bytes = [0u8; 16];
        match sys::receive(COMMAND_FD, &mut bytes, &mut request.fds) {
            Ok((0, _)) | Err(_) => sys::exit(0),
            Ok((_, n)) => request.fds_len = n,
        }
        request.rehearses = bytes[1] != AT_ONCE;
        if bytes[0] == MAKE_CELL_IN_GROUP && request.fds_len > 5 {
            request.fds_len -= 1;
            request.group = request.fds[request.fds_len];
            request.fds[request.fds_len] = -1;
        }
        let free = slots.iter().position(|pid| *pid == 0);
        let made = match free {
            Some(slot) if matches!(bytes[0], MAKE_CELL | MAKE_CELL_IN_GROUP) && request.fds_len >= 5 => {
                request.stack_top = stacks + (slot + 1) * STACK;
                let arg = (&raw mut request).cast();
                // SAFETY: `build` uses its argument as the Request that it is. In the zygote this returns once;
                // in the cell, a copy of this process at this very point, it returns 0.
                let answer = unsafe { context::enter(&raw mut request.saved, build, arg) };
                if answer == 0 {
                    sys::block_signals(false);
                    return (request.holder, request.rehearses);
                }
                if request.keeper > 0 {
                    slots[slot] = request.keeper;
                }
                answer > 0
            }
            Some(_) => false,
            None => {
                request.failed = (Step::Fork, sys::EAGAIN);
                false
            }
        };
        // Before the descriptors are closed: whoever sees that nothing came of them finds the reason here.
        if !made {
            let (step, errno) = request.failed;
            let e = errno.to_le_bytes();
            let _ = sys::send(COMMAND_FD, &[CELL_FAILED, step as u8, e[0], e[1], e[2], e[3]]);
        }
        for fd in &request.fds[..request.fds_len] {
            sys::close(*fd);
        }
        if request.group >= 0 {
            sys::close(request.group);
        }
    }
}

/// Clones the keeper and stands still until it has forked the cell: 1, or -1 when that failed.
extern "C" fn build(arg: *mut u8) -> isize {
    const CLONE_VM: usize = 0x100;
    const SIGCHLD: usize = 17;
    const FUTEX_WAIT_PRIVATE: usize = 128;
    // SAFETY: `serve` passes a Request that outlives this call. The keeper writes `failed` before it sets `state`,
    // and this side reads it only afterwards.
    let request = unsafe { &mut *arg.cast::<Request<'_>>() };
    let flags = request.plan.clone_flags as usize | CLONE_VM | SIGCHLD;
    // SAFETY: the stack slot belongs to no living keeper.
    let pid = unsafe { context::spawn(flags, request.stack_top, keeper::main, arg) };
    if pid < 0 {
        request.failed = (Step::Namespaces, -pid as i32);
        return -1;
    }
    request.keeper = pid as i32;
    let time = [0i64, 50_000_000];
    loop {
        match request.state.load(Ordering::Acquire) {
            FORKED => return 1,
            FAILED => return -1,
            _ => {}
        }
        // SAFETY: the futex word and the time are live; a changed word, a wake and a time-out all lead back here.
        let woken = unsafe { syscall!(FUTEX, request.state.as_ptr(), FUTEX_WAIT_PRIVATE, BUILDING, time.as_ptr()) };
        if woken == Err(110)
            && sys::wait(request.keeper, sys::NOHANG | sys::WALL, &mut Usage::ZERO.clone()) != Ok((0, 0))
        {
            request.keeper = 0;
            request.failed = (Step::KeeperDied, 0);
            return -1;
        }
    }
}

/// SIGCHLD as a descriptor; a keeper that inherits it reads its own signals through it.
fn child_descriptor() -> i32 {
    const SIGCHLD_MASK: u64 = 1 << 16;
    const NONBLOCK_CLOEXEC: usize = 0o4000 | 0o2000000;
    let mask = SIGCHLD_MASK;
    // SAFETY: the mask is valid for reads and of the stated size.
    unsafe { syscall!(SIGNALFD4, -1isize, &raw const mask, 8, NONBLOCK_CLOEXEC) }
        .unwrap_or_else(|errno| give_up(b"have SIGCHLD as a descriptor", errno)) as i32
}

/// Ends the zygote, with a word for the service's log.
fn give_up(step: &[u8], errno: Errno) -> ! {
    let mut line = Line::new();
    line.text(b"zygote: ").text(step).text(b": errno ").number(errno as u64).text(b"\n");
    let _ = sys::write_all(2, line.bytes());
    sys::exit(80)
}

/// Empties the descriptor and reaps every keeper that is gone.
fn reap(child_fd: i32, slots: &mut [i32; SLOTS]) {
    drain(child_fd);
    while let Ok((pid, _)) = sys::wait(-1, sys::NOHANG | sys::WALL, &mut Usage::ZERO.clone()) {
        if pid == 0 {
            break;
        }
        if let Some(slot) = slots.iter_mut().find(|s| **s == pid) {
            *slot = 0;
        }
    }
}

/// Takes what is in a SIGCHLD descriptor.
pub fn drain(child_fd: i32) {
    let mut info = [0u8; 128];
    // SAFETY: the buffer holds exactly one `signalfd_siginfo`.
    while unsafe { syscall!(READ, child_fd, info.as_mut_ptr(), info.len()) }.is_ok() {}
}

/// Stacks for keepers. A fork gets them empty, and unmaps them: to leave them out by advice would do, but not under
/// User-Mode-Linux, which goes on to show the pages to whatever the fork maps in their place.
fn map_stacks() -> usize {
    const READ_WRITE: usize = 3;
    const PRIVATE_ANONYMOUS_NORESERVE: usize = 0x2 | 0x20 | 0x4000;
    const MADV_WIPEONFORK: usize = 18;
    let len = SLOTS * STACK;
    // SAFETY: a fresh mapping at an address of the kernel's choice, then advice about exactly it.
    unsafe {
        let at = syscall!(MMAP, 0, len, READ_WRITE, PRIVATE_ANONYMOUS_NORESERVE, -1isize, 0)
            .unwrap_or_else(|errno| give_up(b"map stacks for keepers", errno));
        let wiped = syscall!(MADVISE, at, len, MADV_WIPEONFORK);
        wiped.unwrap_or_else(|errno| give_up(b"have stacks empty in forks", errno));
        at
    }
}

/// The address that the kernel clears when this thread ends: the C library's copy of the thread id.
fn tid_address() -> usize {
    const PR_GET_TID_ADDRESS: usize = 40;
    let mut address = 0usize;
    // SAFETY: the kernel writes one pointer.
    match unsafe { syscall!(PRCTL, PR_GET_TID_ADDRESS, &raw mut address, 0, 0, 0) } {
        Ok(_) => address,
        Err(_) => 0, // a kernel without checkpoint/restore: the copy stays the zygote's
    }
}
