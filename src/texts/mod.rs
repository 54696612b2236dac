//! What residents read: the languages, the table of every text in them, dates
//! in words, and a text of the schedule in all languages.

use std::sync::Arc;

mod bilingual;
pub mod dates;
mod table;

pub(crate) use bilingual::Bilingual;
pub(crate) use table::Words;

/// A language that the pages, feeds and reports are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Polish, `pl`.
    Polish,
    /// English, `en`.
    English,
    /// Ukrainian, `uk`.
    Ukrainian,
}

impl Language {
    /// Every language, in the order in which a reader is offered them.
    pub const ALL: [Language; 3] = [Language::Polish, Language::English, Language::Ukrainian];

    /// The language's BCP 47 tag: `pl`, `en` or `uk`.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Polish => "pl",
            Language::English => "en",
            Language::Ukrainian => "uk",
        }
    }

    /// What the language calls itself.
    pub(crate) const fn own_name(self) -> &'static str {
        ["Polski", "English", "Українська"][self as usize]
    }

    /// The language of a tag as [`Language::code`] writes it; `None` for any
    /// other text.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }
}

/// A human text in every language: where the schedule leaves a language out,
/// the text of the calendar's own language stands in, so that no reader has
/// to ask again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text([Arc<str>; 3]);

impl Text {
    /// The same words in every language.
    pub fn same(words: &str) -> Text {
        let words: Arc<str> = Arc::from(words);
        Text([words.clone(), words.clone(), words])
    }

    /// A text from what `of` says for each language, and `own` where it says
    /// nothing.
    pub fn by_language<'a>(own: &str, of: impl Fn(Language) -> Option<&'a str>) -> Text {
        let own: Arc<str> = Arc::from(own);
        Text(Language::ALL.map(|language| match of(language) {
            Some(words) if *words != *own => Arc::from(words),
            _ => own.clone(),
        }))
    }

    /// The words in `language`.
    pub fn get(&self, language: Language) -> &str {
        &self.0[language as usize]
    }
}
