//! A path as somebody spelt it -> what stands there.

use percent_encoding::percent_decode_str;

use super::Site;
use crate::route::{File, Format, Route, Selection, UnknownDistrict};
use crate::texts::Language;

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A document.
    Document(Route),
    /// A page that stands at another path for ever.
    Moved(Route),
    /// `/calendar.{ics,json,atom,csv}`: the feed that the query's districts name.
    FeedByQuery(Format, Language),
    /// `/districts/`: the page that the query's districts name.
    PageByQuery(Language),
    /// Nothing.
    Missing(Missing),
}

/// Why nothing stands at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The language of the path.
    pub language: Language,
    /// The district that does not exist, where that is why.
    pub district: Option<UnknownDistrict>,
}

impl Site {
    /// What stands at the percent-encoded `path`.
    pub fn find(&self, path: &str) -> Found {
        let default = self.links.default_language();
        let nothing = |language| {
            Found::Missing(Missing {
                language,
                district: None,
            })
        };
        let Ok(decoded) = percent_decode_str(path).decode_utf8() else {
            return nothing(default);
        };
        if let Some(file) = File::ALL.into_iter().find(|file| file.path() == decoded) {
            return Found::Document(Route::File(file));
        }
        let mut segments: Vec<&str> = decoded.split('/').skip(1).collect();
        let prefix = segments
            .first()
            .and_then(|first| Language::from_code(first));
        if prefix.is_some() {
            segments.remove(0);
        }
        let language = prefix.unwrap_or(default);
        let found = self
            .find_in(&segments, language)
            .unwrap_or_else(|| nothing(language));
        match found {
            // The default language has no prefix: its pages stand without.
            Found::Document(route) if prefix == Some(default) => Found::Moved(route),
            found => found,
        }
    }

    fn find_in(&self, segments: &[&str], language: Language) -> Option<Found> {
        let found = match *segments {
            [] => Found::Moved(Route::Landing(language)),
            [""] => Found::Document(Route::Landing(language)),
            ["calendar.ics"] => Found::FeedByQuery(Format::Ics, language),
            ["calendar.json"] => Found::FeedByQuery(Format::Json, language),
            ["calendar.atom"] => Found::FeedByQuery(Format::Atom, language),
            ["calendar.csv"] => Found::FeedByQuery(Format::Csv, language),
            ["calendars", name] => {
                let (asked, extension) = name.rsplit_once('.')?;
                let format = Format::ALL
                    .into_iter()
                    .find(|it| it.extension() == extension)?;
                self.select(asked, language, |selection| {
                    Found::Document(Route::Feed(selection, format, language))
                })
            }
            ["qr", name] => {
                let asked = name.strip_suffix(".svg")?;
                self.select(asked, language, |selection| {
                    Found::Document(Route::QrCode(selection))
                })
            }
            ["sessions", name] if name.contains('.') => {
                let published = self.publication.session(name.strip_suffix(".ics")?)?;
                Found::Document(Route::SessionFile(published.session.id.clone(), language))
            }
            ["sessions", id, ..] => {
                let published = self.publication.session(id)?;
                let route = Route::Session(published.session.id.clone(), language);
                slashed(route, &segments[2..])?
            }
            ["places"] => Found::Moved(Route::Places(language)),
            ["places", ""] => Found::Document(Route::Places(language)),
            ["places", id, ..] => {
                let venue = self.publication.venue(id)?;
                slashed(Route::Place(venue.id.clone(), language), &segments[2..])?
            }
            ["districts"] | ["districts", ""] => Found::PageByQuery(language),
            ["districts", asked, ..] => self.select_page(
                asked,
                &segments[2..],
                language,
                |selection| match selection {
                    Selection::All => Route::Landing(language),
                    selection @ Selection::Districts(_) => Route::District(selection, language),
                },
            )?,
            ["embed"] => Found::Moved(Route::Embedding(language)),
            ["embed", ""] => Found::Document(Route::Embedding(language)),
            ["embed", asked, ..] => {
                self.select_page(asked, &segments[2..], language, |selection| {
                    Route::Widget(selection, language)
                })?
            }
            ["poster", asked, ..] => {
                self.select_page(asked, &segments[2..], language, |selection| {
                    Route::Poster(selection, language)
                })?
            }
            _ => return None,
        };
        Some(found)
    }

    fn select(
        &self,
        asked: &str,
        language: Language,
        found: impl FnOnce(Selection) -> Found,
    ) -> Found {
        match self.directory.select(asked) {
            Ok(selection) => found(selection),
            Err(unknown) => Found::Missing(Missing {
                language,
                district: Some(unknown),
            }),
        }
    }

    /// A page of a selection stands at one spelling; the others lead there.
    fn select_page(
        &self,
        asked: &str,
        after: &[&str],
        language: Language,
        route: impl FnOnce(Selection) -> Route,
    ) -> Option<Found> {
        let canonical = |selection: &Selection| selection.to_string() == asked;
        match self.directory.select(asked) {
            Ok(selection) => {
                let spelt_right = canonical(&selection);
                let route = route(selection);
                let found = slashed(route.clone(), after)?;
                let stands_elsewhere = !spelt_right || matches!(route, Route::Landing(_));
                Some(if stands_elsewhere {
                    Found::Moved(route)
                } else {
                    found
                })
            }
            Err(unknown) => Some(Found::Missing(Missing {
                language,
                district: Some(unknown),
            })),
        }
    }
}

/// A page's path ends with a slash; without it, it leads there; with more, it
/// leads nowhere.
fn slashed(route: Route, after: &[&str]) -> Option<Found> {
    match after {
        [""] => Some(Found::Document(route)),
        [] => Some(Found::Moved(route)),
        _ => None,
    }
}
