//! A [`Session`] as it was published <-> the JSON that the history keeps of it.
//!
//! Whole snapshots, with names and not only ids: a session that is gone from
//! the schedule, with its venue and district, can still be shown as it was.
//! Reading goes through the constructors of the schedule's types, so that a
//! history edited by hand can bring nothing into a feed that a schedule could
//! not.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

use crate::feed::CalendarHead;
use crate::schedule::{
    Access, Cancellations, Color, Coordinates, District, Districts, Email, Id, Link, Phone, Place,
    Refresh, Results, Session, Status, Venue, WebAddress, is_line, is_paragraphs,
};
use crate::texts::{Language, Text};
use crate::zone::Zone;

/// A session as a line of the history tells it.
#[derive(Serialize, Deserialize)]
pub(super) struct SessionSnapshot {
    /// Local times of `timezone`: it is the hour on the poster that was
    /// published, whatever a newer time zone database makes of it.
    start: String,
    end: String,
    timezone: String,
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    venue: Option<VenueSnapshot>,
    districts: DistrictsSnapshot,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<TextSnapshot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<TextSnapshot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<ResultsSnapshot>,
}

#[derive(Serialize, Deserialize)]
struct ResultsSnapshot {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<TextSnapshot>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkSnapshot>,
}

#[derive(Serialize, Deserialize)]
struct LinkSnapshot {
    title: TextSnapshot,
    url: String,
}

#[derive(Serialize, Deserialize)]
struct VenueSnapshot {
    id: String,
    name: TextSnapshot,
    district: DistrictSnapshot,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<TextSnapshot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<LocationSnapshot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    host: Option<TextSnapshot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<TextSnapshot>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    access: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct LocationSnapshot {
    lat: f64,
    lon: f64,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct DistrictSnapshot {
    id: String,
    /// Only where the calendar itself is told: people subscribe to them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    name: TextSnapshot,
}

/// `"all"`, or the districts.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum DistrictsSnapshot {
    Word(String),
    These(Vec<DistrictSnapshot>),
}

/// What a line of the history tells of the calendar itself.
#[derive(PartialEq, Serialize, Deserialize)]
pub(super) struct CalendarSnapshot {
    title: TextSnapshot,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<TextSnapshot>,
    timezone: String,
    language: String,
    refresh: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<String>,
    cancellations: String,
    districts: Vec<DistrictSnapshot>,
}

/// What many lines tell alike: a zone takes longer to read than a line, and the
/// whole venue stands in each of its sessions' lines.
#[derive(Debug, Default)]
pub(super) struct Shared {
    zones: HashMap<String, Zone>,
    /// As they were told last.
    venues: HashMap<Id, Arc<Venue>>,
}

impl Shared {
    fn zone(&mut self, name: &str) -> Result<Zone, BadValue> {
        if let Some(zone) = self.zones.get(name) {
            return Ok(zone.clone());
        }
        let zone = Zone::named(name).ok_or(BadValue("timezone"))?;
        self.zones.insert(name.to_owned(), zone.clone());
        Ok(zone)
    }

    fn venue(&mut self, venue: Venue) -> Arc<Venue> {
        match self.venues.get(&venue.id) {
            Some(last) if **last == venue => last.clone(),
            _ => {
                let venue = Arc::new(venue);
                self.venues.insert(venue.id.clone(), venue.clone());
                venue
            }
        }
    }
}

/// The key of a snapshot whose value no schedule could hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BadValue(pub(super) &'static str);

impl SessionSnapshot {
    /// The snapshot of `session`, whose local times are those of `zone`.
    pub(super) fn of(session: &Session, zone: &Zone) -> SessionSnapshot {
        SessionSnapshot {
            start: local_text(session.start),
            end: local_text(session.end),
            timezone: zone.name().to_owned(),
            status: session.status.key().to_owned(),
            venue: session.place.venue().map(|venue| VenueSnapshot::of(venue)),
            districts: match &session.districts {
                Districts::All => DistrictsSnapshot::Word("all".to_owned()),
                Districts::These(districts) => DistrictsSnapshot::These(
                    districts
                        .iter()
                        .map(|district| DistrictSnapshot::of(district))
                        .collect(),
                ),
            },
            title: session.title.as_ref().map(TextSnapshot::of),
            note: session.note.as_ref().map(TextSnapshot::of),
            results: session.results.as_ref().map(ResultsSnapshot::of),
        }
    }

    /// The session `id`, and the zone of its local times.
    pub(super) fn session(self, id: Id, shared: &mut Shared) -> Result<(Session, Zone), BadValue> {
        let zone = shared.zone(&self.timezone)?;
        let (start, end) = instants(&self.start, &self.end, &zone)?;
        let districts = match self.districts {
            DistrictsSnapshot::Word(word) if word == "all" => Districts::All,
            DistrictsSnapshot::Word(_) => return Err(BadValue("districts")),
            DistrictsSnapshot::These(districts) => Districts::These(sorted(districts)?),
        };
        let session = Session {
            id,
            start,
            end,
            place: match self.venue {
                Some(venue) => Place::Venue(shared.venue(venue.venue()?)),
                None => Place::ToBeAnnounced,
            },
            districts,
            title: optional(self.title, |title| title.line("title"))?,
            note: optional(self.note, |note| note.paragraphs("note"))?,
            status: by_key(Status::ALL, Status::key, &self.status, "status")?,
            results: optional(self.results, ResultsSnapshot::results)?,
        };
        Ok((session, zone))
    }
}

impl ResultsSnapshot {
    fn of(results: &Results) -> ResultsSnapshot {
        ResultsSnapshot {
            text: results.text.as_ref().map(TextSnapshot::of),
            links: results
                .links
                .iter()
                .map(|link| LinkSnapshot {
                    title: TextSnapshot::of(&link.name),
                    url: link.url.as_str().to_owned(),
                })
                .collect(),
        }
    }

    fn results(self) -> Result<Results, BadValue> {
        let link = |link: LinkSnapshot| {
            Ok(Link {
                name: link.title.line("results")?,
                url: WebAddress::new(&link.url).ok_or(BadValue("results"))?,
            })
        };
        Ok(Results {
            text: optional(self.text, |text| text.paragraphs("results"))?,
            links: self.links.into_iter().map(link).collect::<Result<_, _>>()?,
        })
    }
}

impl VenueSnapshot {
    fn of(venue: &Venue) -> VenueSnapshot {
        VenueSnapshot {
            id: venue.id.to_string(),
            name: TextSnapshot::of(&venue.name),
            district: DistrictSnapshot::of(&venue.district),
            address: venue.address.as_ref().map(TextSnapshot::of),
            location: venue.location.map(|location| LocationSnapshot {
                lat: location.latitude(),
                lon: location.longitude(),
            }),
            host: venue.host.as_ref().map(TextSnapshot::of),
            url: venue.url.as_ref().map(|url| url.as_str().to_owned()),
            description: venue.description.as_ref().map(TextSnapshot::of),
            access: venue
                .access
                .iter()
                .map(|access| access.key().to_owned())
                .collect(),
            email: venue.email.as_ref().map(|email| email.as_str().to_owned()),
            phone: venue.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        }
    }

    fn venue(self) -> Result<Venue, BadValue> {
        let location =
            |it: LocationSnapshot| Coordinates::new(it.lat, it.lon).ok_or(BadValue("location"));
        let access = |key: &String| by_key(Access::ALL, Access::key, key, "access");
        Ok(Venue {
            id: Id::new(&self.id).ok_or(BadValue("venue"))?,
            name: self.name.line("name")?,
            district: self.district.district()?,
            address: optional(self.address, |it| it.line("address"))?,
            location: optional(self.location, location)?,
            host: optional(self.host, |it| it.line("host"))?,
            url: optional(self.url, |it| WebAddress::new(&it).ok_or(BadValue("url")))?,
            description: optional(self.description, |it| it.paragraphs("description"))?,
            access: self.access.iter().map(access).collect::<Result<_, _>>()?,
            email: optional(self.email, |it| Email::new(&it).ok_or(BadValue("email")))?,
            phone: optional(self.phone, |it| Phone::new(&it).ok_or(BadValue("phone")))?,
        })
    }
}

impl DistrictSnapshot {
    fn of(district: &District) -> DistrictSnapshot {
        DistrictSnapshot {
            id: district.id.to_string(),
            aliases: Vec::new(),
            number: district.number.clone(),
            name: TextSnapshot::of(&district.name),
        }
    }

    fn with_aliases(district: &District) -> DistrictSnapshot {
        DistrictSnapshot {
            aliases: district.aliases.iter().map(Id::to_string).collect(),
            ..DistrictSnapshot::of(district)
        }
    }

    fn district(self) -> Result<Arc<District>, BadValue> {
        let plain = |number: &String| is_line(number);
        if self.number.as_ref().is_some_and(|number| !plain(number)) {
            return Err(BadValue("number"));
        }
        let district = District {
            id: Id::new(&self.id).ok_or(BadValue("districts"))?,
            number: self.number,
            name: self.name.line("name")?,
            aliases: self
                .aliases
                .iter()
                .map(|alias| Id::new(alias).ok_or(BadValue("aliases")))
                .collect::<Result<_, _>>()?,
        };
        Ok(Arc::new(district))
    }
}

impl CalendarSnapshot {
    pub(super) fn of(head: &CalendarHead) -> CalendarSnapshot {
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
                .map(|district| DistrictSnapshot::with_aliases(district))
                .collect(),
        }
    }

    pub(super) fn head(self, shared: &mut Shared) -> Result<CalendarHead, BadValue> {
        let key = &self.cancellations;
        let cancellations = by_key(Cancellations::ALL, Cancellations::key, key, "cancellations")?;
        Ok(CalendarHead {
            title: self.title.line("title")?,
            description: optional(self.description, |it| it.paragraphs("description"))?,
            zone: shared.zone(&self.timezone)?,
            language: Language::from_code(&self.language).ok_or(BadValue("language"))?,
            refresh: Refresh::hours(self.refresh).ok_or(BadValue("refresh"))?,
            color: optional(self.color, |it| Color::named(&it).ok_or(BadValue("color")))?,
            cancellations,
            districts: self
                .districts
                .into_iter()
                .map(DistrictSnapshot::district)
                .collect::<Result<_, _>>()?,
        })
    }
}

/// The districts of a session: at least one, by id, each once.
fn sorted(snapshots: Vec<DistrictSnapshot>) -> Result<Vec<Arc<District>>, BadValue> {
    let mut districts = snapshots
        .into_iter()
        .map(DistrictSnapshot::district)
        .collect::<Result<Vec<_>, _>>()?;
    districts.sort_by(|one, other| one.id.cmp(&other.id));
    districts.dedup_by(|one, other| one.id == other.id);
    if districts.is_empty() {
        return Err(BadValue("districts"));
    }
    Ok(districts)
}

fn by_key<T: Copy>(
    all: &[T],
    key: impl Fn(T) -> &'static str,
    wanted: &str,
    name: &'static str,
) -> Result<T, BadValue> {
    let mut all = all.iter().copied();
    all.find(|value| key(*value) == wanted)
        .ok_or(BadValue(name))
}

/// A human text: one string where every language says the same, else a map.
#[derive(PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum TextSnapshot {
    Same(String),
    ByLanguage {
        #[serde(skip_serializing_if = "Option::is_none")]
        pl: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        en: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        uk: Option<String>,
    },
}

impl TextSnapshot {
    fn of(text: &Text) -> TextSnapshot {
        let [polish, english, ukrainian] = Language::ALL.map(|language| text.get(language));
        if polish == english && english == ukrainian {
            return TextSnapshot::Same(polish.to_owned());
        }
        TextSnapshot::ByLanguage {
            pl: Some(polish.to_owned()),
            en: Some(english.to_owned()),
            uk: Some(ukrainian.to_owned()),
        }
    }

    fn line(self, key: &'static str) -> Result<Text, BadValue> {
        self.text(key, is_line)
    }

    fn paragraphs(self, key: &'static str) -> Result<Text, BadValue> {
        self.text(key, is_paragraphs)
    }

    fn text(self, key: &'static str, good: fn(&str) -> bool) -> Result<Text, BadValue> {
        let words = match self {
            TextSnapshot::Same(words) if good(&words) => return Ok(Text::same(&words)),
            TextSnapshot::Same(_) => return Err(BadValue(key)),
            TextSnapshot::ByLanguage { pl, en, uk } => [pl, en, uk],
        };
        let own = words.iter().flatten().next().ok_or(BadValue(key))?;
        if !words.iter().flatten().all(|words| good(words)) {
            return Err(BadValue(key));
        }
        Ok(Text::by_language(own, |language| {
            words[language as usize].as_deref()
        }))
    }
}

/// What `read` makes of a value, where there is one.
fn optional<T, V>(
    value: Option<T>,
    read: impl Fn(T) -> Result<V, BadValue>,
) -> Result<Option<V>, BadValue> {
    value.map(read).transpose()
}

const LOCAL: &str = "%Y-%m-%dT%H:%M:%S";
const LOCAL_WHOLE_MINUTES: &str = "%Y-%m-%dT%H:%M";

/// The beginning and end of a session, from its local times.
fn instants(
    start: &str,
    end: &str,
    zone: &Zone,
) -> Result<(DateTime<FixedOffset>, DateTime<FixedOffset>), BadValue> {
    let start = local_time(start).ok_or(BadValue("start"))?;
    let end = local_time(end)
        .filter(|end| *end > start)
        .ok_or(BadValue("end"))?;
    let begins = instant(start, zone).ok_or(BadValue("start"))?;
    let ends = instant(end, zone).ok_or(BadValue("end"))?;
    if ends > begins {
        return Ok((begins, ends));
    }
    let ends = begins
        .checked_add_signed(end - start)
        .ok_or(BadValue("end"))?;
    Ok((begins, ends))
}

/// What the clocks of the session's zone show.
fn local_text(time: DateTime<FixedOffset>) -> String {
    let format = if time.second() == 0 {
        LOCAL_WHOLE_MINUTES
    } else {
        LOCAL
    };
    time.naive_local().format(format).to_string()
}

fn local_time(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, LOCAL_WHOLE_MINUTES)
        .or_else(|_| NaiveDateTime::parse_from_str(text, LOCAL))
        .ok()
        // Four digits are all that iCalendar can write.
        .filter(|local| (1..=9999).contains(&local.year()))
}

/// The instant that the clocks show as `local`. Where a time zone database
/// newer than the one it was published by lets them show it twice, the
/// earlier; where they jump over it, as long after the jump as it was after
/// the jump's beginning: a published session never goes missing.
fn instant(local: NaiveDateTime, zone: &Zone) -> Option<DateTime<FixedOffset>> {
    if let Ok(instant) = zone.resolve(local) {
        return Some(instant);
    }
    let day_before = local.and_utc().checked_sub_signed(TimeDelta::days(1))?;
    let offset = *zone.at(day_before).offset();
    let instant = local.and_local_timezone(offset).single()?;
    Some(zone.at(instant.to_utc()))
}
