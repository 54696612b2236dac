//! `venues` -> [`Venue`]s and what finds them.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use crate::texts::{Language, Text};
use crate::zone::Zone;

use super::contact::{email, phone};
use super::fields::{Field, Fields, choice, entries};
use super::findings::Findings;
use super::ids::{Register, named};
use super::problem::{Kind, Section, Thing};
use super::texts::{Lines, text};
use super::values::{Access, Coordinates, Id};
use super::web_address::WebAddress;
use super::{District, Venue};

/// What a venue is judged by.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'s> {
    pub(super) districts: &'s Register<District>,
    pub(super) own: Option<Language>,
    pub(super) zone: Option<&'s Zone>,
}

/// The venues in the file's order, and the register of them.
pub(super) fn venues(
    field: Option<Field<'_, '_>>,
    around: Surroundings<'_>,
    findings: &mut Findings,
) -> (Vec<Arc<Venue>>, Register<Venue>) {
    let items = entries(field, findings);
    let mut register = Register::new(Thing::Venue, items.is_some());
    let mut venues = Vec::new();
    for item in items.unwrap_or_default() {
        let Some(fields) = Fields::read(item.key, item.node, Section::Venue, findings) else {
            continue;
        };
        let named = fields
            .required("id", findings)
            .and_then(|field| named(field, findings));
        let id = named.as_ref().and_then(|named| named.id.clone());
        let venue = venue(&fields, id.clone(), around, findings).map(Arc::new);
        if let Some(named) = &named {
            register.enter(named, venue.clone(), findings);
        }
        if let (Some(id), Some(venue)) = (&id, &venue) {
            for language in Language::ALL {
                register.also_called(venue.name.get(language), id);
            }
        }
        venues.extend(venue);
    }
    (venues, register)
}

fn venue(
    fields: &Fields<'_, '_>,
    id: Option<Id>,
    around: Surroundings<'_>,
    findings: &mut Findings,
) -> Option<Venue> {
    let own = around.own;
    let name = fields
        .required("name", findings)
        .and_then(|field| text(field, Lines::One, own, findings));
    let district = fields
        .required("district", findings)
        .and_then(|field| around.districts.find(field, findings));
    let address = optional_text(fields.optional("address"), Lines::One, own, findings);
    let location = match fields.optional("location") {
        None => Some(None),
        Some(field) => location(field, around.zone, findings).map(Some),
    };
    let host = optional_text(fields.optional("host"), Lines::One, own, findings);
    let url = optional(fields.optional("url"), |field| link(field, findings));
    let description = optional_text(fields.optional("description"), Lines::Many, own, findings);
    let access = match fields.optional("access") {
        None => Some(Vec::new()),
        Some(field) => access(field, findings),
    };
    let email = optional(fields.optional("email"), |field| email(field, findings));
    let phone = optional(fields.optional("phone"), |field| phone(field, findings));
    Some(Venue {
        id: id?,
        name: name?,
        district: district?,
        address: address?,
        location: location?,
        host: host?,
        url: url?,
        description: description?,
        access: access?,
        email: email?,
        phone: phone?,
    })
}

/// `Some(None)` where nothing is said, `None` where what is said is faulty.
#[expect(
    clippy::option_option,
    reason = "the outer one is whether it could be read, the inner one whether it is there"
)]
pub(super) fn optional_text(
    field: Option<Field<'_, '_>>,
    lines: Lines,
    own: Option<Language>,
    findings: &mut Findings,
) -> Option<Option<Text>> {
    match field {
        None => Some(None),
        Some(field) => text(field, lines, own, findings).map(Some),
    }
}

/// `Some(None)` where nothing is said, `None` where what is said is faulty.
#[expect(
    clippy::option_option,
    reason = "the outer one is whether it could be read, the inner one whether it is there"
)]
pub(super) fn optional<'n, 't, T>(
    field: Option<Field<'n, 't>>,
    read: impl FnOnce(Field<'n, 't>) -> Option<T>,
) -> Option<Option<T>> {
    match field {
        None => Some(None),
        Some(field) => read(field).map(Some),
    }
}

/// A web address.
pub(super) fn link(field: Field<'_, '_>, findings: &mut Findings) -> Option<WebAddress> {
    let given = field.word(findings)?;
    match WebAddress::parse(given) {
        Ok(address) => Some(address),
        Err(fault) => {
            findings.error(
                field.place(),
                Kind::BadLink {
                    given: given.to_owned(),
                    fault,
                },
            );
            None
        }
    }
}

/// What people call a feature in Polish, or elsewhere.
const ACCESS_CALLED: [(&str, Access); 9] = [
    ("podjazd", Access::StepFree),
    ("bez-barier", Access::StepFree),
    ("bez-progow", Access::StepFree),
    ("wheelchair", Access::StepFree),
    ("toaleta", Access::AccessibleToilet),
    ("petla-indukcyjna", Access::HearingLoop),
    ("jezyk-migowy", Access::SignLanguage),
    ("tlumacz-pjm", Access::SignLanguage),
    ("pjm", Access::SignLanguage),
];

fn access(field: Field<'_, '_>, findings: &mut Findings) -> Option<Vec<Access>> {
    let mut features = Vec::new();
    let mut good = true;
    for item in field.items(findings)? {
        match choice(item, &Access::ALL, Access::key, &ACCESS_CALLED, findings) {
            None => good = false,
            Some(feature) if features.contains(&feature) => findings.warning(
                item.place(),
                Kind::Repeated {
                    key: item.key,
                    given: feature.key().to_owned(),
                },
            ),
            Some(feature) => features.push(feature),
        }
    }
    good.then_some(features)
}

fn location(
    field: Field<'_, '_>,
    zone: Option<&Zone>,
    findings: &mut Findings,
) -> Option<Coordinates> {
    let fields = Fields::read(field.key, field.node, Section::Location, findings)?;
    let latitude = fields
        .required("lat", findings)
        .and_then(|field| degrees(field, 90, findings));
    let longitude = fields
        .required("lon", findings)
        .and_then(|field| degrees(field, 180, findings));
    let (latitude, longitude) = (latitude?, longitude?);
    let location = Coordinates::new(latitude, longitude)?;
    if zone.is_some_and(|zone| looks_swapped(location, zone)) {
        findings.warning(
            fields.place(),
            Kind::SwappedCoordinates {
                latitude,
                longitude,
            },
        );
    }
    Some(location)
}

/// Degrees within `-limit..=limit`, with a decimal point.
fn degrees(field: Field<'_, '_>, limit: u8, findings: &mut Findings) -> Option<f64> {
    let given = field.word(findings)?;
    let Some(number) = decimal(given) else {
        let cleaned = given
            .trim_end_matches(['°', ' ', 'N', 'E', 'n', 'e'])
            .replace(',', ".");
        findings.error(
            field.place(),
            Kind::BadNumber {
                given: given.to_owned(),
                right: decimal(&cleaned).is_some().then_some(cleaned),
            },
        );
        return None;
    };
    if number.abs() <= f64::from(limit) {
        return Some(number);
    }
    findings.error(
        field.place(),
        Kind::OffTheEarth {
            key: field.key,
            given: given.to_owned(),
            limit,
        },
    );
    None
}

/// Digits with at most one point: no exponent, no `inf`, no `nan`.
fn decimal(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| {
        (1..=20).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    text.parse().ok()
}

/// Whether the place lies far from where the calendar's clocks are at home,
/// and would lie near with latitude and longitude the other way round.
///
/// The sun crosses fifteen degrees in an hour; a zone rarely strays more than
/// two hours from that.
fn looks_swapped(location: Coordinates, zone: &Zone) -> bool {
    const TOLERANCE: f64 = 30.0;
    let Some(january) = NaiveDate::from_ymd_opt(2026, 1, 15) else {
        return false;
    };
    let Ok(noon) = zone.resolve(january.and_time(NaiveTime::MIN) + chrono::TimeDelta::hours(12))
    else {
        return false;
    };
    let meridian = f64::from(noon.offset().local_minus_utc()) / 240.0;
    (location.longitude() - meridian).abs() > TOLERANCE
        && (location.latitude() - meridian).abs() <= TOLERANCE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_plain_decimals() {
        for (text, expected) in [
            ("50.07", Some(50.07)),
            ("-0.5", Some(-0.5)),
            ("20", Some(20.0)),
            ("50,07", None),
            ("1e1", None),
            ("nan", None),
            ("inf", None),
            ("+1", None),
            (".5", None),
            ("5.", None),
            ("--5", None),
            ("0x10", None),
        ] {
            assert_eq!(decimal(text), expected, "{text:?}");
        }
    }

    #[test]
    fn krakow_swapped_is_noticed_and_krakow_is_not() {
        for (zone, latitude, longitude, expected) in [
            ("Europe/Warsaw", 50.07, 20.04, false),
            ("Europe/Warsaw", 20.04, 50.07, true),
            ("America/New_York", 40.7, -74.0, false),
            ("America/New_York", -74.0, 40.7, true),
            ("Australia/Sydney", -33.9, 151.2, false),
            ("UTC", 0.0, 0.0, false),
        ] {
            let zone = Zone::named(zone).expect("a zone of the database");
            let location = Coordinates::new(latitude, longitude).expect("on the earth");
            assert_eq!(
                looks_swapped(location, &zone),
                expected,
                "{latitude} {longitude}"
            );
        }
    }
}
