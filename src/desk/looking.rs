//! A file as it would be -> what would change, and for whom.

use std::fmt::Display;

use chrono::{DateTime, TimeDelta, Utc};

use super::file::Copy;
use super::form::Form;
use super::page::{Look, Preview};
use super::text::List;
use super::words::Words;
use super::{Desk, Opened, language_of};
use crate::announce::{announcement, news};
use crate::changes::Changes;
use crate::history::{self, Outcome, Terms};
use crate::route::Route;
use crate::schedule::{self, Diagnostic, Reading, Schedule};
use crate::terminal::with_causes;
use crate::texts::Language;
use crate::web::respond::Response;

/// How soon a meeting must be for its change to be spread at once.
const SOON: TimeDelta = TimeDelta::hours(48);

/// What a file would change, once it was published.
pub(super) struct Effect {
    /// The publication, and when anything was published before it; `None`
    /// where the history cannot be read or is another calendar's.
    published: Option<(Outcome, Option<DateTime<Utc>>)>,
    /// What residents would see, or why that cannot be told.
    pub(super) changes: String,
}

impl Desk {
    #[expect(clippy::too_many_arguments, reason = "the parts of one page")]
    pub(super) fn look(
        &self,
        words: &'static Words,
        opened: &Opened,
        reading: &Reading,
        list: List,
        id: Option<&str>,
        shown_id: &str,
        form: &Form,
        after: &str,
        now: DateTime<Utc>,
    ) -> Response {
        let language = language_of(words);
        let before = opened.copy.text().unwrap_or_default();
        let effect = self.effect(&reading.schedule, language, now);
        let spread = if list == List::Sessions {
            self.spread(&effect, &reading.schedule, shown_id, now)
        } else {
            Vec::new()
        };
        let known: Vec<String> = opened
            .reading
            .warnings
            .iter()
            .map(|warning| told(warning, language))
            .collect();
        let warnings = reading
            .warnings
            .iter()
            .map(|warning| told(warning, language));
        let preview = effect
            .published
            .filter(|_| list == List::Sessions)
            .and_then(|(outcome, _)| {
                self.keep_preview(
                    &Copy::of(after.as_bytes().to_vec()).stamp,
                    outcome,
                    &reading.schedule,
                    now,
                )
            });
        let preview = preview.and_then(|links| {
            let id = schedule::Id::new(shown_id)?;
            let own = reading.schedule.calendar().language;
            Some(Preview {
                page: links.absolute(&Route::Session(id.clone(), own)),
                poster: links.absolute(&Route::SessionPoster(id, own)),
            })
        });
        let fields = form
            .0
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "token" | "stamp" | "step"));
        self.html(&Look {
            page: self.page(words),
            title: words.look_title.to_owned(),
            action: self.action(list, id),
            stamp: opened.copy.stamp.clone(),
            changes: effect.changes,
            warnings: warnings
                .filter(|warning| !known.contains(warning))
                .collect(),
            preview,
            difference: difference(before, after),
            spread,
            fields: fields.cloned().collect(),
        })
    }

    /// What residents would see of `schedule`, beside what was published.
    pub(super) fn effect(
        &self,
        schedule: &Schedule,
        language: Language,
        now: DateTime<Utc>,
    ) -> Effect {
        let untold = |changes| Effect {
            published: None,
            changes,
        };
        let history = match self.store.read() {
            Ok(history) => history,
            Err(error) => return untold(with_causes(&error)),
        };
        let links = self.address.links(schedule);
        let terms = Terms::new(&links, self.address.told());
        match history::publish(schedule, &history, &terms, now) {
            Ok(outcome) => Effect {
                changes: Changes::new(&history, &outcome).text(language),
                published: Some((outcome, history.newest())),
            },
            Err(error) => untold(error.to_string()),
        }
    }

    /// The words to spread at once of a change of the session `id`; none where
    /// it is not soon, or nothing changed for those who want to come.
    pub(super) fn spread(
        &self,
        effect: &Effect,
        schedule: &Schedule,
        id: &str,
        now: DateTime<Utc>,
    ) -> Vec<String> {
        let Some((outcome, newest)) = &effect.published else {
            return Vec::new();
        };
        let mut unpublished = outcome.publication.changes.iter().rev();
        let change = unpublished
            .by_ref()
            .take_while(|change| Some(change.at) > *newest)
            .find(|change| change.session.as_str() == id);
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
