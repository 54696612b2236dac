//! A route -> the content that stands there.

use chrono::{DateTime, Utc};
use hyper::body::Bytes;

use super::Site;
use super::document::{Content, Disposition};
use super::policy::{labels, policy};
use crate::feed::{self, ics};
use crate::history::Published;
use crate::page;
use crate::route::{Drawing, File, Format, Route, Selection};
use crate::schedule;

const HTML: &str = "text/html; charset=utf-8";
const ICS: &str = "text/calendar; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8";
const ATOM: &str = "application/atom+xml; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";
const SCHEMA: &str = "application/schema+json; charset=utf-8";
const SVG: &str = "image/svg+xml";
const PNG: &str = "image/png";
const SCRIPT: &str = "text/javascript; charset=utf-8";

impl Site {
    /// What stands at `route`, which exists.
    pub(super) fn render(&self, route: &Route) -> Content {
        let (media_type, body) = self.body(route);
        Content {
            body,
            media_type,
            modified: self.modified(route),
            policy: policy(route, self.is_preview),
            disposition: self.disposition(route),
            link: self.link(route),
            labels: labels(route, &self.publication),
        }
    }

    fn body(&self, route: &Route) -> (&'static str, Bytes) {
        let publication = &*self.publication;
        let links = &self.links;
        let view = |language| self.view(language);
        let (media_type, mut text) = match route {
            Route::Feed(selection, format, language) => {
                let media_type = match format {
                    Format::Ics => ICS,
                    Format::Json => JSON,
                    Format::Atom => ATOM,
                    Format::Csv => CSV,
                };
                let feed = publication.feed(selection, *format);
                (media_type, feed.render(*format, links, *language))
            }
            Route::SessionFile(id, language) => {
                let Published { session, stamp, .. } = self.published(id.as_str());
                let (calendar, earliest) = (&publication.calendar, publication.earliest());
                let file = ics::single(calendar, earliest, session, stamp, links, *language);
                (ICS, file)
            }
            Route::Landing(language) => (HTML, page::landing(&view(*language))),
            Route::District(selection, language) => {
                (HTML, page::district(&view(*language), selection))
            }
            Route::Session(id, language) => (
                HTML,
                page::session(&view(*language), self.published(id.as_str())),
            ),
            Route::Places(language) => (HTML, page::places(&view(*language))),
            Route::Place(id, language) => {
                let venue = publication
                    .venue(id.as_str())
                    .expect("a place's route is made of a venue that was met");
                (HTML, page::place(&view(*language), venue))
            }
            Route::Organisations(selection, language) => {
                (HTML, page::organisations(&view(*language), selection))
            }
            Route::Widget(selection, language) => (HTML, page::widget(&view(*language), selection)),
            Route::Poster(selection, language) => (HTML, page::poster(&view(*language), selection)),
            Route::SessionPoster(id, language) => {
                let published = self.published(id.as_str());
                (HTML, page::session_poster(&view(*language), published))
            }
            Route::QrCode(selection, Drawing::Svg) => (SVG, page::qr_svg(links, selection)),
            Route::QrCode(selection, Drawing::Png) => {
                return (PNG, page::qr_png(links, selection).into());
            }
            Route::Picture(id, shape, language) => {
                let published = self.published(id.as_str());
                let picture = page::session_picture(&view(*language), published, *shape);
                return (PNG, picture.into());
            }
            Route::SharePicture(language) => {
                return (PNG, page::share_picture(&view(*language)).into());
            }
            Route::Accessibility(language) => {
                let declaration = publication
                    .calendar
                    .accessibility
                    .as_ref()
                    .expect("its route exists only where the schedule has one");
                (HTML, page::accessibility(&view(*language), declaration))
            }
            Route::File(File::WidgetScript) => (SCRIPT, page::widget_script(links)),
            Route::File(File::StyleSheet) => {
                ("text/css; charset=utf-8", page::STYLE_SHEET.to_owned())
            }
            Route::File(File::PageScript) => (SCRIPT, page::PAGE_SCRIPT.to_owned()),
            Route::File(File::Robots) => ("text/plain; charset=utf-8", page::robots(links)),
            Route::File(File::Sitemap) => (
                "application/xml; charset=utf-8",
                page::sitemap(publication, links),
            ),
            Route::File(File::Favicon) => (SVG, page::FAVICON.to_owned()),
            Route::File(File::FaviconIco) => {
                return ("image/vnd.microsoft.icon", page::favicon_ico().into());
            }
            Route::File(File::TouchIcon) => return (PNG, page::touch_icon().into()),
            Route::File(File::Manifest) => (
                "application/manifest+json; charset=utf-8",
                page::manifest(&view(links.default_language())),
            ),
            Route::File(File::ScheduleSchema) => (SCHEMA, schedule::SCHEMA.to_owned()),
            Route::File(File::OpenApi) => (JSON, page::openapi(publication, links)),
            Route::File(File::CalendarSchema) => (SCHEMA, feed::CALENDAR_SCHEMA.to_owned()),
        };
        // It is kept for as long as it is served: without room for more.
        text.shrink_to_fit();
        (media_type, Bytes::from(text))
    }

    /// When the bytes at `route` last changed, where the history knows: it
    /// digests feeds. A session's own file holds nothing that the feed of all
    /// does not. Everything else goes by its ETag alone.
    fn modified(&self, route: &Route) -> Option<DateTime<Utc>> {
        let feed = |selection, format| Some(self.publication.feed_modified(selection, format));
        match route {
            Route::Feed(selection, format, _) => feed(selection, *format),
            Route::SessionFile(..) => feed(&Selection::All, Format::Ics),
            _ => None,
        }
    }

    /// The hub and the topic of an Atom feed (WebSub, section 4): some hubs
    /// read no document.
    fn link(&self, route: &Route) -> Option<String> {
        let Route::Feed(selection, Format::Atom, _) = route else {
            return None;
        };
        let (hub, topic) = (self.links.hub_of(selection)?, self.links.absolute(route));
        Some(format!("<{hub}>; rel=\"hub\", <{topic}>; rel=\"self\""))
    }

    fn disposition(&self, route: &Route) -> Option<Disposition> {
        let calendar = &self.publication.calendar.id;
        match route {
            Route::Feed(selection, Format::Ics, _) => {
                Some(Disposition::Inline(format!("{calendar}-{selection}.ics")))
            }
            Route::Feed(selection, Format::Csv, _) => Some(Disposition::Attachment(format!(
                "{calendar}-{selection}.csv"
            ))),
            Route::SessionFile(id, _) => {
                Some(Disposition::Attachment(format!("{calendar}-{id}.ics")))
            }
            _ => None,
        }
    }

    fn published(&self, id: &str) -> &Published {
        self.publication
            .session(id)
            .expect("a session's route is made of a published one")
    }
}
