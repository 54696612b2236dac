//! A [`Feed`] -> what changed for its subscribers, as an Atom feed (RFC 4287):
//! for feed readers, mailing lists and notice boards.

use askama::Template;
use sha2::{Digest, Sha256};

use super::change::is_elsewhere;
use super::difference::{self, Difference};
use super::event::place;
use super::json::instant;
use super::{Change, Feed, Kind};
use crate::digest::hex;
use crate::route::{Format, Links, Route};
use crate::schedule::Session;
use crate::texts::{Language, Words, dates};

#[cfg(test)]
mod tests;

/// The most entries of a feed: what changed in years of monthly meetings.
const MOST: usize = 50;

/// The changes of the feed in `language`, newest first. What changed about a
/// session once it was over is left out: nobody would do anything differently.
pub fn feed(feed: &Feed<'_>, links: &Links, language: Language) -> String {
    let (calendar, selection) = (feed.calendar, feed.selection);
    let address = Route::Feed(selection.clone(), Format::Atom, language);
    let organizer = calendar.organizer.as_ref();
    let document = Document {
        language: language.code(),
        id: urn(&[
            calendar.id.as_str(),
            "feed",
            &selection.to_string(),
            language.code(),
        ]),
        title: format!("{}: {}", language.words().change_feed, feed.name(language)),
        updated: instant(feed.modified),
        itself: links.absolute(&address),
        hub: links.hub_of(selection).map(url::Url::as_str),
        page: links.absolute(&Route::page_of(selection, language)),
        author: organizer
            .map_or(&calendar.title, |organizer| &organizer.name)
            .get(language),
        author_page: organizer.and_then(|organizer| Some(organizer.url.as_ref()?.as_str())),
        entries: feed
            .changes
            .iter()
            .rev()
            .filter_map(|change| Entry::new(change, feed, links, language))
            .take(MOST)
            .collect(),
    };
    let xml = document.render().expect("writing to a String cannot fail");
    // The only characters of a schedule's texts that XML cannot hold.
    xml.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

#[derive(Template)]
#[template(
    ext = "xml",
    escape = "html",
    source = r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{{ language }}">
<id>{{ id }}</id>
<title>{{ title }}</title>
<updated>{{ updated }}</updated>
<link rel="self" type="application/atom+xml" href="{{ itself }}"/>
{% if let Some(hub) = hub %}<link rel="hub" href="{{ hub }}"/>
{% endif %}<link rel="alternate" type="text/html" hreflang="{{ language }}" href="{{ page }}"/>
<author><name>{{ author }}</name>{% if let Some(uri) = author_page %}<uri>{{ uri }}</uri>{% endif %}</author>
<generator>spotkajmy</generator>
{% for entry in entries -%}
<entry>
<id>{{ entry.id }}</id>
<title>{{ entry.title }}</title>
<published>{{ entry.at }}</published>
<updated>{{ entry.at }}</updated>
<link rel="alternate" type="text/html" hreflang="{{ language }}" href="{{ entry.page }}"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
{% for paragraph in entry.paragraphs -%}
<p>{% for line in paragraph.lines() %}{% if !loop.first %}<br/>{% endif %}{{ line }}{% endfor %}</p>
{% endfor -%}
{% if !entry.differences.is_empty() -%}
<ul>
{% for (name, before, after) in entry.differences -%}
<li>{{ name }}: <del>{{ before }}</del> → <ins>{{ after }}</ins></li>
{% endfor -%}
</ul>
{% endif -%}
</div></content>
</entry>
{% endfor -%}
</feed>
"#
)]
struct Document<'a> {
    language: &'static str,
    id: String,
    title: String,
    updated: String,
    itself: String,
    hub: Option<&'a str>,
    page: String,
    author: &'a str,
    author_page: Option<&'a str>,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    at: String,
    page: String,
    paragraphs: Vec<String>,
    /// What it is called, what it was and what it is.
    differences: Vec<(&'static str, String, String)>,
}

impl Entry {
    /// The entry of `change`; `None` where a reader of `language` would see
    /// nothing in it.
    fn new(change: &Change, feed: &Feed<'_>, links: &Links, language: Language) -> Option<Entry> {
        let calendar = feed.calendar;
        let (before, after) = (change.before.as_ref(), &change.after);
        let last_end = before.map_or(after.end, |before| before.end.max(after.end));
        if last_end <= change.at {
            return None;
        }
        let withdrawn = change.kind == Kind::Withdrawn;
        let differences: Vec<Difference> = before
            .filter(|_| !withdrawn)
            .map(|before| difference::of_session(before, after, language))
            .unwrap_or_default()
            .into_iter()
            .filter(|difference| difference.translation.is_none())
            .collect();
        if change.kind == Kind::Reworded && differences.is_empty() {
            return None;
        }
        let at = instant(change.at);
        let revision = change.sequence.to_string();
        let id = [
            calendar.id.as_str(),
            after.id.as_str(),
            &revision,
            &at,
            language.code(),
        ];
        let title = after.title(calendar.title.get(language), language);
        let date = dates::long_date(after.date(), language);
        let page = if change.is_published {
            Route::Session(after.id.clone(), language)
        } else {
            Route::Landing(language)
        };
        Some(Entry {
            id: urn(&id),
            title: format!("{}: {title}, {date}", headline(change, language)),
            page: links.absolute(&page),
            paragraphs: paragraphs(change, language),
            differences: differences
                .into_iter()
                .map(|it| {
                    (
                        it.field.name(language),
                        or_none(it.before),
                        or_none(it.after),
                    )
                })
                .collect(),
            at,
        })
    }
}

/// What happened to the session, when and where it is now.
fn paragraphs(change: &Change, language: Language) -> Vec<String> {
    let session = &change.after;
    let mut paragraphs = Vec::new();
    if change.kind == Kind::Withdrawn {
        paragraphs.push(language.words().withdrawn_means.to_owned());
    } else {
        paragraphs.extend(session.status.notice(language).map(str::to_owned));
    }
    paragraphs.push(when_and_where(session, language));
    // A note that changed is told as a difference.
    if change.before.is_none()
        && let Some(note) = &session.note
    {
        let of_note = note.get(language).split("\n\n").map(str::trim);
        paragraphs.extend(of_note.filter(|it| !it.is_empty()).map(str::to_owned));
    }
    paragraphs
}

fn when_and_where(session: &Session, language: Language) -> String {
    let place = place(session, language);
    let date = dates::long_date(session.date(), language);
    format!("{date}, {}, {place}", session.hours())
}

fn or_none(value: Option<String>) -> String {
    value.unwrap_or_else(|| "–".to_owned())
}

/// What changed, in two words.
pub(crate) fn headline(change: &Change, language: Language) -> &'static str {
    let words = language.words();
    match change.kind {
        Kind::Added => words.change_added,
        Kind::Moved => moved(change, words),
        Kind::Cancelled => words.cancelled,
        Kind::Postponed => words.postponed,
        Kind::Restored => words.change_restored,
        Kind::Withdrawn => words.change_withdrawn,
        Kind::Reworded => words.change_reworded,
    }
}

fn moved(change: &Change, words: &Words) -> &'static str {
    let after = &change.after;
    let Some(before) = &change.before else {
        return words.change_any;
    };
    let date = before.date() != after.date();
    let hours = before.hours() != after.hours();
    let place = is_elsewhere(before, after);
    let [was_unknown, is_unknown] = [before, after].map(|it| it.place.venue().is_none());
    match (date, hours, place) {
        (true, _, true) => words.change_date_and_place,
        (true, _, false) => words.change_date,
        (false, true, false) => words.change_hours,
        (false, true, true) => words.change_hours_and_place,
        (false, false, true) if was_unknown && is_unknown => words.change_district,
        (false, false, _) if was_unknown => words.change_place_known,
        (false, false, _) => words.change_place,
    }
}

/// An id that stays when the service moves to another address: a UUID of
/// version 8 (RFC 9562, 5.8) made of `parts`.
fn urn(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hasher.finalize()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = hex(&bytes);
    let parts = [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ];
    format!("urn:uuid:{}", parts.join("-"))
}
