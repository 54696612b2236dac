//! The dates of an answer -> whether the server's clock is right.

use chrono::TimeDelta;

use super::answer::Answer;
use super::finding::Finding;

/// How far two clocks may be apart.
const TOLERANCE: TimeDelta = TimeDelta::minutes(2);

/// Date, as old as a cache says that it is (RFC 9111, 5.1), beside the clock
/// of this machine.
pub fn clock(answer: &Answer) -> Finding {
    let Some(date) = answer.date("date") else {
        return Finding::NoClock;
    };
    let age: u32 = answer
        .header("age")
        .and_then(|age| age.parse().ok())
        .unwrap_or(0);
    let ahead = date + TimeDelta::seconds(age.into()) - answer.received;
    if ahead.abs() > TOLERANCE {
        Finding::ClockOff {
            seconds: ahead.num_seconds(),
        }
    } else {
        Finding::ClockRight
    }
}

/// Last-Modified in the future: caches and programs then distrust it, or miss
/// every change until that day.
pub fn modified(answer: &Answer) -> Option<Finding> {
    let ahead = answer.date("last-modified")? - answer.received;
    (ahead > TOLERANCE).then(|| Finding::ModifiedInFuture {
        seconds: ahead.num_seconds(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_compared() {
        for (headers, expected) in [
            (
                vec![("date", "Fri, 06 Mar 2026 12:00:00 GMT")],
                Finding::ClockRight,
            ),
            (
                vec![("date", "Fri, 06 Mar 2026 11:58:30 GMT")],
                Finding::ClockRight,
            ),
            (
                vec![("date", "Fri, 06 Mar 2026 11:57:00 GMT")],
                Finding::ClockOff { seconds: -180 },
            ),
            (
                vec![("date", "Fri, 06 Mar 2026 13:00:00 GMT")],
                Finding::ClockOff { seconds: 3600 },
            ),
            (
                vec![("date", "Fri, 06 Mar 2026 11:00:00 GMT"), ("age", "3600")],
                Finding::ClockRight,
            ),
            (vec![("date", "noon")], Finding::NoClock),
            (vec![], Finding::NoClock),
        ] {
            assert_eq!(
                clock(&Answer::sample(200, &headers, "")),
                expected,
                "{headers:?}"
            );
        }
        for (date, expected) in [
            ("Fri, 06 Mar 2026 11:00:00 GMT", None),
            ("Fri, 06 Mar 2026 12:01:00 GMT", None),
            (
                "Fri, 06 Mar 2026 13:00:00 GMT",
                Some(Finding::ModifiedInFuture { seconds: 3600 }),
            ),
            ("some day", None),
        ] {
            assert_eq!(
                modified(&Answer::sample(200, &[("last-modified", date)], "")),
                expected,
                "{date}"
            );
        }
    }
}
