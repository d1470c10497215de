//! What every engine promises, asked of each of them.

mod contract;
mod nats;
#[path = "../common/servers.rs"]
mod servers;
mod sqlite;
