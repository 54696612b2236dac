//! The next sessions for other people's pages: a document for a frame,
//! complete without script, and the script of the element
//! `<spotkajmy-sessions>`.

use askama::Template;
use serde_json::json;

use super::View;
use super::frame::{selection_name, selection_names};
use super::meeting::{Agenda, Departed, Meeting, departed};
use super::prose::{Names, Prose};
use crate::route::{Links, Route, Selection};
use crate::texts::{Language, Words};

/// How many sessions the widget shows unless it is told otherwise.
pub(super) const USUAL: usize = 3;

/// How many sessions the widget holds, for whoever asks for more: a year of a
/// monthly cycle.
pub(super) const MOST: usize = 12;

/// The frame's height in pixels where no script tells it: one or two sessions,
/// or none. What it has no room for the widget's own script leaves out.
pub(super) const HEIGHT: u32 = AROUND + 2 * ROW;

/// About the height of the title and the foot, and that of a session.
const AROUND: u32 = 130;
const ROW: u32 = 75;

/// The frame's height in pixels for this many sessions.
pub(super) fn height(sessions: usize) -> u32 {
    let sessions = u32::try_from(sessions).unwrap_or(u32::MAX);
    sessions.saturating_mul(ROW).saturating_add(AROUND)
}

/// The widget's style, inside it: one request shows it all.
pub(super) const STYLE: &str = include_str!("assets/widget.css");

/// The widget's script, inside it: tells its height, keeps to that of a frame
/// that does not listen, and follows links where the frame may not.
pub(super) const SCRIPT: &str = concat!(
    "(() => {\n  \"use strict\";\n",
    include_str!("assets/wishes.js"),
    include_str!("assets/widget.js"),
    "})();\n"
);

/// The element's script, without what [`widget_script`] writes into it.
/// Nothing of it is seen outside, so it may be joined to other scripts.
const ELEMENT_SCRIPT: &str = concat!(
    ";(() => {\n  \"use strict\";\n",
    include_str!("assets/wishes.js"),
    include_str!("assets/embed.js"),
    "})();\n"
);

#[derive(Template)]
#[template(path = "widget.html", config = "src/page/askama.toml")]
struct Widget<'a> {
    words: &'static Words,
    is_preview: bool,
    language: &'static str,
    /// What a browser's tab says, where no word can be marked.
    title: String,
    cycle: Prose<'a>,
    /// The districts' names; none for all.
    name: Option<Names<'a>>,
    /// The sessions that left the districts.
    departed: Vec<Departed<'a>>,
    meetings: Vec<Row<'a>>,
    /// The next session of all, where there is none here.
    elsewhere: Option<Meeting<'a>>,
    invitation: Option<Prose<'a>>,
    rhythm: Option<&'static str>,
    page: String,
    subscribe: String,
    style: &'static str,
    script: &'static str,
}

/// One session of the list.
struct Row<'a> {
    meeting: Meeting<'a>,
    /// Shown only when more sessions than the usual are asked for.
    is_further: bool,
}

/// The widget of `selection`.
pub fn widget(view: &View<'_>, selection: &Selection) -> String {
    let links = view.links;
    let language = view.language;
    let meetings: Vec<Row<'_>> = view
        .publication
        .sessions_in(selection)
        .filter(|published| published.session.end > view.boundary)
        .take(MOST)
        .enumerate()
        .map(|(index, published)| Row {
            meeting: Meeting::new(view, published),
            is_further: index >= USUAL,
        })
        .collect();
    super::write_page(&Widget {
        words: view.words(),
        is_preview: view.is_preview,
        language: language.code(),
        title: match selection {
            Selection::All => view.title().to_owned(),
            Selection::Districts(_) => {
                format!("{} – {}", view.title(), selection_name(view, selection))
            }
        },
        cycle: Prose::name(view, &view.publication.calendar.title),
        name: match selection {
            Selection::All => None,
            Selection::Districts(_) => Some(selection_names(view, selection)),
        },
        departed: departed(view, selection),
        elsewhere: meetings
            .is_empty()
            .then(|| Agenda::new(view, &Selection::All).next)
            .flatten(),
        // Who reads that one is off, or has no place, is not asked to come.
        invitation: meetings
            .first()
            .filter(|row| !row.meeting.is_off && row.meeting.place.venue.is_some())
            .and_then(|_| view.invitation()),
        rhythm: view.rhythm(),
        meetings,
        page: links.absolute(&Route::page_of(selection, language)),
        subscribe: format!(
            "{}#subscribe",
            links.absolute(&Route::page_of(selection, language))
        ),
        style: STYLE,
        script: SCRIPT,
    })
}

/// `/embed.js`. It is told where the service is and which languages it
/// speaks, the one without a prefix first: a script that is a module, or that
/// an optimiser joined to others, cannot find out where it came from.
pub fn widget_script(links: &Links) -> String {
    let default = links.default_language();
    let mut languages = Language::ALL.map(Language::code);
    languages.sort_by_key(|code| *code != default.code());
    let service = format!("{}/", links.public_url().as_str());
    ELEMENT_SCRIPT
        .replace("SERVICE", &json!(service).to_string())
        .replace("LANGUAGES", &json!(languages).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{links, published, view};

    #[test]
    fn the_script_knows_its_service_and_its_languages() {
        let script = widget_script(&links());
        assert!(script.contains(r#"const service = "https://example.org/m/";"#));
        assert!(script.contains(r#"const languages = ["pl","en","uk"];"#));
    }

    #[test]
    fn what_is_over_is_not_in_the_widget() {
        let (publication, links) = (published(), links());
        for (boundary, sessions) in [("2026-01-01T00:00:00Z", 3), ("2026-07-17T16:00:00Z", 0)] {
            let html = widget(&view(&publication, &links, boundary), &Selection::All);
            assert_eq!(html.matches("<li ").count(), sessions, "{boundary}");
        }
    }
}
