//! The command line: arguments -> one of the commands -> an exit code.

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;

mod announce;
mod arguments;
mod changes;
mod check;
mod doctor;
mod edit;
mod export;
mod health;
mod import;
mod log;
mod preview;
mod schedule_file;
mod serve;
mod speech;
mod telling;

use crate::schedule;
use crate::source::Source;
use crate::terminal::with_causes;
use arguments::{Arguments, Command, Common};

/// Something could not be read, written or understood.
const UNUSABLE: u8 = 2;

/// Does what the command line says.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let common = &arguments.common;
    let _log = log::to_stderr(common.log_format, common.log_level);
    match &arguments.command {
        None | Some(Command::Serve) => serve::run(common),
        Some(Command::Check(report)) => check::run(common, report),
        Some(Command::Changes(report)) => changes::tell(common, report),
        Some(Command::Publish { report, above }) => changes::publish(common, report, *above),
        Some(Command::Export { folder }) => export::run(common, folder),
        Some(Command::Announce { report, session }) => {
            announce::run(common, report, session.as_deref())
        }
        Some(Command::Preview { file }) => preview::run(common, file.as_deref()),
        Some(Command::Edit { file, no_browser }) => edit::run(common, file.as_deref(), *no_browser),
        Some(Command::Import { file }) => import::run(common, file),
        Some(Command::Schema) => speech::say(schedule::SCHEMA, ExitCode::SUCCESS),
        Some(Command::Health { url }) => health::run(url.as_deref(), common.serving.listen),
        Some(Command::Doctor { url, format }) => doctor::run(common, url, *format),
    }
}

/// The schedule of `serve` and `export`: the flag's, else the one that the
/// program was built with.
fn source(common: &Common) -> Source {
    common
        .schedule
        .as_deref()
        .map_or(Source::Embedded, Source::named)
}

/// Says what could not be done and why.
fn fail(what: &str, error: &dyn Error) -> ExitCode {
    speech::complain(format_args!("{what}: {}", with_causes(error)));
    ExitCode::from(UNUSABLE)
}
