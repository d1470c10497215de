//! A cell's confinement, in order: descriptors, capabilities, `no_new_privs`, Landlock, seccomp, limits. Any step
//! that fails ends the process; nothing half-confined goes on.

use crate::abi::{PathGrant, Plan, Step};
use crate::context;
use crate::sys::{self, Errno, syscall};
use crate::zygote::Request;

/// Where the cell begins: a copy of the zygote, on the zygote's stack, below what is in use. `arg` is the request.
pub extern "C" fn main(arg: *mut u8) -> ! {
    // SAFETY: the request lies on the zygote's stack, of which this process has a copy of its own.
    let request = unsafe { &mut *arg.cast::<Request<'_>>() };
    if let Err((step, errno)) = confine(request) {
        // The keeper sees the exit; the service hears the step on the program's standard error, wherever that is by now.
        let mut line = crate::line::Line::new();
        line.text(step.words().as_bytes()).text(b": errno ").number(errno as u64).text(b"\n");
        if sys::write_all(request.fds[2], line.bytes()).is_err() {
            let _ = sys::write_all(2, line.bytes());
        }
        sys::exit(STEP_EXIT + step as i32);
    }
    // SAFETY: `saved` was noted by the `enter` that the zygote is blocked in; its frames are in this copy.
    unsafe { context::resume(request.saved, 0) }
}

/// Exit codes of cells that could not be confined: this and the step.
const STEP_EXIT: i32 = 100;

fn confine(request: &mut Request<'_>) -> Result<(), (Step, Errno)> {
    let plan = request.plan;
    renew_thread_id(request.tid_address);
    // SAFETY: keepers' stacks; this process has never been on one, and has none of their content.
    let _ = unsafe { syscall!(MUNMAP, request.stacks.0, request.stacks.1) };
    let at = |step: Step| move |errno: Errno| (step, errno);
    arrange(request).map_err(at(Step::Descriptors))?;
    die_with_keeper(request.keeper_inside).map_err(at(Step::DeathSignal))?;
    drop_capabilities(plan).map_err(at(Step::Capabilities))?;
    forbid_privileges().map_err(at(Step::NoNewPrivs))?;
    enter_landlock(plan).map_err(at(Step::Landlock))?;
    enter_seccomp(plan, request.supervisor_cell >= 0).map_err(at(Step::Seccomp))?;
    arrange_channel(plan).map_err(at(Step::Descriptors))?;
    // After the listener has been handed over: the kernel holds a sender's limit on descriptors against what all runs
    // of the user have in flight.
    for limit in &plan.rlimits[..plan.rlimits_len as usize] {
        sys::set_limit(0, limit.resource, limit.soft, limit.hard).map_err(at(Step::Limits))?;
    }
    if request.rehearses {
        request.holder = hold_memory(request.keeper_inside).map_err(at(Step::Fork))?;
    }
    Ok(())
}

/// Starts the holder: a process that shares this one's memory and sleeps, so that the end of the program is known at
/// once and the memory is taken apart (a millisecond for an interpreter) when nobody waits for it any more. Not for a cell
/// that somebody is waiting for already: then all processors have work to do, and a process more is more of it.
///
/// The program could write to that memory, so the holder is confined exactly as the program is; the keeper is its
/// parent, so the program has no child that it did not start.
fn hold_memory(keeper: i32) -> sys::Result<i32> {
    const CLONE_VM: usize = 0x100;
    const CLONE_PARENT: usize = 0x8000;
    const SIGCHLD: usize = 17;
    /// Used for the first two words of the holder's life, in the cell's own copy of the library's data.
    static mut STACK: [u128; 8] = [0; 8];
    let top = (&raw mut STACK) as usize + size_of::<[u128; 8]>();
    // SAFETY: the stack is nobody else's; after its first instructions the holder touches no memory.
    let pid =
        unsafe { context::spawn(CLONE_VM | CLONE_PARENT | SIGCHLD, top, context::hold, keeper as usize as *mut u8) };
    if pid < 0 { Err(-pid as Errno) } else { Ok(pid as i32) }
}

/// Where descriptors wait that the program does not get, above all that is open in the zygote. Not where the channel ends up:
/// a table with room for that is searched from one end to the other by each [`close_range`].
const CHANNEL: i32 = 100;
/// See [`CHANNEL`].
const FOLDER: i32 = 101;
/// See [`CHANNEL`].
const SOCKET: i32 = 102;

/// Standard streams to 0, 1 and 2; what is needed until the last step is kept, and all others are closed.
fn arrange(request: &Request<'_>) -> sys::Result<()> {
    for (number, fd) in request.fds[..3].iter().enumerate() {
        place(*fd, number as i32, 0)?;
    }
    place(request.fds[3], CHANNEL, CLOEXEC)?;
    place(request.fds[5], FOLDER, CLOEXEC)?;
    if request.supervisor_cell >= 0 {
        place(request.supervisor_cell, SOCKET, CLOEXEC)?;
    }
    // Landlock's descriptors are the lowest after the plan's; they go when the rule set is in force.
    let first = crate::abi::LANDLOCK_FD + request.plan.landlock_descriptors as i32;
    close_range(3, crate::abi::LANDLOCK_FD - 1)?;
    close_range(first, CHANNEL - 1)?;
    close_range(if request.supervisor_cell >= 0 { SOCKET + 1 } else { SOCKET }, i32::MAX)
}

/// The channel to its number, which no program comes upon; nothing else is open beyond the standard streams.
fn arrange_channel(plan: &Plan) -> sys::Result<()> {
    place(CHANNEL, plan.report_fd, CLOEXEC)?;
    close_range(3, SOCKET)
}

const CLOEXEC: usize = 0o2000000;

fn place(from: i32, to: i32, flags: usize) -> sys::Result<()> {
    // SAFETY: descriptors are not memory.
    unsafe { syscall!(DUP3, from, to, flags) }.map(drop)
}

fn close_range(first: i32, last: i32) -> sys::Result<()> {
    // SAFETY: descriptors are not memory.
    unsafe { syscall!(CLOSE_RANGE, first, last, 0) }.map(drop)
}

/// The C library's copy of the thread id is the zygote's; so is the address that the kernel clears at the end.
fn renew_thread_id(address: usize) {
    #[cfg(target_arch = "x86_64")]
    const SET_TID_ADDRESS: usize = 218;
    #[cfg(target_arch = "aarch64")]
    const SET_TID_ADDRESS: usize = 96;
    if address != 0 {
        // SAFETY: the address is the C library's own field for this, told by the kernel in the zygote; this process
        // has a copy of that memory to itself.
        unsafe {
            if let Ok(tid) = sys::call(SET_TID_ADDRESS, [address, 0, 0, 0, 0, 0]) {
                (address as *mut i32).write(tid as i32);
            }
        }
    }
}

fn die_with_keeper(keeper: i32) -> sys::Result<()> {
    const PR_SET_PDEATHSIG: usize = 1;
    const ESRCH: Errno = 3;
    // SAFETY: takes no pointers.
    unsafe { syscall!(PRCTL, PR_SET_PDEATHSIG, 9) }?;
    // One that is gone by now sends no signal any more.
    // SAFETY: as above.
    let parent = unsafe { syscall!(GETPPID,) }?;
    if parent as i32 == keeper { Ok(()) } else { Err(ESRCH) }
}

fn drop_capabilities(plan: &Plan) -> sys::Result<()> {
    const PR_CAPBSET_DROP: usize = 24;
    const VERSION_3: u32 = 0x2008_0522;
    if plan.clone_flags != 0 {
        for capability in 0..=plan.last_cap {
            // SAFETY: takes no pointers.
            unsafe { syscall!(PRCTL, PR_CAPBSET_DROP, capability, 0, 0, 0) }?;
        }
    }
    let header = [VERSION_3, 0];
    let none = [0u32; 6];
    // SAFETY: header and data have the sizes of version 3.
    unsafe { syscall!(CAPSET, header.as_ptr(), none.as_ptr()) }.map(drop)
}

fn forbid_privileges() -> sys::Result<()> {
    const PR_SET_NO_NEW_PRIVS: usize = 38;
    // SAFETY: takes no pointers.
    unsafe { syscall!(PRCTL, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) }.map(drop)
}

/// Enters the rule set made ahead, or makes one of its own with the run's folder in it.
fn enter_landlock(plan: &Plan) -> sys::Result<()> {
    if plan.landlock_fs == 0 {
        return Ok(());
    }
    let ruleset = if plan.landlock_fd >= 0 { plan.landlock_fd } else { own_ruleset(plan)? };
    // SAFETY: takes a descriptor.
    unsafe { syscall!(LANDLOCK_RESTRICT_SELF, ruleset, 0) }.map(drop)
}

fn own_ruleset(plan: &Plan) -> sys::Result<i32> {
    /// `struct landlock_path_beneath_attr` is packed.
    #[repr(C, packed)]
    struct PathBeneath {
        access: u64,
        fd: i32,
    }
    const PATH_BENEATH: usize = 1;
    let attributes = [plan.landlock_fs, plan.landlock_net, plan.landlock_scoped];
    // SAFETY: the attributes are at least as long as the stated length.
    let ruleset =
        unsafe { syscall!(LANDLOCK_CREATE_RULESET, attributes.as_ptr(), plan.landlock_attr_len as usize, 0) }? as i32;
    let own = PathGrant { access: plan.landlock_workdir, fd: FOLDER, reserved: 0 };
    for grant in plan.grants[..plan.grants_len as usize].iter().chain([&own]) {
        let rule = PathBeneath { access: grant.access, fd: grant.fd };
        // SAFETY: the rule is valid for reads.
        unsafe { syscall!(LANDLOCK_ADD_RULE, ruleset, PATH_BENEATH, &raw const rule, 0) }?;
    }
    Ok(ruleset)
}

/// Enters the second filter; where forks are supervised, its listener goes to the keeper.
fn enter_seccomp(plan: &Plan, is_supervised: bool) -> sys::Result<()> {
    const NEW_LISTENER: usize = 8;
    let flags = if is_supervised { NEW_LISTENER } else { 0 };
    let listener = sys::enter_filter(&plan.filter[..plan.filter_len as usize], flags)?;
    if is_supervised {
        sys::send_with_fd(SOCKET, b"L", listener)?;
    }
    Ok(())
}
