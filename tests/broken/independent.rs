//! Another YAML library reads the good schedules, and finds the same in them.

use std::fs;
use std::path::Path;

use serde_yaml::Value;
use spotkajmy::parts::schedule::{
    Calendar, Districts, Email, Link, Phone, Schedule, WebAddress, read,
};
use spotkajmy::parts::{Language, Text};

use crate::today;

/// What `value` says, as YAML tells it; `None` where it says nothing.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        other => panic!("no single value: {other:?}"),
    }
}

fn in_language(value: &Value, language: Language, own: Language) -> Option<String> {
    match value {
        Value::Mapping(_) => plain(&value[language.code()]).or_else(|| plain(&value[own.code()])),
        other => plain(other),
    }
}

fn same_text(kept: Option<&Text>, value: &Value, own: Language, what: &str) {
    for language in Language::ALL {
        assert_eq!(
            kept.map(|text| text.get(language).to_owned()),
            in_language(value, language, own),
            "{what} in {language:?}"
        );
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_sequence().map_or(&[], Vec::as_slice)
}

fn words(value: &Value) -> Vec<String> {
    list(value).iter().filter_map(plain).collect()
}

fn same_link(kept: Option<&WebAddress>, value: &Value) {
    assert_eq!(kept.map(|link| link.as_str().to_owned()), plain(value));
}

fn same_links(kept: &[Link], value: &Value, name: &str, own: Language) {
    assert_eq!(kept.len(), list(value).len());
    for (kept, told) in kept.iter().zip(list(value)) {
        same_text(Some(&kept.name), &told[name], own, name);
        same_link(Some(&kept.url), &told["url"]);
    }
}

fn same_contact(email: Option<&Email>, phone: Option<&Phone>, value: &Value) {
    let email = email.map(|email| email.as_str().to_owned());
    assert_eq!(email, plain(&value["email"]));
    let phone = phone.map(|phone| phone.as_str().to_owned());
    assert_eq!(phone, plain(&value["phone"]));
}

fn same_declaration(calendar: &Calendar, told: &Value) {
    let own = calendar.language;
    let kept = calendar.accessibility.as_ref();
    let text = |kept: Option<&Text>, key: &str| same_text(kept, &told[key], own, key);
    text(kept.map(|it| &it.entity), "entity");
    text(kept.and_then(|it| it.exceptions.as_ref()), "exceptions");
    text(kept.and_then(|it| it.building.as_ref()), "building");
    let word = |kept: Option<String>, key: &str| assert_eq!(kept, plain(&told[key]), "{key}");
    word(kept.map(|it| it.status.key().to_owned()), "status");
    word(kept.map(|it| it.published.to_string()), "published");
    word(kept.map(|it| it.prepared.to_string()), "prepared");
    word(
        kept.and_then(|it| it.updated).map(|date| date.to_string()),
        "updated",
    );
    let contact = kept.map(|it| &it.contact);
    let told = &told["contact"];
    same_text(contact.map(|it| &it.name), &told["name"], own, "contact");
    same_contact(
        contact.map(|it| &it.email),
        contact.map(|it| &it.phone),
        told,
    );
}

fn same(schedule: &Schedule, value: &Value) {
    let calendar = schedule.calendar();
    let own = calendar.language;
    let told = &value["calendar"];
    assert_eq!(Some(calendar.id.to_string()), plain(&told["id"]));
    assert_eq!(
        Some(calendar.zone.name().to_owned()),
        plain(&told["timezone"])
    );
    same_text(Some(&calendar.title), &told["title"], own, "title");
    same_text(
        calendar.description.as_ref(),
        &told["description"],
        own,
        "description",
    );
    same_text(calendar.about.as_ref(), &told["about"], own, "about");
    assert_eq!(calendar.audience.len(), list(&told["audience"]).len());
    for (kept, told) in calendar.audience.iter().zip(list(&told["audience"])) {
        same_text(Some(kept), told, own, "audience");
    }
    let organizer = calendar.organizer.as_ref();
    same_text(
        organizer.map(|one| &one.name),
        &told["organizer"]["name"],
        own,
        "organizer",
    );
    same_link(
        organizer.and_then(|one| one.url.as_ref()),
        &told["organizer"]["url"],
    );
    same_contact(
        organizer.and_then(|one| one.email.as_ref()),
        organizer.and_then(|one| one.phone.as_ref()),
        &told["organizer"],
    );
    same_text(
        calendar.invitation.as_ref(),
        &told["invitation"],
        own,
        "invitation",
    );
    assert_eq!(
        calendar.free.map(|free| free.to_string()),
        plain(&told["free"])
    );
    assert_eq!(
        calendar.rhythm.map(|rhythm| rhythm.key().to_owned()),
        plain(&told["rhythm"])
    );
    same_links(&calendar.channels, &told["channels"], "name", own);
    same_links(&calendar.links, &told["links"], "name", own);
    same_declaration(calendar, &told["accessibility"]);

    assert_eq!(schedule.districts().len(), list(&value["districts"]).len());
    for (kept, told) in schedule.districts().iter().zip(list(&value["districts"])) {
        assert_eq!(Some(kept.id.to_string()), plain(&told["id"]));
        assert_eq!(kept.number, plain(&told["number"]));
        same_text(Some(&kept.name), &told["name"], own, "a district's name");
        let aliases: Vec<String> = kept.aliases.iter().map(ToString::to_string).collect();
        assert_eq!(aliases, words(&told["aliases"]));
    }
    assert_eq!(schedule.venues().len(), list(&value["venues"]).len());
    for (kept, told) in schedule.venues().iter().zip(list(&value["venues"])) {
        assert_eq!(Some(kept.id.to_string()), plain(&told["id"]));
        assert_eq!(Some(kept.district.id.to_string()), plain(&told["district"]));
        same_text(Some(&kept.name), &told["name"], own, "a venue's name");
        same_text(kept.address.as_ref(), &told["address"], own, "address");
        same_text(kept.host.as_ref(), &told["host"], own, "host");
        same_text(
            kept.description.as_ref(),
            &told["description"],
            own,
            "description",
        );
        same_link(kept.url.as_ref(), &told["url"]);
        same_contact(kept.email.as_ref(), kept.phone.as_ref(), told);
        let location = kept
            .location
            .map(|place| (place.latitude(), place.longitude()));
        let (latitude, longitude) = (
            told["location"]["lat"].as_f64(),
            told["location"]["lon"].as_f64(),
        );
        assert_eq!(location, latitude.zip(longitude));
        let access: Vec<&str> = kept.access.iter().map(|feature| feature.key()).collect();
        assert_eq!(access, words(&told["access"]));
    }
    same_sessions(schedule, value);
    let withdrawn: Vec<String> = schedule
        .withdrawn()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(withdrawn, words(&value["withdrawn"]));
}

fn same_sessions(schedule: &Schedule, value: &Value) {
    let own = schedule.calendar().language;
    assert_eq!(schedule.sessions().len(), list(&value["sessions"]).len());
    for kept in schedule.sessions() {
        let told = list(&value["sessions"])
            .iter()
            .find(|told| plain(&told["id"]).as_deref() == Some(kept.id.as_str()))
            .expect("the session of this id");
        assert_eq!(Some(kept.date().to_string()), plain(&told["date"]));
        let hours = format!(
            "{}-{}",
            kept.start.format("%-H:%M"),
            kept.end.format("%-H:%M")
        );
        let window = plain(&told["window"]).or_else(|| plain(&value["calendar"]["window"]));
        assert_eq!(Some(hours), window.map(|window| window.replace('–', "-")));
        let venue = kept.place.venue().map(|venue| venue.id.to_string());
        assert_eq!(venue, plain(&told["venue"]));
        same_text(kept.title.as_ref(), &told["title"], own, "title");
        same_text(kept.note.as_ref(), &told["note"], own, "note");
        let results = kept.results.as_ref();
        let text = results.and_then(|results| results.text.as_ref());
        same_text(text, &told["results"]["text"], own, "results");
        let links = results.map_or(&[][..], |results| &results.links);
        same_links(links, &told["results"]["links"], "title", own);
        if let Some(status) = plain(&told["status"]) {
            assert_eq!(kept.status.key(), status);
        }
        match (&kept.districts, &told["districts"]) {
            (Districts::All, districts) => assert_eq!(plain(districts).as_deref(), Some("all")),
            (Districts::These(these), Value::Sequence(_)) => {
                let mut told = words(&told["districts"]);
                told.sort();
                let these: Vec<String> = these.iter().map(|one| one.id.to_string()).collect();
                assert_eq!(these, told);
            }
            (Districts::These(these), _) => {
                let venue = kept.place.venue().expect("a venue's own district");
                assert_eq!(these.as_slice(), std::slice::from_ref(&venue.district));
            }
        }
    }
}

#[test]
fn another_reader_finds_the_same_in_the_kept_schedules() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for name in ["schedule.yaml", "example.yaml"] {
        let source = fs::read(data.join(name)).expect("a readable file");
        let reading = read(&source, today()).expect("good");
        assert_eq!(reading.warnings, [], "{name}");
        let value: Value = serde_yaml::from_slice(&source).expect("YAML");
        same(&reading.schedule, &value);
    }
}
