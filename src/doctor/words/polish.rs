//! The findings in Polish.

use super::{Said, ill, shown, well};
use crate::doctor::client::{CertificateFault, Failure};
use crate::doctor::finding::{Breakage, Finding};

/// What a proxy in front must not do.
const PASS_ON: &str = "Niech serwer pośredniczący przekazuje nagłówki programu bez zmian.";

/// How many faults and warnings there were.
pub fn summary(faults: usize, warnings: usize) -> String {
    let faults = match faults {
        0 if warnings == 0 => return "Wszystko w porządku.".to_owned(),
        0 => "Bez usterek".to_owned(),
        _ => format!(
            "{faults} {}",
            form(faults, ["usterka", "usterki", "usterek"])
        ),
    };
    if warnings == 0 {
        return format!("{faults}.");
    }
    let word = form(warnings, ["ostrzeżenie", "ostrzeżenia", "ostrzeżeń"]);
    format!("{faults}, {warnings} {word}.")
}

/// The form of a word after a number: 1, 2–4 (but not 12–14), the rest.
fn form(number: usize, [one, few, many]: [&'static str; 3]) -> &'static str {
    match (number, number % 10, number % 100) {
        (1, _, _) => one,
        (_, 2..=4, last) if !(12..=14).contains(&last) => few,
        _ => many,
    }
}

/// A finding and its mend.
#[allow(
    clippy::too_many_lines,
    reason = "one match, so that a finding without words does not compile"
)]
pub fn said(finding: &Finding) -> Said {
    match finding {
        Finding::Reached { url } => well(format!("Adres kalendarza odpowiada: {}.", shown(url))),
        Finding::Unreachable { url, why } => ill(
            format!("{}: {}.", shown(url), failure(why)),
            "Sprawdź adres, czy program działa i czy zapora oraz serwer pośredniczący przepuszczają zapytania.",
        ),
        Finding::Unanswered { url, why } => ill(
            format!("{}: {}.", shown(url), failure(why)),
            "Inne zapytania dostały odpowiedź; tego poszukaj w dziennikach serwera pośredniczącego i programu.",
        ),
        Finding::CertificateValid { host } => {
            well(format!("Certyfikat {} jest ważny.", shown(host)))
        }
        Finding::CertificateRefused { host, why } => {
            let (what, mend) = certificate(why);
            ill(
                format!(
                    "Certyfikat {} {what}, więc programy odrzucają kalendarz.",
                    shown(host)
                ),
                mend,
            )
        }
        Finding::Unencrypted => ill(
            "Kalendarz idzie przez http: każdy po drodze może go czytać i zmieniać.",
            "Postaw z przodu serwer z certyfikatem i podawaj mieszkańcom adres https.",
        ),
        Finding::HttpRedirects { status } => well(format!(
            "http prowadzi pod tę samą ścieżkę w https ({status})."
        )),
        Finding::HttpRedirectsForNow { status } => ill(
            format!("http prowadzi do https tylko tymczasowo ({status})."),
            "Odpowiadaj tam 301 albo 308.",
        ),
        Finding::HttpRedirectsElsewhere { to, expected } => ill(
            format!(
                "http prowadzi do {}, a tam tego kalendarza nie ma.",
                shown(to)
            ),
            format!("Przekieruj pod tę samą ścieżkę: {}.", shown(expected)),
        ),
        Finding::HttpAnswers { status, expected } => ill(
            format!("http odpowiada samo ({status}), zamiast prowadzić do https."),
            format!("Przekieruj (301 albo 308) do {}.", shown(expected)),
        ),
        Finding::HttpSilent { why, expected } => ill(
            format!(
                "http: {}, a Thunderbird i ICSx5 zamieniają odnośniki webcal na http.",
                failure(why)
            ),
            format!(
                "Słuchaj też na porcie 80 i przekieruj (301 albo 308) do {}.",
                shown(expected)
            ),
        ),
        Finding::Downgrade { to } => ill(
            format!("https prowadzi z powrotem do http: {}.", shown(to)),
            "Usuń to przekierowanie: programy za nim nie idą.",
        ),
        Finding::LostRedirect { status } => ill(
            format!("Przekierowanie ({status}) nie prowadzi pod żaden adres."),
            "Popraw jego Location albo je usuń.",
        ),
        Finding::TooManyRedirects => ill(
            "Jedno przekierowanie prowadzi do następnego, i tak ponad pięć razy.",
            "Niech adres odpowiada sam.",
        ),
        Finding::MovedForGood { to } => well(format!("Adres prowadzi na stałe do {}.", shown(to))),
        Finding::MovedForNow { status, to } => ill(
            format!("Adres prowadzi tymczasowo ({status}) do {}.", shown(to)),
            "Odpowiadaj tam 308 albo podawaj mieszkańcom tamten adres.",
        ),
        Finding::AddressFits { length } => well(format!(
            "Długość adresu: {length} z 256 znaków, które przyjmuje Google."
        )),
        Finding::AddressTooLong { length } => ill(
            format!("Adres ma {length} znaków; Google milcząco odrzuca dłuższe niż 256."),
            "Wybierz mniej dzielnic albo krótszy adres publiczny.",
        ),
        Finding::AddressHasQuery => ill(
            "W adresie jest zapytanie po „?”, które niektóre programy i pamięci podręczne gubią.",
            "Podawaj mieszkańcom adres /calendars/….ics.",
        ),

        Finding::LoginWanted { status } => ill(
            format!("Przed kalendarzem stoi logowanie ({status}); programy nie umieją się zalogować."),
            "Otwórz /calendars/ dla wszystkich w serwerze pośredniczącym.",
        ),
        Finding::Challenged { status } => ill(
            format!("Przed kalendarzem stoi zapora przeciw robotom ({status}), a programy kalendarzowe to roboty."),
            "Wyłącz dla /calendars/ testy przeciw robotom, filtry i limity zapytań.",
        ),
        Finding::WebPage => ill(
            "Zamiast kalendarza przychodzi strona WWW: logowanie, test przeciw robotom albo inny serwis.",
            "Wyłącz dla /calendars/ logowanie i testy przeciw robotom; sprawdź adres.",
        ),
        Finding::NoFeed { status: status @ 500.. } => ill(
            format!("Adres kalendarza odpowiada błędem ({status})."),
            "Sprawdź, czy program działa i czy serwer pośredniczący do niego sięga.",
        ),
        Finding::NoFeed { status } => ill(
            format!("Pod tym adresem nie ma kalendarza ({status})."),
            "Podaj adres strony głównej albo kalendarza; sprawdź, czy serwer pośredniczący przekazuje całe ścieżki.",
        ),
        Finding::MediaType => well("Content-Type to text/calendar z charset=utf-8."),
        Finding::Charset { found } => ill(
            format!("Content-Type to {}: niektóre programy pokażą krzaki zamiast polskich liter.", shown(found)),
            "Ma być text/calendar; charset=utf-8.",
        ),
        Finding::OtherMediaType { found } => ill(
            match found {
                Some(found) => format!("Content-Type to {}, którego iOS nie przyjmuje.", shown(found)),
                None => "Brak Content-Type; iOS nie przyjmie kalendarza.".to_owned(),
            },
            "Ma być text/calendar; charset=utf-8.",
        ),
        Finding::Inline => well("Kalendarz jest podawany do czytania, a nie do pobrania."),
        Finding::Attachment => ill(
            "Content-Disposition każe pobrać kalendarz jako plik.",
            "Ma być inline.",
        ),
        Finding::AnyOrigin => well("Kalendarze na innych stronach mogą go czytać (CORS)."),
        Finding::OwnOriginOnly { found } => ill(
            match found {
                Some(found) => format!("Access-Control-Allow-Origin to {}: kalendarze na innych stronach go nie odczytają.", shown(found)),
                None => "Brak Access-Control-Allow-Origin: kalendarze na innych stronach go nie odczytają.".to_owned(),
            },
            "Ma być *.",
        ),
        Finding::NoCookie => well("Nie ma ciasteczek."),
        Finding::Cookie { name } => ill(
            format!("Ustawiane jest ciasteczko: {}.", shown(name)),
            "Wyłącz je w serwerze pośredniczącym: nikt się na nie nie zgodził, a wspólne pamięci podręczne nie zachowują takich odpowiedzi.",
        ),
        Finding::Head => well("Na HEAD przychodzi to samo co na GET."),
        Finding::HeadRefused { status } => ill(
            format!("Na HEAD przychodzi {status}, a Thunderbird pyta tak najpierw."),
            "Niech serwer pośredniczący przekazuje HEAD.",
        ),
        Finding::HeadDiffers { header } => ill(
            format!("Nagłówek {header} jest na HEAD inny niż na GET."),
            PASS_ON,
        ),
        Finding::EveryProgram => well("Google, Outlook i Thunderbird dostają ten sam kalendarz."),
        Finding::ProgramRefused { program, status } => ill(
            format!("Kto pyta tak jak {program}, dostaje {status}."),
            "Usuń dla /calendars/ filtry według User-Agent, Accept i Authorization.",
        ),
        Finding::ProgramTold { program } => ill(
            format!("Kto pyta tak jak {program}, dostaje coś innego."),
            "Usuń dla /calendars/ filtry według User-Agent, Accept i Authorization.",
        ),
        Finding::ClockRight => well("Zegar serwera chodzi dobrze."),
        Finding::ClockOff { seconds } => ill(
            format!(
                "Zegar serwera {} o {} wobec zegara tego komputera.",
                if *seconds > 0 { "spieszy się" } else { "późni się" },
                amount(*seconds)
            ),
            "Niech oba biorą czas z sieci (NTP).",
        ),
        Finding::NoClock => ill("W odpowiedzi nie ma czytelnego nagłówka Date.", PASS_ON),
        Finding::ModifiedInFuture { seconds } => ill(
            format!("Last-Modified leży w przyszłości, o {} dalej niż zegar tego komputera.", amount(*seconds)),
            "Nastaw zegar serwera (NTP); następna edycja naprawi tę datę.",
        ),

        Finding::TagHonoured => {
            well("Kto ma już kalendarz, dowiaduje się tego po jego ETag (304).")
        }
        Finding::NoTag => ill("Brak ETag: za każdym razem idzie cały kalendarz.", PASS_ON),
        Finding::TagIgnored { status } => ill(
            format!("Na If-None-Match z własnym ETag kalendarza przychodzi {status} zamiast 304."),
            "Niech serwer pośredniczący przekazuje If-None-Match i nie zmienia ETag ani treści.",
        ),
        Finding::TagFrozen => ill(
            "Na obcy ETag przychodzi 304: kalendarze mieszkańców zamarzają.",
            "Popraw pamięć podręczną z przodu: ma porównywać cały znacznik.",
        ),
        Finding::DateHonoured => {
            well("Kto ma już kalendarz, dowiaduje się tego po jego dacie (304).")
        }
        Finding::NoDate => ill(
            "Brak czytelnego Last-Modified; kalendarz Apple pobiera za każdym razem całość.",
            PASS_ON,
        ),
        Finding::DateIgnored { status } => ill(
            format!(
                "Na If-Modified-Since z własną datą kalendarza przychodzi {status} zamiast 304."
            ),
            "Niech serwer pośredniczący przekazuje If-Modified-Since.",
        ),
        Finding::DateFrozen => ill(
            "Na starszą datę przychodzi 304: kalendarze w urządzeniach Apple zamarzają.",
            "Popraw pamięć podręczną z przodu: ma porównywać daty.",
        ),
        Finding::Compressed => {
            well("Kalendarz jest kompresowany temu, kto o to prosi, z własnym ETag.")
        }
        Finding::Uncompressed => well("Kalendarz nie jest kompresowany."),
        Finding::CompressedUnasked { coding } => ill(
            format!(
                "Kalendarz jest kompresowany ({}) nieproszony, a takiego Outlook nie odczyta.",
                shown(coding)
            ),
            "Kompresuj tylko tam, gdzie pozwala Accept-Encoding.",
        ),
        Finding::OtherCoding { coding } => ill(
            format!("Kto prosi o gzip, dostaje {}.", shown(coding)),
            "Kompresuj tylko tak, jak pozwala Accept-Encoding.",
        ),
        Finding::SharedTag => ill(
            "Kalendarz skompresowany ma ten sam mocny ETag co zwykły.",
            "Wyłącz kompresję w serwerze pośredniczącym: program kompresuje sam.",
        ),
        Finding::NoVary => ill(
            "Vary nie wymienia Accept-Encoding: pamięć podręczna może dać Outlookowi wersję skompresowaną.",
            PASS_ON,
        ),
        Finding::CompressedWrongly => ill(
            "Po rozpakowaniu wychodzi coś innego niż kalendarz.",
            "Opróżnij pamięć podręczną z przodu i wyłącz w niej kompresję.",
        ),

        Finding::Calendar { events } => {
            let word = form(*events, ["spotkaniem", "spotkaniami", "spotkaniami"]);
            well(format!("Kalendarz jest czytelny, z {events} {word}."))
        }
        Finding::NoEvents { is_of_all } => ill(
            "W kalendarzu nie ma ani jednego spotkania.",
            if *is_of_all {
                "Sprawdź, czy program ruszył z właściwym --schedule."
            } else {
                "Tak ma być tylko w dzielnicy, w której nigdy nic nie ogłoszono."
            },
        ),
        Finding::Broken {
            line,
            breakage: broken,
        } => ill(
            format!(
                "Wiersz {line} kalendarza {}, a to programy odrzucają.",
                breakage(broken)
            ),
            "Nic między programem a tym adresem nie może zmieniać bajtów.",
        ),
        Finding::TooLong => ill(
            "Kalendarz ma ponad 16 MiB; programy poddają się dużo wcześniej.",
            "Sprawdź adres i harmonogram.",
        ),
        Finding::PublicUrl { url } => well(format!(
            "Kalendarz podaje adres, pod którym go znaleziono: {}.",
            shown(url)
        )),
        Finding::OtherPublicUrl { found, named } => ill(
            format!(
                "Kalendarz twierdzi, że stoi pod adresem {}, i tam prowadzą wszystkie jego odnośniki.",
                shown(named)
            ),
            format!("Uruchom program z --public-url {}.", shown(found)),
        ),
        Finding::NoPublicUrl => ill(
            "Kalendarz nie podaje własnego adresu (SOURCE).",
            "Sprawdź, czy to adres tego programu.",
        ),
        Finding::UnknownDistrict => well("Dzielnica, której nie ma, to 404."),
        Finding::UnknownDistrictServed { calendar: true } => ill(
            "Dzielnica, której nie ma, dostaje kalendarz.",
            "Niech serwer pośredniczący przekazuje 404 od programu: zły adres nie może wyglądać jak pusty kalendarz.",
        ),
        Finding::UnknownDistrictServed { calendar: false } => ill(
            "Na dzielnicę, której nie ma, przychodzi strona albo przekierowanie.",
            "Niech serwer pośredniczący przekazuje 404 od programu: strona czyści kalendarz w Evolution.",
        ),
        Finding::UnknownDistrictGone => ill(
            "Na dzielnicę, której nie ma, przychodzi 410, po którym Thunderbird porzuca kalendarz.",
            "Odpowiadaj 404.",
        ),
        Finding::UnknownDistrictStatus { status } => ill(
            format!("Na dzielnicę, której nie ma, przychodzi {status}."),
            "Odpowiadaj 404.",
        ),
        Finding::Json { sessions } => well(format!("Spotkania są też w JSON: {sessions}.")),
        Finding::NoJson { status } => ill(
            format!("Spotkań nie ma w JSON ({status})."),
            "Niech serwer pośredniczący przekazuje /calendars/….json.",
        ),
        Finding::OtherJson => ill(
            "Pod adresem .json stoi coś innego niż spotkania.",
            "Niech serwer pośredniczący przekazuje /calendars/….json.",
        ),
        Finding::Robots => well("robots.txt pozwala każdemu pobierać kalendarz."),
        Finding::NoRobots { status } => ill(
            format!("Serwer nie ma robots.txt ({status})."),
            "Wystaw /robots.txt programu w katalogu głównym serwera.",
        ),
        Finding::RobotsFailing { status } => ill(
            format!("robots.txt odpowiada błędem ({status}), co Google czyta jako zakaz."),
            "Wystaw /robots.txt programu w katalogu głównym serwera.",
        ),
        Finding::RobotsPage => ill(
            "W miejscu robots.txt stoi strona WWW.",
            "Wystaw /robots.txt programu w katalogu głównym serwera.",
        ),
        Finding::RobotsForbid { agent } => ill(
            format!(
                "robots.txt zabrania kalendarza robotowi {agent}; kalendarz Google tego słucha."
            ),
            "Pozwól tam na /calendars/.",
        ),
    }
}

fn failure(failure: &Failure) -> String {
    match failure {
        Failure::NoSuchHost => "nie ma takiego serwera w DNS".to_owned(),
        Failure::Refused => "nic tam nie słucha".to_owned(),
        Failure::TimedOut => "cała odpowiedź nie przyszła na czas".to_owned(),
        Failure::Closed => "połączenie zamknięto bez odpowiedzi".to_owned(),
        Failure::Network(error) => format!("sieć zawiodła ({})", shown(error)),
        Failure::Certificate(why) => format!("certyfikat {}", certificate(why).0),
        Failure::NotTls(error) => format!(
            "odpowiada coś, co nie rozmawia w TLS tak jak programy ({})",
            shown(error)
        ),
        Failure::NotHttp(error) => {
            format!("odpowiada coś, co nie rozmawia w HTTP ({})", shown(error))
        }
    }
}

fn certificate(fault: &CertificateFault) -> (String, &'static str) {
    match fault {
        CertificateFault::Expired => (
            "wygasł".to_owned(),
            "Odnów go i sprawdź, czemu nie odnowił się sam.",
        ),
        CertificateFault::NotYetValid => (
            "nie jest jeszcze ważny".to_owned(),
            "Sprawdź zegary albo poczekaj.",
        ),
        CertificateFault::OtherName => (
            "jest na inną nazwę".to_owned(),
            "Uzyskaj certyfikat na tę nazwę.",
        ),
        CertificateFault::UnknownIssuer => (
            "nie jest poświadczony przez nikogo, komu programy ufają".to_owned(),
            "Wysyłaj cały łańcuch (fullchain.pem) i nie używaj certyfikatu podpisanego przez siebie.",
        ),
        CertificateFault::Other(error) => {
            (format!("jest wadliwy ({})", shown(error)), "Uzyskaj nowy.")
        }
    }
}

fn breakage(breakage: &Breakage) -> String {
    match breakage {
        Breakage::Bom => "zaczyna się znacznikiem BOM".to_owned(),
        Breakage::NotUtf8 => "nie jest w UTF-8".to_owned(),
        Breakage::NoCalendar => "to nie BEGIN:VCALENDAR".to_owned(),
        Breakage::CutOff => "jest ostatni, przed końcem kalendarza".to_owned(),
        Breakage::AfterEnd => "stoi za końcem kalendarza".to_owned(),
        Breakage::LineEnd => "nie kończy się na CRLF".to_owned(),
        Breakage::EmptyLine => "jest pusty".to_owned(),
        Breakage::LongLine { octets } => format!("ma bajtów {octets}, ponad 75"),
        Breakage::NoProperty => "nie jest własnością".to_owned(),
        Breakage::Unbalanced { name } => format!("kończy {}, którego nikt nie zaczął", shown(name)),
        Breakage::Missing {
            component,
            property,
        } => format!("kończy {component} bez {property}"),
        Breakage::Method => "to METHOD".to_owned(),
        Breakage::SameUid { uid } => format!("powtarza UID {}", shown(uid)),
        Breakage::UnknownZone { name } => format!(
            "jest w strefie czasowej {}, której kalendarz nie opisuje",
            shown(name)
        ),
    }
}

/// Seconds in a unit that is easily read.
fn amount(seconds: i64) -> String {
    match seconds.unsigned_abs() {
        seconds @ 0..600 => format!("{seconds} s"),
        seconds @ 600..172_800 => format!("{} min", seconds / 60),
        seconds => format!("{} dni", seconds / 86_400),
    }
}
