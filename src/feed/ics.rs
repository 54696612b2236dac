//! A [`Feed`] -> the iCalendar feed that calendar programs subscribe to (RFC
//! 5545, RFC 7986), and one session's file to import.

use chrono::NaiveDateTime;

use super::Feed;
use super::event::{Event, Stamp, utc};
use super::line::{push_folded, push_raw, push_text};
use crate::route::{Format, Links, Route};
use crate::schedule::{Calendar, Session};
use crate::texts::Language;

/// The feed in `language`: UTF-8, CRLF, every session of the selection, past
/// ones too (Thunderbird, Evolution and ICSx5 delete what vanishes from a
/// feed).
pub fn feed(feed: &Feed<'_>, links: &Links, language: Language) -> String {
    let mut out = String::with_capacity(2_048 + feed.entries.len() * 1_024);
    push_head(&mut out, feed, links, language);
    out.push_str(&feed.calendar.zone.vtimezone(feed.earliest));
    for entry in &feed.entries {
        Event::new(entry.session, feed.calendar, links, language).push_to(&mut out, &entry.stamp);
    }
    push_folded(&mut out, "END:VCALENDAR");
    out
}

/// One session as a file to import, of a calendar whose oldest session starts
/// at the local time `earliest`. It has no name and no address to come back
/// to: those would rename the calendar that it is imported into.
pub fn single(
    calendar: &Calendar,
    earliest: NaiveDateTime,
    session: &Session,
    stamp: &Stamp,
    links: &Links,
    language: Language,
) -> String {
    let mut out = String::with_capacity(2_048);
    push_opening(&mut out, language);
    out.push_str(&calendar.zone.vtimezone(earliest));
    Event::new(session, calendar, links, language).push_to(&mut out, stamp);
    push_folded(&mut out, "END:VCALENDAR");
    out
}

/// The calendar properties, before the first component: Outlook ignores those
/// that come later. Of each pair the older name is what Outlook, Google and
/// Apple read, the newer (RFC 7986) what `KOrganizer` reads.
fn push_head(out: &mut String, feed: &Feed<'_>, links: &Links, language: Language) {
    let (calendar, selection) = (feed.calendar, feed.selection);
    push_opening(out, language);
    let name = feed.name(language);
    push_text(out, "NAME", &name);
    push_text(out, "X-WR-CALNAME", &name);
    if let Some(description) = &calendar.description {
        push_text(out, "DESCRIPTION", description.get(language));
        push_text(out, "X-WR-CALDESC", description.get(language));
    }
    push_raw(out, "X-WR-TIMEZONE", calendar.zone.name());
    // Whole hours in this very form: Nextcloud refuses days or minutes.
    let refresh = format!("PT{}H", calendar.refresh.as_hours());
    push_raw(out, "REFRESH-INTERVAL;VALUE=DURATION", &refresh);
    push_raw(out, "X-PUBLISHED-TTL", &refresh);
    let source = Route::Feed(selection.clone(), Format::Ics, language);
    push_raw(out, "SOURCE;VALUE=URI", &links.absolute(&source));
    push_raw(
        out,
        "URL",
        &links.absolute(&Route::page_of(selection, language)),
    );
    if let Some(color) = calendar.color {
        push_raw(out, "COLOR", color.name());
        push_raw(
            out,
            "X-APPLE-CALENDAR-COLOR",
            &format!("#{:06X}", color.rgb()),
        );
    }
    push_raw(out, "LAST-MODIFIED", &utc(feed.modified));
}

fn push_opening(out: &mut String, language: Language) {
    push_folded(out, "BEGIN:VCALENDAR");
    push_raw(out, "VERSION", "2.0");
    // No version of the program: a new release alone changes no feed.
    push_raw(
        out,
        "PRODID",
        &format!(
            "-//spotkajmy//spotkajmy//{}",
            language.code().to_uppercase()
        ),
    );
    push_raw(out, "CALSCALE", "GREGORIAN");
}
