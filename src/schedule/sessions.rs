//! `sessions` and `withdrawn` -> [`Session`]s and ids, and what looks odd
//! about them.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Weekday};

use crate::texts::Language;
use crate::zone::{Unresolved, Zone};

use super::SessionPositions;
use super::calendar::{Hours, links};
use super::diagnostic::keys::{self, Thing};
use super::diagnostic::{Diagnostics, Position, values};
use super::districts::ids;
use super::fields::{Field, Fields, Section, entries, whole};
use super::guess::STATUS_CALLED;
use super::lint;
use super::model::{District, Districts, Id, Place, Results, Session, Status, Venue, Window};
use super::register::Register;
use super::text::{one_line, paragraphs};
use super::value::{Named, choice, date, named, weekday, window};
use super::yaml::{Node, Value};

/// What a session is judged by.
#[derive(Clone, Copy)]
pub(super) struct Context<'s> {
    pub(super) districts: &'s Register<District>,
    pub(super) venues: &'s Register<Venue>,
    pub(super) own: Option<Language>,
    pub(super) zone: Option<&'s Zone>,
    pub(super) hours: Hours,
    pub(super) today: NaiveDate,
}

/// What `sessions` says.
pub(super) struct Read {
    /// By their start, then by id.
    pub(super) sessions: Vec<Arc<Session>>,
    /// The line of every id.
    pub(super) lines: HashMap<String, u32>,
    pub(super) positions: HashMap<Id, SessionPositions>,
}

/// Reads the sessions.
pub(super) fn sessions(
    field: Option<Field<'_, '_>>,
    context: Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Read {
    let mut sessions = Vec::new();
    let mut lines: HashMap<String, u32> = HashMap::new();
    let mut positions = HashMap::new();
    for item in entries(field, diagnostics).unwrap_or_default() {
        diagnostics.enter_session(written_id(item.node));
        if let Some(fields) = Fields::of(item, Section::Session, diagnostics) {
            let named = fields.required("id", diagnostics, named);
            let position = named
                .as_ref()
                .map_or(item.position(), |named| named.position);
            if let Some(named) = &named {
                enter(named, &mut lines, diagnostics);
            }
            let id = named.and_then(|named| named.id);
            if let Some(session) = session(&fields, id, context, diagnostics) {
                let stands = SessionPositions {
                    date: fields.get("date").map_or(position, |date| date.position()),
                    own_window: fields.get("window").is_some(),
                };
                positions.insert(session.id.clone(), stands);
                sessions.push((session, position));
            }
        }
        diagnostics.leave_session();
    }
    sessions.sort_by(|(one, _), (other, _)| (one.start, &one.id).cmp(&(other.start, &other.id)));
    lint::two_at_once(&sessions, diagnostics);
    let sessions = sessions
        .into_iter()
        .map(|(session, _)| Arc::new(session))
        .collect();
    Read {
        sessions,
        lines,
        positions,
    }
}

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

fn enter(named: &Named<'_>, lines: &mut HashMap<String, u32>, diagnostics: &mut Diagnostics) {
    if let Some(first_line) = lines.get(named.word) {
        diagnostics.add(keys::duplicate_id(
            named.position,
            Thing::Session,
            named.word,
            *first_line,
        ));
    } else {
        lines.insert(named.word.to_owned(), named.position.line);
    }
}

fn session(
    fields: &Fields<'_, '_>,
    id: Option<Id>,
    context: Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Session> {
    let own = context.own;
    let times = times(fields, context, diagnostics);
    let place = fields.optional("venue", diagnostics, |field, diagnostics| {
        context.venues.find(field, diagnostics).map(Place::Venue)
    });
    let status = choice(Status::ALL, Status::key, STATUS_CALLED);
    whole!(Session {
        id,
        start: times.map(|(start, _)| start),
        end: times.map(|(_, end)| end),
        place: place.map(|place| place.unwrap_or(Place::ToBeAnnounced)),
        districts: match fields.get("districts") {
            Some(field) => districts(field, context.districts, diagnostics),
            None if fields.get("venue").is_some() => place
                .as_ref()
                .and_then(Place::venue)
                .map(|venue| Districts::These(vec![venue.district.clone()])),
            None => {
                if !fields.may_say("venue") && !fields.may_say("districts") {
                    diagnostics.add(keys::no_place_no_districts(fields.position));
                }
                None
            }
        },
        title: fields.optional("title", diagnostics, one_line(own)),
        note: fields.optional("note", diagnostics, paragraphs(own)),
        status: fields.or_default("status", diagnostics, status),
        results: fields.optional("results", diagnostics, |field, diagnostics| {
            results(field, own, diagnostics)
        }),
    })
}

/// What came of the session: a text, links, or both.
fn results(
    field: Field<'_, '_>,
    own: Option<Language>,
    diagnostics: &mut Diagnostics,
) -> Option<Results> {
    let fields = Fields::of(field, Section::Results, diagnostics)?;
    let text = fields.optional("text", diagnostics, paragraphs(own));
    let links = links(fields.get("links"), Section::ResultLink, own, diagnostics);
    let (text, links) = (text?, links?);
    if text.is_none() && links.is_empty() {
        diagnostics.add(keys::empty_value(field.position(), field.key));
        return None;
    }
    Some(Results { text, links })
}

/// The beginning and the end.
fn times(
    fields: &Fields<'_, '_>,
    context: Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(DateTime<FixedOffset>, DateTime<FixedOffset>)> {
    let date_field = fields.required("date", diagnostics, |field, _| Some(field));
    let date = date_field.and_then(|field| date(field, diagnostics));
    let stated = fields.get("weekday");
    let agreed = stated.is_none_or(|field| agrees(field, date, diagnostics));
    if let (Some(field), Some(date)) = (date_field, date) {
        lint::odd_date(
            field.position(),
            date,
            stated.is_some(),
            context.today,
            diagnostics,
        );
    }
    let hours_field = fields.get("window");
    let hours = match (hours_field, context.hours) {
        (Some(field), _) => window(field, diagnostics),
        (None, Hours::Known(window)) => Some(window),
        (None, Hours::NotSaid) => {
            diagnostics.add(values::no_hours(fields.position));
            None
        }
        (None, Hours::Faulty) => None,
    };
    let at = hours_field.or(date_field)?.position();
    let times = resolved(at, date?, hours?, context.zone?, diagnostics);
    times.filter(|_| agreed)
}

fn resolved(
    at: Position,
    date: NaiveDate,
    hours: Window,
    zone: &Zone,
    diagnostics: &mut Diagnostics,
) -> Option<(DateTime<FixedOffset>, DateTime<FixedOffset>)> {
    let mut resolve = |time| {
        let problem = match zone.resolve(date.and_time(time)) {
            Ok(instant) => return Some(instant),
            Err(Unresolved::Skipped) => values::hour_skipped(at, date, time, zone.name()),
            Err(Unresolved::Twice) => values::hour_twice(at, date, time, zone.name()),
        };
        diagnostics.add(problem);
        None
    };
    let start = resolve(hours.start());
    let end = resolve(hours.end());
    Some((start?, end?))
}

/// Whether the stated weekday is the date's.
fn agrees(field: Field<'_, '_>, date: Option<NaiveDate>, diagnostics: &mut Diagnostics) -> bool {
    let Some(stated) = weekday(field, diagnostics) else {
        return false;
    };
    match date {
        Some(date) if date.weekday() != stated => {
            let nearest = nearest_with(date, stated);
            diagnostics.add(values::weekday_disagrees(
                field.position(),
                date,
                stated,
                nearest,
            ));
            false
        }
        _ => true,
    }
}

/// The date nearest to `date` that is a `weekday`; never more than three days
/// off, so never as near in both directions.
fn nearest_with(date: NaiveDate, weekday: Weekday) -> NaiveDate {
    let later = i64::from(weekday.days_since(date.weekday()));
    let days = if later > 3 { later - 7 } else { later };
    date + TimeDelta::days(days)
}

/// In which districts' feeds the session stands: `all` or a list of ids.
fn districts(
    field: Field<'_, '_>,
    register: &Register<District>,
    diagnostics: &mut Diagnostics,
) -> Option<Districts> {
    if let Value::Scalar { text, .. } = &field.node.value
        && text.trim() == "all"
    {
        return Some(Districts::All);
    }
    let items = field.items(diagnostics)?;
    if items.len() == 0 {
        diagnostics.add(keys::no_districts(field.position()));
        return None;
    }
    let mut these: Vec<Arc<District>> = Vec::with_capacity(items.len());
    let mut good = true;
    for item in items {
        if matches!(&item.node.value, Value::Scalar { text, .. } if text.trim() == "all") {
            diagnostics.add(keys::all_in_list(item.position()));
            good = false;
            continue;
        }
        match register.find(item, diagnostics) {
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
    diagnostics: &mut Diagnostics,
) -> Vec<Id> {
    let items = field.and_then(|field| field.items(diagnostics));
    let (withdrawn, _) = ids(items.into_iter().flatten(), diagnostics);
    for (id, position) in &withdrawn {
        if let Some(line) = session_lines.get(id.as_str()) {
            let problem = keys::withdrawn_but_there(*position, id.as_str(), *line);
            diagnostics.add(problem.in_session(id));
        }
    }
    withdrawn.into_iter().map(|(id, _)| id).collect()
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
