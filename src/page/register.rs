//! The districts as a register at a house's door: number and name on each
//! plate, and the date of the next session there.

use super::View;
use super::prose::Prose;
use crate::history::Published;
use crate::route::{Route, Selection};
use crate::schedule::Districts;
use crate::texts::dates;

/// The register, and the form that chooses several plates.
pub(super) struct Register<'a> {
    /// The plates in the schedule's order.
    pub plates: Vec<Plate<'a>>,
    /// Where the form goes.
    pub form: String,
}

/// One district.
pub(super) struct Plate<'a> {
    pub id: &'a str,
    pub number: Option<&'a str>,
    pub name: Prose<'a>,
    pub href: String,
    /// The day of the next session in this very district that is on; one for
    /// the whole city would stand on every plate.
    pub next: Option<String>,
    /// Whether the page is about it.
    pub is_chosen: bool,
}

impl<'a> Register<'a> {
    /// Every district; those of `selection` are marked.
    pub fn new(view: &View<'a>, selection: &Selection) -> Register<'a> {
        let language = view.language;
        let ahead: Vec<&Published> = view
            .publication
            .sessions
            .iter()
            .filter(|published| {
                published.session.end > view.boundary && !published.session.status.is_off()
            })
            .collect();
        let plates = view
            .publication
            .districts
            .iter()
            .map(|district| Plate {
                id: district.id.as_str(),
                number: district.number.as_deref(),
                name: Prose::name(view, &district.name),
                href: view
                    .links
                    .relative(&Route::District(Selection::one(&district.id), language)),
                next: ahead
                    .iter()
                    .find(|published| {
                        let districts = &published.session.districts;
                        *districts != Districts::All && districts.reach(&district.id)
                    })
                    .map(|published| dates::day_and_month(published.session.date(), language)),
                is_chosen: selection.ids().contains(&district.id),
            })
            .collect();
        Register {
            plates,
            form: view.links.choice(language),
        }
    }
}
