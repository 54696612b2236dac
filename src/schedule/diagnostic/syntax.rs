//! The file as a whole, and what of it is not YAML or not the YAML of a
//! schedule.

use super::super::LARGEST;
use super::{Diagnostic, Position};

problems! {
    error "too-large" too_large(at, bytes: usize):
        // With one decimal, rounded up so that it never reads as the limit itself.
        let tenths = (bytes * 10).div_ceil(1024 * 1024);
        let (whole, tenth) = (tenths / 10, tenths % 10);
        let limit = LARGEST / 1024 / 1024;
        "plik ma {whole},{tenth} MB, a harmonogram może mieć najwyżej {limit} MB",
        "the file has {whole}.{tenth} MB; a schedule may have {limit} MB"
        .or_help(RIGHT_FILE.0, RIGHT_FILE.1);

    error "too-many-values" too_many_values(at):
        "plik ma ponad milion wartości", "the file has more than a million values"
        .or_help(RIGHT_FILE.0, RIGHT_FILE.1);
}

const RIGHT_FILE: (&str, &str) = (
    "czy to na pewno ten plik? Harmonogram z tysiącem spotkań nie ma nawet 1 MB",
    "is this the right file? A schedule of a thousand sessions has less than 1 MB",
);

problems! {
    error "too-deep" too_deep(at):
        "listy i klucze są zagnieżdżone na ponad 32 poziomy",
        "lists and keys stand in one another more than 32 deep"
        .help("czy to na pewno ten plik? Harmonogramowi wystarcza sześć",
              "is this the right file? A schedule needs six");

    error "not-utf8" not_utf8(at):
        "ten znak nie jest zapisany w UTF-8", "this character is not saved in UTF-8"
        .help("zapisz plik w UTF-8 (w Notatniku: Zapisz jako, Kodowanie: UTF-8)",
              "save the file in UTF-8 (in Notepad: Save as, Encoding: UTF-8)");

    /// Nothing but blanks and comments.
    error "empty" empty(at):
        "plik jest pusty", "the file is empty"
        .or_help(BEGINS_WITH.0, BEGINS_WITH.1);

    /// A list, or a single value.
    error "no-keys" no_keys(at):
        "to nie jest harmonogram: nie ma kluczy", "this is not a schedule: it has no keys"
        .or_help(BEGINS_WITH.0, BEGINS_WITH.1);
}

const BEGINS_WITH: (&str, &str) = (
    "harmonogram zaczyna się od „calendar:”",
    "a schedule begins with \"calendar:\"",
);

problems! {
    /// `&name`.
    error "anchor" anchor(at):
        "w harmonogramie nie używa się kotwic (&nazwa)",
        "anchors (&name) are not used in a schedule"
        .help("usuń ją; jeśli to początek tekstu, weź go w cudzysłów: \"&…\"",
              "take it away; if it begins a text, put the text in quotes: \"&…\"");

    /// `*name`.
    error "alias" alias(at):
        "w harmonogramie nie używa się odwołań (*nazwa)",
        "aliases (*name) are not used in a schedule"
        .help("wpisz wartość w całości; jeśli to początek tekstu, weź go w cudzysłów: \"*…\"",
              "write the value out; if it begins a text, put the text in quotes: \"*…\"");

    /// `<<: …`.
    error "merge-key" merge_key(at):
        "w harmonogramie nie używa się scalania (<<)", "merge keys (<<) are not used in a schedule"
        .help("wpisz klucze w całości", "write the keys out");

    /// `!!str`.
    error "tag" tag(at):
        "w harmonogramie nie używa się znaczników (!nazwa)",
        "tags (!name) are not used in a schedule"
        .help("usuń go; jeśli to początek tekstu, weź go w cudzysłów: \"!…\"",
              "take it away; if it begins a text, put the text in quotes: \"!…\"");

    /// A second `---`.
    error "second-document" second_document(at):
        "tu zaczyna się drugi dokument, a harmonogram jest jeden",
        "a second document begins here; a schedule is one"
        .help("jeśli to dalszy ciąg, usuń sam wiersz „---”; jeśli to drugi harmonogram, przenieś z \
               niego to, czego tu brakuje, i dopiero wtedy usuń go",
              "if it goes on here, take away only the line \"---\"; if it is another schedule, \
               move over what is missing here before you take it away");

    /// A tab where spaces are wanted.
    error "tab" tab(at):
        "jest tu tabulator, a YAML potrzebuje spacji", "a tab stands where YAML wants spaces"
        .help("usuń go i wpisz spacje", "delete it and type spaces");

    error "open-quote" open_quote(at):
        "tego cudzysłowu nic nie zamyka", "this quotation mark is never closed"
        .help("dopisz taki sam znak na końcu tekstu", "add the same mark at the end of the text");

    error "open-bracket" open_bracket(at, bracket: char):
        "tego nawiasu „{bracket}” nic nie zamyka", "this \"{bracket}\" is never closed"
        .help_if(bracket == '{',
            "dopisz „}}” na końcu; tekst z przecinkiem lub klamrą weź w cudzysłów",
            "add \"}}\" at its end; a text with a comma or brace in it needs quotes")
        .help("dopisz „]” na końcu; tekst z przecinkiem lub nawiasem weź w cudzysłów",
              "add \"]\" at its end; a text with a comma or bracket in it needs quotes");

    /// A bracket or brace that was never opened.
    error "stray-bracket" stray_bracket(at):
        "ten nawias niczego nie zamyka", "this bracket closes nothing"
        .help("usuń go albo weź tekst w cudzysłów", "take it away, or put the text in quotes");

    /// `key:value`.
    error "no-space-after-colon" no_space_after_colon(at):
        "po dwukropku brakuje spacji", "a space is missing after the colon"
        .help("napisz „klucz: wartość”", "write \"key: value\"");

    /// `-entry`.
    error "no-space-after-dash" no_space_after_dash(at):
        "po myślniku brakuje spacji", "a space is missing after the dash"
        .help("napisz „- ” i dopiero potem pozycję", "write \"- entry\"");

    /// A line that is neither a key nor a list's entry.
    error "no-colon" no_colon(at):
        "ten wiersz to ani „klucz: wartość”, ani „- pozycja”",
        "this line is neither \"key: value\" nor \"- entry\""
        .help("dopisz dwukropek albo wetnij wiersz, jeśli to dalszy ciąg tekstu",
              "add the colon, or indent the line if it continues the text above");

    /// `key: some: text`.
    error "colon-in-text" colon_in_text(at):
        "dwukropek w tekście wygląda jak nowy klucz", "a colon within a text reads as a new key"
        .help("weź cały tekst w cudzysłów: title: \"Spotkanie: wiosna\"",
              "put the whole text in quotes: title: \"Spotkanie: wiosna\"");

    /// `key: text # comment`, and then more text.
    error "text-after-comment" text_after_comment(at):
        "po komentarzu (#) tekst nie może się ciągnąć dalej",
        "a text cannot go on after a comment (#)"
        .help("weź tekst w cudzysłów albo przenieś komentarz do osobnego wiersza",
              "put the text in quotes, or the comment on a line of its own");

    /// A line that is not indented as its neighbours are.
    error "indentation" indentation(at):
        "ten wiersz jest wcięty inaczej niż sąsiednie",
        "this line is not indented like its neighbours"
        .help("zacznij wiersz równo z tymi, do których należy: klucz pod kluczem, „-” pod „-”",
              "begin the line exactly below those that it belongs with: a key below a key, a dash \
               below a dash");

    /// `key: - entry`.
    error "dash-after-key" dash_after_key(at):
        "lista nie może się zacząć w wierszu swojego klucza",
        "a list cannot begin on its key's line"
        .help("zacznij listę w następnym wierszu albo napisz ją tak: [pierwsza, druga]",
              "begin the list on the next line, or write it as [one, two]");

    /// `- entry`, and below it a key, or a key and below it `- entry`.
    error "list-mixed-with-keys" list_mixed_with_keys(at):
        "pozycje („- …”) i klucze stoją tu obok siebie",
        "entries (\"- …\") and keys stand side by side here"
        .help("wetnij to, co należy do pozycji powyżej; nową pozycję zacznij od „- ”",
              "indent what belongs to the entry above; begin a new entry with \"- \"");

    /// A text that begins with a character that YAML keeps for itself.
    error "reserved-start" reserved_start(at, character: char):
        "tekst bez cudzysłowu nie może się zaczynać od „{character}”",
        "a text without quotes cannot begin with \"{character}\""
        .help("weź tekst w cudzysłów", "put the text in quotes");

    /// A backslash that YAML does not know, within double quotes.
    error "backslash" backslash(at):
        "YAML nie zna takiego użycia ukośnika (\\)", "YAML does not know this backslash (\\)"
        .help("napisz '…' zamiast \"…\" albo \\\\, jeśli chodzi o jeden ukośnik",
              "write '…' instead of \"…\", or \\\\ for one backslash");

    /// `"text" more text`.
    error "text-after-quote" text_after_quote(at):
        "po zamykającym cudzysłowie jest jeszcze tekst",
        "there is text behind the closing quotation mark"
        .help("weź cały tekst w '…' albo użyj w środku „polskich” cudzysłowów",
              "put the whole text in '…', or use „typographic” quotation marks within it");

    /// An invisible character outside a text.
    error "invisible-character" invisible(at):
        "jest tu niewidoczny znak", "an invisible character stands here"
        .help("usuń go; wpisz słowa obok jeszcze raz", "delete it; retype the words around it");

    /// Anything else: the library's own words would help nobody.
    error "syntax" other(at):
        "tego wiersza nie da się odczytać", "this line cannot be read"
        .help("porównaj go z podobnym wierszem powyżej: wcięcie, dwukropek, cudzysłowy, nawiasy",
              "compare it with a similar line above: its indentation, colon, quotes, brackets");
}
