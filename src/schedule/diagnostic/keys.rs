//! Keys, the shapes of their values, ids, and references.

use super::super::fields::Section;
use super::super::guess::{folded, id_like, words_for};
use super::{Diagnostic, Position, error, quoted, warning, whole};
use chrono::NaiveDate;

/// What a value may be, or was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One value on its key's line.
    Value,
    /// `- …` lines, or `[…, …]`.
    List,
    /// A list of what has keys of its own: districts, venues, sessions.
    Entries,
    /// `key: value` lines, or `{key: value}`.
    Keys,
    /// An entry of such a list.
    Entry,
}

/// What can be referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thing {
    /// One of `districts`.
    District,
    /// One of `venues`.
    Venue,
    /// One of `sessions`.
    Session,
}

/// A value of another shape than its key wants. `right` is how it is written.
pub(crate) fn wrong_shape(
    at: Position,
    key: &str,
    wanted: Shape,
    found: Shape,
    right: Option<&str>,
) -> Diagnostic {
    let (polish_found, english_found) = match found {
        Shape::Value => ("pojedyncza wartość", "a single value"),
        Shape::List | Shape::Entries => ("lista", "a list"),
        Shape::Keys | Shape::Entry => ("grupa kluczy", "a group of keys"),
    };
    let (polish, english) = match wanted {
        Shape::Value => ("jedna wartość", "one value"),
        Shape::List => ("lista", "a list"),
        Shape::Keys => ("grupa kluczy", "keys of its own"),
        Shape::Entries => ("lista pozycji", "a list of entries"),
        Shape::Entry => (
            "pozycja z własnymi kluczami",
            "an entry with keys of its own",
        ),
    };
    let (polish, english) = if wanted == Shape::Entry {
        (
            format!("pozycja „{key}” ma własne klucze, a to jest {polish_found}"),
            format!("an entry of \"{key}\" has keys of its own, and this is {english_found}"),
        )
    } else {
        (
            format!("„{key}” to powinna być {polish}, a jest {polish_found}"),
            format!("\"{key}\" wants {english}, and this is {english_found}"),
        )
    };
    let example = match (wanted, key) {
        (Shape::Entry | Shape::Entries, "districts") => "- {id: nowa-huta, name: Nowa Huta}",
        (Shape::Entry | Shape::Entries, "venues") => {
            "- {id: cafe-nowa, name: \"…\", district: nowa-huta}"
        }
        (Shape::Entry | Shape::Entries, "sessions") => {
            "- {id: 2026-03, date: 2026-03-13, venue: cafe-nowa}"
        }
        (Shape::Entry | Shape::Entries, "channels") => "- {name: \"…\", url: \"https://…\"}",
        // Those of the calendar and those of results differ in the first key.
        (Shape::Entry | Shape::Entries, "links") => "",
        _ => example(key),
    };
    let problem = error(at, "wrong-shape", polish, english);
    let problem = match (key, found) {
        ("venue", Shape::Keys) => problem.or_help(
            "miejsce opisz na liście „venues”, a tutaj wpisz samo jego „id”",
            "describe the venue in the list \"venues\", and write only its \"id\" here",
        ),
        ("district" | "districts", Shape::Keys) => problem.or_help(
            "dzielnicę opisz na liście „districts”, a tutaj wpisz samo jej „id”",
            "describe the district in the list \"districts\", and write only its \"id\" here",
        ),
        _ => problem,
    };
    Diagnostic {
        // What is written stands with its key, and only the value is marked.
        fix: None,
        ..problem.write(right).for_example(example)
    }
}

/// A link, or numbers alone, as a venue's location.
pub(crate) fn location_not_keys(at: Position, numbers: Option<(&str, &str)>) -> Diagnostic {
    let problem = error(
        at,
        "wrong-shape",
        "z tego nie wynika położenie: „location” to szerokość i długość",
        "this does not tell the location: \"location\" is latitude and longitude",
    );
    match numbers {
        Some((latitude, longitude)) => {
            problem.write(Some(&format!("{{lat: {latitude}, lon: {longitude}}}")))
        }
        None => problem.or_help(
            "napisz „location: {lat: …, lon: …}”, liczby skopiuj z mapy; odsyłacz możesz wpisać w \
             „url”",
            "write \"location: {lat: …, lon: …}\" and copy the numbers from a map; a link may go \
             into \"url\"",
        ),
    }
}

/// A list where a text is wanted. `path` is its key, with the language where
/// it is one; `key` what stands before the colon.
pub(crate) fn text_as_list(at: Position, path: &str, key: &str, one_line: bool) -> Diagnostic {
    let problem = error(
        at,
        "wrong-shape",
        format!("„{path}” to tekst, a nie lista"),
        format!("\"{path}\" is a text, not a list"),
    );
    if one_line {
        return problem.or_help(
            format!("napisz go w jednym wierszu: „{key}: …”, bez „-” i nawiasów"),
            format!("write it on one line: \"{key}: …\", without \"-\" or brackets"),
        );
    }
    problem.or_help(
        format!("napisz „{key}: |” i tekst pod spodem, wcięty; „-” przed wierszami jest wtedy zwykłym tekstem"),
        format!("write \"{key}: |\" and the text below it, indented; \"-\" before its lines is then plain text"),
    )
}

/// A key that is itself a list or has keys.
pub(crate) fn key_not_a_word(at: Position) -> Diagnostic {
    error(
        at,
        "key-not-a-word",
        "klucz musi być jednym słowem",
        "a key must be one word",
    )
    .or_help("napisz „klucz: wartość”", "write \"key: value\"")
}

/// `near` is the key that was probably meant, and `there` the line where that
/// one stands already; `text_above`, the key of a text of several lines right
/// above.
pub(crate) fn unknown_key(
    at: Position,
    key: &str,
    section: Section,
    near: Option<&str>,
    there: Option<u32>,
    text_above: Option<&str>,
) -> Diagnostic {
    let (polish, _, english) = section_name(section);
    let shown = quoted(key);
    let problem = error(
        at,
        "unknown-key",
        format!("{polish} nie ma klucza „{shown}”"),
        format!("{english} has no key \"{shown}\""),
    )
    .did_you_mean(near.filter(|_| there.is_none()))
    .with_invisible(key);
    if let Some(text) = text_above {
        return problem.or_help(
            format!("jeśli to dalszy ciąg „{text}”, wetnij wiersz tak jak wiersze powyżej"),
            format!("if it continues \"{text}\", indent the line like those above"),
        );
    }
    let is_of_venue = |key: &str| words_for(Section::Venue).any(|(word, _)| word == key);
    if section == Section::Session && near.is_none() && is_of_venue(&folded(key)) {
        return problem.or_help(
            "to klucz miejsca: dopisz go przy tym miejscu na liście „venues”; co dotyczy tylko tego \
             spotkania, wpisz do „note”",
            "this is a key of a venue: add it to the venue in the list \"venues\"; what concerns \
             this session alone goes into \"note\"",
        );
    }
    if let (Some(near), Some(line)) = (near, there) {
        return problem.or_help(
            format!("to chyba „{near}”, a ten klucz już jest, w wierszu {line}: zostaw jeden z nich"),
            format!("this is probably \"{near}\", which is already there, in line {line}: keep one of them"),
        );
    }
    let keys = section.keys().join(", ");
    problem.or_help(format!("może mieć: {keys}"), format!("it may have: {keys}"))
}

/// `{lat: 50,07}`: a comma ends the number.
pub(crate) fn decimal_comma(at: Position, whole: &str, fraction: &str) -> Diagnostic {
    let (whole, fraction) = (quoted(whole), quoted(fraction));
    error(
        at,
        "decimal-comma",
        format!("w {{…}} przecinek oddziela klucze, a nie „{fraction}” od „{whole}”"),
        format!("in {{…}} a comma parts keys, not \"{fraction}\" from \"{whole}\""),
    )
    .or_help(
        format!("napisz kropkę dziesiętną: {whole}.{fraction}"),
        format!("write a decimal point: {whole}.{fraction}"),
    )
}

/// A text in braces that has a comma; `text` is the whole of it.
pub(crate) fn cut_by_comma(at: Position, key: &str, text: &str) -> Diagnostic {
    let right = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let shown = whole(&right);
    error(
        at,
        "cut-by-comma",
        "w {…} przecinek oddziela klucze, a tu jest w tekście",
        "in {…} a comma parts keys, and here it stands in a text",
    )
    .or_help(
        format!("weź tekst w cudzysłów: {key}: {shown}"),
        format!("put the text in quotes: {key}: {shown}"),
    )
    .replaced_by(&right)
}

/// `od: 15:00` and `do: 19:00`; `window` is both in one, `start` the first.
pub(crate) fn hours_in_two_keys(
    at: Position,
    key: &str,
    section: Section,
    start: &str,
    window: Option<&str>,
) -> Diagnostic {
    let (polish, _, english) = section_name(section);
    let shown = quoted(key);
    let right = window.unwrap_or("14:00-18:00");
    let right = match window {
        None if !start.is_empty() => quoted(&format!("{start}-…")),
        _ => right.to_owned(),
    };
    error(
        at,
        "hours-in-two-keys",
        format!("{polish} nie ma klucza „{shown}”: godziny podaje się w jednym wierszu"),
        format!("{english} has no key \"{shown}\": the hours stand on one line"),
    )
    .or_help(
        format!("napisz „window: {right}”"),
        format!("write \"window: {right}\""),
    )
}

/// `odwołane: tak`; `status` is `None` for `nie`.
/// `date` is a new date that stands under it.
pub(crate) fn status_as_key(
    at: Position,
    key: &str,
    status: Option<&str>,
    date: Option<NaiveDate>,
) -> Diagnostic {
    let shown = quoted(key);
    let problem = error(
        at,
        "status-as-key",
        format!("spotkanie nie ma klucza „{shown}”"),
        format!("a session has no key \"{shown}\""),
    );
    match (status, date) {
        (Some("postponed"), Some(date)) => problem.or_help(
            format!("wpisz nowy termin w „date”: „date: {date}”, a ten wiersz usuń"),
            format!("write the new date in \"date\": \"date: {date}\", and take this line away"),
        ),
        (Some(status), _) => problem.or_help(
            format!("napisz „status: {status}”"),
            format!("write \"status: {status}\""),
        ),
        (None, _) => problem.or_help("usuń ten wiersz", "take this line away"),
    }
}

/// `district: x` in a session.
pub(crate) fn district_of_session(at: Position, given: &str) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "unknown-key",
        "spotkanie nie ma klucza „district”",
        "a session has no key \"district\"",
    )
    .or_help(
        format!("napisz „districts: {given}”"),
        format!("write \"districts: {given}\""),
    )
}

/// `districts: [x]` in a venue.
pub(crate) fn districts_of_venue(at: Position, given: &str) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "unknown-key",
        "miejsce nie ma klucza „districts”",
        "a venue has no key \"districts\"",
    )
    .or_help(
        format!("miejsce ma jedną dzielnicę: napisz „district: {given}”"),
        format!("a venue has one district: write \"district: {given}\""),
    )
}

/// `district: all` in a venue.
pub(crate) fn venue_of_all_districts(at: Position) -> Diagnostic {
    error(
        at,
        "venue-of-all-districts",
        "miejsce ma jedną dzielnicę, tę, w której jest",
        "a venue has one district, the one that it is in",
    )
    .or_help(
        "wpisz tu jej „id”; spotkanie dla całego miasta ma własne „districts: all”",
        "write its \"id\" here; a session for the whole city has \"districts: all\" of its own",
    )
}

pub(crate) fn duplicate_key(at: Position, key: &str, first_line: u32) -> Diagnostic {
    error(
        at,
        "duplicate-key",
        format!("„{key}” już jest, w wierszu {first_line}"),
        format!("\"{key}\" is already there, in line {first_line}"),
    )
    .or_help("zostaw tylko jeden z dwóch", "keep one of the two")
}

/// A second `calendar`, with all that follows.
pub(crate) fn second_schedule(at: Position) -> Diagnostic {
    let line = at.line;
    error(
        at,
        "second-schedule",
        format!("w tym pliku są dwa harmonogramy: drugi zaczyna się w wierszu {line}"),
        format!("there are two schedules in this file: the second begins in line {line}"),
    )
    .or_help(
        "zostaw jeden i przenieś z drugiego to, czego w nim nie ma",
        "keep one, and move over from the other what it lacks",
    )
}

/// `sessions:` for the second time.
pub(crate) fn second_list(at: Position, key: &str, first_line: u32) -> Diagnostic {
    error(
        at,
        "second-list",
        format!("lista „{key}” już jest, w wierszu {first_line}"),
        format!("there is already a list \"{key}\", in line {first_line}"),
    )
    .or_help(
        format!("przenieś jej pozycje na koniec pierwszej i usuń ten wiersz „{key}:”"),
        format!("move its entries to the end of the first one and take this line \"{key}:\" away"),
    )
}

/// An entry in a list of something else.
pub(crate) fn wrong_list(at: Position, list: &str, right: &str) -> Diagnostic {
    let (polish, english, seen) = match right {
        "districts" => ("dzielnicę", "a district", "number"),
        "venues" => ("miejsce", "a venue", "name"),
        _ => ("spotkanie", "a session", "date"),
    };
    let last = match right {
        "districts" => ("ostatnią dzielnicę", "the last district"),
        "venues" => ("ostatnie miejsce", "the last venue"),
        _ => ("ostatnie spotkanie", "the last session"),
    };
    error(
        at,
        "wrong-list",
        format!("to wygląda na {polish} (ma „{seen}”), a stoi pod „{list}”"),
        format!("this looks like {english} (it has \"{seen}\") and stands below \"{list}\""),
    )
    .or_help(
        format!("przenieś tę pozycję pod „{right}:”, pod {}", last.0),
        format!("move this entry to \"{right}:\", below {}", last.1),
    )
}

/// `- id: a`, `- date: …`: a dash before every line of one entry.
pub(crate) fn split_by_dashes(at: Position, lines: &[u32]) -> Diagnostic {
    let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let (polish, english) = match numbers.as_slice() {
        [one] => (format!("wierszu {one}"), format!("line {one}")),
        [most @ .., last] => {
            let most = most.join(", ");
            (
                format!("wierszach {most} i {last}"),
                format!("lines {most} and {last}"),
            )
        }
        [] => (String::new(), String::new()),
    };
    error(
        at,
        "split-by-dashes",
        "myślnik stawia się tylko przed „id”, a tu rozcina jedną pozycję na kilka",
        "a dash stands only before \"id\"; here it cuts one entry into several",
    )
    .or_help(
        format!("usuń myślnik w {polish}, a słowa zostaw tam, gdzie są"),
        format!("take the dash away in {english}, and leave the words where they are"),
    )
}

/// `- - id: a`.
pub(crate) fn dash_twice(at: Position) -> Diagnostic {
    error(
        at,
        "dash-twice",
        "przed tą pozycją są dwa myślniki",
        "two dashes stand before this entry",
    )
    .or_help("zostaw jeden", "keep one")
}

pub(crate) fn missing_key(at: Position, key: &str, section: Section) -> Diagnostic {
    let (_, polish, english) = section_name(section);
    let example = match (section, key) {
        (Section::Calendar, "id") => "id: 3miejsce",
        (Section::Venue, "id") => "id: cafe-nowa",
        (Section::Session, "id") => "id: 2026-03",
        (Section::Contact | Section::Link, "name") => "name: \"…\"",
        (Section::ResultLink, "title") => "title: \"…\"",
        (Section::Accessibility, "status") => "status: full",
        (Section::Location, _) => "location: {lat: …, lon: …}",
        _ => example(key),
    };
    error(
        at,
        "missing-key",
        format!("{polish} brakuje klucza „{key}”"),
        format!("{english} needs \"{key}\""),
    )
    .for_example(example)
}

pub(crate) fn empty_value(at: Position, key: &str) -> Diagnostic {
    error(
        at,
        "empty-value",
        format!("„{key}” jest puste"),
        format!("\"{key}\" says nothing"),
    )
    .or_help(
        "wpisz wartość po dwukropku albo usuń klucz, jeśli jest niepotrzebny",
        "write its value behind the colon, or take the key away if it is not needed",
    )
}

pub(crate) fn unknown_choice(
    at: Position,
    key: &str,
    given: &str,
    near: Option<&str>,
    choices: &[&str],
) -> Diagnostic {
    let shown = quoted(given);
    let list = |polish: bool| {
        let named = choices.iter().map(|choice| match meaning(choice) {
            Some((words, _)) if polish => format!("{choice} – {words}"),
            Some((_, words)) if !words.is_empty() => format!("{choice} – {words}"),
            _ => (*choice).to_owned(),
        });
        named.collect::<Vec<_>>().join(", ")
    };
    error(
        at,
        "unknown-choice",
        format!("„{shown}” nie może być wartością „{key}”"),
        format!("\"{shown}\" is no value for \"{key}\""),
    )
    .did_you_mean(near)
    .with_invisible(given)
    .or_help(
        format!("może być: {}", list(true)),
        format!("it may be: {}", list(false)),
    )
}

/// `status: odwołane z powodu remontu`; `right` is the value it begins with.
pub(crate) fn choice_in_sentence(at: Position, key: &str, given: &str, right: &str) -> Diagnostic {
    let shown = quoted(given);
    let words = meaning(right).map_or(String::new(), |(words, _)| format!(" ({words})"));
    let date = if right == "postponed" {
        (
            "; gdy znasz nowy termin, popraw „date”, a „status” usuń",
            "; once the new date is known, change \"date\" and take \"status\" away",
        )
    } else {
        ("", "")
    };
    error(
        at,
        "unknown-choice",
        format!("„{shown}” nie może być wartością „{key}”"),
        format!("\"{shown}\" is no value for \"{key}\""),
    )
    .or_help(
        format!("napisz „{key}: {right}”{words}, a powód w „note”{}", date.0),
        format!(
            "write \"{key}: {right}\", and the reason in \"note\"{}",
            date.1
        ),
    )
    .replaced_by(right)
}

/// Features of a venue as a sentence; `right` are those that it names, and
/// `only_names` whether it says nothing else.
pub(crate) fn access_not_a_list(at: Position, right: &[&str], only_names: bool) -> Diagnostic {
    if only_names {
        let problem = error(
            at,
            "wrong-shape",
            "„access” to lista, także wtedy, gdy jest na niej jedna nazwa",
            "\"access\" is a list, even with one name in it",
        );
        let right = format!("access: [{}]", right.join(", "));
        return problem.or_help(format!("napisz „{right}”"), format!("write \"{right}\""));
    }
    let right = if right.is_empty() {
        "step-free, accessible-toilet".to_owned()
    } else {
        right.join(", ")
    };
    let explained = |polish: bool| {
        let words = [
            "step-free",
            "accessible-toilet",
            "hearing-loop",
            "sign-language",
        ]
        .map(|name| {
            let (in_polish, in_english) = meaning(name).unwrap_or_default();
            format!("{name} – {}", if polish { in_polish } else { in_english })
        });
        words.join(", ")
    };
    error(
        at,
        "wrong-shape",
        "„access” to lista stałych nazw, a nie zdanie",
        "\"access\" is a list of fixed names, not a sentence",
    )
    .or_help(
        format!(
            "napisz listę, na przykład „access: [{right}]”; {}",
            explained(true)
        ),
        format!(
            "write a list, such as \"access: [{right}]\"; {}",
            explained(false)
        ),
    )
}

/// What a value means: in Polish, and in English where its name does not say
/// it.
fn meaning(choice: &str) -> Option<(&'static str, &'static str)> {
    Some(match choice {
        "step-free" => ("wejście bez progów", "no step up to the table"),
        "accessible-toilet" => ("dostępna toaleta", "a toilet for wheelchairs"),
        "hearing-loop" => ("pętla indukcyjna", "an induction loop"),
        "sign-language" => ("tłumacz języka migowego", "an interpreter"),
        "confirmed" => ("odbędzie się", ""),
        "tentative" => ("jeszcze niepewne", ""),
        "cancelled" => ("odwołane", ""),
        "postponed" => ("przełożone", ""),
        "weekly" => ("co tydzień", ""),
        "monthly" => ("co miesiąc", ""),
        "quarterly" => ("co kwartał", ""),
        "full" => ("zgodna", ""),
        "partial" => ("częściowo zgodna", ""),
        "none" => ("niezgodna", ""),
        _ => return None,
    })
}

/// The same entry twice in one list.
pub(crate) fn repeated(at: Position, key: &str, given: &str) -> Diagnostic {
    warning(
        at,
        "repeated",
        format!("„{given}” jest w „{key}” więcej niż raz"),
        format!("\"{given}\" is in \"{key}\" more than once"),
    )
    .or_help("wystarczy raz", "once is enough")
}

/// `right` is the id that was probably meant.
pub(crate) fn bad_id(at: Position, given: &str, right: Option<&str>) -> Diagnostic {
    if given.eq_ignore_ascii_case("all") {
        return error(
            at,
            "bad-id",
            "„all” oznacza wszystkie dzielnice i nie może być identyfikatorem",
            "\"all\" means all districts and cannot be an id",
        )
        .or_help(
            "nadaj inny, na przykład „nowa-huta”",
            "choose another one, such as \"nowa-huta\"",
        );
    }
    let shown = quoted(given);
    let problem = error(
        at,
        "bad-id",
        format!("„{shown}” nie jest identyfikatorem"),
        format!("\"{shown}\" is not an id"),
    );
    match right {
        Some(right) => problem
            .or_help(
                format!(
                    "identyfikator ma małe litery a-z, cyfry i łączniki w środku: napisz „{right}”"
                ),
                format!(
                    "an id has lower-case letters a-z, digits and inner hyphens: write \"{right}\""
                ),
            )
            .replaced_by(right),
        None => problem.or_help(
            "identyfikator ma od 1 do 64 małych liter a-z, cyfr i łączników w środku, na \
             przykład „nowa-huta”",
            "an id has 1 to 64 lower-case letters a-z, digits and inner hyphens, such as \
             \"nowa-huta\"",
        ),
    }
}

pub(crate) fn duplicate_id(at: Position, thing: Thing, id: &str, first_line: u32) -> Diagnostic {
    let (polish, english) = match thing {
        Thing::District => ("dzielnica", "district"),
        Thing::Venue => ("miejsce", "venue"),
        Thing::Session => ("spotkanie", "session"),
    };
    let problem = error(
        at,
        "duplicate-id",
        format!("{polish} „{id}” już jest, w wierszu {first_line}"),
        format!("there is already a {english} \"{id}\", in line {first_line}"),
    );
    if thing == Thing::Session {
        return problem.or_help(
            "nadaj nowemu spotkaniu własny identyfikator; nigdy nie zmieniaj go w ogłoszonym",
            "give the new session an id of its own; never change the id of a published one",
        );
    }
    problem.or_help(
        "nadaj jednej z dwóch pozycji inny identyfikator",
        "give one of the two another id",
    )
}

/// A reference to nothing.
pub(crate) fn unknown_reference(
    at: Position,
    thing: Thing,
    given: &str,
    near: Option<&str>,
) -> Diagnostic {
    let (polish, it, english, list) = match thing {
        Thing::District => ("dzielnicy", "ją", "district", "districts"),
        Thing::Venue => ("miejsca", "je", "venue", "venues"),
        Thing::Session => ("spotkania", "je", "session", "sessions"),
    };
    let shown = quoted(given);
    // A name cannot be the id that is then referred to.
    let new_id = match id_like(given).filter(|id| id != given && !given.contains("://")) {
        Some(id) => (
            format!(" (na przykład z „id: {id}”) i wpisz tu to „id”,"),
            format!(" (such as with \"id: {id}\") and write that id here"),
        ),
        None => (String::new(), String::new()),
    };
    error(
        at,
        "unknown-reference",
        format!("nie ma {polish} o identyfikatorze „{shown}”"),
        format!("there is no {english} with the id \"{shown}\""),
    )
    .did_you_mean(near)
    .with_invisible(given)
    .or_help(
        format!(
            "dopisz {it} do „{list}”{} albo użyj identyfikatora, który już tam jest",
            new_id.0
        ),
        format!(
            "add it to \"{list}\"{}, or use the id of one that is there",
            new_id.1
        ),
    )
}

/// `venue: do ustalenia`.
pub(crate) fn venue_not_known_yet(at: Position, given: &str) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "venue-not-known-yet",
        format!("„{given}” nie jest identyfikatorem miejsca"),
        format!("\"{given}\" is not the id of a venue"),
    )
    .or_help(
        "dopóki nie znasz miejsca, usuń „venue” i dopisz „districts: […]” z identyfikatorem \
         dzielnicy albo „districts: all”",
        "while the place is not known, take \"venue\" away and add \"districts: […]\" with the id \
         of a district, or \"districts: all\"",
    )
}

/// `venue: a, b`, where both are known.
pub(crate) fn several_references(at: Position, thing: Thing, ids: &[&str]) -> Diagnostic {
    let polish = ids.join("” albo „");
    let english = ids.join("\" or \"");
    if thing == Thing::District {
        return error(
            at,
            "several-references",
            "miejsce ma jedną dzielnicę",
            "a venue has one district",
        )
        .or_help(
            format!("zostaw „{polish}”; spotkanie ważne dla kilku dzielnic ma własne „districts”"),
            format!(
                "keep \"{english}\"; a session for several districts has \"districts\" of its own"
            ),
        );
    }
    error(
        at,
        "several-references",
        "spotkanie ma jedno miejsce",
        "a session has one venue",
    )
    .or_help(
        format!("zostaw „{polish}”, a drugie wpisz w „note” albo dodaj osobne spotkanie"),
        format!("keep \"{english}\", and write the other in \"note\" or add a session of its own"),
    )
}

/// Two districts would answer to one word in an address.
pub(crate) fn name_taken(at: Position, given: &str, district: &str, first_line: u32) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "name-taken",
        format!("„{given}” oznacza już dzielnicę „{district}” (wiersz {first_line})"),
        format!("\"{given}\" already finds the district \"{district}\" (line {first_line})"),
    )
    .or_help(
        "dwie dzielnice nie mogą mieć wspólnego identyfikatora, aliasu, numeru ani nazwy; \
         wielkość liter i polskie znaki się nie liczą",
        "letter case and diacritics aside, no two districts may share an id, alias, number or \
         name",
    )
}

/// A district whose name or number reads as `all`.
pub(crate) fn name_is_all(at: Position, given: &str) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "name-is-all",
        format!("„{given}” oznacza wszystkie dzielnice, więc nie może oznaczać jednej"),
        format!("\"{given}\" means all districts and cannot find a single one"),
    )
    .or_help("wybierz inne słowo", "choose another word")
}

/// `districts: [all]`.
pub(crate) fn all_in_list(at: Position) -> Diagnostic {
    let problem = error(
        at,
        "all-in-list",
        "„all” stoi samo, nie na liście",
        "\"all\" stands alone, not in a list",
    );
    Diagnostic {
        fix: None,
        ..problem.write(Some("districts: all"))
    }
}

pub(crate) fn no_place_no_districts(at: Position) -> Diagnostic {
    error(
        at,
        "no-place-no-districts",
        "spotkanie bez „venue” musi mieć „districts”",
        "a session without \"venue\" needs \"districts\"",
    )
    .or_help(
        "dopisz „venue: …”, a dopóki miejsca nie znasz – „districts: […]” z identyfikatorem \
         dzielnicy albo „districts: all”",
        "add \"venue: …\"; while the place is not known, add \"districts: […]\" with the id of a \
         district, or \"districts: all\"",
    )
}

pub(crate) fn no_districts(at: Position) -> Diagnostic {
    error(
        at,
        "no-districts",
        "lista dzielnic jest pusta",
        "the list of districts is empty",
    )
    .or_help(
        "napisz „districts: […]” z identyfikatorem dzielnicy albo, dla całego miasta, \
         „districts: all”",
        "write \"districts: […]\" with the id of a district, or \"districts: all\" for the whole \
         city",
    )
}

pub(crate) fn withdrawn_but_there(at: Position, id: &str, line: u32) -> Diagnostic {
    error(
        at,
        "withdrawn-but-there",
        format!("„{id}” jest wycofane, ale spotkanie nadal jest w wierszu {line}"),
        format!("\"{id}\" is withdrawn, but its session is still there, in line {line}"),
    )
    .or_help(
        "usuń jedno z dwojga; spotkanie, które się nie odbędzie, to „status: cancelled”",
        "take one of the two away; a session that does not take place is \"status: cancelled\"",
    )
}

/// Polish in the nominative and the dative, English.
fn section_name(section: Section) -> (&'static str, &'static str, &'static str) {
    match section {
        Section::Schedule => ("harmonogram", "harmonogramowi", "the schedule"),
        Section::Calendar => ("„calendar”", "sekcji „calendar”", "\"calendar\""),
        Section::Organizer => ("„organizer”", "sekcji „organizer”", "\"organizer\""),
        Section::Link | Section::ResultLink => ("odsyłacz", "odsyłaczowi", "a link"),
        Section::Accessibility => (
            "„accessibility”",
            "sekcji „accessibility”",
            "\"accessibility\"",
        ),
        Section::Contact => ("„contact”", "sekcji „contact”", "\"contact\""),
        Section::District => ("dzielnica", "dzielnicy", "a district"),
        Section::Venue => ("miejsce", "miejscu", "a venue"),
        Section::Location => ("„location”", "sekcji „location”", "\"location\""),
        Section::Session => ("spotkanie", "spotkaniu", "a session"),
        Section::Results => ("„results”", "sekcji „results”", "\"results\""),
    }
}

/// What may stand under a key, wherever it is.
fn example(key: &str) -> &'static str {
    match key {
        "calendar" => "calendar: {id: 3miejsce, title: \"…\", timezone: Europe/Warsaw}",
        "title" => "title: Spotkajmy się",
        "name" => "name: Nowa Huta",
        "timezone" => "timezone: Europe/Warsaw",
        "window" => "window: 14:00-18:00",
        "audience" => "audience: [\"…\", \"…\"]",
        "organizer" => "organizer: {name: \"…\", url: \"https://…\"}",
        "location" => "location: {lat: …, lon: …}",
        "access" => "access: [step-free]",
        "aliases" => "aliases: [dzielnica-xviii]",
        "results" => "results: {text: \"…\"}",
        "entity" => "entity: \"…\"",
        "published" => "published: 2026-03-06",
        "prepared" => "prepared: 2026-03-06",
        "contact" => "contact: {name: \"…\", email: kto@example.org, phone: \"…\"}",
        "email" => "email: kto@example.org",
        "phone" => "phone: 12 345 67 89",
        "rhythm" => "rhythm: monthly",
        "free" => "free: true",
        "withdrawn" => "withdrawn: []",
        "districts" => "districts: [nowa-huta]",
        "venue" => "venue: cafe-nowa",
        "refresh" => "refresh: 6h",
        "language" => "language: pl",
        "color" => "color: teal",
        "cancellations" => "cancellations: notice",
        "number" => "number: XVIII",
        "district" => "district: nowa-huta",
        "host" => "host: \"…\"",
        "url" => "url: https://example.org/",
        "weekday" => "weekday: piątek",
        "status" => "status: cancelled",
        "id" => "id: nowa-huta",
        "date" => "date: 2026-03-13",
        "description" => "description: {pl: \"…\", en: \"…\"}",
        _ => "",
    }
}
