//! What each kind of document may do, who may read it, how long a cache may
//! keep it, and as what it is counted.

use super::document::{Policy, Subject};
use crate::address::{Address, File, Format};
use crate::history::Publication;
use crate::metrics::{Kind, Selected};
use crate::page;
use crate::schedule::Id;
use crate::selection::Selection;

/// Five minutes, then stale while it is fetched anew, and for a week while
/// the service cannot be reached: an old calendar is better than none.
const FOR_PROGRAMS: &str =
    "public, max-age=300, stale-while-revalidate=3600, stale-if-error=604800";

/// A minute: who reloads a page wants to see what is so.
const FOR_READERS: &str = "public, max-age=60, stale-while-revalidate=600, stale-if-error=604800";

/// The policy of what stands at `address`.
pub fn policy(address: &Address) -> Policy {
    let (caching, security, any_origin) = match address {
        Address::Feed(..) | Address::SessionFile(..) | Address::QrCode(_) | Address::File(_) => {
            (FOR_PROGRAMS, page::FILE_POLICY, true)
        }
        Address::Widget(..) => (FOR_READERS, page::widget_policy(), true),
        Address::Embedding(_) => (FOR_READERS, page::EMBEDDING_POLICY, false),
        Address::Landing(_)
        | Address::District(..)
        | Address::Session(..)
        | Address::Places(_)
        | Address::Place(..)
        | Address::Poster(..) => (FOR_READERS, page::PAGE_POLICY, false),
    };
    Policy {
        caching,
        security,
        any_origin,
    }
}

/// As what a request for `address` is counted.
pub fn subject(address: &Address, publication: &Publication) -> Subject {
    let kind = match address {
        Address::Feed(_, Format::Ics, _) | Address::SessionFile(..) => Kind::Ics,
        Address::Feed(_, Format::Json, _) => Kind::Json,
        Address::Feed(_, Format::Atom, _) => Kind::Atom,
        Address::Feed(_, Format::Csv, _) => Kind::Csv,
        Address::Widget(..) | Address::File(File::WidgetScript) => Kind::Widget,
        Address::QrCode(_) | Address::File(_) => Kind::Other,
        _ => Kind::Page,
    };
    let fetched = match address {
        Address::Feed(selection, Format::Ics, _) => Some(selected(selection, publication)),
        _ => None,
    };
    Subject { kind, fetched }
}

fn selected(selection: &Selection, publication: &Publication) -> Selected {
    let place_of = |id: &Id| {
        publication
            .districts
            .iter()
            .position(|district| district.id == *id)
    };
    match selection.ids() {
        [] => Selected::All,
        [id] => place_of(id).map_or(Selected::Several, Selected::District),
        _ => Selected::Several,
    }
}
