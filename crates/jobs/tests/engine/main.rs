//! What every engine promises, asked of each of them.

mod contract;
mod sqlite;
