//! The native half of what runs inside an interpreter's process: zygote, keeper, cell.
//!
//! Theory of operation. The launcher executes `python3 main.py` with this library loaded before everything else. Its
//! `__libc_start_main` puts [`start::main`] in the place of the interpreter's own `main`: CPython is initialised
//! exactly as for `python3 main.py`, but no program runs. The runner's Python code imports what programs use and goes
//! through throw-away runs of its own, and the free places of the memory are used up ([`heap`]); then the process is a
//! *zygote* and serves requests on its command socket until that closes. It never sees a caller's text.
//!
//! ```text
//! zygote            waits on COMMAND_FD; for each request:
//!  └─ keeper        cloned with CLONE_VM (no page is copied) into new namespaces, on a stack of its own;
//!      │            writes its user map, mounts the run's tmpfs, then forks
//!      └─ cell      a copy of the zygote: descriptors, limits, capabilities, Landlock, seccomp, then back into
//!                   Python: rehearse, wait for the one job, run it, exit
//! ```
//!
//! The keeper is process 1 of the run's pid namespace (or, without namespaces, its sub-reaper). It holds no Python
//! state and answers to the service alone: it tells how the program ended, as the kernel told it, and kills
//! everything when the service says so or goes away.
//!
//! Invariants that the unsafe code here rests on:
//! 1. The zygote has one thread, and stands still (in [`zygote`]) while a keeper builds its cell.
//! 2. A keeper uses nothing but its stack, the read-only plan and system calls made by hand: no allocation, no C
//!    library, no thread-local storage. Every signal is blocked in it, so no handler of Python's runs there.
//! 3. The plan is mapped once, before anything reads it, and never written.

#![no_std]
#![allow(dead_code, reason = "the plan's file is shared with the launcher, which uses all of it")]

#[path = "../src/abi.rs"]
mod abi;
mod confine;
mod context;
mod heap;
mod keeper;
mod line;
mod pages;
mod python;
mod start;
mod supervise;
mod sys;
mod zygote;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    sys::exit(71)
}

/// `core` is compiled with unwinding in mind and refers to this; nothing here unwinds.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}
