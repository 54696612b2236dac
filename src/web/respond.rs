//! A request -> its response: a plain function of a [`Site`]. Knows no sockets
//! and no clock.

use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, StatusCode};

use crate::page;
use crate::route::{Format, Found, Missing, Route, Selection, Why};
use crate::site::Site;
use crate::site::document::{Document, Subject, Variant};
use crate::texts::Language;
use crate::web::server::{Headers, Request, Response};
use crate::web::{conditional, oembed};

/// The methods that every path answers to.
const METHODS: &str = "GET, HEAD, OPTIONS";

/// What is made of a request.
pub enum Reply {
    /// The answer was at hand.
    Ready(Response, Subject),
    /// The document must be rendered or compressed first, which may take
    /// milliseconds: not on a thread that others wait for.
    Cold(Cold),
}

/// An answer still to be made.
pub struct Cold {
    work: Work,
    asked: HeaderMap,
    /// Where the document stands, for one that was asked for by a query.
    location: Option<HeaderValue>,
}

/// What is still to do.
enum Work {
    Render(Arc<Site>, Route),
    Compress(Arc<Document>),
}

impl Cold {
    /// Renders or compresses the document and answers with it.
    pub fn answer(self) -> (Response, Subject) {
        let document = match self.work {
            Work::Render(site, route) => site.document(&route),
            Work::Compress(document) => document,
        };
        let asked = Headers::Map(&self.asked);
        let gzipped = if wants_gzip(asked) {
            document.gzipped()
        } else {
            None
        };
        let variant = gzipped.unwrap_or_else(|| document.plain());
        let answer = answer(&document, variant, asked, self.location);
        (answer, document.content().subject)
    }
}

/// Answers a request with what stands in `site`. The body of a request is
/// never looked at. HEAD is answered like GET: the server drops the body.
pub fn respond(site: &Arc<Site>, request: &Request<'_>) -> Reply {
    match *request.method {
        Method::GET | Method::HEAD => get(site, request),
        Method::OPTIONS => Reply::Ready(options(), Subject::OTHER),
        _ => Reply::Ready(refuse_method(), Subject::OTHER),
    }
}

fn get(site: &Arc<Site>, request: &Request<'_>) -> Reply {
    let (path, query, asked) = (request.path, request.query, request.headers);
    if let Some(document) = site.kept(path) {
        return at_hand(document, asked, None);
    }
    match path {
        "/healthz" => {
            return Reply::Ready(text(StatusCode::OK, "ok\n".to_owned()), Subject::OTHER);
        }
        "/oembed" => return Reply::Ready(oembed::respond(site, query), Subject::OTHER),
        _ => {}
    }
    let answer = match site.find(path, query) {
        Found::Document(route) => return look_up(site, route, asked, None),
        Found::ByQuery(route) => {
            let location = ascii(site.links().relative(&route));
            return look_up(site, route, asked, Some(location));
        }
        Found::Chosen(route) => redirect(site, &route, StatusCode::SEE_OTHER),
        Found::Moved(route) => redirect(site, &route, StatusCode::PERMANENT_REDIRECT),
        Found::Missing(missing) => not_found(site, path, asked, &missing),
    };
    Reply::Ready(answer, Subject::OTHER)
}

/// The reply of what stands at `route`, at hand where it was asked for
/// before, under whatever spelling.
fn look_up(
    site: &Arc<Site>,
    route: Route,
    asked: Headers<'_>,
    location: Option<HeaderValue>,
) -> Reply {
    if let Some(document) = site.kept(&site.links().path(&route)) {
        return at_hand(document, asked, location);
    }
    Reply::Cold(Cold {
        work: Work::Render(site.clone(), route),
        asked: asked.to_map(),
        location,
    })
}

/// The reply of a document that was rendered already.
fn at_hand(document: Arc<Document>, asked: Headers<'_>, location: Option<HeaderValue>) -> Reply {
    let variant = if wants_gzip(asked) {
        let Some(gzipped) = document.gzipped_at_hand() else {
            return Reply::Cold(Cold {
                work: Work::Compress(document),
                asked: asked.to_map(),
                location,
            });
        };
        gzipped.unwrap_or_else(|| document.plain())
    } else {
        document.plain()
    };
    let answer = answer(&document, variant, asked, location);
    Reply::Ready(answer, document.content().subject)
}

/// Compressed only where the client asks for it: unasked it broke Outlook.
fn wants_gzip(asked: Headers<'_>) -> bool {
    asked
        .all(&header::ACCEPT_ENCODING)
        .any(conditional::allows_gzip)
}

/// The answer of a document to what the client holds already.
fn answer(
    document: &Document,
    variant: &Variant,
    asked: Headers<'_>,
    location: Option<HeaderValue>,
) -> Response {
    let etag = variant.etag.as_bytes();
    let mut answer = if conditional::is_fresh(asked, etag, document.content().modified) {
        variant.not_modified()
    } else {
        variant.ok()
    };
    if let Some(location) = location {
        let head = answer.head.with(header::CONTENT_LOCATION, location);
        answer.head = Arc::new(head);
    }
    answer
}

fn redirect(site: &Site, route: &Route, status: StatusCode) -> Response {
    let location = site.links().relative(route);
    let body = format!("{location}\n");
    text_with(status, body, [(header::LOCATION, ascii(location))])
}

/// 404 with the nearest districts where one was meant: never an empty
/// calendar, which would clear the subscriber's own. A page for people, a few
/// lines for programs.
fn not_found(site: &Site, path: &str, asked: Headers<'_>, missing: &Missing) -> Response {
    let vary = (header::VARY, "accept");
    if is_for_a_person(path, asked) {
        let headers = [
            vary.clone(),
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, page::PAGE_POLICY),
            (header::REFERRER_POLICY, page::REFERRER_POLICY),
        ];
        return text_with(
            StatusCode::NOT_FOUND,
            site.missing_page(missing),
            headers.map(written),
        );
    }
    let language = missing.language;
    let words = language.words();
    let body = match &missing.why {
        Why::Page => {
            let landing = site.links().absolute(&Route::Landing(language));
            format!("{}\n", words.nothing_here_begin(landing))
        }
        Why::Parameter(name) => format!("404: {}\n", words.unknown_parameter(name)),
        Why::District(unknown) => {
            let nearest: Vec<String> = unknown
                .nearest
                .iter()
                .map(|id| {
                    let feed = Route::Feed(Selection::one(id), Format::Ics, language);
                    format!("{id}: {}", site.links().absolute(&feed))
                })
                .collect();
            unknown_district(&unknown.asked, &nearest, language)
        }
    };
    text_with(StatusCode::NOT_FOUND, body, [written(vary)])
}

/// Whether a person asks: browsers say that they read HTML; who says nothing
/// of the kind is a person where a page would stand.
fn is_for_a_person(path: &str, asked: Headers<'_>) -> bool {
    let reads_html = asked.all(&header::ACCEPT).any(|value| {
        let value = value.to_ascii_lowercase();
        value.windows(9).any(|it| it == b"text/html")
    });
    let is_file = path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    reads_html || !(is_file || path.contains("/calendar"))
}

/// A district that does not exist, and those that may have been meant, a line
/// each.
fn unknown_district(asked: &str, nearest: &[String], language: Language) -> String {
    let words = language.words();
    let no_such = words.no_such_district(asked);
    if nearest.is_empty() {
        return format!("{no_such} {}\n", words.no_such_district_see);
    }
    format!(
        "{no_such} {}\n  {}\n",
        words.did_you_mean,
        nearest.join("\n  ")
    )
}

/// OPTIONS, also as a browser asks before a request of another origin.
fn options() -> Response {
    let headers = [
        (header::ALLOW, METHODS),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "If-None-Match, If-Modified-Since, Cache-Control",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ];
    let headers = headers.map(written).into_iter().collect();
    Response::new(StatusCode::NO_CONTENT, headers, Bytes::new())
}

fn refuse_method() -> Response {
    let headers = [
        (header::ALLOW, METHODS),
        // The body that came with it is not worth reading to its end.
        (header::CONNECTION, "close"),
    ];
    text_with(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("405: this service is read with {METHODS}; the schedule is edited in its file.\n"),
        headers.map(written),
    )
}

/// A short answer in words.
pub fn text(status: StatusCode, body: String) -> Response {
    text_with(status, body, [])
}

/// The same with more headers, which go before its own.
pub fn text_with(
    status: StatusCode,
    body: String,
    more: impl IntoIterator<Item = (HeaderName, HeaderValue)>,
) -> Response {
    let own = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    let mut headers: HeaderMap = own.map(written).into_iter().collect();
    for (name, value) in more {
        headers.insert(name, value);
    }
    Response::new(status, headers, Bytes::from(body))
}

/// A header whose value stands in this program.
pub fn written((name, value): (HeaderName, &'static str)) -> (HeaderName, HeaderValue) {
    (name, HeaderValue::from_static(value))
}

fn ascii(location: String) -> HeaderValue {
    HeaderValue::try_from(location).expect("addresses are made of ids, which are ASCII")
}
