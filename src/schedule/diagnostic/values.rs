//! Single values: texts, dates, hours, links and the rest.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::texts::{Language, dates};

use super::super::web_address::LinkFault;
use super::{Diagnostic, Position, character_shown, date_in_words, day_in_words, quoted, whole};

problems! {
    /// A character that no text may hold.
    error "control-character" control_character(at, character: char):
        let shown = character_shown(character);
        "w tym tekście jest niewidoczny znak sterujący ({shown})",
        "an invisible control character ({shown}) is in this text"
        .help("usuń go: takie znaki trafiają do tekstu przy wklejaniu; wpisz słowa obok jeszcze raz",
              "delete it: it often comes along when text is pasted; retype the words around it");

    error "control-character" tab_in_text(at):
        "w tym tekście jest tabulator", "a tab is in this text"
        .help("wpisz zamiast niego spację", "write a space instead");

    error "line-break" line_break(at, key: &str):
        "„{key}” musi się zmieścić w jednym wierszu", "\"{key}\" must stand on one line"
        .help("połącz wiersze; podział na wiersze mogą mieć opisy, „note” i „about”",
              "join the lines; line breaks are welcome in descriptions, notes and \"about\"");

    error "unknown-language" unknown_language(at, given: &str, near: Option<&str>):
        let given = quoted(given);
        "kalendarz nie zna języka „{given}”", "\"{given}\" is not a language of the calendar"
        .did_you_mean(near)
        .help("języki to pl, en i uk", "the languages are pl, en and uk");

    error "own-language-missing" own_language_missing(at, language: Language):
        let code = language.code();
        "brakuje tekstu w głównym języku kalendarza ({code})",
        "the text in the calendar's own language ({code}) is missing"
        .help("dopisz „{code}: …”: ten tekst zastępuje brakujące tłumaczenia",
              "add \"{code}: …\": it stands in where a language is left out");

    /// U+FFFD, what is left of a letter that was once saved wrongly.
    warning "lost-letter" lost_letter(at):
        "przy zapisywaniu zgubiła się tu litera (�)",
        "a letter was lost here when the text was saved (�)"
        .help("wpisz tę literę jeszcze raz", "type the letter again");
}

/// More than one date, or hours beside it.
pub(crate) enum BesidesDate {
    Nothing,
    MoreDays,
    /// As `window` has them.
    Hours(String),
    /// Where the hours begin, or something about hours.
    Start,
}

problems! {
    error "bad-date" bad_date(at, given: &str, right: Option<NaiveDate>, besides: &BesidesDate):
        let given = quoted(given);
        let right = right.map(|date| date.to_string());
        let has_hours = matches!(besides, BesidesDate::Hours(_) | BesidesDate::Start);
        let of_one = right.as_deref().filter(|_| !has_hours);
        "„{given}” nie jest datą", "\"{given}\" is not a date"
        .help_if(let (Some(right), BesidesDate::MoreDays) = (&right, besides),
            "napisz „{right}”; jedno spotkanie ma jedną datę",
            "write \"{right}\"; one session has one date")
        .help_if(let (Some(right), BesidesDate::Hours(hours)) = (&right, besides),
            "napisz „{right}”, a godziny w osobnym wierszu: „window: {hours}”",
            "write \"{right}\", and the hours on a line of their own: \"window: {hours}\"")
        .help_if(let (Some(right), BesidesDate::Start) = (&right, besides),
            "napisz „{right}”, a godziny, jeśli są inne niż zwykle, w osobnym wierszu: \
             „window: …”, od początku do końca",
            "write \"{right}\", and the hours, if they are not the usual ones, on a line of their \
             own: \"window: …\", from beginning to end")
        .write(of_one)
        .or_help(YEAR_MONTH_DAY.0, YEAR_MONTH_DAY.1);

    /// A date of the right form that no calendar has.
    error "no-such-date" no_such_date(at, given: &str, right: Option<NaiveDate>):
        let right = right.map(|date| date.to_string());
        "nie ma takiego dnia: {given}", "there is no date {given}"
        .write(right.as_deref())
        .or_help(YEAR_MONTH_DAY.0, YEAR_MONTH_DAY.1);
}

const YEAR_MONTH_DAY: (&str, &str) = (
    "napisz rok-miesiąc-dzień, na przykład 2026-03-13",
    "write year-month-day, such as 2026-03-13",
);

problems! {
    /// `date: do ustalenia`.
    error "date-not-known-yet" date_not_known_yet(at, given: &str):
        let given = quoted(given);
        "„{given}” nie jest datą", "\"{given}\" is not a date"
        .help("spotkanie ogłasza się, gdy znana jest data: do tego czasu postaw # przed każdym \
               jego wierszem; jeśli było już ogłoszone, zostaw dawną datę i dopisz „status: \
               postponed”",
              "a session is announced when its date is known: until then put # before each of its \
               lines; if it was announced already, leave the old date and add \"status: \
               postponed\"");

    error "year-out-of-reach" year_out_of_reach(at, year: i32):
        "rok {year} jest poza zasięgiem", "the year {year} is out of reach"
        .help("spotkanie może być w latach 1970–2199", "a session is between 1970 and 2199");

    error "unknown-weekday" unknown_weekday(at, given: &str, near: Option<Weekday>):
        let given = quoted(given);
        let near = near.map(day_in_words);
        let near = near.map(|(polish, english)| (polish, english.to_lowercase()));
        "„{given}” nie jest dniem tygodnia", "\"{given}\" is not a day of the week"
        .help_if(let Some((polish, english)) = &near,
            "czy chodziło o „{polish}”?", "did you mean \"{polish}\" or \"{english}\"?")
        .replaced_by(near.map(|(polish, _)| polish))
        .help("napisz całą nazwę, na przykład „piątek”",
              "write a whole name, such as \"piątek\" or \"friday\"");

    /// `nearest` is the nearest date of the stated weekday.
    error "weekday-disagrees" weekday_disagrees(at, date: NaiveDate, stated: Weekday,
        nearest: NaiveDate):
        let (polish, english) = date_in_words(date);
        let (polish_day, english_day) = day_in_words(date.weekday());
        let (polish_stated, english_stated) = day_in_words(stated);
        // `najbliższy czwartek`, `najbliższa środa`.
        let adjective = match stated {
            Weekday::Wed | Weekday::Sat | Weekday::Sun => "najbliższa",
            Weekday::Mon | Weekday::Tue | Weekday::Thu | Weekday::Fri => "najbliższy",
        };
        let key = english_day.to_lowercase();
        "{polish} to {polish_day}, a nie {polish_stated}",
        "{english} is a {english_day}, not a {english_stated}"
        .help("napisz „weekday: {polish_day}” albo „date: {nearest}” ({adjective} {polish_stated})",
              "write \"weekday: {key}\", or \"date: {nearest}\", the nearest {english_stated}")
        .replaced_by(polish_day);

    error "bad-window" bad_window(at, given: &str, right: Option<&str>):
        let given = quoted(given);
        "z „{given}” nie da się odczytać godzin spotkania", "\"{given}\" does not tell the hours"
        .write(right)
        .help("napisz początek i koniec, na przykład 14:00-18:00",
              "write the start and the end, such as 14:00-18:00");

    error "end-not-after-start" end_not_after_start(at, start: NaiveTime, end: NaiveTime):
        let (start, end) = (dates::time(start), dates::time(end));
        "koniec ({end}) musi być późniejszy niż początek ({start})",
        "the end ({end}) is not after the start ({start})"
        .help("spotkanie zaczyna się i kończy tego samego dnia, najpóźniej o 23:59",
              "a session begins and ends on one date, at 23:59 at the latest");

    error "no-hours" no_hours(at):
        "spotkanie nie ma godzin, a kalendarz nie podaje wspólnych",
        "the session has no hours, and the calendar names none"
        .help("dopisz „window: 14:00-18:00” tutaj albo w „calendar”, dla wszystkich spotkań",
              "add \"window: 14:00-18:00\" here, or to \"calendar\" for all sessions");

    error "hour-skipped" hour_skipped(at, date: NaiveDate, time: NaiveTime, zone: &str):
        let (polish, english) = date_in_words(date);
        let time = dates::time(time);
        "{polish} nie ma godziny {time} ({zone}): zegary przeskakują ją przy zmianie czasu",
        "there is no {time} on {english} in {zone}: the clocks go forward over it"
        .or_help(ANOTHER_HOUR.0, ANOTHER_HOUR.1);

    error "hour-twice" hour_twice(at, date: NaiveDate, time: NaiveTime, zone: &str):
        let (polish, english) = date_in_words(date);
        let time = dates::time(time);
        "{polish} godzina {time} wypada dwa razy ({zone}): zegary cofają się przy zmianie czasu",
        "{time} comes twice on {english} in {zone}: the clocks go back over it"
        .or_help(ANOTHER_HOUR.0, ANOTHER_HOUR.1);
}

const ANOTHER_HOUR: (&str, &str) = (
    "wybierz godzinę przed zmianą czasu albo po niej",
    "choose an hour before or after the change",
);

problems! {
    error "unknown-zone" unknown_zone(at, given: &str, near: Option<&str>):
        let given = quoted(given);
        "„{given}” nie jest strefą czasową", "\"{given}\" is not a time zone"
        .did_you_mean(near)
        .or_help(A_PLACE.0, A_PLACE.1);

    /// `place`: what an older name stands for.
    error "zone-of-no-place" zone_of_no_place(at, given: &str, place: Option<&str>):
        let given = quoted(given);
        "„{given}” nie podaje kontynentu i miasta: w takiej strefie niektóre programy pominą czas \
         letni",
        "\"{given}\" does not name a continent and a city: in such a time zone some calendar \
         programs leave summer time out"
        .did_you_mean(place)
        .or_help(A_PLACE.0, A_PLACE.1);
}

const A_PLACE: (&str, &str) = (
    "napisz kontynent i miasto po angielsku, na przykład Europe/Warsaw",
    "write a continent and a city, such as Europe/Warsaw",
);

problems! {
    /// `right`: whole hours.
    error "bad-refresh" bad_refresh(at, given: &str, right: Option<u16>):
        let given = quoted(given);
        let right = right.map(|hours| format!("{hours}h"));
        "z „{given}” nie wynika, jak często odświeżać kalendarz",
        "\"{given}\" does not tell how often to come back"
        .write(right.as_deref())
        .help("napisz pełne godziny albo dni, od 1h do 720h, na przykład 6h albo 1d",
              "write whole hours or days, from 1h to 720h, such as 6h or 1d");

    error "bad-number" bad_number(at, given: &str, right: Option<&str>):
        let given = quoted(given);
        "„{given}” nie jest liczbą", "\"{given}\" is not a number"
        .write(right)
        .help("napisz stopnie z kropką dziesiętną, na przykład 50.07",
              "write degrees with a decimal point, such as 50.07");

    error "off-the-earth" off_the_earth(at, key: &str, given: &str, limit: u8):
        "„{key}: {given}” jest poza zakresem od -{limit} do {limit}",
        "\"{key}: {given}\" is off the earth, which ends at -{limit} and {limit}"
        .help("„lat” to szerokość geograficzna, od -90 do 90, a „lon” długość, od -180 do 180",
              "\"lat\" is how far north, -90 to 90; \"lon\" how far east, -180 to 180");

    error "bad-email" bad_email(at, given: &str, right: Option<&str>):
        let given = quoted(given);
        "„{given}” nie jest adresem e-mail", "\"{given}\" is not an e-mail address"
        .write(right)
        .help("wpisz jeden adres, na przykład kto@example.org",
              "write one address, such as kto@example.org");

    error "bad-phone" bad_phone(at, given: &str, right: Option<&str>):
        let given = quoted(given);
        "„{given}” nie jest numerem telefonu", "\"{given}\" is not a telephone number"
        .write(right)
        .help("wpisz jeden numer: cyfry, spacje i łączniki, ewentualnie + na początku, na przykład \
               12 345 67 89",
              "write one number: digits, spaces and hyphens, + at most at its beginning, such as \
               12 345 67 89");

    error "unknown-color" unknown_color(at, given: &str, near: Option<&str>):
        let given = quoted(given);
        "CSS nie zna koloru „{given}”", "\"{given}\" is not a colour name of CSS"
        .did_you_mean(near)
        .help("napisz jedną ze 148 angielskich nazw CSS, na przykład teal, navy albo crimson",
              "write one of the 148 English colour names of CSS, such as teal, navy or crimson");
}

problems! {
    /// Something else than one address of a page.
    error "bad-link" mail_as_link(at, given: &str):
        let given = quoted(given);
        "„{given}” nie jest adresem strony, tylko poczty",
        "\"{given}\" is not a web address but an e-mail address"
        .help("adres strony zaczyna się od https://; adres poczty wpisz w „email”",
              "a web address begins with https://; the e-mail address goes into \"email\"");

    error "bad-link" several_links(at):
        "tu są dwa adresy albo więcej", "two addresses or more stand here"
        .help("zostaw jeden", "keep one");

    /// With marks around it; without them it is `right`.
    error "bad-link" link_within(at, given: &str, right: &str):
        let given = quoted(given);
        "„{given}” nie jest adresem strony", "\"{given}\" is not a web address"
        .help("usuń znaki wokół adresu: {right}", "take the marks around the address away: {right}")
        .replaced_by(right);
}

/// What is no link to a page.
pub(crate) fn bad_link(at: Position, given: &str, fault: &LinkFault) -> Diagnostic {
    let problem = match fault {
        LinkFault::NoScheme(right) => no_scheme(at, given, right),
        LinkFault::NoAddress => not_an_address(at, given),
        LinkFault::OtherScheme(scheme) => other_scheme(at, scheme),
        LinkFault::Host(host) if host.is_empty() => no_host(at),
        LinkFault::Host(host) => bad_host(at, host),
        LinkFault::HostLetters(host) => host_letters(at, host),
        LinkFault::User => user_in_link(at),
        LinkFault::Character(' ') => space_in_link(at),
        LinkFault::Character(character) => character_in_link(at, *character),
        LinkFault::TooLong => long_link(at),
    };
    problem.or_help(
        "skopiuj adres strony z paska przeglądarki: https://…",
        "copy the address of a page from the browser's address bar: https://…",
    )
}

problems! {
    error "bad-link" not_an_address(at, given: &str):
        let given = quoted(given);
        "„{given}” nie jest adresem strony", "\"{given}\" is not a web address";

    error "bad-link" no_scheme(at, given: &str, right: &str):
        let (given, shown) = (quoted(given), whole(right));
        "„{given}” nie jest adresem strony", "\"{given}\" is not a web address"
        .help("dopisz https:// – „{shown}”", "add https:// and write \"{shown}\"")
        .replaced_by(right);

    error "bad-link" other_scheme(at, scheme: &str):
        let scheme = quoted(scheme);
        "adres musi się zaczynać od https:// albo http://, a nie od {scheme}:",
        "an address must begin with https:// or http://, not {scheme}:";

    error "bad-link" no_host(at):
        "w adresie brakuje nazwy serwisu", "the address names no site";

    error "bad-link" bad_host(at, host: &str):
        let host = quoted(host);
        "„{host}” nie może być nazwą serwisu", "\"{host}\" cannot be a site's name";

    error "bad-link" host_letters(at, host: &str):
        let host = quoted(host);
        "nazwa serwisu „{host}” ma litery spoza a-z",
        "the site's name \"{host}\" is not in plain letters"
        .help("napisz go w postaci xn--…, którą przeglądarka kopiuje z paska adresu",
              "write its xn--… form, which the browser copies from its address bar");

    error "bad-link" user_in_link(at):
        "w adresie jest nazwa użytkownika (@)", "the address holds a user's name (@)"
        .help("usuń to, co stoi przed @, i samo @", "take away what stands before the @, and the @");

    error "bad-link" space_in_link(at):
        "w adresie jest spacja", "the address holds a space"
        .help("usuń ją albo skopiuj adres z paska przeglądarki jeszcze raz",
              "take it away, or copy the address from the browser's address bar again");

    error "bad-link" character_in_link(at, character: char):
        let shown = character_shown(character);
        "w adresie jest znak {shown}", "the address holds the character {shown}"
        .help("skopiuj adres z paska przeglądarki jeszcze raz",
              "copy the address from the browser's address bar again");

    error "bad-link" long_link(at):
        "adres ma ponad 2000 znaków", "the address has more than 2,000 characters"
        .help("podaj krótszy adres", "link to a shorter one");
}
