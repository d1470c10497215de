//! The portal: exercises, what learners do with them, and the page.
//!
//! It runs no program itself: executors do, over HTTP ([`executors`]), one of them inside this process unless others are
//! named ([`inside`]).

pub mod cli;
pub mod config;
pub mod db;
pub mod executors;
pub mod exercises;
pub mod http;
pub mod inside;
pub mod learner;
pub mod metrics;
mod pages;
pub mod regrade;
pub mod serve;
