//! A notice to hang on a door: one sheet of A4, black on white, the chosen
//! language large and the others below it. Every line is set here, so that
//! what is printed is whole; what has no room is left out in words.

use askama::Template;

use super::View;
use super::frame::{Frame, Here, selection_name};
use super::landing::About;
use super::meeting::{Agenda, Departed, Meeting, departed};
use super::prose::Prose;
use super::qr_code;
use super::typeset::{Bar, Measured, Paragraph, Setting, Typesetter, scales};
use crate::history::Published;
use crate::route::{Route, Selection};
use crate::texts::{Language, Words};

/// A4 in millimetres.
const SHEET: (f32, f32) = (210.0, 297.0);

const MARGIN: f32 = 15.0;

/// The side of the QR code, its quiet zone included.
const CODE: f32 = 54.0;

/// Between the head, the main part and the foot.
const SPACE: f32 = 6.0;

/// Between the foot's two columns.
const GUTTER: f32 = 7.0;

/// A longer address is not typed: the code alone leads there.
const TYPED: usize = 120;

/// A longer address makes a code that phones read badly: that of the first
/// page stands there.
const SCANNED: usize = 300;

const INK: &str = "#000";

#[derive(Template)]
#[template(path = "poster.html", config = "src/page/askama.toml")]
struct Poster<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    rules: [Bar; 2],
    setting: Setting,
    /// The QR code as SVG.
    code: String,
    code_at: (f32, f32),
    code_side: f32,
}

/// What a poster is about.
#[derive(Clone, Copy)]
enum Subject<'a> {
    Selection(&'a Selection),
    Session(&'a Published),
}

/// What a poster tells, in one language.
struct Content<'a> {
    /// The session to announce large.
    first: Option<Meeting<'a>>,
    further: Vec<Meeting<'a>>,
    /// The sessions that left the districts.
    departed: Vec<Departed<'a>>,
    /// Where there is none here, the next one of all.
    elsewhere: Option<Meeting<'a>>,
}

/// How much of it.
#[derive(Clone, Copy)]
struct Extent {
    /// How many sessions besides the first.
    further: usize,
    /// Whether it says what the cycle is, for whom, and how to get in.
    explains: bool,
    has_notes: bool,
}

/// From all to what must be said.
const EXTENTS: [Extent; 5] = [
    Extent {
        further: 6,
        explains: true,
        has_notes: true,
    },
    Extent {
        further: 2,
        explains: true,
        has_notes: true,
    },
    Extent {
        further: 0,
        explains: true,
        has_notes: true,
    },
    Extent {
        further: 0,
        explains: false,
        has_notes: true,
    },
    Extent {
        further: 0,
        explains: false,
        has_notes: false,
    },
];

/// The poster of `selection`.
pub fn poster(view: &View<'_>, selection: &Selection) -> String {
    let title = match selection {
        Selection::All => view.words().poster.to_owned(),
        Selection::Districts(_) => format!(
            "{}: {}",
            view.words().poster,
            selection_name(view, selection)
        ),
    };
    let route = Route::Poster(selection.clone(), view.language);
    let frame = Frame::new(view, &route, &title, view.words().print_means, selection);
    let page = Route::page_of(selection, view.language);
    write(view, Subject::Selection(selection), frame, &page)
}

/// The poster of one meeting, for its door.
pub fn session_poster(view: &View<'_>, published: &Published) -> String {
    let id = &published.session.id;
    let meeting = Meeting::new(view, published);
    let mut frame = Frame::new(
        view,
        &Route::SessionPoster(id.clone(), view.language),
        &format!("{}: {}", view.words().poster, meeting.title),
        view.words().print_means,
        &Selection::All,
    );
    let title = meeting.page_title(view.title());
    frame.title = format!("{}: {title}", view.words().poster);
    let page = Route::Session(id.clone(), view.language);
    write(view, Subject::Session(published), frame, &page)
}

fn write<'a>(view: &View<'a>, subject: Subject<'a>, frame: Frame<'a>, page: &Route) -> String {
    let mut address = view.links.absolute(page);
    if address.len() > SCANNED {
        address = view.links.absolute(&Route::Landing(view.language));
    }
    let sheet = lay(view, subject, &address);
    let rule = |y| Bar {
        x: MARGIN,
        y,
        width: SHEET.0 - 2.0 * MARGIN,
        height: 0.5,
        color: INK,
    };
    super::write_page(&Poster {
        frame,
        words: view.words(),
        rules: [rule(sheet.rules[0]), rule(sheet.rules[1])],
        setting: sheet.setting,
        code: qr_code::draw(&address).unwrap_or_default(),
        code_at: (SHEET.0 - MARGIN - CODE, sheet.rules[1] + SPACE / 2.0),
        code_side: CODE,
    })
}

/// Everything in its place.
struct Sheet {
    setting: Setting,
    /// Below the head and above the foot.
    rules: [f32; 2],
}

/// The most of `subject` that fits, as large as it fits.
fn lay(view: &View<'_>, subject: Subject<'_>, address: &str) -> Sheet {
    let typesetter = Typesetter::new();
    let content = Content::new(view, subject);
    let code = typesetter.measure(under_code(view, address));
    let foot = typesetter.measure(foot(view, subject));
    let parts = EXTENTS.map(|extent| {
        let head = typesetter.measure(head(view, subject, extent));
        let main = typesetter.measure(main(view, &content, extent));
        (head, main)
    });
    let last = EXTENTS.len() - 1;
    // Rather less text than small text; and rather small text than none.
    let mut tries = (0..=last)
        .flat_map(|extent| scales(1.0).take(9).map(move |scale| (extent, scale, false)))
        .chain(scales(0.6).take(9).map(|scale| (last, scale, false)))
        .chain(scales(0.6).take(60).map(|scale| (last, scale, true)));
    tries
        .find_map(|(extent, scale, breaks_words)| {
            let (head, main) = &parts[extent];
            set(head, main, &foot, &code, scale, breaks_words)
        })
        .unwrap_or(Sheet {
            setting: Setting::default(),
            rules: [MARGIN, SHEET.1 - MARGIN],
        })
}

/// The parts of a sheet in their places, if they fit.
fn set(
    head: &Measured,
    main: &Measured,
    foot: &Measured,
    code: &Measured,
    scale: f32,
    breaks_words: bool,
) -> Option<Sheet> {
    let width = SHEET.0 - 2.0 * MARGIN;
    // An address is one word: it is rather small than broken.
    let mut code = code.fit((CODE, CODE), 1.0);
    let mut head = head.set(width, scale, breaks_words)?;
    let mut main = main.set(width, scale, breaks_words)?;
    let mut foot = foot.set(width - CODE - GUTTER, scale.min(0.9), breaks_words)?;
    let foot_height = foot.height.max(CODE + code.height) + SPACE / 2.0;
    let first_rule = MARGIN + head.height + SPACE / 2.0;
    let second_rule = SHEET.1 - MARGIN - foot_height;
    let spare = second_rule - first_rule - SPACE - main.height;
    if spare < 0.0 {
        return None;
    }
    head.shift(MARGIN, MARGIN - 3.0);
    main.shift(MARGIN, first_rule + SPACE / 2.0 + spare * 0.4);
    foot.shift(MARGIN, second_rule + SPACE / 2.0);
    code.shift(SHEET.0 - MARGIN - CODE, second_rule + SPACE / 2.0 + CODE);
    let mut setting = head;
    setting.add(main);
    setting.add(foot);
    setting.add(code);
    Some(Sheet {
        setting,
        rules: [first_rule, second_rule],
    })
}

fn text(text: impl Into<String>, size: f32) -> Paragraph {
    Paragraph::new(text, size, INK)
}

fn prose(prose: &Prose<'_>, size: f32) -> Paragraph {
    Paragraph {
        language: prose.language,
        ..text(prose.text, size)
    }
}

fn badge(words: &str, size: f32) -> Paragraph {
    Paragraph {
        is_boxed: true,
        gap: 0.4,
        ..text(words.to_uppercase(), size).bold()
    }
}

fn struck(paragraph: Paragraph, is_struck: bool) -> Paragraph {
    Paragraph {
        is_struck,
        ..paragraph
    }
}

/// The cycle, the districts, and what it is.
fn head(view: &View<'_>, subject: Subject<'_>, extent: Extent) -> Vec<Paragraph> {
    let mut head = vec![text(view.title(), 11.0).bold()];
    if let Subject::Selection(selection @ Selection::Districts(ids)) = subject {
        let name = if extent.explains || ids.len() < 4 {
            selection_name(view, selection)
        } else {
            view.words().chosen_districts(ids.len())
        };
        head.push(text(name, 7.0));
    }
    if let Some(description) = About::new(view).description.filter(|_| extent.explains) {
        head.push(prose(&description, 5.0));
    }
    head
}

fn main(view: &View<'_>, content: &Content<'_>, extent: Extent) -> Vec<Paragraph> {
    let words = view.words();
    let about = About::new(view);
    let mut main = Vec::new();
    for gone in &content.departed {
        main.push(badge(words.moved_away, 8.0));
        main.push(struck(
            text(format!("{}, {}", gone.was.0, gone.was.1.text), 6.0),
            true,
        ));
        main.push(
            text(
                format!("{}: {}", words.moved_to, whither(&gone.meeting, words)),
                8.0,
            )
            .bold(),
        );
    }
    match &content.first {
        Some(meeting) => {
            if !content.departed.is_empty() && !meeting.is_off {
                main.push(Paragraph {
                    gap: 0.8,
                    ..text(words.next, 7.0)
                });
            }
            announce(view, meeting, extent, &mut main);
        }
        None if content.departed.is_empty() => {
            main.push(text(words.nothing, 15.0).bold());
            if let Some(meeting) = &content.elsewhere {
                main.push(text(words.nothing_here, 6.5));
                main.push(text(words.nearest_elsewhere, 6.5).bold());
                main.push(text(where_and_when(meeting, words), 6.5));
            } else {
                main.extend(about.rhythm.map(|rhythm| text(rhythm, 6.5)));
                main.push(text(words.nothing_means, 6.5));
            }
        }
        None => {}
    }
    if extent.explains && !about.audience.is_empty() {
        let audience: Vec<&str> = about.audience.iter().map(|it| it.text).collect();
        main.push(Paragraph {
            gap: 0.8,
            ..text(
                format!(
                    "{}: {}",
                    words.audience.trim_end_matches('?'),
                    audience.join(", ")
                ),
                5.0,
            )
        });
    }
    let shown = content.further.len().min(extent.further);
    if shown > 0 {
        main.push(Paragraph {
            gap: 0.9,
            ..text(words.later, 5.4).bold()
        });
    }
    for meeting in &content.further[..shown] {
        let status = meeting.status.map(|status| format!("{status}: "));
        let line = format!(
            "{}{}",
            status.unwrap_or_default(),
            where_and_when(meeting, words)
        );
        main.push(Paragraph {
            gap: 0.15,
            ..text(line, 5.0)
        });
    }
    if shown < content.further.len() {
        main.push(text(words.scan_for_dates, 5.0).bold());
    }
    if !extent.explains {
        main.push(text(words.scan_for_more, 5.0).bold());
    }
    main
}

/// One session, large.
fn announce(view: &View<'_>, meeting: &Meeting<'_>, extent: Extent, main: &mut Vec<Paragraph>) {
    let words = view.words();
    let about = About::new(view);
    let is_open = !meeting.is_off && !meeting.is_over;
    main.extend(meeting.status.map(|status| badge(status, 11.0)));
    if meeting.is_over && !meeting.is_off {
        main.push(badge(words.over, 11.0));
    }
    main.extend(meeting.status_means.map(|means| text(means, 6.5).bold()));
    main.extend(meeting.own_title.map(|it| prose(&it, 9.0).bold()));
    let when = |words: &str| Paragraph {
        gap: 0.15,
        ..struck(text(words, 17.0), meeting.is_off)
    };
    // Only the weekday may stand on a line of its own.
    let (weekday, date) = meeting.date.split_once(' ').unwrap_or(("", &meeting.date));
    main.push(when(&format!("{weekday} {}", date.replace(' ', "\u{a0}"))).bold());
    main.push(when(&meeting.hours));
    let place = |name: &Prose<'_>| Paragraph {
        gap: 0.6,
        ..prose(name, 10.0).bold()
    };
    if let Some(venue) = &meeting.place.venue {
        main.push(place(&meeting.place.name));
        main.extend(venue.address.map(|address| prose(&address, 7.0)));
        main.push(text(
            format!("{}: {}", words.district, venue.district.name.text),
            5.4,
        ));
    } else {
        main.push(place(&Prose::own(words.place_unknown)));
        main.push(text(meeting.district_names(words), 7.0));
        if is_open {
            main.push(text(words.scan_for_place, 5.4).bold());
        }
    }
    if let Some(moved) = &meeting.moved {
        let (when, place) = &moved.was;
        let line = format!(
            "{}. {} {when}, {}.",
            moved.headline, words.moved_from, place.text
        );
        main.push(text(line, 5.4).bold());
    }
    if let Some(note) = meeting.note.filter(|_| extent.has_notes) {
        main.extend(note.paragraphs().iter().map(|it| prose(it, 5.4)));
    }
    if !is_open {
        return;
    }
    if let Some(venue) = &meeting.place.venue {
        if extent.explains && !venue.access.is_empty() {
            main.push(text(
                format!("{}: {}", words.access, venue.access.join(", ")),
                5.0,
            ));
        }
        // Nobody is asked to just come where the place is not known.
        main.extend(about.invitation.map(|invitation| Paragraph {
            gap: 0.6,
            ..prose(&invitation, 7.0).bold()
        }));
    }
    if about.is_free {
        main.push(text(words.free, 5.4));
    }
}

/// Who invites, and the same in the other languages, in short.
fn foot(view: &View<'_>, subject: Subject<'_>) -> Vec<Paragraph> {
    let mut foot = Vec::new();
    if let Some(organizer) = About::new(view).organizer {
        let words = view.words();
        foot.push(text(format!("{}: {}", words.organizer, organizer.name.text), 5.4).bold());
        let contact = [
            organizer.contact.email,
            organizer.contact.phone.map(|it| it.0),
        ];
        let contact: Vec<&str> = contact.into_iter().flatten().collect();
        if !contact.is_empty() {
            foot.push(text(contact.join(", "), 5.0));
        }
    }
    for language in Language::ALL {
        if language != view.language {
            let view = View { language, ..*view };
            let said = in_short(&view, &Content::new(&view, subject));
            foot.extend(said.into_iter().map(|paragraph| Paragraph {
                language: Some(language.code()),
                ..paragraph
            }));
        }
    }
    foot
}

fn in_short(view: &View<'_>, content: &Content<'_>) -> Vec<Paragraph> {
    let words = view.words();
    let mut said = Vec::new();
    for gone in &content.departed {
        said.push(format!(
            "{}. {}: {}.",
            words.moved_away,
            words.moved_to,
            whither(&gone.meeting, words)
        ));
    }
    match &content.first {
        Some(meeting) => {
            let status = meeting.status.map(|status| format!("{status}: "));
            said.push(format!(
                "{}{}.",
                status.unwrap_or_default(),
                where_and_when(meeting, words)
            ));
            said.extend(meeting.status_means.map(str::to_owned));
            if !meeting.is_off && !meeting.is_over && meeting.place.venue.is_some() {
                said.extend(
                    view.invitation()
                        .map(|it| format!("{}.", it.text.trim_end_matches('.'))),
                );
            }
        }
        None if content.departed.is_empty() => said.push(words.nothing_means.to_owned()),
        None => {}
    }
    vec![
        Paragraph {
            gap: 0.6,
            ..text(view.title(), 4.8).bold()
        },
        Paragraph {
            gap: 0.0,
            ..text(said.join(" "), 4.8)
        },
    ]
}

fn under_code(view: &View<'_>, address: &str) -> Vec<Paragraph> {
    let mut lines = vec![Paragraph {
        gap: 0.0,
        ..text(view.words().scan, 4.0)
    }];
    if address.len() <= TYPED {
        let typed = address.split_once("://").map_or(address, |(_, it)| it);
        lines.push(text(typed.trim_end_matches('/'), 3.2));
    }
    lines
}

/// `piątek, 13 marca 2026, 14:00–18:00, Kawiarnia`.
fn where_and_when(meeting: &Meeting<'_>, words: &Words) -> String {
    let place = match &meeting.place.venue {
        Some(venue) => match &venue.address {
            Some(address) => format!("{}, {}", meeting.place.name.text, address.text),
            None => meeting.place.name.text.to_owned(),
        },
        None => format!(
            "{} ({})",
            meeting.place.name.text,
            meeting.district_names(words)
        ),
    };
    format!("{}, {}, {place}", meeting.date, meeting.hours)
}

/// The same with the district, which is another than the poster's.
fn whither(meeting: &Meeting<'_>, words: &Words) -> String {
    let there = where_and_when(meeting, words);
    match meeting.place.venue {
        Some(_) => format!("{there} ({})", meeting.district_names(words)),
        None => there,
    }
}

impl<'a> Content<'a> {
    fn new(view: &View<'a>, subject: Subject<'a>) -> Content<'a> {
        match subject {
            Subject::Session(published) => Content {
                first: Some(Meeting::new(view, published)),
                further: Vec::new(),
                departed: Vec::new(),
                elsewhere: None,
            },
            Subject::Selection(selection) => {
                let (first, further) = ahead(view, selection);
                Content {
                    elsewhere: match first {
                        Some(_) => None,
                        None => Agenda::new(view, &Selection::All).next,
                    },
                    first,
                    further,
                    departed: departed(view, selection),
                }
            }
        }
    }
}

/// The session to announce large, and those besides it. One that is off is
/// announced only where there is no other: people who remember it read that
/// it is off.
fn ahead<'a>(view: &View<'a>, selection: &'a Selection) -> (Option<Meeting<'a>>, Vec<Meeting<'a>>) {
    let agenda = Agenda::new(view, selection);
    let mut further = agenda.alerts;
    further.extend(agenda.later);
    match agenda.next {
        Some(next) => (Some(next), further),
        None if further.is_empty() => (None, further),
        None => (Some(further.remove(0)), further),
    }
}
