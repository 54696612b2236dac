//! What only shows beside what was published before, or beside the clock.

use chrono::{DateTime, NaiveDate, Utc};

use super::super::model::{Id, Session};
use super::{Diagnostic, Position, date_in_words};

/// What a session that is gone probably became under another id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Twin {
    /// At the same time in the same place.
    Same(Id),
    /// A new one within two months: id and date changed together.
    Moved(Id),
}

problems! {
    /// The history beside the schedule is that of the calendar `before`.
    error "other-calendar" other_calendar(at, before: &str, now: &str):
        "historia obok jest historią kalendarza „{before}”, a to jest „{now}”",
        "the history is that of the calendar \"{before}\", and this is \"{now}\""
        .help("„id” kalendarza nigdy się nie zmienia: przywróć „id: {before}” pod „calendar”; nowy \
               kalendarz zaczyna z własną historią, w innym folderze",
              "a calendar's id never changes: put \"id: {before}\" back under \"calendar\"; a new \
               calendar begins with a history of its own, in another folder");

    /// Ids and aliases of a district that were published and that nobody
    /// answers to. `heir` is the district that seems to stand in its place,
    /// and `aliases` those that it then needs.
    error "lost-address" lost_address(at, lost: &[&str], heir: Option<&str>, aliases: &str):
        let (polish, english) = (lost.join("”, „"), lost.join("\", \""));
        "dzielnica „{polish}” była ogłoszona, a teraz żadna nie ma takiego „id” ani aliasu",
        "the district \"{english}\" was published, and now none has that id or alias"
        .help_if(let Some(heir) = heir,
            "ludzie subskrybują ten adres: przywróć, co było, albo daj dzielnicy „{heir}” \
             „aliases: [{aliases}]”",
            "people subscribe to that address: put it back as it was, or give the district \
             \"{heir}\" \"aliases: [{aliases}]\"")
        .help("ludzie subskrybują ten adres: przywróć dzielnicę, a jeśli zastąpiła ją inna, dopisz \
               tamtej „aliases: [{aliases}]” (obok aliasów, które już ma)",
              "people subscribe to that address: put the district back, or, where another took \
               its place, give that one \"aliases: [{aliases}]\" (beside those that it has)");

    /// A district's number that was published and that nobody answers to;
    /// `aliases` are those with which it is answered again.
    warning "lost-number" lost_number(at, number: &str, aliases: Option<&str>):
        "numer „{number}” był ogłoszony, a teraz nie prowadzi do żadnej dzielnicy",
        "the number \"{number}\" was published, and now it finds no district"
        .help_if(let Some(aliases) = aliases,
            "żeby adresy z tym numerem dalej działały, napisz „aliases: [{aliases}]”",
            "for addresses with that number to work on, write \"aliases: [{aliases}]\"")
        .help("czy tak ma być?", "is that meant?");

    /// A new or moved session in the past.
    warning "date-over" date_over(at, date: NaiveDate, is_new: bool):
        let (polish_date, english_date) = date_in_words(date);
        let (polish, english) = if is_new {
            ("nowe spotkanie", "a new session")
        } else {
            ("przeniesione spotkanie", "a moved session")
        };
        "{polish} ma datę, która już minęła ({polish_date})",
        "{english} has a date that is over ({english_date})"
        .help("czy rok i miesiąc się zgadzają?", "are year and month right?");

    /// Hours or zone of the calendar that would tell sessions of the past
    /// otherwise. `kept`: their ids and the hours that keep them.
    warning "past-rewritten" past_rewritten(at, kept: &[(String, String)]):
        let (count, most) = (kept.len(), 10);
        let (polish, english, them) = match count {
            1 => ("spotkania, które już się odbyło", "1 session that is over".to_owned(), "it"),
            _ => (
                "spotkań, które już się odbyły",
                format!("{count} sessions that are over"),
                "them",
            ),
        };
        let lines = |open: &str, close: &str| {
            let told = kept.iter().take(most);
            let told = told.map(|(id, window)| format!("{id} – {open}window: {window}{close}"));
            let more = if count > most { ", …" } else { "" };
            told.collect::<Vec<_>>().join(", ") + more
        };
        let (polish_lines, english_lines) = (lines("„", "”"), lines("\"", "\""));
        "ta zmiana przepisuje godziny {count} {polish}", "this change rewrites the hours of {english}"
        .help("żeby zostały takie, jakie były, dopisz: {polish_lines}",
              "to keep {them} as published, add: {english_lines}");

    /// No session ahead for longer than the rhythm.
    warning "nothing-ahead" nothing_ahead(at, last: NaiveDate):
        let (polish, english) = date_in_words(last);
        "ostatnie spotkanie było {polish}, a następnego nie ma dłużej, niż mówi „rhythm”",
        "the last session was on {english}, and none is ahead for longer than \"rhythm\" says"
        .help("dopisz następne spotkanie; jeśli cykl ma przerwę, powiedz o tym w „description”",
              "add the next session; if the cycle pauses, say so in \"description\"");

    /// No declaration of accessibility.
    warning "no-declaration" no_declaration(at):
        "nie ma deklaracji dostępności, której ustawa wymaga od podmiotu publicznego",
        "there is no declaration of accessibility, which the law asks of a public body"
        .help("jeśli stronę prowadzi podmiot publiczny, dopisz „accessibility”",
              "if a public body runs the site, add \"accessibility\"");

    /// A declaration of accessibility that lacks what inspectors look for.
    warning "declaration-incomplete" declaration_incomplete(at, key: &str):
        "w deklaracji dostępności brakuje „{key}”",
        "the declaration of accessibility lacks \"{key}\""
        .help_if(key == "exceptions",
            "dopisz „{key}”: co nie jest dostępne i dlaczego",
            "add \"{key}\": what is not accessible, and why")
        .help("dopisz „{key}”: dostępność architektoniczną siedziby",
              "add \"{key}\": how to get into the building");

    /// A line of the history that is no record.
    warning "history-line" history_line_unreadable(at, line: usize):
        "wiersz {line} historii nie daje się odczytać i jest pomijany",
        "line {line} of the history cannot be read and is left aside"
        .help("niczego w historii nie poprawiaj ręcznie; jeśli zostały w niej znaki konfliktu, \
               zostaw wiersze obu stron i usuń same znaki",
              "mend nothing in the history by hand; where marks of a merge are left, keep the \
               lines of both sides and take away the marks alone");

    /// A session that is gone from the schedule although it is still ahead.
    warning "vanished" vanished(at, session: &Session, twin: Option<&Twin>):
        let id = &session.id;
        let (polish, english) = date_in_words(session.date());
        "spotkania {id} ({polish}) nie ma już w harmonogramie, choć się jeszcze nie odbyło: jego \
         odbiorcy zobaczą, że jest odwołane",
        "the session {id} ({english}) is gone from the schedule although it is still ahead: its \
         subscribers will see it as cancelled"
        .help_if(let Some(Twin::Moved(twin)) = twin,
            "jeśli {twin} to to samo spotkanie w nowym terminie, przywróć mu dawne id {id}: wtedy \
             ludzie zobaczą przeniesienie, a nie odwołanie; jeśli nie, przywróć {id} z \
             „status: cancelled”",
            "if {twin} is the same session on a new date, put its old id {id} back: then people \
             see it moved and not cancelled; if not, put {id} back with \"status: cancelled\"")
        .help_if(let Some(Twin::Same(twin)) = twin,
            "spotkanie {twin} jest w tym samym czasie i miejscu: jeśli zmieniono tylko id, \
             przywróć dawne id {id}, bo id nigdy się nie zmienia",
            "the session {twin} is at the same time and place: if only the id was changed, put \
             the old id {id} back, since an id never changes")
        .help("przywróć je z „status: cancelled”, a jeśli trafiło do harmonogramu przez pomyłkę, \
               dopisz {id} do „withdrawn”",
              "put it back with \"status: cancelled\", or list {id} under \"withdrawn\" if it was \
               published by mistake");

    /// A public URL that was never told before.
    warning "other-address" address_changed(at, before: &str, now: &str):
        "publiczny adres zmieniono z {before} na {now}: każde spotkanie zostanie ogłoszone na \
         nowo, z nowym adresem",
        "the public URL was changed from {before} to {now}: every session is published anew with \
         its new address"
        .help("jeśli to pomyłka, przywróć „--public-url {before}”",
              "if that was a mistake, put \"--public-url {before}\" back");

    /// A public URL that was told before the last one.
    warning "other-address" address_of_another(at, before: &str, now: &str):
        "ostatnio ogłoszono pod adresem {before}, a publicznym adresem jest dawniejszy {now}: z \
         powodu samego adresu nic nie zostanie ogłoszone na nowo",
        "the last publication was made for {before}, and the public URL is the earlier {now}: \
         nothing is published anew for the address alone"
        .help("dwa serwery jednego harmonogramu niech mają jeden „--public-url”; jeśli adres \
               naprawdę wrócił do {now}, ogłoś wszystko na nowo: „spotkajmy publish --above” z \
               najwyższym „revision” z historii",
              "let two servers of one schedule have one \"--public-url\"; if the address did move \
               back to {now}, publish everything anew: \"spotkajmy publish --above\" with the \
               highest \"revision\" of the history");

    /// Nothing was ever published, or the history was lost.
    warning "no-history" no_history(at):
        "nie ma jeszcze historii: każde spotkanie uchodzi za nowe",
        "there is no history yet: every session counts as new"
        .help("za pierwszym razem tak ma być; jeśli harmonogram był już ogłoszony, przywróć jego \
               plik historii („….history.jsonl”), a jeśli zginął, ogłoś wszystko na nowo: \
               „spotkajmy publish --above 100”, z liczbą większą niż zmian jednego spotkania",
              "the first time that is right; if the schedule was published before, put its \
               history (\"….history.jsonl\") back, and if that is lost, publish everything anew: \
               \"spotkajmy publish --above 100\", with a number above the changes of any session");

    /// A record from the future.
    warning "clock-behind" clock_behind(at, newest: DateTime<Utc>):
        let newest = newest.format("%Y-%m-%d %H:%M UTC");
        "ostatni wpis historii jest z przyszłości ({newest}): zegar tego lub innego komputera \
         chodzi źle",
        "the last record of the history is from the future ({newest}): the clock of this or \
         another machine is wrong"
        .help("ustaw zegar; do tego czasu znaczniki zmian idą dalej od ostatniego wpisu",
              "set the clock; until then the stamps of changes go on from the last record");
}
