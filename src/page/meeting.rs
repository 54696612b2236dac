//! A published session, seen from a boundary -> what the templates say about it.

use chrono::SecondsFormat;

use super::View;
use super::add_to_calendar::AddToCalendar;
use super::boundary::When;
use crate::history::{Change, Kind, Published};
use crate::route::{Route, Selection};
use crate::schedule::{Districts, Session, Status, Venue};
use crate::texts::{Language, Words, dates};

/// One session, ready to be written.
pub(super) struct Meeting<'a> {
    /// Its own title, or the calendar's and the venue's name.
    pub title: String,
    /// The title in a list, where the cycle's name need not be said again.
    pub short_title: &'a str,
    /// Its own title, where it has one.
    pub own_title: Option<&'a str>,
    /// Its page.
    pub href: String,
    /// `piątek, 13 marca 2026`.
    pub date: String,
    /// `14:00–18:00`.
    pub hours: String,
    /// RFC 3339, for `<time>`.
    pub starts: String,
    /// How near it is, in a word; none for a distant or past day.
    pub nearness: Option<&'static str>,
    /// Whether it has ended.
    pub is_over: bool,
    /// Whether people would stand before a closed door.
    pub is_off: bool,
    /// The status's name in the schedule, for the style sheet.
    pub status_key: &'static str,
    /// The status, where a reader must notice it.
    pub status: Option<&'static str>,
    /// What the status means.
    pub status_means: Option<&'static str>,
    /// What changed since it was announced.
    pub change: Option<String>,
    /// Where it is.
    pub place: Spot<'a>,
    /// The districts that hear of it, with their pages; none for all.
    pub districts: Vec<Link<'a>>,
    /// What else to know.
    pub note: Option<&'a str>,
    /// How to put it alone into a calendar; none once it is off or over.
    pub add: Option<AddToCalendar>,
}

/// A link and its words.
pub(super) struct Link<'a> {
    /// Where to.
    pub href: String,
    /// What it says.
    pub name: &'a str,
}

/// Where a session is.
pub(super) struct Spot<'a> {
    /// The venue's name, or that it is to be announced.
    pub name: &'a str,
    /// The venue, where it is known.
    pub venue: Option<VenueCard<'a>>,
}

/// What is told of a venue.
pub(super) struct VenueCard<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its page here.
    pub href: String,
    /// Street, number and town.
    pub address: Option<&'a str>,
    /// Its place on a map.
    pub map: Option<String>,
    /// Who runs it.
    pub host: Option<&'a str>,
    /// Its own page.
    pub url: Option<&'a str>,
    /// What it is like.
    pub description: Option<&'a str>,
    /// How to get in.
    pub access: Vec<&'static str>,
    /// The district it lies in.
    pub district: Link<'a>,
}

impl<'a> VenueCard<'a> {
    /// What `view` tells of `venue`.
    pub fn new(view: &View<'a>, venue: &'a Venue) -> VenueCard<'a> {
        let language = view.language;
        VenueCard {
            name: venue.name.get(language),
            href: view
                .links
                .relative(&Route::Place(venue.id.clone(), language)),
            address: venue.address.as_ref().map(|text| text.get(language)),
            map: venue.location.map(|place| {
                let (latitude, longitude) = (place.latitude(), place.longitude());
                format!(
                    "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=18/{latitude}/{longitude}"
                )
            }),
            host: venue.host.as_ref().map(|text| text.get(language)),
            url: venue.url.as_ref().map(super::WebAddress::as_str),
            description: venue.description.as_ref().map(|text| text.get(language)),
            access: venue
                .access
                .iter()
                .map(|feature| feature.name(language))
                .collect(),
            district: Link {
                href: view.links.relative(&Route::District(
                    Selection::one(&venue.district.id),
                    language,
                )),
                name: venue.district.name.get(language),
            },
        }
    }
}

impl<'a> Meeting<'a> {
    /// What `view` tells of `published`.
    pub fn new(view: &View<'a>, published: &'a Published) -> Meeting<'a> {
        let session = &published.session;
        let language = view.language;
        let words = language.words();
        let when = view.when(session);
        let cycle = view.publication.calendar.title.get(language);
        let place = Spot {
            name: session.place_name(language),
            venue: session
                .place
                .venue()
                .map(|venue| VenueCard::new(view, venue)),
        };
        let own_title = session.title.as_ref().map(|title| title.get(language));
        let districts = match &session.districts {
            Districts::All => Vec::new(),
            Districts::These(districts) => districts
                .iter()
                .map(|district| Link {
                    href: view
                        .links
                        .relative(&Route::District(Selection::one(&district.id), language)),
                    name: district.name.get(language),
                })
                .collect(),
        };
        let is_open = when != When::Over && !session.status.is_off();
        Meeting {
            title: session.title(cycle, language),
            short_title: own_title.unwrap_or(place.name),
            own_title,
            href: view
                .links
                .relative(&Route::Session(session.id.clone(), language)),
            date: unbroken_date(session, language),
            hours: session.hours(),
            starts: session.start.to_rfc3339_opts(SecondsFormat::Secs, false),
            nearness: match when {
                When::Now if is_open => Some(words.now),
                When::Today => Some(words.today),
                When::Tomorrow => Some(words.tomorrow),
                When::Now | When::Later | When::Over => None,
            },
            is_over: when == When::Over,
            is_off: session.status.is_off(),
            status_key: session.status.key(),
            // A meeting that was held is no longer a provisional one.
            status: notable(session.status, words)
                .filter(|_| when != When::Over || session.status != Status::Tentative)
                .map(|(status, _)| status),
            status_means: notable(session.status, words)
                .filter(|_| when != When::Over)
                .map(|(_, means)| means),
            change: (when != When::Over)
                .then(|| change(view, session, words))
                .flatten(),
            place,
            districts,
            note: session.note.as_ref().map(|note| note.get(language)),
            add: is_open.then(|| AddToCalendar::new(view, session)),
        }
    }
}

/// What changed since the session was announced, for those who remember it
/// otherwise.
fn change(view: &View<'_>, session: &Session, words: &Words) -> Option<String> {
    if session.status.is_off() {
        return None;
    }
    let language = view.language;
    let last = last_event(view, session)?;
    match (last.kind, &last.before) {
        (Kind::Moved, Some(before)) => {
            let was = format!(
                "{}, {}, {}",
                dates::long_date(before.date(), language),
                before.hours(),
                before.place_name(language),
            );
            Some(words.moved_from(was))
        }
        (Kind::Restored, _) => Some(words.restored.to_owned()),
        _ => None,
    }
}

/// The last change of `session` that a resident would act on: other words
/// alone do not make a move undone.
pub(super) fn last_event<'a>(view: &View<'a>, session: &Session) -> Option<&'a Change> {
    view.publication
        .changes_of(&session.id)
        .rev()
        .find(|change| change.kind != Kind::Reworded)
}

/// The long date, its day never parted from its month by a line's end.
fn unbroken_date(session: &Session, language: Language) -> String {
    let day = dates::day_and_month(session.date(), language);
    let unbroken = day.replace(' ', "\u{a0}");
    dates::long_date(session.date(), language).replace(&day, &unbroken)
}

/// The word for a status that a reader must notice, and what it means to
/// them; `None` for a session that is simply on.
fn notable(status: Status, words: &Words) -> Option<(&'static str, &'static str)> {
    match status {
        Status::Confirmed => None,
        Status::Tentative => Some((words.tentative, words.tentative_means)),
        Status::Cancelled => Some((words.cancelled, words.cancelled_means)),
        Status::Postponed => Some((words.postponed, words.postponed_means)),
    }
}

/// The sessions of a page, parted by what a reader wants to know first.
pub(super) struct Agenda<'a> {
    /// Sessions ahead that are off and were to come before the next one, or
    /// that are all there is.
    pub alerts: Vec<Meeting<'a>>,
    /// The next session that is on, or goes on now.
    pub next: Option<Meeting<'a>>,
    /// The others ahead.
    pub later: Vec<Meeting<'a>>,
    /// Those that ended, the latest first.
    pub past: Vec<Meeting<'a>>,
}

impl<'a> Agenda<'a> {
    /// Parts `sessions`, which come by their start.
    pub fn new(view: &View<'a>, sessions: impl Iterator<Item = &'a Published>) -> Agenda<'a> {
        let mut agenda = Agenda {
            alerts: Vec::new(),
            next: None,
            later: Vec::new(),
            past: Vec::new(),
        };
        for published in sessions {
            let meeting = Meeting::new(view, published);
            if meeting.is_over {
                agenda.past.push(meeting);
            } else if agenda.next.is_some() {
                agenda.later.push(meeting);
            } else if meeting.is_off {
                agenda.alerts.push(meeting);
            } else {
                agenda.next = Some(meeting);
            }
        }
        agenda.past.reverse();
        agenda
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{links, published, published_after, view};

    fn shown(agenda: &Agenda<'_>) -> (Vec<String>, Option<String>, Vec<String>, Vec<String>) {
        let hrefs = |meetings: &[Meeting<'_>]| {
            let id = |meeting: &Meeting<'_>| meeting.href.replace("/m/sessions/", "");
            meetings.iter().map(id).collect::<Vec<_>>()
        };
        let next = agenda.next.as_ref().map(std::slice::from_ref);
        (
            hrefs(&agenda.alerts),
            next.and_then(|next| hrefs(next).pop()),
            hrefs(&agenda.later),
            hrefs(&agenda.past),
        )
    }

    #[test]
    fn the_next_session_is_one_that_is_on() {
        let (publication, links) = (published(), links());
        for (boundary, alerts, next, later, past) in [
            (
                "2026-01-01T00:00:00Z",
                &[][..],
                Some("winter/"),
                &["off/", "summer/"][..],
                &[][..],
            ),
            (
                "2026-01-16T13:00:00Z",
                &[],
                Some("winter/"),
                &["off/", "summer/"],
                &[],
            ),
            (
                "2026-01-16T17:00:00Z",
                &["off/"],
                Some("summer/"),
                &[],
                &["winter/"],
            ),
            (
                "2026-07-17T16:00:00Z",
                &[],
                None,
                &[],
                &["summer/", "off/", "winter/"],
            ),
        ] {
            let view = view(&publication, &links, boundary);
            let found = shown(&Agenda::new(&view, publication.sessions.iter()));
            let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
            let expected = (
                owned(alerts),
                next.map(str::to_owned),
                owned(later),
                owned(past),
            );
            assert_eq!(found, expected, "{boundary}");
        }
    }

    #[test]
    fn a_move_is_told_until_the_session_is_over_other_words_notwithstanding() {
        let publication = published_after(&[
            ("2026-07-17", "2026-07-18"),
            ("2026-07-18,", "2026-07-18, note: \"Ogródek\","),
        ]);
        let links = links();
        for (boundary, expected) in [
            (
                "2026-01-01T00:00:00Z",
                Some(
                    "Uwaga, zmiana. Wcześniej zapowiadaliśmy: piątek, 17 lipca 2026, 14:00–18:00, Café <3 & </script>.",
                ),
            ),
            ("2026-07-18T16:00:00Z", None),
        ] {
            let view = view(&publication, &links, boundary);
            let meeting = Meeting::new(&view, publication.session("summer").unwrap());
            assert_eq!(meeting.change.as_deref(), expected, "{boundary}");
        }
    }
}
