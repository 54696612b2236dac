//! Hours of the day, and how often to come back.

use chrono::NaiveTime;

use super::fields::Field;
use super::findings::Findings;
use super::problem::Kind;
use super::values::{Refresh, Window};

/// The hours in `field`: `14:00-18:00`, with a hyphen or an en dash.
pub(super) fn window(field: Field<'_, '_>, findings: &mut Findings) -> Option<Window> {
    let given = field.word(findings)?;
    let kind = match written(given) {
        Some((start, end)) => match Window::new(start, end) {
            Some(window) => return Some(window),
            None => Kind::EndNotAfterStart { start, end },
        },
        None => Kind::BadWindow {
            given: given.to_owned(),
            right: meant(given),
        },
    };
    findings.error(field.place(), kind);
    None
}

fn written(text: &str) -> Option<(NaiveTime, NaiveTime)> {
    let (start, end) = text.split_once(['-', '–'])?;
    Some((time(start.trim_end())?, time(end.trim_start())?))
}

/// `14:00` or `9:00`.
fn time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// The hours that were probably meant by another form: `14-18`,
/// `14.00-18.00`, `od 14 do 18`.
fn meant(text: &str) -> Option<String> {
    let mut times = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|character: char| character.is_ascii_digit()) {
        let (hour, behind) = digits(&rest[at..]);
        rest = behind;
        let (hour, minute) = if hour.len() == 4 {
            hour.split_at(2)
        } else {
            let after = rest.strip_prefix([':', '.', 'h', 'H']).map(digits);
            match after {
                Some((minute, behind)) if minute.len() == 2 => {
                    rest = behind;
                    (hour, minute)
                }
                _ => (hour, "00"),
            }
        };
        // Seconds, which nobody needs.
        if let Some((second, behind)) = rest.strip_prefix(':').map(digits)
            && second.len() == 2
        {
            rest = behind;
        }
        times.push(match (hour, minute) {
            ("24", "00") => NaiveTime::from_hms_opt(23, 59, 0)?,
            _ => NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)?,
        });
    }
    let [start, end] = times.as_slice() else {
        return None;
    };
    Window::new(*start, *end)?;
    Some(format!("{}-{}", start.format("%H:%M"), end.format("%H:%M")))
}

fn digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

/// How often to come back: `6h` or `1d`.
pub(super) fn refresh(field: Field<'_, '_>, findings: &mut Findings) -> Option<Refresh> {
    let given = field.word(findings)?;
    let (number, unit) = digits(given);
    let hours = match unit {
        "h" => number.parse().ok(),
        "d" => number
            .parse()
            .ok()
            .and_then(|days: u16| days.checked_mul(24)),
        _ => None,
    };
    let refresh = hours.and_then(Refresh::hours);
    if refresh.is_none() {
        findings.error(
            field.place(),
            Kind::BadRefresh {
                given: given.to_owned(),
                right: meant_refresh(given),
            },
        );
    }
    refresh
}

/// The hours that were probably meant: `6`, `6 h`, `PT6H`, `90 min`, `2 dni`.
fn meant_refresh(text: &str) -> Option<u16> {
    let at = text.find(|character: char| character.is_ascii_digit())?;
    let (number, unit) = digits(&text[at..]);
    let number: u16 = number.parse().ok()?;
    let hours = match unit.trim().chars().next() {
        None | Some('h' | 'H' | 'g' | 'G') => number,
        Some('d' | 'D') => number.checked_mul(24)?,
        Some('m' | 'M') => number.div_ceil(60),
        Some('s' | 'S') => number.div_ceil(3_600),
        _ => return None,
    };
    Some(hours.clamp(1, 720))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read() {
        for (text, expected) in [
            ("14:00-18:00", Some(("14:00:00", "18:00:00"))),
            ("14:00–18:00", Some(("14:00:00", "18:00:00"))),
            ("14:00 – 18:00", Some(("14:00:00", "18:00:00"))),
            ("9:30-10:05", Some(("09:30:00", "10:05:00"))),
            ("00:00-23:59", Some(("00:00:00", "23:59:00"))),
            ("14:00—18:00", None),
            ("14-18", None),
            ("14:00-24:00", None),
            ("+4:00-18:00", None),
            ("14:00", None),
            ("14:00-18:00-19:00", None),
        ] {
            let found = written(text).map(|(start, end)| (start.to_string(), end.to_string()));
            let found = found.as_ref().map(|(start, end)| (&**start, &**end));
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn other_forms_of_hours_are_understood() {
        for (text, expected) in [
            ("14-18", Some("14:00-18:00")),
            ("14.00-18.00", Some("14:00-18:00")),
            ("14:00-18", Some("14:00-18:00")),
            ("14:00—18:00", Some("14:00-18:00")),
            ("14:00:00-18:00:00", Some("14:00-18:00")),
            ("1400-1800", Some("14:00-18:00")),
            ("od 14 do 18", Some("14:00-18:00")),
            ("14h30 - 18h00", Some("14:30-18:00")),
            ("20:00-24:00", Some("20:00-23:59")),
            ("18-14", None),
            ("14", None),
            ("14:00-18:00, 20:00", None),
            ("25-26", None),
            ("po południu", None),
        ] {
            assert_eq!(meant(text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn other_forms_of_refresh_are_understood() {
        for (text, expected) in [
            ("6", Some(6)),
            ("6 h", Some(6)),
            ("PT6H", Some(6)),
            ("90 min", Some(2)),
            ("2 dni", Some(48)),
            ("0h", Some(1)),
            ("9999h", Some(720)),
            ("99999999h", None),
            ("często", None),
        ] {
            assert_eq!(meant_refresh(text), expected, "{text:?}");
        }
    }
}
