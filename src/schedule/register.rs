//! Everything of one kind that can be referred to by its id.

use std::collections::HashMap;
use std::sync::Arc;

use super::diagnostic::keys::{self, Thing};
use super::diagnostic::{Diagnostics, Position};
use super::fields::Field;
use super::guess::{folded, id_like, means_unknown, nearest};
use super::model::Id;
use super::value::Named;

/// The entries of a list by their ids, and what people may call them.
pub(super) struct Register<T> {
    thing: Thing,
    entries: HashMap<String, Entry<T>>,
    /// What people may have meant: a folded word, and the id that it means.
    words: Vec<(String, String)>,
    /// Whether its list could be read: where not, no reference is wrong.
    complete: bool,
}

struct Entry<T> {
    /// Of its id.
    position: Position,
    /// `None` where it has problems of its own, so that a reference to it is
    /// not one more.
    value: Option<Arc<T>>,
    /// The right id, where this one is none.
    right: Option<String>,
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
        diagnostics: &mut Diagnostics,
    ) {
        match self.entries.get(named.word) {
            Some(first) if named.id.is_some() => {
                diagnostics.add(keys::duplicate_id(
                    named.position,
                    self.thing,
                    named.word,
                    first.position.line,
                ));
            }
            Some(_) => {}
            None => {
                self.entries.insert(
                    named.word.to_owned(),
                    Entry {
                        position: named.position,
                        value,
                        right: id_like(named.word).filter(|_| named.id.is_none()),
                    },
                );
            }
        }
        if let Some(id) = &named.id {
            self.also_called(named.word, id);
        } else if let Some(right) = id_like(named.word) {
            // A faulty id is known by the right one too, which people may well
            // have used where they refer to it.
            self.words.push((folded(named.word), right.clone()));
            self.entries.entry(right).or_insert(Entry {
                position: named.position,
                value: None,
                right: None,
            });
        }
    }

    /// An entry could not be read: from now on, no reference is wrong.
    pub(super) fn lacks_one(&mut self) {
        self.complete = false;
    }

    /// `word` is what people may write when they mean `id`.
    pub(super) fn also_called(&mut self, word: &str, id: &Id) {
        self.words.push((folded(word), id.to_string()));
    }

    /// Whether `word` is no slip of an id, but something else, which is then
    /// among the diagnostics.
    fn told_otherwise(
        &self,
        field: Field<'_, '_>,
        word: &str,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        const LONGEST: usize = 200;
        if word.len() > LONGEST {
            return false;
        }
        let at = field.position();
        let parts: Vec<&str> = word
            .split([',', ';', '/', '+', '&'])
            .flat_map(|part| part.split(" i "))
            .flat_map(|part| part.split(" and "))
            .flat_map(|part| part.split(" albo "))
            .flat_map(|part| part.split(" lub "))
            .flat_map(|part| part.split(" or "))
            .map(str::trim)
            .collect();
        if self.thing == Thing::District && matches!(folded(word).as_str(), "all" | "wszystkie") {
            diagnostics.add(match field.key {
                "district" => keys::venue_of_all_districts(at),
                _ => keys::all_in_list(at),
            });
            return true;
        }
        if parts.len() < 2 && !means_unknown(word) {
            return false;
        }
        let known: Vec<&str> = parts
            .iter()
            .filter_map(|part| self.known(part, diagnostics))
            .collect();
        if parts.len() > 1 && known.len() == parts.len() {
            diagnostics.add(match self.thing {
                Thing::District => keys::several_districts(at, &known),
                _ => keys::several_venues(at, &known),
            });
            return true;
        }
        let not_yet = self.thing == Thing::Venue && means_unknown(word);
        if not_yet {
            diagnostics.add(keys::venue_not_known_yet(at, word));
        }
        not_yet
    }

    /// The id that people call `word`.
    fn known(&self, word: &str, diagnostics: &mut Diagnostics) -> Option<&str> {
        if let Some((id, _)) = self.entries.get_key_value(word) {
            return Some(id);
        }
        let word = folded(word);
        self.words
            .iter()
            .take_while(|_| diagnostics.may_compare())
            .find(|(known, _)| *known == word)
            .map(|(_, id)| id.as_str())
    }

    /// The only id whose name begins with `word`, or with whose name of two
    /// words `word` begins: `Biblioteka`, `Cafe Nowa, os. Zgody 1`.
    fn begun(&self, word: &str, diagnostics: &mut Diagnostics) -> Option<&str> {
        let given = folded(word);
        let begins = |long: &str, short: &str| {
            long.strip_prefix(short)
                .is_some_and(|rest| rest.starts_with(|next: char| !next.is_alphanumeric()))
        };
        let mut found = self
            .words
            .iter()
            .take_while(|_| diagnostics.may_compare())
            .filter(|(known, _)| {
                begins(known, &given) || (known.contains('-') && begins(&given, known))
            })
            .map(|(_, id)| id.as_str());
        let first = found.next()?;
        found.all(|id| id == first).then_some(first)
    }

    /// Where the id `id` stands.
    pub(super) fn position(&self, id: &str) -> Option<Position> {
        self.entries.get(id).map(|entry| entry.position)
    }

    /// What the id in `field` refers to.
    pub(super) fn find(
        &self,
        field: Field<'_, '_>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<T>> {
        let word = field.word(diagnostics)?;
        if let Some(entry) = self.entries.get(word) {
            if let Some(right) = &entry.right {
                let at = field.position();
                diagnostics.add(keys::unknown_reference(at, self.thing, word, Some(right)));
            }
            return entry.value.clone();
        }
        if self.complete && !self.told_otherwise(field, word, diagnostics) {
            let words = self
                .words
                .iter()
                .map(|(word, id)| (word.as_str(), id.as_str()));
            // `Dzielnica XVI Bieńczyce`, by its official name.
            let bare = folded(word);
            let bare = bare
                .strip_prefix("dzielnica-")
                .or_else(|| bare.strip_prefix("district-"))
                .unwrap_or(word);
            let near = nearest(bare, words, diagnostics).or_else(|| self.begun(word, diagnostics));
            let at = field.position();
            diagnostics.add(keys::unknown_reference(at, self.thing, word, near));
        }
        None
    }
}
