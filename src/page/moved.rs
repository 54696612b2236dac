//! A route -> the page that leads to it, for hosts of files, which cannot
//! redirect by themselves.

use askama::Template;

use crate::route::{Links, Route};

#[derive(Template)]
#[template(
    ext = "html",
    source = "<!DOCTYPE html>\n<html lang=\"{{ language }}\"><head><meta charset=\"utf-8\">\
              <title>{{ whole }}</title><meta name=\"robots\" content=\"noindex\">\
              <link rel=\"canonical\" href=\"{{ whole }}\">\
              <meta http-equiv=\"refresh\" content=\"0; url={{ location }}\"></head>\
              <body><p><a href=\"{{ location }}\">{{ whole }}</a></p></body></html>\n",
    config = "src/page/askama.toml"
)]
struct Moved {
    language: &'static str,
    location: String,
    whole: String,
}

/// The page that leads to `route` at once, without a script.
pub fn moved(links: &Links, route: &Route) -> String {
    let language = route.language().unwrap_or(links.default_language());
    super::write(&Moved {
        language: language.code(),
        location: links.relative(route),
        whole: links.absolute(route),
    })
}
