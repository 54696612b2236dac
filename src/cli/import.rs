//! `import`: the YAML of somebody's existing calendar.

use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;

use super::arguments::Common;
use super::fail;
use super::speech::{complain, say};
use crate::import::{LARGEST, import};
use crate::source::Source;

/// Prints the schedule: 0 good, 1 no calendar, 2 unreadable.
pub fn run(common: &Common, file: &Path) -> ExitCode {
    let bytes = Source::named(file).read_within(LARGEST);
    let name = file.display();
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return fail(&name.to_string(), &error),
    };
    let language = common.report_language();
    match import(&bytes, language, Utc::now()) {
        Ok(yaml) => say(yaml, ExitCode::SUCCESS),
        Err(fault) => {
            complain(format_args!("{name}: {}", fault.message(language)));
            ExitCode::FAILURE
        }
    }
}
