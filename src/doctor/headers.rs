//! The headers of a feed's answers -> what programs make of them.

use super::answer::Answer;
use super::finding::Finding;

/// Why no calendar came, where none did: a login, a challenge, a web page, or
/// nothing.
pub fn no_calendar(answer: &Answer) -> Option<Finding> {
    let status = answer.status;
    let challenged = answer.headers.contains_key("cf-mitigated") || status == 429;
    match status {
        200 if is_web_page(answer) => Some(Finding::WebPage),
        200 => None,
        _ if challenged => Some(Finding::Challenged { status }),
        // Most walls against robots answer so, with a page to solve.
        403 | 503 if is_web_page(answer) => Some(Finding::Challenged { status }),
        401 | 403 | 407 => Some(Finding::LoginWanted { status }),
        _ => Some(Finding::NoFeed { status }),
    }
}

/// Whether a web page came.
pub fn is_web_page(answer: &Answer) -> bool {
    let body = answer.body.trim_ascii_start();
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    answer.media_type().as_deref() == Some("text/html") && !body.starts_with(b"BEGIN:VCALENDAR")
        || body.starts_with(b"<")
}

/// Content-Type: without the charset some programs show `Å‚` for `ł`; iOS
/// needs the type.
pub fn media_type(answer: &Answer) -> Finding {
    let found = || answer.header("content-type").map(str::to_owned);
    if answer.media_type().as_deref() != Some("text/calendar") {
        return Finding::OtherMediaType { found: found() };
    }
    let whole = found().unwrap_or_default();
    let charset = whole.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"'))
    });
    match charset {
        Some(charset) if charset.eq_ignore_ascii_case("utf-8") => Finding::MediaType,
        _ => Finding::Charset { found: whole },
    }
}

/// Content-Disposition: attachment once broke Google; without one a feed is
/// shown.
pub fn disposition(answer: &Answer) -> Finding {
    let value = answer.header("content-disposition").unwrap_or("inline");
    let how = value.split(';').next().unwrap_or_default().trim();
    if how.eq_ignore_ascii_case("inline") {
        Finding::Inline
    } else {
        Finding::Attachment
    }
}

/// CORS: calendars on other sites read the feed from the browser.
pub fn any_origin(answer: &Answer) -> Finding {
    match answer.header("access-control-allow-origin") {
        Some("*") => Finding::AnyOrigin,
        found => Finding::OwnOriginOnly {
            found: found.map(str::to_owned),
        },
    }
}

/// Set-Cookie: nobody was asked, and shared caches do not keep the answer.
pub fn cookie(answer: &Answer) -> Finding {
    match answer.headers.get("set-cookie") {
        None => Finding::NoCookie,
        Some(value) => {
            let value = String::from_utf8_lossy(value.as_bytes());
            let name = value.split(['=', ';']).next().unwrap_or_default();
            Finding::Cookie {
                name: name.trim().to_owned(),
            }
        }
    }
}

/// HEAD, which Thunderbird's dialog asks first.
pub fn head(get: &Answer, head: &Answer) -> Finding {
    if head.status != 200 {
        return Finding::HeadRefused {
            status: head.status,
        };
    }
    // A length may be left out (RFC 9110, 9.3.2), but not be another.
    let length = head.header("content-length");
    if length.is_some_and(|length| length != get.body.len().to_string()) {
        return Finding::HeadDiffers {
            header: "Content-Length",
        };
    }
    [
        ("content-type", "Content-Type"),
        ("etag", "ETag"),
        ("last-modified", "Last-Modified"),
    ]
    .into_iter()
    .find(|(name, _)| get.header(name) != head.header(name))
    .map_or(Finding::Head, |(_, header)| Finding::HeadDiffers { header })
}

/// What one program gets; `None` where it is what every other gets.
pub fn program(program: &'static str, feed: &Answer, answer: &Answer) -> Option<Finding> {
    if answer.status != 200 {
        let status = answer.status;
        return Some(Finding::ProgramRefused { program, status });
    }
    (answer.body != feed.body).then_some(Finding::ProgramTold { program })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALENDAR: &str = "BEGIN:VCALENDAR\r\n";

    #[test]
    fn what_stands_before_a_calendar_is_named() {
        let html = "<!doctype html><title>Just a moment...</title>";
        let page = ("content-type", "text/html; charset=utf-8");
        let calendar = ("content-type", "text/calendar; charset=utf-8");
        for (status, headers, body, expected) in [
            (200, vec![calendar], CALENDAR, None),
            (200, vec![page], CALENDAR, None),
            (200, vec![calendar], "", None),
            (200, vec![page], html, Some(Finding::WebPage)),
            (200, vec![calendar], html, Some(Finding::WebPage)),
            (
                401,
                vec![page],
                html,
                Some(Finding::LoginWanted { status: 401 }),
            ),
            (
                403,
                vec![],
                "no",
                Some(Finding::LoginWanted { status: 403 }),
            ),
            (
                403,
                vec![page],
                html,
                Some(Finding::Challenged { status: 403 }),
            ),
            (
                403,
                vec![("cf-mitigated", "challenge")],
                "",
                Some(Finding::Challenged { status: 403 }),
            ),
            (429, vec![], "", Some(Finding::Challenged { status: 429 })),
            (
                503,
                vec![page],
                html,
                Some(Finding::Challenged { status: 503 }),
            ),
            (503, vec![], "", Some(Finding::NoFeed { status: 503 })),
            (404, vec![page], html, Some(Finding::NoFeed { status: 404 })),
        ] {
            assert_eq!(
                no_calendar(&Answer::sample(status, &headers, body)),
                expected,
                "{status} {headers:?}"
            );
        }
    }

    #[test]
    fn one_header_at_a_time() {
        let one = |name, value: &str| Answer::sample(200, &[(name, value)], "");
        let charset = |found: &str| Finding::Charset {
            found: found.to_owned(),
        };
        for (value, expected) in [
            ("text/calendar; charset=utf-8", Finding::MediaType),
            (
                "Text/Calendar;component=vevent; Charset=\"UTF-8\"",
                Finding::MediaType,
            ),
            ("text/calendar", charset("text/calendar")),
            (
                "text/calendar; charset=iso-8859-2",
                charset("text/calendar; charset=iso-8859-2"),
            ),
            (
                "text/plain; charset=utf-8",
                Finding::OtherMediaType {
                    found: Some("text/plain; charset=utf-8".to_owned()),
                },
            ),
        ] {
            assert_eq!(media_type(&one("content-type", value)), expected);
        }
        assert_eq!(
            media_type(&Answer::sample(200, &[], "")),
            Finding::OtherMediaType { found: None }
        );
        for (value, expected) in [
            ("inline; filename=\"x.ics\"", Finding::Inline),
            ("INLINE", Finding::Inline),
            ("attachment; filename=\"x.ics\"", Finding::Attachment),
        ] {
            assert_eq!(disposition(&one("content-disposition", value)), expected);
        }
        assert_eq!(disposition(&Answer::sample(200, &[], "")), Finding::Inline);
        assert_eq!(
            any_origin(&one("access-control-allow-origin", "*")),
            Finding::AnyOrigin
        );
        let own = Finding::OwnOriginOnly {
            found: Some("https://example.org".to_owned()),
        };
        assert_eq!(
            any_origin(&one("access-control-allow-origin", "https://example.org")),
            own
        );
        assert_eq!(
            any_origin(&Answer::sample(200, &[], "")),
            Finding::OwnOriginOnly { found: None }
        );
        assert_eq!(
            cookie(&one("set-cookie", "__cf_bm=secret; path=/")),
            Finding::Cookie {
                name: "__cf_bm".to_owned()
            }
        );
        assert_eq!(cookie(&Answer::sample(200, &[], "")), Finding::NoCookie);
    }

    #[test]
    fn head_is_compared_with_get() {
        let get = Answer::sample(
            200,
            &[("etag", "\"a\""), ("content-type", "text/calendar")],
            "body",
        );
        for (status, headers, expected) in [
            (
                200,
                vec![("etag", "\"a\""), ("content-type", "text/calendar")],
                Finding::Head,
            ),
            (
                200,
                vec![
                    ("etag", "\"a\""),
                    ("content-type", "text/calendar"),
                    ("content-length", "4"),
                ],
                Finding::Head,
            ),
            (
                200,
                vec![
                    ("etag", "\"a\""),
                    ("content-type", "text/calendar"),
                    ("content-length", "0"),
                ],
                Finding::HeadDiffers {
                    header: "Content-Length",
                },
            ),
            (
                200,
                vec![("etag", "\"b\""), ("content-type", "text/calendar")],
                Finding::HeadDiffers { header: "ETag" },
            ),
            (
                200,
                vec![("etag", "\"a\"")],
                Finding::HeadDiffers {
                    header: "Content-Type",
                },
            ),
            (405, vec![], Finding::HeadRefused { status: 405 }),
        ] {
            assert_eq!(head(&get, &Answer::sample(status, &headers, "")), expected);
        }
    }

    #[test]
    fn a_program_gets_what_every_other_gets() {
        let feed = Answer::sample(200, &[], CALENDAR);
        assert_eq!(program("Google", &feed, &feed), None);
        let refused = Answer::sample(403, &[], "");
        assert_eq!(
            program("Google", &feed, &refused),
            Some(Finding::ProgramRefused {
                program: "Google",
                status: 403
            })
        );
        let told = Answer::sample(200, &[], "<html>");
        assert_eq!(
            program("Google", &feed, &told),
            Some(Finding::ProgramTold { program: "Google" })
        );
    }
}
