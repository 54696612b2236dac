//! The text of a schedule -> its values, each with the bytes that it takes.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::Value;

/// A value with the bytes that it takes in the text.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: Parsed,
}

#[derive(Debug, Clone)]
pub(super) enum Parsed {
    /// A single value.
    Text(String),
    /// Whether it stands between brackets.
    List { items: Vec<Node>, flow: bool },
    /// Whether it stands between braces.
    Keys {
        entries: Vec<(Node, Node)>,
        flow: bool,
    },
}

impl Node {
    /// What `value` says, written nowhere.
    pub(super) fn said(value: &Value) -> Node {
        let value = match value {
            Value::Text(text) => Parsed::Text(text.clone()),
            Value::List(items) => Parsed::List {
                items: items.iter().map(Node::said).collect(),
                flow: true,
            },
            Value::Keys(keys) => Parsed::Keys {
                entries: keys
                    .iter()
                    .map(|(key, value)| (Node::said(&Value::Text(key.clone())), Node::said(value)))
                    .collect(),
                flow: true,
            },
        };
        Node { span: 0..0, value }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Parsed::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn value(&self) -> Value {
        match &self.value {
            Parsed::Text(text) => Value::Text(text.clone()),
            Parsed::List { items, .. } => Value::List(items.iter().map(Node::value).collect()),
            Parsed::Keys { entries, .. } => Value::Keys(
                entries
                    .iter()
                    .filter_map(|(key, value)| Some((key.text()?.to_owned(), value.value())))
                    .collect(),
            ),
        }
    }

    pub(super) fn entries(&self) -> &[(Node, Node)] {
        match &self.value {
            Parsed::Keys { entries, .. } => entries,
            _ => &[],
        }
    }

    pub(super) fn items(&self) -> &[Node] {
        match &self.value {
            Parsed::List { items, .. } => items,
            _ => &[],
        }
    }

    pub(super) fn position(&self, key: &str) -> Option<usize> {
        self.entries()
            .iter()
            .position(|(name, _)| name.text() == Some(key))
    }

    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.position(key).map(|index| &self.entries()[index].1)
    }

    /// The last byte of a value, without the blank lines below a text.
    pub(super) fn end(&self) -> usize {
        self.span.end
    }

    /// Whether both say the same, however they are written. The order of keys
    /// says nothing.
    pub(super) fn says(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Parsed::Text(one), Parsed::Text(other)) => one.trim_end() == other.trim_end(),
            (Parsed::List { items: one, .. }, Parsed::List { items: other, .. }) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| one.says(other))
            }
            (
                Parsed::Keys { entries: one, .. },
                Parsed::Keys {
                    entries: others, ..
                },
            ) => {
                let found = |(key, value): &(Node, Node)| {
                    let name = key.text();
                    let mut same = others.iter().filter(|(other, _)| other.text() == name);
                    same.next().is_some_and(|(_, other)| value.says(other)) && same.next().is_none()
                };
                one.len() == others.len() && one.iter().all(found)
            }
            _ => false,
        }
    }
}

/// The tree of a text; `None` where it cannot be parsed, or holds what a
/// schedule refuses: aliases, a second document.
pub(super) fn parse(text: &str) -> Option<Node> {
    let bytes = byte_of_each_character(text);
    let mut open: Vec<(Node, Option<Node>)> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        let span = *bytes.get(span.start.index())?..*bytes.get(span.end.index())?;
        let flow = !span.is_empty();
        let node = match event {
            Event::Alias(_) => return None,
            Event::Scalar(value, style, anchor, tag) => {
                if anchor != 0 || tag.is_some() {
                    return None;
                }
                let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                let end = if block {
                    span.start + text[span.clone()].trim_end().len()
                } else {
                    span.end
                };
                Node {
                    span: span.start..end,
                    value: Parsed::Text(value.into_owned()),
                }
            }
            Event::SequenceStart(anchor, ref tag) | Event::MappingStart(anchor, ref tag)
                if anchor != 0 || tag.is_some() =>
            {
                return None;
            }
            Event::SequenceStart(..) => {
                let items = Vec::new();
                open.push((
                    Node {
                        span,
                        value: Parsed::List { items, flow },
                    },
                    None,
                ));
                continue;
            }
            Event::MappingStart(..) => {
                let entries = Vec::new();
                open.push((
                    Node {
                        span,
                        value: Parsed::Keys { entries, flow },
                    },
                    None,
                ));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (mut node, _) = open.pop()?;
                match &node.value {
                    Parsed::List { flow: true, .. } | Parsed::Keys { flow: true, .. } => {
                        node.span.end = span.end;
                    }
                    Parsed::List { items, .. } => {
                        node.span.end = items.last().map_or(node.span.start, Node::end);
                    }
                    Parsed::Keys { entries, .. } => {
                        node.span.start = entries
                            .first()
                            .map_or(node.span.start, |(key, _)| key.span.start);
                        node.span.end = entries
                            .last()
                            .map_or(node.span.start, |(_, value)| value.end());
                    }
                    Parsed::Text(_) => {}
                }
                node
            }
            Event::DocumentStart(_) if root.is_some() => return None,
            _ => continue,
        };
        let Some((parent, waiting)) = open.last_mut() else {
            root = Some(node);
            continue;
        };
        match &mut parent.value {
            Parsed::List { items, .. } => items.push(node),
            Parsed::Keys { entries, .. } => match waiting.take() {
                None => *waiting = Some(node),
                Some(key) => {
                    let node = after_colon(text, &key, node)?;
                    entries.push((key, node));
                }
            },
            Parsed::Text(_) => {}
        }
    }
    root
}

/// A value that is not there stands right after its key's colon.
fn after_colon(text: &str, key: &Node, mut value: Node) -> Option<Node> {
    if value.span.is_empty() && value.text() == Some("") {
        let colon = key.span.end + text[key.span.end..].find(':')? + 1;
        value.span = colon..colon;
    }
    Some(value)
}

fn byte_of_each_character(text: &str) -> Vec<usize> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    bytes
}
