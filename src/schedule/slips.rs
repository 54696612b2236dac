//! The lines of a schedule with mistakes -> the slips of an editor among
//! them, and the text as it was meant, so that the rest of it can be read.
//!
//! YAML's parser gives up at the first slip, often lines below it, and says
//! so in its own words. So the lines are looked at here as a person would.
//! The meant text has the same lines, and most words in the same columns.

use std::collections::HashSet;

use super::diagnostic::{Diagnostic, Position, keys, slips as say, syntax};
use super::fields::Section;
use super::guess::{folded, meant_window, near_language, words_for};
use super::yaml::lines;

/// A text with its slips mended.
pub(super) struct Mended {
    /// One for each slip, in no order.
    pub(super) slips: Vec<Diagnostic>,
    pub(super) text: String,
}

/// How many slips of one line are mended: each costs the line's length.
const MOST_LOOKS: usize = 20;

/// The slips in `text` and the text without them; `None` where there are
/// none. `twice` are the lines of keys that stand twice, as far as the text
/// could be read. `lost` is a word that stands for what cannot be made out.
pub(super) fn mend(text: &str, twice: &HashSet<u32>, lost: &str) -> Option<Mended> {
    let mut page = Page::new(text);
    let mut slips = page.conflicts();
    let dashes = page.dashes();
    let mut at = 0;
    let mut state = State::default();
    let (mut looked_at, mut looks) = (0, 0);
    while at < page.lines.len() {
        let raw = page.lines[at].clone();
        let line = Line::of(&raw);
        at += 1;
        let number = at;
        if let Some(block) = &state.block {
            if line.indent > block.indent || line.raw.trim_matches(' ').is_empty() {
                continue;
            }
            if let Some((slip, meant)) = blanks(&line, number)
                && Line::of(&meant).indent > block.indent
            {
                slips.push(slip);
                page.replace(number, meant);
                continue;
            }
            state.text = state.block.take().map(|block| block.key);
        }
        if state.inside_brackets(line.raw) {
            continue;
        }
        if let Some((slip, meant)) = blanks(&line, number) {
            slips.push(slip);
            page.replace(number, meant);
            // The line is looked at once more, without them.
            at -= 1;
            continue;
        }
        if line.is_blank() {
            continue;
        }
        if line.text.starts_with('#') {
            let uncommented = line.text[1..].trim_start();
            if uncommented.starts_with("- ")
                && key_and_value(uncommented[2..].trim_start()).is_some()
                && page.next_is_twice(number, twice)
            {
                slips.push(say::commented_first_line(line.position(number)));
                page.replace(number, format!("{}{uncommented}", " ".repeat(line.indent)));
                at -= 1;
            }
            continue;
        }
        looks = if looked_at == number { looks + 1 } else { 0 };
        looked_at = number;
        let found = (looks < MOST_LOOKS)
            .then(|| slip(&line, number, &state, &mut page, &dashes, lost))
            .flatten();
        let Some(Slip { diagnostic, again }) = found else {
            state.read(&Line::of(&page.lines[number - 1]), number);
            continue;
        };
        slips.extend(diagnostic);
        if again {
            at -= 1;
        } else {
            state.read(&Line::of(&page.lines[number - 1]), number);
        }
    }
    (page.changed).then(|| Mended {
        slips,
        text: page.lines.join("\n"),
    })
}

/// What was found in one line, which the page holds as it was meant.
struct Slip {
    /// `None` where another part of the program tells of it.
    diagnostic: Option<Diagnostic>,
    /// Whether to look at the line once more.
    again: bool,
}

impl Slip {
    fn mended(told: Diagnostic) -> Slip {
        Slip {
            diagnostic: Some(told),
            again: false,
        }
    }

    fn to_look_at_again(told: Diagnostic) -> Slip {
        Slip {
            diagnostic: Some(told),
            again: true,
        }
    }
}

/// What the lines above mean for a line.
#[derive(Default)]
struct State {
    section: Option<String>,
    /// The last line with a key.
    key: Option<KeyLine>,
    /// Below a key with `|` or `>`.
    block: Option<KeyLine>,
    /// The last text of several lines that ended just above.
    text: Option<String>,
    /// Brackets or a quotation mark that the line above left open.
    open: Option<char>,
}

struct KeyLine {
    number: usize,
    key: String,
    value: String,
    /// The column of the key, from 0.
    indent: usize,
}

impl State {
    /// Takes note of a good line.
    fn read(&mut self, line: &Line<'_>, number: usize) {
        self.text = None;
        let Some((key, value)) = key_and_value(line.entry) else {
            self.open = left_open(line.entry);
            return;
        };
        let key_line = || KeyLine {
            number,
            key: key.to_owned(),
            value: value.to_owned(),
            indent: line.column,
        };
        if line.column == 0 {
            self.section = Some(key.to_owned());
        }
        if is_block_mark(value) {
            self.block = Some(key_line());
        }
        self.open = left_open(value);
        self.key = Some(key_line());
    }

    /// Whether the line stands within brackets or quotes of the lines above.
    fn inside_brackets(&mut self, line: &str) -> bool {
        let Some(close) = self.open else { return false };
        // What looks like the schedule's next line is no part of it.
        if key_and_value(Line::of(line).entry).is_some() {
            self.open = None;
            return false;
        }
        if line.contains(close) {
            self.open = None;
        }
        true
    }
}

/// The mark that would close what `value` leaves open.
fn left_open(value: &str) -> Option<char> {
    let close = match value.chars().next()? {
        '"' => '"',
        '\'' => '\'',
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    (!value[1..].contains(close)).then_some(close)
}

fn is_block_mark(value: &str) -> bool {
    let mark = without_comment(value);
    let mut rest = mark.chars();
    matches!(rest.next(), Some('|' | '>'))
        && rest.all(|character| matches!(character, '+' | '-' | '1'..='9'))
}

/// A line and its parts.
pub(super) struct Line<'t> {
    pub(super) raw: &'t str,
    /// How many spaces stand before its first word.
    pub(super) indent: usize,
    /// Without blanks around it.
    pub(super) text: &'t str,
    /// Behind the dashes of list entries.
    pub(super) entry: &'t str,
    /// Where that begins, from 0.
    pub(super) column: usize,
}

impl<'t> Line<'t> {
    pub(super) fn of(raw: &'t str) -> Line<'t> {
        let indent = raw.len() - raw.trim_start_matches(' ').len();
        let text = raw[indent..].trim_end();
        let mut entry = text;
        while let Some(rest) = entry.strip_prefix("- ") {
            entry = rest.trim_start();
        }
        Line {
            raw,
            indent,
            text,
            entry,
            column: indent + text.len() - entry.len(),
        }
    }

    fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn is_entry(&self) -> bool {
        self.text.len() > self.entry.len()
    }

    /// The position of its words.
    fn position(&self, number: usize) -> Position {
        self.part(number, self.text)
    }

    /// The position of a part of it.
    pub(super) fn part(&self, number: usize, part: &str) -> Position {
        position(number, self.before(part).chars().count(), part)
    }

    /// What stands before a part of it.
    fn before(&self, part: &str) -> &'t str {
        let start = part.as_ptr() as usize - self.raw.as_ptr() as usize;
        &self.raw[..start]
    }
}

fn position(number: usize, column: usize, part: &str) -> Position {
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Position {
        line: small(number),
        column: small(column + 1),
        length: small(part.chars().count()).max(1),
    }
}

/// `key: value`, or `key:`.
pub(super) fn key_and_value(entry: &str) -> Option<(&str, &str)> {
    let end = entry
        .find(|character: char| !character.is_alphanumeric() && !matches!(character, '-' | '_'))?;
    let (key, rest) = entry.split_at(end);
    let value = rest.trim_start().strip_prefix(':')?;
    (!key.is_empty() && (value.is_empty() || value.starts_with([' ', '\t'])))
        .then(|| (key, value.trim()))
}

/// A value without the comment behind it.
pub(super) fn without_comment(value: &str) -> &str {
    if value.starts_with('#') {
        return &value[..0];
    }
    value
        .find(" #")
        .map_or(value, |comment| value[..comment].trim_end())
}

/// Whether some section has this key.
fn is_key(word: &str) -> bool {
    SECTIONS
        .iter()
        .any(|section| section.keys().contains(&word))
}

const SECTIONS: [Section; 4] = [
    Section::Schedule,
    Section::Calendar,
    Section::Venue,
    Section::Session,
];

/// The key that a word was meant to be, to the letter but for its language.
fn key_meant(word: &str) -> Option<&'static str> {
    let word = folded(word);
    SECTIONS
        .iter()
        .flat_map(|section| words_for(*section))
        .find(|(known, _)| *known == word)
        .map(|(_, key)| key)
}

/// All lines, as they stand and as they were meant.
struct Page {
    lines: Vec<String>,
    changed: bool,
}

impl Page {
    fn new(text: &str) -> Page {
        Page {
            lines: lines(text).map(str::to_owned).collect(),
            changed: false,
        }
    }

    /// Puts `right` in the place of a part of a line.
    fn replace_part(&mut self, number: usize, line: &Line<'_>, part: &str, right: &str) {
        let head = line.before(part);
        let tail = &line.raw[head.len() + part.len()..];
        self.replace(number, format!("{head}{right}{tail}"));
    }

    fn replace(&mut self, number: usize, line: String) {
        self.lines[number - 1] = line;
        self.changed = true;
    }

    /// Tells of the marks that a merge left, and keeps the first version.
    fn conflicts(&mut self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut open: Option<(Position, Vec<u32>)> = None;
        for number in 1..=self.lines.len() {
            let line = Line::of(&self.lines[number - 1]);
            let mark = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
                .into_iter()
                .find(|mark| line.text.starts_with(mark));
            let position = line.position(number);
            let number_told = position.line;
            match (mark, &mut open) {
                (Some("<<<<<<<"), _) => open = Some((position, vec![number_told])),
                (Some(mark), Some((_, marks))) => {
                    marks.push(number_told);
                    if mark == ">>>>>>>"
                        && let Some((position, marks)) = open.take()
                    {
                        found.push(say::conflict_marks(position, &marks));
                    }
                }
                // The second version.
                (None, Some((_, marks))) if marks.len() > 1 => {}
                (Some(">>>>>>>"), None) => {
                    found.push(say::conflict_marks(position, &[number_told]));
                }
                _ => continue,
            }
            self.replace(number, String::new());
        }
        found.extend(open.map(|(position, marks)| say::conflict_marks(position, &marks)));
        found
    }

    /// How many spaces stand before the dashes of each list's entries: those
    /// of the most, or of the first ones.
    fn dashes(&self) -> Vec<(usize, Option<usize>)> {
        let mut lists: Vec<(usize, Vec<(usize, usize)>)> = Vec::new();
        let mut in_list = false;
        for (number, line) in (1..).zip(&self.lines) {
            let line = Line::of(line);
            if line.column == 0
                && let Some((key, _)) = key_and_value(line.entry)
            {
                lists.push((number, Vec::new()));
                in_list = is_list(key);
            } else if begins_entry(&line)
                && in_list
                && let Some((_, counts)) = lists.last_mut()
            {
                match counts.iter_mut().find(|(indent, _)| *indent == line.indent) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((line.indent, 1)),
                }
            }
        }
        lists
            .into_iter()
            .map(|(number, counts)| {
                let most = counts.iter().map(|(_, count)| *count).max();
                let indent = counts
                    .into_iter()
                    .find(|(_, count)| Some(*count) == most)
                    .map(|(indent, _)| indent);
                (number, indent)
            })
            .collect()
    }

    /// Whether one of the lines below, up to the next entry, is of a key that
    /// stands twice.
    fn next_is_twice(&self, number: usize, twice: &HashSet<u32>) -> bool {
        (number + 1..=self.lines.len())
            .take_while(|number| {
                let line = Line::of(&self.lines[number - 1]);
                line.indent > 0 && !line.is_entry()
            })
            .take(20)
            .any(|number| u32::try_from(number).is_ok_and(|number| twice.contains(&number)))
    }
}

/// `- id: …` or `- {id: …`.
fn begins_entry(line: &Line<'_>) -> bool {
    let entry = line.entry.strip_prefix('{').unwrap_or(line.entry);
    line.is_entry() && key_and_value(entry).is_some_and(|(key, _)| key == "id")
}

/// Blanks of another kind than spaces before the first word, or alone.
fn blanks(line: &Line<'_>, number: usize) -> Option<(Diagnostic, String)> {
    let is_hard = |character: char| {
        (character.is_whitespace() && !matches!(character, ' ' | '\t'))
            || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
    };
    let words = line
        .raw
        .trim_start_matches(|character| character == ' ' || is_hard(character));
    let blank = &line.raw[..line.raw.len() - words.len()];
    if !blank.contains(is_hard) {
        return None;
    }
    let at = position(number, 0, blank);
    if words.trim().is_empty() {
        return Some((say::invisible_line(at), String::new()));
    }
    // What has no width moves nothing.
    let is_space = |character: &char| character.is_whitespace();
    let right = " ".repeat(blank.chars().filter(is_space).count());
    let meant = format!("{right}{words}");
    if blank
        .chars()
        .all(|character| !is_hard(character) || !is_space(&character))
    {
        return Some((say::invisible_indentation(at, &right), meant));
    }
    Some((say::hard_spaces(at, &right), meant))
}

/// The slip in a line that is neither blank, nor a comment, nor a text's.
fn slip(
    line: &Line<'_>,
    number: usize,
    state: &State,
    page: &mut Page,
    dashes: &[(usize, Option<usize>)],
    lost: &str,
) -> Option<Slip> {
    if is_ruled(line.text) {
        page.replace(number, String::new());
        let told = say::note_to_self(line.position(number), line.text);
        return Some(Slip::mended(told));
    }
    if let Some(slip) = entry_in_calendar(line, number, state, page)
        .or_else(|| dashes_before_keys(line, number, state, page))
        .or_else(|| fallen_out_of_text(line, number, state, page))
        .or_else(|| dash(line, number, state, page, dashes))
        .or_else(|| key_at_margin(line, number, state, page))
    {
        return Some(slip);
    }
    if let Some(slip) = braces_slip(line, number, page) {
        return Some(slip);
    }
    let Some((key, value)) = key_and_value(line.entry) else {
        return without_colon(line, number, state, page);
    };
    language_below_text(line, number, state, page, key)
        .or_else(|| several_keys_slip(line, number, page, lost))
        .or_else(|| value_slip(line, number, page, key, said(value)))
}

/// A value without the comment behind it, whatever stands within its quotes.
fn said(value: &str) -> &str {
    let bare = without_comment(value);
    match value.chars().next() {
        Some(quote @ ('"' | '\''))
            if value.ends_with(quote) || !bare.ends_with(quote) || bare.len() == 1 =>
        {
            value
        }
        _ => bare,
    }
}

/// A slip in one of the keys and values that stand in braces on one line.
fn braces_slip(line: &Line<'_>, number: usize, page: &mut Page) -> Option<Slip> {
    let open = match key_and_value(line.entry) {
        Some((_, value)) => value,
        None => line.entry,
    };
    let inside = open.strip_prefix('{')?.strip_suffix('}')?;
    let mut parts = parted(inside);
    while let Some(part) = parts.pop() {
        let Some((key, value)) = key_and_value(part) else {
            continue;
        };
        if let Some(inner) = value.strip_prefix('{') {
            parts.extend(parted(inner.strip_suffix('}')?));
            continue;
        }
        if let Some(keys) = several_keys(part) {
            page.replace_part(number, line, part, &keys);
            let told = say::comma_forgotten(line.part(number, part), &keys);
            return Some(Slip::to_look_at_again(told));
        }
        if value.contains(" #") && !value.starts_with(['"', '\'']) {
            let right = quoted(value);
            page.replace_part(number, line, value, &right);
            let told = say::hash_in_braces(line.part(number, value), key, &right);
            return Some(Slip::to_look_at_again(told));
        }
        if let Some(slip) = value_slip(line, number, page, key, value) {
            return Some(Slip {
                again: true,
                ..slip
            });
        }
    }
    None
}

/// What commas part, those in quotes and inner brackets aside.
fn parted(inside: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut quote, mut start) = (0_usize, None, 0);
    let mut before = ' ';
    for (at, character) in inside.char_indices() {
        match (quote, character) {
            (Some(mark), _) if mark == character => quote = None,
            (None, '"' | '\'') if before == ' ' => quote = Some(character),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(inside[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
        before = character;
    }
    parts.push(inside[start..].trim());
    parts
}

/// Several keys on a line without braces.
fn several_keys_slip(line: &Line<'_>, number: usize, page: &mut Page, lost: &str) -> Option<Slip> {
    let (_, value) = key_and_value(line.entry)?;
    let plain = without_comment(value);
    if plain.starts_with(['"', '\'', '[', '{', '|', '>']) {
        return None;
    }
    let colon = plain.find(": ")?;
    let keys = several_keys(line.entry)?;
    let indent = " ".repeat(line.indent);
    let (right, meant) = if line.is_entry() {
        (format!("- {{{keys}}}"), format!("{indent}- {{{keys}}}"))
    } else {
        (format!("{{{keys}}}"), format!("{indent}{lost}: {lost}"))
    };
    page.replace(number, meant);
    let colon_at = line.part(number, &plain[colon..=colon]);
    let told = say::keys_on_one_line(colon_at, line.position(number), &right);
    Some(Slip::mended(told))
}

/// A slip in the dash that begins an entry, or should.
fn dash(
    line: &Line<'_>,
    number: usize,
    state: &State,
    page: &mut Page,
    dashes: &[(usize, Option<usize>)],
) -> Option<Slip> {
    let indent = " ".repeat(line.indent);
    if let Some(rest) = line.text.strip_prefix("-\u{a0}") {
        let at = position(number, line.indent + 1, "\u{a0}");
        page.replace(number, format!("{indent}- {rest}"));
        return Some(Slip::to_look_at_again(say::hard_space(at)));
    }
    if line.text.starts_with("- - ")
        && begins_entry(line)
        && page.keys_below(number) == line.indent + 2
    {
        let told = keys::dash_twice(line.part(number, line.entry));
        page.replace(number, format!("{indent}- {}", line.entry));
        return Some(Slip::to_look_at_again(told));
    }
    if let Some((bullet, rest)) = bullet(line.text) {
        let spaced = !line.text[bullet.len()..].starts_with(rest);
        let told = say::bullet(line.part(number, bullet), bullet, spaced);
        page.replace(number, format!("{indent}- {rest}"));
        return Some(Slip::to_look_at_again(told));
    }
    if let Some(slip) = list_after_brackets(line, number, state, page) {
        return Some(slip);
    }
    let wanted = wanted_indent(number, dashes);
    if let Some(wanted) = wanted.filter(|wanted| *wanted != line.indent && begins_entry(line)) {
        let list = state.section.as_deref().unwrap_or_default();
        let at = position(number, line.indent, "-");
        let keys_too = page.shift_entry(number, line.indent, wanted);
        let told = say::dash_out_of_line(at, list, line.indent, wanted, keys_too);
        return Some(Slip::to_look_at_again(told));
    }
    if line.is_entry() {
        return None;
    }
    if let Some(rest) = line.text.strip_prefix('-')
        && key_and_value(rest).is_some()
    {
        let told = syntax::no_space_after_dash(line.part(number, &line.text[..1]));
        page.replace(number, format!("{indent}- {rest}"));
        page.shift_keys_below(number, line.indent + 1, line.indent + 2);
        return Some(Slip::to_look_at_again(told));
    }
    let (key, _) = key_and_value(line.entry)?;
    if key == "id" && wanted == Some(line.indent) {
        let told = say::dash_forgotten(line.position(number));
        page.replace(number, format!("{indent}- {}", line.text));
        page.shift_keys_below(number, line.indent, line.indent + 2);
        return Some(Slip::to_look_at_again(told));
    }
    None
}

/// A slip in `plain`, which stands behind a key's colon, without the comment
/// behind it.
fn value_slip(
    line: &Line<'_>,
    number: usize,
    page: &mut Page,
    written: &str,
    plain: &str,
) -> Option<Slip> {
    let first = plain.chars().next()?;
    let key = match key_meant(written) {
        Some(meant) if !is_key(written) => meant,
        _ => written,
    };
    let at = line.part(number, plain);
    if matches!(first, '"' | '\'') {
        let text = text_with_quotes(plain, first)?;
        let right = quoted(&text);
        page.replace_part(number, line, plain, &right);
        return Some(Slip::mended(say::quotes_in_text(at, key, &right)));
    }
    // A place or a date that is not known yet is told where it is read.
    if plain == "?" {
        page.replace_part(number, line, plain, "\"?\"");
        let told = (!matches!(key, "venue" | "date"))
            .then(|| say::reserved_start(at, first, key, "\"?\""));
        return Some(Slip {
            diagnostic: told,
            again: false,
        });
    }
    if matches!(first, '|' | '>') && !is_block_mark(plain) {
        let text = plain[1..].trim_start_matches(['-', '+']).trim();
        page.replace_part(number, line, plain, &quoted(text));
        page.blank_text_below(number, line.column);
        return Some(Slip::mended(say::text_beside_mark(at, key, first)));
    }
    let bracketed = match first {
        '[' => text_behind(plain, ']'),
        '{' => text_behind(plain, '}'),
        _ => false,
    };
    let reserved = (bracketed || plain.starts_with("- ")) && !is_list(key)
        || matches!(first, '`' | '@' | '%')
        || plain.starts_with("? ");
    if reserved {
        let right = quoted(plain);
        page.replace_part(number, line, plain, &right);
        // What is around an address is told where that is read.
        let told = (key != "url").then(|| say::reserved_start(at, first, key, &right));
        return Some(Slip {
            diagnostic: told,
            again: false,
        });
    }
    // A list on its key's line.
    if matches!(first, '[' | '{') || plain.starts_with("- ") {
        return None;
    }
    let colon = plain
        .find(": ")
        .or_else(|| plain.strip_suffix(':').map(str::len))?;
    let colon_at = line.part(number, &plain[colon..=colon]);
    if colon + 1 == plain.len() {
        let right = plain.trim_end_matches([':', ' ']);
        page.replace_part(number, line, plain, right);
        let told = say::trailing_colon(colon_at, at, key, right);
        return Some(Slip::to_look_at_again(told));
    }
    let bare = plain.trim_matches(|mark| "„“”«»‚‘’".contains(mark));
    let smart = bare.len() < plain.len();
    let right = quoted(if smart { bare } else { plain });
    page.replace_part(number, line, plain, &right);
    let told = say::colon_in_text(colon_at, at, key, &right, smart);
    Some(Slip::mended(told))
}

/// A text within double quotes, as YAML reads it.
pub(super) fn quoted(text: &str) -> String {
    if text.contains('"') && !text.contains('\'') {
        return format!("'{text}'");
    }
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The text of a value that begins with the quotation mark `quote`, where
/// that mark does not end it, or another one does.
fn text_with_quotes(value: &str, quote: char) -> Option<String> {
    let inside = &value[1..];
    let plain = match quote {
        '"' => inside.replace("\\\"", "  "),
        _ => inside.replace("''", "  "),
    };
    let bare = inside
        .strip_suffix(['”', '“', '’', '„'])
        .filter(|_| !plain.contains(quote));
    if let Some(bare) = bare {
        return Some(bare.to_owned());
    }
    let behind = plain[plain.find(quote)? + 1..].trim_start();
    if behind.is_empty() || behind.starts_with(['#', ':', ',']) {
        return None;
    }
    let whole = inside.strip_suffix(quote).unwrap_or(value);
    Some(whole.to_owned())
}

/// Whether words follow the bracket that closes the first one.
fn text_behind(value: &str, close: char) -> bool {
    value
        .rfind(close)
        .is_some_and(|end| !value[end + 1..].trim().is_empty() && !value[end + 1..].contains('['))
        && !value.contains(['"', '\''])
}

fn is_list(key: &str) -> bool {
    matches!(
        key,
        "districts"
            | "venues"
            | "sessions"
            | "withdrawn"
            | "aliases"
            | "access"
            | "audience"
            | "channels"
            | "links"
    )
}

/// A line of rule characters, or of a heading between them.
fn is_ruled(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let same = text
        .chars()
        .take_while(|character| *character == first)
        .count();
    match first {
        '-' => same > 3 && text.chars().all(|character| character == '-'),
        '=' | '*' | '~' | '_' | '+' | '`' => same >= 3,
        _ => false,
    }
}

/// The mark of a list that a word processor made, and what follows it.
fn bullet(text: &str) -> Option<(&str, &str)> {
    const SIGNS: &str = "–—−•·*+▪●‣◦‐‑";
    // Some word processors leave no space behind it.
    let bare = text.trim_start_matches(|character| SIGNS.contains(character));
    let (mark, rest) = if bare.len() < text.len() {
        (&text[..text.len() - bare.len()], bare)
    } else {
        text.split_once([' ', '\u{a0}'])?
    };
    let rest = rest.trim_start();
    let number = mark.strip_suffix(['.', ')']).is_some_and(|number| {
        let digits = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
        !number.is_empty() && (digits || matches!(number.as_bytes(), [b'a'..=b'z']))
    });
    let sign = bare.len() < text.len() || mark == "--";
    let entry = rest.strip_prefix('{').unwrap_or(rest);
    ((number || sign) && key_and_value(entry).is_some()).then_some((mark, rest))
}

fn wanted_indent(number: usize, dashes: &[(usize, Option<usize>)]) -> Option<usize> {
    let at = dashes.partition_point(|(list, _)| *list <= number);
    dashes[..at].last().and_then(|(_, indent)| *indent)
}

impl Page {
    /// The column of the next line's words, from 0.
    fn keys_below(&self, number: usize) -> usize {
        self.lines
            .get(number)
            .map_or(0, |below| Line::of(below).column)
    }

    /// Moves an entry to where the others stand; whether its keys had to move
    /// too.
    fn shift_entry(&mut self, number: usize, found: usize, wanted: usize) -> bool {
        let below: Vec<usize> = (number + 1..=self.lines.len())
            .take_while(|below| {
                let line = Line::of(&self.lines[below - 1]);
                line.is_blank() || (line.indent > found && !begins_entry(&line))
            })
            .collect();
        // Keys that stand right already stay.
        let right = below.iter().any(|below| {
            let line = Line::of(&self.lines[below - 1]);
            line.indent == wanted + 2
        });
        let shifted = |line: &str| {
            format!(
                "{}{}",
                " ".repeat(wanted),
                line.get(found..).unwrap_or_default()
            )
        };
        self.replace(number, shifted(&self.lines[number - 1]));
        if right || below.is_empty() {
            return false;
        }
        for below in below {
            if !self.lines[below - 1].trim().is_empty() {
                self.replace(below, shifted(&self.lines[below - 1]));
            }
        }
        true
    }

    /// Moves an entry's keys, which stand at one column, to another.
    fn shift_keys_below(&mut self, number: usize, found: usize, wanted: usize) {
        for below in number + 1..=self.lines.len() {
            let line = Line::of(&self.lines[below - 1]);
            if line.is_blank() {
                continue;
            }
            let next = line.is_entry() || line.text.starts_with("id:");
            if line.indent < found || (line.indent == found && next) {
                break;
            }
            let shifted = format!("{}{}", " ".repeat(wanted - found), line.raw);
            self.replace(below, shifted);
        }
    }

    /// Takes away the lines of a text below its key, as they were told with
    /// it.
    fn blank_text_below(&mut self, number: usize, indent: usize) {
        for below in number + 1..=self.lines.len() {
            let line = Line::of(&self.lines[below - 1]);
            if !line.is_blank() && line.indent <= indent {
                break;
            }
            self.replace(below, String::new());
        }
    }
}

/// `key: [a]`, and below it `- b`.
fn list_after_brackets(
    line: &Line<'_>,
    number: usize,
    state: &State,
    page: &mut Page,
) -> Option<Slip> {
    let above = state.key.as_ref()?;
    let inside = without_comment(&above.value)
        .strip_prefix('[')?
        .strip_suffix(']')?;
    if !line.is_entry() || line.indent < above.indent || above.number + 1 > number {
        return None;
    }
    let above_line = page.lines[above.number - 1].clone();
    let open = above_line.find('[')?;
    let told = u32::try_from(above.number).unwrap_or(u32::MAX);
    let at = position(number, line.indent, line.text);
    if key_and_value(line.entry).is_some() || line.entry.starts_with('{') {
        if !inside.trim().is_empty() {
            return None;
        }
        // What stands where it should not is told where the tree is read.
        page.replace(above.number, above_line[..open].trim_end().to_owned());
        let diagnostic =
            (above.key != "withdrawn").then(|| say::list_twice(at, &above.key, told, None));
        return Some(Slip {
            diagnostic,
            again: false,
        });
    }
    let mut items: Vec<String> = inside
        .split(',')
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect();
    for below in number..=page.lines.len() {
        let line = Line::of(&page.lines[below - 1]);
        if !line.is_entry() || key_and_value(line.entry).is_some() {
            break;
        }
        items.push(without_comment(line.entry).to_owned());
        page.replace(below, String::new());
    }
    let right = format!("{}: [{}]", above.key, items.join(", "));
    page.replace(
        above.number,
        format!("{}[{}]", &above_line[..open], items.join(", ")),
    );
    Some(Slip {
        diagnostic: Some(say::list_twice(at, &above.key, told, Some(&right))),
        again: false,
    })
}

/// `title: text`, and below it `en: text`.
fn language_below_text(
    line: &Line<'_>,
    number: usize,
    state: &State,
    page: &mut Page,
    key: &str,
) -> Option<Slip> {
    let above = state.key.as_ref()?;
    let language = |key: &str| near_language(key, &mut super::diagnostic::Diagnostics::new());
    let text = without_comment(&above.value);
    if line.indent <= above.indent || line.is_entry() || text.is_empty() || is_block_mark(text) {
        return None;
    }
    language(key)?;
    let at = line.position(number);
    let mut right = vec![format!("pl: {}", in_braces(text))];
    for below in number..=page.lines.len() {
        let line = Line::of(&page.lines[below - 1]);
        let Some((code, (_, value))) = key_and_value(line.entry)
            .and_then(|pair| Some((language(pair.0)?, pair)))
            .filter(|_| line.indent > above.indent)
        else {
            break;
        };
        let value = without_comment(value);
        if code == "pl" {
            right[0] = format!("pl: {}", in_braces(value));
        } else {
            right.push(format!("{code}: {}", in_braces(value)));
        }
        page.replace(below, String::new());
    }
    let right = format!("{}: {{{}}}", above.key, right.join(", "));
    Some(Slip {
        diagnostic: Some(say::stray_language(at, &right)),
        again: false,
    })
}

/// A value as it may stand within braces.
fn in_braces(value: &str) -> String {
    let is_quoted = value.starts_with(['"', '\'']);
    if is_quoted || !value.contains([',', '{', '}', '[', ']', ':', '#']) {
        return value.to_owned();
    }
    quoted(value)
}

/// `id: a date: b venue: c` with commas, where all are known keys.
fn several_keys(entry: &str) -> Option<String> {
    if entry.contains(['{', '[', '"', '\'']) || entry.contains(": -") {
        return None;
    }
    let mut parts: Vec<(&str, String)> = Vec::new();
    for word in entry.split(' ').filter(|word| !word.is_empty()) {
        match word.strip_suffix(':') {
            Some(key) if key_meant(key).is_some() || is_key(key) => {
                parts.push((key, String::new()));
            }
            _ => {
                let (_, value) = parts.last_mut()?;
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(word.trim_end_matches([',', ';']));
            }
        }
    }
    let whole = parts.len() > 1 && parts.iter().all(|(_, value)| !value.is_empty());
    whole.then(|| {
        let parts: Vec<String> = parts
            .into_iter()
            .map(|(key, value)| format!("{key}: {}", in_braces(&value)))
            .collect();
        parts.join(", ")
    })
}

/// A line that has no key.
fn without_colon(line: &Line<'_>, number: usize, state: &State, page: &mut Page) -> Option<Slip> {
    let at = line.position(number);
    let indent = " ".repeat(line.indent);
    if let Some(slip) = hard_space_behind_colon(line, number, page) {
        return Some(slip);
    }
    if let Some(right) = spreadsheet_row(line.text, state.section.as_deref()) {
        page.replace(number, String::new());
        return Some(Slip {
            diagnostic: Some(say::spreadsheet_row(at, &right)),
            again: false,
        });
    }
    if line.is_entry()
        || line
            .text
            .starts_with(['-', '[', ']', '{', '}', '"', '\'', '?', '%', '<', '.'])
    {
        return None;
    }
    let word_end = line
        .text
        .find(|character: char| !character.is_alphanumeric() && !matches!(character, '-' | '_'))
        .unwrap_or(line.text.len());
    let (word, rest) = line.text.split_at(word_end);
    let above = state.key.as_ref();
    let deeper = above.is_some_and(|above| line.indent > above.indent);
    if is_key(word) && !deeper {
        let is_mark = |mark: char| ";=-–—,.".contains(mark);
        let value = rest
            .trim_start_matches(|mark| mark == ' ' || is_mark(mark))
            .trim();
        let mark = rest
            .trim_start()
            .chars()
            .next()
            .filter(|mark| is_mark(*mark));
        if !value.is_empty() && key_and_value(value).is_none() && !value.starts_with(':') {
            let right = format!("{word}: {value}");
            let diagnostic = match mark {
                Some(mark) => say::other_mark_for_colon(at, &mark.to_string(), &right),
                None => say::colon_forgotten(at, &right),
            };
            page.replace(number, format!("{indent}{right}"));
            return Some(Slip {
                diagnostic: Some(diagnostic),
                again: true,
            });
        }
    }
    // A text's next line that begins too far to the left.
    let text_above = state.text.as_deref().or_else(|| {
        let above = above.filter(|above| line.indent <= above.indent && !above.value.is_empty())?;
        let is_text = ["note", "description", "about", "text", "pl", "en", "uk"];
        is_text
            .contains(&above.key.as_str())
            .then_some(above.key.as_str())
    });
    if let Some(key) = text_above
        && !is_key(word)
        && !line.text.ends_with(':')
        && !line.text.contains(": ")
    {
        page.replace(number, String::new());
        let indentation = &line.raw[..line.raw.len() - line.raw.trim_start().len()];
        let told = match indentation.find('\t') {
            Some(tab) => syntax::tab(position(number, tab, "\t")),
            None => say::outdented_text(at, key),
        };
        return Some(Slip::mended(told));
    }
    None
}

/// `key:` with a space behind it that is none.
fn hard_space_behind_colon(line: &Line<'_>, number: usize, page: &mut Page) -> Option<Slip> {
    let (key, value) = line.entry.split_once(":\u{a0}")?;
    if !is_key(key) {
        return None;
    }
    let blank = &line.entry[key.len() + 1..line.entry.len() - value.len()];
    let at = line.part(number, blank);
    page.replace_part(number, line, blank, " ");
    Some(Slip::to_look_at_again(say::hard_space(at)))
}

/// `- id: …` between the calendar's keys.
fn entry_in_calendar(
    line: &Line<'_>,
    number: usize,
    state: &State,
    page: &mut Page,
) -> Option<Slip> {
    let between_keys = state.key.as_ref().is_some_and(|above| above.indent > 0);
    if state.section.as_deref() != Some("calendar") || !begins_entry(line) || !between_keys {
        return None;
    }
    let told = line.part(number, line.entry);
    let indent = line.indent;
    let mut right = "districts";
    for below in number..=page.lines.len() {
        let line = Line::of(&page.lines[below - 1]);
        if below > number && !line.is_blank() && line.indent <= indent {
            break;
        }
        if line.text.contains("date:") {
            right = "sessions";
        } else if line.text.contains("district:") {
            right = "venues";
        }
        page.replace(below, String::new());
    }
    let told = keys::wrong_list(told, "calendar", right);
    Some(Slip::mended(told))
}

/// `- date: …` below `- id: …`, where no list can be.
fn dashes_before_keys(
    line: &Line<'_>,
    number: usize,
    state: &State,
    page: &mut Page,
) -> Option<Slip> {
    let above = state.key.as_ref()?;
    let section = entries_of(state.section.as_deref()?)?;
    let key_of = |line: &Line<'_>| -> Option<(String, String)> {
        let rest = line.text.strip_prefix('-')?;
        let deeper = rest.starts_with(' ') && line.indent >= above.indent;
        let no_space = !rest.starts_with(' ') && line.indent + 2 >= above.indent;
        let (key, _) = key_and_value(rest.trim_start())?;
        let known = key != "id" && section.keys().contains(&key);
        (known && (deeper || no_space)).then(|| (key.to_owned(), rest.trim_start().to_owned()))
    };
    if above.value.is_empty() || above.indent == 0 || above.number + 1 != number {
        return None;
    }
    key_of(line)?;
    let at = position(number, line.indent, "-");
    let mut told = Vec::new();
    for below in number..=page.lines.len() {
        let Some((_, entry)) = key_of(&Line::of(&page.lines[below - 1])) else {
            break;
        };
        told.push(u32::try_from(below).unwrap_or(u32::MAX));
        page.replace(below, format!("{}{entry}", " ".repeat(above.indent)));
    }
    Some(Slip::to_look_at_again(keys::split_by_dashes(at, &told)))
}

/// A line of the text right above that begins too far to the left and reads
/// as a key or an entry.
fn fallen_out_of_text(
    line: &Line<'_>,
    number: usize,
    state: &State,
    page: &mut Page,
) -> Option<Slip> {
    let text = state.text.as_deref()?;
    let above = state.key.as_ref()?;
    let fallen = match key_and_value(line.entry) {
        Some((key, value)) => {
            let known = is_key(key) || key_meant(key).is_some_and(|meant| meant != text);
            line.indent < above.indent && !line.is_entry() && !known && !value.is_empty()
        }
        None if line.is_entry() => line.entry.contains(char::is_alphabetic),
        // `Godzina zbiórki: 15`.
        None => line.indent < above.indent && line.entry.contains(": "),
    };
    if !fallen || line.entry.starts_with(['{', '[']) {
        return None;
    }
    let told = line.position(number);
    // A list's other lines are told with its first.
    for below in number + 1..=page.lines.len() {
        let line = Line::of(&page.lines[below - 1]);
        if !line.is_entry() || key_and_value(line.entry).is_some() {
            break;
        }
        page.replace(below, String::new());
    }
    page.replace(number, String::new());
    Some(Slip::mended(say::fallen_out_of_text(told, text)))
}

/// A key of the entry above that begins at the margin.
fn key_at_margin(line: &Line<'_>, number: usize, state: &State, page: &mut Page) -> Option<Slip> {
    let above = state.key.as_ref().filter(|above| above.indent > 0)?;
    let list = state.section.as_deref()?;
    let section = entries_of(list)?;
    let (key, _) = key_and_value(line.entry)?;
    let misplaced = line.indent == 0
        && !line.is_entry()
        && key != "id"
        && section.keys().contains(&key)
        && !Section::Schedule.keys().contains(&key);
    if !misplaced {
        return None;
    }
    let told = say::key_at_margin(line.part(number, key), key, list);
    page.replace(number, format!("{}{}", " ".repeat(above.indent), line.text));
    Some(Slip::to_look_at_again(told))
}

/// What the entries of a list have.
fn entries_of(list: &str) -> Option<Section> {
    match list {
        "districts" => Some(Section::District),
        "venues" => Some(Section::Venue),
        "sessions" => Some(Section::Session),
        _ => None,
    }
}

/// What the cells of a row seem to say; `None` where it is no row.
fn spreadsheet_row(text: &str, list: Option<&str>) -> Option<Vec<String>> {
    let text = text.strip_prefix("- ").unwrap_or(text);
    let is_date = |cell: &str| super::guess::meant_date(cell).is_some();
    let mark = ['\t', ';'].into_iter().find(|mark| {
        text.matches(*mark).count() >= 2 || text.split(*mark).any(is_date) && text.contains(*mark)
    })?;
    let cells: Vec<&str> = text
        .split(mark)
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    if cells.len() < 2 || cells.iter().any(|cell| key_and_value(cell).is_some()) {
        return None;
    }
    let date = cells.iter().position(|cell| is_date(cell));
    let Some(date) = date else {
        let keys = match list {
            Some("venues") => ["- id: …", "name: …", "district: …"],
            Some("districts") => ["- id: …", "number: …", "name: …"],
            _ => ["- id: …", "date: …", "venue: …"],
        };
        return Some(keys.map(str::to_owned).to_vec());
    };
    let mut right = Vec::new();
    let given = super::guess::meant_date(cells[date])?;
    let mut names = ["id", "venue"].into_iter();
    let windows = cells.iter().filter(|cell| meant_window(cell).is_some());
    if cells.len() - windows.count() < 3 {
        right.push(format!("- id: {}", given.format("%Y-%m")));
        names.next();
    }
    for (at, cell) in cells.iter().enumerate() {
        if at == date {
            right.push(format!("date: {given}"));
        } else if let Some(window) = meant_window(cell) {
            right.push(format!("window: {window}"));
        } else if let Some(name) = names.next() {
            let dash = if name == "id" { "- " } else { "" };
            right.push(format!("{dash}{name}: {cell}"));
        }
    }
    Some(right)
}
