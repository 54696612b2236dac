//! Every text that residents read, the languages side by side: Polish,
//! English, Ukrainian, in this order. A row without one of them does not
//! compile, nor does one that leaves out what is to be filled in.

use std::fmt::Display;

use super::Language;

/// Rows `name: "Polish", "English", "Ukrainian";` -> the struct of all texts
/// in one language, and its three values.
macro_rules! table {
    ($($(#[$doc:meta])* $name:ident: $polish:literal, $english:literal, $ukrainian:literal;)*) => {
        /// Everything that the program says to residents, in one language.
        pub(crate) struct Words {
            language: Language,
            $($(#[$doc])* pub(crate) $name: &'static str,)*
        }

        const POLISH: Words = Words { language: Language::Polish, $($name: $polish,)* };
        const ENGLISH: Words = Words { language: Language::English, $($name: $english,)* };
        const UKRAINIAN: Words = Words { language: Language::Ukrainian, $($name: $ukrainian,)* };

        #[cfg(test)]
        const ROWS: &[[&str; 3]] = &[$([$polish, $english, $ukrainian],)*];
    };
}

/// The same of texts with something to fill in: a method each.
macro_rules! fill {
    ($($(#[$doc:meta])* $name:ident($value:ident):
       $polish:literal, $english:literal, $ukrainian:literal;)*) => {
        impl Words {$(
            $(#[$doc])*
            pub(crate) fn $name(&self, $value: impl Display) -> String {
                match self.language {
                    Language::Polish => format!($polish, $value = $value),
                    Language::English => format!($english, $value = $value),
                    Language::Ukrainian => format!($ukrainian, $value = $value),
                }
            }
        )*}

        #[cfg(test)]
        const ROWS_TO_FILL: &[[&str; 3]] = &[$([$polish, $english, $ukrainian],)*];
    };
}

impl Language {
    /// The texts in this language.
    pub(crate) const fn words(self) -> &'static Words {
        match self {
            Language::Polish => &POLISH,
            Language::English => &ENGLISH,
            Language::Ukrainian => &UKRAINIAN,
        }
    }
}

table! {
    // Around every page.

    /// OpenGraph's name of the language and country.
    locale: "pl_PL", "en_GB", "uk_UA";
    /// Jumps over the head of the page.
    skip: "Przejdź do treści", "Skip to content", "Перейти до вмісту";
    /// On every page of `preview`.
    preview_means: "Podgląd: mieszkańcy jeszcze tego nie widzą", "Preview: residents do not see this yet", "Попередній перегляд: мешканці цього ще не бачать";
    menu: "Menu", "Menu", "Меню";
    /// The landing page, in the navigation.
    meetings: "Spotkania", "Meetings", "Зустрічі";
    /// The places, in the navigation and as a heading.
    places: "Trzecie miejsca", "Third places", "Треті місця";
    /// The page for organisations, in the navigation.
    embedding: "Dla organizacji", "For organisations", "Для організацій";
    /// Names the switch of languages.
    languages: "Język", "Language", "Мова";

    // Where a session stands.

    /// Stands over the next session.
    next: "Najbliższe spotkanie", "Next meeting", "Найближча зустріч";
    /// Stands over the sessions after it.
    later: "Kolejne spotkania", "Later meetings", "Наступні зустрічі";
    /// Stands over past sessions.
    past: "Już za nami", "Past meetings", "Уже відбулися";
    /// It goes on at this moment.
    now: "Trwa teraz", "On right now", "Триває зараз";
    today: "Dziś", "Today", "Сьогодні";
    tomorrow: "Jutro", "Tomorrow", "Завтра";
    /// It is over.
    over: "Już się odbyło", "This meeting is over", "Уже відбулася";
    tentative: "Termin wstępny", "Provisional date", "Орієнтовна дата";
    cancelled: "Odwołane", "Cancelled", "Скасовано";
    postponed: "Przełożone", "Postponed", "Перенесено";
    cancelled_means:
        "To spotkanie się nie odbędzie. Prosimy nie przychodzić – drzwi mogą być zamknięte.",
        "This meeting will not take place. Please do not come: the door may be closed.",
        "Ця зустріч не відбудеться. Будь ласка, не приходьте: двері можуть бути зачинені.";
    postponed_means:
        "W tym terminie spotkanie się nie odbędzie. Nowy termin podamy tutaj i w kalendarzach.",
        "There is no meeting on this date. The new date will appear here and in calendars.",
        "У цей день зустріч не відбудеться. Нову дату оголосимо тут і в календарях.";
    tentative_means:
        "Ten termin może się jeszcze zmienić. Zajrzyj tu przed wyjściem z domu.",
        "This date may still change. Look here again before you leave home.",
        "Ця дата ще може змінитися. Загляньте сюди перед виходом з дому.";
    restored:
        "Spotkanie jednak się odbędzie – zapraszamy.",
        "The meeting is on after all – all welcome.",
        "Зустріч усе-таки відбудеться — запрошуємо.";
    /// A session that left the page's district, before what it was there.
    moved_away: "Przeniesione", "Moved", "Переміщено";
    /// Before the date and place that hold instead.
    moved_to: "Teraz", "Now", "Тепер";
    /// Before the date and place that held earlier.
    moved_from: "Wcześniej zapowiadaliśmy:", "We had announced:", "Раніше ми оголошували:";
    /// On the date that it was moved from, on the page of the district that it left.
    not_here_today:
        "Dziś nie ma tu spotkania.",
        "There is no meeting here today.",
        "Сьогодні тут зустрічі немає.";
    /// On the date that it was moved from.
    not_today:
        "Tego spotkania dziś nie ma.",
        "This meeting is not today.",
        "Цієї зустрічі сьогодні немає.";
    /// Before the title of a cancelled session: the only sign that every calendar program shows.
    off_cancelled: "ODWOŁANE: ", "CANCELLED: ", "СКАСОВАНО: ";
    /// The same of a postponed one.
    off_postponed: "PRZEŁOŻONE: ", "POSTPONED: ", "ПЕРЕНЕСЕНО: ";
    /// What a cancelled session says of itself first, in feeds.
    cancelled_notice:
        "To spotkanie się nie odbędzie.",
        "This meeting will not take place.",
        "Ця зустріч не відбудеться.";
    /// What a postponed session says of itself first, in feeds.
    postponed_notice:
        "To spotkanie nie odbędzie się w tym terminie. Nowy termin podamy wkrótce.",
        "This meeting will not take place on this date. A new date will be announced.",
        "Ця зустріч не відбудеться в цей день. Нову дату оголосимо згодом.";
    /// A status, as it follows "the meeting is".
    is_on: "odbędzie się", "on", "відбудеться";
    is_tentative: "wstępnie planowane", "tentative", "заплановано орієнтовно";
    is_cancelled: "odwołane", "cancelled", "скасовано";
    is_postponed: "przełożone", "postponed", "перенесено";

    // A session and its place.

    /// A label: how to get in.
    access: "Dostępność", "Accessibility", "Доступність";
    access_unknown:
        "Nie mamy jeszcze informacji o dostępności. Jeśli masz szczególne potrzeby, skontaktuj się z gospodarzami.",
        "We have no accessibility information yet. If you have access needs, please ask the hosts.",
        "Ми ще не маємо відомостей про доступність. Якщо ви маєте особливі потреби, зверніться до господарів.";
    /// A label: who runs the place.
    host: "Prowadzi", "Run by", "Господар місця";
    /// A label: the district.
    district: "Dzielnica", "District", "Район";
    districts: "Dzielnice", "Districts", "Райони";
    /// Stands for every district.
    whole_city: "Dla całego miasta", "For the whole city", "Для всього міста";
    /// A link to the place's own page.
    own_page: "Strona miejsca", "Venue website", "Сайт закладу";
    /// A link to a map.
    on_map: "Zobacz na mapie", "View map", "Показати на карті";
    free: "Udział jest bezpłatny.", "Taking part is free of charge.", "Участь безкоштовна.";
    /// A heading: the notes and pictures of a session that is over.
    results: "Co z tego wynikło", "What came of it", "Що з цього вийшло";
    /// A link to one session.
    details: "Szczegóły spotkania", "About this meeting", "Докладніше про зустріч";
    /// A heading: add one session to a calendar.
    add_one:
        "Dodaj to spotkanie do kalendarza",
        "Add this meeting to your calendar",
        "Додати цю зустріч до календаря";
    /// What adding one session means.
    add_one_means:
        "To jednorazowy wpis: późniejsze zmiany do niego nie dotrą. Żeby zawsze mieć aktualne terminy, lepiej zasubskrybować kalendarz.",
        "This is a single entry: later changes will not reach it. To always have the right dates, subscribe to the calendar instead.",
        "Це одноразовий запис: пізніші зміни до нього не потраплять. Щоб завжди мати правильні дати, краще підписатися на календар.";
    /// A link that downloads one session.
    file: "Plik .ics (Apple i inne)", ".ics file (Apple and others)", "Файл .ics (Apple та інші)";
    /// Stands where the place is not known yet, after a comma.
    place_to_be_announced:
        "miejsce podamy wkrótce",
        "place to be announced",
        "місце оголосимо згодом";
    /// The same alone.
    place_unknown: "Miejsce podamy wkrótce", "Place to be announced", "Місце оголосимо згодом";
    /// What a session without a place tells its subscribers.
    place_will_appear:
        "Miejsce podamy wkrótce: pojawi się tu automatycznie.",
        "The place is still to be announced and will appear here automatically.",
        "Місце оголосимо згодом: воно з’явиться тут автоматично.";
    step_free: "wejście bez progów i schodów", "step-free entrance", "вхід без порогів і сходів";
    accessible_toilet:
        "toaleta dostosowana do potrzeb osób z niepełnosprawnościami",
        "accessible toilet",
        "туалет, пристосований для людей з інвалідністю";
    hearing_loop: "pętla indukcyjna", "hearing loop", "індукційна петля";
    sign_language:
        "tłumaczenie na polski język migowy",
        "Polish Sign Language interpreting",
        "переклад польською жестовою мовою";

    // Nothing is announced.

    /// A heading: nothing is announced.
    nothing:
        "Kolejny termin podamy tutaj",
        "Next date to be announced",
        "Наступну дату оголосимо тут";
    /// What a reader can do meanwhile.
    nothing_means:
        "Nie ogłosiliśmy jeszcze terminu. Zasubskrybuj kalendarz, a następne spotkanie pojawi się w nim automatycznie.",
        "No date has been announced yet. Subscribe to the calendar and the next meeting will appear in it automatically.",
        "Дату ще не оголошено. Підпишіться на календар, і наступна зустріч з’явиться в ньому автоматично.";
    /// Nothing is announced in the chosen districts.
    nothing_here:
        "Na razie nie zapowiedzieliśmy tu żadnego spotkania. Zasubskrybuj kalendarz, a gdy się pojawi, zobaczysz je u siebie.",
        "No meeting has been announced here yet. Subscribe to the calendar, and when one is, you will see it in yours.",
        "Тут поки що не оголошено жодної зустрічі. Підпишіться на календар, і коли вона з’явиться, ви побачите її у себе.";
    rhythm_weekly:
        "Spotykamy się mniej więcej raz w tygodniu.",
        "We meet about once a week.",
        "Зустрічаємося приблизно раз на тиждень.";
    rhythm_monthly:
        "Spotykamy się mniej więcej raz w miesiącu.",
        "We meet about once a month.",
        "Зустрічаємося приблизно раз на місяць.";
    rhythm_quarterly:
        "Spotykamy się mniej więcej raz na kwartał.",
        "We meet about once every three months.",
        "Зустрічаємося приблизно раз на три місяці.";
    /// Stands over the next session of the whole cycle on such a page.
    nearest_elsewhere:
        "Tymczasem w innej części miasta",
        "Meanwhile, in another part of the city",
        "А тим часом в іншій частині міста";
    /// Nothing has been held yet.
    no_past:
        "Pierwsze spotkanie dopiero przed nami.",
        "The first meeting is still ahead of us.",
        "Перша зустріч ще попереду.";

    // Into a calendar.

    /// A heading: subscribe.
    subscribe:
        "Spotkania w Twoim kalendarzu",
        "Get the meetings in your calendar",
        "Зустрічі у вашому календарі";
    /// What subscribing gives.
    subscribe_means:
        "Subskrybujesz raz, a nowe terminy, zmiany i odwołania trafiają do Twojego kalendarza automatycznie.",
        "Subscribe once, and new dates, changes and cancellations reach your calendar automatically.",
        "Підпишіться один раз, і нові дати, зміни та скасування потраплятимуть до вашого календаря автоматично.";
    /// What it asks for.
    subscribe_costs:
        "Bez opłat i bez podawania jakichkolwiek danych.",
        "It costs nothing and asks for no data.",
        "Безкоштовно і без жодних даних.";
    /// The difference between subscribing and importing.
    subscribe_or_import:
        "Subskrypcja aktualizuje się automatycznie; zaimportowany plik to kopia z jednej chwili i nic się w niej już nie zmieni.",
        "A subscription keeps itself up to date; an imported file is a copy of one moment and never changes again.",
        "Підписка оновлюється автоматично; імпортований файл — це копія на певну мить, і в ній уже нічого не зміниться.";
    /// Stands before the places where urgent news is posted.
    channels:
        "Pilne wiadomości podajemy też tutaj",
        "Urgent news is also posted here",
        "Термінові новини публікуємо також тут";
    all_districts: "wszystkie dzielnice", "all districts", "усі райони";
    /// Opens the reader's own program.
    subscribe_here: "Dodaj do mojego kalendarza", "Add to my calendar", "Додати до мого календаря";
    /// Below it: what opens.
    subscribe_here_means:
        "Otwiera program kalendarza na tym urządzeniu (iPhone, iPad, Mac, Thunderbird). Na Androidzie i w Windows wybierz swój program z listy poniżej.",
        "Opens the calendar program on this device (iPhone, iPad, Mac, Thunderbird). On Android and Windows, choose your program from the list below.",
        "Відкриває програму календаря на цьому пристрої (iPhone, iPad, Mac, Thunderbird). На Android і Windows оберіть свою програму зі списку нижче.";
    /// So many districts that a calendar program would show nothing.
    feed_too_long:
        "Ten adres jest dłuższy, niż przyjmuje Kalendarz Google. Wybierz mniej dzielnic albo wszystkie.",
        "This address is longer than Google Calendar accepts. Choose fewer districts, or all of them.",
        "Ця адреса довша, ніж приймає Календар Google. Виберіть менше районів або всі.";
    /// A label: the feed's address.
    feed_address: "Adres kalendarza", "Calendar address", "Адреса календаря";
    copy: "Kopiuj", "Copy", "Копіювати";
    copied: "Skopiowano", "Copied", "Скопійовано";
    /// It could not be copied; the text is marked instead.
    copy_by_hand:
        "Zaznaczono – skopiuj ręcznie",
        "Selected – please copy it",
        "Виділено — скопіюйте вручну";
    /// A heading: the steps in each program.
    programs: "Wybierz swój program", "Choose your program", "Оберіть свою програму";
    apple:
        "Stuknij „Dodaj do mojego kalendarza”, a potem potwierdź. Jeśli nic się nie otworzy: Kalendarz → Kalendarze → Dodaj kalendarz → Dodaj subskrypcję i wklej adres.",
        "Tap “Add to my calendar”, then confirm. If nothing opens: Calendar → Calendars → Add Calendar → Add Subscription Calendar, and paste the address.",
        "Торкніться «Додати до мого календаря» й підтвердьте. Якщо нічого не відкрилося: Календар → Календарі → Додати календар → Додати підписку, і вставте адресу.";
    mac:
        "Kliknij „Dodaj do mojego kalendarza”, a potem „Subskrybuj”. Jeśli nic się nie otworzy: Kalendarz → Plik → Nowa subskrypcja kalendarza i wklej adres.",
        "Click “Add to my calendar”, then “Subscribe”. If nothing opens: Calendar → File → New Calendar Subscription, and paste the address.",
        "Натисніть «Додати до мого календаря», а потім «Підписатися». Якщо нічого не відкрилося: Календар → Файл → Нова підписка на календар, і вставте адресу.";
    /// Google on a computer, by its short link.
    google_click: "Spróbuj jednym kliknięciem", "Try it with one click", "Спробувати одним кліком";
    /// Google on a computer, if the link does nothing.
    google_else:
        "Jeśli kalendarz się nie pojawi, skopiuj adres kalendarza i wklej go na stronie",
        "If the calendar does not appear, copy the calendar address and paste it at",
        "Якщо календар не з’явився, скопіюйте адресу календаря і вставте її на сторінці";
    /// The page where Google takes an address.
    google_page: "Dodaj z adresu URL", "Add from URL", "Додати з URL-адреси";
    /// After that page: what to do.
    google_then:
        "Google może pokazać zmianę dopiero po dobie, czasem później.",
        "Google may show a change a day later, sometimes more.",
        "Google може показати зміну лише за добу, а часом і пізніше.";
    google_computer:
        "Kalendarz Google na komputerze",
        "Google Calendar on a computer",
        "Google Календар на комп’ютері";
    google_android:
        "Android (Kalendarz Google, ICSx5)",
        "Android (Google Calendar, ICSx5)",
        "Android (Google Календар, ICSx5)";
    google_next:
        "Najbliższe spotkanie do Kalendarza Google",
        "Next meeting to Google Calendar",
        "Найближчу зустріч до Google Календаря";
    /// Sends the address of the calendar, by the device's own means.
    send_address:
        "Wyślij sobie adres kalendarza",
        "Send yourself the calendar address",
        "Надіслати собі адресу календаря";
    google_android_steps:
        "Wszystkie spotkania naraz: aplikacja Kalendarz Google nie umie dodać kalendarza z adresu, więc wyślij sobie adres, otwórz Kalendarz Google w przeglądarce na komputerze i dodaj go tam. Pojawi się też w telefonie; jeśli nie, włącz go w ustawieniach aplikacji.",
        "All meetings at once: the Google Calendar app cannot add a calendar from an address, so send yourself the address, open Google Calendar in a browser on a computer and add it there. It then shows on the phone too; if not, switch it on in the app’s settings.",
        "Усі зустрічі одразу: застосунок Google Календар не вміє додавати календар за адресою, тож надішліть адресу собі, відкрийте Google Календар у браузері на комп’ютері й додайте її там. Він з’явиться і в телефоні; якщо ні, увімкніть його в налаштуваннях застосунку.";
    icsx5:
        "Bez komputera: zainstaluj aplikację",
        "Without a computer: install the app",
        "Без комп’ютера: встановіть застосунок";
    /// After the name of the app: a link that opens the calendar in it.
    icsx5_open:
        "i otwórz w niej kalendarz",
        "and open the calendar in it",
        "і відкрийте в ньому календар";
    /// Outlook: what to do after the click.
    outlook_then:
        "Po zalogowaniu potwierdź przyciskiem „Importuj” – mimo tej nazwy to subskrypcja.",
        "Sign in and confirm with “Import” – in spite of the name it is a subscription.",
        "Увійдіть і підтвердьте кнопкою «Імпортувати» — попри назву, це підписка.";
    outlook_desktop:
        "Outlook na komputerze: Kalendarz → Dodaj kalendarz → Subskrybuj z Internetu (w starszych wersjach: Z Internetu) i wklej adres.",
        "Outlook on a computer: Calendar → Add calendar → Subscribe from web (in older versions: From Internet), and paste the address.",
        "Outlook на комп’ютері: Календар → Додати календар → Підписатися з Інтернету (у старіших версіях: З Інтернету), і вставте адресу.";
    thunderbird:
        "Kliknij „Dodaj do mojego kalendarza”. Jeśli nic się nie otworzy: Nowy kalendarz → W sieci i wklej adres.",
        "Click “Add to my calendar”. If nothing opens: New Calendar → On the Network, and paste the address.",
        "Натисніть «Додати до мого календаря». Якщо нічого не відкрилося: Новий календар → У мережі, і вставте адресу.";
    other_programs:
        "Nextcloud, Proton, ICSx5 i inne",
        "Nextcloud, Proton, ICSx5 and others",
        "Nextcloud, Proton, ICSx5 та інші";
    /// Everything else: what to do.
    other_steps:
        "Poszukaj polecenia „subskrybuj kalendarz” albo „dodaj z adresu” i wklej skopiowany adres.",
        "Look for “subscribe to a calendar” or “add from URL” and paste the copied address.",
        "Знайдіть «підписатися на календар» або «додати за адресою» і вставте скопійовану адресу.";

    // Districts.

    /// A heading: choose a district.
    choose: "Wybierz swoją dzielnicę", "Choose your district", "Оберіть свій район";
    /// What choosing gives.
    choose_means:
        "Każda dzielnica ma własną stronę i własny kalendarz. Spotkania dla całego miasta są w każdym z nich.",
        "Each district has its own page and its own calendar. Meetings for the whole city are in every one of them.",
        "Кожен район має власну сторінку і власний календар. Зустрічі для всього міста є в кожному з них.";
    /// A label: a district by name or number.
    choose_by_name:
        "Nazwa albo numer dzielnicy",
        "District name or number",
        "Назва або номер району";
    show: "Pokaż", "Show", "Показати";
    /// A heading: several districts at once.
    several: "Kilka dzielnic naraz", "Several districts at once", "Кілька районів одразу";
    /// A label over the check boxes.
    several_legend:
        "Zaznacz dzielnice, które chcesz mieć w jednym kalendarzu",
        "Tick the districts that you want in one calendar",
        "Позначте райони, які хочете мати в одному календарі";
    /// Goes to the chosen districts, of the check boxes.
    show_several: "Pokaż wybrane", "Show selected districts", "Показати обрані";
    /// Leads from a district back to all.
    all_meetings: "Wszystkie spotkania", "All meetings", "Усі зустрічі";

    // The cycle and its places.

    about: "Co to za spotkania?", "About the meetings", "Що це за зустрічі?";
    audience: "Dla kogo?", "Who it is for", "Для кого?";
    /// A label: who holds the meetings.
    organizer: "Zaprasza", "Organised by", "Запрошує";
    places_means:
        "Trzecie miejsce to takie, które nie jest ani domem, ani pracą: kawiarnia, biblioteka, dom kultury. Tu się spotykamy.",
        "A third place is neither home nor work: a café, a library, a community centre. This is where we meet.",
        "Третє місце — це не дім і не робота: кав’ярня, бібліотека, будинок культури. Тут ми зустрічаємося.";
    no_places:
        "Pierwsze miejsce ogłosimy wkrótce.",
        "The first place will be announced soon.",
        "Перше місце оголосимо незабаром.";

    // For organisations.

    /// A heading: on your own page and door.
    share:
        "Na Twojej stronie i na drzwiach",
        "On your site and on your door",
        "На вашому сайті та на ваших дверях";
    /// What that is.
    share_means:
        "Prowadzisz organizację, bibliotekę albo kawiarnię? Pokaż najbliższe spotkania u siebie.",
        "Do you run an organisation, a library or a café? Show the next meetings at your place.",
        "Ви представляєте організацію, бібліотеку чи кав’ярню? Покажіть найближчі зустрічі у себе.";
    poster: "Plakat A4 do druku", "A4 poster to print", "Плакат A4 для друку";
    qr_code: "Sam kod QR", "QR code alone", "Лише QR-код";
    /// A link to all that an organisation needs for these districts.
    for_organisations_here:
        "Obrazki, teksty i lista na stronę",
        "Pictures, texts and a list for your site",
        "Картинки, тексти та список для сайту";
    /// The opening sentences of the page for organisations.
    organisations_mean:
        "Gotowe obrazki, teksty, plakat i lista terminów na Twoją stronę. Wybierz dzielnice i skopiuj to, co się przyda.",
        "Pictures, texts, a poster and a list of dates for your site, all ready to use. Choose your districts and copy what you need.",
        "Готові картинки, тексти, плакат і список дат для вашого сайту. Виберіть райони й скопіюйте те, що знадобиться.";
    /// A label: the chosen districts.
    chosen: "Wybrane", "Chosen", "Вибрано";
    /// Opens the form.
    choose_others: "Wybierz dzielnice", "Choose districts", "Вибрати райони";
    /// A label over the check boxes.
    choose_others_legend:
        "Zaznacz dzielnice, na których spotkania zapraszasz",
        "Tick the districts whose meetings you invite to",
        "Позначте райони, на зустрічі в яких запрошуєте";
    /// A heading: pictures and texts of each session.
    kits:
        "Zaproszenie na najbliższe spotkania",
        "An invitation to the next meetings",
        "Запрошення на найближчі зустрічі";
    /// No session is ahead.
    no_kits:
        "Obrazki i teksty pojawią się tutaj, gdy ogłosimy następny termin.",
        "Pictures and texts will appear here once the next date is announced.",
        "Картинки й тексти з’являться тут, коли ми оголосимо наступну дату.";
    /// What each picture is for, before its size.
    picture_wide:
        "Do newslettera i na stronę",
        "For a newsletter or a site",
        "Для розсилки й сайту";
    picture_square:
        "Na Facebooka i Instagrama",
        "For Facebook and Instagram",
        "Для Facebook та Instagram";
    save_picture: "Zapisz obrazek", "Save the picture", "Зберегти картинку";
    /// A label: a text for social networks.
    post: "Wpis do mediów społecznościowych", "Post for social networks", "Допис для соцмереж";
    mail_subject:
        "E-mail i newsletter: temat",
        "E-mail and newsletter: subject",
        "Лист і розсилка: тема";
    mail_body:
        "E-mail i newsletter: treść",
        "E-mail and newsletter: text",
        "Лист і розсилка: текст";
    /// A heading over the links by which a session is passed on.
    pass_on: "Podaj dalej", "Pass it on", "Поділіться";
    /// Opens the device's own list of programs.
    share_by_device: "Udostępnij…", "Share…", "Поділитися…";
    door_poster:
        "Plakat tego spotkania na drzwi",
        "Poster of this meeting for the door",
        "Плакат цієї зустрічі на двері";
    /// A heading: poster and QR code.
    on_the_door: "Na drzwi i na tablicę", "For the door and the notice board", "На двері й дошку оголошень";
    on_the_door_means:
        "Plakat pokazuje to, co wiadomo w chwili wydruku. Kod QR prowadzi do strony, która jest zawsze aktualna.",
        "The poster shows what is known when you print it. The QR code leads to a page that is always up to date.",
        "Плакат показує те, що відомо на момент друку. QR-код веде на сторінку, яка завжди актуальна.";
    qr_svg: "Kod QR do druku (SVG)", "QR code for print (SVG)", "QR-код для друку (SVG)";
    qr_png: "Kod QR jako obrazek (PNG)", "QR code as a picture (PNG)", "QR-код як картинка (PNG)";
    /// A heading: the widget.
    on_the_site: "Lista na Twojej stronie", "The list on your site", "Список на вашому сайті";
    on_the_site_means:
        "Wstawiasz ją raz. Aktualizuje się sama, nie używa ciasteczek i nikogo nie śledzi.",
        "Insert it once. It keeps itself up to date, uses no cookies and tracks nobody.",
        "Ви вставляєте його один раз. Він оновлюється сам, не використовує файлів cookie і ні за ким не стежить.";
    /// How, on each platform; what is pasted is named as the four labels below.
    on_wordpress:
        "Wklej sam adres strony w pustym akapicie. W edytorze blokowym i w klasycznym zamieni się w listę.",
        "Paste the page address alone into an empty paragraph. In the block editor and in the classic one it becomes the list.",
        "Вставте лише адресу сторінки в порожній абзац. І в блоковому, і в класичному редакторі вона стане списком.";
    on_wix:
        "Dodaj elementy → Embed Code → Embed a Site, wklej adres listy i rozciągnij ramkę, aż lista się zmieści.",
        "Add Elements → Embed Code → Embed a Site, paste the list address and stretch the box until the list fits.",
        "Add Elements → Embed Code → Embed a Site, вставте адресу списку й розтягніть рамку, щоб список умістився.";
    on_squarespace:
        "Dodaj blok Embed, wybierz Code Snippet → Embed Data i wklej kod ramki.",
        "Add an Embed block, choose Code Snippet → Embed Data and paste the frame code.",
        "Додайте блок Embed, виберіть Code Snippet → Embed Data і вставте код рамки.";
    on_notion:
        "Wpisz /embed, wklej adres listy i wybierz Embed link.",
        "Type /embed, paste the list address and choose Embed link.",
        "Наберіть /embed, вставте адресу списку й виберіть Embed link.";
    on_google_sites:
        "Wstaw → Umieść → Według adresu URL i wklej adres listy.",
        "Insert → Embed → By URL, and paste the list address.",
        "Вставити → Вбудувати → За URL-адресою і вставте адресу списку.";
    on_facebook:
        "Listy nie da się tam wstawić. Opublikuj wpis z kwadratowym obrazkiem albo sam adres strony: pokaże się z obrazkiem.",
        "The list cannot be put there. Publish the post with the square picture, or the page address alone: it shows with a picture.",
        "Список туди не вставити. Опублікуйте допис із квадратною картинкою або лише адресу сторінки: вона буде з картинкою.";
    on_drupal:
        "W polu tekstowym w formacie Full HTML włącz widok źródła (Source) i wklej kod ramki.",
        "In a text field of the format Full HTML switch to Source and paste the frame code.",
        "У текстовому полі формату Full HTML увімкніть перегляд коду (Source) і вставте код рамки.";
    on_html:
        "Wklej linijkę kodu tam, gdzie ma być lista: sama dobierze wysokość. Gdzie nie wolno skryptów, wklej kod ramki.",
        "Paste the line of code where the list should be: it finds its own height. Where scripts are not allowed, paste the frame code.",
        "Вставте рядок коду там, де має бути список: він сам добере висоту. Де скрипти заборонено, вставте код рамки.";
    /// Labels: what is pasted.
    line_page: "Adres strony", "Page address", "Адреса сторінки";
    line_list: "Adres listy", "List address", "Адреса списку";
    line_frame: "Kod ramki (iframe)", "Frame code (iframe)", "Код рамки (iframe)";
    line_element: "Linijka kodu", "Line of code", "Рядок коду";
    /// A heading: the form that fits the lines.
    options: "Dopasuj", "Make it fit", "Налаштуйте";
    option_limit: "Ile spotkań", "How many meetings", "Скільки зустрічей";
    limit_usual: "najwyżej 3", "3 at most", "щонайбільше 3";
    option_theme: "Wygląd", "Appearance", "Вигляд";
    theme_auto: "jak w urządzeniu", "same as the device", "як на пристрої";
    theme_light: "jasny", "light", "світлий";
    theme_dark: "ciemny", "dark", "темний";
    option_accent: "Kolor paska", "Colour of the stripe", "Колір смуги";
    preview: "Podgląd", "Preview", "Попередній перегляд";
    frame_preview_means:
        "Tak wygląda ramka na innej stronie. Pokazuje tyle spotkań, ile się w niej mieści.",
        "This is how the frame looks on another site. It shows as many meetings as it has room for.",
        "Такий вигляд має рамка на іншому сайті. Вона показує стільки зустрічей, скільки вміщує.";
    print: "Drukuj", "Print", "Друкувати";
    /// What to know before printing.
    print_means:
        "Plakat mieści się na jednej kartce A4.",
        "The poster fits on one sheet of A4.",
        "Плакат уміщується на одному аркуші A4.";
    /// Beside the QR code of a poster.
    scan:
        "Zeskanuj: terminy i kalendarz w telefonie",
        "Scan: dates and calendar on your phone",
        "Скануйте: дати й календар у телефоні";

    /// On a poster that has no room for every date.
    scan_for_dates:
        "Kolejne terminy: zeskanuj kod",
        "Later dates: scan the code",
        "Наступні дати: відскануйте код";
    /// On a poster that leaves something out.
    scan_for_more:
        "Więcej informacji: zeskanuj kod",
        "More information: scan the code",
        "Докладніше: відскануйте код";
    /// On the poster of a session without a place.
    scan_for_place:
        "Zanim przyjdziesz, sprawdź miejsce: zeskanuj kod",
        "Before you come, check the place: scan the code",
        "Перш ніж прийти, перевірте місце: відскануйте код";

    // No such page.

    /// A heading: no such page.
    missing: "Nie ma takiej strony", "There is no such page", "Такої сторінки немає";
    missing_means:
        "Być może w adresie jest literówka. Najbliższe spotkania są na stronie głównej.",
        "Perhaps the address has a typo. The next meetings are on the front page.",
        "Можливо, в адресі помилка. Найближчі зустрічі — на головній сторінці.";
    /// Stands over the nearest districts.
    did_you_mean: "Czy chodziło o:", "Did you mean:", "Можливо, ви мали на увазі:";
    /// Where the districts are.
    no_such_district_see:
        "Wszystkie dzielnice są na stronie głównej.",
        "All districts are on the front page.",
        "Усі райони є на головній сторінці.";

    // The foot of a page.

    /// The foot of a page: nothing is stored.
    privacy:
        "Bez ciasteczek, bez śledzenia, bez zbierania danych.",
        "No cookies, no tracking, no data collected.",
        "Без файлів cookie, без стеження, без збирання даних.";
    /// The foot of a page: feeds.
    feeds: "Dla czytników RSS i programów", "Feeds and data", "Для RSS-читачів і програм";
    /// A link: what changed.
    changes: "Zmiany (Atom)", "Changes (Atom)", "Зміни (Atom)";
    /// A link: the sessions for programs.
    for_programs: "Dane (JSON)", "Data (JSON)", "Дані (JSON)";
    /// A link: the sessions for a spreadsheet.
    for_a_spreadsheet: "Arkusz (CSV)", "Spreadsheet (CSV)", "Таблиця (CSV)";

    // The declaration of accessibility, as the ministry's form has it.

    declaration: "Deklaracja dostępności", "Accessibility statement", "Декларація доступності";
    /// After the name of the public body, before the name of the site.
    declaration_begins:
        "zobowiązuje się zapewnić dostępność swojej strony internetowej zgodnie z przepisami ustawy z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych. Oświadczenie w sprawie dostępności ma zastosowanie do strony internetowej",
        "is committed to making its website accessible in accordance with the Polish Act of 4 April 2019 on the digital accessibility of websites and mobile applications of public entities. This accessibility statement applies to the website",
        "зобов’язується забезпечити доступність свого вебсайту відповідно до польського закону від 4 квітня 2019 року про цифрову доступність вебсайтів і мобільних застосунків публічних установ. Ця заява про доступність стосується вебсайту";
    declaration_published:
        "Data publikacji strony internetowej",
        "Date of publication of the website",
        "Дата публікації вебсайту";
    declaration_updated:
        "Data ostatniej istotnej aktualizacji",
        "Date of the last significant update",
        "Дата останнього суттєвого оновлення";
    declaration_status:
        "Stan dostępności cyfrowej",
        "Status of digital accessibility",
        "Стан цифрової доступності";
    declaration_full:
        "Strona internetowa jest w pełni zgodna z załącznikiem do ustawy z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych.",
        "The website is fully compliant with the annex to the Act of 4 April 2019 on the digital accessibility of websites and mobile applications of public entities.",
        "Вебсайт повністю відповідає додатку до закону від 4 квітня 2019 року про цифрову доступність вебсайтів і мобільних застосунків публічних установ.";
    declaration_partial:
        "Strona internetowa jest częściowo zgodna z załącznikiem do ustawy z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych z powodu niezgodności lub wyłączeń wymienionych poniżej.",
        "The website is partially compliant with the annex to the Act of 4 April 2019 on the digital accessibility of websites and mobile applications of public entities, due to the non-compliances or exemptions listed below.",
        "Вебсайт частково відповідає додатку до закону від 4 квітня 2019 року про цифрову доступність вебсайтів і мобільних застосунків публічних установ через невідповідності або винятки, наведені нижче.";
    declaration_none:
        "Strona internetowa jest niezgodna z załącznikiem do ustawy z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych. Niezgodności lub wyłączenia wymieniono poniżej.",
        "The website is not compliant with the annex to the Act of 4 April 2019 on the digital accessibility of websites and mobile applications of public entities. The non-compliances or exemptions are listed below.",
        "Вебсайт не відповідає додатку до закону від 4 квітня 2019 року про цифрову доступність вебсайтів і мобільних застосунків публічних установ. Невідповідності або винятки наведено нижче.";
    declaration_prepared:
        "Data sporządzenia deklaracji",
        "Date of preparation of this statement",
        "Дата складання декларації";
    declaration_contact:
        "Informacje zwrotne i dane kontaktowe",
        "Feedback and contact information",
        "Зворотний зв’язок і контактні дані";
    /// Before the name of whom to tell.
    declaration_contact_means:
        "Wszystkie problemy z dostępnością cyfrową tej strony internetowej możesz zgłosić:",
        "You can report any problem with the digital accessibility of this website to:",
        "Про будь-які проблеми з цифровою доступністю цього вебсайту можна повідомити:";
    declaration_procedure:
        "Obsługa wniosków i skarg związanych z dostępnością",
        "Requests and complaints about accessibility",
        "Розгляд заяв і скарг щодо доступності";
    declaration_right:
        "Każdy ma prawo wystąpić z żądaniem zapewnienia dostępności cyfrowej tej strony internetowej lub jej elementów. Można także zażądać udostępnienia informacji za pomocą alternatywnego sposobu dostępu, na przykład przez odczytanie niedostępnego cyfrowo dokumentu.",
        "Everyone has the right to demand that this website or its parts be made digitally accessible. You can also ask for information in an alternative way, for example by having an inaccessible document read out.",
        "Кожен має право вимагати забезпечення цифрової доступності цього вебсайту або його елементів. Можна також попросити надати інформацію в альтернативний спосіб, наприклад, прочитати цифрово недоступний документ.";
    declaration_demand:
        "Żądanie powinno zawierać dane osoby, która je zgłasza, wskazanie, o którą stronę internetową chodzi, oraz sposób kontaktu. Jeśli zgłaszasz potrzebę otrzymania informacji za pomocą alternatywnego sposobu dostępu, określ dogodny dla Ciebie sposób przedstawienia tej informacji.",
        "The demand should contain the details of the person making it, the website it concerns and how to contact you. If you need information in an alternative way, say which way suits you.",
        "Вимога має містити дані особи, яка її подає, указання, про який вебсайт ідеться, і спосіб зв’язку. Якщо вам потрібна інформація в альтернативний спосіб, укажіть, який спосіб вам зручний.";
    declaration_term:
        "Podmiot publiczny powinien zrealizować żądanie niezwłocznie, nie później niż w ciągu 7 dni od dnia wystąpienia z żądaniem. Jeżeli dotrzymanie tego terminu nie jest możliwe, niezwłocznie informuje, kiedy zrealizuje żądanie, przy czym termin ten nie może być dłuższy niż 2 miesiące od dnia wystąpienia z żądaniem. Jeżeli zapewnienie dostępności cyfrowej nie jest możliwe, podmiot publiczny może zaproponować alternatywny sposób dostępu do informacji.",
        "The public entity should meet the demand without delay, within 7 days at the latest. If that is not possible, it informs you without delay when it will, which must be within 2 months of the demand. If digital accessibility cannot be provided, the entity may offer an alternative way to the information.",
        "Публічна установа має виконати вимогу негайно, не пізніше ніж за 7 днів від її подання. Якщо це неможливо, вона негайно повідомляє, коли виконає вимогу, але не пізніше ніж за 2 місяці від її подання. Якщо забезпечити цифрову доступність неможливо, установа може запропонувати альтернативний спосіб доступу до інформації.";
    /// Before the link to the ombudsman.
    declaration_complaint:
        "Jeżeli podmiot publiczny odmówi realizacji żądania zapewnienia dostępności lub alternatywnego sposobu dostępu do informacji, możesz złożyć do niego skargę. Po wyczerpaniu tej drogi można także złożyć wniosek do",
        "If the public entity refuses to provide accessibility or an alternative way of access, you can file a complaint with it. Once this procedure is exhausted, you can also apply to",
        "Якщо публічна установа відмовить у забезпеченні доступності або альтернативного способу доступу до інформації, ви можете подати їй скаргу. Після цього можна також звернутися до";
    declaration_ombudsman:
        "Rzecznika Praw Obywatelskich",
        "the Polish Commissioner for Human Rights",
        "Уповноваженого з прав людини Польщі";
    declaration_building:
        "Dostępność architektoniczna",
        "Accessibility of the building",
        "Архітектурна доступність";
    declaration_no_building:
        "Opisu dostępności architektonicznej jeszcze nie podano. Dostępność miejsc spotkań jest opisana na ich stronach.",
        "No description of the building has been given yet. The accessibility of each venue is described on its page.",
        "Опису архітектурної доступності ще не надано. Доступність місць зустрічей описано на їхніх сторінках.";
    declaration_apps: "Aplikacje mobilne", "Mobile applications", "Мобільні застосунки";
    declaration_no_apps:
        "Ta strona internetowa nie ma aplikacji mobilnej.",
        "This website has no mobile application.",
        "Цей вебсайт не має мобільного застосунку.";

    // What changed: the headlines and sentences of the feed of changes.

    /// The title of the feed of changes.
    change_feed: "Zmiany", "Changes", "Зміни";
    change_added: "Nowe spotkanie", "New meeting", "Нова зустріч";
    change_restored: "Jednak się odbędzie", "On again", "Таки відбудеться";
    change_withdrawn: "Wycofane", "Withdrawn", "Відкликано";
    change_reworded: "Nowe informacje", "New details", "Нові подробиці";
    change_any: "Zmiana", "Change", "Зміна";
    change_date_and_place: "Nowy termin i miejsce", "New date and place", "Нова дата й місце";
    change_date: "Nowy termin", "New date", "Нова дата";
    change_hours: "Nowe godziny", "New hours", "Нові години";
    change_hours_and_place: "Nowe godziny i miejsce", "New hours and place", "Нові години й місце";
    change_place_known: "Znamy miejsce", "The place is known", "Місце відоме";
    change_place: "Nowe miejsce", "New place", "Нове місце";
    change_district: "Nowa dzielnica", "New district", "Новий район";
    withdrawn_means:
        "To spotkanie ogłoszono przez pomyłkę.",
        "This meeting was announced by mistake.",
        "Цю зустріч оголосили помилково.";

    /// In an announcement, before what was announced earlier.
    was: "Było", "Was", "Було";

    // What people call the fields of a session and of the calendar.

    field_status: "Status", "Status", "Статус";
    field_date: "Data", "Date", "Дата";
    field_hours: "Godziny", "Hours", "Години";
    field_place: "Miejsce", "Place", "Місце";
    field_map: "Punkt na mapie", "Point on the map", "Точка на мапі";
    field_title: "Tytuł", "Title", "Назва";
    field_note: "Uwaga", "Note", "Примітка";
    field_venue_description: "Opis miejsca", "About the place", "Опис місця";
    field_calendar_title: "Tytuł cyklu", "The cycle’s title", "Назва циклу";
    field_calendar_description: "Opis cyklu", "About the cycle", "Опис циклу";
    field_time_zone: "Strefa czasowa", "Time zone", "Часовий пояс";
    field_main_language: "Język główny", "Main language", "Основна мова";
    field_refresh: "Odświeżanie", "Refresh", "Оновлення";
    field_color: "Kolor", "Colour", "Колір";
    field_cancellations: "Odwołane spotkania", "Cancelled sessions", "Скасовані зустрічі";
}

fill! {
    /// The end of a mail about a change.
    announce_subscribe(landing):
        "Kalendarz, który aktualizuje się sam: {landing}",
        "A calendar that keeps itself up to date: {landing}",
        "Календар, який оновлюється сам: {landing}";
    /// How to put the list on a Joomla site.
    on_joomla(height):
        "Dodaj moduł Wrapper: w polu URL wklej adres listy, jako wysokość wpisz {height}.",
        "Add a Wrapper module: paste the list address as its URL and enter {height} as its height.",
        "Додайте модуль Wrapper: у полі URL вставте адресу списку, а висотою вкажіть {height}.";
    /// The districts of a poster that has no room for their names.
    chosen_districts(number):
        "wybrane dzielnice: {number}",
        "chosen districts: {number}",
        "обрані райони: {number}";
    /// A heading: no such district.
    missing_district(asked):
        "Nie znamy dzielnicy „{asked}”",
        "We do not know the district “{asked}”",
        "Ми не знаємо району «{asked}»";
    /// A parameter of a query that seems to name districts and is not
    /// understood.
    unknown_parameter(name):
        "Nie wiadomo, o które dzielnice chodzi: zamiast „{name}” napisz ?district=…",
        "It is not clear which districts are meant: instead of “{name}” write ?district=…",
        "Незрозуміло, про які райони йдеться: замість «{name}» напишіть ?district=…";
    /// A program's 404.
    nothing_here_begin(landing):
        "404: pod tym adresem nic nie ma. Zacznij tutaj: {landing}",
        "404: there is nothing at this address. Start here: {landing}",
        "404: за цією адресою нічого немає. Почніть тут: {landing}";
    /// A program's 404, of a district.
    no_such_district(asked):
        "404: nie ma dzielnicy „{asked}”.",
        "404: there is no district “{asked}”.",
        "404: немає району «{asked}».";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_keeps_to_its_own_quotes_dashes_and_apostrophe() {
        for [polish, english, ukrainian] in ROWS.iter().chain(ROWS_TO_FILL) {
            for (text, wrong) in [
                (polish, ['"', '\'', '“', '«', '»', '—', '\u{2bc}']),
                (english, ['"', '\'', '„', '«', '»', '—', '\u{2bc}']),
                (ukrainian, ['"', '\'', '„', '“', '”', '‘', '\u{2bc}']),
            ] {
                assert!(!text.contains(wrong), "{text}");
            }
            assert!(!ukrainian.contains(" – "), "{ukrainian}");
        }
    }
}
