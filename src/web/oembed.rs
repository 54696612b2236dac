//! `/oembed?url=…` -> oEmbed's answer (oembed.com, 1.0), by which a pasted
//! link becomes the widget.

use hyper::StatusCode;
use hyper::header;

use url::Url;

use super::respond::{Response, text, text_with, written};
use crate::page::{self, Bounds};
use crate::route::{self, Found, Route};
use crate::site::Site;

/// Answers for the page that the query's `url` names; 404 for what is no
/// landing, district or session page, 501 for a format that there is not
/// (both are oEmbed's own codes).
pub fn respond(site: &Site, query: &str) -> Response {
    let value = |name| route::value(query, name);
    let Some(url) = value("url") else {
        return text(
            StatusCode::BAD_REQUEST,
            "400: say which page: /oembed?url=…\n",
        );
    };
    let Some(route) = page_at(site, &url) else {
        return text(
            StatusCode::NOT_FOUND,
            format!("404: no page of this service: {url}\n"),
        );
    };
    let number = |name| value(name).and_then(|value| value.parse().ok());
    let bounds = Bounds {
        width: number("maxwidth"),
        height: number("maxheight"),
    };
    let language = route.language().unwrap_or(site.links().default_language());
    let view = site.view(language);
    let (media_type, body) = match value("format").as_deref() {
        None | Some("json") => (
            "application/json; charset=utf-8",
            page::oembed_json(&view, &route, bounds),
        ),
        Some("xml") => (
            "text/xml; charset=utf-8",
            page::oembed_xml(&view, &route, bounds),
        ),
        Some(_) => {
            return text(
                StatusCode::NOT_IMPLEMENTED,
                "501: the formats are json and xml\n",
            );
        }
    };
    let Some(body) = body else {
        return text(
            StatusCode::NOT_FOUND,
            format!("404: this page has no widget: {url}\n"),
        );
    };
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    text_with(StatusCode::OK, body, headers.map(written))
}

/// The page of this service that an absolute address names, with `http` or
/// `https` and however its host, query and fragment are spelt.
fn page_at(site: &Site, address: &str) -> Option<Route> {
    let asked = Url::parse(address).ok()?;
    let path = site.links().public_url().path_below(&asked)?;
    match site.find(path, asked.query().unwrap_or_default()) {
        Found::Document(route) | Found::Moved(route) | Found::Chosen(route) => Some(route),
        Found::ByQuery(_) | Found::Missing(_) => None,
    }
}
