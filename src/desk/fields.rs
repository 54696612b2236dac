//! What was typed, or stands in the file -> the fields of a form.

use std::sync::Arc;

use super::form::Form;
use super::language_of;
use super::page::{Choice, Field, Group, Input};
use super::words::Words;
use crate::schedule::{Access, District, Schedule};
use crate::texts::Language;

/// The fields of a session. `is_over`: it is time to say what came of it.
pub(super) fn session_fields(
    words: &'static Words,
    schedule: &Schedule,
    form: &Form,
    is_new: bool,
    is_over: bool,
) -> Vec<Group> {
    let language = language_of(words);
    let mut fields = Fields::new(schedule, form);
    let mut venues = vec![fields.choice("venue", "", words.venue_none)];
    let known = schedule.venues().iter();
    venues.extend(known.map(|it| fields.choice("venue", it.id.as_str(), it.name.get(language))));
    let mut districts = vec![fields.choice("districts", "all", words.districts_all)];
    let known = schedule.districts().iter();
    districts.extend(
        known.map(|it| fields.choice("districts", it.id.as_str(), &it.numbered_name(language))),
    );
    let mut statuses: Vec<Choice> = [
        ("confirmed", words.confirmed),
        ("tentative", words.tentative),
        ("cancelled", words.cancelled),
        ("postponed", words.postponed),
    ]
    .into_iter()
    .map(|(value, label)| fields.choice("status", value, label))
    .collect();
    statuses[0].chosen |= form.get("status").is_empty();

    let when_and_where = vec![
        Field {
            required: true,
            ..fields.line("date", words.date, "", "date")
        },
        fields.field("venue", words.venue, "", Input::Choice(venues)),
    ];
    let new_place = vec![
        fields.text("place.name", words.name, "", false),
        fields.district("place.district", words, schedule.districts()),
        fields.text("place.address", words.address, words.address_hint, false),
    ];
    let usual = vec![
        fields.field("status", words.status, "", Input::Choice(statuses)),
        fields.line("window", words.window, words.window_hint, "text"),
        fields.text("note", words.note, words.note_hint, true),
    ];
    let mut more = vec![
        fields.text("title", words.title, words.title_hint, false),
        fields.field(
            "districts",
            words.districts,
            words.districts_hint,
            Input::Checks(districts),
        ),
    ];
    let has_more = more.iter().any(Field::is_filled);
    if is_new {
        more.push(fields.line("id", words.id, words.id_hint, "text"));
    }
    let afterwards = vec![
        fields.text("results.text", words.results, words.results_hint, true),
        fields.field("results.links", words.links, words.links_hint, Input::Area),
    ];
    let has_new_place = new_place.iter().any(Field::is_filled);
    let has_results = afterwards.iter().any(Field::is_filled);
    vec![
        Group::open(when_and_where),
        Group::folded(words.venue_new, has_new_place, new_place),
        Group::open(usual),
        Group::folded(words.more_meeting, has_more, more),
        Group::folded(words.afterwards, is_over || has_results, afterwards),
        Group::folded(words.translations, false, fields.translations),
    ]
}

/// The fields of a venue.
pub(super) fn venue_fields(
    words: &'static Words,
    schedule: &Schedule,
    form: &Form,
    is_new: bool,
) -> Vec<Group> {
    let language = language_of(words);
    let mut fields = Fields::new(schedule, form);
    let access = Access::ALL.iter();
    let access = access.map(|it| fields.choice("access", it.key(), it.name(language)));
    let access = Input::Checks(access.collect());
    let usual = vec![
        fields.text("name", words.name, "", false),
        fields.district("district", words, schedule.districts()),
        fields.text("address", words.address, words.address_hint, false),
    ];
    let mut more = vec![
        fields.text("host", words.host, "", false),
        fields.text("description", words.description, "", true),
        fields.field("access", words.access, "", access),
        fields.line("url", words.url, words.url_hint, "text"),
        fields.line("email", words.email, "", "email"),
        fields.line("phone", words.phone, "", "tel"),
        fields.line("location.lat", words.latitude, words.latitude_hint, "text"),
        fields.line(
            "location.lon",
            words.longitude,
            words.longitude_hint,
            "text",
        ),
    ];
    if is_new {
        more.push(fields.line("id", words.id, words.id_hint, "text"));
    }
    vec![
        Group::open(usual),
        Group::folded(words.more_place, !is_new, more),
        Group::folded(words.translations, false, fields.translations),
    ]
}

/// Fields while they are made, and apart from them those of the translations.
struct Fields<'a> {
    form: &'a Form,
    /// The calendar's own language.
    own: Language,
    translations: Vec<Field>,
}

impl<'a> Fields<'a> {
    fn new(schedule: &Schedule, form: &'a Form) -> Fields<'a> {
        Fields {
            form,
            own: schedule.calendar().language,
            translations: Vec::new(),
        }
    }

    fn choice(&self, name: &str, value: &str, label: &str) -> Choice {
        let mut chosen = self.form.all(name).peekable();
        Choice {
            chosen: (value.is_empty() && chosen.peek().is_none()) || chosen.any(|it| it == value),
            value: value.to_owned(),
            label: label.to_owned(),
        }
    }

    fn field(&self, name: &str, label: &str, hint: &'static str, input: Input) -> Field {
        Field {
            name: name.to_owned(),
            label: label.to_owned(),
            hint,
            value: self.form.get(name).to_owned(),
            input,
            required: false,
            problems: Vec::new(),
        }
    }

    fn line(&self, name: &str, label: &str, hint: &'static str, kind: &'static str) -> Field {
        self.field(name, label, hint, Input::Line(kind))
    }

    /// The district of a place: none is chosen for anybody.
    fn district(&self, name: &str, words: &Words, districts: &[Arc<District>]) -> Field {
        let language = language_of(words);
        let mut choices = vec![self.choice(name, "", words.choose)];
        let known = districts.iter();
        choices
            .extend(known.map(|it| self.choice(name, it.id.as_str(), &it.numbered_name(language))));
        self.field(name, words.district, "", Input::Choice(choices))
    }

    /// The field of a text in the calendar's own language; those of its
    /// translations go to the others.
    fn text(&mut self, key: &str, label: &str, hint: &'static str, is_long: bool) -> Field {
        let input = || {
            if is_long {
                Input::Area
            } else {
                Input::Line("text")
            }
        };
        let name = |language: Language| format!("{key}.{}", language.code());
        for language in Language::ALL.into_iter().filter(|it| *it != self.own) {
            let label = format!("{label} ({})", language.own_name());
            let field = self.field(&name(language), &label, "", input());
            self.translations.push(field);
        }
        self.field(&name(self.own), label, hint, input())
    }
}
