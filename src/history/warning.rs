//! What a comparison with the history finds suspicious -> words.

use chrono::{DateTime, Utc};

use crate::schedule::{Id, Session};
use crate::texts::{Language, dates};

/// Something that the officer or the operator should look at. It keeps
/// nothing from being published.
#[derive(Debug, Clone, PartialEq)]
pub enum Warning {
    /// A session is gone from the schedule although it is still ahead: its
    /// subscribers are told that it is cancelled.
    Vanished {
        /// The session as it is now published.
        session: Box<Session>,
        /// The session of the schedule that it probably became, under
        /// another id.
        twin: Option<Twin>,
    },
    /// The public URL is another than in the last publication: so is the
    /// address in every event.
    OtherAddress {
        /// The public URL so far.
        before: String,
        /// The public URL now.
        now: String,
        /// Whether it was never told before: every session is published anew.
        is_new: bool,
    },
    /// Nothing was ever published here: it is the first time, or the history
    /// was lost.
    NoHistory,
    /// The last record is from the future: a clock is wrong, or was.
    ClockBehind {
        /// The last record's instant.
        newest: DateTime<Utc>,
    },
}

/// What a session probably became under another id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Twin {
    /// At the same time in the same place.
    Same(Id),
    /// A new one within two months: id and date changed together.
    Moved(Id),
}

impl Warning {
    /// What it is, in a word that never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Warning::Vanished { .. } => "vanished",
            Warning::OtherAddress { .. } => "other-address",
            Warning::NoHistory => "no-history",
            Warning::ClockBehind { .. } => "clock-behind",
        }
    }

    /// The session that it is about, where it is about one.
    pub fn session(&self) -> Option<&Id> {
        match self {
            Warning::Vanished { session, .. } => Some(&session.id),
            _ => None,
        }
    }

    /// What is suspicious, in one sentence without a full stop. A reader of
    /// Ukrainian gets English.
    pub fn message(&self, language: Language) -> String {
        self.in_words(language).0
    }

    /// What would be right.
    pub fn help(&self, language: Language) -> String {
        self.in_words(language).1
    }

    fn in_words(&self, language: Language) -> (String, String) {
        let [polish, english] = match self {
            Warning::Vanished { session, twin } => vanished(session, twin.as_ref()),
            Warning::OtherAddress {
                before,
                now,
                is_new,
            } => other_address(before, now, *is_new),
            Warning::NoHistory => no_history(),
            Warning::ClockBehind { newest } => clock_behind(*newest),
        };
        match language {
            Language::Polish => polish,
            Language::English | Language::Ukrainian => english,
        }
    }
}

/// What is suspicious and what would be right, in Polish and in English.
type Words = [(String, String); 2];

fn vanished(session: &Session, twin: Option<&Twin>) -> Words {
    let id = &session.id;
    let date = |language| dates::date(session.date(), language);
    let polish = format!(
        "spotkania {id} ({}) nie ma już w harmonogramie, choć się jeszcze nie odbyło: jego \
         odbiorcy zobaczą, że jest odwołane",
        date(Language::Polish)
    );
    let english = format!(
        "the session {id} ({}) is gone from the schedule although it is still ahead: its \
         subscribers will see it as cancelled",
        date(Language::English)
    );
    let help = match twin {
        Some(Twin::Moved(twin)) => [
            format!(
                "jeśli {twin} to to samo spotkanie w nowym terminie, przywróć mu dawne id {id}: \
                 wtedy ludzie zobaczą przeniesienie, a nie odwołanie; jeśli nie, przywróć {id} z \
                 „status: cancelled”"
            ),
            format!(
                "if {twin} is the same session on a new date, put its old id {id} back: then people \
                 see it moved and not cancelled; if not, put {id} back with \"status: cancelled\""
            ),
        ],
        Some(Twin::Same(twin)) => [
            format!(
                "spotkanie {twin} jest w tym samym czasie i miejscu: jeśli zmieniono tylko id, \
                 przywróć dawne id {id}, bo id nigdy się nie zmienia"
            ),
            format!(
                "the session {twin} is at the same time and place: if only the id was changed, \
                 put the old id {id} back, since an id never changes"
            ),
        ],
        None => [
            format!(
                "przywróć je z „status: cancelled”, a jeśli trafiło do harmonogramu przez \
                 pomyłkę, dopisz {id} do „withdrawn”"
            ),
            format!(
                "put it back with \"status: cancelled\", or list {id} under \"withdrawn\" if it was \
                 published by mistake"
            ),
        ],
    };
    let [polish_help, english_help] = help;
    [(polish, polish_help), (english, english_help)]
}

fn other_address(before: &str, now: &str, is_new: bool) -> Words {
    if is_new {
        return [
            (
                format!(
                    "publiczny adres zmieniono z {before} na {now}: każde spotkanie zostanie \
                     ogłoszone na nowo, z nowym adresem"
                ),
                format!("jeśli to pomyłka, przywróć „--public-url {before}”"),
            ),
            (
                format!(
                    "the public URL was changed from {before} to {now}: every session is \
                     published anew with its new address"
                ),
                format!("if that was a mistake, put \"--public-url {before}\" back"),
            ),
        ];
    }
    [
        (
            format!(
                "ostatnio ogłoszono pod adresem {before}, a publicznym adresem jest dawniejszy \
                 {now}: z powodu samego adresu nic nie zostanie ogłoszone na nowo"
            ),
            format!(
                "dwa serwery jednego harmonogramu niech mają jeden „--public-url”; jeśli adres \
                 naprawdę wrócił do {now}, ogłoś wszystko na nowo: „spotkajmy publish --above” z \
                 najwyższym „revision” z historii"
            ),
        ),
        (
            format!(
                "the last publication was made for {before}, and the public URL is the earlier \
                 {now}: nothing is published anew for the address alone"
            ),
            format!(
                "let two servers of one schedule have one \"--public-url\"; if the address did move \
                 back to {now}, publish everything anew: \"spotkajmy publish --above\" with the \
                 highest \"revision\" of the history"
            ),
        ),
    ]
}

fn no_history() -> Words {
    [
        (
            "nie ma jeszcze historii: każde spotkanie uchodzi za nowe".to_owned(),
            "za pierwszym razem tak ma być; jeśli harmonogram był już ogłoszony, przywróć jego \
             plik historii („….history.jsonl”), a jeśli zginął, ogłoś wszystko na nowo: \
             „spotkajmy publish --above 100”, z liczbą większą niż zmian jednego spotkania"
                .to_owned(),
        ),
        (
            "there is no history yet: every session counts as new".to_owned(),
            "the first time that is right; if the schedule was published before, put its history \
             (\"….history.jsonl\") back, and if that is lost, publish everything anew: \"spotkajmy \
             publish --above 100\", with a number above the changes of any session"
                .to_owned(),
        ),
    ]
}

fn clock_behind(newest: DateTime<Utc>) -> Words {
    let newest = newest.format("%Y-%m-%d %H:%M UTC");
    [
        (
            format!(
                "ostatni wpis historii jest z przyszłości ({newest}): zegar tego lub innego \
                 komputera chodzi źle"
            ),
            "ustaw zegar; do tego czasu znaczniki zmian idą dalej od ostatniego wpisu".to_owned(),
        ),
        (
            format!(
                "the last record of the history is from the future ({newest}): the clock of this \
                 or another machine is wrong"
            ),
            "set the clock; until then the stamps of changes go on from the last record".to_owned(),
        ),
    ]
}
