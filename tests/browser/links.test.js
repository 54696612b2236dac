// The links for each calendar program are right, in summer and in winter.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, launch, open } from "./browser.js";
import { start } from "./program.js";
import { example } from "./schedules.js";

let browser, program, page;
before(async () => {
  browser = await launch();
  program = await start(example);
  page = await open(browser);
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

/** The instant that the clocks of `zone` show as `local` (20260713T140000). */
function instant(local, zone) {
  const [, ...parts] = local.match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/);
  const [year, month, day, hour, minute, second] = parts.map(Number);
  const wanted = Date.UTC(year, month - 1, day, hour, minute, second);
  const shown = (time) => {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, dateStyle: "short", timeStyle: "medium", hourCycle: "h23" });
    const of = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(of.year, of.month - 1, of.day, of.hour, of.minute, of.second);
  };
  return wanted - (shown(wanted) - wanted);
}

for (const [id, offset] of [["summer", "+02:00"], ["winter", "+01:00"]]) {
  test(`one session for Google, Outlook and as a file, in ${id}`, async () => {
    for (const [language, prefix] of LANGUAGES) {
      const feed = await (await fetch(`${program.url}${prefix}/calendars/all.json`)).json();
      const session = feed.sessions.find((candidate) => candidate.id === id);
      assert.ok(session.start.endsWith(`T14:00:00${offset}`), session.start);
      const [start, end] = [Date.parse(session.start), Date.parse(session.end)];
      await page.goto(`${program.url}${prefix}/sessions/${id}/`);
      const href = async (name) => page.locator(".add").getByRole("link", { name }).getAttribute("href");

      const google = new URL(await href("Google"));
      assert.equal(google.origin + google.pathname, "https://calendar.google.com/calendar/render");
      assert.equal(google.searchParams.get("action"), "TEMPLATE");
      assert.equal(google.searchParams.get("ctz"), "Europe/Warsaw");
      assert.deepEqual(google.searchParams.get("dates").split("/").map((local) => instant(local, "Europe/Warsaw")), [start, end]);
      assert.equal(google.searchParams.get("text"), session.title);
      assert.ok(google.searchParams.get("details").includes(session.url));
      assert.ok(google.searchParams.get("location").includes(session.place.address));

      const outlook = new URL(await href("Outlook"));
      assert.equal(outlook.origin + outlook.pathname, "https://outlook.live.com/calendar/deeplink/compose");
      assert.equal(outlook.searchParams.get("rru"), "addevent");
      assert.equal(Date.parse(outlook.searchParams.get("startdt")), start);
      assert.equal(Date.parse(outlook.searchParams.get("enddt")), end);
      assert.equal(outlook.searchParams.get("subject"), session.title);

      for (const link of [google, outlook]) assert.ok(!link.search.includes("+"), "a space is %20");

      const file = await fetch(new URL(await href(/\.ics/), program.url));
      assert.match(file.headers.get("content-disposition"), /^attachment/);
      const text = (await file.text()).replaceAll("\r\n ", "");
      const local = text.match(/DTSTART;TZID=Europe\/Warsaw:(\S+)/)[1];
      assert.equal(instant(local, "Europe/Warsaw"), start, language);
    }
  });
}

test("a session that is off is offered to no calendar", async () => {
  for (const id of ["cancelled", "past"]) {
    await page.goto(`${program.url}/sessions/${id}/`);
    assert.equal(await page.locator(".add").count(), 0, id);
  }
});

test("the links to subscribe name the feed, once encoded", async () => {
  for (const [, prefix] of LANGUAGES) {
    for (const [path, selection] of [["/", "all"], ["/districts/nowa-huta/", "nowa-huta"], ["/districts/bienczyce,nowa-huta/", "bienczyce,nowa-huta"]]) {
      await page.goto(program.url + prefix + path);
      const feed = `${program.url}${prefix}/calendars/${selection}.ics`;
      const webcal = feed.replace(/^http/, "webcal");
      const links = await page.locator(".subscribe a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      assert.equal(await page.getByLabel(/Adres kalendarza|Calendar address|Адреса календаря/).inputValue(), feed);
      assert.ok(links.includes(webcal), links.join("\n"));
      const by = (start) => new URL(links.find((link) => link.startsWith(start)));
      assert.equal(by("https://calendar.google.com/calendar/r?").searchParams.get("cid"), webcal);
      assert.ok(links.includes("https://calendar.google.com/calendar/u/0/r/settings/addbyurl"));
      for (const host of ["https://outlook.live.com/", "https://outlook.office.com/"]) {
        const outlook = by(host);
        assert.equal(outlook.pathname, "/calendar/0/addfromweb");
        assert.equal(outlook.searchParams.get("url"), feed);
        assert.ok(outlook.searchParams.get("name").length > 5);
        assert.ok(!outlook.search.includes("+"));
      }
      const calendar = await fetch(feed);
      assert.equal(calendar.status, 200);
      assert.match(await calendar.text(), /^BEGIN:VCALENDAR\r\n/);
    }
  }
});

test("every link within the service leads somewhere", async () => {
  const seen = new Set();
  const queue = ["/", "/en/", "/uk/"];
  while (queue.length) {
    const path = queue.pop();
    if (seen.has(path)) continue;
    seen.add(path);
    const response = await fetch(program.url + path);
    assert.equal(response.status, 200, path);
    if (!(response.headers.get("content-type") ?? "").startsWith("text/html")) continue;
    const html = await response.text();
    for (const [, escaped] of html.matchAll(/(?:href|src)="([^"]+)"/g)) {
      const link = new URL(escaped.replaceAll("&#38;", "&").replaceAll("&amp;", "&"), program.url + path);
      if (link.origin === program.url) queue.push(link.pathname + link.search);
    }
  }
  assert.ok(seen.size > 60, `${seen.size} pages and files`);
});

test("search engines are told the status, the offset, the place, the host and that it is free", async () => {
  for (const [id, status] of [["next", "EventScheduled"], ["cancelled", "EventCancelled"], ["postponed", "EventPostponed"]]) {
    await page.goto(`${program.url}/sessions/${id}/`);
    const event = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
    assert.equal(event["@type"], "Event");
    assert.equal(event.eventStatus, `https://schema.org/${status}`);
    assert.match(event.startDate, /T14:00:00\+0[12]:00$/);
    assert.equal(event.isAccessibleForFree, true);
    assert.equal(event.organizer.name, "Przykładowy urząd");
    assert.ok(event.location.name.length > 5);
    assert.equal(event.location.address["@type"], "PostalAddress");
    assert.ok(event.location.address.addressLocality.length > 5);
    assert.equal(event.offers.price, 0);
    assert.ok(event.description.startsWith("Przykład: raz w miesiącu"));
    assert.ok(!event.name.includes(event.location.name), "the venue is told in its place");
  }
});

test("each page names itself in every language, and its picture exists", async () => {
  for (const [language, prefix] of LANGUAGES) {
    await page.goto(`${program.url}${prefix}/districts/nowa-huta/`);
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    const alternates = await page.locator("link[hreflang]").evaluateAll((all) => all.map((link) => [link.hreflang, new URL(link.href).pathname]));
    assert.deepEqual(alternates, [["pl", "/districts/nowa-huta/"], ["en", "/en/districts/nowa-huta/"], ["uk", "/uk/districts/nowa-huta/"], ["x-default", "/districts/nowa-huta/"]]);
    const types = await page.locator("link[rel=alternate][type]").evaluateAll((all) => all.map((link) => link.type));
    for (const type of ["text/calendar", "application/atom+xml", "application/json", "application/json+oembed", "text/xml+oembed"]) {
      assert.ok(types.includes(type), type);
    }
    const locales = await page.locator('meta[property="og:locale:alternate"]').evaluateAll((all) => all.map((meta) => meta.content));
    assert.deepEqual(locales, ["pl_PL", "en_GB", "uk_UA"].filter((locale) => !locale.startsWith(language)));
    const picture = await fetch(await page.locator('meta[property="og:image"]').getAttribute("content"));
    assert.equal(picture.headers.get("content-type"), "image/png");
    assert.equal(picture.url, `${program.url}${prefix}/pictures/next.png`, "of the next session");
  }
});

test("a session has pictures to share, which say what they show", async () => {
  for (const [, prefix] of LANGUAGES) {
    for (const [id, words] of [["next", "Kawiarnia Przykładowa"], ["cancelled", "Biblioteka Przykładowa"]]) {
      await page.goto(`${program.url}${prefix}/sessions/${id}/`);
      const meta = (name) => page.locator(`meta[property="${name}"]`).getAttribute("content");
      assert.equal(await meta("og:image"), `${program.url}${prefix}/pictures/${id}.png`);
      assert.ok((await meta("og:image:alt")).includes(words), await meta("og:image:alt"));
      for (const [name, width, height] of [[`${id}.png`, 1200, 630], [`${id}-square.png`, 1080, 1080]]) {
        const size = await page.evaluate(async (url) => {
          const bitmap = await createImageBitmap(await (await fetch(url)).blob());
          return [bitmap.width, bitmap.height];
        }, `${prefix}/pictures/${name}`);
        assert.deepEqual(size, [width, height], name);
      }
    }
  }
});

test("telephones and old programs find their icons, and the first screen its name", async () => {
  await page.goto(program.url);
  for (const [selector, type] of [["link[rel=apple-touch-icon]", "image/png"], ['link[rel=icon][href$=".ico"]', "image/vnd.microsoft.icon"], ["link[rel=manifest]", "application/manifest+json; charset=utf-8"]]) {
    const response = await fetch(new URL(await page.locator(selector).getAttribute("href"), program.url));
    assert.equal(response.status, 200, selector);
    assert.equal(response.headers.get("content-type"), type);
  }
  const manifest = await (await fetch(`${program.url}/manifest.webmanifest`)).json();
  assert.equal(manifest.name, "Przykładowy cykl spotkań");
  const size = await page.evaluate(async () => (await createImageBitmap(await (await fetch("/favicon.ico")).blob())).width);
  assert.equal(size, 32);
});

test("every foot leads to the declaration of accessibility, which has every element of the form", async () => {
  for (const [, prefix] of LANGUAGES) {
    await page.goto(`${program.url}${prefix}/sessions/next/`);
    await page.locator("footer").getByRole("link", { name: /Deklaracja dostępności|Accessibility statement|Декларація доступності/ }).click();
    assert.equal(new URL(page.url()).pathname, `${prefix}/accessibility/`);
    for (const id of ["wstep", "podmiot", "url", "data-publikacja", "data-aktualizacja", "status", "data-sporzadzenie", "kontakt", "osoba", "email", "telefon", "procedura", "architektura", "aplikacje"]) {
      assert.ok((await page.locator(`#a11y-${id}`).innerText()).length > 2, id);
    }
    for (const date of ["publikacja", "aktualizacja", "sporzadzenie"]) {
      assert.match(await page.locator(`time#a11y-data-${date}`).getAttribute("datetime"), /^2026-03-0\d$/);
    }
  }
});
