//! The history's file under crashes, other processes and full disks.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::feed::Stamp;

/// A folder with a history in it, and what was served from it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        Desk {
            folder: TempDir::new().unwrap(),
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("schedule.history.jsonl")
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.path()).unwrap()
    }

    /// Another process on the file.
    fn process(&self) -> HistoryFile {
        HistoryFile::new(self.path())
    }
}

fn publish_to(file: &mut HistoryFile, yaml: &str, now: DateTime<Utc>) -> Saved {
    let schedule = read(yaml);
    let links = links(&schedule);
    file.publish(&schedule, &Terms::new(&links, None), now)
        .unwrap()
}

fn stamp(saved: &Saved) -> Stamp {
    saved.outcome.publication.session("a").unwrap().stamp
}

fn moved(day: u32) -> String {
    edited(&[("2026-03-13", &format!("2026-03-{day}"))])
}

#[test]
fn the_file_lies_beside_the_schedule() {
    for (schedule, expected) in [
        ("schedule.yaml", "schedule.history.jsonl"),
        ("/etc/meetings/city.yml", "/etc/meetings/city.history.jsonl"),
        ("plan", "plan.history.jsonl"),
    ] {
        assert_eq!(
            HistoryFile::path_beside(schedule.as_ref()),
            PathBuf::from(expected)
        );
    }
}

#[test]
fn records_are_appended_and_nothing_else_is_written() {
    let desk = Desk::new();
    let mut file = desk.process();
    let mut bytes = Vec::new();
    for (day, lines) in [(13, 5), (13, 5), (20, 7), (21, 9), (21, 9)] {
        let saved = publish_to(&mut file, &moved(day), second(0));
        assert!(saved.failure.is_none());
        assert!(desk.bytes().starts_with(&bytes));
        bytes = desk.bytes();
        assert_eq!(String::from_utf8_lossy(&bytes).lines().count(), lines);
    }
}

#[test]
fn a_torn_line_costs_no_revision_that_was_served() {
    let desk = Desk::new();
    publish_to(&mut desk.process(), YAML, second(0));
    let served = publish_to(&mut desk.process(), &moved(20), second(10));
    let before = desk.bytes();
    // Two sessions at once: the crash may leave one of them whole.
    let next = edited(&[("2026-03-13", "2026-03-27"), ("2026-04-10", "2026-04-17")]);
    publish_to(&mut desk.process(), &next, second(20));
    let after = desk.bytes();
    for length in (before.len()..after.len()).step_by(5) {
        fs::write(desk.path(), &after[..length]).unwrap();
        let saved = publish_to(&mut desk.process(), &next, second(30));
        let mended = desk.bytes();
        assert!(saved.failure.is_none());
        assert!(mended.starts_with(&before));
        assert_eq!(saved.outcome.history.unreadable(), [], "torn at {length}");
        assert_eq!(History::read(&mended).unreadable(), []);
        assert_eq!(stamp(&saved).sequence, 2, "torn at {length}");
        assert!(stamp(&saved).modified > stamp(&served).modified);
        let again = publish_to(&mut desk.process(), &next, second(40));
        assert_eq!(desk.bytes(), mended);
        assert_eq!(stamp(&again), stamp(&saved));
    }
}

#[test]
fn what_a_person_left_at_the_end_stays() {
    let desk = Desk::new();
    publish_to(&mut desk.process(), YAML, second(0));
    let good = desk.bytes();
    // An editor that ends no line, and a note.
    for (tail, whole) in [
        ("", true),
        ("\nask about the room", false),
        ("\n>>>>>>> branch", false),
    ] {
        let mut bytes = good.trim_ascii_end().to_vec();
        bytes.extend(tail.as_bytes());
        fs::write(desk.path(), &bytes).unwrap();
        let saved = publish_to(&mut desk.process(), &moved(20), second(10));
        assert!(desk.bytes().starts_with(&bytes));
        assert_eq!(
            saved.outcome.history.unreadable().is_empty(),
            whole,
            "{tail}"
        );
        assert_eq!(stamp(&saved).sequence, 1);
        assert_eq!(
            publish_to(&mut desk.process(), &moved(20), second(20))
                .outcome
                .records
                .len(),
            0
        );
    }
}

#[test]
fn zeros_after_a_power_cut_are_cut_off() {
    let desk = Desk::new();
    publish_to(&mut desk.process(), YAML, second(0));
    let good = desk.bytes();
    fs::write(desk.path(), [&good[..], &[0; 4096]].concat()).unwrap();
    let saved = publish_to(&mut desk.process(), YAML, second(10));
    assert_eq!(saved.outcome.history.unreadable(), []);
    assert_eq!(desk.bytes(), good);
}

#[test]
fn a_change_that_cannot_be_written_is_served_and_written_later() {
    // A folder in its place, or none around it.
    for prepare in [fs::create_dir, |path: PathBuf| {
        fs::remove_dir(path.parent().unwrap())
    }] {
        let desk = Desk::new();
        let mut file = desk.process();
        prepare(desk.path()).unwrap();
        let mut served = Vec::new();
        for (day, now) in [(13, 0), (20, 10), (21, 10)] {
            let saved = publish_to(&mut file, &moved(day), second(now));
            assert!(matches!(saved.failure, Some(NotWritten::Open { .. })));
            served.push(stamp(&saved));
        }
        assert_eq!(
            served.iter().map(|it| it.sequence).collect::<Vec<_>>(),
            [0, 1, 2]
        );

        let _ = fs::remove_dir(desk.path());
        let _ = fs::create_dir(desk.folder.path());
        let saved = publish_to(&mut file, &moved(21), second(60));
        assert!(saved.failure.is_none());
        assert!(saved.outcome.records.is_empty());
        assert_eq!(stamp(&saved), served[2]);
        // A restart finds every revision that was served.
        let restarted = publish_to(&mut desk.process(), &moved(21), second(90));
        assert_eq!(stamp(&restarted), served[2]);
        assert_eq!(restarted.outcome.publication.changes.len(), 6);
    }
}

#[test]
fn a_pipe_in_the_place_of_the_history_keeps_nobody_waiting() {
    let desk = Desk::new();
    let made = std::process::Command::new("mkfifo")
        .arg(desk.path())
        .status();
    assert!(made.unwrap().success());
    let saved = publish_to(&mut desk.process(), YAML, second(0));
    assert!(matches!(saved.failure, Some(NotWritten::Open { .. })));
    assert!(desk.process().read().is_err());
}

#[test]
fn lines_that_the_file_lost_under_a_running_server_are_written_again() {
    let desk = Desk::new();
    let mut file = desk.process();
    publish_to(&mut file, YAML, second(0));
    let old = desk.bytes();
    let served = publish_to(&mut file, &moved(20), second(10));
    let whole = desk.bytes();
    for lost in [Some(&old), None] {
        match lost {
            // As `git checkout` does it.
            Some(old) => {
                fs::write(desk.folder.path().join("new"), old).unwrap();
                fs::rename(desk.folder.path().join("new"), desk.path()).unwrap();
            }
            None => fs::remove_file(desk.path()).unwrap(),
        }
        let saved = publish_to(&mut file, &moved(20), second(60));
        assert!(saved.failure.is_none());
        assert_eq!(stamp(&saved), stamp(&served));
        assert_eq!(desk.bytes(), whole);
    }
}

#[test]
fn what_another_process_published_meanwhile_is_overtaken_not_repeated() {
    let desk = Desk::new();
    let mut deaf = desk.process();
    publish_to(&mut deaf, YAML, second(0));
    let published = desk.bytes();
    // One cannot write, the other can; both count the same revision.
    fs::remove_file(desk.path()).unwrap();
    fs::create_dir(desk.path()).unwrap();
    let unwritten = publish_to(&mut deaf, &moved(20), second(10));
    fs::remove_dir(desk.path()).unwrap();
    fs::write(desk.path(), &published).unwrap();
    let written = publish_to(&mut desk.process(), &moved(20), second(5));
    assert_eq!(
        (stamp(&unwritten).sequence, stamp(&written).sequence),
        (1, 1)
    );
    // Each was served with stamps of its own, so both are overtaken, once.
    let together = publish_to(&mut deaf, &moved(20), second(60));
    assert_eq!(stamp(&together).sequence, 2);
    assert!(stamp(&together).modified > stamp(&unwritten).modified);
    let other = publish_to(&mut desk.process(), &moved(20), second(90));
    assert_eq!(stamp(&other), stamp(&together));
}

#[test]
fn a_history_that_stays_locked_delays_a_change_by_two_seconds_at_most() {
    let desk = Desk::new();
    publish_to(&mut desk.process(), YAML, second(0));
    let held = fs::File::open(desk.path()).unwrap();
    held.lock().unwrap();
    let mut file = desk.process();
    let saved = publish_to(&mut file, &moved(20), second(10));
    assert!(matches!(saved.failure, Some(NotWritten::Locked { .. })));
    assert_eq!(stamp(&saved).sequence, 1);
    drop(held);
    let again = publish_to(&mut file, &moved(20), second(60));
    assert!(again.failure.is_none());
    assert_eq!(stamp(&again), stamp(&saved));
}

#[test]
fn processes_side_by_side_neither_interleave_nor_count_twice() {
    const PROCESSES: usize = 4;
    const EDITS: u32 = 15;
    let desk = Desk::new();
    publish_to(&mut desk.process(), &moved(10), second(0));
    let together = std::sync::Barrier::new(PROCESSES);
    let stamps: Vec<Vec<Stamp>> = std::thread::scope(|scope| {
        let processes: Vec<_> = (0..PROCESSES)
            .map(|_| {
                scope.spawn(|| {
                    let mut file = desk.process();
                    let publish_edit = |edit: u32| {
                        together.wait();
                        let saved = publish_to(&mut file, &moved(10 + edit), second(0));
                        assert!(saved.failure.is_none());
                        let stamp = stamp(&saved);
                        together.wait();
                        stamp
                    };
                    (1..=EDITS).map(publish_edit).collect()
                })
            })
            .collect();
        processes
            .into_iter()
            .map(|process| process.join().unwrap())
            .collect()
    });
    // The same edit has the same stamps everywhere, and each counted once.
    assert!(stamps.iter().all(|of_one| *of_one == stamps[0]));
    let sequences: Vec<u32> = stamps[0].iter().map(|stamp| stamp.sequence).collect();
    assert_eq!(sequences, (1..=EDITS).collect::<Vec<_>>());
    let history = History::read(&desk.bytes());
    assert_eq!(history.unreadable(), []);
    assert_eq!(history.records.len(), 5 + 2 * EDITS as usize);
}
