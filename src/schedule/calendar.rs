//! `calendar` -> [`Calendar`], and the hours that its sessions share.

use std::collections::HashMap;

use crate::texts::{Language, Text};
use crate::zone::Zone;

use super::Positions;
use super::color::Color;
use super::diagnostic::{Diagnostics, Position, values};
use super::fields::{Field, Fields, Section, each, entries, whole};
use super::guess::{Called, folded, near_language, nearest};
use super::model::{
    Accessibility, Calendar, Cancellations, Conformance, Contact, Link, Organizer, Rhythm, Window,
};
use super::text::{one_line, paragraphs};
use super::value::{choice, date, email, link, named, phone, refresh, truth, window};

/// The hours of every session that has none of its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Hours {
    Known(Window),
    /// The calendar names none.
    NotSaid,
    /// It names some that could not be read.
    Faulty,
}

/// What could be read of `calendar`, for what is read after it.
pub(super) struct Read {
    /// `None` where anything is faulty.
    pub(super) calendar: Option<Calendar>,
    pub(super) own: Option<Language>,
    pub(super) zone: Option<Zone>,
    pub(super) hours: Hours,
    /// Those of the districts and sessions are still to be filled in.
    pub(super) positions: Positions,
}

impl Read {
    /// What `calendar` says that could not be read.
    pub(super) fn nothing() -> Read {
        Read {
            calendar: None,
            own: None,
            zone: None,
            hours: Hours::Faulty,
            positions: positions(Position::TOP, |_| None),
        }
    }
}

fn positions(calendar: Position, of: impl Fn(&'static str) -> Option<Position>) -> Positions {
    let of = |key| of(key).unwrap_or(calendar);
    Positions {
        calendar,
        timezone: of("timezone"),
        window: of("window"),
        rhythm: of("rhythm"),
        accessibility: of("accessibility"),
        districts: HashMap::new(),
        sessions: HashMap::new(),
    }
}

/// Reads `calendar`.
pub(super) fn calendar(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Read> {
    let fields = Fields::of(field, Section::Calendar, diagnostics)?;
    let own = match fields.get("language") {
        None => Some(Language::Polish),
        Some(field) => language(field, diagnostics),
    };
    let zone = fields.required("timezone", diagnostics, zone);
    let hours = match fields.get("window") {
        None => Hours::NotSaid,
        Some(field) => window(field, diagnostics).map_or(Hours::Faulty, Hours::Known),
    };
    let calendar = whole(&fields, own, zone.clone(), diagnostics);
    let positions = positions(fields.position, |key| Some(fields.get(key)?.position()));
    Some(Read {
        calendar,
        own,
        zone,
        hours,
        positions,
    })
}

fn whole(
    fields: &Fields<'_, '_>,
    own: Option<Language>,
    zone: Option<Zone>,
    diagnostics: &mut Diagnostics,
) -> Option<Calendar> {
    let rhythm = choice(Rhythm::ALL, Rhythm::key, RHYTHM_CALLED);
    let cancellations = choice(Cancellations::ALL, Cancellations::key, &[]);
    whole!(Calendar {
        id: fields.required("id", diagnostics, |field, diagnostics| {
            named(field, diagnostics)?.id
        }),
        title: fields.required("title", diagnostics, one_line(own)),
        description: fields.optional("description", diagnostics, paragraphs(own)),
        about: fields.optional("about", diagnostics, paragraphs(own)),
        audience: fields.or_default("audience", diagnostics, |field, diagnostics| {
            each(field.items(diagnostics)?, diagnostics, one_line(own))
        }),
        organizer: fields.optional("organizer", diagnostics, organizer(own)),
        invitation: fields.optional("invitation", diagnostics, one_line(own)),
        free: fields.optional("free", diagnostics, truth),
        rhythm: fields.optional("rhythm", diagnostics, rhythm),
        channels: links(fields.get("channels"), Section::Link, own, diagnostics),
        links: links(fields.get("links"), Section::Link, own, diagnostics),
        accessibility: fields.optional("accessibility", diagnostics, accessibility(own)),
        zone,
        language: own,
        refresh: fields.or_default("refresh", diagnostics, refresh),
        color: fields.optional("color", diagnostics, color),
        cancellations: fields.or_default("cancellations", diagnostics, cancellations),
    })
}

fn organizer(
    own: Option<Language>,
) -> impl Fn(Field<'_, '_>, &mut Diagnostics) -> Option<Organizer> {
    move |field, diagnostics| {
        let fields = Fields::of(field, Section::Organizer, diagnostics)?;
        whole!(Organizer {
            name: fields.required("name", diagnostics, one_line(own)),
            url: fields.optional("url", diagnostics, link),
            email: fields.optional("email", diagnostics, email),
            phone: fields.optional("phone", diagnostics, phone),
        })
    }
}

/// Links and what they are called, which stands under the first key of
/// `section`.
pub(super) fn links(
    field: Option<Field<'_, '_>>,
    section: Section,
    own: Option<Language>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Link>> {
    let items = entries(field, diagnostics)?;
    each(items, diagnostics, |item, diagnostics| {
        let fields = Fields::of(item, section, diagnostics)?;
        let name: Option<Text> = fields.required(section.keys()[0], diagnostics, one_line(own));
        whole!(Link {
            name,
            url: fields.required("url", diagnostics, link),
        })
    })
}

fn accessibility(
    own: Option<Language>,
) -> impl Fn(Field<'_, '_>, &mut Diagnostics) -> Option<Accessibility> {
    move |field, diagnostics| {
        let fields = Fields::of(field, Section::Accessibility, diagnostics)?;
        let status = choice(Conformance::ALL, Conformance::key, CONFORMANCE_CALLED);
        whole!(Accessibility {
            entity: fields.required("entity", diagnostics, one_line(own)),
            status: fields.required("status", diagnostics, status),
            published: fields.required("published", diagnostics, date),
            prepared: fields.required("prepared", diagnostics, date),
            updated: fields.optional("updated", diagnostics, date),
            contact: fields.required("contact", diagnostics, contact(own)),
            exceptions: fields.optional("exceptions", diagnostics, paragraphs(own)),
            building: fields.optional("building", diagnostics, paragraphs(own)),
        })
    }
}

fn contact(own: Option<Language>) -> impl Fn(Field<'_, '_>, &mut Diagnostics) -> Option<Contact> {
    move |field, diagnostics| {
        let fields = Fields::of(field, Section::Contact, diagnostics)?;
        whole!(Contact {
            name: fields.required("name", diagnostics, one_line(own)),
            email: fields.required("email", diagnostics, email),
            phone: fields.required("phone", diagnostics, phone),
        })
    }
}

/// What people call a degree of conformance in Polish.
const CONFORMANCE_CALLED: &Called<'static, Conformance> = &[
    (Conformance::Full, "zgodna pelna"),
    (Conformance::Partial, "czesciowo-zgodna czesciowa"),
    (Conformance::None, "niezgodna brak"),
];

/// What people call a rhythm in Polish.
const RHYTHM_CALLED: &Called<'static, Rhythm> = &[
    (Rhythm::Weekly, "co-tydzien tygodniowy"),
    (Rhythm::Monthly, "co-miesiac miesieczny"),
    (Rhythm::Quarterly, "co-kwartal kwartalny"),
];

/// The calendar's own language.
fn language(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Language> {
    let given = field.word(diagnostics)?;
    Language::from_code(given).or_else(|| {
        let near = near_language(given, diagnostics);
        diagnostics.add(values::unknown_language(field.position(), given, near));
        // The texts are judged by the one that was meant.
        near.and_then(Language::from_code)
    })
}

fn zone(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Zone> {
    let given = field.word(diagnostics)?;
    let zone = Zone::named(given);
    if let Some(zone) = &zone
        && !zone.is_place()
    {
        diagnostics.add(values::zone_of_no_place(
            field.position(),
            given,
            zone.place(),
        ));
        return None;
    }
    if zone.is_none() {
        let mut names: Vec<(String, &'static str)> =
            Zone::places().map(|name| (folded(name), name)).collect();
        // The database promises no order, and of equally near names the first
        // is told.
        names.sort_unstable();
        let known = names.iter().map(|(word, name)| (word.as_str(), *name));
        let near = nearest(given, known, diagnostics)
            // `Warsaw` and `warszawa` lack the continent.
            .or_else(|| {
                let given = folded(given);
                names
                    .iter()
                    .find(|(word, _)| word.rsplit_once('/').is_some_and(|(_, city)| city == given))
                    .map(|(_, name)| *name)
            });
        diagnostics.add(values::unknown_zone(field.position(), given, near));
    }
    zone
}

fn color(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Color> {
    let given = field.word(diagnostics)?;
    let color = Color::named(given);
    if color.is_none() {
        let near = given
            .strip_prefix('#')
            .and_then(rgb)
            .and_then(Color::like)
            .or_else(|| nearest(given, Color::all().map(|it| (it.name(), it)), diagnostics))
            .map(Color::name);
        diagnostics.add(values::unknown_color(field.position(), given, near));
    }
    color
}

/// `rrggbb` or `rgb`.
fn rgb(digits: &str) -> Option<u32> {
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let digits = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    u32::from_str_radix(&digits, 16).ok()
}
