//! A schedule and the one before it -> the same two, with one of each session
//! that did not change.

use super::model::{Schedule, Session};

impl Schedule {
    /// Takes the sessions that `earlier` holds too from there: an edit of one
    /// session then costs the memory of one, however many there are.
    pub fn share_with(&mut self, earlier: &Schedule) {
        for session in &mut self.sessions {
            let place = earlier
                .sessions
                .binary_search_by(|it| (it.start, &it.id).cmp(&(session.start, &session.id)));
            if let Ok(place) = place
                && is_same(&earlier.sessions[place], session)
            {
                *session = earlier.sessions[place].clone();
            }
        }
    }
}

/// Whether nothing at all tells the sessions apart. Equal instants may still
/// have other local hours.
fn is_same(one: &Session, other: &Session) -> bool {
    let offsets = |session: &Session| [*session.start.offset(), *session.end.offset()];
    one == other && offsets(one) == offsets(other)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;

    use super::super::read;
    use super::*;

    const YAML: &str = "\
calendar: {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00}
districts: [{id: alfa, name: Alfa}]
venues:
  - {id: cafe, name: Cafe, district: alfa, location: {lat: 0, lon: 20}}
  - {id: library, name: Library, district: alfa}
sessions:
  - {id: a, date: 2026-03-13, venue: cafe}
  - {id: b, date: 2026-03-13, venue: library, note: Come}
  - {id: c, date: 2026-04-10, districts: all}
";

    #[test]
    fn what_did_not_change_is_shared_and_nothing_else() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let schedule = |yaml: &str| read(yaml.as_bytes(), today).unwrap().schedule;
        let earlier = schedule(YAML);
        let check = |edits: &[(&str, &str)], expected: [bool; 3]| {
            let yaml = edits
                .iter()
                .fold(YAML.to_owned(), |yaml, (old, new)| yaml.replace(old, new));
            let mut later = schedule(&yaml);
            let untouched = schedule(&yaml);
            later.share_with(&earlier);
            let same = |(one, other): (&Arc<Session>, _)| Arc::ptr_eq(one, other);
            let shared: Vec<bool> = later
                .sessions
                .iter()
                .zip(&earlier.sessions)
                .map(same)
                .collect();
            assert_eq!(shared, expected, "{edits:?}");
            assert_eq!(format!("{later:?}"), format!("{untouched:?}"), "{edits:?}");
        };
        check(&[], [true; 3]);
        check(&[("title: Example", "title: Other")], [true; 3]);
        check(&[("note: Come", "note: Go")], [true, false, true]);
        check(
            &[("2026-03-13, venue: cafe", "2026-03-14, venue: cafe")],
            [false, false, true],
        );
        check(&[("name: Cafe", "name: Café")], [false, true, true]);
        check(&[("name: Alfa", "name: Alpha")], [false, false, true]);
        // Written otherwise, the same point.
        check(&[("lat: 0", "lat: -0.0")], [true; 3]);
        // The same instants, told by other clocks.
        let abroad = [
            ("Europe/Warsaw", "Europe/London"),
            ("14:00-18:00", "13:00-17:00"),
        ];
        check(&abroad, [false; 3]);
        check(&[("Europe/Warsaw", "Europe/Berlin")], [true; 3]);
    }
}
