//! The built program, driven from outside: real processes, real sockets.

// A test's helpers fail it as the test itself does.
#![allow(clippy::unwrap_used)]

mod announcing;
mod commands;
mod desk;
mod doctor;
mod faults;
mod feeds;
mod history;
mod http_client;
mod importing;
mod limits;
mod model;
mod notifying;
mod previewing;
mod program;
mod reloading;
mod serving;
