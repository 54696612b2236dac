//! `calendar` -> [`Calendar`], and the hours that its sessions share.

use crate::texts::{Language, Text};
use crate::zone::Zone;

use super::contact::{contact, email, phone};
use super::dates::date;
use super::fields::{Field, Fields, choice, entries};
use super::findings::Findings;
use super::hours::{refresh, window};
use super::ids::named;
use super::names::{folded, nearest};
use super::problem::{Kind, Section};
use super::texts::{Lines, near_language, text};
use super::values::{Cancellations, Conformance, Refresh, Rhythm, Window};
use super::venues::{link, optional, optional_text};
use super::{Accessibility, Calendar, Color, Link, Organizer};

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
    let invitation = optional_text(fields.optional("invitation"), Lines::One, own, findings);
    let free = optional(fields.optional("free"), |field| {
        let called = [("tak", true), ("yes", true), ("nie", false), ("no", false)];
        choice(field, &[true, false], truth, &called, findings)
    });
    let rhythm = optional(fields.optional("rhythm"), |field| {
        choice(field, &Rhythm::ALL, Rhythm::key, &RHYTHM_CALLED, findings)
    });
    let channels = links(fields.optional("channels"), Section::Link, own, findings);
    let foot = links(fields.optional("links"), Section::Link, own, findings);
    let accessibility = optional(fields.optional("accessibility"), |field| {
        accessibility(field, own, findings)
    });
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
        invitation: invitation?,
        free: free?,
        rhythm: rhythm?,
        channels: channels?,
        links: foot?,
        accessibility: accessibility?,
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
    let url = optional(fields.optional("url"), |field| link(field, findings));
    let email = optional(fields.optional("email"), |field| email(field, findings));
    let phone = optional(fields.optional("phone"), |field| phone(field, findings));
    Some(Organizer {
        name: name?,
        url: url?,
        email: email?,
        phone: phone?,
    })
}

/// Links with what they are called: under `name`, or under `title`.
pub(super) fn links(
    field: Option<Field<'_, '_>>,
    section: Section,
    own: Option<Language>,
    findings: &mut Findings,
) -> Option<Vec<Link>> {
    let mut links = Vec::new();
    let mut good = true;
    for item in entries(field, findings)? {
        let fields = Fields::read(item.key, item.node, section, findings);
        let link = fields.and_then(|fields| {
            let name = fields
                .required(section.keys()[0], findings)
                .and_then(|field| text(field, Lines::One, own, findings));
            let url = fields
                .required("url", findings)
                .and_then(|field| link(field, findings));
            Some(Link {
                name: name?,
                url: url?,
            })
        });
        good &= link.is_some();
        links.extend(link);
    }
    good.then_some(links)
}

fn accessibility(
    field: Field<'_, '_>,
    own: Option<Language>,
    findings: &mut Findings,
) -> Option<Accessibility> {
    let fields = Fields::read(field.key, field.node, Section::Accessibility, findings)?;
    let entity = fields
        .required("entity", findings)
        .and_then(|field| text(field, Lines::One, own, findings));
    let status = fields.required("status", findings).and_then(|field| {
        choice(
            field,
            &Conformance::ALL,
            Conformance::key,
            &CONFORMANCE_CALLED,
            findings,
        )
    });
    let published = fields
        .required("published", findings)
        .and_then(|field| date(field, findings));
    let prepared = fields
        .required("prepared", findings)
        .and_then(|field| date(field, findings));
    let updated = optional(fields.optional("updated"), |field| date(field, findings));
    let contact = fields
        .required("contact", findings)
        .and_then(|field| contact(field, own, findings));
    let exceptions = optional_text(fields.optional("exceptions"), Lines::Many, own, findings);
    let building = optional_text(fields.optional("building"), Lines::Many, own, findings);
    Some(Accessibility {
        entity: entity?,
        status: status?,
        published: published?,
        prepared: prepared?,
        updated: updated?,
        contact: contact?,
        exceptions: exceptions?,
        building: building?,
    })
}

/// What people call a degree of conformance in Polish.
const CONFORMANCE_CALLED: [(&str, Conformance); 6] = [
    ("zgodna", Conformance::Full),
    ("pelna", Conformance::Full),
    ("czesciowo-zgodna", Conformance::Partial),
    ("czesciowa", Conformance::Partial),
    ("niezgodna", Conformance::None),
    ("brak", Conformance::None),
];

/// What people call a rhythm in Polish.
const RHYTHM_CALLED: [(&str, Rhythm); 6] = [
    ("co-tydzien", Rhythm::Weekly),
    ("tygodniowy", Rhythm::Weekly),
    ("co-miesiac", Rhythm::Monthly),
    ("miesieczny", Rhythm::Monthly),
    ("co-kwartal", Rhythm::Quarterly),
    ("kwartalny", Rhythm::Quarterly),
];

/// `true` and `false`, as YAML writes them.
fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
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
