//! What a run costs in figures that do not depend on how busy a machine is: system calls, and instructions of the
//! service's hot path. They are compared with committed ones; times are not, those are for `cargo xtask bench`.
//!
//! `UPDATE_FIGURES=1 cargo test -p tests --test figures` writes them anew.

#[path = "figures/committed.rs"]
mod committed;
#[path = "figures/instructions.rs"]
mod instructions;
#[path = "figures/syscalls.rs"]
mod syscalls;

#[test]
fn instructions_of_the_hot_path_are_what_they_were() {
    let count = || instructions::as_on_the_first_machine(instructions::count());
    committed::compare("instructions.json", 1, count, &instructions::BOUNDS);
}

#[test]
fn system_calls_of_a_run_are_what_they_were() {
    committed::compare("syscalls.json", 3, syscalls::count, &syscalls::BOUNDS);
}
