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
        /// A session of the schedule at the same time in the same place: the
        /// id was probably renamed.
        twin: Option<Id>,
    },
    /// The calendar's id is another than before: so is every event's UID.
    OtherCalendar {
        /// The id under which everything was published so far.
        before: Id,
        /// The id now.
        now: Id,
    },
    /// The public URL is another than before: so is the address in every
    /// event.
    OtherAddress {
        /// The public URL so far.
        before: String,
        /// The public URL now.
        now: String,
    },
    /// The last record is from the future: a clock is wrong, or was.
    ClockBehind {
        /// The last record's instant.
        newest: DateTime<Utc>,
    },
}

impl Warning {
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
        let polish = language == Language::Polish;
        match self {
            Warning::Vanished { session, .. } => {
                let (id, date) = (&session.id, dates::date(session.date(), language));
                if polish {
                    format!(
                        "spotkania {id} ({date}) nie ma już w harmonogramie, choć się jeszcze nie \
                         odbyło: jego odbiorcy zobaczą, że jest odwołane"
                    )
                } else {
                    format!(
                        "the session {id} ({date}) is gone from the schedule although it is still \
                         ahead: its subscribers will see it as cancelled"
                    )
                }
            }
            Warning::OtherCalendar { before, now } if polish => format!(
                "id kalendarza zmieniono z {before} na {now}: programy odbiorców uznają każde \
                 spotkanie za zupełnie nowe"
            ),
            Warning::OtherCalendar { before, now } => format!(
                "the calendar's id was changed from {before} to {now}: subscribers' programs will \
                 take every session for a new one"
            ),
            Warning::OtherAddress { before, now } if polish => format!(
                "publiczny adres zmieniono z {before} na {now}: każde spotkanie zostanie ogłoszone \
                 na nowo, z nowym adresem"
            ),
            Warning::OtherAddress { before, now } => format!(
                "the public URL was changed from {before} to {now}: every session is published \
                 anew with its new address"
            ),
            Warning::ClockBehind { newest } if polish => format!(
                "ostatni wpis historii jest z przyszłości ({}): zegar tego lub innego komputera \
                 chodzi źle",
                newest.format("%Y-%m-%d %H:%M UTC")
            ),
            Warning::ClockBehind { newest } => format!(
                "the last record of the history is from the future ({}): the clock of this or \
                 another machine is wrong",
                newest.format("%Y-%m-%d %H:%M UTC")
            ),
        }
    }

    /// What would be right.
    pub fn help(&self, language: Language) -> String {
        let polish = language == Language::Polish;
        match self {
            Warning::Vanished {
                session,
                twin: Some(twin),
            } => {
                let id = &session.id;
                if polish {
                    format!(
                        "spotkanie {twin} jest w tym samym czasie i miejscu: jeśli zmieniono tylko \
                         id, przywróć dawne id {id}, bo id nigdy się nie zmienia"
                    )
                } else {
                    format!(
                        "the session {twin} is at the same time and place: if only the id was \
                         changed, put the old id {id} back, since an id never changes"
                    )
                }
            }
            Warning::Vanished {
                session,
                twin: None,
            } => {
                let id = &session.id;
                if polish {
                    format!(
                        "przywróć je z `status: cancelled`, a jeśli trafiło do harmonogramu przez \
                         pomyłkę, dopisz {id} do `withdrawn`"
                    )
                } else {
                    format!(
                        "put it back with `status: cancelled`, or list {id} under `withdrawn` if \
                         it was published by mistake"
                    )
                }
            }
            Warning::OtherCalendar { before, .. } if polish => {
                format!("przywróć `id: {before}` w części `calendar`")
            }
            Warning::OtherCalendar { before, .. } => {
                format!("put `id: {before}` back under `calendar`")
            }
            Warning::OtherAddress { before, .. } if polish => {
                format!("jeśli to pomyłka, przywróć `--public-url {before}`")
            }
            Warning::OtherAddress { before, .. } => {
                format!("if that was a mistake, put `--public-url {before}` back")
            }
            Warning::ClockBehind { .. } if polish => {
                "ustaw zegar; do tego czasu znaczniki zmian idą dalej od ostatniego wpisu"
                    .to_owned()
            }
            Warning::ClockBehind { .. } => {
                "set the clock; until then the stamps of changes go on from the last record"
                    .to_owned()
            }
        }
    }
}
