//! What only shows beside what was published before, or beside the clock.

use chrono::NaiveDate;

use crate::texts::Language::{English, Polish};
use crate::texts::dates;

use super::{Diagnostic, Position, error, plural, warning};

/// The history beside the schedule is that of the calendar `before`.
pub(crate) fn other_calendar(at: Position, before: &str, now: &str) -> Diagnostic {
    error(
        at,
        "other-calendar",
        format!("historia obok jest historią kalendarza „{before}”, a to jest „{now}”"),
        format!("the history is that of the calendar \"{before}\", and this is \"{now}\""),
    )
    .or_help(
        format!(
            "„id” kalendarza nigdy się nie zmienia: przywróć „id: {before}” pod „calendar”; nowy \
             kalendarz zaczyna z własną historią, w innym folderze"
        ),
        format!(
            "a calendar's id never changes: put \"id: {before}\" back under \"calendar\"; a new \
             calendar begins with a history of its own, in another folder"
        ),
    )
}

/// Ids and aliases of a district that were published and that nobody answers
/// to. `heir` is the district that seems to stand in its place, and `aliases`
/// those that it then needs.
pub(crate) fn lost_address(
    at: Position,
    lost: &[&str],
    heir: Option<&str>,
    aliases: &str,
) -> Diagnostic {
    let (polish, english) = (lost.join("”, „"), lost.join("\", \""));
    let problem = error(
        at,
        "lost-address",
        format!(
            "dzielnica „{polish}” była ogłoszona, a teraz żadna nie ma takiego „id” ani aliasu"
        ),
        format!("the district \"{english}\" was published, and now none has that id or alias"),
    );
    match heir {
        Some(heir) => problem.or_help(
            format!(
                "ludzie subskrybują ten adres: przywróć, co było, albo daj dzielnicy „{heir}” \
                 „aliases: [{aliases}]”"
            ),
            format!(
                "people subscribe to that address: put it back as it was, or give the district \
                 \"{heir}\" \"aliases: [{aliases}]\""
            ),
        ),
        None => problem.or_help(
            format!(
                "ludzie subskrybują ten adres: przywróć dzielnicę, a jeśli zastąpiła ją inna, dopisz \
                 tamtej „aliases: [{aliases}]” (obok aliasów, które już ma)"
            ),
            format!(
                "people subscribe to that address: put the district back, or, where another took \
                 its place, give that one \"aliases: [{aliases}]\" (beside those that it has)"
            ),
        ),
    }
}

/// A district's number that was published and that nobody answers to;
/// `aliases` are those with which it is answered again.
pub(crate) fn lost_number(at: Position, number: &str, aliases: Option<&str>) -> Diagnostic {
    let problem = warning(
        at,
        "lost-number",
        format!("numer „{number}” był ogłoszony, a teraz nie prowadzi do żadnej dzielnicy"),
        format!("the number \"{number}\" was published, and now it finds no district"),
    );
    match aliases {
        Some(aliases) => problem.or_help(
            format!("żeby adresy z tym numerem dalej działały, napisz „aliases: [{aliases}]”"),
            format!("for addresses with that number to work on, write \"aliases: [{aliases}]\""),
        ),
        None => problem.or_help("czy tak ma być?", "is that meant?"),
    }
}

/// A new or moved session in the past.
pub(crate) fn date_over(at: Position, date: NaiveDate, is_new: bool) -> Diagnostic {
    let (polish, english) = if is_new {
        ("nowe spotkanie", "a new session")
    } else {
        ("przeniesione spotkanie", "a moved session")
    };
    warning(
        at,
        "date-over",
        format!(
            "{polish} ma datę, która już minęła ({})",
            dates::date(date, Polish)
        ),
        format!(
            "{english} has a date that is over ({})",
            dates::date(date, English)
        ),
    )
    .or_help(
        "czy rok i miesiąc się zgadzają?",
        "are year and month right?",
    )
}

/// Hours or zone of the calendar that would tell sessions of the past
/// otherwise. `kept`: their ids and the hours that keep them.
pub(crate) fn past_rewritten(at: Position, kept: &[(String, String)]) -> Diagnostic {
    const MOST: usize = 10;
    let count = kept.len();
    let sessions = plural(
        count,
        "spotkania, które już się odbyło",
        "spotkań, które już się odbyły",
        "spotkań, które już się odbyły",
    );
    let (them, english) = if count == 1 {
        ("1 session that is over", "it")
    } else {
        ("sessions that are over", "them")
    };
    let them = if count == 1 {
        them.to_owned()
    } else {
        format!("{count} {them}")
    };
    let lines: Vec<String> = kept
        .iter()
        .take(MOST)
        .map(|(id, window)| format!("{id} – „window: {window}”"))
        .collect();
    let english_lines: Vec<String> = kept
        .iter()
        .take(MOST)
        .map(|(id, window)| format!("{id} – \"window: {window}\""))
        .collect();
    let more = if count > MOST { ", …" } else { "" };
    warning(
        at,
        "past-rewritten",
        format!("ta zmiana przepisuje godziny {count} {sessions}"),
        format!("this change rewrites the hours of {them}"),
    )
    .or_help(
        format!(
            "żeby zostały takie, jakie były, dopisz: {}{more}",
            lines.join(", ")
        ),
        format!(
            "to keep {english} as published, add: {}{more}",
            english_lines.join(", ")
        ),
    )
}

/// No session ahead for longer than the rhythm.
pub(crate) fn nothing_ahead(at: Position, last: NaiveDate) -> Diagnostic {
    warning(
        at,
        "nothing-ahead",
        format!(
            "ostatnie spotkanie było {}, a następnego nie ma dłużej, niż mówi „rhythm”",
            dates::date(last, Polish)
        ),
        format!(
            "the last session was on {}, and none is ahead for longer than \"rhythm\" says",
            dates::date(last, English)
        ),
    )
    .or_help(
        "dopisz następne spotkanie; jeśli cykl ma przerwę, powiedz o tym w „description”",
        "add the next session; if the cycle pauses, say so in \"description\"",
    )
}

/// No declaration of accessibility.
pub(crate) fn no_declaration(at: Position) -> Diagnostic {
    warning(
        at,
        "no-declaration",
        "nie ma deklaracji dostępności, której ustawa wymaga od podmiotu publicznego",
        "there is no declaration of accessibility, which the law asks of a public body",
    )
    .or_help(
        "jeśli stronę prowadzi podmiot publiczny, dopisz „accessibility”",
        "if a public body runs the site, add \"accessibility\"",
    )
}

/// A declaration of accessibility that lacks what inspectors look for.
pub(crate) fn declaration_incomplete(at: Position, key: &str) -> Diagnostic {
    let (polish, english) = if key == "exceptions" {
        (
            "co nie jest dostępne i dlaczego",
            "what is not accessible, and why",
        )
    } else {
        (
            "dostępność architektoniczną siedziby",
            "how to get into the building",
        )
    };
    warning(
        at,
        "declaration-incomplete",
        format!("w deklaracji dostępności brakuje „{key}”"),
        format!("the declaration of accessibility lacks \"{key}\""),
    )
    .or_help(
        format!("dopisz „{key}”: {polish}"),
        format!("add \"{key}\": {english}"),
    )
}

/// A line of the history that is no record.
pub(crate) fn history_line_unreadable(line: usize) -> Diagnostic {
    warning(
        Position::NOWHERE,
        "history-line",
        format!("wiersz {line} historii nie daje się odczytać i jest pomijany"),
        format!("line {line} of the history cannot be read and is left aside"),
    )
    .or_help(
        "niczego w historii nie poprawiaj ręcznie; jeśli zostały w niej znaki konfliktu, zostaw \
         wiersze obu stron i usuń same znaki",
        "mend nothing in the history by hand; where marks of a merge are left, keep the lines of \
         both sides and take away the marks alone",
    )
}

/// What a comparison with the history finds, in words of its own.
pub(crate) fn of_history(
    code: &'static str,
    (polish, english): (String, String),
    (polish_help, english_help): (String, String),
) -> Diagnostic {
    warning(Position::NOWHERE, code, polish, english).or_help(polish_help, english_help)
}
