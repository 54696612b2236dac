//! Text -> how wide it is, where it breaks, and its outlines as an SVG path,
//! by one of two embedded fonts. Everything is in the font's units, of which
//! [`UNITS`] make the size of the text, so that a text is measured once for
//! every size.

use std::fmt::Write as _;

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};
use unicode_normalization::UnicodeNormalization as _;

/// Units to the em, in both fonts.
pub const UNITS: f32 = 1_000.0;

/// A font, with the pairs of letters that stand closer together.
pub struct Typeface {
    face: Face<'static>,
    pairs: Vec<PairAdjustment<'static>>,
}

/// A text that was measured, to be broken into lines.
pub struct Measured {
    words: Vec<Word>,
    space: i32,
}

struct Word {
    letters: Vec<char>,
    /// Where each letter ends.
    ends: Vec<i32>,
}

impl Typeface {
    /// Noto Serif Bold.
    pub fn bold() -> Typeface {
        Typeface::new(include_bytes!("fonts/NotoSerif-Bold.ttf"))
    }

    /// Noto Serif Regular.
    pub fn regular() -> Typeface {
        Typeface::new(include_bytes!("fonts/NotoSerif-Regular.ttf"))
    }

    fn new(font: &'static [u8]) -> Typeface {
        let face = Face::parse(font, 0).expect("the embedded font is one");
        let pairs = face.tables().gpos.map_or_else(Vec::new, |gpos| {
            let kerning = Tag::from_bytes(b"kern");
            let mut lookups: Vec<u16> = gpos
                .features
                .into_iter()
                .filter(|feature| feature.tag == kerning)
                .flat_map(|feature| feature.lookup_indices)
                .collect();
            // Each script names the same ones again.
            lookups.sort_unstable();
            lookups.dedup();
            lookups
                .into_iter()
                .filter_map(|lookup| gpos.lookups.get(lookup))
                .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'_>>())
                .filter_map(|subtable| match subtable {
                    PositioningSubtable::Pair(pair) => Some(pair),
                    _ => None,
                })
                .collect()
        });
        Typeface { face, pairs }
    }

    /// Measures `text` as far as the font has its letters: what no Polish,
    /// English or Ukrainian text holds is left out.
    pub fn measure(&self, text: &str) -> Measured {
        let words = text
            // A no-break space is no place to break.
            .split(|letter: char| letter.is_whitespace() && letter != '\u{a0}')
            .map(|word| self.word(word))
            .filter(|word| !word.letters.is_empty())
            .collect();
        Measured {
            words,
            space: self.word(" ").ends.last().copied().unwrap_or(0),
        }
    }

    fn word(&self, text: &str) -> Word {
        let letters: Vec<char> = text
            .nfc()
            .filter(|letter| self.face.glyph_index(*letter).is_some())
            .collect();
        let ends = self.glyphs(letters.iter().copied()).map(|it| it.2);
        Word {
            ends: ends.collect(),
            letters,
        }
    }

    /// The outlines of `line`, its baseline at zero and its top up, as an SVG
    /// path.
    pub fn outline(&self, line: &str) -> String {
        let mut pen = Pen {
            path: String::new(),
            x: 0.0,
        };
        for (glyph, x, _) in self.glyphs(line.chars()) {
            pen.x = to_f32(x);
            self.face.outline_glyph(glyph, &mut pen);
        }
        pen.path
    }

    /// Each glyph of `text`, where it begins and where it ends.
    fn glyphs(
        &self,
        text: impl Iterator<Item = char>,
    ) -> impl Iterator<Item = (GlyphId, i32, i32)> {
        let glyphs = text.filter_map(|letter| self.face.glyph_index(letter));
        glyphs.scan((None, 0), |(before, end), glyph| {
            let begin = *end + before.map_or(0, |before| self.kerning(before, glyph));
            *before = Some(glyph);
            *end = begin + i32::from(self.face.glyph_hor_advance(glyph).unwrap_or(0));
            Some((glyph, begin, *end))
        })
    }

    fn kerning(&self, left: GlyphId, right: GlyphId) -> i32 {
        self.pairs
            .iter()
            .find_map(|pair| {
                let covered = pair.coverage().get(left)?;
                let (first, _) = match pair {
                    PairAdjustment::Format1 { sets, .. } => sets.get(covered)?.get(right)?,
                    PairAdjustment::Format2 {
                        classes, matrix, ..
                    } => matrix.get((classes.0.get(left), classes.1.get(right)))?,
                };
                Some(i32::from(first.x_advance))
            })
            .unwrap_or(0)
    }
}

impl Measured {
    /// Lines of at most `width` units, broken between words, each with its own
    /// width. Where a word is wider, it is broken if `breaks_words`, and
    /// otherwise there are none.
    pub fn lines(&self, width: f32, breaks_words: bool) -> Option<Vec<(String, f32)>> {
        let mut lines: Vec<(String, i32)> = Vec::new();
        for word in &self.words {
            let pieces = word.pieces(width);
            if pieces.len() > 1 && !breaks_words {
                return None;
            }
            for (index, (piece, wide)) in pieces.into_iter().enumerate() {
                match lines.last_mut() {
                    Some((line, used))
                        if index == 0 && to_f32(*used + self.space + wide) <= width =>
                    {
                        line.push(' ');
                        line.push_str(&piece);
                        *used += self.space + wide;
                    }
                    _ => lines.push((piece, wide)),
                }
            }
        }
        let lines = lines.into_iter();
        Some(lines.map(|(line, wide)| (line, to_f32(wide))).collect())
    }
}

impl Word {
    /// The word in as few pieces as fit into `width` units each, each with its
    /// own width.
    fn pieces(&self, width: f32) -> Vec<(String, i32)> {
        let mut pieces = Vec::new();
        let (mut first, mut begin) = (0, 0);
        while first < self.letters.len() {
            let fitting = self.ends[first..]
                .iter()
                .take_while(|end| to_f32(*end - begin) <= width)
                .count();
            // One letter always goes on.
            let next = first + fitting.max(1);
            let piece = self.letters[first..next].iter().collect();
            pieces.push((piece, self.ends[next - 1] - begin));
            (first, begin) = (next, self.ends[next - 1]);
        }
        pieces
    }
}

#[allow(clippy::cast_precision_loss, reason = "no line is that long")]
fn to_f32(units: i32) -> f32 {
    units as f32
}

/// Draws glyphs into a path.
struct Pen {
    path: String,
    x: f32,
}

impl Pen {
    fn draw(&mut self, command: char, points: &[(f32, f32)]) {
        self.path.push(command);
        for (x, y) in points {
            // Writing to a String cannot fail.
            let _ = write!(self.path, "{} {} ", x + self.x, y);
        }
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.draw('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.draw('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.draw('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.draw('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.path.push('Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_the_three_languages_is_there() {
        let letters = "AĄBCĆDEĘFGHIJKLŁMNŃOÓPQRSŚTUVWXYZŹŻaąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż\
             АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюяʼ’\
             0123456789.,:;!?()/&@+-–—„”“«»…№§";
        for typeface in [Typeface::bold(), Typeface::regular()] {
            for letter in letters.chars() {
                assert!(typeface.face.glyph_index(letter).is_some(), "{letter}");
            }
        }
    }

    #[test]
    fn pairs_of_letters_stand_closer() {
        let typeface = Typeface::bold();
        let width = |text: &str| *typeface.word(text).ends.last().unwrap();
        for (pair, is_closer) in [("To", true), ("Wa", true), ("Та", true), ("nn", false)] {
            let apart: i32 = pair.chars().map(|it| width(&it.to_string())).sum();
            assert_eq!(width(pair) < apart, is_closer, "{pair}");
        }
    }

    #[test]
    fn lines_break_between_words_and_what_the_font_has_not_is_left_out() {
        let typeface = Typeface::regular();
        for (text, breaks_words, expected) in [
            ("Dom\nkultury 😀", false, Some(&["Dom", "kultury"][..])),
            ("od\u{a0}17:00 do", false, Some(&["od\u{a0}17:00", "do"])),
            ("e\u{328}", false, Some(&["ę"])),
            ("Łagiewniki", false, None),
            ("Łagiewniki", true, Some(&["Łagiewn", "iki"])),
        ] {
            let lines = typeface.measure(text).lines(4_300.0, breaks_words);
            let texts = lines.map(|lines| lines.into_iter().map(|it| it.0).collect::<Vec<_>>());
            assert_eq!(
                texts.as_deref(),
                expected
                    .map(|it| it.iter().map(ToString::to_string).collect::<Vec<_>>())
                    .as_deref(),
                "{text}"
            );
        }
    }

    #[test]
    fn an_outline_is_a_path() {
        let path = Typeface::bold().outline("i");
        assert!(path.starts_with('M') && path.ends_with('Z'), "{path}");
    }
}
