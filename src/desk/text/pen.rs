//! Values -> the lines that say them.

use super::Value;
use super::tree::{Node, Parsed};

/// When to put a text between quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    AsNeeded,
    Always,
}

/// How values are written into this file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen {
    pub(super) quoting: Quoting,
    pub(super) eol: &'static str,
}

impl Pen {
    /// An entry of a list, its dash in column `indent`; without the last line
    /// end.
    pub(super) fn entry(self, keys: &[(String, Value)], indent: usize) -> String {
        let lines: Vec<String> = keys
            .iter()
            .enumerate()
            .map(|(index, (key, value))| {
                let dash = if index == 0 { "- " } else { "  " };
                let lines = self.key(key, value, indent + 2, "");
                format!("{}{dash}{lines}", " ".repeat(indent))
            })
            .collect();
        lines.join(self.eol)
    }

    /// A key that stands in column `indent`, and its value, on as many lines
    /// as it needs; the first begins with the key. `comment` follows the first.
    pub(super) fn key(self, key: &str, value: &Value, indent: usize, comment: &str) -> String {
        let deeper = format!("{}{}", self.eol, " ".repeat(indent + 2));
        match value {
            Value::Keys(keys) if !keys.is_empty() => {
                let lines: Vec<String> = keys
                    .iter()
                    .map(|(key, value)| self.key(key, value, indent + 2, ""))
                    .collect();
                format!("{key}:{comment}{deeper}{}", lines.join(&deeper))
            }
            Value::Text(text) if text.contains('\n') && self.quoting == Quoting::AsNeeded => {
                let lines: String = text
                    .trim_end()
                    .split('\n')
                    .map(|line| {
                        if line.is_empty() {
                            self.eol.to_owned()
                        } else {
                            format!("{deeper}{line}")
                        }
                    })
                    .collect();
                format!("{key}: |{comment}{lines}")
            }
            Value::List(items) if items.iter().any(|item| matches!(item, Value::Keys(_))) => {
                let items: Vec<String> = items
                    .iter()
                    .map(|item| format!("- {}", self.in_flow(item)))
                    .collect();
                format!("{key}:{comment}{deeper}{}", items.join(&deeper))
            }
            Value::Text(text) => format!("{key}: {}{comment}", self.text(text)),
            Value::List(_) | Value::Keys(_) => format!("{key}: {}{comment}", self.in_flow(value)),
        }
    }

    /// The value on the line of its key, in the place of `old`; `None` where
    /// it needs lines of its own.
    pub(super) fn inline(self, value: &Value, flow: bool, old: &Node) -> Option<String> {
        let braces = matches!(&old.value, Parsed::Keys { flow: true, .. });
        match value {
            _ if flow => Some(self.in_flow(value)),
            Value::Text(text) if !text.contains('\n') => Some(self.text(text)),
            Value::List(items) if items.iter().all(|item| matches!(item, Value::Text(_))) => {
                Some(self.in_flow(value))
            }
            Value::Keys(_) if braces => Some(self.in_flow(value)),
            _ => None,
        }
    }

    /// A text on one line, quoted where YAML would read it otherwise.
    pub(super) fn text(self, text: &str) -> String {
        if self.quoting == Quoting::AsNeeded
            && let Ok(written) = serde_yaml::to_string(text)
            && !written.trim_end().contains('\n')
        {
            return written.trim_end().to_owned();
        }
        quoted(text)
    }

    /// A value between brackets or braces.
    pub(super) fn in_flow(self, value: &Value) -> String {
        match value {
            Value::Text(text) => {
                let plain = self.text(text);
                // Readers differ in what may stand bare between brackets.
                let is_plain = |it: char| it.is_alphanumeric() || " -.:".contains(it);
                let safe = plain == *text
                    && text.starts_with(char::is_alphanumeric)
                    && text.chars().all(is_plain)
                    && !text.contains(": ")
                    && !text.ends_with(':');
                if safe { plain } else { quoted(text) }
            }
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.in_flow(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Keys(keys) => {
                let keys: Vec<String> = keys
                    .iter()
                    .map(|(key, value)| format!("{key}: {}", self.in_flow(value)))
                    .collect();
                format!("{{{}}}", keys.join(", "))
            }
        }
    }
}

/// Between double quotation marks, as JSON has it: YAML reads the same.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
