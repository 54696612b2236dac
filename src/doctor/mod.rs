//! A deployment's address -> what calendar programs will meet there: one
//! finding for each thing that they rely on.
//!
//! It asks as they do, over the network, and changes nothing. What is asked,
//! and in which order, stands here; each check is one function that sees
//! answers only and says in both languages what it found: `network` what
//! stands before the feed, `robots`, `feed`, and `accessibility` the law.

mod accessibility;
mod address;
mod answer;
pub(crate) mod client;
mod feed;
mod finding;
mod network;
mod robots;

use std::io;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use hyper::Method;
use url::Url;

pub(crate) use address::feed as feed_address;
use answer::{Answer, Failure};
pub(crate) use client::Client;
pub(crate) use finding::{Finding, Severity, summary};

/// How long one answer may take, its body included.
const PATIENCE: Duration = Duration::from_secs(15);

/// How long all answers together may take.
const BUDGET: Duration = Duration::from_secs(90);

/// How many redirects are followed.
const MOST_REDIRECTS: usize = 5;

/// A tag that no document has.
const FOREIGN_TAG: &str = "\"spotkajmy-doctor\"";

/// How calendar programs ask: by what name, and for what. Google and
/// Evolution send no Accept; one in a hundred setups sends credentials that
/// nobody asked for.
const PROGRAMS: [(&str, &[(&str, &str)]); 3] = [
    ("Google", &[("user-agent", "Google-Calendar-Importer")]),
    (
        "Outlook",
        &[
            ("user-agent", "Microsoft.Exchange"),
            ("accept", "text/html"),
        ],
    ),
    (
        "Thunderbird",
        &[
            (
                "user-agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.0",
            ),
            ("accept", "text/calendar,text/plain;q=0.8,*/*;q=0.5"),
            ("authorization", "Basic c3RyYXk6c3RyYXk="),
        ],
    ),
];

/// What an examination comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No fault; warnings there may be.
    Healthy,
    Faulty,
    /// Nothing answers.
    Unreachable,
}

/// Asks about the feed at `url` and tells each finding as soon as it is
/// there: on a slow network that takes a while, 90 seconds at most.
///
/// # Errors
/// The operating system lets nobody ask.
pub(crate) fn examine(url: Url, tell: &mut dyn FnMut(Finding)) -> io::Result<Outcome> {
    let mut examination = Examination {
        client: Client::new(PATIENCE, BUDGET)?,
        tell,
        outcome: Outcome::Healthy,
        host: String::new(),
    };
    if let Some((url, answer)) = examination.reach(url) {
        examination.look_around(&url, &answer);
    }
    Ok(examination.outcome)
}

struct Examination<'a> {
    client: Client,
    tell: &'a mut dyn FnMut(Finding),
    outcome: Outcome,
    /// The host whose certificate was looked at last.
    host: String,
}

impl Examination<'_> {
    fn found(&mut self, finding: impl Into<Option<Finding>>) {
        let Some(finding) = finding.into() else {
            return;
        };
        if finding.severity == Severity::Fault && self.outcome == Outcome::Healthy {
            self.outcome = Outcome::Faulty;
        }
        (self.tell)(finding);
    }

    /// Asks; no answer is a finding.
    fn ask(&mut self, method: Method, url: &Url, headers: &[(&str, &str)]) -> Option<Answer> {
        match self.client.ask(method, url, headers) {
            Ok(answer) => Some(answer),
            Err(why) => {
                self.found(network::unanswered(url, &why));
                None
            }
        }
    }

    fn get(&mut self, url: &Url, headers: &[(&str, &str)]) -> Option<Answer> {
        self.ask(Method::GET, url, headers)
    }

    fn plainly(&self, url: &Url) -> Result<Answer, Failure> {
        self.client.ask(Method::GET, url, &[])
    }

    /// Follows redirects to where the feed stands; `None` where that leads
    /// nowhere.
    fn reach(&mut self, mut url: Url) -> Option<(Url, Answer)> {
        for redirects in 0..=MOST_REDIRECTS {
            let answer = match self.plainly(&url) {
                Ok(answer) => answer,
                Err(why) => {
                    self.found(network::unanswered(&url, &why));
                    if why.is_unreachable {
                        self.outcome = Outcome::Unreachable;
                    }
                    return None;
                }
            };
            self.look_at_certificate(&url, &answer);
            let Some(location) = answer.location() else {
                return Some((url, answer));
            };
            let next = address::follow(&url, location);
            let next = next.filter(|to| url.scheme() == "http" || to.scheme() == "https");
            let Some(next) = next.filter(|_| redirects < MOST_REDIRECTS) else {
                self.found(network::lost_redirect(location, answer.status));
                return None;
            };
            url = next;
        }
        None
    }

    /// Each host's certificate is told of once.
    fn look_at_certificate(&mut self, url: &Url, answer: &Answer) {
        let host = url.host_str().unwrap_or_default();
        if let Some(judged) = &answer.certificate
            && self.host != host
        {
            host.clone_into(&mut self.host);
            self.found(network::certificate(
                host,
                judged,
                answer.received.timestamp(),
            ));
        }
    }

    fn look_around(&mut self, url: &Url, feed: &Answer) {
        self.found(network::reached(url));
        if url.scheme() == "http" && !address::is_local(url) {
            self.found(network::unencrypted());
        }
        if url.scheme() == "https" && url.port().is_none() {
            let asked = self.plainly(&address::with_scheme(url, "http"));
            self.found(network::http(url, &asked));
        }
        self.found(network::address(url));
        self.found(network::clock(feed));
        // Crawlers look for it at the host's root alone (RFC 9309, 2.3).
        if let Some(robots) = address::follow(url, "/robots.txt")
            && let Some(answer) = self.get(&robots, &[])
        {
            self.found(robots::robots(&answer, url.path()));
        }
        let no_calendar = network::no_calendar(feed);
        if no_calendar.is_none() {
            self.look_at_feed(url, feed);
            self.look_at_law(url);
        }
        self.found(no_calendar);
    }

    fn look_at_feed(&mut self, url: &Url, feed: &Answer) {
        self.found(feed::content_type(feed));
        self.found(feed::any_origin(feed));
        self.found(feed::cookie(feed));
        let compressed = feed::compressed(feed);
        if compressed.is_none() {
            self.read(url, feed);
        }
        self.found(compressed);
        if let Some(head) = self.ask(Method::HEAD, url, &[]) {
            self.found(feed::head(feed, &head));
        }
        self.ask_as_programs(url, feed);
        match feed.header("etag") {
            Some(tag) => self.ask_for_changes(url, "If-None-Match", tag, FOREIGN_TAG),
            None => self.found(feed::no_validator("ETag")),
        }
        match feed.date("last-modified") {
            Some(date) => {
                let written = |at: DateTime<Utc>| httpdate::fmt_http_date(at.into());
                let older = written((date - TimeDelta::days(1)).max(DateTime::UNIX_EPOCH));
                self.ask_for_changes(url, "If-Modified-Since", &written(date), &older);
            }
            None => self.found(feed::no_validator("Last-Modified")),
        }
        let unknown = address::below(url, "/calendars/there-is-no-such-district.ics");
        if let Some(answer) = self.get(&unknown, &[]) {
            self.found(feed::unknown_district(&answer));
        }
    }

    fn read(&mut self, url: &Url, feed: &Answer) {
        match feed::read(feed) {
            Err(finding) => self.found(finding),
            Ok(calendar) => {
                self.found(feed::events(url, calendar.events));
                if let Some(source) = calendar.source {
                    self.found(feed::public_url(url, &source));
                }
            }
        }
    }

    fn ask_as_programs(&mut self, url: &Url, feed: &Answer) {
        let mut are_alike = true;
        for (program, headers) in PROGRAMS {
            let answer = self.get(url, headers);
            let finding = answer.as_ref().map(|it| feed::program(program, feed, it));
            are_alike &= finding == Some(None);
            self.found(finding.flatten());
        }
        self.found(are_alike.then(feed::every_program));
    }

    fn ask_for_changes(&mut self, url: &Url, header: &str, own: &str, other: &str) {
        if let Some(held) = self.get(url, &[(header, own)])
            && let Some(foreign) = self.get(url, &[(header, other)])
        {
            self.found(feed::conditional(header, held.status, foreign.status));
        }
    }

    fn look_at_law(&mut self, url: &Url) {
        let front = address::below(url, "/");
        let Some(page) = self.get(&front, &[]) else {
            return;
        };
        let link = accessibility::link(&page).and_then(|link| address::follow(&front, &link));
        if let Some(link) = link {
            if let Some(answer) = self.get(&link, &[]) {
                self.found(accessibility::declaration(&answer));
            }
        } else if let Some(answer) = self.get(&address::below(url, "/accessibility/"), &[]) {
            self.found(accessibility::no_link(&answer));
        }
    }
}
