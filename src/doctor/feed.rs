//! The feed's answers -> what programs make of their headers and bytes.

use icalendar::parser::{read_calendar, unfold};
use url::Url;

use super::address;
use super::answer::Answer;
use super::finding::{Finding, Severity, fault, finding, ok};

/// How deep components may stand in one another: a feed's stand three deep,
/// and the parser calls itself for each.
const DEEPEST: usize = 8;

/// Content-Type: without the charset some programs show `Å‚` for `ł`; iOS
/// needs the type.
pub(super) fn content_type(answer: &Answer) -> Finding {
    let found = answer.header("content-type").unwrap_or("—");
    let mut parts = found
        .split(';')
        .map(|part| part.trim().to_ascii_lowercase());
    let is_calendar = parts.next().as_deref() == Some("text/calendar");
    if is_calendar && parts.any(|it| it.replace('"', "") == "charset=utf-8") {
        return ok(
            "content-type",
            "Content-Type to text/calendar z charset=utf-8.",
            "Content-Type is text/calendar with charset=utf-8.",
        );
    }
    fault(
        "other-content-type",
        format!(
            "Content-Type to {found}: iOS wymaga text/calendar, a bez charset=utf-8 niektóre programy pokażą krzaki zamiast polskich liter."
        ),
        format!(
            "Content-Type is {found}: iOS needs text/calendar, and without charset=utf-8 some programs garble Polish letters."
        ),
        "Ma być text/calendar; charset=utf-8.",
        "It must be text/calendar; charset=utf-8.",
    )
}

/// CORS: calendars on other sites read the feed from the browser.
pub(super) fn any_origin(answer: &Answer) -> Finding {
    let found = answer.header("access-control-allow-origin").unwrap_or("—");
    if found == "*" {
        return ok(
            "cors",
            "Kalendarze na innych stronach mogą go czytać (CORS).",
            "Calendars on other sites may read the feed (CORS).",
        );
    }
    fault(
        "no-cors",
        format!(
            "Access-Control-Allow-Origin to {found}: kalendarze na innych stronach go nie odczytają."
        ),
        format!(
            "Access-Control-Allow-Origin is {found}: calendars on other sites cannot read the feed."
        ),
        "Ma być *.",
        "It must be *.",
    )
}

/// Set-Cookie: nobody was asked, and shared caches do not keep the answer.
pub(super) fn cookie(answer: &Answer) -> Finding {
    let Some(value) = answer.headers.get("set-cookie") else {
        return ok("no-cookie", "Nie ma ciasteczek.", "No cookie is set.");
    };
    let value = String::from_utf8_lossy(value.as_bytes());
    let name = value.split(['=', ';']).next().unwrap_or_default();
    fault(
        "cookie",
        format!("Ustawiane jest ciasteczko: {name}."),
        format!("A cookie is set: {name}."),
        "Wyłącz je w serwerze pośredniczącym: nikt się na nie nie zgodził, a wspólne pamięci podręczne nie zachowują takich odpowiedzi.",
        "Turn it off in the proxy for this site: nobody consented, and shared caches keep no such answer.",
    )
}

/// The feed's coding where nobody asked for one: it broke Outlook.
pub(super) fn compressed(answer: &Answer) -> Option<Finding> {
    let coding = answer.header("content-encoding")?;
    if coding.is_empty() || coding.eq_ignore_ascii_case("identity") {
        return None;
    }
    Some(fault(
        "compressed",
        format!(
            "Kalendarz jest kompresowany ({coding}) nieproszony, a takiego Outlook nie odczyta."
        ),
        format!(
            "The feed is compressed ({coding}) for who did not ask, which Outlook cannot read."
        ),
        "Kompresuj tylko tam, gdzie pozwala Accept-Encoding.",
        "Compress only where Accept-Encoding allows it.",
    ))
}

/// HEAD, which Thunderbird's dialog asks first.
pub(super) fn head(get: &Answer, head: &Answer) -> Finding {
    let status = head.status;
    let is_alike = |name: &str| get.header(name) == head.header(name);
    if status == 200
        && ["content-type", "etag", "last-modified"]
            .into_iter()
            .all(is_alike)
    {
        return ok(
            "head",
            "Na HEAD przychodzi to samo co na GET.",
            "HEAD is answered like GET.",
        );
    }
    fault(
        "head-differs",
        format!(
            "Na HEAD przychodzi co innego niż na GET ({status}), a Thunderbird pyta tak najpierw."
        ),
        format!("HEAD is answered otherwise than GET ({status}); Thunderbird asks it first."),
        "Niech serwer pośredniczący przekazuje HEAD i nagłówki bez zmian.",
        "Let the proxy pass HEAD and headers on unchanged.",
    )
}

/// What one program gets; `None` where it is what every other gets.
pub(super) fn program(program: &str, feed: &Answer, answer: &Answer) -> Option<Finding> {
    let status = answer.status;
    if status == 200 && answer.body == feed.body {
        return None;
    }
    Some(fault(
        "program",
        format!("Kto pyta tak jak {program}, nie dostaje tego samego kalendarza ({status})."),
        format!("Who asks as {program} does gets something else than the feed ({status})."),
        "Usuń dla /calendars/ filtry według User-Agent, Accept i Authorization.",
        "Remove filters by User-Agent, Accept or Authorization for /calendars/.",
    ))
}

/// Every program is answered alike.
pub(super) fn every_program() -> Finding {
    ok(
        "programs",
        "Google, Outlook i Thunderbird dostają ten sam kalendarz.",
        "Google, Outlook and Thunderbird get the same feed.",
    )
}

/// A header that programs need to ask for changes only is missing.
pub(super) fn no_validator(header: &str) -> Finding {
    fault(
        "no-validator",
        format!("Brak czytelnego {header}: za każdym razem idzie cały kalendarz."),
        format!("There is no readable {header}: the whole feed goes out each time."),
        "Niech serwer pośredniczący przekazuje nagłówki programu bez zmian.",
        "Let the proxy in front pass the program's headers on unchanged.",
    )
}

/// A question by `header` for changes only: answered with status `own` to who
/// holds these bytes, which must be 304, and with `other` to who holds other
/// ones, which must not: a wrong 304 freezes Apple's calendars.
pub(super) fn conditional(header: &str, own: u16, other: u16) -> Finding {
    if own == 304 && other != 304 {
        return ok(
            "conditional",
            format!("Kto ma już kalendarz, dowiaduje się tego przez {header} (304)."),
            format!("Who holds the feed is told so, by {header} (304)."),
        );
    }
    fault(
        "conditional-wrong",
        format!(
            "Na {header} z własną wartością kalendarza przychodzi {own} (ma być 304), z obcą {other} (304 zamraża kalendarze mieszkańców)."
        ),
        format!(
            "{header} with the feed's own value is answered with {own} (it must be 304), with a foreign one {other} (304 freezes subscribers' calendars)."
        ),
        format!(
            "Niech serwer pośredniczący przekazuje {header}, porównuje całą wartość i nie zmienia treści."
        ),
        format!("Let the proxy pass {header} on, compare the whole value and change no body."),
    )
}

/// What is said of a district that does not exist: a page or an empty feed
/// clears subscribers' calendars, and 410 makes Thunderbird give up.
pub(super) fn unknown_district(answer: &Answer) -> Finding {
    let status = answer.status;
    if status == 404 {
        return ok(
            "unknown-district",
            "Dzielnica, której nie ma, to 404.",
            "A district that does not exist is a 404.",
        );
    }
    fault(
        "unknown-district-served",
        format!("Na dzielnicę, której nie ma, przychodzi {status} zamiast 404."),
        format!("A district that does not exist is answered with {status} instead of 404."),
        "Niech serwer pośredniczący przekazuje 404 od programu: zły adres nie może wyglądać jak pusty kalendarz.",
        "Let the proxy pass the program's 404 on: a wrong address must not look like an empty calendar.",
    )
}

/// What a readable calendar says of itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Calendar {
    pub(super) events: usize,
    /// The address that it names as its own (RFC 7986, 5.8).
    pub(super) source: Option<String>,
}

/// Reads a feed: what goes wrong between the program and its subscribers is
/// line ends, encodings and lost halves.
///
/// # Errors
/// Why programs refuse it.
pub(super) fn read(answer: &Answer) -> Result<Calendar, Finding> {
    if !answer.is_whole {
        return Err(unreadable("ma ponad 16 MiB", "is longer than 16 MiB"));
    }
    let unfolded = unfold(text(&answer.body)?);
    check_depth(&unfolded)?;
    let refused = || {
        unreadable(
            "nie ma VERSION albo ma wiersz, który nie jest własnością",
            "has no VERSION, or a line that is no property",
        )
    };
    let calendar = read_calendar(&unfolded).map_err(|_| refused())?;
    let property = |name| calendar.properties.iter().find(|it| it.name == name);
    // Where the parser meets a line that it cannot read, it gives an empty
    // calendar.
    property("VERSION").ok_or_else(refused)?;
    if property("METHOD").is_some() {
        return Err(unreadable("ma METHOD", "has a METHOD"));
    }
    let events = calendar.components.iter().filter(|it| it.name == "VEVENT");
    let lacks = |name: &&str| events.clone().any(|event| event.find_prop(name).is_none());
    if let Some(name) = ["UID", "DTSTAMP", "DTSTART"].into_iter().find(lacks) {
        return Err(unreadable(
            &format!("ma wydarzenie bez {name}"),
            &format!("has an event without {name}"),
        ));
    }
    Ok(Calendar {
        events: events.count(),
        source: property("SOURCE").map(|source| source.val.to_string()),
    })
}

/// The bytes as text whose lines end with CRLF.
fn text(body: &[u8]) -> Result<&str, Finding> {
    if body.starts_with(b"\xef\xbb\xbf") {
        return Err(unreadable(
            "zaczyna się znacznikiem BOM",
            "begins with a byte order mark",
        ));
    }
    let text = str::from_utf8(body).map_err(|_| unreadable("nie jest w UTF-8", "is not UTF-8"))?;
    let has_crlf = |line: &str| line.ends_with("\r\n");
    match text.split_inclusive('\n').position(|line| !has_crlf(line)) {
        None => Ok(text),
        Some(before) => Err(unreadable(
            &format!(
                "jest ucięty albo nie ma CRLF na końcu wiersza {}",
                before + 1
            ),
            &format!(
                "is cut off, or has no CRLF at the end of line {}",
                before + 1
            ),
        )),
    }
}

/// Refuses what is no calendar or no whole one, and what would send the
/// parser too deep.
fn check_depth(unfolded: &str) -> Result<(), Finding> {
    let mut depth = 0;
    for (number, line) in unfolded.lines().enumerate() {
        let line = line.to_ascii_uppercase();
        depth += usize::from(line.starts_with("BEGIN:"));
        if number == 0 && line != "BEGIN:VCALENDAR" || depth == 0 || depth > DEEPEST {
            return Err(unreadable(
                "nie jest jednym kalendarzem",
                "is not one calendar",
            ));
        }
        depth -= usize::from(line.starts_with("END:"));
    }
    if unfolded.is_empty() || depth > 0 {
        return Err(unreadable("jest ucięty", "is cut off"));
    }
    Ok(())
}

fn unreadable(polish: &str, english: &str) -> Finding {
    fault(
        "unreadable",
        format!("Kalendarz {polish}, a takie programy odrzucają."),
        format!("The feed {english}, which programs refuse."),
        "Nic między programem a tym adresem nie może zmieniać bajtów.",
        "Whatever stands between the program and this address must not change the bytes.",
    )
}

/// How many events the feed at `url` has.
pub(super) fn events(url: &Url, events: usize) -> Finding {
    if events > 0 {
        return ok(
            "calendar",
            format!("Kalendarz jest czytelny; spotkań: {events}."),
            format!("The feed is a readable calendar; events: {events}."),
        );
    }
    let severity = if address::is_of_all(url) {
        Severity::Fault
    } else {
        Severity::Warning
    };
    finding(
        severity,
        "no-events",
        "W kalendarzu nie ma ani jednego spotkania.",
        "The feed has no event.",
        "Sprawdź, czy program ruszył z właściwym --schedule. Tak ma być tylko w dzielnicy, w której nigdy nic nie ogłoszono.",
        "Check that the program was started with the right --schedule. It is right only for a district where nothing was ever announced.",
    )
}

/// The address that the feed names as its own, beside where it was found.
pub(super) fn public_url(url: &Url, source: &str) -> Finding {
    let found = address::public_url(url);
    let named = address::feed(source).map(|url| address::public_url(&url));
    let named = named.as_deref().unwrap_or(source);
    if named == found {
        return ok(
            "public-url",
            format!("Kalendarz podaje adres, pod którym go znaleziono: {found}."),
            format!("The feed names the address where it was found: {found}."),
        );
    }
    fault(
        "other-public-url",
        format!(
            "Kalendarz twierdzi, że stoi pod adresem {named}, i tam prowadzą wszystkie jego odnośniki."
        ),
        format!("The feed says that it stands at {named}; all its links lead there."),
        format!("Uruchom program z --public-url {found}."),
        format!("Start the program with --public-url {found}."),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::texts::Language;

    const OPENING: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n";
    const EVENT: &str = "BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260306T090000Z\r\nDTSTART:20260313T130000Z\r\nEND:VEVENT\r\n";
    const CLOSING: &str = "END:VCALENDAR\r\n";

    fn answer(status: u16) -> Answer {
        Answer::sample(status, &[], "")
    }

    fn one(name: &'static str, value: &str) -> Answer {
        Answer::sample(200, &[(name, value)], "")
    }

    #[test]
    fn one_header_at_a_time() {
        for (found, expected) in [
            (
                content_type(&one("content-type", "text/calendar; charset=utf-8")),
                "content-type",
            ),
            (
                content_type(&one(
                    "content-type",
                    "Text/Calendar;component=vevent; Charset=\"UTF-8\"",
                )),
                "content-type",
            ),
            (
                content_type(&one("content-type", "text/calendar")),
                "other-content-type",
            ),
            (
                content_type(&one("content-type", "text/calendar; charset=iso-8859-2")),
                "other-content-type",
            ),
            (
                content_type(&one("content-type", "text/plain; charset=utf-8")),
                "other-content-type",
            ),
            (content_type(&answer(200)), "other-content-type"),
            (any_origin(&one("access-control-allow-origin", "*")), "cors"),
            (
                any_origin(&one("access-control-allow-origin", "https://example.org")),
                "no-cors",
            ),
            (any_origin(&answer(200)), "no-cors"),
            (cookie(&answer(200)), "no-cookie"),
            (
                cookie(&one("set-cookie", "__cf_bm=secret; path=/")),
                "cookie",
            ),
            (unknown_district(&answer(404)), "unknown-district"),
            (unknown_district(&answer(200)), "unknown-district-served"),
            (unknown_district(&answer(410)), "unknown-district-served"),
            (conditional("If-None-Match", 304, 200), "conditional"),
            (conditional("If-None-Match", 200, 200), "conditional-wrong"),
            (conditional("If-None-Match", 304, 304), "conditional-wrong"),
        ] {
            assert_eq!(found.code, expected);
        }
        let cookie = cookie(&one("set-cookie", "__cf_bm=secret; path=/"));
        assert!(!cookie.line(Language::English).contains("secret"));
        assert_eq!(compressed(&answer(200)), None);
        assert_eq!(compressed(&one("content-encoding", "identity")), None);
        assert!(compressed(&one("content-encoding", "gzip")).is_some());
    }

    #[test]
    fn head_and_programs_are_answered_like_everybody() {
        let get = Answer::sample(200, &[("etag", "\"a\"")], "body");
        assert_eq!(head(&get, &one("etag", "\"a\"")).code, "head");
        assert_eq!(head(&get, &one("etag", "\"b\"")).code, "head-differs");
        assert_eq!(head(&get, &answer(405)).code, "head-differs");
        assert_eq!(program("Google", &get, &get), None);
        assert!(program("Google", &get, &answer(403)).is_some());
        assert!(program("Google", &get, &Answer::sample(200, &[], "<html>")).is_some());
    }

    #[test]
    fn a_readable_calendar_is_read() {
        for (body, events, source) in [
            (format!("{OPENING}{CLOSING}"), 0, None),
            (format!("{OPENING}{EVENT}{EVENT}{CLOSING}"), 2, None),
            (
                format!(
                    "{OPENING}SOURCE;VALUE=URI:https://example.org/calendars/\r\n all.ics\r\n{CLOSING}"
                ),
                0,
                Some("https://example.org/calendars/all.ics"),
            ),
        ] {
            let source = source.map(str::to_owned);
            let found = read(&Answer::sample(200, &[], &body));
            assert_eq!(found, Ok(Calendar { events, source }), "{body}");
        }
    }

    #[test]
    fn what_programs_refuse_is_found() {
        let deep = "BEGIN:VEVENT\r\n".repeat(100_000);
        for (body, expected) in [
            (format!("\u{feff}{OPENING}{CLOSING}"), "byte order mark"),
            (String::new(), "cut off"),
            ("{}\r\n".to_owned(), "not one calendar"),
            (format!("{OPENING}{EVENT}"), "is cut off, which"),
            (format!("{OPENING}{}", &EVENT[..30]), "end of line 6"),
            (
                format!("{OPENING}{CLOSING}").replace("\r\n", "\n"),
                "line 1, which",
            ),
            (format!("{OPENING}{CLOSING}\r\n"), "not one calendar"),
            (format!("{OPENING}{deep}"), "not one calendar"),
            (
                format!("{OPENING}{}", deep.replace("BEG", "BEG\r\n ")),
                "not one calendar",
            ),
            (format!("{OPENING}<br />\r\n{CLOSING}"), "no property"),
            (
                format!("{OPENING}{EVENT}BEGIN:VEVENT\r\n<br />\r\nEND:VEVENT\r\n{CLOSING}"),
                "no property",
            ),
            (format!("{OPENING}METHOD:PUBLISH\r\n{CLOSING}"), "METHOD"),
            (
                format!("{OPENING}{}{CLOSING}", EVENT.replace("UID:a\r\n", "")),
                "event without UID",
            ),
        ] {
            let finding = read(&Answer::sample(200, &[], &body)).unwrap_err();
            let line = finding.line(Language::English);
            assert!(line.contains(expected), "{line}");
        }
        let mut latin = answer(200);
        latin.body = b"BEGIN:VCALENDAR\r\nNAME:\xf3\r\n".to_vec();
        assert!(read(&latin).is_err());
    }

    proptest! {
        #[test]
        fn any_body_is_judged(lines in proptest::collection::vec(
            "(BEGIN:|END:|VEVENT|VCALENDAR|UID|SOURCE|;|=|:|\"|\\\\|,|\r\n |ł|\\PC){0,8}", 0..12,
        )) {
            let body = format!("{OPENING}{}\r\n{CLOSING}", lines.join("\r\n"));
            let _ = read(&Answer::sample(200, &[], &body));
        }
    }

    #[test]
    fn a_feed_names_where_it_stands() {
        let here = Url::parse("https://example.org/a/calendars/x,y.ics").unwrap();
        for (source, expected) in [
            ("https://Example.org:443/a/en/calendars/y.ics", "public-url"),
            ("http://example.org/a/calendars/x.ics", "other-public-url"),
            ("mailto:x", "other-public-url"),
        ] {
            assert_eq!(public_url(&here, source).code, expected, "{source}");
        }
    }

    #[test]
    fn only_a_district_may_have_no_events() {
        let severity = |url: &str| events(&Url::parse(url).unwrap(), 0).severity;
        assert_eq!(
            severity("https://example.org/calendars/all.ics"),
            Severity::Fault
        );
        assert_eq!(
            severity("https://example.org/calendars/x.ics"),
            Severity::Warning
        );
    }
}
