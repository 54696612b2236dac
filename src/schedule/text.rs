//! Human texts: a plain string, or a map by language.

use std::borrow::Cow;

use crate::texts::{Language, Text};

use super::diagnostic::keys::{self, Shape};
use super::diagnostic::{Diagnostics, Position, odd, values};
use super::fields::{Field, Section, key_word, wrong_shape};
use super::guess::near_language;
use super::lint::repaired_letters;
use super::yaml::{Node, Style, Value};

/// Whether a text may have line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// It stands on one line.
    One,
    /// Paragraphs are welcome.
    Many,
}

/// Reads a text that stands on one line. `own` is the calendar's own
/// language; `None` where that could not be read, and then any language will
/// do.
pub(super) fn one_line(
    own: Option<Language>,
) -> impl Fn(Field<'_, '_>, &mut Diagnostics) -> Option<Text> {
    move |field, diagnostics| text(field, Lines::One, own, diagnostics)
}

/// Reads a text that may have several paragraphs.
pub(super) fn paragraphs(
    own: Option<Language>,
) -> impl Fn(Field<'_, '_>, &mut Diagnostics) -> Option<Text> {
    move |field, diagnostics| text(field, Lines::Many, own, diagnostics)
}

/// Reads a text that is the same in every language, on one line.
pub(super) fn same_line(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<String> {
    line_or_lines(field.key, field.node, Lines::One, diagnostics).map(str::to_owned)
}

fn text(
    field: Field<'_, '_>,
    lines: Lines,
    own: Option<Language>,
    diagnostics: &mut Diagnostics,
) -> Option<Text> {
    let entries = match &field.node.value {
        Value::Scalar { .. } => {
            return line_or_lines(field.key, field.node, lines, diagnostics).map(Text::same);
        }
        Value::Keys(entries) => entries,
        Value::List(_) => {
            let one_line = lines == Lines::One;
            let at = field.position();
            diagnostics.add(keys::text_as_list(at, field.key, field.key, one_line));
            return None;
        }
        Value::Refused => return None,
    };
    let mut words: [Option<&str>; 3] = [None; 3];
    let mut lines_seen: [Option<u32>; 3] = [None; 3];
    let mut good = true;
    for (key, value) in entries {
        let Some(code) = key_word(key, diagnostics) else {
            good = false;
            continue;
        };
        let Some(language) = Language::from_code(code) else {
            let near = near_language(code, diagnostics);
            diagnostics.add(values::unknown_language(key.position, code, near));
            good = false;
            continue;
        };
        let at = language as usize;
        if let Some(first_line) = lines_seen[at] {
            diagnostics.add(keys::duplicate_key(key.position, code, first_line));
            good = false;
            continue;
        }
        lines_seen[at] = Some(key.position.line);
        if value.is_null() {
            continue;
        }
        if matches!(value.value, Value::List(_)) {
            let path = format!("{}.{code}", field.key);
            let one_line = lines == Lines::One;
            diagnostics.add(keys::text_as_list(value.position, &path, code, one_line));
            good = false;
            continue;
        }
        words[at] = line_or_lines(field.key, value, lines, diagnostics);
        good &= words[at].is_some();
    }
    // A map all of whose languages are faulty is told by those faults alone.
    let own = own.or_else(|| {
        Language::ALL
            .into_iter()
            .find(|language| words[*language as usize].is_some())
    })?;
    match words[own as usize] {
        Some(said) if good => Some(Text::by_language(said, |language| words[language as usize])),
        None if good => {
            diagnostics.add(values::own_language_missing(field.position(), own));
            None
        }
        _ => None,
    }
}

/// What a single value says: trimmed, not blank, without control characters.
fn line_or_lines<'n>(
    key: &'static str,
    node: &'n Node<'_>,
    lines: Lines,
    diagnostics: &mut Diagnostics,
) -> Option<&'n str> {
    let Value::Scalar { text, .. } = &node.value else {
        wrong_shape(key, node, Shape::Value, None, diagnostics);
        return None;
    };
    // A block scalar ends with a line break that nobody meant.
    let said = text.trim_matches([' ', '\n']);
    if said.chars().all(is_blank) {
        diagnostics.add(keys::empty_value(node.position, key));
        return None;
    }
    let mut good = true;
    if lines == Lines::One && said.contains('\n') {
        diagnostics.add(values::line_break(node.position, key));
        good = false;
    }
    if said.contains(is_suspect) {
        let first = node.first_character();
        for (index, character) in (0..).zip(text.chars()) {
            let position = first.map_or(node.position, |first| Position {
                column: first.column.saturating_add(index),
                ..first
            });
            if is_forbidden(character) {
                diagnostics.add(match character {
                    '\t' => values::tab_in_text(position),
                    _ => values::control_character(position, character),
                });
                good = false;
            } else if character == char::REPLACEMENT_CHARACTER {
                diagnostics.add(values::lost_letter(position));
            }
        }
    }
    if let Some(right) = repaired_letters(said) {
        diagnostics.add(odd::broken_letters(node.position, &right));
    }
    if lines == Lines::One
        && let Value::Scalar {
            text: Cow::Owned(folded),
            style: Style::Plain,
        } = &node.value
        && let Some((key, line)) = key_within(folded)
    {
        diagnostics.add(odd::key_in_text(node.position, key, line));
    }
    good.then(|| said.trim())
}

/// Whether a text on one line may be `words`.
pub(crate) fn is_line(words: &str) -> bool {
    is_paragraphs(words) && !words.contains('\n')
}

/// Whether a text in paragraphs may be `words`.
pub(crate) fn is_paragraphs(words: &str) -> bool {
    !words.chars().all(is_blank) && !words.contains(is_forbidden)
}

/// A key without its colon in a text of several lines, and the words from it
/// on: `status cancelled`.
fn key_within(text: &str) -> Option<(&'static str, &str)> {
    Section::Session.keys().iter().find_map(|key| {
        let at = text.find(&format!(" {key} "))?;
        Some((*key, &text[at + 1..]))
    })
}

/// Whether nothing is seen of it.
fn is_blank(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// Whether `character` is worth a second look: all but none are not.
fn is_suspect(character: char) -> bool {
    is_forbidden(character) || character == char::REPLACEMENT_CHARACTER
}

/// Whether a text may never hold `character`: what ends a line for some
/// program and not for another, what no program shows, what XML (and so Atom)
/// forbids, and what turns the rest of a line around.
fn is_forbidden(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(
            character,
            '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
        || matches!(u32::from(character) & 0xffff, 0xfffe | 0xffff)
        || matches!(character, '\u{fdd0}'..='\u{fdef}')
}
