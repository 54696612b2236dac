//! `sessions` and `withdrawn` -> [`Session`]s and ids, and what looks odd
//! about them.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, Weekday};

use crate::texts::Language;
use crate::zone::{Unresolved, Zone};

use super::calendar::{Hours, links};
use super::dates::date;
use super::fields::{Field, Fields, choice, entries};
use super::findings::Findings;
use super::hours::window;
use super::ids::{Named, Register, named};
use super::node::{Node, Value};
use super::problem::{Kind, Position, Section, Thing};
use super::suspicions::{databases_disagree, odd_date, two_at_once};
use super::texts::Lines;
use super::values::{Id, Status, Window};
use super::venues::{optional, optional_text};
use super::weekday;
use super::{District, Districts, Place, Results, Session, Venue};

/// What a session is judged by.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'s> {
    pub(super) districts: &'s Register<District>,
    pub(super) venues: &'s Register<Venue>,
    pub(super) own: Option<Language>,
    pub(super) zone: Option<&'s Zone>,
    pub(super) hours: Hours,
    pub(super) today: NaiveDate,
}

/// The sessions by their start, then by id, and the line of every id.
pub(super) fn sessions(
    field: Option<Field<'_, '_>>,
    around: Surroundings<'_>,
    findings: &mut Findings,
) -> (Vec<Arc<Session>>, HashMap<String, u32>) {
    let mut sessions = Vec::new();
    let mut lines: HashMap<String, u32> = HashMap::new();
    for item in entries(field, findings).unwrap_or_default() {
        findings.enter_session(written_id(item.node));
        let Some(fields) = Fields::read(item.key, item.node, Section::Session, findings) else {
            findings.leave_session();
            continue;
        };
        let named = fields
            .required("id", findings)
            .and_then(|field| named(field, findings));
        let place = named.as_ref().map_or(item.place(), |named| named.place);
        if let Some(named) = &named {
            enter(named, &mut lines, findings);
        }
        let id = named.and_then(|named| named.id);
        if let Some(session) = session(&fields, id, around, findings) {
            sessions.push((session, place));
        }
        findings.leave_session();
    }
    sessions.sort_by(|(one, _), (other, _)| (one.start, &one.id).cmp(&(other.start, &other.id)));
    two_at_once(&sessions, findings);
    if let Some(zone) = around.zone {
        databases_disagree(&sessions, zone, findings);
    }
    let sessions = sessions
        .into_iter()
        .map(|(session, _)| Arc::new(session))
        .collect();
    (sessions, lines)
}

/// What people call a status in Polish, or elsewhere.
const STATUS_CALLED: [(&str, Status); 9] = [
    ("potwierdzone", Status::Confirmed),
    ("aktualne", Status::Confirmed),
    ("wstepne", Status::Tentative),
    ("niepewne", Status::Tentative),
    ("odwolane", Status::Cancelled),
    ("anulowane", Status::Cancelled),
    ("canceled", Status::Cancelled),
    ("przelozone", Status::Postponed),
    ("przesuniete", Status::Postponed),
];

/// The session's id, right or wrong, for its problems to be told with it.
fn written_id(node: &Node<'_>) -> Option<String> {
    const LONGEST: usize = 64;
    let Value::Keys(entries) = &node.value else {
        return None;
    };
    entries
        .iter()
        .find_map(|(key, value)| match (&key.value, &value.value) {
            (Value::Scalar { text: key, .. }, Value::Scalar { text: id, .. })
                if key == "id" && !id.is_empty() && id.len() <= LONGEST =>
            {
                (!id.contains(char::is_control)).then(|| id.trim().to_owned())
            }
            _ => None,
        })
}

fn enter(named: &Named<'_>, lines: &mut HashMap<String, u32>, findings: &mut Findings) {
    if let Some(first_line) = lines.get(named.word) {
        findings.error(
            named.place,
            Kind::DuplicateId {
                thing: Thing::Session,
                id: named.word.to_owned(),
                first_line: *first_line,
            },
        );
    } else {
        lines.insert(named.word.to_owned(), named.place.line);
    }
}

fn session(
    fields: &Fields<'_, '_>,
    id: Option<Id>,
    around: Surroundings<'_>,
    findings: &mut Findings,
) -> Option<Session> {
    let times = times(fields, around, findings);
    let place = match fields.optional("venue") {
        None => Some(Place::ToBeAnnounced),
        Some(field) => around.venues.find(field, findings).map(Place::Venue),
    };
    let districts = match fields.optional("districts") {
        Some(field) => districts(field, around.districts, findings),
        None if fields.optional("venue").is_some() => place
            .as_ref()
            .and_then(Place::venue)
            .map(|venue| Districts::These(vec![venue.district.clone()])),
        None => {
            if !fields.may_say("venue") && !fields.may_say("districts") {
                findings.error(fields.place(), Kind::NoPlaceNoDistricts);
            }
            None
        }
    };
    let title = optional_text(fields.optional("title"), Lines::One, around.own, findings);
    let note = optional_text(fields.optional("note"), Lines::Many, around.own, findings);
    let status = match fields.optional("status") {
        None => Some(Status::Confirmed),
        Some(field) => choice(field, &Status::ALL, Status::key, &STATUS_CALLED, findings),
    };
    let results = optional(fields.optional("results"), |field| {
        results(field, around.own, findings)
    });
    let (start, end) = times?;
    Some(Session {
        id: id?,
        start,
        end,
        place: place?,
        districts: districts?,
        title: title?,
        note: note?,
        status: status?,
        results: results?,
    })
}

/// What came of the session: a text, links, or both.
fn results(
    field: Field<'_, '_>,
    own: Option<Language>,
    findings: &mut Findings,
) -> Option<Results> {
    let fields = Fields::read(field.key, field.node, Section::Results, findings)?;
    let text = optional_text(fields.optional("text"), Lines::Many, own, findings);
    let links = links(fields.optional("links"), Section::ResultLink, own, findings);
    let (text, links) = (text?, links?);
    if text.is_none() && links.is_empty() {
        findings.error(field.place(), Kind::EmptyValue { key: field.key });
        return None;
    }
    Some(Results { text, links })
}

/// The beginning and the end.
fn times(
    fields: &Fields<'_, '_>,
    around: Surroundings<'_>,
    findings: &mut Findings,
) -> Option<(DateTime<FixedOffset>, DateTime<FixedOffset>)> {
    let date_field = fields.required("date", findings);
    let date = date_field.and_then(|field| date(field, findings));
    let stated = fields.optional("weekday");
    let agreed = stated.is_none_or(|field| agrees(field, date, findings));
    if let (Some(field), Some(date)) = (date_field, date) {
        odd_date(
            field.place(),
            date,
            stated.is_some(),
            around.today,
            findings,
        );
    }
    let hours_field = fields.optional("window");
    let hours = match hours_field {
        Some(field) => window(field, findings),
        None => match around.hours {
            Hours::Known(window) => Some(window),
            Hours::NotSaid => {
                findings.error(fields.place(), Kind::NoHours);
                None
            }
            Hours::Faulty => None,
        },
    };
    let place = hours_field.or(date_field)?.place();
    let times = resolved(place, date?, hours?, around.zone?, findings);
    times.filter(|_| agreed)
}

fn resolved(
    place: Position,
    date: NaiveDate,
    hours: Window,
    zone: &Zone,
    findings: &mut Findings,
) -> Option<(DateTime<FixedOffset>, DateTime<FixedOffset>)> {
    let mut resolve = |time| match zone.resolve(date.and_time(time)) {
        Ok(instant) => Some(instant),
        Err(Unresolved::Skipped) => {
            let zone = zone.name();
            findings.error(place, Kind::HourSkipped { date, time, zone });
            None
        }
        Err(Unresolved::Twice) => {
            let zone = zone.name();
            findings.error(place, Kind::HourTwice { date, time, zone });
            None
        }
    };
    let start = resolve(hours.start());
    let end = resolve(hours.end());
    Some((start?, end?))
}

/// Whether the stated weekday is the date's.
fn agrees(field: Field<'_, '_>, date: Option<NaiveDate>, findings: &mut Findings) -> bool {
    let Some(given) = field.word(findings) else {
        return false;
    };
    let Some(stated) = weekday::named(given) else {
        let near = weekday::meant(given, findings);
        findings.error(
            field.place(),
            Kind::UnknownWeekday {
                given: given.to_owned(),
                near,
            },
        );
        return false;
    };
    let Some(date) = date else {
        return true;
    };
    if date.weekday() == stated {
        return true;
    }
    findings.error(
        field.place(),
        Kind::WeekdayDisagrees {
            date,
            stated,
            nearest: nearest_with(date, stated),
        },
    );
    false
}

/// The date nearest to `date` that is a `weekday`; never more than three days
/// off, so never as near in both directions.
fn nearest_with(date: NaiveDate, weekday: Weekday) -> NaiveDate {
    (0..=3_u64)
        .flat_map(|days| {
            [
                date.checked_add_days(Days::new(days)),
                date.checked_sub_days(Days::new(days)),
            ]
        })
        .flatten()
        .find(|near| near.weekday() == weekday)
        .unwrap_or(date)
}

/// In which districts' feeds the session stands: `all` or a list of ids.
fn districts(
    field: Field<'_, '_>,
    register: &Register<District>,
    findings: &mut Findings,
) -> Option<Districts> {
    if let Value::Scalar { text, .. } = &field.node.value
        && text.trim() == "all"
    {
        return Some(Districts::All);
    }
    let items: Vec<_> = field.items(findings)?.collect();
    if items.is_empty() {
        findings.error(field.place(), Kind::NoDistricts);
        return None;
    }
    let mut these: Vec<Arc<District>> = Vec::with_capacity(items.len());
    let mut good = true;
    for item in items {
        if matches!(&item.node.value, Value::Scalar { text, .. } if text.trim() == "all") {
            findings.error(item.place(), Kind::AllInList);
            good = false;
            continue;
        }
        match register.find(item, findings) {
            None => good = false,
            Some(district) => these.push(district),
        }
    }
    these.sort_by(|one, other| one.id.cmp(&other.id));
    these.dedup_by(|one, other| one.id == other.id);
    good.then_some(Districts::These(these))
}

/// The ids in `withdrawn`, none of which may still be a session's.
pub(super) fn withdrawn(
    field: Option<Field<'_, '_>>,
    session_lines: &HashMap<String, u32>,
    findings: &mut Findings,
) -> Vec<Id> {
    let mut ids = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let items = field.and_then(|field| field.items(findings));
    for item in items.into_iter().flatten() {
        let Some(id) = named(item, findings).and_then(|named| named.id) else {
            continue;
        };
        if let Some(line) = session_lines.get(id.as_str()) {
            findings.enter_session(Some(id.to_string()));
            findings.error(
                item.place(),
                Kind::WithdrawnButThere {
                    id: id.to_string(),
                    line: *line,
                },
            );
            findings.leave_session();
        }
        if seen.insert(id.clone()) {
            ids.push(id);
        } else {
            findings.warning(
                item.place(),
                Kind::Repeated {
                    key: item.key,
                    given: id.to_string(),
                },
            );
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_weekday_is_three_days_off_at_most() {
        for (weekday, expected) in [
            (Weekday::Fri, "2026-03-13"),
            (Weekday::Thu, "2026-03-12"),
            (Weekday::Sat, "2026-03-14"),
            (Weekday::Mon, "2026-03-16"),
            (Weekday::Tue, "2026-03-10"),
        ] {
            let friday = NaiveDate::from_ymd_opt(2026, 3, 13).expect("a date");
            assert_eq!(nearest_with(friday, weekday).to_string(), expected);
        }
    }
}
