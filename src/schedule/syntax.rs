//! What the YAML library could not read -> the mistake that a person most
//! probably made, and where they made it.
//!
//! The library tells where it gave up, which is often a line below the
//! mistake. So the lines around that place are looked at once more.

use saphyr_parser::ScanError;

use super::diagnostic::{Diagnostic, Position, slips, syntax as say};
use super::slips::{Line, key_and_value, quoted, without_comment};
use super::yaml::lines;

/// The mistake behind `error`. `open` is the
/// bracket that was opened last and is still open.
pub(super) fn explain(error: &ScanError, text: &str, open: Option<(Position, char)>) -> Diagnostic {
    let marker = error.marker();
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let place = Position {
        line: number(marker.line()).max(1),
        column: number(marker.col()).saturating_add(1),
        length: 1,
    };
    // The library looks ahead, and has a limit of its own.
    if error.info() == "recursion limit exceeded" {
        return say::too_deep(place);
    }
    let around = Around::new(text, marker.line());
    mistake(error.info(), place, &around, open)
}

/// The line where the library gave up, the last one above it that says
/// anything, and the one below.
struct Around<'t> {
    here: &'t str,
    above: &'t str,
    above_number: u32,
    below: &'t str,
    /// The bracket or brace that was opened last above and never closed.
    bracket: Option<(Position, char)>,
}

impl<'t> Around<'t> {
    fn new(text: &'t str, number: usize) -> Around<'t> {
        let mut around = Around {
            here: "",
            above: "",
            above_number: 1,
            below: "",
            bracket: None,
        };
        for (at, line) in (1..=number + 1).zip(lines(text)) {
            let at_number = u32::try_from(at).unwrap_or(u32::MAX);
            if at > number {
                around.below = line;
                break;
            }
            if let Some((column, character)) = open_bracket(line) {
                let place = Position {
                    line: at_number,
                    column,
                    length: 1,
                };
                around.bracket = Some((place, character));
            }
            if at == number {
                around.here = line;
            } else if !is_blank(line) {
                around.above = line;
                around.above_number = at_number;
            }
        }
        around
    }

    /// The place of the first word of the line above.
    fn above_place(&self) -> Position {
        let word = self.above.trim();
        let characters = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        Position {
            line: self.above_number,
            column: characters(self.above) - characters(self.above.trim_start()) + 1,
            length: characters(word).max(1),
        }
    }
}

/// The column and the character of a bracket or brace that begins a value in
/// this line and is not closed in it.
fn open_bracket(line: &str) -> Option<(u32, char)> {
    if is_blank(line) {
        return None;
    }
    let mut open = Vec::new();
    let mut quote = None;
    let mut before = ' ';
    for (column, character) in (1..).zip(line.chars()) {
        match (quote, character) {
            (Some(mark), _) if character == mark => quote = None,
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',') => {
                quote = Some(character);
            }
            (None, '[' | '{') if matches!(before, ' ' | '[' | '{' | ',') => {
                open.push((column, character));
            }
            (None, ']' | '}') => {
                open.pop();
            }
            (None, '#') if before == ' ' => break,
            _ => {}
        }
        before = character;
    }
    open.pop()
}

fn is_blank(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// How many blanks stand before the line's first word.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The line's text behind the dashes of list entries.
fn entry(line: &str) -> &str {
    let mut entry = line.trim();
    while let Some(rest) = entry.strip_prefix("- ") {
        entry = rest.trim_start();
    }
    entry
}

/// `key: value`, with a value.
fn key_with_value(line: &str) -> bool {
    entry(line)
        .split_once(": ")
        .is_some_and(|(_, value)| !is_blank(value))
}

/// `key:value`.
fn key_without_space(line: &str) -> bool {
    entry(line).split_once(':').is_some_and(|(key, value)| {
        !key.is_empty()
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
            && !value.is_empty()
            && !value.starts_with([' ', '/', '\t'])
    })
}

/// `-entry`.
fn dash_without_space(line: &str) -> bool {
    line.trim_start()
        .strip_prefix('-')
        .is_some_and(|entry| entry.starts_with(|first: char| first.is_alphabetic()))
}

/// `- entry`.
fn is_entry(line: &str) -> bool {
    line.trim_start().starts_with("- ")
}

/// The column of the line's first tab.
fn column_of_tab(line: &str) -> u32 {
    let characters = line.chars().take_while(|character| *character != '\t');
    u32::try_from(characters.count() + 1).unwrap_or(u32::MAX)
}

fn has_tab_before_text(line: &str) -> bool {
    line[..indentation(line)].contains('\t')
}

fn mistake(
    info: &str,
    place: Position,
    around: &Around<'_>,
    open: Option<(Position, char)>,
) -> Diagnostic {
    if info.contains("unprintable") || info.contains("byte order mark") {
        return say::invisible(place);
    }
    // The library may have looked ahead from the line above.
    for (offset, line) in [(0, around.here), (1, around.below)] {
        if has_tab_before_text(line) {
            let place = Position {
                line: place.line + offset,
                column: column_of_tab(line),
                length: 1,
            };
            return say::tab(place);
        }
    }
    if info.contains("tab") || (info.contains("whitespace") && around.here.contains('\t')) {
        let column = column_of_tab(around.here);
        return say::tab(Position { column, ..place });
    }
    if info.contains("escape") || info.contains("hexadecimal") {
        return say::backslash(place);
    }
    if info.contains("quoted scalar, found unexpected")
        || info == "invalid indentation in quoted scalar"
    {
        return say::open_quote(place);
    }
    if info.contains("trailing content after") {
        return say::text_after_quote(place);
    }
    if let Some(character) = info
        .strip_prefix("unexpected character: `")
        .and_then(|rest| rest.chars().next())
    {
        return reserved(place, character, around.here);
    }
    if info.contains("anchor or alias")
        || info.contains("unknown anchor")
        || info.contains("tag")
        || info.contains("handle wasn't declared")
    {
        let character = around
            .here
            .chars()
            .find(|character| matches!(character, '*' | '&' | '!'))
            .unwrap_or('*');
        return reserved(place, character, around.here);
    }
    if let Some((bracket, character)) = open {
        return say::open_bracket(bracket, character);
    }
    if info.contains("is only valid inside a block")
        && let Some((bracket, character)) = around.bracket
    {
        return say::open_bracket(bracket, character);
    }
    if info == "misplaced bracket" {
        return say::stray_bracket(place);
    }
    if info.contains("comment intercepting") {
        return say::text_after_comment(place);
    }
    if info.contains("block sequence entries are not allowed") {
        return say::dash_after_key(place);
    }
    if info.contains("expected '-' indicator") && !is_entry(around.here) {
        return say::list_mixed_with_keys(place);
    }
    if info.contains("mapping values are not allowed")
        || info.contains("simple key")
        || info.contains("expected key")
        || info.contains("<document start>")
        || info.contains("expected '-' indicator")
        || info.contains("indentation")
    {
        return misread_line(place, around);
    }
    say::other(place)
}

/// A text that begins with a character that YAML keeps for itself.
fn reserved(place: Position, character: char, line: &str) -> Diagnostic {
    let line = Line::of(line);
    match key_and_value(line.entry) {
        Some((key, value)) if value.starts_with(character) => {
            let value = without_comment(value);
            let at = line.part(place.line as usize, value);
            slips::reserved_start(at, character, key, &quoted(value))
        }
        _ => say::reserved_start(place, character),
    }
}

/// The library met a key, or the end of one, where none can be: the mistake
/// is in this line or in the one above.
fn misread_line(place: Position, around: &Around<'_>) -> Diagnostic {
    let before = around
        .here
        .char_indices()
        .nth(place.column as usize - 1)
        .map_or(around.here, |(at, _)| &around.here[..at]);
    let here_place = Position {
        column: place.column.min(
            u32::try_from(indentation(around.here))
                .unwrap_or(u32::MAX)
                .saturating_add(1),
        ),
        ..place
    };
    if before.contains(": ") {
        return say::colon_in_text(place);
    }
    for (line, place) in [
        (around.above, around.above_place()),
        (around.here, here_place),
    ] {
        if dash_without_space(line) {
            return say::no_space_after_dash(place);
        }
        if key_without_space(line) {
            return say::no_space_after_colon(place);
        }
    }
    let above_is_key = entry(around.above).contains(':');
    if !above_is_key && !around.above.is_empty() && !around.above.trim_start().starts_with('-') {
        return say::no_colon(around.above_place());
    }
    if !around.here.contains(':') && !around.here.trim_start().starts_with('-') {
        return say::no_colon(here_place);
    }
    if is_entry(around.here) != is_entry(around.above)
        && indentation(around.here) == indentation(around.above)
        && !key_with_value(around.above)
    {
        return say::list_mixed_with_keys(here_place);
    }
    say::indentation(here_place)
}
