//! The next sessions for other people's pages: a document for a frame,
//! complete without script, and the script of the element
//! `<spotkajmy-sessions>`.

use askama::Template;

use super::View;
use super::frame::selection_name;
use super::meeting::Meeting;
use super::qr_code::front_page;
use super::words::Words;
use crate::route::{Links, Route, Selection};

/// How many sessions the widget shows unless it is told otherwise.
pub(super) const USUAL: usize = 3;

/// How many sessions the widget shows at most: WordPress gives a frame 1,000
/// pixels and no more.
pub(super) const MOST: usize = 5;

/// The frame's height in pixels where no script tells it: the usual number of
/// sessions on a narrow page.
pub(super) const HEIGHT: u32 = 600;

/// The widget's style, inside it: one request shows it all.
pub(super) const STYLE: &str = include_str!("assets/widget.css");

/// The widget's script, inside it: tells its height and follows links where
/// the frame may not.
pub(super) const SCRIPT: &str = include_str!("assets/widget.js");

#[derive(Template)]
#[template(path = "widget.html", config = "src/page/askama.toml")]
struct Widget<'a> {
    words: &'static Words,
    language: &'static str,
    cycle: &'a str,
    /// The districts' names; none for all.
    name: Option<String>,
    meetings: Vec<Row<'a>>,
    page: String,
    subscribe: String,
    style: &'static str,
    script: &'static str,
}

/// One session of the list.
struct Row<'a> {
    meeting: Meeting<'a>,
    page: String,
    /// Shown only when more sessions than the usual are asked for.
    is_further: bool,
}

/// The widget of `selection`.
pub fn widget(view: &View<'_>, selection: &Selection) -> String {
    let links = view.links;
    let language = view.language;
    let meetings = view
        .publication
        .sessions_in(selection)
        .filter(|published| published.session.end > view.turn)
        .take(MOST)
        .enumerate()
        .map(|(index, published)| Row {
            meeting: Meeting::new(view, published),
            page: links.absolute(&Route::Session(published.session.id.clone(), language)),
            is_further: index >= USUAL,
        })
        .collect();
    super::write(&Widget {
        words: view.words(),
        language: language.code(),
        cycle: view.title(),
        name: match selection {
            Selection::All => None,
            Selection::Districts(_) => Some(selection_name(view, selection)),
        },
        meetings,
        page: links.absolute(&front_page(selection, language)),
        subscribe: format!(
            "{}#subscribe",
            links.absolute(&front_page(selection, language))
        ),
        style: STYLE,
        script: SCRIPT,
    })
}

/// `/embed.js`. It finds the service where it was itself loaded from, and
/// must be told only which language has no prefix there.
pub fn widget_script(links: &Links) -> String {
    include_str!("assets/embed.js").replace("DEFAULT_LANGUAGE", links.default_language().code())
}
