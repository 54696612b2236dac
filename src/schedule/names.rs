//! Words as people type them: the same word in any letter case, with or
//! without diacritics; and the nearest known word to one that is not known.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::findings::Findings;

/// `text` without letter case, diacritics or composition, with one hyphen
/// for every run of spaces, hyphens, dashes and underscores: two texts that
/// a person would type for one another come out equal.
///
/// `Łagiewniki-Borek Fałęcki` gives `lagiewniki-borek-falecki`.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for character in text
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
    {
        if character.is_whitespace() || matches!(character, '-' | '_' | '\u{2010}'..='\u{2015}') {
            gap = !folded.is_empty();
            continue;
        }
        if gap {
            folded.push('-');
            gap = false;
        }
        match character {
            // Letters whose stroke Unicode does not take apart.
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ø' => folded.push('o'),
            'ß' => folded.push_str("ss"),
            'ı' => folded.push('i'),
            // What lower-casing leaves behind: the dot of İ.
            mark if is_combining_mark(mark) => {}
            letter => folded.push(letter),
        }
    }
    folded
}

/// The id that `text` was probably meant to be: its folded letters, with
/// hyphens for all that an id cannot hold. `None` where nothing is left.
pub fn id_like(text: &str) -> Option<String> {
    let mut id = String::new();
    for character in folded(text).chars() {
        if character.is_ascii_lowercase() || character.is_ascii_digit() {
            id.push(character);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
        if id.len() == 64 {
            break;
        }
    }
    let id = id.trim_end_matches('-');
    (!id.is_empty() && id != "all").then(|| id.to_owned())
}

/// The value of the key that `given`, [`folded`], most resembles; `None`
/// where nothing is near, or where `findings` has rationed the search. Keys
/// are folded; of equally near ones the first wins.
pub(super) fn nearest<'k, V>(
    given: &str,
    known: impl IntoIterator<Item = (&'k str, V)>,
    findings: &mut Findings,
) -> Option<V> {
    // Longer words are not typing slips, and comparing costs the product of
    // the lengths.
    const LONGEST: usize = 80;
    let given = folded(given);
    let length = given.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let tolerance = (length / 3).max(1);
    let mut best: Option<(usize, V)> = None;
    for (key, value) in known {
        // Bytes outnumber characters, so this only ever lets too many pass.
        if key.len() > 4 * LONGEST || key.len() + tolerance < length {
            continue;
        }
        if key == given {
            return Some(value);
        }
        if !findings.may_compare() {
            break;
        }
        let distance = strsim::osa_distance(&given, key);
        if distance <= tolerance && best.as_ref().is_none_or(|(least, _)| distance < *least) {
            best = Some((distance, value));
        }
    }
    best.map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_to_what_people_type() {
        for (text, expected) in [
            ("Nowa Huta", "nowa-huta"),
            ("nowa-huta", "nowa-huta"),
            ("  NOWA   HUTA ", "nowa-huta"),
            ("Łagiewniki-Borek Fałęcki", "lagiewniki-borek-falecki"),
            ("Bien\u{301}czyce", "bienczyce"),
            ("Bieńczyce", "bienczyce"),
            ("Bieżanów – Prokocim", "biezanow-prokocim"),
            ("XVIII", "xviii"),
            ("Ⅷ", "viii"),
            ("Нова Гута", "нова-гута"),
            ("İstanbul", "istanbul"),
            ("Straße", "strasse"),
            ("-", ""),
        ] {
            assert_eq!(folded(text), expected, "{text:?}");
        }
    }

    #[test]
    fn an_id_is_made_of_a_name() {
        for (text, expected) in [
            ("Nowa Huta", Some("nowa-huta")),
            ("Cafe NOWA: Księgarnia!", Some("cafe-nowa-ksiegarnia")),
            ("2026/03", Some("2026-03")),
            ("--x--", Some("x")),
            ("All", None),
            ("…", None),
        ] {
            assert_eq!(id_like(text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_near_miss_is_found_and_a_far_one_is_not() {
        let known = [
            ("nowa-huta", "nowa-huta"),
            ("bienczyce", "bienczyce"),
            ("xviii", "nowa-huta"),
        ];
        for (given, expected) in [
            ("Nowa Hutta", Some("nowa-huta")),
            ("XVIII", Some("nowa-huta")),
            ("Bieńczyce", Some("bienczyce")),
            ("beinczyce", Some("bienczyce")),
            ("podgorze", None),
            ("", None),
        ] {
            assert_eq!(
                nearest(given, known, &mut Findings::new()),
                expected,
                "{given:?}"
            );
        }
    }
}
