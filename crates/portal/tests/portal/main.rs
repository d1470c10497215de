//! The portal with databases of its own: SQLite and PostgreSQL, the same tests for both.

mod api;
mod database;
mod executors;
mod fake;
mod pages;
mod postgres;
mod process;
mod regrade;
mod secrets;
mod support;
