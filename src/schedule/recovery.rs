//! A schedule that cannot be read as a whole -> what can be read of it, entry
//! by entry, and every mistake.

use std::collections::HashSet;

use super::diagnostic::{Diagnostic, Diagnostics};
use super::slips::{self, Line, key_and_value};
use super::yaml::{self, lines};

/// How often one file is read again without what could not be read.
const MOST_ROUNDS: usize = 50;

/// How many bytes are read again at most, so that a large file takes no more
/// than a few times as long as a good one.
const MOST_BYTES: usize = 2 * super::LARGEST;

/// The slips that keep a text from being read, and the text without them.
/// `found` is what was found when it was read as it is; `None` where nothing
/// would be told otherwise.
pub(super) struct Recovered {
    pub(super) slips: Vec<Diagnostic>,
    pub(super) text: String,
    /// Stands in the text for what is lost.
    pub(super) lost: String,
}

/// Mends `text` until it can be read. `unreadable` is why it cannot, `twice`
/// the lines of keys that stand twice.
pub(super) fn recover(
    text: &str,
    unreadable: Option<&Diagnostic>,
    twice: &HashSet<u32>,
) -> Option<Recovered> {
    let lost = unused_word(text)?;
    let (mut slips, mut text) = match slips::mend(text, twice, &lost) {
        Some(mended) => (mended.slips, mended.text),
        None if unreadable.is_none() => return None,
        None => (Vec::new(), text.to_owned()),
    };
    let rounds = (MOST_BYTES / text.len().max(1)).min(MOST_ROUNDS);
    for _ in 0..rounds {
        let Err(problem) = yaml::parse(&text, &lost, &mut Diagnostics::new()) else {
            break;
        };
        let mut page: Vec<&str> = lines(&text).collect();
        let Some(unit) = unit(&page, problem.position.line as usize, &lost) else {
            slips.push(*problem);
            return Some(Recovered { slips, text, lost });
        };
        let told =
            |slip: &Diagnostic| (unit.first..=unit.last).contains(&(slip.position.line as usize));
        // What is wrong in the same few lines mostly follows from that.
        if !slips.iter().any(told) {
            slips.push(*problem);
        }
        page[unit.first - 1] = &unit.instead;
        page[unit.first..unit.last].fill("");
        text = page.join("\n");
    }
    Some(Recovered { slips, text, lost })
}

/// A word that does not stand in the text.
fn unused_word(text: &str) -> Option<String> {
    ('\u{e000}'..='\u{f8ff}')
        .find(|character| !text.contains(*character))
        .map(String::from)
}

/// The lines of something that cannot be read.
struct Unit {
    /// From 1.
    first: usize,
    last: usize,
    /// The line that says that something is lost.
    instead: String,
}

/// The smallest part around a line that can be left out, and that is not lost
/// already: a key, else its entry, else its list.
fn unit(page: &[&str], number: usize, lost: &str) -> Option<Unit> {
    let number = number.clamp(1, page.len());
    let line = |number: usize| Line::of(page[number - 1]);
    let is_code = |number: usize| {
        let line = line(number);
        !line.text.is_empty() && !line.text.starts_with('#')
    };
    let is_section = |number: usize| {
        let line = line(number);
        line.column == 0 && key_and_value(line.entry).is_some()
    };
    let section = (1..=number).rev().find(|number| is_section(*number))?;
    let section_end = (section + 1..=page.len())
        .find(|number| is_section(*number))
        .map_or(page.len(), |next| next - 1);
    let is_lost = |number: usize| page[number - 1].contains(lost);
    let first_inside = (section + 1..=section_end).find(|number| is_code(*number));
    if let Some(first_inside) = first_inside
        && number > section
    {
        let outer = line(first_inside);
        let begins = |number: usize| {
            let line = line(number);
            is_code(number) && line.indent <= outer.indent && line.is_entry() == outer.is_entry()
        };
        let entry = (section + 1..=number).rev().find(|number| begins(*number));
        let entry = entry.unwrap_or(first_inside);
        let entry_end = (entry + 1..=section_end)
            .find(|number| begins(*number))
            .map_or(section_end, |next| next - 1);
        let indent = " ".repeat(outer.indent);
        if outer.is_entry() && number > entry && !is_lost(entry) {
            let column = line(entry).column;
            let is_key = |number: usize| is_code(number) && line(number).indent <= column;
            let key = (entry + 1..=number).rev().find(|number| is_key(*number));
            if let Some(key) = key.filter(|key| !is_lost(*key)) {
                let last = (key + 1..=entry_end)
                    .find(|number| is_key(*number))
                    .map_or(entry_end, |next| next - 1);
                let indent = " ".repeat(column);
                return Some(Unit {
                    first: key,
                    last,
                    instead: format!("{indent}{lost}: {lost}"),
                });
            }
        }
        if !is_lost(entry) || line(entry).column > outer.column {
            let instead = if outer.is_entry() {
                format!("{indent}- {lost}")
            } else {
                format!("{indent}{lost}: {lost}")
            };
            if page[entry - 1] != instead {
                return Some(Unit {
                    first: entry,
                    last: entry_end,
                    instead,
                });
            }
        }
    }
    let (key, value) = key_and_value(page[section - 1])?;
    (value != lost).then(|| Unit {
        first: section,
        last: section_end,
        instead: format!("{key}: {lost}"),
    })
}
