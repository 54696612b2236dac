//! A text from outside, or an error -> what a terminal may show.

use std::error::Error;
use std::fmt::Write as _;

/// Whether `character` takes a place of its own: not a control character,
/// which a terminal obeys, nor one that hides or turns round what stands
/// beside it.
pub fn is_visible(character: char) -> bool {
    !character.is_control()
        && !matches!(
            character,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

/// The first `longest` characters of a text, an ellipsis for the rest, and a
/// replacement character for each that is not visible.
pub fn shown(text: &str, longest: usize) -> String {
    let mut characters = text.chars();
    let mut shown: String = characters
        .by_ref()
        .take(longest)
        .map(|character| {
            if is_visible(character) {
                character
            } else {
                char::REPLACEMENT_CHARACTER
            }
        })
        .collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}

/// An error with what caused it, on one line.
pub fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let _ = write!(text, ": {cause}");
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_the_cursor_or_goes_on_for_ever() {
        for (text, expected) in [
            ("żółw", "żółw"),
            ("seven77", "seven77"),
            ("eight888", "eight88…"),
            ("\u{1b}[2J", "\u{fffd}[2J"),
            ("a\u{202e}b", "a\u{fffd}b"),
        ] {
            assert_eq!(shown(text, 7), expected, "{text:?}");
        }
    }
}
