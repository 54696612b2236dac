//! The landing page: what is next, how to subscribe, which district.

use askama::Template;

use super::add_to_calendar::Subscribe;
use super::frame::{Frame, Here};
use super::meeting::{Agenda, Meeting};
use super::prose::Prose;
use super::register::Register;
use super::{View, event_data};
use crate::route::{Route, Selection};
use crate::schedule::{Email, Phone};
use crate::texts::Words;

#[derive(Template)]
#[template(path = "landing.html", config = "src/page/askama.toml")]
struct Landing<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    agenda: Agenda<'a>,
    /// None: there is nothing beside all sessions.
    elsewhere: Option<Meeting<'a>>,
    subscribe: Subscribe<'a>,
    register: Register<'a>,
    about: About<'a>,
    poster: String,
}

/// What the cycle says of itself.
pub(super) struct About<'a> {
    /// What it is, in a sentence or two.
    pub description: Option<Prose<'a>>,
    pub paragraphs: Vec<Prose<'a>>,
    pub audience: Vec<Prose<'a>>,
    pub organizer: Option<Organizer<'a>>,
    pub invitation: Option<Prose<'a>>,
    pub is_free: bool,
    pub rhythm: Option<&'static str>,
}

/// Who holds the meetings.
pub(super) struct Organizer<'a> {
    pub name: Prose<'a>,
    pub url: Option<&'a str>,
    pub contact: Contact<'a>,
}

/// Where to ask.
pub(super) struct Contact<'a> {
    pub email: Option<&'a str>,
    /// As it is written, and as it is dialled.
    pub phone: Option<(&'a str, String)>,
}

impl<'a> Contact<'a> {
    pub fn new(email: Option<&'a Email>, phone: Option<&'a Phone>) -> Contact<'a> {
        Contact {
            email: email.map(Email::as_str),
            phone: phone.map(|phone| (phone.as_str(), phone.digits())),
        }
    }
}

impl<'a> About<'a> {
    /// What the calendar of `view` says.
    pub fn new(view: &View<'a>) -> About<'a> {
        let calendar = &view.publication.calendar;
        let prose = |text| Prose::new(view, text);
        About {
            description: calendar.description.as_ref().map(prose),
            paragraphs: calendar
                .about
                .as_ref()
                .map(|text| prose(text).paragraphs())
                .unwrap_or_default(),
            audience: calendar.audience.iter().map(prose).collect(),
            organizer: calendar.organizer.as_ref().map(|organizer| Organizer {
                name: Prose::name(view, &organizer.name),
                url: organizer.url.as_ref().map(super::WebAddress::as_str),
                contact: Contact::new(organizer.email.as_ref(), organizer.phone.as_ref()),
            }),
            invitation: view.invitation(),
            is_free: calendar.free == Some(true),
            rhythm: view.rhythm(),
        }
    }
}

/// The landing page.
pub fn landing(view: &View<'_>) -> String {
    let language = view.language;
    let selection = Selection::All;
    let about = About::new(view);
    let words = view.words();
    let mut frame = Frame::new(
        view,
        &Route::Landing(language),
        view.title(),
        about.description.map_or("", |description| description.text),
        &selection,
    );
    frame.events = view
        .publication
        .sessions
        .iter()
        .filter(|published| published.session.end > view.boundary)
        .take(EVENTS)
        .map(|published| event_data::event(view, published))
        .collect();
    super::write_page(&Landing {
        frame,
        words,
        agenda: Agenda::new(view, &selection),
        elsewhere: None,
        subscribe: Subscribe::new(view, &selection),
        register: Register::new(view, &selection),
        about,
        poster: view
            .links
            .relative(&Route::Poster(selection.clone(), language)),
    })
}

/// How many sessions ahead a page tells search engines of; each has a page of
/// its own besides.
pub(super) const EVENTS: usize = 3;
