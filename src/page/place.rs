//! The third places met so far, and one of them.

use askama::Template;

use super::View;
use super::frame::{Frame, Here};
use super::meeting::{Meeting, VenueCard};
use crate::route::{Route, Selection};
use crate::schedule::Venue;
use crate::texts::Words;

#[derive(Template)]
#[template(path = "places.html", config = "src/page/askama.toml")]
struct Places<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    /// Each place with its sessions, the latest first.
    places: Vec<(VenueCard<'a>, Vec<Meeting<'a>>)>,
}

#[derive(Template)]
#[template(path = "place.html", config = "src/page/askama.toml")]
struct Place<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    venue: VenueCard<'a>,
    /// The next session there that is on.
    next: Option<Meeting<'a>>,
    meetings: Vec<Meeting<'a>>,
}

/// The page of every place.
pub fn places(view: &View<'_>) -> String {
    let words = view.words();
    super::write_page(&Places {
        frame: Frame::new(
            view,
            &Route::Places(view.language),
            words.places,
            words.places_means,
            &Selection::All,
        ),
        words,
        places: view
            .publication
            .venues()
            .iter()
            .map(|venue| (VenueCard::new(view, venue), meetings_at(view, venue)))
            .collect(),
    })
}

/// The page of `venue`.
pub fn place(view: &View<'_>, venue: &Venue) -> String {
    let card = VenueCard::new(view, venue);
    let description = card
        .description
        .map_or(view.words().places_means, |description| description.text);
    super::write_page(&Place {
        frame: Frame::new(
            view,
            &Route::Place(venue.id.clone(), view.language),
            card.name.text,
            description,
            &Selection::one(&venue.district.id),
        ),
        words: view.words(),
        next: meetings_at(view, venue)
            .into_iter()
            .rfind(|meeting| !meeting.is_over && !meeting.is_off),
        meetings: meetings_at(view, venue),
        venue: card,
    })
}

/// The sessions held at `venue`, the latest first.
fn meetings_at<'a>(view: &View<'a>, venue: &Venue) -> Vec<Meeting<'a>> {
    view.publication
        .sessions
        .iter()
        .rev()
        .filter(|published| {
            let place = published.session.place.venue();
            place.is_some_and(|place| place.id == venue.id)
        })
        .map(|published| Meeting::new(view, published))
        .collect()
}
