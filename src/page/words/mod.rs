//! The words of the pages in each language: one table a language, so that a
//! missing word is an error of compilation.

use crate::language::Language;
use crate::schedule::Status;

mod english;
mod polish;
mod ukrainian;

/// Everything that a page says by itself, in one language.
///
/// A `{}` in a text stands for what its documentation names.
pub struct Words {
    /// OpenGraph's name of the language and country.
    pub locale: &'static str,
    /// Jumps over the head of the page.
    pub skip: &'static str,
    /// Names the navigation.
    pub menu: &'static str,
    /// The landing page, in the navigation.
    pub meetings: &'static str,
    /// The places, in the navigation and as a heading.
    pub places: &'static str,
    /// The embedding page, in the navigation.
    pub embedding: &'static str,
    /// Names the switch of languages.
    pub languages: &'static str,
    /// Stands over the next session.
    pub next: &'static str,
    /// Stands over the sessions after it.
    pub later: &'static str,
    /// Stands over past sessions.
    pub past: &'static str,
    /// It goes on at this moment.
    pub now: &'static str,
    /// It is on this day.
    pub today: &'static str,
    /// It is on the next day.
    pub tomorrow: &'static str,
    /// It is over.
    pub over: &'static str,
    /// It may still change.
    pub tentative: &'static str,
    /// It is off.
    pub cancelled: &'static str,
    /// It is off on this date.
    pub postponed: &'static str,
    /// What a cancelled session means to a reader.
    pub cancelled_means: &'static str,
    /// What a postponed session means to a reader.
    pub postponed_means: &'static str,
    /// What a tentative session means to a reader.
    pub tentative_means: &'static str,
    /// The session's date or place changed; `{}` is what it was.
    pub moved_from: &'static str,
    /// The session is on again.
    pub restored: &'static str,
    /// A label: how to get in.
    pub access: &'static str,
    /// Nothing is known about how to get in.
    pub access_unknown: &'static str,
    /// A label: who runs the place.
    pub host: &'static str,
    /// A label: the district.
    pub district: &'static str,
    /// Stands for every district.
    pub whole_city: &'static str,
    /// A link to the place's own page.
    pub own_page: &'static str,
    /// A link to a map.
    pub on_map: &'static str,
    /// The invitation, in two words.
    pub just_come: &'static str,
    /// The invitation, in a sentence or two.
    pub just_come_means: &'static str,
    /// A link to one session.
    pub details: &'static str,
    /// A heading: add one session to a calendar.
    pub add_one: &'static str,
    /// What adding one session means.
    pub add_one_means: &'static str,
    /// A link that downloads one session.
    pub file: &'static str,
    /// A heading: nothing is announced.
    pub nothing: &'static str,
    /// What a reader can do meanwhile.
    pub nothing_means: &'static str,
    /// Nothing is announced in the chosen districts.
    pub nothing_here: &'static str,
    /// Stands over the next session of the whole cycle on such a page.
    pub nearest_elsewhere: &'static str,
    /// Nothing has been held yet.
    pub no_past: &'static str,
    /// A heading: subscribe.
    pub subscribe: &'static str,
    /// What subscribing gives.
    pub subscribe_means: &'static str,
    /// The difference between subscribing and importing.
    pub subscribe_or_import: &'static str,
    /// What the subscription of every district is called.
    pub all_districts: &'static str,
    /// Opens the reader's own program.
    pub subscribe_here: &'static str,
    /// Below it: what opens.
    pub subscribe_here_means: &'static str,
    /// A label: the feed's address.
    pub feed_address: &'static str,
    /// Copies the text beside it.
    pub copy: &'static str,
    /// It was copied.
    pub copied: &'static str,
    /// It could not be copied; the text is marked instead.
    pub copy_by_hand: &'static str,
    /// A heading: other programs.
    pub programs: &'static str,
    /// Apple: what to do.
    pub apple: &'static str,
    /// Google on a computer, by its short link.
    pub google_click: &'static str,
    /// Google on a computer, if the link does nothing.
    pub google_else: &'static str,
    /// The page where Google takes an address.
    pub google_page: &'static str,
    /// After that page: what to do.
    pub google_then: &'static str,
    /// A name: Google on a computer.
    pub google_computer: &'static str,
    /// A name: Google on Android.
    pub google_android: &'static str,
    /// Google on Android: what to do.
    pub google_android_steps: &'static str,
    /// A link that adds the calendar in the named program.
    pub add_in: &'static str,
    /// Outlook: what to do after the click.
    pub outlook_then: &'static str,
    /// Thunderbird: what to do.
    pub thunderbird: &'static str,
    /// A name: everything else.
    pub other_programs: &'static str,
    /// Everything else: what to do.
    pub other_steps: &'static str,
    /// A heading: choose a district.
    pub choose: &'static str,
    /// What choosing gives.
    pub choose_means: &'static str,
    /// A label: a district by name or number.
    pub choose_by_name: &'static str,
    /// Goes to the chosen districts.
    pub show: &'static str,
    /// A heading: several districts at once.
    pub several: &'static str,
    /// A label over the check boxes.
    pub several_legend: &'static str,
    /// Goes to the chosen districts, of the check boxes.
    pub show_several: &'static str,
    /// Leads from a district back to all.
    pub all_meetings: &'static str,
    /// A heading: what the cycle is.
    pub about: &'static str,
    /// A heading: who is invited.
    pub audience: &'static str,
    /// A label: who holds the meetings.
    pub organizer: &'static str,
    /// What the page of places is.
    pub places_means: &'static str,
    /// There is no place yet.
    pub no_places: &'static str,
    /// A heading: the sessions of one place.
    pub sessions_here: &'static str,
    /// A heading: on your own page and door.
    pub share: &'static str,
    /// What that is.
    pub share_means: &'static str,
    /// A link: the poster.
    pub poster: &'static str,
    /// A link: the QR code alone.
    pub qr_code: &'static str,
    /// A heading: the line with the element.
    pub line_element: &'static str,
    /// When to take it.
    pub line_element_means: &'static str,
    /// A heading: the line with the frame.
    pub line_frame: &'static str,
    /// When to take it.
    pub line_frame_means: &'static str,
    /// A heading: pasting a link into WordPress.
    pub line_wordpress: &'static str,
    /// How.
    pub line_wordpress_means: &'static str,
    /// The embedding page's opening sentence.
    pub embedding_means: &'static str,
    /// A heading: the form of the embedding page.
    pub options: &'static str,
    /// A label: the language.
    pub option_language: &'static str,
    /// A label: the number of sessions.
    pub option_limit: &'static str,
    /// A label: light or dark.
    pub option_theme: &'static str,
    /// The theme that the reader's system asks for.
    pub theme_auto: &'static str,
    /// The light theme.
    pub theme_light: &'static str,
    /// The dark theme.
    pub theme_dark: &'static str,
    /// A label: the colour of the stripe.
    pub option_accent: &'static str,
    /// A heading: the preview.
    pub preview: &'static str,
    /// Where a district's own line is.
    pub embedding_districts: &'static str,
    /// Prints the poster.
    pub print: &'static str,
    /// What to know before printing.
    pub print_means: &'static str,
    /// Beside the QR code of a poster.
    pub scan: &'static str,
    /// A heading: no such page.
    pub missing: &'static str,
    /// What to do instead.
    pub missing_means: &'static str,
    /// A heading: no such district; `{}` is what was asked for.
    pub missing_district: &'static str,
    /// Stands over the nearest districts.
    pub did_you_mean: &'static str,
    /// The foot of a page: nothing is stored.
    pub privacy: &'static str,
    /// The foot of a page: feeds.
    pub feeds: &'static str,
    /// A link: what changed.
    pub changes: &'static str,
    /// A link: the sessions for programs.
    pub for_programs: &'static str,
    /// What the picture of a shared link shows.
    pub picture: &'static str,
}

/// The words of `language`.
pub const fn words(language: Language) -> &'static Words {
    match language {
        Language::Polish => &polish::WORDS,
        Language::English => &english::WORDS,
        Language::Ukrainian => &ukrainian::WORDS,
    }
}

/// What a language calls itself.
pub const fn own_name(language: Language) -> &'static str {
    match language {
        Language::Polish => "Polski",
        Language::English => "English",
        Language::Ukrainian => "Українська",
    }
}

impl Words {
    /// The word for a status that a reader must notice; `None` for a session
    /// that is simply on.
    pub fn status(&self, status: Status) -> Option<&'static str> {
        match status {
            Status::Confirmed => None,
            Status::Tentative => Some(self.tentative),
            Status::Cancelled => Some(self.cancelled),
            Status::Postponed => Some(self.postponed),
        }
    }

    /// What that status means to a reader.
    pub fn status_means(&self, status: Status) -> Option<&'static str> {
        match status {
            Status::Confirmed => None,
            Status::Tentative => Some(self.tentative_means),
            Status::Cancelled => Some(self.cancelled_means),
            Status::Postponed => Some(self.postponed_means),
        }
    }
}

/// A text of [`Words`] with `value` in the place of its `{}`.
pub fn fill(text: &str, value: &str) -> String {
    text.replacen("{}", value, 1)
}
