//! What was typed, or stands in the file -> the fields of a form.

use super::form::Form;
use super::language_of;
use super::page::{Choice, Field, Input};
use super::words::Words;
use crate::schedule::{Access, Schedule};
use crate::texts::Language;

/// The fields of a session, and those of its translations.
pub(super) fn session_fields(
    words: &'static Words,
    schedule: &Schedule,
    form: &Form,
    is_new: bool,
) -> (Vec<Field>, Vec<Field>) {
    let language = language_of(words);
    let own = schedule.calendar().language;
    let chosen = |name: &str, value: &str| form.all(name).any(|it| it == value);
    let choice = |name: &str, value: &str, label: &str| Choice {
        chosen: if value.is_empty() {
            form.get(name).is_empty()
        } else {
            chosen(name, value)
        },
        value: value.to_owned(),
        label: label.to_owned(),
    };
    let mut venues = vec![choice("venue", "", words.venue_none)];
    venues.extend(
        schedule
            .venues()
            .iter()
            .map(|it| choice("venue", it.id.as_str(), it.name.get(language))),
    );
    let mut districts = vec![choice("districts", "all", words.districts_all)];
    districts.extend(
        schedule
            .districts()
            .iter()
            .map(|it| choice("districts", it.id.as_str(), &it.numbered_name(language))),
    );
    let mut statuses: Vec<Choice> = [
        ("confirmed", words.confirmed),
        ("tentative", words.tentative),
        ("cancelled", words.cancelled),
        ("postponed", words.postponed),
    ]
    .into_iter()
    .map(|(value, label)| choice("status", value, label))
    .collect();
    if form.get("status").is_empty() {
        statuses[0].chosen = true;
    }
    let line = |name: &str, label: &str, hint| field(form, name, label, hint, Input::Line("text"));
    let mut main = Vec::new();
    if is_new {
        main.push(Field {
            required: true,
            ..line("id", words.id, words.id_hint)
        });
    }
    main.push(Field {
        required: true,
        ..field(form, "date", words.date, "", Input::Line("date"))
    });
    main.push(field(
        form,
        "status",
        words.status,
        "",
        Input::Choice(statuses),
    ));
    main.push(field(form, "venue", words.venue, "", Input::Choice(venues)));
    main.push(line("window", words.window, words.window_hint));
    let mut more = Vec::new();
    for (key, label, hint, input) in [
        ("note", words.note, words.note_hint, true),
        ("title", words.title, words.title_hint, false),
        ("results.text", words.results, words.results_hint, true),
    ] {
        texts(form, key, label, hint, input, own, &mut main, &mut more);
    }
    main.push(field(
        form,
        "results.links",
        words.links,
        words.links_hint,
        Input::Area,
    ));
    main.push(field(
        form,
        "districts",
        words.districts,
        words.districts_hint,
        Input::Checks(districts),
    ));
    (main, more)
}

/// The fields of a venue, and those of its translations.
pub(super) fn venue_fields(
    words: &'static Words,
    schedule: &Schedule,
    form: &Form,
    is_new: bool,
) -> (Vec<Field>, Vec<Field>) {
    let language = language_of(words);
    let own = schedule.calendar().language;
    let district = schedule.districts().iter().map(|it| Choice {
        chosen: form.get("district") == it.id.as_str(),
        value: it.id.to_string(),
        label: it.numbered_name(language),
    });
    let access = Access::ALL.into_iter().map(|it| Choice {
        chosen: form.all("access").any(|chosen| chosen == it.key()),
        value: it.key().to_owned(),
        label: it.name(language).to_owned(),
    });
    let (district, access) = (district.collect(), access.collect());
    let line =
        |name: &str, label: &str, hint, kind| field(form, name, label, hint, Input::Line(kind));
    let (mut main, mut more) = (Vec::new(), Vec::new());
    if is_new {
        main.push(Field {
            required: true,
            ..line("id", words.id, words.id_hint, "text")
        });
    }
    texts(
        form, "name", words.name, "", false, own, &mut main, &mut more,
    );
    main.push(field(
        form,
        "district",
        words.district,
        "",
        Input::Choice(district),
    ));
    texts(
        form,
        "address",
        words.address,
        words.address_hint,
        false,
        own,
        &mut main,
        &mut more,
    );
    texts(
        form, "host", words.host, "", false, own, &mut main, &mut more,
    );
    texts(
        form,
        "description",
        words.description,
        "",
        true,
        own,
        &mut main,
        &mut more,
    );
    main.push(field(
        form,
        "access",
        words.access,
        "",
        Input::Checks(access),
    ));
    main.push(line("url", words.url, words.url_hint, "text"));
    main.push(line("email", words.email, "", "email"));
    main.push(line("phone", words.phone, "", "tel"));
    main.push(line(
        "location.lat",
        words.latitude,
        words.latitude_hint,
        "text",
    ));
    main.push(line(
        "location.lon",
        words.longitude,
        words.longitude_hint,
        "text",
    ));
    (main, more)
}

fn field(form: &Form, name: &str, label: &str, hint: &'static str, input: Input) -> Field {
    Field {
        name: name.to_owned(),
        label: label.to_owned(),
        hint,
        value: form.get(name).to_owned(),
        input,
        required: false,
        problems: Vec::new(),
    }
}

/// The field of a text in the calendar's own language, and those of its
/// translations.
#[expect(clippy::too_many_arguments, reason = "a field and where it goes")]
fn texts(
    form: &Form,
    key: &str,
    label: &str,
    hint: &'static str,
    is_long: bool,
    own: Language,
    main: &mut Vec<Field>,
    more: &mut Vec<Field>,
) {
    for language in Language::ALL {
        let input = if is_long {
            Input::Area
        } else {
            Input::Line("text")
        };
        let name = format!("{key}.{}", language.code());
        if language == own {
            main.push(field(form, &name, label, hint, input));
        } else {
            let label = format!("{label} ({})", language.own_name());
            more.push(field(form, &name, &label, "", input));
        }
    }
}
