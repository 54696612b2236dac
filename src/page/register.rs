//! The districts as a register at a house's door: number and name on each
//! card, and the date of the next session there.

use super::View;
use super::prose::Prose;
use crate::history::Published;
use crate::route::{Route, Selection};
use crate::schedule::Districts;
use crate::texts::dates;

/// The register, and the form that chooses several cards.
pub(super) struct Register<'a> {
    /// The cards in the schedule's order.
    pub cards: Vec<DistrictCard<'a>>,
    /// Where the form goes.
    pub form: String,
}

/// One district.
pub(super) struct DistrictCard<'a> {
    pub id: &'a str,
    pub number: Option<&'a str>,
    pub name: Prose<'a>,
    pub href: String,
    /// The day of the next session in this very district that is on; one for
    /// the whole city would stand on every card.
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
        let cards = view
            .publication
            .districts
            .iter()
            .map(|district| DistrictCard {
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
            cards,
            form: view.links.choice(language),
        }
    }
}
