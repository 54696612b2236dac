//! How the service fares, in words: for /readyz and the log.

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use tracing::{error, info, warn};

use crate::history::Saved;
use crate::schedule::{Reading, Rejected, report};
use crate::terminal::with_causes;
use crate::texts::Language;

/// How the service fares.
#[derive(Debug, Clone)]
pub(super) struct Status {
    /// When what is served was published here.
    pub since: DateTime<Utc>,
    /// How many sessions are served.
    sessions: usize,
    /// How many records the history got.
    recorded: usize,
    /// What came of the last edit.
    pub edit: Edit,
    /// What looks wrong beside the last published history.
    warnings: Vec<String>,
    /// What is wrong with the history.
    pub history: Vec<String>,
}

/// What came of an edit of the schedule.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    /// Whether the schedule before it goes on being served.
    refused: bool,
    /// Its problems or warnings with their lines, as `check` reports them.
    report: String,
}

impl Edit {
    /// An edit that is served, with what looks odd about it.
    pub fn served(name: &str, bytes: &[u8], reading: &Reading, language: Language) -> Edit {
        let report = if reading.warnings.is_empty() {
            String::new()
        } else {
            report::text(name, bytes, Ok(reading), language, false)
        };
        Edit {
            refused: false,
            report,
        }
    }

    /// An edit with problems.
    pub fn refused(name: &str, bytes: &[u8], rejected: &Rejected, language: Language) -> Edit {
        let report = report::text(name, bytes, Err(rejected), language, false);
        Edit {
            refused: true,
            report,
        }
    }

    /// An edit that cannot be read, or not be published over its history.
    pub fn unreadable(name: &str, error: &dyn std::error::Error) -> Edit {
        Edit {
            refused: true,
            report: format!("{name}: {}\n", with_causes(error)),
        }
    }
}

impl Status {
    /// The status after a publication at `since`.
    pub fn new(since: DateTime<Utc>, saved: &Saved, edit: Edit, language: Language) -> Status {
        let outcome = &saved.outcome;
        let unreadable = outcome.history.unreadable().iter();
        let mut history: Vec<String> = unreadable.map(ToString::to_string).collect();
        history.extend(saved.failure.as_ref().map(|failure| {
            format!(
                "{}: changes are served, and recorded as soon as it works",
                with_causes(failure)
            )
        }));
        Status {
            since,
            sessions: outcome.publication.sessions.len(),
            recorded: saved.written,
            edit,
            warnings: outcome
                .warnings
                .iter()
                .map(|warning| warning.message(language))
                .collect(),
            history,
        }
    }

    /// Everything, in words.
    pub fn text(&self) -> String {
        let since = self.since.to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut text = format!(
            "ready: serving {} session{}, published {since}\n",
            self.sessions,
            if self.sessions == 1 { "" } else { "s" }
        );
        if self.edit.refused {
            text.push_str("\nthe last edit is not served, the schedule before it is:\n");
        } else if !self.edit.report.is_empty() {
            text.push_str("\nthe last edit is served, with warnings:\n");
        }
        text.push_str(&self.edit.report);
        for (title, lines) in [("warnings", &self.warnings), ("history", &self.history)] {
            if !lines.is_empty() {
                // Writing to a String cannot fail.
                let _ = write!(text, "\n{title}:\n");
                for line in lines {
                    let _ = writeln!(text, "  {line}");
                }
            }
        }
        text
    }

    /// Tells the log what came of the last edit.
    pub fn log_edit(&self) {
        let Edit { refused, report } = &self.edit;
        if *refused {
            error!(%report, "the schedule is not served: the last good one is");
            return;
        }
        info!(
            sessions = self.sessions,
            recorded = self.recorded,
            "the schedule is served"
        );
        if !report.is_empty() {
            warn!(%report, "the schedule has warnings");
        }
    }

    /// Tells the log what is wrong beside the schedule, and was not `before`.
    pub fn log_history(&self, before: Option<&Status>) {
        let is_new = |lines: fn(&Status) -> &Vec<String>, line: &String| {
            before.is_none_or(|before| !lines(before).contains(line))
        };
        for warning in &self.warnings {
            if is_new(|status| &status.warnings, warning) {
                warn!("{warning}");
            }
        }
        for problem in &self.history {
            if is_new(|status| &status.history, problem) {
                error!("history: {problem}");
            }
        }
        if self.history.is_empty() && before.is_some_and(|before| !before.history.is_empty()) {
            info!(recorded = self.recorded, "history: all is well again");
        }
    }
}
