//! Ids, and what is found by them.

use std::collections::HashMap;
use std::sync::Arc;

use super::fields::Field;
use super::findings::Findings;
use super::names::{folded, id_like, nearest};
use super::problem::{Kind, Position, Thing};
use super::values::Id;

/// What stands under an `id` key, or in a list of ids.
pub(super) struct Named<'n> {
    /// As it is written.
    pub(super) word: &'n str,
    pub(super) place: Position,
    /// `None` where the word is no id.
    pub(super) id: Option<Id>,
}

/// The id in `field`.
pub(super) fn named<'n>(field: Field<'n, '_>, findings: &mut Findings) -> Option<Named<'n>> {
    let word = field.word(findings)?;
    let id = Id::new(word);
    if id.is_none() {
        findings.error(
            field.place(),
            Kind::BadId {
                given: word.to_owned(),
                right: id_like(word),
            },
        );
    }
    Some(Named {
        word,
        place: field.place(),
        id,
    })
}

/// Everything of one kind that can be referred to by its id.
pub(super) struct Register<T> {
    thing: Thing,
    entries: HashMap<String, Entry<T>>,
    /// What people may have meant: a folded word, and the id that it means.
    words: Vec<(String, String)>,
    /// Whether its list could be read: where not, no reference is wrong.
    complete: bool,
}

struct Entry<T> {
    line: u32,
    /// `None` where it has problems of its own, so that a reference to it is
    /// not one more.
    value: Option<Arc<T>>,
}

impl<T> Register<T> {
    pub(super) fn new(thing: Thing, complete: bool) -> Register<T> {
        Register {
            thing,
            entries: HashMap::new(),
            words: Vec::new(),
            complete,
        }
    }

    /// Enters what stands under the id `named`, which may have problems (then
    /// `value` is `None`). An id that is taken is an error, and the first one
    /// stays.
    pub(super) fn enter(
        &mut self,
        named: &Named<'_>,
        value: Option<Arc<T>>,
        findings: &mut Findings,
    ) {
        let line = named.place.line;
        match self.entries.get(named.word) {
            Some(first) if named.id.is_some() => {
                findings.error(
                    named.place,
                    Kind::DuplicateId {
                        thing: self.thing,
                        id: named.word.to_owned(),
                        first_line: first.line,
                    },
                );
            }
            Some(_) => {}
            None => {
                self.entries
                    .insert(named.word.to_owned(), Entry { line, value });
            }
        }
        if let Some(id) = &named.id {
            self.also_called(named.word, id);
        } else if let Some(right) = id_like(named.word) {
            // A faulty id is known by the right one too, which people may well
            // have used where they refer to it.
            self.words.push((folded(named.word), right.clone()));
            self.entries
                .entry(right)
                .or_insert(Entry { line, value: None });
        }
    }

    /// `word` is what people may write when they mean `id`.
    pub(super) fn also_called(&mut self, word: &str, id: &Id) {
        self.words.push((folded(word), id.to_string()));
    }

    /// The line of the id `id`.
    pub(super) fn line(&self, id: &str) -> Option<u32> {
        self.entries.get(id).map(|entry| entry.line)
    }

    /// What the id in `field` refers to.
    pub(super) fn find(&self, field: Field<'_, '_>, findings: &mut Findings) -> Option<Arc<T>> {
        let word = field.word(findings)?;
        if let Some(entry) = self.entries.get(word) {
            return entry.value.clone();
        }
        if self.complete {
            let words = self
                .words
                .iter()
                .map(|(word, id)| (word.as_str(), id.as_str()));
            let near = nearest(word, words, findings).map(str::to_owned);
            findings.error(
                field.place(),
                Kind::Unknown {
                    thing: self.thing,
                    given: word.to_owned(),
                    near,
                },
            );
        }
        None
    }
}
