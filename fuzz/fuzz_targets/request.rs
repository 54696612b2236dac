//! Any method, path, query and headers -> an answer that HTTP allows.
//!
//! The input is a request much as it comes over the wire; what the server's
//! parser would refuse is passed over.

#![no_main]

use std::sync::{Arc, LazyLock};

use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Request, StatusCode, Uri};
use libfuzzer_sys::{Corpus, fuzz_target};
use spotkajmy::history::{History, publish};
use spotkajmy::web::respond::{Reply, respond};
use spotkajmy::web::server::Response;
use spotkajmy::site::Site;
use spotkajmy_fuzz::{example, instant, links, site};

static SITE: LazyLock<Arc<Site>> = LazyLock::new(|| {
    let schedule = example();
    let links = links(&schedule);
    let outcome = publish(&schedule, &History::default(), &links, None, instant(0));
    site(outcome.publication, links, instant(60))
});

/// The first line is the method and the target, each further one a header.
fn request(bytes: &[u8]) -> Option<Request<()>> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let first = lines.next()?;
    let blank = first.iter().position(|byte| *byte == b' ')?;
    let method = Method::from_bytes(&first[..blank]).ok()?;
    let target = Uri::try_from(&first[blank + 1..]).ok()?;
    let mut request = Request::builder().method(method).uri(target);
    for line in lines {
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        request = request.header(name, HeaderValue::from_bytes(&line[colon + 1..]).ok()?);
    }
    request.body(()).ok()
}

fn answer(request: &Request<()>) -> Response {
    match respond(&SITE, &request.into()) {
        Reply::Ready(answer, _) => answer,
        Reply::Cold(cold) => cold.answer().0,
    }
}

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some(request) = request(bytes) else {
        return Corpus::Reject;
    };
    let first = answer(&request);
    let status = first.head.status();
    // 501 is what oEmbed asks for where a format is not known.
    assert!(
        [200, 204, 303, 304, 308, 400, 404, 405, 501].contains(&status.as_u16()),
        "{status}"
    );
    let location = first.head.headers().iter().find(|(name, _)| name == header::LOCATION);
    if let Some((_, location)) = location {
        let location = location.to_str().expect("ASCII");
        assert!(
            location.starts_with('/') && !location.starts_with("//"),
            "{location}"
        );
        // Where it leads stands something, and that does not lead on.
        let next = Request::builder().uri(location).body(()).expect("a path");
        assert_eq!(answer(&next).head.status(), StatusCode::OK, "{location}");
    }
    if status == StatusCode::NOT_MODIFIED {
        assert!(first.body.is_empty());
    }
    // What was rendered for the first is kept for the second: the same answer.
    let second = answer(&request);
    assert_eq!(second.head.status(), status);
    assert_eq!(second.head.headers(), first.head.headers());
    Corpus::Keep
});
