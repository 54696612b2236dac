//! A query string -> its parameters, and the districts that it names.

use std::borrow::Cow;

use url::form_urlencoded;

use super::{Directory, Selection, UnknownDistrict, parse};

/// The value of the first parameter `name`, decoded as a browser encodes a
/// form (`+` is a space).
pub fn value<'q>(query: &'q str, name: &str) -> Option<Cow<'q, str>> {
    form_urlencoded::parse(query.as_bytes()).find_map(|(key, value)| (key == name).then_some(value))
}

/// Why a query's districts are no selection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// A district that does not exist.
    Unknown(UnknownDistrict),
    /// A parameter that seems to name districts, but is none that does.
    Parameter(String),
}

/// The districts that `query` names: in `district`, `districts` or
/// `district[]`, once or often, in any letter case, parted by commas or not.
/// None at all are all sessions; empty values are what a form sends for a
/// field left alone. Parameters that campaigns add are ignored. With the
/// selection comes whether nothing had to be taken off its words.
pub(super) fn districts(query: &str, directory: &Directory) -> Result<(Selection, bool), Refused> {
    let mut asked: Vec<String> = Vec::new();
    for pair in query.split('&') {
        // What an editor leaves of `&amp;`, often more than once.
        let pair = strip_all(pair, "amp;");
        let Some((key, value)) = form_urlencoded::parse(pair.as_bytes()).next() else {
            continue;
        };
        let key = key.trim().to_lowercase();
        if names_districts(&key) {
            if !value.is_empty() {
                asked.push(value.into_owned());
            }
        } else if seems_to_name_districts(&key, &value, directory) {
            return Err(Refused::Parameter(key.chars().take(100).collect()));
        }
    }
    if asked.is_empty() {
        return Ok((Selection::All, true));
    }
    let asked = asked.join(",");
    match directory.select(&asked) {
        Ok(selection) => Ok((selection, true)),
        Err(_) => match parse::select(&asked, directory) {
            Ok(selection) => Ok((selection, false)),
            Err(unknown) => Err(Refused::Unknown(unknown)),
        },
    }
}

fn strip_all<'t>(mut text: &'t str, prefix: &str) -> &'t str {
    while let Some(rest) = text.strip_prefix(prefix) {
        text = rest;
    }
    text
}

/// `district`, `districts`, and both with what PHP writes for a list: `[]` or
/// `[0]`.
fn names_districts(key: &str) -> bool {
    let name = match key.split_once('[') {
        Some((name, index)) if index.ends_with(']') => name,
        Some(_) => return false,
        None => key,
    };
    matches!(name, "district" | "districts")
}

/// Whether somebody meant to choose districts by this parameter: to answer
/// with all of them would be another selection than theirs.
fn seems_to_name_districts(key: &str, value: &str, directory: &Directory) -> bool {
    let campaign = key.starts_with("utm_");
    let near = ["distri", "dzielni", "район"]
        .iter()
        .any(|root| key.contains(root))
        || key.len() < 16 && strsim::damerau_levenshtein(key, "district") <= 2;
    let bare = value.is_empty() && directory.knows(key);
    !campaign && (near || bare)
}
