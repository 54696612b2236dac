//! The program: see `spotkajmy --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    spotkajmy::run()
}
