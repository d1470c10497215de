//! Warm interpreters: zygotes, the cells forked from them, and who gets which.
//!
//! Theory of operation. For each runtime a [`Warm`] keeps a number of cells waiting. A cell is used once; taking one
//! wakes the gardener, which asks the zygote for another. A zygote that died, is too old or has forked too often is
//! replaced by a new launcher; cells hold on to theirs, so that an old zygote goes when its last cell has gone.
//! Whatever is dropped on the way — by a client that went away, by a time-out, by a panic — closes its channel to the
//! keeper, and a keeper whose channel closes kills its run.
//!
//! ```text
//! service
//!  └─ launcher              one for each zygote
//!      └─ zygote
//!          └─ keeper ─ cell waiting here, or in a `run`
//! ```

mod cell;
mod folder;
mod group;
mod warm;
mod zygote;

pub use cell::{Cell, Remains};
pub use folder::{Base, Contents, Folder, collect, contents};
pub use group::{Bounds, Group, Groups, NoGroups};
pub use warm::{Settings, Unavailable, Warm, chain};
pub use zygote::{LaunchError, Zygote};

/// What cells are made with beside a zygote.
#[derive(Debug, Clone)]
pub struct Means {
    /// Where runs have their folders, where there are no mounts of their own.
    pub base: Option<Base>,
    /// Where they have their cgroups, where we have been given some.
    pub groups: Option<Groups>,
    /// What a waiting cell's group allows.
    pub bounds: Bounds,
}

/// A message-keeping socket as tokio knows it: tokio has no type for `SOCK_SEQPACKET`, but a connected one is received
/// from and sent to like a datagram socket.
fn datagrams(socket: std::os::fd::OwnedFd) -> std::io::Result<tokio::net::UnixDatagram> {
    rustix::io::ioctl_fionbio(&socket, true)?;
    tokio::net::UnixDatagram::from_std(socket.into())
}
