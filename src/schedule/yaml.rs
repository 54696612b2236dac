//! YAML text -> a tree of [`Node`]s, each with its position.
//!
//! The tree keeps the text of every value as it was written: `2026`, `1e3`,
//! `010` and `no` stay what the officer typed, and only the reader of a key
//! decides what they mean. Of YAML's machinery nothing is wanted here:
//! anchors, aliases, merge keys, tags and a second document are refused, so
//! that the tree is never larger than its text.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::diagnostic::{Diagnostic, Diagnostics, Position, odd, syntax as say};
use super::syntax;

/// How deep lists and keys may stand in one another. A schedule needs six.
const DEEPEST: usize = 32;

/// How many values a file may have. Ten thousand sessions have some two
/// hundred thousand; past a million a file of two-byte values would take more
/// memory than the machine of a small community has to spare.
const MOST_VALUES: usize = 1_000_000;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) position: Position,
    pub(super) value: Value<'t>,
}

/// What a value is.
#[derive(Debug)]
pub(super) enum Value<'t> {
    /// A single value, unescaped, and whether it stands without quotes on
    /// one line.
    Scalar { text: Cow<'t, str>, style: Style },
    /// A list.
    List(Vec<Node<'t>>),
    /// Keys and their values, as often as they are written.
    Keys(Vec<(Node<'t>, Node<'t>)>),
    /// Something that was already reported, and of which no more is known.
    Refused,
}

/// How a single value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// As it is.
    Plain,
    /// Between quotation marks.
    Quoted,
    /// Below its key, after `|` or `>`.
    Block,
}

impl<'t> Node<'t> {
    pub(super) fn new(position: Position, value: Value<'t>) -> Node<'t> {
        Node { position, value }
    }

    /// Whether nothing is said: no value, `~` or `null`.
    pub(super) fn is_null(&self) -> bool {
        matches!(
            &self.value,
            Value::Scalar { text, style: Style::Plain }
                if matches!(&**text, "" | "~" | "null" | "Null" | "NULL")
        )
    }

    /// The text of a single value.
    pub(super) fn scalar(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether its last words stand below a key, after `|` or `>`.
    pub(super) fn ends_in_block(&self) -> bool {
        let is_block = |value: &Value<'_>| matches!(value, Value::Scalar { style, .. } if *style == Style::Block);
        match &self.value {
            Value::Keys(entries) => entries
                .last()
                .is_some_and(|(_, last)| is_block(&last.value)),
            value => is_block(value),
        }
    }

    /// The position of the first character of the value's text, where the text
    /// stands on one line as it is; `None` where its characters cannot be
    /// told apart in the file, for escapes or folded lines.
    pub(super) fn first_character(&self) -> Option<Position> {
        let Value::Scalar { text, style } = &self.value else {
            return None;
        };
        let opening = match style {
            Style::Plain => 0,
            Style::Quoted => 1,
            Style::Block => return None,
        };
        let length = text.chars().count() + 2 * opening as usize;
        let verbatim = self.position.length as usize == length && !text.contains('\n');
        verbatim.then_some(Position {
            column: self.position.column + opening,
            length: 1,
            ..self.position
        })
    }
}

/// The root of the tree; `None` where there is none, or where it breaks off,
/// which is then among the diagnostics. The word `lost` stands for something
/// that could not be read.
///
/// # Errors
/// Why the text is not YAML.
pub(super) fn parse<'t>(
    text: &'t str,
    lost: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Node<'t>>, Box<Diagnostic>> {
    let mut tree = Tree::default();
    let mut written = Written::new(text);
    let mut values = 0_usize;
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let open = tree.innermost_bracket(text);
                return Err(Box::new(syntax::explain(&error, text, open)));
            }
        };
        if diagnostics.are_full() {
            return Ok(None);
        }
        let at = position(span);
        if matches!(
            event,
            Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..)
        ) {
            values += 1;
            if values > MOST_VALUES {
                diagnostics.add(say::too_many_values(at));
                return Ok(None);
            }
        }
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    diagnostics.add(say::second_document(at));
                    return Ok(None);
                }
            }
            Event::Alias(_) => {
                diagnostics.add(say::alias(at));
                tree.add(Node::new(at, Value::Refused));
            }
            Event::Scalar(text, style, anchor, tag) => {
                refuse_machinery(at, anchor, tag.is_some(), diagnostics);
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                let is_plain = style == Style::Plain;
                let is_merge_key = is_plain && text == "<<" && tree.wants_key();
                if is_merge_key {
                    diagnostics.add(say::merge_key(at));
                }
                if is_merge_key || (is_plain && !lost.is_empty() && text == lost) {
                    tree.add(Node::new(at, Value::Refused));
                    continue;
                }
                let text = written.find(span.start.index(), style, text);
                if is_plain
                    && let Some(key) = tree.key_of_text()
                    && let Some(cut) = written.cut_off_behind(&text)
                {
                    diagnostics.add(match &*text {
                        "" => odd::emptied_by_hash(at, key, cut),
                        text => odd::cut_by_hash(at, key, text, cut),
                    });
                }
                tree.add(Node::new(at, Value::Scalar { text, style }));
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if tree.open.len() == DEEPEST => {
                diagnostics.add(say::too_deep(at));
                return Ok(None);
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_machinery(at, anchor, tag.is_some(), diagnostics);
                tree.open.push(Open::new(at, span, Value::List(Vec::new())));
            }
            Event::MappingStart(anchor, tag) => {
                refuse_machinery(at, anchor, tag.is_some(), diagnostics);
                tree.open.push(Open::new(at, span, Value::Keys(Vec::new())));
            }
            Event::SequenceEnd | Event::MappingEnd => tree.close(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    if tree.root.is_none() {
        diagnostics.add(say::empty(Position::TOP));
    }
    Ok(tree.root)
}

fn refuse_machinery(at: Position, anchor: usize, tag: bool, diagnostics: &mut Diagnostics) {
    if anchor != 0 {
        diagnostics.add(say::anchor(at));
    }
    if tag {
        diagnostics.add(say::tag(at));
    }
}

/// The library counts columns from 0, and in `usize`; a file of at most
/// [`super::LARGEST`] bytes fits `u32`.
fn position(span: Span) -> Position {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position {
        line: number(span.start.line()).max(1),
        column: number(span.start.col()).saturating_add(1),
        length: number(span.len()).max(1),
    }
}

/// The tree as far as it has been read: no recursion, so no depth of nesting
/// can exhaust the stack.
#[derive(Default)]
struct Tree<'t> {
    root: Option<Node<'t>>,
    open: Vec<Open<'t>>,
}

/// A list or keys, not yet at an end.
struct Open<'t> {
    node: Node<'t>,
    /// The byte where its bracket or brace stands, if it has one.
    bracket: Option<usize>,
    key: Option<Node<'t>>,
}

impl<'t> Open<'t> {
    fn new(at: Position, span: Span, value: Value<'t>) -> Open<'t> {
        Open {
            node: Node::new(at, value),
            // What stands without brackets has a beginning of no length.
            bracket: (span.len() == 1).then_some(span.start.index()),
            key: None,
        }
    }
}

impl<'t> Tree<'t> {
    fn add(&mut self, node: Node<'t>) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut open.node.value {
            Value::List(items) => {
                if items.is_empty() && open.bracket.is_none() {
                    open.node.position = node.position;
                }
                items.push(node);
            }
            Value::Keys(entries) => match open.key.take() {
                None => {
                    if entries.is_empty() && open.bracket.is_none() {
                        open.node.position = node.position;
                    }
                    open.key = Some(node);
                }
                Some(key) => entries.push((key, node)),
            },
            Value::Scalar { .. } | Value::Refused => {}
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.add(open.node);
        }
    }

    /// The key of the value that comes next, where it wants a text.
    fn key_of_text(&self) -> Option<&str> {
        const TEXTS: &str = "title description about name address host note text invitation \
            exceptions building pl en uk";
        let key = self.open.last()?.key.as_ref()?.scalar()?;
        TEXTS.split(' ').any(|text| text == key).then_some(key)
    }

    fn wants_key(&self) -> bool {
        self.open
            .last()
            .is_some_and(|open| open.key.is_none() && matches!(open.node.value, Value::Keys(_)))
    }

    /// The bracket or brace that was opened last and is still open.
    fn innermost_bracket(&self, text: &str) -> Option<(Position, char)> {
        let open = self.open.last()?;
        let index = open.bracket?;
        let character = text.chars().nth(index)?;
        Some((open.node.position, character))
    }
}

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

impl Written<'_> {
    /// What a `#` cuts off behind the value that was found last: `#tag`, but
    /// no comment, which begins with a space.
    fn cut_off_behind(&self, value: &str) -> Option<&str> {
        let behind = self.rest.strip_prefix(value)?;
        let line = behind.split(['\n', '\r']).next()?;
        let cut = line.trim_start_matches([' ', '\t', ':']);
        let is_tag = cut
            .strip_prefix('#')
            .is_some_and(|tag| tag.starts_with(|first: char| first.is_alphanumeric()));
        (is_tag && (value.is_empty() || cut.len() < line.len())).then(|| cut.trim_end())
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

/// The lines of `text` without their ends, which are LF, CR or both.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\n', '\r']) else {
            rest = None;
            return Some(text);
        };
        let line = &text[..end];
        let behind = &text[end..];
        rest = Some(behind.strip_prefix("\r\n").unwrap_or(&behind[1..]));
        Some(line)
    })
}

/// The position right behind `text`.
pub(super) fn end_of(text: &str) -> Position {
    let (mut line, mut column) = (0, 1);
    for words in lines(text) {
        line += 1;
        column = words.chars().count() + 1;
    }
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position {
        line: number(line),
        column: number(column),
        length: 1,
    }
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

    #[test]
    fn every_end_of_line_is_known() {
        for (text, expected) in [
            ("a\nb", vec!["a", "b"]),
            ("a\r\nb\rc\n", vec!["a", "b", "c", ""]),
            ("\n\r\n\r", vec!["", "", "", ""]),
            ("a\u{85}b\u{2028}c", vec!["a\u{85}b\u{2028}c"]),
            ("", vec![""]),
        ] {
            assert_eq!(lines(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }
}
