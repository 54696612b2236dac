//! Answers to who holds something already, or takes gzip -> whether they get
//! what they need, and nothing in vain.

use std::io::Read;

use flate2::read::GzDecoder;

use super::answer::Answer;
use super::finding::Finding;

/// If-None-Match with the feed's own tag: 304.
pub fn own_tag(answer: &Answer) -> Finding {
    match answer.status {
        304 => Finding::TagHonoured,
        status => Finding::TagIgnored { status },
    }
}

/// If-None-Match with a tag that nothing has: anything but 304, which would
/// freeze the subscriber's calendar.
pub fn other_tag(answer: &Answer) -> Option<Finding> {
    (answer.status == 304).then_some(Finding::TagFrozen)
}

/// If-Modified-Since with the feed's own date: 304.
pub fn own_date(answer: &Answer) -> Finding {
    match answer.status {
        304 => Finding::DateHonoured,
        status => Finding::DateIgnored { status },
    }
}

/// If-Modified-Since with an older date: anything but 304.
pub fn older_date(answer: &Answer) -> Option<Finding> {
    (answer.status == 304).then_some(Finding::DateFrozen)
}

/// The coding of an answer to who asked for none: it broke Outlook.
pub fn unasked(plain: &Answer) -> Option<Finding> {
    coding(plain).map(|coding| Finding::CompressedUnasked { coding })
}

/// The answer to who takes gzip, beside the plain one.
pub fn compressed(plain: &Answer, answer: &Answer) -> Finding {
    let varies =
        |answer: &Answer| answer.lists("vary", "accept-encoding") || answer.lists("vary", "*");
    match coding(answer) {
        None => Finding::Uncompressed,
        Some(coding) if coding != "gzip" && coding != "x-gzip" => Finding::OtherCoding { coding },
        Some(_) if !unpacks_to(&answer.body, &plain.body) => Finding::CompressedWrongly,
        Some(_) if shares_strong_tag(plain, answer) => Finding::SharedTag,
        Some(_) if !varies(plain) || !varies(answer) => Finding::NoVary,
        Some(_) => Finding::Compressed,
    }
}

/// Whether a cache that holds one form would take it for the other: a strong
/// tag stands for the very bytes (RFC 9110, 8.8.3.3).
fn shares_strong_tag(plain: &Answer, answer: &Answer) -> bool {
    answer
        .header("etag")
        .is_some_and(|tag| !tag.starts_with("W/") && plain.header("etag") == Some(tag))
}

/// Reads no further than `plain` is long: whatever it unpacks to.
fn unpacks_to(zipped: &[u8], plain: &[u8]) -> bool {
    let mut unpacked = Vec::with_capacity(plain.len());
    let most = plain.len() as u64 + 1;
    let read = GzDecoder::new(zipped).take(most).read_to_end(&mut unpacked);
    read.is_ok() && unpacked == plain
}

fn coding(answer: &Answer) -> Option<String> {
    answer
        .header("content-encoding")
        .map(str::to_ascii_lowercase)
        .filter(|coding| coding != "identity" && !coding.is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    #[test]
    fn a_304_comes_where_it_is_right() {
        let answer = |status| Answer::sample(status, &[], "");
        assert_eq!(own_tag(&answer(304)), Finding::TagHonoured);
        assert_eq!(own_tag(&answer(200)), Finding::TagIgnored { status: 200 });
        assert_eq!(other_tag(&answer(304)), Some(Finding::TagFrozen));
        assert_eq!(other_tag(&answer(200)), None);
        assert_eq!(own_date(&answer(304)), Finding::DateHonoured);
        assert_eq!(own_date(&answer(412)), Finding::DateIgnored { status: 412 });
        assert_eq!(older_date(&answer(304)), Some(Finding::DateFrozen));
        assert_eq!(older_date(&answer(200)), None);
    }

    #[test]
    fn compression_is_asked_for_and_has_a_tag_of_its_own() {
        let zip = |text: &str| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(text.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        let vary = ("vary", "Origin, Accept-Encoding");
        let gzip = ("content-encoding", "gzip");
        let plain = Answer::sample(200, &[("etag", "\"a\""), vary], "text");
        for (headers, body, expected) in [
            (
                vec![gzip, vary, ("etag", "\"a-gz\"")],
                "text",
                Finding::Compressed,
            ),
            (
                vec![gzip, vary, ("etag", "W/\"a\"")],
                "text",
                Finding::Compressed,
            ),
            (vec![gzip, vary], "text", Finding::Compressed),
            (
                vec![gzip, vary, ("etag", "\"a\"")],
                "text",
                Finding::SharedTag,
            ),
            (vec![gzip, ("etag", "\"b\"")], "text", Finding::NoVary),
            (
                vec![gzip, vary, ("etag", "\"b\"")],
                "other",
                Finding::CompressedWrongly,
            ),
            (
                vec![gzip, vary, ("etag", "\"b\"")],
                "text and more",
                Finding::CompressedWrongly,
            ),
            (
                vec![("content-encoding", "br"), vary],
                "text",
                Finding::OtherCoding {
                    coding: "br".to_owned(),
                },
            ),
            (vec![vary, ("etag", "\"a\"")], "text", Finding::Uncompressed),
            (
                vec![vary, ("content-encoding", "identity")],
                "text",
                Finding::Uncompressed,
            ),
        ] {
            let mut answer = Answer::sample(200, &headers, "");
            answer.body = zip(body);
            assert_eq!(compressed(&plain, &answer), expected, "{headers:?} {body}");
        }
        let deaf = Answer::sample(200, &[("etag", "\"a\"")], "text");
        let mut answer = Answer::sample(200, &[gzip, vary, ("etag", "\"b\"")], "");
        answer.body = zip("text");
        assert_eq!(compressed(&deaf, &answer), Finding::NoVary);
        assert_eq!(unasked(&plain), None);
        assert_eq!(
            unasked(&answer),
            Some(Finding::CompressedUnasked {
                coding: "gzip".to_owned()
            })
        );
    }
}
