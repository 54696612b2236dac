//! Who fetches which district's feed: reach, counted without watching anyone.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;

use super::Client;
use crate::site::Selected;

/// The labels of one counter: the district and the family of programs.
pub(super) type Labels = [(&'static str, String); 2];

/// The counters of one schedule's feeds, found beforehand: looking one up by
/// its labels costs more than the rest of a request's counting together.
#[derive(Debug)]
pub struct Fetches {
    all: [Counter; Client::ALL.len()],
    several: [Counter; Client::ALL.len()],
    districts: Vec<[Counter; Client::ALL.len()]>,
}

impl Fetches {
    /// The counters for these ids of districts; those of a district that was
    /// there before go on.
    pub(super) fn new<'a>(
        family: &Family<Labels, Counter>,
        districts: impl IntoIterator<Item = &'a str>,
    ) -> Fetches {
        let counters = |district: &str| {
            Client::ALL.map(|client| {
                family.get_or_create_owned(&[
                    ("district", district.to_owned()),
                    ("client", client.label().to_owned()),
                ])
            })
        };
        Fetches {
            all: counters("all"),
            // Not a district's id: those have no blanks.
            several: counters("several districts"),
            districts: districts.into_iter().map(counters).collect(),
        }
    }

    /// Counts one fetch of a feed, whether it was sent or had not changed. A
    /// place beyond the list counts nothing.
    pub fn count(&self, selected: Selected, client: Client) {
        let counters = match selected {
            Selected::All => Some(&self.all),
            Selected::Several => Some(&self.several),
            Selected::District(place) => self.districts.get(place),
        };
        if let Some(counters) = counters {
            counters[client as usize].inc();
        }
    }
}
