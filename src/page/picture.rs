//! A session -> the picture that a shared link shows, as PNG: an SVG template
//! whose texts are outlines of an embedded font, so that its bytes are the
//! same on every machine.

use askama::Template;
use resvg::{tiny_skia, usvg};

use super::View;
use super::meeting::Meeting;
use super::typeset::{Bar, Line, Paragraph, Typesetter};
use crate::history::Published;
use crate::route::{Route, Selection, Shape};

/// Width and height of a picture in pixels, as networks like them.
pub(super) const fn size(shape: Shape) -> (u32, u32) {
    match shape {
        Shape::Wide => (1_200, 630),
        Shape::Square => (1_080, 1_080),
    }
}

const INK: &str = "#2b211a";
const SOFT: &str = "#5f5146";
const TEA: &str = "#0b5d56";
const BRICK: &str = "#98290f";
const SHEET: &str = "#fffdf8";

/// Left and right of the texts.
const MARGIN: f32 = 70.0;

/// Above them, below the awning.
const TOP: f32 = 128.0;

/// Below them: the table.
const TABLE: f32 = 84.0;

#[derive(Template)]
#[template(path = "picture.svg", escape = "html", config = "src/page/askama.toml")]
struct Drawing {
    width: u32,
    height: u32,
    /// Where each stripe of the awning begins; every other one is coloured.
    stripes: Vec<(u32, &'static str)>,
    stripe: u32,
    table: f32,
    boxes: Vec<Bar>,
    rows: Vec<Row>,
    strokes: Vec<Bar>,
}

/// A line of text as outlines.
struct Row {
    path: String,
    /// Pixels for each of the path's units.
    scale: f32,
    line: Line,
}

/// `/pictures/{id}.png` and its square sister: title, date, hours, place and
/// status of `published`.
pub fn session_picture(view: &View<'_>, published: &Published, shape: Shape) -> Vec<u8> {
    let meeting = Meeting::new(view, published);
    let mut paragraphs = vec![Paragraph::new(view.title(), 36.0, SOFT)];
    if let Some(status) = meeting.status {
        paragraphs.push(Paragraph {
            is_boxed: true,
            gap: 0.5,
            ..Paragraph::new(status.to_uppercase(), 40.0, BRICK).bold()
        });
    }
    if let Some(title) = meeting.own_title {
        paragraphs.push(Paragraph::new(title.text, 50.0, INK).bold());
    }
    let when = |text: &str| Paragraph {
        is_struck: meeting.is_off,
        gap: 0.1,
        ..Paragraph::new(text, 78.0, INK)
    };
    // Only the weekday may stand on a line of its own.
    let (weekday, date) = meeting.date.split_once(' ').unwrap_or(("", &meeting.date));
    let date = format!("{weekday} {}", date.replace(' ', "\u{a0}"));
    paragraphs.push(when(&date).bold());
    paragraphs.push(when(&meeting.hours));
    let (place, around) = match &meeting.place.venue {
        Some(venue) => {
            let around = venue.address.unwrap_or(venue.district.name);
            (meeting.place.name.text, around.text.to_owned())
        }
        None => (
            view.words().place_unknown,
            meeting.district_names(view.words()),
        ),
    };
    paragraphs.push(Paragraph {
        gap: 0.45,
        ..Paragraph::new(place, 46.0, TEA).bold()
    });
    paragraphs.push(Paragraph::new(around, 36.0, INK));
    draw(view, paragraphs, size(shape))
}

/// `/share.png`: the cycle alone, where no session is next.
pub fn share_picture(view: &View<'_>) -> Vec<u8> {
    let calendar = &view.publication.calendar;
    let mut paragraphs = vec![Paragraph::new(view.title(), 92.0, INK).bold()];
    if let Some(description) = &calendar.description {
        paragraphs.push(Paragraph {
            gap: 0.7,
            ..Paragraph::new(description.get(view.language), 44.0, INK)
        });
    }
    if let Some(organizer) = &calendar.organizer {
        paragraphs.push(Paragraph {
            gap: 0.9,
            ..Paragraph::new(organizer.name.get(view.language), 34.0, SOFT)
        });
    }
    draw(view, paragraphs, size(Shape::Wide))
}

/// A picture as a page links to it.
pub(super) struct Shared {
    /// Its whole address.
    pub href: String,
    /// What it says.
    pub text: String,
}

/// The picture that `route`, a page about `selection`, shares: of its session,
/// of the next one, or of the cycle alone.
pub(super) fn shared(view: &View<'_>, route: &Route, selection: &Selection) -> Shared {
    let publication = view.publication;
    let session = match route {
        Route::Session(id, _) => publication.session(id.as_str()),
        _ => publication.sessions_in(selection).find(|published| {
            published.session.end > view.boundary && !published.session.status.is_off()
        }),
    };
    let Some(published) = session else {
        return Shared {
            href: view.links.absolute(&Route::SharePicture(view.language)),
            text: view.title().to_owned(),
        };
    };
    Shared {
        href: view.links.absolute(&Route::Picture(
            published.session.id.clone(),
            Shape::Wide,
            view.language,
        )),
        text: described(view, &Meeting::new(view, published)),
    }
}

/// What the picture of `meeting` says.
pub(super) fn described(view: &View<'_>, meeting: &Meeting<'_>) -> String {
    let status = meeting.status.map(|status| format!("{status}: "));
    format!(
        "{}{}. {}, {}, {}",
        status.unwrap_or_default(),
        meeting.own_title.map_or(view.title(), |title| title.text),
        meeting.date,
        meeting.hours,
        meeting.place.name.text
    )
}

fn draw(view: &View<'_>, paragraphs: Vec<Paragraph>, (width, height): (u32, u32)) -> Vec<u8> {
    let typesetter = Typesetter::new();
    let table = to_f32(height) - TABLE;
    let room = (to_f32(width) - 2.0 * MARGIN, table - TOP - 24.0);
    let mut setting = typesetter.measure(paragraphs).fit(room, 1.25);
    setting.shift(MARGIN, TOP + (room.1 - setting.height) * 0.4);

    // Where to read more stands on the table.
    let landing = view.links.absolute(&Route::Landing(view.language));
    let address = landing.split_once("://").map_or(&*landing, |(_, it)| it);
    let foot = Paragraph::new(address.trim_end_matches('/'), 34.0, INK).bold();
    let mut foot = typesetter.measure([foot]).fit((room.0, 52.0), 1.0);
    foot.shift(MARGIN, table + 2.0 + (TABLE - foot.height) / 2.0);
    setting.add(foot);

    let stripe = width / 12;
    let svg = super::write(&Drawing {
        width,
        height,
        stripe,
        stripes: (0..12)
            .map(|index| (index * stripe, if index % 2 == 0 { TEA } else { SHEET }))
            .collect(),
        table,
        boxes: setting.boxes,
        rows: setting
            .lines
            .into_iter()
            .map(|line| Row {
                path: typesetter.outline(&line),
                scale: line.size / 1_000.0,
                line,
            })
            .collect(),
        strokes: setting.strokes,
    });
    encode(&svg, width, height)
}

fn to_f32(pixels: u32) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "pictures have few pixels")]
    let pixels = pixels as f32;
    pixels
}

/// The picture of `svg` as PNG, without transparency.
fn encode(svg: &str, width: u32, height: u32) -> Vec<u8> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default())
        .expect("the template is SVG, and what it is given are numbers and outlines");
    let mut canvas =
        tiny_skia::Pixmap::new(width, height).expect("the size is neither zero nor too large");
    resvg::render(
        &tree,
        tiny_skia::Transform::identity(),
        &mut canvas.as_mut(),
    );
    let mut colors = Vec::with_capacity(canvas.data().len());
    for pixel in canvas.data().chunks_exact(4) {
        colors.extend_from_slice(&pixel[..3]);
    }
    png(&colors, png::ColorType::Rgb, width, height)
}

/// PNG of `pixels`, eight bits a channel.
pub(super) fn png(pixels: &[u8], color: png::ColorType, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_filter(png::Filter::Sub);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(pixels))
        .expect("the encoder writes into memory, where nothing fails");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{links, published, view};

    #[test]
    fn a_picture_is_a_small_png_of_the_told_size() {
        let (publication, links) = (published(), links());
        let view = view(&publication, &links, "2026-01-01T00:00:00Z");
        let off = publication.session("off").unwrap();
        for (png, (width, height)) in [
            (share_picture(&view), size(Shape::Wide)),
            (session_picture(&view, off, Shape::Wide), size(Shape::Wide)),
            (
                session_picture(&view, off, Shape::Square),
                size(Shape::Square),
            ),
        ] {
            assert_eq!(&png[1..4], b"PNG");
            assert_eq!(png[16..20], width.to_be_bytes());
            assert_eq!(png[20..24], height.to_be_bytes());
            assert!(png.len() < 60_000, "{} bytes", png.len());
        }
    }
}
