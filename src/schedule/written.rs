//! What the parser copied out of a file -> where it stands in the file.

use std::borrow::Cow;

use super::node::Style;

/// A file's text, read along with its parser.
///
/// The parser makes a text of its own of every key and value. Nearly all of
/// them stand in the file as they are, and the copies of ten thousand sessions
/// take eight times as much memory as the file.
pub(super) struct Written<'t> {
    rest: &'t str,
    /// How many characters stand before `rest`: the parser counts these.
    before: usize,
}

impl<'t> Written<'t> {
    pub(super) fn new(text: &'t str) -> Written<'t> {
        Written {
            rest: text,
            before: 0,
        }
    }

    /// `copy` where it stands in the file: from the character `index` on, or
    /// behind the quotation mark there. `copy` itself where it stands there
    /// otherwise: escaped, folded, indented.
    pub(super) fn find(&mut self, index: usize, style: Style, copy: Cow<'t, str>) -> Cow<'t, str> {
        let Some(characters) = index.checked_sub(self.before) else {
            return copy;
        };
        let Some(rest) = after(self.rest, characters) else {
            return copy;
        };
        (self.rest, self.before) = (rest, index);
        let begins = match style {
            Style::Plain => rest,
            Style::Quoted => rest.get(1..).unwrap_or_default(),
            Style::Block => return copy,
        };
        match begins.get(..copy.len()) {
            Some(words) if *words == *copy => Cow::Borrowed(words),
            _ => copy,
        }
    }
}

/// What stands in `text` after so many characters.
fn after(text: &str, characters: usize) -> Option<&str> {
    let mut rest = text.chars();
    for _ in 0..characters {
        rest.next()?;
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_in_the_file_otherwise_is_kept_as_a_copy() {
        let text = "żółw: 'mysz': \"a\\tb\" ż";
        let mut written = Written::new(text);
        let mut check = |index, style, copy: &str, found: bool| {
            let copy: Cow<'_, str> = Cow::Owned(copy.to_owned());
            let words = written.find(index, style, copy.clone());
            assert_eq!(words, copy);
            assert_eq!(matches!(words, Cow::Borrowed(_)), found, "{copy}");
        };
        check(0, Style::Plain, "żółw", true);
        check(6, Style::Quoted, "mysz", true);
        check(14, Style::Quoted, "a\tb", false);
        check(14, Style::Block, "a", false);
        // The parser never goes back, and never past the end.
        check(6, Style::Quoted, "mysz", false);
        check(21, Style::Plain, "ż", true);
        check(21, Style::Plain, "żółw", false);
        check(22, Style::Plain, "", true);
        check(22, Style::Quoted, "", true);
        check(23, Style::Plain, "", false);
    }
}
