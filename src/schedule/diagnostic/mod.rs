//! What is wrong, or looks wrong, in a schedule, in words.
//!
//! **One function a problem**, in the files below by what it is about, most of
//! them as rows of a table: a position in, and out a [`Diagnostic`] with a
//! stable code, what is wrong in Polish and English, and what would be right,
//! in words that can be typed.

use std::collections::HashSet;

use chrono::{NaiveDate, Weekday};

use crate::terminal;
use crate::texts::Language::{English, Polish};
use crate::texts::{Bilingual, Language, dates};

use super::model::Id;
use super::yaml;

/// Rows `severity "code" name(at, …):`, what the words need, Polish, English and
/// [parts](part) -> a function each, from a position to a [`Diagnostic`].
macro_rules! problems {
    ($(
        $(#[$doc:meta])*
        $severity:ident $code:literal $name:ident($at:ident $(, $argument:ident: $type:ty)*):
        $(let $local:pat = $value:expr;)*
        $polish:literal, $english:literal
        $(. $part:ident ($($rest:tt)*))*;
    )*) => {$(
        $(#[$doc])*
        pub(crate) fn $name($at: Position $(, $argument: $type)*) -> Diagnostic {
            $(let $local = $value;)*
            problem! { $severity $code $at, $polish, $english $(. $part ($($rest)*))* }
        }
    )*};
}

/// One such [`Diagnostic`], for a function that has more to decide.
macro_rules! problem {
    ($severity:ident $code:literal $at:expr, $polish:literal, $english:literal
     $(. $part:ident ($($rest:tt)*))*) => {{
        let problem = $crate::schedule::diagnostic::$severity($at, $code, format!($polish), format!($english));
        $(let problem = part!(problem, $part, $($rest)*);)*
        problem
    }};
}

/// `help` says what would be right, `help_if` where a condition or a pattern
/// holds; of several the first counts. All else is a method of [`Diagnostic`].
macro_rules! part {
    ($problem:ident, help, $polish:literal, $english:literal) => {
        $problem.or_help(format!($polish), format!($english))
    };
    ($problem:ident, help_if, let $some:pat = $value:expr, $polish:literal, $english:literal) => {
        if let $some = $value {
            $problem.or_help(format!($polish), format!($english))
        } else {
            $problem
        }
    };
    ($problem:ident, help_if, $holds:expr, $polish:literal, $english:literal) => {
        if $holds {
            $problem.or_help(format!($polish), format!($english))
        } else {
            $problem
        }
    };
    ($problem:ident, $method:ident, $($argument:tt)*) => {
        $problem.$method($($argument)*)
    };
}

pub(crate) mod keys;
pub(crate) mod odd;
pub(crate) mod past;
pub(crate) mod slips;
pub(crate) mod syntax;
pub(crate) mod values;

/// A stretch of the schedule's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// How many characters to underline; it may reach past the end of the
    /// line where the value goes on below. None only where no line of the
    /// schedule is to blame.
    pub length: u32,
}

impl Position {
    /// No line of the schedule: it is about another file. Programs are told
    /// the first line.
    pub const NOWHERE: Position = Position {
        line: 1,
        column: 1,
        length: 0,
    };

    /// The very beginning of the file, for what no single word is to blame.
    pub const TOP: Position = Position {
        line: 1,
        column: 1,
        length: 1,
    };

    /// The position in `original` of what stands here in `meant`, a line with
    /// the same end.
    fn put_back(self, original: &str, meant: &str) -> Position {
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let (long, short) = (count(meant), count(original));
        let same = original
            .chars()
            .rev()
            .zip(meant.chars().rev())
            .take_while(|(one, other)| one == other)
            .count();
        let same = u32::try_from(same).unwrap_or(u32::MAX);
        if self.column + same > long {
            let column = (self.column + short).saturating_sub(long).max(1);
            return Position { column, ..self };
        }
        // Within what was mended.
        let column = self.column.min(short.max(1));
        Position {
            column,
            length: self.length.min(short.saturating_sub(column) + 1).max(1),
            ..self
        }
    }
}

/// Whether a problem keeps a schedule from being published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The schedule cannot be published.
    Error,
    /// Suspicious but possible.
    Warning,
}

/// One thing that is wrong, or looks wrong, in a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it keeps the schedule from being published.
    pub severity: Severity,
    /// What it is, in a word that never changes.
    pub code: &'static str,
    /// Where it is.
    pub position: Position,
    /// The id of the session that it is in, as far as it could be read.
    pub session: Option<String>,
    /// What to type and where, if that alone is the mend.
    pub fix: Option<Fix>,
    /// How many it stands for: one, but where it only counts others.
    counted: usize,
    message: Bilingual,
    help: Option<Bilingual>,
}

/// A stretch of one line, and what to type in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is to go.
    pub at: Position,
    /// What is to stand there.
    pub text: String,
}

/// Nothing that disturbs a terminal, and no more than can be read.
fn words(polish: impl Into<String>, english: impl Into<String>) -> Bilingual {
    const LONGEST: usize = 1_000;
    Bilingual::new(polish, english).map(|words| terminal::shown(words, LONGEST))
}

impl Diagnostic {
    /// What is wrong, in one sentence without a full stop. A reader of
    /// Ukrainian gets English.
    pub fn message(&self, language: Language) -> &str {
        self.message.get(language)
    }

    /// What would be right, where that can be told.
    pub fn help(&self, language: Language) -> Option<&str> {
        self.help.as_ref().map(|help| help.get(language))
    }

    /// The same, as a problem of the session `id`.
    pub(crate) fn in_session(self, id: &Id) -> Diagnostic {
        Diagnostic {
            session: Some(id.to_string()),
            ..self
        }
    }

    /// What would be right, where nothing better was said before.
    fn or_help(mut self, polish: impl Into<String>, english: impl Into<String>) -> Diagnostic {
        self.help.get_or_insert_with(|| words(polish, english));
        self
    }

    /// What to type in the very place of the problem, where that is known.
    fn replaced_by<'t>(self, text: impl Into<Option<&'t str>>) -> Diagnostic {
        let at = self.position;
        match text.into() {
            Some(text) => self.replaced_at(at, text),
            None => self,
        }
    }

    /// What to type elsewhere.
    fn replaced_at(self, at: Position, text: &str) -> Diagnostic {
        let text = text.to_owned();
        Diagnostic {
            fix: Some(Fix { at, text }),
            ..self
        }
    }

    /// What is told to write stands for more than is marked.
    fn without_fix(self) -> Diagnostic {
        Diagnostic { fix: None, ..self }
    }

    /// The known word that was probably meant, where there is one.
    fn did_you_mean(self, near: Option<&str>) -> Diagnostic {
        let Some(near) = near else { return self };
        let asked = part! { self, help, "czy chodziło o „{near}”?", "did you mean \"{near}\"?" };
        asked.replaced_by(near)
    }

    /// That something in `given` is not seen, for the help to be understood.
    fn with_invisible(mut self, given: &str) -> Diagnostic {
        let is_seen = |character: char| match character {
            ' ' | '\t' => true,
            _ => !character.is_whitespace() && terminal::is_visible(character),
        };
        if let Some(help) = self.help.as_mut().filter(|_| !given.chars().all(is_seen)) {
            help.push(
                " (jest tu niewidoczny znak)",
                " (an invisible character stands here)",
            );
        }
        self
    }

    /// What to write instead, to the letter, where that is known.
    fn write(self, right: Option<&str>) -> Diagnostic {
        let Some(right) = right else { return self };
        let shown = whole(right);
        let told = part! { self, help, "napisz „{shown}”", "write \"{shown}\"" };
        told.replaced_by(right)
    }

    /// A line as it could be; nothing where `example` is empty.
    fn for_example(self, example: &str) -> Diagnostic {
        let said = !example.is_empty();
        part! { self, help_if, said, "na przykład: {example}", "for example: {example}" }
    }
}

fn error(
    position: Position,
    code: &'static str,
    polish: impl Into<String>,
    english: impl Into<String>,
) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code,
        position,
        session: None,
        fix: None,
        counted: 1,
        message: words(polish, english),
        help: None,
    }
}

fn warning(
    position: Position,
    code: &'static str,
    polish: impl Into<String>,
    english: impl Into<String>,
) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        ..error(position, code, polish, english)
    }
}

/// A value as it was given, short enough for one line of a report and without
/// anything that would disturb a terminal.
fn quoted(given: &str) -> String {
    terminal::shown(given, 60)
}

/// A value to write instead: as long as a person may be asked to copy.
fn whole(right: &str) -> String {
    terminal::shown(right, 300)
}

/// A character that can be seen; the number of one that cannot.
fn character_shown(character: char) -> String {
    if character.is_whitespace() || !terminal::is_visible(character) {
        format!("U+{:04X}", u32::from(character))
    } else {
        character.to_string()
    }
}

/// `3, 4 and 7`.
fn listed(lines: &[u32], and: &str) -> String {
    let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
    match numbers.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} {and} {last}", most.join(", ")),
        _ => numbers.concat(),
    }
}

/// A date in Polish and in English.
fn date_in_words(date: NaiveDate) -> (String, String) {
    (dates::date(date, Polish), dates::date(date, English))
}

/// A day of the week in Polish and in English.
fn day_in_words(day: Weekday) -> (&'static str, &'static str) {
    (dates::weekday(day, Polish), dates::weekday(day, English))
}

/// The form of a Polish noun after a number: 1 wpis, 2 wpisy, 5 wpisów, 12
/// wpisów, 22 wpisy.
pub(super) fn plural<'w>(count: usize, one: &'w str, few: &'w str, many: &'w str) -> &'w str {
    match (count, count % 10, count / 10 % 10) {
        (1, ..) => one,
        (_, 2..=4, tens) if tens != 1 => few,
        _ => many,
    }
}

/// The diagnostics of one reading, as they are found.
///
/// It holds the first [`Diagnostics::MOST`] of each severity and counts the
/// rest, and it rations the looking for near misses: so a hostile file costs
/// no more than its length.
#[derive(Debug)]
pub(crate) struct Diagnostics {
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    more_errors: usize,
    more_warnings: usize,
    session: Option<String>,
    comparisons_left: usize,
}

impl Diagnostics {
    /// How many errors, and how many warnings, are told one by one.
    pub(super) const MOST: usize = 1_000;

    /// How many pairs of words are compared in search of near misses.
    const MOST_COMPARISONS: usize = 200_000;

    pub(crate) fn new() -> Diagnostics {
        Diagnostics {
            errors: Vec::new(),
            warnings: Vec::new(),
            more_errors: 0,
            more_warnings: 0,
            session: None,
            comparisons_left: Diagnostics::MOST_COMPARISONS,
        }
    }

    /// From now on, what is found belongs to the session of this id.
    pub(super) fn enter_session(&mut self, id: Option<String>) {
        self.session = id;
    }

    pub(super) fn leave_session(&mut self) {
        self.session = None;
    }

    pub(crate) fn add(&mut self, diagnostic: Diagnostic) {
        let (list, more) = match diagnostic.severity {
            Severity::Error => (&mut self.errors, &mut self.more_errors),
            Severity::Warning => (&mut self.warnings, &mut self.more_warnings),
        };
        if list.len() < Diagnostics::MOST {
            let session = diagnostic.session.or_else(|| self.session.clone());
            list.push(Diagnostic {
                session,
                ..diagnostic
            });
        } else {
            *more += 1;
        }
    }

    pub(super) fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The lines of the errors of one code.
    pub(super) fn lines_of(&self, code: &str) -> HashSet<u32> {
        self.errors
            .iter()
            .filter(|error| error.code == code)
            .map(|error| error.position.line)
            .collect()
    }

    /// Adds what is told before all else of the same place.
    pub(super) fn prepend(&mut self, mut errors: Vec<Diagnostic>) {
        errors.append(&mut self.errors);
        self.more_errors += errors.len().saturating_sub(Diagnostics::MOST);
        errors.truncate(Diagnostics::MOST);
        self.errors = errors;
    }

    /// Tells where in `original` everything stands that was found in `meant`,
    /// which has the same lines with other words in some of them.
    pub(super) fn put_back(&mut self, original: &str, meant: &str) {
        // A line of a person's; more would cost its length for each mistake.
        const LONGEST: usize = 10_000;
        let lines: Vec<(&str, &str)> = yaml::lines(original).zip(yaml::lines(meant)).collect();
        for found in self.errors.iter_mut().chain(&mut self.warnings) {
            let mut positions = vec![&mut found.position];
            positions.extend(found.fix.as_mut().map(|fix| &mut fix.at));
            for position in positions {
                if let Some((original, meant)) = lines.get(position.line as usize - 1)
                    && original != meant
                    && meant.len() <= LONGEST
                {
                    *position = position.put_back(original, meant);
                }
            }
        }
    }

    /// Whether further errors are only counted: then reading on is of no use
    /// to anyone.
    pub(super) fn are_full(&self) -> bool {
        self.more_errors > 0
    }

    /// Whether one more pair of words may be compared.
    pub(super) fn may_compare(&mut self) -> bool {
        let may = self.comparisons_left > 0 && !self.are_full();
        self.comparisons_left = self.comparisons_left.saturating_sub(1);
        may
    }

    /// The errors and the warnings, each in the file's order.
    pub(crate) fn into_lists(self) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        (
            in_order(self.errors, self.more_errors, Severity::Error),
            in_order(self.warnings, self.more_warnings, Severity::Warning),
        )
    }
}

fn in_order(mut found: Vec<Diagnostic>, more: usize, severity: Severity) -> Vec<Diagnostic> {
    // A stable sort: what was found first at one place is told first.
    found.sort_by_key(|diagnostic| (diagnostic.position.line, diagnostic.position.column));
    if more > 0 {
        let position = found.last().map_or(Position::TOP, |last| last.position);
        found.push(Diagnostic {
            severity,
            counted: more,
            ..and_more(position, more)
        });
    }
    found
}

problems! {
    /// So many that the rest is only counted, as far as it was read.
    error "and-more" and_more(at, count: usize):
        let entries = plural(count, "podobny wpis", "podobne wpisy", "podobnych wpisów");
        "i co najmniej {count} {entries}", "and at least {count} more like these"
        .help("popraw część i sprawdź ponownie", "mend some and check again");
}

/// How many things a list tells of, those that it only counts included.
pub(super) fn count(found: &[Diagnostic]) -> usize {
    found.iter().map(|diagnostic| diagnostic.counted).sum()
}
