//! A page -> the same page with no-break spaces where a line must not end:
//! after a word of one letter, "ul." or a day's number, before a dash. Pages
//! only: in a calendar program's list such a space may show as a box.

/// The elements whose text stands as it is.
const VERBATIM: [&str; 3] = ["script", "style", "textarea"];

/// Words of one letter that Polish and Ukrainian never leave at a line's end.
const SHORT: &str = "aiouwzAIOUWZаівзйоуєяАІВЗЙОУЄЯ";

/// Abbreviations that stand before a name.
const TITLES: [&str; 10] = [
    "ul.",
    "al.",
    "pl.",
    "os.",
    "św.",
    "im.",
    "вул.",
    "пл.",
    "просп.",
    "ім.",
];

/// `html` with those spaces in its texts; tags and their attributes stay.
pub(super) fn unbroken(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 64);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        push_text(&mut out, &rest[..start]);
        rest = &rest[start..];
        let name = rest[1..]
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .next();
        let end = match VERBATIM.iter().find(|it| Some(**it) == name) {
            Some(name) => rest.find(&format!("</{name}>")),
            None => rest.find('>').map(|end| end + 1),
        };
        // The end of a verbatim element is a tag like any other.
        let end = end.unwrap_or(rest.len());
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    push_text(&mut out, rest);
    out
}

/// `text` with those spaces.
pub(super) fn unbroken_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(&mut out, text);
    out
}

fn push_text(out: &mut String, text: &str) {
    // What stands before the space: the word so far.
    let mut word = 0;
    for (index, letter) in text.char_indices() {
        if letter == ' ' {
            let after = &text[index + 1..];
            let space = if keeps(&text[word..index], after) {
                '\u{a0}'
            } else {
                ' '
            };
            out.push(space);
        } else {
            out.push(letter);
        }
        if letter.is_whitespace() || "(„“«".contains(letter) {
            word = index + letter.len_utf8();
        }
    }
}

/// Whether `word` and what comes `after` the space stay on one line.
fn keeps(word: &str, after: &str) -> bool {
    let mut letters = word.chars();
    let one = match (letters.next(), letters.next()) {
        (Some(letter), None) => SHORT.contains(letter),
        _ => false,
    };
    let is_day = (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    one || TITLES.contains(&word)
        || after.starts_with(['–', '—', '→']) && !word.is_empty()
        || is_day && after.starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_never_ends_in_a_word_of_one_letter() {
        for (html, expected) in [
            (
                "<p title=\"w domu\">W domu i w pracy</p>",
                "<p title=\"w domu\">W~domu i~w~pracy</p>",
            ),
            (
                "<p>piątek, 13 marca 2026, o <b>14:00</b></p>",
                "<p>piątek, 13~marca 2026, o~<b>14:00</b></p>",
            ),
            ("<p>Dom, ul. Długa 7</p>", "<p>Dom, ul.~Długa 7</p>"),
            ("<p>Cafe – «З нами»</p>", "<p>Cafe~– «З~нами»</p>"),
            (
                "<textarea>a <b> i b</textarea><p>a b",
                "<textarea>a <b> i b</textarea><p>a~b",
            ),
            (
                "<script>a < b</script> to i to",
                "<script>a < b</script> to i~to",
            ),
        ] {
            assert_eq!(unbroken(html), expected.replace('~', "\u{a0}"));
        }
    }
}
