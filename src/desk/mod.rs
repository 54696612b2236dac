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

mod fields;
mod file;
mod form;
mod guard;
mod page;
mod propose;
pub(crate) mod serve;
mod text;
mod words;

use std::collections::VecDeque;
use std::fmt::Display;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

use crate::announce::{announcement, news};
use crate::changes::Changes;
use crate::history::{self, Outcome, Terms};
use crate::page::last_boundary;
use crate::review::review;
use crate::route::{Links, PublicUrl, Route};
use crate::schedule::{self, Diagnostic, Reading, Rejected, Schedule, Session, Status, report};
use crate::site::Site;
use crate::store::{Address, Store};
use crate::terminal::with_causes;
use crate::texts::{Language, dates};
use crate::web::respond::{self, Reply, Response, text_with};
use fields::{session_fields, venue_fields};
use file::{Copy, NotSaved};
use form::{Entry, Form, SESSION, VENUE};
use guard::Own;
use page::{Again, FormPage, Home, Look, Message, Page, Preview, Row, TextPage, html};
use text::{Change, List};
use words::{Words, words};

const STYLE: &str = include_str!("desk.css");

/// The most bytes of a form: the largest schedule, each byte as `%xx`.
pub(crate) const LARGEST_FORM: usize = 3 * schedule::LARGEST + (64 << 10);

/// How many files as they would be are kept to be looked at.
const PREVIEWS: usize = 4;

/// How soon a meeting must be for its change to be spread at once.
const SOON: TimeDelta = TimeDelta::hours(48);

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
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    undo: Option<Undo>,
    previews: VecDeque<(String, Arc<Site>)>,
}

/// The file before the last save, and which it was after.
#[derive(Debug)]
struct Undo {
    before: Vec<u8>,
    after: String,
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

/// What a file would change, once it was published.
struct Effect {
    /// The publication, and when anything was published before it; `None`
    /// where the history cannot be read or is another calendar's.
    published: Option<(Outcome, Option<DateTime<Utc>>)>,
    /// What residents would see, or why that cannot be told.
    changes: String,
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
            state: Mutex::default(),
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
                if form.get("token") != self.token {
                    return plain(
                        StatusCode::FORBIDDEN,
                        "403: this form is not the desk's own\n",
                    );
                }
                self.post(path, &form, words, now)
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
                    Some((list, id)) => self.show_form(words, &opened, list, id, &query, now),
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
                (Ok(opened), Some((list, id))) => {
                    self.post_form(words, &opened, list, id, form, now)
                }
            },
        }
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

    fn home(&self, words: &'static Words, query: &Form, now: DateTime<Utc>) -> Response {
        let copy = match Copy::read(&self.file) {
            Ok(copy) => copy,
            Err(error) => return self.failed(words, words.unreadable, &[&with_causes(&error)]),
        };
        let language = language_of(words);
        let read = self.read(&copy.bytes, now);
        let told = |outcome| report::text(&self.name, &copy.bytes, outcome, language, false);
        let report = match &read {
            Ok(reading) if reading.warnings.is_empty() => None,
            Ok(reading) => Some(told(Ok(reading))),
            Err(rejected) => Some(told(Err(rejected))),
        };
        let schedule = read.as_ref().ok().map(|reading| &reading.schedule);
        let sessions = schedule.map(Schedule::sessions).unwrap_or_default();
        let row = |session: &Arc<Session>| row(session, words);
        let (ahead, mut past): (Vec<_>, Vec<_>) =
            sessions.iter().partition(|session| session.end > now);
        past.reverse();
        let saved = query.get("saved");
        let state = self.state();
        let can_undo = state
            .undo
            .as_ref()
            .is_some_and(|undo| undo.after == copy.stamp);
        drop(state);
        let done = match (saved, query.get("undone")) {
            (_, "yes") => Some(words.undone),
            ("", _) => None,
            _ => Some(words.saved),
        };
        let spread = schedule
            .filter(|_| !saved.is_empty())
            .map(|schedule| {
                self.spread(&self.effect(schedule, language, now), schedule, saved, now)
            })
            .unwrap_or_default();
        let places = schedule.map(Schedule::venues).unwrap_or_default().iter();
        self.html(&Home {
            page: self.page(words),
            title: words.meetings.to_owned(),
            done,
            can_undo,
            spread,
            report,
            broken: read.is_err(),
            ahead: ahead.into_iter().map(row).collect(),
            past: past.into_iter().map(row).collect(),
            places: places
                .map(|venue| (venue.id.to_string(), venue.name.get(language).to_owned()))
                .collect(),
        })
    }

    fn show_form(
        &self,
        words: &'static Words,
        opened: &Opened,
        list: List,
        id: Option<&str>,
        query: &Form,
        now: DateTime<Utc>,
    ) -> Response {
        let schedule = &opened.reading.schedule;
        let own = schedule.calendar().language;
        let old = id.map(|id| opened.entry(list, id));
        let form = match old {
            Some(Some(entry)) => form::shown(&entry, keys_of(list), own),
            Some(None) => return self.missing(words),
            None => proposed(opened, list, query.get("from"), now),
        };
        self.form_page(words, opened, list, id, &form, &[], None)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one page")]
    fn form_page(
        &self,
        words: &'static Words,
        opened: &Opened,
        list: List,
        id: Option<&str>,
        form: &Form,
        problems: &[(Option<String>, String)],
        by_hand: Option<String>,
    ) -> Response {
        let schedule = &opened.reading.schedule;
        let (mut main, mut more) = match list {
            List::Sessions => session_fields(words, schedule, form, id.is_none()),
            List::Venues => venue_fields(words, schedule, form, id.is_none()),
        };
        for field in main.iter_mut().chain(&mut more) {
            let key = field.name.split('.').next().unwrap_or_default();
            let own = problems.iter().filter(|(at, _)| at.as_deref() == Some(key));
            field.problems = own.map(|(_, words)| words.clone()).collect();
        }
        let title = match (list, id) {
            (List::Sessions, None) => words.new_meeting.to_owned(),
            (List::Venues, None) => words.new_place.to_owned(),
            (List::Sessions, Some(id)) => format!("{} {id}", words.edit_meeting),
            (List::Venues, Some(id)) => format!("{} {id}", words.edit_place),
        };
        let copy = id.filter(|_| list == List::Sessions);
        self.html(&FormPage {
            page: self.page(words),
            title,
            action: self.action(list, id),
            stamp: opened.copy.stamp.clone(),
            problems: problems.iter().map(|(_, words)| words.clone()).collect(),
            by_hand,
            more_open: more.iter().any(|field| !field.problems.is_empty()),
            main,
            more,
            copy: copy.map(|id| format!("{}sessions/new?from={id}", self.url.path())),
        })
    }

    fn action(&self, list: List, id: Option<&str>) -> String {
        let list = match list {
            List::Sessions => "sessions",
            List::Venues => "places",
        };
        format!("{}{list}/{}", self.url.path(), id.unwrap_or("new"))
    }

    fn post_form(
        &self,
        words: &'static Words,
        opened: &Opened,
        list: List,
        id: Option<&str>,
        form: &Form,
        now: DateTime<Utc>,
    ) -> Response {
        let schedule = &opened.reading.schedule;
        let own = schedule.calendar().language;
        if form.get("step") == "edit" {
            return self.form_page(words, opened, list, id, form, &[], None);
        }
        let Some(before) = opened.copy.text() else {
            return self.missing(words);
        };
        let change = match id {
            None => Change::Add {
                list,
                keys: form::new_entry(form, keys_of(list), own),
            },
            Some(id) => match opened.entry(list, id) {
                Some(old) => Change::Set {
                    list,
                    id: id.to_owned(),
                    keys: form::changed(form, &old, keys_of(list), own),
                },
                None => return self.missing(words),
            },
        };
        if form.get("stamp") != opened.copy.stamp {
            return self.stale(words, opened, list, id, form, &change);
        }
        let shown_id = id.unwrap_or(form.get("id")).to_owned();
        let after = match text::apply(before, &change) {
            Ok(after) => after,
            Err(refused) => {
                return self.form_page(words, opened, list, id, form, &[], Some(refused.lines));
            }
        };
        let language = language_of(words);
        let reading = match self.read(after.as_bytes(), now) {
            Ok(reading) => reading,
            Err(rejected) => {
                let problems: Vec<(Option<String>, String)> = rejected
                    .problems
                    .iter()
                    .map(|problem| {
                        let at = problem.position;
                        let key = text::key_at(&after, list, &shown_id, at.line, at.column);
                        (key, told(problem, language))
                    })
                    .collect();
                return self.form_page(words, opened, list, id, form, &problems, None);
            }
        };
        if form.get("step") == "save" {
            return self.save(words, &opened.copy, after.as_bytes(), &shown_id);
        }
        self.look(
            words, opened, &reading, list, id, &shown_id, form, &after, now,
        )
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one page")]
    fn look(
        &self,
        words: &'static Words,
        opened: &Opened,
        reading: &Reading,
        list: List,
        id: Option<&str>,
        shown_id: &str,
        form: &Form,
        after: &str,
        now: DateTime<Utc>,
    ) -> Response {
        let language = language_of(words);
        let before = opened.copy.text().unwrap_or_default();
        let effect = self.effect(&reading.schedule, language, now);
        let spread = if list == List::Sessions {
            self.spread(&effect, &reading.schedule, shown_id, now)
        } else {
            Vec::new()
        };
        let known: Vec<String> = opened
            .reading
            .warnings
            .iter()
            .map(|warning| told(warning, language))
            .collect();
        let warnings = reading
            .warnings
            .iter()
            .map(|warning| told(warning, language));
        let preview = effect
            .published
            .filter(|_| list == List::Sessions)
            .and_then(|(outcome, _)| {
                self.keep_preview(
                    &Copy::of(after.as_bytes().to_vec()).stamp,
                    outcome,
                    &reading.schedule,
                    now,
                )
            });
        let preview = preview.and_then(|links| {
            let id = schedule::Id::new(shown_id)?;
            let own = reading.schedule.calendar().language;
            Some(Preview {
                page: links.absolute(&Route::Session(id.clone(), own)),
                poster: links.absolute(&Route::SessionPoster(id, own)),
            })
        });
        let fields = form
            .0
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "token" | "stamp" | "step"));
        self.html(&Look {
            page: self.page(words),
            title: words.look_title.to_owned(),
            action: self.action(list, id),
            stamp: opened.copy.stamp.clone(),
            changes: effect.changes,
            warnings: warnings
                .filter(|warning| !known.contains(warning))
                .collect(),
            preview,
            difference: difference(before, after),
            spread,
            fields: fields.cloned().collect(),
        })
    }

    /// What residents would see of `schedule`, beside what was published.
    fn effect(&self, schedule: &Schedule, language: Language, now: DateTime<Utc>) -> Effect {
        let untold = |changes| Effect {
            published: None,
            changes,
        };
        let history = match self.store.read() {
            Ok(history) => history,
            Err(error) => return untold(with_causes(&error)),
        };
        let links = self.address.links(schedule);
        let terms = Terms::new(&links, self.address.told());
        match history::publish(schedule, &history, &terms, now) {
            Ok(outcome) => Effect {
                changes: Changes::new(&history, &outcome).text(language),
                published: Some((outcome, history.newest())),
            },
            Err(error) => untold(error.to_string()),
        }
    }

    /// The words to spread at once of a change of the session `id`; none where
    /// it is not soon, or nothing changed for those who want to come.
    fn spread(
        &self,
        effect: &Effect,
        schedule: &Schedule,
        id: &str,
        now: DateTime<Utc>,
    ) -> Vec<String> {
        let Some((outcome, newest)) = &effect.published else {
            return Vec::new();
        };
        let mut unpublished = outcome.publication.changes.iter().rev();
        let change = unpublished
            .by_ref()
            .take_while(|change| Some(change.at) > *newest)
            .find(|change| change.session.as_str() == id);
        let Some(change) = change else {
            return Vec::new();
        };
        let mut sessions = [Some(&change.after), change.before.as_ref()]
            .into_iter()
            .flatten();
        let is_soon = sessions.any(|session| session.start.to_utc() - now < SOON);
        let Some(news) = news(&[change], now).filter(|_| is_soon) else {
            return Vec::new();
        };
        let links = self.address.links(schedule);
        let told = announcement(&news, schedule.calendar(), &links);
        let own = schedule.calendar().language;
        vec![told.text.get(own).to_owned(), told.post.get(own).to_owned()]
    }

    /// Keeps the site as it would be, and gives its links.
    fn keep_preview(
        &self,
        stamp: &str,
        outcome: Outcome,
        schedule: &Schedule,
        now: DateTime<Utc>,
    ) -> Option<Links> {
        let url: PublicUrl = format!("{}preview/{stamp}", self.url).parse().ok()?;
        let links = Links::new(url, schedule.calendar().language);
        let publication = Arc::new(outcome.publication);
        let boundary = last_boundary(&publication, now);
        let site = Arc::new(Site::new(publication, links.clone(), boundary));
        let mut state = self.state();
        state.previews.retain(|(kept, _)| kept != stamp);
        state.previews.truncate(PREVIEWS - 1);
        state.previews.push_front((stamp.to_owned(), site));
        Some(links)
    }

    /// A page of a file as it would be.
    fn preview(&self, request: &Parts, rest: &str) -> Response {
        let (stamp, path) = rest.split_once('/').unwrap_or((rest, ""));
        let kept = |state: &State| {
            let mut previews = state.previews.iter();
            let (_, site) = previews.find(|(kept, _)| kept == stamp)?;
            Some(site.clone())
        };
        // Nobody waits while it is rendered.
        let site = kept(&self.state());
        let Some(site) = site else {
            return plain(StatusCode::NOT_FOUND, "404: this preview is over\n");
        };
        let mut below = request.clone();
        let query = request
            .uri
            .query()
            .map_or(String::new(), |query| format!("?{query}"));
        let Ok(uri) = format!("/{path}{query}").parse() else {
            return plain(StatusCode::BAD_REQUEST, "400\n");
        };
        below.uri = uri;
        match respond::respond(&site, &below) {
            Reply::Ready(response, _) => response,
            Reply::Pending(pending) => pending.answer(&request.headers).0,
        }
    }

    fn save(&self, words: &'static Words, old: &Copy, bytes: &[u8], id: &str) -> Response {
        // One save at a time.
        let mut state = self.state();
        match file::save(&self.file, &old.stamp, bytes) {
            Ok(()) => {
                state.undo = Some(Undo {
                    before: old.bytes.clone(),
                    after: Copy::of(bytes.to_vec()).stamp,
                });
                see_other(&format!("{}?saved={id}", self.url.path()))
            }
            Err(NotSaved::Changed) => self.failed(words, words.stale, &[words.stale_means]),
            Err(error) => self.failed(
                words,
                words.not_saved,
                &[&with_causes(&error), words.not_saved_means],
            ),
        }
    }

    fn undo(&self, words: &'static Words) -> Response {
        let mut state = self.state();
        let Some(undo) = &state.undo else {
            return self.failed(words, words.no_undo, &[]);
        };
        match file::save(&self.file, &undo.after, &undo.before) {
            Ok(()) => {
                state.undo = None;
                see_other(&format!("{}?undone=yes", self.url.path()))
            }
            Err(NotSaved::Changed) => self.failed(words, words.no_undo, &[]),
            Err(error) => self.failed(
                words,
                words.not_saved,
                &[&with_causes(&error), words.not_saved_means],
            ),
        }
    }

    /// The file is another than the form was made from: both are shown.
    fn stale(
        &self,
        words: &'static Words,
        opened: &Opened,
        list: List,
        id: Option<&str>,
        form: &Form,
        change: &Change,
    ) -> Response {
        let now_there = id
            .and_then(|id| opened.entry(list, id))
            .map(|entry| text::lines_of(&entry));
        let fields = form
            .0
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "token" | "stamp" | "step"));
        let mut sections = Vec::new();
        sections.extend(now_there.map(|lines| (words.stale_file.to_owned(), lines)));
        sections.push((words.stale_form.to_owned(), text::by_hand(change)));
        let message = Message {
            page: self.page(words),
            title: words.stale.to_owned(),
            paragraphs: vec![words.stale_means.to_owned()],
            sections,
            again: Some(Again {
                action: self.action(list, id),
                stamp: opened.copy.stamp.clone(),
                fields: fields.cloned().collect(),
            }),
        };
        self.html_with(StatusCode::CONFLICT, &message)
    }

    fn post_text(&self, form: &Form, words: &'static Words, now: DateTime<Utc>) -> Response {
        let copy = match Copy::read(&self.file) {
            Ok(copy) => copy,
            Err(error) => return self.failed(words, words.unreadable, &[&with_causes(&error)]),
        };
        let typed = as_written(form.get("text"), &copy);
        if form.get("stamp") != copy.stamp {
            let message = Message {
                page: self.page(words),
                title: words.stale.to_owned(),
                paragraphs: vec![words.stale_means.to_owned()],
                sections: vec![
                    (
                        words.stale_file.to_owned(),
                        String::from_utf8_lossy(&copy.bytes).into_owned(),
                    ),
                    (words.stale_form.to_owned(), typed),
                ],
                again: None,
            };
            return self.html_with(StatusCode::CONFLICT, &message);
        }
        let good = self.read(typed.as_bytes(), now).is_ok();
        // A file that is broken already may be mended step by step.
        let may_save = good || self.read(&copy.bytes, now).is_err();
        if form.get("step") == "save" && may_save {
            return self.save(words, &copy, typed.as_bytes(), "text");
        }
        self.text_page(words, &copy, &typed, Some(may_save), now)
    }

    /// The whole file as text; `looked` after a look, with whether it can be
    /// saved.
    fn text_page(
        &self,
        words: &'static Words,
        copy: &Copy,
        text: &str,
        looked: Option<bool>,
        now: DateTime<Utc>,
    ) -> Response {
        let language = language_of(words);
        let read = self.read(text.as_bytes(), now);
        let report = match &read {
            Ok(reading) => report::text(&self.name, text.as_bytes(), Ok(reading), language, false),
            Err(rejected) => {
                report::text(&self.name, text.as_bytes(), Err(rejected), language, false)
            }
        };
        let difference = match looked {
            Some(_) => difference(&String::from_utf8_lossy(&copy.bytes), text),
            None => Vec::new(),
        };
        let changes = match &read {
            Ok(reading) if !difference.is_empty() => {
                self.effect(&reading.schedule, language, now).changes
            }
            _ => String::new(),
        };
        self.html(&TextPage {
            page: self.page(words),
            title: words.whole_file.to_owned(),
            stamp: copy.stamp.clone(),
            report: Some(report),
            broken: read.is_err(),
            changes,
            can_save: looked == Some(true) && !difference.is_empty(),
            difference,
            text: text.to_owned(),
        })
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

/// The list and the entry that a path names; no entry for a new one.
fn target(path: &str) -> Option<(List, Option<&str>)> {
    let (list, id) = match path.split_once('/')? {
        ("sessions", id) => (List::Sessions, id),
        ("places", id) => (List::Venues, id),
        _ => return None,
    };
    Some((list, (id != "new").then_some(id)))
}

fn keys_of(list: List) -> &'static [(&'static str, form::Shape)] {
    match list {
        List::Sessions => &SESSION,
        List::Venues => &VENUE,
    }
}

fn language_of(words: &Words) -> Language {
    Language::from_code(words.code).unwrap_or(Language::English)
}

/// A problem and its mend, in words.
fn told(diagnostic: &Diagnostic, language: Language) -> String {
    match diagnostic.help(language) {
        Some(help) => format!("{} – {help}", diagnostic.message(language)),
        None => diagnostic.message(language).to_owned(),
    }
}

/// What a new entry begins with: the next date, or a copy of the session
/// `from`.
fn proposed(opened: &Opened, list: List, from: &str, now: DateTime<Utc>) -> Form {
    if list == List::Venues {
        return Form::default();
    }
    let schedule = &opened.reading.schedule;
    let today = schedule.calendar().zone.at(now).date_naive();
    let date = propose::next_date(schedule, today);
    let own = schedule.calendar().language;
    let copied = opened
        .copy
        .text()
        .and_then(|text| text::entry(text, list, from));
    let mut form = copied
        .map(|entry| form::shown(&entry, &SESSION, own))
        .unwrap_or_default();
    form.0
        .retain(|(name, _)| name != "status" && !name.starts_with("results"));
    form.set("date", &date.to_string());
    form.set("id", &propose::next_id(schedule, date));
    form
}

fn row(session: &Session, words: &Words) -> Row {
    let language = language_of(words);
    let status = match session.status {
        Status::Confirmed => None,
        Status::Tentative => Some(words.tentative),
        Status::Cancelled => Some(words.cancelled),
        Status::Postponed => Some(words.postponed),
    };
    let place = session
        .place
        .venue()
        .map_or(words.no_place_yet, |venue| venue.name.get(language));
    let what = match &session.title {
        Some(title) => format!("{}, {} – {place}", session.hours(), title.get(language)),
        None => format!("{}, {place}", session.hours()),
    };
    Row {
        id: session.id.to_string(),
        date: dates::long_date(session.date(), language),
        what,
        status,
    }
}

/// The lines that only one of two texts has: `-` before those of the first,
/// `+` before those of the second.
fn difference(before: &str, after: &str) -> Vec<(char, String)> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.lines().collect(), after.lines().collect());
    let same = before
        .iter()
        .zip(&after)
        .take_while(|(one, other)| one == other)
        .count();
    let rest = before[same..].iter().rev().zip(after[same..].iter().rev());
    let tail = rest.take_while(|(one, other)| one == other).count();
    let line = |mark: char, line: &dyn Display| (mark, line.to_string());
    let gone = before[same..before.len() - tail]
        .iter()
        .map(|it| line('-', it));
    let new = after[same..after.len() - tail]
        .iter()
        .map(|it| line('+', it));
    gone.chain(new).collect()
}

/// What was typed into the text, with the line ends and the byte order mark of
/// the file: a browser knows neither.
fn as_written(typed: &str, copy: &Copy) -> String {
    let old = copy.text().unwrap_or_default();
    let typed = typed.replace("\r\n", "\n");
    let typed = if old.contains("\r\n") {
        typed.replace('\n', "\r\n")
    } else {
        typed
    };
    if old.starts_with('\u{feff}') && !typed.starts_with('\u{feff}') {
        format!("\u{feff}{typed}")
    } else {
        typed
    }
}
