//! Slips of an editor: what stands in a line that is not a schedule's.

use super::{Diagnostic, Position, listed, plural, whole};

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

/// What a file is instead of a schedule.
pub(crate) fn foreign_file(at: Position, what: Foreign) -> Diagnostic {
    let (polish, english) = match what {
        Foreign::Html => ("strona internetowa (HTML)", "a web page (HTML)"),
        Foreign::Rtf => (
            "dokument z edytora tekstu (RTF)",
            "a word processor's document (RTF)",
        ),
        Foreign::Pdf => ("dokument PDF", "a PDF document"),
        Foreign::Office => (
            "dokument Worda, Excela albo LibreOffice",
            "a document of Word, Excel or LibreOffice",
        ),
        Foreign::History => ("plik historii", "a history"),
        Foreign::Csv => return table(at, "tabela CSV", "a table (CSV)"),
        Foreign::ICalendar => return table(at, "kalendarz iCalendar", "a calendar (iCalendar)"),
    };
    problem! { error "foreign-file" at,
        "to jest {polish}, a nie harmonogram", "this is {english}, not a schedule"
        .help_if(what == Foreign::Html,
            "pobierz sam plik: w serwisie z kodem to „Download raw file”",
            "download the file itself: on a code host that is “Download raw file”")
        .help_if(what == Foreign::Pdf,
            "czy to na pewno ten plik? Harmonogram to zwykły tekst, który zaczyna się od \
             „calendar:”",
            "is this the right file? A schedule is plain text that begins with \"calendar:\"")
        .help_if(what == Foreign::History,
            "harmonogram leży obok, w pliku .yaml; pliku historii nie zmieniaj, prowadzi go program",
            "the schedule is the .yaml file beside it; do not change the history, the program \
             keeps it")
        .help("zapisz go jako zwykły tekst w UTF-8, na przykład w Notatniku",
              "save it as plain text in UTF-8, for example in Notepad")
    }
}

problems! {
    /// What `import` can turn into a schedule.
    error "foreign-file" table(at, polish: &str, english: &str):
        "to nie jest harmonogram, tylko {polish}", "this is not a schedule but {english}"
        .help("zamień to na harmonogram poleceniem „spotkajmy import”; harmonogram zaczyna się od \
               „calendar:”",
              "turn it into one with \"spotkajmy import\"; a schedule begins with \"calendar:\"");

    /// `<<<<<<<`, `=======`, `>>>>>>>`, in these lines.
    error "conflict-marks" conflict_marks(at, lines: &[u32]):
        let (polish, english) = (listed(lines, "i"), listed(lines, "and"));
        "to znaki nierozwiązanego konfliktu: dwie osoby zmieniły to samo",
        "these are the marks of an unresolved conflict: two people changed the same lines"
        .help("zostaw jedną z dwóch wersji i usuń wiersze „<<<<<<<”, „=======” i „>>>>>>>” (tutaj: \
               {polish})",
              "keep one of the two versions and take away the lines \"<<<<<<<\", \"=======\" and \
               \">>>>>>>\" (here: {english})");
    /// Blanks that are not spaces, before a line's first word.
    error "hard-spaces" hard_spaces(at, right: &str):
        "wcięcie jest z twardych spacji, choć nie widać różnicy",
        "the line is indented with non-breaking spaces, though no difference is seen"
        .help("usuń je i wpisz zwykłe spacje", "delete them and type ordinary spaces")
        .replaced_by(right);

    /// Characters without width, before a line's first word.
    error "invisible-line" invisible_indentation(at, right: &str):
        "na początku tego wiersza jest niewidoczny znak",
        "an invisible character stands at the beginning of this line"
        .help("usuń wszystko przed pierwszym słowem i wpisz zwykłe spacje",
              "delete all before the first word and type ordinary spaces")
        .replaced_by(right);

    /// A non-breaking space where one that YAML knows is wanted.
    error "hard-spaces" hard_space(at):
        "jest tu twarda spacja, choć nie widać różnicy",
        "a non-breaking space stands here, though no difference is seen"
        .help("usuń ją i wpisz zwykłą", "delete it and type an ordinary one")
        .replaced_by(" ");

    /// `status: cancelled` at the margin, below an entry of the list `list`.
    error "key-at-margin" key_at_margin(at, key: &str, list: &str):
        let (polish, english) = match list {
            "districts" => ("dzielnicy", "district"),
            "venues" => ("miejsca", "venue"),
            _ => ("spotkania", "session"),
        };
        "„{key}” stoi na samym początku wiersza, poza listą „{list}”",
        "\"{key}\" stands at the margin, outside the list \"{list}\""
        .help("jeśli należy do {polish} powyżej, wetnij wiersz tak jak jego klucze",
              "if it belongs to the {english} above, indent the line like its keys");

    /// A line below a text that begins too far to the left, `text` being its key.
    error "outdented-text" fallen_out_of_text(at, text: &str):
        "ten wiersz wygląda na dalszy ciąg tekstu „{text}”, a stoi poza nim",
        "this line looks like more of the text \"{text}\", and stands outside it"
        .help("wetnij go tak jak wiersze powyżej", "indent it like the lines above");

    /// `"Spotkanie "przy herbacie""`; `right` is the text in other quotes.
    error "quotes-in-text" quotes_in_text(at, key: &str, right: &str):
        let shown = whole(right);
        "cudzysłów w tym tekście zamyka się nie tam, gdzie trzeba",
        "the quotation mark is not closed where this text ends"
        .help("napisz {key}: {shown}", "write {key}: {shown}")
        .replaced_by(right);

    /// A line that only looks empty.
    error "invisible-line" invisible_line(at):
        "w tym wierszu jest niewidoczny znak (na przykład twarda spacja)",
        "an invisible character stands in this line (such as a non-breaking space)"
        .help("usuń go", "delete it")
        .replaced_by("");

    /// A ruled line or a heading.
    error "note-to-self" note_to_self(at, text: &str):
        "ten wiersz nie jest częścią harmonogramu", "this line is no part of a schedule"
        .help("jeśli to notatka albo kreska dla siebie, postaw # na początku tego wiersza; inaczej \
               go usuń",
              "if it is a note or a ruled line for yourself, put # at its beginning; otherwise \
               take it away")
        .replaced_by(&*format!("# {text}"));

    /// `– id: x`, `1. id: x`; `spaced`: whether a space follows the mark.
    error "bullet" bullet(at, given: &str, spaced: bool):
        "pozycja listy zaczyna się tu od „{given}”", "an entry begins with \"{given}\" here"
        .help_if(spaced,
            "zamiast „{given}” napisz zwykły łącznik „-”",
            "write a plain hyphen \"-\" instead of \"{given}\"")
        .help("zamiast „{given}” napisz zwykły łącznik „-” i spację",
              "write a plain hyphen \"-\" and a space instead of \"{given}\"")
        .replaced_by(if spaced { "-" } else { "- " });

    /// A row pasted out of a spreadsheet; `right`: what its cells seem to say.
    error "spreadsheet-row" spreadsheet_row(at, right: &[String]):
        let (polish, english) = (right.join("”, „"), right.join("\", \""));
        "to wygląda na wiersz z arkusza", "this looks like a row of a spreadsheet"
        .help("napisz w osobnych wierszach „{polish}”",
              "write on lines of their own \"{english}\"");

    /// `key; value`, `key value`: `right` is the line as it was meant.
    error "other-mark-for-colon" other_mark_for_colon(at, mark: &str, right: &str):
        "po kluczu jest tu „{mark}” zamiast dwukropka",
        "\"{mark}\" stands behind the key instead of a colon"
        .help("zamiast „{mark}” napisz dwukropek: {right}",
              "write a colon instead of \"{mark}\": {right}")
        .replaced_by(right);

    error "no-colon" colon_forgotten(at, right: &str):
        "po kluczu brakuje dwukropka", "a colon is missing behind the key"
        .help("napisz: {right}", "write: {right}")
        .replaced_by(right);

    /// `key: value:`.
    error "trailing-colon" trailing_colon(at, value: Position, key: &str, right: &str):
        "ten dwukropek na końcu wygląda jak nowy klucz", "this colon at the end reads as a new key"
        .help("usuń dwukropek na końcu: {key}: {right}",
              "take the colon at the end away: {key}: {right}")
        .replaced_at(value, right);

    /// `key: some: text`; `right` is the text in quotes.
    error "colon-in-text" colon_in_text(at, value: Position, key: &str, right: &str,
        smart_quotes: bool):
        "dwukropek w tekście wygląda jak nowy klucz", "a colon within a text reads as a new key"
        .help_if(smart_quotes,
            "cudzysłowy „ ” nie wystarczą, bo w tekście jest dwukropek: weź go w proste: \
             {key}: {right}",
            "“ ” are not enough, as the text has a colon: put it in straight quotes: \
             {key}: {right}")
        .help("weź cały tekst w cudzysłów: {key}: {right}",
              "put the whole text in quotes: {key}: {right}")
        .replaced_at(value, right);

    /// `- id: a date: b venue: c`; `right` is the same in braces.
    error "keys-on-one-line" keys_on_one_line(at, line: Position, right: &str):
        "w jednym wierszu jest kilka kluczy", "several keys stand on one line"
        .help("napisz każdy klucz w osobnym wierszu albo wszystko w {{…}}, z przecinkami: {right}",
              "write each key on a line of its own, or all of them in {{…}}, with commas: {right}")
        .replaced_at(line, right);

    /// `{id: a date: b}`, `{id: a; date: b}`; `right` has its commas.
    error "comma-forgotten" comma_forgotten(at, right: &str):
        "w {{…}} klucze oddziela przecinek, a tu go brakuje",
        "in {{…}} commas part the keys, and one is missing here"
        .help("napisz: {right}", "write: {right}")
        .replaced_by(right);

    /// `{title: a #b}`; `right` is the text in quotes.
    error "hash-in-braces" hash_in_braces(at, key: &str, right: &str):
        "# zaczyna komentarz, więc reszta tego wiersza przepada",
        "# begins a comment, so the rest of this line is lost"
        .help("weź tekst w cudzysłów: {key}: {right}", "put the text in quotes: {key}: {right}")
        .replaced_by(right);

    /// A text that begins with a character that YAML keeps for itself; `right`
    /// is the text in quotes.
    error "reserved-start" reserved_start(at, character: char, key: &str, right: &str):
        let (at, value) = (Position { length: 1, ..at }, at);
        "tekst bez cudzysłowu nie może się zaczynać od „{character}”",
        "a text without quotes cannot begin with \"{character}\""
        .help("weź tekst w cudzysłów: {key}: {right}", "put the text in quotes: {key}: {right}")
        .replaced_at(value, right);

    /// `key: | text`.
    error "text-beside-mark" text_beside_mark(at, key: &str, mark: char):
        "po „{mark}” tekst nie może się zacząć w tym samym wierszu",
        "behind \"{mark}\" a text cannot begin on the same line"
        .help("zacznij tekst w następnym wierszu, wcięty względem „{key}”; albo usuń „{mark}”, \
               jeśli cały tekst jest w jednym wierszu",
              "begin the text on the next line, indented below \"{key}\"; or take \"{mark}\" away \
               if the whole text is on one line");

    /// `title: text`, and below it `en: text`; `right` has all of them.
    error "stray-language" stray_language(at, right: &str):
        "tekst i jego tłumaczenia nie mogą stać razem",
        "a text and its translations cannot stand together"
        .help("napisz {right}", "write {right}");

    /// `key: [a]`, and below it `- b`; `right` has both.
    error "list-twice" list_twice(at, key: &str, line: u32, right: Option<&str>):
        "lista „{key}” jest już w nawiasach, w wierszu {line}",
        "the list \"{key}\" is already there in brackets, in line {line}"
        .help_if(let Some(right) = right,
            "napisz „{right}” albo usuń „[]” w wierszu {line}",
            "write \"{right}\", or take \"[]\" away in line {line}")
        .help("usuń „[]” w wierszu {line}", "take \"[]\" away in line {line}");

    /// An entry's dash that does not stand below the others; `keys_too`: nor
    /// do its keys.
    error "dash-out-of-line" dash_out_of_line(at, list: &str, found: usize, wanted: usize,
        keys_too: bool):
        let (polish, english) = match list {
            "districts" => ("inne dzielnice", "the other districts"),
            "venues" => ("inne miejsca", "the other venues"),
            _ => ("inne spotkania", "the other sessions"),
        };
        let spaces = plural(found, "spację", "spacje", "spacji");
        let space = if found == 1 { "space" } else { "spaces" };
        "„-” ma tu przed sobą {found} {spaces}, a {polish} {wanted}",
        "\"-\" has {found} {space} before it here, and {english} {wanted}"
        .help_if(!keys_too,
            "zacznij ten wiersz równo z tamtymi", "begin this line exactly below those")
        .help("zacznij ten wiersz równo z tamtymi, a wiersze pod nim przesuń tak samo",
              "begin this line exactly below those, and move the lines below it likewise");

    /// A line of a text that begins too far to the left.
    error "outdented-text" outdented_text(at, key: &str):
        "ten wiersz to ani „klucz: wartość”, ani „- pozycja”",
        "this line is neither \"key: value\" nor \"- entry\""
        .help("wetnij ten wiersz, jeśli to dalszy ciąg „{key}”",
              "indent this line if it continues \"{key}\"");

    /// `# - id: x`, and below it the entry's other keys.
    error "commented-first-line" commented_first_line(at):
        "czy w tym wierszu nie zaczyna się nowa pozycja? Jest tu # przed „-”",
        "does not a new entry begin in this line? There is a # before \"-\""
        .help("postaw # także przed resztą tej pozycji albo usuń go stąd",
              "put # before the rest of the entry too, or take it away here");

    /// An entry that begins without its dash.
    error "dash-forgotten" dash_forgotten(at):
        "zaczyna się tu nowa pozycja, a nie ma przed nią „- ”",
        "a new entry begins here without \"- \""
        .help("postaw „- ” przed „id”, równo z myślnikami powyżej, a dalsze klucze zacznij równo z \
               „id”",
              "put \"- \" before \"id\", exactly below the dashes above, and begin its other keys \
               exactly below \"id\"");
}
