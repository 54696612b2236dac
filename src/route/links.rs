//! A [`Route`] -> its link: a path, or a whole address below the public URL.

use std::fmt::Write as _;
use std::sync::Arc;

use super::Route;
use crate::texts::Language;

/// Where the service is reached from outside: the one source of absolute
/// links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// `https://calendar.example.org/meetings`, without a slash at its end.
    whole: Arc<str>,
    /// Where the path begins in `whole`.
    path_start: usize,
}

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
        let uri: hyper::Uri = trimmed.parse().map_err(|_| refused())?;
        let authority = uri.authority().ok_or_else(refused)?;
        let plain = |byte: u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b'%')
        };
        let scheme_is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        let host_is_plain = authority
            .as_str()
            .bytes()
            .all(|byte| plain(byte) || b":[]".contains(&byte))
            && !authority.host().is_empty();
        let path_is_plain = uri.path().bytes().all(plain) && !uri.path().contains("//");
        if !scheme_is_web || !host_is_plain || !path_is_plain || uri.query().is_some() {
            return Err(refused());
        }
        let path = if uri.path() == "/" { "" } else { uri.path() };
        let whole = format!("{}://{authority}{path}", uri.scheme_str().unwrap_or("http"));
        Ok(PublicUrl {
            path_start: whole.len() - path.len(),
            whole: Arc::from(whole),
        })
    }
}

impl PublicUrl {
    /// The address without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// The path under which everything lies, empty or `/…` without a slash at
    /// its end.
    pub fn path(&self) -> &str {
        &self.whole[self.path_start..]
    }
}

/// Writes links: knows the public URL and which language has no prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    public_url: PublicUrl,
    default: Language,
}

impl Links {
    /// Links below `public_url`; `default` is the language without a prefix.
    pub fn new(public_url: PublicUrl, default: Language) -> Links {
        Links {
            public_url,
            default,
        }
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

    /// Where the form goes by which a reader chooses districts, from the
    /// host's root: `/districts/`, asked with `?district=a&district=b`.
    pub fn choice(&self, language: Language) -> String {
        format!("{}districts/", self.relative(&Route::Landing(language)))
    }

    /// The whole address of oEmbed's answer for a page; `format` is `json`
    /// or `xml`.
    pub fn oembed(&self, page: &Route, format: &str) -> String {
        let page = self.absolute(page);
        let page = percent_encoding::utf8_percent_encode(&page, percent_encoding::NON_ALPHANUMERIC);
        format!(
            "{}/oembed?url={page}&format={format}",
            self.public_url.whole
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
            Route::Embedding(language) => prefixed(*language, format_args!("/embed/")),
            Route::Widget(selection, language) => {
                prefixed(*language, format_args!("/embed/{selection}/"));
            }
            Route::Poster(selection, language) => {
                prefixed(*language, format_args!("/poster/{selection}/"));
            }
            Route::QrCode(selection) => {
                prefixed(self.default, format_args!("/qr/{selection}.svg"));
            }
            Route::File(file) => prefixed(self.default, format_args!("{}", file.path())),
        }
    }
}
