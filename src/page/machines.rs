//! The files for machines: robots.txt, sitemap.xml, and those that stand
//! still.

use askama::Template;
use chrono::{DateTime, Utc};
use resvg::{tiny_skia, usvg};
use serde_json::json;

use super::View;
use super::frame::InLanguage;
use crate::history::Publication;
use crate::route::{File, Format, Links, Route, Selection};
use crate::texts::Language;

/// `/style.css`.
pub const STYLE_SHEET: &str = include_str!("assets/style.css");

/// `/page.js`: copies, prints, shares, and fits the lines for an organisation.
pub const PAGE_SCRIPT: &str = include_str!("assets/page.js");

/// `/favicon.svg`: a cup.
pub const FAVICON: &str = include_str!("assets/favicon.svg");

/// `/favicon.ico`: the same in pixels, PNG in an ICO of one picture.
pub fn favicon_ico() -> Vec<u8> {
    const SIDE: u8 = 32;
    let png = icon(u32::from(SIDE));
    let length = u32::try_from(png.len()).expect("an icon is small");
    // The type 1, one picture; its sides, no palette, 1 plane of 32 bits.
    let mut ico = vec![0, 0, 1, 0, 1, 0, SIDE, SIDE, 0, 0, 1, 0, 32, 0];
    ico.extend(length.to_le_bytes());
    // It begins after these two heads.
    ico.extend(22_u32.to_le_bytes());
    ico.extend(png);
    ico
}

/// `/apple-touch-icon.png`, 180 pixels a side.
pub fn touch_icon() -> Vec<u8> {
    icon(180)
}

fn icon(side: u32) -> Vec<u8> {
    let tree = usvg::Tree::from_str(FAVICON, &usvg::Options::default()).expect("the icon is SVG");
    let mut canvas = tiny_skia::Pixmap::new(side, side).expect("the side is not zero");
    let scale = f32::from(u16::try_from(side).expect("an icon is small")) / tree.size().width();
    let transform = tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut canvas.as_mut());
    canvas
        .encode_png()
        .expect("the encoder writes into memory, where nothing fails")
}

/// `/manifest.webmanifest` (W3C): what a telephone's first screen shows.
pub fn manifest(view: &View<'_>) -> String {
    let icon = |file, sizes, kind| json!({"src": view.links.relative(&Route::File(file)), "sizes": sizes, "type": kind});
    let start = view.links.relative(&Route::Landing(view.language));
    json!({
        "name": view.title(),
        "short_name": view.title(),
        "lang": view.language.code(),
        "start_url": start,
        "scope": start,
        "display": "browser",
        "background_color": "#faf4e8",
        "theme_color": "#faf4e8",
        "icons": [
            icon(File::Favicon, "any", "image/svg+xml"),
            icon(File::TouchIcon, "180x180", "image/png"),
        ],
    })
    .to_string()
}

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
                locale: language.words().locale,
                name: language.own_name(),
                href: links.relative(&route.in_language(language)),
                whole: links.absolute(&route.in_language(language)),
                is_current: language == default,
            })
            .collect(),
        any_language: links.absolute(&route.in_language(default)),
        modified,
    };
    let day = |instant: DateTime<Utc>| Some(instant.format("%Y-%m-%d").to_string());
    let told_in = |selection: &Selection| day(publication.feed_modified(selection, Format::Json));
    let mut pages = vec![
        page(Route::Landing(default), told_in(&Selection::All)),
        page(Route::Places(default), told_in(&Selection::All)),
        page(Route::Organisations(Selection::All, default), None),
    ];
    if publication.calendar.accessibility.is_some() {
        pages.push(page(Route::Accessibility(default), None));
    }
    pages.extend(publication.districts.iter().map(|district| {
        let selection = Selection::one(&district.id);
        let told = told_in(&selection);
        page(Route::District(selection, default), told)
    }));
    pages.extend(publication.venues().iter().map(|venue| {
        let here = publication.sessions.iter().filter(|published| {
            let place = published.session.place.venue();
            place.is_some_and(|it| it.id == venue.id)
        });
        let last = here.map(|published| published.stamp.modified).max();
        page(Route::Place(venue.id.clone(), default), last.and_then(day))
    }));
    pages.extend(publication.sessions.iter().map(|published| {
        let route = Route::Session(published.session.id.clone(), default);
        page(route, day(published.stamp.modified))
    }));
    super::write(&Sitemap { pages })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icons_are_pictures() {
        let ico = favicon_ico();
        assert_eq!(&ico[22..26], b"\x89PNG");
        assert_eq!(touch_icon()[16..20], 180_u32.to_be_bytes());
    }
}
