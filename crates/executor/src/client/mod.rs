//! A client of a running service's jobs: what `grade --server` and a portal that grades again share.
//!
//! Theory of operation. Programs go to `POST /jobs` in batches ([`Batches`]), each job under an idempotency key of the
//! caller's making; the batch's own key is made of those. So whatever is lost on the way, an answer, a connection, or this
//! whole process, the same is asked again and nothing is run twice. Results come as events of the batch ([`events`]); a
//! stream that breaks is taken up again after the last event that was seen. A service that is away is waited for
//! ([`patience`]); one that refuses is not.

mod address;
mod batches;
pub mod events;
mod patience;
mod service;
mod turn;

pub use address::{Address, AddressError, KeyError, key};
pub use batches::{Batches, Program, Stopped, Told};
pub use service::{ClientError, Fault, Follow, Service};
