//! A schedule's values -> the words for them: what a status, a way in, a
//! session are called.

use super::{Access, District, Districts, Session, Status};
use crate::texts::{Language, dates::time};

impl Status {
    /// What stands before the title of a session that is off, such as
    /// `ODWOŁANE: `; empty for one that is on.
    pub fn title_prefix(self, language: Language) -> &'static str {
        match self {
            Status::Confirmed | Status::Tentative => "",
            Status::Cancelled => language.words().off_cancelled,
            Status::Postponed => language.words().off_postponed,
        }
    }

    /// What a session that is off says of itself first; `None` for one that
    /// is on.
    pub fn notice(self, language: Language) -> Option<&'static str> {
        match self {
            Status::Confirmed | Status::Tentative => None,
            Status::Cancelled => Some(language.words().cancelled_notice),
            Status::Postponed => Some(language.words().postponed_notice),
        }
    }

    /// The status as it follows "the meeting is".
    pub fn name(self, language: Language) -> &'static str {
        let words = language.words();
        match self {
            Status::Confirmed => words.is_on,
            Status::Tentative => words.is_tentative,
            Status::Cancelled => words.is_cancelled,
            Status::Postponed => words.is_postponed,
        }
    }
}

impl Access {
    /// A way to get in or take part, in words.
    pub fn name(self, language: Language) -> &'static str {
        let words = language.words();
        match self {
            Access::StepFree => words.step_free,
            Access::AccessibleToilet => words.accessible_toilet,
            Access::HearingLoop => words.hearing_loop,
            Access::SignLanguage => words.sign_language,
        }
    }
}

impl District {
    /// The name after the number: `XVIII Nowa Huta`.
    pub fn numbered_name(&self, language: Language) -> String {
        let name = self.name.get(language);
        match &self.number {
            Some(number) => format!("{number} {name}"),
            None => name.to_owned(),
        }
    }
}

impl Districts {
    /// The names of the districts whose subscribers hear of a session.
    pub fn names(&self, language: Language) -> String {
        match self {
            Districts::All => language.words().all_districts.to_owned(),
            Districts::These(districts) => {
                let names: Vec<String> = districts
                    .iter()
                    .map(|district| district.numbered_name(language))
                    .collect();
                names.join(", ")
            }
        }
    }
}

impl Session {
    /// The title as people read it: the session's own, else the calendar's
    /// with the venue's name.
    pub fn title(&self, calendar_title: &str, language: Language) -> String {
        match &self.title {
            Some(title) => title.get(language).to_owned(),
            None => format!("{calendar_title}: {}", self.place_name(language)),
        }
    }

    /// The venue's name, or that it is still to be announced.
    pub fn place_name(&self, language: Language) -> &str {
        match self.place.venue() {
            Some(venue) => venue.name.get(language),
            None => language.words().place_to_be_announced,
        }
    }

    /// The local hours: `14:00–18:00`.
    pub fn hours(&self) -> String {
        format!("{}–{}", time(self.start.time()), time(self.end.time()))
    }
}
