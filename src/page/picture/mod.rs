//! A session -> the picture that a shared link shows, as PNG: an SVG template
//! whose texts are outlines of an embedded font, so that its bytes are the
//! same on every machine.

use askama::Template;
use resvg::{tiny_skia, usvg};

use super::View;
use super::meeting::Meeting;
use crate::history::Published;
use crate::route::{Route, Selection, Shape};
use typeface::{Line, Measured, Typeface, UNITS};

mod typeface;

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

/// One paragraph of the picture.
struct Paragraph {
    text: String,
    is_bold: bool,
    /// Pixels, where nothing asks for less.
    size: f32,
    /// Above it, in its own size.
    gap: f32,
    color: &'static str,
    /// Whether a line goes through it.
    is_struck: bool,
    /// Whether it stands in a box.
    is_boxed: bool,
}

impl Paragraph {
    fn new(text: impl Into<String>, size: f32, color: &'static str) -> Paragraph {
        Paragraph {
            text: text.into(),
            is_bold: false,
            size,
            gap: 0.25,
            color,
            is_struck: false,
            is_boxed: false,
        }
    }

    fn bold(self) -> Paragraph {
        Paragraph {
            is_bold: true,
            ..self
        }
    }
}

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
    x: f32,
    baseline: f32,
    scale: f32,
    color: &'static str,
}

/// A rectangle: behind a text or through it.
struct Bar {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    color: &'static str,
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
        paragraphs.push(Paragraph::new(title, 50.0, INK).bold());
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
    paragraphs.push(Paragraph {
        gap: 0.45,
        ..Paragraph::new(meeting.place.name, 46.0, TEA).bold()
    });
    let around = match &meeting.place.venue {
        Some(venue) => venue.address.unwrap_or(venue.district.name).text.to_owned(),
        None if meeting.districts.is_empty() => view.words().whole_city.to_owned(),
        None => {
            let names: Vec<&str> = meeting.districts.iter().map(|it| it.name.text).collect();
            names.join(", ")
        }
    };
    paragraphs.push(Paragraph::new(around, 36.0, INK));
    draw(view, &paragraphs, size(shape))
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
    draw(view, &paragraphs, size(Shape::Wide))
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
    let meeting = Meeting::new(view, published);
    let status = meeting.status.map(|status| format!("{status}: "));
    Shared {
        href: view.links.absolute(&Route::Picture(
            published.session.id.clone(),
            Shape::Wide,
            view.language,
        )),
        text: format!(
            "{}{}. {}, {}, {}",
            status.unwrap_or_default(),
            meeting.title,
            meeting.date,
            meeting.hours,
            meeting.place.name
        ),
    }
}

fn draw(view: &View<'_>, paragraphs: &[Paragraph], (width, height): (u32, u32)) -> Vec<u8> {
    let (bold, regular) = (Typeface::bold(), Typeface::regular());
    let face = |is_bold| if is_bold { &bold } else { &regular };
    let table = to_f32(height) - TABLE;
    let room = (to_f32(width) - 2.0 * MARGIN, table - TOP - 24.0);
    let measured: Vec<(&Paragraph, Measured)> = paragraphs
        .iter()
        .map(|it| (it, face(it.is_bold).measure(&it.text)))
        .collect();
    let (scale, used, laid) = fit(&measured, room);

    let mut drawing = Drawing {
        width,
        height,
        stripe: width / 12,
        stripes: (0..12)
            .map(|index| {
                (
                    index * (width / 12),
                    if index % 2 == 0 { TEA } else { SHEET },
                )
            })
            .collect(),
        table,
        boxes: Vec::new(),
        rows: Vec::new(),
        strokes: Vec::new(),
    };
    let mut y = TOP + (room.1 - used) * 0.4;
    for ((paragraph, _), lines) in measured.iter().zip(&laid) {
        let size = paragraph.size * scale;
        y += size * paragraph.gap;
        for line in lines {
            drawing.add(face(paragraph.is_bold), paragraph, line, (y, size));
            y += size * leading(paragraph);
        }
    }

    // Where to read more stands on the table.
    let landing = view.links.absolute(&Route::Landing(view.language));
    let address = landing.split_once("://").map_or(&*landing, |(_, it)| it);
    let foot = Paragraph::new(address.trim_end_matches('/'), 34.0, INK);
    let measured = [(&foot, bold.measure(&foot.text))];
    let (scale, _, laid) = fit(&measured, (room.0, 46.0));
    let line_height = foot.size * scale * leading(&foot);
    for (index, line) in laid[0].iter().enumerate() {
        let above = (TABLE - line_height * to_f32(laid[0].len().try_into().unwrap_or(1))) / 2.0;
        let top = table + above + line_height * to_f32(index.try_into().unwrap_or(0));
        drawing.add(&bold, &foot, line, (top, foot.size * scale));
    }
    encode(&super::write(&drawing), width, height)
}

/// Lines and their distance in the text's own size.
fn leading(paragraph: &Paragraph) -> f32 {
    if paragraph.is_boxed { 1.5 } else { 1.24 }
}

/// Beside it, in its own size.
fn pad(paragraph: &Paragraph) -> f32 {
    if paragraph.is_boxed { 0.35 } else { 0.0 }
}

fn to_f32(pixels: u32) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "pictures have few pixels")]
    let pixels = pixels as f32;
    pixels
}

/// The largest scale, at most 1.25, at which every paragraph is whole within
/// `room`; the height that they then use, and their lines. Where a word is so
/// long that the others would be too small to read, it is broken.
fn fit(
    paragraphs: &[(&Paragraph, Measured)],
    (width, height): (f32, f32),
) -> (f32, f32, Vec<Vec<Line>>) {
    let lay = |scale: f32, breaks_words: bool| {
        let mut laid = Vec::new();
        let mut used = 0.0;
        for (paragraph, measured) in paragraphs {
            let size = paragraph.size * scale;
            let units = (width / size - 2.0 * pad(paragraph)) * UNITS;
            let lines = measured.lines(units, breaks_words)?;
            used += size
                * (paragraph.gap
                    + leading(paragraph) * to_f32(lines.len().try_into().unwrap_or(u32::MAX)));
            laid.push(lines);
        }
        (used <= height).then_some((scale, used, laid))
    };
    let scales = || std::iter::successors(Some(1.25_f32), |scale| Some(scale * 0.94));
    scales()
        .take(14)
        .find_map(|scale| lay(scale, false))
        .or_else(|| scales().take(90).find_map(|scale| lay(scale, true)))
        .unwrap_or_default()
}

impl Drawing {
    /// Adds a line whose room begins at `top`.
    fn add(
        &mut self,
        typeface: &Typeface,
        paragraph: &Paragraph,
        line: &Line,
        (top, size): (f32, f32),
    ) {
        #[allow(clippy::cast_precision_loss, reason = "a line is not that long")]
        let width = line.width as f32 / UNITS * size;
        let pad = size * pad(paragraph);
        let baseline = top + size * (leading(paragraph) - 0.3) - pad * 0.2;
        let mut color = paragraph.color;
        if paragraph.is_boxed {
            self.boxes.push(Bar {
                x: MARGIN,
                y: top,
                width: width + 2.0 * pad,
                height: size * 1.36,
                color: paragraph.color,
            });
            color = SHEET;
        }
        if paragraph.is_struck {
            self.strokes.push(Bar {
                x: MARGIN,
                y: baseline - size * 0.32,
                width,
                height: size * 0.07,
                color: BRICK,
            });
        }
        self.rows.push(Row {
            path: typeface.outline(&line.text),
            x: MARGIN + pad,
            baseline,
            scale: size / UNITS,
            color,
        });
    }
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
    let colors: Vec<u8> = canvas
        .pixels()
        .iter()
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
        .collect();
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

    #[test]
    fn however_long_the_texts_are_they_are_whole() {
        let word = "Konstantynopolitańczykowianeczka".repeat(9);
        let name = "Dom kultury imienia przykładu ".repeat(40);
        let book = "słowo ".repeat(2_000);
        let typeface = Typeface::regular();
        for text in ["", "Kawiarnia", &*name, &*word, &*book] {
            let paragraph = Paragraph::new(text, 46.0, INK);
            let (_, used, laid) = fit(&[(&paragraph, typeface.measure(text))], (1_060.0, 400.0));
            let said = laid[0].iter().map(|it| &*it.text).collect::<String>();
            let letters = |text: &str| text.replace([' ', '\u{a0}'], "");
            assert_eq!(letters(&said), letters(text));
            assert!(used <= 400.0, "{used}");
        }
    }
}
