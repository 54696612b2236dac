//! Every path that exists, made in one place: for the site that answers it
//! and for every page, feed and poster that links to it.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::language::Language;
use crate::schedule::Id;
use crate::selection::Selection;

/// What stands at a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Address {
    /// `/calendars/{sel}.ics`, `.json`, `.atom` and `.csv`.
    Feed(Selection, Format, Language),
    /// `/sessions/{id}.ics`: one event to import.
    SessionFile(Id, Language),
    /// `/`.
    Landing(Language),
    /// `/districts/{sel}/`: one district, or several.
    District(Selection, Language),
    /// `/sessions/{id}/`.
    Session(Id, Language),
    /// `/places/`: the third places met so far.
    Places(Language),
    /// `/places/{id}/`.
    Place(Id, Language),
    /// `/embed/`: where an organisation finds its line to paste.
    Embedding(Language),
    /// `/embed/{sel}/`: the widget for an iframe.
    Widget(Selection, Language),
    /// `/poster/{sel}/`: a notice to print on A4.
    Poster(Selection, Language),
    /// `/qr/{sel}.svg`: the poster's QR code.
    QrCode(Selection),
    /// A file of one name, in no language.
    File(File),
}

impl Address {
    /// The language of what stands there; files and QR codes are in none.
    pub fn language(&self) -> Option<Language> {
        match self {
            Address::Feed(_, _, language)
            | Address::SessionFile(_, language)
            | Address::Landing(language)
            | Address::District(_, language)
            | Address::Session(_, language)
            | Address::Places(language)
            | Address::Place(_, language)
            | Address::Embedding(language)
            | Address::Widget(_, language)
            | Address::Poster(_, language) => Some(*language),
            Address::QrCode(_) | Address::File(_) => None,
        }
    }

    /// What stands for the same in another language; files and QR codes are
    /// in none.
    #[must_use]
    pub fn in_language(&self, language: Language) -> Address {
        let mut address = self.clone();
        match &mut address {
            Address::Feed(_, _, own)
            | Address::SessionFile(_, own)
            | Address::Landing(own)
            | Address::District(_, own)
            | Address::Session(_, own)
            | Address::Places(own)
            | Address::Place(_, own)
            | Address::Embedding(own)
            | Address::Widget(_, own)
            | Address::Poster(_, own) => *own = language,
            Address::QrCode(_) | Address::File(_) => {}
        }
        address
    }
}

/// The formats of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// iCalendar, to subscribe to.
    Ics,
    /// JSON, for programs.
    Json,
    /// Atom: what changed.
    Atom,
    /// CSV, for a spreadsheet.
    Csv,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 4] = [Format::Ics, Format::Json, Format::Atom, Format::Csv];

    /// The ending of a path, without its dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Format::Ics => "ics",
            Format::Json => "json",
            Format::Atom => "atom",
            Format::Csv => "csv",
        }
    }
}

/// The files of one fixed path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum File {
    /// The web component.
    WidgetScript,
    /// The pages' style sheet.
    StyleSheet,
    /// The pages' little script.
    PageScript,
    /// Who may visit what.
    Robots,
    /// Every page, for search engines.
    Sitemap,
    /// The icon in the browser's tab.
    Favicon,
    /// The picture that a shared link shows.
    SharePicture,
    /// JSON Schema of the schedule.
    ScheduleSchema,
    /// JSON Schema of `/calendars/….json`.
    CalendarSchema,
}

impl File {
    /// Every file.
    pub const ALL: [File; 9] = [
        File::WidgetScript,
        File::StyleSheet,
        File::PageScript,
        File::Robots,
        File::Sitemap,
        File::Favicon,
        File::SharePicture,
        File::ScheduleSchema,
        File::CalendarSchema,
    ];

    /// The file's path.
    pub const fn path(self) -> &'static str {
        match self {
            File::WidgetScript => "/embed.js",
            File::StyleSheet => "/style.css",
            File::PageScript => "/page.js",
            File::Robots => "/robots.txt",
            File::Sitemap => "/sitemap.xml",
            File::Favicon => "/favicon.svg",
            File::SharePicture => "/share.png",
            File::ScheduleSchema => "/schedule.schema.json",
            File::CalendarSchema => "/calendar.schema.json",
        }
    }
}

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
    pub fn absolute(&self, address: &Address) -> String {
        let mut link = self.public_url.as_str().to_owned();
        self.push_path(&mut link, address);
        link
    }

    /// The address from the host's root, for links between pages.
    pub fn relative(&self, address: &Address) -> String {
        let mut link = self.public_url.path().to_owned();
        self.push_path(&mut link, address);
        link
    }

    /// The path as the server sees it, and as `export` names its file.
    pub fn path(&self, address: &Address) -> String {
        let mut path = String::new();
        self.push_path(&mut path, address);
        path
    }

    /// Where the form goes by which a reader chooses districts, from the
    /// host's root: `/districts/`, asked with `?district=a&district=b`.
    pub fn choice(&self, language: Language) -> String {
        format!("{}districts/", self.relative(&Address::Landing(language)))
    }

    /// The whole address of oEmbed's answer for a page; `format` is `json`
    /// or `xml`.
    pub fn oembed(&self, page: &Address, format: &str) -> String {
        let page = self.absolute(page);
        let page = percent_encoding::utf8_percent_encode(&page, percent_encoding::NON_ALPHANUMERIC);
        format!(
            "{}/oembed?url={page}&format={format}",
            self.public_url.whole
        )
    }

    fn push_path(&self, out: &mut String, address: &Address) {
        let mut prefixed = |language: Language, rest: std::fmt::Arguments<'_>| {
            if language != self.default {
                out.push('/');
                out.push_str(language.code());
            }
            // Writing to a String cannot fail.
            let _ = out.write_fmt(rest);
        };
        match address {
            Address::Feed(selection, format, language) => {
                prefixed(
                    *language,
                    format_args!("/calendars/{selection}.{}", format.extension()),
                );
            }
            Address::SessionFile(id, language) => {
                prefixed(*language, format_args!("/sessions/{id}.ics"));
            }
            Address::Landing(language) => prefixed(*language, format_args!("/")),
            Address::District(selection, language) => {
                prefixed(*language, format_args!("/districts/{selection}/"));
            }
            Address::Session(id, language) => prefixed(*language, format_args!("/sessions/{id}/")),
            Address::Places(language) => prefixed(*language, format_args!("/places/")),
            Address::Place(id, language) => prefixed(*language, format_args!("/places/{id}/")),
            Address::Embedding(language) => prefixed(*language, format_args!("/embed/")),
            Address::Widget(selection, language) => {
                prefixed(*language, format_args!("/embed/{selection}/"));
            }
            Address::Poster(selection, language) => {
                prefixed(*language, format_args!("/poster/{selection}/"));
            }
            Address::QrCode(selection) => {
                prefixed(self.default, format_args!("/qr/{selection}.svg"));
            }
            Address::File(file) => prefixed(self.default, format_args!("{}", file.path())),
        }
    }
}
