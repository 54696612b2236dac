//! A request on a socket -> an answer made of a [`Site`](crate::site::Site),
//! within limits, and counted.

mod conditional;
pub mod metrics;
mod oembed;
pub mod respond;
pub mod server;
