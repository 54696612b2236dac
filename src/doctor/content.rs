//! What a feed says of itself, and what stands around it -> whether they are
//! what they should be.

use serde_json::Value;

use super::address::FeedAddress;
use super::answer::Answer;
use super::finding::Finding;

/// The address that the feed names as its own, beside where it was found.
pub fn public_url(address: &FeedAddress, source: Option<&str>) -> Finding {
    let Some(source) = source else {
        return Finding::NoPublicUrl;
    };
    let found = address.public_url();
    match FeedAddress::parse(source).map(|named| named.public_url()) {
        Ok(named) if named == found => Finding::PublicUrl { url: found },
        Ok(named) => Finding::OtherPublicUrl { found, named },
        Err(_) => Finding::OtherPublicUrl {
            found,
            named: source.to_owned(),
        },
    }
}

/// What is said of a district that does not exist: 200 with anything clears
/// subscribers' calendars, 410 makes Thunderbird give up.
pub fn unknown_district(answer: &Answer) -> Finding {
    match answer.status {
        404 => Finding::UnknownDistrict,
        410 => Finding::UnknownDistrictGone,
        200..=399 => Finding::UnknownDistrictServed {
            calendar: answer.body.starts_with(b"BEGIN:VCALENDAR"),
        },
        status => Finding::UnknownDistrictStatus { status },
    }
}

/// The same sessions as JSON.
pub fn json(answer: &Answer) -> Finding {
    if answer.status != 200 {
        let status = answer.status;
        return Finding::NoJson { status };
    }
    let sessions = serde_json::from_slice::<Value>(&answer.body)
        .ok()
        .and_then(|value| Some(value.get("sessions")?.as_array()?.len()));
    sessions.map_or(Finding::OtherJson, |sessions| Finding::Json { sessions })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_names_where_it_stands() {
        let here = FeedAddress::parse("https://example.org/a/calendars/x,y.ics").unwrap();
        let other = |named: &str| Finding::OtherPublicUrl {
            found: "https://example.org/a".to_owned(),
            named: named.to_owned(),
        };
        for (source, expected) in [
            (
                Some("https://Example.org:443/a/en/calendars/y.ics"),
                Finding::PublicUrl {
                    url: "https://example.org/a".to_owned(),
                },
            ),
            (
                Some("http://example.org/a/calendars/x.ics"),
                other("http://example.org/a"),
            ),
            (
                Some("http://localhost:8080/calendars/x.ics"),
                other("http://localhost:8080"),
            ),
            (Some("mailto:x"), other("mailto:x")),
            (None, Finding::NoPublicUrl),
        ] {
            assert_eq!(public_url(&here, source), expected, "{source:?}");
        }
    }

    #[test]
    fn what_stands_around_a_feed_is_judged() {
        let answer = |status, body| Answer::sample(status, &[], body);
        for (answer, expected) in [
            (answer(404, ""), Finding::UnknownDistrict),
            (answer(410, ""), Finding::UnknownDistrictGone),
            (
                answer(200, "BEGIN:VCALENDAR\r\n"),
                Finding::UnknownDistrictServed { calendar: true },
            ),
            (
                answer(200, "<html>"),
                Finding::UnknownDistrictServed { calendar: false },
            ),
            (
                answer(302, ""),
                Finding::UnknownDistrictServed { calendar: false },
            ),
            (
                answer(403, ""),
                Finding::UnknownDistrictStatus { status: 403 },
            ),
        ] {
            assert_eq!(unknown_district(&answer), expected);
        }
        for (answer, expected) in [
            (
                answer(200, "{\"sessions\": [1, 2]}"),
                Finding::Json { sessions: 2 },
            ),
            (answer(200, "[]"), Finding::OtherJson),
            (answer(200, "<html>"), Finding::OtherJson),
            (
                answer(404, "{\"sessions\": []}"),
                Finding::NoJson { status: 404 },
            ),
        ] {
            assert_eq!(json(&answer), expected);
        }
    }
}
