//! Keys, the shapes of their values, ids, and references.

use super::super::fields::Section;
use super::{Diagnostic, Position, error, quoted, warning};

/// What a value may be, or was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One value on its key's line.
    Value,
    /// One text, or a text for each language.
    Text,
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
        Shape::Value | Shape::Text => ("pojedyncza wartość", "a single value"),
        Shape::List | Shape::Entries => ("lista", "a list"),
        Shape::Keys | Shape::Entry => ("grupa kluczy", "a group of keys"),
    };
    let (polish, english) = match wanted {
        Shape::Value => ("jedna wartość", "one value"),
        Shape::Text => (
            "treść: jedna albo osobna dla każdego języka",
            "a text, or a text for each language",
        ),
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
    Diagnostic {
        // What is written stands with its key, and only the value is marked.
        replacement: None,
        ..problem.write(right).for_example(example)
    }
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

pub(crate) fn unknown_key(
    at: Position,
    key: &str,
    section: Section,
    near: Option<&str>,
) -> Diagnostic {
    let (polish, _, english) = section_name(section);
    let shown = quoted(key);
    let problem = error(
        at,
        "unknown-key",
        format!("{polish} nie ma klucza „{shown}”"),
        format!("{english} has no key \"{shown}\""),
    )
    .did_you_mean(near);
    let is_number = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
    if section == Section::Location && is_number {
        return problem.or_help(
            "napisz kropki dziesiętne: {lat: 50.07, lon: 20.04}",
            "write decimal points: {lat: 50.07, lon: 20.04}",
        );
    }
    let keys = section.keys().join(", ");
    problem.or_help(format!("może mieć: {keys}"), format!("it may have: {keys}"))
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

pub(crate) fn missing_key(at: Position, key: &str, section: Section) -> Diagnostic {
    let (_, polish, english) = section_name(section);
    let example = match (section, key) {
        (Section::Calendar, "id") => "id: 3miejsce",
        (Section::Venue, "id") => "id: cafe-nowa",
        (Section::Session, "id") => "id: 2026-03",
        (Section::Contact | Section::Link, "name") => "name: \"…\"",
        (Section::ResultLink, "title") => "title: \"…\"",
        (Section::Accessibility, "status") => "status: full",
        (Section::Location, _) => "location: {lat: 50.07, lon: 20.04}",
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
    let given = quoted(given);
    let choices = choices.join(", ");
    error(
        at,
        "unknown-choice",
        format!("„{given}” nie może być wartością „{key}”"),
        format!("\"{given}\" is no value for \"{key}\""),
    )
    .did_you_mean(near)
    .or_help(
        format!("może być: {choices}"),
        format!("it may be: {choices}"),
    )
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
        Some(right) => Diagnostic {
            replacement: Some(right.to_owned()),
            ..problem.or_help(
                format!(
                    "identyfikator ma małe litery a-z, cyfry i łączniki w środku: napisz „{right}”"
                ),
                format!(
                    "an id has lower-case letters a-z, digits and inner hyphens: write \"{right}\""
                ),
            )
        },
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
    let given = quoted(given);
    error(
        at,
        "unknown-reference",
        format!("nie ma {polish} o identyfikatorze „{given}”"),
        format!("there is no {english} with the id \"{given}\""),
    )
    .did_you_mean(near)
    .or_help(
        format!("dopisz {it} do „{list}” albo użyj identyfikatora, który już tam jest"),
        format!("add it to \"{list}\", or use the id of one that is there"),
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
        replacement: None,
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
        "dopisz „venue: …”, a dopóki miejsca nie znasz – „districts: [nowa-huta]” albo \
         „districts: all”",
        "add \"venue: …\"; while the place is not known, add \"districts: [nowa-huta]\" or \
         \"districts: all\"",
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
        "napisz „districts: [nowa-huta]” albo, dla całego miasta, „districts: all”",
        "write \"districts: [nowa-huta]\", or \"districts: all\" for the whole city",
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
        "location" => "location: {lat: 50.07, lon: 20.04}",
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
