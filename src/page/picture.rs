//! The picture that a shared link shows: an awning, a cup on a table and two
//! speech bubbles. It holds no words, so it is right in every language, and
//! needs no font.

use tiny_skia::{
    Color, FillRule, LineCap, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform,
};

/// In pixels, as OpenGraph's readers like it.
pub(super) const WIDTH: u32 = 1200;

/// In pixels.
pub(super) const HEIGHT: u32 = 630;

const PAPER: [u8; 3] = [0xfa, 0xf4, 0xe8];
const SHEET: [u8; 3] = [0xff, 0xfd, 0xf8];
const INK: [u8; 3] = [0x2b, 0x21, 0x1a];
const TEA: [u8; 3] = [0x0b, 0x5d, 0x56];
const BRICK: [u8; 3] = [0xb5, 0x4a, 0x2f];
const BUTTER: [u8; 3] = [0xf2, 0xc8, 0x6b];
const WOOD: [u8; 3] = [0xc9, 0x95, 0x62];

/// `/share.png`, 1200 × 630.
pub fn share_picture() -> Vec<u8> {
    let mut canvas = Pixmap::new(WIDTH, HEIGHT).expect("the size is neither zero nor too large");
    canvas.fill(color(PAPER));
    awning(&mut canvas);
    table(&mut canvas);
    bubble(&mut canvas, [285.0, 300.0], [205.0, 112.0], 1.0, TEA, 3);
    bubble(&mut canvas, [945.0, 262.0], [185.0, 100.0], -1.0, BRICK, 2);
    cup(&mut canvas);
    canvas
        .encode_png()
        .expect("the encoder writes into memory, where nothing fails")
}

fn color([red, green, blue]: [u8; 3]) -> Color {
    Color::from_rgba8(red, green, blue, 255)
}

fn paint(rgb: [u8; 3]) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(color(rgb));
    paint
}

fn fill(canvas: &mut Pixmap, path: Option<Path>, rgb: [u8; 3]) {
    // A path is none only where it encloses nothing.
    if let Some(path) = path {
        canvas.fill_path(
            &path,
            &paint(rgb),
            FillRule::Winding,
            Transform::identity(),
            None,
        );
    }
}

fn stroke(canvas: &mut Pixmap, path: Option<Path>, rgb: [u8; 3], width: f32) {
    if let Some(path) = path {
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            ..Stroke::default()
        };
        canvas.stroke_path(&path, &paint(rgb), &stroke, Transform::identity(), None);
    }
}

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    Rect::from_xywh(x, y, width, height).map(PathBuilder::from_rect)
}

fn circle(x: f32, y: f32, radius: f32) -> Option<Path> {
    PathBuilder::from_circle(x, y, radius)
}

/// Stripes that end in scallops.
fn awning(canvas: &mut Pixmap) {
    const STRIPE: f32 = 75.0;
    const DROP: f32 = 70.0;
    for index in 0..16_u8 {
        let rgb = if index % 2 == 0 { TEA } else { SHEET };
        let left = f32::from(index) * STRIPE;
        fill(canvas, circle(left + STRIPE / 2.0, DROP, STRIPE / 2.0), rgb);
        fill(canvas, rectangle(left, 0.0, STRIPE, DROP), rgb);
    }
}

fn table(canvas: &mut Pixmap) {
    fill(canvas, rectangle(0.0, 540.0, 1200.0, 90.0), WOOD);
    fill(canvas, rectangle(0.0, 540.0, 1200.0, 8.0), INK);
}

/// A rounded bubble around `centre`, its tail towards the cup (`side` is 1
/// for a bubble to the cup's left, -1 to its right), with lines of talk.
fn bubble(
    canvas: &mut Pixmap,
    [x, y]: [f32; 2],
    [half_width, half_height]: [f32; 2],
    side: f32,
    rgb: [u8; 3],
    lines: u8,
) {
    let radius = 56.0;
    let (left, right) = (x - half_width, x + half_width);
    let (top, bottom) = (y - half_height, y + half_height);
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.quad_to(right, top, right, top + radius);
    path.line_to(right, bottom - radius);
    path.quad_to(right, bottom, right - radius, bottom);
    path.line_to(left + radius, bottom);
    path.quad_to(left, bottom, left, bottom - radius);
    path.line_to(left, top + radius);
    path.quad_to(left, top, left + radius, top);
    path.close();
    fill(canvas, path.finish(), rgb);

    let mut tail = PathBuilder::new();
    let root = x + side * half_width * 0.45;
    tail.move_to(root - 34.0, bottom - 4.0);
    tail.line_to(root + 34.0, bottom - 4.0);
    tail.line_to(root + side * 64.0, bottom + 62.0);
    tail.close();
    fill(canvas, tail.finish(), rgb);

    for line in 0..lines {
        let across = y + (f32::from(line) - f32::from(lines - 1) / 2.0) * 56.0;
        let mut path = PathBuilder::new();
        path.move_to(left + 60.0, across);
        // The last line of a thought is the shorter one.
        let end = if line + 1 == lines {
            x + 20.0
        } else {
            right - 60.0
        };
        path.line_to(end, across);
        stroke(canvas, path.finish(), SHEET, 18.0);
    }
}

fn cup(canvas: &mut Pixmap) {
    let handle = circle(722.0, 446.0, 38.0);
    stroke(canvas, handle, INK, 22.0);

    let mut body = PathBuilder::new();
    body.move_to(516.0, 388.0);
    body.line_to(724.0, 388.0);
    body.cubic_to(724.0, 486.0, 694.0, 532.0, 656.0, 532.0);
    body.line_to(584.0, 532.0);
    body.cubic_to(546.0, 532.0, 516.0, 486.0, 516.0, 388.0);
    body.close();
    let body = body.finish();
    fill(canvas, body.clone(), BUTTER);
    stroke(canvas, body, INK, 10.0);
    fill(canvas, rectangle(486.0, 530.0, 268.0, 14.0), INK);

    for x in [574.0, 620.0, 666.0] {
        let mut steam = PathBuilder::new();
        steam.move_to(x, 358.0);
        steam.cubic_to(x - 30.0, 330.0, x + 30.0, 306.0, x, 274.0);
        stroke(canvas, steam.finish(), INK, 9.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_a_small_png_of_the_told_size() {
        let png = share_picture();
        assert_eq!(&png[1..4], b"PNG");
        assert_eq!(png[16..20], WIDTH.to_be_bytes());
        assert_eq!(png[20..24], HEIGHT.to_be_bytes());
        assert!(png.len() < 100_000, "{} bytes", png.len());
    }
}
