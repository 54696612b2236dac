//! What is possible, and rarely meant: warnings.

use chrono::{Datelike, NaiveDate};

use super::{Diagnostic, Position, date_in_words, day_in_words, plural, quoted};

problems! {
    /// A text that ends before a `#`; `cut` is what stands from there on.
    warning "cut-by-hash" cut_by_hash(at, key: &str, text: &str, cut: &str):
        let right = in_quotes(&format!("{text} {cut}"));
        "„{key}” kończy się przed „#”, bo # zaczyna komentarz",
        "\"{key}\" ends before \"#\", as # begins a comment"
        .help("napisz {key}: \"{right}\"", "write {key}: \"{right}\"");

    /// A text that begins with a `#`.
    warning "cut-by-hash" emptied_by_hash(at, key: &str, cut: &str):
        let right = in_quotes(cut);
        "„{key}” jest puste, bo # zaczyna komentarz",
        "\"{key}\" says nothing, as # begins a comment"
        .help("napisz {key}: \"{right}\"", "write {key}: \"{right}\"");
}

fn in_quotes(text: &str) -> String {
    quoted(&text.replace('\\', "\\\\").replace('"', "\\\""))
}

problems! {
    /// UTF-8 that was read as something else and saved again; `right` is what it
    /// says.
    warning "broken-letters" broken_letters(at, right: &str):
        let right = quoted(right);
        "polskie litery wyglądają na zepsute przez złe kodowanie",
        "letters look broken by a wrong encoding"
        .help("wpisz tekst od nowa (chyba „{right}”) i zapisz plik w kodowaniu UTF-8",
              "type the text again (probably \"{right}\") and save the file in UTF-8");

    /// A key without its colon, which became part of the text above.
    warning "key-in-text" key_in_text(at, key: &str, line: &str):
        let line = quoted(line);
        "tekst zawiera „{line}”: czy nie brakuje dwukropka?",
        "the text holds \"{line}\": is not a colon missing?"
        .help("jeśli tak, zacznij wiersz równo z innymi kluczami i napisz „{key}: …”",
              "if so, begin the line below the other keys and write \"{key}: …\"");

    /// Hours that most people sleep; `right` are those that may be meant.
    warning "night-hours" night(at, right: Option<&str>):
        "to godziny nocne", "these are hours of the night"
        .help_if(let Some(right) = right, "czy chodziło o {right}?", "did you mean {right}?")
        .help("czy tak ma być?", "is that meant?");

    /// Less than an hour.
    warning "short" short(at, minutes: usize):
        let noun = plural(minutes, "minutę", "minuty", "minut");
        let unit = if minutes == 1 { "minute" } else { "minutes" };
        "spotkanie trwa tylko {minutes} {noun}", "the session takes only {minutes} {unit}"
        .help("czy tak ma być?", "is that meant?");

    warning "weekend" weekend(at, date: NaiveDate):
        let (polish, english) = date_in_words(date);
        let (polish_day, english_day) = day_in_words(date.weekday());
        let key = english_day.to_lowercase();
        "{polish} to {polish_day}", "{english} is a {english_day}"
        .help("jeśli tak ma być, napisz to: „weekday: {polish_day}”",
              "if that is meant, say so: \"weekday: {key}\"");

    /// Two sessions that overlap.
    warning "same-time" same_time(at, other: &str, line: u32):
        "w tym samym czasie co spotkanie „{other}” (wiersz {line})",
        "at the same time as the session \"{other}\" (line {line})"
        .help("czy w jednej z dat nie ma pomyłki?", "is one of the two dates a slip?");

    warning "far-ahead" far_ahead(at, date: NaiveDate):
        let (polish, english) = date_in_words(date);
        "do {polish} są ponad dwa lata", "{english} is more than two years away"
        .help("czy rok się zgadza?", "is the year right?");

    warning "long-ago" long_ago(at, date: NaiveDate):
        let (polish, english) = date_in_words(date);
        "{polish} to bardzo dawno", "{english} is long ago"
        .help("czy rok się zgadza?", "is the year right?");

    warning "swapped-coordinates" swapped_coordinates(at, latitude: f64, longitude: f64):
        let right = format!("{{lat: {longitude}, lon: {latitude}}}");
        "szerokość i długość geograficzna wyglądają na zamienione",
        "latitude and longitude look the wrong way round"
        .help("jeśli tak, napisz „{right}”", "if so, write \"{right}\"");
}
