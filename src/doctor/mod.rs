//! A deployment's address -> what calendar programs will meet there: one
//! finding for each thing that they rely on.
//!
//! It asks as they do, over the network, and changes nothing. What is asked
//! stands in `examination` and `client`, what to think of the answers stands in
//! functions of their own, which see answers only: `transport`, `headers`,
//! `caching`, `clock`, `calendar`, `content`, `robots`.

mod address;
mod answer;
mod caching;
mod calendar;
mod client;
mod clock;
mod content;
mod examination;
mod finding;
mod headers;
mod robots;
mod transport;
mod words;

pub use address::{FeedAddress, NotAnAddress};
pub use examination::{Outcome, examine};
pub use finding::{Finding, Severity};
pub use words::{line, not_an_address, summary};
