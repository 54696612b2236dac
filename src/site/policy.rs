//! What each kind of document may do, who may read it, how long a cache may
//! keep it, and as what it is counted.

use super::document::{Kind, MetricLabels, Policy, Selected};
use crate::history::Publication;
use crate::page;
use crate::route::{Drawing, File, Format, Route, Selection};
use crate::schedule::Id;

/// Five minutes, then stale while it is fetched anew, and for a week while
/// the service cannot be reached: an old calendar is better than none.
const FOR_PROGRAMS: &str =
    "public, max-age=300, stale-while-revalidate=3600, stale-if-error=604800";

/// A minute: who reloads a page wants to see what is so.
const FOR_READERS: &str = "public, max-age=60, stale-while-revalidate=600, stale-if-error=604800";

/// Whoever looks at a preview wants to see each edit.
const FOR_PREVIEW: &str = "no-store";

/// The policy of what stands at `route`.
pub fn policy(route: &Route, is_preview: bool) -> Policy {
    let (caching, security, any_origin) = match route {
        // XML, in which a browser finds links and scripts.
        Route::Feed(_, Format::Atom, _)
        | Route::QrCode(_, Drawing::Svg)
        | Route::File(File::Favicon | File::Sitemap) => {
            (FOR_PROGRAMS, Some(page::FILE_POLICY), true)
        }
        Route::Feed(..)
        | Route::SessionFile(..)
        | Route::QrCode(..)
        | Route::Picture(..)
        | Route::SharePicture(_)
        | Route::File(_) => (FOR_PROGRAMS, None, true),
        Route::Widget(..) => (FOR_READERS, Some(page::widget_policy()), true),
        Route::Organisations(..) => (FOR_READERS, Some(page::ORGANISATIONS_POLICY), false),
        Route::Landing(_)
        | Route::District(..)
        | Route::Session(..)
        | Route::Places(_)
        | Route::Place(..)
        | Route::Poster(..)
        | Route::SessionPoster(..)
        | Route::Accessibility(_) => (FOR_READERS, Some(page::PAGE_POLICY), false),
    };
    Policy {
        caching: if is_preview { FOR_PREVIEW } else { caching },
        security,
        any_origin,
    }
}

/// As what a request for `route` is counted.
pub fn labels(route: &Route, publication: &Publication) -> MetricLabels {
    let kind = match route {
        Route::Feed(_, Format::Ics, _) | Route::SessionFile(..) => Kind::Ics,
        Route::Feed(_, Format::Json, _) => Kind::Json,
        Route::Feed(_, Format::Atom, _) => Kind::Atom,
        Route::Feed(_, Format::Csv, _) => Kind::Csv,
        Route::Widget(..) | Route::File(File::WidgetScript) => Kind::Widget,
        Route::QrCode(..) | Route::Picture(..) | Route::SharePicture(_) | Route::File(_) => {
            Kind::Other
        }
        _ => Kind::Page,
    };
    let fetched = match route {
        Route::Feed(selection, Format::Ics, _) => Some(selected(selection, publication)),
        _ => None,
    };
    MetricLabels { kind, fetched }
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
