//! A feed's address -> everything that is asked about it, in the order in
//! which a program meets it, and what was found.

use chrono::{DateTime, TimeDelta, Utc};
use hyper::Method;

use super::address::FeedAddress;
use super::answer::Answer;
use super::client::{Client, Failure, Trust};
use super::finding::{Finding, Severity};
use super::{caching, calendar, clock, content, headers, robots, transport};

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
pub enum Outcome {
    /// No fault; warnings there may be.
    Healthy,
    /// Faults.
    Faulty,
    /// Nothing answers.
    Unreachable,
}

/// Asks about the feed at `address` and tells each finding as soon as it is
/// there: on a slow network that takes a while. Takes two minutes at most.
pub fn examine(address: FeedAddress, tell: impl FnMut(&Finding)) -> Outcome {
    let mut examination = Examination {
        client: Client::new(Trust::WebRoots),
        tell,
        outcome: Outcome::Healthy,
        certified: None,
    };
    if let Some((address, answer)) = examination.reach(address) {
        examination.look_around(&address, &answer);
    }
    examination.outcome
}

struct Examination<T> {
    client: Client,
    tell: T,
    outcome: Outcome,
    /// The host whose certificate was found valid last.
    certified: Option<String>,
}

impl<T: FnMut(&Finding)> Examination<T> {
    fn found(&mut self, finding: &Finding) {
        (self.tell)(finding);
        if finding.severity() == Severity::Fault && self.outcome == Outcome::Healthy {
            self.outcome = Outcome::Faulty;
        }
    }

    /// Asks; no answer is a finding.
    fn ask(
        &mut self,
        method: Method,
        address: &FeedAddress,
        headers: &[(&str, &str)],
    ) -> Option<Answer> {
        match self.client.ask(method, address, headers) {
            Ok(answer) => Some(answer),
            Err(why) => {
                let url = address.url();
                self.found(&Finding::Unanswered { url, why });
                None
            }
        }
    }

    fn get(&mut self, address: &FeedAddress, headers: &[(&str, &str)]) -> Option<Answer> {
        self.ask(Method::GET, address, headers)
    }

    /// Follows redirects to where the feed stands; `None` where that leads
    /// nowhere.
    fn reach(&mut self, mut address: FeedAddress) -> Option<(FeedAddress, Answer)> {
        for _ in 0..=MOST_REDIRECTS {
            let answer = self.first_answer(&address)?;
            let Some(location) = answer.location() else {
                return Some(self.encrypted_twin(address, answer));
            };
            let status = answer.status;
            let Some(next) = address.follow(location) else {
                self.found(&Finding::LostRedirect { status });
                return None;
            };
            let finding = transport::redirect(&address, &next, status);
            if let Some(finding) = &finding {
                self.found(finding);
            }
            if let Some(Finding::Downgrade { .. }) = finding {
                return None;
            }
            address = next;
        }
        self.found(&Finding::TooManyRedirects);
        None
    }

    /// The answer at an address that nothing is known of yet. Behind a bad
    /// certificate the examination goes on without looking at it again.
    fn first_answer(&mut self, address: &FeedAddress) -> Option<Answer> {
        let mut asked = self.client.ask(Method::GET, address, &[]);
        if let Err(Failure::Certificate(why)) = asked {
            let host = address.host().to_owned();
            self.found(&Finding::CertificateRefused { host, why });
            self.client = Client::new(Trust::Anybody);
            asked = self.client.ask(Method::GET, address, &[]);
        } else if asked.is_ok() && address.is_encrypted() {
            self.certified(address);
        }
        match asked {
            Ok(answer) => Some(answer),
            Err(why) => {
                let nothing = why.is_unreachable();
                let url = address.url();
                self.found(&Finding::Unreachable { url, why });
                if nothing {
                    self.outcome = Outcome::Unreachable;
                }
                None
            }
        }
    }

    /// Says once that a host's certificate is valid, where that was looked at.
    fn certified(&mut self, address: &FeedAddress) {
        let host = address.host();
        if self.client.trust() == Trust::WebRoots && self.certified.as_deref() != Some(host) {
            self.certified = Some(host.to_owned());
            let host = host.to_owned();
            self.found(&Finding::CertificateValid { host });
        }
    }

    /// The same feed at https, where http serves it without a redirect there.
    fn encrypted_twin(&mut self, address: FeedAddress, answer: Answer) -> (FeedAddress, Answer) {
        if address.is_encrypted() || address.is_local() {
            return (address, answer);
        }
        if address.has_default_port() {
            let twin = address.with_encryption(true);
            if let Ok(encrypted) = self.client.ask(Method::GET, &twin, &[])
                && encrypted.status == 200
            {
                self.certified(&twin);
                return (twin, encrypted);
            }
        }
        self.found(&Finding::Unencrypted);
        (address, answer)
    }

    fn look_around(&mut self, address: &FeedAddress, feed: &Answer) {
        let url = address.url();
        self.found(&Finding::Reached { url });
        if address.is_encrypted() && address.has_default_port() {
            let http = address.with_encryption(false);
            let asked = self.client.ask(Method::GET, &http, &[]);
            self.found(&transport::http(address, &asked));
        }
        self.found(&transport::address(address));
        self.found(&clock::clock(feed));
        if let Some(answer) = self.get(&address.robots(), &[]) {
            self.found(&robots::robots(&answer, address.path()));
        }
        match headers::no_calendar(feed) {
            Some(finding) => self.found(&finding),
            None => self.look_at_feed(address, feed),
        }
    }

    fn look_at_feed(&mut self, address: &FeedAddress, feed: &Answer) {
        self.found(&headers::media_type(feed));
        self.found(&headers::disposition(feed));
        self.found(&headers::any_origin(feed));
        self.found(&headers::cookie(feed));
        if caching::unasked(feed).is_none() {
            self.read(address, feed);
        }
        if let Some(head) = self.ask(Method::HEAD, address, &[]) {
            self.found(&headers::head(feed, &head));
        }
        self.ask_as_programs(address, feed);
        self.ask_by_tag(address, feed);
        self.ask_by_date(address, feed);
        self.ask_for_gzip(address, feed);
        if let Some(answer) = self.get(&address.json(), &[]) {
            self.found(&content::json(&answer));
        }
        if let Some(answer) = self.get(&address.unknown_district(), &[]) {
            self.found(&content::unknown_district(&answer));
        }
    }

    fn read(&mut self, address: &FeedAddress, feed: &Answer) {
        if !feed.is_whole {
            return self.found(&Finding::TooLong);
        }
        match calendar::read(&feed.body) {
            Err((line, breakage)) => self.found(&Finding::Broken { line, breakage }),
            Ok(calendar) => {
                let events = calendar.events;
                let is_of_all = address.is_of_all();
                self.found(&if events == 0 {
                    Finding::NoEvents { is_of_all }
                } else {
                    Finding::Calendar { events }
                });
                self.found(&content::public_url(address, calendar.source.as_deref()));
            }
        }
    }

    fn ask_as_programs(&mut self, address: &FeedAddress, feed: &Answer) {
        let mut all_alike = true;
        for (program, asked) in PROGRAMS {
            let Some(answer) = self.get(address, asked) else {
                all_alike = false;
                continue;
            };
            if let Some(finding) = headers::program(program, feed, &answer) {
                self.found(&finding);
                all_alike = false;
            }
        }
        if all_alike {
            self.found(&Finding::EveryProgram);
        }
    }

    fn ask_by_tag(&mut self, address: &FeedAddress, feed: &Answer) {
        if let Some(tag) = feed.header("etag") {
            if let Some(answer) = self.get(address, &[("if-none-match", tag)]) {
                self.found(&caching::own_tag(&answer));
            }
        } else {
            self.found(&Finding::NoTag);
        }
        if let Some(answer) = self.get(address, &[("if-none-match", FOREIGN_TAG)])
            && let Some(finding) = caching::other_tag(&answer)
        {
            self.found(&finding);
        }
    }

    fn ask_by_date(&mut self, address: &FeedAddress, feed: &Answer) {
        let Some(modified) = feed.date("last-modified") else {
            return self.found(&Finding::NoDate);
        };
        if let Some(finding) = clock::modified(feed) {
            self.found(&finding);
        }
        let date = |at: DateTime<Utc>| httpdate::fmt_http_date(at.into());
        if let Some(answer) = self.get(address, &[("if-modified-since", &date(modified))]) {
            self.found(&caching::own_date(&answer));
        }
        // Dates of HTTP begin in 1970.
        let older = (modified - TimeDelta::days(1)).max(DateTime::UNIX_EPOCH);
        if older < modified
            && let Some(answer) = self.get(address, &[("if-modified-since", &date(older))])
            && let Some(finding) = caching::older_date(&answer)
        {
            self.found(&finding);
        }
    }

    fn ask_for_gzip(&mut self, address: &FeedAddress, feed: &Answer) {
        if let Some(finding) = caching::unasked(feed) {
            return self.found(&finding);
        }
        if let Some(answer) = self.get(address, &[("accept-encoding", "gzip")]) {
            self.found(&caching::compressed(feed, &answer));
        }
    }
}
