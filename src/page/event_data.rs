//! A session -> schema.org's Event as JSON-LD, safe inside a script element.

use std::sync::Arc;

use serde_json::{Value, json};

use super::View;
use super::meeting::last_event;
use crate::history::{Kind, Published};
use crate::route::{Route, Shape};
use crate::schedule::{Access, District, Districts, Session, Status};

/// The block for `published`. It always says the true status, whatever
/// calendar programs are told.
pub(super) fn event(view: &View<'_>, published: &Published) -> String {
    let session = &published.session;
    let language = view.language;
    let calendar = &view.publication.calendar;
    let moved_from = last_event(view, session)
        .filter(|change| change.kind == Kind::Moved)
        .and_then(|change| change.before.as_ref())
        .filter(|before| before.start != session.start);
    let page = view
        .links
        .absolute(&Route::Session(session.id.clone(), language));
    let mut event = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": page,
        "url": page,
        // Without the venue, which stands in its own place.
        "name": session.title.as_ref().unwrap_or(&calendar.title).get(language),
        "startDate": session.start.to_rfc3339(),
        "endDate": session.end.to_rfc3339(),
        "eventStatus": status(session.status, moved_from.is_some()),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": language.code(),
        "location": place(view, session),
        "image": Shape::ALL.map(|shape| {
            view.links
                .absolute(&Route::Picture(session.id.clone(), shape, language))
        }),
    });
    if calendar.free == Some(true) {
        event["isAccessibleForFree"] = true.into();
        event["offers"] = json!({
            "@type": "Offer",
            "price": 0,
            "availability": "https://schema.org/InStock",
            "url": page,
        });
    }
    if let Some(before) = moved_from {
        event["previousStartDate"] = before.start.to_rfc3339().into();
    }
    let said = [calendar.description.as_ref(), session.note.as_ref()];
    let said: Vec<&str> = said
        .into_iter()
        .flatten()
        .map(|it| it.get(language))
        .collect();
    if !said.is_empty() {
        event["description"] = said.join("\n\n").into();
    }
    if let Some(organizer) = &calendar.organizer {
        let mut by = json!({"@type": "Organization", "name": organizer.name.get(language)});
        if let Some(url) = &organizer.url {
            by["url"] = url.as_str().into();
        }
        event["organizer"] = by;
    }
    in_script(&event)
}

fn status(status: Status, is_moved: bool) -> &'static str {
    match status {
        Status::Cancelled => "https://schema.org/EventCancelled",
        Status::Postponed => "https://schema.org/EventPostponed",
        Status::Confirmed | Status::Tentative if is_moved => "https://schema.org/EventRescheduled",
        Status::Confirmed | Status::Tentative => "https://schema.org/EventScheduled",
    }
}

fn place(view: &View<'_>, session: &Session) -> Value {
    let language = view.language;
    let Some(venue) = session.place.venue() else {
        // It has no name yet. What is known is the town, or the districts.
        let names = |districts: &[Arc<District>]| {
            let names = districts.iter().map(|it| it.name.get(language));
            names.collect::<Vec<_>>().join(", ")
        };
        let locality = match &session.districts {
            Districts::These(districts) => names(districts),
            Districts::All => {
                town(view).map_or_else(|| names(&view.publication.districts), str::to_owned)
            }
        };
        return json!({
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": locality},
        });
    };
    let mut address = json!({"@type": "PostalAddress"});
    // Search engines want an address; the district is what is known of a
    // place without one.
    match &venue.address {
        None => address["addressLocality"] = venue.district.name.get(language).into(),
        Some(whole) => {
            let (street, code, town) = parts(whole.get(language));
            address["streetAddress"] = street.into();
            let locality = town.unwrap_or(venue.district.name.get(language));
            address["addressLocality"] = locality.into();
            if let Some(code) = code {
                address["postalCode"] = code.into();
            }
        }
    }
    let mut place = json!({
        "@type": "Place",
        "name": venue.name.get(language),
        "address": address,
    });
    if let Some(url) = &venue.url {
        place["url"] = url.as_str().into();
    }
    if let Some(location) = venue.location {
        place["geo"] = json!({
            "@type": "GeoCoordinates",
            "latitude": location.latitude(),
            "longitude": location.longitude(),
        });
    }
    if !venue.access.is_empty() {
        let feature = |access: &Access| {
            json!({
                "@type": "LocationFeatureSpecification",
                "name": access.name(language),
                "value": true,
            })
        };
        place["amenityFeature"] = venue.access.iter().map(feature).collect();
    }
    place
}

/// `os. Zgody 1, 31-949 Kraków` -> the street, the postal code and the town,
/// as far as the address has them.
fn parts(address: &str) -> (&str, Option<&str>, Option<&str>) {
    let Some((street, rest)) = address.rsplit_once(',') else {
        return (address, None, None);
    };
    let rest = rest.trim();
    let is_code = |text: &str| {
        text.bytes().any(|byte| byte.is_ascii_digit())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    match rest.split_once(' ') {
        Some((code, town)) if is_code(code) => (street, Some(code), Some(town.trim())),
        _ if rest.contains(|letter: char| letter.is_ascii_digit()) => (address, None, None),
        _ => (street, None, Some(rest)),
    }
}

/// The town where every address lies, where they agree.
fn town<'a>(view: &View<'a>) -> Option<&'a str> {
    let venues = view.publication.venues().iter();
    let addresses = venues.filter_map(|venue| venue.address.as_ref());
    let mut towns = addresses.filter_map(|it| parts(it.get(view.language)).2);
    let first = towns.next()?;
    towns.all(|other| other == first).then_some(first)
}

/// JSON that cannot end the script element it stands in, nor open a comment
/// there: `<`, `>` and `&` are written as escapes of JSON.
fn in_script(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::sample::{links, published, published_after, view};

    fn block(view: &View<'_>, id: &str) -> Value {
        let text = event(view, view.publication.session(id).unwrap());
        assert!(!text.contains(['<', '>', '&']), "{text}");
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn the_block_tells_the_true_status_and_place() {
        let (publication, links) = (published(), links());
        let view = view(&publication, &links, "2026-01-01T00:00:00Z");
        for (id, status, start) in [
            ("winter", "EventScheduled", "2026-01-16T14:00:00+01:00"),
            ("off", "EventCancelled", "2026-02-13T14:00:00+01:00"),
            ("summer", "EventScheduled", "2026-07-17T14:00:00+02:00"),
        ] {
            let block = block(&view, id);
            assert_eq!(block["eventStatus"], format!("https://schema.org/{status}"));
            assert_eq!(block["startDate"], start);
            assert_eq!(block["location"]["name"], "Café <3 & </script>");
            // Nothing is said of charges where the schedule says nothing.
            assert_eq!(block.get("isAccessibleForFree"), None);
        }
    }

    #[test]
    fn an_address_is_told_in_its_parts() {
        for (address, expected) in [
            ("ul. Ładna 7", ("ul. Ładna 7", None, None)),
            ("ul. Ładna 7, Kraków", ("ul. Ładna 7", None, Some("Kraków"))),
            (
                "os. Zgody 1, 31-949 Nowy Targ",
                ("os. Zgody 1", Some("31-949"), Some("Nowy Targ")),
            ),
            ("Dom, ul. Ładna 7", ("Dom, ul. Ładna 7", None, None)),
        ] {
            assert_eq!(parts(address), expected);
        }
    }

    #[test]
    fn a_place_to_be_announced_has_no_name_and_keeps_where_it_will_be() {
        let links = links();
        for (edit, locality) in [
            ("districts: [bienczyce, nowa-huta]", "Bieńczyce, Nowa Huta"),
            ("districts: all", "Nowa Huta, Bieńczyce"),
        ] {
            let publication =
                published_after(&[("2026-07-17, venue: cafe", &format!("2026-07-17, {edit}"))]);
            let block = block(
                &view(&publication, &links, "2026-01-01T00:00:00Z"),
                "summer",
            );
            assert_eq!(block["location"].get("name"), None);
            let told = block["location"]["address"]["addressLocality"]
                .as_str()
                .unwrap();
            assert_eq!(told, locality);
        }
    }

    #[test]
    fn an_offer_stands_only_where_the_schedule_says_that_it_is_free() {
        let links = links();
        let publication = published_after(&[("timezone:", "free: true\n  timezone:")]);
        let free = block(
            &view(&publication, &links, "2026-01-01T00:00:00Z"),
            "summer",
        );
        assert_eq!(free["offers"]["price"], 0);
        let publication = published();
        let silent = block(
            &view(&publication, &links, "2026-01-01T00:00:00Z"),
            "summer",
        );
        assert_eq!(silent.get("offers"), None);
        assert_eq!(silent["name"], "Przykład");
    }

    #[test]
    fn a_move_names_the_earlier_beginning() {
        let publication = published_after(&[("2026-07-17", "2026-07-18")]);
        let links = links();
        let block = block(
            &view(&publication, &links, "2026-01-01T00:00:00Z"),
            "summer",
        );
        assert_eq!(block["eventStatus"], "https://schema.org/EventRescheduled");
        assert_eq!(block["previousStartDate"], "2026-07-17T14:00:00+02:00");
    }
}
