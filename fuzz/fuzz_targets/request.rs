//! Any method, path, query and headers -> an answer that HTTP allows.
//!
//! The input is a request much as it comes over the wire; what the server's
//! parser would refuse is passed over.

#![no_main]

use std::sync::{Arc, LazyLock};

use hyper::body::Body as _;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Request, StatusCode, Uri};
use libfuzzer_sys::{Corpus, fuzz_target};
use spotkajmy::parts::history::{History, Terms, publish};
use spotkajmy::parts::web::respond::{Reply, Response, respond};
use spotkajmy::parts::Site;
use spotkajmy_fuzz::{example, instant, links, site};

static SITE: LazyLock<Arc<Site>> = LazyLock::new(|| {
    let schedule = example();
    let links = links(&schedule);
    let outcome = publish(
        &schedule,
        &History::default(),
        &Terms::new(&links, None),
        instant(0),
    )
    .expect("nothing was before");
    site(outcome.publication, links, instant(60))
});

/// The first line is the method and the target, each further one a header.
fn request(bytes: &[u8]) -> Option<Parts> {
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
    Some(request.body(()).ok()?.into_parts().0)
}

fn answer(request: &Parts) -> Response {
    match respond(&SITE, request) {
        Reply::Ready(answer, _) => answer,
        Reply::Pending(pending) => pending.answer(&request.headers).0,
    }
}

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some(request) = request(bytes) else {
        return Corpus::Reject;
    };
    let first = answer(&request);
    let status = first.status();
    // 501 is what oEmbed asks for where a format is not known.
    assert!(
        [200, 204, 303, 304, 308, 400, 404, 405, 501].contains(&status.as_u16()),
        "{status}"
    );
    if let Some(location) = first.headers().get(header::LOCATION) {
        let location = location.to_str().expect("ASCII");
        assert!(
            location.starts_with('/') && !location.starts_with("//"),
            "{location}"
        );
        // Where it leads stands something, and that does not lead on.
        let (next, ()) = Request::get(location).body(()).expect("a path").into_parts();
        assert_eq!(answer(&next).status(), StatusCode::OK, "{location}");
    }
    if status == StatusCode::NOT_MODIFIED {
        assert!(first.body().is_end_stream());
    }
    // What was rendered for the first is kept for the second: the same answer.
    let second = answer(&request);
    assert_eq!(second.status(), status);
    assert_eq!(second.headers(), first.headers());
    Corpus::Keep
});
