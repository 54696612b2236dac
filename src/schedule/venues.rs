//! `venues` -> [`Venue`]s and what finds them.

use std::sync::Arc;

use crate::texts::Language;
use crate::zone::Zone;

use super::diagnostic::Diagnostics;
use super::diagnostic::keys::{self, Thing};
use super::fields::{Field, Fields, Section, entries, whole};
use super::guess::{access_within, folded};
use super::lint;
use super::model::{Access, Coordinates, District, Id, Venue};
use super::register::Register;
use super::text::{one_line, paragraphs};
use super::value::{choice, degrees, email, link, named, phone};

/// What a venue is judged by.
#[derive(Clone, Copy)]
pub(super) struct Context<'s> {
    pub(super) districts: &'s Register<District>,
    pub(super) own: Option<Language>,
    pub(super) zone: Option<&'s Zone>,
}

/// The venues in the file's order, and the register of them.
pub(super) fn venues(
    field: Option<Field<'_, '_>>,
    context: Context<'_>,
    diagnostics: &mut Diagnostics,
) -> (Vec<Arc<Venue>>, Register<Venue>) {
    let items = entries(field, diagnostics);
    let mut register = Register::new(Thing::Venue, items.is_some());
    let mut venues = Vec::new();
    for item in items.unwrap_or_default() {
        let Some(fields) = Fields::of(item, Section::Venue, diagnostics) else {
            register.lacks_one();
            continue;
        };
        let named = fields.required("id", diagnostics, named);
        let id = named.as_ref().and_then(|named| named.id.clone());
        let venue = venue(&fields, id.clone(), context, diagnostics).map(Arc::new);
        if let Some(named) = &named {
            register.enter(named, venue.clone(), diagnostics);
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
    context: Context<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Venue> {
    let own = context.own;
    whole!(Venue {
        id,
        name: fields.required("name", diagnostics, one_line(own)),
        district: fields.required("district", diagnostics, |field, diagnostics| {
            context.districts.find(field, diagnostics)
        }),
        address: fields.optional("address", diagnostics, one_line(own)),
        location: fields.optional("location", diagnostics, |field, diagnostics| {
            location(field, context.zone, diagnostics)
        }),
        host: fields.optional("host", diagnostics, one_line(own)),
        url: fields.optional("url", diagnostics, link),
        description: fields.optional("description", diagnostics, paragraphs(own)),
        access: fields.or_default("access", diagnostics, access),
        email: fields.optional("email", diagnostics, email),
        phone: fields.optional("phone", diagnostics, phone),
    })
}

fn access(field: Field<'_, '_>, diagnostics: &mut Diagnostics) -> Option<Vec<Access>> {
    if let Some(sentence) = field.node.scalar() {
        let named = |part: &str| {
            Access::ALL
                .iter()
                .copied()
                .find(|known| known.key() == part)
        };
        let parts: Vec<&str> = sentence.split([',', ';']).map(str::trim).collect();
        let right: Vec<&str> = parts
            .iter()
            .filter_map(|part| named(part).or_else(|| access_within(part)))
            .map(Access::key)
            .collect();
        let only_names = parts.iter().all(|part| named(part).is_some());
        diagnostics.add(if only_names {
            keys::access_without_brackets(field.position(), &right)
        } else {
            keys::access_not_a_list(field.position(), &right)
        });
        return None;
    }
    let mut features = Vec::new();
    let mut good = true;
    for item in field.items(diagnostics)? {
        let called = item.node.scalar().and_then(access_within);
        let word = item.node.scalar().map(folded).unwrap_or_default();
        let called: Vec<(Access, &str)> =
            called.map(|it| (it, word.as_str())).into_iter().collect();
        match choice(Access::ALL, Access::key, &called)(item, diagnostics) {
            None => good = false,
            Some(feature) if features.contains(&feature) => {
                diagnostics.add(keys::repeated(item.position(), item.key, feature.key()));
            }
            Some(feature) => features.push(feature),
        }
    }
    good.then_some(features)
}

fn location(
    field: Field<'_, '_>,
    zone: Option<&Zone>,
    diagnostics: &mut Diagnostics,
) -> Option<Coordinates> {
    if let Some(given) = field.node.scalar() {
        let parts: Vec<&str> = given
            .split(&[',', ';', ' '][..])
            .filter(|part| !part.is_empty())
            .collect();
        let is_number = |part: &&str| part.parse::<f64>().is_ok_and(f64::is_finite);
        let numbers = match parts[..] {
            [latitude, longitude] if parts.iter().all(is_number) => Some((latitude, longitude)),
            _ => None,
        };
        diagnostics.add(keys::location_not_keys(field.position(), numbers));
        return None;
    }
    let fields = Fields::of(field, Section::Location, diagnostics)?;
    let latitude = fields.required("lat", diagnostics, degrees(90));
    let longitude = fields.required("lon", diagnostics, degrees(180));
    let location = Coordinates::new(latitude?, longitude?)?;
    if let Some(zone) = zone {
        lint::swapped(fields.position, location, zone, diagnostics);
    }
    Some(location)
}
