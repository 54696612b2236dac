//! A schedule's text + one change -> the text with just that change.
//!
//! The text is never written anew: the bytes of one key or one entry are
//! replaced, and every other byte stays, comments, order and line ends
//! included. The result is read again and must hold the same values as before
//! with that change, or it is refused.
//!
//! One parser decides what a file says, here as everywhere (`saphyr-parser`).
//! An editing library would be a second one that may disagree.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

/// A list of the schedule whose entries can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Venues,
    Sessions,
}

impl List {
    const fn key(self) -> &'static str {
        match self {
            List::Venues => "venues",
            List::Sessions => "sessions",
        }
    }
}

/// A value to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// With line breaks where the text has paragraphs.
    Text(String),
    List(Vec<Value>),
    Keys(Vec<(String, Value)>),
}

/// One change of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// Gives keys of the entry with that `id` new values; `None` takes the
    /// key away. Keys that are not named stay as they are.
    Set {
        list: List,
        id: String,
        keys: Vec<(String, Option<Value>)>,
    },
    /// Puts an entry at the list's end.
    Add {
        list: List,
        keys: Vec<(String, Value)>,
    },
}

/// The change cannot be made without touching what it must not touch; these
/// lines say it, to be pasted by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) lines: String,
}

/// The text with `change` made.
///
/// # Errors
/// [`Refused`]: the text cannot be parsed, has no such entry, or is written in
/// a way in which the change would touch more than its entry.
pub(crate) fn apply(text: &str, change: &Change) -> Result<String, Refused> {
    let refused = || Refused {
        lines: by_hand(change),
    };
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let before = parse(text).ok_or_else(refused)?;
    let wanted = expected(&before, change).ok_or_else(refused)?;
    // The plain spelling first; where it would be read as something else, the
    // one between quotation marks.
    [Quoting::AsNeeded, Quoting::Always]
        .into_iter()
        .filter_map(|quoting| spliced(text, &before, change, quoting))
        .find(|after| parse(after).is_some_and(|after| after.says(&wanted)))
        .map(|after| format!("{mark}{after}"))
        .ok_or_else(refused)
}

/// The keys of the entry `id` of a list and what they say; `None` where there
/// is no such entry, or the text cannot be parsed.
pub(crate) fn entry(text: &str, list: List, id: &str) -> Option<Vec<(String, Value)>> {
    let root = parse(text.trim_start_matches('\u{feff}'))?;
    match find(&root, list, id)?.value() {
        Value::Keys(keys) => Some(keys),
        Value::Text(_) | Value::List(_) => None,
    }
}

/// The key of the entry `id` that stands at a line and column, both from 1 and
/// in characters.
pub(crate) fn key_at(text: &str, list: List, id: &str, line: u32, column: u32) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}');
    let root = parse(text)?;
    let start: usize = text
        .split_inclusive('\n')
        .take(line as usize - 1)
        .map(str::len)
        .sum();
    let before = text[start..].chars().take(column as usize - 1);
    let at = start + before.map(char::len_utf8).sum::<usize>();
    let entries = find(&root, list, id)?.entries().iter();
    let key = entries.rev().find(|(key, _)| key.span.start <= at)?;
    key.0.text().map(str::to_owned)
}

fn find<'a>(root: &'a Node, list: List, id: &str) -> Option<&'a Node> {
    let mut items = root.get(list.key())?.items().iter();
    items.find(|item| item.get("id").and_then(Node::text) == Some(id))
}

/// A value with the bytes that it takes in the text.
#[derive(Debug, Clone)]
struct Node {
    span: Range<usize>,
    value: Parsed,
}

#[derive(Debug, Clone)]
enum Parsed {
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
    fn text(&self) -> Option<&str> {
        match &self.value {
            Parsed::Text(text) => Some(text),
            _ => None,
        }
    }

    fn value(&self) -> Value {
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

    fn entries(&self) -> &[(Node, Node)] {
        match &self.value {
            Parsed::Keys { entries, .. } => entries,
            _ => &[],
        }
    }

    fn items(&self) -> &[Node] {
        match &self.value {
            Parsed::List { items, .. } => items,
            _ => &[],
        }
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.entries()
            .iter()
            .position(|(name, _)| name.text() == Some(key))
    }

    fn get(&self, key: &str) -> Option<&Node> {
        self.position(key).map(|index| &self.entries()[index].1)
    }

    /// The last byte of a value, without the blank lines below a text.
    fn end(&self) -> usize {
        self.span.end
    }

    /// Whether both say the same, however they are written. The order of keys
    /// says nothing.
    fn says(&self, other: &Node) -> bool {
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
fn parse(text: &str) -> Option<Node> {
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

/// What the file has to say once `change` is made.
fn expected(before: &Node, change: &Change) -> Option<Node> {
    let mut wanted = before.clone();
    let Parsed::Keys {
        entries: sections, ..
    } = &mut wanted.value
    else {
        return None;
    };
    let (list, id) = match change {
        Change::Set { list, id, .. } => (list, Some(id)),
        Change::Add { list, .. } => (list, None),
    };
    let known = sections
        .iter()
        .position(|(name, _)| name.text() == Some(list.key()));
    let index = known.unwrap_or_else(|| {
        sections.push((
            Node::said(&Value::Text(list.key().to_owned())),
            Node::said(&Value::List(Vec::new())),
        ));
        sections.len() - 1
    });
    let section = &mut sections[index].1;
    if section.text() == Some("") {
        *section = Node::said(&Value::List(Vec::new()));
    }
    let Parsed::List { items, .. } = &mut section.value else {
        return None;
    };
    match change {
        Change::Add { keys, .. } => items.push(Node::said(&Value::Keys(keys.clone()))),
        Change::Set { keys, .. } => {
            let mut named = items
                .iter_mut()
                .filter(|item| item.get("id").and_then(Node::text) == id.map(String::as_str));
            let item = named.next()?;
            if named.next().is_some() {
                return None;
            }
            let Parsed::Keys { entries, .. } = &mut item.value else {
                return None;
            };
            for (key, value) in keys {
                entries.retain(|(name, _)| name.text() != Some(key));
                if let Some(value) = value {
                    entries.push((Node::said(&Value::Text(key.clone())), Node::said(value)));
                }
            }
        }
    }
    Some(wanted)
}

impl Node {
    /// What `value` says, written nowhere.
    fn said(value: &Value) -> Node {
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
}

/// The text with the bytes of the change replaced.
fn spliced(text: &str, root: &Node, change: &Change, quoting: Quoting) -> Option<String> {
    let mut text = text.to_owned();
    let pen = Pen {
        quoting,
        eol: if text.contains("\r\n") { "\r\n" } else { "\n" },
    };
    match change {
        Change::Add { list, keys } => add(&mut text, root, *list, keys, pen)?,
        Change::Set { list, id, keys } => {
            for (key, value) in keys {
                // Each splice moves the bytes of what follows.
                let root = parse(&text)?;
                let items = root.get(list.key())?.items().iter();
                let mut named = items.filter(|it| it.get("id").and_then(Node::text) == Some(id));
                set(&mut text, named.next()?, key, value.as_ref(), pen)?;
            }
        }
    }
    Some(text)
}

/// Gives `key` of `entry` a value, or takes it away.
fn set(text: &mut String, entry: &Node, key: &str, value: Option<&Value>, pen: Pen) -> Option<()> {
    let Parsed::Keys { entries, flow } = &entry.value else {
        return None;
    };
    let position = entry.position(key);
    let (range, written) = match (position, value) {
        (None, None) => return Some(()),
        (Some(index), None) => (removed(text, entries, index, *flow)?, String::new()),
        (None, Some(value)) if *flow => {
            let end = entries.last()?.1.end();
            (end..end, format!(", {key}: {}", pen.in_flow(value)))
        }
        (None, Some(value)) => {
            let (first, _) = entries.first()?;
            let end = line_end(text, entries.last()?.1.end());
            let indent = column(text, first.span.start);
            let lines = pen.key(key, value, indent, "");
            (
                end..end,
                format!("{}{}{lines}", pen.eol, " ".repeat(indent)),
            )
        }
        (Some(index), Some(value)) => {
            let (name, old) = &entries[index];
            let on_one_line = !text[name.span.start..old.end()].contains('\n');
            let inline = pen.inline(value, *flow, old);
            match inline {
                Some(written) if on_one_line => {
                    let blank = if old.span.is_empty() { " " } else { "" };
                    (old.span.clone(), format!("{blank}{written}"))
                }
                _ if *flow => (old.span.clone(), pen.in_flow(value)),
                _ => {
                    let indent = column(text, name.span.start);
                    // What follows on the line of a value is a comment; below
                    // a text it begins a line of its own.
                    let end = if on_one_line {
                        line_end(text, old.end())
                    } else {
                        old.end()
                    };
                    let comment = text[old.end()..end].trim_end().to_owned();
                    (name.span.start..end, pen.key(key, value, indent, &comment))
                }
            }
        }
    };
    text.replace_range(range, &written);
    Some(())
}

/// The bytes to take away for the key at `index`.
fn removed(text: &str, entries: &[(Node, Node)], index: usize, flow: bool) -> Option<Range<usize>> {
    let (name, value) = &entries[index];
    let next = entries.get(index + 1).map(|(next, _)| next.span.start);
    if flow {
        return Some(match next {
            Some(next) => name.span.start..next,
            None => entries.get(index.checked_sub(1)?)?.1.end()..value.end(),
        });
    }
    let start = line_start(text, name.span.start);
    if text[start..name.span.start].trim().is_empty() {
        let end = line_end(text, value.end());
        return Some(start..(end + 1 + usize::from(text[end..].starts_with('\r'))).min(text.len()));
    }
    // The first key, behind the dash: the next one takes its place.
    let between = &text[value.end()..next?];
    between.trim().is_empty().then_some(name.span.start..next?)
}

/// Puts an entry at a list's end.
fn add(
    text: &mut String,
    root: &Node,
    list: List,
    keys: &[(String, Value)],
    pen: Pen,
) -> Option<()> {
    let Parsed::Keys {
        entries,
        flow: false,
    } = &root.value
    else {
        return None;
    };
    let eol = pen.eol;
    let (at, written) = match root.position(list.key()) {
        None => {
            let end = line_end(text, entries.last()?.1.end());
            (
                end..end,
                format!("{eol}{eol}{}:{eol}{}", list.key(), pen.entry(keys, 2)),
            )
        }
        Some(index) => {
            let (_, value) = &entries[index];
            match (value.items().last(), &value.value) {
                (Some(last), Parsed::List { flow: true, .. }) => {
                    let end = last.end();
                    let entry = pen.in_flow(&Value::Keys(keys.to_vec()));
                    (end..end, format!(", {entry}"))
                }
                (Some(last), _) => {
                    let dash = text[..last.span.start].trim_end().strip_suffix('-')?.len();
                    let end = line_end(text, last.end());
                    // Entries that stand apart stay apart.
                    let apart = text[..dash]
                        .trim_end_matches(' ')
                        .trim_end_matches(['\r', '\n'])
                        .len();
                    let apart =
                        text[apart..dash].matches('\n').count() > 1 && value.items().len() > 1;
                    let gap = if apart {
                        format!("{eol}{eol}")
                    } else {
                        eol.to_owned()
                    };
                    (end..end, gap + &pen.entry(keys, column(text, dash)))
                }
                // `[]`, or nothing.
                (None, _) => (value.span.clone(), format!("{eol}{}", pen.entry(keys, 2))),
            }
        }
    };
    text.replace_range(at, &written);
    Some(())
}

/// When to put a text between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    AsNeeded,
    Always,
}

/// How values are written into this file.
#[derive(Debug, Clone, Copy)]
struct Pen {
    quoting: Quoting,
    eol: &'static str,
}

impl Pen {
    /// An entry of a list, its dash in column `indent`; without the last line
    /// end.
    fn entry(self, keys: &[(String, Value)], indent: usize) -> String {
        let lines: Vec<String> = keys
            .iter()
            .enumerate()
            .map(|(index, (key, value))| {
                let dash = if index == 0 { "- " } else { "  " };
                let lines = self.key(key, value, indent + 2, "");
                format!("{}{dash}{lines}", " ".repeat(indent))
            })
            .collect();
        lines.join(self.eol)
    }

    /// A key that stands in column `indent`, and its value, on as many lines
    /// as it needs; the first begins with the key. `comment` follows the first.
    fn key(self, key: &str, value: &Value, indent: usize, comment: &str) -> String {
        let deeper = format!("{}{}", self.eol, " ".repeat(indent + 2));
        match value {
            Value::Keys(keys) if !keys.is_empty() => {
                let lines: Vec<String> = keys
                    .iter()
                    .map(|(key, value)| self.key(key, value, indent + 2, ""))
                    .collect();
                format!("{key}:{comment}{deeper}{}", lines.join(&deeper))
            }
            Value::Text(text) if text.contains('\n') && self.quoting == Quoting::AsNeeded => {
                let lines: String = text
                    .trim_end()
                    .split('\n')
                    .map(|line| {
                        if line.is_empty() {
                            self.eol.to_owned()
                        } else {
                            format!("{deeper}{line}")
                        }
                    })
                    .collect();
                format!("{key}: |{comment}{lines}")
            }
            Value::List(items) if items.iter().any(|item| matches!(item, Value::Keys(_))) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| format!("- {}", self.in_flow(item)))
                    .collect();
                format!("{key}:{comment}{deeper}{}", items.join(&deeper))
            }
            Value::Text(text) => format!("{key}: {}{comment}", self.text(text)),
            Value::List(_) | Value::Keys(_) => format!("{key}: {}{comment}", self.in_flow(value)),
        }
    }

    /// The value on the line of its key, in the place of `old`; `None` where
    /// it needs lines of its own.
    fn inline(self, value: &Value, flow: bool, old: &Node) -> Option<String> {
        let braces = matches!(&old.value, Parsed::Keys { flow: true, .. });
        match value {
            _ if flow => Some(self.in_flow(value)),
            Value::Text(text) if !text.contains('\n') => Some(self.text(text)),
            Value::List(items) if items.iter().all(|item| matches!(item, Value::Text(_))) => {
                Some(self.in_flow(value))
            }
            Value::Keys(_) if braces => Some(self.in_flow(value)),
            _ => None,
        }
    }

    /// A text on one line, quoted where YAML would read it otherwise.
    fn text(self, text: &str) -> String {
        if self.quoting == Quoting::AsNeeded
            && let Ok(written) = serde_yaml::to_string(text)
            && !written.trim_end().contains('\n')
        {
            return written.trim_end().to_owned();
        }
        quoted(text)
    }

    /// A value between brackets or braces.
    fn in_flow(self, value: &Value) -> String {
        match value {
            Value::Text(text) => {
                let plain = self.text(text);
                // Readers differ in what may stand bare between brackets.
                let is_plain = |it: char| it.is_alphanumeric() || " -.:".contains(it);
                let safe = plain == *text
                    && text.starts_with(char::is_alphanumeric)
                    && text.chars().all(is_plain)
                    && !text.contains(": ")
                    && !text.ends_with(':');
                if safe { plain } else { quoted(text) }
            }
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.in_flow(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Keys(keys) => {
                let keys: Vec<String> = keys
                    .iter()
                    .map(|(key, value)| format!("{key}: {}", self.in_flow(value)))
                    .collect();
                format!("{{{}}}", keys.join(", "))
            }
        }
    }
}

/// Between double quotation marks, as JSON has it: YAML reads the same.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The lines that say an entry.
pub(crate) fn lines_of(entry: &[(String, Value)]) -> String {
    let pen = Pen {
        quoting: Quoting::AsNeeded,
        eol: "\n",
    };
    pen.entry(entry, 2)
}

/// The lines that say `change`, for a person to paste.
pub(crate) fn by_hand(change: &Change) -> String {
    match change {
        Change::Add { keys, .. } => lines_of(keys),
        Change::Set { id, keys, .. } => {
            let id = ("id".to_owned(), Value::Text(id.clone()));
            let set = keys
                .iter()
                .filter_map(|(key, value)| Some((key.clone(), value.clone()?)));
            let lines: Vec<(String, Value)> = std::iter::once(id).chain(set).collect();
            lines_of(&lines)
        }
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line that `at` is on, before its line break.
fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |length| at + length);
    end - usize::from(text[at..end].ends_with('\r'))
}

/// The column of `at`, from 0, in characters.
fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

#[cfg(test)]
mod tests;
