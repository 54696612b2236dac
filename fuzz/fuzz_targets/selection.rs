//! Any text as a selection: unknown, or a set whose own spelling, in any
//! order, in capitals and decomposed, means the same set.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use spotkajmy::parts::route::{Directory, Selection};
use spotkajmy_fuzz::example;

static DIRECTORY: LazyLock<Directory> = LazyLock::new(|| Directory::new(example().districts()));

fuzz_target!(|asked: &str| {
    let selection = match DIRECTORY.select(asked) {
        Ok(selection) => selection,
        Err(unknown) => {
            assert!(unknown.nearest.len() <= 3);
            assert!(unknown.asked.chars().count() <= 100);
            for near in &unknown.nearest {
                assert_eq!(DIRECTORY.select(near.as_str()), Ok(Selection::one(near)));
            }
            return;
        }
    };
    let spelt = selection.to_string();
    let mut words: Vec<&str> = spelt.split(',').collect();
    words.reverse();
    let turned = words.join(",");
    for same in [
        &spelt,
        &spelt.to_uppercase(),
        &turned,
        &format!("{spelt},{turned}"),
    ] {
        assert_eq!(DIRECTORY.select(same).as_ref(), Ok(&selection), "{same}");
    }
    // Elsewhere in Unicode there are marks whose capital is a letter.
    if asked.chars().all(|letter| letter < '\u{250}') {
        let upper = asked.to_uppercase();
        assert_eq!(DIRECTORY.select(&upper).as_ref(), Ok(&selection), "{upper}");
    }
});
