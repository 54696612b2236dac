//! The days of the week, as people name them.

use chrono::Weekday;

use super::findings::Findings;
use super::names::{folded, nearest};

/// The names, folded.
const FOLDED: [(&str, Weekday); 14] = [
    ("poniedzialek", Weekday::Mon),
    ("wtorek", Weekday::Tue),
    ("sroda", Weekday::Wed),
    ("czwartek", Weekday::Thu),
    ("piatek", Weekday::Fri),
    ("sobota", Weekday::Sat),
    ("niedziela", Weekday::Sun),
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// The day of a whole Polish or English name, in any letter case, with or
/// without diacritics.
pub(super) fn named(text: &str) -> Option<Weekday> {
    let given = folded(text);
    FOLDED
        .into_iter()
        .find(|(name, _)| *name == given)
        .map(|(_, day)| day)
}

/// The day that `text` was probably meant to name: an abbreviation, or a name
/// with a slip.
pub(super) fn meant(text: &str, findings: &mut Findings) -> Option<Weekday> {
    const SHORT: [(&str, Weekday); 25] = [
        ("pn", Weekday::Mon),
        ("pon", Weekday::Mon),
        ("mon", Weekday::Mon),
        ("wt", Weekday::Tue),
        ("tue", Weekday::Tue),
        ("tues", Weekday::Tue),
        ("sr", Weekday::Wed),
        ("sro", Weekday::Wed),
        ("wed", Weekday::Wed),
        ("cz", Weekday::Thu),
        ("czw", Weekday::Thu),
        ("thu", Weekday::Thu),
        ("thur", Weekday::Thu),
        ("thurs", Weekday::Thu),
        ("pt", Weekday::Fri),
        ("pia", Weekday::Fri),
        ("fri", Weekday::Fri),
        ("sb", Weekday::Sat),
        ("so", Weekday::Sat),
        ("sob", Weekday::Sat),
        ("sat", Weekday::Sat),
        ("nd", Weekday::Sun),
        ("ndz", Weekday::Sun),
        ("niedz", Weekday::Sun),
        ("sun", Weekday::Sun),
    ];
    let given = folded(text.trim_end_matches('.'));
    if let Some((_, day)) = SHORT.into_iter().find(|(short, _)| *short == given) {
        return Some(day);
    }
    if given.len() < 4 {
        return None;
    }
    nearest(&given, FOLDED, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;
    use crate::texts::dates;

    #[test]
    fn weekdays_are_known_in_two_languages() {
        for (text, expected) in [
            ("piątek", Some(Weekday::Fri)),
            ("Piatek", Some(Weekday::Fri)),
            ("FRIDAY", Some(Weekday::Fri)),
            ("środa", Some(Weekday::Wed)),
            ("sroda", Some(Weekday::Wed)),
            ("pt", None),
            ("piątk", None),
            ("п’ятниця", None),
        ] {
            assert_eq!(named(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_name_is_found_by_itself() {
        for (_, day) in FOLDED {
            for language in [Language::Polish, Language::English] {
                assert_eq!(named(dates::weekday(day, language)), Some(day));
            }
        }
    }

    #[test]
    fn short_names_and_slips_are_understood() {
        for (text, expected) in [
            ("pt.", Some(Weekday::Fri)),
            ("śr", Some(Weekday::Wed)),
            ("Thurs", Some(Weekday::Thu)),
            ("piontek", Some(Weekday::Fri)),
            ("wensday", Some(Weekday::Wed)),
            ("x", None),
            ("13 marca", None),
        ] {
            assert_eq!(meant(text, &mut Findings::new()), expected, "{text:?}");
        }
    }
}
