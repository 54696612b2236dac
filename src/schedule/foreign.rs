//! The first bytes of a file -> what it is, where that is no schedule.

use super::diagnostic::slips::Foreign;
use super::yaml::lines;

/// What the file is instead; `None` where it may be a schedule.
pub(super) fn foreign(bytes: &[u8]) -> Option<Foreign> {
    let start = bytes.trim_ascii_start();
    for (mark, what) in [
        (&b"%PDF"[..], Foreign::Pdf),
        (b"{\\rtf", Foreign::Rtf),
        (b"PK\x03\x04", Foreign::Office),
        (b"\xd0\xcf\x11\xe0", Foreign::Office),
        (b"BEGIN:VCALENDAR", Foreign::ICalendar),
        (b"{\"at\":", Foreign::History),
    ] {
        if start.starts_with(mark) {
            return Some(what);
        }
    }
    let head = &start[..start.len().min(15)].to_ascii_lowercase();
    if [
        &b"<!doctype html"[..],
        b"<html",
        b"<?xml",
        b"<head",
        b"<body",
    ]
    .iter()
    .any(|mark| head.starts_with(mark))
    {
        return Some(Foreign::Html);
    }
    let text = str::from_utf8(&bytes[..bytes.len().min(4_000)])
        .or_else(|error| str::from_utf8(&bytes[..error.valid_up_to()]))
        .ok()?;
    let first = lines(text).find(|line| !line.trim().is_empty())?;
    let is_row = |mark: char| first.matches(mark).count() >= 2;
    let is_table = [';', '\t', ','].into_iter().any(is_row)
        && !first.contains([':', '[', '{', '#'])
        && first.chars().any(char::is_alphabetic);
    is_table.then_some(Foreign::Csv)
}
