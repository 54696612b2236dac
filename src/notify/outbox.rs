//! The notices that were cut and what became of each: an append-only file
//! beside the history, one JSON object a line, so that a restart neither
//! repeats nor loses one.
//!
//! A notice is on the disk before it is sent, and that it was delivered is on
//! the disk before the next one is. A kill between the two sends the same
//! notice again, under the same id.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::announce::{Announcement, announcement, last_end, news};
use crate::feed::{Change, Kind};
use crate::history::{keep_entry, refuse_pipes};
use crate::route::Links;
use crate::schedule::Calendar;

/// How many times as long as a change has to stand it waits for others.
const COMPANY: i32 = 3;

/// One message for every sink: what changed for residents.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Notice {
    /// The same whenever it is sent.
    pub(super) id: String,
    /// When it was cut, and never before what it tells of.
    pub(super) at: DateTime<Utc>,
    /// Which changes it tells of: up to when, of each session.
    until: HashMap<String, DateTime<Utc>>,
    /// When nobody needs it any more: its last session is over.
    pub(super) over: DateTime<Utc>,
    /// What is posted, byte for byte.
    pub(super) body: String,
}

/// What became of a notice at one sink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fate {
    Delivered,
    GivenUp,
}

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    /// Changes up to then are old: they were published before anybody asked
    /// for notices.
    Since {
        at: DateTime<Utc>,
    },
    /// A sink that was not asked for before gets what is cut from here on.
    Sink {
        key: String,
    },
    Notice(Notice),
    Fate {
        id: String,
        sink: String,
        fate: Fate,
        at: DateTime<Utc>,
    },
    /// The hub was told of every feed that changed up to then.
    Pinged {
        until: DateTime<Utc>,
    },
}

/// The file and what it says. This process alone writes it: it holds its lock.
#[derive(Debug)]
pub(super) struct Outbox {
    file: File,
    /// The length of the lines that are whole.
    length: u64,
    since: Option<DateTime<Utc>>,
    /// The index of the first notice of each sink.
    sinks: HashMap<String, usize>,
    notices: Vec<Notice>,
    done: HashSet<(String, String)>,
    /// When notices were given up, by sink.
    given_up: HashMap<String, Vec<DateTime<Utc>>>,
    pub(super) pinged: Option<DateTime<Utc>>,
    /// When this process saw the changes of an instant first, by the earliest
    /// clock since. The instants of a history are ahead of a clock that was
    /// set back, perhaps by years.
    seen: HashMap<DateTime<Utc>, DateTime<Utc>>,
}

impl Outbox {
    /// Opens or makes the file at `path`; `None` while another process has it.
    ///
    /// # Errors
    /// It cannot be opened, locked or read.
    fn open(path: &Path) -> io::Result<Option<Outbox>> {
        refuse_pipes(path)?;
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        if text.is_empty() {
            keep_entry(path)?;
        }
        // A torn last line was never acted on.
        let whole = text
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let mut outbox = Outbox {
            file,
            length: whole as u64,
            since: None,
            sinks: HashMap::new(),
            notices: Vec::new(),
            done: HashSet::new(),
            given_up: HashMap::new(),
            pinged: None,
            seen: HashMap::new(),
        };
        for (index, line) in text[..whole].split(|byte| *byte == b'\n').enumerate() {
            match serde_json::from_slice(line) {
                Ok(line) => outbox.take(line),
                Err(_) if line.is_empty() => {}
                Err(error) => {
                    tracing::warn!(line = index + 1, %error, "a line of the notices is left out");
                }
            }
        }
        Ok(Some(outbox))
    }

    fn take(&mut self, line: Line) {
        match line {
            Line::Since { at } => self.since = Some(at),
            Line::Sink { key } => {
                self.sinks.entry(key).or_insert(self.notices.len());
            }
            Line::Notice(notice) => self.notices.push(notice),
            Line::Fate { id, sink, fate, at } => {
                if fate == Fate::GivenUp {
                    self.given_up.entry(sink.clone()).or_default().push(at);
                }
                self.done.insert((id, sink));
            }
            Line::Pinged { until } => self.pinged = Some(until),
        }
    }

    /// Appends a line, and returns once it is on the disk.
    fn append(&mut self, line: Line) -> io::Result<()> {
        let text = serde_json::to_string(&line).expect("texts and times are always JSON") + "\n";
        self.file.set_len(self.length)?;
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file.write_all(text.as_bytes())?;
        self.file.sync_data()?;
        self.length += text.len() as u64;
        self.take(line);
        Ok(())
    }

    /// Opens the file at `path` for `sinks`: nothing that was published or cut
    /// before they were first asked for is sent to them. `None` while another
    /// process has it.
    ///
    /// # Errors
    /// It cannot be opened, locked, read or written.
    pub(super) fn begin(
        path: &Path,
        sinks: &[String],
        newest: DateTime<Utc>,
    ) -> io::Result<Option<Outbox>> {
        let Some(mut outbox) = Outbox::open(path)? else {
            return Ok(None);
        };
        if outbox.since.is_none() {
            outbox.append(Line::Since { at: newest })?;
        }
        if outbox.pinged.is_none() {
            outbox.append(Line::Pinged { until: newest })?;
        }
        for key in sinks {
            if !outbox.sinks.contains_key(key) {
                outbox.append(Line::Sink { key: key.clone() })?;
            }
        }
        Ok(Some(outbox))
    }

    /// Cuts a notice of the changes that have stood for as long as `after`, if
    /// there are any, and gives when to look again for one that has not. While
    /// an edit is fresh, the others wait with it for a few times `after`: ten
    /// edits in four minutes are one notice.
    ///
    /// # Errors
    /// It cannot be written, and is not to be sent.
    pub(super) fn cut(
        &mut self,
        changes: &[Change],
        calendar: &Calendar,
        links: &Links,
        after: chrono::TimeDelta,
        now: DateTime<Utc>,
    ) -> io::Result<Option<DateTime<Utc>>> {
        let mut told: HashMap<&str, DateTime<Utc>> = HashMap::new();
        for notice in &self.notices {
            for (session, until) in &notice.until {
                let last = told.entry(session.as_str()).or_insert(*until);
                *last = (*last).max(*until);
            }
        }
        let since = self.since.unwrap_or(DateTime::<Utc>::MIN_UTC);
        let mut untold: Vec<(&str, Vec<&Change>)> = Vec::new();
        for change in changes {
            let session = change.session.as_str();
            if change.at <= *told.get(session).unwrap_or(&since) {
                continue;
            }
            match untold.iter_mut().find(|(known, _)| *known == session) {
                Some((_, of_session)) => of_session.push(change),
                None => untold.push((session, vec![change])),
            }
        }
        let mut standing = Vec::new();
        let mut next: Option<DateTime<Utc>> = None;
        for (session, of_session) in untold {
            let Some(net) = news(&of_session, now) else {
                continue;
            };
            // Other words do not make a change younger.
            let of_meaning = |change: &&&Change| change.kind != Kind::Reworded;
            let last = of_session.iter().rev().find(of_meaning);
            let changed = last.map_or(net.at, |change| change.at);
            let seen = self.seen.entry(changed).or_insert(now);
            *seen = now.min(*seen);
            let stands = changed.min(*seen) + after;
            if stands > now {
                next = next.max(Some(stands));
            } else {
                standing.push((session, stands, net));
            }
        }
        let oldest = standing.iter().map(|(_, stands, _)| *stands).min();
        let has_waited = oldest.is_some_and(|stands| stands + after * COMPANY <= now);
        if !standing.is_empty() && (next.is_none() || has_waited) {
            let notice = notice(&standing, calendar, links, now);
            self.append(Line::Notice(notice))?;
        }
        Ok(next)
    }

    /// The oldest notice that `sink` did not get yet, and how many there are.
    pub(super) fn waiting(&self, sink: &str) -> (Option<&Notice>, usize) {
        let first = self.sinks.get(sink).copied().unwrap_or(self.notices.len());
        let is_waiting = |notice: &&Notice| {
            let key = (notice.id.clone(), sink.to_owned());
            !self.done.contains(&key)
        };
        let mut waiting = self.notices[first..].iter().filter(is_waiting);
        let next = waiting.next();
        (next, usize::from(next.is_some()) + waiting.count())
    }

    /// How many notices `sink` never took, and how many of them since `day`.
    pub(super) fn given_up(&self, sink: &str, day: DateTime<Utc>) -> (usize, usize) {
        let times = self.given_up.get(sink).map_or(&[][..], Vec::as_slice);
        let since = times.iter().filter(|at| **at >= day).count();
        (times.len(), since)
    }

    /// Notes what became of a notice.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn settle(
        &mut self,
        id: &str,
        sink: &str,
        fate: Fate,
        at: DateTime<Utc>,
    ) -> io::Result<()> {
        self.append(Line::Fate {
            id: id.to_owned(),
            sink: sink.to_owned(),
            fate,
            at,
        })
    }

    /// Notes that the hub knows of every change up to `until`.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn pinged(&mut self, until: DateTime<Utc>) -> io::Result<()> {
        self.append(Line::Pinged { until })
    }
}

/// The notice in the form of Standard Webhooks. `title`, `body` and `text` are
/// what Apprise, Slack and Mattermost show as they are.
fn notice(
    changes: &[(&str, DateTime<Utc>, Change)],
    calendar: &Calendar,
    links: &Links,
    now: DateTime<Utc>,
) -> Notice {
    let changes = || {
        changes
            .iter()
            .map(|(session, _, change)| (*session, change))
    };
    let announcements: Vec<Announcement> = changes()
        .map(|(_, change)| announcement(change, calendar, links))
        .collect();
    let until = changes().map(|(session, change)| (session.to_owned(), change.at));
    let until: HashMap<String, DateTime<Utc>> = until.collect();
    let over = changes().map(|(_, change)| last_end(change)).max();
    // A clock that begins in 1970 does not make it three days old.
    let at = until.values().max().map_or(now, |newest| now.max(*newest));
    let mut told: Vec<String> = until
        .iter()
        .map(|(id, at)| format!("{id} {at}\n"))
        .collect();
    told.sort_unstable();
    let digest = Sha256::digest(format!("{}\n{}", calendar.id, told.concat()));
    let id = format!("msg_{}", crate::digest::hex(&digest[..16]));
    let language = calendar.language;
    let posts: Vec<&str> = announcements
        .iter()
        .map(|it| it.post.get(language))
        .collect();
    let text = posts.join("\n\n");
    let title = match &announcements[..] {
        [one] => one.subject.get(language).to_owned(),
        _ => calendar.title.get(language).to_owned(),
    };
    let body = serde_json::json!({
        "type": "spotkajmy.changed",
        "timestamp": at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "data": {
            "calendar": calendar.id.to_string(),
            "changes": announcements,
        },
        "title": title,
        "body": text,
        "text": text,
    });
    Notice {
        id,
        at,
        until,
        over: over.unwrap_or(at),
        body: body.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::time::Duration;

    use chrono::TimeDelta;
    use serde_json::Value;
    use tempfile::TempDir;

    use super::*;
    use crate::history::sample::{YAML, links, publish_over, read, second};
    use crate::history::{History, Outcome};

    const AFTER: TimeDelta = TimeDelta::minutes(5);

    /// A schedule edited at some seconds, and the notices that are cut of it.
    struct Story {
        _folder: TempDir,
        path: PathBuf,
        outbox: Outbox,
        outcome: Outcome,
    }

    impl Story {
        fn new() -> Story {
            let folder = TempDir::new().unwrap();
            let path = folder.path().join("schedule.notices.jsonl");
            let outcome = publish_over(YAML, &History::default(), second(0));
            let outbox = Outbox::begin(&path, &["sink".to_owned()], second(0));
            let outbox = outbox.unwrap().unwrap();
            Story {
                _folder: folder,
                path,
                outbox,
                outcome,
            }
        }

        fn edit(&mut self, at: i64, old: &str, new: &str) {
            let yaml = YAML.replace(old, new);
            assert!(old == new || yaml != YAML, "{old}");
            self.publish(at, &yaml);
        }

        fn publish(&mut self, at: i64, yaml: &str) {
            self.outcome = publish_over(yaml, &self.outcome.history, second(at));
        }

        fn cut(&mut self, at: i64) -> Option<DateTime<Utc>> {
            let publication = &self.outcome.publication;
            let links = links(&read(YAML));
            let cut = self.outbox.cut(
                &publication.changes,
                &publication.calendar,
                &links,
                AFTER,
                second(at),
            );
            cut.unwrap()
        }

        /// The kinds and ids of the notices, each restart told anew.
        fn told(&mut self) -> Vec<Vec<String>> {
            self.restart();
            let notices = self.outbox.notices.iter().map(|notice| {
                let body: Value = serde_json::from_str(&notice.body).unwrap();
                let changes = body["data"]["changes"].as_array().unwrap().iter();
                changes
                    .map(|it| {
                        format!(
                            "{} {}",
                            it["id"].as_str().unwrap(),
                            it["kind"].as_str().unwrap()
                        )
                    })
                    .collect()
            });
            notices.collect()
        }

        fn restart(&mut self) {
            self.begin(&["sink"]);
        }

        fn begin(&mut self, sinks: &[&str]) {
            // The lock goes with the file.
            self.outbox.file = File::open(&self.path).unwrap();
            let sinks: Vec<String> = sinks.iter().map(|sink| (*sink).to_owned()).collect();
            let outbox = Outbox::begin(&self.path, &sinks, second(0));
            self.outbox = outbox.unwrap().unwrap();
        }
    }

    #[test]
    fn what_was_published_before_is_no_news() {
        let mut story = Story::new();
        assert_eq!(story.cut(1_000), None);
        assert!(story.told().is_empty());
    }

    #[test]
    fn a_change_is_told_once_it_has_stood() {
        let mut story = Story::new();
        story.edit(100, "a, date: 2026-03-13", "a, date: 2026-03-20");
        assert_eq!(story.cut(399), Some(second(400)));
        assert!(story.told().is_empty());
        assert_eq!(story.cut(400), None);
        assert_eq!(story.told(), [["a moved"]]);
        assert_eq!(story.cut(10_000), None);
        assert_eq!(story.told().len(), 1);
    }

    #[test]
    fn ten_edits_in_four_minutes_are_one_notice() {
        let mut story = Story::new();
        for edit in 0..10 {
            let date = format!("a, date: 2026-03-{}", 16 + edit % 4);
            story.edit(100 + edit * 24, "a, date: 2026-03-13", &date);
            story.cut(100 + edit * 24);
        }
        story.cut(900);
        assert_eq!(story.told(), [["a moved"]]);
    }

    #[test]
    fn ten_sessions_called_off_in_four_minutes_are_one_notice() {
        let mut story = Story::new();
        let (a, b) = ("a, date", "library}");
        let off = ["a, status: cancelled, date", "library, status: cancelled}"];
        story.edit(100, a, off[0]);
        story.cut(399);
        let yaml = YAML.replace(a, off[0]).replace(b, off[1]);
        story.publish(340, &yaml);
        assert_eq!(story.cut(400), Some(second(640)), "b was just called off");
        assert!(story.told().is_empty());
        assert_eq!(story.cut(640), None);
        assert_eq!(story.told().len(), 1);
        assert_eq!(story.told()[0].len(), 2);
    }

    #[test]
    fn a_change_does_not_wait_for_ever_for_others() {
        let mut story = Story::new();
        story.edit(100, "a, date", "a, status: cancelled, date");
        let off = YAML.replace("a, date", "a, status: cancelled, date");
        for edit in 1..10 {
            let date = format!("b, date: 2026-06-{}", 10 + edit);
            story.publish(100 + edit * 200, &off.replace("b, date: 2026-05-08", &date));
            story.cut(100 + edit * 200);
        }
        assert_eq!(story.told(), [["a cancelled"]]);
    }

    #[test]
    fn other_words_make_no_change_younger() {
        let mut story = Story::new();
        story.edit(100, "a, date: 2026-03-13", "a, date: 2026-03-20");
        story.edit(
            390,
            "a, date: 2026-03-13",
            "a, note: Words, date: 2026-03-20",
        );
        story.cut(400);
        assert_eq!(story.told(), [["a moved"]]);
        assert_eq!(story.cut(5_000), None);
        assert_eq!(story.told().len(), 1);
    }

    #[test]
    fn what_was_taken_back_in_time_and_other_words_are_no_news() {
        let mut story = Story::new();
        story.edit(100, "a, date: 2026-03-13", "a, date: 2026-03-20");
        story.edit(160, YAML, YAML);
        story.edit(
            200,
            "a, date: 2026-03-13",
            "a, note: Words, date: 2026-03-13",
        );
        story.edit(
            210,
            "withdrawn: []",
            "  - {id: e, date: 2026-07-10, venue: cafe}\nwithdrawn: []",
        );
        story.edit(220, "withdrawn: []", "withdrawn: [e]");
        assert_eq!(story.cut(9_000), None);
        assert!(story.told().is_empty());
    }

    #[test]
    fn what_is_over_is_no_news() {
        let mut story = Story::new();
        story.edit(
            100,
            "a, date: 2026-03-13",
            "a, status: cancelled, date: 2026-03-13",
        );
        story.cut(60 * 86_400);
        assert!(story.told().is_empty());
    }

    #[test]
    fn a_clock_that_is_set_back_delays_a_notice_no_longer_than_a_change_has_to_stand() {
        let mut story = Story::new();
        let year = 365 * 86_400;
        story.edit(year, "a, date: 2026-03-13", "a, date: 2027-05-13");
        assert_eq!(story.cut(100), Some(second(400)));
        // Back once more, and a restart: it is looked at as if it were new.
        assert_eq!(story.cut(50), Some(second(350)));
        story.restart();
        assert_eq!(story.cut(60), Some(second(360)));
        assert_eq!(story.cut(360), None);
        assert_eq!(story.told(), [["a moved"]]);
        // Nor is it three days old at once when the clock is right again.
        assert!(story.outbox.notices[0].at >= second(year));
    }

    #[test]
    fn what_was_given_up_is_remembered_over_a_restart() {
        let mut story = Story::new();
        story.edit(100, "a, date: 2026-03-13", "a, date: 2026-03-20");
        story.cut(400);
        let id = story.outbox.notices[0].id.clone();
        story
            .outbox
            .settle(&id, "sink", Fate::GivenUp, second(900))
            .unwrap();
        for _ in 0..2 {
            assert_eq!(story.outbox.given_up("sink", second(900)), (1, 1));
            assert_eq!(story.outbox.given_up("sink", second(901)), (1, 0));
            assert_eq!(story.outbox.given_up("other", second(0)), (0, 0));
            assert_eq!(story.outbox.waiting("sink").1, 0);
            story.restart();
        }
    }

    #[test]
    fn a_pipe_in_its_place_is_no_file() {
        let folder = TempDir::new().unwrap();
        let pipe = folder.path().join("schedule.notices.jsonl");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.unwrap().success());
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || sender.send(Outbox::open(&pipe).is_err()));
        assert_eq!(receiver.recv_timeout(Duration::from_secs(5)), Ok(true));
    }

    #[test]
    fn a_later_change_of_the_same_session_is_another_notice() {
        let mut story = Story::new();
        story.edit(100, "a, date: 2026-03-13", "a, date: 2026-03-20");
        story.cut(400);
        story.edit(
            500,
            "a, date: 2026-03-13",
            "a, status: cancelled, date: 2026-03-20",
        );
        story.edit(510, "library}", "cafe, status: cancelled}");
        story.cut(900);
        assert_eq!(story.told().len(), 2);
        let ids: HashSet<&str> = story
            .outbox
            .notices
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        assert_eq!(ids.len(), 2);
    }

    #[test]
    fn notices_wait_in_order_and_each_sink_for_itself() {
        let mut story = Story::new();
        story.edit(100, "a, date: 2026-03-13", "a, date: 2026-03-20");
        story.cut(400);
        story.begin(&["sink", "late"]);
        story.edit(
            500,
            "a, date: 2026-03-13",
            "a, status: cancelled, date: 2026-03-20",
        );
        story.cut(800);
        let first = story.outbox.notices[0].id.clone();
        assert_eq!(story.outbox.waiting("sink").0.unwrap().id, first);
        assert_eq!(story.outbox.waiting("sink").1, 2);
        assert_eq!(story.outbox.waiting("late").1, 1);
        story
            .outbox
            .settle(&first, "sink", Fate::Delivered, second(801))
            .unwrap();
        story.restart();
        assert_eq!(story.outbox.waiting("sink").1, 1);
        assert_eq!(story.outbox.waiting("late").1, 1);
    }

    #[test]
    fn a_torn_line_is_cut_off_and_an_unreadable_one_left() {
        let mut story = Story::new();
        let mut text = fs::read_to_string(&story.path).unwrap();
        text.push_str("not JSON\n{\"notice\":{\"id\":\"msg_");
        fs::write(&story.path, &text).unwrap();
        story.restart();
        story.edit(100, "a, date: 2026-03-13", "a, date: 2026-03-20");
        story.cut(400);
        assert_eq!(story.told(), [["a moved"]]);
        let text = fs::read_to_string(&story.path).unwrap();
        assert_eq!(text.matches("not JSON\n").count(), 1);
        assert!(text.ends_with('\n') && !text.contains("msg_{"), "{text}");
    }

    #[test]
    fn one_process_at_a_time_has_the_file() {
        let story = Story::new();
        assert!(Outbox::open(&story.path).unwrap().is_none());
    }
}
