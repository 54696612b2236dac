//! What a reader sees where nothing is: what may have been meant.

use askama::Template;

use super::View;
use super::frame::{Frame, Here};
use super::register::{DistrictCard, Register};
use crate::route::{Selection, Why};
use crate::texts::Words;

#[derive(Template)]
#[template(path = "missing.html", config = "src/page/askama.toml")]
struct Page<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    title: String,
    nearest: Vec<DistrictCard<'a>>,
    register: Register<'a>,
}

/// The page that goes with a 404.
pub fn missing(view: &View<'_>, why: &Why) -> String {
    let words = view.words();
    let (title, nearest) = match why {
        Why::Page => (words.missing.to_owned(), &[][..]),
        Why::Parameter(name) => (words.unknown_parameter(name), &[][..]),
        Why::District(unknown) => (
            words.missing_district(&unknown.asked),
            unknown.nearest.as_slice(),
        ),
    };
    let register = Register::new(view, &Selection::All);
    super::write_page(&Page {
        frame: Frame::missing(view, &title),
        words,
        nearest: Register::new(view, &Selection::All)
            .cards
            .into_iter()
            .filter(|card| nearest.iter().any(|id| id.as_str() == card.id))
            .collect(),
        title,
        register,
    })
}
