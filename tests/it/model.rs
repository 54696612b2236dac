//! Random edits, restarts, crashes and clocks: what subscribers are served
//! must hold the rules of the history whatever happens.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use spotkajmy::parts::Language;
use spotkajmy::parts::feed::Event;
use spotkajmy::parts::feed::Stamp;
use spotkajmy::parts::history::{HistoryFile, Publication, Terms};
use spotkajmy::parts::route::{Format, Links, Selection};
use spotkajmy::parts::schedule::{self, Id, Schedule};
use tempfile::TempDir;

/// What an officer, an operator or fate does next.
#[derive(Debug, Clone)]
enum Step {
    /// Adds a session, or gives it another date and venue.
    Put(usize, u32, usize),
    Status(usize, &'static str),
    Note(usize, u8),
    /// `[alfa, beta]`, `all` or the venue's own.
    Districts(usize, u8),
    Remove(usize),
    Withdraw(usize),
    RenameVenue(usize, u8),
    RenameDistrict(usize, u8),
    Title(u8),
    About(u8),
    Organizer(u8),
    Comment(u8),
    Reverse,
    Cancellations(bool),
    /// The clock goes on, or is set back.
    Clock(i64),
    Restart,
    /// The step is published by a process that crashes while it writes this
    /// part of its records; a restart finds the schedule with the step, or
    /// with it undone.
    Crash(Box<Step>, f64, bool),
}

const SESSIONS: usize = 4;

fn edit() -> impl Strategy<Value = Step> {
    let session = 0..SESSIONS;
    let status = select(vec!["confirmed", "tentative", "cancelled", "postponed"]);
    prop_oneof![
        4 => (session.clone(), 1..28_u32, 0..3_usize).prop_map(|(it, day, at)| Step::Put(it, day, at)),
        2 => (session.clone(), status).prop_map(|(it, status)| Step::Status(it, status)),
        1 => (session.clone(), 0..3_u8).prop_map(|(it, note)| Step::Note(it, note)),
        1 => (session.clone(), 0..3_u8).prop_map(|(it, how)| Step::Districts(it, how)),
        2 => session.clone().prop_map(Step::Remove),
        1 => session.prop_map(Step::Withdraw),
        1 => (0..2_usize, 0..3_u8).prop_map(|(it, name)| Step::RenameVenue(it, name)),
        1 => (0..2_usize, 0..3_u8).prop_map(|(it, name)| Step::RenameDistrict(it, name)),
        1 => (0..3_u8).prop_map(Step::Title),
        1 => (0..3_u8).prop_map(Step::About),
        1 => (0..3_u8).prop_map(Step::Organizer),
        1 => (0..3_u8).prop_map(Step::Comment),
        1 => Just(Step::Reverse),
        1 => any::<bool>().prop_map(Step::Cancellations),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let clock = select(vec![0, 1, 2, 90, 86_400 * 5, 86_400 * 20, -3_600]);
    prop_oneof![
        8 => edit(),
        2 => clock.prop_map(Step::Clock),
        1 => Just(Step::Restart),
        2 => (edit(), 0.0..1.0, any::<bool>())
            .prop_map(|(edit, part, undone)| Step::Crash(Box::new(edit), part, undone)),
    ]
}

/// The schedule as the officer's file has it.
#[derive(Debug, Clone, Default)]
struct Plan {
    sessions: [Option<Meeting>; SESSIONS],
    withdrawn: [bool; SESSIONS],
    venues: [u8; 2],
    districts: [u8; 2],
    title: u8,
    about: u8,
    organizer: u8,
    comment: u8,
    reversed: bool,
    notice: bool,
}

#[derive(Debug, Clone)]
struct Meeting {
    day: u32,
    /// The third is not known yet.
    venue: usize,
    status: &'static str,
    note: u8,
    districts: u8,
}

impl Plan {
    fn apply(&mut self, step: &Step) {
        let mut meeting = |it: usize, change: &dyn Fn(&mut Meeting)| {
            if let Some(meeting) = &mut self.sessions[it] {
                change(meeting);
            }
        };
        match *step {
            Step::Put(it, day, venue) => {
                self.withdrawn[it] = false;
                let new = Meeting {
                    day,
                    venue,
                    status: "confirmed",
                    note: 0,
                    districts: 0,
                };
                let old = self.sessions[it].take().unwrap_or(new);
                self.sessions[it] = Some(Meeting { day, venue, ..old });
            }
            Step::Status(it, status) => meeting(it, &|meeting| meeting.status = status),
            Step::Note(it, note) => meeting(it, &|meeting| meeting.note = note),
            Step::Districts(it, how) => meeting(it, &|meeting| meeting.districts = how),
            Step::Remove(it) => self.sessions[it] = None,
            Step::Withdraw(it) => {
                self.sessions[it] = None;
                self.withdrawn[it] = true;
            }
            Step::RenameVenue(it, name) => self.venues[it] = name,
            Step::RenameDistrict(it, name) => self.districts[it] = name,
            Step::Title(title) => self.title = title,
            Step::About(about) => self.about = about,
            Step::Organizer(organizer) => self.organizer = organizer,
            Step::Comment(comment) => self.comment = comment,
            Step::Reverse => self.reversed = !self.reversed,
            Step::Cancellations(notice) => self.notice = notice,
            Step::Clock(_) | Step::Restart | Step::Crash(..) => {}
        }
    }

    fn schedule(&self) -> Schedule {
        let yaml = self.yaml();
        let today = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
        match schedule::read(yaml.as_bytes(), today) {
            Ok(reading) => reading.schedule,
            Err(rejected) => panic!("{yaml}\n{:?}", rejected.problems),
        }
    }

    fn yaml(&self) -> String {
        let mut yaml = format!(
            "# {}\ncalendar:\n  id: example\n  title: Example {}\n  about: At length {}\n  organizer: {{name: City {}}}\n  \
             timezone: Europe/Warsaw\n  window: 14:00-18:00\n  language: pl\n  cancellations: {}\n\
             districts:\n  - {{id: alfa, name: Alfa {}}}\n  - {{id: beta, name: Beta {}}}\n\
             venues:\n  - {{id: cafe, name: Cafe {}, district: alfa}}\n  \
             - {{id: library, name: {{pl: Library, en: Library {}}}, district: beta}}\n",
            self.comment,
            self.title,
            self.about,
            self.organizer,
            if self.notice { "notice" } else { "status" },
            self.districts[0],
            self.districts[1],
            self.venues[0],
            self.venues[1],
        );
        let mut sessions: Vec<String> = self.sessions.iter().enumerate().filter_map(line).collect();
        if self.reversed {
            sessions.reverse();
        }
        yaml.push_str("sessions:\n");
        yaml.extend(sessions);
        yaml.push_str("withdrawn:\n");
        for (it, _) in self
            .withdrawn
            .iter()
            .enumerate()
            .filter(|(_, withdrawn)| **withdrawn)
        {
            let _ = writeln!(yaml, "  - s{it}");
        }
        yaml
    }
}

fn line((it, meeting): (usize, &Option<Meeting>)) -> Option<String> {
    let Meeting {
        day,
        venue,
        status,
        note,
        districts,
    } = meeting.as_ref()?;
    let mut line = format!("  - {{id: s{it}, date: 2026-05-{day:02}, status: {status}");
    line.push_str(["", ", note: Come", ", note: {pl: Przyjdź, uk: Приходьте}"][*note as usize]);
    line.push_str([", venue: cafe", ", venue: library", ""][*venue]);
    line.push_str(match (districts, venue) {
        (2, _) => ", districts: all",
        (1, _) | (_, 2) => ", districts: [alfa, beta]",
        _ => "",
    });
    line.push_str("}\n");
    Some(line)
}

/// What was served of a session last, and its stamps; no bytes once it is
/// withdrawn.
type Served = HashMap<String, (Option<String>, Stamp)>;

struct World {
    folder: TempDir,
    file: HistoryFile,
    links: Links,
    plan: Plan,
    now: DateTime<Utc>,
    served: Served,
    /// Each feed without its own stamp, and when it was modified.
    feeds: HashMap<String, (String, DateTime<Utc>)>,
    bytes: Vec<u8>,
}

impl World {
    fn new() -> World {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("schedule.history.jsonl");
        World {
            file: HistoryFile::new(path),
            folder,
            links: Links::new("https://example.org".parse().unwrap(), Language::Polish),
            plan: Plan::default(),
            now: NaiveDate::from_ymd_opt(2026, 4, 1)
                .unwrap()
                .and_hms_opt(9, 0, 0)
                .unwrap()
                .and_utc(),
            served: HashMap::new(),
            feeds: HashMap::new(),
            bytes: Vec::new(),
        }
    }

    fn live(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let path = self.file.path().to_owned();
        let before = self.plan.clone();
        self.plan.apply(step);
        let mut crashed = false;
        match step {
            Step::Clock(seconds) => self.now += TimeDelta::seconds(*seconds),
            Step::Restart => self.file = HistoryFile::new(path),
            Step::Crash(step, part, undone) => {
                crashed = true;
                self.plan.apply(step);
                self.file = HistoryFile::new(path.clone());
                self.file
                    .publish(
                        &self.plan.schedule(),
                        &Terms::new(&self.links, None),
                        self.now,
                    )
                    .unwrap();
                let whole = fs::read(&path).unwrap();
                let written = whole.len() - self.bytes.len();
                #[expect(clippy::cast_precision_loss, clippy::cast_sign_loss)]
                #[expect(clippy::cast_possible_truncation, reason = "a part of a small file")]
                let kept = self.bytes.len() + (written as f64 * part) as usize;
                fs::write(&path, &whole[..kept]).unwrap();
                self.file = HistoryFile::new(path.clone());
                if *undone {
                    self.plan = before;
                }
            }
            _ => {}
        }
        let saved = self
            .file
            .publish(
                &self.plan.schedule(),
                &Terms::new(&self.links, None),
                self.now,
            )
            .unwrap();
        prop_assert!(saved.failure.is_none());
        prop_assert_eq!(saved.outcome.history.unreadable(), &[]);
        let bytes = fs::read(self.folder.path().join("schedule.history.jsonl")).unwrap();
        prop_assert!(bytes.starts_with(&self.bytes), "the history was rewritten");
        self.bytes = bytes;
        self.compare_sessions(&saved.outcome.publication, crashed)?;
        self.compare_feeds(&saved.outcome.publication, crashed)
    }

    fn compare_sessions(&mut self, now: &Publication, crashed: bool) -> Result<(), TestCaseError> {
        for published in &now.sessions {
            let id = published.session.id.to_string();
            let bytes = bytes(&published.session, now, &self.links);
            let uid = format!("UID:{id}@example\r\n");
            prop_assert!(bytes.contains(&uid));
            let stamp = published.stamp;
            if let Some((before, last)) = self.served.get(&id) {
                let grew = stamp.sequence > last.sequence && stamp.modified > last.modified;
                prop_assert_eq!(stamp.created, last.created, "{} was created again", &id);
                if before.as_ref() != Some(&bytes) {
                    prop_assert!(grew, "{id} changed in silence: {last:?}, then {stamp:?}");
                } else if !crashed {
                    prop_assert_eq!(stamp, *last, "{} did not change", &id);
                } else {
                    // A record may outlive the crash although nobody was
                    // served it, and be undone by the next.
                    prop_assert!(stamp == *last || grew, "{id} went back");
                }
            }
            self.served.insert(id, (Some(bytes), stamp));
        }
        for (id, (bytes, _)) in &mut self.served {
            if now.session(id).is_none() {
                let withdrawn =
                    (0..SESSIONS).any(|it| self.plan.withdrawn[it] && *id == format!("s{it}"));
                // Withdrawn by a record that outlived a crash it may be gone
                // for a while; it is never gone for another reason.
                let was_gone = bytes.is_none();
                prop_assert!(withdrawn || crashed || was_gone, "{id} is gone");
                *bytes = None;
            }
        }
        Ok(())
    }

    fn compare_feeds(&mut self, now: &Publication, crashed: bool) -> Result<(), TestCaseError> {
        let ids = ["alfa", "beta"].map(|id| Id::new(id).unwrap());
        let selections = [
            Selection::All,
            Selection::one(&ids[0]),
            Selection::one(&ids[1]),
            Selection::Districts(ids.into()),
        ];
        for selection in selections {
            for format in Format::ALL {
                let mut feed = now.feed(&selection, format);
                let modified = feed.modified;
                feed.modified = DateTime::UNIX_EPOCH;
                let texts = Language::ALL.map(|it| feed.render(format, &self.links, it));
                let (text, name) = (
                    texts.concat(),
                    format!("{selection}.{}", format.extension()),
                );
                if let Some((before, last)) = self.feeds.get(&name) {
                    prop_assert!(modified >= *last, "{name} went back");
                    let grew = modified > *last;
                    prop_assert!(grew || *before == text, "{name} changed in silence");
                    prop_assert!(!grew || *before != text || crashed, "{name} did not change");
                }
                self.feeds.insert(name, (text, modified));
            }
        }
        Ok(())
    }
}

/// The event in every language without what the history stamps on it.
fn bytes(session: &schedule::Session, now: &Publication, links: &Links) -> String {
    let stamp = Stamp {
        created: DateTime::UNIX_EPOCH,
        modified: DateTime::UNIX_EPOCH,
        sequence: 0,
    };
    let mut bytes = String::new();
    for language in Language::ALL {
        Event::new(session, &now.calendar, links, language).push_to(&mut bytes, &stamp);
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// An event's bytes change if and only if all three of its stamps grow;
    /// SEQUENCE never falls; a UID never changes; a feed never changes behind
    /// its Last-Modified, which grows for nothing else; the history is only ever appended to.
    #[test]
    fn whatever_happens_every_change_reaches_every_subscriber(
        steps in prop::collection::vec(step(), 1..40)
    ) {
        let mut world = World::new();
        for step in &steps {
            world.live(step)?;
        }
    }
}
