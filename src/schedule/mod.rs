//! YAML text -> [`Schedule`], or every [`Diagnostic`] that keeps it from being
//! one.
//!
//! This is the only place that knows YAML. A `Schedule` that exists is valid:
//! every reference is resolved, every text is free of control characters,
//! every session has one beginning and one end in real time. Nothing here
//! reads a clock or a file.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

mod calendar;
mod color;
pub(crate) mod diagnostic;
mod districts;
mod entries;
mod fields;
mod guess;
mod lint;
mod model;
mod recovery;
mod register;
pub mod report;
mod schema;
mod sessions;
mod slips;
mod syntax;
mod text;
mod value;
mod venues;
mod web_address;
mod wording;
mod yaml;

pub use color::Color;
pub(crate) use diagnostic::Diagnostics;
pub use diagnostic::{Diagnostic, Fix, Position};
pub(crate) use guess::{YEARS, meant_date, meant_window};
pub use guess::{folded, id_like};
pub use model::{
    Access, Accessibility, Calendar, Cancellations, Conformance, Coordinates, District, Districts,
    Email, Id, Link, Phone, Place, Refresh, Results, Rhythm, Schedule, Session, Status, Venue,
};
pub use schema::SCHEMA;
pub(crate) use text::{is_line, is_paragraphs};
pub use web_address::WebAddress;

use crate::digest::hex;

use calendar::{Read, calendar};
use diagnostic::{slips as slip, slips::Foreign, syntax as say};
use districts::districts;
use entries::sort_out;
use fields::{Fields, Section};
use recovery::recover;
use sessions::{sessions, withdrawn};
use venues::venues;
use yaml::{Node, Value};

/// The most bytes that a schedule may have: room for twenty thousand sessions
/// with a note each, and little enough to be read within a second.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// A schedule that can be published.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What the file says.
    pub schedule: Schedule,
    /// What looks odd about it, in the file's order.
    pub warnings: Vec<Diagnostic>,
    /// Where what it says stands in the file.
    pub(crate) positions: Positions,
}

/// Where the parts of a schedule stand in its file.
#[derive(Debug, Clone)]
pub(crate) struct Positions {
    pub(crate) calendar: Position,
    /// Of the values of these keys, or of the calendar where they are not
    /// there.
    pub(crate) timezone: Position,
    pub(crate) window: Position,
    pub(crate) rhythm: Position,
    pub(crate) accessibility: Position,
    /// Of each district's id.
    pub(crate) districts: HashMap<Id, Position>,
    pub(crate) sessions: HashMap<Id, SessionPositions>,
}

/// Where a session stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SessionPositions {
    pub(crate) date: Position,
    /// Whether it names its own hours.
    pub(crate) own_window: bool,
}

/// Why a schedule cannot be published.
#[derive(Debug, Clone, PartialEq)]
pub struct Rejected {
    /// What must be mended, at least one, in the file's order. Past a
    /// thousand the last one only counts the rest.
    pub problems: Vec<Diagnostic>,
    /// What looks odd besides.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a schedule. `today` decides which dates are years away.
///
/// # Errors
/// [`Rejected`] with every problem of the file where there is any.
pub fn read(bytes: &[u8], today: NaiveDate) -> Result<Reading, Rejected> {
    let mut diagnostics = Diagnostics::new();
    let Some(text) = text(bytes, &mut diagnostics) else {
        return outcome(None, diagnostics);
    };
    let unreadable = match yaml::parse(text, "", &mut diagnostics) {
        Ok(root) => {
            let schedule = root.and_then(|root| schedule(root, today, &mut diagnostics));
            if !diagnostics.has_errors() || diagnostics.are_full() {
                let schedule = schedule.map(|(schedule, positions)| {
                    let digest = hex(&Sha256::digest(bytes)[..8]);
                    (Schedule { digest, ..schedule }, positions)
                });
                return outcome(schedule, diagnostics);
            }
            None
        }
        Err(problem) => Some(problem),
    };
    let twice = diagnostics.lines_of("duplicate-key");
    let Some(recovered) = recover(text, unreadable.as_deref(), &twice) else {
        if let Some(problem) = unreadable {
            diagnostics.add(*problem);
        }
        return outcome(None, diagnostics);
    };
    let mut diagnostics = Diagnostics::new();
    if let Ok(Some(root)) = yaml::parse(&recovered.text, &recovered.lost, &mut diagnostics) {
        let _ = schedule(root, today, &mut diagnostics);
    }
    diagnostics.put_back(text, &recovered.text);
    diagnostics.prepend(recovered.slips);
    outcome(None, diagnostics)
}

fn outcome(
    schedule: Option<(Schedule, Positions)>,
    diagnostics: Diagnostics,
) -> Result<Reading, Rejected> {
    let (problems, warnings) = diagnostics.into_lists();
    match schedule {
        Some((schedule, positions)) if problems.is_empty() => Ok(Reading {
            schedule,
            warnings,
            positions,
        }),
        _ => Err(Rejected { problems, warnings }),
    }
}

/// The bytes as text, without a byte order mark.
fn text<'b>(bytes: &'b [u8], diagnostics: &mut Diagnostics) -> Option<&'b str> {
    if bytes.len() > LARGEST {
        diagnostics.add(say::too_large(Position::TOP, bytes.len()));
        return None;
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(what) = foreign(bytes) {
        let first_line = yaml::lines(&String::from_utf8_lossy(&bytes[..bytes.len().min(200)]))
            .next()
            .map_or(1, |line| line.trim_end().chars().count());
        let at = Position {
            length: u32::try_from(first_line).unwrap_or(1).max(1),
            ..Position::TOP
        };
        diagnostics.add(slip::foreign_file(at, what));
        return None;
    }
    match str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let good = str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            diagnostics.add(say::not_utf8(yaml::end_of(good)));
            None
        }
    }
}

/// What the file is instead; `None` where it may be a schedule.
fn foreign(bytes: &[u8]) -> Option<Foreign> {
    let start = bytes.trim_ascii_start();
    for (mark, what) in [
        (&b"%PDF"[..], Foreign::Pdf),
        (b"{\\rtf", Foreign::Rtf),
        (b"PK\x03\x04", Foreign::Office),
        (b"\xd0\xcf\x11\xe0", Foreign::Office),
        (b"BEGIN:VCALENDAR", Foreign::ICalendar),
        (b"{\"at\":", Foreign::History),
    ] {
        if start.starts_with(mark) {
            return Some(what);
        }
    }
    let head = &start[..start.len().min(15)].to_ascii_lowercase();
    if [
        &b"<!doctype html"[..],
        b"<html",
        b"<?xml",
        b"<head",
        b"<body",
    ]
    .iter()
    .any(|mark| head.starts_with(mark))
    {
        return Some(Foreign::Html);
    }
    let text = str::from_utf8(&bytes[..bytes.len().min(4_000)])
        .or_else(|error| str::from_utf8(&bytes[..error.valid_up_to()]))
        .ok()?;
    let first = yaml::lines(text).find(|line| !line.trim().is_empty())?;
    let is_row = |mark: char| first.matches(mark).count() >= 2;
    let is_table = [';', '\t', ','].into_iter().any(is_row)
        && !first.contains([':', '[', '{', '#'])
        && first.chars().any(char::is_alphabetic);
    is_table.then_some(Foreign::Csv)
}

fn schedule(
    mut root: Node<'_>,
    today: NaiveDate,
    diagnostics: &mut Diagnostics,
) -> Option<(Schedule, Positions)> {
    if matches!(root.value, Value::Scalar { .. } | Value::List(_)) {
        diagnostics.add(say::no_keys(root.position));
        return None;
    }
    sort_out(&mut root, diagnostics);
    let fields = Fields::read("calendar", &root, Section::Schedule, diagnostics)?;
    let Read {
        calendar,
        own,
        zone,
        hours,
        positions,
    } = fields
        .required("calendar", diagnostics, calendar)
        .unwrap_or_else(Read::nothing);
    let (districts, district_register) = districts(fields.get("districts"), own, diagnostics);
    let context = venues::Context {
        districts: &district_register,
        own,
        zone: zone.as_ref(),
    };
    let (venues, venue_register) = venues(fields.get("venues"), context, diagnostics);
    let context = sessions::Context {
        districts: &district_register,
        venues: &venue_register,
        own,
        zone: zone.as_ref(),
        hours,
        today,
    };
    let sessions = sessions(fields.get("sessions"), context, diagnostics);
    let withdrawn = withdrawn(fields.get("withdrawn"), &sessions.lines, diagnostics);
    let of_district = |district: &Arc<District>| {
        let at = district_register.position(district.id.as_str())?;
        Some((district.id.clone(), at))
    };
    let positions = Positions {
        districts: districts.iter().filter_map(of_district).collect(),
        sessions: sessions.positions,
        ..positions
    };
    let schedule = Schedule {
        calendar: calendar?,
        districts,
        venues,
        sessions: sessions.sessions,
        withdrawn,
        digest: String::new(),
    };
    Some((schedule, positions))
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

    #[test]
    fn the_three_lines_that_the_kept_schedule_offers_work_as_they_stand() {
        let kept = include_str!("../../data/schedule.yaml");
        let lines: Vec<&str> = kept.lines().collect();
        let first = lines
            .iter()
            .position(|line| line.starts_with("  # - id: "))
            .expect("the lines are there");
        let three: Vec<String> = lines[first..first + 3]
            .iter()
            .map(|line| line.replacen("# ", "", 1))
            .collect();
        // In their place, and copied right below the last session.
        let mut uncommented: Vec<String> = lines.iter().map(ToString::to_string).collect();
        uncommented[first..first + 3].clone_from_slice(&three);
        let last = "    venue: cafe-nowa\n";
        let copied = kept.replacen(last, &format!("{last}{}\n", three.join("\n")), 1);
        for text in [uncommented.join("\n"), copied] {
            let reading = read(text.as_bytes(), today()).expect("good");
            assert_eq!(reading.warnings, [], "{text}");
            let ids: Vec<&str> = reading
                .schedule
                .sessions()
                .iter()
                .map(|it| it.id.as_str())
                .collect();
            assert_eq!(ids, ["2026-03", "2027-04"]);
        }
        assert!(!kept.contains("końcu pliku"));
    }
}
