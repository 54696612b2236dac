//! `calendar` -> [`Calendar`], and the hours that its sessions share.

use crate::language::{Language, Text};
use crate::zone::Zone;

use super::fields::{Field, Fields, choice};
use super::findings::Findings;
use super::hours::{refresh, window};
use super::ids::named;
use super::names::{folded, nearest};
use super::problem::{Kind, Section};
use super::texts::{Lines, near_language, text};
use super::values::{Cancellations, Refresh, Window};
use super::venues::{link, optional_text};
use super::{Calendar, Color, Organizer};

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
}

pub(super) fn calendar(field: Option<Field<'_, '_>>, findings: &mut Findings) -> Read {
    let Some(fields) =
        field.and_then(|field| Fields::read(field.key, field.node, Section::Calendar, findings))
    else {
        return Read {
            calendar: None,
            own: None,
            zone: None,
            hours: Hours::Faulty,
        };
    };
    let own = match fields.optional("language") {
        None => Some(Language::Polish),
        Some(field) => language(field, findings),
    };
    let zone = fields
        .required("timezone", findings)
        .and_then(|field| zone(field, findings));
    let hours = match fields.optional("window") {
        None => Hours::NotSaid,
        Some(field) => window(field, findings).map_or(Hours::Faulty, Hours::Known),
    };
    let calendar = whole(&fields, own, zone.clone(), findings);
    Read {
        calendar,
        own,
        zone,
        hours,
    }
}

fn whole(
    fields: &Fields<'_, '_>,
    own: Option<Language>,
    zone: Option<Zone>,
    findings: &mut Findings,
) -> Option<Calendar> {
    let id = fields
        .required("id", findings)
        .and_then(|field| named(field, findings)?.id);
    let title = fields
        .required("title", findings)
        .and_then(|field| text(field, Lines::One, own, findings));
    let description = optional_text(fields.optional("description"), Lines::Many, own, findings);
    let about = optional_text(fields.optional("about"), Lines::Many, own, findings);
    let audience = match fields.optional("audience") {
        None => Some(Vec::new()),
        Some(field) => audience(field, own, findings),
    };
    let organizer = match fields.optional("organizer") {
        None => Some(None),
        Some(field) => organizer(field, own, findings).map(Some),
    };
    let refresh = match fields.optional("refresh") {
        None => Some(Refresh::default()),
        Some(field) => refresh(field, findings),
    };
    let color = match fields.optional("color") {
        None => Some(None),
        Some(field) => color(field, findings).map(Some),
    };
    let cancellations = match fields.optional("cancellations") {
        None => Some(Cancellations::default()),
        Some(field) => choice(
            field,
            &Cancellations::ALL,
            Cancellations::key,
            &[],
            findings,
        ),
    };
    Some(Calendar {
        id: id?,
        title: title?,
        description: description?,
        about: about?,
        audience: audience?,
        organizer: organizer?,
        zone: zone?,
        language: own?,
        refresh: refresh?,
        color: color?,
        cancellations: cancellations?,
    })
}

fn audience(
    field: Field<'_, '_>,
    own: Option<Language>,
    findings: &mut Findings,
) -> Option<Vec<Text>> {
    let mut audience = Vec::new();
    let mut good = true;
    for item in field.items(findings)? {
        match text(item, Lines::One, own, findings) {
            Some(text) => audience.push(text),
            None => good = false,
        }
    }
    good.then_some(audience)
}

fn organizer(
    field: Field<'_, '_>,
    own: Option<Language>,
    findings: &mut Findings,
) -> Option<Organizer> {
    let fields = Fields::read(field.key, field.node, Section::Organizer, findings)?;
    let name = fields
        .required("name", findings)
        .and_then(|field| text(field, Lines::One, own, findings));
    let url = link(fields.optional("url"), findings);
    Some(Organizer {
        name: name?,
        url: url?,
    })
}

/// The calendar's own language.
fn language(field: Field<'_, '_>, findings: &mut Findings) -> Option<Language> {
    let given = field.word(findings)?;
    let language = Language::from_code(given);
    if language.is_none() {
        let near = near_language(given, findings);
        findings.error(
            field.place(),
            Kind::UnknownLanguage {
                given: given.to_owned(),
                near,
            },
        );
    }
    language
}

fn zone(field: Field<'_, '_>, findings: &mut Findings) -> Option<Zone> {
    let given = field.word(findings)?;
    let zone = Zone::named(given);
    if zone.is_none() {
        let mut names: Vec<(String, &'static str)> =
            Zone::names().map(|name| (folded(name), name)).collect();
        // The database promises no order, and of equally near names the first
        // is told.
        names.sort_unstable();
        let near = nearest(
            given,
            names.iter().map(|(word, name)| (word.as_str(), *name)),
            findings,
        )
        // `Warsaw` and `warszawa` lack the continent.
        .or_else(|| {
            let given = folded(given);
            names
                .iter()
                .find(|(word, _)| word.rsplit_once('/').is_some_and(|(_, city)| city == given))
                .map(|(_, name)| *name)
        });
        findings.error(
            field.place(),
            Kind::UnknownZone {
                given: given.to_owned(),
                near,
            },
        );
    }
    zone
}

fn color(field: Field<'_, '_>, findings: &mut Findings) -> Option<Color> {
    let given = field.word(findings)?;
    let color = Color::named(given);
    if color.is_none() {
        let near = given
            .strip_prefix('#')
            .and_then(rgb)
            .map(Color::like)
            .or_else(|| nearest(given, Color::names().map(|name| (name, name)), findings));
        findings.error(
            field.place(),
            Kind::UnknownColor {
                given: given.to_owned(),
                near,
            },
        );
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
