//! The files for machines: robots.txt, sitemap.xml, and those that stand
//! still.

use askama::Template;

use super::frame::InLanguage;
use crate::history::Publication;
use crate::route::{File, Links, Route, Selection};
use crate::texts::Language;

/// `/style.css`.
pub const STYLE_SHEET: &str = include_str!("assets/style.css");

/// `/page.js`: copies, prints, and makes the embedding page's lines fit.
pub const PAGE_SCRIPT: &str = include_str!("assets/page.js");

/// `/favicon.svg`: a cup.
pub const FAVICON: &str = include_str!("assets/favicon.svg");

/// `/robots.txt`: everybody may read everything, feeds too.
pub fn robots(links: &Links) -> String {
    format!(
        "User-agent: *\nAllow: /\n\nSitemap: {}\n",
        links.absolute(&Route::File(File::Sitemap))
    )
}

#[derive(Template)]
#[template(path = "sitemap.xml", escape = "html", config = "src/page/askama.toml")]
struct Sitemap {
    pages: Vec<SitemapPage>,
}

struct SitemapPage {
    languages: Vec<InLanguage>,
    any_language: String,
    modified: Option<String>,
}

/// `/sitemap.xml`: every page in every language (sitemaps.org, with Google's
/// alternates).
pub fn sitemap(publication: &Publication, links: &Links) -> String {
    let default = links.default_language();
    let page = |route: Route, modified: Option<String>| SitemapPage {
        languages: Language::ALL
            .into_iter()
            .map(|language| InLanguage {
                code: language.code(),
                name: language.own_name(),
                href: links.relative(&route.in_language(language)),
                whole: links.absolute(&route.in_language(language)),
                is_current: language == default,
            })
            .collect(),
        any_language: links.absolute(&route.in_language(default)),
        modified,
    };
    let fixed = [
        Route::Landing(default),
        Route::Places(default),
        Route::Organisations(default),
    ];
    let districts = publication
        .districts
        .iter()
        .map(|district| Route::District(Selection::one(&district.id), default));
    let venues = publication
        .venues()
        .iter()
        .map(|venue| Route::Place(venue.id.clone(), default));
    let mut pages: Vec<SitemapPage> = fixed
        .into_iter()
        .chain(districts)
        .chain(venues)
        .map(|route| page(route, None))
        .collect();
    pages.extend(publication.sessions.iter().map(|published| {
        page(
            Route::Session(published.session.id.clone(), default),
            Some(published.stamp.modified.format("%Y-%m-%d").to_string()),
        )
    }));
    super::write(&Sitemap { pages })
}
