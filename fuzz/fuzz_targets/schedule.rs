//! Any bytes as a schedule: a report, or a site whose every document renders,
//! and which, published again, changes nothing.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use spotkajmy::parts::Changes;
use spotkajmy::parts::history::{History, Terms, publish};
use spotkajmy::parts::Language;
use spotkajmy::parts::schedule::{self, report};
use spotkajmy_fuzz::{instant, links, render_all, site};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let outcome = schedule::read(bytes, instant(0).date_naive());
    for language in Language::ALL {
        for color in [false, true] {
            report::text("schedule.yaml", bytes, outcome.as_ref(), language, color);
        }
        report::json("schedule.yaml", outcome.as_ref(), language);
    }
    let Ok(reading) = outcome else {
        return Corpus::Keep;
    };
    let schedule = reading.schedule;
    let links = links(&schedule);
    let before = History::default();
    let terms = Terms::new(&links, None);
    let published = publish(&schedule, &before, &terms, instant(0)).expect("nothing was before");
    let changes = Changes::new(&before, &published);
    for language in Language::ALL {
        changes.text(language);
        changes.json("schedule.yaml", None, language);
    }
    let again = publish(&schedule, &published.history, &terms, instant(60))
        .expect("the calendar is the same");
    assert!(again.records.is_empty(), "{:?}", again.records);
    render_all(&site(published.publication, links, instant(60)));
    Corpus::Keep
});
