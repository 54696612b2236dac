//! A file as it would be -> what would change, and for whom.

use std::fmt::Display;

use chrono::{DateTime, TimeDelta, Utc};

use super::asked::Asked;
use super::entry::Done;
use super::file::Copy;
use super::page::{Look, Preview};
use super::text::List;
use super::words::Words;
use super::{Desk, Opened, language_of};
use crate::announce::{announcement, news};
use crate::changes::{Changes, Line};
use crate::history::{self, Outcome, Terms};
use crate::route::{Links, Route};
use crate::schedule::{self, Diagnostic, Schedule, Status};
use crate::terminal::with_causes;
use crate::texts::Language;
use crate::web::respond::Response;

/// How soon a meeting must be for its change to be spread at once.
const SOON: TimeDelta = TimeDelta::hours(48);

/// What a file would change, once it was published.
pub(super) struct Effect {
    /// The publication, and when anything was published before it.
    outcome: Outcome,
    newest: Option<DateTime<Utc>>,
    /// What residents would see that they do not see without the change.
    pub(super) lines: Vec<Line>,
}

impl Desk {
    /// Shows what saving would do.
    pub(super) fn look(
        &self,
        words: &'static Words,
        opened: &Opened,
        asked: &Asked,
        done: &Done,
        now: DateTime<Utc>,
    ) -> Response {
        let language = language_of(words);
        let old = &opened.reading;
        let (effect, untold) =
            match self.effect(Some(&old.schedule), &done.reading.schedule, language, now) {
                Ok(effect) => (Some(effect), String::new()),
                Err(why) => (None, why),
            };
        let told = |warnings: &[Diagnostic]| -> Vec<String> {
            warnings.iter().map(|it| told(it, language)).collect()
        };
        let (known, mut warnings) = (told(&old.warnings), told(&done.reading.warnings));
        warnings.retain(|warning| !known.contains(warning));
        let schedule = &done.reading.schedule;
        let mut sessions = schedule.sessions().iter();
        let session = sessions.find(|it| it.id.as_str() == asked.id);
        if asked.moves() && session.is_some_and(|it| it.status == Status::Postponed) {
            warnings.push(words.still_postponed.to_owned());
        }
        let spread = self.spread(effect.as_ref(), schedule, asked, now);
        let (lines, preview) = match effect {
            Some(effect) => {
                let after = Copy::of(done.text.clone().into_bytes());
                let preview = self.keep_preview(&after.stamp, effect.outcome, schedule, now);
                (
                    Ok(effect.lines),
                    preview.and_then(|links| preview_of(asked, &links, schedule)),
                )
            }
            None => (Err(untold), None),
        };
        self.html(&Look {
            page: self.page(words),
            title: words.look_title.to_owned(),
            action: self.action(asked.target()),
            stamp: opened.copy.stamp.clone(),
            changes: lines,
            warnings,
            preview,
            difference: done.difference.clone(),
            spread,
            fields: asked.form.typed(),
        })
    }

    /// What residents would see of the schedule `after`, beside what was
    /// published; without what they would see of `before`.
    ///
    /// # Errors
    /// Why it cannot be told.
    pub(super) fn effect(
        &self,
        before: Option<&Schedule>,
        after: &Schedule,
        language: Language,
        now: DateTime<Utc>,
    ) -> Result<Effect, String> {
        let history = self.store.read().map_err(|error| with_causes(&error))?;
        let publish = |schedule: &Schedule| {
            let links = self.address.links(schedule);
            let terms = Terms::new(&links, self.address.told());
            history::publish(schedule, &history, &terms, now)
        };
        let outcome = publish(after).map_err(|error| error.to_string())?;
        let known = before.and_then(|schedule| publish(schedule).ok());
        let known = known.as_ref().map(|known| Changes::new(&history, known));
        let lines = Changes::new(&history, &outcome).lines(known.as_ref(), language);
        Ok(Effect {
            newest: history.newest(),
            outcome,
            lines,
        })
    }

    /// The words to spread at once of a session that changes; none where it is
    /// not soon, or nothing changes for those who want to come.
    pub(super) fn spread(
        &self,
        effect: Option<&Effect>,
        schedule: &Schedule,
        asked: &Asked,
        now: DateTime<Utc>,
    ) -> Vec<String> {
        let Some(effect) = effect.filter(|_| asked.list == List::Sessions) else {
            return Vec::new();
        };
        let mut unpublished = effect.outcome.publication.changes.iter().rev();
        let change = unpublished
            .by_ref()
            .take_while(|change| Some(change.at) > effect.newest)
            .find(|change| change.session.as_str() == asked.id);
        let Some(change) = change else {
            return Vec::new();
        };
        let mut sessions = [Some(&change.after), change.before.as_ref()]
            .into_iter()
            .flatten();
        let is_soon = sessions.any(|session| session.start.to_utc() - now < SOON);
        let Some(news) = news(&[change], now).filter(|_| is_soon) else {
            return Vec::new();
        };
        let links = self.address.links(schedule);
        let told = announcement(&news, schedule.calendar(), &links);
        let own = schedule.calendar().language;
        vec![told.text.get(own).to_owned(), told.post.get(own).to_owned()]
    }
}

fn preview_of(asked: &Asked, links: &Links, schedule: &Schedule) -> Option<Preview> {
    let id = schedule::Id::new(&asked.id)?;
    let own = schedule.calendar().language;
    Some(match asked.list {
        List::Sessions => Preview {
            page: links.absolute(&Route::Session(id.clone(), own)),
            poster: Some(links.absolute(&Route::SessionPoster(id, own))),
        },
        List::Venues => Preview {
            page: links.absolute(&Route::Place(id, own)),
            poster: None,
        },
    })
}

/// The lines that only one of two texts has: `-` before those of the first,
/// `+` before those of the second.
pub(super) fn difference(before: &str, after: &str) -> Vec<(char, String)> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.lines().collect(), after.lines().collect());
    let same = before
        .iter()
        .zip(&after)
        .take_while(|(one, other)| one == other)
        .count();
    let rest = before[same..].iter().rev().zip(after[same..].iter().rev());
    let tail = rest.take_while(|(one, other)| one == other).count();
    let line = |mark: char, line: &dyn Display| (mark, line.to_string());
    let gone = before[same..before.len() - tail]
        .iter()
        .map(|it| line('-', it));
    let new = after[same..after.len() - tail]
        .iter()
        .map(|it| line('+', it));
    gone.chain(new).collect()
}

/// A problem and its mend, in words.
pub(super) fn told(diagnostic: &Diagnostic, language: Language) -> String {
    match diagnostic.help(language) {
        Some(help) => format!("{} – {help}", diagnostic.message(language)),
        None => diagnostic.message(language).to_owned(),
    }
}
