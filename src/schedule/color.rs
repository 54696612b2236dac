//! The named colours of CSS.

/// A CSS colour name (CSS Color 4, the 148 named colours), as RFC 7986 wants
/// for COLOR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color {
    name: &'static str,
    rgb: u32,
}

impl Color {
    /// The colour of a CSS name in lower case; `None` for any other text.
    pub fn named(name: &str) -> Option<Color> {
        Color::all().find(|color| color.name == name)
    }

    /// Every colour, by name.
    pub(super) fn all() -> impl Iterator<Item = Color> {
        NAMED.split(", ").filter_map(|row| {
            let (name, rgb) = row.split_once(' ')?;
            let rgb = u32::from_str_radix(rgb, 16).ok()?;
            Some(Color { name, rgb })
        })
    }

    /// The colour that looks most like `0xRRGGBB`, by the distance of their
    /// parts.
    pub(super) fn like(rgb: u32) -> Option<Color> {
        let distance = |color: &Color| -> u32 {
            let parts = color.rgb.to_be_bytes().into_iter().zip(rgb.to_be_bytes());
            parts
                .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
                .sum()
        };
        Color::all().min_by_key(distance)
    }

    /// The CSS name, in lower case.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// `0xRRGGBB`.
    pub fn rgb(self) -> u32 {
        self.rgb
    }
}

/// CSS Color 4, section 6.1: names and `RRGGBB`, by name.
const NAMED: &str = "\
    aliceblue f0f8ff, antiquewhite faebd7, aqua 00ffff, aquamarine 7fffd4, azure f0ffff, \
    beige f5f5dc, bisque ffe4c4, black 000000, blanchedalmond ffebcd, blue 0000ff, \
    blueviolet 8a2be2, brown a52a2a, burlywood deb887, cadetblue 5f9ea0, chartreuse 7fff00, \
    chocolate d2691e, coral ff7f50, cornflowerblue 6495ed, cornsilk fff8dc, crimson dc143c, \
    cyan 00ffff, darkblue 00008b, darkcyan 008b8b, darkgoldenrod b8860b, darkgray a9a9a9, \
    darkgreen 006400, darkgrey a9a9a9, darkkhaki bdb76b, darkmagenta 8b008b, \
    darkolivegreen 556b2f, darkorange ff8c00, darkorchid 9932cc, darkred 8b0000, \
    darksalmon e9967a, darkseagreen 8fbc8f, darkslateblue 483d8b, darkslategray 2f4f4f, \
    darkslategrey 2f4f4f, darkturquoise 00ced1, darkviolet 9400d3, deeppink ff1493, \
    deepskyblue 00bfff, dimgray 696969, dimgrey 696969, dodgerblue 1e90ff, firebrick b22222, \
    floralwhite fffaf0, forestgreen 228b22, fuchsia ff00ff, gainsboro dcdcdc, ghostwhite f8f8ff, \
    gold ffd700, goldenrod daa520, gray 808080, green 008000, greenyellow adff2f, grey 808080, \
    honeydew f0fff0, hotpink ff69b4, indianred cd5c5c, indigo 4b0082, ivory fffff0, khaki f0e68c, \
    lavender e6e6fa, lavenderblush fff0f5, lawngreen 7cfc00, lemonchiffon fffacd, \
    lightblue add8e6, lightcoral f08080, lightcyan e0ffff, lightgoldenrodyellow fafad2, \
    lightgray d3d3d3, lightgreen 90ee90, lightgrey d3d3d3, lightpink ffb6c1, lightsalmon ffa07a, \
    lightseagreen 20b2aa, lightskyblue 87cefa, lightslategray 778899, lightslategrey 778899, \
    lightsteelblue b0c4de, lightyellow ffffe0, lime 00ff00, limegreen 32cd32, linen faf0e6, \
    magenta ff00ff, maroon 800000, mediumaquamarine 66cdaa, mediumblue 0000cd, \
    mediumorchid ba55d3, mediumpurple 9370db, mediumseagreen 3cb371, mediumslateblue 7b68ee, \
    mediumspringgreen 00fa9a, mediumturquoise 48d1cc, mediumvioletred c71585, midnightblue 191970, \
    mintcream f5fffa, mistyrose ffe4e1, moccasin ffe4b5, navajowhite ffdead, navy 000080, \
    oldlace fdf5e6, olive 808000, olivedrab 6b8e23, orange ffa500, orangered ff4500, \
    orchid da70d6, palegoldenrod eee8aa, palegreen 98fb98, paleturquoise afeeee, \
    palevioletred db7093, papayawhip ffefd5, peachpuff ffdab9, peru cd853f, pink ffc0cb, \
    plum dda0dd, powderblue b0e0e6, purple 800080, rebeccapurple 663399, red ff0000, \
    rosybrown bc8f8f, royalblue 4169e1, saddlebrown 8b4513, salmon fa8072, sandybrown f4a460, \
    seagreen 2e8b57, seashell fff5ee, sienna a0522d, silver c0c0c0, skyblue 87ceeb, \
    slateblue 6a5acd, slategray 708090, slategrey 708090, snow fffafa, springgreen 00ff7f, \
    steelblue 4682b4, tan d2b48c, teal 008080, thistle d8bfd8, tomato ff6347, turquoise 40e0d0, \
    violet ee82ee, wheat f5deb3, white ffffff, whitesmoke f5f5f5, yellow ffff00, \
    yellowgreen 9acd32";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_found_by_their_css_names() {
        for (name, rgb) in [
            ("teal", Some(0x0000_8080)),
            ("aliceblue", Some(0x00f0_f8ff)),
            ("yellowgreen", Some(0x009a_cd32)),
            ("rebeccapurple", Some(0x0066_3399)),
            ("grey", Some(0x0080_8080)),
            ("Teal", None),
            ("#008080", None),
            ("", None),
        ] {
            assert_eq!(Color::named(name).map(Color::rgb), rgb, "{name:?}");
        }
    }

    #[test]
    fn the_table_is_whole_sorted_and_without_repetition() {
        assert_eq!(Color::all().count(), 148);
        assert!(Color::all().is_sorted_by(|one, next| one.name < next.name));
    }

    #[test]
    fn the_likest_color_of_a_number_is_named() {
        for (rgb, name) in [
            (0x0000_8080, "teal"),
            (0x0000_8082, "teal"),
            (0x00ff_0001, "red"),
        ] {
            assert_eq!(Color::like(rgb).map(Color::name), Some(name));
        }
    }
}
