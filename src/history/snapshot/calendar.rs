//! The calendar around the sessions <-> the JSON that the history keeps of it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::language::{Language, Text};
use crate::schedule::{Calendar, Cancellations, Color, District, Refresh};
use crate::zone::Zone;

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

/// The calendar and its districts as they were published: what stands in a
/// feed outside its events.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The cycle's name.
    pub title: Text,
    /// What it is.
    pub description: Option<Text>,
    /// The zone of the local hours.
    pub zone: Zone,
    /// The language of addresses without a prefix.
    pub language: Language,
    /// How often to come back.
    pub refresh: Refresh,
    /// The events' colour.
    pub color: Option<Color>,
    /// How a cancelled session is told.
    pub cancellations: Cancellations,
    /// The districts; their aliases are not kept.
    pub districts: Vec<Arc<District>>,
}

impl CalendarSnapshot {
    pub(in crate::history) fn of(frame: &Frame) -> CalendarSnapshot {
        CalendarSnapshot {
            title: TextSnapshot::of(&frame.title),
            description: frame.description.as_ref().map(TextSnapshot::of),
            timezone: frame.zone.name().to_owned(),
            language: frame.language.code().to_owned(),
            refresh: frame.refresh.as_hours(),
            color: frame.color.map(|color| color.name().to_owned()),
            cancellations: frame.cancellations.key().to_owned(),
            districts: frame
                .districts
                .iter()
                .map(|district| DistrictSnapshot::of(district))
                .collect(),
        }
    }

    pub(in crate::history) fn frame(self, shared: &mut Shared) -> Result<Frame, BadValue> {
        Ok(Frame {
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

impl Frame {
    /// What `calendar` and `districts` put into feeds outside the events.
    pub(in crate::history) fn of(calendar: &Calendar, districts: &[Arc<District>]) -> Frame {
        Frame {
            title: calendar.title.clone(),
            description: calendar.description.clone(),
            zone: calendar.zone.clone(),
            language: calendar.language,
            refresh: calendar.refresh,
            color: calendar.color,
            cancellations: calendar.cancellations,
            districts: districts.to_vec(),
        }
    }
}
