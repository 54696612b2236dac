//! A session -> links by which a reader passes it on. None of them asks
//! anything of anybody before it is clicked.

use super::View;
use super::add_to_calendar::encode;
use super::meeting::last_event;
use crate::announce::{self, Invitation};
use crate::history::Published;
use crate::route::Route;

/// Where to pass a session on.
pub(super) struct Share {
    /// A mail to whomever.
    pub mail: String,
    pub facebook: String,
    pub whatsapp: String,
    pub telegram: String,
    /// For the device's own list of programs.
    pub text: String,
}

impl Share {
    /// The links of `published`, of which `told` speaks.
    pub fn new(view: &View<'_>, published: &Published, told: &Invitation) -> Share {
        let id = published.session.id.clone();
        let page = view.links.absolute(&Route::Session(id, view.language));
        let text = format!("{}\n\n{page}", told.text);
        Share {
            // A line ends with CRLF there (RFC 6068, section 5).
            mail: format!(
                "mailto:?subject={}&body={}",
                encode(&told.subject),
                encode(&text.replace('\n', "\r\n"))
            ),
            facebook: format!(
                "https://www.facebook.com/sharer/sharer.php?u={}",
                encode(&page)
            ),
            whatsapp: format!("https://wa.me/?text={}", encode(&text)),
            telegram: format!(
                "https://t.me/share/url?url={}&text={}",
                encode(&page),
                encode(&told.text)
            ),
            text,
        }
    }
}

/// The words that invite to `published`, or say that it is off.
pub(super) fn invitation(view: &View<'_>, published: &Published) -> Invitation {
    announce::invitation(
        &published.session,
        last_event(view, &published.session),
        &view.publication.calendar,
        view.links,
        view.language,
    )
}
