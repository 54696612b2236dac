//! What the desk has to show -> HTML.

use std::fmt::Write as _;

use askama::Template;

use super::words::Words;
use crate::changes::Line;

/// What every page of the desk needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) words: &'static Words,
    /// The path under which the desk lies, with its slash.
    pub(super) root: &'a str,
    /// Proves that a form is the desk's own.
    pub(super) token: &'a str,
    /// What the file is called.
    pub(super) file: &'a str,
}

/// One way to fill in a field.
pub(super) enum Input {
    /// The input's type.
    Line(&'static str),
    Area,
    Choice(Vec<Choice>),
    Checks(Vec<Choice>),
}

/// One of several values.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// A field with its label and what is wrong with it.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) hint: &'static str,
    pub(super) value: String,
    pub(super) input: Input,
    pub(super) required: bool,
    pub(super) problems: Vec<String>,
}

impl Field {
    /// Whether anything was typed or chosen.
    pub(super) fn is_filled(&self) -> bool {
        match &self.input {
            Input::Checks(choices) => choices.iter().any(|it| it.chosen),
            _ => !self.value.is_empty(),
        }
    }

    /// The attributes that tie the hint and the problems to the field.
    fn described(&self) -> String {
        let mut ids = String::new();
        if !self.hint.is_empty() {
            let _ = write!(ids, " {}-hint", self.name);
        }
        for number in 1..=self.problems.len() {
            let _ = write!(ids, " {}-problem-{number}", self.name);
        }
        let invalid = if self.problems.is_empty() {
            ""
        } else {
            " aria-invalid=\"true\""
        };
        if ids.is_empty() {
            invalid.to_owned()
        } else {
            format!(" aria-describedby=\"{}\"{invalid}", ids.trim_start())
        }
    }
}

/// Fields that stand together.
pub(super) struct Group {
    /// What the fields are about, where they are folded away.
    pub(super) summary: Option<&'static str>,
    pub(super) is_open: bool,
    pub(super) fields: Vec<Field>,
}

impl Group {
    pub(super) fn open(fields: Vec<Field>) -> Group {
        Group {
            summary: None,
            is_open: true,
            fields,
        }
    }

    pub(super) fn folded(summary: &'static str, is_open: bool, fields: Vec<Field>) -> Group {
        Group {
            summary: Some(summary),
            is_open,
            fields,
        }
    }
}

/// A session in the list.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) date: String,
    pub(super) what: String,
    pub(super) status: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "home.html", config = "src/desk/askama.toml")]
pub(super) struct Home<'a> {
    pub(super) page: Page<'a>,
    pub(super) title: String,
    /// What was just done, and what that means.
    pub(super) done: Option<(&'static str, &'static str)>,
    pub(super) can_undo: bool,
    pub(super) spread: Vec<String>,
    pub(super) report: Option<String>,
    pub(super) broken: bool,
    pub(super) ahead: Vec<Row>,
    pub(super) past: Vec<Row>,
    pub(super) places: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "form.html", config = "src/desk/askama.toml")]
pub(super) struct FormPage<'a> {
    pub(super) page: Page<'a>,
    pub(super) title: String,
    pub(super) action: String,
    pub(super) stamp: String,
    pub(super) problems: Vec<String>,
    pub(super) by_hand: Option<String>,
    pub(super) groups: Vec<Group>,
    /// Where a copy of this session is made.
    pub(super) copy: Option<String>,
}

/// Where the changed entry can be seen as it will be.
pub(super) struct Preview {
    pub(super) page: String,
    /// Of a session.
    pub(super) poster: Option<String>,
}

#[derive(Template)]
#[template(path = "look.html", config = "src/desk/askama.toml")]
pub(super) struct Look<'a> {
    pub(super) page: Page<'a>,
    pub(super) title: String,
    pub(super) action: String,
    pub(super) stamp: String,
    /// What residents will see, or why that cannot be told.
    pub(super) changes: Result<Vec<Line>, String>,
    pub(super) warnings: Vec<String>,
    pub(super) preview: Option<Preview>,
    pub(super) difference: Vec<(char, String)>,
    pub(super) spread: Vec<String>,
    pub(super) fields: Vec<(String, String)>,
}

/// A form to send again.
pub(super) struct Again {
    pub(super) action: String,
    pub(super) stamp: String,
    pub(super) fields: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "message.html", config = "src/desk/askama.toml")]
pub(super) struct Message<'a> {
    pub(super) page: Page<'a>,
    pub(super) title: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) sections: Vec<(String, String)>,
    pub(super) again: Option<Again>,
}

#[derive(Template)]
#[template(path = "text.html", config = "src/desk/askama.toml")]
pub(super) struct TextPage<'a> {
    pub(super) page: Page<'a>,
    pub(super) title: String,
    pub(super) stamp: String,
    pub(super) report: Option<String>,
    pub(super) broken: bool,
    /// What residents will see, or why that cannot be told.
    pub(super) changes: Result<Vec<Line>, String>,
    pub(super) difference: Vec<(char, String)>,
    pub(super) can_save: bool,
    pub(super) text: String,
}

/// The page's bytes.
pub(super) fn html(template: &impl Template) -> String {
    template.render().expect("writing to a String cannot fail")
}
