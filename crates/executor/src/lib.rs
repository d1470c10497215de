//! The executor.
pub mod job;
