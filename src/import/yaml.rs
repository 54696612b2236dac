//! What another calendar told -> the YAML of a schedule.

use std::collections::HashMap;
use std::fmt::Write as _;

use chrono::{NaiveTime, Timelike};
use serde::Serialize;

use crate::schedule::{Status, folded, id_like};
use crate::texts::Language;

use super::{Entry, Found, Todo};

#[derive(Serialize)]
struct Calendar {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organizer: Option<Organizer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<String>,
    language: &'static str,
}

#[derive(Serialize)]
struct Organizer {
    name: String,
}

#[derive(Serialize)]
struct District {
    id: String,
    name: String,
    /// What tells it from others, however it is spelt.
    #[serde(skip)]
    called: String,
}

#[derive(Serialize)]
struct Venue {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    district: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
    /// What tells it from others, however it is spelt.
    #[serde(skip)]
    called: String,
    #[serde(skip)]
    todos: Vec<Todo>,
}

#[derive(Serialize)]
struct Location {
    lat: f64,
    lon: f64,
}

#[derive(Serialize)]
struct Session {
    id: String,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    venue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    districts: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip)]
    todos: Vec<Todo>,
}

/// The schedule's text, with the `# TODO` lines in `language`.
pub(super) fn write(mut found: Found, language: Language) -> String {
    found.entries.sort_by_key(|entry| (entry.date, entry.hours));
    let usual_hours = most_common(found.entries.iter().filter_map(|entry| entry.hours));
    let title = found.title.take().or_else(|| shared_title(&found.entries));
    let mut schedule = Tables::default();
    let sessions: Vec<Session> = found
        .entries
        .into_iter()
        .map(|entry| schedule.session(entry, usual_hours, title.as_deref()))
        .collect();
    let id = title.as_deref().and_then(id_like);
    let mut todos = found.todos;
    todos.extend(missing(
        title.as_deref(),
        found.zone.is_some(),
        usual_hours.is_some(),
    ));
    let calendar = Calendar {
        id,
        title,
        description: found.description,
        organizer: found.organizer.map(|name| Organizer { name }),
        timezone: found.zone,
        window: usual_hours.map(window),
        language: if language == Language::English {
            "en"
        } else {
            "pl"
        },
    };

    let mut text = String::new();
    let head = Todo::new(
        "przejrzyj wiersze „# TODO”, a potem sprawdź plik: spotkajmy check",
        "go through the “# TODO” lines, then check the file: spotkajmy check",
    );
    comment(&mut text, "", &head, language);
    for todo in &todos {
        comment(&mut text, "", todo, language);
    }
    text.push_str("calendar:\n");
    indented(&mut text, &calendar);
    for venue in &mut schedule.venues {
        if venue.district.is_none() {
            venue.todos.push(Todo::new(
                format!(
                    "{}: dopisz „district”, dzielnicę z listy „districts”",
                    venue.name
                ),
                format!(
                    "{}: add its “district”, one of the list “districts”",
                    venue.name
                ),
            ));
        }
    }
    list(
        &mut text,
        "districts",
        &schedule.districts,
        |_| &[],
        language,
    );
    list(
        &mut text,
        "venues",
        &schedule.venues,
        |venue| &venue.todos,
        language,
    );
    list(
        &mut text,
        "sessions",
        &sessions,
        |session| &session.todos,
        language,
    );
    text
}

/// What the calendar still lacks.
fn missing(title: Option<&str>, has_zone: bool, has_hours: bool) -> Vec<Todo> {
    let mut todos = Vec::new();
    if title.is_none() {
        todos.push(Todo::new(
            "title i id: plik nie mówi, jak nazywa się cykl; dopisz „title” i „id” w „calendar”",
            "title and id: the file does not tell what the meetings are called; add “title” and \
             “id” to “calendar”",
        ));
    } else if title.and_then(id_like).is_none() {
        todos.push(Todo::new(
            "id: z nazwy cyklu nie da się go zrobić; dopisz „id” w „calendar”, na przykład id: \
             spotkania",
            "id: the title makes none; add “id” to “calendar”, such as id: meetings",
        ));
    }
    if !has_zone {
        todos.push(Todo::new(
            "timezone: plik nie mówi, z jakiego miejsca są godziny; dopisz na przykład timezone: \
             Europe/Warsaw i sprawdź godziny",
            "timezone: the file does not tell of which place its hours are; add for example \
             timezone: Europe/Warsaw and check the hours",
        ));
    }
    if !has_hours {
        todos.push(Todo::new(
            "window: plik nie mówi, w jakich godzinach są spotkania; dopisz na przykład window: \
             14:00-18:00 w „calendar”",
            "window: the file does not tell the hours; add for example window: 14:00-18:00 to \
             “calendar”",
        ));
    }
    todos
}

/// The districts and venues met so far.
#[derive(Default)]
struct Tables {
    districts: Vec<District>,
    venues: Vec<Venue>,
    /// How many sessions each month has.
    months: HashMap<String, u32>,
}

impl Tables {
    fn session(
        &mut self,
        mut entry: Entry,
        usual_hours: Option<(NaiveTime, NaiveTime)>,
        calendar_title: Option<&str>,
    ) -> Session {
        let month = entry.date.format("%Y-%m").to_string();
        let count = self.months.entry(month.clone()).or_insert(0);
        *count += 1;
        let id = if *count == 1 {
            month
        } else {
            format!("{month}-{count}")
        };
        let district = entry.district.take().map(|name| self.district(name));
        let place = entry.place.take();
        let venue = place
            .clone()
            .map(|name| self.venue(name, &mut entry, district.as_ref()));
        if venue.is_none() && district.is_none() {
            entry.todos.push(Todo::new(
                "brak miejsca: dopisz „venue” z listy „venues” albo „districts”",
                "no place: add a “venue” of the list “venues”, or “districts”",
            ));
        }
        Session {
            id,
            date: entry.date.to_string(),
            window: entry
                .hours
                .filter(|hours| Some(*hours) != usual_hours)
                .map(window),
            districts: district.filter(|_| venue.is_none()).map(|id| vec![id]),
            venue,
            title: entry.title.filter(|title| {
                let usual = calendar_title.unwrap_or_default();
                title != usual
                    && *title != format!("{usual}: {}", place.as_deref().unwrap_or_default())
            }),
            note: entry.note,
            status: (entry.status != Status::Confirmed).then(|| entry.status.key()),
            todos: entry.todos,
        }
    }

    fn district(&mut self, name: String) -> String {
        let called = id_like(&name).unwrap_or_else(|| folded(&name));
        let known = self.districts.iter().find(|it| it.called == called);
        if let Some(known) = known {
            return known.id.clone();
        }
        let id = id_like(&name).unwrap_or_else(|| format!("district-{}", self.districts.len() + 1));
        self.districts.push(District {
            id: id.clone(),
            name,
            called,
        });
        id
    }

    /// The venue of that name; a place is told by its name, however spelt.
    fn venue(&mut self, name: String, entry: &mut Entry, district: Option<&String>) -> String {
        let called = id_like(&name).unwrap_or_else(|| folded(&name));
        let location = entry.location.map(|point| Location {
            lat: point.latitude(),
            lon: point.longitude(),
        });
        let address = entry.address.take();
        let Some(known) = self.venues.iter_mut().find(|venue| venue.called == called) else {
            // A name without Latin letters makes no id.
            let id = id_like(&name).unwrap_or_else(|| format!("place-{}", self.venues.len() + 1));
            self.venues.push(Venue {
                called,
                todos: Vec::new(),
                id: id.clone(),
                name,
                district: district.cloned(),
                address,
                location,
            });
            return id;
        };
        if let (Some(other), Some(first)) = (&address, &known.address)
            && other != first
        {
            known.todos.push(Todo::new(
                format!("{}: w pliku ma też adres „{other}”", known.name),
                format!("{}: the file also has the address “{other}”", known.name),
            ));
        }
        if let (Some(other), Some(first)) = (district, &known.district)
            && other != first
        {
            known.todos.push(Todo::new(
                format!("{}: w pliku ma też dzielnicę „{other}”", known.name),
                format!("{}: the file also has the district “{other}”", known.name),
            ));
        }
        known.address = known.address.take().or(address);
        known.location = known.location.take().or(location);
        known.district = known.district.take().or_else(|| district.cloned());
        known.id.clone()
    }
}

fn list<T: Serialize>(
    text: &mut String,
    key: &str,
    entries: &[T],
    todos: impl Fn(&T) -> &[Todo],
    language: Language,
) {
    if entries.is_empty() {
        let _ = writeln!(text, "\n{key}: []");
        return;
    }
    let _ = writeln!(text, "\n{key}:");
    for entry in entries {
        for todo in todos(entry) {
            comment(text, "  ", todo, language);
        }
        indented(text, &[entry]);
    }
}

/// A comment is one line: a foreign text in it cannot begin a line of YAML.
fn comment(text: &mut String, indent: &str, todo: &Todo, language: Language) {
    let words = super::one_line(todo.get(language)).unwrap_or_default();
    let _ = writeln!(text, "{indent}# TODO {words}");
}

fn indented(text: &mut String, value: &impl Serialize) {
    let yaml = serde_yaml::to_string(value).expect("texts, numbers and lists are always YAML");
    for line in yaml.lines() {
        if line.is_empty() {
            text.push('\n');
        } else {
            let _ = writeln!(text, "  {line}");
        }
    }
}

fn window((from, to): (NaiveTime, NaiveTime)) -> String {
    let hour = |time: NaiveTime| format!("{:02}:{:02}", time.hour(), time.minute());
    format!("{}-{}", hour(from), hour(to))
}

/// The title that more than half of the meetings share.
fn shared_title(entries: &[Entry]) -> Option<String> {
    let title = most_common(entries.iter().filter_map(|entry| entry.title.as_ref()))?;
    let shared = entries
        .iter()
        .filter(|entry| entry.title.as_ref() == Some(title));
    (shared.count() * 2 > entries.len()).then(|| title.clone())
}

/// The value that comes most often; of those that come equally often, the
/// greatest.
fn most_common<T: Ord + std::hash::Hash>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .map(|(value, count)| (count, value))
        .max();
    most.map(|(_, value)| value)
}
