//! The service over HTTP, in front of an engine that is made up: most of it without a socket.

mod access;
mod execute;
mod jobs;
mod service;
mod sockets;
mod support;
mod validation;
