//! One session's page.

use askama::Template;

use super::add_to_calendar::Subscribe;
use super::frame::{Frame, Here, named_links};
use super::landing::About;
use super::meeting::Meeting;
use super::prose::Prose;
use super::share::{Share, invitation};
use super::{View, event_data};
use crate::history::Published;
use crate::route::{Route, Selection};
use crate::schedule::{Districts, Session as Scheduled};
use crate::texts::Words;

#[derive(Template)]
#[template(path = "session.html", config = "src/page/askama.toml")]
struct Session<'a> {
    frame: Frame<'a>,
    words: &'static Words,
    meeting: Meeting<'a>,
    subscribe: Subscribe<'a>,
    about: About<'a>,
    results: Option<Results<'a>>,
    /// How to pass it on, until it is over.
    share: Option<Share>,
    /// The poster for its door.
    poster: String,
}

/// What came of the session.
struct Results<'a> {
    text: Option<Prose<'a>>,
    links: Vec<(Prose<'a>, &'a str)>,
}

/// The page of `published`.
pub fn session(view: &View<'_>, published: &Published) -> String {
    let meeting = Meeting::new(view, published);
    let selection = selection_of(&published.session);
    let mut description = format!(
        "{}, {}, {}",
        meeting.date, meeting.hours, meeting.place.name.text
    );
    if let Some(status) = meeting.status {
        description = format!("{status}: {description}");
    }
    let name = match meeting.status {
        Some(status) => format!("{status}: {}", meeting.title),
        None => meeting.title.clone(),
    };
    let mut frame = Frame::new(
        view,
        &Route::Session(published.session.id.clone(), view.language),
        &name,
        &description,
        &selection,
    );
    frame.title = meeting.page_title(view.title());
    frame.events = vec![event_data::event(view, published)];
    super::write_page(&Session {
        frame,
        words: view.words(),
        subscribe: Subscribe::new(view, &selection),
        about: About::new(view),
        results: published.session.results.as_ref().map(|results| Results {
            text: results.text.as_ref().map(|text| Prose::new(view, text)),
            links: named_links(view, &results.links),
        }),
        share: (!meeting.is_over)
            .then(|| Share::new(view, published, &invitation(view, published))),
        poster: view.links.relative(&Route::SessionPoster(
            published.session.id.clone(),
            view.language,
        )),
        meeting,
    })
}

/// The districts whose calendars hold `session`.
pub(super) fn selection_of(session: &Scheduled) -> Selection {
    match &session.districts {
        Districts::All => Selection::All,
        Districts::These(districts) => {
            let mut ids: Vec<_> = districts
                .iter()
                .map(|district| district.id.clone())
                .collect();
            // The one order in which addresses name them.
            ids.sort();
            Selection::Districts(ids.into())
        }
    }
}
