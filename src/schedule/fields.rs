//! A [`Node`] with keys -> its [`Field`]s, with every key judged.

use super::diagnostic::keys::{self, Shape};
use super::diagnostic::{Diagnostic, Diagnostics, Position};
use super::guess::{
    STATUS_CALLED, digits, folded, id_like, meant_date, meant_window, nearest, words, words_for,
};
use super::yaml::{Node, Style, Value};

/// Rows `section shape: keys` -> [`Section`]. The shape is how it is written,
/// the keys stand in the order in which they are best written.
macro_rules! sections {
    ($($(#[$doc:meta])* $section:ident $shape:ident: $($key:literal)*;)*) => {
        /// A part of the schedule that has keys of its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Section {
            $($(#[$doc])* $section,)*
        }

        impl Section {
            #[cfg(test)]
            pub(super) const ALL: &[Section] = &[$(Section::$section),*];

            /// The keys that the section knows.
            pub(crate) const fn keys(self) -> &'static [&'static str] {
                match self {
                    $(Section::$section => &[$($key),*],)*
                }
            }

            const fn shape(self) -> Shape {
                match self {
                    $(Section::$section => Shape::$shape,)*
                }
            }
        }
    };
}

sections! {
    /// The file's outermost keys.
    Schedule Keys: "calendar" "districts" "venues" "sessions" "withdrawn";
    /// `calendar`.
    Calendar Keys:
        "id" "title" "description" "about" "audience" "organizer" "invitation" "free" "rhythm"
        "channels" "links" "accessibility" "timezone" "window" "language" "refresh" "color"
        "cancellations";
    /// `calendar.organizer`.
    Organizer Keys: "name" "url" "email" "phone";
    /// One of `calendar.channels` or `calendar.links`.
    Link Entry: "name" "url";
    /// `calendar.accessibility`.
    Accessibility Keys:
        "entity" "status" "published" "prepared" "updated" "contact" "exceptions" "building";
    /// `contact` of it.
    Contact Keys: "name" "email" "phone";
    /// One of `districts`.
    District Entry: "id" "number" "name" "aliases";
    /// One of `venues`.
    Venue Entry:
        "id" "name" "district" "address" "location" "host" "url" "description" "access" "email"
        "phone";
    /// `location` of a venue.
    Location Keys: "lat" "lon";
    /// One of `sessions`.
    Session Entry:
        "id" "date" "weekday" "venue" "districts" "window" "title" "note" "status" "results";
    /// `results` of a session.
    Results Keys: "text" "links";
    /// One of `links` of them.
    ResultLink Entry: "title" "url";
}

/// A struct of values each of which is `None` where it is faulty: all are read,
/// so that all faults are told, and one of them leaves nothing.
macro_rules! whole {
    ($name:ident { $($field:ident $(: $value:expr)?),* $(,)? }) => {{
        $($(let $field = $value;)?)*
        Some($name { $($field: $field?),* })
    }};
}
pub(super) use whole;

/// The keys of one section, as far as they are known ones.
pub(super) struct Fields<'n, 't> {
    section: Section,
    /// Where the section begins.
    pub(super) position: Position,
    /// In the order of [`Section::keys`].
    by_key: Vec<Option<Field<'n, 't>>>,
    /// Keys that a misspelt one was probably meant to be.
    misspelt: Vec<&'static str>,
    /// Whether a key was refused that may have stood for any other.
    refused: bool,
}

/// A value under its key. An entry of a list goes by the list's key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'n, 't> {
    pub(super) key: &'static str,
    /// Where the key stands.
    key_position: Position,
    pub(super) node: &'n Node<'t>,
}

impl<'n, 't> Fields<'n, 't> {
    /// The keys of the value in `field`; `None` where it has none at all.
    pub(super) fn of(
        field: Field<'n, 't>,
        section: Section,
        diagnostics: &mut Diagnostics,
    ) -> Option<Fields<'n, 't>> {
        Fields::read(field.key, field.node, section, diagnostics)
    }

    /// The keys of `node`, which stands under `key`; `None` where it has none
    /// at all.
    pub(super) fn read(
        key: &'static str,
        node: &'n Node<'t>,
        section: Section,
        diagnostics: &mut Diagnostics,
    ) -> Option<Fields<'n, 't>> {
        let Value::Keys(entries) = &node.value else {
            wrong_shape(key, node, section.shape(), None, diagnostics);
            return None;
        };
        let known = section.keys();
        let mut fields = Fields {
            section,
            position: node.position,
            by_key: vec![None; known.len()],
            misspelt: Vec::new(),
            refused: false,
        };
        let present: Vec<Option<u32>> = known
            .iter()
            .map(|known| {
                let is_it = |(key, _): &&(Node<'_>, Node<'_>)| key.scalar() == Some(known);
                entries.iter().find(is_it).map(|(key, _)| key.position.line)
            })
            .collect();
        let mut skip = 0;
        for (index, (key, value)) in entries.iter().enumerate() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let Some(word) = key_word(key, diagnostics) else {
                fields.refused = true;
                continue;
            };
            let Some(at) = known.iter().position(|known| *known == word) else {
                let line_of = |near: &&str| {
                    let at = known.iter().position(|known| known == near)?;
                    present[at]
                };
                let unknown = Unknown {
                    word,
                    position: key.position,
                    value,
                    section,
                    before: index.checked_sub(1).map(|before| &entries[before]),
                    behind: &entries[index + 1..],
                };
                let near = nearest(word, words_for(section), diagnostics);
                let there = near.as_ref().and_then(line_of);
                let (problem, meant, further) = unknown.explained(near, there);
                let at = near.and_then(|near| known.iter().position(|known| *known == near));
                match (at, meant) {
                    // What stands under it is read as if it were right.
                    (Some(at), Meant::Near) if fields.by_key[at].is_none() => {
                        fields.by_key[at] = Some(Field {
                            key: known[at],
                            key_position: key.position,
                            node: value,
                        });
                    }
                    (_, Meant::Key(meant)) => fields.misspelt.push(meant),
                    _ => fields.misspelt.extend(near),
                }
                skip = further;
                diagnostics.add(problem);
                continue;
            };
            if let Some(first) = &fields.by_key[at] {
                let line = first.key_position.line;
                diagnostics.add(keys::duplicate_key(key.position, word, line));
                continue;
            }
            fields.by_key[at] = Some(Field {
                key: known[at],
                key_position: key.position,
                node: value,
            });
        }
        Some(fields)
    }

    /// Whether `key`, which is not there, may be what another one was meant to
    /// be: then its absence is not one more mistake.
    pub(super) fn may_say(&self, key: &'static str) -> bool {
        self.refused || self.misspelt.contains(&key)
    }

    /// The field of `key`, which must be one of the section's; `None` where
    /// it says nothing.
    pub(super) fn get(&self, key: &'static str) -> Option<Field<'n, 't>> {
        self.written(key).filter(|field| !field.node.is_null())
    }

    /// What `read` makes of `key`: `Some(None)` where nothing is said, `None`
    /// where what is said is faulty.
    #[expect(
        clippy::option_option,
        reason = "the outer one is whether it could be read, the inner one whether it is there"
    )]
    pub(super) fn optional<T>(
        &self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(Field<'n, 't>, &mut Diagnostics) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.get(key) {
            None => Some(None),
            Some(field) => read(field, diagnostics).map(Some),
        }
    }

    /// What `read` makes of `key`; the default where nothing is said.
    pub(super) fn or_default<T: Default>(
        &self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(Field<'n, 't>, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        let said = self.optional(key, diagnostics, read);
        said.map(Option::unwrap_or_default)
    }

    /// What `read` makes of `key`, which must say something.
    pub(super) fn required<T>(
        &self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(Field<'n, 't>, &mut Diagnostics) -> Option<T>,
    ) -> Option<T> {
        match self.written(key) {
            None if self.may_say(key) => None,
            None => {
                diagnostics.add(keys::missing_key(self.position, key, self.section));
                None
            }
            Some(field) if field.node.is_null() => {
                diagnostics.add(keys::empty_value(field.key_position, key));
                None
            }
            Some(field) => read(field, diagnostics),
        }
    }

    fn written(&self, key: &'static str) -> Option<Field<'n, 't>> {
        let at = self.section.keys().iter().position(|known| *known == key)?;
        self.by_key[at]
    }
}

/// What an unknown key was meant to be.
enum Meant {
    /// No other key.
    Nothing,
    /// The one that looks like it.
    Near,
    /// This one, in another form.
    Key(&'static str),
}

/// A key that its section does not know, and what stands around it.
struct Unknown<'n, 't> {
    word: &'n str,
    position: Position,
    value: &'n Node<'t>,
    section: Section,
    /// The key above, and its value.
    before: Option<&'n (Node<'t>, Node<'t>)>,
    behind: &'n [(Node<'t>, Node<'t>)],
}

impl Unknown<'_, '_> {
    /// The problem, the key that was meant, and how many of the keys behind
    /// it are part of the same one. `near` is a key that looks like this one; `there`, the line
    /// where that one stands already.
    fn explained(
        &self,
        near: Option<&'static str>,
        there: Option<u32>,
    ) -> (Diagnostic, Meant, usize) {
        let Unknown {
            word,
            position,
            section,
            ..
        } = *self;
        let folded = folded(word);
        if let Some((problem, further)) = self.cut_by_comma() {
            return (problem, Meant::Nothing, further);
        }
        let given = self.value.scalar().unwrap_or_default();
        let has_window = section.keys().contains(&"window");
        let is_hour_key = |folded: &str| HOUR_KEYS.split(' ').any(|key| key == folded);
        if has_window && is_hour_key(&folded) {
            let other = self.behind.first().filter(|(key, _)| {
                is_hour_key(&super::guess::folded(key.scalar().unwrap_or_default()))
            });
            let window = other.and_then(|(_, end)| {
                meant_window(&format!("{given}-{}", end.scalar().unwrap_or_default()))
            });
            let problem =
                keys::hours_in_two_keys(position, word, section, given, window.as_deref());
            return (problem, Meant::Key("window"), usize::from(other.is_some()));
        }
        let status = words(STATUS_CALLED).find(|(called, _)| *called == folded);
        if let (Section::Session, Some((_, status))) = (section, status) {
            let is_no = matches!(super::guess::folded(given).as_str(), "nie" | "no" | "false");
            let right = (!is_no).then(|| status.key());
            let problem = keys::status_as_key(position, word, right, meant_date(given));
            return (problem, Meant::Nothing, 0);
        }
        if section == Section::Session && folded == "district" && !given.is_empty() {
            let problem = keys::district_of_session(position, &districts_meant(given));
            return (problem, Meant::Key("districts"), 0);
        }
        if let (Section::Venue, "districts", Value::List(items)) =
            (section, word, &self.value.value)
            && let [
                Node {
                    value: Value::Scalar { text, .. },
                    ..
                },
            ] = items.as_slice()
        {
            return (
                keys::districts_of_venue(position, text),
                Meant::Key("district"),
                0,
            );
        }
        if section == Section::Location && !word.is_empty() && digits(word).1.is_empty() {
            let whole = self
                .before
                .and_then(|(_, value)| value.scalar())
                .unwrap_or_default();
            return (
                keys::decimal_comma(position, whole, word),
                Meant::Nothing,
                0,
            );
        }
        let text_above = self
            .before
            .filter(|(_, value)| value.ends_in_block())
            .and_then(|(key, _)| key.scalar());
        let problem = keys::unknown_key(position, word, section, near, there, text_above);
        let meant = if there.is_none() && text_above.is_none() {
            Meant::Near
        } else {
            Meant::Nothing
        };
        (problem, meant, 0)
    }

    /// A text in braces that a comma cuts: `{name: Czyżyny (Łęg, Stare)}`.
    fn cut_by_comma(&self) -> Option<(Diagnostic, usize)> {
        let (key_before, before) = self.before?;
        let Value::Scalar {
            text,
            style: Style::Plain,
        } = &before.value
        else {
            return None;
        };
        let is_part = |key: &Node<'_>, value: &Node<'_>| {
            value.is_null()
                && value.scalar() == Some("")
                && key.position.line == before.position.line
                && key.scalar().is_some()
        };
        // `{lat: 50,07}` is a slip of its own.
        if self.section == Section::Location
            || before.is_null()
            || before.position.line != self.position.line
            || !self.value.is_null()
            || self.value.scalar() != Some("")
        {
            return None;
        }
        let further = self
            .behind
            .iter()
            .take_while(|(key, value)| {
                is_part(key, value) && !self.section.keys().contains(&key.scalar().unwrap_or(""))
            })
            .count();
        let mut whole = format!("{text}, {}", self.word);
        let mut end = self.position;
        for (key, _) in &self.behind[..further] {
            whole.push_str(", ");
            whole.push_str(key.scalar().unwrap_or_default());
            end = key.position;
        }
        let at = Position {
            length: (end.column + end.length).saturating_sub(before.position.column),
            ..before.position
        };
        Some((
            keys::cut_by_comma(at, key_before.scalar()?, &whole),
            further,
        ))
    }
}

/// Districts that stand in one text, as `districts` wants them.
fn districts_meant(text: &str) -> String {
    let text = text.trim_matches(['[', ']', ' ', '\n']);
    if ["all", "wszystkie", "cale-miasto", "krakow"].contains(&folded(text).as_str()) {
        return "all".to_owned();
    }
    let ids: Vec<String> = text
        .replace(" i ", ",")
        .replace(" oraz ", ",")
        .replace(" and ", ",")
        .split([',', ';', '/'])
        .filter_map(id_like)
        .collect();
    format!("[{}]", ids.join(", "))
}

/// What people call the beginning and the end of a session.
const HOUR_KEYS: &str = "od from start poczatek od-godziny godz-od godzina-od rozpoczecie \
    do to end koniec do-godziny godz-do godzina-do zakonczenie";

impl<'n, 't> Field<'n, 't> {
    /// Where the value stands.
    pub(super) fn position(&self) -> Position {
        self.node.position
    }

    /// The value as one trimmed word or line; an error where it is a list,
    /// has keys or is blank.
    pub(super) fn word(&self, diagnostics: &mut Diagnostics) -> Option<&'n str> {
        let right = match &self.node.value {
            Value::Scalar { text, .. } => {
                let word = text.trim_matches([' ', '\n']);
                if word.is_empty() || self.node.is_null() {
                    diagnostics.add(keys::empty_value(self.node.position, self.key));
                    return None;
                }
                return Some(word);
            }
            Value::List(items) => match items.as_slice() {
                [
                    Node {
                        value: Value::Scalar { text, .. },
                        ..
                    },
                ] => Some(format!("{}: {text}", self.key)),
                _ => None,
            },
            Value::Keys(_) | Value::Refused => None,
        };
        wrong_shape(
            self.key,
            self.node,
            Shape::Value,
            right.as_deref(),
            diagnostics,
        );
        None
    }

    /// The entries of the list, each as a field of its own; an error where it
    /// is no list.
    pub(super) fn items(
        &self,
        diagnostics: &mut Diagnostics,
    ) -> Option<impl ExactSizeIterator<Item = Field<'n, 't>> + use<'n, 't>> {
        let Value::List(items) = &self.node.value else {
            let right = match &self.node.value {
                Value::Scalar { text, .. } if self.key == "districts" => {
                    Some(format!("{}: {}", self.key, districts_meant(text)))
                }
                Value::Scalar { text, .. } => Some(format!(
                    "{}: [{}]",
                    self.key,
                    text.trim_matches(['[', ']', ' ', '\n'])
                )),
                _ => None,
            };
            wrong_shape(
                self.key,
                self.node,
                Shape::List,
                right.as_deref(),
                diagnostics,
            );
            return None;
        };
        let key = self.key;
        Some(items.iter().map(move |node| Field {
            key,
            key_position: node.position,
            node,
        }))
    }
}

/// The entries of a list of what has keys of its own, none where it is left
/// out; `None` where it is no list.
pub(super) fn entries<'n, 't>(
    field: Option<Field<'n, 't>>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Field<'n, 't>>> {
    let Some(field) = field else {
        return Some(Vec::new());
    };
    if matches!(field.node.value, Value::List(_)) {
        return Some(field.items(diagnostics)?.collect());
    }
    wrong_shape(field.key, field.node, Shape::Entries, None, diagnostics);
    None
}

/// What `read` makes of each entry of a list; `None` where one is faulty.
pub(super) fn each<'n, 't: 'n, T>(
    items: impl IntoIterator<Item = Field<'n, 't>>,
    diagnostics: &mut Diagnostics,
    read: impl Fn(Field<'n, 't>, &mut Diagnostics) -> Option<T>,
) -> Option<Vec<T>> {
    let mut good = Some(Vec::new());
    for item in items {
        match (read(item, diagnostics), &mut good) {
            (Some(value), Some(values)) => values.push(value),
            (None, _) => good = None,
            (Some(_), None) => {}
        }
    }
    good
}

/// A key's word; an error where it is none, unless that is known already.
pub(super) fn key_word<'n>(key: &'n Node<'_>, diagnostics: &mut Diagnostics) -> Option<&'n str> {
    match &key.value {
        Value::Scalar { text, .. } => Some(text),
        Value::List(_) | Value::Keys(_) => {
            diagnostics.add(keys::key_not_a_word(key.position));
            None
        }
        Value::Refused => None,
    }
}

/// Reports that `node` is not of the shape `wanted`, unless it was already
/// refused for what it is.
pub(super) fn wrong_shape(
    key: &'static str,
    node: &Node<'_>,
    wanted: Shape,
    right: Option<&str>,
    diagnostics: &mut Diagnostics,
) {
    let found = match &node.value {
        Value::Refused => return,
        Value::Scalar { .. } => Shape::Value,
        Value::List(_) => Shape::List,
        Value::Keys(_) => Shape::Keys,
    };
    diagnostics.add(keys::wrong_shape(node.position, key, wanted, found, right));
}
