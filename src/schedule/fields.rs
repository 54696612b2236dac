//! A [`Node`] with keys -> its [`Field`]s, with every key judged.

use super::findings::Findings;
use super::names::nearest;
use super::node::{Node, Value};
use super::problem::{Kind, Position, Section, Shape};

/// The keys of one section, as far as they are known ones.
pub(super) struct Fields<'n, 't> {
    section: Section,
    place: Position,
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
    key_place: Position,
    pub(super) node: &'n Node<'t>,
}

impl<'n, 't> Fields<'n, 't> {
    /// The fields of `node`, which stands under `key`; `None` where it has no
    /// keys at all.
    pub(super) fn read(
        key: &'static str,
        node: &'n Node<'t>,
        section: Section,
        findings: &mut Findings,
    ) -> Option<Fields<'n, 't>> {
        let Value::Keys(entries) = &node.value else {
            let wanted = match section {
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
            };
            wrong_shape(key, node, wanted, None, findings);
            return None;
        };
        let keys = section.keys();
        let mut by_key: Vec<Option<Field<'n, 't>>> = vec![None; keys.len()];
        let mut misspelt = Vec::new();
        let mut refused = false;
        for (key, value) in entries {
            let Some(word) = key_word(key, findings) else {
                refused = true;
                continue;
            };
            let Some(at) = keys.iter().position(|known| *known == word) else {
                let near = nearest(word, words_for(keys), findings);
                misspelt.extend(near);
                findings.error(
                    key.place,
                    Kind::UnknownKey {
                        key: word.to_owned(),
                        section,
                        near: near.map(str::to_owned),
                    },
                );
                continue;
            };
            if let Some(first) = &by_key[at] {
                findings.error(
                    key.place,
                    Kind::DuplicateKey {
                        key: word.to_owned(),
                        first_line: first.key_place.line,
                    },
                );
                continue;
            }
            by_key[at] = Some(Field {
                key: keys[at],
                key_place: key.place,
                node: value,
            });
        }
        Some(Fields {
            section,
            place: node.place,
            by_key,
            misspelt,
            refused,
        })
    }

    /// Where the section begins.
    pub(super) fn place(&self) -> Position {
        self.place
    }

    /// Whether `key`, which is not there, may be what another one was meant to
    /// be: then its absence is not one more mistake.
    pub(super) fn may_say(&self, key: &'static str) -> bool {
        self.refused || self.misspelt.contains(&key)
    }

    /// The field of `key`, which must be one of the section's; `None` where
    /// it says nothing.
    pub(super) fn optional(&self, key: &'static str) -> Option<Field<'n, 't>> {
        self.written(key).filter(|field| !field.node.is_null())
    }

    /// The field of `key`, which must say something.
    pub(super) fn required(
        &self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Field<'n, 't>> {
        let written = self.written(key);
        match written {
            None if self.may_say(key) => {}
            None => findings.error(
                self.place,
                Kind::MissingKey {
                    key,
                    section: self.section,
                },
            ),
            Some(field) if field.node.is_null() => {
                findings.error(field.key_place, Kind::EmptyValue { key });
            }
            Some(_) => return written,
        }
        None
    }

    fn written(&self, key: &'static str) -> Option<Field<'n, 't>> {
        let at = self.section.keys().iter().position(|known| *known == key)?;
        self.by_key[at]
    }
}

impl<'n, 't> Field<'n, 't> {
    /// Where the value stands.
    pub(super) fn place(&self) -> Position {
        self.node.place
    }

    /// The value as one trimmed word or line; an error where it is a list,
    /// has keys or is blank.
    pub(super) fn word(&self, findings: &mut Findings) -> Option<&'n str> {
        match &self.node.value {
            Value::Scalar { text, .. } => {
                let word = text.trim_matches([' ', '\n']);
                if word.is_empty() || self.node.is_null() {
                    findings.error(self.node.place, Kind::EmptyValue { key: self.key });
                    return None;
                }
                Some(word)
            }
            Value::List(items) => {
                let right = match items.as_slice() {
                    [
                        Node {
                            value: Value::Scalar { text, .. },
                            ..
                        },
                    ] => Some(format!("{}: {text}", self.key)),
                    _ => None,
                };
                wrong_shape(self.key, self.node, Shape::Value, right, findings);
                None
            }
            Value::Keys(_) | Value::Refused => {
                wrong_shape(self.key, self.node, Shape::Value, None, findings);
                None
            }
        }
    }

    /// The entries of the list, each as a field of its own; an error where it
    /// is no list.
    pub(super) fn items(
        &self,
        findings: &mut Findings,
    ) -> Option<impl Iterator<Item = Field<'n, 't>> + use<'n, 't>> {
        let Value::List(items) = &self.node.value else {
            let right = match &self.node.value {
                Value::Scalar { text, .. } => Some(format!("{}: [{}]", self.key, text.trim())),
                _ => None,
            };
            wrong_shape(self.key, self.node, Shape::List, right, findings);
            return None;
        };
        let key = self.key;
        Some(items.iter().map(move |node| Field {
            key,
            key_place: node.place,
            node,
        }))
    }
}

/// The entries of a list of districts, venues or sessions, none where it is
/// left out; `None` where it is no list.
pub(super) fn entries<'n, 't>(
    field: Option<Field<'n, 't>>,
    findings: &mut Findings,
) -> Option<Vec<Field<'n, 't>>> {
    let Some(field) = field else {
        return Some(Vec::new());
    };
    if matches!(field.node.value, Value::List(_)) {
        return Some(field.items(findings)?.collect());
    }
    wrong_shape(field.key, field.node, Shape::Entries, None, findings);
    None
}

/// A key's word; an error where it is none, unless that is known already.
pub(super) fn key_word<'n>(key: &'n Node<'_>, findings: &mut Findings) -> Option<&'n str> {
    match &key.value {
        Value::Scalar { text, .. } => Some(text),
        Value::List(_) | Value::Keys(_) => {
            findings.error(key.place, Kind::KeyNotAWord);
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
    right: Option<String>,
    findings: &mut Findings,
) {
    let found = match &node.value {
        Value::Refused => return,
        Value::Scalar { .. } => Shape::Value,
        Value::List(_) => Shape::List,
        Value::Keys(_) => Shape::Keys,
    };
    findings.error(
        node.place,
        Kind::WrongShape {
            key,
            wanted,
            found,
            right,
        },
    );
}

/// One of `choices`, each with its name in the schedule. `called` tells the
/// names that people give them elsewhere, [`folded`](super::names::folded).
pub(super) fn choice<T: Copy>(
    field: Field<'_, '_>,
    choices: &[T],
    name: fn(T) -> &'static str,
    called: &[(&'static str, T)],
    findings: &mut Findings,
) -> Option<T> {
    let word = field.word(findings)?;
    let chosen = choices.iter().copied().find(|choice| name(*choice) == word);
    if chosen.is_none() {
        let names: Vec<&'static str> = choices.iter().copied().map(name).collect();
        let words = names
            .iter()
            .map(|name| (*name, *name))
            .chain(called.iter().map(|(word, choice)| (*word, name(*choice))));
        let near = nearest(word, words, findings);
        findings.error(
            field.place(),
            Kind::UnknownChoice {
                key: field.key,
                given: word.to_owned(),
                near: near.map(str::to_owned),
                choices: names,
            },
        );
    }
    chosen
}

/// The words that people may write for `keys`: the keys themselves, and what
/// they are called in Polish.
fn words_for(keys: &'static [&'static str]) -> impl Iterator<Item = (&'static str, &'static str)> {
    const CALLED: [(&str, &str); 22] = [
        ("adres", "address"),
        ("cykl", "calendar"),
        ("data", "date"),
        ("dostepnosc", "access"),
        ("dzielnica", "district"),
        ("dzielnice", "districts"),
        ("dzien", "weekday"),
        ("dzien-tygodnia", "weekday"),
        ("gospodarz", "host"),
        ("godziny", "window"),
        ("jezyk", "language"),
        ("kolor", "color"),
        ("link", "url"),
        ("miejsca", "venues"),
        ("miejsce", "venue"),
        ("nazwa", "name"),
        ("numer", "number"),
        ("opis", "description"),
        ("spotkania", "sessions"),
        ("tytul", "title"),
        ("uwaga", "note"),
        ("uwagi", "note"),
    ];
    let called = CALLED
        .into_iter()
        .filter(move |(_, key)| keys.contains(key));
    keys.iter().map(|key| (*key, *key)).chain(called)
}
