//! What a comparison with the history finds suspicious -> words.

use chrono::{DateTime, Utc};

use crate::schedule::diagnostic::past as say;
use crate::schedule::{Diagnostic, Position, Session};

use crate::texts::Language;

pub(crate) use say::Twin;

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

impl Warning {
    /// The same as a line of a report.
    pub(crate) fn diagnostic(&self) -> Diagnostic {
        match self {
            Warning::Vanished { session, twin } => {
                say::vanished(Position::NOWHERE, session, twin.as_ref()).in_session(&session.id)
            }
            Warning::OtherAddress {
                before,
                now,
                is_new: true,
            } => say::address_changed(Position::NOWHERE, before, now),
            Warning::OtherAddress { before, now, .. } => {
                say::address_of_another(Position::NOWHERE, before, now)
            }
            Warning::NoHistory => say::no_history(Position::NOWHERE),
            Warning::ClockBehind { newest } => say::clock_behind(Position::NOWHERE, *newest),
        }
    }

    /// What is suspicious, in one sentence without a full stop.
    pub fn message(&self, language: Language) -> String {
        self.diagnostic().message(language).to_owned()
    }
}
