//! What a reading found -> a report for a terminal, or for a program.
//!
//! The text looks like rustc's: where, the line itself, what to mark in it,
//! what would be right. Nothing of the file reaches the terminal unchanged
//! that could move its cursor or change its colours.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use crate::texts::Language;

use super::diagnostic::{self, Diagnostic, Position, Severity, plural};
use super::{Reading, Rejected, Schedule};

/// How much of a long line is shown, in columns.
const WIDTH: usize = 110;

/// How many characters of a line are looked at on either side of a problem:
/// a line may be as long as the file.
const REACH: u32 = 200;

/// The report of one file, as text.
///
/// `file` is what to call it, `source` its bytes as they were read. `color`
/// adds ANSI colours.
pub fn text(
    file: &str,
    source: &[u8],
    outcome: Result<&Reading, &Rejected>,
    language: Language,
    color: bool,
) -> String {
    let (problems, warnings) = lists(outcome);
    let mut report = String::new();
    snippets(&mut report, file, source, warnings, language, color);
    // The errors come last, where a terminal still shows them.
    snippets(&mut report, file, source, problems, language, color);
    report.push_str(&summary(file, outcome, language));
    report.push('\n');
    report
}

/// One sentence on what was found.
pub fn summary(file: &str, outcome: Result<&Reading, &Rejected>, language: Language) -> String {
    let (problems, warnings) = lists(outcome);
    let warnings = diagnostic::count(warnings);
    match (outcome, language) {
        (Ok(reading), Language::Polish) => {
            let besides = match warnings {
                0 => String::new(),
                some => format!(
                    " {}: zobacz powyżej, czy tak ma być.",
                    warnings_in_polish(some)
                ),
            };
            let [sessions, venues, districts] = sizes(&reading.schedule);
            format!(
                "Plik {file} jest w porządku: {sessions} {}, {venues} {}, {districts} {}.{besides}",
                plural(sessions, "spotkanie", "spotkania", "spotkań"),
                plural(venues, "miejsce", "miejsca", "miejsc"),
                plural(districts, "dzielnica", "dzielnice", "dzielnic"),
            )
        }
        (Ok(reading), Language::English | Language::Ukrainian) => {
            let besides = match warnings {
                0 => String::new(),
                some => format!(
                    " {}: see above whether that is meant.",
                    counted(some, "warning")
                ),
            };
            let [sessions, venues, districts] = sizes(&reading.schedule);
            format!(
                "{file} is good: {}, {}, {}.{besides}",
                counted(sessions, "session"),
                counted(venues, "venue"),
                counted(districts, "district"),
            )
        }
        (Err(_), Language::Polish) => {
            let problems = diagnostic::count(problems);
            let besides = match warnings {
                0 => String::new(),
                some => format!(" i {}", warnings_in_polish(some)),
            };
            format!(
                "{problems} {}{besides} w pliku {file}. Nic nie zostało opublikowane, mieszkańcy \
                 nie widzą żadnej zmiany: popraw {} i sprawdź ponownie.",
                plural(problems, "problem", "problemy", "problemów"),
                if problems == 1 { "go" } else { "je" },
            )
        }
        (Err(_), Language::English | Language::Ukrainian) => {
            let problems = diagnostic::count(problems);
            let besides = match warnings {
                0 => String::new(),
                some => format!(" and {}", counted(some, "warning")),
            };
            format!(
                "{}{besides} in {file}. Nothing was published, residents see no change: mend {} \
                 and check again.",
                counted(problems, "problem"),
                if problems == 1 { "it" } else { "them" },
            )
        }
    }
}

fn sizes(schedule: &Schedule) -> [usize; 3] {
    [
        schedule.sessions().len(),
        schedule.venues().len(),
        schedule.districts().len(),
    ]
}

fn warnings_in_polish(count: usize) -> String {
    let noun = plural(count, "ostrzeżenie", "ostrzeżenia", "ostrzeżeń");
    format!("{count} {noun}")
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// The report of one file, for editors and CI: an object with `file`, and
/// `problems` and `warnings`, each with `line` and `column` (from 1),
/// `length`, `severity`, `code`, `message`, `help` where there is one, and `session`
/// where it is in one.
pub fn json(file: &str, outcome: Result<&Reading, &Rejected>, language: Language) -> String {
    let (problems, warnings) = lists(outcome);
    let entries = |found: &[Diagnostic]| -> Vec<Value> {
        found
            .iter()
            .map(|problem| entry(problem, language))
            .collect()
    };
    let report = json!({
        "file": file,
        "problems": entries(problems),
        "warnings": entries(warnings),
    });
    format!("{report:#}\n")
}

/// A problem or a warning for a program.
pub(crate) fn entry(problem: &Diagnostic, language: Language) -> Value {
    let mut entry = json!({
        "line": problem.position.line,
        "column": problem.position.column,
        "length": problem.position.length,
        "severity": match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "code": problem.code,
        "message": problem.message(language),
    });
    if let Some(help) = problem.help(language) {
        entry["help"] = help.into();
    }
    if let Some(session) = &problem.session {
        entry["session"] = session.as_str().into();
    }
    entry
}

fn lists<'r>(outcome: Result<&'r Reading, &'r Rejected>) -> (&'r [Diagnostic], &'r [Diagnostic]) {
    match outcome {
        Ok(reading) => (&[], &reading.warnings),
        Err(rejected) => (&rejected.problems, &rejected.warnings),
    }
}

/// Writes the problems, which stand in the file's order, each with its line.
fn snippets(
    report: &mut String,
    file: &str,
    source: &[u8],
    found: &[Diagnostic],
    language: Language,
    color: bool,
) {
    if found.is_empty() {
        return;
    }
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let text = String::from_utf8_lossy(without_mark(source));
    let mut cursor = Cursor::new(&text);
    for problem in found {
        let part = cursor.around(problem.position);
        let drawn = renderer.render(&[snippet(file, part, problem, language)]);
        // Writing to a String cannot fail.
        let _ = writeln!(report, "{drawn}\n");
    }
}

fn without_mark(source: &[u8]) -> &[u8] {
    source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source)
}

fn snippet<'r>(
    file: &'r str,
    part: Part,
    problem: &'r Diagnostic,
    language: Language,
) -> Group<'r> {
    let [error, warning, help_name, session_name] = match language {
        Language::Polish => ["błąd", "ostrzeżenie", "pomoc", "spotkanie"],
        Language::English | Language::Ukrainian => ["error", "warning", "help", "session"],
    };
    let level = match problem.severity {
        Severity::Error => Level::ERROR.with_name(error),
        Severity::Warning => Level::WARNING.with_name(warning),
    };
    let position = problem.position;
    let shown = Snippet::source(part.text)
        .line_start(position.line as usize)
        .annotation(AnnotationKind::Primary.span(part.marked));
    let title = level.primary_title(problem.message(language));
    let mut report = if position == Position::NOWHERE {
        Group::with_title(title)
    } else if part.cropped {
        // In a cropped line the library would count a column of the part.
        let origin = Origin::path(file)
            .line(position.line as usize)
            .char_column(position.column as usize);
        title.element(origin).element(shown)
    } else {
        title.element(shown.path(file))
    };
    if let Some(help) = problem.help(language) {
        report = report.element(Level::HELP.with_name(help_name).message(help));
    }
    if let Some(session) = &problem.session {
        report = report.element(
            Level::NOTE
                .with_name(session_name)
                .message(session.as_str()),
        );
    }
    report
}

/// A part of a line.
struct Part {
    text: String,
    /// The bytes of it that the problem is about.
    marked: Range<usize>,
    /// Whether the line's beginning is left out.
    cropped: bool,
}

/// Walks once over the text, however many problems it has and however long
/// its lines are: the problems come in the text's order.
struct Cursor<'t> {
    rest: &'t str,
    line: u32,
    column: u32,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str) -> Cursor<'t> {
        Cursor {
            rest: text,
            line: 1,
            column: 1,
        }
    }

    /// What stands around `place`, which must not come before the place that
    /// was last asked for.
    fn around(&mut self, place: Position) -> Part {
        let first = place.column.saturating_sub(REACH).max(1);
        while (self.line, self.column) < (place.line, first) && self.step() {}
        let mut text = String::new();
        let mut marked: Option<Range<usize>> = None;
        let characters = self.rest.chars().take(2 * REACH as usize);
        for (column, character) in (self.column..).zip(characters) {
            if is_end_of_line(character) || self.line != place.line {
                break;
            }
            let start = text.len();
            // The library draws U+0000 to U+001F, and lets these through,
            // which some terminals obey.
            text.push(match character {
                '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
                _ => character,
            });
            if column >= place.column && column - place.column < place.length {
                marked.get_or_insert(start..start).end = text.len();
            }
        }
        Part {
            // A place behind the line's last character is marked there.
            marked: marked.unwrap_or(text.len()..text.len()),
            text,
            cropped: first > 1,
        }
    }

    /// Goes on by one character; `false` at the end.
    fn step(&mut self) -> bool {
        let mut characters = self.rest.chars();
        let Some(character) = characters.next() else {
            return false;
        };
        let rest = characters.as_str();
        // CR and LF together end one line.
        let half = character == '\r' && rest.starts_with('\n');
        if is_end_of_line(character) && !half {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        self.rest = rest;
        true
    }
}

fn is_end_of_line(character: char) -> bool {
    matches!(character, '\n' | '\r')
}
