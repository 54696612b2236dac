//! A [`Session`] as it was published <-> the JSON that the history keeps of it.
//!
//! Whole snapshots, with names and not only ids: a session that is gone from
//! the schedule, with its venue and district, can still be shown as it was.
//! Reading goes through the constructors of the schedule's types, so that a
//! history edited by hand can bring nothing into a feed that a schedule could
//! not.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::schedule::{
    Access, Coordinates, District, Districts, Email, Id, Link, Phone, Place, Results, Session,
    Status, Venue, WebAddress,
};
use crate::zone::Zone;

mod calendar;
mod shared;
mod text;
mod time;

pub(super) use calendar::CalendarSnapshot;
pub(super) use shared::Shared;

use text::{TextSnapshot, is_line, optional_line};
use time::{instants, local_text};

/// A session as a line of the history tells it.
#[derive(Serialize, Deserialize)]
pub(super) struct SessionSnapshot {
    /// Local times of `timezone`: it is the hour on the poster that was
    /// published, whatever a newer time zone database makes of it.
    start: String,
    end: String,
    timezone: String,
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    venue: Option<VenueSnapshot>,
    districts: DistrictsSnapshot,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<TextSnapshot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<TextSnapshot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    results: Option<ResultsSnapshot>,
}

#[derive(Serialize, Deserialize)]
struct ResultsSnapshot {
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<TextSnapshot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    location: Option<LocationSnapshot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    host: Option<TextSnapshot>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<TextSnapshot>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    access: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct LocationSnapshot {
    lat: f64,
    lon: f64,
}

#[derive(Serialize, Deserialize)]
struct DistrictSnapshot {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
            DistrictsSnapshot::These(districts) => Districts::These(sorted(districts, shared)?),
        };
        let session = Session {
            id,
            start,
            end,
            place: match self.venue {
                Some(venue) => Place::Venue(venue.venue(shared)?),
                None => Place::ToBeAnnounced,
            },
            districts,
            title: optional_line(self.title, "title")?,
            note: self.note.map(|note| note.paragraphs("note")).transpose()?,
            status: by_key(Status::ALL, Status::key, &self.status, "status")?,
            results: self.results.map(ResultsSnapshot::results).transpose()?,
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
        let text = self.text.map(|text| text.paragraphs("results"));
        let link = |link: LinkSnapshot| {
            Ok(Link {
                name: link.title.line("results")?,
                url: WebAddress::new(&link.url).ok_or(BadValue("results"))?,
            })
        };
        Ok(Results {
            text: text.transpose()?,
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

    fn venue(self, shared: &mut Shared) -> Result<Arc<Venue>, BadValue> {
        let location = self.location.map(|LocationSnapshot { lat, lon }| {
            Coordinates::new(lat, lon).ok_or(BadValue("location"))
        });
        let url = self
            .url
            .map(|url| WebAddress::new(&url).ok_or(BadValue("url")));
        let venue = Venue {
            id: Id::new(&self.id).ok_or(BadValue("venue"))?,
            name: self.name.line("name")?,
            district: self.district.district(shared)?,
            address: optional_line(self.address, "address")?,
            location: location.transpose()?,
            host: optional_line(self.host, "host")?,
            url: url.transpose()?,
            description: self
                .description
                .map(|description| description.paragraphs("description"))
                .transpose()?,
            access: self
                .access
                .iter()
                .map(|key| by_key(Access::ALL, Access::key, key, "access"))
                .collect::<Result<_, _>>()?,
            email: self
                .email
                .map(|email| Email::new(&email).ok_or(BadValue("email")))
                .transpose()?,
            phone: self
                .phone
                .map(|phone| Phone::new(&phone).ok_or(BadValue("phone")))
                .transpose()?,
        };
        Ok(shared.venue(venue))
    }
}

impl DistrictSnapshot {
    fn of(district: &District) -> DistrictSnapshot {
        DistrictSnapshot {
            id: district.id.to_string(),
            number: district.number.clone(),
            name: TextSnapshot::of(&district.name),
        }
    }

    fn district(self, shared: &mut Shared) -> Result<Arc<District>, BadValue> {
        let plain = |number: &String| is_line(number);
        if self.number.as_ref().is_some_and(|number| !plain(number)) {
            return Err(BadValue("number"));
        }
        let district = District {
            id: Id::new(&self.id).ok_or(BadValue("districts"))?,
            number: self.number,
            name: self.name.line("name")?,
            aliases: Vec::new(),
        };
        Ok(shared.district(district))
    }
}

/// The districts of a session: at least one, by id, each once.
fn sorted(
    snapshots: Vec<DistrictSnapshot>,
    shared: &mut Shared,
) -> Result<Vec<Arc<District>>, BadValue> {
    let mut districts = snapshots
        .into_iter()
        .map(|snapshot| snapshot.district(shared))
        .collect::<Result<Vec<_>, _>>()?;
    districts.sort_by(|one, other| one.id.cmp(&other.id));
    districts.dedup_by(|one, other| one.id == other.id);
    if districts.is_empty() {
        return Err(BadValue("districts"));
    }
    Ok(districts)
}

fn by_key<T: Copy, const N: usize>(
    all: [T; N],
    key: impl Fn(T) -> &'static str,
    wanted: &str,
    name: &'static str,
) -> Result<T, BadValue> {
    all.into_iter()
        .find(|value| key(*value) == wanted)
        .ok_or(BadValue(name))
}
