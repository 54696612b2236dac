//! What the officer reads at the desk, Polish and English side by side. A row
//! without one of them does not compile.

use crate::texts::Language;

macro_rules! words {
    ($($name:ident: $polish:literal, $english:literal;)*) => {
        /// The desk's words in one language.
        #[derive(Debug)]
        pub(super) struct Words {
            pub(super) code: &'static str,
            $(pub(super) $name: &'static str,)*
        }

        const POLISH: Words = Words { code: "pl", $($name: $polish,)* };
        const ENGLISH: Words = Words { code: "en", $($name: $english,)* };
    };
}

/// The words for a reader of `language`; a reader of Ukrainian gets English.
pub(super) const fn words(language: Language) -> &'static Words {
    match language {
        Language::Polish => &POLISH,
        Language::English | Language::Ukrainian => &ENGLISH,
    }
}

words! {
    desk: "Biurko", "Desk";
    skip: "Przejdź do treści", "Skip to content";
    meetings: "Spotkania", "Meetings";
    places: "Miejsca", "Places";
    whole_file: "Cały plik jako tekst", "The whole file as text";
    back_home: "Wszystkie spotkania", "All meetings";

    // The list.
    ahead: "Przed nami", "Ahead";
    past: "Już za nami", "Past";
    nothing_ahead: "Żadne spotkanie nie jest zapowiedziane.", "No meeting is announced.";
    add_meeting: "Dodaj spotkanie", "Add a meeting";
    add_place: "Dodaj miejsce", "Add a place";
    no_place_yet: "miejsce wkrótce podamy", "place to be announced";
    file_is_broken: "W pliku są błędy: popraw je w tekście, a wrócą formularze.", "The file has mistakes: mend them in the text, and the forms come back.";
    file_has_warnings: "Plik jest w porządku, ale sprawdź, czy tak ma być:", "The file is in order, but look whether this is meant:";
    saved: "Zapisano.", "Saved.";
    saved_means: "Zmiana jest w pliku na tym komputerze. Mieszkańcy zobaczą ją, gdy plik zostanie opublikowany.", "The change is in the file on this computer. Residents will see it once the file is published.";
    saved_served: "Strona pokaże zmianę za chwilę, kalendarze w telefonach po kilku godzinach, Google nawet po dobie.", "The site shows the change in a moment, calendars on phones within hours, Google up to a day later.";
    undo: "Cofnij ostatni zapis", "Undo the last save";
    undone: "Cofnięto.", "Undone.";
    undone_means: "Plik jest taki, jak przed ostatnim zapisem.", "The file is as it was before the last save.";
    soon: "To spotkanie jest za mniej niż 48 godzin: daj znać ludziom od razu", "This meeting is less than 48 hours away: tell people at once";
    soon_means: "Kalendarz Google pokaże zmianę nawet po dobie. Skopiuj i rozgłoś:", "Google Calendar shows a change up to a day later. Copy and spread:";

    // A form.
    new_meeting: "Nowe spotkanie", "New meeting";
    new_place: "Nowe miejsce", "New place";
    edit_meeting: "Spotkanie", "Meeting";
    copy_meeting: "Dodaj podobne", "Add one like it";
    look: "Sprawdź i pokaż, co się zmieni", "Check and show what will change";
    venue_new: "Nie ma go na liście? Dopisz nowe miejsce", "Not in the list? Add a new place";
    more_meeting: "Własny tytuł, inne dzielnice", "Its own title, other districts";
    more_place: "Więcej o miejscu: gospodarz, opis, dostępność, kontakt, mapa", "More about the place: who runs it, what it is like, access, contact, map";
    afterwards: "Po spotkaniu: co z niego wynikło", "Afterwards: what came of it";
    choose: "– wybierz –", "– choose –";
    translations: "Po angielsku i ukraińsku", "In English and Ukrainian";
    errors_above: "Jeszcze nie da się zapisać. Popraw to:", "It cannot be saved yet. Mend this:";
    no_date: "Podaj datę.", "Give the date.";
    no_venue: "Wybierz miejsce. Jeśli go jeszcze nie znasz, zaznacz niżej dzielnice spotkania.", "Choose the place. If you do not know it yet, tick the meeting’s districts below.";
    no_districts: "Zaznacz dzielnice, jeśli miejsce nie jest jeszcze znane.", "Tick the districts if the place is not known yet.";
    no_name: "Podaj nazwę miejsca.", "Give the place’s name.";
    no_district: "Wybierz dzielnicę.", "Choose the district.";
    id: "Identyfikator", "Identifier";
    id_hint: "koniec adresu strony; zostaw tak, jak jest: robi się sam i nigdy się nie zmienia", "the end of the page’s address; leave it as it is: it makes itself and never changes";
    date: "Data", "Date";
    window: "Godziny", "Hours";
    window_hint: "puste: godziny całego cyklu; inaczej na przykład 15:00-19:00", "empty: the cycle’s own hours; otherwise such as 15:00-19:00";
    venue: "Miejsce", "Place";
    venue_none: "jeszcze nieznane", "not known yet";
    districts: "Dzielnice", "Districts";
    districts_hint: "puste: dzielnica miejsca; zaznacz, gdy miejsce nie jest znane albo spotkanie jest ważne także dla innych dzielnic", "empty: the place’s district; choose where the place is not known or other districts care too";
    districts_all: "całe miasto", "the whole city";
    status: "Czy się odbędzie?", "Is it on?";
    confirmed: "odbędzie się", "it is on";
    tentative: "termin wstępny", "provisional";
    cancelled: "odwołane", "cancelled";
    postponed: "przełożone, nowego terminu jeszcze nie ma", "postponed, no new date yet";
    title: "Własny tytuł", "Its own title";
    title_hint: "puste: tytuł cyklu i nazwa miejsca", "empty: the cycle’s title and the place’s name";
    note: "Uwaga dla mieszkańców", "Note for residents";
    note_hint: "na przykład powód odwołania", "such as why it is cancelled";
    results: "Co z tego wynikło", "What came of it";
    results_hint: "po spotkaniu, dla wszystkich, którzy nie mogli przyjść", "afterwards, for everybody who could not come";
    links: "Odsyłacze", "Links";
    links_hint: "każdy w osobnym wierszu: tytuł | https://…", "each on a line of its own: title | https://…";
    name: "Nazwa", "Name";
    district: "Dzielnica", "District";
    address: "Adres", "Address";
    address_hint: "ulica, numer i miejscowość", "street, number and town";
    latitude: "Szerokość geograficzna", "Latitude";
    latitude_hint: "z mapy; można wkleić obie liczby naraz: 50.0614, 19.9372", "from a map; both numbers may be pasted at once: 50.0614, 19.9372";
    longitude: "Długość geograficzna", "Longitude";
    longitude_hint: "z mapy, na przykład 19.9372", "from a map, such as 19.9372";
    host: "Kto prowadzi to miejsce", "Who runs the place";
    url: "Strona miejsca", "The place’s page";
    url_hint: "zaczyna się od https://", "begins with https://";
    email: "E-mail miejsca", "The place’s e-mail";
    phone: "Telefon miejsca", "The place’s phone";
    description: "Opis miejsca", "What the place is like";
    access: "Dostępność", "Accessibility";

    // After a look.
    look_title: "Sprawdź przed zapisaniem", "Look before you save";
    look_whether: "Czy tak ma być?", "Is this meant?";
    not_saved_yet: "Jeszcze nic nie zapisano. Jeśli o to chodziło, naciśnij „Zapisz” na dole.", "Nothing is saved yet. If this is what you meant, press “Save” below.";
    residents_see_nothing: "Dla mieszkańców nic się nie zmienia.", "Nothing changes for residents.";
    still_postponed: "Data jest nowa, a spotkanie nadal oznaczone jako przełożone. Jeśli to już nowy termin, wróć i wybierz „odbędzie się”.", "The date is new, and the meeting is still marked as postponed. If this is the new date, go back and choose “it is on”.";
    residents_see: "Co zobaczą mieszkańcy", "What residents will see";
    file_changes: "Wiersze pliku, które się zmienią", "Lines of the file that change";
    nothing_changes: "Nic się nie zmienia.", "Nothing changes.";
    preview_page: "Zobacz stronę po zmianie", "See the page after the change";
    preview_poster: "Zobacz plakat po zmianie", "See the poster after the change";
    preview_opens: "otwiera się w nowej karcie", "opens in a new tab";
    save: "Zapisz", "Save";
    correct: "Wróć i popraw", "Back to the form";
    by_hand: "Tego pliku nie da się zmienić w tym miejscu tak, by reszta została nietknięta. Wklej te wiersze ręcznie", "This file cannot be changed here so that the rest stays untouched. Paste these lines by hand";
    by_hand_where: "w całym pliku jako tekst, w miejscu tego wpisu.", "in the whole file as text, in the place of this entry.";

    // What can go wrong.
    not_own: "Biurko uruchomiono ponownie", "The desk was started anew";
    not_own_means: "Formularz jest sprzed tego czasu. Nic nie zapisano, ale to, co w nim było, jest tutaj: sprawdź jeszcze raz.", "The form is from before that. Nothing was saved, but what it said is here: check it once more.";
    stale: "Plik zmienił się, odkąd otwarto ten formularz", "The file changed since this form was opened";
    stale_means: "Ktoś zapisał go w innej karcie albo w innym programie. Nic nie zapisano. Poniżej jest to, co jest w pliku teraz, i to, co było w formularzu.", "Somebody saved it in another tab or program. Nothing was saved. Below is what the file says now, and what the form said.";
    stale_file: "W pliku jest teraz", "The file says now";
    stale_form: "W formularzu było", "The form said";
    stale_again: "Sprawdź formularz z tym plikiem", "Check the form with this file";
    not_saved: "Nie zapisano", "Not saved";
    not_saved_means: "Plik jest taki, jaki był.", "The file is as it was.";
    no_undo: "Nie da się już cofnąć: plik zmienił się od zapisu.", "It cannot be undone any more: the file changed since.";
    unreadable: "Nie da się odczytać pliku", "The file cannot be read";
    no_such_entry: "Nie ma takiego wpisu", "There is no such entry";

    // The text.
    text_label: "Treść pliku", "The file’s text";
    text_look: "Sprawdź", "Check";
}
