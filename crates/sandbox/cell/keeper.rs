//! The keeper: builds a run's surroundings, forks its cell, and tells the service how it ended.
//!
//! Runs on a stack of its own in the zygote's memory; see the invariants in the crate's documentation. Its
//! descriptors are a copy of the zygote's, of which it keeps four.

use core::sync::atomic::Ordering;

use crate::abi::{
    END_LEN, KEEPER_END, KEEPER_FILE_BYTES, KEEPER_HELLO, KEEPER_KILL, KEEPER_PROCESSES, KEEPER_WANT_FOLDER, PROC_FD,
    Plan, Step,
};
use crate::confine;
use crate::context;
use crate::line::Line;
use crate::supervise::{Children, Supervisor};
use crate::sys::{self, Errno, Poll, Usage, syscall};
use crate::zygote::{self, FAILED, FORKED, Request};

/// The keeper's channel to the service, where it finds it after it has tidied up.
const CHANNEL: i32 = 0;
/// `/proc` of the outer namespace.
const PROC: i32 = 1;
/// The run's working directory.
const FOLDER: i32 = 2;
/// SIGCHLD.
const CHILD: i32 = 3;
/// The listener of the fork filter, where forks are supervised.
pub const LISTENER: i32 = 4;

const SIGKILL: i32 = 9;
const ECHILD: Errno = 10;

type StepResult<T> = Result<T, (Step, Errno)>;

trait At<T> {
    fn at(self, step: Step) -> StepResult<T>;
}

impl<T> At<T> for sys::Result<T> {
    fn at(self, step: Step) -> StepResult<T> {
        self.map_err(|errno| (step, errno))
    }
}

/// A keeper's whole life. `arg` is the zygote's [`Request`].
pub extern "C" fn main(arg: *mut u8) -> ! {
    // SAFETY: the zygote stands still until `state` changes; until then the request is this process's alone.
    let request = unsafe { &mut *arg.cast::<Request<'_>>() };
    let plan = request.plan;
    // SAFETY: takes no pointers.
    request.keeper_inside = unsafe { syscall!(GETPID,) }.unwrap_or(0) as i32;
    // A cell that exists dies with a keeper that could not finish.
    let built = build(request).and_then(|cell| arrange(request).at(Step::Descriptors).map(|()| cell));
    match built {
        Ok(cell) => {
            let has_holder = request.rehearses;
            publish(request, FORKED);
            keep(plan, cell, has_holder)
        }
        Err(failed) => {
            request.failed = failed;
            publish(request, FAILED);
            sys::exit(1)
        }
    }
}

/// Lets the zygote go on. The request must not be touched afterwards.
fn publish(request: &Request<'_>, state: u32) {
    const FUTEX_WAKE_PRIVATE: usize = 129;
    let word = request.state.as_ptr();
    request.state.store(state, Ordering::Release);
    // SAFETY: a wake takes only the address; that the word may be gone by now does no harm.
    let _ = unsafe { syscall!(FUTEX, word, FUTEX_WAKE_PRIVATE, 1) };
}

/// Surroundings first, then the cell: its pid.
fn build(request: &mut Request<'_>) -> StepResult<i32> {
    const PR_SET_PDEATHSIG: usize = 1;
    const PR_SET_CHILD_SUBREAPER: usize = 36;
    let plan = request.plan;
    if plan.clone_flags != 0 {
        // The zygote's death takes the run's namespace with it. Without namespaces a dead keeper could not sweep:
        // there it goes on until the service closes its channel.
        // SAFETY: takes no pointers.
        unsafe { syscall!(PRCTL, PR_SET_PDEATHSIG, SIGKILL) }.at(Step::DeathSignal)?;
        // SAFETY: as above.
        let _ = unsafe { syscall!(SETSID,) };
        map_user(plan).at(Step::UserMap)?;
        mount_files(plan).at(Step::Mount)?;
        request.fds[5] = make_folders(plan).at(Step::Folder)?;
        request.fds_len = 6;
    } else {
        // SAFETY: as above.
        unsafe { syscall!(PRCTL, PR_SET_CHILD_SUBREAPER, 1) }.at(Step::Reaper)?;
        // SAFETY: as above.
        let _ = unsafe { syscall!(SETSID,) };
        if request.fds_len < 6 {
            return Err((Step::Receive, 0));
        }
        // SAFETY: as above.
        unsafe { syscall!(FCHDIR, request.fds[5]) }.at(Step::Folder)?;
    }
    if plan.supervise_forks != 0 {
        (request.supervisor_keeper, request.supervisor_cell) = sys::socket_pair().at(Step::Seccomp)?;
    }
    let step = if request.group >= 0 { Step::Group } else { Step::Fork };
    fork_cell(request).and_then(|cell| lead_group(plan, cell)).at(step)
}

/// Forks the cell onto a part of the zygote's stack that nothing uses: it is a copy there, like everything else.
fn fork_cell(request: &mut Request<'_>) -> sys::Result<i32> {
    const SIGCHLD: usize = 17;
    /// Below the frames of the waiting zygote, and within what the kernel lets a stack grow by.
    const BELOW: usize = 64 << 10;
    let stack = (request.saved - BELOW) & !15;
    let arg = (&raw mut *request).cast();
    if request.group >= 0 {
        return fork_into_group(request, stack, arg);
    }
    // SAFETY: the zygote stands still and uses nothing that far below `saved`; the request lies above it, so the
    // cell finds it in its copy (this keeper's own stack comes empty in forks).
    let pid = unsafe { context::spawn(SIGCHLD, stack, confine::main, arg) };
    if pid < 0 { Err(-pid as Errno) } else { Ok(pid as i32) }
}

/// Makes the cell the first of a process group, to be killed as one. Only where no namespace does that better.
fn lead_group(plan: &Plan, cell: i32) -> sys::Result<i32> {
    if plan.clone_flags == 0 {
        // SAFETY: takes no pointers.
        unsafe { syscall!(SETPGID, cell, cell) }?;
    }
    Ok(cell)
}

/// The same, in a cgroup from its first instruction on: moving there later costs as much as several forks.
fn fork_into_group(request: &Request<'_>, stack: usize, arg: *mut u8) -> sys::Result<i32> {
    const CLONE_NEWCGROUP: u64 = 0x0200_0000;
    const CLONE_INTO_CGROUP: u64 = 0x2_0000_0000;
    /// The kernel only adds it to where the stack begins.
    const SIZE: u64 = 4096;
    let namespace = if request.plan.clone_flags != 0 { CLONE_NEWCGROUP } else { 0 };
    let args = context::CloneArgs {
        flags: CLONE_INTO_CGROUP | namespace,
        exit_signal: 17,
        stack: stack as u64 - SIZE,
        stack_size: SIZE,
        cgroup: request.group as u64,
        ..context::CloneArgs::default()
    };
    // SAFETY: as in `fork_cell`; the arguments are the kernel's structure, of the stated size.
    let pid = unsafe { context::spawn3(&args, size_of::<context::CloneArgs>(), confine::main, arg) };
    if pid < 0 { Err(-pid as Errno) } else { Ok(pid as i32) }
}

/// Keeps four (or five) descriptors, at known places.
fn arrange(request: &Request<'_>) -> sys::Result<()> {
    // SAFETY: descriptors are not memory.
    let place = |from: i32, to: i32| unsafe { syscall!(DUP3, from, to, 0) }.map(drop);
    place(request.fds[4], CHANNEL)?;
    place(PROC_FD, PROC)?;
    place(request.fds[5], FOLDER)?;
    place(request.child_fd, CHILD)?;
    if request.supervisor_keeper >= 0 {
        place(request.supervisor_keeper, LISTENER)?;
    } else {
        sys::close(LISTENER);
    }
    // SAFETY: as above.
    unsafe { syscall!(CLOSE_RANGE, 5, u32::MAX, 0) }.map(drop)
}

/// Writes the run's user map: one user, itself.
fn map_user(plan: &Plan) -> sys::Result<()> {
    write_proc(b"self/setgroups\0", b"deny")?;
    let mut text = Line::new();
    text.number(plan.uid as u64).text(b" ").number(plan.outer_uid as u64).text(b" 1");
    write_proc(b"self/uid_map\0", text.bytes())?;
    let mut text = Line::new();
    text.number(plan.uid as u64).text(b" ").number(plan.outer_gid as u64).text(b" 1");
    write_proc(b"self/gid_map\0", text.bytes())
}

fn write_proc(path: &[u8], text: &[u8]) -> sys::Result<()> {
    const WRITE_ONLY: usize = 1;
    // SAFETY: the path ends with a NUL.
    let fd = unsafe { syscall!(OPENAT, PROC_FD, path.as_ptr(), WRITE_ONLY, 0) }? as i32;
    let written = sys::write_all(fd, text);
    sys::close(fd);
    written
}

const MS_NOSUID_NODEV: usize = 2 | 4;
const MS_REMOUNT: usize = 32;

fn mount_files(plan: &Plan) -> sys::Result<()> {
    let kind = c"tmpfs".as_ptr();
    // SAFETY: all texts end with a NUL.
    unsafe { syscall!(MOUNT, kind, plan.mountpoint.as_ptr(), kind, MS_NOSUID_NODEV, plan.mount_options.as_ptr()) }
        .map(drop)
}

/// Makes the run's folders and enters the first; answers a descriptor of it.
fn make_folders(plan: &Plan) -> sys::Result<i32> {
    const AT_FDCWD: isize = -100;
    const PATH_DIRECTORY_CLOEXEC: usize = 0o10000000 | 0o200000 | 0o2000000;
    // SAFETY: all texts end with a NUL.
    unsafe {
        let _ = syscall!(UMASK, 0o022);
        for folder in &plan.folders {
            syscall!(MKDIRAT, AT_FDCWD, folder.as_ptr(), 0o755)?;
        }
        syscall!(CHDIR, plan.folders[0].as_ptr())?;
        syscall!(OPENAT, AT_FDCWD, c".".as_ptr(), PATH_DIRECTORY_CLOEXEC, 0).map(|fd| fd as i32)
    }
}

/// What has been learnt of the tree's processes as they ended.
struct Tree {
    cell: i32,
    status: Option<i32>,
    cpu_us: u64,
    max_rss: u64,
    /// Nothing is left.
    empty: bool,
    /// One of them holds the program's memory; its end is not waited for.
    has_holder: bool,
    /// What a dead process leaves is this process's child by now.
    children: Children,
}

impl Tree {
    /// Whether anything but the holder is left.
    fn has_stragglers(&mut self) -> bool {
        let mut children = 0;
        self.children.each(|_| children += 1);
        children > i32::from(self.has_holder)
    }

    fn reap(&mut self) {
        loop {
            let mut usage = Usage::ZERO;
            match sys::wait(-1, sys::NOHANG | sys::WALL, &mut usage) {
                Ok((0, _)) => return,
                Ok((pid, status)) => {
                    self.cpu_us += usage.cpu_us();
                    self.max_rss = self.max_rss.max(usage.max_rss as u64);
                    if pid == self.cell {
                        self.status = Some(status);
                    }
                }
                Err(errno) => {
                    self.empty = errno == ECHILD;
                    return;
                }
            }
        }
    }
}

/// Waits for the program's end or the service's word, then leaves nothing alive.
fn keep(plan: &Plan, cell: i32, has_holder: bool) -> ! {
    let children = Children::of(PROC);
    let mut tree = Tree { cell, status: None, cpu_us: 0, max_rss: 0, empty: false, has_holder, children };
    let mut supervisor = Supervisor::new(plan);
    let mut want_folder = false;
    let mut listening = true;
    let hello = sys::send(CHANNEL, &[KEEPER_HELLO]);
    let mut kill = hello.is_err();
    supervisor.listen();
    while tree.status.is_none() {
        if kill {
            sweep(plan, &mut tree);
            listening = false;
            kill = false;
        }
        let mut entries = [
            Poll { fd: CHILD, events: sys::POLLIN, revents: 0 },
            Poll { fd: if listening { CHANNEL } else { -1 }, events: sys::POLLIN, revents: 0 },
            Poll { fd: supervisor.poll_fd(), events: sys::POLLIN, revents: 0 },
        ];
        // Without a namespace a sweep may miss what is being forked at that moment: look again soon.
        let again = if listening || plan.clone_flags != 0 { -1 } else { 1 };
        if sys::poll(&mut entries, again).is_err() {
            sys::exit(2);
        }
        zygote::drain(CHILD);
        tree.reap();
        if entries[1].revents != 0 {
            kill = !hear(plan, &mut want_folder, &mut supervisor);
        }
        if entries[2].revents != 0 {
            supervisor.answer(PROC, entries[2].revents);
        }
        if !listening && again > 0 {
            kill = true;
        }
    }
    finish(plan, &mut tree, want_folder, &mut supervisor)
}

/// Takes one word of the service's; false when the run has to end.
fn hear(plan: &Plan, want_folder: &mut bool, supervisor: &mut Supervisor) -> bool {
    let mut bytes = [0u8; 9];
    let mut fds = [-1; sys::FDS_MAX];
    let Ok((n, _)) = sys::receive(CHANNEL, &mut bytes, &mut fds) else { return false };
    let number = u64::from_le_bytes([bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7], bytes[8]]);
    match (n, bytes[0]) {
        (1, KEEPER_WANT_FOLDER) => *want_folder = true,
        (9, KEEPER_FILE_BYTES) if plan.clone_flags != 0 => {
            let mut options = Line::new();
            options.text(b"size=").number(number).text(b"\0");
            let kind = c"tmpfs".as_ptr();
            // SAFETY: all texts end with a NUL.
            let resized = unsafe {
                let flags = MS_REMOUNT | MS_NOSUID_NODEV;
                syscall!(MOUNT, kind, plan.mountpoint.as_ptr(), kind, flags, options.bytes().as_ptr())
            };
            return resized.is_ok();
        }
        (9, KEEPER_FILE_BYTES) => {}
        (9, KEEPER_PROCESSES) => supervisor.limit = number,
        (_, KEEPER_KILL) | (_, _) => return false,
    }
    true
}

/// How long after the end the memory may stay, in milliseconds.
const PAUSE_MS: i64 = 10;

/// Kills what is left, tells how the program ended, and goes when everything else has gone.
fn finish(plan: &Plan, tree: &mut Tree, want_folder: bool, supervisor: &mut Supervisor) -> ! {
    // Most programs leave nothing but the holder of their memory: nobody to wait for, and it can be killed when the end
    // has been told. Others' usage counts, but the answer does not wait for what is slow to die.
    let want_folder = hear_the_rest(plan, want_folder, supervisor);
    if want_folder {
        sweep(plan, tree);
    }
    let mut patience = 20;
    while !tree.empty && patience > 0 && tree.has_stragglers() {
        sweep(plan, tree);
        let _ = sys::poll(&mut [Poll { fd: CHILD, events: sys::POLLIN, revents: 0 }], 1);
        zygote::drain(CHILD);
        tree.reap();
        patience -= 1;
    }
    let mut end = [0u8; END_LEN];
    end[0] = KEEPER_END;
    end[1..5].copy_from_slice(&tree.status.unwrap_or(0).to_le_bytes());
    end[5..13].copy_from_slice(&tree.cpu_us.to_le_bytes());
    end[13..21].copy_from_slice(&tree.max_rss.to_le_bytes());
    // A descriptor can be refused (too many in flight of this user); the end must not be lost with it.
    if !want_folder || sys::send_with_fd(CHANNEL, &end, FOLDER).is_err() {
        let _ = sys::send(CHANNEL, &end);
    }
    if !tree.empty && !tree.has_stragglers() {
        // Taking a process apart keeps a processor busy, and whoever waits for the answer wants it now. The service closes
        // the channel when it has been given.
        let _ = sys::poll(&mut [Poll { fd: CHANNEL, events: sys::POLLIN, revents: 0 }], PAUSE_MS);
    }
    while !tree.empty {
        sweep(plan, tree);
        let _ = sys::poll(&mut [Poll { fd: CHILD, events: sys::POLLIN, revents: 0 }], 1);
        zygote::drain(CHILD);
        tree.reap();
    }
    // A socket that is closed with unread words in it takes the last message along.
    hear_the_rest(plan, want_folder, supervisor);
    sys::exit(0)
}

/// Hears what the service has said and nobody has listened to yet; whether it wants the folder. Stops at the first
/// word that ends a run: behind a closed channel there is nothing more, for ever.
fn hear_the_rest(plan: &Plan, want_folder: bool, supervisor: &mut Supervisor) -> bool {
    let mut want_folder = want_folder;
    let mut entries = [Poll { fd: CHANNEL, events: sys::POLLIN, revents: 0 }];
    while sys::poll(&mut entries, 0) == Ok(1) && hear(plan, &mut want_folder, supervisor) {
        entries[0].revents = 0;
    }
    want_folder
}

/// One round of killing everything that the run has started.
fn sweep(plan: &Plan, tree: &mut Tree) {
    if plan.clone_flags != 0 {
        // Process 1 of the namespace: everyone else in it, at once.
        let _ = sys::kill(-1, SIGKILL);
    } else {
        if tree.status.is_none() {
            // Most of a tree at once. Killed one by one, from the top, each generation would have to die before the next is
            // this process's own, and to die takes a turn on a processor that all the others want, too.
            let _ = sys::kill(-tree.cell, SIGKILL);
        }
        // Children of a sub-reaper are its own until it reaps them, so no pid can be another's by now; nor, above, can the
        // number of a group whose first process has not been reaped. A child that may not fork any more cannot outrun the
        // next round.
        const RLIMIT_NPROC: u32 = 6;
        tree.children.each(|pid| {
            let _ = sys::set_limit(pid, RLIMIT_NPROC, 0, 0);
            let _ = sys::kill(pid, SIGKILL);
        });
    }
    tree.reap();
}
