//! Human texts: a plain string, or a map by language.

use crate::texts::{Language, Text};

use super::fields::{Field, key_word, wrong_shape};
use super::findings::Findings;
use super::names::nearest;
use super::node::{Node, Value};
use super::problem::{Kind, Position, Shape};

/// Whether a text may have line breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// It stands on one line.
    One,
    /// Paragraphs are welcome.
    Many,
}

/// A text in every language. `own` is the calendar's own language; `None`
/// where that could not be read, and then any language will do.
pub(super) fn text(
    field: Field<'_, '_>,
    lines: Lines,
    own: Option<Language>,
    findings: &mut Findings,
) -> Option<Text> {
    let entries = match &field.node.value {
        Value::Scalar { .. } => {
            return line_or_lines(field.key, field.node, lines, findings).map(Text::same);
        }
        Value::Keys(entries) => entries,
        Value::List(_) | Value::Refused => {
            wrong_shape(field.key, field.node, Shape::Text, None, findings);
            return None;
        }
    };
    let mut words: [Option<&str>; 3] = [None; 3];
    let mut lines_seen: [Option<u32>; 3] = [None; 3];
    let mut good = true;
    for (key, value) in entries {
        let Some(code) = key_word(key, findings) else {
            good = false;
            continue;
        };
        let Some(language) = Language::from_code(code) else {
            let near = near_language(code, findings);
            findings.error(
                key.place,
                Kind::UnknownLanguage {
                    given: code.to_owned(),
                    near,
                },
            );
            good = false;
            continue;
        };
        if let Some(first_line) = lines_seen[language as usize] {
            findings.error(
                key.place,
                Kind::DuplicateKey {
                    key: code.to_owned(),
                    first_line,
                },
            );
            good = false;
            continue;
        }
        lines_seen[language as usize] = Some(key.place.line);
        if value.is_null() {
            continue;
        }
        match line_or_lines(field.key, value, lines, findings) {
            Some(said) => words[language as usize] = Some(said),
            None => good = false,
        }
    }
    // A map all of whose languages are faulty is told by those faults alone.
    let own = own.or_else(|| {
        Language::ALL
            .into_iter()
            .find(|language| words[*language as usize].is_some())
    })?;
    match words[own as usize] {
        Some(said) if good => Some(Text::by_language(said, |language| words[language as usize])),
        Some(_) => None,
        None => {
            if good {
                findings.error(field.place(), Kind::OwnLanguageMissing { language: own });
            }
            None
        }
    }
}

/// A text that is the same in every language, on one line.
pub(super) fn line<'n>(field: Field<'n, '_>, findings: &mut Findings) -> Option<&'n str> {
    line_or_lines(field.key, field.node, Lines::One, findings)
}

/// What a single value says: trimmed, not blank, without control characters.
fn line_or_lines<'n>(
    key: &'static str,
    node: &'n Node<'_>,
    lines: Lines,
    findings: &mut Findings,
) -> Option<&'n str> {
    let Value::Scalar { text, .. } = &node.value else {
        wrong_shape(key, node, Shape::Value, None, findings);
        return None;
    };
    // A block scalar ends with a line break that nobody meant.
    let said = text.trim_matches([' ', '\n']);
    if said.chars().all(is_blank) {
        findings.error(node.place, Kind::EmptyValue { key });
        return None;
    }
    let mut good = true;
    if lines == Lines::One && said.contains('\n') {
        findings.error(node.place, Kind::LineBreak { key });
        good = false;
    }
    if said.contains(is_suspect) {
        let first = node.first_character();
        for (index, character) in (0..).zip(text.chars()) {
            let place = first.map_or(node.place, |first| Position {
                column: first.column.saturating_add(index),
                ..first
            });
            if is_forbidden(character) {
                findings.error(place, Kind::ControlCharacter { character });
                good = false;
            } else if character == char::REPLACEMENT_CHARACTER {
                findings.warning(place, Kind::LostLetter);
            }
        }
    }
    good.then(|| said.trim())
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

/// The code of a language that is called `given` somewhere else.
pub(super) fn near_language(given: &str, findings: &mut Findings) -> Option<&'static str> {
    const CALLED: [(&str, &str); 19] = [
        ("pl", "pl"),
        ("pol", "pl"),
        ("polski", "pl"),
        ("polish", "pl"),
        ("pl-pl", "pl"),
        ("en", "en"),
        ("eng", "en"),
        ("ang", "en"),
        ("english", "en"),
        ("angielski", "en"),
        ("gb", "en"),
        ("us", "en"),
        ("en-gb", "en"),
        ("uk", "uk"),
        ("ua", "uk"),
        ("ukr", "uk"),
        ("ukrainian", "uk"),
        ("ukrainski", "uk"),
        ("uk-ua", "uk"),
    ];
    // Any two letters are one slip from `pl`, so short words must be equal.
    let folded = super::names::folded(given);
    if folded.len() <= 3 {
        return CALLED
            .into_iter()
            .find(|(called, _)| *called == folded)
            .map(|(_, code)| code);
    }
    nearest(given, CALLED, findings)
}
