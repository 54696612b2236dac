//! `import`: the YAML of somebody's existing calendar.

use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use chrono::Utc;

use super::arguments::Common;
use super::fail;
use super::speech::{complain, say};
use crate::import::{LARGEST, import};
use crate::source::{Unreadable, read};

/// Prints the schedule: 0 good, 1 no calendar, 2 unreadable.
pub fn run(common: &Common, file: &Path) -> ExitCode {
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        let read = std::io::stdin()
            .lock()
            .take(LARGEST + 1)
            .read_to_end(&mut bytes);
        read.map(|_| bytes).map_err(Unreadable::Io)
    } else {
        read(file, LARGEST)
    };
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
