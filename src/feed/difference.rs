//! Two publications of one session, or of the calendar around it -> what
//! people see differently, old and new, in words.

use crate::schedule::{Coordinates, Session, Venue};
use crate::texts::{Language, Text, dates};

use super::{CalendarHead, event};

/// One thing that people see differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is.
    pub field: Field,
    /// The language of the text that changed, where it is not the one that
    /// was asked for: a translation was mended, added or dropped.
    pub translation: Option<Language>,
    /// What it was; `None` where there was nothing.
    pub before: Option<String>,
    /// What it is; `None` where there is nothing.
    pub after: Option<String>,
}

/// What can be seen differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Whether it is on.
    Status,
    /// The local date.
    Date,
    /// The local hours.
    Hours,
    /// The venue's name with its address.
    Place,
    /// The venue's point on the map.
    Map,
    /// The districts whose subscribers hear of it.
    Districts,
    /// The session's own title.
    Title,
    /// The session's note.
    Note,
    /// Who runs the venue.
    Host,
    /// How people get in and take part.
    Access,
    /// The venue's own page.
    VenuePage,
    /// What the venue is like.
    VenueDescription,
    /// The cycle's name.
    CalendarTitle,
    /// What the cycle is.
    CalendarDescription,
    /// The zone of all local hours.
    TimeZone,
    /// The language of addresses without a prefix.
    MainLanguage,
    /// How often calendar programs come back.
    Refresh,
    /// The events' colour.
    Color,
    /// How a cancelled session is told.
    Cancellations,
    /// The name of a district, or that there is one.
    DistrictName,
}

impl Field {
    /// The field's name in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Field::Status => "status",
            Field::Date => "date",
            Field::Hours => "hours",
            Field::Place => "place",
            Field::Map => "map",
            Field::Districts => "districts",
            Field::Title => "title",
            Field::Note => "note",
            Field::Host => "host",
            Field::Access => "access",
            Field::VenuePage => "venue_page",
            Field::VenueDescription => "venue_description",
            Field::CalendarTitle => "calendar_title",
            Field::CalendarDescription => "calendar_description",
            Field::TimeZone => "timezone",
            Field::MainLanguage => "language",
            Field::Refresh => "refresh",
            Field::Color => "color",
            Field::Cancellations => "cancellations",
            Field::DistrictName => "district_name",
        }
    }

    /// What people call the field.
    pub fn name(self, language: Language) -> &'static str {
        let words = language.words();
        match self {
            Field::Status => words.field_status,
            Field::Date => words.field_date,
            Field::Hours => words.field_hours,
            Field::Place => words.field_place,
            Field::Map => words.field_map,
            Field::Districts => words.districts,
            Field::Title => words.field_title,
            Field::Note => words.field_note,
            Field::Host => words.host,
            Field::Access => words.access,
            Field::VenuePage => words.own_page,
            Field::VenueDescription => words.field_venue_description,
            Field::CalendarTitle => words.field_calendar_title,
            Field::CalendarDescription => words.field_calendar_description,
            Field::TimeZone => words.field_time_zone,
            Field::MainLanguage => words.field_main_language,
            Field::Refresh => words.field_refresh,
            Field::Color => words.field_color,
            Field::Cancellations => words.field_cancellations,
            Field::DistrictName => words.district,
        }
    }
}

/// What people see differently between two publications of one session, the
/// most important first: the texts of `language`, then those of other
/// languages that changed in another way.
pub fn of_session(before: &Session, after: &Session, language: Language) -> Vec<Difference> {
    let mut found = Found::new(language);
    found.value(Field::Status, before.status, after.status, |status| {
        Some(status.name(language).to_owned())
    });
    found.value(Field::Date, before.date(), after.date(), |date| {
        Some(dates::long_date(date, language))
    });
    found.value(Field::Hours, before.hours(), after.hours(), Some);

    let (old, new) = (before.place.venue(), after.place.venue());
    let places = |language| [before, after].map(|it| Some(event::place(it, language)));
    found.told(Field::Place, places);
    found.told(Field::Districts, |language| {
        [&before.districts, &after.districts].map(|districts| Some(districts.names(language)))
    });
    found.text(Field::Title, before.title.as_ref(), after.title.as_ref());
    found.text(Field::Note, before.note.as_ref(), after.note.as_ref());

    found.told(Field::Access, |language| {
        [old, new].map(|venue| venue.and_then(|venue| access(venue, language)))
    });
    // What another place is like is no change of this one.
    if places(language)[0] != places(language)[1] {
        return found.differences;
    }
    let of = |get: fn(&Venue) -> Option<&Text>| [old, new].map(|it| it.and_then(|it| get(it)));
    let [host_before, host_after] = of(|venue| venue.host.as_ref());
    found.text(Field::Host, host_before, host_after);
    let [page_before, page_after] =
        [old, new].map(|venue| Some(venue?.url.as_ref()?.as_str().to_owned()));
    found.value(Field::VenuePage, page_before, page_after, |page| page);
    let [point_before, point_after] = [old, new].map(|venue| venue?.location);
    found.value(Field::Map, point_before, point_after, |point| {
        point.map(coordinates)
    });
    let [about_before, about_after] = of(|venue| venue.description.as_ref());
    found.text(Field::VenueDescription, about_before, about_after);
    found.differences
}

/// What people see differently of the calendar itself.
pub fn of_calendar(
    before: &CalendarHead,
    after: &CalendarHead,
    language: Language,
) -> Vec<Difference> {
    let mut found = Found::new(language);
    found.text(
        Field::CalendarTitle,
        Some(&before.title),
        Some(&after.title),
    );
    let (old, new) = (before.description.as_ref(), after.description.as_ref());
    found.text(Field::CalendarDescription, old, new);
    found.value(
        Field::TimeZone,
        before.zone.name(),
        after.zone.name(),
        |name| Some(name.to_owned()),
    );
    found.value(
        Field::MainLanguage,
        before.language,
        after.language,
        |language| Some(language.code().to_owned()),
    );
    found.value(Field::Refresh, before.refresh, after.refresh, |refresh| {
        Some(format!("{} h", refresh.as_hours()))
    });
    found.value(Field::Color, before.color, after.color, |color| {
        color.map(|color| color.name().to_owned())
    });
    found.value(
        Field::Cancellations,
        before.cancellations,
        after.cancellations,
        |way| Some(way.key().to_owned()),
    );
    for district in &after.districts {
        let old = before.districts.iter().find(|old| old.id == district.id);
        found.text(
            Field::DistrictName,
            old.map(|old| &old.name),
            Some(&district.name),
        );
    }
    for district in &before.districts {
        if !after.districts.iter().any(|new| new.id == district.id) {
            found.text(Field::DistrictName, Some(&district.name), None);
        }
    }
    found.differences
}

/// The differences found so far.
struct Found {
    language: Language,
    differences: Vec<Difference>,
}

impl Found {
    fn new(language: Language) -> Found {
        Found {
            language,
            differences: Vec::new(),
        }
    }

    /// What is the same in every language.
    fn value<T: PartialEq>(
        &mut self,
        field: Field,
        before: T,
        after: T,
        tell: impl Fn(T) -> Option<String>,
    ) {
        if before != after {
            let (before, after) = (tell(before), tell(after));
            self.differences.push(Difference {
                field,
                translation: None,
                before,
                after,
            });
        }
    }

    /// What people wrote, in each language by itself.
    fn text(&mut self, field: Field, before: Option<&Text>, after: Option<&Text>) {
        let tell =
            |language| [before, after].map(|text| text.map(|text| text.get(language).to_owned()));
        let [before, after] = tell(self.language);
        self.value(field, before, after, |words| words);
        self.translations(field, tell);
    }

    /// What is put together of names and of our own words: where it changed
    /// in the asked language, to tell it in the others too says nothing new.
    fn told(&mut self, field: Field, tell: impl Fn(Language) -> [Option<String>; 2]) {
        let [before, after] = tell(self.language);
        if before == after {
            self.translations(field, tell);
        } else {
            self.value(field, before, after, |words| words);
        }
    }

    /// The languages that changed otherwise than the asked one, each change
    /// once: a language without words of its own goes with the calendar's.
    fn translations(&mut self, field: Field, tell: impl Fn(Language) -> [Option<String>; 2]) {
        let mut known = vec![tell(self.language)];
        for language in Language::ALL {
            let told = tell(language);
            if told[0] == told[1] || known.contains(&told) {
                continue;
            }
            known.push(told.clone());
            let [before, after] = told;
            let translation = Some(language);
            self.differences.push(Difference {
                field,
                translation,
                before,
                after,
            });
        }
    }
}

fn access(venue: &Venue, language: Language) -> Option<String> {
    let features: Vec<&str> = venue
        .access
        .iter()
        .map(|access| access.name(language))
        .collect();
    (!features.is_empty()).then(|| features.join(", "))
}

fn coordinates(point: Coordinates) -> String {
    format!("{}, {}", point.latitude(), point.longitude())
}
