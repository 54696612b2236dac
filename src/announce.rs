//! A change that was published, or a session ahead -> the words that spread
//! it: a text message, a post, a mail.
//!
//! Google shows an edit up to a day later, whatever a feed does, so urgent news
//! also goes where people already are.

use std::fmt::Display;

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::feed::{Change, Kind, atom, event};
use crate::route::{Links, Route};
use crate::schedule::{Calendar, Districts, Session, Status};
use crate::texts::{Language, dates};

/// The most characters of a text message: one SMS of plain letters.
const TEXT_MESSAGE: usize = 160;

/// What to spread of one change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Announcement {
    /// The session's id.
    pub(crate) id: String,
    /// What happened, as [`Kind::key`] has it.
    pub(crate) kind: &'static str,
    /// The session's page in the calendar's own language.
    pub(crate) url: String,
    /// At most 160 characters: date, hours, the old and the new place.
    pub(crate) text: ByLanguage,
    /// A post for a social network or a notice board, with the page's address.
    pub(crate) post: ByLanguage,
    /// A mail's subject, on one line.
    pub(crate) subject: ByLanguage,
    /// The mail itself, in paragraphs of plain text.
    pub(crate) body: ByLanguage,
}

/// The same in each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ByLanguage {
    pub(crate) pl: String,
    pub(crate) en: String,
    pub(crate) uk: String,
}

impl ByLanguage {
    fn of(tell: impl Fn(Language) -> String) -> ByLanguage {
        let [pl, en, uk] = Language::ALL.map(tell);
        ByLanguage { pl, en, uk }
    }

    pub(crate) fn get(&self, language: Language) -> &str {
        match language {
            Language::Polish => &self.pl,
            Language::English => &self.en,
            Language::Ukrainian => &self.uk,
        }
    }
}

/// What residents would make of changes of one session, oldest first, that
/// they have not heard of yet: one change from what they know to what holds
/// now. `None` where nobody would do anything differently: other words only, a
/// session that came and went, or one that was over at `now`.
pub(crate) fn news(changes: &[&Change], now: DateTime<Utc>) -> Option<Change> {
    let (first, last) = (changes.first()?, changes.last()?);
    let before = first.before.clone();
    let kind = match &before {
        _ if last.kind == Kind::Withdrawn => Kind::Withdrawn,
        None => match last.after.status {
            Status::Cancelled => Kind::Cancelled,
            Status::Postponed => Kind::Postponed,
            Status::Confirmed | Status::Tentative => Kind::Added,
        },
        Some(before) => Kind::of_change(before, &last.after),
    };
    let is_new = before.is_none() && kind != Kind::Added;
    let net = Change {
        kind,
        before,
        ..Change::clone(last)
    };
    let is_over = last_end(&net) <= now;
    (kind != Kind::Reworded && !is_new && !is_over).then_some(net)
}

/// When a change is of no use any more: the session is over, where it was and
/// where it is.
pub(crate) fn last_end(change: &Change) -> DateTime<Utc> {
    let before = change.before.as_ref().map(|before| before.end.to_utc());
    before
        .max(Some(change.after.end.to_utc()))
        .unwrap_or_default()
}

/// The words of `change`.
pub(crate) fn announcement(change: &Change, calendar: &Calendar, links: &Links) -> Announcement {
    let teller = |language| Teller {
        headline: Some(atom::headline(change, language)),
        before: change
            .before
            .as_deref()
            .filter(|_| change.kind == Kind::Moved),
        session: &change.after,
        is_withdrawn: change.kind == Kind::Withdrawn,
        is_published: change.is_published,
        is_invitation: false,
        calendar,
        links,
        language,
    };
    Announcement {
        id: change.session.to_string(),
        kind: change.kind.key(),
        url: teller(calendar.language).page(),
        text: ByLanguage::of(|language| teller(language).text()),
        post: ByLanguage::of(|language| teller(language).post()),
        subject: ByLanguage::of(|language| teller(language).subject()),
        body: ByLanguage::of(|language| teller(language).body()),
    }
}

/// What an organisation spreads of a session ahead, in one language.
pub(crate) struct Invitation {
    /// A few words that stand before the session's address.
    pub(crate) text: String,
    /// A post for a social network, with the page's address.
    pub(crate) post: String,
    /// A mail's subject, on one line.
    pub(crate) subject: String,
    /// The mail itself, in paragraphs of plain text.
    pub(crate) body: String,
}

/// The words that invite to `session`, or say that it is off. `last` is its
/// last change that a resident would act on.
pub(crate) fn invitation(
    session: &Session,
    last: Option<&Change>,
    calendar: &Calendar,
    links: &Links,
    language: Language,
) -> Invitation {
    let words = language.words();
    let moved = last.filter(|change| change.kind == Kind::Moved && !session.status.is_off());
    let teller = Teller {
        headline: match (session.status, last) {
            (Status::Cancelled, _) => Some(words.cancelled),
            (Status::Postponed, _) => Some(words.postponed),
            (_, Some(change)) if matches!(change.kind, Kind::Moved | Kind::Restored) => {
                Some(atom::headline(change, language))
            }
            (Status::Tentative, _) => Some(words.tentative),
            (Status::Confirmed, _) => None,
        },
        before: moved.and_then(|change| change.before.as_deref()),
        session,
        is_withdrawn: false,
        is_published: true,
        is_invitation: true,
        calendar,
        links,
        language,
    };
    Invitation {
        text: teller.lead(),
        post: teller.post(),
        subject: teller.subject(),
        body: teller.body(),
    }
}

/// A session and what happened to it, told in one language.
struct Teller<'a> {
    /// What happened; none where it is simply on.
    headline: Option<&'static str>,
    /// What it was, where it was moved.
    before: Option<&'a Session>,
    session: &'a Session,
    is_withdrawn: bool,
    /// Whether it has a page.
    is_published: bool,
    /// Whether it is told to who may never have heard of the cycle.
    is_invitation: bool,
    calendar: &'a Calendar,
    links: &'a Links,
    language: Language,
}

/// How much a text message says of a date and a place.
#[derive(Debug, Clone, Copy)]
struct Brevity {
    title: bool,
    weekday: bool,
    address: bool,
    /// The most characters of a venue's name.
    name: usize,
}

/// All of it.
const WHOLE: Brevity = Brevity {
    title: true,
    weekday: true,
    address: true,
    name: usize::MAX,
};

impl Teller<'_> {
    /// `text` after the headline.
    fn headed(&self, text: impl Display) -> String {
        match self.headline {
            Some(headline) => format!("{headline}: {text}"),
            None => text.to_string(),
        }
    }

    fn title(&self) -> String {
        let calendar_title = self.calendar.title.get(self.language);
        self.session.title(calendar_title, self.language)
    }

    fn page(&self) -> String {
        let id = self.session.id.clone();
        self.links.absolute(&if self.is_published {
            Route::Session(id, self.language)
        } else {
            Route::Landing(self.language)
        })
    }

    /// The longest telling that fits a text message.
    fn text(&self) -> String {
        let untitled = Brevity {
            title: false,
            ..WHOLE
        };
        let [name, short] = [40, 22].map(|name| Brevity {
            title: false,
            weekday: false,
            address: false,
            name,
        });
        let attempts = [
            WHOLE,
            untitled,
            Brevity {
                address: false,
                ..untitled
            },
            name,
            short,
        ];
        let mut told = attempts.into_iter().map(|brevity| self.briefly(brevity));
        told.find(|text| text.chars().count() <= TEXT_MESSAGE)
            .unwrap_or_else(|| {
                let text = self.briefly(short);
                cut(&text, TEXT_MESSAGE)
            })
    }

    fn briefly(&self, brevity: Brevity) -> String {
        let now = self.when_and_where(self.session, brevity);
        let title = match &self.session.title {
            Some(title) if brevity.title => format!("{}, ", title.get(self.language)),
            _ => String::new(),
        };
        let was = self
            .was(brevity)
            .map_or(String::new(), |was| format!(" {}", sentence(was)));
        let now = sentence(self.headed(format_args!("{title}{now}")));
        format!("{now}{was}")
    }

    /// What it was, as far as it is another now.
    fn was(&self, brevity: Brevity) -> Option<String> {
        let (before, after) = (self.before?, self.session);
        let when = (before.start, before.end) != (after.start, after.end);
        let place = before.place != after.place;
        let told = match (when, place) {
            (true, true) => self.when_and_where(before, brevity),
            (true, false) => self.when(before, brevity),
            _ => self.place(before, brevity),
        };
        Some(format!("{}: {told}", self.language.words().was))
    }

    fn when_and_where(&self, session: &Session, brevity: Brevity) -> String {
        format!(
            "{}, {}",
            self.when(session, brevity),
            self.place(session, brevity)
        )
    }

    fn when(&self, session: &Session, brevity: Brevity) -> String {
        let date = if brevity.weekday {
            dates::long_date(session.date(), self.language)
        } else {
            dates::day_and_month(session.date(), self.language)
        };
        format!("{date}, {}", session.hours())
    }

    fn place(&self, session: &Session, brevity: Brevity) -> String {
        if brevity.address && session.place.venue().is_some() {
            return event::place(session, self.language);
        }
        let mut place = session.place_name(self.language).to_owned();
        if session.place.venue().is_none() && session.districts != Districts::All {
            let districts = session.districts.names(self.language);
            place = format!("{place} ({districts})");
        }
        cut(&place, brevity.name)
    }

    /// What follows from it for who wanted to come.
    fn meaning(&self) -> Option<&str> {
        let words = self.language.words();
        if self.is_withdrawn {
            return Some(words.withdrawn_means);
        }
        match self.session.status {
            Status::Cancelled => Some(words.cancelled_means),
            Status::Postponed => Some(words.postponed_notice),
            Status::Tentative => Some(words.tentative_means),
            // Who does not know the place yet is not asked to come.
            Status::Confirmed if self.session.place.venue().is_none() => None,
            Status::Confirmed => {
                let invitation = self.calendar.invitation.as_ref();
                // The description invites, too.
                let invitation = invitation.filter(|_| self.about().is_none());
                invitation.map(|invitation| invitation.get(self.language))
            }
        }
    }

    /// Whether it invites who may never have heard of the cycle.
    fn invites(&self) -> bool {
        self.is_invitation && !self.session.status.is_off()
    }

    /// What the cycle is.
    fn about(&self) -> Option<&str> {
        let description = self.calendar.description.as_ref();
        let description = description.filter(|_| self.invites());
        description.map(|description| description.get(self.language))
    }

    /// What else who wants to come would ask: the cost, and how to get in.
    fn answers(&self) -> Vec<String> {
        let words = self.language.words();
        let venue = self.session.place.venue().filter(|_| self.invites());
        let access: Vec<&str> = venue
            .iter()
            .flat_map(|venue| &venue.access)
            .map(|feature| feature.name(self.language))
            .collect();
        let is_free = self.invites() && self.calendar.free == Some(true);
        let mut answers = Vec::new();
        answers.extend(is_free.then(|| words.free.to_owned()));
        if !access.is_empty() {
            answers.push(format!("{}: {}.", words.access, access.join(", ")));
        }
        answers
    }

    /// The facts, a paragraph each.
    fn paragraphs(&self) -> Vec<String> {
        let mut paragraphs = vec![self.when_and_where(self.session, WHOLE)];
        paragraphs.extend(self.was(WHOLE));
        paragraphs.extend(self.about().map(str::to_owned));
        paragraphs.extend(self.meaning().map(str::to_owned));
        let note = self.session.note.as_ref().filter(|_| !self.is_withdrawn);
        paragraphs.extend(note.map(|note| note.get(self.language).to_owned()));
        paragraphs.extend(self.answers());
        paragraphs
    }

    /// What a message begins with.
    fn lead(&self) -> String {
        let facts = self.when_and_where(self.session, WHOLE);
        format!("{}\n{facts}", self.headed(self.title()))
    }

    fn post(&self) -> String {
        let facts = self.paragraphs().join("\n\n");
        format!(
            "{}\n\n{facts}\n\n{}",
            self.headed(self.title()),
            self.page()
        )
    }

    fn subject(&self) -> String {
        let date = dates::day_and_month(self.session.date(), self.language);
        self.headed(format_args!("{}, {date}", self.title()))
    }

    fn body(&self) -> String {
        let landing = self.links.absolute(&Route::Landing(self.language));
        let subscribe = self.language.words().announce_subscribe(landing);
        format!(
            "{}\n\n{}\n\n{}\n\n{subscribe}\n",
            self.title(),
            self.paragraphs().join("\n\n"),
            self.page()
        )
    }
}

/// `text` with a full stop, where it does not end with a mark of its own.
fn sentence(text: String) -> String {
    if text.ends_with(['.', '…', '!', '?']) {
        return text;
    }
    text + "."
}

/// At most `most` characters of `text`, an ellipsis for the rest.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end_matches([' ', ',']))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::history::History;
    use crate::history::sample::{links, publish_over, read, second};
    use crate::schedule;

    /// A text of some language or none, as a value of YAML. Its length is the
    /// longest that the schedule takes.
    fn words() -> impl Strategy<Value = String> {
        let word = "[a-zżółćęąśńź]{1,30}|[А-ЩЬЮЯІЇЄҐ][а-щьюяіїєґ’]{1,20}|[a-z]{90}|[„”«»…,.!?]|[\u{1f33b}\u{4e00}]{3}";
        vec(word, 1..8).prop_map(|words| serde_json::to_string(&words.join(" ")).unwrap())
    }

    fn session() -> impl Strategy<Value = String> {
        let place = select(vec![
            "venue: a",
            "venue: b",
            "districts: all",
            "districts: [x]",
            "districts: [x, y]",
            "venue: a, districts: [y, x]",
        ]);
        let status = select(vec!["confirmed", "tentative", "cancelled", "postponed"]);
        let window = select(vec!["14:00-18:00", "09:30-10:15"]);
        let texts = proptest::option::of((words(), words()));
        (1..28_u8, place, status, window, texts).prop_map(|(day, place, status, window, texts)| {
            let mut session = format!(
                "{{id: s, date: 2026-09-{day:02}, {place}, status: {status}, window: '{window}'"
            );
            if let Some((title, note)) = texts {
                let _ = write!(session, ", title: {title}, note: {note}");
            }
            session + "}"
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever the names are, a text message fits and says when, and a
        /// subject is one line.
        #[test]
        fn whatever_changes_a_text_message_fits_and_a_subject_is_one_line(
            names in vec(words(), 7),
            language in select(vec!["pl", "en", "uk"]),
            before in proptest::option::of(session()),
            after in proptest::option::of(session()),
        ) {
            let schedule = |session: Option<&String>| {
                let session = session.map_or(String::new(), |it| format!("  - {it}\n"));
                let withdrawn = if session.is_empty() { "[s]" } else { "[]" };
                format!(
                    "calendar: {{id: c, title: {}, language: {language}, timezone: Europe/Kyiv, window: 14:00-18:00}}\n\
                     districts: [{{id: x, name: {}}}, {{id: y, name: {}}}]\n\
                     venues:\n  - {{id: a, name: {}, district: x, address: {}}}\n  - {{id: b, name: {}, district: y, address: {}}}\n\
                     sessions:\n{session}withdrawn: {withdrawn}\n",
                    names[0], names[1], names[2], names[3], names[4], names[5], names[6],
                )
            };
            let (before, after) = (schedule(before.as_ref()), schedule(after.as_ref()));
            prop_assume!(schedule::read(before.as_bytes(), second(0).date_naive()).is_ok());
            let history = publish_over(&before, &History::default(), second(0)).history;
            let publication = publish_over(&after, &history, second(9)).publication;
            let links = links(&read(&after));
            for change in &publication.changes {
                let told = announcement(change, &publication.calendar, &links);
                for language in Language::ALL {
                    let text = told.text.get(language);
                    prop_assert!(text.chars().count() <= TEXT_MESSAGE, "{text}");
                    let day = dates::day_and_month(change.after.date(), language);
                    let hours = change.after.hours();
                    prop_assert!(text.contains(&day) && text.contains(&hours), "{text}");
                    let before = change.before.as_ref().filter(|_| change.kind == Kind::Moved);
                    if let Some(before) = before
                        && before.start != change.after.start
                    {
                        let day = dates::day_and_month(before.date(), language);
                        prop_assert!(text.contains(&day), "{text}");
                    }
                    let subject = told.subject.get(language);
                    for text in [text, subject] {
                        prop_assert!(!text.contains(char::is_control), "{text}");
                        prop_assert_eq!(text.trim(), text);
                        prop_assert!(!text.contains("…."), "{}", text);
                    }
                    prop_assert!(told.body.get(language).contains(&day));
                }
            }
        }
    }
}
