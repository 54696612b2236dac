//! How the service fares, in words: for /readyz and the log.

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use tracing::{error, info, warn};

use crate::history::{NotWritten, Outcome};
use crate::schedule::{Reading, Rejected, report};
use crate::terminal::with_causes;
use crate::texts::Language;

/// How the service fares.
#[derive(Debug, Clone)]
pub struct Status {
    /// When what is served was published here.
    pub since: DateTime<Utc>,
    /// How many sessions are served.
    pub sessions: usize,
    /// How many records the history got for it.
    pub recorded: usize,
    /// What came of the last edit.
    pub edit: Edit,
    /// What looks wrong beside the last published history.
    pub warnings: Vec<String>,
    /// What is wrong with the history.
    pub history: Vec<String>,
}

/// What came of an edit of the schedule.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Whether it is served.
    pub refused: bool,
    /// Its problems or warnings with their lines, as `check` reports them.
    pub report: String,
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
    pub fn new(
        since: DateTime<Utc>,
        outcome: &Outcome,
        failure: Option<&NotWritten>,
        language: Language,
    ) -> Status {
        let mut history: Vec<String> = outcome
            .history
            .unreadable()
            .iter()
            .map(ToString::to_string)
            .collect();
        history.extend(failure.map(|failure| {
            format!(
                "{}: changes are served, and recorded as soon as it works",
                with_causes(failure)
            )
        }));
        Status {
            since,
            sessions: outcome.publication.sessions.len(),
            recorded: outcome.records.len(),
            edit: Edit::default(),
            warnings: outcome
                .warnings
                .iter()
                .map(|warning| warning.message(language))
                .collect(),
            history,
        }
    }

    /// The same after an edit.
    #[must_use]
    pub fn after(mut self, edit: Edit) -> Status {
        self.edit = edit;
        self
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

    /// Tells the log what happened, once.
    pub fn log(&self) {
        if self.edit.refused {
            error!(report = %self.edit.report, "the schedule was edited, but is not served: the last good one goes on");
            return;
        }
        info!(
            sessions = self.sessions,
            recorded = self.recorded,
            "the schedule is served"
        );
        if !self.edit.report.is_empty() {
            warn!(report = %self.edit.report, "the schedule has warnings");
        }
        for warning in &self.warnings {
            warn!("{warning}");
        }
        for problem in &self.history {
            error!("history: {problem}");
        }
    }
}
