//! A notice to hang on a door: one sheet of A4, black on white, the chosen
//! language large and the others below it.

use askama::Template;

use super::View;
use super::frame::{Frame, Here, selection_name};
use super::meeting::{Agenda, Departed, Meeting, departed};
use super::prose::Prose;
use super::qr_code;
use crate::route::{Route, Selection};
use crate::texts::{Language, Words};

/// How many sessions fit besides the first.
const FURTHER: usize = 3;

#[derive(Template)]
#[template(path = "poster.html", config = "src/page/askama.toml")]
struct Poster<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    /// The districts' names; none for all.
    name: Option<String>,
    first: Option<Meeting<'a>>,
    further: Vec<Meeting<'a>>,
    /// The sessions that left the districts.
    departed: Vec<Departed<'a>>,
    /// Where there is none here, the next one of all.
    elsewhere: Option<Meeting<'a>>,
    invitation: Option<Prose<'a>>,
    rhythm: Option<&'static str>,
    others: Vec<Other<'a>>,
    organizer: Option<&'a str>,
    /// The QR code as SVG.
    code: Option<String>,
    /// What it leads to, to read and type.
    address: String,
}

/// The same in another language, in short.
struct Other<'a> {
    language: &'static str,
    words: &'static Words,
    cycle: &'a str,
    first: Option<Meeting<'a>>,
    invitation: Option<Prose<'a>>,
}

/// The poster of `selection`.
pub fn poster(view: &View<'_>, selection: &Selection) -> String {
    let name = match selection {
        Selection::All => None,
        Selection::Districts(_) => Some(selection_name(view, selection)),
    };
    let title = match &name {
        None => view.words().poster.to_owned(),
        Some(name) => format!("{}: {name}", view.words().poster),
    };
    let (first, further) = ahead(view, selection);
    let landing = view
        .links
        .absolute(&Route::page_of(selection, view.links.default_language()));
    let others = Language::ALL
        .into_iter()
        .filter(|language| *language != view.language)
        .map(|language| {
            let view = View { language, ..*view };
            Other {
                language: language.code(),
                words: language.words(),
                cycle: view.title(),
                first: ahead(&view, selection).0,
                invitation: view.invitation(),
            }
        })
        .collect();
    super::write_page(&Poster {
        frame: Frame::new(
            view,
            &Route::Poster(selection.clone(), view.language),
            &title,
            view.words().print_means,
            selection,
        ),
        words: view.words(),
        name,
        elsewhere: match first {
            Some(_) => None,
            None => ahead(view, &Selection::All).0,
        },
        first,
        further,
        departed: departed(view, selection),
        invitation: view.invitation(),
        rhythm: view.rhythm(),
        others,
        organizer: view
            .publication
            .calendar
            .organizer
            .as_ref()
            .map(|organizer| organizer.name.get(view.language)),
        code: qr_code::draw(&landing),
        address: landing
            .split_once("://")
            .map_or(&*landing, |(_, rest)| rest)
            .trim_end_matches('/')
            .to_owned(),
    })
}

/// The session to announce large, and some after it. One that is off is
/// announced only where there is no other: people who remember it read that
/// it is off.
fn ahead<'a>(view: &View<'a>, selection: &'a Selection) -> (Option<Meeting<'a>>, Vec<Meeting<'a>>) {
    let agenda = Agenda::new(view, selection);
    let mut off = agenda.alerts;
    match agenda.next {
        Some(next) => {
            off.extend(agenda.later);
            off.truncate(FURTHER);
            (Some(next), off)
        }
        None if off.is_empty() => (None, Vec::new()),
        None => {
            let first = off.remove(0);
            off.truncate(FURTHER);
            (Some(first), off)
        }
    }
}
