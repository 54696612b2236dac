//! Every path that exists, made in one place: for the site that answers it
//! and for every page, feed and poster that links to it.

use crate::schedule::Id;
use crate::texts::Language;

mod links;
mod parse;
mod query;
mod selection;

pub use links::{LONGEST_FEED, Links, PublicUrl};
pub use parse::{Found, Missing, Why};
pub use query::value;
pub use selection::{Directory, Selection, UnknownDistrict};

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Route {
    /// `/calendars/{sel}.ics`, `.json`, `.atom` and `.csv`.
    Feed(Selection, Format, Language),
    /// `/sessions/{id}.ics`: one event to import.
    SessionFile(Id, Language),
    /// `/`.
    Landing(Language),
    /// `/districts/{sel}/`: one district, or several.
    District(Selection, Language),
    /// `/sessions/{id}/`.
    Session(Id, Language),
    /// `/places/`: the third places met so far.
    Places(Language),
    /// `/places/{id}/`.
    Place(Id, Language),
    /// `/organisations/` and `/organisations/{sel}/`: everything for a site, a
    /// door, a newsletter.
    Organisations(Selection, Language),
    /// `/embed/{sel}/`: the widget for an iframe.
    Widget(Selection, Language),
    /// `/poster/{sel}/`: a notice to print on A4.
    Poster(Selection, Language),
    /// `/posters/{id}/`: the same for one meeting's door.
    SessionPoster(Id, Language),
    /// `/qr/{sel}.svg` and `.png`: the poster's QR code.
    QrCode(Selection, Drawing),
    /// `/pictures/{id}.png` and `/pictures/{id}-square.png`: a session to
    /// share.
    Picture(Id, Shape, Language),
    /// `/share.png`: the cycle alone, where no session is next.
    SharePicture(Language),
    /// `/accessibility/`: the declaration, where the schedule has one.
    Accessibility(Language),
    /// A file of one name, in no language.
    File(File),
}

impl Route {
    /// The page that a selection's readers start from: where its feeds, QR
    /// codes and pasted links lead.
    pub fn page_of(selection: &Selection, language: Language) -> Route {
        match selection {
            Selection::All => Route::Landing(language),
            Selection::Districts(_) => Route::District(selection.clone(), language),
        }
    }

    /// The language of what stands there; files and QR codes are in none.
    pub fn language(&self) -> Option<Language> {
        match self {
            Route::Feed(_, _, language)
            | Route::SessionFile(_, language)
            | Route::Landing(language)
            | Route::District(_, language)
            | Route::Session(_, language)
            | Route::Places(language)
            | Route::Place(_, language)
            | Route::Organisations(_, language)
            | Route::Widget(_, language)
            | Route::Poster(_, language)
            | Route::SessionPoster(_, language)
            | Route::Picture(_, _, language)
            | Route::SharePicture(language)
            | Route::Accessibility(language) => Some(*language),
            Route::QrCode(..) | Route::File(_) => None,
        }
    }

    /// What stands for the same in another language; files and QR codes are
    /// in none.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Route {
        let mut route = self.clone();
        match &mut route {
            Route::Feed(_, _, own)
            | Route::SessionFile(_, own)
            | Route::Landing(own)
            | Route::District(_, own)
            | Route::Session(_, own)
            | Route::Places(own)
            | Route::Place(_, own)
            | Route::Organisations(_, own)
            | Route::Widget(_, own)
            | Route::Poster(_, own)
            | Route::SessionPoster(_, own)
            | Route::Picture(_, _, own)
            | Route::SharePicture(own)
            | Route::Accessibility(own) => *own = language,
            Route::QrCode(..) | Route::File(_) => {}
        }
        route
    }
}

/// The formats of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// iCalendar, to subscribe to.
    Ics,
    /// JSON, for programs.
    Json,
    /// Atom: what changed.
    Atom,
    /// CSV, for a spreadsheet.
    Csv,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 4] = [Format::Ics, Format::Json, Format::Atom, Format::Csv];

    /// The ending of a path, without its dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Ics => "ics",
            Format::Json => "json",
            Format::Atom => "atom",
            Format::Csv => "csv",
        }
    }
}

/// How a QR code is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Drawing {
    /// SVG, for print.
    Svg,
    /// PNG, for programs that take no SVG.
    Png,
}

impl Drawing {
    /// Every way.
    pub const ALL: [Drawing; 2] = [Drawing::Svg, Drawing::Png];

    /// The ending of a path, without its dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Drawing::Svg => "svg",
            Drawing::Png => "png",
        }
    }
}

/// The shape of a picture to share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// 1200×630 pixels, as links are shown.
    Wide,
    /// 1080×1080 pixels, for social networks.
    Square,
}

impl Shape {
    /// Both shapes.
    pub const ALL: [Shape; 2] = [Shape::Wide, Shape::Square];

    /// What stands between the session's id and `.png`.
    const fn suffix(self) -> &'static str {
        match self {
            Shape::Wide => "",
            Shape::Square => "-square",
        }
    }
}

/// The files of one fixed path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum File {
    /// The web component.
    WidgetScript,
    /// The pages' style sheet.
    StyleSheet,
    /// The pages' little script.
    PageScript,
    /// Who may visit what.
    Robots,
    /// Every page, for search engines.
    Sitemap,
    /// The icon in the browser's tab.
    Favicon,
    /// The same for programs that know no other.
    FaviconIco,
    /// The icon on a telephone's first screen.
    TouchIcon,
    /// What such a screen calls the site.
    Manifest,
    /// JSON Schema of the schedule.
    ScheduleSchema,
    /// JSON Schema of `/calendars/….json`.
    CalendarSchema,
    /// The addresses for programs, described.
    OpenApi,
}

impl File {
    /// Every file.
    pub const ALL: [File; 12] = [
        File::WidgetScript,
        File::StyleSheet,
        File::PageScript,
        File::Robots,
        File::Sitemap,
        File::Favicon,
        File::FaviconIco,
        File::TouchIcon,
        File::Manifest,
        File::ScheduleSchema,
        File::CalendarSchema,
        File::OpenApi,
    ];

    /// The file's path.
    pub const fn path(self) -> &'static str {
        match self {
            File::WidgetScript => "/embed.js",
            File::StyleSheet => "/style.css",
            File::PageScript => "/page.js",
            File::Robots => "/robots.txt",
            File::Sitemap => "/sitemap.xml",
            File::Favicon => "/favicon.svg",
            File::FaviconIco => "/favicon.ico",
            File::TouchIcon => "/apple-touch-icon.png",
            File::Manifest => "/manifest.webmanifest",
            File::ScheduleSchema => "/schedule.schema.json",
            File::CalendarSchema => "/calendar.schema.json",
            File::OpenApi => "/openapi.json",
        }
    }
}
