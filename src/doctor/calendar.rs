//! The bytes of a feed -> whether programs can read them.
//!
//! The structure is checked here and not by a parser: a parser forgives what
//! another refuses, and what goes wrong between the program and its
//! subscribers is line ends, encodings and lost halves.

use std::collections::HashSet;

use super::finding::Breakage;

/// The longest line, in octets without its CRLF (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// What a readable calendar says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// How many events it has.
    pub events: usize,
    /// The address that it names as its own (RFC 7986, 5.8).
    pub source: Option<String>,
}

/// Reads a feed.
///
/// # Errors
/// The first line that a program may refuse, from 1, and why.
pub fn read(body: &[u8]) -> Result<Calendar, (usize, Breakage)> {
    if body.starts_with(b"\xef\xbb\xbf") {
        return Err((1, Breakage::Bom));
    }
    let text = std::str::from_utf8(body).map_err(|error| {
        let before = &body[..error.valid_up_to()];
        (1 + count_lines(before), Breakage::NotUtf8)
    })?;
    let begins = "BEGIN:VCALENDAR";
    if !text
        .get(..begins.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(begins))
    {
        return Err((1, Breakage::NoCalendar));
    }
    let mut reader = Reader::default();
    for (number, line) in logical_lines(text)? {
        reader.take(&line).map_err(|breakage| (number, breakage))?;
    }
    if !reader.ended {
        return Err((count_lines(body).max(1), Breakage::CutOff));
    }
    Ok(reader.calendar)
}

fn count_lines(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}

/// The unfolded lines with the number of their first physical one.
fn logical_lines(text: &str) -> Result<Vec<(usize, String)>, (usize, Breakage)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, physical) in (1..).zip(text.split_inclusive('\n')) {
        let Some(line) = physical.strip_suffix("\r\n") else {
            let breakage =
                if physical.ends_with('\n') || physical.eq_ignore_ascii_case("END:VCALENDAR") {
                    Breakage::LineEnd
                } else {
                    Breakage::CutOff
                };
            return Err((number, breakage));
        };
        if line.is_empty() {
            return Err((number, Breakage::EmptyLine));
        }
        if line.len() > LONGEST_LINE {
            let octets = line.len();
            return Err((number, Breakage::LongLine { octets }));
        }
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some((_, begun))) => begun.push_str(more),
            _ => lines.push((number, line.to_owned())),
        }
    }
    Ok(lines)
}

/// A component that was begun, and what it still must have.
struct Open {
    name: String,
    missing: Vec<&'static str>,
}

#[derive(Default)]
struct Reader {
    open: Vec<Open>,
    zones: HashSet<String>,
    uids: HashSet<String>,
    ended: bool,
    calendar: Calendar,
}

impl Reader {
    fn take(&mut self, line: &str) -> Result<(), Breakage> {
        if self.ended {
            return Err(Breakage::AfterEnd);
        }
        let property = Property::parse(line).ok_or(Breakage::NoProperty)?;
        let value = property.value;
        match property.name.as_str() {
            "BEGIN" => {
                let name = value.to_ascii_uppercase();
                let missing = required(&name).to_vec();
                self.open.push(Open { name, missing });
                return Ok(());
            }
            "END" => return self.end(value),
            _ => {}
        }
        let depth = self.open.len();
        let Some(open) = self.open.last_mut() else {
            return Err(Breakage::NoProperty);
        };
        open.missing.retain(|name| *name != property.name);
        match (open.name.as_str(), property.name.as_str()) {
            ("VCALENDAR", "METHOD") => return Err(Breakage::Method),
            ("VCALENDAR", "SOURCE") if depth == 1 => {
                self.calendar.source = Some(value.to_owned());
            }
            ("VTIMEZONE", "TZID") => {
                self.zones.insert(value.to_owned());
            }
            ("VEVENT", "UID") if !self.uids.insert(value.to_owned()) => {
                let uid = value.to_owned();
                return Err(Breakage::SameUid { uid });
            }
            _ => {}
        }
        match property.zone {
            Some(name) if !self.zones.contains(name) => Err(Breakage::UnknownZone {
                name: name.to_owned(),
            }),
            _ => Ok(()),
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Breakage> {
        let unbalanced = || Breakage::Unbalanced {
            name: name.to_owned(),
        };
        let open = self.open.pop().ok_or_else(unbalanced)?;
        if !open.name.eq_ignore_ascii_case(name) {
            return Err(unbalanced());
        }
        if let Some(property) = open.missing.first() {
            let component = if open.name == "VEVENT" {
                "VEVENT"
            } else {
                "VCALENDAR"
            };
            return Err(Breakage::Missing {
                component,
                property,
            });
        }
        self.calendar.events += usize::from(open.name == "VEVENT");
        self.ended = self.open.is_empty();
        Ok(())
    }
}

/// What a component must have (RFC 5545, 3.6).
fn required(component: &str) -> &'static [&'static str] {
    match component {
        "VCALENDAR" => &["VERSION", "PRODID"],
        "VEVENT" => &["UID", "DTSTAMP", "DTSTART"],
        _ => &[],
    }
}

/// One content line (RFC 5545, 3.1), as much of it as is looked at.
struct Property<'a> {
    name: String,
    zone: Option<&'a str>,
    value: &'a str,
}

impl<'a> Property<'a> {
    fn parse(line: &'a str) -> Option<Property<'a>> {
        let mut quoted = false;
        let colon = line.find(|character| {
            quoted ^= character == '"';
            character == ':' && !quoted
        })?;
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if name.is_empty() || !name.bytes().all(is_name) {
            return None;
        }
        let zone = parameters
            .split(';')
            .find_map(|parameter| parameter.strip_prefix("TZID="))
            .map(|zone| zone.trim_matches('"'));
        Some(Property {
            name: name.to_ascii_uppercase(),
            zone,
            value,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPENING: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n";
    const EVENT: &str = "BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20260306T090000Z\r\nDTSTART:20260313T130000Z\r\nEND:VEVENT\r\n";
    const CLOSING: &str = "END:VCALENDAR\r\n";

    #[test]
    fn a_readable_calendar_is_read() {
        let calendar = |events, source: Option<&str>| Calendar {
            events,
            source: source.map(str::to_owned),
        };
        let zoned = "BEGIN:VTIMEZONE\r\nTZID:Europe/Warsaw\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:b\r\nDTSTAMP:x\r\nDTSTART;TZID=Europe/Warsaw:20260313T140000\r\nEND:VEVENT\r\n";
        for (body, expected) in [
            (format!("{OPENING}{CLOSING}"), calendar(0, None)),
            (format!("{OPENING}{EVENT}{CLOSING}"), calendar(1, None)),
            (
                format!("{OPENING}{EVENT}{zoned}{CLOSING}"),
                calendar(2, None),
            ),
            (
                format!(
                    "{OPENING}SOURCE;VALUE=URI:https://example.org/calendars/\r\n all.ics\r\n{CLOSING}"
                ),
                calendar(0, Some("https://example.org/calendars/all.ics")),
            ),
            (
                format!("{OPENING}X-A;B=\"c:d\":e\r\n{CLOSING}"),
                calendar(0, None),
            ),
        ] {
            assert_eq!(read(body.as_bytes()), Ok(expected), "{body}");
        }
    }

    #[test]
    fn what_programs_refuse_is_found_with_its_line() {
        let missing = |component, property| Breakage::Missing {
            component,
            property,
        };
        for (body, line, breakage) in [
            (format!("\u{feff}{OPENING}{CLOSING}"), 1, Breakage::Bom),
            (String::new(), 1, Breakage::NoCalendar),
            ("{}".to_owned(), 1, Breakage::NoCalendar),
            (format!("{OPENING}{EVENT}"), 8, Breakage::CutOff),
            (format!("{OPENING}{}", &EVENT[..30]), 6, Breakage::CutOff),
            (format!("{OPENING}END:VCALENDAR"), 4, Breakage::LineEnd),
            (
                format!("{OPENING}{CLOSING}").replace("\r\n", "\n"),
                1,
                Breakage::LineEnd,
            ),
            (format!("{OPENING}{CLOSING}\r\n"), 5, Breakage::EmptyLine),
            (
                format!("{OPENING}{CLOSING}{OPENING}"),
                5,
                Breakage::AfterEnd,
            ),
            (
                format!("{OPENING}NAME:{}\r\n{CLOSING}", "ó".repeat(36)),
                4,
                Breakage::LongLine { octets: 77 },
            ),
            (
                format!("{OPENING}words\r\n{CLOSING}"),
                4,
                Breakage::NoProperty,
            ),
            (
                format!("{OPENING}A B:c\r\n{CLOSING}"),
                4,
                Breakage::NoProperty,
            ),
            (
                format!("{OPENING}METHOD:PUBLISH\r\n{CLOSING}"),
                4,
                Breakage::Method,
            ),
            (
                format!("{OPENING}END:VEVENT\r\n{CLOSING}"),
                4,
                Breakage::Unbalanced {
                    name: "VEVENT".to_owned(),
                },
            ),
            (
                format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{CLOSING}"),
                3,
                missing("VCALENDAR", "PRODID"),
            ),
            (
                format!("{OPENING}{}{CLOSING}", EVENT.replace("UID:a\r\n", "")),
                7,
                missing("VEVENT", "UID"),
            ),
            (
                format!("{OPENING}{EVENT}{EVENT}{CLOSING}"),
                10,
                Breakage::SameUid {
                    uid: "a".to_owned(),
                },
            ),
            (
                format!(
                    "{OPENING}{}{CLOSING}",
                    EVENT.replace("DTSTART", "DTSTART;TZID=Europe/Warsaw")
                ),
                7,
                Breakage::UnknownZone {
                    name: "Europe/Warsaw".to_owned(),
                },
            ),
        ] {
            assert_eq!(read(body.as_bytes()), Err((line, breakage)), "{body}");
        }
        assert_eq!(
            read(b"BEGIN:VCALENDAR\r\nNAME:\xf3\r\n"),
            Err((2, Breakage::NotUtf8))
        );
    }
}
