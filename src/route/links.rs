//! A [`Route`] -> its link: a path, or a whole address below the public URL.

use std::fmt::Write as _;
use std::sync::Arc;

use url::Url;

use super::{Format, Route, Selection};
use crate::schedule::{District, Id};
use crate::texts::Language;

/// Where the service is reached from outside: the one source of absolute
/// links. An `http` or `https` address whose path, if it has one, does not end
/// with a slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(Arc<Url>);

/// Why a text is no public URL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a public address: write it as http://host or https://host, with an optional \
     port and path, in ASCII and without a query, such as https://calendar.example.org"
)]
pub struct NotPublicUrl(String);

impl std::str::FromStr for PublicUrl {
    type Err = NotPublicUrl;

    fn from_str(text: &str) -> Result<PublicUrl, NotPublicUrl> {
        let refused = || NotPublicUrl(text.to_owned());
        let trimmed = text.trim().trim_end_matches('/');
        // A browser would mend these; whoever writes them means something else.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%:[]".contains(&byte);
        let (_, rest) = trimmed.split_once("://").ok_or_else(refused)?;
        let has_odd_part =
            !trimmed.bytes().all(plain) || rest.starts_with('/') || rest.contains("//");
        let url = Url::parse(trimmed).map_err(|_| refused())?;
        if has_odd_part || !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(refused());
        }
        Ok(PublicUrl(Arc::new(url)))
    }
}

impl PublicUrl {
    /// The address without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// The path under which everything lies, empty or `/…` without a slash at
    /// its end.
    pub fn path(&self) -> &str {
        self.0.path().trim_end_matches('/')
    }

    /// The path of `address` below this one, from its slash on; `None` for
    /// an address of another host or port, or outside the path. `http` and
    /// `https` are the same service.
    pub fn path_below<'a>(&self, address: &'a Url) -> Option<&'a str> {
        let is_ours = matches!(address.scheme(), "http" | "https")
            && address.host() == self.0.host()
            && address.port() == self.0.port()
            && address.username().is_empty()
            && address.password().is_none();
        let path = address.path().strip_prefix(self.path())?;
        (is_ours && path.starts_with('/')).then_some(path)
    }
}

/// The most characters of a feed's address, scheme included: of a longer one
/// Google shows nothing, without a word.
pub const LONGEST_FEED: usize = 256;

/// The shortest spelling of a district that needs no encoding: mostly its
/// number.
fn shortest(district: &District) -> &str {
    let number = district.number.as_deref();
    std::iter::once(district.id.as_str())
        .chain(district.aliases.iter().map(Id::as_str))
        .chain(number.filter(|it| it.bytes().all(|byte| byte.is_ascii_alphanumeric())))
        .min_by_key(|spelling| spelling.len())
        .unwrap_or(district.id.as_str())
}

/// Writes links: knows the public URL and which language has no prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    public_url: PublicUrl,
    default: Language,
    hub: Option<url::Url>,
}

impl Links {
    /// Links below `public_url`; `default` is the language without a prefix.
    pub fn new(public_url: PublicUrl, default: Language) -> Links {
        Links {
            public_url,
            default,
            hub: None,
        }
    }

    /// The same, with the WebSub hub that Atom feeds name. What is published
    /// is compared without it: that a hub is asked for is no change to anybody.
    #[must_use]
    pub fn with_hub(self, hub: Option<url::Url>) -> Links {
        Links { hub, ..self }
    }

    /// The WebSub hub of a selection's Atom feed. It is told of the feeds of all
    /// and of each district; those of several are too many, so they name none.
    pub fn hub_of(&self, selection: &Selection) -> Option<&url::Url> {
        let is_told = match selection {
            Selection::All => true,
            Selection::Districts(districts) => districts.len() == 1,
        };
        self.hub.as_ref().filter(|_| is_told)
    }

    /// Where the service is reached from outside.
    pub fn public_url(&self) -> &PublicUrl {
        &self.public_url
    }

    /// The language whose addresses have no prefix.
    pub fn default_language(&self) -> Language {
        self.default
    }

    /// The whole address, for feeds, posters and other sites.
    pub fn absolute(&self, route: &Route) -> String {
        let mut link = self.public_url.as_str().to_owned();
        self.push_path(&mut link, route);
        link
    }

    /// The address from the host's root, for links between pages.
    pub fn relative(&self, route: &Route) -> String {
        let mut link = self.public_url.path().to_owned();
        self.push_path(&mut link, route);
        link
    }

    /// The path as the server sees it, and as `export` names its file.
    pub fn path(&self, route: &Route) -> String {
        let mut path = String::new();
        self.push_path(&mut path, route);
        path
    }

    /// The path at which a query names a feed's districts: `/calendar.ics`.
    pub fn feed_by_query(&self, format: Format, language: Language) -> String {
        let landing = self.path(&Route::Landing(language));
        format!("{landing}calendar.{}", format.extension())
    }

    /// Where the form goes by which a reader chooses districts, from the
    /// host's root: `/districts/`, asked with `?district=a&district=b`.
    pub fn choice(&self, language: Language) -> String {
        format!("{}districts/", self.relative(&Route::Landing(language)))
    }

    /// The address of a calendar to hand to a person: the whole cycle's where
    /// every one of `districts` is chosen, and with their shortest spellings
    /// where the ids make it longer than [`LONGEST_FEED`].
    pub fn feed_to_offer(
        &self,
        selection: &Selection,
        districts: &[Arc<District>],
        language: Language,
    ) -> String {
        let chosen = selection.ids();
        let selection = if chosen.len() > 1 && chosen.len() == districts.len() {
            &Selection::All
        } else {
            selection
        };
        let address = self.absolute(&Route::Feed(selection.clone(), Format::Ics, language));
        if address.len() <= LONGEST_FEED {
            return address;
        }
        let spelt: Vec<&str> = districts
            .iter()
            .filter(|district| chosen.contains(&district.id))
            .map(|district| shortest(district))
            .collect();
        let folder = address.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{}.ics", spelt.join(","))
    }

    /// The whole address of oEmbed's answer for a page; `format` is `json`
    /// or `xml`.
    pub fn oembed(&self, page: &Route, format: &str) -> String {
        let page = self.absolute(page);
        let page = percent_encoding::utf8_percent_encode(&page, percent_encoding::NON_ALPHANUMERIC);
        format!(
            "{}/oembed?url={page}&format={format}",
            self.public_url.as_str()
        )
    }

    fn push_path(&self, out: &mut String, route: &Route) {
        let mut prefixed = |language: Language, rest: std::fmt::Arguments<'_>| {
            if language != self.default {
                out.push('/');
                out.push_str(language.code());
            }
            // Writing to a String cannot fail.
            let _ = out.write_fmt(rest);
        };
        match route {
            Route::Feed(selection, format, language) => {
                prefixed(
                    *language,
                    format_args!("/calendars/{selection}.{}", format.extension()),
                );
            }
            Route::SessionFile(id, language) => {
                prefixed(*language, format_args!("/sessions/{id}.ics"));
            }
            Route::Landing(language) => prefixed(*language, format_args!("/")),
            Route::District(selection, language) => {
                prefixed(*language, format_args!("/districts/{selection}/"));
            }
            Route::Session(id, language) => prefixed(*language, format_args!("/sessions/{id}/")),
            Route::Places(language) => prefixed(*language, format_args!("/places/")),
            Route::Place(id, language) => prefixed(*language, format_args!("/places/{id}/")),
            Route::Organisations(Selection::All, language) => {
                prefixed(*language, format_args!("/organisations/"));
            }
            Route::Organisations(selection, language) => {
                prefixed(*language, format_args!("/organisations/{selection}/"));
            }
            Route::Widget(selection, language) => {
                prefixed(*language, format_args!("/embed/{selection}/"));
            }
            Route::Poster(selection, language) => {
                prefixed(*language, format_args!("/poster/{selection}/"));
            }
            Route::SessionPoster(id, language) => {
                prefixed(*language, format_args!("/posters/{id}/"));
            }
            Route::QrCode(selection, drawing) => prefixed(
                self.default,
                format_args!("/qr/{selection}.{}", drawing.extension()),
            ),
            Route::Picture(id, shape, language) => prefixed(
                *language,
                format_args!("/pictures/{id}{}.png", shape.suffix()),
            ),
            Route::SharePicture(language) => prefixed(*language, format_args!("/share.png")),
            Route::Accessibility(language) => {
                prefixed(*language, format_args!("/accessibility/"));
            }
            Route::File(file) => prefixed(self.default, format_args!("{}", file.path())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Text;

    fn public_url(text: &str) -> Option<PublicUrl> {
        text.parse().ok()
    }

    #[test]
    fn a_public_url_is_an_address_without_its_last_slash() {
        for (text, whole, path) in [
            ("https://example.org", "https://example.org", ""),
            (" https://example.org/ ", "https://example.org", ""),
            ("HTTPS://Example.ORG:8443", "https://example.org:8443", ""),
            ("https://example.org/m/", "https://example.org/m", "/m"),
            ("http://[2001:db8::1]:80/", "http://[2001:db8::1]", ""),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", ""),
        ] {
            let url = public_url(text).expect(text);
            assert_eq!((url.as_str(), url.path()), (whole, path), "{text}");
        }
        for text in [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https://example.org/?q",
            "https://example.org/#f",
            "https://user@example.org",
            "https://żółw.pl",
            "https://example.org//m",
            "https:example.org",
            "https:///m",
            "https://a b/",
        ] {
            assert_eq!(public_url(text), None, "{text}");
        }
    }

    #[test]
    fn the_calendar_that_is_offered_has_the_shortest_address() {
        let districts: Vec<Arc<District>> = (1..=18)
            .map(|number| {
                Arc::new(District {
                    id: Id::new(&format!("a-district-of-a-long-name-{number}")).unwrap(),
                    number: Some(number.to_string()),
                    name: Text::same("District"),
                    aliases: Vec::new(),
                })
            })
            .collect();
        let links = Links::new(public_url("https://example.org").unwrap(), Language::Polish);
        let offered = |chosen: usize| {
            let ids: Vec<Id> = districts[..chosen].iter().map(|it| it.id.clone()).collect();
            let selection = Selection::Districts(Arc::from(ids));
            links.feed_to_offer(&selection, &districts, Language::Polish)
        };
        let all = "https://example.org/calendars/all.ics";
        let ids = "a-district-of-a-long-name-1,a-district-of-a-long-name-2";
        let numbers = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17";
        let offer = links.feed_to_offer(&Selection::All, &districts, Language::Polish);
        assert_eq!(offer, all);
        assert_eq!(offered(18), all);
        assert_eq!(
            offered(2),
            format!("https://example.org/calendars/{ids}.ics")
        );
        assert_eq!(
            offered(17),
            format!("https://example.org/calendars/{numbers}.ics")
        );
    }

    #[test]
    fn an_address_is_ours_by_its_host_and_path_and_by_nothing_less() {
        let root = public_url("https://example.org").unwrap();
        let below = public_url("https://example.org:8443/m").unwrap();
        for (public, address, path) in [
            (&root, "https://example.org", Some("/")),
            (&root, "HTTP://EXAMPLE.ORG/a?b#c", Some("/a")),
            (&root, "https://example.org:443/a", Some("/a")),
            (&root, "https://example.org:8443/", None),
            (&root, "https://example.org.evil.com/", None),
            (&root, "https://example.org@evil.com/", None),
            (&root, "https://evil.com/example.org/", None),
            (&root, "https://user@example.org/", None),
            (&root, "ftp://example.org/", None),
            (&below, "https://example.org:8443/m/a", Some("/a")),
            (&below, "https://example.org:8443/more", None),
            (&below, "https://example.org:8443/", None),
        ] {
            let address = Url::parse(address).unwrap();
            assert_eq!(public.path_below(&address), path, "{address}");
        }
    }
}
