//! The executor: runs Python programs in warm, sandboxed interpreters.
//!
//! [`service::Executor`] is the whole thing without HTTP. A [`job::Job`] waits for admission, takes a cell from the
//! [`pool`], and is followed to its end by [`run`].

pub mod cli;
pub mod client;
pub mod config;
pub mod engine;
pub mod http;
pub mod job;
pub mod logs;
pub mod metrics;
pub mod pool;
pub mod run;
pub mod runtime;
pub mod service;
pub mod standstill;
pub mod trace;
pub mod verdict;
pub mod vitality;
pub mod workers;
