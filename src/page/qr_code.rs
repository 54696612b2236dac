//! The address of a selection's front page -> its QR code as SVG.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

use crate::route::{Links, Route, Selection};

/// White modules around the code that ISO/IEC 18004 asks for.
const QUIET_ZONE: i32 = 4;

/// The QR code of the selection's front page in the calendar's own language:
/// black on white whatever the colours around it. `None` where a code cannot
/// hold the address (some 2,300 bytes): only when far too many districts are
/// chosen at once.
pub fn qr_code(links: &Links, selection: &Selection) -> Option<String> {
    draw(&links.absolute(&Route::page_of(selection, links.default_language())))
}

/// The QR code of `text`, `None` where it is too long.
pub(super) fn draw(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
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
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{whole}v{whole}H0z\"/>\
         <path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_of_what_it_can_hold() {
        for (length, fits) in [(0, true), (100, true), (2_000, true), (3_000, false)] {
            assert_eq!(draw(&"a".repeat(length)).is_some(), fits, "{length}");
        }
    }
}
