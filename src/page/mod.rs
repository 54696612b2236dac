//! [`Publication`] -> pages, the widget, posters, oEmbed answers and what
//! goes with them. This is the only place that knows HTML.
//!
//! The front door:
//! - the instant: [`last_boundary`], the [`View::boundary`] to write pages for;
//! - the pages: [`landing`], [`district`], [`session`], [`places`],
//!   [`place`], [`organisations`], [`widget`], [`poster`], [`missing`];
//! - for machines: [`oembed_json`], [`oembed_xml`], [`qr_svg`], [`qr_png`],
//!   [`session_picture`],
//!   [`share_picture`], [`sitemap`], [`robots`], [`openapi`];
//! - files that stand still: [`STYLE_SHEET`], [`PAGE_SCRIPT`], [`FAVICON`],
//!   and [`widget_script`], which knows where it is served;
//! - the headers that keep them safe: [`PAGE_POLICY`], [`ORGANISATIONS_POLICY`],
//!   [`widget_policy`], [`FILE_POLICY`], [`REFERRER_POLICY`].
//!
//! Nothing here reads a clock, and nothing refuses: a page of what exists is
//! a value. What a page links to exists as long as the site serves every
//! [`Route`](crate::route::Route).

use askama::Template;
use chrono::{DateTime, Utc};

use crate::history::Publication;
use crate::route::Links;
use crate::schedule::{Rhythm, Session, WebAddress};
use crate::texts::{Language, Words};
use boundary::When;
use prose::Prose;

mod accessibility;
mod add_to_calendar;
mod boundary;
mod district;
mod event_data;
mod frame;
mod landing;
mod machines;
mod meeting;
mod missing;
mod moved;
mod oembed;
mod openapi;
mod organisations;
mod picture;
mod place;
mod policy;
mod poster;
mod prose;
mod qr_code;
mod register;
#[cfg(test)]
mod sample;
mod session;
mod share;
mod typeset;
mod typography;
mod widget;

pub use accessibility::accessibility;
pub use boundary::last_boundary;
pub use district::district;
pub use landing::landing;
pub use machines::{
    FAVICON, PAGE_SCRIPT, STYLE_SHEET, favicon_ico, manifest, robots, sitemap, touch_icon,
};
pub use missing::missing;
pub use moved::moved;
pub use oembed::{Bounds, oembed_json, oembed_xml};
pub use openapi::openapi;
pub use organisations::organisations;
pub use picture::{session_picture, share_picture};
pub use place::{place, places};
pub use policy::{FILE_POLICY, ORGANISATIONS_POLICY, PAGE_POLICY, REFERRER_POLICY, widget_policy};
pub use poster::{poster, session_poster};
pub use qr_code::{qr_png, qr_svg};
pub use session::session;
pub use widget::{widget, widget_script};

/// What a page is written from.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What is published.
    pub publication: &'a Publication,
    /// Writes the links.
    pub links: &'a Links,
    /// The language to write in.
    pub language: Language,
    /// The instant at which a page last changed by itself: [`last_boundary`].
    pub boundary: DateTime<Utc>,
    /// Whether the pages say that nobody else sees them yet.
    pub is_preview: bool,
}

impl<'a> View<'a> {
    fn words(&self) -> &'static Words {
        self.language.words()
    }

    fn title(&self) -> &'a str {
        self.publication.calendar.title.get(self.language)
    }

    /// What the schedule says to who hesitates.
    fn invitation(&self) -> Option<Prose<'a>> {
        let invitation = self.publication.calendar.invitation.as_ref();
        invitation.map(|text| Prose::new(self, text))
    }

    /// How often meetings are held, in a sentence.
    fn rhythm(&self) -> Option<&'static str> {
        let words = self.words();
        Some(match self.publication.calendar.rhythm? {
            Rhythm::Weekly => words.rhythm_weekly,
            Rhythm::Monthly => words.rhythm_monthly,
            Rhythm::Quarterly => words.rhythm_quarterly,
        })
    }

    /// Whether `session` is on the local date of the page.
    fn is_today(&self, session: &Session) -> bool {
        let zone = &self.publication.calendar.zone;
        session.date() == zone.at(self.boundary).date_naive()
    }

    fn when(&self, session: &Session) -> When {
        When::of(session, self.boundary, &self.publication.calendar.zone)
    }
}

/// The template of a page as text, its lines broken only where they may be.
fn write_page(template: &impl Template) -> String {
    typography::unbroken(&write(template))
}

/// The template as text.
fn write(template: &impl Template) -> String {
    template
        .render()
        .expect("a template's values write themselves without an error, and a String takes them")
}
