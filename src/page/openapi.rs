//! `/openapi.json` (openapis.org, 3.1): the addresses for programs, what they take
//! and what they answer.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::history::Publication;
use crate::route::{Drawing, File, Format, Links, Route, Selection};
use crate::texts::Language;

/// An address with what it takes and answers.
struct Address {
    path: String,
    summary: &'static str,
    media_type: &'static str,
    /// The schema of what it answers.
    body: Value,
    parameter: Option<Value>,
    /// Whether it also stands below `/en/` and `/uk/`.
    is_in_languages: bool,
}

/// The description of everything that programs fetch.
pub fn openapi(publication: &Publication, links: &Links) -> String {
    let server = |language: Language| {
        let home = links.absolute(&Route::Landing(language));
        json!({"url": home.trim_end_matches('/'), "description": language.own_name()})
    };
    let addresses = calendars(publication, links)
        .into_iter()
        .chain(sessions(publication))
        .chain(files(publication, links));
    let mut paths = Map::new();
    for it in addresses {
        let mut item = json!({
            "get": {"summary": it.summary, "responses": responses(it.media_type, &it.body)},
        });
        if let Some(parameter) = it.parameter {
            item["parameters"] = json!([parameter]);
        }
        if !it.is_in_languages {
            item["servers"] = json!([server(links.default_language())]);
        }
        paths.insert(it.path, item);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": publication.calendar.title.get(links.default_language()),
            "version": "1",
            "description": "Addresses for programs. Each answers GET, HEAD and OPTIONS, to any origin; \
                what stands there has an ETag to send back as If-None-Match. More spellings than the \
                ones here mean the same districts.",
        },
        "servers": Language::ALL.map(server),
        "paths": paths,
    })
    .to_string()
}

/// The feeds, by path and by query.
fn calendars(publication: &Publication, links: &Links) -> Vec<Address> {
    let mut addresses = Vec::new();
    for (format, media_type, summary) in [
        (
            Format::Ics,
            "text/calendar",
            "The calendar to subscribe to.",
        ),
        (
            Format::Json,
            "application/json",
            "The same sessions for programs.",
        ),
        (
            Format::Atom,
            "application/atom+xml",
            "What changed, newest first.",
        ),
        (
            Format::Csv,
            "text/csv",
            "The same sessions for a spreadsheet.",
        ),
    ] {
        let extension = format.extension();
        let mut by_query = selection(publication);
        by_query["name"] = "district".into();
        by_query["in"] = "query".into();
        by_query["required"] = false.into();
        for (path, parameter) in [
            (
                format!("/calendars/{{selection}}.{extension}"),
                selection(publication),
            ),
            (format!("/calendar.{extension}"), by_query),
        ] {
            let body = match format {
                Format::Json => {
                    json!({"$ref": links.absolute(&Route::File(File::CalendarSchema))})
                }
                _ => text(),
            };
            addresses.push(Address {
                path,
                summary,
                media_type,
                body,
                parameter: Some(parameter),
                is_in_languages: true,
            });
        }
    }
    addresses
}

/// What stands there for one session.
fn sessions(publication: &Publication) -> impl Iterator<Item = Address> {
    let sessions = publication.sessions.iter();
    let ids: Vec<&str> = sessions.map(|it| it.session.id.as_str()).collect();
    let parameter = named("session", "A session's id.", &ids);
    [
        (
            "/sessions/{session}.ics",
            "One session to import.",
            "text/calendar",
        ),
        (
            "/pictures/{session}.png",
            "A picture to share, 1200×630.",
            "image/png",
        ),
        (
            "/pictures/{session}-square.png",
            "A picture to share, 1080×1080.",
            "image/png",
        ),
    ]
    .into_iter()
    .map(move |(path, summary, media_type)| Address {
        path: path.to_owned(),
        summary,
        media_type,
        body: text(),
        parameter: Some(parameter.clone()),
        is_in_languages: true,
    })
}

/// What stands in no language.
fn files(publication: &Publication, links: &Links) -> Vec<Address> {
    let file = |path: &str, summary, media_type, parameter| Address {
        path: path.to_owned(),
        summary,
        media_type,
        body: json!({}),
        parameter,
        is_in_languages: false,
    };
    let pages = Language::ALL.map(|language| links.absolute(&Route::Landing(language)));
    let mut page = named(
        "url",
        "A page of the cycle, a district or a session.",
        &pages,
    );
    page["in"] = "query".into();
    let mut files = vec![file(
        "/oembed",
        "The page's widget (oembed.com).",
        "application/json",
        Some(page),
    )];
    for (drawing, media_type) in [(Drawing::Svg, "image/svg+xml"), (Drawing::Png, "image/png")] {
        let path = format!("/qr/{{selection}}.{}", drawing.extension());
        let selection = Some(selection(publication));
        files.push(file(&path, "The QR code of a page.", media_type, selection));
    }
    for (at, summary, media_type) in [
        (
            File::CalendarSchema,
            "What `/calendars/….json` answers.",
            "application/schema+json",
        ),
        (
            File::ScheduleSchema,
            "What stands in the schedule's file.",
            "application/schema+json",
        ),
        (File::Sitemap, "Every page.", "application/xml"),
        (File::OpenApi, "This description.", "application/json"),
    ] {
        files.push(file(at.path(), summary, media_type, None));
    }
    files
}

fn selection(publication: &Publication) -> Value {
    let mut values = vec![Selection::All.to_string()];
    values.extend(publication.districts.iter().map(|it| it.id.to_string()));
    named(
        "selection",
        "`all`, a district, or several with commas.",
        &values,
    )
}

/// A parameter of the path that takes one of `values`.
fn named<T: Serialize>(name: &str, description: &str, values: &[T]) -> Value {
    let schema = json!({"type": "string", "enum": values});
    json!({"name": name, "in": "path", "required": true, "description": description, "schema": schema})
}

fn text() -> Value {
    json!({"type": "string"})
}

fn responses(media_type: &str, schema: &Value) -> Value {
    let words = json!({"text/plain": {"schema": text()}, "text/html": {"schema": text()}});
    json!({
        "200": {"description": "What stands there.", "content": {media_type: {"schema": schema}}},
        "304": {"description": "The client has it already."},
        "308": {"description": "It stands at another address.", "content": words},
        "400": {"description": "The request is none, or lacks what it must say.", "content": words},
        "404": {"description": "Nothing stands there: in words, with the nearest districts.", "content": words},
    })
}
