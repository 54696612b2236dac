//! One hand-edited YAML schedule of meetings in; calendars that people
//! subscribe to, pages, widgets and posters out.
//!
//! ```text
//! YAML text -> Schedule -+-> Publication -> Site -> Response
//!              History --+    (sessions     (documents   (or a file,
//!                              + stamps)     by path)     with export)
//! ```
//!
//! Data moves one way, and a module imports only what stands before it here:
//!
//! 1. [`texts`], [`terminal`], [`digest`], [`zone`]: every text that residents
//!    read, what a terminal may show, SHA-256 of what is read, and time zones by
//!    the newest database.
//! 2. [`schedule`]: YAML -> a valid [`Schedule`](schedule::Schedule), or every
//!    problem of it. The only place that knows YAML.
//! 3. [`route`]: which districts, at which path.
//! 4. [`feed`]: sessions and their stamps -> iCalendar, JSON, Atom, CSV.
//! 5. [`history`]: a schedule and what was published before -> a
//!    [`Publication`](history::Publication) and the records still to write.
//! 6. [`page`]: a publication -> HTML.
//! 7. `review`: what is wrong with a schedule beside its history;
//!    [`changes`]: what subscribers would see change, for the officer.
//! 8. [`site`]: every path that exists -> a document.
//! 9. [`web`]: requests on sockets -> responses of a site, and numbers. The
//!    only async part.
//! 10. `source`, `store`: where a schedule is, and what was published of it.
//! 11. `service`, [`export`]: a site kept in step with the files, a site as
//!     files.
//! 12. `doctor`, [`cli`]: a deployment seen from outside, the command line.
//!
//! What holds throughout:
//!
//! - A `Schedule` that exists is valid; rendering it returns a value, never an
//!   error.
//! - `schedule`, `history` (its file aside), `feed`, `page` and `site`
//!   do no I/O, spawn nothing and read no clock: the instant is passed in.
//!   Same inputs, same bytes, on every machine.
//! - A request sees one `Site` from its first byte to its last.
//! - `serve` and `export` give the same bytes for every path: they are two
//!   loops over one `Site`.

mod announce;
pub mod changes;
pub mod cli;
mod desk;
pub mod digest;
mod doctor;
pub mod export;
pub mod feed;
pub mod history;
mod import;
mod notify;
pub mod page;
mod review;
pub mod route;
pub mod schedule;
mod service;
pub mod site;
mod source;
mod store;
pub mod terminal;
pub mod texts;
pub mod web;
pub mod zone;
