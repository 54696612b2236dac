//! The third places met so far, and one of them.

use askama::Template;

use super::View;
use super::frame::{Frame, Here};
use super::meeting::{Agenda, Meeting, VenueCard};
use crate::history::Published;
use crate::route::{Route, Selection};
use crate::schedule::Venue;
use crate::texts::Words;

#[derive(Template)]
#[template(path = "places.html", config = "src/page/askama.toml")]
struct Places<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    /// Each place with the sessions there that are nearest to now.
    places: Vec<(VenueCard<'a>, Vec<Meeting<'a>>)>,
}

#[derive(Template)]
#[template(path = "place.html", config = "src/page/askama.toml")]
struct Place<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    venue: VenueCard<'a>,
    /// The sessions there.
    agenda: Agenda<'a>,
    /// Those ahead besides the next one that is on.
    ahead: Vec<Meeting<'a>>,
}

/// How many sessions of a place stand beside the other places.
const SHOWN: usize = 3;

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
            .map(|venue| (VenueCard::new(view, venue), nearest(view, venue)))
            .collect(),
    })
}

/// The page of `venue`.
pub fn place(view: &View<'_>, venue: &Venue) -> String {
    let card = VenueCard::new(view, venue);
    let description = card
        .description
        .map_or(view.words().places_means, |description| description.text);
    let mut agenda = Agenda::of(view, sessions_at(view, venue));
    let mut ahead = std::mem::take(&mut agenda.alerts);
    ahead.append(&mut agenda.later);
    super::write_page(&Place {
        frame: Frame::new(
            view,
            &Route::Place(venue.id.clone(), view.language),
            card.name.text,
            description,
            &Selection::one(&venue.district.id),
        ),
        words: view.words(),
        agenda,
        ahead,
        venue: card,
    })
}

/// The sessions at `venue` that are nearest to now: those ahead, then the
/// latest.
fn nearest<'a>(view: &View<'a>, venue: &'a Venue) -> Vec<Meeting<'a>> {
    let (over, ahead): (Vec<_>, Vec<_>) = sessions_at(view, venue)
        .map(|published| Meeting::new(view, published))
        .partition(|meeting| meeting.is_over);
    let over = over.into_iter().rev();
    ahead.into_iter().chain(over).take(SHOWN).collect()
}

/// The sessions at `venue`.
fn sessions_at<'a>(view: &View<'a>, venue: &'a Venue) -> impl Iterator<Item = &'a Published> {
    view.publication.sessions.iter().filter(|published| {
        let place = published.session.place.venue();
        place.is_some_and(|place| place.id == venue.id)
    })
}
