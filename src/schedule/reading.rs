//! The bytes of a schedule -> a [`Schedule`], or every problem of them.

use chrono::NaiveDate;

use super::calendar::calendar;
use super::districts::districts;
use super::fields::Fields;
use super::findings::Findings;
use super::node::{self, Node, Value};
use super::problem::{Kind, Position, Problem, Section};
use super::sessions::{self, sessions, withdrawn};
use super::venues::{self, venues};
use super::{Schedule, lines};

/// The most bytes that a schedule may have: room for twenty thousand sessions
/// with a note each, and little enough to be read within a second.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// A schedule that can be published.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What the file says.
    pub schedule: Schedule,
    /// What looks odd about it, in the file's order.
    pub warnings: Vec<Problem>,
}

/// Why a schedule cannot be published.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejected {
    /// What must be mended, at least one, in the file's order. Past a
    /// thousand the last one only counts the rest.
    pub problems: Vec<Problem>,
    /// What looks odd besides.
    pub warnings: Vec<Problem>,
}

/// Reads a schedule. `today` decides which dates are years away.
///
/// # Errors
/// [`Rejected`] with every problem of the file where there is any.
pub fn read(bytes: &[u8], today: NaiveDate) -> Result<Reading, Rejected> {
    let mut findings = Findings::new();
    let schedule = text(bytes, &mut findings)
        .and_then(|text| node::parse(text, &mut findings))
        .and_then(|root| schedule(&root, today, &mut findings));
    let (problems, warnings) = findings.into_lists();
    match schedule {
        Some(schedule) if problems.is_empty() => Ok(Reading { schedule, warnings }),
        _ => Err(Rejected { problems, warnings }),
    }
}

/// The bytes as text, without a byte order mark.
fn text<'b>(bytes: &'b [u8], findings: &mut Findings) -> Option<&'b str> {
    if bytes.len() > LARGEST {
        let bytes = bytes.len();
        findings.error(Position::TOP, Kind::TooLarge { bytes });
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let good = str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            findings.error(end_of(good), Kind::NotUtf8);
            None
        }
    }
}

/// The place right behind `text`.
fn end_of(text: &str) -> Position {
    let (mut line, mut column) = (0, 1);
    for words in lines::lines(text) {
        line += 1;
        column = words.chars().count() + 1;
    }
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position {
        line: number(line),
        column: number(column),
        length: 1,
    }
}

fn schedule(root: &Node<'_>, today: NaiveDate, findings: &mut Findings) -> Option<Schedule> {
    if matches!(root.value, Value::Scalar { .. } | Value::List(_)) {
        findings.error(root.place, Kind::NoKeys);
        return None;
    }
    let fields = Fields::read("calendar", root, Section::Schedule, findings)?;
    let calendar_field = fields.required("calendar", findings);
    let calendar = calendar(calendar_field, findings);
    let (districts, district_register) =
        districts(fields.optional("districts"), calendar.own, findings);
    let (venues, venue_register) = venues(
        fields.optional("venues"),
        venues::Surroundings {
            districts: &district_register,
            own: calendar.own,
            zone: calendar.zone.as_ref(),
        },
        findings,
    );
    let (sessions, session_lines) = sessions(
        fields.optional("sessions"),
        sessions::Surroundings {
            districts: &district_register,
            venues: &venue_register,
            own: calendar.own,
            zone: calendar.zone.as_ref(),
            hours: calendar.hours,
            today,
        },
        findings,
    );
    let withdrawn = withdrawn(fields.optional("withdrawn"), &session_lines, findings);
    Some(Schedule {
        calendar: calendar.calendar?,
        districts,
        venues,
        sessions,
        withdrawn,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 6).expect("a date")
    }

    #[test]
    fn the_kept_schedule_is_good() {
        let reading = read(include_bytes!("../../data/schedule.yaml"), today()).expect("good");
        assert_eq!(reading.warnings, []);
        let schedule = reading.schedule;
        assert_eq!(schedule.districts().len(), 18);
        let [session] = schedule.sessions() else {
            panic!("one session was announced");
        };
        assert_eq!(session.start.to_rfc3339(), "2026-03-13T14:00:00+01:00");
        assert_eq!(session.end.to_rfc3339(), "2026-03-13T18:00:00+01:00");
        let venue = session.place.venue().expect("a place was announced");
        assert_eq!(venue.district.name.get(Language::Polish), "Nowa Huta");
        assert_eq!((&venue.address, &venue.location), (&None, &None));
    }
}
