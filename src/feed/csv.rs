//! A [`Feed`] -> the same sessions for a spreadsheet: a header and a row a
//! session (RFC 4180), UTF-8.
//!
//! The header is the same in every language and made of the words that
//! `import` reads, so that a table of ours is also the form of one to send.
//! No byte order mark: programs take it for a part of the first name.

use csv::{Terminator, WriterBuilder};

use super::Feed;
use crate::route::{Links, Route};
use crate::schedule::{Calendar, Districts, Session};
use crate::texts::dates::time;
use crate::texts::{Language, Text};

/// The names of the columns.
const HEADER: [&str; 11] = [
    "date", "start", "end", "title", "place", "address", "district", "note", "status", "url", "id",
];

/// The sessions of the feed in `language`, a row each, by their start.
/// Dates and times are local, `2026-03-13` and `14:00`; the districts of one
/// session are joined by commas, and a city-wide one has `all`.
pub fn feed(feed: &Feed<'_>, links: &Links, language: Language) -> String {
    let mut rows = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    let in_memory = "writing rows of one length into memory does not fail";
    rows.write_record(HEADER).expect(in_memory);
    for entry in &feed.entries {
        let cells = row(entry.session, feed.calendar, links, language);
        rows.write_record(cells).expect(in_memory);
    }
    let bytes = rows.into_inner().expect(in_memory);
    String::from_utf8(bytes).expect("every cell was UTF-8")
}

/// The cells of one session.
pub(super) fn row(
    session: &Session,
    calendar: &Calendar,
    links: &Links,
    language: Language,
) -> [String; HEADER.len()] {
    let text = |text: Option<&Text>| text.map_or("", |text| text.get(language)).to_owned();
    let venue = session.place.venue();
    let districts = match &session.districts {
        Districts::All => "all".to_owned(),
        Districts::These(districts) => {
            let names: Vec<&str> = districts.iter().map(|it| it.name.get(language)).collect();
            names.join(", ")
        }
    };
    let cells = [
        session.date().to_string(),
        time(session.start.time()),
        time(session.end.time()),
        // Without the word of its status, which has a column of its own.
        session.title(calendar.title.get(language), language),
        text(venue.map(|venue| &venue.name)),
        text(venue.and_then(|venue| venue.address.as_ref())),
        districts,
        text(session.note.as_ref()),
        session.status.key().to_owned(),
        links.absolute(&Route::Session(session.id.clone(), language)),
        session.id.to_string(),
    ];
    cells.map(inert)
}

/// A cell that no spreadsheet runs: what would begin a formula gets an
/// apostrophe before it, which they read as "text" (OWASP, CSV injection; the
/// wide forms count in East Asian editions).
fn inert(cell: String) -> String {
    let first = cell
        .trim_start_matches([' ', '\n', '\u{a0}'])
        .chars()
        .next();
    match first {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') => {
            format!("'{cell}")
        }
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::History;
    use crate::history::sample::{edited, links, publish_over, read, second};
    use crate::route::{Format, Selection};

    fn rows(edits: &[(&str, &str)], selection: &Selection) -> String {
        let yaml = edited(edits);
        let publication = publish_over(&yaml, &History::default(), second(0)).publication;
        feed(
            &publication.feed(selection, Format::Csv),
            &links(&read(&yaml)),
            Language::Polish,
        )
    }

    #[test]
    fn a_session_is_a_row_of_the_columns_that_import_reads() {
        let district = crate::history::sample::id("beta");
        let table = rows(
            &[(
                "venue: library}",
                "venue: library, note: \"Weź „kubek”, \\\"duży\\\"\\ni koc\"}",
            )],
            &Selection::one(&district),
        );
        assert_eq!(
            table,
            "date,start,end,title,place,address,district,note,status,url,id\r\n\
             2026-04-10,14:00,18:00,Example: Library,Library,,Beta,\
             \"Weź „kubek”, \"\"duży\"\"\ni koc\",confirmed,https://example.org/sessions/b/,b\r\n\
             2026-05-08,14:00,18:00,Example: Cafe,Cafe,,\"Alfa, Beta\",,confirmed,\
             https://example.org/sessions/c/,c\r\n\
             2026-06-12,14:00,18:00,Example: miejsce podamy wkrótce,,,all,,confirmed,\
             https://example.org/sessions/d/,d\r\n"
        );
    }

    #[test]
    fn no_cell_is_run_by_a_spreadsheet() {
        for note in [
            "=HYPERLINK(1)",
            "+48 12 345 67 89",
            "-1",
            "@SUM(1)",
            " =1+1",
            "＝1+1",
        ] {
            let table = rows(
                &[("venue: cafe}", &format!("venue: cafe, note: {note:?}}}"))],
                &Selection::All,
            );
            let mut reader = csv::Reader::from_reader(table.as_bytes());
            let first = reader.records().next().unwrap().unwrap();
            assert_eq!(first.get(7), Some(format!("'{}", note.trim()).as_str()));
        }
        assert_eq!(inert("\t=1".to_owned()), "'\t=1");
        assert_eq!(inert("\r\n=1".to_owned()), "'\r\n=1");
        assert_eq!(inert("Kawa - herbata".to_owned()), "Kawa - herbata");
    }
}
