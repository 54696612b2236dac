// The officer's desk, as an officer meets it: the guide's tasks by the forms
// alone, with JavaScript and without. Each is counted in steps (a click, a
// field filled in), found in the feed that residents get, and leaves every
// other byte of the file as it was.
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { byKeyboard, complaints, faults, launch, open } from "./browser.js";
import { start, startDesk } from "./program.js";
import { date } from "./schedules.js";

/** A file as people write them: every comment must outlive every task. */
const file = `# yaml-language-server: $schema=schedule.schema.json
# PRZYKŁAD, nie prawdziwy harmonogram.
calendar:
  id: przyklad # nigdy go nie zmieniaj
  title: Przykładowy cykl spotkań
  timezone: Europe/Warsaw
  window: 14:00-18:00   # godziny każdego spotkania
  language: pl
  rhythm: monthly

# Dzielnice
districts:
  - {id: gorna, number: I, name: Przykładowa Górna}
  - {id: dolna, number: II, name: Przykładowa Dolna} # druga

venues: # miejsca
  - id: kawiarnia
    name: Kawiarnia Pżykład # nazwa z szyldu
    district: gorna
    # adres sprawdzić

# Spotkania
sessions:
  - id: minione
    date: ${date(-30)}
    venue: kawiarnia # pierwsze

  # za chwilę
  - id: jutro
    date: ${date(1)}
    weekday: ${["niedziela", "poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota"][new Date(date(1)).getUTCDay()]}
    venue: kawiarnia

  - id: dalekie
    date: ${date(40)} # trzeci piątek
    venue: kawiarnia
    note: |
      Wejście od podwórza.

      Druga część uwagi.

# Koniec
withdrawn: [] # nic
`;

const day = (text) => text.replaceAll("-", "");
/** As the desk writes dates: piątek, 15 stycznia 2027. */
const spoken = (text) => new Intl.DateTimeFormat("pl-PL", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(text));
const comments = (text) => text.split(/\r?\n/).flatMap((line) => /(^|\s)(#.*)$/.exec(line)?.[2] ?? []);

/** The bytes before and after the lines of the entry `id`. */
function around(text, id) {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.trim() === `- id: ${id}`);
  assert.ok(start >= 0, `no ${id} in\n${text}`);
  const length = lines.slice(start + 1).findIndex((line) => line.trim() !== "" && !line.startsWith("    "));
  // The blank lines below an entry are not its own.
  let end = start + 1 + length;
  while (lines[end - 1].trim() === "") end -= 1;
  return [lines.slice(0, start).join("\n"), lines.slice(end).join("\n")];
}

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** An officer at the desk, who counts the steps. */
class Officer {
  constructor(page) {
    this.page = page;
    this.steps = 0;
  }

  async click(role, name) {
    this.steps += 1;
    await this.page.getByRole(role, { name }).first().click();
  }

  async fold(name) {
    this.steps += 1;
    await this.page.locator("summary", { hasText: name }).click();
  }

  async fill(label, value) {
    this.steps += 1;
    await this.page.getByLabel(label, { exact: true }).fill(value);
  }

  async choose(label, option) {
    this.steps += 1;
    await this.page.getByLabel(label, { exact: true }).selectOption({ label: option });
  }

  async save() {
    await this.click("button", "Sprawdź i pokaż, co się zmieni");
    await this.page.getByRole("heading", { name: "Sprawdź przed zapisaniem" }).waitFor();
    const seen = await this.page.locator(".changes").innerText();
    await this.click("button", "Zapisz");
    await this.page.getByRole("status").getByText("Zapisano.").waitFor();
    return seen;
  }
}

for (const [javaScriptEnabled, windows] of [[true, false], [false, true]]) {
  test(`the guide's tasks by the forms alone: ${javaScriptEnabled ? "with" : "without"} JavaScript, ${windows ? "CRLF and BOM" : "LF"}`, async () => {
    const told = [];
    const program = await start(windows ? `\u{feff}${file.replaceAll("\n", "\r\n")}` : file);
    const desk = await startDesk(program.schedule);
    const page = await open(browser, { javaScriptEnabled, locale: "pl-PL" });
    const wrong = complaints(page);
    await page.goto(desk.url);

    /** Does one task: at most `most` steps, then `inFeed` in the feed, and only the entry `id` touched. */
    async function task(name, { most, id, seen, inFeed, notInFeed }, work) {
      const old = await readFile(program.schedule, "utf8");
      const officer = new Officer(page);
      await work(officer);
      const shown = await officer.save();
      assert.match(shown, seen, name);
      assert.ok(officer.steps <= most, `${name}: ${officer.steps} steps, at most ${most}`);
      told.push(`${name} ${officer.steps}`);
      const text = await readFile(program.schedule, "utf8");
      if (id) assert.deepEqual(around(text, id), around(old, id), `${name}\n${text}`);
      assert.deepEqual(comments(text), comments(old), name);
      if (windows) assert.ok(text.startsWith("\u{feff}") && !/[^\r]\n/.test(text), name);
      // The server sees the file within half a second.
      let feed;
      for (let tries = 0; tries < 100; tries += 1) {
        feed = (await (await fetch(`${program.url}/calendars/all.ics`)).text()).replaceAll("\r\n ", "");
        if (inFeed.test(feed) && !notInFeed?.test(feed)) return text;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`${name}: not in the feed:\n${feed}`);
    }
    const meeting = (text) => (officer) => officer.click("link", spoken(text));

    // Added with a new place, in one flow.
    const old = await readFile(program.schedule, "utf8");
    const added = await task("add", { most: 9, seen: /nowe spotkanie.*Biblioteka Górna/, inFeed: new RegExp(`DTSTART;TZID=Europe/Warsaw:${day(date(68))}T140000`) }, async (officer) => {
      await officer.click("link", "Dodaj spotkanie");
      await officer.fill("Data", date(68));
      await officer.fold("Dopisz nowe miejsce");
      await officer.fill("Nazwa", "Biblioteka Górna");
      await officer.choose("Dzielnica", "I Przykładowa Górna");
      await officer.fill("Adres", "ul. Górna 1, Przykładów");
    });
    // Without the new lines it is the old file.
    const eol = windows ? "\r\n" : "\n";
    const id = date(68).slice(0, 7);
    const place = ["", "  - id: biblioteka-gorna", "    name: Biblioteka Górna", "    district: gorna", "    address: ul. Górna 1, Przykładów"];
    const session = ["", "", `  - id: ${id}`, `    date: ${date(68)}`, "    venue: biblioteka-gorna"];
    assert.equal(added.replace(place.join(eol), "").replace(session.join(eol), ""), old);

    await task("move", { most: 4, id, seen: /Data: /, inFeed: new RegExp(`Warsaw:${day(date(75))}T140000`), notInFeed: new RegExp(`Warsaw:${day(date(68))}`) }, async (officer) => {
      await meeting(date(68))(officer);
      await officer.fill("Data", date(75));
    });
    await task("cancel", { most: 5, id: "dalekie", seen: /odwołane/, inFeed: /SUMMARY:ODWOŁANE: .*Kawiarnia/ }, async (officer) => {
      await meeting(date(40))(officer);
      await officer.choose("Czy się odbędzie?", "odwołane");
      await officer.fill("Uwaga dla mieszkańców", "Remont: „dach”.\n\nPrzepraszamy.");
    });
    await task("restore", { most: 4, id: "dalekie", seen: /jednak się odbędzie/, inFeed: /Remont/, notInFeed: /ODWOŁANE/ }, async (officer) => {
      await meeting(date(40))(officer);
      await officer.choose("Czy się odbędzie?", "odbędzie się");
    });
    await task("postpone", { most: 4, id: "dalekie", seen: /przełożone/, inFeed: /SUMMARY:PRZEŁOŻONE: / }, async (officer) => {
      await meeting(date(40))(officer);
      await officer.choose("Czy się odbędzie?", "przełożone, nowego terminu jeszcze nie ma");
    });
    await task("new date", { most: 5, id: "dalekie", seen: /Data: /, inFeed: new RegExp(`Warsaw:${day(date(47))}T140000`), notInFeed: /PRZEŁOŻONE/ }, async (officer) => {
      await meeting(date(40))(officer);
      await officer.fill("Data", date(47));
      await officer.choose("Czy się odbędzie?", "odbędzie się");
    });
    await task("note", { most: 4, id: "dalekie", seen: /Wejście od ogrodu/, inFeed: /Wejście od ogrodu\./ }, async (officer) => {
      await meeting(date(47))(officer);
      await officer.fill("Uwaga dla mieszkańców", "Wejście od ogrodu.");
    });
    await task("correct a typo in a place", { most: 4, id: "kawiarnia", seen: /Kawiarnia Przykład/, inFeed: /Kawiarnia Przykład/, notInFeed: /Pżykład/ }, async (officer) => {
      await officer.click("link", "Kawiarnia Pżykład");
      await officer.fill("Nazwa", "Kawiarnia Przykład");
    });

    // A meeting that is soon: words to spread; and all of it undone.
    const untouched = await readFile(program.schedule, "utf8");
    await task("cancel one that is soon", { most: 4, id: "jutro", seen: /odwołane/, inFeed: /SUMMARY:ODWOŁANE: / }, async (officer) => {
      await meeting(date(1))(officer);
      await officer.choose("Czy się odbędzie?", "odwołane");
    });
    assert.match(await page.locator(".soon").innerText(), /48 godzin[^]*Odwołane: /);
    await page.getByRole("button", { name: "Cofnij ostatni zapis" }).click();
    await page.getByRole("status").getByText("Cofnięto.").waitFor();
    assert.equal(await readFile(program.schedule, "utf8"), untouched);

    assert.deepEqual(wrong, []);
    console.log(`steps: ${told.join(", ")}`);
    await page.context().close();
    desk.stop();
    await program.stop();
  });
}

/** Every page of the desk, shown one after the other; `look` is called on each. */
async function everyPage(page, look) {
  const program = await start(file);
  const desk = await startDesk(program.schedule);
  const press = (name) => Promise.all([page.waitForEvent("load"), page.getByRole("button", { name }).click()]);
  const ask = () => press("Sprawdź i pokaż");
  await page.goto(desk.url);
  await look("home");
  await page.goto(`${desk.url}sessions/new`);
  await look("new meeting");
  await page.locator("[name='window']").fill("18-14");
  await page.locator("[name='venue']").selectOption("kawiarnia");
  await ask();
  await page.getByRole("alert").waitFor();
  await look("problems");
  await page.goto(`${desk.url}sessions/new`);
  await ask();
  await look("no place");
  await page.goto(`${desk.url}sessions/minione`);
  await look("past meeting");
  await page.goto(`${desk.url}sessions/jutro`);
  await look("meeting");
  await page.locator("[name='date']").fill(date(2));
  await page.locator("[name='status']").selectOption("postponed");
  await ask();
  await look("look");
  const address = page.url();
  const [preview, poster] = await page.locator("a[target=_blank]").evaluateAll((links) => links.map((link) => link.href));
  for (const [link, words] of [[preview, "Podgląd"], [poster, "Podgląd"]]) {
    const answer = await fetch(link);
    assert.equal(answer.status, 200);
    assert.ok((await answer.text()).includes(words), link);
  }
  await press("Zapisz");
  await page.getByText("Zapisano.").waitFor();
  await look("saved");
  // Stale: the file has changed since.
  await page.goto(address);
  await page.locator("[name='note.pl']").fill("Ważna uwaga.");
  await writeFile(program.schedule, `${await readFile(program.schedule, "utf8")}# inna osoba\n`);
  await ask();
  await page.getByText("Plik zmienił się").waitFor();
  await look("stale");
  await page.goto(`${desk.url}places/new`);
  await look("new place");
  await page.goto(`${desk.url}places/kawiarnia`);
  await look("place");
  await page.locator("[name='name.pl']").fill("Kawiarnia Przykład");
  await ask();
  await look("look at a place");
  await page.goto(`${desk.url}text`);
  await look("text");
  await page.locator("#text").fill((await readFile(program.schedule, "utf8")).replace("venue: kawiarnia", "venue: kawiarnja"));
  await press("Sprawdź");
  await look("text with a mistake");
  await page.goto(`${desk.url}sessions/nothing`);
  await look("missing");
  await writeFile(program.schedule, file.replace("window: 14:00-18:00", "window: 18-14"));
  await page.goto(desk.url);
  await look("broken");
  desk.stop();
  await program.stop();
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [320, 1280]) {
    test(`axe-core finds nothing on any page of the desk and nothing scrolls sideways: ${colorScheme}, ${width} pixels`, async () => {
      const page = await open(browser, { colorScheme, viewport: { width, height: 900 }, locale: "pl-PL" });
      const found = [];
      await everyPage(page, async (name) => {
        const folder = process.env.BROWSER_SCREENSHOTS;
        if (folder) {
          await mkdir(folder, { recursive: true });
          await page.screenshot({ fullPage: true, path: join(folder, `desk-${name.replaceAll(" ", "-")}-${colorScheme}-${width}.png`) });
        }
        found.push(...(await faults(page)).map((fault) => `${name}: ${fault}`));
      });
      assert.deepEqual(found, []);
      await page.context().close();
    });
  }
}

describe("by keyboard", () => {
  test("every control of every page of the desk is reached and seen", async () => {
    const page = await open(browser, { viewport: { width: 320, height: 700 }, locale: "pl-PL" });
    await everyPage(page, async (name) => {
      const { reached, missed } = await byKeyboard(page);
      assert.deepEqual(missed, [], name);
      assert.ok(reached.length > 2, `${name}: ${reached.length} controls`);
    });
    await page.context().close();
  });
});
