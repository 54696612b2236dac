//! A schedule's text + one change -> the text with just that change.
//!
//! The text is never written anew: the bytes of one key or one entry are
//! replaced, and every other byte stays, comments, order and line ends
//! included. The result is read again and must hold the same values as before
//! with that change, or it is refused.
//!
//! One parser decides what a file says, here as everywhere (`saphyr-parser`).
//! An editing library would be a second one that may disagree.

mod pen;
mod tree;

use std::ops::Range;

use pen::{Pen, Quoting};
use tree::{Node, Parsed, parse};

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
    let entry = find(&root, list, id)?;
    if !(entry.span.start..=entry.span.end).contains(&at) {
        return None;
    }
    let key = entry
        .entries()
        .iter()
        .rev()
        .find(|(key, _)| key.span.start <= at)?;
    key.0.text().map(str::to_owned)
}

fn find<'a>(root: &'a Node, list: List, id: &str) -> Option<&'a Node> {
    let mut items = root.get(list.key())?.items().iter();
    items.find(|item| item.get("id").and_then(Node::text) == Some(id))
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
                    let end = with_comments(text, line_end(text, last.end()), column(text, dash));
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

/// The end of a line, or of the comments below it that stand deeper than the
/// dash in column `dash`: they are the entry's own.
fn with_comments(text: &str, mut end: usize, dash: usize) -> usize {
    while let Some(next) = text[end..].find('\n').map(|newline| end + newline + 1) {
        let blanks = text[next..].chars().take_while(|it| *it == ' ').count();
        if blanks <= dash || !text[next + blanks..].starts_with('#') {
            break;
        }
        end = line_end(text, next);
    }
    end
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
