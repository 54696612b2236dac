//! When the newest time zone database and an older one, which many programs
//! still carry, let a zone's clocks show different hours.
//!
//! The older one is that of `chrono-tz`. It is compared once, by the tests,
//! and what came of it is kept as a table: as part of the program it would
//! take a fifth of its file and of its memory, for one warning.

/// A line for each such zone, and in it the spans, from and until when, in
/// seconds since 1970, between 2000 and 2100. Written by
/// `cargo test --lib disputed -- --ignored`.
const TABLE: &str = include_str!("disputed.txt");

/// Whether the two disagree about the zone of that name at `instant`, in
/// seconds since 1970. Nothing is disputed before 2000 and from 2100 on,
/// where the older database ends.
pub(super) fn is_disputed(name: &str, instant: i64) -> bool {
    spans_of(TABLE, name).any(|(from, until)| (from..until).contains(&instant))
}

fn spans_of<'t>(table: &'t str, name: &str) -> impl Iterator<Item = (i64, i64)> + 't {
    let line = table.lines().find_map(|line| {
        let (zone, spans) = line.split_once(' ')?;
        (zone == name).then_some(spans)
    });
    line.unwrap_or_default().split(' ').filter_map(|span| {
        let (from, until) = span.split_once("..")?;
        Some((from.parse().ok()?, until.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::ops::Range;

    use chrono::{DateTime, Offset, TimeZone, Utc};

    use super::super::Zone;
    use super::*;

    const HOUR: usize = 3_600;
    /// The time that the table is about.
    const TOLD: Range<i64> = 946_684_800..4_102_444_800;

    /// A zone in both databases.
    struct Both {
        newer: Zone,
        older: chrono_tz::Tz,
    }

    impl Both {
        /// Every zone that both know, by name.
        fn all() -> Vec<Both> {
            let mut names: Vec<&str> = Zone::names().collect();
            names.sort_unstable();
            let known = names.into_iter().filter_map(|name| {
                Some(Both {
                    newer: Zone::named(name)?,
                    older: name.parse().ok()?,
                })
            });
            known.collect()
        }

        fn disagree_at(&self, instant: i64) -> bool {
            let utc: DateTime<Utc> = DateTime::from_timestamp(instant, 0).unwrap();
            let newer = *self.newer.at(utc).offset();
            let older = self.older.offset_from_utc_datetime(&utc.naive_utc()).fix();
            TOLD.contains(&instant) && newer != older
        }

        /// The first second in `from..=until` that is as the last, where only
        /// one change lies between.
        fn change_between(&self, mut from: i64, mut until: i64) -> i64 {
            let last = self.disagree_at(until);
            while until - from > 1 {
                let middle = i64::midpoint(from, until);
                if self.disagree_at(middle) == last {
                    until = middle;
                } else {
                    from = middle;
                }
            }
            until
        }

        /// When they disagree, for six hours and longer.
        fn spans(&self) -> Vec<(i64, i64)> {
            let mut spans = Vec::new();
            let mut since = None;
            let mut earlier = TOLD.start - 1;
            for instant in TOLD.step_by(6 * HOUR).chain([TOLD.end]) {
                let disagree = self.disagree_at(instant);
                if disagree != since.is_some() {
                    let change = self.change_between(earlier, instant);
                    match since.take() {
                        Some(from) => spans.push((from, change)),
                        None => since = Some(change),
                    }
                }
                earlier = instant;
            }
            spans
        }
    }

    #[test]
    fn the_table_is_what_the_two_databases_say() {
        let all = Both::all();
        assert!(all.len() > 500, "{} zones", all.len());
        for (both, hours) in all.iter().zip((0..400).cycle()) {
            let name = both.newer.name();
            // Not at the same hours for every zone.
            let regular = TOLD.skip(hours * HOUR).step_by(401 * HOUR);
            let edges =
                spans_of(TABLE, name).flat_map(|(from, until)| [from - 1, from, until - 1, until]);
            for instant in regular.chain(edges) {
                assert_eq!(
                    is_disputed(name, instant),
                    both.disagree_at(instant),
                    "{name} at {instant}: write the table anew with \
                     `cargo test --lib disputed -- --ignored`"
                );
            }
        }
    }

    #[test]
    #[ignore = "writes src/zone/disputed.txt, when one of the databases is a newer one"]
    fn write_the_table() {
        let mut table = String::new();
        for both in Both::all() {
            let spans = both.spans();
            if !spans.is_empty() {
                table.push_str(both.newer.name());
                for (from, until) in spans {
                    write!(table, " {from}..{until}").unwrap();
                }
                table.push('\n');
            }
        }
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/zone/disputed.txt");
        std::fs::write(path, table).unwrap();
    }
}
