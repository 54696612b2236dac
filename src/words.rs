//! The words that feeds and pages share, in each language: what a status and a
//! way in are called.

use crate::dates::time;
use crate::language::Language;
use crate::schedule::{Access, Session, Status};

/// One of three words, by language.
pub(crate) const fn pick(
    language: Language,
    polish: &'static str,
    english: &'static str,
    ukrainian: &'static str,
) -> &'static str {
    match language {
        Language::Polish => polish,
        Language::English => english,
        Language::Ukrainian => ukrainian,
    }
}

/// What stands before the title of a session that is off, such as
/// `ODWOŁANE: `; empty for one that is on. The only sign of a cancellation
/// that every calendar program shows.
pub const fn status_prefix(status: Status, language: Language) -> &'static str {
    match status {
        Status::Confirmed | Status::Tentative => "",
        Status::Cancelled => pick(language, "ODWOŁANE: ", "CANCELLED: ", "СКАСОВАНО: "),
        Status::Postponed => pick(language, "PRZEŁOŻONE: ", "POSTPONED: ", "ПЕРЕНЕСЕНО: "),
    }
}

/// A way to get in or take part, in words.
pub const fn access(access: Access, language: Language) -> &'static str {
    match access {
        Access::StepFree => pick(
            language,
            "wejście bez progów i schodów",
            "step-free entrance",
            "вхід без порогів і сходів",
        ),
        Access::AccessibleToilet => pick(
            language,
            "dostępna toaleta",
            "accessible toilet",
            "доступний туалет",
        ),
        Access::HearingLoop => pick(
            language,
            "pętla indukcyjna",
            "hearing loop",
            "індукційна петля",
        ),
        Access::SignLanguage => pick(
            language,
            "tłumaczenie na polski język migowy",
            "sign language interpreting",
            "переклад жестовою мовою",
        ),
    }
}

/// What stands where the place is not known yet.
pub const fn place_to_be_announced(language: Language) -> &'static str {
    pick(
        language,
        "miejsce wkrótce podamy",
        "place to be announced",
        "місце оголосимо згодом",
    )
}

/// What a session that is off says of itself first; `None` for one that is on.
pub const fn status_notice(status: Status, language: Language) -> Option<&'static str> {
    match status {
        Status::Confirmed | Status::Tentative => None,
        Status::Cancelled => Some(pick(
            language,
            "To spotkanie się nie odbędzie.",
            "This meeting will not take place.",
            "Ця зустріч не відбудеться.",
        )),
        Status::Postponed => Some(pick(
            language,
            "To spotkanie nie odbędzie się w tym terminie. Nowy termin podamy wkrótce.",
            "This meeting will not take place on this date. A new date will be announced.",
            "Ця зустріч не відбудеться в цей день. Нову дату оголосимо згодом.",
        )),
    }
}

/// What a session without a place tells its subscribers.
pub const fn place_will_appear_here(language: Language) -> &'static str {
    pick(
        language,
        "Miejsce podamy wkrótce: pojawi się tu samo.",
        "The place is still to be announced and will appear here by itself.",
        "Місце оголосимо згодом: воно зʼявиться тут саме.",
    )
}

/// What stands before the name of who runs a venue.
pub const fn host(language: Language) -> &'static str {
    pick(language, "Gospodarz miejsca", "Run by", "Господар місця")
}

/// What stands before a venue's access features.
pub const fn accessibility(language: Language) -> &'static str {
    pick(language, "Dostępność", "Accessibility", "Доступність")
}

/// The districts of a city-wide session.
pub const fn all_districts(language: Language) -> &'static str {
    pick(
        language,
        "wszystkie dzielnice",
        "all districts",
        "усі райони",
    )
}

/// What stands at no path says where to begin.
pub fn nothing_here(landing: &str, language: Language) -> String {
    match language {
        Language::Polish => format!("404: pod tym adresem nic nie ma. Zacznij tutaj: {landing}\n"),
        Language::English => {
            format!("404: there is nothing at this address. Begin here: {landing}\n")
        }
        Language::Ukrainian => {
            format!("404: за цією адресою нічого немає. Почніть тут: {landing}\n")
        }
    }
}

/// A district that does not exist, and those that may have been meant, a line
/// each.
pub fn unknown_district(asked: &str, nearest: &[String], language: Language) -> String {
    let (no_such, meant, see) = match language {
        Language::Polish => (
            "nie ma dzielnicy",
            "Czy chodziło o:",
            "Wszystkie dzielnice są na stronie głównej.",
        ),
        Language::English => (
            "there is no district",
            "Did you mean:",
            "All districts are on the first page.",
        ),
        Language::Ukrainian => (
            "немає району",
            "Можливо, ви мали на увазі:",
            "Усі райони є на головній сторінці.",
        ),
    };
    let mut message = format!("404: {no_such} „{asked}”. ");
    if nearest.is_empty() {
        message.push_str(see);
    } else {
        message.push_str(meant);
        for line in nearest {
            message.push_str("\n  ");
            message.push_str(line);
        }
    }
    message.push('\n');
    message
}

/// The title of a session as people read it: its own, else the calendar's
/// with the venue's name.
pub fn title(session: &Session, calendar_title: &str, language: Language) -> String {
    if let Some(title) = &session.title {
        return title.get(language).to_owned();
    }
    let place = session
        .place
        .venue()
        .map_or(place_to_be_announced(language), |venue| {
            venue.name.get(language)
        });
    format!("{calendar_title}: {place}")
}

/// The local hours of a session: `14:00–18:00`.
pub fn hours(session: &Session) -> String {
    format!(
        "{}–{}",
        time(session.start.time()),
        time(session.end.time())
    )
}
