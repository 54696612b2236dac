//! A published session, seen from a boundary -> what the templates say about it.

use chrono::{Datelike, SecondsFormat};

use super::View;
use super::add_to_calendar::AddToCalendar;
use super::boundary::When;
use super::landing::Contact;
use super::prose::Prose;
use crate::feed::atom;
use crate::history::{Change, Kind, Published};
use crate::route::{Route, Selection};
use crate::schedule::{Districts, Session, Status, Venue};
use crate::texts::{Words, dates};

/// One session, ready to be written.
pub(super) struct Meeting<'a> {
    /// Its own title, or the calendar's and the venue's name.
    pub title: String,
    /// The title in a list, where the cycle's name need not be said again.
    pub short_title: Prose<'a>,
    /// Its own title, where it has one.
    pub own_title: Option<Prose<'a>>,
    /// Its page.
    pub href: String,
    /// The same, whole: for other people's pages.
    pub page: String,
    /// `piątek, 13 marca 2026`.
    pub date: String,
    /// `14:00–18:00`.
    pub hours: String,
    /// RFC 3339, for `<time>`.
    pub starts: String,
    /// RFC 3339, for scripts that leave out what is over.
    pub ends: String,
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
    pub moved: Option<Moved<'a>>,
    /// Whether it was off and is on again.
    pub is_restored: bool,
    /// Where it is.
    pub place: PlaceView<'a>,
    /// The districts that hear of it, with their pages; none for all.
    pub districts: Vec<Link<'a>>,
    /// What else to know.
    pub note: Option<Prose<'a>>,
    /// How to put it alone into a calendar; none once it is off or over.
    pub add: Option<AddToCalendar>,
}

/// What a move changed, for those who remember the session otherwise.
pub(super) struct Moved<'a> {
    /// The change in two words: `Nowy termin`.
    pub headline: &'static str,
    /// What was announced before: the date with the hours, and the place.
    pub was: (String, Prose<'a>),
    pub is_new_date: bool,
    pub is_new_hours: bool,
    pub is_new_place: bool,
    /// Says so where it was to be today.
    pub not_today: Option<&'static str>,
}

/// A session that left the districts of a page.
pub(super) struct Departed<'a> {
    /// Where it is now.
    pub meeting: Meeting<'a>,
    /// What was announced here: the date with the hours, and the place.
    pub was: (String, Prose<'a>),
    /// Whether it was to be today.
    pub was_today: bool,
}

/// A link and its words.
pub(super) struct Link<'a> {
    /// Where to.
    pub href: String,
    /// What it says.
    pub name: Prose<'a>,
}

/// Where a session is.
pub(super) struct PlaceView<'a> {
    /// The venue's name, or that it is to be announced.
    pub name: Prose<'a>,
    /// The venue, where it is known.
    pub venue: Option<VenueCard<'a>>,
}

/// What is told of a venue.
pub(super) struct VenueCard<'a> {
    /// Its name.
    pub name: Prose<'a>,
    /// Its page here.
    pub href: String,
    /// Street, number and town.
    pub address: Option<Prose<'a>>,
    /// Its place on a map.
    pub map: Option<String>,
    /// Who runs it.
    pub host: Option<Prose<'a>>,
    /// Its own page.
    pub url: Option<&'a str>,
    /// What it is like.
    pub description: Option<Prose<'a>>,
    /// Where to ask about it.
    pub contact: Contact<'a>,
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
            name: Prose::name(view, &venue.name),
            href: view
                .links
                .relative(&Route::Place(venue.id.clone(), language)),
            address: venue.address.as_ref().map(|text| Prose::name(view, text)),
            map: venue.location.map(|place| {
                let (latitude, longitude) = (place.latitude(), place.longitude());
                format!(
                    "https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=18/{latitude}/{longitude}"
                )
            }),
            host: venue.host.as_ref().map(|text| Prose::name(view, text)),
            url: venue.url.as_ref().map(super::WebAddress::as_str),
            description: venue.description.as_ref().map(|text| Prose::new(view, text)),
            contact: Contact::new(venue.email.as_ref(), venue.phone.as_ref()),
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
                name: Prose::name(view, &venue.district.name),
            },
        }
    }
}

impl<'a> Meeting<'a> {
    /// Whether it was announced in another place.
    pub fn is_in_new_place(&self) -> bool {
        self.moved.as_ref().is_some_and(|moved| moved.is_new_place)
    }

    /// The districts that hear of it, in words.
    pub fn district_names(&self, words: &Words) -> String {
        if self.districts.is_empty() {
            return words.whole_city.to_owned();
        }
        let names: Vec<&str> = self.districts.iter().map(|it| it.name.text).collect();
        names.join(", ")
    }

    /// What `view` tells of `published`.
    pub fn new(view: &View<'a>, published: &'a Published) -> Meeting<'a> {
        let session = &published.session;
        let language = view.language;
        let words = language.words();
        let when = view.when(session);
        let cycle = view.publication.calendar.title.get(language);
        let place = PlaceView {
            name: place_name(view, session),
            venue: session
                .place
                .venue()
                .map(|venue| VenueCard::new(view, venue)),
        };
        let own_title = session.title.as_ref().map(|it| Prose::name(view, it));
        let districts = match &session.districts {
            Districts::All => Vec::new(),
            Districts::These(districts) => districts
                .iter()
                .map(|district| Link {
                    href: view
                        .links
                        .relative(&Route::District(Selection::one(&district.id), language)),
                    name: Prose::name(view, &district.name),
                })
                .collect(),
        };
        let is_open = when != When::Over && !session.status.is_off();
        Meeting {
            title: session.title(cycle, language),
            short_title: own_title.unwrap_or(match &place.venue {
                Some(_) => place.name,
                None => Prose::own(words.place_unknown),
            }),
            own_title,
            href: view
                .links
                .relative(&Route::Session(session.id.clone(), language)),
            page: view
                .links
                .absolute(&Route::Session(session.id.clone(), language)),
            date: dates::long_date(session.date(), language),
            hours: session.hours(),
            starts: session.start.to_rfc3339_opts(SecondsFormat::Secs, false),
            ends: session.end.to_rfc3339_opts(SecondsFormat::Secs, false),
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
            moved: (when != When::Over).then(|| moved(view, session)).flatten(),
            is_restored: is_open
                && last_event(view, session).is_some_and(|change| change.kind == Kind::Restored),
            place,
            districts,
            note: session.note.as_ref().map(|note| Prose::new(view, note)),
            add: is_open.then(|| AddToCalendar::new(view, session)),
        }
    }

    /// What its pages are called in a browser's tab: with its date, since
    /// there may be many at one place.
    pub fn page_title(&self, cycle: &str) -> String {
        let off = self.status.map(|it| format!("{it}: ")).unwrap_or_default();
        format!("{off}{}, {} – {cycle}", self.short_title, self.date)
    }
}

/// The name of the place of `session`, or that it is to be announced.
fn place_name<'a>(view: &View<'a>, session: &'a Session) -> Prose<'a> {
    match session.place.venue() {
        Some(venue) => Prose::name(view, &venue.name),
        None => Prose::own(view.words().place_to_be_announced),
    }
}

/// What the last move changed; `None` where nothing was moved, or where the
/// session is off.
fn moved<'a>(view: &View<'a>, session: &Session) -> Option<Moved<'a>> {
    if session.status.is_off() {
        return None;
    }
    let language = view.language;
    let change = last_event(view, session).filter(|change| change.kind == Kind::Moved)?;
    let before = change.before.as_ref()?;
    let is_new_date = before.date() != session.date();
    Some(Moved {
        headline: atom::headline(change, language),
        was: was(view, before),
        is_new_date,
        is_new_hours: before.hours() != session.hours(),
        is_new_place: before.place_name(language) != session.place_name(language),
        not_today: (is_new_date && view.is_today(before)).then_some(language.words().not_today),
    })
}

/// When and where `before` was to be.
fn was<'a>(view: &View<'a>, before: &'a Session) -> (String, Prose<'a>) {
    let date = dates::long_date(before.date(), view.language);
    let when = format!("{date}, {}", before.hours());
    (when, place_name(view, before))
}

/// The last change of `session` that a resident would act on: other words
/// alone do not make a move undone.
pub(super) fn last_event<'a>(view: &View<'a>, session: &Session) -> Option<&'a Change> {
    view.publication
        .changes_of(&session.id)
        .rev()
        .find(|change| change.kind != Kind::Reworded)
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
    /// Sessions ahead that left the page's districts.
    pub departed: Vec<Departed<'a>>,
    /// Those that ended, the latest first, by their years.
    pub past: Vec<Year<'a>>,
    /// Whether they are too many to show at once.
    pub is_past_folded: bool,
}

/// The past sessions of a year.
pub(super) struct Year<'a> {
    pub year: i32,
    pub meetings: Vec<Meeting<'a>>,
}

/// The most past sessions that a page shows unfolded.
const UNFOLDED: usize = 6;

impl<'a> Agenda<'a> {
    /// Parts the sessions of `selection`.
    pub fn new(view: &View<'a>, selection: &'a Selection) -> Agenda<'a> {
        Agenda {
            departed: departed(view, selection),
            ..Agenda::of(view, view.publication.sessions_in(selection))
        }
    }

    /// Parts `sessions`, which stand in the order of time.
    pub fn of(view: &View<'a>, sessions: impl Iterator<Item = &'a Published>) -> Agenda<'a> {
        let mut agenda = Agenda {
            alerts: Vec::new(),
            next: None,
            later: Vec::new(),
            departed: Vec::new(),
            past: Vec::new(),
            is_past_folded: false,
        };
        let mut past = 0;
        for published in sessions {
            let meeting = Meeting::new(view, published);
            if meeting.is_over {
                past += 1;
                let year = published.session.date().year();
                match agenda.past.last_mut() {
                    Some(last) if last.year == year => last.meetings.push(meeting),
                    _ => agenda.past.push(Year {
                        year,
                        meetings: vec![meeting],
                    }),
                }
            } else if agenda.next.is_some() {
                agenda.later.push(meeting);
            } else if meeting.is_off {
                agenda.alerts.push(meeting);
            } else {
                agenda.next = Some(meeting);
            }
        }
        agenda.past.reverse();
        for year in &mut agenda.past {
            year.meetings.reverse();
        }
        agenda.is_past_folded = past > UNFOLDED;
        agenda
    }
}

/// The sessions that left `selection`, until they are over.
pub(super) fn departed<'a>(view: &View<'a>, selection: &'a Selection) -> Vec<Departed<'a>> {
    view.publication
        .departures(selection)
        .filter(|(published, _)| published.session.end > view.boundary)
        .map(|(published, departure)| {
            let before = &departure.before;
            Departed {
                meeting: Meeting::new(view, published),
                was: was(view, before),
                was_today: view.is_today(before),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::last_boundary;
    use crate::page::sample::{at, links, published, published_after, view};
    use crate::schedule::Id;

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
            agenda
                .past
                .iter()
                .flat_map(|year| hrefs(&year.meetings))
                .collect(),
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
            let found = shown(&Agenda::new(&view, &Selection::All));
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
            ("2026-02-13T17:00:00Z", Some(false)),
            ("2026-07-16T22:00:00Z", Some(true)),
            ("2026-07-17T22:00:00Z", Some(false)),
            ("2026-07-18T16:00:00Z", None),
        ] {
            assert_eq!(last_boundary(&publication, at(boundary)), at(boundary));
            let view = view(&publication, &links, boundary);
            let meeting = Meeting::new(&view, publication.session("summer").unwrap());
            let moved = meeting.moved;
            assert_eq!(
                moved.as_ref().map(|it| it.not_today.is_some()),
                expected,
                "{boundary}"
            );
            if let Some(moved) = moved {
                assert_eq!(moved.headline, "Nowy termin");
                assert_eq!(moved.was.0, "piątek, 17 lipca 2026, 14:00–18:00");
                assert_eq!(moved.was.1.text, "Café <3 & </script>");
                let new = (moved.is_new_date, moved.is_new_hours, moved.is_new_place);
                assert_eq!(new, (true, false, false));
            }
        }
    }

    #[test]
    fn the_district_that_a_session_left_says_where_it_went_until_it_is_over() {
        let publication = published_after(&[(
            "2026-07-17, venue: cafe",
            "2026-07-24, venue: cafe, districts: [bienczyce]",
        )]);
        let links = links();
        let left = Selection::one(&Id::new("nowa-huta").unwrap());
        for (boundary, expected) in [
            ("2026-07-01T00:00:00Z", Some(false)),
            ("2026-07-16T22:00:00Z", Some(true)),
            ("2026-07-24T15:59:59Z", Some(false)),
            ("2026-07-24T16:00:00Z", None),
        ] {
            let view = view(&publication, &links, boundary);
            let agenda = Agenda::new(&view, &left);
            let gone = agenda.departed.first();
            assert_eq!(gone.map(|it| it.was_today), expected, "{boundary}");
            if let Some(gone) = gone {
                assert_eq!(gone.was.0, "piątek, 17 lipca 2026, 14:00–18:00");
                assert_eq!(gone.meeting.date, "piątek, 24 lipca 2026");
                assert_eq!(gone.meeting.districts[0].name.text, "Bieńczyce");
            }
        }
        let view = view(&publication, &links, "2026-07-01T00:00:00Z");
        assert!(Agenda::new(&view, &Selection::All).departed.is_empty());
    }
}
