//! A district's page, or that of several: what is next there, its calendar,
//! and the way to what those need who invite there.

use askama::Template;

use super::add_to_calendar::Subscribe;
use super::frame::{Frame, Here, selection_name, selection_names};
use super::landing::{About, EVENTS};
use super::meeting::{Agenda, Meeting};
use super::prose::Names;
use super::register::Register;
use super::{View, event_data};
use crate::route::{Drawing, Route, Selection};
use crate::texts::Words;

#[derive(Template)]
#[template(path = "district.html", config = "src/page/askama.toml")]
struct District<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    name: Names<'a>,
    number: Option<&'a str>,
    agenda: Agenda<'a>,
    about: About<'a>,
    /// The next session of the whole cycle, where there is none here.
    elsewhere: Option<Meeting<'a>>,
    subscribe: Subscribe<'a>,
    register: Register<'a>,
    /// The page for organisations, with these districts chosen.
    organisations: String,
    poster: String,
    qr_code: String,
}

/// The page of `selection`, whose districts exist.
pub fn district(view: &View<'_>, selection: &Selection) -> String {
    let language = view.language;
    let words = view.words();
    let name = selection_name(view, selection);
    let number = match selection.ids() {
        [id] => view
            .publication
            .district(id.as_str())
            .and_then(|district| district.number.as_deref()),
        _ => None,
    };
    let agenda = Agenda::new(view, selection);
    let elsewhere = match agenda.next {
        Some(_) => None,
        None => Agenda::new(view, &Selection::All).next,
    };
    let description = agenda.next.as_ref().map_or_else(
        || words.nothing_here.to_owned(),
        |meeting| {
            format!(
                "{}: {}, {}, {}",
                words.next, meeting.date, meeting.hours, meeting.place.name.text
            )
        },
    );
    let mut frame = Frame::new(
        view,
        &Route::District(selection.clone(), language),
        &name,
        &description,
        selection,
    );
    frame.events = view
        .publication
        .sessions_in(selection)
        .filter(|published| published.session.end > view.boundary)
        .take(EVENTS)
        .map(|published| event_data::event(view, published))
        .collect();
    super::write_page(&District {
        frame,
        words,
        number,
        agenda,
        about: About::new(view),
        elsewhere,
        subscribe: Subscribe::new(view, selection),
        register: Register::new(view, selection),
        organisations: view
            .links
            .relative(&Route::Organisations(selection.clone(), language)),
        poster: view
            .links
            .relative(&Route::Poster(selection.clone(), language)),
        qr_code: view
            .links
            .relative(&Route::QrCode(selection.clone(), Drawing::Svg)),
        name: selection_names(view, selection),
    })
}
