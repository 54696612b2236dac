//! A text of the schedule -> HTML: escaped, its links and e-mail addresses
//! made links, and marked with its language where it fell back to another.

use std::fmt;

use askama::filters::HtmlSafe;

use super::View;
use crate::schedule::{Email, WebAddress};
use crate::texts::Text;

/// A text as a page writes it.
#[derive(Clone, Copy)]
pub(super) struct Prose<'a> {
    /// The words, as the schedule has them.
    pub text: &'a str,
    /// The language of the words, where it is not the page's.
    pub language: Option<&'static str>,
    /// Whether links in it become links.
    is_linked: bool,
}

impl<'a> Prose<'a> {
    /// Sentences.
    pub fn new(view: &View<'a>, text: &'a Text) -> Prose<'a> {
        Prose {
            is_linked: true,
            ..Prose::name(view, text)
        }
    }

    /// A name, which may itself stand in a link.
    pub fn name(view: &View<'a>, text: &'a Text) -> Prose<'a> {
        let own = view.publication.calendar.language;
        let words = text.get(view.language);
        let fell_back = view.language != own && words == text.get(own);
        Prose {
            text: words,
            language: fell_back.then(|| own.code()),
            is_linked: false,
        }
    }

    /// Words of the page's own language.
    pub fn own(text: &'a str) -> Prose<'a> {
        Prose {
            text,
            language: None,
            is_linked: false,
        }
    }

    /// Its paragraphs, which an empty line parts.
    pub fn paragraphs(self) -> Vec<Prose<'a>> {
        self.text
            .split("\n\n")
            .map(str::trim)
            .filter(|paragraph| !paragraph.is_empty())
            .map(|text| Prose { text, ..self })
            .collect()
    }
}

/// Names with commas between them.
pub(super) struct Names<'a>(pub Vec<Prose<'a>>);

impl HtmlSafe for Names<'_> {}

impl fmt::Display for Names<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            write!(out, "{}{name}", if index > 0 { ", " } else { "" })?;
        }
        Ok(())
    }
}

impl HtmlSafe for Prose<'_> {}

impl fmt::Display for Prose<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(language) = self.language {
            write!(out, "<span lang=\"{language}\">")?;
        }
        if self.is_linked {
            for word in self.text.split_inclusive(char::is_whitespace) {
                write_word(out, word)?;
            }
        } else {
            write_escaped(out, self.text)?;
        }
        if self.language.is_some() {
            out.write_str("</span>")?;
        }
        Ok(())
    }
}

/// A word with the space after it, as a link where it is an address. What
/// surrounds an address in a sentence is no part of it.
fn write_word(out: &mut fmt::Formatter<'_>, word: &str) -> fmt::Result {
    let opening = |letter: char| "([<„“«\"'".contains(letter);
    let closing = |letter: char| letter.is_whitespace() || ".,;:!?…)]>”“»\"'".contains(letter);
    let address = word.trim_start_matches(opening);
    let before = word.len() - address.len();
    let address = address.trim_end_matches(closing);
    let Some(link) = link(address) else {
        return write_escaped(out, word);
    };
    write_escaped(out, &word[..before])?;
    out.write_str("<a href=\"")?;
    write_escaped(out, &link)?;
    out.write_str("\">")?;
    write_escaped(out, address)?;
    out.write_str("</a>")?;
    write_escaped(out, &word[before + address.len()..])
}

/// Where a word of a text leads; `None` for all that is no address.
fn link(word: &str) -> Option<String> {
    if let Some(email) = Email::new(word) {
        return Some(format!("mailto:{}", email.as_str()));
    }
    let link = match word.get(..4)? {
        "http" => word.to_owned(),
        "www." => format!("https://{word}"),
        _ => return None,
    };
    WebAddress::new(&link).is_some().then_some(link)
}

fn write_escaped(out: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for piece in text.split_inclusive(['&', '<', '>', '"', '\'']) {
        let mut characters = piece.chars();
        let entity = match characters.next_back() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            Some('\'') => "&#39;",
            _ => {
                out.write_str(piece)?;
                continue;
            }
        };
        out.write_str(characters.as_str())?;
        out.write_str(entity)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_links_and_the_rest_is_escaped() {
        for (text, expected) in [
            ("", ""),
            ("Weź <b> & \"c\"\n", "Weź &lt;b&gt; &amp; &quot;c&quot;\n"),
            (
                "Pisz: a.b@example.org.",
                "Pisz: <a href=\"mailto:a.b@example.org\">a.b@example.org</a>.",
            ),
            (
                "(https://example.org/a?b=1&c), www.example.org",
                "(<a href=\"https://example.org/a?b=1&amp;c\">https://example.org/a?b=1&amp;c</a>), \
                 <a href=\"https://www.example.org\">www.example.org</a>",
            ),
            (
                "@ a@b http:// www. javascript:x",
                "@ a@b http:// www. javascript:x",
            ),
        ] {
            let prose = Prose {
                text,
                language: None,
                is_linked: true,
            };
            assert_eq!(prose.to_string(), expected);
        }
    }

    #[test]
    fn a_text_that_fell_back_names_its_language() {
        let prose = Prose {
            text: "Biblioteka\n\n\nwww.example.org",
            language: Some("pl"),
            is_linked: false,
        };
        let paragraphs = prose.paragraphs();
        let written: Vec<String> = paragraphs.iter().map(ToString::to_string).collect();
        assert_eq!(
            written,
            [
                "<span lang=\"pl\">Biblioteka</span>",
                "<span lang=\"pl\">www.example.org</span>",
            ]
        );
    }
}
