//! A schedule's text, line by line, as YAML counts lines.

/// The lines of `text` without their ends, which are LF, CR or both.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\n', '\r']) else {
            rest = None;
            return Some(text);
        };
        let line = &text[..end];
        let behind = &text[end..];
        rest = Some(behind.strip_prefix("\r\n").unwrap_or(&behind[1..]));
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_of_line_is_known() {
        for (text, expected) in [
            ("a\nb", vec!["a", "b"]),
            ("a\r\nb\rc\n", vec!["a", "b", "c", ""]),
            ("\n\r\n\r", vec!["", "", "", ""]),
            ("a\u{85}b\u{2028}c", vec!["a\u{85}b\u{2028}c"]),
            ("", vec![""]),
        ] {
            assert_eq!(lines(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }
}
