//! [`Publication`] + a selection -> the iCalendar feed that calendar programs
//! subscribe to (RFC 5545, RFC 7986), and one session's file to import.

use chrono::{NaiveDateTime, Utc};

use crate::content_line::{push_folded, push_raw, push_text};
use crate::event::{Event, utc};
use crate::feed::timezone::vtimezone;
use crate::history::{Publication, Published};
use crate::language::Language;
use crate::route::{Format, Links, Route, Selection};
use crate::schedule::Calendar;

/// The feed of `selection` in `language`: UTF-8, CRLF, every session of the
/// selection, past ones too (Thunderbird, Evolution and ICSx5 delete what
/// vanishes from a feed).
pub fn feed(
    publication: &Publication,
    selection: &Selection,
    links: &Links,
    language: Language,
) -> String {
    let sessions: Vec<&Published> = publication.sessions_in(selection).collect();
    let mut out = String::with_capacity(2_048 + sessions.len() * 1_024);
    push_frame(&mut out, publication, selection, links, language);
    out.push_str(&vtimezone(
        &publication.calendar.zone,
        earliest(publication),
    ));
    for published in sessions {
        push_event(&mut out, published, &publication.calendar, links, language);
    }
    push_folded(&mut out, "END:VCALENDAR");
    out
}

/// One session as a file to import. It has no name and no address to come
/// back to: those would rename the calendar that it is imported into.
pub fn single(
    publication: &Publication,
    published: &Published,
    links: &Links,
    language: Language,
) -> String {
    let mut out = String::with_capacity(2_048);
    push_opening(&mut out, language);
    out.push_str(&vtimezone(
        &publication.calendar.zone,
        earliest(publication),
    ));
    push_event(&mut out, published, &publication.calendar, links, language);
    push_folded(&mut out, "END:VCALENDAR");
    out
}

/// The calendar's name as subscribers of `selection` see it.
pub fn name(publication: &Publication, selection: &Selection, language: Language) -> String {
    let title = publication.calendar.title.get(language);
    let districts: Vec<&str> = selection
        .ids()
        .iter()
        .filter_map(|id| publication.district(id.as_str()))
        .map(|district| district.name.get(language))
        .collect();
    if districts.is_empty() {
        title.to_owned()
    } else {
        format!("{title} – {}", districts.join(", "))
    }
}

/// The calendar properties, before the first component: Outlook ignores those
/// that come later. Of each pair the older name is what Outlook, Google and
/// Apple read, the newer (RFC 7986) what `KOrganizer` reads.
fn push_frame(
    out: &mut String,
    publication: &Publication,
    selection: &Selection,
    links: &Links,
    language: Language,
) {
    let calendar: &Calendar = &publication.calendar;
    push_opening(out, language);
    let name = name(publication, selection, language);
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
    let feed = Route::Feed(selection.clone(), Format::Ics, language);
    push_raw(out, "SOURCE;VALUE=URI", &links.absolute(&feed));
    push_raw(out, "URL", &links.absolute(&page(selection, language)));
    if let Some(color) = calendar.color {
        push_raw(out, "COLOR", color.name());
        push_raw(
            out,
            "X-APPLE-CALENDAR-COLOR",
            &format!("#{:06X}", color.rgb()),
        );
    }
    push_raw(
        out,
        "LAST-MODIFIED",
        &utc(publication.feed_modified(selection)),
    );
}

/// The page of a selection: the landing page, or the districts' own.
pub fn page(selection: &Selection, language: Language) -> Route {
    match selection {
        Selection::All => Route::Landing(language),
        Selection::Districts(_) => Route::District(selection.clone(), language),
    }
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

fn push_event(
    out: &mut String,
    published: &Published,
    calendar: &Calendar,
    links: &Links,
    language: Language,
) {
    Event::new(&published.session, calendar, links, language).push_to(out, &published.stamp);
}

/// The local start of the oldest session of all, so that every feed of the
/// calendar tells its zone alike.
fn earliest(publication: &Publication) -> NaiveDateTime {
    publication
        .sessions
        .first()
        .map_or(chrono::DateTime::<Utc>::MAX_UTC.naive_utc(), |first| {
            first.session.start.naive_local()
        })
}
