//! Raporty po polsku: the reports in Polish.

use chrono::Datelike;

use crate::texts::{Language, dates};

use super::{Counts, Names, is_all, quoted_part, shown};
use crate::schedule::Schedule;
use crate::schedule::problem::{Kind, Section, Shape, Syntax, Thing};
use crate::schedule::reading::LARGEST;
use crate::schedule::web_address::LinkFault;

mod help;

pub(super) use help::help;

pub(super) const NAMES: Names = Names {
    error: "błąd",
    warning: "ostrzeżenie",
    help: "pomoc",
    session: "spotkanie",
};

/// The end of a report.
pub(super) fn summary(file: &str, counts: Counts, schedule: Option<&Schedule>) -> String {
    let warnings = counted(counts.warnings, "ostrzeżenie", "ostrzeżenia", "ostrzeżeń");
    let Some(schedule) = schedule else {
        let besides = if counts.warnings == 0 {
            String::new()
        } else {
            format!(" i {warnings}")
        };
        let them = if counts.problems == 1 { "go" } else { "je" };
        return format!(
            "{}{besides} w pliku {file}. Nic nie zostało opublikowane, mieszkańcy \
             nie widzą żadnej zmiany: popraw {them} i sprawdź ponownie.",
            counted(counts.problems, "problem", "problemy", "problemów"),
        );
    };
    let besides = if counts.warnings == 0 {
        String::new()
    } else {
        format!(" {warnings}: zobacz powyżej, czy tak ma być.")
    };
    format!(
        "Plik {file} jest w porządku: {}, {}, {}.{besides}",
        counted(
            schedule.sessions().len(),
            "spotkanie",
            "spotkania",
            "spotkań"
        ),
        counted(schedule.venues().len(), "miejsce", "miejsca", "miejsc"),
        counted(
            schedule.districts().len(),
            "dzielnica",
            "dzielnice",
            "dzielnic"
        ),
    )
}

fn counted(count: usize, one: &str, few: &str, many: &str) -> String {
    format!("{count} {}", plural(count, one, few, many))
}

/// Co jest źle: what is wrong.
#[expect(clippy::too_many_lines, reason = "one line of words for each kind")]
pub(super) fn message(kind: &Kind) -> String {
    match kind {
        Kind::TooLarge { bytes } => format!(
            "plik ma {} MB, a harmonogram może mieć najwyżej {} MB",
            megabytes(*bytes),
            LARGEST / 1024 / 1024
        ),
        Kind::TooManyValues => "plik ma ponad milion wartości".to_owned(),
        Kind::TooDeep => "listy i klucze są zagnieżdżone na ponad 32 poziomy".to_owned(),
        Kind::NotUtf8 => "ten znak nie jest zapisany w UTF-8".to_owned(),
        Kind::Empty => "plik jest pusty".to_owned(),
        Kind::NoKeys => "to nie jest harmonogram: nie ma kluczy".to_owned(),
        Kind::Syntax(syntax) => syntax_message(syntax),
        Kind::Anchor => "w harmonogramie nie używa się kotwic (&nazwa)".to_owned(),
        Kind::Alias => "w harmonogramie nie używa się odwołań (*nazwa)".to_owned(),
        Kind::MergeKey => "w harmonogramie nie używa się scalania (<<)".to_owned(),
        Kind::Tag => "w harmonogramie nie używa się znaczników (!nazwa)".to_owned(),
        Kind::SeveralDocuments => {
            "tu zaczyna się drugi dokument, a harmonogram jest jeden".to_owned()
        }
        Kind::AndMore { count } => {
            format!(
                "i co najmniej {count} {}",
                plural(*count, "podobny wpis", "podobne wpisy", "podobnych wpisów")
            )
        }
        Kind::WrongShape {
            key,
            wanted: Shape::Entry,
            found,
            ..
        } => format!(
            "pozycja „{key}” ma własne klucze, a to jest {}",
            found_shape(*found)
        ),
        Kind::WrongShape {
            key, wanted, found, ..
        } => format!(
            "„{key}” to powinna być {}, a jest {}",
            wanted_shape(*wanted),
            found_shape(*found)
        ),
        Kind::KeyNotAWord => "klucz musi być jednym słowem".to_owned(),
        Kind::UnknownKey { key, section, .. } => {
            format!(
                "{} nie ma klucza „{}”",
                section_name(*section),
                quoted_part(key)
            )
        }
        Kind::DuplicateKey { key, first_line } => {
            format!("„{key}” już jest, w wierszu {first_line}")
        }
        Kind::MissingKey { key, section } => {
            format!("{} brakuje klucza „{key}”", section_dative(*section))
        }
        Kind::EmptyValue { key } => format!("„{key}” jest puste"),
        Kind::UnknownChoice { key, given, .. } => {
            format!("„{}” nie może być wartością „{key}”", quoted_part(given))
        }
        Kind::Repeated { key, given } => {
            format!("„{given}” jest w „{key}” więcej niż raz")
        }
        Kind::BadId { given, .. } if is_all(given) => {
            "„all” oznacza wszystkie dzielnice i nie może być identyfikatorem".to_owned()
        }
        Kind::BadId { given, .. } => format!("„{}” nie jest identyfikatorem", quoted_part(given)),
        Kind::DuplicateId {
            thing,
            id,
            first_line,
        } => format!(
            "{} „{id}” już jest, w wierszu {first_line}",
            thing_name(*thing)
        ),
        Kind::Unknown { thing, given, .. } => format!(
            "nie ma {} o identyfikatorze „{}”",
            thing_genitive(*thing),
            quoted_part(given)
        ),
        Kind::NameTaken {
            given,
            district,
            first_line,
        } => format!(
            "„{}” oznacza już dzielnicę „{district}” (wiersz {first_line})",
            quoted_part(given)
        ),
        Kind::NameIsAll { given } => format!(
            "„{}” oznacza wszystkie dzielnice, więc nie może oznaczać jednej",
            quoted_part(given)
        ),
        Kind::AllInList => "„all” stoi samo, nie na liście".to_owned(),
        Kind::NoPlaceNoDistricts => "spotkanie bez „venue” musi mieć „districts”".to_owned(),
        Kind::NoDistricts => "lista dzielnic jest pusta".to_owned(),
        Kind::WithdrawnButThere { id, line } => {
            format!("„{id}” jest wycofane, ale spotkanie nadal jest w wierszu {line}")
        }
        Kind::ControlCharacter { character: '\t' } => "w tym tekście jest tabulator".to_owned(),
        Kind::ControlCharacter { character } => {
            format!(
                "w tym tekście jest niewidoczny znak sterujący ({})",
                shown(*character)
            )
        }
        Kind::LineBreak { key } => format!("„{key}” musi się zmieścić w jednym wierszu"),
        Kind::UnknownLanguage { given, .. } => {
            format!("kalendarz nie zna języka „{}”", quoted_part(given))
        }
        Kind::OwnLanguageMissing { language } => format!(
            "brakuje tekstu w głównym języku kalendarza ({})",
            language.code()
        ),
        Kind::LostLetter => "przy zapisywaniu zgubiła się tu litera (�)".to_owned(),
        Kind::BadDate { given, .. } => format!("„{}” nie jest datą", quoted_part(given)),
        Kind::NoSuchDate { given, .. } => format!("nie ma takiego dnia: {given}"),
        Kind::YearOutOfReach { year } => format!("rok {year} jest poza zasięgiem"),
        Kind::UnknownWeekday { given, .. } => {
            format!("„{}” nie jest dniem tygodnia", quoted_part(given))
        }
        Kind::WeekdayDisagrees { date, stated, .. } => format!(
            "{} to {}, a nie {}",
            dates::date(*date, Language::Polish),
            dates::weekday(date.weekday(), Language::Polish),
            dates::weekday(*stated, Language::Polish)
        ),
        Kind::BadWindow { given, .. } => {
            format!("z „{}” nie wynikają godziny spotkania", quoted_part(given))
        }
        Kind::EndNotAfterStart { start, end } => {
            format!(
                "koniec ({}) nie jest po początku ({})",
                dates::time(*end),
                dates::time(*start)
            )
        }
        Kind::NoHours => "spotkanie nie ma godzin, a kalendarz nie podaje wspólnych".to_owned(),
        Kind::HourSkipped { date, time, zone } => format!(
            "{} nie ma godziny {} ({zone}): zegary przeskakują ją przy zmianie czasu",
            dates::date(*date, Language::Polish),
            dates::time(*time)
        ),
        Kind::HourTwice { date, time, zone } => format!(
            "{} godzina {} jest dwa razy ({zone}): zegary cofają się przy zmianie czasu",
            dates::date(*date, Language::Polish),
            dates::time(*time)
        ),
        Kind::UnknownZone { given, .. } => {
            format!("„{}” nie jest strefą czasową", quoted_part(given))
        }
        Kind::BadRefresh { given, .. } => {
            format!(
                "z „{}” nie wynika, jak często odświeżać kalendarz",
                quoted_part(given)
            )
        }
        Kind::BadNumber { given, .. } => format!("„{}” nie jest liczbą", quoted_part(given)),
        Kind::OffTheEarth { key, given, limit } => {
            format!("„{key}: {given}” leży poza Ziemią, która kończy się na -{limit} i {limit}")
        }
        Kind::BadLink { given, fault } => link_message(given, fault),
        Kind::BadEmail { given, .. } => {
            format!("„{}” nie jest adresem e-mail", quoted_part(given))
        }
        Kind::BadPhone { given, .. } => {
            format!("„{}” nie jest numerem telefonu", quoted_part(given))
        }
        Kind::UnknownColor { given, .. } => {
            format!("CSS nie zna koloru „{}”", quoted_part(given))
        }
        Kind::Weekend { date } => format!(
            "{} to {}",
            dates::date(*date, Language::Polish),
            dates::weekday(date.weekday(), Language::Polish)
        ),
        Kind::SameTime { other, line } => {
            format!("w tym samym czasie, co spotkanie „{other}” (wiersz {line})")
        }
        Kind::FarAhead { date } => format!(
            "do {} są ponad dwa lata",
            dates::date(*date, Language::Polish)
        ),
        Kind::LongAgo { date } => {
            format!("{} to bardzo dawno", dates::date(*date, Language::Polish))
        }
        Kind::SwappedCoordinates { .. } => {
            "szerokość i długość geograficzna wyglądają na zamienione".to_owned()
        }
        Kind::ZonesDisagree { zone, date } => format!(
            "programy ze starszymi danymi o strefach pokażą {} inną godzinę ({zone})",
            dates::date(*date, Language::Polish)
        ),
    }
}

fn syntax_message(syntax: &Syntax) -> String {
    match syntax {
        Syntax::Tab => "jest tu tabulator, a YAML potrzebuje spacji".to_owned(),
        Syntax::OpenQuote => "tego cudzysłowu nic nie zamyka".to_owned(),
        Syntax::OpenBracket(bracket) => format!("tego nawiasu „{bracket}” nic nie zamyka"),
        Syntax::StrayBracket => "ten nawias niczego nie zamyka".to_owned(),
        Syntax::NoSpaceAfterColon => "po dwukropku brakuje spacji".to_owned(),
        Syntax::NoSpaceAfterDash => "po myślniku brakuje spacji".to_owned(),
        Syntax::NoColon => "ten wiersz to ani „klucz: wartość”, ani „- pozycja”".to_owned(),
        Syntax::ColonInText => "dwukropek w tekście wygląda jak nowy klucz".to_owned(),
        Syntax::TextAfterComment => "po komentarzu (#) tekst nie może się ciągnąć dalej".to_owned(),
        Syntax::Indentation => "ten wiersz jest wcięty inaczej niż sąsiednie".to_owned(),
        Syntax::DashAfterKey => "lista nie może się zacząć w wierszu swojego klucza".to_owned(),
        Syntax::ListMixedWithKeys => "pozycje („- …”) i klucze stoją tu obok siebie".to_owned(),
        Syntax::ReservedStart(character) => {
            format!("tekst bez cudzysłowu nie może się zaczynać od „{character}”")
        }
        Syntax::Backslash => "YAML nie zna takiego użycia ukośnika (\\)".to_owned(),
        Syntax::TextAfterQuote => "po zamykającym cudzysłowie jest jeszcze tekst".to_owned(),
        Syntax::Invisible => "jest tu niewidoczny znak".to_owned(),
        Syntax::Other(info) => format!("to nie jest YAML: {info}"),
    }
}

fn link_message(given: &str, fault: &LinkFault) -> String {
    let given = quoted_part(given);
    match fault {
        LinkFault::NoScheme(_) | LinkFault::NoAddress => {
            format!("„{given}” nie jest adresem strony")
        }
        LinkFault::OtherScheme(scheme) => format!(
            "adres musi się zaczynać od https:// albo http://, a nie od {}:",
            quoted_part(scheme)
        ),
        LinkFault::Host(host) if host.is_empty() => "w adresie brakuje nazwy serwisu".to_owned(),
        LinkFault::Host(host) => format!("„{}” nie może być nazwą serwisu", quoted_part(host)),
        LinkFault::HostLetters(host) => {
            format!("nazwa serwisu „{}” ma litery spoza a-z", quoted_part(host))
        }
        LinkFault::User => "w adresie jest nazwa użytkownika (@)".to_owned(),
        LinkFault::Character(' ') => "w adresie jest spacja".to_owned(),
        LinkFault::Character(character) => format!("w adresie jest znak {}", shown(*character)),
        LinkFault::TooLong => "adres ma ponad 2000 znaków".to_owned(),
    }
}

fn section_name(section: Section) -> &'static str {
    match section {
        Section::Schedule => "harmonogram",
        Section::Calendar => "„calendar”",
        Section::Organizer => "„organizer”",
        Section::Link => "odsyłacz",
        Section::Accessibility => "„accessibility”",
        Section::Contact => "„contact”",
        Section::Results => "„results”",
        Section::ResultLink => "odsyłacz",
        Section::District => "dzielnica",
        Section::Venue => "miejsce",
        Section::Location => "„location”",
        Section::Session => "spotkanie",
    }
}

fn section_dative(section: Section) -> &'static str {
    match section {
        Section::Schedule => "harmonogramowi",
        Section::Calendar => "sekcji „calendar”",
        Section::Organizer => "sekcji „organizer”",
        Section::Link => "odsyłaczowi",
        Section::Accessibility => "sekcji „accessibility”",
        Section::Contact => "sekcji „contact”",
        Section::Results => "sekcji „results”",
        Section::ResultLink => "odsyłaczowi",
        Section::District => "dzielnicy",
        Section::Venue => "miejscu",
        Section::Location => "sekcji „location”",
        Section::Session => "spotkaniu",
    }
}

fn thing_name(thing: Thing) -> &'static str {
    match thing {
        Thing::District => "dzielnica",
        Thing::Venue => "miejsce",
        Thing::Session => "spotkanie",
    }
}

fn thing_genitive(thing: Thing) -> &'static str {
    match thing {
        Thing::District => "dzielnicy",
        Thing::Venue => "miejsca",
        Thing::Session => "spotkania",
    }
}

fn wanted_shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Value => "jedna wartość",
        Shape::Text => "treść: jedna albo osobna dla każdego języka",
        Shape::List => "lista",
        Shape::Keys => "grupa kluczy",
        Shape::Entries => "lista pozycji",
        Shape::Entry => "pozycja z własnymi kluczami",
    }
}

fn found_shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Value | Shape::Text => "pojedyncza wartość",
        Shape::List | Shape::Entries => "lista",
        Shape::Keys | Shape::Entry => "grupa kluczy",
    }
}

/// The form of a noun after a number: 1 wpis, 2 wpisy, 5 wpisów, 12 wpisów,
/// 22 wpisy.
fn plural<'w>(count: usize, one: &'w str, few: &'w str, many: &'w str) -> &'w str {
    match (count, count % 10, count / 10 % 10) {
        (1, ..) => one,
        (_, 2..=4, tens) if tens != 1 => few,
        _ => many,
    }
}

/// With one decimal, rounded up so that it never reads as the limit itself.
fn megabytes(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    format!("{},{}", tenths / 10, tenths % 10)
}
