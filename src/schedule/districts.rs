//! `districts` -> [`District`]s and what finds them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::texts::Language;

use super::diagnostic::keys::{self, Thing};
use super::diagnostic::{Diagnostics, Position};
use super::fields::{Field, Fields, Section, entries, whole};
use super::guess::folded;
use super::model::{District, Id};
use super::register::Register;
use super::text::{one_line, same_line};
use super::value::named;

/// The districts in the file's order, and the register of them.
pub(super) fn districts(
    field: Option<Field<'_, '_>>,
    own: Option<Language>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Arc<District>>, Register<District>) {
    let items = entries(field, diagnostics);
    let mut register = Register::new(Thing::District, items.is_some());
    let mut districts = Vec::new();
    let mut taken = HashMap::new();
    for item in items.unwrap_or_default() {
        let Some(fields) = Fields::of(item, Section::District, diagnostics) else {
            register.lacks_one();
            continue;
        };
        let named = fields.required("id", diagnostics, named);
        let id = named.as_ref().and_then(|named| named.id.clone());
        let mut words = Words::default();
        let district = district(&fields, id, own, &mut words, diagnostics).map(Arc::new);
        if let Some(named) = &named {
            let first = register.position(named.word).is_none();
            register.enter(named, district.clone(), diagnostics);
            if let (Some(id), true) = (&named.id, first) {
                words
                    .said
                    .insert(0, (named.word.to_owned(), named.position));
                for (word, _) in &words.said {
                    register.also_called(word, id);
                }
                if let Some(district) = &district
                    && let Some(number) = &district.number
                {
                    let name = district.name.get(Language::Polish);
                    register.also_called(&format!("{number} {name}"), id);
                }
                words.claim(id, named.position.line, &mut taken, diagnostics);
            }
        }
        districts.extend(district);
    }
    (districts, register)
}

fn district(
    fields: &Fields<'_, '_>,
    id: Option<Id>,
    own: Option<Language>,
    words: &mut Words,
    diagnostics: &mut Diagnostics,
) -> Option<District> {
    whole!(District {
        id,
        number: fields.optional("number", diagnostics, |field, diagnostics| {
            let number = same_line(field, diagnostics)?;
            words.say(&number, field.position());
            Some(number)
        }),
        name: fields.required("name", diagnostics, |field, diagnostics| {
            let name = one_line(own)(field, diagnostics)?;
            for language in Language::ALL {
                words.say(name.get(language), field.position());
            }
            Some(name)
        }),
        aliases: fields.or_default("aliases", diagnostics, |field, diagnostics| {
            let items = field.items(diagnostics)?;
            let (aliases, good) = ids(items, diagnostics);
            for (alias, position) in &aliases {
                words.say(alias.as_str(), *position);
            }
            good.then(|| aliases.into_iter().map(|(alias, _)| alias).collect())
        }),
    })
}

/// The ids of a list, each once, and whether all of it are ids.
pub(super) fn ids<'n, 't: 'n>(
    items: impl Iterator<Item = Field<'n, 't>>,
    diagnostics: &mut Diagnostics,
) -> (Vec<(Id, Position)>, bool) {
    let mut ids = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut good = true;
    for item in items {
        let Some(id) = named(item, diagnostics).and_then(|named| named.id) else {
            good = false;
            continue;
        };
        if seen.insert(id.clone()) {
            ids.push((id, item.position()));
        } else {
            diagnostics.add(keys::repeated(item.position(), item.key, id.as_str()));
        }
    }
    (ids, good)
}

/// Everything that finds one district in an address.
#[derive(Default)]
struct Words {
    said: Vec<(String, Position)>,
}

impl Words {
    fn say(&mut self, word: &str, position: Position) {
        self.said.push((word.to_owned(), position));
    }

    /// Claims the words for the district `id`: an address that could mean two
    /// districts would mean neither.
    fn claim(
        &self,
        id: &Id,
        line: u32,
        taken: &mut HashMap<String, (Id, u32)>,
        diagnostics: &mut Diagnostics,
    ) {
        let mut complained = Vec::new();
        for (word, position) in &self.said {
            let key = folded(word);
            let fault = if key == "all" {
                keys::name_is_all(*position, word)
            } else {
                let (owner, first_line) = taken.entry(key).or_insert_with(|| (id.clone(), line));
                if owner == id {
                    continue;
                }
                keys::name_taken(*position, word, owner.as_str(), *first_line)
            };
            if !complained.contains(position) {
                complained.push(*position);
                diagnostics.add(fault);
            }
        }
    }
}
