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
//! 1. `texts`, `terminal`, `digest`, `zone`: every text that residents read, in
//!    each language; what a terminal may show; digests in digits; an IANA name
//!    -> what its clocks show, by the newest database.
//! 2. `schedule`: YAML -> a valid `Schedule`, or every problem of it. The only
//!    place that reads YAML.
//! 3. `route`: a path and a query -> which document, of which districts; and
//!    the links back.
//! 4. `feed`: sessions and their stamps -> iCalendar, JSON, Atom, CSV.
//! 5. `history`: a schedule and what was published before -> a `Publication`
//!    and the records still to write.
//! 6. `announce`: what changed last, and what is next, in words to spread.
//! 7. `page`: a publication -> HTML, posters and pictures.
//! 8. `site`: every route that exists -> a document, rendered when first asked
//!    for. Then `review` and `changes`: what is wrong with a schedule beside
//!    its history; what subscribers would see change, for the officer.
//! 9. `export`: a site -> files.
//! 10. `doctor`, `notify`: a deployment seen from outside; changes posted to
//!     others.
//! 11. `web`: requests on sockets -> responses of a site, and numbers.
//! 12. `source`, `store`: where a schedule is, and what was published of it.
//! 13. `service`: a site kept in step with its files and the clock.
//! 14. `desk`: the schedule's file, changed by forms in the browser.
//! 15. `import`, `cli`: somebody's calendar -> YAML; the command line.
//!
//! What holds throughout:
//!
//! - A `Schedule` that exists is valid; rendering it returns a value, never an
//!   error.
//! - `schedule`, `feed`, `history` (its log aside), `page` and `site` do no
//!   I/O, spawn nothing and read no clock: the instant is passed in. Same
//!   inputs, same bytes, on every machine.
//! - A request sees one `Site` from its first byte to its last.
//! - `serve` and `export` give the same bytes for every path: they are two
//!   loops over one `Site`.
//! - The desk writes a file only where its new `Schedule` is the old one with
//!   just the change that was asked for, and every other line keeps its bytes.

mod announce;
mod changes;
mod cli;
mod desk;
mod digest;
mod doctor;
mod export;
mod feed;
mod history;
mod import;
mod notify;
mod page;
mod review;
mod route;
mod schedule;
mod service;
mod site;
mod source;
mod store;
mod terminal;
mod texts;
mod web;
mod zone;

pub use cli::run;

/// What the tests, benchmarks and fuzz targets drive from outside. Whatever is
/// not named here the compiler sees when nothing uses it.
#[doc(hidden)]
pub mod parts {
    pub use crate::changes::Changes;
    pub use crate::site::Site;
    pub use crate::texts::{Language, Text};

    pub mod feed {
        pub use crate::feed::Stamp;
        pub use crate::feed::event::Event;

        pub mod ics {
            pub use crate::feed::ics::feed;
        }

        pub mod json {
            pub use crate::feed::json::feed;
        }
    }

    pub mod history {
        pub use crate::history::{
            History, HistoryFile, Outcome, Publication, Saved, Terms, publish,
        };
    }

    pub mod page {
        pub use crate::page::{landing, last_boundary};
    }

    pub mod route {
        pub use crate::route::{Directory, Format, Links, Route, Selection};
    }

    pub mod schedule {
        pub use crate::schedule::{
            Calendar, Diagnostic, Districts, Email, Fix, Id, LARGEST, Link, Phone, Reading,
            Rejected, Schedule, Session, WebAddress, read,
        };

        pub mod report {
            pub use crate::schedule::report::{json, text};
        }
    }

    pub mod web {
        pub use crate::web::{Limits, connections_allowed, listen, render, runtime};

        pub mod metrics {
            pub use crate::web::metrics::{Closed, ConnectionMetrics};
        }

        pub mod respond {
            pub use crate::web::respond::{Reply, Response, respond, text};
        }

        pub mod server {
            pub use crate::web::server::{Limits, run};
        }
    }
}
