//! The calendar around the sessions <-> the JSON that the history keeps of it.

use serde::{Deserialize, Serialize};

use crate::feed::CalendarHead;
use crate::schedule::{Cancellations, Color, Refresh};
use crate::texts::Language;

use super::text::TextSnapshot;
use super::{BadValue, DistrictSnapshot, Shared, by_key};

/// What a line of the history tells of the calendar itself.
#[derive(Serialize, Deserialize)]
pub(in crate::history) struct CalendarSnapshot {
    title: TextSnapshot,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<TextSnapshot>,
    timezone: String,
    language: String,
    refresh: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    color: Option<String>,
    cancellations: String,
    districts: Vec<DistrictSnapshot>,
}

impl CalendarSnapshot {
    pub(in crate::history) fn of(head: &CalendarHead) -> CalendarSnapshot {
        CalendarSnapshot {
            title: TextSnapshot::of(&head.title),
            description: head.description.as_ref().map(TextSnapshot::of),
            timezone: head.zone.name().to_owned(),
            language: head.language.code().to_owned(),
            refresh: head.refresh.as_hours(),
            color: head.color.map(|color| color.name().to_owned()),
            cancellations: head.cancellations.key().to_owned(),
            districts: head
                .districts
                .iter()
                .map(|district| DistrictSnapshot::of(district))
                .collect(),
        }
    }

    pub(in crate::history) fn head(self, shared: &mut Shared) -> Result<CalendarHead, BadValue> {
        Ok(CalendarHead {
            title: self.title.line("title")?,
            description: self
                .description
                .map(|description| description.paragraphs("description"))
                .transpose()?,
            zone: shared.zone(&self.timezone)?,
            language: Language::from_code(&self.language).ok_or(BadValue("language"))?,
            refresh: Refresh::hours(self.refresh).ok_or(BadValue("refresh"))?,
            color: self
                .color
                .map(|name| Color::named(&name).ok_or(BadValue("color")))
                .transpose()?,
            cancellations: by_key(
                Cancellations::ALL,
                Cancellations::key,
                &self.cancellations,
                "cancellations",
            )?,
            districts: self
                .districts
                .into_iter()
                .map(|district| district.district(shared))
                .collect::<Result<_, _>>()?,
        })
    }
}
