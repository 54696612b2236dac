//! Jak będzie dobrze: what would be right, in Polish.

use chrono::{Datelike, Weekday};

use crate::texts::{Language, dates};

use super::super::{example, example_of_shape, is_all, is_digits, near_miss, right, whole};
use crate::schedule::problem::{Kind, Section, Syntax, Thing};
use crate::schedule::web_address::LinkFault;

/// Jak będzie dobrze: what would be right.
#[expect(clippy::too_many_lines, reason = "one line of words for each kind")]
pub(in crate::schedule::words) fn help(kind: &Kind) -> Option<String> {
    if let Some(near) = near_miss(kind) {
        return Some(did_you_mean(near));
    }
    if let Some(right) = right(kind) {
        return Some(write(&right));
    }
    let help = match kind {
        Kind::TooLarge { .. } | Kind::TooManyValues => {
            "czy to na pewno ten plik? Harmonogram z tysiącem spotkań nie ma nawet \
             1 MB"
                .to_owned()
        }
        Kind::TooDeep => "czy to na pewno ten plik? Harmonogramowi wystarcza sześć".to_owned(),
        Kind::NotUtf8 => {
            "zapisz plik w UTF-8 (w Notatniku: Zapisz jako, Kodowanie: UTF-8)".to_owned()
        }
        Kind::Empty | Kind::NoKeys => "harmonogram zaczyna się od „calendar:”".to_owned(),
        Kind::Syntax(syntax) => return syntax_help(syntax),
        Kind::Anchor => "usuń ją; jeśli to początek tekstu, weź go w cudzysłów: \"&…\"".to_owned(),
        Kind::Alias => "wpisz wartość w całości; jeśli to początek tekstu, weź go w \
             cudzysłów: \"*…\""
            .to_owned(),
        Kind::MergeKey => "wpisz klucze w całości".to_owned(),
        Kind::Tag => "usuń go; jeśli to początek tekstu, weź go w cudzysłów: \"!…\"".to_owned(),
        Kind::SeveralDocuments => "usuń wiersz „---” i to, co pod nim".to_owned(),
        Kind::AndMore { .. } => "popraw część i sprawdź ponownie".to_owned(),
        Kind::WrongShape { key, wanted, .. } => {
            return example_help(example_of_shape(key, *wanted));
        }
        Kind::KeyNotAWord => "napisz „klucz: wartość”".to_owned(),
        Kind::UnknownKey {
            key,
            section: Section::Location,
            ..
        } if is_digits(key) => "napisz kropki dziesiętne: {lat: 50.07, lon: 20.04}".to_owned(),
        Kind::UnknownKey { section, .. } => format!("może mieć: {}", section.keys().join(", ")),
        Kind::DuplicateKey { .. } => "zostaw tylko jeden z dwóch".to_owned(),
        Kind::MissingKey { key, section } => return example_help(example(*section, key)),
        Kind::EmptyValue { .. } => {
            "wpisz wartość po dwukropku albo usuń klucz, jeśli jest niepotrzebny".to_owned()
        }
        Kind::UnknownChoice { choices, .. } => format!("może być: {}", choices.join(", ")),
        Kind::Repeated { .. } => "wystarczy raz".to_owned(),
        Kind::BadId {
            right: Some(right), ..
        } => {
            format!("identyfikator ma małe litery a-z, cyfry i łączniki w środku: napisz „{right}”")
        }
        Kind::BadId { given, .. } if is_all(given) => {
            "nadaj inny, na przykład „nowa-huta”".to_owned()
        }
        Kind::BadId { .. } => "identyfikator ma od 1 do 64 małych liter a-z, cyfr i łączników w \
             środku, na przykład „nowa-huta”"
            .to_owned(),
        Kind::DuplicateId {
            thing: Thing::Session,
            ..
        } => "nadaj nowemu spotkaniu własny identyfikator; nigdy nie zmieniaj go w \
             ogłoszonym"
            .to_owned(),
        Kind::DuplicateId { .. } => "nadaj jednej z dwóch pozycji inny identyfikator".to_owned(),
        Kind::Unknown { thing, .. } => format!(
            "dopisz ją do „{}” albo użyj identyfikatora, który już tam jest",
            thing_list(*thing)
        ),
        Kind::NameTaken { .. } => {
            "dwie dzielnice nie mogą mieć wspólnego identyfikatora, aliasu, numeru \
             ani nazwy; wielkość liter i polskie znaki się nie liczą"
                .to_owned()
        }
        Kind::NameIsAll { .. } => "wybierz inne słowo".to_owned(),
        Kind::AllInList => write("districts: all"),
        Kind::NoPlaceNoDistricts => "dopisz „venue: …”, a dopóki miejsca nie znasz – „districts: \
             [nowa-huta]” albo „districts: all”"
            .to_owned(),
        Kind::NoDistricts => {
            "napisz „districts: [nowa-huta]” albo, dla całego miasta, „districts: \
             all”"
                .to_owned()
        }
        Kind::WithdrawnButThere { .. } => {
            "usuń jedno z dwojga; spotkanie, które się nie odbędzie, to „status: \
             cancelled”"
                .to_owned()
        }
        Kind::ControlCharacter { character: '\t' } => "wpisz zamiast niego spację".to_owned(),
        Kind::ControlCharacter { .. } => {
            "usuń go: takie znaki trafiają do tekstu przy wklejaniu; wpisz słowa \
             obok jeszcze raz"
                .to_owned()
        }
        Kind::LineBreak { .. } => {
            "połącz wiersze; podział na wiersze mogą mieć opisy, „note” i „about”".to_owned()
        }
        Kind::UnknownLanguage { .. } => "języki to pl, en i uk".to_owned(),
        Kind::OwnLanguageMissing { language } => format!(
            "dopisz „{}: …”: ten tekst zastępuje brakujące tłumaczenia",
            language.code()
        ),
        Kind::LostLetter => "wpisz tę literę jeszcze raz".to_owned(),
        Kind::BadDate { .. } | Kind::NoSuchDate { .. } => {
            "napisz rok-miesiąc-dzień, na przykład 2026-03-13".to_owned()
        }
        Kind::YearOutOfReach { .. } => "spotkanie może być w latach 1970–2199".to_owned(),
        Kind::UnknownWeekday {
            near: Some(near), ..
        } => did_you_mean(dates::weekday(*near, Language::Polish)),
        Kind::UnknownWeekday { .. } => "napisz całą nazwę, na przykład „piątek”".to_owned(),
        Kind::WeekdayDisagrees {
            date,
            stated,
            nearest,
        } => format!(
            "napisz „weekday: {}” albo „date: {nearest}” ({} {})",
            dates::weekday(date.weekday(), Language::Polish),
            nearest_adjective(*stated),
            dates::weekday(*stated, Language::Polish)
        ),
        Kind::BadWindow { .. } => "napisz początek i koniec, na przykład 14:00-18:00".to_owned(),
        Kind::EndNotAfterStart { .. } => {
            "spotkanie zaczyna się i kończy tego samego dnia, najpóźniej o 23:59".to_owned()
        }
        Kind::NoHours => "dopisz „window: 14:00-18:00” tutaj albo w „calendar”, dla wszystkich \
             spotkań"
            .to_owned(),
        Kind::HourSkipped { .. } | Kind::HourTwice { .. } => {
            "wybierz godzinę przed zmianą czasu albo po niej".to_owned()
        }
        Kind::UnknownZone { .. } => "napisz nazwę IANA, na przykład Europe/Warsaw".to_owned(),
        Kind::BadRefresh { .. } => {
            "napisz pełne godziny albo dni, od 1h do 720h, na przykład 6h albo 1d".to_owned()
        }
        Kind::BadNumber { .. } => {
            "napisz stopnie z kropką dziesiętną, na przykład 50.07".to_owned()
        }
        Kind::OffTheEarth { .. } => {
            "„lat” to szerokość geograficzna, od -90 do 90, a „lon” długość, od \
             -180 do 180"
                .to_owned()
        }
        Kind::BadLink { fault, .. } => link_help(fault),
        Kind::BadEmail { .. } => "wpisz jeden adres, na przykład kto@example.org".to_owned(),
        Kind::BadPhone { .. } => "wpisz jeden numer: cyfry, spacje i łączniki, ewentualnie + na \
             początku, na przykład 12 345 67 89"
            .to_owned(),
        Kind::UnknownColor { .. } => {
            "napisz jedną ze 148 angielskich nazw CSS, na przykład teal, navy albo \
             crimson"
                .to_owned()
        }
        Kind::Weekend { date } => format!(
            "jeśli tak ma być, napisz to: „weekday: {}”",
            dates::weekday(date.weekday(), Language::Polish)
        ),
        Kind::SameTime { .. } => "czy w jednej z dat nie ma pomyłki?".to_owned(),
        Kind::FarAhead { .. } | Kind::LongAgo { .. } => "czy rok się zgadza?".to_owned(),
        Kind::SwappedCoordinates {
            latitude,
            longitude,
        } => {
            format!("jeśli tak, napisz „{{lat: {longitude}, lon: {latitude}}}”")
        }
        Kind::ZonesDisagree { .. } => {
            "obowiązują nowsze dane; przypomnij o godzinie w „note”".to_owned()
        }
    };
    Some(help)
}

fn syntax_help(syntax: &Syntax) -> Option<String> {
    let help = match syntax {
        Syntax::Tab => "usuń go i wpisz spacje",
        Syntax::OpenQuote => "dopisz taki sam znak na końcu tekstu",
        Syntax::OpenBracket('{') => {
            "dopisz „}” na końcu; tekst z przecinkiem lub klamrą weź w cudzysłów"
        }
        Syntax::OpenBracket(_) => {
            "dopisz „]” na końcu; tekst z przecinkiem lub nawiasem weź w cudzysłów"
        }
        Syntax::StrayBracket => "usuń go albo weź tekst w cudzysłów",
        Syntax::NoSpaceAfterColon => "napisz „klucz: wartość”",
        Syntax::NoColon => "dopisz dwukropek albo wetnij wiersz, jeśli to dalszy ciąg tekstu",
        Syntax::ColonInText => "weź cały tekst w cudzysłów: title: \"Spotkanie: wiosna\"",
        Syntax::TextAfterComment => {
            "weź tekst w cudzysłów albo przenieś komentarz do osobnego wiersza"
        }
        Syntax::Indentation => {
            "zacznij wiersz równo z tymi, do których należy: klucz pod kluczem, \
             „-” pod „-”"
        }
        Syntax::NoSpaceAfterDash => "napisz „- ” i dopiero potem pozycję",
        Syntax::DashAfterKey => {
            "zacznij listę w następnym wierszu albo napisz ją tak: [pierwsza, druga]"
        }
        Syntax::ListMixedWithKeys => {
            "wetnij to, co należy do pozycji powyżej; nową pozycję zacznij od „- ”"
        }
        Syntax::ReservedStart(_) => "weź tekst w cudzysłów",
        Syntax::Backslash => "napisz '…' zamiast \"…\" albo \\\\, jeśli chodzi o jeden ukośnik",
        Syntax::TextAfterQuote => "weź cały tekst w '…' albo użyj w środku „polskich” cudzysłowów",
        Syntax::Invisible => "usuń go; wpisz słowa obok jeszcze raz",
        Syntax::Other(_) => return None,
    };
    Some(help.to_owned())
}

fn link_help(fault: &LinkFault) -> String {
    match fault {
        LinkFault::NoScheme(right) => format!("dopisz https:// – „{}”", whole(right)),
        LinkFault::NoAddress | LinkFault::OtherScheme(_) | LinkFault::Host(_) => {
            "skopiuj adres strony z paska przeglądarki: https://…".to_owned()
        }
        LinkFault::HostLetters(_) => {
            "napisz go w postaci xn--…, którą przeglądarka kopiuje z paska adresu".to_owned()
        }
        LinkFault::User => "usuń to, co stoi przed @, i samo @".to_owned(),
        LinkFault::Character(' ') => "napisz %20 zamiast spacji albo ją usuń".to_owned(),
        LinkFault::Character(_) => "skopiuj adres z paska przeglądarki jeszcze raz".to_owned(),
        LinkFault::TooLong => "podaj krótszy adres".to_owned(),
    }
}

fn did_you_mean(near: &str) -> String {
    format!("czy chodziło o „{near}”?")
}

fn write(right: &str) -> String {
    format!("napisz „{}”", whole(right))
}

fn example_help(example: &str) -> Option<String> {
    (!example.is_empty()).then(|| format!("na przykład: {example}"))
}

fn thing_list(thing: Thing) -> &'static str {
    match thing {
        Thing::District => "districts",
        Thing::Venue => "venues",
        Thing::Session => "sessions",
    }
}

/// `najbliższy czwartek`, `najbliższa środa`.
fn nearest_adjective(day: Weekday) -> &'static str {
    match day {
        Weekday::Wed | Weekday::Sat | Weekday::Sun => "najbliższa",
        Weekday::Mon | Weekday::Tue | Weekday::Thu | Weekday::Fri => "najbliższy",
    }
}
