//! The fields of a form <-> the keys of an entry. Fields are named as the
//! schedule's keys, `title.pl` for a text in one language.

use url::form_urlencoded;

use crate::texts::Language;

use super::text::Value;

/// What was typed into a form: names and values, as often as they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Form(pub(super) Vec<(String, String)>);

impl Form {
    /// The form of a request's body. Line ends become `\n`, and blanks at the
    /// ends of a value go.
    pub(super) fn of_body(body: &[u8]) -> Form {
        let fields = form_urlencoded::parse(body);
        Form(
            fields
                .map(|(name, value)| {
                    let value = value.replace("\r\n", "\n");
                    let value = if name == "text" {
                        value
                    } else {
                        value.trim().to_owned()
                    };
                    (name.into_owned(), value)
                })
                .collect(),
        )
    }

    /// The first value of a field, empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// The form with what `other` has in fields that this one lacks.
    pub(super) fn over(&self, other: &Form) -> Form {
        let lacks = |name: &str| !self.0.iter().any(|(it, _)| it == name);
        let others = other.0.iter().filter(|(name, _)| lacks(name));
        Form(self.0.iter().chain(others).cloned().collect())
    }

    /// The fields of `prefix`, without it: a form inside the form.
    pub(super) fn within(&self, prefix: &str) -> Form {
        let fields = self.0.iter();
        let inner = fields.filter_map(|(name, value)| {
            Some((name.strip_prefix(prefix)?.to_owned(), value.clone()))
        });
        Form(inner.collect())
    }

    /// What a person typed or chose.
    pub(super) fn typed(&self) -> Vec<(String, String)> {
        let fields = self.0.iter();
        let typed = fields.filter(|(name, _)| !matches!(name.as_str(), "token" | "stamp" | "step"));
        typed.cloned().collect()
    }

    /// Every value of a field that is not empty.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.0.iter().filter(move |(it, _)| it == name);
        named
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(it, _)| it != name);
        self.0.push((name.to_owned(), value.to_owned()));
    }
}

/// How the value of a key is put into fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One field, one line.
    Line,
    /// A field for each language.
    Texts,
    /// One name, as many values as are chosen.
    List,
    /// `location.lat` and `location.lon`.
    Location,
    /// `results.text.…` and `results.links`, a line `title | address` each.
    Results,
}

/// The keys of a session that a form has fields for.
pub(super) const SESSION: [(&str, Shape); 9] = [
    ("id", Shape::Line),
    ("date", Shape::Line),
    ("window", Shape::Line),
    ("venue", Shape::Line),
    ("districts", Shape::List),
    ("status", Shape::Line),
    ("title", Shape::Texts),
    ("note", Shape::Texts),
    ("results", Shape::Results),
];

/// The keys of a venue that a form has fields for.
pub(super) const VENUE: [(&str, Shape); 11] = [
    ("id", Shape::Line),
    ("name", Shape::Texts),
    ("district", Shape::Line),
    ("address", Shape::Texts),
    ("location", Shape::Location),
    ("host", Shape::Texts),
    ("url", Shape::Line),
    ("email", Shape::Line),
    ("phone", Shape::Line),
    ("description", Shape::Texts),
    ("access", Shape::List),
];

/// The keys of an entry and their values.
pub(super) type Entry = Vec<(String, Value)>;

fn get<'a>(entry: &'a [(String, Value)], key: &str) -> Option<&'a Value> {
    entry
        .iter()
        .find(|(name, _)| name == key)
        .map(|(_, value)| value)
}

/// The form that shows `entry`. A text without a language is one in `own`.
pub(super) fn shown(entry: &Entry, keys: &[(&str, Shape)], own: Language) -> Form {
    let mut form = Form::default();
    for (key, shape) in keys {
        let Some(value) = get(entry, key) else {
            continue;
        };
        match shape {
            Shape::Line => form.0.extend(line(key, value)),
            Shape::Texts => form.0.extend(texts(key, value, own)),
            Shape::List => match value {
                Value::List(items) => form
                    .0
                    .extend(items.iter().filter_map(|item| line(key, item))),
                one => form.0.extend(line(key, one)),
            },
            Shape::Location => {
                for part in ["lat", "lon"] {
                    let value = keys_of(value).and_then(|keys| get(keys, part));
                    form.0
                        .extend(value.and_then(|value| line(&format!("{key}.{part}"), value)));
                }
            }
            Shape::Results => {
                let Some(keys) = keys_of(value) else { continue };
                let told = get(keys, "text");
                form.0.extend(
                    told.map(|told| texts("results.text", told, own))
                        .unwrap_or_default(),
                );
                if let Some(Value::List(links)) = get(keys, "links") {
                    let links: Vec<String> = links.iter().filter_map(link_line).collect();
                    form.0.push(("results.links".to_owned(), links.join("\n")));
                }
            }
        }
    }
    form
}

fn keys_of(value: &Value) -> Option<&Entry> {
    match value {
        Value::Keys(keys) => Some(keys),
        _ => None,
    }
}

fn line(key: &str, value: &Value) -> Option<(String, String)> {
    match value {
        Value::Text(text) => Some((key.to_owned(), text.clone())),
        _ => None,
    }
}

fn texts(key: &str, value: &Value, own: Language) -> Vec<(String, String)> {
    match value {
        Value::Text(text) => vec![(format!("{key}.{}", own.code()), text.trim_end().to_owned())],
        Value::Keys(keys) => keys
            .iter()
            .filter_map(|(language, value)| line(&format!("{key}.{language}"), value))
            .map(|(name, text)| (name, text.trim_end().to_owned()))
            .collect(),
        Value::List(_) => Vec::new(),
    }
}

fn link_line(link: &Value) -> Option<String> {
    let keys = keys_of(link)?;
    let [title, url] = ["title", "url"].map(|key| get(keys, key).and_then(|it| line(key, it)));
    Some(format!("{} | {}", title?.1, url?.1))
}

/// The value that the fields of `key` say; `None` where they are empty.
fn typed(form: &Form, key: &str, shape: Shape, own: Language) -> Option<Value> {
    let text = |name: &str| {
        let value = form.get(name);
        (!value.is_empty()).then(|| Value::Text(value.to_owned()))
    };
    match shape {
        Shape::Line => text(key),
        Shape::Texts => typed_texts(form, key, own),
        Shape::List => {
            let chosen: Vec<&str> = form.all(key).collect();
            match chosen[..] {
                [] => None,
                _ if chosen.contains(&"all") => Some(Value::Text("all".to_owned())),
                _ => Some(Value::List(
                    chosen
                        .into_iter()
                        .map(|id| Value::Text(id.to_owned()))
                        .collect(),
                )),
            }
        }
        Shape::Location => {
            let [lat, lon] = ["lat", "lon"].map(|part| form.get(&format!("{key}.{part}")));
            // Maps give both at once: 50.0614, 19.9372.
            let both = lat
                .split_once(',')
                .filter(|(lat, lon)| lat.contains('.') && lon.contains('.'));
            let (lat, lon) = both.filter(|_| lon.is_empty()).unwrap_or((lat, lon));
            let parts = [("lat", lat), ("lon", lon)].into_iter();
            let parts = parts.filter(|(_, degrees)| !degrees.is_empty());
            let said = |degrees: &str| Value::Text(degrees.trim().replace(',', "."));
            let parts: Entry = parts
                .map(|(part, degrees)| (part.to_owned(), said(degrees)))
                .collect();
            (!parts.is_empty()).then_some(Value::Keys(parts))
        }
        Shape::Results => {
            let mut keys = Entry::new();
            keys.extend(typed_texts(form, "results.text", own).map(|it| ("text".to_owned(), it)));
            let links: Vec<Value> = form
                .get("results.links")
                .lines()
                .filter_map(typed_link)
                .collect();
            if !links.is_empty() {
                keys.push(("links".to_owned(), Value::List(links)));
            }
            (!keys.is_empty()).then_some(Value::Keys(keys))
        }
    }
}

fn typed_texts(form: &Form, key: &str, own: Language) -> Option<Value> {
    let mut said: Entry = Language::ALL
        .into_iter()
        .map(|language| (language, form.get(&format!("{key}.{}", language.code()))))
        .filter(|(_, words)| !words.is_empty())
        .map(|(language, words)| (language.code().to_owned(), Value::Text(words.to_owned())))
        .collect();
    match &said[..] {
        [] => None,
        [(code, _)] if code == own.code() => said.pop().map(|(_, words)| words),
        _ => Some(Value::Keys(said)),
    }
}

fn typed_link(line: &str) -> Option<Value> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    let (title, url) = line.rsplit_once('|').unwrap_or((line, line));
    let key = |key: &str, value: &str| (key.to_owned(), Value::Text(value.trim().to_owned()));
    Some(Value::Keys(vec![key("title", title), key("url", url)]))
}

/// The keys of a new entry.
pub(super) fn new_entry(form: &Form, keys: &[(&str, Shape)], own: Language) -> Entry {
    let said = keys.iter().filter_map(|(key, shape)| {
        let value = typed(form, key, *shape, own)?;
        let usual = *key == "status" && value == Value::Text("confirmed".to_owned());
        (!usual).then(|| ((*key).to_owned(), value))
    });
    said.collect()
}

/// The keys whose fields say something else than `old` does, each with its new
/// value; the others keep their bytes. What the form has no field for stays:
/// only an empty field takes something away.
pub(super) fn changed(
    form: &Form,
    old: &Entry,
    keys: &[(&str, Shape)],
    own: Language,
) -> Vec<(String, Option<Value>)> {
    let before = shown(old, keys, own);
    let form = &form.over(&before);
    let mut changed = Vec::new();
    for (key, shape) in keys {
        if *key == "id" {
            continue;
        }
        let mut value = typed(form, key, *shape, own);
        if value == typed(&before, key, *shape, own) {
            continue;
        }
        if *key == "status" && value == Some(Value::Text("confirmed".to_owned())) {
            value = None;
            if get(old, key).is_none() {
                continue;
            }
        }
        changed.push(((*key).to_owned(), value));
        // A weekday that was stated beside the old date is wrong now.
        if *key == "date" && get(old, "weekday").is_some() {
            changed.push(("weekday".to_owned(), None));
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn what_is_shown_and_sent_back_changes_nothing() {
        let entry: Entry = vec![
            ("id".to_owned(), text("a")),
            ("date".to_owned(), text("2027-01-15")),
            ("weekday".to_owned(), text("piątek")),
            (
                "title".to_owned(),
                Value::Keys(vec![
                    ("pl".to_owned(), text("T")),
                    ("en".to_owned(), text("E")),
                ]),
            ),
            ("note".to_owned(), text("one\n\ntwo\n")),
            ("districts".to_owned(), text("all")),
            (
                "results".to_owned(),
                Value::Keys(vec![(
                    "links".to_owned(),
                    Value::List(vec![Value::Keys(vec![
                        ("title".to_owned(), text("Notes")),
                        ("url".to_owned(), text("https://example.org/")),
                    ])]),
                )]),
            ),
        ];
        let shown = shown(&entry, &SESSION, Language::Polish);
        assert_eq!(changed(&shown, &entry, &SESSION, Language::Polish), []);
        let mut moved = shown;
        moved.set("date", "2027-01-22");
        moved.set("status", "confirmed");
        assert_eq!(
            changed(&moved, &entry, &SESSION, Language::Polish),
            [
                ("date".to_owned(), Some(text("2027-01-22"))),
                ("weekday".to_owned(), None)
            ]
        );
    }

    #[test]
    fn only_an_empty_field_takes_something_away() {
        let entry: Entry = vec![
            ("venue".to_owned(), text("cafe")),
            ("districts".to_owned(), text("all")),
            (
                "title".to_owned(),
                Value::Keys(vec![
                    ("pl".to_owned(), text("T")),
                    ("en".to_owned(), text("E")),
                ]),
            ),
        ];
        let changed =
            |fields: &[(&str, &str)]| changed(&form(fields), &entry, &SESSION, Language::Polish);
        assert_eq!(changed(&[]), []);
        assert_eq!(changed(&[("venue", "")]), [("venue".to_owned(), None)]);
        assert_eq!(
            changed(&[("districts", "")]),
            [("districts".to_owned(), None)]
        );
        assert_eq!(
            changed(&[("title.en", "")]),
            [("title".to_owned(), Some(text("T")))]
        );
    }

    #[test]
    fn texts_are_a_map_only_where_they_differ_by_language() {
        let own = new_entry(
            &form(&[("id", "a"), ("title.pl", "T")]),
            &SESSION,
            Language::Polish,
        );
        assert_eq!(own[1], ("title".to_owned(), text("T")));
        let foreign = new_entry(
            &form(&[("id", "a"), ("title.en", "T")]),
            &SESSION,
            Language::Polish,
        );
        assert_eq!(
            foreign[1].1,
            Value::Keys(vec![("en".to_owned(), text("T"))])
        );
    }
}
