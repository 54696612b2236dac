//! The officer's desk: the schedule's file, changed by forms in the browser,
//! complete without a script. The file stays the truth.
//!
//! **The law of the desk**: it writes only if the new file's Schedule is the
//! old one with just the asked change, and every line outside the changed
//! entry keeps its bytes; otherwise it shows the lines to paste by hand. It
//! keeps no account, cookie or name, and touches no other file.
//!
//! A form is sent twice: `step=look` writes nothing and shows what would
//! change, `step=save` writes it.

mod asked;
mod entry;
mod fields;
mod file;
mod form;
mod guard;
mod list;
mod looking;
mod page;
mod preview;
mod propose;
mod saving;
pub(crate) mod serve;
mod text;
mod whole;
mod words;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

use crate::review::review;
use crate::schedule::{self, Reading, Rejected};
use crate::site::Site;
use crate::store::{Address, Store};
use crate::terminal::with_causes;
use crate::texts::Language;
use crate::web::respond::{self, Response, text_with};
use entry::target;
use file::Copy;
use form::{Entry, Form};
use guard::Own;
use page::{Again, Message, Page, html};
use text::List;
use words::{Words, words};

const STYLE: &str = include_str!("desk.css");

/// The most bytes of a form: the largest schedule, each byte as `%xx`.
pub(crate) const LARGEST_FORM: usize = 3 * schedule::LARGEST + (64 << 10);

/// Where the desk is, and what it edits.
#[derive(Debug)]
pub(crate) struct Desk {
    file: PathBuf,
    name: String,
    store: Store,
    address: Address,
    /// The address of the desk's first page, with its slash.
    url: url::Url,
    /// Proves that a form is the desk's own.
    token: String,
    /// Further hosts by which it may be called, such as `localhost:8080`.
    hosts: Vec<String>,
    language: Option<Language>,
    /// Whether `serve` publishes each save.
    is_served: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    undo: Option<Undo>,
    previews: VecDeque<(String, Arc<Site>)>,
}

/// The file before the last save, which it was after, and what to tell people
/// at once.
#[derive(Debug)]
struct Undo {
    before: Vec<u8>,
    after: String,
    spread: Vec<String>,
}

/// What stands in a file, as far as it can be told.
struct Opened {
    copy: Copy,
    reading: Reading,
}

impl Opened {
    fn entry(&self, list: List, id: &str) -> Option<Entry> {
        text::entry(self.copy.text()?, list, id)
    }
}

impl Desk {
    /// The desk of the schedule at `file`, whose first page is at `url`.
    /// `language` is that of its words; without one, the browser's.
    pub(crate) fn new(
        file: PathBuf,
        store: Store,
        address: Address,
        url: url::Url,
        token: String,
        hosts: Vec<String>,
        language: Option<Language>,
    ) -> Desk {
        let name = file
            .file_name()
            .unwrap_or(file.as_os_str())
            .to_string_lossy()
            .into_owned();
        Desk {
            file,
            name,
            store,
            address,
            url,
            token,
            hosts,
            language,
            is_served: false,
            state: Mutex::default(),
        }
    }

    /// The same beside a `serve` of the same file.
    pub(crate) fn beside_serve(self) -> Desk {
        Desk {
            is_served: true,
            ..self
        }
    }

    /// The address of the first page.
    pub(crate) fn url(&self) -> &url::Url {
        &self.url
    }

    /// Answers a request whose body is `body`.
    pub(crate) fn answer(&self, request: &Parts, body: &[u8], now: DateTime<Utc>) -> Response {
        let mut response = self.respond(request, body, now);
        let headers = response.headers_mut();
        headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
        for (name, value) in [
            (header::CACHE_CONTROL, "no-store"),
            // The address of the desk is a secret. With `no-referrer` browsers
            // would send its own forms with `Origin: null`.
            (header::REFERRER_POLICY, "same-origin"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                "same-origin",
            ),
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                "same-origin",
            ),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        response
    }

    fn respond(&self, request: &Parts, body: &[u8], now: DateTime<Utc>) -> Response {
        let own = Own {
            url: &self.url,
            hosts: &self.hosts,
        };
        if !own.is_asked(&request.headers) {
            return plain(
                StatusCode::MISDIRECTED_REQUEST,
                "421: the desk has another address\n",
            );
        }
        if !own.may_send(&request.headers) {
            return plain(
                StatusCode::FORBIDDEN,
                "403: the desk takes nothing from other sites\n",
            );
        }
        let Some(path) = request.uri.path().strip_prefix(self.url.path()) else {
            return plain(
                StatusCode::FORBIDDEN,
                "403: open the whole address that the desk printed\n",
            );
        };
        let words = self.words(&request.headers);
        if let Some(rest) = path.strip_prefix("preview/") {
            return self.preview(request, rest);
        }
        match request.method {
            Method::GET | Method::HEAD => self.get(path, request, words, now),
            Method::POST => {
                let form = Form::of_body(body);
                if form.get("token") == self.token {
                    self.post(path, &form, words, now)
                } else {
                    self.not_own(path, &form, words)
                }
            }
            _ => text_with(
                StatusCode::METHOD_NOT_ALLOWED,
                "405: GET, HEAD or POST\n",
                [(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"))],
            ),
        }
    }

    fn words(&self, headers: &HeaderMap) -> &'static Words {
        let asked = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let of_browser = asked.and_then(|asked| Language::from_code(asked.get(..2)?));
        words(self.language.or(of_browser).unwrap_or(Language::English))
    }

    fn page<'a>(&'a self, words: &'static Words) -> Page<'a> {
        Page {
            words,
            root: self.url.path(),
            token: &self.token,
            file: &self.name,
        }
    }

    fn get(
        &self,
        path: &str,
        request: &Parts,
        words: &'static Words,
        now: DateTime<Utc>,
    ) -> Response {
        let query = Form::of_body(request.uri.query().unwrap_or_default().as_bytes());
        match path {
            "desk.css" => {
                let media_type = HeaderValue::from_static("text/css; charset=utf-8");
                text_with(StatusCode::OK, STYLE, [(header::CONTENT_TYPE, media_type)])
            }
            "" => self.home(words, &query, now),
            "text" => match Copy::read(&self.file) {
                Ok(copy) => {
                    let text = String::from_utf8_lossy(&copy.bytes).into_owned();
                    self.text_page(words, &copy, &text, None, now)
                }
                Err(error) => self.failed(words, words.unreadable, &[&with_causes(&error)]),
            },
            _ => match self.open(words, now) {
                Err(response) => response,
                Ok(opened) => match target(path) {
                    Some(target) => self.show_form(words, &opened, target, &query, now),
                    None => self.missing(words),
                },
            },
        }
    }

    fn post(&self, path: &str, form: &Form, words: &'static Words, now: DateTime<Utc>) -> Response {
        match path {
            "undo" => self.undo(words),
            "text" => self.post_text(form, words, now),
            _ => match (self.open(words, now), target(path)) {
                (Err(response), _) => response,
                (Ok(_), None) => self.missing(words),
                (Ok(opened), Some(target)) => self.post_form(words, &opened, target, form, now),
            },
        }
    }

    /// The form has not the token of this run: it is shown, to be sent again.
    fn not_own(&self, path: &str, form: &Form, words: &'static Words) -> Response {
        let again = target(path).map(|target| Again {
            action: self.action(target),
            stamp: form.get("stamp").to_owned(),
            fields: form.typed(),
        });
        let message = Message {
            page: self.page(words),
            title: words.not_own.to_owned(),
            paragraphs: vec![words.not_own_means.to_owned()],
            sections: Vec::new(),
            again,
        };
        self.html_with(StatusCode::FORBIDDEN, &message)
    }

    /// The file and its schedule.
    ///
    /// # Errors
    /// The answer where there is none: why the file cannot be read, or the
    /// first page, which tells its mistakes.
    #[expect(clippy::result_large_err, reason = "made once a request")]
    fn open(&self, words: &'static Words, now: DateTime<Utc>) -> Result<Opened, Response> {
        let copy = match Copy::read(&self.file) {
            Ok(copy) => copy,
            Err(error) => {
                return Err(self.failed(words, words.unreadable, &[&with_causes(&error)]));
            }
        };
        match self.read(&copy.bytes, now) {
            Ok(reading) => Ok(Opened { copy, reading }),
            Err(_) => Err(see_other(self.url.path())),
        }
    }

    /// What a file says, as `check` reads it: beside what was published.
    fn read(&self, bytes: &[u8], now: DateTime<Utc>) -> Result<Reading, Rejected> {
        let reading = schedule::read(bytes, now.date_naive())?;
        match self.store.read() {
            Ok(history) => review(reading, &history, now),
            // What is wrong with it is told where its changes would stand.
            Err(_) => Ok(reading),
        }
    }

    fn missing(&self, words: &'static Words) -> Response {
        let message = Message {
            page: self.page(words),
            title: words.no_such_entry.to_owned(),
            paragraphs: Vec::new(),
            sections: Vec::new(),
            again: None,
        };
        self.html_with(StatusCode::NOT_FOUND, &message)
    }

    fn failed(&self, words: &'static Words, title: &str, paragraphs: &[&str]) -> Response {
        let message = Message {
            page: self.page(words),
            title: title.to_owned(),
            paragraphs: paragraphs.iter().map(|it| (*it).to_owned()).collect(),
            sections: Vec::new(),
            again: None,
        };
        self.html_with(StatusCode::CONFLICT, &message)
    }

    fn html(&self, template: &impl askama::Template) -> Response {
        self.html_with(StatusCode::OK, template)
    }

    #[expect(clippy::unused_self, reason = "beside `html`")]
    fn html_with(&self, status: StatusCode, template: &impl askama::Template) -> Response {
        let policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";
        text_with(
            status,
            html(template),
            [
                (
                    header::CONTENT_TYPE,
                    HeaderValue::from_static("text/html; charset=utf-8"),
                ),
                (
                    header::CONTENT_SECURITY_POLICY,
                    HeaderValue::from_static(policy),
                ),
            ],
        )
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // It is whole after each of its changes.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn plain(status: StatusCode, words: &'static str) -> Response {
    respond::text(status, words)
}

fn see_other(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    text_with(StatusCode::SEE_OTHER, "", [(header::LOCATION, location)])
}

fn language_of(words: &Words) -> Language {
    Language::from_code(words.code).unwrap_or(Language::English)
}
