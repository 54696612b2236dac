//! The words that feeds and pages share, in each language: what a status, a
//! way in and a date are called.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

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

/// The name of a weekday, in the nominative: `piątek`.
pub fn weekday(date: NaiveDate, language: Language) -> &'static str {
    const POLISH: [&str; 7] = [
        "poniedziałek",
        "wtorek",
        "środa",
        "czwartek",
        "piątek",
        "sobota",
        "niedziela",
    ];
    const ENGLISH: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    const UKRAINIAN: [&str; 7] = [
        "понеділок",
        "вівторок",
        "середа",
        "четвер",
        "пʼятниця",
        "субота",
        "неділя",
    ];
    let day = date.weekday().num_days_from_monday() as usize;
    match language {
        Language::Polish => POLISH[day],
        Language::English => ENGLISH[day],
        Language::Ukrainian => UKRAINIAN[day],
    }
}

/// A date's month as it stands after the day: `marca`, `March`, `березня`.
fn month(date: NaiveDate, language: Language) -> &'static str {
    const POLISH: [&str; 12] = [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ];
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const UKRAINIAN: [&str; 12] = [
        "січня",
        "лютого",
        "березня",
        "квітня",
        "травня",
        "червня",
        "липня",
        "серпня",
        "вересня",
        "жовтня",
        "листопада",
        "грудня",
    ];
    let month = date.month0() as usize;
    match language {
        Language::Polish => POLISH[month],
        Language::English => ENGLISH[month],
        Language::Ukrainian => UKRAINIAN[month],
    }
}

/// A date without its weekday: `13 marca 2026`, `13 March 2026`,
/// `13 березня 2026`.
pub fn date(date: NaiveDate, language: Language) -> String {
    format!("{} {} {}", date.day(), month(date, language), date.year())
}

/// A date of a year that need not be told: `13 marca`.
pub fn day_and_month(date: NaiveDate, language: Language) -> String {
    format!("{} {}", date.day(), month(date, language))
}

/// A date with its weekday: `piątek, 13 marca 2026`.
pub fn long_date(day: NaiveDate, language: Language) -> String {
    match language {
        Language::English => format!("{} {}", weekday(day, language), date(day, language)),
        Language::Polish | Language::Ukrainian => {
            format!("{}, {}", weekday(day, language), date(day, language))
        }
    }
}

/// A time of day on the 24-hour clock: `14:00`.
pub fn time(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The local hours of a session: `14:00–18:00`.
pub fn hours(session: &Session) -> String {
    format!(
        "{}–{}",
        time(session.start.time()),
        time(session.end.time())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 13).unwrap();
        for (language, expected) in [
            (Language::Polish, "piątek, 13 marca 2026"),
            (Language::English, "Friday 13 March 2026"),
            (Language::Ukrainian, "пʼятниця, 13 березня 2026"),
        ] {
            assert_eq!(long_date(day, language), expected);
        }
    }
}
