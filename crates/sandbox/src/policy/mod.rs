//! What a program may do: the calls, the paths, the limits, each with its reason.
//!
//! Nothing here acts. [`crate::plan`] turns it into what the launcher and the cells apply.

pub mod guarded;
pub mod limits;
pub mod paths;
pub mod setup;
pub mod syscalls;
