//! Somebody's existing calendar, iCalendar or CSV -> the YAML of a schedule,
//! with a `# TODO` line for whatever could not be taken over.
//!
//! Nothing is fetched, and no clock is read: the present instant is passed in.

mod ics;
mod spreadsheet;
mod times;
mod yaml;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::schedule::Status;
use crate::terminal::is_visible;
use crate::texts::{Bilingual, Language};

/// The largest file that is read, in bytes.
pub(crate) const LARGEST: u64 = 10 << 20;

/// What another calendar tells, as far as a schedule can hold it.
#[derive(Debug, Default)]
struct Found {
    title: Option<String>,
    description: Option<String>,
    organizer: Option<String>,
    /// An IANA name, of what the local hours are.
    zone: Option<String>,
    entries: Vec<Entry>,
    todos: Vec<Todo>,
}

/// One meeting.
#[derive(Debug, Clone)]
struct Entry {
    date: NaiveDate,
    /// From and to, on that date.
    hours: Option<(NaiveTime, NaiveTime)>,
    title: Option<String>,
    place: Option<String>,
    address: Option<String>,
    /// Latitude and longitude.
    location: Option<(f64, f64)>,
    district: Option<String>,
    note: Option<String>,
    status: Status,
    todos: Vec<Todo>,
}

/// Something that could not be taken over, and why.
type Todo = Bilingual;

/// Why a file is no calendar that can be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is not UTF-8: the byte at which it stops to be.
    NotUtf8(usize),
    /// It begins as iCalendar and does not go on so; the parser's words.
    BrokenCalendar(String),
    /// Neither iCalendar nor a table with a column of dates.
    Unknown,
    /// It is larger than [`LARGEST`].
    TooLarge,
}

impl Fault {
    /// What is wrong and what would be right. A reader of Ukrainian gets
    /// English.
    pub(crate) fn message(&self, language: Language) -> String {
        let words = match self {
            Fault::NotUtf8(at) => Bilingual::new(
                format!(
                    "plik nie jest zapisany w UTF-8 (bajt {at}): w arkuszu wybierz „Zapisz jako” \
                     i „CSV UTF-8”"
                ),
                format!(
                    "the file is not UTF-8 (byte {at}): in the spreadsheet choose “Save as” and \
                     “CSV UTF-8”"
                ),
            ),
            Fault::BrokenCalendar(words) => Bilingual::new(
                format!("to nie jest poprawny plik iCalendar: {words}"),
                format!("this is no valid iCalendar file: {words}"),
            ),
            Fault::Unknown => Bilingual::new(
                "to nie jest kalendarz (.ics) ani tabela (.csv) z nagłówkiem: w pierwszym wierszu \
                 tabeli mają stać nazwy kolumn: data, początek, koniec, tytuł, miejsce, adres, \
                 dzielnica, uwagi",
                "this is neither a calendar (.ics) nor a table (.csv) with a header: the first \
                 line of a table names its columns: date, start, end, title, place, address, \
                 district, note",
            ),
            Fault::TooLarge => {
                let megabytes = LARGEST >> 20;
                Bilingual::new(
                    format!("plik może mieć najwyżej {megabytes} MB"),
                    format!("a file may have at most {megabytes} MB"),
                )
            }
        };
        words.get(language).to_owned()
    }
}

/// The YAML of the schedule that `bytes` tell of, with its `# TODO` lines in
/// `language`. Repeating events are written out up to a year after `now`.
///
/// # Errors
/// [`Fault`]: the bytes are no calendar.
pub(crate) fn import(
    bytes: &[u8],
    language: Language,
    now: DateTime<Utc>,
) -> Result<String, Fault> {
    if bytes.len() as u64 > LARGEST {
        return Err(Fault::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| Fault::NotUtf8(error.valid_up_to()))?;
    let text = text.trim_start_matches('\u{feff}');
    let begins = text.trim_start().get(..15);
    let found = if begins.is_some_and(|begins| begins.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        ics::read(text, now)?
    } else {
        spreadsheet::read(text).ok_or(Fault::Unknown)?
    };
    Ok(yaml::write(found, language))
}

/// `text` on one line: white space is one blank, and what cannot be seen or
/// turns the line's direction goes. `None` where nothing is left.
fn one_line(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|it| it.is_whitespace() || is_visible(*it))
        .collect();
    let line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// `text` with its line breaks, each line as [`one_line`] has it, and never
/// two empty lines together.
fn paragraphs(text: &str) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = one_line(line).unwrap_or_default();
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    let text = lines.join("\n").trim().to_owned();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::{Fault, import};
    use crate::schedule;
    use crate::texts::Language;

    fn now() -> DateTime<Utc> {
        "2026-11-25T12:00:00Z".parse().unwrap()
    }

    fn yaml(text: &str) -> String {
        import(text.as_bytes(), Language::English, now()).unwrap()
    }

    fn calendar(event: &str) -> String {
        format!(
            "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Example\nBEGIN:VEVENT\nUID:1\n{event}\
             \nEND:VEVENT\nEND:VCALENDAR\n"
        )
    }

    #[test]
    fn an_endless_rule_ends_a_year_ahead_and_says_so() {
        let yaml = yaml(&calendar(
            "DTSTART;TZID=Europe/Warsaw:20260918T140000\nDURATION:PT4H\nRRULE:FREQ=MONTHLY;BYDAY=3FR",
        ));
        let dates = yaml.matches("    date: ").count();
        assert_eq!(dates, 15, "{yaml}");
        assert!(yaml.contains("date: 2027-11-19"), "{yaml}");
        assert!(yaml.contains("written out until 2027-11-19"), "{yaml}");
    }

    #[test]
    fn an_hour_in_utc_is_told_by_the_clock_of_the_place() {
        let in_winter_and_summer =
            calendar("DTSTART:20260313T130000Z\nDTEND:20260313T170000Z\nRDATE:20260619T120000Z")
                .replace("X-WR", "X-WR-TIMEZONE:Europe/Warsaw\nX-WR");
        let yaml = yaml(&in_winter_and_summer);
        assert!(yaml.contains("window: 14:00-18:00"), "{yaml}");
        assert!(yaml.contains("date: 2026-06-19"), "{yaml}");
    }

    #[test]
    fn zones_are_known_by_path_and_by_the_names_of_windows() {
        for (tzid, name) in [
            ("/example.org/20240101_1/Europe/Warsaw", "Europe/Warsaw"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("\"FLE Standard Time\"", "Europe/Kiev"),
        ] {
            let yaml = yaml(&calendar(&format!(
                "DTSTART;TZID={tzid}:20260918T140000\nDURATION:PT4H"
            )));
            assert!(yaml.contains(&format!("timezone: {name}\n")), "{yaml}");
        }
    }

    #[test]
    fn a_foreign_text_is_never_more_than_a_text() {
        let hostile = "x\\nsessions: []\\n# y\\n- &a *a {[\u{202e}\u{2028}\u{7}";
        let event = format!(
            "DTSTART:20260918T140000Z\nDTEND:20260918T150000Z\nSUMMARY:{hostile}\nLOCATION:{hostile}\
             \nDESCRIPTION:{hostile}\nURL:{hostile}\nCATEGORIES:{hostile}"
        );
        let yaml = yaml(&calendar(&event));
        let read = schedule::read(yaml.as_bytes(), now().date_naive());
        let problems = read.err().map_or(0, |rejected| rejected.problems.len());
        // The zone and the venue's district are not told.
        assert_eq!(problems, 2, "{yaml}");
    }

    #[test]
    fn what_is_no_calendar_is_refused_in_words() {
        let fault = |bytes: &[u8]| import(bytes, Language::Polish, now()).unwrap_err();
        assert_eq!(fault(b""), Fault::Unknown);
        assert_eq!(fault(b"a,b\n1,2\n"), Fault::Unknown);
        assert_eq!(fault(b"data;tytu\xb3\n"), Fault::NotUtf8(9));
        let broken = fault(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n");
        assert!(matches!(broken, Fault::BrokenCalendar(_)), "{broken:?}");
    }
}
