//! What stands between a program and the feed -> what is wrong with it: the
//! address, redirects, the certificate, walls, clocks.

use chrono::TimeDelta;
use url::Url;

use super::address::{follow, with_scheme};
use super::answer::{Answer, Failure, Validity};
use super::finding::{Finding, Severity, fault, finding, ok};

/// The longest address, scheme included, that Google takes; it drops longer
/// ones in silence.
const LONGEST_ADDRESS: usize = 256;

/// How far two clocks may be apart.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(2);

const DAY: u64 = 86_400;

/// The feed's address answers.
pub(super) fn reached(url: &Url) -> Finding {
    ok(
        "reached",
        format!("Adres kalendarza odpowiada: {url}."),
        format!("The feed's address answers: {url}."),
    )
}

/// Something did not answer.
pub(super) fn unanswered(url: &Url, why: &Failure) -> Finding {
    fault(
        "unanswered",
        format!("{url} nie odpowiada: {why}."),
        format!("{url} does not answer: {why}."),
        "Sprawdź adres, czy program działa i czy zapora oraz serwer pośredniczący przepuszczają zapytania.",
        "Check the address, that the program runs, and that the firewall and the proxy let requests through.",
    )
}

/// The certificate, `now` in seconds since 1970: whether it is trusted, and
/// whether it was renewed in time. A certificate of 90 days is renewed 30
/// days before its end, one of 6 days 2 or 3.
pub(super) fn certificate(host: &str, judged: &Result<Validity, String>, now: i64) -> Finding {
    let Validity { from, until } = match judged {
        Ok(validity) => *validity,
        Err(why) => {
            return fault(
                "certificate-refused",
                format!("Programy nie ufają certyfikatowi {host} ({why}) i odrzucają kalendarz."),
                format!(
                    "Programs do not trust the certificate of {host} ({why}) and refuse the feed."
                ),
                "Wysyłaj cały łańcuch (fullchain.pem) certyfikatu uznanego urzędu na tę nazwę; sprawdź, czy się odnawia i czy zegary chodzą dobrze.",
                "Send the whole chain (fullchain.pem) of a known authority's certificate for this name; see that it is renewed and the clocks are right.",
            );
        }
    };
    let left = until.saturating_sub(now.cast_unsigned());
    let days = left / DAY;
    if left > (until.saturating_sub(from) / 6).min(14 * DAY) {
        return ok(
            "certificate",
            format!("Certyfikat {host} jest ważny; pełne dni do końca: {days}."),
            format!("The certificate of {host} is valid; whole days left: {days}."),
        );
    }
    finding(
        Severity::Warning,
        "certificate-expires",
        format!("Certyfikat {host} wkrótce wygaśnie; pełne dni do końca: {days}."),
        format!("The certificate of {host} expires soon; whole days left: {days}."),
        "Sprawdź, czemu nie odnowił się sam.",
        "See why it was not renewed by itself.",
    )
}

/// A redirect of `status` that programs do not follow: to no web address,
/// from https to http, or one after so many others.
pub(super) fn lost_redirect(location: &str, status: u16) -> Finding {
    fault(
        "redirect-lost",
        format!("Przekierowanie ({status}) prowadzi tam, dokąd programy nie pójdą: {location}."),
        format!("A redirect ({status}) leads where programs do not follow: {location}."),
        "Niech adres odpowiada sam albo prowadzi od razu do adresu https kalendarza.",
        "Let the address answer itself, or lead at once to the feed's https address.",
    )
}

/// The feed goes over the network for everybody to read and change.
pub(super) fn unencrypted() -> Finding {
    finding(
        Severity::Warning,
        "unencrypted",
        "Kalendarz idzie przez http: każdy po drodze może go czytać i zmieniać.",
        "The feed comes over http, which anybody on the way can read and change.",
        "Postaw z przodu serwer z certyfikatem i przekieruj http (301 albo 308) pod tę samą ścieżkę w https.",
        "Put a proxy with a certificate in front and redirect http with 301 or 308 to the same path at https.",
    )
}

/// What stands at http where the feed is at https: programs that turn
/// `webcal:` into `http:` must be led to the same path, for good.
pub(super) fn http(feed: &Url, asked: &Result<Answer, Failure>) -> Finding {
    let mut severity = Severity::Fault;
    let found = match asked {
        Err(why) => why.to_string(),
        Ok(answer) => {
            let status = answer.status;
            let location = answer.location().unwrap_or("—");
            if follow(&with_scheme(feed, "http"), location).as_ref() == Some(feed) {
                severity = if matches!(status, 301 | 308) {
                    Severity::Ok
                } else {
                    Severity::Warning
                };
            }
            format!("{status}: {location}")
        }
    };
    if severity == Severity::Ok {
        return ok(
            "http",
            "http prowadzi na stałe pod tę samą ścieżkę w https.",
            "http leads for good to the same path at https.",
        );
    }
    finding(
        severity,
        "http-astray",
        format!(
            "http nie prowadzi na stałe pod tę samą ścieżkę w https ({found}), a Thunderbird i ICSx5 zamieniają odnośniki webcal na http."
        ),
        format!(
            "http does not lead for good to the same path at https ({found}); Thunderbird and ICSx5 turn webcal links into http."
        ),
        format!("Słuchaj na porcie 80 i przekieruj (301 albo 308) do {feed}."),
        format!("Listen on port 80 and redirect with 301 or 308 to {feed}."),
    )
}

/// The address's length, where it is too long.
pub(super) fn address(feed: &Url) -> Option<Finding> {
    let length = feed.as_str().len();
    (length > LONGEST_ADDRESS).then(|| {
        fault(
            "address-long",
            format!("Długość adresu: {length} znaków; Google milcząco odrzuca dłuższe niż 256."),
            format!(
                "The address has {length} characters; Google drops those above 256 in silence."
            ),
            "Wybierz mniej dzielnic albo krótszy adres publiczny.",
            "Choose fewer districts, or a shorter public address.",
        )
    })
}

/// Why no calendar came, where none did: a login, a challenge, another page,
/// an error, or nothing.
pub(super) fn no_calendar(answer: &Answer) -> Option<Finding> {
    let status = answer.status;
    // Most walls against robots answer 403 or 503 with a page to solve.
    let is_page = answer.is_web_page() && matches!(status, 200 | 503);
    if is_page || matches!(status, 401 | 403 | 407 | 429) {
        return Some(fault(
            "wall",
            format!(
                "Zamiast kalendarza przychodzi logowanie, zapora przeciw robotom albo inna strona ({status}); programy kalendarzowe przez nie nie przejdą."
            ),
            format!(
                "Instead of a calendar comes a login, a wall against robots or another page ({status}); calendar programs cannot pass them."
            ),
            "Wyłącz dla /calendars/ logowanie, testy przeciw robotom i limity zapytań; sprawdź adres.",
            "Exempt /calendars/ from logins, challenges and request limits; check the address.",
        ));
    }
    match status {
        200 => None,
        500.. => Some(fault(
            "server-error",
            format!("Adres kalendarza odpowiada błędem ({status})."),
            format!("The feed's address answers with an error ({status})."),
            "Sprawdź, czy program działa i czy serwer pośredniczący do niego sięga.",
            "Check that the program runs and that the proxy reaches it.",
        )),
        _ => Some(fault(
            "no-feed",
            format!("Pod tym adresem nie ma kalendarza ({status})."),
            format!("There is no feed at this address ({status})."),
            "Podaj adres strony głównej albo kalendarza; sprawdź, czy serwer pośredniczący przekazuje całe ścieżki.",
            "Give the site's root or a feed's address; check that the proxy passes whole paths on.",
        )),
    }
}

/// Date, as old as a cache says that it is (RFC 9111, 5.1), beside the clock
/// of this machine; no finding without one.
pub(super) fn clock(answer: &Answer) -> Option<Finding> {
    let date = answer.date("date")?;
    let age: Option<u32> = answer.header("age").and_then(|age| age.parse().ok());
    let ahead = date + TimeDelta::seconds(age.unwrap_or(0).into()) - answer.received;
    let minutes = ahead.num_minutes();
    if ahead.abs() <= CLOCK_TOLERANCE {
        return Some(ok(
            "clock",
            "Zegar serwera chodzi dobrze.",
            "The server's clock is right.",
        ));
    }
    Some(fault(
        "clock-off",
        format!("Zegar serwera nie zgadza się z zegarem tego komputera: {minutes:+} min."),
        format!("The server's clock is not this machine's: {minutes:+} min."),
        "Niech oba biorą czas z sieci (NTP).",
        "Let both take their time from the network (NTP).",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;

    const FEED: &str = "https://example.org/calendars/all.ics";

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_certificate_is_renewed_before_its_last_days() {
        let judged = |days: u64, left: u64| {
            let until = 2_000_000_000;
            let validity = Validity {
                from: until - days * DAY,
                until,
            };
            certificate("x", &Ok(validity), (until - left * DAY).cast_signed()).code
        };
        assert_eq!(judged(90, 15), "certificate");
        assert_eq!(judged(90, 13), "certificate-expires");
        assert_eq!(judged(6, 2), "certificate");
        assert_eq!(judged(6, 1), "certificate-expires");
    }

    #[test]
    fn http_must_lead_to_the_same_path() {
        for (status, location, severity) in [
            (301, FEED, Severity::Ok),
            (308, FEED, Severity::Ok),
            (302, FEED, Severity::Warning),
            (301, "https://example.org/", Severity::Fault),
            (301, "/calendars/all.ics", Severity::Fault),
            (301, "nonsense:", Severity::Fault),
            (200, FEED, Severity::Fault),
        ] {
            let answer = Answer::sample(status, &[("location", location)], "");
            assert_eq!(
                http(&url(FEED), &Ok(answer)).severity,
                severity,
                "{location}"
            );
        }
        let silent = Failure {
            is_unreachable: true,
            why: "silence".to_owned(),
        };
        let line = http(&url(FEED), &Err(silent)).line(Language::Polish);
        assert!(line.contains("(silence)") && line.contains(FEED), "{line}");
    }

    #[test]
    fn an_address_fits_into_256_characters() {
        let long = |length: usize| format!("https://example.org/{}.ics", "x".repeat(length - 24));
        assert_eq!(address(&url(&long(256))), None);
        assert!(address(&url(&long(257))).is_some());
    }

    #[test]
    fn what_stands_before_a_calendar_is_named() {
        let html = "<!doctype html><title>Just a moment...</title>";
        let page = ("content-type", "text/html; charset=utf-8");
        let calendar = ("content-type", "text/calendar; charset=utf-8");
        for (status, header, body, expected) in [
            (200, calendar, "BEGIN:VCALENDAR\r\n", None),
            (200, page, "BEGIN:VCALENDAR\r\n", None),
            (200, calendar, "", None),
            (200, calendar, html, Some("wall")),
            (401, page, html, Some("wall")),
            (403, calendar, "no", Some("wall")),
            (429, calendar, "", Some("wall")),
            (503, page, html, Some("wall")),
            (503, calendar, "", Some("server-error")),
            (404, page, html, Some("no-feed")),
        ] {
            let found = no_calendar(&Answer::sample(status, &[header], body));
            assert_eq!(found.map(|it| it.code), expected, "{status} {body}");
        }
    }

    #[test]
    fn clocks_are_compared() {
        for (date, age, expected) in [
            ("Fri, 06 Mar 2026 12:00:00 GMT", "", Some("clock")),
            ("Fri, 06 Mar 2026 11:58:30 GMT", "0", Some("clock")),
            ("Fri, 06 Mar 2026 11:57:00 GMT", "", Some("clock-off")),
            ("Fri, 06 Mar 2026 11:00:00 GMT", "3600", Some("clock")),
            ("noon", "", None),
        ] {
            let answer = Answer::sample(200, &[("date", date), ("age", age)], "");
            assert_eq!(clock(&answer).map(|it| it.code), expected, "{date}");
        }
    }
}
