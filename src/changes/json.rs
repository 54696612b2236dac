//! The report for programs.

use serde::Serialize;
use serde_json::Value;

use super::{Changes, Recorded, differences};
use crate::feed::difference::Difference;
use crate::feed::{Change, Kind};
use crate::schedule::{Districts, Session, report};
use crate::texts::Language;

#[derive(Serialize)]
struct Shape<'a> {
    file: &'a str,
    sessions: Vec<ChangeShape<'a>>,
    /// What changes for every session at once.
    calendar: Vec<DifferenceShape>,
    /// As `check` has them.
    warnings: Vec<Value>,
    /// The lines that the history got, and its file, after `publish`.
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<&'a str>,
}

#[derive(Serialize)]
struct ChangeShape<'a> {
    session: &'a str,
    kind: &'static str,
    revision: u32,
    /// `null` for a session that is new.
    before: Option<SessionShape<'a>>,
    /// `null` for a session that goes.
    after: Option<SessionShape<'a>>,
    differences: Vec<DifferenceShape>,
}

#[derive(Serialize)]
struct SessionShape<'a> {
    start: String,
    end: String,
    status: &'static str,
    /// `null` where it is to be announced.
    place: Option<&'a str>,
    /// Empty for a city-wide session.
    districts: Vec<&'a str>,
    city_wide: bool,
}

#[derive(Serialize)]
struct DifferenceShape {
    field: &'static str,
    /// Where only a translation changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
    before: Option<String>,
    after: Option<String>,
}

/// The report, indented, with a line break at its end.
pub(super) fn write(
    changes: &Changes<'_>,
    file: &str,
    recorded: Option<&Recorded>,
    language: Language,
) -> String {
    let warnings = changes.warnings.iter();
    let warnings = warnings.map(|warning| report::entry(warning, language));
    let sessions = changes
        .sessions
        .iter()
        .map(|change| ChangeShape::new(change, language));
    let shape = Shape {
        file,
        sessions: sessions.collect(),
        calendar: changes
            .of_calendar(language)
            .into_iter()
            .map(DifferenceShape::new)
            .collect(),
        warnings: warnings.collect(),
        recorded: recorded.map(|recorded| recorded.lines),
        history: recorded.map(|recorded| recorded.history.as_str()),
    };
    let mut json = serde_json::to_string_pretty(&shape)
        .expect("the shape has string keys only and nothing that fails to serialize");
    json.push('\n');
    json
}

impl<'a> ChangeShape<'a> {
    fn new(change: &'a Change, language: Language) -> ChangeShape<'a> {
        let after = SessionShape::new(&change.after, language);
        let (before, after) = if change.kind == Kind::Withdrawn {
            (Some(after), None)
        } else {
            let before = change.before.as_ref();
            (
                before.map(|before| SessionShape::new(before, language)),
                Some(after),
            )
        };
        ChangeShape {
            session: change.session.as_str(),
            kind: match change.kind {
                Kind::Withdrawn => "removed",
                kind => kind.key(),
            },
            revision: change.sequence,
            before,
            after,
            differences: differences(change, language)
                .into_iter()
                .map(DifferenceShape::new)
                .collect(),
        }
    }
}

impl<'a> SessionShape<'a> {
    fn new(session: &'a Session, language: Language) -> SessionShape<'a> {
        let (districts, city_wide) = match &session.districts {
            Districts::All => (Vec::new(), true),
            Districts::These(districts) => (
                districts
                    .iter()
                    .map(|district| district.id.as_str())
                    .collect(),
                false,
            ),
        };
        SessionShape {
            start: session.start.to_rfc3339(),
            end: session.end.to_rfc3339(),
            status: session.status.key(),
            place: session.place.venue().map(|venue| venue.name.get(language)),
            districts,
            city_wide,
        }
    }
}

impl DifferenceShape {
    fn new(difference: Difference) -> DifferenceShape {
        DifferenceShape {
            field: difference.field.key(),
            language: difference.translation.map(Language::code),
            before: difference.before,
            after: difference.after,
        }
    }
}
