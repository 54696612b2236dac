//! Two publications of one session -> what a resident would call the change.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::schedule::{Id, Place, Session, Status, Venue};

/// One change that was published.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// When.
    pub at: DateTime<Utc>,
    /// Which session.
    pub session: Id,
    /// Its revision after the change.
    pub sequence: u32,
    /// What kind of change.
    pub kind: Kind,
    /// As it was published before; `None` for a first publication.
    pub before: Option<Arc<Session>>,
    /// As it was published then; for [`Kind::Withdrawn`] the last that was.
    pub after: Arc<Session>,
    /// Whether the session is published now: a withdrawn one has no page.
    pub is_published: bool,
    /// The districts that the session had left before: it stays in their
    /// feeds, so they hear of the change too.
    pub departed: Vec<Id>,
}

/// What kind of change a resident would call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It is new.
    Added,
    /// Another date, hour or place.
    Moved,
    /// It is off.
    Cancelled,
    /// It is off on this date.
    Postponed,
    /// It is on again.
    Restored,
    /// It was published by mistake and is gone.
    Withdrawn,
    /// Other words, the same date and place.
    Reworded,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 7] = [
        Kind::Added,
        Kind::Moved,
        Kind::Cancelled,
        Kind::Postponed,
        Kind::Restored,
        Kind::Withdrawn,
        Kind::Reworded,
    ];

    /// The kind's name in the history, in JSON and in `changes`.
    pub const fn key(self) -> &'static str {
        match self {
            Kind::Added => "added",
            Kind::Moved => "moved",
            Kind::Cancelled => "cancelled",
            Kind::Postponed => "postponed",
            Kind::Restored => "restored",
            Kind::Withdrawn => "withdrawn",
            Kind::Reworded => "reworded",
        }
    }

    /// What a resident would call the change of a session that was published
    /// as `before` and is now published as `after`.
    pub fn of_change(before: &Session, after: &Session) -> Kind {
        match (before.status, after.status) {
            (old, Status::Cancelled) if old != Status::Cancelled => Kind::Cancelled,
            (old, Status::Postponed) if old != Status::Postponed => Kind::Postponed,
            // A postponed session with its new date: nobody asks whether it
            // takes place after all.
            (Status::Postponed, new) if !new.is_off() && before.start != after.start => Kind::Moved,
            (old, new) if old.is_off() && !new.is_off() => Kind::Restored,
            _ if before.start != after.start || before.end != after.end => Kind::Moved,
            _ if is_elsewhere(before, after) => Kind::Moved,
            _ => Kind::Reworded,
        }
    }
}

/// Whether people who went to `before` would not be at `after`. A venue that
/// is only called otherwise, or whose address was completed, is where it was;
/// all that is known of a place still to be announced is its districts.
pub(super) fn is_elsewhere(before: &Session, after: &Session) -> bool {
    let (before, after): (&Venue, &Venue) = match (&before.place, &after.place) {
        (Place::Venue(before), Place::Venue(after)) => (before, after),
        (Place::ToBeAnnounced, Place::ToBeAnnounced) => {
            return before.districts.ids() != after.districts.ids();
        }
        _ => return true,
    };
    let other_venue = before.id != after.id
        && (before.name != after.name || before.district.id != after.district.id);
    let other_address =
        before.address.is_some() && after.address.is_some() && before.address != after.address;
    other_venue || other_address
}
