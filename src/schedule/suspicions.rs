//! Sessions that are possible, and rarely meant: the warnings.

use chrono::{Datelike, Months, NaiveDate, Weekday};

use crate::zone::Zone;

use super::Session;
use super::findings::Findings;
use super::problem::{Kind, Position};

/// Dates that are possible, but rarely meant.
pub(super) fn odd_date(
    place: Position,
    date: NaiveDate,
    weekday_stated: bool,
    today: NaiveDate,
    findings: &mut Findings,
) {
    // Who writes `weekday: sobota` has noticed.
    if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !weekday_stated {
        findings.warning(place, Kind::Weekend { date });
    }
    if today
        .checked_add_months(Months::new(24))
        .is_some_and(|limit| date > limit)
    {
        findings.warning(place, Kind::FarAhead { date });
    }
    if date.year() < 2000 {
        findings.warning(place, Kind::LongAgo { date });
    }
}

/// Sessions that overlap, cancelled and postponed ones aside.
pub(super) fn two_at_once(sessions: &[(Session, Position)], findings: &mut Findings) {
    let mut latest: Option<(&Session, Position)> = None;
    for (session, place) in sessions
        .iter()
        .filter(|(session, _)| !session.status.is_off())
    {
        if let Some((other, other_place)) = latest
            && session.start < other.end
        {
            findings.enter_session(Some(session.id.to_string()));
            findings.warning(
                *place,
                Kind::SameTime {
                    other: other.id.to_string(),
                    line: other_place.line,
                },
            );
            findings.leave_session();
        }
        if latest.is_none_or(|(other, _)| session.end > other.end) {
            latest = Some((session, *place));
        }
    }
}

/// The first session whose hours programs with an older time zone database
/// would show wrong: one is enough to tell it by.
pub(super) fn databases_disagree(
    sessions: &[(Session, Position)],
    zone: &Zone,
    findings: &mut Findings,
) {
    let odd = sessions
        .iter()
        .find(|(session, _)| zone.is_disputed(session.start.naive_local()));
    if let Some((session, place)) = odd {
        findings.enter_session(Some(session.id.to_string()));
        findings.warning(
            *place,
            Kind::ZonesDisagree {
                zone: zone.name(),
                date: session.date(),
            },
        );
        findings.leave_session();
    }
}
