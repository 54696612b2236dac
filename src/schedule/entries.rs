//! The tree of a file -> the tree as it was meant: entries that stand in a
//! wrong list, that were split by dashes or lack theirs, lists told twice.
//!
//! Each such slip is told once, and the rest is read as if it were not there.

use super::diagnostic::keys as say;
use super::diagnostic::{Diagnostics, Position, slips};
use super::fields::Section;
use super::yaml::{Node, Value};

const LISTS: [&str; 3] = ["districts", "venues", "sessions"];

/// Entries with more keys are none that a person wrote.
const MOST_KEYS: usize = 40;

type Entries<'t> = Vec<(Node<'t>, Node<'t>)>;

/// Puts the entries of `root` where they were meant to be.
pub(super) fn sort_out(root: &mut Node<'_>, diagnostics: &mut Diagnostics) {
    let Value::Keys(top) = &mut root.value else {
        return;
    };
    join_lists(top, diagnostics);
    let mut moved: Vec<(&'static str, Node<'_>)> = Vec::new();
    for (key, value) in top.iter_mut() {
        let Some(name) = key.scalar().map(str::to_owned) else {
            continue;
        };
        let Value::List(items) = &mut value.value else {
            continue;
        };
        let is_list = LISTS.contains(&name.as_str());
        if !is_list && name != "withdrawn" {
            continue;
        }
        if is_list {
            let old = std::mem::take(items);
            *items = regrouped(old, diagnostics);
        }
        let mut run = None;
        for item in std::mem::take(items) {
            let Some(right) = right_list(&name, &item) else {
                items.push(item);
                continue;
            };
            if run.replace(right) != Some(right) {
                diagnostics.add(say::wrong_list(item.position, &name, right));
            }
            moved.push((right, item));
        }
    }
    for (list, item) in moved {
        let mut places = top.iter_mut().filter(|(key, _)| key.scalar() == Some(list));
        match places.next() {
            Some((_, value)) if value.is_null() => value.value = Value::List(vec![item]),
            Some((
                _,
                Node {
                    value: Value::List(items),
                    ..
                },
            )) => items.push(item),
            _ => {}
        }
    }
}

/// The second of two lists, or of two whole schedules.
fn join_lists(top: &mut Entries<'_>, diagnostics: &mut Diagnostics) {
    if top.len() > MOST_KEYS {
        return;
    }
    let mut at = 0;
    let mut second_schedule = false;
    while at < top.len() {
        let name = top[at].0.scalar().unwrap_or_default().to_owned();
        let mut before = top[..at].iter();
        let Some(first) = before.position(|(key, _)| key.scalar() == Some(&name)) else {
            at += 1;
            continue;
        };
        let line = top[first].0.position.line;
        let position = top[at].0.position;
        if name == "calendar" && !second_schedule {
            second_schedule = true;
            diagnostics.add(say::second_schedule(position));
            top.remove(at);
        } else if second_schedule {
            top.remove(at);
        } else if LISTS.contains(&name.as_str())
            && let (Value::List(_), Value::List(_)) = (&top[first].1.value, &top[at].1.value)
        {
            diagnostics.add(say::second_list(position, &name, line));
            let (_, second) = top.remove(at);
            if let (Value::List(items), Value::List(more)) = (&mut top[first].1.value, second.value)
            {
                items.extend(more);
            }
        } else {
            at += 1;
        }
    }
}

/// The entries, each with all of its keys and no other's.
fn regrouped<'t>(items: Vec<Node<'t>>, diagnostics: &mut Diagnostics) -> Vec<Node<'t>> {
    let mut entries: Vec<Node<'t>> = Vec::with_capacity(items.len());
    // Where dashes split the last entry.
    let mut split: Vec<Position> = Vec::new();
    let tell = |split: &mut Vec<Position>, diagnostics: &mut Diagnostics| {
        if let [first, ..] = split[..] {
            let lines: Vec<u32> = split.iter().map(|position| position.line).collect();
            diagnostics.add(say::split_by_dashes(first, &lines));
        }
        split.clear();
    };
    for item in items {
        let item = without_second_dash(item, diagnostics);
        match (entries.last_mut(), item) {
            (Some(last), item) if continues(last, &item) => {
                split.push(item.position);
                if let (Value::Keys(keys), Value::Keys(more)) = (&mut last.value, item.value) {
                    keys.extend(more);
                }
            }
            (_, item) => {
                tell(&mut split, diagnostics);
                entries.extend(parted(item, diagnostics));
            }
        }
    }
    tell(&mut split, diagnostics);
    entries
}

/// Whether `item` has no id and only keys that `last` lacks.
fn continues(last: &Node<'_>, item: &Node<'_>) -> bool {
    let (Value::Keys(keys), Value::Keys(more)) = (&last.value, &item.value) else {
        return false;
    };
    let has =
        |keys: &Entries<'_>, name: &str| keys.iter().any(|(key, _)| key.scalar() == Some(name));
    keys.len() + more.len() <= MOST_KEYS
        && last.position.line < item.position.line
        && has(keys, "id")
        && !(has(keys, "date") && (has(keys, "venue") || has(keys, "districts")))
        && more.iter().all(|(key, _)| {
            key.scalar().is_some_and(|name| {
                let mut known = Section::Session.keys().iter().chain(Section::Venue.keys());
                name != "id" && known.any(|key| *key == name) && !has(keys, name)
            })
        })
}

/// `- - id: …`.
fn without_second_dash<'t>(item: Node<'t>, diagnostics: &mut Diagnostics) -> Node<'t> {
    let Value::List(mut inner) = item.value else {
        return item;
    };
    match inner.pop() {
        Some(only) if inner.is_empty() && matches!(only.value, Value::Keys(_)) => {
            diagnostics.add(say::dash_twice(only.position));
            only
        }
        last => {
            inner.extend(last);
            Node::new(item.position, Value::List(inner))
        }
    }
}

/// An entry that holds the next ones too, which lack their dashes.
fn parted<'t>(item: Node<'t>, diagnostics: &mut Diagnostics) -> Vec<Node<'t>> {
    let Value::Keys(keys) = item.value else {
        return vec![item];
    };
    let mut ids = std::collections::HashSet::new();
    let mut parts = vec![Node::new(item.position, Value::Keys(Vec::new()))];
    for (at, (key, value)) in keys.into_iter().enumerate() {
        if key.scalar() == Some("id")
            && ids.insert(value.scalar().unwrap_or_default().to_owned())
            && ids.len() > 1
            && at > 0
        {
            diagnostics.add(slips::dash_forgotten(key.position));
            parts.push(Node::new(key.position, Value::Keys(Vec::new())));
        }
        if let Some(Value::Keys(keys)) = parts.last_mut().map(|part| &mut part.value) {
            keys.push((key, value));
        }
    }
    parts
}

/// The list that an entry of the list `name` belongs in, where that is
/// another one.
fn right_list(name: &str, item: &Node<'_>) -> Option<&'static str> {
    let Value::Keys(keys) = &item.value else {
        return None;
    };
    let has = |names: &[&str]| {
        keys.iter()
            .take(MOST_KEYS)
            .any(|(key, _)| key.scalar().is_some_and(|key| names.contains(&key)))
    };
    let is_session = has(&["date"]) && !has(&["name"]);
    let is_venue = has(&["name"]) && has(&["district", "address", "location", "access", "host"]);
    let is_district = has(&["name"]) && has(&["number", "aliases"]) && !is_venue;
    let right = match (is_session, is_venue, is_district) {
        (true, ..) => "sessions",
        (_, true, _) if !has(&["date"]) => "venues",
        (.., true) if !has(&["date"]) => "districts",
        _ => return None,
    };
    (right != name).then_some(right)
}
