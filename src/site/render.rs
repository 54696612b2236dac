//! An address -> the content that stands there.

use hyper::body::Bytes;

use super::Site;
use super::document::{Content, Disposition};
use super::policy::{policy, subject};
use crate::address::{Address, File, Format};
use crate::feed::{self, atom, csv, ics, json};
use crate::page;
use crate::schedule;
use crate::selection::Selection;

const HTML: &str = "text/html; charset=utf-8";
const ICS: &str = "text/calendar; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";
const SCHEMA: &str = "application/schema+json; charset=utf-8";
const SVG: &str = "image/svg+xml";
const SCRIPT: &str = "text/javascript; charset=utf-8";

impl Site {
    /// What stands at `address`, which exists.
    pub(super) fn render(&self, address: &Address) -> Content {
        let (media_type, body) = self.body(address);
        Content {
            body,
            media_type,
            modified: self.modified(address),
            policy: policy(address),
            disposition: self.disposition(address),
            subject: subject(address, &self.publication),
        }
    }

    fn body(&self, address: &Address) -> (&'static str, Bytes) {
        let publication = &*self.publication;
        let links = &self.links;
        let view = |language| self.view(language);
        let (media_type, mut text) = match address {
            Address::Feed(selection, format, language) => match format {
                Format::Ics => (ICS, ics::feed(publication, selection, links, *language)),
                Format::Json => (JSON, json::feed(publication, selection, links, *language)),
                Format::Atom => (
                    "application/atom+xml; charset=utf-8",
                    atom::feed(publication, selection, links, *language),
                ),
                Format::Csv => (CSV, csv::feed(publication, selection, links, *language)),
            },
            Address::SessionFile(id, language) => {
                let published = self.published(id.as_str());
                (ICS, ics::single(publication, published, links, *language))
            }
            Address::Landing(language) => (HTML, page::landing(&view(*language))),
            Address::District(selection, language) => {
                (HTML, page::district(&view(*language), selection))
            }
            Address::Session(id, language) => (
                HTML,
                page::session(&view(*language), self.published(id.as_str())),
            ),
            Address::Places(language) => (HTML, page::places(&view(*language))),
            Address::Place(id, language) => {
                let venue = publication
                    .venue(id.as_str())
                    .expect("a place's address is made of a venue that was met");
                (HTML, page::place(&view(*language), venue))
            }
            Address::Embedding(language) => (HTML, page::embedding(&view(*language))),
            Address::Widget(selection, language) => {
                (HTML, page::widget(&view(*language), selection))
            }
            Address::Poster(selection, language) => {
                (HTML, page::poster(&view(*language), selection))
            }
            Address::QrCode(selection) => {
                // More districts than a code can hold lead to the first page,
                // whose code is short.
                let code = page::qr_code(links, selection)
                    .or_else(|| page::qr_code(links, &Selection::All));
                (SVG, code.unwrap_or_default())
            }
            Address::File(File::SharePicture) => {
                return ("image/png", page::share_picture().into());
            }
            Address::File(File::WidgetScript) => (SCRIPT, page::widget_script(links)),
            Address::File(File::StyleSheet) => {
                ("text/css; charset=utf-8", page::STYLE_SHEET.to_owned())
            }
            Address::File(File::PageScript) => (SCRIPT, page::PAGE_SCRIPT.to_owned()),
            Address::File(File::Robots) => ("text/plain; charset=utf-8", page::robots(links)),
            Address::File(File::Sitemap) => (
                "application/xml; charset=utf-8",
                page::sitemap(publication, links),
            ),
            Address::File(File::Favicon) => (SVG, page::FAVICON.to_owned()),
            Address::File(File::ScheduleSchema) => (SCHEMA, schedule::SCHEMA.to_owned()),
            Address::File(File::CalendarSchema) => (SCHEMA, feed::CALENDAR_SCHEMA.to_owned()),
        };
        // It is kept for as long as it is served: without room for more.
        text.shrink_to_fit();
        (media_type, Bytes::from(text))
    }

    /// When the bytes at `address` last changed. A feed changes with its
    /// events and its frame only; what shows more also with the rest of the
    /// schedule; and a page with the turns of time too.
    fn modified(&self, address: &Address) -> chrono::DateTime<chrono::Utc> {
        let everything = || {
            let feeds = self.publication.feed_modified(&Selection::All);
            self.publication.pages_modified().max(feeds)
        };
        match address {
            Address::Feed(selection, Format::Ics | Format::Atom, _) => {
                self.publication.feed_modified(selection)
            }
            Address::Feed(..)
            | Address::SessionFile(..)
            | Address::QrCode(_)
            | Address::File(_) => everything(),
            _ => everything().max(self.turn),
        }
    }

    fn disposition(&self, address: &Address) -> Option<Disposition> {
        let calendar = &self.publication.calendar.id;
        match address {
            Address::Feed(selection, Format::Ics, _) => {
                Some(Disposition::Inline(format!("{calendar}-{selection}.ics")))
            }
            Address::Feed(selection, Format::Csv, _) => Some(Disposition::Attachment(format!(
                "{calendar}-{selection}.csv"
            ))),
            Address::SessionFile(id, _) => {
                Some(Disposition::Attachment(format!("{calendar}-{id}.ics")))
            }
            _ => None,
        }
    }

    fn published(&self, id: &str) -> &crate::history::Published {
        self.publication
            .session(id)
            .expect("a session's address is made of a published one")
    }
}
