//! The declaration of accessibility of a Polish public body (act of 4 April
//! 2019, article 10): the words of the ministry's form around what the
//! schedule says, in elements that inspectors find by their ids.

use askama::Template;
use chrono::NaiveDate;

use super::View;
use super::frame::{Frame, Here};
use super::landing::Contact;
use super::prose::Prose;
use crate::route::{Route, Selection};
use crate::schedule::{Accessibility, Conformance};
use crate::texts::{Words, dates};

#[derive(Template)]
#[template(path = "accessibility.html", config = "src/page/askama.toml")]
struct Declaration<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    entity: Prose<'a>,
    site: String,
    published: Date,
    updated: Date,
    prepared: Date,
    status: &'static str,
    exceptions: Vec<Prose<'a>>,
    name: Prose<'a>,
    contact: Contact<'a>,
    building: Vec<Prose<'a>>,
}

/// A date for people and for machines.
struct Date {
    words: String,
    /// RFC 3339.
    machine: NaiveDate,
}

/// The page of `declaration`.
pub fn accessibility(view: &View<'_>, declaration: &Accessibility) -> String {
    let words = view.words();
    let date = |machine| Date {
        words: dates::date(machine, view.language),
        machine,
    };
    let contact = &declaration.contact;
    let paragraphs = |text| Prose::new(view, text).paragraphs();
    super::write_page(&Declaration {
        frame: Frame::new(
            view,
            &Route::Accessibility(view.language),
            words.declaration,
            declaration.entity.get(view.language),
            &Selection::All,
        ),
        words,
        entity: Prose::name(view, &declaration.entity),
        site: view.links.absolute(&Route::Landing(view.language)),
        published: date(declaration.published),
        // A site that has not changed since was last changed then.
        updated: date(declaration.updated.unwrap_or(declaration.published)),
        prepared: date(declaration.prepared),
        status: match declaration.status {
            Conformance::Full => words.declaration_full,
            Conformance::Partial => words.declaration_partial,
            Conformance::None => words.declaration_none,
        },
        exceptions: declaration
            .exceptions
            .as_ref()
            .map(paragraphs)
            .unwrap_or_default(),
        name: Prose::name(view, &contact.name),
        contact: Contact::new(Some(&contact.email), Some(&contact.phone)),
        building: declaration
            .building
            .as_ref()
            .map(paragraphs)
            .unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{links, published_after, view};

    #[test]
    fn the_declaration_says_what_the_schedule_says_in_each_language() {
        let publication = published_after(&[(
            "timezone:",
            "accessibility:\n    entity: \"Urząd <przykład>\"\n    status: partial\n    \
             published: 2026-03-06\n    prepared: 2026-03-07\n    \
             contact: {name: \"Jan\", email: a@example.org, phone: \"+48 12 000 00 00\"}\n    \
             exceptions: \"Mapa.\"\n  timezone:",
        )]);
        let links = links();
        let declaration = publication.calendar.accessibility.as_ref().unwrap();
        let mut view = view(&publication, &links, "2026-01-01T00:00:00Z");
        for (language, words) in [
            (crate::texts::Language::Polish, "częściowo zgodna"),
            (crate::texts::Language::English, "partially"),
            (crate::texts::Language::Ukrainian, "частково"),
        ] {
            view.language = language;
            let html = accessibility(&view, declaration).replace('\u{a0}', " ");
            for part in [
                words,
                "Urząd &lt;przykład&gt;",
                "id=\"a11y-data-publikacja\" datetime=\"2026-03-06\"",
                "id=\"a11y-data-aktualizacja\" datetime=\"2026-03-06\"",
                "id=\"a11y-data-sporzadzenie\" datetime=\"2026-03-07\"",
                "id=\"a11y-email\" href=\"mailto:a@example.org\"",
                "id=\"a11y-telefon\" href=\"tel:+48120000000\"",
                "Mapa.",
            ] {
                assert!(html.contains(part), "{part} in {html}");
            }
        }
    }
}
