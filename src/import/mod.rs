//! Somebody's existing calendar, iCalendar or CSV -> the YAML of a schedule,
//! with a `# TODO` line for whatever could not be taken over.
//!
//! Nothing is fetched, and no clock is read: the present instant is passed in.

mod ics;
mod spreadsheet;
mod times;
mod yaml;

use std::collections::HashSet;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};

use crate::schedule::{Coordinates, Status, YEARS};
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
    location: Option<Coordinates>,
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
    /// It begins as iCalendar and does not go on so.
    BrokenCalendar,
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
            Fault::BrokenCalendar => Bilingual::new(
                "ten plik iCalendar jest ucięty albo uszkodzony: wyeksportuj kalendarz jeszcze raz",
                "this iCalendar file is cut off or broken: export the calendar once more",
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
    let mut found = if begins.is_some_and(|begins| begins.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        ics::read(text, now)?
    } else {
        spreadsheet::read(text).ok_or(Fault::Unknown)?
    };
    without_repeats(&mut found);
    Ok(yaml::write(found, language))
}

/// Leaves out what a schedule cannot hold: the same meeting twice, as
/// calendars that were joined have it, and years that nobody lives in.
fn without_repeats(found: &mut Found) {
    let all = found.entries.len();
    let mut seen = HashSet::new();
    found.entries.retain(|entry| {
        let Entry {
            date,
            hours,
            title,
            place,
            district,
            status,
            ..
        } = entry;
        let key = (
            *date,
            *hours,
            title.clone(),
            place.clone(),
            district.clone(),
        );
        seen.insert((key, status.key()))
    });
    let repeated = all - found.entries.len();
    if repeated > 0 {
        found.todos.push(Todo::new(
            format!("to samo spotkanie więcej niż raz (zbędnych: {repeated}): przeniesiono je raz"),
            format!(
                "the same meeting more than once ({repeated} too many): it was taken over once"
            ),
        ));
    }
    let all = found.entries.len();
    found
        .entries
        .retain(|entry| YEARS.contains(&entry.date.year()));
    let odd = all - found.entries.len();
    if odd > 0 {
        let (from, to) = (YEARS.start(), YEARS.end());
        found.todos.push(Todo::new(
            format!("lata spoza {from}–{to} ({odd}): tych spotkań nie przeniesiono"),
            format!("years outside {from}–{to} ({odd}): these meetings were left out"),
        ));
    }
}

/// `text` on one line: white space is one blank, and what cannot be seen or
/// turns the line's direction goes. `None` where nothing is left that says
/// anything.
fn one_line(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|it| it.is_whitespace() || is_visible(*it))
        .collect();
    let line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    line.contains(char::is_alphanumeric).then_some(line)
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

    fn problems(yaml: &str) -> Vec<&'static str> {
        let read = schedule::read(yaml.as_bytes(), now().date_naive());
        let problems = read.err().map_or(Vec::new(), |rejected| rejected.problems);
        problems.into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn a_table_loses_no_district_and_no_hours_without_a_word() {
        let yaml = yaml(
            "data;godziny;miejsce;dzielnica\n2027-01-15;14-18;Cafe;East\n15 lutego 2027;9.00-13.00;Cafe;West\n\
             2027-03-12;po południu;Cafe;East\n",
        );
        assert!(yaml.contains("window: 09:00-13:00"), "{yaml}");
        assert!(yaml.contains("date: 2027-02-15"), "{yaml}");
        assert!(
            yaml.contains("# TODO Cafe: the file also has the district “west”"),
            "{yaml}"
        );
        assert!(yaml.contains("# TODO hours “po południu”"), "{yaml}");
        let without = super::tests::yaml("date,place,district\n2027-01-15,Cafe,East\n");
        assert!(without.contains("# TODO window: "), "{without}");
    }

    #[test]
    fn places_that_an_id_cannot_tell_apart_are_two() {
        let yaml = yaml(
            "date,start,end,place,district\n2027-01-15,14,18,Бібліотека,East\n2027-02-12,14,18,Кав’ярня,East\n",
        );
        assert_eq!(yaml.matches("  - id: place").count(), 2, "{yaml}");
        assert!(
            problems(&yaml).iter().all(|code| *code == "missing-key"),
            "{yaml}"
        );
    }

    #[test]
    fn the_same_meeting_is_taken_over_once_and_impossible_places_never() {
        let event = "DTSTART:20270115T130000Z\nDTEND:20270115T170000Z\nSUMMARY:A\nLOCATION:Cafe\nGEO:nan;400";
        let twice = format!("{event}\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\n{event}");
        let yaml = yaml(&calendar(&twice));
        assert_eq!(yaml.matches("    date: ").count(), 1, "{yaml}");
        assert!(
            yaml.contains("# TODO the same meeting more than once (1"),
            "{yaml}"
        );
        assert!(!yaml.contains("location:"), "{yaml}");
        let old = calendar("DTSTART;VALUE=DATE:16010101\nSUMMARY:A");
        assert!(super::tests::yaml(&old).contains("# TODO years outside"));
    }

    #[test]
    fn a_place_of_apple_has_its_point_and_a_private_event_is_told() {
        let yaml = yaml(&calendar(
            "DTSTART;TZID=Europe/Warsaw:20270115T140000\nDURATION:PT4H\nSUMMARY:A\nLOCATION:Cafe\nCLASS:PRIVATE\n\
             X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=\"Cafe\":geo:50.0712,20.0378",
        ));
        assert!(yaml.contains("lat: 50.0712"), "{yaml}");
        assert!(yaml.contains("# TODO CLASS “PRIVATE”"), "{yaml}");
    }

    #[test]
    fn endless_rules_are_answered_in_time_and_memory() {
        let event = "DTSTART:20200101T130000Z\nDURATION:PT1M\nRRULE:FREQ=MINUTELY\nSUMMARY:A";
        let many = vec![event; 200].join("\nEND:VEVENT\nBEGIN:VEVENT\n");
        let yaml = yaml(&calendar(&many));
        assert!(yaml.matches("    date: ").count() <= 20_000);
        let weekly = super::tests::yaml(&calendar(
            "DTSTART:20100101T130000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY\nSUMMARY:A",
        ));
        assert!(weekly.contains("date: 2027-11-"), "{weekly}");
    }

    #[test]
    fn a_long_calendar_takes_as_long_as_its_length() {
        let event = "DTSTART:20270115T130000Z\nDTEND:20270115T170000Z\nSUMMARY:A";
        let many = (0..4_000).map(|at| format!("{event}{at}"));
        let many = many
            .collect::<Vec<_>>()
            .join("\nEND:VEVENT\nBEGIN:VEVENT\n");
        let start = std::time::Instant::now();
        assert_eq!(yaml(&calendar(&many)).matches("    date: ").count(), 4_000);
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }

    #[test]
    fn what_is_no_calendar_is_refused_in_words() {
        let fault = |bytes: &[u8]| import(bytes, Language::Polish, now()).unwrap_err();
        assert_eq!(fault(b""), Fault::Unknown);
        assert_eq!(fault(b"a,b\n1,2\n"), Fault::Unknown);
        assert_eq!(fault(b"data;tytu\xb3\n"), Fault::NotUtf8(9));
        let broken = fault(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n");
        assert_eq!(broken, Fault::BrokenCalendar);
    }
}
