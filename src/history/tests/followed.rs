//! A file read on and on, and the same file read once.

use std::io::Cursor;

use super::*;
use crate::history::followed::Followed;
use crate::schedule::Id;

/// All that a publication asks a history for.
fn told(history: &History) -> (String, Vec<String>, Vec<(Id, Stamp, bool)>) {
    let records = history.records().iter();
    let faults = history.unreadable().iter();
    let tracks = ["a", "b", "c", "d"].map(id);
    (
        records.map(Record::to_line).collect(),
        faults.map(ToString::to_string).collect(),
        tracks
            .into_iter()
            .filter_map(|id| {
                let track = history.track(&id)?;
                Some((id, track.stamp, track.certain))
            })
            .collect(),
    )
}

#[test]
fn whatever_becomes_of_the_file_it_is_read_as_if_for_the_first_time() {
    let moved = edited(&[("2026-03-13", "2026-03-20")]);
    let history = publish_over(&moved, &published(), second(60)).history;
    let lines: Vec<String> = history.records().iter().map(Record::to_line).collect();
    let [.., before_last, last] = &lines[..] else {
        panic!("it has six lines");
    };
    let all = lines.concat();
    let begun = lines[..3].concat();
    let torn = &last[..20];
    let whole = last.trim_end();
    let mut followed = Followed::default();
    for file in [
        String::new(),
        begun.clone(),
        // It grows, by whole lines and by pieces of them.
        format!("{begun}{torn}"),
        format!("{begun}\n\r\n  \n{before_last}"),
        all.clone(),
        all.clone(),
        format!("{all}a note"),
        format!("{all}a note\n"),
        format!("{all}a note\n{whole}"),
        format!("{all}a note\n{whole}\n\0\0"),
        // It was edited: as long as before, longer, shorter.
        all.clone(),
        all.replace("\"revision\":1", "\"revision\":7"),
        all.replace("\"revision\":1", "\"revision\":12"),
        all.replace("\"moved\"", "\"mooed\""),
        all.replacen('{', "x", 1),
        all.replace('\n', "\r\n"),
        format!("{last}{begun}"),
        begun.clone(),
        // It was lost, and came back.
        String::new(),
        all.clone(),
    ] {
        let fragment = followed.follow(Cursor::new(&file)).unwrap();
        let once = History::read(file.as_bytes());
        assert_eq!(told(&followed.with(&fragment)), told(&once), "{file}");
        assert_eq!(followed.length() + fragment.len(), file.len() as u64);
    }
}
