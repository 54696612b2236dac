//! A human text <-> JSON.

use serde::{Deserialize, Serialize};

use crate::texts::{Language, Text};

use super::BadValue;

/// One string where every language says the same, else a map.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum TextSnapshot {
    Same(String),
    ByLanguage {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pl: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        en: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        uk: Option<String>,
    },
}

impl TextSnapshot {
    pub(super) fn of(text: &Text) -> TextSnapshot {
        let [polish, english, ukrainian] = Language::ALL.map(|language| text.get(language));
        if polish == english && english == ukrainian {
            return TextSnapshot::Same(polish.to_owned());
        }
        TextSnapshot::ByLanguage {
            pl: Some(polish.to_owned()),
            en: Some(english.to_owned()),
            uk: Some(ukrainian.to_owned()),
        }
    }

    pub(super) fn line(self, key: &'static str) -> Result<Text, BadValue> {
        self.text(key, is_line)
    }

    pub(super) fn paragraphs(self, key: &'static str) -> Result<Text, BadValue> {
        self.text(key, is_paragraphs)
    }

    fn text(self, key: &'static str, good: fn(&str) -> bool) -> Result<Text, BadValue> {
        let words = match self {
            TextSnapshot::Same(words) if good(&words) => return Ok(Text::same(&words)),
            TextSnapshot::Same(_) => return Err(BadValue(key)),
            TextSnapshot::ByLanguage { pl, en, uk } => [pl, en, uk],
        };
        let own = words.iter().flatten().next().ok_or(BadValue(key))?;
        if !words.iter().flatten().all(|words| good(words)) {
            return Err(BadValue(key));
        }
        Ok(Text::by_language(own, |language| {
            words[language as usize].as_deref()
        }))
    }
}

pub(super) fn optional_line(
    text: Option<TextSnapshot>,
    key: &'static str,
) -> Result<Option<Text>, BadValue> {
    text.map(|text| text.line(key)).transpose()
}

pub(super) fn is_line(words: &str) -> bool {
    !words.is_empty() && !words.contains(char::is_control)
}

fn is_paragraphs(words: &str) -> bool {
    !words.is_empty()
        && !words.contains(|character: char| character.is_control() && character != '\n')
}
