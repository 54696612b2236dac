//! Everything that an organisation spreads: the pictures and texts of the next
//! sessions, the poster and its QR code, and the list of dates for its site.

use std::ops::RangeInclusive;

use askama::Template;

use super::View;
use super::frame::{Frame, Here, selection_name, selection_names};
use super::meeting::{Agenda, Meeting};
use super::picture;
use super::prose::Names;
use super::register::Register;
use super::share::{Share, invitation};
use super::widget;
use crate::history::Published;
use crate::route::{Drawing, File, Route, Selection, Shape};
use crate::texts::Words;

/// How many of the sessions ahead have their pictures and texts here.
const SESSIONS: usize = 3;

#[derive(Template)]
#[template(path = "organisations.html", config = "src/page/askama.toml")]
struct Organisations<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    /// The chosen districts.
    names: Names<'a>,
    register: Register<'a>,
    /// Where the form goes that chooses others.
    form: String,
    kits: Vec<Kit<'a>>,
    /// The next session of the whole cycle, where there is none here.
    elsewhere: Option<Meeting<'a>>,
    rhythm: Option<&'static str>,
    poster: String,
    qr_svg: String,
    qr_png: String,
    lines: [Field; 4],
    limits: RangeInclusive<usize>,
    /// The widget, for the preview.
    widget: String,
    height: u32,
}

/// What to spread of one session.
struct Kit<'a> {
    meeting: Meeting<'a>,
    pictures: [Picture; 2],
    texts: [Field; 3],
    share: Share,
    /// The poster for its door.
    poster: String,
}

/// A picture to save.
struct Picture {
    href: String,
    width: u32,
    height: u32,
    alt: String,
    /// What it is good for.
    means: &'static str,
}

/// A text to copy.
struct Field {
    id: String,
    label: &'static str,
    text: String,
    /// About as many lines as the text takes; one in a field of one line.
    rows: usize,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = "<script src=\"{{ script }}\" async></script>\n\
              <spotkajmy-sessions district=\"{{ selection }}\" lang=\"{{ language }}\">\
              <a href=\"{{ page }}\">{{ title }}</a></spotkajmy-sessions>",
    config = "src/page/askama.toml"
)]
struct ElementLine<'a> {
    script: &'a str,
    selection: &'a Selection,
    language: &'a str,
    page: &'a str,
    title: &'a str,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = "<iframe src=\"{{ address }}\" title=\"{{ title }}\" width=\"100%\" \
              height=\"{{ height }}\" frameborder=\"0\" loading=\"lazy\"></iframe>",
    config = "src/page/askama.toml"
)]
struct FrameLine<'a> {
    address: &'a str,
    title: &'a str,
    height: u32,
}

/// The page for organisations that invite to the sessions of `selection`.
pub fn organisations(view: &View<'_>, selection: &Selection) -> String {
    let (words, links, language) = (view.words(), view.links, view.language);
    let kits: Vec<Kit<'_>> = view
        .publication
        .sessions_in(selection)
        .filter(|published| published.session.end > view.boundary)
        .take(SESSIONS)
        .enumerate()
        .map(|(index, published)| Kit::new(view, published, index))
        .collect();
    let qr_code = |drawing| links.relative(&Route::QrCode(selection.clone(), drawing));
    let home = Route::Organisations(Selection::All, language);
    let name = match selection {
        Selection::All => words.embedding.to_owned(),
        Selection::Districts(_) => {
            format!("{}: {}", words.embedding, selection_name(view, selection))
        }
    };
    super::write_page(&Organisations {
        frame: Frame::new(
            view,
            &Route::Organisations(selection.clone(), language),
            &name,
            words.organisations_mean,
            selection,
        ),
        words,
        names: selection_names(view, selection),
        register: Register::new(view, selection),
        form: links.relative(&home),
        elsewhere: kits
            .is_empty()
            .then(|| Agenda::new(view, &Selection::All).next)
            .flatten(),
        kits,
        rhythm: view.rhythm(),
        poster: links.relative(&Route::Poster(selection.clone(), language)),
        qr_svg: qr_code(Drawing::Svg),
        qr_png: qr_code(Drawing::Png),
        lines: lines(view, selection),
        limits: 1..=widget::MOST,
        widget: links.relative(&Route::Widget(selection.clone(), language)),
        height: widget::HEIGHT,
    })
}

impl<'a> Kit<'a> {
    /// Of the session that is the one after `index` others.
    fn new(view: &View<'a>, published: &'a Published, index: usize) -> Kit<'a> {
        let words = view.words();
        let id = &published.session.id;
        let meeting = Meeting::new(view, published);
        let picture = |shape, means| {
            let (width, height) = picture::size(shape);
            let route = Route::Picture(id.clone(), shape, view.language);
            Picture {
                href: view.links.relative(&route),
                width,
                height,
                alt: picture::described(view, &meeting),
                means,
            }
        };
        let pictures = [
            picture(Shape::Wide, words.picture_wide),
            picture(Shape::Square, words.picture_square),
        ];
        let told = invitation(view, published);
        Kit {
            pictures,
            share: Share::new(view, published, &told),
            texts: [
                Field::prose(format!("post-{index}"), words.post, told.post),
                Field::line(format!("subject-{index}"), words.mail_subject, told.subject),
                Field::prose(format!("body-{index}"), words.mail_body, told.body),
            ],
            poster: view
                .links
                .relative(&Route::SessionPoster(id.clone(), view.language)),
            meeting,
        }
    }
}

impl Field {
    fn line(id: impl Into<String>, label: &'static str, text: String) -> Field {
        Field {
            id: id.into(),
            label,
            text,
            rows: 1,
        }
    }

    fn prose(id: impl Into<String>, label: &'static str, text: String) -> Field {
        let rows = text.lines().map(|line| 1 + line.chars().count() / 60).sum();
        Field {
            rows,
            ..Field::line(id, label, text)
        }
    }
}

/// The addresses and lines to paste, from the shortest on.
fn lines(view: &View<'_>, selection: &Selection) -> [Field; 4] {
    let (words, links, language) = (view.words(), view.links, view.language);
    let page = links.absolute(&Route::page_of(selection, language));
    let address = links.absolute(&Route::Widget(selection.clone(), language));
    let title = match selection {
        Selection::All => view.title().to_owned(),
        Selection::Districts(_) => {
            format!("{} – {}", view.title(), selection_name(view, selection))
        }
    };
    let frame = super::write(&FrameLine {
        address: &address,
        title: &title,
        height: widget::HEIGHT,
    });
    let element = super::write(&ElementLine {
        script: &links.absolute(&Route::File(File::WidgetScript)),
        selection,
        language: language.code(),
        page: &page,
        title: &title,
    });
    [
        Field::line("line-page", words.line_page, page),
        Field::line("line-list", words.line_list, address),
        Field::prose("line-frame", words.line_frame, frame),
        Field::prose("line-element", words.line_element, element),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{links, published, published_after, view};
    use crate::schedule::Id;

    fn chosen() -> Selection {
        Selection::one(&Id::new("nowa-huta").unwrap())
    }

    #[test]
    fn everything_is_of_the_chosen_districts() {
        let (publication, links) = (published(), links());
        let view = view(&publication, &links, "2026-01-01T00:00:00Z");
        let html = organisations(&view, &chosen());
        for link in [
            "\"/m/poster/nowa-huta/\"",
            "\"/m/qr/nowa-huta.svg\"",
            "\"/m/qr/nowa-huta.png\"",
            "\"https://example.org/m/embed/nowa-huta/\"",
            "\"https://example.org/m/districts/nowa-huta/\"",
            "/m/pictures/winter.png",
            "/m/pictures/winter-square.png",
            "/m/posters/winter/",
        ] {
            assert!(html.contains(link), "{link}");
        }
        assert!(!html.contains("/all"), "{html}");
        let page = crate::page::district(&view, &chosen());
        assert!(page.contains("href=\"/m/organisations/nowa-huta/\""));
        assert!(
            !page.contains("iframe"),
            "the code stands on this page alone"
        );
    }

    #[test]
    fn a_text_tells_what_happened_to_the_session() {
        let links = links();
        let moved = [("2026-01-16", "2026-01-23")];
        let tentative = [(
            "2026-01-16, venue: cafe",
            "2026-01-16, venue: cafe, status: tentative",
        )];
        let restored = [
            ("2026-01-16,", "2026-01-16, status: cancelled,"),
            ("2026-01-16, status: cancelled,", "2026-01-16,"),
        ];
        for (edits, id, begins, says) in [
            (&[][..], "winter", "Przykład: Café", "14:00–18:00, Café <3"),
            (
                &moved,
                "winter",
                "Nowy termin: Przykład",
                "\n\nByło: piątek, 16 stycznia 2026",
            ),
            (
                &tentative,
                "winter",
                "Termin wstępny: ",
                "może się jeszcze zmienić",
            ),
            (&restored, "winter", "Jednak się odbędzie: ", "16 stycznia"),
            (&[], "off", "Odwołane: ", "Prosimy nie przychodzić"),
        ] {
            let publication = published_after(edits);
            let view = view(&publication, &links, "2026-01-01T00:00:00Z");
            let told = invitation(&view, publication.session(id).unwrap());
            for text in [&told.text, &told.post, &told.subject] {
                assert!(text.starts_with(begins), "{text}");
            }
            for text in [told.post, told.body] {
                assert!(text.contains(says), "{text}");
            }
        }
    }

    #[test]
    fn what_is_over_is_not_spread() {
        let (publication, links) = (published(), links());
        for (boundary, kits) in [("2026-01-16T17:00:00Z", 2), ("2026-07-17T16:00:00Z", 0)] {
            let html = organisations(&view(&publication, &links, boundary), &chosen());
            assert_eq!(html.matches("class=\"kit\"").count(), kits, "{boundary}");
            assert_eq!(html.contains("gdy ogłosimy następny termin"), kits == 0);
        }
    }
}
