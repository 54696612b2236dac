//! Every path that exists -> its [`Document`], rendered when first asked for
//! and cached.
//!
//! What is linked exists: pages and feeds take their links from
//! [`route`](crate::route), and so does this. Nothing here does I/O or
//! reads a clock: a Site is a function of a publication, the public URL and
//! the time boundary that its pages show.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

use crate::history::Publication;
use crate::page::{self, View};
use crate::route::{
    Directory, Drawing, Format, Found, Links, Missing, Route, Selection, Shape, Why,
};
use crate::texts::Language;

pub mod document;
mod policy;
mod render;

pub use document::{Kind, MetricLabels, Selected};

use document::Document;

/// How many bytes of rendered documents are cached. What does not fit is
/// rendered again when it is asked for.
const CACHED_BYTES: u64 = 64 << 20;

/// Roughly how many documents fit, which sizes the cache's table.
const CACHED_DOCUMENTS: usize = 4_096;

/// One state of everything that is served. A request sees one Site from its
/// first byte to its last.
#[derive(Debug)]
pub struct Site {
    publication: Arc<Publication>,
    links: Links,
    directory: Directory,
    boundary: DateTime<Utc>,
    is_preview: bool,
    cache: Cache<String, Arc<Document>, ByWeight>,
}

#[derive(Debug, Clone)]
struct ByWeight;

impl Weighter<String, Arc<Document>> for ByWeight {
    fn weight(&self, _path: &String, document: &Arc<Document>) -> u64 {
        document.weight()
    }
}

impl Site {
    /// The site of `publication`; its pages show what holds from `boundary` on,
    /// which [`page::last_boundary`] gives for an instant.
    pub fn new(publication: Arc<Publication>, links: Links, boundary: DateTime<Utc>) -> Site {
        Site {
            directory: Directory::new(&publication.districts),
            cache: cache(),
            publication,
            links,
            boundary,
            is_preview: false,
        }
    }

    /// The same for whoever wants to see what would be: each page says so, and
    /// no program keeps a document.
    #[must_use]
    pub fn as_preview(self) -> Site {
        Site {
            is_preview: true,
            ..self
        }
    }

    /// What is published.
    pub fn publication(&self) -> &Arc<Publication> {
        &self.publication
    }

    /// Where everything is.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// The time boundary that the pages show.
    pub fn boundary(&self) -> DateTime<Utc> {
        self.boundary
    }

    /// What the pages in `language` are written from.
    pub fn view(&self, language: Language) -> View<'_> {
        View {
            publication: &self.publication,
            links: &self.links,
            language,
            boundary: self.boundary,
            is_preview: self.is_preview,
        }
    }

    /// The page that goes with a 404.
    pub fn missing_page(&self, missing: &Missing) -> String {
        page::missing(&self.view(missing.language), &missing.why)
    }

    /// What stands at the percent-encoded `path` with its `query`.
    pub fn find(&self, path: &str, query: &str) -> Found {
        let found = Found::parse(path, query, &self.links, &self.directory);
        match &found {
            Found::Document(route) | Found::Moved(route) if !self.exists(route) => {
                Found::Missing(Missing {
                    language: route.language().unwrap_or(self.links.default_language()),
                    why: Why::Page,
                })
            }
            _ => found,
        }
    }

    /// Whether something stands at `route`, whose districts exist.
    fn exists(&self, route: &Route) -> bool {
        match route {
            Route::Session(id, _)
            | Route::SessionFile(id, _)
            | Route::Picture(id, ..)
            | Route::SessionPoster(id, _) => self.publication.session(id.as_str()).is_some(),
            Route::Place(id, _) => self.publication.venue(id.as_str()).is_some(),
            Route::Accessibility(_) => self.publication.calendar.accessibility.is_some(),
            _ => true,
        }
    }

    /// The document of a path that was asked for before, spelt as
    /// [`Links::path`] spells it.
    pub fn cached(&self, path: &str) -> Option<Arc<Document>> {
        self.cache.get(path)
    }

    /// The document at `route`, which must exist: it comes from
    /// [`Site::find`] or [`Site::routes`].
    pub fn document(&self, route: &Route) -> Arc<Document> {
        let path = self.links.path(route);
        self.cache
            .get_or_insert_with(path.as_str(), || {
                Ok::<_, std::convert::Infallible>(Arc::new(Document::new(self.render(route))))
            })
            .unwrap_or_else(|never| match never {})
    }

    /// Every route that exists, but for selections of several districts,
    /// which are too many to list.
    pub fn routes(&self) -> Vec<Route> {
        let mut routes: Vec<Route> = crate::route::File::ALL
            .into_iter()
            .map(Route::File)
            .collect();
        let selections: Vec<Selection> = std::iter::once(Selection::All)
            .chain(
                self.publication
                    .districts
                    .iter()
                    .map(|it| Selection::one(&it.id)),
            )
            .collect();
        for drawing in Drawing::ALL {
            routes.extend(
                selections
                    .iter()
                    .map(|it| Route::QrCode(it.clone(), drawing)),
            );
        }
        for language in Language::ALL {
            routes.push(Route::Landing(language));
            routes.push(Route::Places(language));
            routes.push(Route::SharePicture(language));
            if self.publication.calendar.accessibility.is_some() {
                routes.push(Route::Accessibility(language));
            }
            for selection in &selections {
                for format in Format::ALL {
                    routes.push(Route::Feed(selection.clone(), format, language));
                }
                routes.push(Route::Widget(selection.clone(), language));
                routes.push(Route::Poster(selection.clone(), language));
                routes.push(Route::Organisations(selection.clone(), language));
                if *selection != Selection::All {
                    routes.push(Route::District(selection.clone(), language));
                }
            }
            for published in &self.publication.sessions {
                let id = &published.session.id;
                routes.push(Route::Session(id.clone(), language));
                routes.push(Route::SessionFile(id.clone(), language));
                routes.push(Route::SessionPoster(id.clone(), language));
                routes.extend(Shape::ALL.map(|it| Route::Picture(id.clone(), it, language)));
            }
            for venue in self.publication.venues() {
                routes.push(Route::Place(venue.id.clone(), language));
            }
        }
        routes
    }
}

/// One shard: a feed of 10,000 sessions must fit, and readers share the lock.
fn cache() -> Cache<String, Arc<Document>, ByWeight> {
    let options = OptionsBuilder::new()
        .shards(1)
        .estimated_items_capacity(CACHED_DOCUMENTS)
        .weight_capacity(CACHED_BYTES)
        .build()
        .expect("both capacities are given");
    Cache::with_options(
        options,
        ByWeight,
        DefaultHashBuilder::default(),
        DefaultLifecycle::default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::History;
    use crate::history::sample::{publish_over, read, second};

    const EXAMPLE: &str = include_str!("../../data/example.yaml");

    fn site() -> Site {
        let url = "https://calendar.example.org/m".parse().unwrap();
        let links = Links::new(url, read(EXAMPLE).calendar().language);
        let publication = publish_over(EXAMPLE, &History::default(), second(0)).publication;
        Site::new(Arc::new(publication), links, second(0))
    }

    /// Every link into the service that `text` holds, below its path.
    fn own_links(text: &str) -> Vec<String> {
        // Folded lines of iCalendar are one again, and what HTML escapes is
        // itself, also in the lines to paste.
        let mut text = text.replace("\r\n ", "");
        for (escaped, itself) in [
            ("&#38;", "&"),
            ("&amp;", "&"),
            ("&#34;", "\""),
            ("&#60;", "<"),
        ] {
            text = text.replace(escaped, itself);
        }
        let absolute = "://calendar.example.org/m";
        [absolute, "href=\"/m", "src=\"/m", "action=\"/m"]
            .into_iter()
            .flat_map(|before| text.split(before).skip(1).collect::<Vec<_>>())
            .map(|rest| {
                let end = rest.find(|it: char| it.is_whitespace() || "\"'<>\\#".contains(it));
                rest[..end.unwrap_or(rest.len())].to_owned()
            })
            .collect()
    }

    #[test]
    fn no_two_pages_have_one_title() {
        let site = site();
        let mut seen = std::collections::BTreeMap::new();
        for route in site.routes() {
            let document = site.document(&route);
            let body = str::from_utf8(&document.plain().body).unwrap_or_default();
            if !body.starts_with("<!DOCTYPE html>") {
                continue;
            }
            let (_, title) = body.split_once("<title>").unwrap();
            let (title, _) = title.split_once("</title>").unwrap();
            assert!(!title.contains('<'), "{title}: nothing can be marked there");
            // A widget stands in a page that has a title of its own.
            if matches!(route, Route::Widget(..)) {
                continue;
            }
            let key = (route.language(), title.to_owned());
            let path = site.links().path(&route);
            if let Some(other) = seen.insert(key, path.clone()) {
                panic!("{other} and {path} are both called {title}");
            }
        }
        assert!(seen.len() > 50, "{seen:?}");
    }

    /// A path of `/openapi.json` with each of the values that it takes.
    fn described(item: &serde_json::Value, path: &str) -> Vec<(String, String)> {
        let Some(parameter) = item["parameters"].get(0) else {
            return vec![(path.to_owned(), String::new())];
        };
        let name = parameter["name"].as_str().unwrap();
        let values = parameter["schema"]["enum"].as_array().unwrap();
        let fill = |value: &serde_json::Value| {
            let value = value.as_str().unwrap();
            match parameter["in"].as_str() {
                Some("path") => (path.replace(&format!("{{{name}}}"), value), String::new()),
                _ => (path.to_owned(), format!("{name}={value}")),
            }
        };
        values.iter().map(fill).collect()
    }

    #[test]
    fn openapi_describes_what_programs_fetch_and_nothing_else() {
        use crate::route::File;
        let site = site();
        let document = site.document(&Route::File(File::OpenApi));
        let api: serde_json::Value = serde_json::from_slice(&document.plain().body).unwrap();
        let mut left: std::collections::BTreeSet<String> = site
            .routes()
            .iter()
            .filter(|route| match route {
                Route::File(file) => matches!(
                    file,
                    File::OpenApi | File::CalendarSchema | File::ScheduleSchema | File::Sitemap
                ),
                Route::Feed(..)
                | Route::SessionFile(..)
                | Route::QrCode(..)
                | Route::Picture(..) => true,
                _ => false,
            })
            .map(|route| site.links().path(route))
            .collect();
        let base = "https://calendar.example.org/m";
        for (path, item) in api["paths"].as_object().unwrap() {
            // oEmbed is answered beside the site.
            if path == "/oembed" {
                continue;
            }
            let servers = item.get("servers").unwrap_or(&api["servers"]);
            for server in servers.as_array().unwrap() {
                let prefix = server["url"].as_str().unwrap().strip_prefix(base).unwrap();
                for (path, query) in described(item, path) {
                    let path = format!("{prefix}{path}");
                    let (Found::Document(route) | Found::ByQuery(route)) = site.find(&path, &query)
                    else {
                        panic!("nothing stands at {path}?{query}");
                    };
                    let content = site.document(&route).content().clone();
                    let media_type = content.media_type.split(';').next().unwrap();
                    let told = &item["get"]["responses"]["200"]["content"];
                    assert!(told.get(media_type).is_some(), "{path} is {media_type}");
                    left.remove(&path);
                }
            }
        }
        assert!(left.is_empty(), "{left:?} are not described");
    }

    #[test]
    fn every_link_leads_to_its_route_at_once() {
        let site = site();
        let mut seen = std::collections::BTreeSet::new();
        for route in site.routes() {
            // Pictures hold no links; in a table a comma ends one; OpenAPI has
            // the beginnings of addresses.
            if matches!(
                route,
                Route::Picture(..)
                    | Route::SharePicture(_)
                    | Route::Feed(_, Format::Csv, _)
                    | Route::File(crate::route::File::OpenApi)
            ) {
                continue;
            }
            let body = site.document(&route).plain().body.clone();
            for link in own_links(str::from_utf8(&body).unwrap_or_default()) {
                let (path, query) = link.split_once('?').unwrap_or((&link, ""));
                // What stands in words is no whole address.
                if !matches!(path, "" | "/oembed") && seen.insert(link.clone()) {
                    let found = site.find(path, query);
                    assert!(
                        matches!(found, Found::Document(_) | Found::Chosen(_)),
                        "{} links to {link}: {found:?}",
                        site.links().path(&route)
                    );
                }
            }
        }
        assert!(seen.len() > 200, "{seen:?}");
    }
}
