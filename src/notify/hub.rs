//! The Atom feeds that changed -> pings to the WebSub hub.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;

use tokio::time::sleep;
use tracing::warn;
use url::Url;

use super::outbox::Outbox;
use super::post::{Failure, Poster};
use super::{Current, LOOK, NoticeStatus, end, pause_after};
use crate::history::Publication;
use crate::route::{Format, Links, Route, Selection};
use crate::texts::Language;

/// Tells the hub at `url` of every feed that changes, for ever; `knows` says
/// whether it has heard of all of them.
pub(super) async fn tell(
    url: &Url,
    current: &dyn Fn() -> Current,
    outbox: &RefCell<Outbox>,
    poster: &Poster,
    status: &NoticeStatus,
    knows: &Cell<bool>,
) -> Infallible {
    let mut attempts = 0;
    loop {
        let Current {
            publication, links, ..
        } = current();
        let pinged = outbox.borrow().pinged;
        let mut topics = Vec::new();
        let mut newest = pinged;
        for selection in selections(&publication) {
            // What is published later is newer: the history's instants grow.
            let modified = publication.feed_modified(&selection, Format::Atom);
            if pinged.is_none_or(|pinged| modified > pinged) {
                topics.extend(topics_of(&selection, &links));
                newest = newest.max(Some(modified));
            }
        }
        knows.set(topics.is_empty());
        let mut pause = LOOK;
        if let (false, Some(newest)) = (topics.is_empty(), newest) {
            let told = match publish(url, poster, &topics).await {
                Ok(()) => outbox
                    .borrow_mut()
                    .pinged(newest)
                    .map_err(|error| format!("that it was told cannot be noted: {error}")),
                Err(failure) => Err(failure.to_string()),
            };
            if let Err(failure) = &told {
                warn!(%failure, "the hub is told again");
                pause = pause_after(attempts);
                attempts += 1;
            } else {
                attempts = 0;
            }
            status.of_hub(told.err());
        }
        sleep(pause).await;
    }
}

/// Whose Atom feeds there are, one district each.
fn selections(publication: &Publication) -> Vec<Selection> {
    let districts = publication.districts.iter();
    let each = districts.map(|district| Selection::one(&district.id));
    std::iter::once(Selection::All).chain(each).collect()
}

fn topics_of(selection: &Selection, links: &Links) -> [String; 3] {
    Language::ALL
        .map(|language| links.absolute(&Route::Feed(selection.clone(), Format::Atom, language)))
}

/// Tells a hub that `topics` have new content. WebSub leaves open how (section
/// 6): hubs read `hub.url`, as WebSub's forerunner had it, or `hub.topic`, one a
/// request.
async fn publish(hub: &Url, poster: &Poster, topics: &[String]) -> Result<(), Failure> {
    let kind = [(
        "content-type",
        "application/x-www-form-urlencoded".to_owned(),
    )];
    for topic in topics {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("hub.mode", "publish");
        form.append_pair("hub.url", topic);
        form.append_pair("hub.topic", topic);
        poster.post(hub, &kind, form.finish()).await?;
    }
    Ok(())
}

/// Tells a hub once that `topics` have new content, for a command that ends.
///
/// # Errors
/// In words, why it was not taken.
pub(crate) fn publish_once(hub: &Url, topics: &[String]) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let told = runtime.block_on(publish(hub, &Poster::new(), topics));
    end(runtime);
    told.map_err(|failure| failure.to_string())
}
