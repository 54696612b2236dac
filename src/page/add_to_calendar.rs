//! A session or a feed -> the links that put it into a calendar program
//! with one click.

use chrono::{DateTime, FixedOffset};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::View;
use super::frame::{named_links, selection_name, selection_names};
use super::prose::{Names, Prose};
use crate::route::{LONGEST_FEED, Route, Selection};
use crate::schedule::Session;

/// All but RFC 3986's unreserved characters: a space becomes `%20`, which
/// every program reads, not `+`.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A value of a query.
pub(super) fn encode(value: &str) -> String {
    utf8_percent_encode(value, COMPONENT).to_string()
}

/// How to put one session into a calendar.
pub(super) struct AddToCalendar {
    /// A form of Google's calendar, filled in.
    pub google: String,
    /// A form of Outlook's calendar, filled in.
    pub outlook: String,
    /// A file to import.
    pub file: String,
}

impl AddToCalendar {
    /// The links for `session`. Long notes stay out: what the links carry is
    /// where to read them.
    pub fn new(view: &View<'_>, session: &Session) -> AddToCalendar {
        let language = view.language;
        let calendar = &view.publication.calendar;
        let title = session.title(calendar.title.get(language), language);
        let page = view
            .links
            .absolute(&Route::Session(session.id.clone(), language));
        let place = match session.place.venue() {
            None => language.words().place_to_be_announced.to_owned(),
            Some(venue) => {
                let name = venue.name.get(language);
                match &venue.address {
                    None => name.to_owned(),
                    Some(address) => format!("{name}, {}", address.get(language)),
                }
            }
        };
        let (title, page, place) = (encode(&title), encode(&page), encode(&place));
        // Google takes local times with their zone, Outlook instants: both
        // are right in summer and in winter.
        let local = |time: DateTime<FixedOffset>| time.format("%Y%m%dT%H%M%S").to_string();
        let instant = |time: DateTime<FixedOffset>| {
            encode(&time.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string())
        };
        AddToCalendar {
            google: format!(
                "https://calendar.google.com/calendar/render?action=TEMPLATE&text={title}&dates={}/{}&ctz={}&details={page}&location={place}",
                local(session.start),
                local(session.end),
                calendar.zone.name(),
            ),
            outlook: format!(
                "https://outlook.live.com/calendar/deeplink/compose?path=/calendar/action/compose&rru=addevent&startdt={}&enddt={}&subject={title}&body={page}&location={place}",
                instant(session.start),
                instant(session.end),
            ),
            file: view
                .links
                .relative(&Route::SessionFile(session.id.clone(), language)),
        }
    }
}

/// How to subscribe to the sessions of a selection.
pub(super) struct Subscribe<'a> {
    /// Whose sessions.
    pub name: Names<'a>,
    /// The feed's address, to copy.
    pub address: String,
    /// Whether Google would not take it: too many districts.
    pub is_too_long: bool,
    /// The same, for programs that announce themselves to the browser.
    pub webcal: String,
    /// Google's short link, which works on a computer for many.
    pub google: String,
    /// Outlook.com.
    pub outlook: String,
    /// Microsoft 365.
    pub office: String,
    /// A letter to oneself with the address.
    pub mail: String,
    /// A form of Google's calendar for the next session that is on.
    pub next: Option<String>,
    /// Where urgent news is posted.
    pub channels: Vec<(Prose<'a>, &'a str)>,
}

impl<'a> Subscribe<'a> {
    /// The links for `selection`.
    pub fn new(view: &View<'a>, selection: &Selection) -> Subscribe<'a> {
        let districts = &view.publication.districts;
        let address = view
            .links
            .feed_to_offer(selection, districts, view.language);
        let rest = address
            .split_once("://")
            .map_or(&*address, |(_, rest)| rest);
        let webcal = format!("webcal://{rest}");
        let title = view.publication.calendar.title.get(view.language);
        let calendar_name = match selection {
            Selection::All => title.to_owned(),
            Selection::Districts(_) => format!("{title} – {}", selection_name(view, selection)),
        };
        let query = format!("url={}&name={}", encode(&address), encode(&calendar_name));
        Subscribe {
            google: format!(
                "https://calendar.google.com/calendar/r?cid={}",
                encode(&webcal)
            ),
            outlook: format!("https://outlook.live.com/calendar/0/addfromweb?{query}"),
            office: format!("https://outlook.office.com/calendar/0/addfromweb?{query}"),
            mail: format!(
                "mailto:?subject={}&body={}",
                encode(&calendar_name),
                encode(&address)
            ),
            next: view
                .publication
                .sessions_in(selection)
                .map(|published| &*published.session)
                .find(|session| session.end > view.boundary && !session.status.is_off())
                .map(|session| AddToCalendar::new(view, session).google),
            channels: named_links(view, &view.publication.calendar.channels),
            name: selection_names(view, selection),
            is_too_long: address.len() > LONGEST_FEED,
            address,
            webcal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{links, published, view};
    use crate::route::Links;
    use crate::texts::Language;

    #[test]
    fn one_session_is_at_the_same_hour_in_winter_and_in_summer() {
        let (publication, links) = (published(), links());
        let view = view(&publication, &links, "2026-01-01T00:00:00Z");
        for (id, local, instants) in [
            (
                "winter",
                "dates=20260116T140000/20260116T180000&ctz=Europe/Warsaw&",
                "startdt=2026-01-16T13%3A00%3A00Z&enddt=2026-01-16T17%3A00%3A00Z&",
            ),
            (
                "summer",
                "dates=20260717T140000/20260717T180000&ctz=Europe/Warsaw&",
                "startdt=2026-07-17T12%3A00%3A00Z&enddt=2026-07-17T16%3A00%3A00Z&",
            ),
        ] {
            let links = AddToCalendar::new(&view, &publication.session(id).unwrap().session);
            assert!(links.google.contains(local), "{}", links.google);
            assert!(links.outlook.contains(instants), "{}", links.outlook);
            let place =
                "location=Caf%C3%A9%20%3C3%20%26%20%3C%2Fscript%3E%2C%20ul.%20%C5%81adna%207";
            assert!(links.google.ends_with(place), "{}", links.google);
        }
    }

    #[test]
    fn an_address_that_is_too_long_for_google_says_so() {
        let (publication, short) = (published(), links());
        let host = format!("https://example.org/{}", "m".repeat(250));
        let long = Links::new(host.parse().unwrap(), Language::Polish);
        for (links, is_too_long) in [(&short, false), (&long, true)] {
            let view = view(&publication, links, "2026-01-01T00:00:00Z");
            let subscribe = Subscribe::new(&view, &Selection::All);
            assert_eq!(subscribe.is_too_long, is_too_long, "{}", subscribe.address);
            let page = crate::page::landing(&view);
            let words = view.words().feed_too_long;
            assert_eq!(page.contains(words), is_too_long);
        }
    }

    #[test]
    fn a_feed_is_encoded_once() {
        let (publication, links) = (published(), links());
        let view = view(&publication, &links, "2026-01-01T00:00:00Z");
        let subscribe = Subscribe::new(&view, &Selection::All);
        let encoded = "example.org%2Fm%2Fcalendars%2Fall.ics";
        for (link, expected) in [
            (
                &subscribe.address,
                "https://example.org/m/calendars/all.ics".to_owned(),
            ),
            (
                &subscribe.webcal,
                "webcal://example.org/m/calendars/all.ics".to_owned(),
            ),
            (
                &subscribe.google,
                format!("https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F{encoded}"),
            ),
            (
                &subscribe.outlook,
                format!(
                    "https://outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2F{encoded}&name=Przyk%C5%82ad"
                ),
            ),
        ] {
            assert_eq!(*link, expected);
        }
    }
}
