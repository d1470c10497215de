//! The sandbox: what a program may do, and the processes that hold it to that.
//!
//! [`policy`] says what is allowed and why, as data. [`plan`] turns policy and level into one structure, purely.
//! [`launcher`] (a process of its own) builds what all runs share; the library in `cell/`, loaded into the
//! interpreter, builds what each run has to itself. [`spec`] and [`abi`] are what they say to each other and to the
//! service; [`protocol`] is the service's side of it.
//!
//! This is the only crate with unsafe code. It starts no threads and knows nothing of HTTP.

pub mod abi;
pub mod bpf;
pub mod launcher;
pub mod level;
pub mod plan;
pub mod policy;
pub mod protocol;
pub mod spec;
