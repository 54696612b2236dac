//! What a report says: the officer and the operator are told in Polish or in
//! English, side by side where the words are made.

use super::Language;

/// The same in Polish and in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bilingual {
    polish: String,
    english: String,
}

impl Bilingual {
    pub(crate) fn new(polish: impl Into<String>, english: impl Into<String>) -> Bilingual {
        Bilingual {
            polish: polish.into(),
            english: english.into(),
        }
    }

    /// Both, changed in the same way.
    #[must_use]
    pub(crate) fn map(self, change: impl Fn(&str) -> String) -> Bilingual {
        Bilingual::new(change(&self.polish), change(&self.english))
    }

    /// Adds words to the end of both.
    pub(crate) fn push(&mut self, polish: &str, english: &str) {
        self.polish.push_str(polish);
        self.english.push_str(english);
    }

    /// The words for a reader of `language`; a reader of Ukrainian gets
    /// English.
    pub(crate) fn get(&self, language: Language) -> &str {
        match language {
            Language::Polish => &self.polish,
            Language::English | Language::Ukrainian => &self.english,
        }
    }
}
