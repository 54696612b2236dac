//! Redirects and the address itself -> what programs make of them.

use super::address::FeedAddress;
use super::answer::Answer;
use super::client::Failure;
use super::finding::Finding;

/// The longest address, scheme included, that Google takes; it drops longer
/// ones in silence.
const LONGEST_ADDRESS: usize = 256;

/// What a redirect of `status` from one address of the feed to another means;
/// `None` where it only adds encryption, which [`http`] judges.
pub fn redirect(from: &FeedAddress, to: &FeedAddress, status: u16) -> Option<Finding> {
    if from.is_encrypted() && !to.is_encrypted() {
        return Some(Finding::Downgrade { to: to.url() });
    }
    if from.with_encryption(true) == to.with_encryption(true) {
        return None;
    }
    let to = to.url();
    Some(match status {
        301 | 308 => Finding::MovedForGood { to },
        _ => Finding::MovedForNow { status, to },
    })
}

/// What stands at http where the feed is at https: programs that turn
/// `webcal:` into `http:` must be led to the same path, for good.
pub fn http(address: &FeedAddress, asked: &Result<Answer, Failure>) -> Finding {
    let http = address.with_encryption(false);
    let expected = address.url();
    let answer = match asked {
        Ok(answer) => answer,
        Err(why) => {
            let why = why.clone();
            return Finding::HttpSilent { why, expected };
        }
    };
    let status = answer.status;
    let Some(location) = answer.location() else {
        return Finding::HttpAnswers { status, expected };
    };
    let to = http.follow(location);
    if to.as_ref() != Some(address) {
        return Finding::HttpRedirectsElsewhere {
            to: to.map_or_else(|| location.to_owned(), |to| to.url()),
            expected,
        };
    }
    match status {
        301 | 308 => Finding::HttpRedirects { status },
        _ => Finding::HttpRedirectsForNow { status },
    }
}

/// The address's length and form.
pub fn address(address: &FeedAddress) -> Finding {
    let length = address.url().len();
    if length > LONGEST_ADDRESS {
        Finding::AddressTooLong { length }
    } else if address.has_query() {
        Finding::AddressHasQuery
    } else {
        Finding::AddressFits { length }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = "https://example.org/calendars/all.ics";

    fn feed(url: &str) -> FeedAddress {
        FeedAddress::parse(url).unwrap()
    }

    #[test]
    fn redirects_are_told_apart() {
        let www = "https://www.example.org/calendars/all.ics";
        let http = "http://example.org/calendars/all.ics";
        for (from, to, status, expected) in [
            (http, FEED, 301, None),
            (FEED, FEED, 301, None),
            (
                FEED,
                http,
                301,
                Some(Finding::Downgrade {
                    to: http.to_owned(),
                }),
            ),
            (
                FEED,
                www,
                308,
                Some(Finding::MovedForGood { to: www.to_owned() }),
            ),
            (
                http,
                www,
                301,
                Some(Finding::MovedForGood { to: www.to_owned() }),
            ),
            (
                FEED,
                www,
                302,
                Some(Finding::MovedForNow {
                    status: 302,
                    to: www.to_owned(),
                }),
            ),
        ] {
            assert_eq!(
                redirect(&feed(from), &feed(to), status),
                expected,
                "{from} to {to}"
            );
        }
    }

    #[test]
    fn http_must_lead_to_the_same_path() {
        let expected = || FEED.to_owned();
        let elsewhere = |to: &str| Finding::HttpRedirectsElsewhere {
            to: to.to_owned(),
            expected: expected(),
        };
        for (status, location, finding) in [
            (301, Some(FEED), Finding::HttpRedirects { status: 301 }),
            (308, Some(FEED), Finding::HttpRedirects { status: 308 }),
            (
                302,
                Some(FEED),
                Finding::HttpRedirectsForNow { status: 302 },
            ),
            (
                301,
                Some("https://example.org/"),
                elsewhere("https://example.org/"),
            ),
            (
                301,
                Some("/calendars/all.ics"),
                elsewhere("http://example.org/calendars/all.ics"),
            ),
            (
                301,
                Some("nonsense:"),
                elsewhere("http://example.org/calendars/nonsense:"),
            ),
            (
                301,
                None,
                Finding::HttpAnswers {
                    status: 301,
                    expected: expected(),
                },
            ),
            (
                200,
                None,
                Finding::HttpAnswers {
                    status: 200,
                    expected: expected(),
                },
            ),
            (
                200,
                Some(FEED),
                Finding::HttpAnswers {
                    status: 200,
                    expected: expected(),
                },
            ),
        ] {
            let headers: Vec<_> = location.map(|it| ("location", it)).into_iter().collect();
            let asked = Ok(Answer::sample(status, &headers, ""));
            assert_eq!(http(&feed(FEED), &asked), finding);
        }
        let silent = Finding::HttpSilent {
            why: Failure::Refused,
            expected: expected(),
        };
        assert_eq!(http(&feed(FEED), &Err(Failure::Refused)), silent);
    }

    #[test]
    fn an_address_fits_into_256_characters() {
        let long = |length: usize| format!("https://example.org/{}.ics", "x".repeat(length - 24));
        assert_eq!(
            address(&feed(&long(256))),
            Finding::AddressFits { length: 256 }
        );
        assert_eq!(
            address(&feed(&long(257))),
            Finding::AddressTooLong { length: 257 }
        );
        assert_eq!(
            address(&feed("https://example.org/calendar.ics?district=x")),
            Finding::AddressHasQuery
        );
    }
}
