//! Every schedule in this folder and its exact report.
//!
//! `x.yaml` is what a tired person, a broken editor or an attacker wrote;
//! `x.txt` is what the program says of it, in English and then in Polish.
//! After a change of words, `BLESS=1 cargo test --test broken` writes the
//! reports anew: read the difference before you commit it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;
use spotkajmy::parts::Language;
use spotkajmy::parts::schedule::{Diagnostic, Fix, LARGEST, read, report};

mod any_input;
mod independent;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 6).expect("a date")
}

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry of the corpus").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    files.sort();
    files
}

fn full_report(name: &str, source: &[u8]) -> String {
    let outcome = read(source, today());
    let [english, polish] = [Language::English, Language::Polish]
        .map(|language| report::text(name, source, outcome.as_ref(), language, false));
    format!("{english}\n{polish}")
}

#[test]
fn every_broken_schedule_has_its_exact_report() {
    let bless = std::env::var_os("BLESS").is_some();
    let files = corpus();
    assert!(files.len() >= 50, "the corpus is there");
    let mut wrong = Vec::new();
    for path in files {
        let source = fs::read(&path).expect("a readable file");
        let name = path.file_name().expect("a name").to_string_lossy();
        let report = full_report(&name, &source);
        let expected = path.with_extension("txt");
        if bless {
            fs::write(&expected, report).expect("a writable corpus");
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(report.as_str()) {
            wrong.push(format!("{name}:\n{report}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "not as in the .txt:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn good_files_are_good_and_the_others_are_not() {
    for path in corpus() {
        let source = fs::read(&path).expect("a readable file");
        let name = path.file_name().expect("a name").to_string_lossy();
        let outcome = read(&source, today());
        assert_eq!(
            outcome.is_ok(),
            name.starts_with("good-") || name.starts_with("odd-"),
            "{name}"
        );
        let warned = match &outcome {
            Ok(reading) => !reading.warnings.is_empty(),
            Err(_) => true,
        };
        assert_eq!(!warned, name.starts_with("good-"), "{name}");
    }
}

/// `source` with `fix` typed into it.
fn fixed(source: &str, fix: &Fix) -> String {
    let (line, column) = (fix.at.line as usize - 1, fix.at.column as usize - 1);
    let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
    let characters: Vec<char> = lines[line].chars().collect();
    let end = (column + fix.at.length as usize).min(characters.len());
    let before: String = characters[..column].iter().collect();
    let behind: String = characters[end..].iter().collect();
    lines[line] = format!("{before}{}{behind}", fix.text);
    lines.join("\n")
}

#[test]
fn what_a_help_offers_to_type_mends_that_problem_and_makes_none() {
    let mut tried = 0;
    let mut wrong = Vec::new();
    for path in corpus() {
        let source = fs::read(&path).expect("a readable file");
        let Err(rejected) = read(&source, today()) else {
            continue;
        };
        // A mark that is no part of the text.
        let text = String::from_utf8_lossy(&source).replace('\u{feff}', "");
        let told = |problems: &[Diagnostic]| -> Vec<(u32, &'static str)> {
            problems
                .iter()
                .map(|problem| (problem.position.line, problem.code))
                .collect()
        };
        let before = told(&rejected.problems);
        for problem in &rejected.problems {
            let Some(fix) = &problem.fix else { continue };
            tried += 1;
            let mended = fixed(&text, fix);
            let after = match read(mended.as_bytes(), today()) {
                Ok(_) => Vec::new(),
                Err(rejected) => told(&rejected.problems),
            };
            let mut left = before.clone();
            let at = (problem.position.line, problem.code);
            let gone = left.iter().position(|told| *told == at).expect("told");
            left.remove(gone);
            for told in after {
                match left.iter().position(|left| *left == told) {
                    Some(known) => drop(left.remove(known)),
                    None => wrong.push(format!(
                        "{}: {at:?} {fix:?} leaves {told:?}",
                        path.display()
                    )),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 100, "{tried}");
}

#[test]
fn the_json_tells_the_same_as_the_text() {
    for path in corpus() {
        let source = fs::read(&path).expect("a readable file");
        let outcome = read(&source, today());
        let json = report::json("x.yaml", outcome.as_ref(), Language::English);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let text = report::text(
            "x.yaml",
            &source,
            outcome.as_ref(),
            Language::English,
            false,
        );
        for list in ["problems", "warnings"] {
            for problem in json[list].as_array().expect("a list") {
                let place = format!("x.yaml:{}:{}\n", problem["line"], problem["column"]);
                assert!(text.contains(&place), "{}: {place}", path.display());
                let message = problem["message"].as_str().expect("words");
                assert!(text.contains(message), "{}: {message}", path.display());
            }
        }
    }
}

/// How long a processor was busy with this thread: other programs on the
/// machine do not count.
fn busy() -> Duration {
    let file = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells it");
    let nanoseconds = file.split(' ').next().and_then(|word| word.parse().ok());
    Duration::from_nanos(nanoseconds.expect("a number"))
}

/// The codes of the problems of `source`, which must be read within `limit`.
fn refused(source: &[u8], limit: Duration) -> Vec<&'static str> {
    let start = busy();
    let rejected = read(source, today()).expect_err("a refusal");
    let text = report::text("x.yaml", source, Err(&rejected), Language::Polish, true);
    let took = busy().saturating_sub(start);
    assert!(took < limit, "took {took:?}");
    assert!(text.len() < 2_000_000, "a report of {} bytes", text.len());
    rejected
        .problems
        .into_iter()
        .map(|problem| problem.code)
        .collect()
}

/// In an unoptimised build; an optimised one takes a tenth of it.
const SLOW: Duration = Duration::from_secs(20);

#[test]
fn eleven_megabytes_are_refused_unread() {
    let source = vec![b'a'; 11 * 1024 * 1024];
    let codes = refused(&source, Duration::from_millis(500));
    assert_eq!(codes, ["too-large"]);
}

#[test]
fn an_alias_bomb_stays_as_small_as_its_text() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..40 {
        let below = format!("*a{}", level - 1);
        let row = vec![below; 9].join(", ");
        writeln!(bomb, "a{level}: &a{level} [{row}]").expect("memory");
    }
    let codes = refused(bomb.as_bytes(), Duration::from_secs(1));
    assert!(codes.contains(&"alias") && codes.contains(&"anchor"));

    let mut wide = format!("a: &a {}\nb:\n", "x".repeat(100_000));
    wide.push_str(&"  - *a\n".repeat(20_000));
    let codes = refused(wide.as_bytes(), Duration::from_secs(1));
    assert_eq!(codes.last(), Some(&"and-more"));
    // It stopped reading there.
    assert_eq!(codes.len(), 1_001);
}

#[test]
fn nesting_is_refused_and_overflows_no_stack() {
    for (unit, count) in [
        ("[", 100_000),
        ("{a: ", 100_000),
        ("- ", 100_000),
        ("? ", 100_000),
    ] {
        let source = unit.repeat(count);
        let codes = refused(source.as_bytes(), SLOW);
        assert_eq!(codes, ["too-deep"], "{unit:?}");
    }
    let mut stairs = String::new();
    for level in 0..1_000 {
        stairs.push_str(&" ".repeat(level));
        stairs.push_str("a:\n");
    }
    assert_eq!(refused(stairs.as_bytes(), SLOW), ["too-deep"]);
}

/// A part of the limit, for an unoptimised build.
const MOST: usize = LARGEST / 20;

/// A schedule of `most` bytes, of the same over and over.
fn fill(start: &str, unit: &dyn Fn(usize) -> String, end: &str, most: usize) -> String {
    let mut source = format!(
        "calendar: {{id: x, title: x, timezone: Europe/Warsaw, window: 1:00-2:00}}\n{start}"
    );
    let mut at = 0;
    while source.len() < most {
        source.push_str(&unit(at));
        at += 1;
    }
    source.push_str(end);
    source
}

#[test]
fn a_hostile_file_at_the_limit_is_answered_in_time() {
    for (what, source) in [
        ("keys", fill("", &|at| format!("titel{at}: x\n"), "", MOST)),
        (
            "the same key",
            fill("", &|_| "sessions: []\n".into(), "", MOST),
        ),
        (
            "long keys",
            fill("", &|_| format!("{}: x\n", "a".repeat(500)), "", MOST),
        ),
        (
            "one line",
            fill("sessions: [", &|at| format!("{{id: A{at}}},"), "]", MOST),
        ),
        ("values", fill("sessions: [", &|_| "x,".into(), "]", MOST)),
        (
            "near misses",
            fill(
                "districts:\n",
                &|at| {
                    format!(
                        "- {{id: d{at}, name: dzielnica {at}}}\n- {{id: x{at}, name: y, aliases: [D-{at}]}}\n"
                    )
                },
                "",
                MOST,
            ),
        ),
        (
            "one long text",
            fill("x: \"", &|_| "\\u0007".into(), "\"", MOST),
        ),
        (
            "one long word",
            fill("withdrawn: [", &|_| "a".into(), "]", MOST),
        ),
        ("open quote", fill("x: \"", &|_| "\n".into(), "", MOST)),
        ("blanks", fill("x: [", &|_| " ".into(), "", MOST)),
        ("comments", fill("", &|_| "#\n".into(), "x", MOST)),
        (
            "anchors",
            fill("", &|at| format!("k{at}: &a{at} x\n"), "", MOST),
        ),
    ] {
        let codes = refused(source.as_bytes(), SLOW);
        assert!(codes.len() <= 1_001, "{what}");
    }
}

#[test]
fn a_file_of_slips_at_the_limit_is_answered_in_time() {
    for (what, source) in [
        ("colons", fill("", &|at| format!("k{at}: a: b\n"), "", MOST)),
        ("trailing colons", fill("a: b", &|_| ":".into(), "", MOST)),
        (
            "bullets",
            fill("sessions:\n", &|_| "– id: a\n".into(), "", MOST),
        ),
        (
            "no colons",
            fill("sessions:\n", &|_| "  a b\n".into(), "", MOST),
        ),
        (
            "comments before keys",
            fill(
                "sessions:\n",
                &|_| "# - id: a\n  date: x\n".into(),
                "",
                MOST,
            ),
        ),
        (
            "lost dashes",
            fill(
                "sessions:\n- id: a\n",
                &|at| format!("id: b{at}\n"),
                "",
                MOST,
            ),
        ),
        (
            "ids without dashes",
            fill(
                "sessions:\n- id: a\n",
                &|at| format!("  id: b{at}\n"),
                "",
                MOST,
            ),
        ),
        (
            "dashes before keys",
            fill(
                "sessions:\n- id: a\n",
                &|at| format!("- k{at}: b\n"),
                "",
                MOST,
            ),
        ),
        (
            "merge marks",
            fill("", &|_| "<<<<<<< a\nb\n=======\nc\n".into(), "", MOST),
        ),
        ("rows", fill("", &|_| "a\t2026-03-13\tb\n".into(), "", MOST)),
        (
            "lists after brackets",
            fill("withdrawn: []\n", &|at| format!("- a{at}\n"), "", MOST),
        ),
        (
            "several places",
            fill(
                "venues:\n",
                &|at| format!("- {{id: v{at}, name: w{at}, district: x}}\n"),
                &"- {id: s, name: a, district: 'x, y, z, x, y, z, x, y'}\n".repeat(5_000),
                MOST / 2,
            ),
        ),
        (
            "commas in braces",
            fill("a: {b: c", &|_| ", d".into(), "}", MOST),
        ),
        (
            "broken entries",
            fill("sessions:\n", &|at| format!("- {{id: a{at}\n"), "", MOST),
        ),
        (
            "hard spaces",
            fill("", &|at| format!("\u{a0}k{at}: a\n"), "", MOST),
        ),
    ] {
        let codes = refused(source.as_bytes(), SLOW);
        assert!(codes.len() <= 1_001, "{what}");
    }
}
