//! The front page and the declaration of accessibility -> what a Polish public
//! body still owes (act of 4 April 2019; elements as the ministry's technical
//! conditions name them).

use chrono::NaiveDate;

use super::answer::Answer;
use super::finding::{Finding, Severity, fault, finding, ok};

/// What inspectors look for by id.
const ELEMENTS: [&str; 14] = [
    "a11y-wstep",
    "a11y-podmiot",
    "a11y-url",
    "a11y-data-publikacja",
    "a11y-data-aktualizacja",
    "a11y-status",
    "a11y-data-sporzadzenie",
    "a11y-kontakt",
    "a11y-osoba",
    "a11y-email",
    "a11y-telefon",
    "a11y-procedura",
    "a11y-architektura",
    "a11y-aplikacje",
];

/// How a link to a declaration is known, in its address or its words.
const SIGNS: [&str; 4] = ["accessib", "dostepno", "dostępno", "доступн"];

/// Where the foot of a page links to a declaration, as its `href` says.
pub(super) fn link(page: &Answer) -> Option<String> {
    let html = String::from_utf8_lossy(&page.body);
    let foot = &html[html.rfind("<footer")?..];
    foot.split("<a ").skip(1).find_map(|link| {
        let link = link.split("</a").next()?;
        let (tag, _) = link.split_once('>')?;
        let words = link.to_lowercase();
        let is_declaration = SIGNS.iter().any(|sign| words.contains(sign));
        let href = attribute(tag, "href").filter(|_| is_declaration)?;
        Some(href.replace("&amp;", "&"))
    })
}

/// The foot links to no declaration; `unlinked` is what stands where the
/// program would put one.
pub(super) fn no_link(unlinked: &Answer) -> Finding {
    if unlinked.status == 200 {
        return fault(
            "declaration-unlinked",
            "Jest deklaracja dostępności (/accessibility/), ale stopka strony do niej nie prowadzi.",
            "There is a declaration of accessibility (/accessibility/), but the page's foot does not link to it.",
            "Dodaj odnośnik do stopki każdej strony.",
            "Link to it from every page's foot.",
        );
    }
    finding(
        Severity::Note,
        "no-declaration",
        "Stopka strony nie prowadzi do deklaracji dostępności.",
        "The page's foot links to no declaration of accessibility.",
        "Podmiot publiczny musi ją mieć (ustawa z 4 kwietnia 2019 r.): wpisz `accessibility` w harmonogramie.",
        "A Polish public body must have one (act of 4 April 2019): write `accessibility` into the schedule.",
    )
}

/// What stands where the foot's link leads. What has none of the ministry's
/// elements may be right for who is no public body; what has some is half
/// done.
pub(super) fn declaration(answer: &Answer) -> Finding {
    let status = answer.status;
    if status != 200 {
        return fault(
            "declaration-lost",
            format!("Odnośnik w stopce do deklaracji dostępności prowadzi donikąd ({status})."),
            format!(
                "The foot's link to the declaration of accessibility leads nowhere ({status})."
            ),
            "Popraw odnośnik.",
            "Correct the link.",
        );
    }
    let html = String::from_utf8_lossy(&answer.body);
    let tags: Vec<_> = html.split('<').collect();
    let lacking: Vec<_> = ELEMENTS
        .into_iter()
        .filter(|id| !is_there(&tags, id))
        .collect();
    if lacking.is_empty() {
        return ok(
            "declaration",
            "Deklaracja dostępności ma wszystkie elementy wzoru.",
            "The declaration of accessibility has every element of the form.",
        );
    }
    let severity = if lacking.len() == ELEMENTS.len() {
        Severity::Warning
    } else {
        Severity::Fault
    };
    let names = lacking.join(", ");
    finding(
        severity,
        "declaration-incomplete",
        format!("W deklaracji dostępności brakuje: {names}."),
        format!("The declaration of accessibility lacks: {names}."),
        "Podmiot publiczny musi mieć wszystkie te elementy, daty w <time datetime=\"RRRR-MM-DD\">.",
        "A Polish public body must have all these elements, dates in <time datetime=\"YYYY-MM-DD\">.",
    )
}

/// Whether an element has this id, and says a date for programs where it is
/// one: by itself, or by the element that begins next.
fn is_there(tags: &[&str], id: &str) -> bool {
    let is_date_there = |at: usize| tags[at..].iter().take(2).any(|tag| is_date(tag));
    (0..tags.len()).any(|at| {
        attribute(tags[at], "id") == Some(id) && (!id.contains("-data-") || is_date_there(at))
    })
}

fn is_date(tag: &str) -> bool {
    tag.starts_with("time")
        && attribute(tag, "datetime").is_some_and(|date| date.parse::<NaiveDate>().is_ok())
}

/// An attribute's value, with quotes or without.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let tag = tag.split('>').next()?;
    let value = tag.match_indices(name).find_map(|(at, _)| {
        let before = tag[..at].chars().next_back();
        let is_whole = before.is_none_or(char::is_whitespace);
        tag[at + name.len()..]
            .trim_start()
            .strip_prefix('=')
            .filter(|_| is_whole)
    })?;
    let value = value.trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split(char::is_whitespace).next(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_page_is_judged(html in "(<|a|time|id|=|>|'|\"|a11y-data-publikacja|datetime|footer| |ł|\\PC){0,40}") {
            link(&page(&html));
            declaration(&page(&html));
        }
    }

    fn page(html: &str) -> Answer {
        Answer::sample(200, &[("content-type", "text/html")], html)
    }

    #[test]
    fn the_link_stands_in_the_foot() {
        for (html, expected) in [
            (
                "<footer><a href=\"/accessibility/\">x</a></footer>",
                Some("/accessibility/"),
            ),
            (
                "<footer><a class=y href=/d?a=1&amp;b=2>Deklaracja dostępności</a>",
                Some("/d?a=1&b=2"),
            ),
            (
                "<footer><a href='/rodo'>RODO</a> <a href='/x'>Доступність</a>",
                Some("/x"),
            ),
            ("<footer><a href='/rodo'>RODO</a> dostępność</footer>", None),
            ("<a href=\"/accessibility/\">x</a><footer></footer>", None),
            ("", None),
        ] {
            assert_eq!(link(&page(html)).as_deref(), expected, "{html}");
        }
    }

    #[test]
    fn what_a_declaration_lacks_is_named() {
        let whole: String = ELEMENTS
            .iter()
            .map(|id| match *id {
                "a11y-data-publikacja" => {
                    format!("<p><time id='{id}' datetime=2026-03-06>6 marca</time>")
                }
                id if id.contains("-data-") => {
                    format!("<p id={id}><time datetime=\"2026-03-06\">6 marca</time></p>")
                }
                id => format!("<p class=\"x\" id=\"{id}\">words</p>"),
            })
            .collect();
        assert_eq!(declaration(&page(&whole)).severity, Severity::Ok);
        for (html, code, lacking) in [
            (
                whole.replace("id=\"a11y-email\"", ""),
                "declaration-incomplete",
                "lacks: a11y-email.",
            ),
            (
                whole.replace(" datetime=2026-03-06", ""),
                "declaration-incomplete",
                "lacks: a11y-data-publikacja.",
            ),
            (
                whole.replace("2026-03-06\"", "6 marca\""),
                "declaration-incomplete",
                "lacks: a11y-data-aktualizacja, a11y-data-sporzadzenie.",
            ),
            (
                "<p>Our site is accessible.</p>".to_owned(),
                "declaration-incomplete",
                "a11y-wstep, a11y-podmiot",
            ),
        ] {
            let finding = declaration(&page(&html));
            assert_eq!(finding.code, code);
            let line = finding.line(crate::texts::Language::English);
            assert!(line.contains(lacking), "{line}");
        }
        assert_eq!(
            declaration(&Answer::sample(404, &[], "")).code,
            "declaration-lost"
        );
        assert_eq!(no_link(&page("")).code, "declaration-unlinked");
        assert_eq!(
            no_link(&Answer::sample(404, &[], "")).severity,
            Severity::Note
        );
    }
}
