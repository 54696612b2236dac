//! `districts` -> [`District`]s and what finds them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::texts::Language;

use super::District;
use super::fields::{Field, Fields, entries};
use super::findings::Findings;
use super::ids::{Register, named};
use super::names::folded;
use super::problem::{Kind, Position, Section, Thing};
use super::texts::{Lines, line, text};
use super::values::Id;

/// The districts in the file's order, and the register of them.
pub(super) fn districts(
    field: Option<Field<'_, '_>>,
    own: Option<Language>,
    findings: &mut Findings,
) -> (Vec<Arc<District>>, Register<District>) {
    let items = entries(field, findings);
    let mut register = Register::new(Thing::District, items.is_some());
    let mut districts = Vec::new();
    let mut taken = HashMap::new();
    for item in items.unwrap_or_default() {
        let Some(fields) = Fields::read(item.key, item.node, Section::District, findings) else {
            continue;
        };
        let named = fields
            .required("id", findings)
            .and_then(|field| named(field, findings));
        let mut words = Words::default();
        let district = district(
            &fields,
            named.as_ref().and_then(|named| named.id.clone()),
            own,
            &mut words,
            findings,
        )
        .map(Arc::new);
        if let Some(named) = &named {
            let first = register.line(named.word).is_none();
            register.enter(named, district.clone(), findings);
            if let (Some(id), true) = (&named.id, first) {
                words.said.insert(0, (named.word.to_owned(), named.place));
                for (word, _) in &words.said {
                    register.also_called(word, id);
                }
                words.claim(id, named.place.line, &mut taken, findings);
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
    findings: &mut Findings,
) -> Option<District> {
    let number = match fields.optional("number") {
        None => Some(None),
        Some(field) => line(field, findings).map(|number| {
            words.say(number, field.place());
            Some(number.to_owned())
        }),
    };
    let name = fields.required("name", findings).and_then(|field| {
        let name = text(field, Lines::One, own, findings)?;
        for language in Language::ALL {
            words.say(name.get(language), field.place());
        }
        Some(name)
    });
    let aliases = match fields.optional("aliases") {
        None => Some(Vec::new()),
        Some(field) => aliases(field, words, findings),
    };
    Some(District {
        id: id?,
        number: number?,
        name: name?,
        aliases: aliases?,
    })
}

fn aliases(field: Field<'_, '_>, words: &mut Words, findings: &mut Findings) -> Option<Vec<Id>> {
    let mut aliases: Vec<Id> = Vec::new();
    let mut good = true;
    let mut seen = std::collections::HashSet::new();
    for item in field.items(findings)? {
        let Some(alias) = named(item, findings).and_then(|named| named.id) else {
            good = false;
            continue;
        };
        words.say(alias.as_str(), item.place());
        if seen.insert(alias.clone()) {
            aliases.push(alias);
        } else {
            findings.warning(
                item.place(),
                Kind::Repeated {
                    key: item.key,
                    given: alias.to_string(),
                },
            );
        }
    }
    good.then_some(aliases)
}

/// Everything that finds one district in an address.
#[derive(Default)]
struct Words {
    said: Vec<(String, Position)>,
}

impl Words {
    fn say(&mut self, word: &str, place: Position) {
        self.said.push((word.to_owned(), place));
    }

    /// Claims the words for the district `id`: an address that could mean two
    /// districts would mean neither.
    fn claim(
        &self,
        id: &Id,
        line: u32,
        taken: &mut HashMap<String, (Id, u32)>,
        findings: &mut Findings,
    ) {
        let mut complained = Vec::new();
        for (word, place) in &self.said {
            let key = folded(word);
            if key == "all" {
                if !complained.contains(place) {
                    complained.push(*place);
                    findings.error(
                        *place,
                        Kind::NameIsAll {
                            given: word.clone(),
                        },
                    );
                }
                continue;
            }
            let (owner, first_line) = taken.entry(key).or_insert_with(|| (id.clone(), line));
            if owner != id && !complained.contains(place) {
                complained.push(*place);
                findings.error(
                    *place,
                    Kind::NameTaken {
                        given: word.clone(),
                        district: owner.to_string(),
                        first_line: *first_line,
                    },
                );
            }
        }
    }
}
