//! A path and query as somebody spelt them -> what of ours they mean.
//!
//! Mail programs, editors and calendar programs leave a slash, a full stop or
//! `&data=…` after an address, double its slashes, cut its ending off, encode
//! it twice. What can only mean one of ours leads to it; what cannot leads
//! nowhere, and never to another selection.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::query::{self, Refused};
use super::{Directory, Drawing, File, Format, Links, Route, Selection, Shape, UnknownDistrict};
use crate::schedule::Id;
use crate::texts::Language;

/// What a path and query mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A route at its own path; a feed also with its districts in another
    /// order or spelling.
    Document(Route),
    /// A route that the query names, as `/calendar.ics?district=…` does.
    ByQuery(Route),
    /// A route that stands at another path for ever.
    Moved(Route),
    /// The page of the districts that a reader has just chosen in a form.
    Chosen(Route),
    /// Nothing.
    Missing(Missing),
}

/// That nothing stands at an address, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The language of the path.
    pub language: Language,
    /// Why.
    pub why: Why,
}

/// Why nothing stands at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// No such page.
    Page,
    /// It names a district that does not exist.
    District(UnknownDistrict),
    /// The query has this parameter, which seems to name districts and is
    /// not understood. Shortened to 100 characters.
    Parameter(String),
}

/// What a path means before its query is read.
enum Meaning {
    Route(Route),
    /// `/calendar.ics` and the like.
    FeedByQuery(Format, Language),
    /// `/districts/`.
    PageByQuery(Language),
    /// `/organisations/`, and `/embed/`, which leads there.
    OrganisationsByQuery(Language),
}

impl Found {
    /// What `path` and `query`, percent-encoded, mean. Whether a session or a
    /// place of that id exists is not asked here.
    pub fn parse(path: &str, query: &str, links: &Links, directory: &Directory) -> Found {
        let Some(written) = decoded(path) else {
            return Found::Missing(Missing {
                language: links.default_language(),
                why: Why::Page,
            });
        };
        let read = |text: &str| read(text, links.default_language(), directory);
        let meaning = read(&written).or_else(|_| read(&cleaned(&written)));
        match meaning {
            Ok(Meaning::Route(route)) => {
                let is_exact = links.path(&route) == path
                    || is_spelling_of_feed(path, &route, links, directory);
                if is_exact {
                    Found::Document(route)
                } else {
                    Found::Moved(route)
                }
            }
            Ok(Meaning::FeedByQuery(format, language)) => {
                by_query(query, language, directory, |selection, is_exact| {
                    let route = Route::Feed(selection, format, language);
                    if is_exact && links.feed_by_query(format, language) == path {
                        Found::ByQuery(route)
                    } else {
                        Found::Moved(route)
                    }
                })
            }
            Ok(Meaning::PageByQuery(language)) => {
                by_query(query, language, directory, |selection, _| {
                    let selection = whole(selection, directory);
                    Found::Chosen(Route::page_of(&selection, language))
                })
            }
            Ok(Meaning::OrganisationsByQuery(language)) => {
                by_query(query, language, directory, |selection, _| {
                    let selection = whole(selection, directory);
                    let is_chosen = selection != Selection::All;
                    let route = Route::Organisations(selection, language);
                    if links.path(&route) == path {
                        Found::Document(route)
                    } else if is_chosen {
                        Found::Chosen(route)
                    } else {
                        Found::Moved(route)
                    }
                })
            }
            Err(missing) => Found::Missing(missing),
        }
    }
}

/// All districts, where they are chosen one by one: who comes later belongs
/// too.
fn whole(selection: Selection, directory: &Directory) -> Selection {
    if selection.ids().len() == directory.len() {
        Selection::All
    } else {
        selection
    }
}

fn by_query(
    query: &str,
    language: Language,
    directory: &Directory,
    found: impl FnOnce(Selection, bool) -> Found,
) -> Found {
    let why = match query::districts(query, directory) {
        Ok((selection, is_exact)) => return found(selection, is_exact),
        Err(Refused::Unknown(unknown)) => Why::District(unknown),
        Err(Refused::Parameter(name)) => Why::Parameter(name),
    };
    Found::Missing(Missing { language, why })
}

/// What the decoded path `text` means, its letter case, slashes and ending
/// aside.
fn read(text: &str, default: Language, directory: &Directory) -> Result<Meaning, Missing> {
    let mut segments: Vec<&str> = text.split('/').filter(|it| !it.is_empty()).collect();
    let prefix = segments
        .first()
        .and_then(|first| Language::from_code(&first.to_ascii_lowercase()));
    if prefix.is_some() {
        segments.remove(0);
    }
    let language = prefix.unwrap_or(default);
    let missing = |why| Missing { language, why };
    let select =
        |asked: &str| select(asked, directory).map_err(|unknown| missing(Why::District(unknown)));
    let id = |text: &str| Id::new(&text.to_ascii_lowercase()).ok_or(missing(Why::Page));

    let first = segments.first().map(|first| first.to_ascii_lowercase());
    let route = match (first.as_deref(), segments.get(1..).unwrap_or_default()) {
        (None, _) => Route::Landing(language),
        (Some("calendars"), [name]) => {
            let (asked, format) = split_extension(name, Format::ALL, Format::extension);
            let format = format.unwrap_or(Format::Ics);
            Route::Feed(select(asked)?, format, language)
        }
        (Some("sessions"), [name]) => match strip_extension(name, "ics") {
            Some(name) => Route::SessionFile(id(name)?, language),
            None => Route::Session(id(name)?, language),
        },
        (Some("districts"), []) => return Ok(Meaning::PageByQuery(language)),
        (Some("districts"), [asked]) => Route::page_of(&select(asked)?, language),
        (Some("places"), []) => Route::Places(language),
        (Some("places"), [name]) => Route::Place(id(name)?, language),
        (Some("organisations" | "embed"), []) => {
            return Ok(Meaning::OrganisationsByQuery(language));
        }
        (Some("organisations"), [asked]) => Route::Organisations(select(asked)?, language),
        (Some("embed"), [asked]) => Route::Widget(select(asked)?, language),
        (Some("poster"), [asked]) => Route::Poster(select(asked)?, language),
        (Some("posters"), [name]) => Route::SessionPoster(id(name)?, language),
        (Some("qr"), [name]) => {
            let (asked, drawing) = split_extension(name, Drawing::ALL, Drawing::extension);
            Route::QrCode(select(asked)?, drawing.unwrap_or(Drawing::Svg))
        }
        (Some("pictures"), [name]) => {
            let name = strip_extension(name, "png").unwrap_or(name);
            let square = Shape::Square.suffix();
            match name.len().checked_sub(square.len()) {
                Some(end)
                    if name.is_char_boundary(end) && name[end..].eq_ignore_ascii_case(square) =>
                {
                    Route::Picture(id(&name[..end])?, Shape::Square, language)
                }
                _ => Route::Picture(id(name)?, Shape::Wide, language),
            }
        }
        (Some("share.png"), []) => Route::SharePicture(language),
        (Some("accessibility"), []) => Route::Accessibility(language),
        (Some(name), []) => {
            let (stem, format) = split_extension(name, Format::ALL, Format::extension);
            if stem == "calendar" {
                let format = format.unwrap_or(Format::Ics);
                return Ok(Meaning::FeedByQuery(format, language));
            }
            let file = File::ALL.into_iter().find(|it| it.path()[1..] == *name);
            Route::File(file.ok_or(missing(Why::Page))?)
        }
        _ => return Err(missing(Why::Page)),
    };
    Ok(Meaning::Route(route))
}

/// The districts that `asked` lists; what is no word is passed over, such as a
/// comma too many.
pub(super) fn select(asked: &str, directory: &Directory) -> Result<Selection, UnknownDistrict> {
    directory.select(asked).or_else(|unknown| {
        let words: Vec<&str> = asked
            .split(',')
            .map(|word| word.trim_matches(is_leftover))
            .filter(|word| !word.is_empty())
            .collect();
        if words.is_empty() {
            return Err(unknown);
        }
        directory.select_each(words.into_iter())
    })
}

/// `name` without its extension, and which of `all` that was.
fn split_extension<T: Copy, const N: usize>(
    name: &str,
    all: [T; N],
    extension: impl Fn(T) -> &'static str,
) -> (&str, Option<T>) {
    all.into_iter()
        .find_map(|it| Some((strip_extension(name, extension(it))?, Some(it))))
        .unwrap_or((name, None))
}

/// `name` without `.extension`, in any letter case.
fn strip_extension<'n>(name: &'n str, extension: &str) -> Option<&'n str> {
    let (stem, found) = name.rsplit_once('.')?;
    found.eq_ignore_ascii_case(extension).then_some(stem)
}

/// Whether `path` is the feed `route`, its districts in another order or
/// spelling. A comma that is encoded though nothing else of the name needs to
/// be is a program's doing, and leads to the plain one.
fn is_spelling_of_feed(path: &str, route: &Route, links: &Links, directory: &Directory) -> bool {
    let Route::Feed(selection, format, _) = route else {
        return false;
    };
    let right = links.path(route);
    let asked = right
        .rsplit_once('/')
        .and_then(|(folder, _)| path.strip_prefix(folder)?.strip_prefix('/'))
        .and_then(|name| name.strip_suffix(format.extension())?.strip_suffix('.'));
    let Some((asked, words)) = asked.and_then(|asked| Some((asked, decoded(asked)?))) else {
        return false;
    };
    let is_plain = words
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b',' | b'-' | b'_' | b'.'));
    !(is_plain && asked.contains('%')) && directory.select(&words).as_ref() == Ok(selection)
}

fn decoded(text: &str) -> Option<Cow<'_, str>> {
    percent_decode_str(text).decode_utf8().ok()
}

/// The path without what programs leave in it: encoded twice, invisible
/// characters, a query or fragment that was encoded into it, and whatever
/// follows the last letter.
fn cleaned(written: &str) -> String {
    let text = decoded(written).unwrap_or(Cow::Borrowed(written));
    let path = text.split(['&', '?', '#']).next().unwrap_or_default();
    let visible: String = path.chars().filter(|it| !is_invisible(*it)).collect();
    visible.trim_end_matches(is_leftover).to_owned()
}

/// What stands in texts around an address and is no part of one.
fn is_leftover(character: char) -> bool {
    character.is_whitespace()
        || character.is_ascii_punctuation()
        || is_invisible(character)
        || matches!(
            character,
            '„' | '“' | '”' | '‘' | '’' | '«' | '»' | '‹' | '›' | '…' | '–' | '—'
        )
}

/// Characters without a shape: control characters, marks of width and
/// direction, soft hyphens, byte order marks.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::history::sample::{links, read as read_schedule};

    const YAML: &str = r#"
calendar: {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00, language: pl}
districts:
  - {id: nowa-huta, number: XVIII, name: Nowa Huta, aliases: [dzielnica-xviii]}
  - {id: bienczyce, number: XVI, name: Bieńczyce}
  - {id: centre, number: I, name: "Rock & Roll (centre)"}
venues: []
sessions: []
"#;

    /// What stands for `path?query`, as a line.
    fn found(address: &str) -> String {
        let schedule = read_schedule(YAML);
        let links = links(&schedule);
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let directory = Directory::new(schedule.districts());
        let at = |what: &str, route: &Route| format!("{what} {}", links.path(route));
        match Found::parse(path, query, &links, &directory) {
            Found::Document(route) => at("200", &route),
            Found::ByQuery(route) => at("query", &route),
            Found::Moved(route) => at("308", &route),
            Found::Chosen(route) => at("303", &route),
            Found::Missing(Missing { why, .. }) => match why {
                Why::Page => "404".to_owned(),
                Why::District(unknown) => format!("404 {}", unknown.asked),
                Why::Parameter(name) => format!("404 {name}="),
            },
        }
    }

    fn assert_found(cases: &[(&str, &str)]) {
        for (address, expected) in cases {
            assert_eq!(found(address), *expected, "{address}");
        }
    }

    #[test]
    fn one_set_of_districts_is_one_feed() {
        let both = "200 /calendars/bienczyce,nowa-huta.ics";
        for asked in [
            "bienczyce,nowa-huta",
            "nowa-huta,bienczyce",
            "nowa-huta,bienczyce,nowa-huta",
            "XVIII,xvi",
            "dzielnica-xviii,Bienczyce",
            "NOWA-HUTA,BIENCZYCE",
            "Nowa%20Huta,Bie%C5%84czyce",
            "nowa%20huta%2CBien%CC%81czyce",
        ] {
            assert_eq!(found(&format!("/calendars/{asked}.ics")), both, "{asked}");
        }
        let named = "/calendars/Rock%20%26%20Roll%20(centre).json";
        assert_eq!(found(named), "200 /calendars/centre.json");
        let page = "/districts/Rock%20%26%20Roll%20(centre)/";
        assert_eq!(found(page), "308 /districts/centre/");
    }

    #[test]
    fn what_can_only_mean_one_of_ours_leads_to_it() {
        let feed = "308 /calendars/nowa-huta.ics";
        for path in [
            "/calendars/nowa-huta.ics/",
            "/calendars/nowa-huta",
            "/calendars/nowa-huta/",
            "/calendars/nowa-huta.Ics",
            "/calendars/nowa-huta.ICS",
            "/Calendars/Nowa-Huta.ics",
            "//calendars/nowa-huta.ics",
            "/calendars//nowa-huta.ics",
            "/calendars/nowa-huta.ics.",
            "/calendars/nowa-huta.ics)",
            "/calendars/nowa-huta.ics%5D",
            "/calendars/nowa-huta.ics,",
            "/calendars/nowa-huta,.ics",
            "/calendars/,nowa-huta.ics",
            "/calendars/nowa-huta.ics%20",
            "/calendars/nowa-huta.ics%E2%80%8B",
            "/calendars/nowa-huta.ics%EF%BB%BF",
            "/calendars/nowa-huta.ics%E2%80%9D).",
            "/calendars/nowa-huta.ics&data=05%7C02%7C/abc==",
            "/calendars/nowa-huta.ics%26data=05",
            "/calendars/nowa-huta.ics%3Futm_source=x",
            "/calendars/nowa%2Dhuta.ics",
            "/pl/calendars/nowa-huta.ics",
            "/calendar?district=nowa-huta",
            "/calendar.ics/?district=nowa-huta",
            "/Calendar.ICS?district=nowa-huta",
            "/calendar.ics?district=nowa-huta.",
            "/calendar.ics?district=nowa-huta%E2%80%8B",
        ] {
            assert_eq!(found(path), feed, "{path}");
        }
        assert_found(&[
            (
                "/calendars/bienczyce%2Cnowa-huta.ics",
                "308 /calendars/bienczyce,nowa-huta.ics",
            ),
            (
                "/calendars/bienczyce%252Cnowa-huta.ics",
                "308 /calendars/bienczyce,nowa-huta.ics",
            ),
            (
                "/calendars/nowa-huta.atom.",
                "308 /calendars/nowa-huta.atom",
            ),
            ("/sessions/2027-03", "308 /sessions/2027-03/"),
            ("/sessions/2027-03.", "308 /sessions/2027-03/"),
            ("/sessions/2027-03.ICS.", "308 /sessions/2027-03.ics"),
            ("/EN/sessions/Abc/", "308 /en/sessions/abc/"),
            ("/en", "308 /en/"),
            ("/pl/", "308 /"),
            ("/)", "308 /"),
            ("/places", "308 /places/"),
            ("/districts/all/", "308 /"),
            ("/districts/XVIII", "308 /districts/nowa-huta/"),
            ("/uk/embed/Nowa%20Huta", "308 /uk/embed/nowa-huta/"),
            ("/embed/", "308 /organisations/"),
            ("/en/embed", "308 /en/organisations/"),
            ("/organisations", "308 /organisations/"),
            ("/organisations/all/", "308 /organisations/"),
            ("/organisations/XVIII", "308 /organisations/nowa-huta/"),
            ("/qr/XVIII.svg", "308 /qr/nowa-huta.svg"),
            ("/en/qr/all.png", "308 /qr/all.png"),
            ("/pictures/A-square.PNG", "308 /pictures/a-square.png"),
            ("/robots.txt/", "308 /robots.txt"),
            ("/en/embed.js", "308 /embed.js"),
        ]);
    }

    #[test]
    fn what_is_none_of_ours_leads_nowhere() {
        assert_found(&[
            ("/nothing", "404"),
            ("/%ff", "404"),
            ("/en/nothing", "404"),
            ("/calendars", "404"),
            ("/calendars/.ics", "404 "),
            ("/calendars/,.ics", "404 "),
            ("/calendars/all.xyz", "404 all.xyz"),
            ("/calendars/nowa-hutta.ics", "404 nowa-hutta"),
            ("/calendars/nowa-huta,nowa-hutta.ics", "404 nowa-hutta"),
            ("/calendars/nowa-huta/more.ics", "404"),
            ("/places/cafe/more/", "404"),
            ("/sessions/a.b/", "404"),
            ("/wp-login.php", "404"),
            ("/../../etc/passwd", "404"),
        ]);
    }

    #[test]
    fn a_query_names_districts_in_every_usual_way() {
        let both = "query /calendars/bienczyce,nowa-huta.ics";
        for query in [
            "district=nowa-huta&district=bienczyce",
            "district=nowa-huta&amp;district=bienczyce",
            "district=nowa-huta&amp;amp;district=bienczyce",
            "district=nowa-huta,bienczyce",
            "district=nowa-huta%2Cbienczyce",
            "district[]=nowa-huta&district[]=bienczyce",
            "district%5B%5D=nowa-huta&district%5B1%5D=XVI",
            "districts=nowa-huta,bienczyce",
            "District=nowa-huta&DISTRICTS=bienczyce&district=",
            "district=Nowa+Huta&utm_source=bienczyce&fbclid=x&district=Bie%C5%84czyce",
            "utm_district=centre&district=nowa-huta,bienczyce",
        ] {
            assert_eq!(found(&format!("/calendar.ics?{query}")), both, "{query}");
        }
        assert_found(&[
            ("/calendar.ics", "query /calendars/all.ics"),
            ("/calendar.csv?fbclid=district", "query /calendars/all.csv"),
            ("/calendar.ics?district=", "query /calendars/all.ics"),
            (
                "/en/calendar.json?district=all",
                "query /en/calendars/all.json",
            ),
            ("/calendar.ics?district=nowa-hutta", "404 nowa-hutta"),
            ("/calendar.ics?district=,", "404 "),
            (
                "/calendar.ics?district=nowa-huta;bienczyce",
                "404 nowa-huta;bienczyce",
            ),
            ("/calendar.ics?district[=nowa-huta", "404 district[="),
            ("/calendar.ics?distict=nowa-huta", "404 distict="),
            ("/calendar.ics?dzielnica=nowa-huta", "404 dzielnica="),
            (
                "/calendar.ics?district:nowa-huta",
                "404 district:nowa-huta=",
            ),
            ("/calendar.ics?nowa-huta", "404 nowa-huta="),
        ]);
    }

    #[test]
    fn a_form_leads_to_the_page_of_what_it_chose() {
        assert_found(&[
            ("/districts/", "303 /"),
            ("/districts", "303 /"),
            ("/districts/?district=all", "303 /"),
            (
                "/en/districts/?district=XVIII&district=XVI",
                "303 /en/districts/bienczyce,nowa-huta/",
            ),
            (
                "/districts/?district=I&district=XVIII&district=XVI",
                "303 /",
            ),
            ("/districts/?district=nowhere", "404 nowhere"),
            ("/organisations/?utm_source=x", "200 /organisations/"),
            (
                "/uk/organisations/?district=XVIII&district=XVI",
                "303 /uk/organisations/bienczyce,nowa-huta/",
            ),
            (
                "/organisations/?district=I&district=XVIII&district=XVI",
                "200 /organisations/",
            ),
            ("/embed/?district=XVI", "303 /organisations/bienczyce/"),
            ("/organisations/?district=nowhere", "404 nowhere"),
        ]);
    }

    #[test]
    fn every_route_is_found_at_its_own_path() {
        let schedule = read_schedule(YAML);
        let links = links(&schedule);
        let directory = Directory::new(schedule.districts());
        let id = Id::new("2027-03").unwrap();
        let several = directory.select("centre,nowa-huta").unwrap();
        let mut routes: Vec<Route> = File::ALL.into_iter().map(Route::File).collect();
        for selection in [
            Selection::All,
            Selection::one(&Id::new("bienczyce").unwrap()),
            several,
        ] {
            routes.extend(Drawing::ALL.map(|it| Route::QrCode(selection.clone(), it)));
            for language in Language::ALL {
                routes.extend(Format::ALL.map(|it| Route::Feed(selection.clone(), it, language)));
                routes.extend([
                    Route::page_of(&selection, language),
                    Route::Widget(selection.clone(), language),
                    Route::Poster(selection.clone(), language),
                    Route::Organisations(selection.clone(), language),
                ]);
            }
        }
        for language in Language::ALL {
            routes.extend(Shape::ALL.map(|it| Route::Picture(id.clone(), it, language)));
            routes.extend([
                Route::Session(id.clone(), language),
                Route::SessionFile(id.clone(), language),
                Route::SessionPoster(id.clone(), language),
                Route::Place(id.clone(), language),
                Route::Places(language),
                Route::SharePicture(language),
                Route::Accessibility(language),
            ]);
        }
        for route in routes {
            let path = links.path(&route);
            let found = Found::parse(&path, "", &links, &directory);
            assert_eq!(found, Found::Document(route), "{path}");
        }
    }

    proptest! {
        /// Whatever is asked for: what is found stands at its own path, and
        /// what mail programs leave after that path leads back to it.
        #[test]
        fn what_is_found_is_found_again(
            path in "/(en/|uk/)?(calendars|districts|sessions|embed|poster|pictures|qr)?/?\\PC{0,12}(nowa-huta|all|XVIII)?\\PC{0,4}",
            query in "\\PC{0,20}",
            after in "(\\.|\\)|/|,|%20|%E2%80%8B|&data=05%7C.{0,5})",
        ) {
            let schedule = read_schedule(YAML);
            let links = links(&schedule);
            let directory = Directory::new(schedule.districts());
            let parse = |path: &str| Found::parse(path, &query, &links, &directory);
            let (Found::Document(route) | Found::ByQuery(route) | Found::Moved(route) | Found::Chosen(route)) =
                parse(&path)
            else {
                return Ok(());
            };
            let right = links.path(&route);
            prop_assert_eq!(parse(&right), Found::Document(route.clone()), "{}", path);
            if right != "/" {
                let found = parse(&format!("{right}{after}"));
                let exact = found == Found::Document(route.clone());
                prop_assert!(exact || found == Found::Moved(route), "{}{}: {:?}", right, after, found);
            }
        }
    }
}
