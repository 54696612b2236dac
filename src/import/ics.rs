//! An iCalendar file -> meetings.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use icalendar::parser::{Component, Property, read_components, unfold};
use rrule::{RRule, Unvalidated};

use crate::schedule::{Coordinates, Status};
use crate::texts::Language;

use super::times::{Form, Time, zone};
use super::{Entry, Fault, Found, Todo, one_line, paragraphs};

/// How far ahead of now a repeating event is written out.
const AHEAD: TimeDelta = TimeDelta::days(366);

/// How many times one event is written out at most: daily for 13 years.
const REPEATS: u16 = 5_000;

/// How many meetings are taken over at most: more than a schedule may hold.
const MOST: usize = 20_000;

/// What a schedule has no place for and a person may miss.
const LEFT_OUT: [(&str, &str, &str); 6] = [
    (
        "ATTENDEE",
        "nikt się nie zapisuje, więc listy gości nie przeniesiono",
        "nobody signs up, so the guests were left out",
    ),
    (
        "ATTACH",
        "harmonogram nie ma załączników; odsyłacz możesz wpisać w „note”",
        "a schedule has no attachments; a link can stand in “note”",
    ),
    (
        "CONTACT",
        "kontakt możesz wpisać w „email” i „phone” miejsca",
        "contacts can stand in a venue’s “email” and “phone”",
    ),
    (
        "COMMENT",
        "komentarz możesz wpisać w „note”",
        "a comment can stand in “note”",
    ),
    (
        "CONFERENCE",
        "to adres spotkania online; harmonogram jest dla miejsc",
        "this is an online meeting’s address; a schedule is for places",
    ),
    (
        "VALARM",
        "przypomnienia ustawia sobie każdy sam",
        "everybody sets reminders for themselves",
    ),
];

/// The meetings of the calendars in `text`.
///
/// # Errors
/// [`Fault::BrokenCalendar`].
pub(super) fn read(text: &str, now: DateTime<Utc>) -> Result<Found, Fault> {
    let unfolded = unfold(&text.replace("\r\n", "\n"));
    let (head, pieces) = pieces(unfolded.trim()).ok_or(Fault::BrokenCalendar)?;
    let parsed = |text| read_components(text).map_err(|_| Fault::BrokenCalendar);
    let calendars = parsed(head.trim())?;
    let mut components = Vec::new();
    for piece in pieces {
        components.extend(parsed(piece.trim())?);
    }
    let inside = |name: &'static str| {
        components
            .iter()
            .filter(move |component| component.name.as_str().eq_ignore_ascii_case(name))
    };
    let events: Vec<&Component<'_>> = inside("VEVENT").collect();
    let named = |names: &[&str]| {
        let properties = calendars.iter().flat_map(|calendar| &calendar.properties);
        let mut properties = properties.filter(|it| names.contains(&it.name.as_str()));
        properties.find_map(|it| one_line(it.val.as_str()))
    };
    let mut found = Found {
        title: named(&["NAME", "X-WR-CALNAME"]),
        description: named(&["DESCRIPTION", "X-WR-CALDESC"]),
        ..Found::default()
    };
    let told = named(&["X-WR-TIMEZONE"]);
    let usual = usual_zone(&events).or_else(|| zone(told.as_deref()?));
    // A name such as `CET` is no place: a schedule refuses it.
    found.zone = usual
        .map(Tz::name)
        .filter(|name| name.contains('/'))
        .map(str::to_owned);
    let usual = usual.unwrap_or(Tz::UTC);

    let mut floating = 0;
    // An event that repeats, and what was changed of single occurrences.
    let mut changed: HashMap<&str, HashSet<DateTime<Utc>>> = HashMap::new();
    for event in &events {
        if let (Some(uid), Some(which)) = (value(event, "UID"), time(event, "RECURRENCE-ID")) {
            changed.entry(uid).or_default().insert(which.instant(usual));
        }
    }
    for (at, event) in events.iter().enumerate() {
        if found.entries.len() >= MOST {
            let left = events.len() - at;
            found.todos.push(Todo::new(
                format!("ponad {MOST} spotkań: {left} dalszych wydarzeń nie przeniesiono"),
                format!("more than {MOST} meetings: {left} further events were left out"),
            ));
            break;
        }
        let Some(start) = time(event, "DTSTART") else {
            let name = value(event, "SUMMARY")
                .and_then(one_line)
                .unwrap_or_default();
            found.todos.push(Todo::new(
                format!("„{name}”: brak daty (DTSTART), więc spotkania nie przeniesiono"),
                format!("“{name}”: there is no date (DTSTART), so the meeting was left out"),
            ));
            continue;
        };
        floating += usize::from(start.form == Form::Floating);
        let mut entry = entry(event, start, usual);
        match rule(event) {
            None => found.entries.push(entry),
            Some(rule) => {
                let none = HashSet::new();
                let apart = value(event, "UID").and_then(|uid| changed.get(uid));
                let dates = occurrences(event, start, rule, usual, now);
                entry.todos.push(dates.todo);
                for instant in dates.instants.into_iter().take(MOST - found.entries.len()) {
                    if !apart.unwrap_or(&none).contains(&instant) {
                        entry.date = instant.with_timezone(&usual).date_naive();
                        found.entries.push(entry.clone());
                        entry.todos.clear();
                    }
                }
            }
        }
    }
    if floating > 0 {
        found.todos.push(Todo::new(
            format!("godziny bez strefy ({floating}): przyjęto czas miejscowy"),
            format!("hours without a zone ({floating}): they were taken as local time"),
        ));
    }
    found.organizer = organizer(&events, &mut found.todos);
    found.todos.extend(left_out(&events));
    for kind in ["VTODO", "VJOURNAL", "VFREEBUSY"] {
        let count = inside(kind).count();
        if count > 0 {
            found.todos.push(Todo::new(
                format!("{kind} ({count}): to nie spotkania, więc ich nie przeniesiono"),
                format!("{kind} ({count}): these are no meetings, so they were left out"),
            ));
        }
    }
    Ok(found)
}

/// The calendars' own lines, and what stands between them, each by itself: the
/// parser takes as long as the square of what it is given. `None` where a
/// component is not closed or is larger than any that a person wrote.
fn pieces(text: &str) -> Option<(String, Vec<&str>)> {
    const LARGEST: usize = 1 << 18;
    let is = |line: &str, word: &str| {
        line.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let (mut head, mut pieces) = (String::new(), Vec::new());
    let (mut depth, mut at, mut start) = (0_usize, 0, 0);
    for line in text.split_inclusive('\n') {
        if is(line, "BEGIN:") {
            depth += 1;
            if depth == 2 {
                start = at;
            }
        }
        if depth < 2 {
            head.push_str(line);
        }
        at += line.len();
        if is(line, "END:") {
            if depth == 2 {
                pieces.push(&text[start..at]);
            }
            depth = depth.checked_sub(1)?;
        }
    }
    let small = head.len() <= LARGEST && pieces.iter().all(|piece| piece.len() <= LARGEST);
    (depth == 0 && small).then_some((head, pieces))
}

/// The zone that most events are told in.
fn usual_zone(events: &[&Component<'_>]) -> Option<Tz> {
    let mut counts: BTreeMap<&str, (usize, Tz)> = BTreeMap::new();
    for event in events {
        if let Some(Form::Zoned(zone)) = time(event, "DTSTART").map(|time| time.form) {
            counts.entry(zone.name()).or_insert((0, zone)).0 += 1;
        }
    }
    let most = counts.into_values().max_by_key(|(count, _)| *count);
    most.map(|(_, zone)| zone)
}

fn property<'a>(component: &'a Component<'_>, name: &str) -> Option<&'a Property<'a>> {
    component
        .properties
        .iter()
        .find(|property| property.name.as_str().eq_ignore_ascii_case(name))
}

fn value<'a>(component: &'a Component<'_>, name: &str) -> Option<&'a str> {
    property(component, name).map(|property| property.val.as_str())
}

fn parameter<'a>(property: &'a Property<'_>, name: &str) -> Option<&'a str> {
    let mut parameters = property.params.iter();
    let parameter = parameters.find(|it| it.key.as_str().eq_ignore_ascii_case(name))?;
    Some(parameter.val.as_ref()?.as_str().trim_matches('"'))
}

fn time(component: &Component<'_>, name: &str) -> Option<Time> {
    let property = property(component, name)?;
    Time::read(
        property.val.as_str(),
        parameter(property, "TZID").and_then(zone),
    )
}

/// One event as a meeting on its first day.
fn entry(event: &Component<'_>, start: Time, usual: Tz) -> Entry {
    let mut todos = Vec::new();
    if let Some(tzid) = property(event, "DTSTART").and_then(|it| parameter(it, "TZID"))
        && zone(tzid).is_none()
    {
        todos.push(Todo::new(
            format!("strefa „{tzid}” jest nieznana: sprawdź godziny"),
            format!("the zone “{tzid}” is not known: check the hours"),
        ));
    }
    let begins = start.local(usual);
    let ends = time(event, "DTEND")
        .map(|end| end.local(usual))
        .or_else(|| {
            let length = duration(value(event, "DURATION")?)?;
            Some(
                (start.instant(usual) + length)
                    .with_timezone(&usual)
                    .naive_local(),
            )
        });
    let hours = match ends {
        _ if start.form == Form::AllDay => None,
        Some(ends) if ends.date() == begins.date() && ends > begins => {
            Some((begins.time(), ends.time()))
        }
        _ => None,
    };
    if hours.is_none() {
        todos.push(no_hours(start, begins.time(), ends));
    }
    let (place, address) =
        value(event, "LOCATION").map_or((None, None), |location| place(location, &mut todos));
    let apple = value(event, "X-APPLE-STRUCTURED-LOCATION");
    let point = value(event, "GEO").or_else(|| apple?.strip_prefix("geo:"));
    let location = point.and_then(|point| {
        let (latitude, longitude) = point.split_once([';', ','])?;
        Coordinates::new(
            latitude.trim().parse().ok()?,
            longitude.trim().parse().ok()?,
        )
    });
    for (name, polish, english) in [
        (
            "URL",
            "odsyłacz możesz wpisać w „note”",
            "a link can stand in “note”",
        ),
        (
            "CLASS",
            "to nie jest wydarzenie publiczne: czy na pewno je ogłaszać?",
            "this is no public event: is it meant to be announced?",
        ),
        (
            "CATEGORIES",
            "jeśli to dzielnica, wpisz ją w „districts”",
            "if that is a district, list it under “districts”",
        ),
    ] {
        if let Some(words) = value(event, name).and_then(one_line)
            && (name != "CLASS" || !words.eq_ignore_ascii_case("PUBLIC"))
        {
            todos.push(Todo::new(
                format!("{name} „{words}”: {polish}"),
                format!("{name} “{words}”: {english}"),
            ));
        }
    }
    let title = value(event, "SUMMARY").and_then(one_line);
    let (off, title) = title.map_or((None, None), |title| without_prefix(&title));
    let told = value(event, "STATUS").map(str::to_ascii_uppercase);
    let status = off.unwrap_or(match told.as_deref() {
        Some("CANCELLED") => Status::Cancelled,
        Some("TENTATIVE") => Status::Tentative,
        _ => Status::Confirmed,
    });
    Entry {
        date: begins.date(),
        hours,
        title,
        place,
        address,
        location,
        district: None,
        note: value(event, "DESCRIPTION").and_then(paragraphs),
        status,
        todos,
    }
}

/// A title without the words by which a calendar of this program says that a
/// session is off, and what they say.
fn without_prefix(title: &str) -> (Option<Status>, Option<String>) {
    for status in [Status::Cancelled, Status::Postponed] {
        for language in Language::ALL {
            if let Some(rest) = title.strip_prefix(status.title_prefix(language)) {
                return (Some(status), one_line(rest));
            }
        }
    }
    (None, Some(title.to_owned()))
}

fn no_hours(start: Time, begins: NaiveTime, ends: Option<chrono::NaiveDateTime>) -> Todo {
    let from = begins.format("%H:%M");
    match ends {
        _ if start.form == Form::AllDay => Todo::new(
            "wydarzenie całodniowe: napisz godziny, na przykład window: 14:00-18:00",
            "an event of a whole day: write its hours, such as window: 14:00-18:00",
        ),
        Some(ends) => Todo::new(
            format!(
                "od {from} do {}: spotkanie musi się skończyć tego samego dnia",
                ends.format("%Y-%m-%d %H:%M")
            ),
            format!(
                "from {from} to {}: a meeting has to end on the same day",
                ends.format("%Y-%m-%d %H:%M")
            ),
        ),
        None => Todo::new(
            format!("początek o {from}, końca nie podano: napisz window: {from}-…"),
            format!("it begins at {from} and no end is told: write window: {from}-…"),
        ),
    }
}

/// The name and the address of a place: people write both into LOCATION.
fn place(location: &str, todos: &mut Vec<Todo>) -> (Option<String>, Option<String>) {
    let Some(line) = one_line(location) else {
        return (None, None);
    };
    if line.starts_with("http://") || line.starts_with("https://") {
        todos.push(Todo::new(
            format!("miejscem jest adres {line}: napisz „venue” albo „districts”"),
            format!("the place is the address {line}: write “venue” or “districts”"),
        ));
        return (None, None);
    }
    let (name, address) = match location.trim().split_once('\n') {
        Some(parts) => parts,
        None => match line.split_once(',') {
            Some(parts) => parts,
            None => (line.as_str(), ""),
        },
    };
    (one_line(name), one_line(address))
}

/// A length as RFC 5545 section 3.3.6 has it, such as `PT4H`.
fn duration(text: &str) -> Option<TimeDelta> {
    let mut length = TimeDelta::zero();
    let mut number = String::new();
    for character in text.trim().strip_prefix('P')?.chars() {
        if character.is_ascii_digit() {
            number.push(character);
        } else if character != 'T' {
            let count: i64 = number.parse().ok().filter(|count| *count < 100_000)?;
            number.clear();
            length += match character {
                'W' => TimeDelta::weeks(count),
                'D' => TimeDelta::days(count),
                'H' => TimeDelta::hours(count),
                'M' => TimeDelta::minutes(count),
                'S' => TimeDelta::seconds(count),
                _ => return None,
            };
        }
    }
    Some(length)
}

/// The rule by which an event repeats; an empty one repeats by RDATE alone.
fn rule<'a>(event: &'a Component<'_>) -> Option<&'a str> {
    value(event, "RRULE").or_else(|| value(event, "RDATE").map(|_| ""))
}

/// The days of a repeating event, and what to say of them.
struct Occurrences {
    instants: Vec<DateTime<Utc>>,
    todo: Todo,
}

fn occurrences(
    event: &Component<'_>,
    start: Time,
    rule: &str,
    usual: Tz,
    now: DateTime<Utc>,
) -> Occurrences {
    let first = start.instant(usual);
    let until = now + AHEAD;
    // A rule counts in the event's own zone.
    let own = match start.form {
        Form::Zoned(zone) => zone,
        Form::Utc => Tz::UTC,
        Form::AllDay | Form::Floating => usual,
    };
    let (mut instants, readable) = match repeated(rule, first, own, until) {
        Some(instants) => (instants, true),
        None => (vec![first], rule.is_empty()),
    };
    let listed = |name: &str| -> HashSet<DateTime<Utc>> {
        let properties = event.properties.iter();
        let named = properties.filter(|it| it.name.as_str().eq_ignore_ascii_case(name));
        named
            .flat_map(|property| {
                let zone = parameter(property, "TZID").and_then(zone);
                let values = property.val.as_str().split(',');
                values.filter_map(move |value| Some(Time::read(value, zone)?.instant(usual)))
            })
            .collect()
    };
    instants.extend(listed("RDATE"));
    let without = listed("EXDATE");
    instants.retain(|instant| !without.contains(instant) && *instant <= until);
    instants.sort_unstable();
    instants.dedup();
    let (rule, last) = (
        one_line(rule).unwrap_or_default(),
        instants
            .last()
            .map_or(first, |last| *last)
            .with_timezone(&usual)
            .date_naive(),
    );
    let todo = if readable {
        Todo::new(
            format!("powtarzane ({rule}): wypisano terminy do {last}, kolejne trzeba dopisać"),
            format!("repeating ({rule}): written out until {last}; what follows is to be added"),
        )
    } else {
        Todo::new(
            format!("powtarzane ({rule}): reguły nie da się odczytać, jest tylko pierwszy termin"),
            format!("repeating ({rule}): the rule cannot be read, only the first date is here"),
        )
    };
    Occurrences { instants, todo }
}

/// The instants of a rule from `first` until `until`; `None` where it cannot
/// be read.
fn repeated(
    rule: &str,
    first: DateTime<Utc>,
    zone: Tz,
    until: DateTime<Utc>,
) -> Option<Vec<DateTime<Utc>>> {
    let start = first.with_timezone(&rrule::Tz::Tz(zone));
    let set = rule
        .parse::<RRule<Unvalidated>>()
        .ok()?
        .build(start)
        .ok()?
        .before(until.with_timezone(&rrule::Tz::Tz(zone)));
    let dates = set.all(REPEATS).dates;
    Some(dates.into_iter().map(|date| date.to_utc()).collect())
}

/// The organiser's name, where every event names the same one.
fn organizer(events: &[&Component<'_>], todos: &mut Vec<Todo>) -> Option<String> {
    let names: HashSet<String> = events
        .iter()
        .filter_map(|event| property(event, "ORGANIZER"))
        .map(|it| parameter(it, "CN").unwrap_or(it.val.as_str()))
        .filter_map(one_line)
        .collect();
    if names.len() > 1 {
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_unstable();
        let names = names.join(", ");
        todos.push(Todo::new(
            format!("ORGANIZER: {names}: harmonogram ma jednego organizatora"),
            format!("ORGANIZER: {names}: a schedule has one organiser"),
        ));
        return None;
    }
    names.into_iter().next().map(|name| {
        let address = name
            .get(..7)
            .is_some_and(|it| it.eq_ignore_ascii_case("mailto:"));
        if address { name[7..].to_owned() } else { name }
    })
}

fn left_out(events: &[&Component<'_>]) -> Vec<Todo> {
    LEFT_OUT
        .iter()
        .filter_map(|(name, polish, english)| {
            let has = |event: &&&Component<'_>| {
                let parts = event.components.iter().any(|it| it.name.as_str() == *name);
                parts || property(event, name).is_some()
            };
            let count = events.iter().filter(has).count();
            (count > 0).then(|| {
                Todo::new(
                    format!("{name} ({count}): {polish}"),
                    format!("{name} ({count}): {english}"),
                )
            })
        })
        .collect()
}
