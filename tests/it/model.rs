//! Random edits, processes, restarts, crashes, lost files and clocks: what
//! subscribers are served must hold the contract's sentences whatever happens.
//! Each state of the officer's file says what every feed has to hold.
//!
//! `PROPTEST_CASES=5000 cargo test --test it model` looks for longer.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::select;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use spotkajmy::parts::Language;
use spotkajmy::parts::feed::Event;
use spotkajmy::parts::feed::Stamp;
use spotkajmy::parts::history::{HistoryFile, Publication, Saved, Terms};
use spotkajmy::parts::route::{Format, Links, Selection};
use spotkajmy::parts::schedule::{self, Id, Schedule};
use tempfile::TempDir;

/// What an officer, an operator or fate does next.
#[derive(Debug, Clone)]
enum Step {
    /// The officer saves the file; nobody looks at it yet.
    Edit(Edit),
    /// A server looks at the file, after it was restarted or not.
    Serve(usize, bool),
    /// `publish`, `export` or a server that starts: a process that knows only
    /// the files.
    Publish,
    /// The same, and it crashes while it writes this part of its records. The
    /// officer may have undone the edit before anybody looks again.
    Crash(Edit, f64, bool),
    /// The history is put back to an older copy, of this part of its lines,
    /// under the server that wrote it last, which then looks.
    Restore(f64),
    /// The history cannot be written while that server serves an edit, and then
    /// it can.
    Full(Edit),
    /// The clock goes on, or is set back.
    Clock(i64),
}

/// A change of the file.
#[derive(Debug, Clone)]
enum Edit {
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
}

const SESSIONS: usize = 4;
/// Servers on one history, as behind a load balancer.
const SERVERS: usize = 2;

fn edit() -> impl Strategy<Value = Edit> {
    let session = 0..SESSIONS;
    let status = select(vec!["confirmed", "tentative", "cancelled", "postponed"]);
    prop_oneof![
        4 => (session.clone(), 1..28_u32, 0..3_usize).prop_map(|(it, day, at)| Edit::Put(it, day, at)),
        2 => (session.clone(), status).prop_map(|(it, status)| Edit::Status(it, status)),
        1 => (session.clone(), 0..3_u8).prop_map(|(it, note)| Edit::Note(it, note)),
        1 => (session.clone(), 0..3_u8).prop_map(|(it, how)| Edit::Districts(it, how)),
        2 => session.clone().prop_map(Edit::Remove),
        1 => session.prop_map(Edit::Withdraw),
        1 => (0..2_usize, 0..3_u8).prop_map(|(it, name)| Edit::RenameVenue(it, name)),
        1 => (0..2_usize, 0..3_u8).prop_map(|(it, name)| Edit::RenameDistrict(it, name)),
        1 => (0..3_u8).prop_map(Edit::Title),
        1 => (0..3_u8).prop_map(Edit::About),
        1 => (0..3_u8).prop_map(Edit::Organizer),
        1 => (0..3_u8).prop_map(Edit::Comment),
        1 => Just(Edit::Reverse),
        1 => any::<bool>().prop_map(Edit::Cancellations),
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

impl Meeting {
    /// Whether it is in alfa, and in beta.
    fn districts(&self) -> [bool; 2] {
        match (self.districts, self.venue) {
            (1 | 2, _) | (_, 2) => [true, true],
            (_, venue) => [venue == 0, venue == 1],
        }
    }
}

impl Plan {
    fn apply(&mut self, edit: &Edit) {
        let mut meeting = |it: usize, change: &dyn Fn(&mut Meeting)| {
            if let Some(meeting) = &mut self.sessions[it] {
                change(meeting);
            }
        };
        match *edit {
            Edit::Put(it, day, venue) => {
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
            Edit::Status(it, status) => meeting(it, &|meeting| meeting.status = status),
            Edit::Note(it, note) => meeting(it, &|meeting| meeting.note = note),
            Edit::Districts(it, how) => meeting(it, &|meeting| meeting.districts = how),
            Edit::Remove(it) => self.sessions[it] = None,
            Edit::Withdraw(it) => {
                self.sessions[it] = None;
                self.withdrawn[it] = true;
            }
            Edit::RenameVenue(it, name) => self.venues[it] = name,
            Edit::RenameDistrict(it, name) => self.districts[it] = name,
            Edit::Title(title) => self.title = title,
            Edit::About(about) => self.about = about,
            Edit::Organizer(organizer) => self.organizer = organizer,
            Edit::Comment(comment) => self.comment = comment,
            Edit::Reverse => self.reversed = !self.reversed,
            Edit::Cancellations(notice) => self.notice = notice,
        }
    }

    fn is_withdrawn(&self, id: &str) -> bool {
        (0..SESSIONS).any(|it| self.withdrawn[it] && id == format!("s{it}"))
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

/// The file, and what the model must know to tell what can happen next.
#[derive(Debug, Clone, Default)]
struct Office {
    plan: Plan,
    /// The server that knows all that was ever written: it wrote last.
    informed: Option<usize>,
}

impl ReferenceStateMachine for Office {
    type State = Office;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Office> {
        Just(Office::default()).boxed()
    }

    fn transitions(_: &Office) -> BoxedStrategy<Step> {
        let clock = select(vec![0, 1, 2, 90, 86_400 * 5, 86_400 * 20, -3_600]);
        prop_oneof![
            8 => edit().prop_map(Step::Edit),
            8 => (0..SERVERS, prop::bool::weighted(0.2)).prop_map(|(it, anew)| Step::Serve(it, anew)),
            2 => Just(Step::Publish),
            2 => clock.prop_map(Step::Clock),
            1 => (edit(), 0.0..1.0, any::<bool>())
                .prop_map(|(edit, part, undone)| Step::Crash(edit, part, undone)),
            1 => (0.0..1.0).prop_map(Step::Restore),
            1 => edit().prop_map(Step::Full),
        ]
        .boxed()
    }

    fn preconditions(office: &Office, step: &Step) -> bool {
        match step {
            Step::Restore(_) | Step::Full(_) => office.informed.is_some(),
            _ => true,
        }
    }

    fn apply(mut office: Office, step: &Step) -> Office {
        match step {
            Step::Edit(edit) | Step::Full(edit) | Step::Crash(edit, _, false) => {
                office.plan.apply(edit);
            }
            Step::Crash(..)
            | Step::Publish
            | Step::Serve(..)
            | Step::Restore(_)
            | Step::Clock(_) => {}
        }
        match step {
            Step::Serve(server, _) => office.informed = Some(*server),
            Step::Publish | Step::Crash(..) => office.informed = None,
            _ => {}
        }
        office
    }
}

/// What was served of a session last, and its stamps; no bytes once it is
/// withdrawn.
type Served = HashMap<String, (Option<String>, Stamp)>;

struct World {
    folder: TempDir,
    servers: [HistoryFile; SERVERS],
    links: Links,
    now: DateTime<Utc>,
    served: Served,
    /// What every subscriber was served under a revision.
    revisions: HashMap<(String, u32), String>,
    /// Each feed without its own stamp, and when it was modified.
    feeds: HashMap<String, (String, DateTime<Utc>)>,
    /// The sessions that a feed ever held.
    held: BTreeMap<String, BTreeSet<String>>,
    bytes: Vec<u8>,
    /// Whether a record may stand in the file that nobody was served.
    crashed: bool,
    /// What was published last, and whether the clock went on since.
    last: Option<(String, DateTime<Utc>)>,
}

impl StateMachineTest for World {
    type SystemUnderTest = World;
    type Reference = Office;

    fn init_test(_: &Office) -> World {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("schedule.history.jsonl");
        let noon = NaiveDate::from_ymd_opt(2026, 4, 1)
            .unwrap()
            .and_hms_opt(9, 0, 0);
        World {
            servers: [path.clone(), path].map(HistoryFile::new),
            folder,
            links: Links::new("https://example.org".parse().unwrap(), Language::Polish),
            now: noon.unwrap().and_utc(),
            served: HashMap::new(),
            revisions: HashMap::new(),
            feeds: HashMap::new(),
            held: BTreeMap::new(),
            bytes: Vec::new(),
            crashed: false,
            last: None,
        }
    }

    fn apply(mut world: World, office: &Office, step: Step) -> World {
        let plan = &office.plan;
        let path = world.servers[0].path().to_owned();
        match step {
            Step::Edit(_) => {}
            Step::Clock(seconds) => world.now += TimeDelta::seconds(seconds),
            Step::Serve(server, anew) => {
                if anew {
                    world.servers[server] = HistoryFile::new(path);
                }
                world.serve(server, plan);
            }
            Step::Publish => {
                let mut command = HistoryFile::new(path);
                let saved = world.publish(&mut command, plan);
                world.check(&saved, plan);
            }
            Step::Crash(edit, part, _) => {
                // Undone or not, this is what the process saw that crashed.
                let mut seen = plan.clone();
                seen.apply(&edit);
                world.publish(&mut HistoryFile::new(path.clone()), &seen);
                let whole = fs::read(&path).unwrap();
                fs::write(
                    &path,
                    &whole[..part_of(part, world.bytes.len(), whole.len())],
                )
                .unwrap();
                world.crashed = true;
            }
            Step::Restore(part) => {
                let lines: Vec<&[u8]> = world.bytes.split_inclusive(|it| *it == b'\n').collect();
                let kept = lines[..part_of(part, 0, lines.len())].concat();
                fs::write(&path, &kept).unwrap();
                world.bytes = kept;
                world.serve(office.informed.unwrap(), plan);
            }
            Step::Full(_) => {
                let aside = world.folder.path().join("aside");
                // Not even root writes to a folder.
                fs::rename(&path, &aside).unwrap();
                fs::create_dir(&path).unwrap();
                let server = office.informed.unwrap();
                let mut file =
                    std::mem::replace(&mut world.servers[server], HistoryFile::new(path.clone()));
                let saved = world.publish(&mut file, plan);
                world.servers[server] = file;
                assert!(
                    saved.failure.is_some(),
                    "it cannot be written, and nobody says so"
                );
                fs::remove_dir(&path).unwrap();
                fs::rename(&aside, &path).unwrap();
                world.check_served(&saved, plan);
                // Recorded once it can be: nobody is served anything else.
                world.serve(server, plan);
            }
        }
        world
    }
}

/// `part` of the way from `from` to `to`.
#[expect(clippy::cast_precision_loss, clippy::cast_sign_loss)]
#[expect(clippy::cast_possible_truncation, reason = "a part of a small file")]
fn part_of(part: f64, from: usize, to: usize) -> usize {
    from + ((to - from) as f64 * part) as usize
}

impl World {
    fn serve(&mut self, server: usize, plan: &Plan) {
        let path = self.servers[server].path().to_owned();
        let mut file = std::mem::replace(&mut self.servers[server], HistoryFile::new(path));
        let saved = self.publish(&mut file, plan);
        self.servers[server] = file;
        self.check(&saved, plan);
    }

    fn publish(&self, file: &mut HistoryFile, plan: &Plan) -> Saved {
        let terms = Terms::new(&self.links, None);
        file.publish(&plan.schedule(), &terms, self.now).unwrap()
    }

    /// What was published is on the disk, and may be served.
    fn check(&mut self, saved: &Saved, plan: &Plan) {
        assert!(saved.failure.is_none(), "{:?}", saved.failure);
        assert_eq!(saved.outcome.history.unreadable(), &[]);
        let path = self.servers[0].path();
        let bytes = fs::read(path).unwrap();
        assert!(bytes.starts_with(&self.bytes), "the history was rewritten");
        self.bytes = bytes;
        let kept = self.servers[0].read().unwrap();
        let newest = saved.outcome.history.newest();
        assert_eq!(
            kept.newest(),
            newest,
            "it was served before it was recorded"
        );
        self.check_served(saved, plan);
    }

    fn check_served(&mut self, saved: &Saved, plan: &Plan) {
        let publication = &saved.outcome.publication;
        let yaml = plan.yaml();
        if let Some((last, at)) = &self.last
            && *last == yaml
            && *at <= self.now
            && !self.crashed
        {
            assert!(
                saved.outcome.records.is_empty(),
                "nobody edited, and it changed"
            );
        }
        self.compare_sessions(publication, plan);
        self.compare_feeds(publication);
        self.compare_plan(publication, plan);
        self.last = Some((yaml, self.now));
        self.crashed = false;
    }

    /// An event's bytes change if and only if all of its stamps grow, and a
    /// revision is one event whoever serves it.
    fn compare_sessions(&mut self, now: &Publication, plan: &Plan) {
        for published in &now.sessions {
            let id = published.session.id.to_string();
            let bytes = bytes(&published.session, now, &self.links);
            assert!(bytes.contains(&format!("UID:{id}@example\r\n")));
            let stamp = published.stamp;
            if let Some((before, last)) = self.served.get(&id) {
                let grew = stamp.sequence > last.sequence && stamp.modified > last.modified;
                assert_eq!(stamp.created, last.created, "{id} was created again");
                if before.as_ref() != Some(&bytes) {
                    assert!(grew, "{id} changed in silence: {last:?}, then {stamp:?}");
                } else if self.crashed {
                    // A record may outlive the crash although nobody was
                    // served it, and be undone by the next.
                    assert!(stamp == *last || grew, "{id} went back");
                } else {
                    assert_eq!(stamp, *last, "{id} did not change");
                }
            }
            let revision = (id.clone(), stamp.sequence);
            let known = self
                .revisions
                .entry(revision)
                .or_insert_with(|| bytes.clone());
            assert_eq!(*known, bytes, "one revision of {id}, two events");
            self.served.insert(id, (Some(bytes), stamp));
        }
        for (id, (bytes, _)) in &mut self.served {
            if now.session(id).is_none() {
                // Withdrawn by a record that outlived a crash it may be gone
                // for a while; it is never gone for another reason.
                let was_gone = bytes.is_none();
                let may_go = plan.is_withdrawn(id) || self.crashed;
                assert!(may_go || was_gone, "{id} is gone");
                *bytes = None;
            }
        }
    }

    /// A feed never changes behind its Last-Modified, which grows for nothing
    /// else; it loses no session that was not withdrawn.
    fn compare_feeds(&mut self, now: &Publication) {
        for selection in selections() {
            for format in Format::ALL {
                let mut feed = now.feed(&selection, format);
                let modified = feed.modified;
                feed.modified = DateTime::UNIX_EPOCH;
                let texts = Language::ALL.map(|it| feed.render(format, &self.links, it));
                let name = format!("{selection}.{}", format.extension());
                if format != Format::Atom {
                    let held = self.held.entry(name.clone()).or_default();
                    // An id that was withdrawn begins anew, and a record that
                    // outlived a crash may have withdrawn it unseen.
                    held.retain(|id| self.served[id].0.is_some() && !self.crashed);
                    for (id, _) in self.served.iter().filter(|(_, (bytes, _))| bytes.is_some()) {
                        let is_in = texts.iter().filter(|text| holds(text, format, id)).count();
                        assert!(
                            is_in == 0 || is_in == Language::ALL.len(),
                            "{name}: {id} by language"
                        );
                        if is_in > 0 {
                            held.insert(id.clone());
                        }
                    }
                    for id in &*held {
                        assert!(holds(&texts[0], format, id), "{name} lost {id}");
                    }
                }
                let text = texts.concat();
                if let Some((before, last)) = self.feeds.get(&name) {
                    assert!(modified >= *last, "{name} went back");
                    let grew = modified > *last;
                    assert!(grew || *before == text, "{name} changed in silence");
                    assert!(
                        !grew || *before != text || self.crashed,
                        "{name} did not change"
                    );
                }
                self.feeds.insert(name, (text, modified));
            }
        }
    }

    /// The file says what is published: each session where and how it has it,
    /// and one that vanished while ahead is cancelled.
    fn compare_plan(&self, now: &Publication, plan: &Plan) {
        for (it, meeting) in plan.sessions.iter().enumerate() {
            let id = format!("s{it}");
            let published = now.session(&id);
            let Some(meeting) = meeting else {
                if plan.withdrawn[it] {
                    assert!(published.is_none(), "{id} is withdrawn");
                } else if let Some(published) = published
                    && published.session.end > self.now
                {
                    let event = bytes(&published.session, now, &self.links);
                    assert!(event.contains("SUMMARY:ODWOŁANE: "), "{id} vanished");
                }
                continue;
            };
            let published = published.unwrap_or_else(|| panic!("{id} is not published"));
            let date = NaiveDate::from_ymd_opt(2026, 5, meeting.day).unwrap();
            assert_eq!(published.session.date(), date, "{id}");
            let [alfa, beta] = meeting.districts();
            for (selection, is_in) in selections().iter().zip([true, alfa, beta, alfa || beta]) {
                for format in [Format::Ics, Format::Json, Format::Csv] {
                    let name = format!("{selection}.{}", format.extension());
                    assert!(
                        !is_in || holds(&self.feeds[&name].0, format, &id),
                        "{name} lacks {id}"
                    );
                }
            }
        }
    }
}

/// All, each and several districts.
fn selections() -> [Selection; 4] {
    let ids = ["alfa", "beta"].map(|id| Id::new(id).unwrap());
    let [alfa, beta] = [Selection::one(&ids[0]), Selection::one(&ids[1])];
    [Selection::All, alfa, beta, Selection::Districts(ids.into())]
}

/// Whether a feed in `format` holds the session `id`.
fn holds(text: &str, format: Format, id: &str) -> bool {
    match format {
        Format::Ics => text.contains(&format!("UID:{id}@example\r\n")),
        Format::Json | Format::Csv => text.contains(&format!("/sessions/{id}/")),
        Format::Atom => false,
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

prop_state_machine! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").map_or(24, |cases| cases.parse().unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_every_change_reaches_every_subscriber(sequential 1..40 => World);
}
