//! YAML text -> a tree of [`Node`]s, each with its place.
//!
//! The tree keeps the text of every value as it was written: `2026`, `1e3`,
//! `010` and `no` stay what the officer typed, and only the reader of a key
//! decides what they mean. Of YAML's machinery nothing is wanted here:
//! anchors, aliases, merge keys, tags and a second document are refused, so
//! that the tree is never larger than its text.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::findings::Findings;
use super::problem::{Kind, Position};
use super::syntax;
use super::written::Written;

/// How deep lists and keys may stand in one another. A schedule needs six.
const DEEPEST: usize = 32;

/// How many values a file may have. Ten thousand sessions have some two
/// hundred thousand; past a million a file of two-byte values would take more
/// memory than the machine of a small community has to spare.
const MOST_VALUES: usize = 1_000_000;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) place: Position,
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

impl Node<'_> {
    /// Whether nothing is said: no value, `~` or `null`.
    pub(super) fn is_null(&self) -> bool {
        matches!(
            &self.value,
            Value::Scalar { text, style: Style::Plain }
                if matches!(&**text, "" | "~" | "null" | "Null" | "NULL")
        )
    }

    /// The place of the first character of the value's text, where the text
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
        let verbatim = self.place.length as usize == length && !text.contains('\n');
        verbatim.then_some(Position {
            column: self.place.column + opening,
            length: 1,
            ..self.place
        })
    }
}

/// The root of the tree; `None` where there is none, or where it breaks off,
/// which is then among the findings.
pub(super) fn parse<'t>(text: &'t str, findings: &mut Findings) -> Option<Node<'t>> {
    let mut tree = Tree::default();
    let mut written = Written::new(text);
    let mut values = 0_usize;
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let open = tree.innermost_bracket(text);
                let (place, kind) = syntax::explain(&error, text, open);
                findings.error(place, kind);
                return None;
            }
        };
        if findings.are_full() {
            return None;
        }
        let place = place(span);
        if matches!(
            event,
            Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..)
        ) {
            values += 1;
            if values > MOST_VALUES {
                findings.error(place, Kind::TooManyValues);
                return None;
            }
        }
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    findings.error(place, Kind::SeveralDocuments);
                    return None;
                }
            }
            Event::Alias(_) => {
                findings.error(place, Kind::Alias);
                tree.add(Node {
                    place,
                    value: Value::Refused,
                });
            }
            Event::Scalar(text, style, anchor, tag) => {
                refuse_machinery(place, anchor, tag.is_some(), findings);
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                if style == Style::Plain && text == "<<" && tree.wants_key() {
                    findings.error(place, Kind::MergeKey);
                    tree.add(Node {
                        place,
                        value: Value::Refused,
                    });
                } else {
                    let text = written.find(span.start.index(), style, text);
                    tree.add(Node {
                        place,
                        value: Value::Scalar { text, style },
                    });
                }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if tree.open.len() == DEEPEST => {
                findings.error(place, Kind::TooDeep);
                return None;
            }
            Event::SequenceStart(anchor, tag) => {
                refuse_machinery(place, anchor, tag.is_some(), findings);
                tree.open
                    .push(Open::new(place, span, Value::List(Vec::new())));
            }
            Event::MappingStart(anchor, tag) => {
                refuse_machinery(place, anchor, tag.is_some(), findings);
                tree.open
                    .push(Open::new(place, span, Value::Keys(Vec::new())));
            }
            Event::SequenceEnd | Event::MappingEnd => tree.close(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    if tree.root.is_none() {
        findings.error(Position::TOP, Kind::Empty);
    }
    tree.root
}

fn refuse_machinery(place: Position, anchor: usize, tag: bool, findings: &mut Findings) {
    if anchor != 0 {
        findings.error(place, Kind::Anchor);
    }
    if tag {
        findings.error(place, Kind::Tag);
    }
}

/// The library counts columns from 0, and in `usize`; a file of at most
/// [`super::LARGEST`] bytes fits `u32`.
fn place(span: Span) -> Position {
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
    fn new(place: Position, span: Span, value: Value<'t>) -> Open<'t> {
        Open {
            node: Node { place, value },
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
                    open.node.place = node.place;
                }
                items.push(node);
            }
            Value::Keys(entries) => match open.key.take() {
                None => {
                    if entries.is_empty() && open.bracket.is_none() {
                        open.node.place = node.place;
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
        Some((open.node.place, character))
    }
}
