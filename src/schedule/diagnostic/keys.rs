//! Keys, the shapes of their values, ids, and references.

use chrono::NaiveDate;

use super::super::fields::Section;
use super::super::guess::{folded, id_like, words_for};
use super::super::model::Access;
use super::{Diagnostic, Position, listed, quoted, whole};

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
    let is_entry = matches!(wanted, Shape::Entry | Shape::Entries);
    let example = match key {
        "districts" if is_entry => "- {id: nowa-huta, name: Nowa Huta}",
        "venues" if is_entry => "- {id: cafe-nowa, name: \"…\", district: nowa-huta}",
        "sessions" if is_entry => "- {id: 2026-03, date: 2026-03-13, venue: cafe-nowa}",
        "channels" if is_entry => "- {name: \"…\", url: \"https://…\"}",
        // Those of the calendar and those of results differ in the first key.
        "links" if is_entry => "",
        _ => example(key),
    };
    let (polish, english) = match wanted {
        Shape::Value => ("jedna wartość", "one value"),
        Shape::List => ("lista", "a list"),
        Shape::Keys => ("grupa kluczy", "keys of its own"),
        Shape::Entries => ("lista pozycji", "a list of entries"),
        Shape::Entry => {
            let problem = problem! { error "wrong-shape" at,
                "pozycja „{key}” ma własne klucze, a to jest {polish_found}",
                "an entry of \"{key}\" has keys of its own, and this is {english_found}"
            };
            return problem.write(right).for_example(example).without_fix();
        }
    };
    let told_elsewhere = found == Shape::Keys;
    // What is written stands with its key, and only the value is marked.
    problem! { error "wrong-shape" at,
        "„{key}” to powinna być {polish}, a jest {polish_found}",
        "\"{key}\" wants {english}, and this is {english_found}"
        .help_if(told_elsewhere && key == "venue",
            "miejsce opisz na liście „venues”, a tutaj wpisz samo jego „id”",
            "describe the venue in the list \"venues\", and write only its \"id\" here")
        .help_if(told_elsewhere && matches!(key, "district" | "districts"),
            "dzielnicę opisz na liście „districts”, a tutaj wpisz samo jej „id”",
            "describe the district in the list \"districts\", and write only its \"id\" here")
        .write(right)
        .for_example(example)
        .without_fix()
    }
}

problems! {
    /// A link, or numbers alone, as a venue's location.
    error "wrong-shape" location_not_keys(at, numbers: Option<(&str, &str)>):
        let right = numbers.map(|(lat, lon)| format!("{{lat: {lat}, lon: {lon}}}"));
        "z tego nie wynika położenie: „location” to szerokość i długość",
        "this does not tell the location: \"location\" is latitude and longitude"
        .write(right.as_deref())
        .help("napisz „location: {{lat: …, lon: …}}”, liczby skopiuj z mapy; odsyłacz możesz \
               wpisać w „url”",
              "write \"location: {{lat: …, lon: …}}\" and copy the numbers from a map; a link may \
               go into \"url\"");

    /// A list where a text is wanted. `path` is its key, with the language
    /// where it is one; `key` what stands before the colon.
    error "wrong-shape" text_as_list(at, path: &str, key: &str, one_line: bool):
        "„{path}” to tekst, a nie lista", "\"{path}\" is a text, not a list"
        .help_if(one_line,
            "napisz go w jednym wierszu: „{key}: …”, bez „-” i nawiasów",
            "write it on one line: \"{key}: …\", without \"-\" or brackets")
        .help("napisz „{key}: |” i tekst pod spodem, wcięty; „-” przed wierszami jest wtedy \
               zwykłym tekstem",
              "write \"{key}: |\" and the text below it, indented; \"-\" before its lines is \
               then plain text");

    /// A key that is itself a list or has keys.
    error "key-not-a-word" key_not_a_word(at):
        "klucz musi być jednym słowem", "a key must be one word"
        .help("napisz „klucz: wartość”", "write \"key: value\"");

    /// `near` is the key that was probably meant, and `there` the line where
    /// that one stands already; `text_above`, the key of a text of several
    /// lines right above.
    error "unknown-key" unknown_key(at, key: &str, section: Section, near: Option<&str>,
        there: Option<u32>, text_above: Option<&str>):
        let (polish, _, english) = section_name(section);
        let shown = quoted(key);
        let keys = section.keys().join(", ");
        "{polish} nie ma klucza „{shown}”", "{english} has no key \"{shown}\""
        .did_you_mean(near.filter(|_| there.is_none()))
        .with_invisible(key)
        .help_if(let Some(text) = text_above,
            "jeśli to dalszy ciąg „{text}”, wetnij wiersz tak jak wiersze powyżej",
            "if it continues \"{text}\", indent the line like those above")
        .help_if(section == Section::Session && near.is_none() && is_of_venue(key),
            "to klucz miejsca: dopisz go przy tym miejscu na liście „venues”; co dotyczy tylko \
             tego spotkania, wpisz do „note”",
            "this is a key of a venue: add it to the venue in the list \"venues\"; what concerns \
             this session alone goes into \"note\"")
        .help_if(let (Some(near), Some(line)) = (near, there),
            "to chyba „{near}”, a ten klucz już jest, w wierszu {line}: zostaw jeden z nich",
            "this is probably \"{near}\", which is already there, in line {line}: keep one of them")
        .help("może mieć: {keys}", "it may have: {keys}");
}

fn is_of_venue(key: &str) -> bool {
    let key = folded(key);
    words_for(Section::Venue).any(|(word, _)| word == key)
}

problems! {
    /// `{lat: 50,07}`: a comma ends the number.
    error "decimal-comma" decimal_comma(at, whole: &str, fraction: &str):
        let (whole, fraction) = (quoted(whole), quoted(fraction));
        "w {{…}} przecinek oddziela klucze, a nie „{fraction}” od „{whole}”",
        "in {{…}} a comma parts keys, not \"{fraction}\" from \"{whole}\""
        .help("napisz kropkę dziesiętną: {whole}.{fraction}",
              "write a decimal point: {whole}.{fraction}");

    /// A text in braces that has a comma; `text` is the whole of it.
    error "cut-by-comma" cut_by_comma(at, key: &str, text: &str):
        let right = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        let shown = whole(&right);
        "w {{…}} przecinek oddziela klucze, a tu jest w tekście",
        "in {{…}} a comma parts keys, and here it stands in a text"
        .help("weź tekst w cudzysłów: {key}: {shown}", "put the text in quotes: {key}: {shown}")
        .replaced_by(&*right);

    /// `od: 15:00` and `do: 19:00`; `window` is both in one, `start` the first.
    error "hours-in-two-keys" hours_in_two_keys(
        at, key: &str, section: Section, start: &str, window: Option<&str>):
        let (polish, _, english) = section_name(section);
        let shown = quoted(key);
        let right = window.unwrap_or("14:00-18:00");
        let right = match window {
            None if !start.is_empty() => quoted(&format!("{start}-…")),
            _ => right.to_owned(),
        };
        "{polish} nie ma klucza „{shown}”: godziny podaje się w jednym wierszu",
        "{english} has no key \"{shown}\": the hours stand on one line"
        .help("napisz „window: {right}”", "write \"window: {right}\"");

    /// `odwołane: tak`; `status` is `None` for `nie`. `date` is a new date that
    /// stands under it.
    error "status-as-key" status_as_key(at, key: &str, status: Option<&str>,
        date: Option<NaiveDate>):
        let shown = quoted(key);
        "spotkanie nie ma klucza „{shown}”", "a session has no key \"{shown}\""
        .help_if(let (Some("postponed"), Some(date)) = (status, date),
            "wpisz nowy termin w „date”: „date: {date}”, a ten wiersz usuń",
            "write the new date in \"date\": \"date: {date}\", and take this line away")
        .help_if(let Some(status) = status,
            "napisz „status: {status}”", "write \"status: {status}\"")
        .help("usuń ten wiersz", "take this line away");

    /// `district: x` in a session.
    error "unknown-key" district_of_session(at, given: &str):
        let given = quoted(given);
        "spotkanie nie ma klucza „district”", "a session has no key \"district\""
        .help("napisz „districts: {given}”", "write \"districts: {given}\"");

    /// `districts: [x]` in a venue.
    error "unknown-key" districts_of_venue(at, given: &str):
        let given = quoted(given);
        "miejsce nie ma klucza „districts”", "a venue has no key \"districts\""
        .help("miejsce ma jedną dzielnicę: napisz „district: {given}”",
              "a venue has one district: write \"district: {given}\"");

    /// `district: all` in a venue.
    error "venue-of-all-districts" venue_of_all_districts(at):
        "miejsce ma jedną dzielnicę, tę, w której jest",
        "a venue has one district, the one that it is in"
        .help("wpisz tu jej „id”; spotkanie dla całego miasta ma własne „districts: all”",
              "write its \"id\" here; a session for the whole city has \"districts: all\" of its \
               own");

    error "duplicate-key" duplicate_key(at, key: &str, first_line: u32):
        "„{key}” już jest, w wierszu {first_line}",
        "\"{key}\" is already there, in line {first_line}"
        .help("zostaw tylko jeden z dwóch", "keep one of the two");

    /// A second `calendar`, with all that follows.
    error "second-schedule" second_schedule(at):
        let line = at.line;
        "w tym pliku są dwa harmonogramy: drugi zaczyna się w wierszu {line}",
        "there are two schedules in this file: the second begins in line {line}"
        .help("zostaw jeden i przenieś z drugiego to, czego w nim nie ma",
              "keep one, and move over from the other what it lacks");

    /// `sessions:` for the second time.
    error "second-list" second_list(at, key: &str, first_line: u32):
        "lista „{key}” już jest, w wierszu {first_line}",
        "there is already a list \"{key}\", in line {first_line}"
        .help("przenieś jej pozycje na koniec pierwszej i usuń ten wiersz „{key}:”",
              "move its entries to the end of the first one and take this line \"{key}:\" away");

    /// An entry in a list of something else.
    error "wrong-list" wrong_list(at, list: &str, right: &str):
        let (polish, polish_last, english, english_last, seen) = match right {
            "districts" => ("dzielnicę", "ostatnią", "a district", "the last district", "number"),
            "venues" => ("miejsce", "ostatnie", "a venue", "the last venue", "name"),
            _ => ("spotkanie", "ostatnie", "a session", "the last session", "date"),
        };
        "to wygląda na {polish} (ma „{seen}”), a stoi pod „{list}”",
        "this looks like {english} (it has \"{seen}\") and stands below \"{list}\""
        .help("przenieś tę pozycję pod „{right}:”, pod {polish_last} {polish}",
              "move this entry to \"{right}:\", below {english_last}");

    /// `- id: a`, `- date: …`: a dash before every line of one entry.
    error "split-by-dashes" split_by_dashes(at, lines: &[u32]):
        let (in_line, line) = match lines {
            [_] => ("wierszu", "line"),
            _ => ("wierszach", "lines"),
        };
        let (polish, english) = (listed(lines, "i"), listed(lines, "and"));
        "myślnik stawia się tylko przed „id”, a tu rozcina jedną pozycję na kilka",
        "a dash stands only before \"id\"; here it cuts one entry into several"
        .help("usuń myślnik w {in_line} {polish}, a słowa zostaw tam, gdzie są",
              "take the dash away in {line} {english}, and leave the words where they are");

    /// `- - id: a`.
    error "dash-twice" dash_twice(at):
        "przed tą pozycją są dwa myślniki", "two dashes stand before this entry"
        .help("zostaw jeden", "keep one");

    error "missing-key" missing_key(at, key: &str, section: Section):
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
        "{polish} brakuje klucza „{key}”", "{english} needs \"{key}\""
        .for_example(example);

    error "empty-value" empty_value(at, key: &str):
        "„{key}” jest puste", "\"{key}\" says nothing"
        .help("wpisz wartość po dwukropku albo usuń klucz, jeśli jest niepotrzebny",
              "write its value behind the colon, or take the key away if it is not needed");

    error "unknown-choice" unknown_choice(at, key: &str, given: &str, near: Option<&str>,
        choices: &[&str]):
        let shown = quoted(given);
        let (polish, english) = explained(choices.iter().copied());
        "„{shown}” nie może być wartością „{key}”", "\"{shown}\" is no value for \"{key}\""
        .did_you_mean(near)
        .with_invisible(given)
        .help("może być: {polish}", "it may be: {english}");

    /// `status: odwołane z powodu remontu`; `right` is the value it begins with.
    error "unknown-choice" choice_in_sentence(at, key: &str, given: &str, right: &str):
        let shown = quoted(given);
        let words = match meaning(right) {
            ("", _) => String::new(),
            (words, _) => format!(" ({words})"),
        };
        "„{shown}” nie może być wartością „{key}”", "\"{shown}\" is no value for \"{key}\""
        .help_if(right == "postponed",
            "napisz „{key}: {right}”{words}, a powód w „note”; gdy znasz nowy termin, popraw \
             „date”, a „status” usuń",
            "write \"{key}: {right}\", and the reason in \"note\"; once the new date is known, \
             change \"date\" and take \"status\" away")
        .help("napisz „{key}: {right}”{words}, a powód w „note”",
              "write \"{key}: {right}\", and the reason in \"note\"")
        .replaced_by(right);

    /// Features of a venue as a sentence; `right` are those that it names.
    error "wrong-shape" access_not_a_list(at, right: &[&str]):
        let right = match right {
            [] => "step-free, accessible-toilet".to_owned(),
            right => right.join(", "),
        };
        let (polish, english) = explained(Access::ALL.iter().map(|feature| feature.key()));
        "„access” to lista stałych nazw, a nie zdanie",
        "\"access\" is a list of fixed names, not a sentence"
        .help("napisz listę, na przykład „access: [{right}]”; {polish}",
              "write a list, such as \"access: [{right}]\"; {english}");

    /// `access: step-free`.
    error "wrong-shape" access_without_brackets(at, right: &[&str]):
        let right = right.join(", ");
        "„access” to lista, także wtedy, gdy jest na niej jedna nazwa",
        "\"access\" is a list, even with one name in it"
        .help("napisz „access: [{right}]”", "write \"access: [{right}]\"");
}

/// Values, each with what it means, in Polish and in English.
fn explained<'c>(choices: impl Iterator<Item = &'c str>) -> (String, String) {
    let (mut polish, mut english) = (Vec::new(), Vec::new());
    for choice in choices {
        let told = |words: &str| match words {
            "" => choice.to_owned(),
            words => format!("{choice} – {words}"),
        };
        let (in_polish, in_english) = meaning(choice);
        polish.push(told(in_polish));
        english.push(told(in_english));
    }
    (polish.join(", "), english.join(", "))
}

/// What a value means: in Polish, and in English where its name does not say
/// it.
fn meaning(choice: &str) -> (&'static str, &'static str) {
    match choice {
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
        _ => ("", ""),
    }
}

problems! {
    /// The same entry twice in one list.
    warning "repeated" repeated(at, key: &str, given: &str):
        "„{given}” jest w „{key}” więcej niż raz", "\"{given}\" is in \"{key}\" more than once"
        .help("wystarczy raz", "once is enough");

    /// `right` is the id that was probably meant.
    error "bad-id" bad_id(at, given: &str, right: Option<&str>):
        let shown = quoted(given);
        "„{shown}” nie jest identyfikatorem", "\"{shown}\" is not an id"
        .help_if(let Some(right) = right,
            "identyfikator ma małe litery a-z, cyfry i łączniki w środku: napisz „{right}”",
            "an id has lower-case letters a-z, digits and inner hyphens: write \"{right}\"")
        .replaced_by(right)
        .help("identyfikator ma od 1 do 64 małych liter a-z, cyfr i łączników w środku, na \
               przykład „nowa-huta”",
              "an id has 1 to 64 lower-case letters a-z, digits and inner hyphens, such as \
               \"nowa-huta\"");

    /// `id: all`.
    error "bad-id" all_as_id(at):
        "„all” oznacza wszystkie dzielnice i nie może być identyfikatorem",
        "\"all\" means all districts and cannot be an id"
        .help("nadaj inny, na przykład „nowa-huta”", "choose another one, such as \"nowa-huta\"");

    error "duplicate-id" duplicate_id(at, thing: Thing, id: &str, first_line: u32):
        let (polish, english) = match thing {
            Thing::District => ("dzielnica", "district"),
            Thing::Venue => ("miejsce", "venue"),
            Thing::Session => ("spotkanie", "session"),
        };
        "{polish} „{id}” już jest, w wierszu {first_line}",
        "there is already a {english} \"{id}\", in line {first_line}"
        .help_if(thing == Thing::Session,
            "nadaj nowemu spotkaniu własny identyfikator; nigdy nie zmieniaj go w ogłoszonym",
            "give the new session an id of its own; never change the id of a published one")
        .help("nadaj jednej z dwóch pozycji inny identyfikator", "give one of the two another id");

    /// A reference to nothing.
    error "unknown-reference" unknown_reference(at, thing: Thing, given: &str, near: Option<&str>):
        let (polish, it, english, list) = match thing {
            Thing::District => ("dzielnicy", "ją", "district", "districts"),
            Thing::Venue => ("miejsca", "je", "venue", "venues"),
            Thing::Session => ("spotkania", "je", "session", "sessions"),
        };
        let shown = quoted(given);
        // A name cannot be the id that is then referred to.
        let new_id = id_like(given).filter(|id| id != given && !given.contains("://"));
        "nie ma {polish} o identyfikatorze „{shown}”",
        "there is no {english} with the id \"{shown}\""
        .did_you_mean(near)
        .with_invisible(given)
        .help_if(let Some(id) = new_id,
            "dopisz {it} do „{list}” (na przykład z „id: {id}”) i wpisz tu to „id”, albo użyj \
             identyfikatora, który już tam jest",
            "add it to \"{list}\" (such as with \"id: {id}\") and write that id here, or use the \
             id of one that is there")
        .help("dopisz {it} do „{list}” albo użyj identyfikatora, który już tam jest",
              "add it to \"{list}\", or use the id of one that is there");

    /// `venue: do ustalenia`.
    error "venue-not-known-yet" venue_not_known_yet(at, given: &str):
        let given = quoted(given);
        "„{given}” nie jest identyfikatorem miejsca", "\"{given}\" is not the id of a venue"
        .help("dopóki nie znasz miejsca, usuń „venue” i dopisz „districts: […]” z identyfikatorem \
               dzielnicy albo „districts: all”",
              "while the place is not known, take \"venue\" away and add \"districts: […]\" with \
               the id of a district, or \"districts: all\"");

    /// `district: a, b`, where both are known.
    error "several-references" several_districts(at, ids: &[&str]):
        let (polish, english) = (ids.join("” albo „"), ids.join("\" or \""));
        "miejsce ma jedną dzielnicę", "a venue has one district"
        .help("zostaw „{polish}”; spotkanie ważne dla kilku dzielnic ma własne „districts”",
              "keep \"{english}\"; a session for several districts has \"districts\" of its own");

    /// `venue: a, b`, where both are known.
    error "several-references" several_venues(at, ids: &[&str]):
        let (polish, english) = (ids.join("” albo „"), ids.join("\" or \""));
        "spotkanie ma jedno miejsce", "a session has one venue"
        .help("zostaw „{polish}”, a drugie wpisz w „note” albo dodaj osobne spotkanie",
              "keep \"{english}\", and write the other in \"note\" or add a session of its own");

    /// Two districts would answer to one word in an address.
    error "name-taken" name_taken(at, given: &str, district: &str, first_line: u32):
        let given = quoted(given);
        "„{given}” oznacza już dzielnicę „{district}” (wiersz {first_line})",
        "\"{given}\" already finds the district \"{district}\" (line {first_line})"
        .help("dwie dzielnice nie mogą mieć wspólnego identyfikatora, aliasu, numeru ani nazwy; \
               wielkość liter i polskie znaki się nie liczą",
              "letter case and diacritics aside, no two districts may share an id, alias, number \
               or name");

    /// A district whose name or number reads as `all`.
    error "name-is-all" name_is_all(at, given: &str):
        let given = quoted(given);
        "„{given}” oznacza wszystkie dzielnice, więc nie może oznaczać jednej",
        "\"{given}\" means all districts and cannot find a single one"
        .help("wybierz inne słowo", "choose another word");

    /// `districts: [all]`.
    error "all-in-list" all_in_list(at):
        "„all” stoi samo, nie na liście", "\"all\" stands alone, not in a list"
        .write(Some("districts: all"))
        .without_fix();

    error "no-place-no-districts" no_place_no_districts(at):
        "spotkanie bez „venue” musi mieć „districts”",
        "a session without \"venue\" needs \"districts\""
        .help("dopisz „venue: …”, a dopóki miejsca nie znasz – „districts: […]” z identyfikatorem \
               dzielnicy albo „districts: all”",
              "add \"venue: …\"; while the place is not known, add \"districts: […]\" with the id \
               of a district, or \"districts: all\"");

    error "no-districts" no_districts(at):
        "lista dzielnic jest pusta", "the list of districts is empty"
        .help("napisz „districts: […]” z identyfikatorem dzielnicy albo, dla całego miasta, \
               „districts: all”",
              "write \"districts: […]\" with the id of a district, or \"districts: all\" for the \
               whole city");

    error "withdrawn-but-there" withdrawn_but_there(at, id: &str, line: u32):
        "„{id}” jest wycofane, ale spotkanie nadal jest w wierszu {line}",
        "\"{id}\" is withdrawn, but its session is still there, in line {line}"
        .help("usuń jedno z dwojga; spotkanie, które się nie odbędzie, to „status: cancelled”",
              "take one of the two away; a session that does not take place is \"status: \
               cancelled\"");
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
