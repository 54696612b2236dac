//! The file as a whole, and what of it is not YAML or not the YAML of a
//! schedule.

use super::super::LARGEST;
use super::{Diagnostic, Position, error};

pub(crate) fn too_large(bytes: usize) -> Diagnostic {
    // With one decimal, rounded up so that it never reads as the limit itself.
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    let (whole, tenth) = (tenths / 10, tenths % 10);
    let limit = LARGEST / 1024 / 1024;
    error(
        Position::TOP,
        "too-large",
        format!("plik ma {whole},{tenth} MB, a harmonogram może mieć najwyżej {limit} MB"),
        format!("the file has {whole}.{tenth} MB; a schedule may have {limit} MB"),
    )
    .or_help(RIGHT_FILE.0, RIGHT_FILE.1)
}

pub(crate) fn too_many_values(at: Position) -> Diagnostic {
    error(
        at,
        "too-many-values",
        "plik ma ponad milion wartości",
        "the file has more than a million values",
    )
    .or_help(RIGHT_FILE.0, RIGHT_FILE.1)
}

const RIGHT_FILE: (&str, &str) = (
    "czy to na pewno ten plik? Harmonogram z tysiącem spotkań nie ma nawet 1 MB",
    "is this the right file? A schedule of a thousand sessions has less than 1 MB",
);

pub(crate) fn too_deep(at: Position) -> Diagnostic {
    error(
        at,
        "too-deep",
        "listy i klucze są zagnieżdżone na ponad 32 poziomy",
        "lists and keys stand in one another more than 32 deep",
    )
    .or_help(
        "czy to na pewno ten plik? Harmonogramowi wystarcza sześć",
        "is this the right file? A schedule needs six",
    )
}

pub(crate) fn not_utf8(at: Position) -> Diagnostic {
    error(
        at,
        "not-utf8",
        "ten znak nie jest zapisany w UTF-8",
        "this character is not saved in UTF-8",
    )
    .or_help(
        "zapisz plik w UTF-8 (w Notatniku: Zapisz jako, Kodowanie: UTF-8)",
        "save the file in UTF-8 (in Notepad: Save as, Encoding: UTF-8)",
    )
}

/// Nothing but blanks and comments.
pub(crate) fn empty() -> Diagnostic {
    error(
        Position::TOP,
        "empty",
        "plik jest pusty",
        "the file is empty",
    )
    .or_help(BEGINS_WITH.0, BEGINS_WITH.1)
}

/// A list, or a single value.
pub(crate) fn no_keys(at: Position) -> Diagnostic {
    error(
        at,
        "no-keys",
        "to nie jest harmonogram: nie ma kluczy",
        "this is not a schedule: it has no keys",
    )
    .or_help(BEGINS_WITH.0, BEGINS_WITH.1)
}

const BEGINS_WITH: (&str, &str) = (
    "harmonogram zaczyna się od „calendar:”",
    "a schedule begins with \"calendar:\"",
);

/// `&name`.
pub(crate) fn anchor(at: Position) -> Diagnostic {
    error(
        at,
        "anchor",
        "w harmonogramie nie używa się kotwic (&nazwa)",
        "anchors (&name) are not used in a schedule",
    )
    .or_help(
        "usuń ją; jeśli to początek tekstu, weź go w cudzysłów: \"&…\"",
        "take it away; if it begins a text, put the text in quotes: \"&…\"",
    )
}

/// `*name`.
pub(crate) fn alias(at: Position) -> Diagnostic {
    error(
        at,
        "alias",
        "w harmonogramie nie używa się odwołań (*nazwa)",
        "aliases (*name) are not used in a schedule",
    )
    .or_help(
        "wpisz wartość w całości; jeśli to początek tekstu, weź go w cudzysłów: \"*…\"",
        "write the value out; if it begins a text, put the text in quotes: \"*…\"",
    )
}

/// `<<: …`.
pub(crate) fn merge_key(at: Position) -> Diagnostic {
    error(
        at,
        "merge-key",
        "w harmonogramie nie używa się scalania (<<)",
        "merge keys (<<) are not used in a schedule",
    )
    .or_help("wpisz klucze w całości", "write the keys out")
}

/// `!!str`.
pub(crate) fn tag(at: Position) -> Diagnostic {
    error(
        at,
        "tag",
        "w harmonogramie nie używa się znaczników (!nazwa)",
        "tags (!name) are not used in a schedule",
    )
    .or_help(
        "usuń go; jeśli to początek tekstu, weź go w cudzysłów: \"!…\"",
        "take it away; if it begins a text, put the text in quotes: \"!…\"",
    )
}

/// A second `---`.
pub(crate) fn second_document(at: Position) -> Diagnostic {
    error(
        at,
        "second-document",
        "tu zaczyna się drugi dokument, a harmonogram jest jeden",
        "a second document begins here; a schedule is one",
    )
    .or_help(
        "jeśli to dalszy ciąg, usuń sam wiersz „---”; jeśli to drugi harmonogram, przenieś z niego \
         to, czego tu brakuje, i dopiero wtedy usuń go",
        "if it goes on here, take away only the line \"---\"; if it is another schedule, move over \
         what is missing here before you take it away",
    )
}

/// A tab where spaces are wanted.
pub(crate) fn tab(at: Position) -> Diagnostic {
    error(
        at,
        "tab",
        "jest tu tabulator, a YAML potrzebuje spacji",
        "a tab stands where YAML wants spaces",
    )
    .or_help("usuń go i wpisz spacje", "delete it and type spaces")
}

pub(crate) fn open_quote(at: Position) -> Diagnostic {
    error(
        at,
        "open-quote",
        "tego cudzysłowu nic nie zamyka",
        "this quotation mark is never closed",
    )
    .or_help(
        "dopisz taki sam znak na końcu tekstu",
        "add the same mark at the end of the text",
    )
}

pub(crate) fn open_bracket(at: Position, bracket: char) -> Diagnostic {
    let problem = error(
        at,
        "open-bracket",
        format!("tego nawiasu „{bracket}” nic nie zamyka"),
        format!("this \"{bracket}\" is never closed"),
    );
    if bracket == '{' {
        problem.or_help(
            "dopisz „}” na końcu; tekst z przecinkiem lub klamrą weź w cudzysłów",
            "add \"}\" at its end; a text with a comma or brace in it needs quotes",
        )
    } else {
        problem.or_help(
            "dopisz „]” na końcu; tekst z przecinkiem lub nawiasem weź w cudzysłów",
            "add \"]\" at its end; a text with a comma or bracket in it needs quotes",
        )
    }
}

/// A bracket or brace that was never opened.
pub(crate) fn stray_bracket(at: Position) -> Diagnostic {
    error(
        at,
        "stray-bracket",
        "ten nawias niczego nie zamyka",
        "this bracket closes nothing",
    )
    .or_help(
        "usuń go albo weź tekst w cudzysłów",
        "take it away, or put the text in quotes",
    )
}

/// `key:value`.
pub(crate) fn no_space_after_colon(at: Position) -> Diagnostic {
    error(
        at,
        "no-space-after-colon",
        "po dwukropku brakuje spacji",
        "a space is missing after the colon",
    )
    .or_help("napisz „klucz: wartość”", "write \"key: value\"")
}

/// `-entry`.
pub(crate) fn no_space_after_dash(at: Position) -> Diagnostic {
    error(
        at,
        "no-space-after-dash",
        "po myślniku brakuje spacji",
        "a space is missing after the dash",
    )
    .or_help("napisz „- ” i dopiero potem pozycję", "write \"- entry\"")
}

/// A line that is neither a key nor a list's entry.
pub(crate) fn no_colon(at: Position) -> Diagnostic {
    error(
        at,
        "no-colon",
        "ten wiersz to ani „klucz: wartość”, ani „- pozycja”",
        "this line is neither \"key: value\" nor \"- entry\"",
    )
    .or_help(
        "dopisz dwukropek albo wetnij wiersz, jeśli to dalszy ciąg tekstu",
        "add the colon, or indent the line if it continues the text above",
    )
}

/// `key: some: text`.
pub(crate) fn colon_in_text(at: Position) -> Diagnostic {
    error(
        at,
        "colon-in-text",
        "dwukropek w tekście wygląda jak nowy klucz",
        "a colon within a text reads as a new key",
    )
    .or_help(
        "weź cały tekst w cudzysłów: title: \"Spotkanie: wiosna\"",
        "put the whole text in quotes: title: \"Spotkanie: wiosna\"",
    )
}

/// `key: text # comment`, and then more text.
pub(crate) fn text_after_comment(at: Position) -> Diagnostic {
    error(
        at,
        "text-after-comment",
        "po komentarzu (#) tekst nie może się ciągnąć dalej",
        "a text cannot go on after a comment (#)",
    )
    .or_help(
        "weź tekst w cudzysłów albo przenieś komentarz do osobnego wiersza",
        "put the text in quotes, or the comment on a line of its own",
    )
}

/// A line that is not indented as its neighbours are.
pub(crate) fn indentation(at: Position) -> Diagnostic {
    error(
        at,
        "indentation",
        "ten wiersz jest wcięty inaczej niż sąsiednie",
        "this line is not indented like its neighbours",
    )
    .or_help(
        "zacznij wiersz równo z tymi, do których należy: klucz pod kluczem, „-” pod „-”",
        "begin the line exactly below those that it belongs with: a key below a key, a dash \
         below a dash",
    )
}

/// `key: - entry`.
pub(crate) fn dash_after_key(at: Position) -> Diagnostic {
    error(
        at,
        "dash-after-key",
        "lista nie może się zacząć w wierszu swojego klucza",
        "a list cannot begin on its key's line",
    )
    .or_help(
        "zacznij listę w następnym wierszu albo napisz ją tak: [pierwsza, druga]",
        "begin the list on the next line, or write it as [one, two]",
    )
}

/// `- entry`, and below it a key, or a key and below it `- entry`.
pub(crate) fn list_mixed_with_keys(at: Position) -> Diagnostic {
    error(
        at,
        "list-mixed-with-keys",
        "pozycje („- …”) i klucze stoją tu obok siebie",
        "entries (\"- …\") and keys stand side by side here",
    )
    .or_help(
        "wetnij to, co należy do pozycji powyżej; nową pozycję zacznij od „- ”",
        "indent what belongs to the entry above; begin a new entry with \"- \"",
    )
}

/// A text that begins with a character that YAML keeps for itself.
pub(crate) fn reserved_start(at: Position, character: char) -> Diagnostic {
    error(
        at,
        "reserved-start",
        format!("tekst bez cudzysłowu nie może się zaczynać od „{character}”"),
        format!("a text without quotes cannot begin with \"{character}\""),
    )
    .or_help("weź tekst w cudzysłów", "put the text in quotes")
}

/// A backslash that YAML does not know, within double quotes.
pub(crate) fn backslash(at: Position) -> Diagnostic {
    error(
        at,
        "backslash",
        "YAML nie zna takiego użycia ukośnika (\\)",
        "YAML does not know this backslash (\\)",
    )
    .or_help(
        "napisz '…' zamiast \"…\" albo \\\\, jeśli chodzi o jeden ukośnik",
        "write '…' instead of \"…\", or \\\\ for one backslash",
    )
}

/// `"text" more text`.
pub(crate) fn text_after_quote(at: Position) -> Diagnostic {
    error(
        at,
        "text-after-quote",
        "po zamykającym cudzysłowie jest jeszcze tekst",
        "there is text behind the closing quotation mark",
    )
    .or_help(
        "weź cały tekst w '…' albo użyj w środku „polskich” cudzysłowów",
        "put the whole text in '…', or use „typographic” quotation marks within it",
    )
}

/// An invisible character outside a text.
pub(crate) fn invisible(at: Position) -> Diagnostic {
    error(
        at,
        "invisible-character",
        "jest tu niewidoczny znak",
        "an invisible character stands here",
    )
    .or_help(
        "usuń go; wpisz słowa obok jeszcze raz",
        "delete it; retype the words around it",
    )
}

/// Anything else: the library's own words would help nobody.
pub(crate) fn other(at: Position) -> Diagnostic {
    error(
        at,
        "syntax",
        "tego wiersza nie da się odczytać",
        "this line cannot be read",
    )
    .or_help(
        "porównaj go z podobnym wierszem powyżej: wcięcie, dwukropek, cudzysłowy, nawiasy",
        "compare it with a similar line above: its indentation, colon, quotes, brackets",
    )
}
