//! The address of a selection's front page -> its QR code as SVG.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::route::{Links, Route, Selection};

/// White modules around the code that ISO/IEC 18004 asks for.
const QUIET_ZONE: i32 = 4;

/// The QR code of the selection's front page in the calendar's own language,
/// as SVG: black on white whatever the colours around it.
pub fn qr_svg(links: &Links, selection: &Selection) -> String {
    svg(&front_code(links, selection))
}

/// The same as PNG, for programs that take no SVG.
pub fn qr_png(links: &Links, selection: &Selection) -> Vec<u8> {
    png(&front_code(links, selection))
}

/// More districts than a code can hold lead to the first page, whose code is
/// short.
fn front_code(links: &Links, selection: &Selection) -> QrCode {
    let language = links.default_language();
    let code = |selection| encode(&links.absolute(&Route::page_of(selection, language)));
    code(selection)
        .or_else(|| code(&Selection::All))
        .expect("an operator's own address is shorter than the 2,300 bytes of a code")
}

/// The QR code of `text` as SVG, `None` where it is too long.
pub(super) fn draw(text: &str) -> Option<String> {
    encode(text).as_ref().map(svg)
}

fn encode(text: &str) -> Option<QrCode> {
    QrCode::encode_text(text, QrCodeEcc::Medium).ok()
}

fn svg(code: &QrCode) -> String {
    let size = code.size();
    let whole = size + 2 * QUIET_ZONE;
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            // A run of black modules is one rectangle.
            let run = (x..size)
                .take_while(|column| code.get_module(*column, y))
                .fold(0, |length, _| length + 1);
            if run > 0 {
                // Writing to a String cannot fail.
                let _ = write!(
                    path,
                    "M{} {}h{run}v1h-{run}z",
                    x + QUIET_ZONE,
                    y + QUIET_ZONE
                );
            }
            x += run.max(1);
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/>\
         <path d=\"{path}\"/></svg>"
    )
}

/// Pixels of a module's side in a PNG: large enough for a door, and still a
/// small file.
const MODULE: i32 = 24;

fn png(code: &QrCode) -> Vec<u8> {
    let whole = code.size() + 2 * QUIET_ZONE;
    let side = whole * MODULE;
    let at = |pixel: i32| pixel / MODULE - QUIET_ZONE;
    let pixels: Vec<u8> = (0..side)
        .flat_map(|y| (0..side).map(move |x| (at(x), at(y))))
        // Outside the code, no module is black.
        .map(|(x, y)| if code.get_module(x, y) { 0 } else { 255 })
        .collect();
    let side = side.unsigned_abs();
    super::picture::png(&pixels, png::ColorType::Grayscale, side, side)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::links;

    #[test]
    fn the_png_shows_what_the_svg_shows() {
        let code = front_code(&links(), &Selection::All);
        let png = qr_png(&links(), &Selection::All);
        let side = (code.size() + 2 * QUIET_ZONE) * MODULE;
        assert_eq!(png[16..20], side.to_be_bytes());
        assert!(png.len() < 20_000, "{} bytes", png.len());
        assert!(qr_svg(&links(), &Selection::All).contains("viewBox"));
    }

    #[test]
    fn a_code_is_drawn_of_what_it_can_hold() {
        for (length, fits) in [(0, true), (100, true), (2_000, true), (3_000, false)] {
            assert_eq!(draw(&"a".repeat(length)).is_some(), fits, "{length}");
        }
    }
}
