//! Names and values -> the content lines of iCalendar (RFC 5545, 3.1):
//! escaped, folded, each ended by CRLF.
//!
//! The `icalendar` crate's own writer is passed over: it lets a last line
//! reach 76 octets, folds between a backslash and its letter, takes quadratic
//! time on long texts, lets a bare CR through, and puts the clock's time into
//! every component without a DTSTAMP.

/// The longest physical line, in octets without its CRLF (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// Appends `NAME:value` for a value that is written as it is: a time, a
/// number, a URI.
pub fn push_raw(out: &mut String, name: &str, value: &str) {
    push_folded(out, &format!("{name}:{value}"));
}

/// Appends `NAME:value` for a TEXT value (RFC 5545, 3.3.11).
pub fn push_text(out: &mut String, name: &str, value: &str) {
    let mut line = String::with_capacity(name.len() + 1 + value.len() + value.len() / 16);
    line.push_str(name);
    line.push(':');
    push_escaped(&mut line, value);
    push_folded(out, &line);
}

/// Appends a TEXT value with `\`, `;`, `,` and line breaks escaped (RFC 5545,
/// 3.3.11).
pub fn push_escaped(out: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            other => out.push(other),
        }
    }
}

/// Appends `;NAME="value"`, quoted where the value is more than ASCII letters,
/// digits and `-` (RFC 5545, 3.2): Home Assistant refuses a whole feed for a
/// Polish letter without quotes, sabre/vobject for a `^`. A `TZID` is never
/// quoted (3.2.19). No parameter can hold a double quote: a typographic one
/// stands in for it.
pub fn push_parameter(out: &mut String, name: &str, value: &str) {
    out.push(';');
    out.push_str(name);
    out.push('=');
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let quoted = name != "TZID" && !value.bytes().all(is_plain);
    if quoted {
        out.push('"');
    }
    out.extend(
        value
            .chars()
            .map(|character| if character == '"' { '”' } else { character }),
    );
    if quoted {
        out.push('"');
    }
}

/// Appends one logical line, folded: never inside a UTF-8 character (six
/// parsers show a split ó as two broken ones), never between a backslash and
/// its letter (Outlook), and with no blank at either side of a fold where it
/// can be helped (some proxies strip trailing blanks).
pub fn push_folded(out: &mut String, line: &str) {
    let mut rest = line;
    let mut room = LONGEST;
    while rest.len() > room {
        let (head, tail) = rest.split_at(fold_at(rest, room));
        out.push_str(head);
        out.push_str("\r\n ");
        rest = tail;
        // The blank that marks a continuation counts too.
        room = LONGEST - 1;
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

/// The last good place for a fold within the first `room` octets of `line`.
fn fold_at(line: &str, room: usize) -> usize {
    let bytes = line.as_bytes();
    let mut last_resort = None;
    for at in (1..=room).rev().filter(|at| line.is_char_boundary(*at)) {
        let backslashes = bytes[..at]
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        if backslashes % 2 == 1 {
            continue;
        }
        if bytes[at - 1] != b' ' && bytes[at] != b' ' {
            return at;
        }
        last_resort = last_resort.or(Some(at));
    }
    // A line of blanks only has no better place than its longest.
    last_resort.unwrap_or(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unfold(lines: &str) -> String {
        lines.replace("\r\n ", "")
    }

    #[test]
    fn every_line_fits_and_unfolds_to_what_was_written() {
        let texts = [
            "short".to_owned(),
            "ó".repeat(200),
            "😀".repeat(100),
            "a,".repeat(300),
            "\\".repeat(301),
            "word ".repeat(100) + "end",
            " ".repeat(400),
            format!("{}\n{}", "x".repeat(73), "y".repeat(80)),
        ];
        for text in texts {
            for prefix in 0..80 {
                let text = format!("{}{text}", "p".repeat(prefix));
                let mut lines = String::new();
                push_text(&mut lines, "SUMMARY", &text);
                let mut escaped = String::from("SUMMARY:");
                push_escaped(&mut escaped, &text);
                assert_eq!(unfold(&lines), escaped + "\r\n");
                for line in lines.trim_end_matches("\r\n").split("\r\n") {
                    assert!(line.len() <= LONGEST, "{} octets: {line}", line.len());
                    let backslashes = line.bytes().rev().take_while(|byte| *byte == b'\\').count();
                    assert!(backslashes % 2 == 0, "a fold parts an escape: {line}");
                }
            }
        }
    }

    #[test]
    fn folds_leave_no_blank_at_the_end_of_a_line() {
        for prefix in 0..80 {
            let mut lines = String::new();
            push_text(
                &mut lines,
                "NOTE",
                &format!("{}{}", "p".repeat(prefix), " ab".repeat(99)),
            );
            assert!(!lines.contains(" \r\n"), "{lines}");
        }
    }

    #[test]
    fn parameters_are_quoted_where_they_must_be() {
        for (value, expected) in [
            ("Cafe-24", ";X-TITLE=Cafe-24"),
            ("Cafe NOWA", ";X-TITLE=\"Cafe NOWA\""),
            ("Świetlica", ";X-TITLE=\"Świetlica\""),
            ("a^b", ";X-TITLE=\"a^b\""),
            ("Cafe, Nowa: a; b", ";X-TITLE=\"Cafe, Nowa: a; b\""),
            ("Klub \"Pod\"", ";X-TITLE=\"Klub ”Pod”\""),
        ] {
            let mut out = String::new();
            push_parameter(&mut out, "X-TITLE", value);
            assert_eq!(out, expected);
        }
        let mut out = String::new();
        push_parameter(&mut out, "TZID", "Europe/Warsaw");
        assert_eq!(out, ";TZID=Europe/Warsaw");
    }
}
