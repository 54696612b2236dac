//! The whole file as text, for what the forms do not cover.

use chrono::{DateTime, Utc};
use hyper::StatusCode;

use super::file::Copy;
use super::form::Form;
use super::looking::difference;
use super::page::{Message, TextPage};
use super::words::Words;
use super::{Desk, language_of};
use crate::schedule::report;
use crate::terminal::with_causes;
use crate::web::respond::Response;

impl Desk {
    pub(super) fn post_text(
        &self,
        form: &Form,
        words: &'static Words,
        now: DateTime<Utc>,
    ) -> Response {
        let copy = match Copy::read(&self.file) {
            Ok(copy) => copy,
            Err(error) => return self.failed(words, words.unreadable, &[&with_causes(&error)]),
        };
        let typed = as_written(form.get("text"), &copy);
        if form.get("stamp") != copy.stamp {
            let message = Message {
                page: self.page(words),
                title: words.stale.to_owned(),
                paragraphs: vec![words.stale_means.to_owned()],
                sections: vec![
                    (
                        words.stale_file.to_owned(),
                        String::from_utf8_lossy(&copy.bytes).into_owned(),
                    ),
                    (words.stale_form.to_owned(), typed),
                ],
                again: None,
            };
            return self.html_with(StatusCode::CONFLICT, &message);
        }
        let good = self.read(typed.as_bytes(), now).is_ok();
        // A file that is broken already may be mended step by step.
        let may_save = good || self.read(&copy.bytes, now).is_err();
        if form.get("step") == "save" && may_save {
            return self.save(words, &copy, typed.as_bytes(), Vec::new());
        }
        self.text_page(words, &copy, &typed, Some(may_save), now)
    }

    /// The whole file as text; `looked` after a look, with whether it can be
    /// saved.
    pub(super) fn text_page(
        &self,
        words: &'static Words,
        copy: &Copy,
        text: &str,
        looked: Option<bool>,
        now: DateTime<Utc>,
    ) -> Response {
        let language = language_of(words);
        let read = self.read(text.as_bytes(), now);
        let report = match &read {
            Ok(reading) => report::text(&self.name, text.as_bytes(), Ok(reading), language, false),
            Err(rejected) => {
                report::text(&self.name, text.as_bytes(), Err(rejected), language, false)
            }
        };
        let difference = match looked {
            Some(_) => difference(&String::from_utf8_lossy(&copy.bytes), text),
            None => Vec::new(),
        };
        let changes = match &read {
            Ok(reading) if !difference.is_empty() => {
                let before = self.read(&copy.bytes, now).ok();
                let before = before.as_ref().map(|it| &it.schedule);
                let effect = self.effect(before, &reading.schedule, language, now);
                effect.map(|effect| effect.lines)
            }
            _ => Ok(Vec::new()),
        };
        self.html(&TextPage {
            page: self.page(words),
            title: words.whole_file.to_owned(),
            stamp: copy.stamp.clone(),
            report: Some(report),
            broken: read.is_err(),
            changes,
            can_save: looked == Some(true) && !difference.is_empty(),
            difference,
            text: text.to_owned(),
        })
    }
}

/// What was typed into the text, with the line ends and the byte order mark of
/// the file: a browser knows neither.
fn as_written(typed: &str, copy: &Copy) -> String {
    let old = copy.text().unwrap_or_default();
    let typed = typed.replace("\r\n", "\n");
    let typed = if old.contains("\r\n") {
        typed.replace('\n', "\r\n")
    } else {
        typed
    };
    if old.starts_with('\u{feff}') && !typed.starts_with('\u{feff}') {
        format!("\u{feff}{typed}")
    } else {
        typed
    }
}
