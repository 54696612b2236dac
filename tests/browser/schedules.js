// The schedules that the tests serve: examples, with dates around today.

const DAY = 86_400_000;

/** The date `days` from today as 2026-03-13. */
export const date = (days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

/** The next 15th of `month` (1 to 12) that is more than a month away. */
export function nextDate(month) {
  const soonest = new Date(Date.now() + 40 * DAY);
  const year = soonest.getUTCFullYear() + (month <= soonest.getUTCMonth() + 1 ? 1 : 0);
  return `${year}-${String(month).padStart(2, "0")}-15`;
}

const quoted = (text) => JSON.stringify(text);

const calendar = `
calendar:
  id: example
  title: {pl: "Przykładowy cykl spotkań", en: "An example of meetings", uk: "Приклад зустрічей"}
  description: {pl: "Przykład: raz w miesiącu w innym miejscu.", en: "An example: once a month, another place.", uk: "Приклад: раз на місяць в іншому місці."}
  about: {pl: "Trzecie miejsce to nie dom i nie praca.\\n\\nTo przykład.", en: "A third place is neither home nor work.\\n\\nThis is an example.", uk: "Третє місце – не дім і не робота.\\n\\nЦе приклад."}
  audience: [{pl: "organizacje", en: "organisations", uk: "організації"}, {pl: "mieszkańcy", en: "residents", uk: "мешканці"}]
  organizer: {name: "Przykładowy urząd", url: "https://example.org/"}
  invitation: {pl: "Wystarczy przyjść", en: "Just come", uk: "Просто приходьте"}
  free: true
  rhythm: monthly
  accessibility: {entity: "Przykładowy urząd", status: partial, published: 2026-03-06, prepared: 2026-03-06, updated: 2026-03-07, contact: {name: "Jan Przykład", email: "dostepnosc@example.org", phone: "+48 12 000 00 00"}, exceptions: "Mapa na stronie miejsca.", building: "Wejście bez progów."}
  timezone: Europe/Warsaw
  window: 14:00-18:00
  language: pl
districts:
  - {id: nowa-huta, number: XVIII, name: Nowa Huta, aliases: [dzielnica-xviii]}
  - {id: bienczyce, number: XVI, name: Bieńczyce}
  - {id: lagiewniki, number: IX, name: Łagiewniki-Borek Fałęcki}
  - {id: wzgorza, number: XVII, name: Wzgórza Krzesławickie}
`;

/** Every kind of session: past, off, moved about the year, without a place. */
export const example = `${calendar}
venues:
  - id: cafe
    name: "Kawiarnia Przykładowa – Księgarnia i Czytelnia"
    district: nowa-huta
    address: "ul. Przykładowa 7, Kraków"
    location: {lat: 50.07, lon: 20.04}
    host: "Fundacja Przykład"
    url: "https://example.org/cafe"
    description: "Dwie sale.\\nOgródek od maja."
    access: [step-free, accessible-toilet, hearing-loop, sign-language]
  - {id: library, name: "Biblioteka Przykładowa", district: bienczyce}
sessions:
  - {id: past, date: ${date(-60)}, venue: library}
  - {id: past-cancelled, date: ${date(-30)}, venue: cafe, status: cancelled}
  - {id: cancelled, date: ${date(10)}, venue: library, status: cancelled, note: "Awaria prądu."}
  - {id: next, date: ${date(20)}, venue: cafe, note: "Wejście od podwórka."}
  - {id: postponed, date: ${date(30)}, venue: library, status: postponed}
  - {id: tentative, date: ${date(33)}, venue: cafe, status: tentative}
  - {id: everywhere, date: ${date(36)}, districts: all, title: {pl: "Piknik", en: "Picnic", uk: "Пікнік"}}
  - {id: summer, date: ${nextDate(7)}, venue: cafe}
  - {id: winter, date: ${nextDate(1)}, venue: cafe}
`;

/** Nothing was ever announced. */
export const empty = `${calendar}
venues: []
sessions: []
`;

/** Texts that would run a script, or break out of what they stand in, wherever they were not escaped. */
export const HOSTILE = [
  `"><script>pwned()</script>`,
  `'><img src=x onerror=pwned()>`,
  `</script><script>pwned()</script>`,
  `<!--<script>pwned()//-->`,
  `" onfocus="pwned()" autofocus="`,
  `{{7*7}}\${7*7}<%= 7*7 %>`,
  `]]><svg onload=pwned()>&lt;b&gt;&amp;`,
  `</title></textarea></style><iframe srcdoc='<script>parent.pwned()</script>'>`,
  `javascript:pwned()`,
];

/** A schedule whose every text is hostile. */
export function hostile() {
  const all = quoted(HOSTILE.join(" "));
  const venues = HOSTILE.map((text, index) => `
  - id: venue-${index}
    name: ${quoted(`Przykład ${index} ${text}`)}
    district: nowa-huta
    address: ${quoted(text)}
    host: ${quoted(text)}
    url: "https://example.org/?a='%22&b=%3Cscript%3E"
    description: ${quoted(`${text}\n${text}`)}
    access: [step-free]`);
  const sessions = HOSTILE.map((text, index) => `
  - {id: session-${index}, date: ${date(index + 1)}, venue: venue-${index}, title: ${quoted(text)}, note: ${quoted(text)}}`);
  return `
calendar:
  id: example
  title: ${all}
  description: ${all}
  about: ${all}
  audience: [${all}]
  organizer: {name: ${all}, url: "https://example.org/?a='&b=%22"}
  timezone: Europe/Warsaw
  window: 14:00-18:00
  language: pl
districts:
  - {id: nowa-huta, number: ${quoted(`X"><b>'`)}, name: ${all}}
venues:${venues.join("")}
sessions:${sessions.join("")}
`;
}

/** Its longest texts. */
export const WORDY = {
  title: "Bardzo długi tytuł przykładowego cyklu spotkań ".repeat(6).trim(),
  organizer: "Przykładowy urząd o bardzo długiej nazwie ".repeat(5).trim(),
  venue: "Dom kultury imienia przykładu ".repeat(9).trim(),
  address: "ul. Przykładowa ".repeat(12).trim(),
};

/** As much text as an officer could ever write, in every place of the poster. */
export const wordy = `
calendar:
  id: example
  title: "${WORDY.title}"
  organizer: {name: "${WORDY.organizer}"}
  timezone: Europe/Warsaw
  window: 14:00-18:00
  language: pl
districts:
${Array.from({ length: 30 }, (_, index) => `  - {id: d${index}, name: "Dzielnica o przykładowo długiej nazwie ${index}"}`).join("\n")}
venues:
  - {id: place, name: "${WORDY.venue}", district: d0, address: "${WORDY.address}"}
sessions:
${Array.from({ length: 12 }, (_, index) => `  - {id: s${index}, date: ${date(index + 3)}, venue: place, status: ${["confirmed", "cancelled", "postponed", "tentative"][index % 4]}}`).join("\n")}
`;
