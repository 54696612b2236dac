//! The time boundaries at which pages change by themselves: a session's start
//! and end, and the midnights around it.
//!
//! A page is written for the last boundary before it is asked for, not for the
//! moment of asking, so that two copies of the program show the same bytes.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::history::Publication;
use crate::schedule::Session;
use crate::zone::Zone;

/// Where a session stands, seen from a boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum When {
    /// On a later day than tomorrow.
    Later,
    /// On the next local date.
    Tomorrow,
    /// Later on the same local date.
    Today,
    /// It has begun and not ended.
    Now,
    /// It has ended.
    Over,
}

impl When {
    /// Where `session` stands at `boundary`.
    pub fn of(session: &Session, boundary: DateTime<Utc>, zone: &Zone) -> When {
        if session.end <= boundary {
            return When::Over;
        }
        if session.start <= boundary {
            return When::Now;
        }
        let today = zone.at(boundary).date_naive();
        if session.date() == today {
            When::Today
        } else if Some(session.date()) == today.checked_add_days(Days::new(1)) {
            When::Tomorrow
        } else {
            When::Later
        }
    }
}

/// The last instant at or before `now` at which a page changed by itself:
/// the boundary to write pages for. The beginning of time when there was none.
pub fn last_boundary(publication: &Publication, now: DateTime<Utc>) -> DateTime<Utc> {
    boundaries(publication)
        .filter(|boundary| *boundary <= now)
        .max()
        .unwrap_or(DateTime::<Utc>::MIN_UTC)
}

fn boundaries(publication: &Publication) -> impl Iterator<Item = DateTime<Utc>> {
    let zone = &publication.calendar.zone;
    publication.sessions.iter().flat_map(move |published| {
        let session = &published.session;
        let today = session.date();
        let yesterday = today.checked_sub_days(Days::new(1));
        let of_session = [
            yesterday.and_then(|date| midnight(date, zone)),
            midnight(today, zone),
            Some(session.start.to_utc()),
            Some(session.end.to_utc()),
        ];
        // On the date that it was moved from, pages say that it is not today.
        let moved_from = publication
            .changes_of(&session.id)
            .filter_map(|change| change.before.as_ref().map(|before| before.date()))
            .filter(move |date| *date != today)
            .flat_map(|date| [Some(date), date.checked_add_days(Days::new(1))])
            .map(move |date| date.and_then(|date| midnight(date, zone)));
        of_session.into_iter().chain(moved_from).flatten()
    })
}

/// The beginning of `date`. Some zones put their clocks forward at midnight;
/// the date then begins within the next hours.
fn midnight(date: NaiveDate, zone: &Zone) -> Option<DateTime<Utc>> {
    (0..=3)
        .filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0))
        .find_map(|time| zone.resolve(date.and_time(time)).ok())
        .map(|instant| instant.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{at, published};

    #[test]
    fn pages_change_at_midnights_starts_and_ends() {
        let publication = published();
        let next = |after: DateTime<Utc>| {
            boundaries(&publication)
                .filter(|boundary| *boundary > after)
                .min()
        };
        for (after, expected) in [
            // Winter: local midnight is 23:00 UTC of the day before.
            ("2026-01-01T00:00:00Z", Some("2026-01-14T23:00:00Z")),
            ("2026-01-14T23:00:00Z", Some("2026-01-15T23:00:00Z")),
            ("2026-01-15T23:00:00Z", Some("2026-01-16T13:00:00Z")),
            ("2026-01-16T13:00:00Z", Some("2026-01-16T17:00:00Z")),
            // Summer: it is 22:00 UTC.
            ("2026-07-16T00:00:00Z", Some("2026-07-16T22:00:00Z")),
            ("2026-07-17T12:00:00Z", Some("2026-07-17T16:00:00Z")),
            ("2026-07-17T16:00:00Z", None),
        ] {
            assert_eq!(next(at(after)), expected.map(at), "{after}");
        }
    }

    #[test]
    fn every_instant_between_two_turns_has_the_same_last_one() {
        let publication = published();
        let boundary = at("2026-01-16T13:00:00Z");
        for now in [
            "2026-01-16T13:00:00Z",
            "2026-01-16T15:12:13Z",
            "2026-01-16T16:59:59Z",
        ] {
            assert_eq!(last_boundary(&publication, at(now)), boundary, "{now}");
        }
        assert_eq!(
            last_boundary(&publication, at("2025-01-01T00:00:00Z")),
            DateTime::<Utc>::MIN_UTC
        );
    }

    #[test]
    fn a_session_draws_near_goes_on_and_ends() {
        let publication = published();
        let session = &publication.session("winter").unwrap().session;
        for (boundary, expected) in [
            ("2026-01-14T22:59:59Z", When::Later),
            ("2026-01-14T23:00:00Z", When::Tomorrow),
            ("2026-01-15T23:00:00Z", When::Today),
            ("2026-01-16T13:00:00Z", When::Now),
            ("2026-01-16T17:00:00Z", When::Over),
        ] {
            let when = When::of(session, at(boundary), &publication.calendar.zone);
            assert_eq!(when, expected, "{boundary}");
        }
    }
}
