//! What a command has to say -> standard output and standard error, whoever
//! listens. `print!` and `eprintln!` end the program by a panic where nobody
//! does.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::ExitCode;

use super::fail;
use crate::schedule::{Reading, Rejected, report};
use crate::texts::Language;

/// Writes on standard output. A reader who has read enough, such as `head`,
/// is no error.
///
/// # Errors
/// It cannot be written, such as to a full disk.
pub fn print(text: impl Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match write!(out, "{text}").and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Writes what a command was asked for: `code`, or 2 where it cannot be
/// written.
pub fn say(text: impl Display, code: ExitCode) -> ExitCode {
    match print(text) {
        Ok(()) => code,
        Err(error) => fail("standard output", &error),
    }
}

/// Writes a line on standard error; where that leads nowhere, the exit code
/// stands without.
pub fn complain(line: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Complains of a schedule with problems: 1.
pub fn refuse(name: &str, bytes: &[u8], rejected: &Rejected, language: Language) -> ExitCode {
    let color = wants_color(&io::stderr());
    let report = report::text(name, bytes, Err(rejected), language, color);
    complain(report.trim_end_matches('\n'));
    ExitCode::FAILURE
}

/// The report of a schedule, as standard output takes it.
pub fn report_to_say(
    name: &str,
    bytes: &[u8],
    outcome: Result<&Reading, &Rejected>,
    language: Language,
) -> String {
    report::text(name, bytes, outcome, language, wants_color(&io::stdout()))
}

/// Whether to colour what goes there: a terminal, unless `NO_COLOR` is set
/// (no-color.org).
fn wants_color(stream: &impl IsTerminal) -> bool {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !plain
}
