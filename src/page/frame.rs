//! What stands around every page: its head, the navigation, the switch of
//! languages and the foot.

use super::View;
use super::picture::{self, Shared};
use super::prose::{Names, Prose};
use crate::route::{File, Format, Route, Selection};
use crate::schedule::Link;
use crate::texts::{Language, Words};

/// The head, top and foot of a page.
pub(super) struct Frame<'a> {
    pub words: &'static Words,
    pub is_preview: bool,
    /// BCP 47.
    pub language: &'static str,
    /// The whole title, for tabs and search engines.
    pub title: String,
    /// The page's name, for shared links.
    pub name: String,
    /// A sentence for search engines and shared links.
    pub description: String,
    /// The cycle's name.
    pub cycle: Prose<'a>,
    /// The page's address; none for a page that is not there.
    pub canonical: Option<String>,
    /// The page in every language.
    pub languages: Vec<InLanguage>,
    /// The page for readers of any other language.
    pub any_language: Option<String>,
    /// Where oEmbed answers for this page.
    pub oembed: Option<Oembed>,
    /// The feeds of the page's selection.
    pub feeds: Feeds,
    /// What the schedule links to in every foot.
    pub links: Vec<(Prose<'a>, &'a str)>,
    /// The declaration of accessibility, where there is one.
    pub declaration: Option<String>,
    pub home: String,
    pub places: String,
    pub embedding: String,
    pub style: String,
    pub script: String,
    pub icon: String,
    pub old_icon: String,
    pub touch_icon: String,
    pub manifest: String,
    pub picture: Shared,
    /// Events as JSON-LD, escaped for a script element.
    pub events: Vec<String>,
    /// Where in the navigation the reader is.
    pub here: Here,
}

/// A page's place in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Here {
    Home,
    Places,
    Embedding,
    Elsewhere,
}

/// The page in one language.
pub(super) struct InLanguage {
    pub code: &'static str,
    /// OpenGraph's name of it.
    pub locale: &'static str,
    pub name: &'static str,
    /// From the host's root.
    pub href: String,
    /// For search engines.
    pub whole: String,
    pub is_current: bool,
}

/// Where oEmbed answers.
pub(super) struct Oembed {
    pub json: String,
    pub xml: String,
}

/// The feeds of a selection.
pub(super) struct Feeds {
    pub ics: String,
    pub json: String,
    pub csv: String,
    pub atom: String,
}

impl<'a> Frame<'a> {
    /// The frame of the page `name` at `route`, whose feeds are those of
    /// `selection`.
    pub fn new(
        view: &View<'a>,
        route: &Route,
        name: &str,
        description: &str,
        selection: &Selection,
    ) -> Frame<'a> {
        let links = view.links;
        let language = view.language;
        let feed = |format| links.absolute(&Route::Feed(selection.clone(), format, language));
        let file = |file| links.relative(&Route::File(file));
        let is_embeddable = matches!(
            route,
            Route::Landing(_) | Route::District(..) | Route::Session(..)
        );
        let cycle = Prose::name(view, &view.publication.calendar.title);
        Frame {
            words: view.words(),
            is_preview: view.is_preview,
            language: language.code(),
            title: if name == cycle.text {
                name.to_owned()
            } else {
                format!("{name} – {}", cycle.text)
            },
            name: name.to_owned(),
            description: one_line(description),
            cycle,
            canonical: Some(links.absolute(route)),
            languages: Language::ALL
                .into_iter()
                .map(|other| InLanguage {
                    code: other.code(),
                    locale: other.words().locale,
                    name: other.own_name(),
                    href: links.relative(&route.in_language(other)),
                    whole: links.absolute(&route.in_language(other)),
                    is_current: other == language,
                })
                .collect(),
            any_language: Some(links.absolute(&route.in_language(links.default_language()))),
            oembed: is_embeddable.then(|| Oembed {
                json: links.oembed(route, "json"),
                xml: links.oembed(route, "xml"),
            }),
            feeds: Feeds {
                ics: feed(Format::Ics),
                json: feed(Format::Json),
                csv: feed(Format::Csv),
                atom: feed(Format::Atom),
            },
            links: named_links(view, &view.publication.calendar.links),
            declaration: view
                .publication
                .calendar
                .accessibility
                .as_ref()
                .map(|_| links.relative(&Route::Accessibility(language))),
            home: links.relative(&Route::Landing(language)),
            places: links.relative(&Route::Places(language)),
            embedding: links.relative(&Route::Organisations(Selection::All, language)),
            style: file(File::StyleSheet),
            script: file(File::PageScript),
            icon: file(File::Favicon),
            old_icon: file(File::FaviconIco),
            touch_icon: file(File::TouchIcon),
            manifest: file(File::Manifest),
            picture: picture::shared(view, route, selection),
            events: Vec::new(),
            here: match route {
                Route::Landing(_) => Here::Home,
                Route::Places(_) | Route::Place(..) => Here::Places,
                Route::Organisations(..) => Here::Embedding,
                _ => Here::Elsewhere,
            },
        }
    }

    /// The frame of a page that is not there.
    pub fn missing(view: &View<'a>, name: &str) -> Frame<'a> {
        let home = Route::Landing(view.language);
        let mut frame = Frame::new(view, &home, name, "", &Selection::All);
        frame.canonical = None;
        frame.any_language = None;
        frame.oembed = None;
        frame.here = Here::Elsewhere;
        frame
    }
}

/// Links of the schedule, ready to be written.
pub(super) fn named_links<'a>(view: &View<'a>, links: &'a [Link]) -> Vec<(Prose<'a>, &'a str)> {
    links
        .iter()
        .map(|link| (Prose::name(view, &link.name), link.url.as_str()))
        .collect()
}

/// The beginning of `text` on one line, at most some 300 characters.
fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(300) {
        None => line,
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
    }
}

/// What readers call `selection`: its districts' names.
pub(super) fn selection_names<'a>(view: &View<'a>, selection: &Selection) -> Names<'a> {
    Names(match selection {
        Selection::All => vec![Prose::own(view.words().all_districts)],
        Selection::Districts(ids) => ids
            .iter()
            .filter_map(|id| view.publication.district(id.as_str()))
            .map(|district| Prose::name(view, &district.name))
            .collect(),
    })
}

/// The same as plain text.
pub(super) fn selection_name(view: &View<'_>, selection: &Selection) -> String {
    let names = selection_names(view, selection).0;
    let names: Vec<&str> = names.iter().map(|name| name.text).collect();
    names.join(", ")
}
