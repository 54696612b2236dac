//! A request -> its response: a plain function of a [`Site`]. Knows no sockets
//! and no clock.

use std::sync::Arc;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

use super::{conditional, oembed};
use crate::page;
use crate::route::{Drawing, Format, Found, Missing, Route, Selection, Why};
use crate::site::document::{Document, RESOURCE_POLICY, Variant};
use crate::site::{MetricLabels, Site};
use crate::texts::Language;

/// A whole answer, its body in memory. To who asks with HEAD hyper sends it
/// without the body.
pub type Response = hyper::Response<Full<Bytes>>;

/// The methods that every path answers to.
pub(super) const METHODS: &str = "GET, HEAD, OPTIONS";

/// What is made of a request.
pub enum Reply {
    /// The answer was at hand.
    Ready(Response, MetricLabels),
    /// The document must be rendered or compressed first, which may take
    /// milliseconds: not on a thread that others wait for.
    Pending(Pending),
}

/// An answer still to be made.
pub struct Pending {
    work: Work,
    /// Where the document stands, for one that was asked for by a query.
    location: Option<HeaderValue>,
}

/// What is still to do.
enum Work {
    Render(Arc<Site>, Route),
    Compress(Arc<Document>),
}

impl Pending {
    /// Whether it is a picture or a poster, which take longest.
    pub fn is_drawing(&self) -> bool {
        matches!(
            self.work,
            Work::Render(
                _,
                Route::Picture(..)
                    | Route::SharePicture(_)
                    | Route::Poster(..)
                    | Route::SessionPoster(..)
                    | Route::QrCode(_, Drawing::Png)
            )
        )
    }

    /// Renders or compresses the document and answers with it the request
    /// whose headers these are.
    pub fn answer(self, asked: &HeaderMap) -> (Response, MetricLabels) {
        let document = match self.work {
            Work::Render(site, route) => site.document(&route),
            Work::Compress(document) => document,
        };
        let gzipped = if conditional::wants_gzip(asked) {
            document.gzipped()
        } else {
            None
        };
        let variant = gzipped.unwrap_or_else(|| document.plain());
        let answer = answer(variant, asked, self.location);
        (answer, document.content().labels)
    }
}

/// Answers a request with what stands in `site`.
pub fn respond(site: &Arc<Site>, request: &Parts) -> Reply {
    match request.method {
        Method::GET | Method::HEAD => get(site, request),
        Method::OPTIONS => Reply::Ready(options(&request.headers), MetricLabels::OTHER),
        _ => Reply::Ready(refuse_method(), MetricLabels::OTHER),
    }
}

fn get(site: &Arc<Site>, request: &Parts) -> Reply {
    let (path, asked) = (request.uri.path(), &request.headers);
    let query = request.uri.query().unwrap_or_default();
    // A query may name another document than the path alone.
    if query.is_empty()
        && let Some(document) = site.cached(path)
    {
        return from_cache(document, asked, None);
    }
    let other = |answer| Reply::Ready(answer, MetricLabels::OTHER);
    match path {
        "/healthz" => return other(text(StatusCode::OK, "ok\n")),
        "/oembed" => return other(oembed::respond(site, query)),
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
    other(answer)
}

/// The reply of what stands at `route`, from the cache where it was asked for
/// before, under whatever spelling.
fn look_up(
    site: &Arc<Site>,
    route: Route,
    asked: &HeaderMap,
    location: Option<HeaderValue>,
) -> Reply {
    if let Some(document) = site.cached(&site.links().path(&route)) {
        return from_cache(document, asked, location);
    }
    let work = Work::Render(site.clone(), route);
    Reply::Pending(Pending { work, location })
}

/// The reply of a document that was rendered already.
fn from_cache(document: Arc<Document>, asked: &HeaderMap, location: Option<HeaderValue>) -> Reply {
    let wants_gzip = conditional::wants_gzip(asked);
    if wants_gzip && !document.is_compressed() {
        let work = Work::Compress(document);
        return Reply::Pending(Pending { work, location });
    }
    let gzipped = wants_gzip.then(|| document.gzipped()).flatten();
    let variant = gzipped.unwrap_or_else(|| document.plain());
    let answer = answer(variant, asked, location);
    Reply::Ready(answer, document.content().labels)
}

/// The answer of a document to what the client holds already.
fn answer(variant: &Variant, asked: &HeaderMap, location: Option<HeaderValue>) -> Response {
    let last_modified = variant.ok.get(header::LAST_MODIFIED);
    let fresh = conditional::is_fresh(asked, &variant.etag, last_modified);
    let (status, headers, body) = if fresh {
        (
            StatusCode::NOT_MODIFIED,
            &variant.not_modified,
            Bytes::new(),
        )
    } else {
        (StatusCode::OK, &variant.ok, variant.body.clone())
    };
    let mut answer = response(status, headers.clone(), body);
    if let Some(location) = location {
        answer
            .headers_mut()
            .insert(header::CONTENT_LOCATION, location);
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
fn not_found(site: &Site, path: &str, asked: &HeaderMap, missing: &Missing) -> Response {
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
fn is_for_a_person(path: &str, asked: &HeaderMap) -> bool {
    let reads_html = asked.get_all(header::ACCEPT).iter().any(|value| {
        let value = value.as_bytes().to_ascii_lowercase();
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

/// OPTIONS, also as a browser asks before a request of another origin: it may
/// send any header, since libraries add their own.
fn options(asked: &HeaderMap) -> Response {
    let headers = [
        (header::ALLOW, METHODS),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
        (header::VARY, "access-control-request-headers"),
    ];
    let mut headers: HeaderMap = headers.map(written).into_iter().collect();
    // `*` would leave out Authorization, and means nothing to older browsers.
    let any = HeaderValue::from_static("*");
    let named = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        named.cloned().unwrap_or(any),
    );
    response(StatusCode::NO_CONTENT, headers, Bytes::new())
}

pub(super) fn refuse_method() -> Response {
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
pub fn text(status: StatusCode, body: impl Into<Bytes>) -> Response {
    text_with(status, body, [])
}

/// The same with more headers, which go before its own.
pub fn text_with(
    status: StatusCode,
    body: impl Into<Bytes>,
    more: impl IntoIterator<Item = (HeaderName, HeaderValue)>,
) -> Response {
    let own = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (RESOURCE_POLICY, "cross-origin"),
    ];
    let mut headers: HeaderMap = own.map(written).into_iter().collect();
    for (name, value) in more {
        headers.insert(name, value);
    }
    response(status, headers, body.into())
}

fn response(status: StatusCode, headers: HeaderMap, body: Bytes) -> Response {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// A header whose value stands in this program.
pub fn written((name, value): (HeaderName, &'static str)) -> (HeaderName, HeaderValue) {
    (name, HeaderValue::from_static(value))
}

fn ascii(location: String) -> HeaderValue {
    HeaderValue::try_from(location).expect("addresses are made of ids, which are ASCII")
}
