//! A CSV table with a header -> meetings.

use crate::schedule::{Status, folded, meant_date, meant_window};

use super::{Entry, Found, Todo, one_line, paragraphs, times};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Date,
    Start,
    End,
    /// Both in one.
    Hours,
    Title,
    Place,
    Address,
    District,
    Note,
    Status,
}

impl Column {
    /// The column that a header names, in English or Polish.
    fn named(header: &str) -> Option<Column> {
        Some(match folded(header.trim()).as_str() {
            "date" | "data" | "dzien" | "termin" => Column::Date,
            "start" | "od" | "poczatek" | "godzina-od" | "godzina-rozpoczecia" => Column::Start,
            "end" | "do" | "koniec" | "godzina-do" | "godzina-zakonczenia" => Column::End,
            "hours" | "time" | "godziny" | "godzina" => Column::Hours,
            "title" | "tytul" | "temat" | "nazwa" => Column::Title,
            "place" | "miejsce" | "lokal" | "lokalizacja" => Column::Place,
            "address" | "adres" => Column::Address,
            "district" | "dzielnica" => Column::District,
            "note" | "uwaga" | "uwagi" | "notatka" | "opis" => Column::Note,
            "status" => Column::Status,
            _ => return None,
        })
    }
}

/// The meetings of a table; `None` where its first line names no column of
/// dates.
pub(super) fn read(text: &str) -> Option<Found> {
    let header = text.lines().next()?;
    let delimiter = [';', '\t', ',']
        .into_iter()
        .max_by_key(|mark| header.matches(*mark).count())?;
    let mut table = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).ok()?)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = table.headers().ok()?.clone();
    let columns: Vec<Option<Column>> = headers.iter().map(Column::named).collect();
    if !columns.contains(&Some(Column::Date)) {
        return None;
    }
    let mut found = Found::default();
    for (header, column) in headers.iter().zip(&columns) {
        if column.is_none()
            && let Some(header) = one_line(header)
        {
            found.todos.push(Todo::new(
                format!("kolumna „{header}”: harmonogram jej nie ma, więc jej nie przeniesiono"),
                format!("column “{header}”: a schedule has no place for it, so it was left out"),
            ));
        }
    }
    for row in table.records() {
        let line = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line);
        match row {
            Ok(row) if row.iter().all(str::is_empty) => {}
            Ok(row) => {
                let cell = |wanted| {
                    let index = columns.iter().position(|column| *column == Some(wanted));
                    index.and_then(|index| row.get(index)).map(unguarded)
                };
                match entry(cell) {
                    Ok(entry) => found.entries.push(entry),
                    Err(date) => found.todos.push(no_date(line(row.position()), &date)),
                }
            }
            Err(error) => found.todos.push(Todo::new(
                format!("wiersz {}: nie da się go odczytać", line(error.position())),
                format!("line {}: it cannot be read", line(error.position())),
            )),
        }
    }
    Some(found)
}

/// One row; its date, where that is none.
fn entry<'a>(cell: impl Fn(Column) -> Option<&'a str>) -> Result<Entry, String> {
    let text = |column| cell(column).and_then(one_line);
    let written = text(Column::Date).unwrap_or_default();
    let mut todos = Vec::new();
    let date = match (times::date(&written), meant_date(&written)) {
        (Some(date), _) => date,
        (None, Some(date)) => {
            todos.push(Todo::new(
                format!("data „{written}”: czy to {date}?"),
                format!("date “{written}”: is it {date}?"),
            ));
            date
        }
        (None, None) => return Err(written),
    };
    let (from, to) = (text(Column::Start), text(Column::End));
    let hour = |text: &Option<String>| text.as_deref().and_then(times::hour);
    let hours = match (hour(&from), hour(&to)) {
        (Some(from), Some(to)) if from < to => Some((from, to)),
        (None, None) if text(Column::Hours).is_some() => {
            let written = text(Column::Hours).unwrap_or_default();
            let hours = meant_window(&written).and_then(|window| {
                let (from, to) = window.split_once('-')?;
                Some((times::hour(from)?, times::hour(to)?))
            });
            if hours.is_none() {
                todos.push(odd_hours(&written));
            }
            hours
        }
        _ => {
            if from.is_some() || to.is_some() {
                let written = format!(
                    "{}-{}",
                    from.as_deref().unwrap_or("?"),
                    to.as_deref().unwrap_or("?")
                );
                todos.push(odd_hours(&written));
            }
            None
        }
    };
    let told = text(Column::Status);
    let status = told.as_deref().map_or(Some(Status::Confirmed), status);
    if status.is_none()
        && let Some(told) = told
    {
        todos.push(Todo::new(
            format!("status „{told}”: napisz status: cancelled, postponed albo tentative"),
            format!("status “{told}”: write status: cancelled, postponed or tentative"),
        ));
    }
    Ok(Entry {
        date,
        hours,
        title: text(Column::Title),
        place: text(Column::Place),
        address: text(Column::Address),
        location: None,
        district: text(Column::District),
        note: cell(Column::Note).and_then(paragraphs),
        status: status.unwrap_or(Status::Confirmed),
        todos,
    })
}

fn odd_hours(written: &str) -> Todo {
    Todo::new(
        format!("godziny „{written}”: napisz je jako window: 14:00-18:00"),
        format!("hours “{written}”: write them as window: 14:00-18:00"),
    )
}

fn status(word: &str) -> Option<Status> {
    Some(match folded(word).as_str() {
        "confirmed" | "potwierdzone" | "odbedzie-sie" | "aktualne" => Status::Confirmed,
        "cancelled" | "canceled" | "odwolane" => Status::Cancelled,
        "postponed" | "przelozone" => Status::Postponed,
        "tentative" | "wstepne" | "wstepnie-planowane" => Status::Tentative,
        _ => return None,
    })
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

fn no_date(line: u64, written: &str) -> Todo {
    Todo::new(
        format!("wiersz {line}: „{written}” to nie data, więc spotkania nie przeniesiono"),
        format!("line {line}: “{written}” is no date, so the meeting was left out"),
    )
}
