//! A comparison with the history -> what subscribers would see change, for
//! the officer: as text that can be pasted into a pull request, and as JSON.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use crate::feed::difference::{self, Difference};
use crate::feed::{Change, Kind, event};
use crate::history::{History, Outcome, Publication};
use crate::schedule::{Diagnostic, District, Districts, Id, Session};
use crate::texts::{Language, dates};

mod json;
#[cfg(test)]
mod tests;

/// Longer texts are cut in the report for people; JSON has them whole.
const LONGEST: usize = 400;

/// What subscribers would see change.
#[derive(Debug)]
pub struct Changes<'a> {
    /// Of each session, in the order of the records.
    sessions: &'a [Change],
    /// What stood outside the events, before and after.
    before: &'a History,
    outcome: &'a Outcome,
    warnings: Vec<Diagnostic>,
}

/// What people would see change of one session, or of the calendar.
#[derive(Debug)]
pub struct Line {
    /// What kind of change, and what it is now.
    pub what: String,
    /// Each value that changes, old and new.
    pub differences: Vec<String>,
}

/// What `publish` has recorded.
#[derive(Debug)]
pub struct Recorded {
    /// How many lines the history got.
    pub lines: usize,
    /// The history's file.
    pub history: String,
}

impl<'a> Changes<'a> {
    /// What `outcome` publishes anew over the history `before` it.
    pub fn new(before: &'a History, outcome: &'a Outcome) -> Changes<'a> {
        // All records of one publication have one instant, later than any
        // other.
        let known = before.newest();
        let all = &outcome.publication.changes;
        let first = all.partition_point(|change| Some(change.at) <= known);
        Changes {
            sessions: &all[first..],
            before,
            outcome,
            warnings: Vec::new(),
        }
    }

    /// The same, with what looks wrong.
    #[must_use]
    pub fn with_warnings(self, warnings: Vec<Diagnostic>) -> Changes<'a> {
        Changes { warnings, ..self }
    }

    /// Whether subscribers would see nothing change.
    pub fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.of_calendar(Language::English).is_empty()
    }

    /// The report in Markdown, in Polish or English (a reader of Ukrainian
    /// gets English), with the schedule's texts in that language and the
    /// translations that changed beside them.
    pub fn text(&self, language: Language) -> String {
        Report {
            changes: self,
            language: of_reports(language),
        }
        .text()
    }

    /// What people would see change, line by line, but for what `known` says
    /// already.
    pub fn lines(&self, known: Option<&Changes<'_>>, language: Language) -> Vec<Line> {
        let language = of_reports(language);
        let report = Report {
            changes: self,
            language,
        };
        let is_new = |change: &&Change| !known.is_some_and(|it| it.sessions.contains(change));
        let told = self.sessions.iter().filter(is_new);
        let of_session = told
            .filter(|change| report.is_own(change))
            .map(|change| Line {
                what: format!(
                    "{}: {}",
                    report.kind(change),
                    report.when_and_where(&change.after)
                ),
                differences: (differences(change, language).iter())
                    .map(|it| report.difference(it, str::to_owned))
                    .collect(),
            });
        let known = known.map_or_else(Vec::new, |it| it.of_calendar(language));
        let around = self.of_calendar(language).into_iter();
        let of_calendar = around.filter(|it| !known.contains(it)).map(|it| Line {
            what: report.difference(&it, str::to_owned),
            differences: Vec::new(),
        });
        of_session.chain(of_calendar).collect()
    }

    /// The report of `file` as JSON, indented, with a line break at its end.
    pub fn json(&self, file: &str, recorded: Option<&Recorded>, language: Language) -> String {
        json::write(self, file, recorded, of_reports(language))
    }

    /// What people would see differently of the calendar itself.
    fn of_calendar(&self, language: Language) -> Vec<Difference> {
        match (self.before.head(), self.outcome.history.head()) {
            (Some(before), Some(after)) => difference::of_calendar(before, after, language),
            _ => Vec::new(),
        }
    }
}

/// The languages that reports are written in.
const fn of_reports(language: Language) -> Language {
    match language {
        Language::Polish => Language::Polish,
        Language::English | Language::Ukrainian => Language::English,
    }
}

/// What people would see differently of a session that was published before.
fn differences(change: &Change, language: Language) -> Vec<Difference> {
    match &change.before {
        Some(before) if change.kind != Kind::Withdrawn => {
            difference::of_session(before, &change.after, language)
        }
        _ => Vec::new(),
    }
}

/// The report for people, while it is written.
struct Report<'a> {
    changes: &'a Changes<'a>,
    language: Language,
}

impl Report<'_> {
    fn text(&self) -> String {
        let Changes {
            sessions, warnings, ..
        } = self.changes;
        let calendar = self.changes.of_calendar(self.language);
        let mut out = String::new();
        if self.changes.is_empty() {
            out.push_str(self.pick(
                "Dla subskrybentów nic się nie zmienia.\n",
                "Nothing changes for subscribers.\n",
            ));
        } else {
            let title = self.pick("## Co zobaczą subskrybenci", "## What subscribers will see");
            let _ = writeln!(out, "{title}");
        }
        let (told, only_around): (Vec<&Change>, Vec<&Change>) =
            sessions.iter().partition(|change| self.is_own(change));
        for (name, changes) in self.by_district(&told) {
            let _ = writeln!(out, "\n### {}\n", plain(&name));
            for (change, has_left) in changes {
                self.push_session(&mut out, change, has_left);
            }
        }
        if !calendar.is_empty() {
            let _ = writeln!(
                out,
                "\n### {}\n",
                self.pick("Cały kalendarz", "The whole calendar")
            );
            for difference in &calendar {
                self.push_difference(&mut out, "", difference);
            }
        }
        if !only_around.is_empty() {
            let sentence = self.pick(
                "Spotkania, które ogłasza się na nowo tylko przez zmianę całego kalendarza, \
                 adresu lub programu",
                "Sessions that are published anew only because the whole calendar, the address \
                 or the program changed",
            );
            let _ = writeln!(out, "\n{sentence}: {}.", only_around.len());
        }
        if !warnings.is_empty() {
            let _ = writeln!(out, "\n### {}\n", self.pick("Ostrzeżenia", "Warnings"));
            for warning in warnings {
                let _ = writeln!(out, "- {}", warning.message(self.language));
                if let Some(help) = warning.help(self.language) {
                    let _ = writeln!(out, "  - {help}");
                }
            }
        }
        out
    }

    /// Whether `change` is of the session itself, not only of what the
    /// calendar says around it.
    fn is_own(&self, change: &Change) -> bool {
        change.kind != Kind::Reworded || !differences(change, self.language).is_empty()
    }

    /// The changes under the names of the districts that would hear of them,
    /// in the schedule's order: those that a session leaves too, or has left.
    /// With each, whether the session is held elsewhere then.
    fn by_district<'c>(&self, changes: &[&'c Change]) -> Vec<(String, Vec<(&'c Change, bool)>)> {
        let publication: &Publication = &self.changes.outcome.publication;
        let order: HashMap<&Id, usize> = publication
            .districts
            .iter()
            .map(|district| &district.id)
            .zip(1..)
            .collect();
        let mut groups: BTreeMap<(usize, String), Vec<(&Change, bool)>> = BTreeMap::new();
        for change in changes {
            let published = publication.session(change.session.as_str());
            let left = published.map_or(&[][..], |published| &published.departures);
            let group = |district: &District| {
                let now = publication.district(district.id.as_str());
                let name = now.map_or(district, |now| now).numbered_name(self.language);
                let place = order.get(&district.id).copied().unwrap_or(usize::MAX);
                let has_left = left.iter().any(|it| it.district == district.id);
                ((place, name), has_left)
            };
            let mut names: BTreeMap<(usize, String), bool> = BTreeMap::new();
            for session in change.before.iter().chain([&change.after]) {
                match &session.districts {
                    Districts::All => {
                        let name = self.pick("Wszystkie dzielnice", "All districts");
                        names.insert((0, name.to_owned()), !left.is_empty());
                    }
                    Districts::These(districts) => {
                        names.extend(districts.iter().map(|district| group(district)));
                    }
                }
            }
            let departed =
                (change.departed.iter()).filter_map(|id| publication.district(id.as_str()));
            names.extend(departed.map(|district| group(district)));
            for (name, has_left) in names {
                groups.entry(name).or_default().push((change, has_left));
            }
        }
        groups
            .into_iter()
            .map(|((_, name), changes)| (name, changes))
            .collect()
    }

    fn push_session(&self, out: &mut String, change: &Change, has_left: bool) {
        let session = &change.after;
        let (kind, when) = (self.kind(change), plain(&self.when_and_where(session)));
        let _ = writeln!(out, "- **{kind}**: {when} (`{}`)", session.id);
        for difference in differences(change, self.language) {
            self.push_difference(out, "  ", &difference);
        }
        if has_left {
            let sentence = self.pick(
                "Przeniesione do innej dzielnicy: w tutejszym kalendarzu zostaje, z nowym \
                 terminem i miejscem",
                "Moved to another district: it stays in this district’s calendar, with its new \
                 date and place",
            );
            let _ = writeln!(out, "  - {sentence}");
        }
    }

    fn push_difference(&self, out: &mut String, indent: &str, difference: &Difference) {
        let _ = writeln!(out, "{indent}- {}", self.difference(difference, plain));
    }

    /// One value, old and new, each written by `write`.
    fn difference(&self, difference: &Difference, write: impl Fn(&str) -> String) -> String {
        let name = difference.field.name(self.language);
        let translation = difference.translation;
        let translation = translation.map(|language| format!(" ({})", language.code()));
        let nothing = self.pick("(nic)", "(nothing)");
        let value = |value: &Option<String>| match value {
            Some(value) => write(value),
            None => nothing.to_owned(),
        };
        format!(
            "{name}{}: {} → {}",
            translation.unwrap_or_default(),
            value(&difference.before),
            value(&difference.after)
        )
    }

    fn when_and_where(&self, session: &Session) -> String {
        let language = self.language;
        let title = session
            .title
            .as_ref()
            .map(|title| format!("{}, ", title.get(language)));
        let date = dates::long_date(session.date(), language);
        let place = event::place(session, language);
        let title = title.unwrap_or_default();
        format!("{title}{date}, {}, {place}", session.hours())
    }

    fn kind(&self, change: &Change) -> &'static str {
        match change.kind {
            Kind::Added => self.pick("nowe spotkanie", "added"),
            Kind::Moved => self.pick("zmiana terminu lub miejsca", "moved"),
            Kind::Cancelled => self.pick("odwołane", "cancelled"),
            Kind::Postponed => self.pick("przełożone", "postponed"),
            Kind::Restored => self.pick("jednak się odbędzie", "restored"),
            Kind::Withdrawn => self.pick("usunięte bez śladu", "removed without a trace"),
            Kind::Reworded => self.pick("zmiana opisu", "reworded"),
        }
    }

    fn pick(&self, polish: &'static str, english: &'static str) -> &'static str {
        if self.language == Language::Polish {
            polish
        } else {
            english
        }
    }
}

/// `text` on one line, as Markdown shows it word for word.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (index, character) in text.chars().enumerate() {
        if index == LONGEST {
            plain.push('…');
            break;
        }
        match character {
            '\n' => plain.push_str(" / "),
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' => plain.extend(['\\', character]),
            other => plain.push(other),
        }
    }
    plain
}
