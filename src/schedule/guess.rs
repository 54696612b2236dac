//! What a person wrote -> what they probably meant.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike, Weekday};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::diagnostic::Diagnostics;
use super::fields::Section;
use super::model::{Access, Email, Phone, Status, Window};

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
/// where nothing is near, or where `diagnostics` have rationed the search. Keys
/// are folded; of equally near ones the first wins.
pub(super) fn nearest<'k, V>(
    given: &str,
    known: impl IntoIterator<Item = (&'k str, V)>,
    diagnostics: &mut Diagnostics,
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
        if !diagnostics.may_compare() {
            break;
        }
        let distance = strsim::osa_distance(&given, key);
        if distance <= tolerance && best.as_ref().is_none_or(|(least, _)| distance < *least) {
            best = Some((distance, value));
        }
    }
    best.map(|(_, value)| value)
}

/// What people call something: a value and the words for it, [`folded`] and
/// parted by spaces.
pub(super) type Called<'w, T> = [(T, &'w str)];

/// Each word with its value.
pub(super) fn words<'w, T: Copy>(
    called: &Called<'w, T>,
) -> impl Iterator<Item = (&'w str, T)> + Clone {
    let one_by_one = |&(value, words): &(T, &'w str)| words.split(' ').map(move |it| (it, value));
    called.iter().flat_map(one_by_one)
}

/// The words that people may write for the keys of a section: the keys
/// themselves, and what they are called in Polish.
pub(super) fn words_for(section: Section) -> impl Iterator<Item = (&'static str, &'static str)> {
    const CALLED: &Called<'static, &str> = &[
        ("about", "o-cyklu"),
        ("access", "dostepnosc udogodnienia"),
        ("address", "adres"),
        ("audience", "dla-kogo"),
        ("calendar", "cykl"),
        ("color", "kolor"),
        ("contact", "kontakt"),
        ("date", "data kiedy"),
        ("description", "opis"),
        ("district", "dzielnica"),
        ("districts", "dzielnica dzielnice"),
        ("email", "e-mail mail"),
        ("host", "gospodarz prowadzi"),
        ("id", "identyfikator"),
        ("language", "jezyk"),
        ("lat", "szerokosc latitude"),
        ("location", "lokalizacja polozenie wspolrzedne"),
        ("lon", "dlugosc lng longitude"),
        ("name", "nazwa"),
        ("note", "opis tresc uwaga uwagi"),
        ("number", "numer"),
        ("organizer", "organizator"),
        ("phone", "telefon"),
        ("results", "rezultaty wyniki"),
        ("rhythm", "rytm"),
        ("sessions", "spotkania wydarzenia"),
        ("timezone", "strefa"),
        ("title", "name nazwa temat tytul"),
        ("url", "adres-strony link strona www"),
        ("venue", "gdzie miejsce"),
        ("venues", "miejsca"),
        ("weekday", "dzien dzien-tygodnia"),
        ("window", "godzina godziny"),
    ];
    let keys = section.keys();
    let called = words(CALLED).filter(move |(_, key)| keys.contains(key));
    keys.iter().map(|key| (*key, *key)).chain(called)
}

/// What people call a status in Polish, or elsewhere.
pub(super) const STATUS_CALLED: &Called<'static, Status> = &[
    (Status::Confirmed, "potwierdzone aktualne confirmed"),
    (Status::Tentative, "wstepne niepewne tentative"),
    (
        Status::Cancelled,
        "cancelled nieaktualne odwolane odwolano anulowane canceled nie-odbedzie-sie",
    ),
    (
        Status::Postponed,
        "przelozone przelozono przesuniete przeniesione postponed",
    ),
];

/// The feature of a venue that is named within `text`, such as `wc dla
/// niepełnosprawnych`.
pub(super) fn access_within(text: &str) -> Option<Access> {
    const WITHIN: &Called<'static, Access> = &[
        (
            Access::StepFree,
            "podjazd barier progow schodow stopni rampa wheelchair",
        ),
        (Access::AccessibleToilet, "toalet toilet wc- lazienk"),
        (Access::HearingLoop, "petl indukc"),
        (Access::SignLanguage, "migow pjm"),
        (Access::StepFree, "wozk"),
    ];
    let folded = format!("{}-", folded(text));
    // `brak toalety`.
    if folded.starts_with("brak") || folded.starts_with("nie-") {
        return None;
    }
    let mut found = words(WITHIN).filter(|(word, _)| folded.contains(word));
    found.next().map(|(_, feature)| feature)
}

/// The value whose name, one of `called`, a sentence begins with: `odwołane z
/// powodu remontu`.
pub(super) fn first_of_sentence<T: Copy>(text: &str, called: &Called<'_, T>) -> Option<T> {
    let folded = folded(text);
    let begins = |word: &str| {
        let rest = folded.strip_prefix(word);
        rest.is_some_and(|rest| rest.starts_with(|next: char| !next.is_alphanumeric()))
    };
    words(called)
        .filter(|(word, _)| begins(word))
        .max_by_key(|(word, _)| word.len())
        .map(|(_, value)| value)
}

/// Whether a place or a date is not known yet: `do ustalenia`.
pub(super) fn means_unknown(text: &str) -> bool {
    const WORDS: &str = "do-ustalenia do-uzgodnienia do-potwierdzenia ustalimy wkrotce \
        podamy-wkrotce nieznane nie-wiadomo nie-wiem brak tba tbd tbc unknown ?";
    let folded = folded(text);
    let bare = folded.trim_matches(|mark: char| !mark.is_alphanumeric() && mark != '?');
    WORDS
        .split(' ')
        .any(|word| bare == word || (word.len() > 4 && folded.contains(word)))
}

/// The first time or times of day in a text that begins with a date:
/// `2027-01-15, godz. 15:00-19:00` gives `15:00-19:00`.
pub(super) fn hours_behind_date(text: &str) -> Option<String> {
    let colon = text.find(':')?;
    let start = text[..colon]
        .rfind(|character: char| !character.is_ascii_digit())
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
    meant_window(&text[start..])
}

/// Degrees with minutes and seconds as a decimal: `50°04'31.8"N`.
pub(super) fn meant_degrees(text: &str) -> Option<String> {
    let parts: Vec<f64> = text
        .split(|character: char| !character.is_ascii_digit() && !matches!(character, '.' | ','))
        .filter(|part| part.contains(|character: char| character.is_ascii_digit()))
        .map(|part| part.replace(',', ".").parse().ok())
        .collect::<Option<_>>()?;
    let minutes = parts.get(1).copied().unwrap_or_default();
    let seconds = parts.get(2).copied().unwrap_or_default();
    let sensible =
        text.contains('°') && (2..=3).contains(&parts.len()) && minutes < 60.0 && seconds < 60.0;
    let south_or_west = text.trim_end().ends_with(['S', 'W', 's', 'w']);
    let degrees = parts.first()? + minutes / 60.0 + seconds / 3600.0;
    sensible.then(|| {
        let sign = if south_or_west { "-" } else { "" };
        format!("{sign}{degrees:.4}")
    })
}

/// The code of a language that is called `given` somewhere else.
pub(super) fn near_language(given: &str, diagnostics: &mut Diagnostics) -> Option<&'static str> {
    const CALLED: &Called<'static, &str> = &[
        ("pl", "pl pol polski polish pl-pl"),
        ("en", "en eng ang english angielski gb us en-gb"),
        ("uk", "uk ua ukr ukrainian ukrainski uk-ua"),
    ];
    // Any two letters are one slip from `pl`, so short words must be equal.
    let folded = folded(given);
    if folded.len() > 3 {
        return nearest(given, words(CALLED), diagnostics);
    }
    let mut found = words(CALLED).filter(|(word, _)| *word == folded);
    found.next().map(|(_, code)| code)
}

/// The years that a session may be in: before them the clocks of many places
/// kept odd seconds, and past them the time zone databases say nothing.
pub(crate) const YEARS: RangeInclusive<i32> = 1970..=2199;

/// The date that an impossible one was probably meant to be: day and month
/// the other way round, or the month's last day.
pub(super) fn possible_date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    if !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, day, month).or_else(|| {
        (29..=31)
            .contains(&day)
            .then(|| {
                (28..=30)
                    .rev()
                    .find_map(|last| NaiveDate::from_ymd_opt(year, month, last))
            })
            .flatten()
    })
}

/// Year, month and day of `YYYY-MM-DD`, possible or not.
pub(super) fn year_month_day(text: &str) -> Option<(i32, u32, u32)> {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range)
            .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let hyphens = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    if !hyphens {
        return None;
    }
    Some((
        digits(0..4)?.parse().ok()?,
        digits(5..7)?.parse().ok()?,
        digits(8..10)?.parse().ok()?,
    ))
}

/// The date that was probably meant by a date of another form: `13.03.2026`,
/// `2026/3/13`, `13 marca 2026`, `13 III 2026`, `March 13, 2026`.
pub(crate) fn meant_date(text: &str) -> Option<NaiveDate> {
    if let Some((year, month, day)) = text.get(..10).and_then(year_month_day) {
        return NaiveDate::from_ymd_opt(year, month, day)
            .filter(|date| YEARS.contains(&date.year()));
    }
    if text.len() == 8
        && let Ok(date) = NaiveDate::parse_from_str(text, "%Y%m%d")
    {
        return Some(date).filter(|date| YEARS.contains(&date.year()));
    }
    let text = without_hours(text);
    let mut numbers: Vec<(usize, u32)> = Vec::new();
    let mut named_month = None;
    for word in text
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if let Ok(number) = word.parse::<u32>() {
            numbers.push((word.len(), number));
        } else if let Some(month) = month(word) {
            named_month = Some(month);
        }
    }
    let full_year = |(length, number): (usize, u32)| match length {
        4 => i32::try_from(number).ok(),
        2 => i32::try_from(2000 + number).ok(),
        _ => None,
    };
    // Of two days the first.
    match (numbers.as_slice(), named_month) {
        ([_, _, _, (4, _)], None) | ([_, _, (4, _)], Some(_)) => {
            numbers.remove(1);
        }
        ([_, _, _, _, (4, _)], None) => {
            numbers.drain(2..4);
        }
        _ => {}
    }
    let (year, month, day) = match (numbers.as_slice(), named_month) {
        ([year @ (4, _), (_, month), (_, day)] | [(_, day), (_, month), year], None) => {
            (full_year(*year)?, *month, *day)
        }
        ([year @ (4, _), (_, day)] | [(_, day), year], Some(month)) => {
            (full_year(*year)?, month, *day)
        }
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month, day)
        .or_else(|| NaiveDate::from_ymd_opt(year, day, month))
        .filter(|date| YEARS.contains(&date.year()))
}

/// A date without the hours behind it: `15.01.2027 godz. 15.00`.
pub(super) fn without_hours(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let end = [" godz", " g.", " od ", " o "]
        .iter()
        .filter_map(|word| lower.find(word))
        .min();
    text[..end.unwrap_or(text.len())].trim_end()
}

/// The month of a Polish, English or Roman name, from 1.
pub(super) fn month(word: &str) -> Option<u32> {
    const BEGINNINGS: [[&str; 3]; 12] = [
        ["stycz", "sty", "jan"],
        ["lut", "luty", "feb"],
        ["marz", "marc", "mar"],
        ["kwie", "kwi", "apr"],
        ["maj", "maja", "may"],
        ["czerw", "cze", "jun"],
        ["lip", "lipc", "jul"],
        ["sierp", "sie", "aug"],
        ["wrze", "wrz", "sep"],
        ["paz", "pazd", "oct"],
        ["list", "lis", "nov"],
        ["grud", "gru", "dec"],
    ];
    const ROMAN: [&str; 12] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    let word = folded(word);
    let at = ROMAN.iter().position(|roman| *roman == word).or_else(|| {
        BEGINNINGS
            .iter()
            .position(|names| names.iter().any(|name| word.starts_with(name)))
    })?;
    u32::try_from(at + 1).ok()
}

/// The day that `text` was probably meant to name: an abbreviation, or a name
/// with a slip.
pub(super) fn meant_weekday(text: &str, diagnostics: &mut Diagnostics) -> Option<Weekday> {
    const SHORT: &Called<'static, Weekday> = &[
        (Weekday::Mon, "pn pon mon"),
        (Weekday::Tue, "wt tue tues"),
        (Weekday::Wed, "sr sro wed"),
        (Weekday::Thu, "cz czw thu thur thurs"),
        (Weekday::Fri, "pt pia fri"),
        (Weekday::Sat, "sb so sob sat"),
        (Weekday::Sun, "nd ndz niedz sun"),
    ];
    let given = folded(text.trim_end_matches('.'));
    if let Some((_, day)) = words(SHORT).find(|(short, _)| *short == given) {
        return Some(day);
    }
    if given.len() < 4 {
        return None;
    }
    nearest(&given, words(WEEKDAYS), diagnostics)
}

/// The names.
pub(super) const WEEKDAYS: &Called<'static, Weekday> = &[
    (Weekday::Mon, "poniedzialek monday"),
    (Weekday::Tue, "wtorek tuesday"),
    (Weekday::Wed, "sroda wednesday"),
    (Weekday::Thu, "czwartek thursday"),
    (Weekday::Fri, "piatek friday"),
    (Weekday::Sat, "sobota saturday"),
    (Weekday::Sun, "niedziela sunday"),
];

/// The hours that were probably meant by another form: `14-18`,
/// `14.00-18.00`, `od 14 do 18`, `2pm-6pm`.
pub(crate) fn meant_window(text: &str) -> Option<String> {
    let mut times: Vec<(u32, u32, Option<bool>)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|character: char| character.is_ascii_digit()) {
        let (hour, behind) = digits(&rest[at..]);
        rest = behind;
        let (hour, minute) = if hour.len() == 4 {
            hour.split_at(2)
        } else {
            let after = rest.strip_prefix([':', '.', ',', 'h', 'H']).map(digits);
            match after {
                Some((minute, behind)) if minute.len() == 2 => {
                    rest = behind;
                    (hour, minute)
                }
                _ => (hour, "00"),
            }
        };
        // Seconds, which nobody needs.
        if let Some((second, behind)) = rest.strip_prefix(':').map(digits)
            && second.len() == 2
        {
            rest = behind;
        }
        let half = rest.trim_start().to_ascii_lowercase();
        let afternoon = match half.as_bytes() {
            [b'p', b'm' | b'.', ..] => Some(true),
            [b'a', b'm' | b'.', ..] => Some(false),
            _ => None,
        };
        times.push((hour.parse().ok()?, minute.parse().ok()?, afternoon));
    }
    let [(hour, minute, afternoon), end] = times[..] else {
        return None;
    };
    let halves = afternoon.or(end.2);
    let start = (hour, minute, halves);
    let time = |(hour, minute, afternoon): (u32, u32, Option<bool>)| match (hour, afternoon) {
        (24, None) if minute == 0 => NaiveTime::from_hms_opt(23, 59, 0),
        (_, None) => NaiveTime::from_hms_opt(hour, minute, 0),
        (1..=12, Some(afternoon)) => {
            NaiveTime::from_hms_opt(hour % 12 + 12 * u32::from(afternoon), minute, 0)
        }
        _ => None,
    };
    let window = Window::new(time(start)?, time(end)?).or_else(|| {
        // `10-2pm` begins in the morning.
        Window::new(time((hour, minute, None))?, time(end)?)
    })?;
    // `2-6`, which nobody means at night.
    let half_day = TimeDelta::hours(12);
    let window = if window.start().hour() < 6 && window.end().hour() < 8 && halves.is_none() {
        Window::new(window.start() + half_day, window.end() + half_day)?
    } else {
        window
    };
    let shown = |time: NaiveTime| time.format("%H:%M").to_string();
    Some(format!("{}-{}", shown(window.start()), shown(window.end())))
}

/// The hours that were probably meant: `6`, `6 h`, `PT6H`, `90 min`, `2 dni`.
pub(super) fn meant_refresh(text: &str) -> Option<u16> {
    let at = text.find(|character: char| character.is_ascii_digit())?;
    let (number, unit) = digits(&text[at..]);
    let number: u16 = number.parse().ok()?;
    let hours = match unit.trim().chars().next() {
        None | Some('h' | 'H' | 'g' | 'G') => number,
        Some('d' | 'D') => number.checked_mul(24)?,
        Some('m' | 'M') => number.div_ceil(60),
        Some('s' | 'S') => number.div_ceil(3_600),
        _ => return None,
    };
    Some(hours.clamp(1, 720))
}

pub(super) fn digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

/// The one address within a text: `mailto:kto@example.org`,
/// `Kto <kto@example.org>`, `kto (at) example.org`.
pub(super) fn meant_email(text: &str) -> Option<String> {
    let text = ["(at)", "[at]", "(małpa)", "[małpa]"]
        .into_iter()
        .fold(text.to_owned(), |text, at| {
            text.replace(&format!(" {at} "), "@").replace(at, "@")
        });
    let mut found = text
        .split(|character: char| character.is_whitespace() || "<>()[]\"'„”,;:?".contains(character))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.contains('@'));
    let email = Email::new(found.next()?)?;
    found.next().is_none().then(|| email.as_str().to_owned())
}

/// The one number within a text: `tel. 12 345 67 89`, `tel:+48123456789`,
/// `+48/123 456 789`.
pub(super) fn meant_phone(text: &str) -> Option<String> {
    let first = text.find(|character: char| character.is_ascii_digit() || character == '+')?;
    let mut number = String::new();
    for character in text[first..].chars() {
        match character {
            '0'..='9' | '+' => number.push(character),
            '-' | '.' | '(' | ')' => {}
            '/' | '\u{2010}'..='\u{2015}' => number.push(' '),
            _ if character.is_whitespace() => number.push(' '),
            // An extension, or a second number.
            _ => return None,
        }
    }
    let number = number.split_whitespace().collect::<Vec<_>>().join(" ");
    Phone::new(&number).map(|phone| phone.as_str().to_owned())
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
                nearest(given, known, &mut Diagnostics::new()),
                expected,
                "{given:?}"
            );
        }
    }

    #[test]
    fn other_forms_of_a_date_are_understood() {
        for (text, expected) in [
            ("13.03.2026", Some("2026-03-13")),
            ("13.3.26", Some("2026-03-13")),
            ("13/03/2026", Some("2026-03-13")),
            ("03/13/2026", Some("2026-03-13")),
            ("2026/3/13", Some("2026-03-13")),
            ("2026.03.13", Some("2026-03-13")),
            ("2026-3-13", Some("2026-03-13")),
            ("13 marca 2026", Some("2026-03-13")),
            ("13 marca 2026 r.", Some("2026-03-13")),
            ("piątek, 13 marca 2026", Some("2026-03-13")),
            ("13 III 2026", Some("2026-03-13")),
            ("March 13, 2026", Some("2026-03-13")),
            ("2026-03-13T14:00", Some("2026-03-13")),
            ("5 października 2026", Some("2026-10-05")),
            ("20260313", Some("2026-03-13")),
            ("13.03.2026 godz. 15.00", Some("2026-03-13")),
            ("1 maja 2026", Some("2026-05-01")),
            ("13 marca", None),
            ("2026-03", None),
            ("jutro", None),
            ("99.99.2026", None),
            ("", None),
        ] {
            let found = meant_date(text).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn an_impossible_date_has_a_possible_neighbour() {
        for ((year, month, day), expected) in [
            ((2026, 13, 3), Some("2026-03-13")),
            ((2026, 2, 30), Some("2026-02-28")),
            ((2028, 2, 30), Some("2028-02-29")),
            ((2026, 4, 31), Some("2026-04-30")),
            ((2026, 99, 99), None),
            ((2026, 0, 0), None),
        ] {
            let found = possible_date(year, month, day).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected);
        }
    }

    #[test]
    fn other_forms_of_hours_are_understood() {
        for (text, expected) in [
            ("14-18", Some("14:00-18:00")),
            ("14.00-18.00", Some("14:00-18:00")),
            ("14:00-18", Some("14:00-18:00")),
            ("14:00—18:00", Some("14:00-18:00")),
            ("14:00:00-18:00:00", Some("14:00-18:00")),
            ("1400-1800", Some("14:00-18:00")),
            ("od 14 do 18", Some("14:00-18:00")),
            ("14h30 - 18h00", Some("14:30-18:00")),
            ("20:00-24:00", Some("20:00-23:59")),
            ("2-6", Some("14:00-18:00")),
            ("14,00-18,30", Some("14:00-18:30")),
            ("5am-7am", Some("05:00-07:00")),
            ("18-14", None),
            ("14", None),
            ("14:00-18:00, 20:00", None),
            ("25-26", None),
            ("po południu", None),
        ] {
            assert_eq!(meant_window(text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn other_forms_of_refresh_are_understood() {
        for (text, expected) in [
            ("6", Some(6)),
            ("6 h", Some(6)),
            ("PT6H", Some(6)),
            ("90 min", Some(2)),
            ("2 dni", Some(48)),
            ("0h", Some(1)),
            ("9999h", Some(720)),
            ("99999999h", None),
            ("często", None),
        ] {
            assert_eq!(meant_refresh(text), expected, "{text:?}");
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
            assert_eq!(
                meant_weekday(text, &mut Diagnostics::new()),
                expected,
                "{text:?}"
            );
        }
    }

    #[test]
    fn an_address_is_one_or_its_meaning_is_found() {
        for (text, right) in [
            ("kto@example.org", Some("kto@example.org")),
            (
                "Jan.Kto+ngo@um.example.org",
                Some("Jan.Kto+ngo@um.example.org"),
            ),
            ("mailto:kto@example.org", Some("kto@example.org")),
            ("Kto <kto@example.org>", Some("kto@example.org")),
            ("kto (at) example.org", Some("kto@example.org")),
            ("kto@example.org.", Some("kto@example.org")),
            ("kto@example.org, ja@example.org", None),
            ("kto@example", None),
            ("@example.org", None),
            ("kto@-a.org", None),
            ("a..b@example.org", None),
            ("example.org", None),
            ("żółw@example.org", None),
        ] {
            let meant = Email::new(text)
                .map(|email| email.as_str().to_owned())
                .or_else(|| meant_email(text));
            assert_eq!(meant.as_deref(), right, "{text:?}");
        }
        assert_eq!(Email::new("mailto:kto@example.org"), None);
        assert_eq!(Email::new(&format!("kto@{}org", "a.".repeat(130))), None);
    }

    #[test]
    fn a_number_is_one_or_its_meaning_is_found() {
        for (text, right) in [
            ("12 345 67 89", Some("12 345 67 89")),
            ("+48 (12) 345-67-89", Some("+48 (12) 345-67-89")),
            ("112", Some("112")),
            ("tel. 12 345 67 89", Some("12 345 67 89")),
            ("tel:+48123456789", Some("+48123456789")),
            ("12\u{a0}345 67 89", Some("12 345 67 89")),
            ("12/345 67 89", Some("12 345 67 89")),
            ("12 345 67 89 wew. 5", None),
            ("12 345 67 89, 12 345 67 90", None),
            ("12", None),
            ("1234567890123456", None),
            ("brak", None),
        ] {
            let meant = Phone::new(text)
                .map(|phone| phone.as_str().to_owned())
                .or_else(|| meant_phone(text));
            assert_eq!(meant.as_deref(), right, "{text:?}");
        }
        let phone = Phone::new("+48 (12) 345-67-89").expect("a number");
        assert_eq!(phone.digits(), "+48123456789");
    }
}
