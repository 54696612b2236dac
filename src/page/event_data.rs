//! A session -> schema.org's Event as JSON-LD, safe inside a script element.

use serde_json::{Value, json};

use super::View;
use super::meeting::last_event;
use crate::history::{Kind, Published};
use crate::route::{Route, Shape};
use crate::schedule::{Access, Session, Status};

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
        "name": session.title(calendar.title.get(language), language),
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
    }
    if let Some(before) = moved_from {
        event["previousStartDate"] = before.start.to_rfc3339().into();
    }
    let description = session.note.as_ref().or(calendar.description.as_ref());
    if let Some(description) = description {
        event["description"] = description.get(language).into();
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
        return json!({
            "@type": "Place",
            "name": language.words().place_to_be_announced,
        });
    };
    let mut place = json!({
        "@type": "Place",
        "name": venue.name.get(language),
        // Search engines want an address; the district is what is known of
        // a place without one.
        "address": venue.address.as_ref().unwrap_or(&venue.district.name).get(language),
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
