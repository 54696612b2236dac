//! A [`Node`] with keys -> its [`Field`]s, with every key judged.

use super::diagnostic::keys::{self, Shape};
use super::diagnostic::{Diagnostics, Position};
use super::guess::{nearest, words_for};
use super::yaml::{Node, Value};

/// A part of the schedule that has keys of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// The file's outermost keys.
    Schedule,
    /// `calendar`.
    Calendar,
    /// `calendar.organizer`.
    Organizer,
    /// One of `calendar.channels` or `calendar.links`.
    Link,
    /// `calendar.accessibility`.
    Accessibility,
    /// `contact` of it.
    Contact,
    /// One of `districts`.
    District,
    /// One of `venues`.
    Venue,
    /// `location` of a venue.
    Location,
    /// One of `sessions`.
    Session,
    /// `results` of a session.
    Results,
    /// One of `links` of them.
    ResultLink,
}

impl Section {
    /// The keys that the section knows, in the order in which they are best
    /// written.
    pub(crate) const fn keys(self) -> &'static [&'static str] {
        match self {
            Section::Schedule => &["calendar", "districts", "venues", "sessions", "withdrawn"],
            Section::Calendar => &[
                "id",
                "title",
                "description",
                "about",
                "audience",
                "organizer",
                "invitation",
                "free",
                "rhythm",
                "channels",
                "links",
                "accessibility",
                "timezone",
                "window",
                "language",
                "refresh",
                "color",
                "cancellations",
            ],
            Section::Organizer => &["name", "url", "email", "phone"],
            Section::Link => &["name", "url"],
            Section::Accessibility => &[
                "entity",
                "status",
                "published",
                "prepared",
                "updated",
                "contact",
                "exceptions",
                "building",
            ],
            Section::Contact => &["name", "email", "phone"],
            Section::District => &["id", "number", "name", "aliases"],
            Section::Venue => &[
                "id",
                "name",
                "district",
                "address",
                "location",
                "host",
                "url",
                "description",
                "access",
                "email",
                "phone",
            ],
            Section::Location => &["lat", "lon"],
            Section::Session => &[
                "id",
                "date",
                "weekday",
                "venue",
                "districts",
                "window",
                "title",
                "note",
                "status",
                "results",
            ],
            Section::Results => &["text", "links"],
            Section::ResultLink => &["title", "url"],
        }
    }

    /// How it is written.
    const fn shape(self) -> Shape {
        match self {
            Section::District
            | Section::Venue
            | Section::Session
            | Section::Link
            | Section::ResultLink => Shape::Entry,
            Section::Schedule
            | Section::Calendar
            | Section::Organizer
            | Section::Accessibility
            | Section::Contact
            | Section::Location
            | Section::Results => Shape::Keys,
        }
    }
}

/// The keys of one section, as far as they are known ones.
pub(super) struct Fields<'n, 't> {
    section: Section,
    /// Where the section begins.
    pub(super) position: Position,
    /// In the order of [`Section::keys`].
    by_key: Vec<Option<Field<'n, 't>>>,
    /// Keys that a misspelt one was probably meant to be.
    misspelt: Vec<&'static str>,
    /// Whether a key was refused that may have stood for any other.
    refused: bool,
}

/// A value under its key. An entry of a list goes by the list's key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'n, 't> {
    pub(super) key: &'static str,
    /// Where the key stands.
    key_position: Position,
    pub(super) node: &'n Node<'t>,
}

impl<'n, 't> Fields<'n, 't> {
    /// The keys of the value in `field`; `None` where it has none at all.
    pub(super) fn of(
        field: Field<'n, 't>,
        section: Section,
        diagnostics: &mut Diagnostics,
    ) -> Option<Fields<'n, 't>> {
        Fields::read(field.key, field.node, section, diagnostics)
    }

    /// The keys of `node`, which stands under `key`; `None` where it has none
    /// at all.
    pub(super) fn read(
        key: &'static str,
        node: &'n Node<'t>,
        section: Section,
        diagnostics: &mut Diagnostics,
    ) -> Option<Fields<'n, 't>> {
        let Value::Keys(entries) = &node.value else {
            wrong_shape(key, node, section.shape(), None, diagnostics);
            return None;
        };
        let known = section.keys();
        let mut fields = Fields {
            section,
            position: node.position,
            by_key: vec![None; known.len()],
            misspelt: Vec::new(),
            refused: false,
        };
        for (key, value) in entries {
            let Some(word) = key_word(key, diagnostics) else {
                fields.refused = true;
                continue;
            };
            let Some(at) = known.iter().position(|known| *known == word) else {
                let near = nearest(word, words_for(known), diagnostics);
                fields.misspelt.extend(near);
                diagnostics.add(keys::unknown_key(key.position, word, section, near));
                continue;
            };
            if let Some(first) = &fields.by_key[at] {
                let line = first.key_position.line;
                diagnostics.add(keys::duplicate_key(key.position, word, line));
                continue;
            }
            fields.by_key[at] = Some(Field {
                key: known[at],
                key_position: key.position,
                node: value,
            });
        }
        Some(fields)
    }

    /// Whether `key`, which is not there, may be what another one was meant to
    /// be: then its absence is not one more mistake.
    pub(super) fn may_say(&self, key: &'static str) -> bool {
        self.refused || self.misspelt.contains(&key)
    }

    /// The field of `key`, which must be one of the section's; `None` where
    /// it says nothing.
    pub(super) fn get(&self, key: &'static str) -> Option<Field<'n, 't>> {
        self.written(key).filter(|field| !field.node.is_null())
    }

    /// What `read` makes of `key`: `Some(None)` where nothing is said, `None`
    /// where what is said is faulty.
    #[expect(
        clippy::option_option,
        reason = "the outer one is whether it could be read, the inner one whether it is there"
    )]
    pub(super) fn optional<T>(
        &self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(Field<'n, 't>, &mut Diagnostics) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.get(key) {
            None => Some(None),
            Some(field) => read(field, diagnostics).map(Some),
        }
    }

    /// What `read` makes of `key`, which must say something.
    pub(super) fn required<T>(
        &self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(Field<'n, 't>, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        match self.written(key) {
            None if self.may_say(key) => None,
            None => {
                diagnostics.add(keys::missing_key(self.position, key, self.section));
                None
            }
            Some(field) if field.node.is_null() => {
                diagnostics.add(keys::empty_value(field.key_position, key));
                None
            }
            Some(field) => read(field, diagnostics),
        }
    }

    fn written(&self, key: &'static str) -> Option<Field<'n, 't>> {
        let at = self.section.keys().iter().position(|known| *known == key)?;
        self.by_key[at]
    }
}

impl<'n, 't> Field<'n, 't> {
    /// Where the value stands.
    pub(super) fn position(&self) -> Position {
        self.node.position
    }

    /// The value as one trimmed word or line; an error where it is a list,
    /// has keys or is blank.
    pub(super) fn word(&self, diagnostics: &mut Diagnostics) -> Option<&'n str> {
        let right = match &self.node.value {
            Value::Scalar { text, .. } => {
                let word = text.trim_matches([' ', '\n']);
                if word.is_empty() || self.node.is_null() {
                    diagnostics.add(keys::empty_value(self.node.position, self.key));
                    return None;
                }
                return Some(word);
            }
            Value::List(items) => match items.as_slice() {
                [
                    Node {
                        value: Value::Scalar { text, .. },
                        ..
                    },
                ] => Some(format!("{}: {text}", self.key)),
                _ => None,
            },
            Value::Keys(_) | Value::Refused => None,
        };
        wrong_shape(
            self.key,
            self.node,
            Shape::Value,
            right.as_deref(),
            diagnostics,
        );
        None
    }

    /// The entries of the list, each as a field of its own; an error where it
    /// is no list.
    pub(super) fn items(
        &self,
        diagnostics: &mut Diagnostics,
    ) -> Option<impl ExactSizeIterator<Item = Field<'n, 't>> + use<'n, 't>> {
        let Value::List(items) = &self.node.value else {
            let right = match &self.node.value {
                Value::Scalar { text, .. } => Some(format!("{}: [{}]", self.key, text.trim())),
                _ => None,
            };
            wrong_shape(
                self.key,
                self.node,
                Shape::List,
                right.as_deref(),
                diagnostics,
            );
            return None;
        };
        let key = self.key;
        Some(items.iter().map(move |node| Field {
            key,
            key_position: node.position,
            node,
        }))
    }
}

/// The entries of a list of what has keys of its own, none where it is left
/// out; `None` where it is no list.
pub(super) fn entries<'n, 't>(
    field: Option<Field<'n, 't>>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Field<'n, 't>>> {
    let Some(field) = field else {
        return Some(Vec::new());
    };
    if matches!(field.node.value, Value::List(_)) {
        return Some(field.items(diagnostics)?.collect());
    }
    wrong_shape(field.key, field.node, Shape::Entries, None, diagnostics);
    None
}

/// What `read` makes of each entry of a list; `None` where one is faulty.
pub(super) fn each<'n, 't: 'n, T>(
    items: impl IntoIterator<Item = Field<'n, 't>>,
    diagnostics: &mut Diagnostics,
    read: impl Fn(Field<'n, 't>, &mut Diagnostics) -> Option<T>,
) -> Option<Vec<T>> {
    let mut good = Some(Vec::new());
    for item in items {
        match (read(item, diagnostics), &mut good) {
            (Some(value), Some(values)) => values.push(value),
            (None, _) => good = None,
            (Some(_), None) => {}
        }
    }
    good
}

/// A key's word; an error where it is none, unless that is known already.
pub(super) fn key_word<'n>(key: &'n Node<'_>, diagnostics: &mut Diagnostics) -> Option<&'n str> {
    match &key.value {
        Value::Scalar { text, .. } => Some(text),
        Value::List(_) | Value::Keys(_) => {
            diagnostics.add(keys::key_not_a_word(key.position));
            None
        }
        Value::Refused => None,
    }
}

/// Reports that `node` is not of the shape `wanted`, unless it was already
/// refused for what it is.
pub(super) fn wrong_shape(
    key: &'static str,
    node: &Node<'_>,
    wanted: Shape,
    right: Option<&str>,
    diagnostics: &mut Diagnostics,
) {
    let found = match &node.value {
        Value::Refused => return,
        Value::Scalar { .. } => Shape::Value,
        Value::List(_) => Shape::List,
        Value::Keys(_) => Shape::Keys,
    };
    diagnostics.add(keys::wrong_shape(node.position, key, wanted, found, right));
}
