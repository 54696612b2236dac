//! A schedule that was read + what was published before + the clock -> what
//! is wrong or odd about it that only all three together show.
//!
//! Every face that takes an edit asks here: `check`, `changes`, `serve`, the
//! desk. Pure: the instant is passed in.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use crate::history::{History, Warning};
use crate::schedule::diagnostic::past as say;
use crate::schedule::{
    Conformance, Diagnostic, Diagnostics, District, Id, Position, Positions, Reading, Rejected,
    Rhythm, Schedule, folded, id_like,
};
use crate::texts::Language;

/// Adds to what was found in the schedule alone.
///
/// # Errors
/// [`Rejected`] where an address that people subscribe to would be lost, or
/// where the history is that of another calendar.
pub fn review(
    reading: Reading,
    history: &History,
    now: DateTime<Utc>,
) -> Result<Reading, Rejected> {
    let Reading {
        schedule,
        warnings,
        positions,
    } = reading;
    let mut diagnostics = Diagnostics::new();
    for warning in warnings {
        diagnostics.add(warning);
    }
    let id = &schedule.calendar().id;
    if let Some(other) = history.calendar().filter(|other| *other != id) {
        let (other, id) = (other.as_str(), id.as_str());
        diagnostics.add(say::other_calendar(positions.calendar, other, id));
    } else {
        lost_addresses(&schedule, history, &positions, &mut diagnostics);
        for problem in past_sessions(&schedule, history, now, &positions) {
            diagnostics.add(problem);
        }
    }
    if let Some(problem) = nothing_ahead(&schedule, now, positions.rhythm) {
        diagnostics.add(problem);
    }
    let (problems, warnings) = diagnostics.into_lists();
    if problems.is_empty() {
        return Ok(Reading {
            schedule,
            warnings,
            positions,
        });
    }
    Err(Rejected { problems, warnings })
}

/// What the history itself has to say, for a report. `warnings` are those of
/// a publication over it.
pub fn of_history(history: &History, warnings: &[Warning]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let lines = history.unreadable().iter();
    found.extend(lines.map(|line| say::history_line_unreadable(Position::NOWHERE, line.line)));
    found.extend(warnings.iter().map(Warning::diagnostic));
    found
}

/// Ids, aliases and numbers of districts that nobody answers to any more.
fn lost_addresses(
    schedule: &Schedule,
    history: &History,
    positions: &Positions,
    diagnostics: &mut Diagnostics,
) {
    let Some(head) = history.head() else { return };
    let words = |district: &District| -> Vec<String> {
        let names = Language::ALL.map(|language| folded(district.name.get(language)));
        std::iter::once(folded(district.id.as_str()))
            .chain(district.aliases.iter().map(|alias| folded(alias.as_str())))
            .chain(district.number.as_deref().map(folded))
            .chain(names)
            .collect()
    };
    let answered: HashSet<String> = schedule
        .districts()
        .iter()
        .flat_map(|district| words(district))
        .collect();
    for before in &head.districts {
        // The one with the same number or name.
        let old = words(before);
        let heir = schedule
            .districts()
            .iter()
            .find(|district| words(district).iter().any(|word| old.contains(word)));
        let at = heir
            .and_then(|heir| positions.districts.get(&heir.id))
            .copied()
            .unwrap_or(positions.calendar);
        let lost: Vec<&str> = std::iter::once(&before.id)
            .chain(&before.aliases)
            .map(Id::as_str)
            .filter(|id| !answered.contains(&folded(id)))
            .collect();
        if !lost.is_empty() {
            let kept = heir.map_or(&[][..], |heir| &heir.aliases);
            let aliases = kept.iter().map(Id::as_str).chain(lost.iter().copied());
            let aliases: Vec<&str> = aliases.collect();
            let heir = heir.map(|heir| heir.id.as_str());
            diagnostics.add(say::lost_address(at, &lost, heir, &aliases.join(", ")));
        }
        if let Some(number) = &before.number
            && lost.is_empty()
            && !answered.contains(&folded(number))
        {
            let kept = heir.map_or(&[][..], |heir| &heir.aliases);
            let aliases = id_like(number).map(|number| {
                let kept = kept.iter().map(ToString::to_string);
                kept.chain([number]).collect::<Vec<_>>().join(", ")
            });
            diagnostics.add(say::lost_number(at, number, aliases.as_deref()));
        }
    }
}

/// New and moved sessions that are over, and old ones that would be told
/// otherwise.
fn past_sessions(
    schedule: &Schedule,
    history: &History,
    now: DateTime<Utc>,
    positions: &Positions,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut rewritten = Vec::new();
    if history.newest().is_none() {
        return found;
    }
    let calendar = schedule.calendar();
    for session in schedule.sessions() {
        let Some(at) = positions.sessions.get(&session.id) else {
            continue;
        };
        let before = history.session(&session.id);
        if before.is_some_and(|before| before.start == session.start && before.end == session.end) {
            continue;
        }
        if let Some(before) = before
            && before.end <= now
            && !at.own_window
        {
            let start = calendar.zone.at(before.start.to_utc());
            let end = calendar.zone.at(before.end.to_utc());
            if start.date_naive() == session.date() {
                let window = format!("{}-{}", start.format("%H:%M"), end.format("%H:%M"));
                rewritten.push((session.id.to_string(), window));
                continue;
            }
        }
        if session.end <= now && !session.status.is_off() {
            let told = say::date_over(at.date, session.date(), before.is_none());
            found.push(told.in_session(&session.id));
        }
    }
    if !rewritten.is_empty() {
        let moved = history
            .head()
            .is_some_and(|head| head.zone.name() != calendar.zone.name());
        let at = if moved {
            positions.timezone
        } else {
            positions.window
        };
        found.push(say::past_rewritten(at, &rewritten));
    }
    found
}

fn nothing_ahead(schedule: &Schedule, now: DateTime<Utc>, at: Position) -> Option<Diagnostic> {
    let days = match schedule.calendar().rhythm? {
        Rhythm::Weekly => 7,
        Rhythm::Monthly => 31,
        Rhythm::Quarterly => 92,
    };
    let last = schedule
        .sessions()
        .iter()
        .filter(|session| !session.status.is_off())
        .max_by_key(|session| session.end)?;
    (last.end + TimeDelta::days(days) < now).then(|| say::nothing_ahead(at, last.date()))
}

/// What a public body's declaration of accessibility lacks. Only `check`
/// says so: it is a matter of the law and not of an edit.
pub fn declaration(reading: &Reading) -> Vec<Diagnostic> {
    let positions = &reading.positions;
    let Some(declaration) = &reading.schedule.calendar().accessibility else {
        return vec![say::no_declaration(positions.calendar)];
    };
    let mut found = Vec::new();
    if declaration.status != Conformance::Full && declaration.exceptions.is_none() {
        found.push("exceptions");
    }
    if declaration.building.is_none() {
        found.push("building");
    }
    let told = |key| say::declaration_incomplete(positions.accessibility, key);
    found.into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::sample::{YAML, edited, published, second};
    use crate::schedule;

    /// After the session `a`, before `b`.
    fn april() -> DateTime<Utc> {
        second(31 * 24 * 3600)
    }

    /// What is told of `yaml` beside the history of [`YAML`]: code, line,
    /// session and the help in English.
    fn told(yaml: &str, now: DateTime<Utc>) -> Vec<(&'static str, u32, String, String)> {
        let reading = schedule::read(yaml.as_bytes(), now.date_naive()).unwrap();
        let found = match review(reading, &published(), now) {
            Ok(reading) => reading.warnings,
            Err(rejected) => rejected.problems,
        };
        found
            .into_iter()
            .map(|problem| {
                let help = problem.help(Language::English).unwrap_or_default();
                let session = problem.session.clone().unwrap_or_default();
                (
                    problem.code,
                    problem.position.line,
                    session,
                    help.to_owned(),
                )
            })
            .collect()
    }

    fn line(yaml: &str, words: &str) -> u32 {
        let at = yaml.lines().position(|line| line.contains(words)).unwrap();
        u32::try_from(at + 1).unwrap()
    }

    #[test]
    fn a_schedule_that_did_not_change_has_nothing_to_answer_for() {
        assert_eq!(told(YAML, april()), []);
        assert_eq!(told(YAML, second(0)), []);
    }

    #[test]
    fn a_new_or_moved_session_in_the_past_is_told_and_an_old_one_is_not() {
        let new = edited(&[(
            "withdrawn: []",
            "  - {id: z, date: 2026-03-20, venue: cafe}",
        )]);
        let found = told(&new, april());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].0, found[0].1), ("date-over", line(&new, "id: z")));
        assert_eq!(found[0].2, "z");
        let moved = edited(&[("2026-04-10", "2026-03-20")]);
        assert_eq!(told(&moved, april())[0].0, "date-over");
        // A cancelled one stays where it was, and a later date is no slip.
        assert_eq!(told(&edited(&[("2026-04-10", "2026-04-17")]), april()), []);
    }

    #[test]
    fn hours_and_zone_of_all_leave_the_past_as_it_was_or_say_how() {
        let later = edited(&[("window: 14:00-18:00", "window: 15:00-19:00")]);
        let found = told(&later, april());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (found[0].0, found[0].1),
            ("past-rewritten", line(&later, "window:"))
        );
        assert!(
            found[0].3.contains("a – \"window: 14:00-18:00\""),
            "{found:?}"
        );
        // What it says keeps the session as it was.
        let kept = later.replace(
            "date: 2026-03-13,",
            "date: 2026-03-13, window: 14:00-18:00,",
        );
        assert_eq!(told(&kept, april()), []);
        let abroad = edited(&[("Europe/Warsaw", "Europe/London")]);
        let found = told(&abroad, april());
        assert_eq!(
            (found[0].0, found[0].1),
            ("past-rewritten", line(&abroad, "timezone"))
        );
        assert!(found[0].3.contains("13:00-17:00"), "{found:?}");
        // Nothing is over yet.
        assert_eq!(told(&later, second(0)), []);
    }

    #[test]
    fn an_address_that_people_subscribe_to_is_never_lost() {
        let renamed = edited(&[
            ("id: alfa, name: Alfa", "id: alpha, name: Alfa"),
            ("name: Cafe, district: alfa", "name: Cafe, district: alpha"),
            ("districts: [alfa, beta]", "districts: [alpha, beta]"),
        ]);
        // The old id is the name still, in other letters.
        assert_eq!(told(&renamed, second(60)), []);
        let renamed = renamed.replace("name: Alfa", "name: First");
        let found = told(&renamed, second(60));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, "lost-address");
        assert!(found[0].3.contains("aliases: [alfa]"), "{found:?}");
        let kept = renamed.replace("name: First", "name: First, aliases: [alfa]");
        assert_eq!(told(&kept, second(60)), []);
    }

    #[test]
    fn published_aliases_and_numbers_are_remembered() {
        let first = edited(&[(
            "id: alfa, name: Alfa",
            "id: alfa, name: Alfa, number: IV, aliases: [old]",
        )]);
        let history = crate::history::sample::publish_over(&first, &History::default(), second(0));
        // Through the file, as another run of the program finds it.
        let lines: String = history.history.records_for_tests();
        let history = History::read(lines.as_bytes());
        let codes = |yaml: &str| -> Vec<&'static str> {
            let reading = schedule::read(yaml.as_bytes(), second(60).date_naive()).unwrap();
            let found = match review(reading, &history, second(60)) {
                Ok(reading) => reading.warnings,
                Err(rejected) => rejected.problems,
            };
            let codes = found.into_iter().map(|problem| problem.code);
            codes.collect()
        };
        assert_eq!(codes(&first), Vec::<&str>::new());
        assert_eq!(
            codes(&first.replace(", aliases: [old]", "")),
            ["lost-address"]
        );
        assert_eq!(
            codes(&first.replace("number: IV", "number: V")),
            ["lost-number"]
        );
        let both = first.replace(
            "number: IV, aliases: [old]",
            "number: V, aliases: [old, iv]",
        );
        assert_eq!(codes(&both), Vec::<&str>::new());
        let renamed = first
            .replace("id: alfa, name: Alfa", "id: alpha, name: First")
            .replace("district: alfa", "district: alpha")
            .replace("[alfa, beta]", "[alpha, beta]");
        let reading = schedule::read(renamed.as_bytes(), second(60).date_naive()).unwrap();
        let rejected = review(reading, &history, second(60)).unwrap_err();
        let [problem] = &rejected.problems[..] else {
            panic!("{rejected:?}");
        };
        assert_eq!(problem.position.line, line(&renamed, "id: alpha"));
        // A second `aliases` would be an error, and without `old` that is lost.
        let help = problem.help(Language::English).unwrap();
        assert!(help.contains("aliases: [old, alfa]"), "{help}");
    }

    #[test]
    fn nothing_ahead_is_told_once_the_rhythm_is_over() {
        let monthly = edited(&[("  language: pl", "  language: pl\n  rhythm: monthly")]);
        let day = |days: i64| second(days * 24 * 3600);
        // The last is on 12 June, the 103rd day.
        assert_eq!(told(&monthly, day(104)), []);
        assert_eq!(told(&monthly, day(134)), []);
        let found = told(&monthly, day(136));
        assert_eq!(
            (found[0].0, found[0].1),
            ("nothing-ahead", line(&monthly, "rhythm"))
        );
        assert_eq!(told(YAML, day(136)), []);
    }

    #[test]
    fn a_declaration_lacks_what_inspectors_look_for() {
        let yaml = edited(&[(
            "  language: pl",
            "  language: pl\n  accessibility: {entity: E, status: partial, published: 2026-01-01, \
             prepared: 2026-01-01, contact: {name: N, email: a@example.org, phone: 123456789}}",
        )]);
        let found = |yaml: &str| -> Vec<_> {
            let reading = schedule::read(yaml.as_bytes(), second(0).date_naive()).unwrap();
            let found = declaration(&reading).into_iter();
            found.map(|it| (it.code, it.position.line)).collect()
        };
        let at = line(&yaml, "accessibility");
        assert_eq!(found(&yaml), [("declaration-incomplete", at); 2]);
        let whole = yaml.replace("entity: E,", "entity: E, exceptions: x, building: y,");
        assert_eq!(found(&whole), []);
        assert_eq!(found(YAML), [("no-declaration", line(YAML, "id: example"))]);
    }
}
