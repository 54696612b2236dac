//! The officer's desk, driven as a browser without a script drives it: pages
//! are asked for, forms are sent as they stand, with a few fields changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Child, Stdio};

use crate::program::{Folder, command, repository, run};

/// `spotkajmy edit`, stopped with the test.
struct Desk {
    child: Child,
    host: String,
    root: String,
    folder: Folder,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Page {
    status: u16,
    location: String,
    referrer_policy: String,
    body: String,
}

impl Desk {
    fn of(schedule: &str) -> Desk {
        Desk::in_folder(Folder::with(schedule))
    }

    fn in_folder(folder: Folder) -> Desk {
        let mut child = command(&[
            "edit",
            &folder.schedule(),
            "--no-browser",
            "--language",
            "pl",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let url = line.trim().rsplit_once("http://").unwrap().1;
        let (host, path) = url.split_once('/').unwrap();
        Desk {
            child,
            host: host.to_owned(),
            root: format!("/{path}"),
            folder,
        }
    }

    fn example() -> Desk {
        Desk::of(&fs::read_to_string(repository("data/example.yaml")).unwrap())
    }

    fn file(&self) -> String {
        fs::read_to_string(self.folder.schedule()).unwrap()
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Page {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            let _ = write!(head, "Host: {}\r\n", self.host);
        }
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "Content-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let header = |name: &str| {
            let value = head.lines().find_map(|line| line.strip_prefix(name));
            value.unwrap_or_default().to_owned()
        };
        Page {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            location: header("location: "),
            referrer_policy: header("referrer-policy: "),
            body: body.to_owned(),
        }
    }

    fn get(&self, path: &str) -> Page {
        self.send("GET", &format!("{}{path}", self.root), &[], "")
    }

    /// Sends the form of `page` to `path`, as a browser would, with `changes`.
    fn submit(&self, page: &Page, path: &str, changes: &[(&str, &str)]) -> Page {
        let mut fields = form_of(&page.body);
        for (name, value) in changes {
            fields.retain(|(it, _)| it != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.send("POST", &format!("{}{path}", self.root), &[], &body)
    }

    /// Fills in a form, looks, and saves; gives what the look showed.
    fn change(&self, path: &str, changes: &[(&str, &str)]) -> Page {
        let before = self.file();
        let form = self.get(path);
        assert_eq!(form.status, 200, "{}", form.body);
        let look = self.submit(&form, path, &[changes, &[("step", "look")]].concat());
        assert_eq!(look.status, 200, "{}", look.body);
        assert_eq!(self.file(), before, "a look writes nothing");
        let saved = self.submit(&look, path, &[("step", "save")]);
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert!(saved.location.contains("?saved="), "{}", saved.location);
        look
    }
}

/// The fields of the last form of a page, as they stand.
fn form_of(html: &str) -> Vec<(String, String)> {
    let start = html.rfind("<form").unwrap();
    let form = &html[start..start + html[start..].find("</form>").unwrap()];
    let mut fields = Vec::new();
    for tag in form.split('<').skip(1) {
        let (head, text) = tag.split_once('>').unwrap_or((tag, ""));
        let attributes = attributes(head);
        let get = |name: &str| attributes.get(name).cloned().unwrap_or_default();
        let has = |name: &str| head.split([' ', '\n']).any(|word| word == name);
        if head.starts_with("input") && (get("type") != "checkbox" || has("checked")) {
            fields.push((get("name"), get("value")));
        } else if head.starts_with("textarea") {
            fields.push((
                get("name"),
                unescaped(text.strip_prefix('\n').unwrap_or(text)),
            ));
        } else if head.starts_with("select") {
            fields.push((get("name"), String::new()));
        } else if head.starts_with("option") && has("selected") {
            fields.last_mut().unwrap().1 = get("value");
        }
    }
    fields
}

fn attributes(head: &str) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    let mut rest = head;
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before.rsplit([' ', '\n']).next().unwrap();
        let (value, next) = after.split_once('"').unwrap();
        attributes.insert(name.to_owned(), unescaped(value));
        rest = next;
    }
    attributes
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&#60;", "<")
        .replace("&gt;", ">")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

/// The lines that only one of two texts has.
fn difference(before: &str, after: &str) -> Vec<String> {
    let gone = before
        .lines()
        .filter(|line| !after.lines().any(|it| it == *line));
    let new = after
        .lines()
        .filter(|line| !before.lines().any(|it| it == *line));
    let gone = gone.map(|line| format!("-{line}"));
    gone.chain(new.map(|line| format!("+{line}"))).collect()
}

#[test]
fn an_officer_adds_moves_cancels_and_restores_without_yaml() {
    let desk = Desk::example();
    let before = desk.file();

    // The next date and id are proposed; a place is chosen.
    let form = desk.get("sessions/new");
    assert!(form.body.contains("value=\"2027-07\""), "{}", form.body);
    assert!(form.body.contains("value=\"2027-07-16\""), "{}", form.body);
    let look = desk.change("sessions/new", &[("venue", "dom-przyklad")]);
    assert!(look.body.contains("nowe spotkanie"), "{}", look.body);
    let added = desk.file();
    assert_eq!(
        difference(&before, &added),
        ["+  - id: 2027-07", "+    date: 2027-07-16"]
    );

    let look = desk.change("sessions/2027-07", &[("date", "2027-07-23")]);
    assert!(look.body.contains("2027-07-23"), "{}", look.body);
    desk.change(
        "sessions/2027-07",
        &[("status", "cancelled"), ("note.pl", "Remont: „dach”.")],
    );
    let cancelled = desk.file();
    assert_eq!(
        difference(&added, &cancelled),
        [
            "-    date: 2027-07-16",
            "+    date: 2027-07-23",
            "+    note: 'Remont: „dach”.'"
        ]
    );
    desk.change(
        "sessions/2027-07",
        &[("status", "confirmed"), ("note.pl", "")],
    );
    assert_eq!(
        difference(&added, &desk.file()),
        ["-    date: 2027-07-16", "+    date: 2027-07-23"]
    );

    // The feed has it, and the file's comments are all still there.
    let comments = |text: &str| text.lines().filter(|line| line.contains('#')).count();
    assert_eq!(comments(&desk.file()), comments(&before));
    let site = desk.folder.path("site");
    let exported = run(&[
        "export",
        site.to_str().unwrap(),
        "--schedule",
        &desk.folder.schedule(),
    ]);
    assert_eq!(exported.status.code(), Some(0));
    let feed = fs::read_to_string(site.join("calendars/all.ics")).unwrap();
    assert!(
        feed.contains("DTSTART;TZID=Europe/Warsaw:20270723T140000"),
        "{feed}"
    );
}

#[test]
fn a_new_place_and_a_meeting_in_it() {
    let desk = Desk::example();
    let place = [
        ("id", "biblioteka-gorna"),
        ("name.pl", "Biblioteka „Górna”"),
        ("district", "gorna"),
        ("address.pl", "ul. Górna 1, Przykładów"),
        ("access", "step-free"),
        ("location.lat", "50.0712"),
        ("location.lon", "20.04"),
        ("email", "gorna@example.org"),
    ];
    desk.change("places/new", &place);
    desk.change("sessions/new", &[("venue", "biblioteka-gorna")]);
    // A typing mistake is mended.
    desk.change(
        "places/biblioteka-gorna",
        &[
            ("name.pl", "Biblioteka Górna"),
            ("name.en", "Upper Library"),
        ],
    );
    let file = desk.file();
    for line in [
        "  - id: biblioteka-gorna",
        "      pl: Biblioteka Górna",
        "      en: Upper Library",
    ] {
        assert!(file.lines().any(|it| it == line), "{line}\n{file}");
    }
    assert_eq!(
        run(&["check", &desk.folder.schedule()]).status.code(),
        Some(0)
    );
}

#[test]
fn what_is_wrong_stands_beside_its_field_and_nothing_is_written() {
    let desk = Desk::example();
    let before = desk.file();
    let form = desk.get("sessions/new");
    for (changes, key, words) in [
        (&[("venue", "")][..], "venue", "districts"),
        (
            &[("venue", "dom-przyklad"), ("window", "18-14")],
            "window",
            "koniec",
        ),
        (
            &[("venue", "dom-przyklad"), ("id", "2027-06")],
            "id",
            "2027-06",
        ),
    ] {
        for step in ["look", "save"] {
            let told = desk.submit(
                &form,
                "sessions/new",
                &[changes, &[("step", step)]].concat(),
            );
            assert_eq!(told.status, 200);
            assert!(
                told.body.contains("role=\"alert\"") && told.body.contains(words),
                "{key}: {}",
                told.body
            );
            assert_eq!(desk.file(), before, "{key}");
        }
    }
    // Hostile texts are texts.
    let look = desk.change(
        "sessions/2027-06",
        &[
            ("title.pl", "</textarea><script>\"&# - x: y"),
            ("venue", "dom-przyklad"),
        ],
    );
    assert!(!look.body.contains("<script>"), "{}", look.body);
    let form = desk.get("sessions/2027-06");
    assert!(form_of(&form.body).contains(&(
        "title.pl".to_owned(),
        "</textarea><script>\"&# - x: y".to_owned()
    )));
}

#[test]
fn a_stale_form_is_refused_and_both_are_shown() {
    let desk = Desk::example();
    let form = desk.get("sessions/2027-06");
    let look = desk.submit(
        &form,
        "sessions/2027-06",
        &[("date", "2027-06-25"), ("step", "look")],
    );
    desk.folder
        .write(&desk.file().replace("date: 2027-06-18", "date: 2027-06-11"));
    let changed = desk.file();
    for page in [&form, &look] {
        let changes = [("date", "2027-06-25"), ("step", "save")];
        let told = desk.submit(page, "sessions/2027-06", &changes);
        assert_eq!(told.status, 409);
        assert!(
            told.body.contains("2027-06-11") && told.body.contains("2027-06-25"),
            "{}",
            told.body
        );
        assert_eq!(desk.file(), changed);
        let again = desk.submit(&told, "sessions/2027-06", &[("step", "look")]);
        assert!(again.body.contains("+ "), "{}", again.body);
    }
}

#[test]
fn the_last_save_can_be_undone_while_the_file_is_as_saved() {
    let desk = Desk::example();
    let before = desk.file();
    desk.change("sessions/2027-06", &[("status", "cancelled")]);
    let home = desk.get("");
    let undone = desk.submit(&home, "undo", &[]);
    assert_eq!(undone.status, 303, "{}", undone.body);
    assert_eq!(desk.file(), before);
    desk.change("sessions/2027-06", &[("status", "cancelled")]);
    let home = desk.get("");
    desk.folder.write(&format!("{}# later\n", desk.file()));
    let later = desk.file();
    assert_eq!(desk.submit(&home, "undo", &[]).status, 409);
    assert_eq!(desk.file(), later);
}

#[test]
fn a_file_with_errors_is_mended_as_text_and_keeps_its_line_ends() {
    let example = fs::read_to_string(repository("data/example.yaml")).unwrap();
    let windows = format!("\u{feff}{}", example.replace('\n', "\r\n"));
    let desk = Desk::of(&windows.replace("date: 2027-06-18", "date: 2027-06-31"));
    let home = desk.get("");
    assert!(home.body.contains("2027-06-31"), "{}", home.body);
    assert_eq!(desk.get("sessions/2027-06").status, 303);
    let page = desk.get("text");
    let (_, text) = form_of(&page.body)
        .into_iter()
        .find(|(name, _)| name == "text")
        .unwrap();
    let mended = text.replace("date: 2027-06-31", "date: 2027-06-18");
    let look = desk.submit(&page, "text", &[("text", &mended), ("step", "look")]);
    assert!(look.body.contains("value=\"save\""), "{}", look.body);
    let saved = desk.submit(&look, "text", &[("step", "save")]);
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert_eq!(desk.file(), windows);
    // A good file is not made worse.
    let page = desk.get("text");
    let refused = desk.submit(&page, "text", &[("text", "calendar: 1"), ("step", "save")]);
    assert_eq!(refused.status, 200);
    assert_eq!(desk.file(), windows);
}

#[test]
fn the_preview_shows_the_page_and_the_poster_as_they_will_be() {
    let desk = Desk::example();
    let form = desk.get("sessions/2027-06");
    let look = desk.submit(
        &form,
        "sessions/2027-06",
        &[("title.pl", "Zupełnie nowy tytuł"), ("step", "look")],
    );
    let links: Vec<&str> = look
        .body
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.contains("/preview/"))
        .collect();
    assert_eq!(links.len(), 2, "{}", look.body);
    for link in &links[..1] {
        let path = link.split_once(&desk.host).map_or(*link, |(_, path)| path);
        let page = desk.send("GET", path, &[], "");
        assert_eq!(page.status, 200, "{path}");
        assert!(page.body.contains("Zupełnie nowy tytuł"), "{}", page.body);
    }
    assert!(!desk.folder.path("schedule.history.jsonl").exists());
}

#[test]
fn who_is_not_the_officer_is_refused() {
    let desk = Desk::example();
    let before = desk.file();
    let root = desk.root.clone();
    let form = desk.get("sessions/2027-06");
    let fields = form_of(&form.body);
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(
            fields
                .iter()
                .filter(|(name, _)| name != "token" && name != "status"),
        )
        .append_pair("status", "cancelled")
        .append_pair("step", "save")
        .finish();
    let token = &fields.iter().find(|(name, _)| name == "token").unwrap().1;
    let with_token = format!("{body}&token={token}");
    let path = format!("{root}sessions/2027-06");
    for (headers, body, why) in [
        (&[][..], &body, "without the token"),
        (
            &[("Origin", "http://evil.example")],
            &with_token,
            "from another origin",
        ),
        (&[("Origin", "null")], &with_token, "from a sandbox"),
        (
            &[("Sec-Fetch-Site", "cross-site")],
            &with_token,
            "across sites",
        ),
        (&[("Host", "evil.example")], &with_token, "by another name"),
    ] {
        let refused = desk.send("POST", &path, headers, body);
        assert!(
            refused.status == 403 || refused.status == 421,
            "{why}: {}",
            refused.status
        );
        assert_eq!(desk.file(), before, "{why}");
    }
    // A browser tells the desk's own forms from others only with this policy.
    assert_eq!(form.referrer_policy, "same-origin");
    assert_eq!(desk.send("GET", "/", &[], "").status, 403);
    assert_eq!(
        desk.send("GET", "/00000000000000000000000000000000/", &[], "")
            .status,
        403
    );
    assert_eq!(desk.send("PUT", &path, &[], "").status, 405);
    assert_eq!(
        desk.send("POST", &path, &[], &with_token).status,
        303,
        "the officer may"
    );
}

#[test]
fn a_file_that_cannot_be_written_stays_whole_and_says_so() {
    let folder = Folder::with(&fs::read_to_string(repository("data/example.yaml")).unwrap());
    let no_file = run(&["edit", "/", "--no-browser"]);
    assert_eq!(no_file.status.code(), Some(2));
    let missing = run(&[
        "edit",
        folder.path("nowhere.yaml").to_str().unwrap(),
        "--no-browser",
    ]);
    assert_eq!(missing.status.code(), Some(2));
    let outside = run(&[
        "edit",
        &folder.schedule(),
        "--no-browser",
        "--listen",
        "0.0.0.0:0",
    ]);
    assert_eq!(outside.status.code(), Some(2));
    fs::set_permissions(folder.schedule(), fs::Permissions::from_mode(0o640)).unwrap();
    let desk = Desk::in_folder(folder);
    desk.change("sessions/2027-06", &[("status", "cancelled")]);
    let mode = fs::metadata(desk.folder.schedule())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    // Gone between the form and the save.
    let form = desk.get("sessions/2027-06");
    fs::remove_file(desk.folder.schedule()).unwrap();
    let told = desk.submit(
        &form,
        "sessions/2027-06",
        &[("status", "confirmed"), ("step", "save")],
    );
    assert_eq!(told.status, 409);
}

#[test]
fn a_change_of_a_meeting_that_is_soon_comes_with_the_words_to_spread() {
    let day = |days| (chrono::Utc::now() + chrono::TimeDelta::days(days)).date_naive();
    let schedule = format!(
        "calendar: {{id: x, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00, \
         invitation: Just come}}\ndistricts: [{{id: alfa, name: Alfa}}]\n\
         venues: [{{id: cafe, name: Example café, district: alfa}}]\nsessions:\n  \
         - {{id: soon, date: {}, venue: cafe}}\n  - {{id: later, date: {}, venue: cafe}}\n",
        day(1),
        day(30)
    );
    let desk = Desk::of(&schedule);
    let published = run(&["publish", &desk.folder.schedule()]);
    assert_eq!(published.status.code(), Some(0));
    for (id, is_soon) in [("soon", true), ("later", false)] {
        let path = format!("sessions/{id}");
        let form = desk.get(&path);
        let cancelled = [("status", "cancelled"), ("step", "look")];
        let look = desk.submit(&form, &path, &cancelled);
        assert_eq!(look.body.contains("48 godzin"), is_soon, "{}", look.body);
        assert_eq!(
            look.body.contains("Odwołane: Example"),
            is_soon,
            "{}",
            look.body
        );
        let saved = desk.submit(&look, &path, &[("step", "save")]);
        let home = desk.send("GET", &saved.location, &[], "");
        assert_eq!(home.body.contains("48 godzin"), is_soon, "{}", home.body);
    }
}

#[test]
fn a_meeting_in_a_new_place_is_one_form_and_loses_nothing_that_was_typed() {
    let desk = Desk::example();
    let before = desk.file();
    let typed = [
        ("date", "2027-08-13"),
        ("place.name.pl", "Biblioteka „Górna”"),
        ("place.address.pl", "ul. Górna 1: parter"),
        ("note.pl", "Wejście od ogrodu."),
        ("step", "look"),
    ];
    let form = desk.get("sessions/new");
    let told = desk.submit(&form, "sessions/new", &typed);
    assert!(told.body.contains("Wybierz dzielnicę"), "{}", told.body);
    for (name, value) in &typed[..4] {
        let field = ((*name).to_owned(), (*value).to_owned());
        assert!(form_of(&told.body).contains(&field), "{name}");
    }
    let changes = [("place.district", "gorna"), ("step", "look")];
    let look = desk.submit(&told, "sessions/new", &changes);
    assert!(look.body.contains("/preview/"), "{}", look.body);
    // Back to the form, and on again.
    let back = desk.submit(&look, "sessions/new", &[("step", "edit")]);
    let look = desk.submit(&back, "sessions/new", &[("step", "look")]);
    assert_eq!(desk.file(), before);
    // Pressed twice, it is saved once.
    for _ in 0..2 {
        let saved = desk.submit(&look, "sessions/new", &[("step", "save")]);
        assert!(saved.location.contains("?saved="), "{}", saved.body);
    }
    // The id is the new date's, not that of the date that was proposed.
    assert_eq!(
        difference(&before, &desk.file()),
        [
            "+  - id: biblioteka-gorna",
            "+    name: Biblioteka „Górna”",
            "+    address: 'ul. Górna 1: parter'",
            "+  - id: 2027-08",
            "+    date: 2027-08-13",
            "+    venue: biblioteka-gorna",
            "+    note: Wejście od ogrodu.",
        ]
    );
    let home = desk.get("");
    assert_eq!(desk.submit(&home, "undo", &[]).status, 303);
    assert_eq!(desk.file(), before);
}

#[test]
fn what_a_form_lacks_is_said_in_the_words_of_the_form() {
    let desk = Desk::example();
    for (path, changes, words) in [
        ("sessions/new", &[("date", "")][..], "Podaj datę."),
        ("sessions/new", &[], "Wybierz miejsce."),
        ("sessions/new", &[], "Zaznacz dzielnice, jeśli"),
        ("places/new", &[("district", "gorna")], "Podaj nazwę"),
        ("places/new", &[("name.pl", "Dom")], "Wybierz dzielnicę"),
    ] {
        let form = desk.get(path);
        let changes = [changes, &[("step", "look")]].concat();
        let told = desk.submit(&form, path, &changes);
        assert!(told.body.contains(words), "{path}: {}", told.body);
        assert!(!told.body.contains("venue:"), "{path}: {}", told.body);
    }
    // A date beside „przełożone” is asked about.
    let form = desk.get("sessions/2027-06");
    let changes = [
        ("status", "postponed"),
        ("date", "2027-06-25"),
        ("step", "look"),
    ];
    let look = desk.submit(&form, "sessions/2027-06", &changes);
    assert!(look.body.contains("nadal oznaczone"), "{}", look.body);
}

#[test]
fn both_coordinates_may_be_pasted_at_once() {
    let desk = Desk::example();
    desk.change(
        "places/ogrod-przyklad",
        &[("location.lat", "50.0614, 19.9372")],
    );
    let added = "location: {lat: \"50.0614\", lon: \"19.9372\"}";
    let line = desk.file();
    let line = line.lines().find(|it| it.contains("ogrod-przyklad,"));
    assert!(line.unwrap().contains(added), "{line:?}");
}

#[test]
fn of_two_tabs_the_second_is_told_and_a_link_to_the_file_stays() {
    let folder = Folder::with(&fs::read_to_string(repository("data/example.yaml")).unwrap());
    let real = folder.path("real.yaml");
    fs::rename(folder.schedule(), &real).unwrap();
    symlink(&real, folder.schedule()).unwrap();
    let desk = Desk::in_folder(folder);
    let (one, other) = (desk.get("sessions/2027-06"), desk.get("sessions/2027-04"));
    let save = |tab: &Page, path: &str| {
        desk.submit(tab, path, &[("status", "cancelled"), ("step", "save")])
    };
    assert_eq!(save(&one, "sessions/2027-06").status, 303);
    let saved = desk.file();
    let told = save(&other, "sessions/2027-04");
    assert_eq!(told.status, 409);
    assert!(told.body.contains("Nic nie zapisano"), "{}", told.body);
    assert_eq!(desk.file(), saved);
    let link = fs::symlink_metadata(desk.folder.schedule()).unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), saved);
    assert_eq!(fs::read_dir(desk.folder.path("")).unwrap().count(), 2);
}

#[test]
fn a_form_from_before_a_restart_is_not_lost() {
    let desk = Desk::example();
    let form = desk.get("sessions/2027-06");
    let changes = [
        ("note.pl", "Długa uwaga"),
        ("token", "old"),
        ("step", "save"),
    ];
    let before = desk.file();
    let told = desk.submit(&form, "sessions/2027-06", &changes);
    assert_eq!(told.status, 403);
    assert_eq!(desk.file(), before);
    let look = desk.submit(&told, "sessions/2027-06", &[("step", "look")]);
    assert!(look.body.contains("Długa uwaga"), "{}", look.body);
    let undone = desk.submit(&form, "undo", &[("token", "old")]);
    assert!(undone.status == 403 && !undone.body.contains("<form"));
}

#[test]
fn the_desk_says_that_a_preview_is_one_and_keeps_only_the_last_few() {
    let desk = Desk::example();
    let form = desk.get("sessions/2027-06");
    let mut previews = Vec::new();
    for day in 20..30 {
        let date = format!("2027-06-{day}");
        let changes = [("date", date.as_str()), ("step", "look")];
        let look = desk.submit(&form, "sessions/2027-06", &changes);
        let links = look.body.split("href=\"http://").skip(1);
        let links = links.map(|rest| rest.split_once('"').unwrap().0);
        let paths = links.map(|link| format!("/{}", link.split_once('/').unwrap().1));
        previews.push(paths.collect::<Vec<_>>());
    }
    let status = |path: &String| desk.send("GET", path, &[], "").status;
    let kept = previews.iter().filter(|paths| status(&paths[0]) == 200);
    assert_eq!(kept.count(), 4);
    for path in previews.last().unwrap() {
        let page = desk.send("GET", path, &[], "");
        assert!(page.body.contains("Podgląd: mieszkańcy"), "{}", page.body);
    }
    assert!(!desk.folder.path("schedule.history.jsonl").exists());
}
