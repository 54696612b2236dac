//! Slips of an editor: what stands in a line that is not a schedule's.

use super::{Diagnostic, Fix, Position, error, whole};

/// What a file is instead of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Foreign {
    Html,
    Rtf,
    Pdf,
    /// A document of Word, Excel or `LibreOffice`, or a ZIP archive.
    Office,
    Csv,
    ICalendar,
    /// What was published, which stands beside a schedule.
    History,
}

pub(crate) fn foreign_file(at: Position, what: Foreign) -> Diagnostic {
    let (polish, english) = match what {
        Foreign::Html => (
            "to jest strona internetowa (HTML), a nie harmonogram",
            "this is a web page (HTML), not a schedule",
        ),
        Foreign::Rtf => (
            "to jest dokument z edytora tekstu (RTF), a nie harmonogram",
            "this is a word processor's document (RTF), not a schedule",
        ),
        Foreign::Pdf => (
            "to jest dokument PDF, a nie harmonogram",
            "this is a PDF document, not a schedule",
        ),
        Foreign::Office => (
            "to jest dokument Worda, Excela albo LibreOffice, a nie harmonogram",
            "this is a document of Word, Excel or LibreOffice, not a schedule",
        ),
        Foreign::Csv => (
            "to nie jest harmonogram, tylko tabela CSV",
            "this is not a schedule but a table (CSV)",
        ),
        Foreign::ICalendar => (
            "to nie jest harmonogram, tylko kalendarz iCalendar",
            "this is not a schedule but a calendar (iCalendar)",
        ),
        Foreign::History => (
            "to jest plik historii, a nie harmonogram",
            "this is a history, not a schedule",
        ),
    };
    let problem = error(at, "foreign-file", polish, english);
    match what {
        Foreign::Html => problem.or_help(
            "pobierz sam plik: w serwisie z kodem to „Download raw file”",
            "download the file itself: on a code host that is “Download raw file”",
        ),
        Foreign::Rtf | Foreign::Office => problem.or_help(
            "zapisz go jako zwykły tekst w UTF-8, na przykład w Notatniku",
            "save it as plain text in UTF-8, for example in Notepad",
        ),
        Foreign::Pdf => problem.or_help(
            "czy to na pewno ten plik? Harmonogram to zwykły tekst, który zaczyna się od \
             „calendar:”",
            "is this the right file? A schedule is plain text that begins with \"calendar:\"",
        ),
        Foreign::History => problem.or_help(
            "harmonogram leży obok, w pliku .yaml; pliku historii nie zmieniaj, prowadzi go program",
            "the schedule is the .yaml file beside it; do not change the history, the program keeps it",
        ),
        Foreign::Csv | Foreign::ICalendar => problem.or_help(
            "zamień to na harmonogram poleceniem „spotkajmy import”; harmonogram zaczyna się od \
             „calendar:”",
            "turn it into one with \"spotkajmy import\"; a schedule begins with \"calendar:\"",
        ),
    }
}

/// `<<<<<<<`, `=======`, `>>>>>>>`, in these lines.
pub(crate) fn conflict_marks(at: Position, lines: &[u32]) -> Diagnostic {
    let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let (last, first) = numbers.split_last().expect("a mark stands in a line");
    let polish = join(&first.join(", "), "i", last);
    let english = join(&first.join(", "), "and", last);
    error(
        at,
        "conflict-marks",
        "to znaki nierozwiązanego konfliktu: dwie osoby zmieniły to samo",
        "these are the marks of an unresolved conflict: two people changed the same lines",
    )
    .or_help(
        format!(
            "zostaw jedną z dwóch wersji i usuń wiersze „<<<<<<<”, „=======” i „>>>>>>>” \
             (tutaj: {polish})"
        ),
        format!(
            "keep one of the two versions and take away the lines \"<<<<<<<\", \"=======\" and \
             \">>>>>>>\" (here: {english})"
        ),
    )
}

fn join(first: &str, and: &str, last: &str) -> String {
    if first.is_empty() {
        return last.to_owned();
    }
    format!("{first} {and} {last}")
}

/// Blanks that are not spaces, before a line's first word.
pub(crate) fn hard_spaces(at: Position, right: String) -> Diagnostic {
    let fix = Fix { at, text: right };
    error(
        at,
        "hard-spaces",
        "wcięcie jest z twardych spacji, choć nie widać różnicy",
        "the line is indented with non-breaking spaces, though no difference is seen",
    )
    .or_help(
        "usuń je i wpisz zwykłe spacje",
        "delete them and type ordinary spaces",
    )
    .fixed_by(fix)
}

/// Characters without width, before a line's first word.
pub(crate) fn invisible_indentation(at: Position, right: String) -> Diagnostic {
    let fix = Fix { at, text: right };
    error(
        at,
        "invisible-line",
        "na początku tego wiersza jest niewidoczny znak",
        "an invisible character stands at the beginning of this line",
    )
    .or_help(
        "usuń wszystko przed pierwszym słowem i wpisz zwykłe spacje",
        "delete all before the first word and type ordinary spaces",
    )
    .fixed_by(fix)
}

/// A non-breaking space where one that YAML knows is wanted.
pub(crate) fn hard_space(at: Position) -> Diagnostic {
    let fix = Fix {
        at,
        text: " ".to_owned(),
    };
    error(
        at,
        "hard-spaces",
        "jest tu twarda spacja, choć nie widać różnicy",
        "a non-breaking space stands here, though no difference is seen",
    )
    .or_help(
        "usuń ją i wpisz zwykłą",
        "delete it and type an ordinary one",
    )
    .fixed_by(fix)
}

/// `status: cancelled` at the margin, below an entry of the list `list`.
pub(crate) fn key_at_margin(at: Position, key: &str, list: &str) -> Diagnostic {
    let (polish, english) = match list {
        "districts" => ("dzielnicy", "district"),
        "venues" => ("miejsca", "venue"),
        _ => ("spotkania", "session"),
    };
    error(
        at,
        "key-at-margin",
        format!("„{key}” stoi na samym początku wiersza, poza listą „{list}”"),
        format!("\"{key}\" stands at the margin, outside the list \"{list}\""),
    )
    .or_help(
        format!("jeśli należy do {polish} powyżej, wetnij wiersz tak jak jego klucze"),
        format!("if it belongs to the {english} above, indent the line like its keys"),
    )
}

/// A line below a text that begins too far to the left, `text` being its key.
pub(crate) fn fallen_out_of_text(at: Position, text: &str) -> Diagnostic {
    error(
        at,
        "outdented-text",
        format!("ten wiersz wygląda na dalszy ciąg tekstu „{text}”, a stoi poza nim"),
        format!("this line looks like more of the text \"{text}\", and stands outside it"),
    )
    .or_help(
        "wetnij go tak jak wiersze powyżej",
        "indent it like the lines above",
    )
}

/// `"Spotkanie "przy herbacie""`; `right` is the text in other quotes.
pub(crate) fn quotes_in_text(value: Position, key: &str, right: &str) -> Diagnostic {
    let fix = Fix {
        at: value,
        text: right.to_owned(),
    };
    let right = whole(right);
    error(
        value,
        "quotes-in-text",
        "cudzysłów w tym tekście zamyka się nie tam, gdzie trzeba",
        "the quotation mark is not closed where this text ends",
    )
    .or_help(
        format!("napisz {key}: {right}"),
        format!("write {key}: {right}"),
    )
    .fixed_by(fix)
}

/// A line that only looks empty.
pub(crate) fn invisible_line(at: Position) -> Diagnostic {
    let fix = Fix {
        at,
        text: String::new(),
    };
    error(
        at,
        "invisible-line",
        "w tym wierszu jest niewidoczny znak (na przykład twarda spacja)",
        "an invisible character stands in this line (such as a non-breaking space)",
    )
    .or_help("usuń go", "delete it")
    .fixed_by(fix)
}

/// A ruled line or a heading.
pub(crate) fn note_to_self(at: Position, text: &str) -> Diagnostic {
    let fix = Fix {
        at,
        text: format!("# {text}"),
    };
    error(
        at,
        "note-to-self",
        "ten wiersz nie jest częścią harmonogramu",
        "this line is no part of a schedule",
    )
    .or_help(
        "jeśli to notatka albo kreska dla siebie, postaw # na początku tego wiersza; inaczej go \
         usuń",
        "if it is a note or a ruled line for yourself, put # at its beginning; otherwise take it \
         away",
    )
    .fixed_by(fix)
}

/// `– id: x`, `1. id: x`; `spaced`: whether a space follows the mark.
pub(crate) fn bullet(at: Position, given: &str, spaced: bool) -> Diagnostic {
    let (right, and_a_space) = if spaced {
        ("-", ("", ""))
    } else {
        ("- ", (" i spację", " and a space"))
    };
    let fix = Fix {
        at,
        text: right.to_owned(),
    };
    error(
        at,
        "bullet",
        format!("pozycja listy zaczyna się tu od „{given}”"),
        format!("an entry begins with \"{given}\" here"),
    )
    .or_help(
        format!(
            "zamiast „{given}” napisz zwykły łącznik „-”{}",
            and_a_space.0
        ),
        format!(
            "write a plain hyphen \"-\"{} instead of \"{given}\"",
            and_a_space.1
        ),
    )
    .fixed_by(fix)
}

/// A row pasted out of a spreadsheet; `right`: what its cells seem to say.
pub(crate) fn spreadsheet_row(at: Position, right: &[String]) -> Diagnostic {
    let problem = error(
        at,
        "spreadsheet-row",
        "to wygląda na wiersz z arkusza",
        "this looks like a row of a spreadsheet",
    );
    problem.or_help(
        format!("napisz w osobnych wierszach „{}”", right.join("”, „")),
        format!("write on lines of their own \"{}\"", right.join("\", \"")),
    )
}

/// `key; value`, `key value`: `right` is the line as it was meant.
pub(crate) fn other_mark_for_colon(at: Position, mark: &str, right: &str) -> Diagnostic {
    let fix = Fix {
        at,
        text: right.to_owned(),
    };
    error(
        at,
        "other-mark-for-colon",
        format!("po kluczu jest tu „{mark}” zamiast dwukropka"),
        format!("\"{mark}\" stands behind the key instead of a colon"),
    )
    .or_help(
        format!("zamiast „{mark}” napisz dwukropek: {right}"),
        format!("write a colon instead of \"{mark}\": {right}"),
    )
    .fixed_by(fix)
}

pub(crate) fn colon_forgotten(at: Position, right: &str) -> Diagnostic {
    let fix = Fix {
        at,
        text: right.to_owned(),
    };
    error(
        at,
        "no-colon",
        "po kluczu brakuje dwukropka",
        "a colon is missing behind the key",
    )
    .or_help(format!("napisz: {right}"), format!("write: {right}"))
    .fixed_by(fix)
}

/// `key: value:`.
pub(crate) fn trailing_colon(at: Position, value: Position, key: &str, right: &str) -> Diagnostic {
    let fix = Fix {
        at: value,
        text: right.to_owned(),
    };
    error(
        at,
        "trailing-colon",
        "ten dwukropek na końcu wygląda jak nowy klucz",
        "this colon at the end reads as a new key",
    )
    .or_help(
        format!("usuń dwukropek na końcu: {key}: {right}"),
        format!("take the colon at the end away: {key}: {right}"),
    )
    .fixed_by(fix)
}

/// `key: some: text`; `right` is the text in quotes.
pub(crate) fn colon_in_text(
    at: Position,
    value: Position,
    key: &str,
    right: &str,
    smart_quotes: bool,
) -> Diagnostic {
    let fix = Fix {
        at: value,
        text: right.to_owned(),
    };
    let problem = error(
        at,
        "colon-in-text",
        "dwukropek w tekście wygląda jak nowy klucz",
        "a colon within a text reads as a new key",
    );
    let problem = if smart_quotes {
        problem.or_help(
            format!(
                "cudzysłowy „ ” nie wystarczą, bo w tekście jest dwukropek: weź go w proste: \
                 {key}: {right}"
            ),
            format!(
                "“ ” are not enough, as the text has a colon: put it in straight quotes: \
                 {key}: {right}"
            ),
        )
    } else {
        problem.or_help(
            format!("weź cały tekst w cudzysłów: {key}: {right}"),
            format!("put the whole text in quotes: {key}: {right}"),
        )
    };
    problem.fixed_by(fix)
}

/// `- id: a date: b venue: c`; `right` is the same in braces.
pub(crate) fn keys_on_one_line(at: Position, line: Position, right: &str) -> Diagnostic {
    let fix = Fix {
        at: line,
        text: right.to_owned(),
    };
    error(
        at,
        "keys-on-one-line",
        "w jednym wierszu jest kilka kluczy",
        "several keys stand on one line",
    )
    .or_help(
        format!(
            "napisz każdy klucz w osobnym wierszu albo wszystko w {{…}}, z przecinkami: {right}"
        ),
        format!(
            "write each key on a line of its own, or all of them in {{…}}, with commas: {right}"
        ),
    )
    .fixed_by(fix)
}

/// `{id: a date: b}`, `{id: a; date: b}`; `right` has its commas.
pub(crate) fn comma_forgotten(at: Position, right: &str) -> Diagnostic {
    error(
        at,
        "comma-forgotten",
        "w {…} klucze oddziela przecinek, a tu go brakuje",
        "in {…} commas part the keys, and one is missing here",
    )
    .or_help(format!("napisz: {right}"), format!("write: {right}"))
    .replaced_by(right)
}

/// `{title: a #b}`; `right` is the text in quotes.
pub(crate) fn hash_in_braces(at: Position, key: &str, right: &str) -> Diagnostic {
    error(
        at,
        "hash-in-braces",
        "# zaczyna komentarz, więc reszta tego wiersza przepada",
        "# begins a comment, so the rest of this line is lost",
    )
    .or_help(
        format!("weź tekst w cudzysłów: {key}: {right}"),
        format!("put the text in quotes: {key}: {right}"),
    )
    .replaced_by(right)
}

/// A text that begins with a character that YAML keeps for itself; `right` is
/// the text in quotes.
pub(crate) fn reserved_start(
    value: Position,
    character: char,
    key: &str,
    right: &str,
) -> Diagnostic {
    let fix = Fix {
        at: value,
        text: right.to_owned(),
    };
    let at = Position { length: 1, ..value };
    error(
        at,
        "reserved-start",
        format!("tekst bez cudzysłowu nie może się zaczynać od „{character}”"),
        format!("a text without quotes cannot begin with \"{character}\""),
    )
    .or_help(
        format!("weź tekst w cudzysłów: {key}: {right}"),
        format!("put the text in quotes: {key}: {right}"),
    )
    .fixed_by(fix)
}

/// `key: | text`.
pub(crate) fn text_beside_mark(at: Position, key: &str, mark: char) -> Diagnostic {
    error(
        at,
        "text-beside-mark",
        format!("po „{mark}” tekst nie może się zacząć w tym samym wierszu"),
        format!("behind \"{mark}\" a text cannot begin on the same line"),
    )
    .or_help(
        format!(
            "zacznij tekst w następnym wierszu, wcięty względem „{key}”; albo usuń „{mark}”, \
             jeśli cały tekst jest w jednym wierszu"
        ),
        format!(
            "begin the text on the next line, indented below \"{key}\"; or take \"{mark}\" away \
             if the whole text is on one line"
        ),
    )
}

/// `title: text`, and below it `en: text`; `right` has all of them.
pub(crate) fn stray_language(at: Position, right: &str) -> Diagnostic {
    error(
        at,
        "stray-language",
        "tekst i jego tłumaczenia nie mogą stać razem",
        "a text and its translations cannot stand together",
    )
    .or_help(format!("napisz {right}"), format!("write {right}"))
}

/// `key: [a]`, and below it `- b`; `right` has both.
pub(crate) fn list_twice(at: Position, key: &str, line: u32, right: Option<&str>) -> Diagnostic {
    let problem = error(
        at,
        "list-twice",
        format!("lista „{key}” jest już w nawiasach, w wierszu {line}"),
        format!("the list \"{key}\" is already there in brackets, in line {line}"),
    );
    match right {
        Some(right) => problem.or_help(
            format!("napisz „{right}” albo usuń „[]” w wierszu {line}"),
            format!("write \"{right}\", or take \"[]\" away in line {line}"),
        ),
        None => problem.or_help(
            format!("usuń „[]” w wierszu {line}"),
            format!("take \"[]\" away in line {line}"),
        ),
    }
}

/// An entry's dash that does not stand below the others; `keys_too`: nor do
/// its keys.
pub(crate) fn dash_out_of_line(
    at: Position,
    list: &str,
    found: usize,
    wanted: usize,
    keys_too: bool,
) -> Diagnostic {
    let (polish, english) = match list {
        "districts" => ("inne dzielnice", "the other districts"),
        "venues" => ("inne miejsca", "the other venues"),
        _ => ("inne spotkania", "the other sessions"),
    };
    let spaces = super::plural(found, "spację", "spacje", "spacji");
    let space = if found == 1 { "space" } else { "spaces" };
    let problem = error(
        at,
        "dash-out-of-line",
        format!("„-” ma tu przed sobą {found} {spaces}, a {polish} {wanted}"),
        format!("\"-\" has {found} {space} before it here, and {english} {wanted}"),
    );
    if !keys_too {
        return problem.or_help(
            "zacznij ten wiersz równo z tamtymi",
            "begin this line exactly below those",
        );
    }
    problem.or_help(
        "zacznij ten wiersz równo z tamtymi, a wiersze pod nim przesuń tak samo",
        "begin this line exactly below those, and move the lines below it likewise",
    )
}

/// A line of a text that begins too far to the left.
pub(crate) fn outdented_text(at: Position, key: &str) -> Diagnostic {
    error(
        at,
        "outdented-text",
        "ten wiersz to ani „klucz: wartość”, ani „- pozycja”",
        "this line is neither \"key: value\" nor \"- entry\"",
    )
    .or_help(
        format!("wetnij ten wiersz, jeśli to dalszy ciąg „{key}”"),
        format!("indent this line if it continues \"{key}\""),
    )
}

/// `# - id: x`, and below it the entry's other keys.
pub(crate) fn commented_first_line(at: Position) -> Diagnostic {
    error(
        at,
        "commented-first-line",
        "czy w tym wierszu nie zaczyna się nowa pozycja? Jest tu # przed „-”",
        "does not a new entry begin in this line? There is a # before \"-\"",
    )
    .or_help(
        "postaw # także przed resztą tej pozycji albo usuń go stąd",
        "put # before the rest of the entry too, or take it away here",
    )
}

/// An entry that begins without its dash.
pub(crate) fn dash_forgotten(at: Position) -> Diagnostic {
    error(
        at,
        "dash-forgotten",
        "zaczyna się tu nowa pozycja, a nie ma przed nią „- ”",
        "a new entry begins here without \"- \"",
    )
    .or_help(
        "postaw „- ” przed „id”, równo z myślnikami powyżej, a dalsze klucze zacznij równo z „id”",
        "put \"- \" before \"id\", exactly below the dashes above, and begin its other keys exactly \
         below \"id\"",
    )
}
