//! The landing page: what is next, how to subscribe, which district.

use askama::Template;

use super::add_to_calendar::Subscribe;
use super::frame::{Frame, Here, selection_name};
use super::meeting::Agenda;
use super::register::Register;
use super::{View, event_data};
use crate::route::{Route, Selection};
use crate::texts::Words;

#[derive(Template)]
#[template(path = "landing.html", config = "src/page/askama.toml")]
struct Landing<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    agenda: Agenda<'a>,
    subscribe: Subscribe,
    register: Register<'a>,
    about: About<'a>,
    poster: String,
}

/// What the cycle says of itself.
pub(super) struct About<'a> {
    pub description: Option<&'a str>,
    pub paragraphs: Vec<&'a str>,
    pub audience: Vec<&'a str>,
    pub organizer: Option<(&'a str, Option<&'a str>)>,
}

impl<'a> About<'a> {
    /// What the calendar of `view` says.
    pub fn new(view: &View<'a>) -> About<'a> {
        let calendar = &view.publication.calendar;
        let language = view.language;
        About {
            description: calendar.description.as_ref().map(|text| text.get(language)),
            paragraphs: calendar
                .about
                .as_ref()
                .map(|text| paragraphs(text.get(language)))
                .unwrap_or_default(),
            audience: calendar
                .audience
                .iter()
                .map(|line| line.get(language))
                .collect(),
            organizer: calendar.organizer.as_ref().map(|organizer| {
                (
                    organizer.name.get(language),
                    organizer.url.as_ref().map(super::WebAddress::as_str),
                )
            }),
        }
    }
}

/// Paragraphs are parted by an empty line.
fn paragraphs(text: &str) -> Vec<&str> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .collect()
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
        about.description.unwrap_or(words.just_come_means),
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
    super::write(&Landing {
        frame,
        words,
        agenda: Agenda::new(view, view.publication.sessions.iter()),
        subscribe: Subscribe::new(view, &selection, selection_name(view, &selection)),
        register: Register::new(view, &selection),
        about,
        poster: view.links.relative(&Route::Poster(selection, language)),
    })
}

/// How many sessions ahead a page tells search engines of; each has a page of
/// its own besides.
pub(super) const EVENTS: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_line_parts_paragraphs() {
        for (text, expected) in [
            ("", vec![]),
            ("one", vec!["one"]),
            ("one\ntwo\n\n\nthree\n", vec!["one\ntwo", "three"]),
        ] {
            assert_eq!(paragraphs(text), expected);
        }
    }
}
