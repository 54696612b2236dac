//! A request -> its response: a plain function of a [`Site`]. Knows no sockets
//! and no clock.

use std::sync::Arc;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};

use crate::address::{Address, Format};
use crate::language::Language;
use crate::page;
use crate::selection::Selection;
use crate::site::document::{Document, Subject, Variant};
use crate::site::{Found, Missing, Site};
use crate::words;

mod conditional;
mod oembed;
mod query;

/// A whole answer, its body in memory.
pub type Answer = Response<Full<Bytes>>;

/// The methods that every path answers to.
const METHODS: &str = "GET, HEAD, OPTIONS";

/// What is made of a request.
pub enum Reply {
    /// The answer was at hand.
    Ready(Answer, Subject),
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
    Render(Arc<Site>, Address),
    Compress(Arc<Document>),
}

impl Cold {
    /// Renders or compresses the document and answers with it.
    pub fn answer(self) -> (Answer, Subject) {
        let document = match self.work {
            Work::Render(site, address) => site.document(&address),
            Work::Compress(document) => document,
        };
        let gzipped = if wants_gzip(&self.asked) {
            document.gzipped()
        } else {
            None
        };
        let variant = gzipped.unwrap_or_else(|| document.plain());
        let answer = answer(&document, variant, &self.asked, self.location);
        (answer, document.content().subject)
    }
}

/// Answers a request with what stands in `site`. The body of a request is
/// never looked at. HEAD is answered like GET: the server drops the body.
pub fn respond<B>(site: &Arc<Site>, request: &Request<B>) -> Reply {
    match *request.method() {
        Method::GET | Method::HEAD => get(site, request),
        Method::OPTIONS => Reply::Ready(options(), Subject::OTHER),
        _ => Reply::Ready(refuse_method(), Subject::OTHER),
    }
}

fn get<B>(site: &Arc<Site>, request: &Request<B>) -> Reply {
    let path = request.uri().path();
    let asked = request.headers();
    if let Some(document) = site.kept(path) {
        return at_hand(document, asked, None);
    }
    let query = request.uri().query().unwrap_or_default();
    match path {
        "/healthz" => {
            return Reply::Ready(text(StatusCode::OK, "ok\n".to_owned()), Subject::OTHER);
        }
        "/oembed" => return Reply::Ready(oembed::respond(site, query), Subject::OTHER),
        _ => {}
    }
    let answer = match site.find(path) {
        Found::Document(address) => return look_up(site, address, asked, None),
        Found::FeedByQuery(format, language) => match by_query(site, query, language) {
            Ok(selection) => {
                let feed = Address::Feed(selection, format, language);
                let location = ascii(site.links().relative(&feed));
                return look_up(site, feed, asked, Some(location));
            }
            Err(missing) => not_found(site, path, &missing),
        },
        Found::PageByQuery(language) => match by_query(site, query, language) {
            Ok(Selection::All) => {
                redirect(site, &Address::Landing(language), StatusCode::SEE_OTHER)
            }
            Ok(selection) => redirect(
                site,
                &Address::District(selection, language),
                StatusCode::SEE_OTHER,
            ),
            Err(missing) => not_found(site, path, &missing),
        },
        Found::Moved(address) => redirect(site, &address, StatusCode::PERMANENT_REDIRECT),
        Found::Missing(missing) => not_found(site, path, &missing),
    };
    Reply::Ready(answer, Subject::OTHER)
}

/// The reply of what stands at `address`, at hand where it was asked for
/// before, under whatever spelling.
fn look_up(
    site: &Arc<Site>,
    address: Address,
    asked: &HeaderMap,
    location: Option<HeaderValue>,
) -> Reply {
    if let Some(document) = site.kept(&site.links().path(&address)) {
        return at_hand(document, asked, location);
    }
    Reply::Cold(Cold {
        work: Work::Render(site.clone(), address),
        asked: asked.clone(),
        location,
    })
}

/// The reply of a document that was rendered already.
fn at_hand(document: Arc<Document>, asked: &HeaderMap, location: Option<HeaderValue>) -> Reply {
    let variant = if wants_gzip(asked) {
        let Some(gzipped) = document.gzipped_at_hand() else {
            return Reply::Cold(Cold {
                work: Work::Compress(document),
                asked: asked.clone(),
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
fn wants_gzip(asked: &HeaderMap) -> bool {
    asked
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .any(conditional::allows_gzip)
}

/// The answer of a document to what the client holds already.
fn answer(
    document: &Document,
    variant: &Variant,
    asked: &HeaderMap,
    location: Option<HeaderValue>,
) -> Answer {
    let fresh = conditional::is_fresh(asked, &variant.etag, document.content().modified);
    let (status, headers, body) = if fresh {
        (
            StatusCode::NOT_MODIFIED,
            &variant.not_modified,
            Bytes::new(),
        )
    } else {
        (StatusCode::OK, &variant.ok, variant.body.clone())
    };
    let mut answer = Response::new(Full::new(body));
    *answer.status_mut() = status;
    *answer.headers_mut() = headers.clone();
    if let Some(location) = location {
        answer
            .headers_mut()
            .insert(header::CONTENT_LOCATION, location);
    }
    answer
}

/// The districts that a query names, in `district=…` parameters; empty ones
/// are what a form sends for a field left alone.
fn by_query(site: &Site, query: &str, language: Language) -> Result<Selection, Missing> {
    let districts = query::values(query, "district");
    site.select_each(
        districts
            .iter()
            .map(String::as_str)
            .filter(|district| !district.is_empty()),
    )
    .map_err(|unknown| Missing {
        language,
        district: Some(unknown),
    })
}

fn redirect(site: &Site, address: &Address, status: StatusCode) -> Answer {
    let location = site.links().relative(address);
    let mut answer = text(status, format!("{location}\n"));
    answer
        .headers_mut()
        .insert(header::LOCATION, ascii(location));
    answer
}

/// 404 with the nearest districts where one was meant: never an empty
/// calendar, which would clear the subscriber's own. A page for people, a few
/// lines for programs.
fn not_found(site: &Site, path: &str, missing: &Missing) -> Answer {
    let is_file = path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    if !is_file {
        let mut answer = text(StatusCode::NOT_FOUND, site.missing_page(missing));
        let headers = answer.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(page::PAGE_POLICY),
        );
        headers.insert(
            header::REFERRER_POLICY,
            HeaderValue::from_static(page::REFERRER_POLICY),
        );
        return answer;
    }
    let language = missing.language;
    let Some(unknown) = &missing.district else {
        let landing = site.links().absolute(&Address::Landing(language));
        return text(
            StatusCode::NOT_FOUND,
            words::nothing_here(&landing, language),
        );
    };
    let nearest: Vec<String> = unknown
        .nearest
        .iter()
        .map(|id| {
            let feed = Address::Feed(Selection::one(id), Format::Ics, language);
            format!("{id}: {}", site.links().absolute(&feed))
        })
        .collect();
    text(
        StatusCode::NOT_FOUND,
        words::unknown_district(&unknown.asked, &nearest, language),
    )
}

/// OPTIONS, also as a browser asks before a request of another origin.
fn options() -> Answer {
    let mut answer = Response::new(Full::new(Bytes::new()));
    *answer.status_mut() = StatusCode::NO_CONTENT;
    let headers = answer.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static(METHODS));
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static(METHODS),
    );
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("If-None-Match, If-Modified-Since, Cache-Control"),
    );
    headers.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("86400"),
    );
    answer
}

fn refuse_method() -> Answer {
    let mut answer = text(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("405: this service is read with {METHODS}; the schedule is edited in its file.\n"),
    );
    answer
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static(METHODS));
    // The body that came with it is not worth reading to its end.
    answer
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

/// A short answer in words.
pub fn text(status: StatusCode, body: String) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(body)));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    answer
}

fn ascii(location: String) -> HeaderValue {
    HeaderValue::try_from(location).expect("addresses are made of ids, which are ASCII")
}
