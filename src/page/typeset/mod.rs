//! Paragraphs and a room -> lines, each with its place in it: for pictures and
//! posters, whose texts are whole however long they are.

use super::typography::unbroken_text;
use typeface::Typeface;

mod typeface;

/// One paragraph.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub text: String,
    /// The language of the text, where it is not the page's.
    pub language: Option<&'static str>,
    pub is_bold: bool,
    /// Of its letters, where nothing asks for less, in the room's units.
    pub size: f32,
    /// Above it, in its own size.
    pub gap: f32,
    /// As CSS names it.
    pub color: &'static str,
    /// Whether a line goes through it.
    pub is_struck: bool,
    /// Whether it stands in a box of its colour, in white.
    pub is_boxed: bool,
}

impl Paragraph {
    pub fn new(text: impl Into<String>, size: f32, color: &'static str) -> Paragraph {
        Paragraph {
            text: text.into(),
            language: None,
            is_bold: false,
            size,
            gap: 0.25,
            color,
            is_struck: false,
            is_boxed: false,
        }
    }

    pub fn bold(self) -> Paragraph {
        Paragraph {
            is_bold: true,
            ..self
        }
    }

    /// Lines and their distance, in its own size.
    fn leading(&self) -> f32 {
        if self.is_boxed { 1.5 } else { 1.24 }
    }

    /// Beside it in its box, in its own size.
    fn pad(&self) -> f32 {
        if self.is_boxed { 0.35 } else { 0.0 }
    }
}

/// A line of text in its place.
#[derive(Debug)]
pub(super) struct Line {
    pub text: String,
    pub language: Option<&'static str>,
    pub is_bold: bool,
    pub x: f32,
    /// Where its letters stand, from above.
    pub baseline: f32,
    pub size: f32,
    pub width: f32,
    pub color: &'static str,
}

/// A rectangle: behind a text or through it.
#[derive(Debug)]
pub(super) struct Bar {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
    pub color: &'static str,
}

/// Paragraphs in their place.
#[derive(Debug, Default)]
pub(super) struct Setting {
    pub height: f32,
    pub boxes: Vec<Bar>,
    pub lines: Vec<Line>,
    pub strokes: Vec<Bar>,
}

impl Setting {
    /// Moves everything.
    pub fn shift(&mut self, x: f32, y: f32) {
        for bar in self.boxes.iter_mut().chain(&mut self.strokes) {
            bar.x += x;
            bar.y += y;
        }
        for line in &mut self.lines {
            line.x += x;
            line.baseline += y;
        }
    }

    /// Adds what stands elsewhere.
    pub fn add(&mut self, other: Setting) {
        self.boxes.extend(other.boxes);
        self.lines.extend(other.lines);
        self.strokes.extend(other.strokes);
    }
}

/// Sets paragraphs by the two embedded fonts.
pub(super) struct Typesetter {
    bold: Typeface,
    regular: Typeface,
}

/// Paragraphs that were measured once for every size.
pub(super) struct Measured(Vec<(Paragraph, typeface::Measured)>);

/// The scales to try, the largest first.
pub(super) fn scales(largest: f32) -> impl Iterator<Item = f32> {
    std::iter::successors(Some(largest), |scale| Some(scale * 0.94))
}

impl Typesetter {
    pub fn new() -> Typesetter {
        Typesetter {
            bold: Typeface::bold(),
            regular: Typeface::regular(),
        }
    }

    fn face(&self, is_bold: bool) -> &Typeface {
        if is_bold { &self.bold } else { &self.regular }
    }

    pub fn measure(&self, paragraphs: impl IntoIterator<Item = Paragraph>) -> Measured {
        let measure = |paragraph: Paragraph| {
            let text = unbroken_text(&paragraph.text);
            let measured = self.face(paragraph.is_bold).measure(&text);
            (paragraph, measured)
        };
        Measured(paragraphs.into_iter().map(measure).collect())
    }

    /// The outlines of `line` from where it begins, as an SVG path whose units
    /// are a thousandth of its size and whose top is up.
    pub fn outline(&self, line: &Line) -> String {
        self.face(line.is_bold).outline(&line.text)
    }
}

impl Measured {
    /// The paragraphs below each other, as wide as `width`; `None` where a
    /// word is wider and must not be broken.
    pub fn set(&self, width: f32, scale: f32, breaks_words: bool) -> Option<Setting> {
        let mut setting = Setting::default();
        for (paragraph, measured) in &self.0 {
            let size = paragraph.size * scale;
            let units = (width / size - 2.0 * paragraph.pad()) * typeface::UNITS;
            let lines = measured.lines(units, breaks_words)?;
            if lines.is_empty() {
                continue;
            }
            setting.height += size * paragraph.gap;
            for (text, units) in lines {
                setting.push(paragraph, text, units / typeface::UNITS * size, size);
            }
        }
        Some(setting)
    }

    /// At the largest of `scales` at which everything is whole within `width`
    /// and `height`. Where a word is so long that the others would be too
    /// small to read, it is broken.
    pub fn fit(&self, (width, height): (f32, f32), largest: f32) -> Setting {
        let fitting = |breaks_words| {
            move |scale| {
                self.set(width, scale, breaks_words)
                    .filter(|setting| setting.height <= height)
            }
        };
        scales(largest)
            .take(14)
            .find_map(fitting(false))
            .or_else(|| scales(largest).take(90).find_map(fitting(true)))
            .unwrap_or_default()
    }
}

impl Setting {
    fn push(&mut self, paragraph: &Paragraph, text: String, width: f32, size: f32) {
        let pad = size * paragraph.pad();
        let top = self.height;
        let baseline = top + size * (paragraph.leading() - 0.3) - pad * 0.2;
        let mut color = paragraph.color;
        if paragraph.is_boxed {
            self.boxes.push(Bar {
                x: 0.0,
                y: top,
                width: width + 2.0 * pad,
                height: size * 1.36,
                color,
            });
            color = "#fff";
        }
        if paragraph.is_struck {
            self.strokes.push(Bar {
                x: 0.0,
                y: baseline - size * 0.32,
                width,
                height: size * 0.07,
                color,
            });
        }
        self.lines.push(Line {
            text,
            language: paragraph.language,
            is_bold: paragraph.is_bold,
            x: pad,
            baseline,
            size,
            width,
            color,
        });
        self.height += size * paragraph.leading();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_long_the_texts_are_they_are_whole() {
        let word = "Konstantynopolitańczykowianeczka".repeat(9);
        let name = "Dom kultury imienia przykładu ".repeat(40);
        let book = "słowo ".repeat(2_000);
        let typesetter = Typesetter::new();
        for text in ["", "Kawiarnia", &*name, &*word, &*book] {
            let measured = typesetter.measure([Paragraph::new(text, 46.0, "#000")]);
            let setting = measured.fit((1_060.0, 400.0), 1.25);
            let said: String = setting.lines.iter().map(|it| &*it.text).collect();
            let letters = |text: &str| text.replace([' ', '\u{a0}'], "");
            assert_eq!(letters(&said), letters(text));
            assert!(setting.height <= 400.0, "{}", setting.height);
            assert!(setting.lines.iter().all(|line| line.width <= 1_060.0));
        }
    }
}
