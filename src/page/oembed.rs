//! A page's address -> oEmbed's answer (oembed.com, 1.0), by which a pasted
//! link becomes the widget.

use askama::Template;
use serde_json::json;

use super::View;
use super::frame::selection_name;
use super::session::selection_of;
use super::widget;
use crate::route::{Route, Selection, Shape};

/// The largest frame that the asking page has room for, in pixels.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bounds {
    /// `maxwidth`.
    pub width: Option<u32>,
    /// `maxheight`.
    pub height: Option<u32>,
}

/// Width of the frame where nobody limits it, in pixels.
const WIDTH: u32 = 600;

/// The least width and height of the frame, in pixels, however little room
/// the asking page says that it has: below it nobody can read a date.
/// WordPress gives a frame no less height either.
const LEAST: u32 = 200;

/// How long an answer may be kept, in seconds: a day.
const CACHE_AGE: u32 = 86_400;

/// The answer, before it is JSON or XML.
struct Answer<'a> {
    title: String,
    provider: &'a str,
    provider_url: String,
    picture: String,
    html: String,
    width: u32,
    height: u32,
}

/// WordPress listens to the frame's height only where a `blockquote` stands
/// before the frame, and shows it until the frame has spoken.
#[derive(Template)]
#[template(
    ext = "html",
    source = "<blockquote><a href=\"{{ page }}\">{{ title }}</a></blockquote>\
              <iframe src=\"{{ address }}\" width=\"{{ width }}\" height=\"{{ height }}\" \
              title=\"{{ title }}\" frameborder=\"0\" marginwidth=\"0\" marginheight=\"0\" \
              scrolling=\"no\"></iframe>",
    config = "src/page/askama.toml"
)]
struct Html<'a> {
    page: &'a str,
    title: &'a str,
    address: &'a str,
    width: u32,
    height: u32,
}

/// The answer as JSON for the page at `target`, in the language of `view`;
/// `None` for what is no landing, district or session page.
pub fn oembed_json(view: &View<'_>, target: &Route, bounds: Bounds) -> Option<String> {
    let answer = answer(view, target, bounds)?;
    let value = json!({
        "version": "1.0",
        "type": "rich",
        "title": answer.title,
        "provider_name": answer.provider,
        "provider_url": answer.provider_url,
        "cache_age": CACHE_AGE,
        "thumbnail_url": answer.picture,
        "thumbnail_width": super::picture::size(Shape::Wide).0,
        "thumbnail_height": super::picture::size(Shape::Wide).1,
        "html": answer.html,
        "width": answer.width,
        "height": answer.height,
    });
    Some(value.to_string())
}

/// The same as XML.
pub fn oembed_xml(view: &View<'_>, target: &Route, bounds: Bounds) -> Option<String> {
    #[derive(Template)]
    #[template(path = "oembed.xml", escape = "html", config = "src/page/askama.toml")]
    struct Xml<'a> {
        answer: Answer<'a>,
        cache_age: u32,
        picture_width: u32,
        picture_height: u32,
    }
    let answer = answer(view, target, bounds)?;
    Some(super::write(&Xml {
        answer,
        cache_age: CACHE_AGE,
        picture_width: super::picture::size(Shape::Wide).0,
        picture_height: super::picture::size(Shape::Wide).1,
    }))
}

fn answer<'a>(view: &View<'a>, target: &Route, bounds: Bounds) -> Option<Answer<'a>> {
    let cycle = view.title();
    let (selection, title) = match target {
        Route::Landing(_) => (Selection::All, cycle.to_owned()),
        Route::District(selection, _) => (
            selection.clone(),
            format!("{cycle} – {}", selection_name(view, selection)),
        ),
        Route::Session(id, _) => {
            let session = &view.publication.session(id.as_str())?.session;
            (selection_of(session), session.title(cycle, view.language))
        }
        _ => return None,
    };
    let width = bounds.width.map_or(WIDTH, |most| most.clamp(LEAST, WIDTH));
    let height = bounds
        .height
        .map_or(widget::HEIGHT, |most| most.clamp(LEAST, widget::HEIGHT));
    let picture = super::picture::shared(view, target, &selection).href;
    let html = super::write(&Html {
        page: &view.links.absolute(target),
        title: &title,
        address: &view
            .links
            .absolute(&Route::Widget(selection, view.language)),
        width,
        height,
    });
    Some(Answer {
        title,
        provider: cycle,
        provider_url: view.links.absolute(&Route::Landing(view.language)),
        picture,
        html,
        width,
        height,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{links, published, view};
    use crate::schedule::Id;
    use crate::texts::Language;

    #[test]
    fn landing_district_and_session_pages_become_the_widget() {
        let (publication, links) = (published(), links());
        let view = view(&publication, &links, "2026-01-01T00:00:00Z");
        let district = Selection::one(&Id::new("nowa-huta").unwrap());
        let session = |id| Route::Session(Id::new(id).unwrap(), Language::Polish);
        for (target, widget) in [
            (Route::Landing(Language::Polish), Some("/m/embed/all/")),
            (
                Route::District(district, Language::Polish),
                Some("/m/embed/nowa-huta/"),
            ),
            (session("summer"), Some("/m/embed/nowa-huta/")),
            (session("unknown"), None),
            (Route::Places(Language::Polish), None),
        ] {
            let json = oembed_json(&view, &target, Bounds::default());
            assert_eq!(json.is_some(), widget.is_some(), "{target:?}");
            let xml = oembed_xml(&view, &target, Bounds::default());
            assert_eq!(xml.is_some(), widget.is_some(), "{target:?}");
            if let (Some(json), Some(widget)) = (json, widget) {
                let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
                let html = answer["html"].as_str().unwrap();
                let source = format!("<iframe src=\"https://example.org{widget}\"");
                assert!(html.contains(&source), "{html}");
                assert!(!html.contains("</script>"), "{html}");
            }
        }
    }

    #[test]
    fn the_frame_keeps_within_its_bounds() {
        let (publication, links) = (published(), links());
        let view = view(&publication, &links, "2026-01-01T00:00:00Z");
        for (width, height, expected) in [
            (None, None, (600, 280)),
            (Some(320), None, (320, 280)),
            (Some(5_000), Some(250), (600, 250)),
            (Some(0), Some(0), (200, 200)),
        ] {
            let bounds = Bounds { width, height };
            let landing = Route::Landing(Language::Polish);
            let json = oembed_json(&view, &landing, bounds).unwrap();
            let answer: serde_json::Value = serde_json::from_str(&json).unwrap();
            let found = (&answer["width"], &answer["height"]);
            assert_eq!(found, (&expected.0.into(), &expected.1.into()));
        }
    }
}
