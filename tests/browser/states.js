// The states that people meet a page in: each an example schedule, seen on
// one Friday, with a word that its pages say only then.

/** Every state is seen at this instant: Friday, 12 June 2026, three in the afternoon in Warsaw. */
export const NOW = "2026-06-12T13:00:00Z";
const TODAY = "2026-06-12";

/** Texts that stand in the schedule in Polish only. */
export const POLISH_ONLY = ["Przykładowa kawiarnia Słoneczko", "Wieczór bajek przy piecu", "Fundacja Jaskółka", "Wejście od ogrodu", "Stara Olszyna"];

/** Links and addresses that stand in a note. */
export const LINKS = [
  "https://example.org/bardzo/dlugi/adres/bez/zadnej/przerwy/ktory/nie/miesci/sie/w/zadnej/kolumnie?a=1&b=2",
  "www.example.org/dojazd", "mailto:bardzo.dlugi.adres.do.spraw.dostepnosci@przyklad.example.org",
];

const TITLE = `{pl: "Przykładowy cykl spotkań", en: "An example of meetings", uk: "Приклад зустрічей"}`;
const DISTRICTS = `
  - {id: nowa-huta, number: XVIII, name: Nowa Huta}
  - {id: bienczyce, number: XVI, name: Bieńczyce}
  - {id: lagiewniki, number: IX, name: Łagiewniki-Borek Fałęcki}
  - {id: wzgorza, number: XVII, name: Wzgórza Krzesławickie}
  - {id: olszyna, name: Stara Olszyna}`;
const VENUES = `
  - id: cafe
    name: {pl: "Kawiarnia Przykładowa – Księgarnia i Czytelnia", en: "Example Café – Bookshop and Reading Room", uk: "Кав’ярня «Приклад» — книгарня й читальня"}
    district: nowa-huta
    address: "ul. Przykładowa 7, Kraków"
    location: {lat: 50.07, lon: 20.04}
    host: "Fundacja Przykład"
    url: "https://example.org/cafe"
    email: "cafe@example.org"
    phone: "+48 12 000 00 01"
    description: {pl: "Dwie sale.\\nOgródek od maja.", en: "Two rooms.\\nA garden from May.", uk: "Дві зали.\\nСадок із травня."}
    access: [step-free, accessible-toilet, hearing-loop, sign-language]
  - {id: library, name: {pl: "Biblioteka Przykładowa", en: "Example Library", uk: "Бібліотека «Приклад»"}, district: bienczyce}`;

function schedule({ title = TITLE, organizer = `{pl: "Przykładowy urząd", en: "An example office", uk: "Приклад установи"}`, districts = DISTRICTS, venues = VENUES, sessions = "[]" }) {
  return `
calendar:
  id: example
  title: ${title}
  description: {pl: "Przykład: mniej więcej raz w miesiącu w innym miejscu spotykają się organizacje i mieszkańcy. Nie trzeba się zapisywać.", en: "An example: about once a month organisations and residents meet in another place. No need to sign up.", uk: "Приклад: приблизно раз на місяць організації та мешканці зустрічаються в іншому місці. Записуватися не треба."}
  about: {pl: "Trzecie miejsce to nie dom i nie praca.\\n\\nTo przykład.", en: "A third place is neither home nor work.\\n\\nThis is an example.", uk: "Третє місце — не дім і не робота.\\n\\nЦе приклад."}
  audience: [{pl: "organizacje", en: "organisations", uk: "організації"}, {pl: "mieszkanki i mieszkańcy", en: "residents", uk: "мешканки та мешканці"}]
  organizer: {name: ${organizer}, url: "https://example.org/", email: "urzad@example.org", phone: "+48 12 000 00 00"}
  invitation: {pl: "Wystarczy przyjść", en: "Just come", uk: "Просто приходьте"}
  free: true
  rhythm: monthly
  channels: [{name: {pl: "Facebook urzędu", en: "The office on Facebook", uk: "Установа у Facebook"}, url: "https://example.org/facebook"}]
  links: [{name: {pl: "Biuletyn Informacji Publicznej", en: "Public Information Bulletin", uk: "Бюлетень публічної інформації"}, url: "https://example.org/bip"}]
  accessibility: {entity: "Przykładowy urząd", status: partial, published: 2026-03-06, prepared: 2026-03-06, updated: 2026-03-07, contact: {name: "Jan Przykład", email: "dostepnosc@example.org", phone: "+48 12 000 00 00"}, exceptions: "Mapa na stronie miejsca.", building: "Wejście bez progów."}
  timezone: Europe/Warsaw
  window: 14:00-18:00
  language: pl
districts:${districts}
venues: ${venues}
sessions: ${sessions}
`;
}

/** The lines of sessions, each written as inside `{…}`. */
const sessions = (...lines) => lines.map((line) => `\n  - {${line}}`).join("");
const one = (line, ...others) => schedule({ sessions: sessions(`id: next, ${line}`, ...others) });

const held = `id: held, date: 2026-04-17, venue: library`;
const ahead = `id: ahead, date: 2026-07-17, venue: cafe`;
const inWeek = "date: 2026-06-19, venue: cafe";

/** Forty that were held and twenty to come, one a month. */
function sixty() {
  const lines = Array.from({ length: 60 }, (_, index) => {
    const month = index - 40 + 6;
    const date = new Date(Date.UTC(2026, month, 10)).toISOString().slice(0, 10);
    const status = ["confirmed", "confirmed", "cancelled", "confirmed", "tentative"][index % 5];
    return `id: ${index === 40 ? "next" : `s${index}`}, date: ${date}, venue: ${index % 2 ? "library" : "cafe"}, status: ${status}`;
  });
  return schedule({ sessions: sessions(...lines) });
}

/**
 * By name. `before` was served until a moment ago, `clock` is another instant
 * than `NOW`, `says` stands on the page at `on` and on no page of "one".
 */
export const STATES = {
  none: { yaml: schedule({ venues: "[]" }), says: "Pierwsze miejsce ogłosimy wkrótce", on: "/places/" },
  one: { yaml: one(inWeek), says: "Najbliższe spotkanie" },
  sixty: { yaml: sixty(), says: "2024" },
  today: { yaml: one(`date: ${TODAY}, venue: cafe, window: 17:00-20:00`, held), says: "Dziś" },
  tomorrow: { yaml: one("date: 2026-06-13, venue: cafe", held, ahead), says: "Jutro" },
  "in progress": { yaml: one(`date: ${TODAY}, venue: cafe`, held, ahead), says: "Trwa teraz" },
  "just over": { yaml: one(`date: ${TODAY}, venue: cafe, window: 10:00-15:00`, ahead), says: "Już się odbyło", on: "/sessions/next/" },
  "nothing ahead": { yaml: one("date: 2026-05-15, venue: cafe", held), says: "Spotykamy się mniej więcej raz w miesiącu" },
  "nothing here": { yaml: one("date: 2026-06-19, venue: library", "id: held, date: 2026-04-17, venue: cafe"), says: "Tymczasem w innej części miasta", on: "/districts/nowa-huta/" },
  "cancelled today": { yaml: one(`date: ${TODAY}, venue: cafe, status: cancelled, note: {pl: "Awaria prądu.", en: "A power cut.", uk: "Немає струму."}`, ahead), says: "Prosimy nie przychodzić" },
  "moved today to another district": {
    before: one(`date: ${TODAY}, venue: cafe`, ahead),
    yaml: one("date: 2026-06-26, venue: library", ahead),
    says: "Dziś nie ma tu spotkania", on: "/districts/nowa-huta/",
  },
  "moved to another day and place": { before: one(`date: ${TODAY}, venue: cafe, districts: all`), yaml: one("date: 2026-06-15, venue: library, districts: all, window: 15:00-19:00", ahead), says: "Wcześniej zapowiadaliśmy" },
  "new hours today": { before: one(`date: ${TODAY}, venue: cafe`), yaml: one(`date: ${TODAY}, venue: cafe, window: 16:00-20:00`), says: "Nowe godziny" },
  postponed: { yaml: one(`${inWeek}, status: postponed`, held), says: "Nowy termin podamy tutaj" },
  provisional: { yaml: one(`${inWeek}, status: tentative`, ahead), says: "Termin wstępny" },
  restored: { before: one(`${inWeek}, status: cancelled`), yaml: one(inWeek), says: "jednak się odbędzie" },
  "place unknown": { yaml: one("date: 2026-06-19, districts: [nowa-huta, bienczyce]", ahead), says: "Miejsce podamy wkrótce" },
  "city-wide": { yaml: one(`date: 2026-06-19, districts: all, title: {pl: "Piknik", en: "Picnic", uk: "Пікнік"}`, ahead), says: "Dla całego miasta" },
  "all cancelled": { yaml: one(`${inWeek}, status: cancelled`, ...["2026-07-17", "2026-08-14", "2026-09-18"].map((date, index) => `id: off${index}, date: ${date}, venue: ${index % 2 ? "cafe" : "library"}, status: cancelled`)), says: "Kolejny termin podamy tutaj" },
  "long names": {
    yaml: schedule({
      title: "Przykładowe międzypokoleniowe spotkania krakowskich organizacji pozarządowych z przedstawicielkami i przedstawicielami samorządu w miejscach trzecich",
      organizer: "Pełnomocnik Przykładowego Prezydenta do spraw współpracy z organizacjami pozarządowymi oraz społeczeństwa obywatelskiego",
      districts: `${DISTRICTS}\n  - {id: long, number: XXXVIII, name: "Przykładowe Nadwiślańskie Przedmieście-Konstantynówka Podgórska"}`,
      venues: `
  - id: cafe
    name: "Międzypokoleniowe Centrum Aktywności Lokalnej i Rewitalizacji Społeczno-Gospodarczej imienia Przykładowej Założycielki – Kawiarnia Obywatelska „Niepełnosprawnościom Naprzeciw”"
    district: long
    address: "ulica Generała Przykładowego-Niezłomnego 128A lok. 14, wejście od strony podwórka, 31-001 Kraków"
    host: "Ogólnopolskie Stowarzyszenie na rzecz Międzypokoleniowej Współpracy Przykładowej"
    access: [step-free, accessible-toilet, hearing-loop, sign-language]
  - {id: library, name: "Dzielnicowa Biblioteka Publiczna", district: bienczyce}`,
      sessions: sessions(`id: next, date: 2026-06-19, venue: cafe, districts: [long, nowa-huta], title: "Najprzeróżniejsze przedsięwzięcia: współfinansowanie, wolontariat i odpowiedzialność społeczna", note: "${"Wejście od strony ogrodu, przez bramę obok przystanku. ".repeat(8).trim()}"`, "id: ahead, date: 2026-07-17, venue: cafe, districts: [long], status: tentative"),
    }),
    says: "Niepełnosprawnościom",
  },
  "a word longer than a line": {
    yaml: schedule({
      venues: `\n  - {id: cafe, name: "${"Konstantynopolitańczykowianeczka".repeat(3)}", district: nowa-huta, address: "${"Przykładowa".repeat(12)}", host: "${"Fundacja".repeat(15)}", description: "${"x".repeat(300)}"}\n  - {id: library, name: Biblioteka, district: bienczyce}`,
      sessions: sessions(`id: next, ${inWeek}, title: "${"Spotkanie".repeat(14)}", note: "${"y".repeat(300)}"`, ahead),
    }),
    says: "Konstantynopolitańczykowianeczka", isEndless: true,
  },
  "links in notes": {
    yaml: schedule({
      venues: VENUES.replace("Dwie sale.", `Dwie sale: ${LINKS[0]}.`).replace("Two rooms.", `Two rooms: ${LINKS[0]}.`).replace("Дві зали.", `Дві зали: ${LINKS[0]}.`),
      sessions: sessions(`id: next, ${inWeek}, note: "Dojazd: ${LINKS[1]}. Mapa: ${LINKS[0]}, pytania: ${LINKS[2].replace("mailto:", "")}."`, "id: ahead, date: 2026-07-17, venue: cafe, status: cancelled, note: \"Pytania: urzad@example.org\""),
    }),
    says: "www.example.org/dojazd",
  },
  "Polish only": {
    yaml: schedule({
      venues: `\n  - {id: cafe, name: "${POLISH_ONLY[0]}", district: olszyna, host: "${POLISH_ONLY[2]}", address: "Przykładowa kawiarnia Słoneczko 1"}\n  - {id: library, name: {pl: Biblioteka, en: Library, uk: Бібліотека}, district: nowa-huta}`,
      sessions: sessions(`id: next, ${inWeek}, districts: [olszyna, nowa-huta], title: "${POLISH_ONLY[1]}", note: "${POLISH_ONLY[3]}"`, "id: ahead, date: 2026-07-17, venue: cafe, districts: [olszyna, nowa-huta]", "id: held, date: 2026-05-15, venue: cafe"),
    }),
    says: "Fundacja Jaskółka",
  },
  results: { yaml: one(`date: 2026-06-05, venue: cafe, results: {text: {pl: "Przyszło dwadzieścia osób. Notatki: https://example.org/notatki", en: "Twenty people came. Notes: https://example.org/notatki", uk: "Прийшло двадцять людей. Нотатки: https://example.org/notatki"}, links: [{title: {pl: Zdjęcia, en: Pictures, uk: Світлини}, url: "https://example.org/zdjecia"}]}`, ahead), says: "Co z tego wynikło", on: "/sessions/next/" },
};
