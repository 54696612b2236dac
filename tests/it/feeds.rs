//! What stands in a feed, read without a calendar library of our own.

use crate::program::Server;

/// The events of a feed, each from BEGIN to END.
fn events(feed: &str) -> Vec<String> {
    feed.split("BEGIN:VEVENT\r\n")
        .skip(1)
        .map(|rest| rest.split("END:VEVENT\r\n").next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_feed_keeps_the_rules_of_its_lines() {
    let server = Server::example();
    for path in [
        "/calendars/all.ics",
        "/en/calendars/all.ics",
        "/uk/calendars/all.ics",
    ] {
        let answer = server.get(path);
        assert!(!answer.body.starts_with(b"\xef\xbb\xbf"), "no BOM");
        let text = answer.text();
        assert!(text.ends_with("\r\n"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        for line in text.trim_end_matches("\r\n").split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
            assert!(!line.is_empty() && !line.ends_with(' '), "{line:?}");
        }
        for absent in [
            "METHOD",
            "ORGANIZER",
            "ATTENDEE",
            "BEGIN:VALARM",
            "RRULE:FREQ=MONTHLY",
            "TZURL",
        ] {
            assert!(!text.contains(&format!("\r\n{absent}")), "{absent}");
        }
        let head = &text[..text.find("BEGIN:VTIMEZONE").unwrap()];
        for present in [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:",
            "\r\nNAME:",
            "\r\nX-WR-CALNAME:",
            "\r\nX-WR-TIMEZONE:Europe/Warsaw\r\n",
            "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT",
            "\r\nX-PUBLISHED-TTL:PT",
            "\r\nSOURCE;VALUE=URI:http",
            "\r\nURL:http",
            "\r\nLAST-MODIFIED:",
        ] {
            assert!(head.contains(present), "{present} in {head}");
        }
        assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
        assert_eq!(text.matches("BEGIN:STANDARD").count(), 1);
        assert_eq!(text.matches("BEGIN:DAYLIGHT").count(), 1);
    }
}

#[test]
fn an_event_is_the_same_in_every_feed_that_holds_it() {
    let server = Server::example();
    let all = events(&server.get("/calendars/all.ics").text());
    assert!(all.len() > 5);
    let schedule: serde_json::Value =
        serde_json::from_slice(&server.get("/calendars/all.json").body).unwrap();
    let mut districts: Vec<&str> = schedule["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|session| session["districts"].as_array().unwrap())
        .map(|district| district["id"].as_str().unwrap())
        .collect();
    districts.sort_unstable();
    districts.dedup();
    let mut met = 0;
    for district in districts {
        for event in events(&server.get(&format!("/calendars/{district}.ics")).text()) {
            assert!(all.contains(&event), "{event}");
            met += 1;
        }
    }
    assert!(met >= all.len() / 2);
    for session in schedule["sessions"].as_array().unwrap() {
        let id = session["id"].as_str().unwrap();
        let alone = events(&server.get(&format!("/sessions/{id}.ics")).text());
        assert_eq!(alone.len(), 1);
        assert!(all.contains(&alone[0]), "{id}");
    }
}

#[test]
fn a_session_that_is_off_says_so_first() {
    let server = Server::example();
    let json: serde_json::Value =
        serde_json::from_slice(&server.get("/calendars/all.json").body).unwrap();
    for (path, cancelled, postponed) in [
        ("/calendars/all.ics", "ODWOŁANE: ", "PRZEŁOŻONE: "),
        ("/en/calendars/all.ics", "CANCELLED: ", "POSTPONED: "),
        ("/uk/calendars/all.ics", "СКАСОВАНО: ", "ПЕРЕНЕСЕНО: "),
    ] {
        let events = events(&server.get(path).text());
        for session in json["sessions"].as_array().unwrap() {
            let uid = format!("UID:{}\r\n", session["uid"].as_str().unwrap());
            let event = events.iter().find(|event| event.contains(&uid)).unwrap();
            let prefix = match session["status"].as_str().unwrap() {
                "cancelled" => cancelled,
                "postponed" => postponed,
                _ => "",
            };
            let summary = event.split("\r\nSUMMARY:").nth(1).unwrap();
            assert!(summary.starts_with(prefix), "{summary}");
            assert_eq!(
                prefix.is_empty(),
                ![cancelled, postponed]
                    .iter()
                    .any(|word| summary.starts_with(word))
            );
        }
    }
    let statuses: Vec<&str> = json["sessions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["status"].as_str().unwrap())
        .collect();
    for status in ["confirmed", "tentative", "cancelled", "postponed"] {
        assert!(
            statuses.contains(&status),
            "the example has no {status} session"
        );
    }
}
