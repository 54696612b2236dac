//! Single values: texts, dates, hours, links and the rest.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::texts::Language::{self, English, Polish};
use crate::texts::dates;

use super::super::web_address::LinkFault;
use super::{Diagnostic, Position, character_shown, error, quoted, warning, whole};

/// A character that no text may hold.
pub(crate) fn control_character(at: Position, character: char) -> Diagnostic {
    if character == '\t' {
        return error(
            at,
            "control-character",
            "w tym tekście jest tabulator",
            "a tab is in this text",
        )
        .or_help("wpisz zamiast niego spację", "write a space instead");
    }
    let shown = character_shown(character);
    error(
        at,
        "control-character",
        format!("w tym tekście jest niewidoczny znak sterujący ({shown})"),
        format!("an invisible control character ({shown}) is in this text"),
    )
    .or_help(
        "usuń go: takie znaki trafiają do tekstu przy wklejaniu; wpisz słowa obok jeszcze raz",
        "delete it: it often comes along when text is pasted; retype the words around it",
    )
}

pub(crate) fn line_break(at: Position, key: &str) -> Diagnostic {
    error(
        at,
        "line-break",
        format!("„{key}” musi się zmieścić w jednym wierszu"),
        format!("\"{key}\" must stand on one line"),
    )
    .or_help(
        "połącz wiersze; podział na wiersze mogą mieć opisy, „note” i „about”",
        "join the lines; line breaks are welcome in descriptions, notes and \"about\"",
    )
}

pub(crate) fn unknown_language(at: Position, given: &str, near: Option<&str>) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "unknown-language",
        format!("kalendarz nie zna języka „{given}”"),
        format!("\"{given}\" is not a language of the calendar"),
    )
    .did_you_mean(near)
    .or_help("języki to pl, en i uk", "the languages are pl, en and uk")
}

pub(crate) fn own_language_missing(at: Position, language: Language) -> Diagnostic {
    let code = language.code();
    error(
        at,
        "own-language-missing",
        format!("brakuje tekstu w głównym języku kalendarza ({code})"),
        format!("the text in the calendar's own language ({code}) is missing"),
    )
    .or_help(
        format!("dopisz „{code}: …”: ten tekst zastępuje brakujące tłumaczenia"),
        format!("add \"{code}: …\": it stands in where a language is left out"),
    )
}

/// U+FFFD, what is left of a letter that was once saved wrongly.
pub(crate) fn lost_letter(at: Position) -> Diagnostic {
    warning(
        at,
        "lost-letter",
        "przy zapisywaniu zgubiła się tu litera (�)",
        "a letter was lost here when the text was saved (�)",
    )
    .or_help("wpisz tę literę jeszcze raz", "type the letter again")
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

pub(crate) fn bad_date(
    at: Position,
    given: &str,
    right: Option<NaiveDate>,
    besides: &BesidesDate,
) -> Diagnostic {
    let given = quoted(given);
    let problem = error(
        at,
        "bad-date",
        format!("„{given}” nie jest datą"),
        format!("\"{given}\" is not a date"),
    );
    let problem = match (right, besides) {
        (Some(right), BesidesDate::MoreDays) => problem
            .or_help(
                format!("napisz „{right}”; jedno spotkanie ma jedną datę"),
                format!("write \"{right}\"; one session has one date"),
            )
            .replaced_by(&right.to_string()),
        (Some(right), BesidesDate::Hours(hours)) => problem.or_help(
            format!("napisz „{right}”, a godziny w osobnym wierszu: „window: {hours}”"),
            format!("write \"{right}\", and the hours on a line of their own: \"window: {hours}\""),
        ),
        (Some(right), BesidesDate::Start) => problem.or_help(
            format!(
                "napisz „{right}”, a godziny, jeśli są inne niż zwykle, w osobnym wierszu: \
                 „window: …”, od początku do końca"
            ),
            format!(
                "write \"{right}\", and the hours, if they are not the usual ones, on a line of \
                 their own: \"window: …\", from beginning to end"
            ),
        ),
        _ => problem,
    };
    year_month_day(problem, right)
}

/// `date: do ustalenia`.
pub(crate) fn date_not_known_yet(at: Position, given: &str) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "date-not-known-yet",
        format!("„{given}” nie jest datą"),
        format!("\"{given}\" is not a date"),
    )
    .or_help(
        "spotkanie ogłasza się, gdy znana jest data: do tego czasu postaw # przed każdym jego \
         wierszem; jeśli było już ogłoszone, zostaw dawną datę i dopisz „status: postponed”",
        "a session is announced when its date is known: until then put # before each of its \
         lines; if it was announced already, leave the old date and add \"status: postponed\"",
    )
}

/// A date of the right form that no calendar has.
pub(crate) fn no_such_date(at: Position, given: &str, right: Option<NaiveDate>) -> Diagnostic {
    let problem = error(
        at,
        "no-such-date",
        format!("nie ma takiego dnia: {given}"),
        format!("there is no date {given}"),
    );
    year_month_day(problem, right)
}

fn year_month_day(problem: Diagnostic, right: Option<NaiveDate>) -> Diagnostic {
    let right = right
        .filter(|_| problem.help.is_none())
        .map(|date| date.to_string());
    problem.write(right.as_deref()).or_help(
        "napisz rok-miesiąc-dzień, na przykład 2026-03-13",
        "write year-month-day, such as 2026-03-13",
    )
}

pub(crate) fn year_out_of_reach(at: Position, year: i32) -> Diagnostic {
    error(
        at,
        "year-out-of-reach",
        format!("rok {year} jest poza zasięgiem"),
        format!("the year {year} is out of reach"),
    )
    .or_help(
        "spotkanie może być w latach 1970–2199",
        "a session is between 1970 and 2199",
    )
}

pub(crate) fn unknown_weekday(at: Position, given: &str, near: Option<Weekday>) -> Diagnostic {
    let given = quoted(given);
    let problem = error(
        at,
        "unknown-weekday",
        format!("„{given}” nie jest dniem tygodnia"),
        format!("\"{given}\" is not a day of the week"),
    );
    let Some(near) = near else {
        return problem.or_help(
            "napisz całą nazwę, na przykład „piątek”",
            "write a whole name, such as \"piątek\" or \"friday\"",
        );
    };
    let polish = dates::weekday(near, Polish);
    let english = dates::weekday(near, English).to_lowercase();
    problem
        .or_help(
            format!("czy chodziło o „{polish}”?"),
            format!("did you mean \"{polish}\" or \"{english}\"?"),
        )
        .replaced_by(polish)
}

/// `nearest` is the nearest date of the stated weekday.
pub(crate) fn weekday_disagrees(
    at: Position,
    date: NaiveDate,
    stated: Weekday,
    nearest: NaiveDate,
) -> Diagnostic {
    let day = |language| dates::weekday(date.weekday(), language);
    let said = |language| dates::weekday(stated, language);
    // `najbliższy czwartek`, `najbliższa środa`.
    let adjective = match stated {
        Weekday::Wed | Weekday::Sat | Weekday::Sun => "najbliższa",
        Weekday::Mon | Weekday::Tue | Weekday::Thu | Weekday::Fri => "najbliższy",
    };
    let problem = error(
        at,
        "weekday-disagrees",
        format!(
            "{} to {}, a nie {}",
            dates::date(date, Polish),
            day(Polish),
            said(Polish)
        ),
        format!(
            "{} is a {}, not a {}",
            dates::date(date, English),
            day(English),
            said(English)
        ),
    );
    problem
        .or_help(
            format!(
                "napisz „weekday: {}” albo „date: {nearest}” ({adjective} {})",
                day(Polish),
                said(Polish)
            ),
            format!(
                "write \"weekday: {}\", or \"date: {nearest}\", the nearest {}",
                day(English).to_lowercase(),
                said(English)
            ),
        )
        .replaced_by(day(Polish))
}

pub(crate) fn bad_window(at: Position, given: &str, right: Option<&str>) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "bad-window",
        format!("z „{given}” nie da się odczytać godzin spotkania"),
        format!("\"{given}\" does not tell the hours"),
    )
    .write(right)
    .or_help(
        "napisz początek i koniec, na przykład 14:00-18:00",
        "write the start and the end, such as 14:00-18:00",
    )
}

pub(crate) fn end_not_after_start(at: Position, start: NaiveTime, end: NaiveTime) -> Diagnostic {
    let (start, end) = (dates::time(start), dates::time(end));
    error(
        at,
        "end-not-after-start",
        format!("koniec ({end}) musi być późniejszy niż początek ({start})"),
        format!("the end ({end}) is not after the start ({start})"),
    )
    .or_help(
        "spotkanie zaczyna się i kończy tego samego dnia, najpóźniej o 23:59",
        "a session begins and ends on one date, at 23:59 at the latest",
    )
}

pub(crate) fn no_hours(at: Position) -> Diagnostic {
    error(
        at,
        "no-hours",
        "spotkanie nie ma godzin, a kalendarz nie podaje wspólnych",
        "the session has no hours, and the calendar names none",
    )
    .or_help(
        "dopisz „window: 14:00-18:00” tutaj albo w „calendar”, dla wszystkich spotkań",
        "add \"window: 14:00-18:00\" here, or to \"calendar\" for all sessions",
    )
}

pub(crate) fn hour_skipped(
    at: Position,
    date: NaiveDate,
    time: NaiveTime,
    zone: &str,
) -> Diagnostic {
    let time = dates::time(time);
    error(
        at,
        "hour-skipped",
        format!(
            "{} nie ma godziny {time} ({zone}): zegary przeskakują ją przy zmianie czasu",
            dates::date(date, Polish)
        ),
        format!(
            "there is no {time} on {} in {zone}: the clocks go forward over it",
            dates::date(date, English)
        ),
    )
    .or_help(ANOTHER_HOUR.0, ANOTHER_HOUR.1)
}

pub(crate) fn hour_twice(at: Position, date: NaiveDate, time: NaiveTime, zone: &str) -> Diagnostic {
    let time = dates::time(time);
    error(
        at,
        "hour-twice",
        format!(
            "{} godzina {time} wypada dwa razy ({zone}): zegary cofają się przy zmianie czasu",
            dates::date(date, Polish)
        ),
        format!(
            "{time} comes twice on {} in {zone}: the clocks go back over it",
            dates::date(date, English)
        ),
    )
    .or_help(ANOTHER_HOUR.0, ANOTHER_HOUR.1)
}

const ANOTHER_HOUR: (&str, &str) = (
    "wybierz godzinę przed zmianą czasu albo po niej",
    "choose an hour before or after the change",
);

pub(crate) fn unknown_zone(at: Position, given: &str, near: Option<&str>) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "unknown-zone",
        format!("„{given}” nie jest strefą czasową"),
        format!("\"{given}\" is not a time zone"),
    )
    .did_you_mean(near)
    .or_help(A_PLACE.0, A_PLACE.1)
}

/// `place`: what an older name stands for.
pub(crate) fn zone_of_no_place(at: Position, given: &str, place: Option<&str>) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "zone-of-no-place",
        format!(
            "„{given}” nie podaje kontynentu i miasta: w takiej strefie niektóre programy pominą \
             czas letni"
        ),
        format!(
            "\"{given}\" does not name a continent and a city: in such a time zone some calendar \
             programs leave summer time out"
        ),
    )
    .did_you_mean(place)
    .or_help(A_PLACE.0, A_PLACE.1)
}

const A_PLACE: (&str, &str) = (
    "napisz kontynent i miasto po angielsku, na przykład Europe/Warsaw",
    "write a continent and a city, such as Europe/Warsaw",
);

/// `right`: whole hours.
pub(crate) fn bad_refresh(at: Position, given: &str, right: Option<u16>) -> Diagnostic {
    let given = quoted(given);
    let right = right.map(|hours| format!("{hours}h"));
    error(
        at,
        "bad-refresh",
        format!("z „{given}” nie wynika, jak często odświeżać kalendarz"),
        format!("\"{given}\" does not tell how often to come back"),
    )
    .write(right.as_deref())
    .or_help(
        "napisz pełne godziny albo dni, od 1h do 720h, na przykład 6h albo 1d",
        "write whole hours or days, from 1h to 720h, such as 6h or 1d",
    )
}

pub(crate) fn bad_number(at: Position, given: &str, right: Option<&str>) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "bad-number",
        format!("„{given}” nie jest liczbą"),
        format!("\"{given}\" is not a number"),
    )
    .write(right)
    .or_help(
        "napisz stopnie z kropką dziesiętną, na przykład 50.07",
        "write degrees with a decimal point, such as 50.07",
    )
}

pub(crate) fn off_the_earth(at: Position, key: &str, given: &str, limit: u8) -> Diagnostic {
    error(
        at,
        "off-the-earth",
        format!("„{key}: {given}” jest poza zakresem od -{limit} do {limit}"),
        format!("\"{key}: {given}\" is off the earth, which ends at -{limit} and {limit}"),
    )
    .or_help(
        "„lat” to szerokość geograficzna, od -90 do 90, a „lon” długość, od -180 do 180",
        "\"lat\" is how far north, -90 to 90; \"lon\" how far east, -180 to 180",
    )
}

pub(crate) fn bad_email(at: Position, given: &str, right: Option<&str>) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "bad-email",
        format!("„{given}” nie jest adresem e-mail"),
        format!("\"{given}\" is not an e-mail address"),
    )
    .write(right)
    .or_help(
        "wpisz jeden adres, na przykład kto@example.org",
        "write one address, such as kto@example.org",
    )
}

pub(crate) fn bad_phone(at: Position, given: &str, right: Option<&str>) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "bad-phone",
        format!("„{given}” nie jest numerem telefonu"),
        format!("\"{given}\" is not a telephone number"),
    )
    .write(right)
    .or_help(
        "wpisz jeden numer: cyfry, spacje i łączniki, ewentualnie + na początku, na przykład \
         12 345 67 89",
        "write one number: digits, spaces and hyphens, + at most at its beginning, such as \
         12 345 67 89",
    )
}

pub(crate) fn unknown_color(at: Position, given: &str, near: Option<&str>) -> Diagnostic {
    let given = quoted(given);
    error(
        at,
        "unknown-color",
        format!("CSS nie zna koloru „{given}”"),
        format!("\"{given}\" is not a colour name of CSS"),
    )
    .did_you_mean(near)
    .or_help(
        "napisz jedną ze 148 angielskich nazw CSS, na przykład teal, navy albo crimson",
        "write one of the 148 English colour names of CSS, such as teal, navy or crimson",
    )
}

/// Something else than one address of a page.
pub(crate) enum NotOneLink<'g> {
    Mail,
    Several,
    /// With marks around it; without them it is this one.
    Within(&'g str),
}

pub(crate) fn not_one_link(at: Position, given: &str, what: &NotOneLink<'_>) -> Diagnostic {
    let given = quoted(given);
    match what {
        NotOneLink::Mail => error(
            at,
            "bad-link",
            format!("„{given}” nie jest adresem strony, tylko poczty"),
            format!("\"{given}\" is not a web address but an e-mail address"),
        )
        .or_help(
            "adres strony zaczyna się od https://; adres poczty wpisz w „email”",
            "a web address begins with https://; the e-mail address goes into \"email\"",
        ),
        NotOneLink::Several => error(
            at,
            "bad-link",
            "tu są dwa adresy albo więcej",
            "two addresses or more stand here",
        )
        .or_help("zostaw jeden", "keep one"),
        NotOneLink::Within(right) => error(
            at,
            "bad-link",
            format!("„{given}” nie jest adresem strony"),
            format!("\"{given}\" is not a web address"),
        )
        .or_help(
            format!("usuń znaki wokół adresu: {right}"),
            format!("take the marks around the address away: {right}"),
        )
        .replaced_by(right),
    }
}

/// What is no link to a page.
pub(crate) fn bad_link(at: Position, given: &str, fault: &LinkFault) -> Diagnostic {
    let given = quoted(given);
    let link = |polish: String, english: String| error(at, "bad-link", polish, english);
    let not_an_address = || {
        link(
            format!("„{given}” nie jest adresem strony"),
            format!("\"{given}\" is not a web address"),
        )
    };
    let copied = |problem: Diagnostic| {
        problem.or_help(
            "skopiuj adres strony z paska przeglądarki: https://…",
            "copy the address of a page from the browser's address bar: https://…",
        )
    };
    match fault {
        LinkFault::NoScheme(right) => {
            let shown = whole(right);
            not_an_address()
                .or_help(
                    format!("dopisz https:// – „{shown}”"),
                    format!("add https:// and write \"{shown}\""),
                )
                .replaced_by(right)
        }
        LinkFault::NoAddress => copied(not_an_address()),
        LinkFault::OtherScheme(scheme) => {
            let scheme = quoted(scheme);
            copied(link(
                format!("adres musi się zaczynać od https:// albo http://, a nie od {scheme}:"),
                format!("an address must begin with https:// or http://, not {scheme}:"),
            ))
        }
        LinkFault::Host(host) if host.is_empty() => copied(link(
            "w adresie brakuje nazwy serwisu".to_owned(),
            "the address names no site".to_owned(),
        )),
        LinkFault::Host(host) => {
            let host = quoted(host);
            copied(link(
                format!("„{host}” nie może być nazwą serwisu"),
                format!("\"{host}\" cannot be a site's name"),
            ))
        }
        LinkFault::HostLetters(host) => {
            let host = quoted(host);
            link(
                format!("nazwa serwisu „{host}” ma litery spoza a-z"),
                format!("the site's name \"{host}\" is not in plain letters"),
            )
            .or_help(
                "napisz go w postaci xn--…, którą przeglądarka kopiuje z paska adresu",
                "write its xn--… form, which the browser copies from its address bar",
            )
        }
        LinkFault::User => link(
            "w adresie jest nazwa użytkownika (@)".to_owned(),
            "the address holds a user's name (@)".to_owned(),
        )
        .or_help(
            "usuń to, co stoi przed @, i samo @",
            "take away what stands before the @, and the @",
        ),
        LinkFault::Character(' ') => link(
            "w adresie jest spacja".to_owned(),
            "the address holds a space".to_owned(),
        )
        .or_help(
            "usuń ją albo skopiuj adres z paska przeglądarki jeszcze raz",
            "take it away, or copy the address from the browser's address bar again",
        ),
        LinkFault::Character(character) => {
            let shown = character_shown(*character);
            link(
                format!("w adresie jest znak {shown}"),
                format!("the address holds the character {shown}"),
            )
            .or_help(
                "skopiuj adres z paska przeglądarki jeszcze raz",
                "copy the address from the browser's address bar again",
            )
        }
        LinkFault::TooLong => link(
            "adres ma ponad 2000 znaków".to_owned(),
            "the address has more than 2,000 characters".to_owned(),
        )
        .or_help("podaj krótszy adres", "link to a shorter one"),
    }
}
