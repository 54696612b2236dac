//! What a reader asks for, `nowa-huta,bienczyce`, -> a [`Selection`] of
//! districts: the same set however it is spelt.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::schedule::{District, Id, folded};
use crate::texts::Language;

/// All sessions, or those of some districts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Selection {
    /// Every session.
    All,
    /// The sessions of these districts: at least one, by id, each once.
    Districts(Arc<[Id]>),
}

impl Selection {
    /// One district.
    pub fn one(id: &Id) -> Selection {
        Selection::Districts(Arc::from([id.clone()]))
    }

    /// The ids, none for [`Selection::All`].
    pub fn ids(&self) -> &[Id] {
        match self {
            Selection::All => &[],
            Selection::Districts(ids) => ids,
        }
    }
}

/// The one spelling that stands in addresses: `all`, or ids joined by commas.
impl fmt::Display for Selection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Selection::Districts(ids) = self else {
            return formatter.write_str("all");
        };
        for (index, id) in ids.iter().enumerate() {
            if index > 0 {
                formatter.write_str(",")?;
            }
            formatter.write_str(id.as_str())?;
        }
        Ok(())
    }
}

/// A district that does not exist, and the ones that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownDistrict {
    /// What was asked for, shortened to 100 characters.
    pub asked: String,
    /// The nearest districts, best first, at most three.
    pub nearest: Vec<Id>,
}

/// Finds districts by id, alias, number or name, in any letter case, with or
/// without diacritics.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// Folded spelling -> the district.
    spellings: HashMap<String, Id>,
    districts: usize,
}

impl Directory {
    /// The directory of `districts`. That no two share a spelling is what a
    /// valid schedule guarantees.
    pub fn new(districts: &[Arc<District>]) -> Directory {
        let mut known = HashMap::new();
        for district in districts {
            for spelling in spellings(district) {
                known.entry(spelling).or_insert_with(|| district.id.clone());
            }
        }
        Directory {
            spellings: known,
            districts: districts.len(),
        }
    }

    /// How many districts there are.
    pub(super) fn len(&self) -> usize {
        self.districts
    }

    /// Whether each of the words that commas part finds a district.
    pub(super) fn knows(&self, asked: &str) -> bool {
        asked
            .split(',')
            .all(|word| self.spellings.contains_key(&folded(word)))
    }

    /// The selection that `asked` means: `all`, or districts parted by
    /// commas, in any order, repeated or not.
    ///
    /// # Errors
    /// The first district that does not exist.
    pub fn select(&self, asked: &str) -> Result<Selection, UnknownDistrict> {
        self.select_each(asked.split(','))
    }

    /// As [`Directory::select`], of districts that are parted already.
    ///
    /// # Errors
    /// The first district that does not exist.
    pub fn select_each<'a>(
        &self,
        asked: impl Iterator<Item = &'a str>,
    ) -> Result<Selection, UnknownDistrict> {
        let mut ids = Vec::new();
        let mut all = false;
        for word in asked {
            let folded = folded(word);
            if folded == "all" {
                all = true;
            } else if let Some(id) = self.spellings.get(&folded) {
                ids.push(id.clone());
            } else {
                return Err(self.unknown(word, &folded));
            }
        }
        if all || ids.is_empty() {
            return Ok(Selection::All);
        }
        ids.sort();
        ids.dedup();
        Ok(Selection::Districts(Arc::from(ids)))
    }

    fn unknown(&self, asked: &str, folded: &str) -> UnknownDistrict {
        // A long word is near to nothing, and comparing it would cost.
        let folded: String = folded.chars().take(64).collect();
        let mut scored: Vec<(f64, &Id)> = self
            .spellings
            .iter()
            .map(|(spelling, id)| (strsim::jaro_winkler(&folded, spelling), id))
            .filter(|(score, _)| *score > 0.75)
            .collect();
        scored.sort_by(|(a, left), (b, right)| b.total_cmp(a).then_with(|| left.cmp(right)));
        let mut nearest: Vec<Id> = Vec::new();
        for (_, id) in scored {
            if !nearest.contains(id) {
                nearest.push(id.clone());
            }
        }
        nearest.truncate(3);
        UnknownDistrict {
            asked: asked.chars().take(100).collect(),
            nearest,
        }
    }
}

/// Every spelling that finds the district: its id, aliases, number, and its
/// name in each language.
fn spellings(district: &District) -> impl Iterator<Item = String> + '_ {
    let ids = std::iter::once(&district.id)
        .chain(&district.aliases)
        .map(Id::as_str);
    let names = Language::ALL
        .into_iter()
        .map(|language| district.name.get(language));
    ids.chain(district.number.as_deref())
        .chain(names)
        .map(folded)
}
