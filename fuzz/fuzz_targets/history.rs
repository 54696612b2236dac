//! Any bytes as a history: published over, they stay as they are up to a torn
//! end, nothing is recorded twice, and a restart serves the same.

#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use spotkajmy::parts::history::{HistoryFile, Terms};
use spotkajmy::parts::schedule::Schedule;
use spotkajmy_fuzz::{example, instant, links, render_feeds, site};

static SCHEDULE: LazyLock<Schedule> = LazyLock::new(example);

/// A file in memory, one for each fuzzing process.
static PATH: LazyLock<PathBuf> = LazyLock::new(|| {
    PathBuf::from(format!(
        "/dev/shm/spotkajmy-fuzz-{}.jsonl",
        std::process::id()
    ))
});

fuzz_target!(|bytes: &[u8]| -> Corpus {
    fs::write(&*PATH, bytes).expect("memory has room");
    let links = links(&SCHEDULE);
    let terms = Terms::new(&links, None);
    let Ok(saved) = HistoryFile::new(PATH.clone()).publish(&SCHEDULE, &terms, instant(0)) else {
        // Of another calendar: it is not touched.
        assert_eq!(fs::read(&*PATH).expect("it is there"), bytes);
        return Corpus::Keep;
    };
    assert!(saved.failure.is_none(), "{:?}", saved.failure);
    let written = fs::read(&*PATH).expect("it is there");
    let whole = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    assert!(
        written.starts_with(&bytes[..whole]),
        "what was there is not"
    );

    let again = HistoryFile::new(PATH.clone())
        .publish(&SCHEDULE, &terms, instant(60))
        .expect("the calendar is the same");
    assert!(
        again.outcome.records.is_empty(),
        "{:?}",
        again.outcome.records
    );
    assert_eq!(fs::read(&*PATH).expect("it is there"), written);
    let (first, second) = (saved.outcome.publication, again.outcome.publication);
    assert_eq!(first.sessions.len(), second.sessions.len());
    for (one, other) in first.sessions.iter().zip(&second.sessions) {
        assert_eq!(one.stamp, other.stamp, "{}", one.session.id.as_str());
    }
    render_feeds(&site(second, links, instant(60)));
    Corpus::Keep
});
