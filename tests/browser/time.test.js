// Pages change by themselves when a session begins and ends; a feed does not
// change with the clock.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { start } from "./program.js";

/** Hours and minutes of `instant` in `zone`. */
const clock = (instant, zone) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(instant);
const day = (instant, zone) => new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(instant);

test("a session begins and ends on its page without a restart, and its feed stays the same", { timeout: 240_000 }, async () => {
  const now = new Date();
  const minute = 60_000;
  const begins = new Date(Math.ceil((now.getTime() + 5_000) / minute) * minute);
  const ends = new Date(begins.getTime() + minute);
  // A zone where this is far from midnight: a session is on one date.
  const zone = ["Atlantic/Reykjavik", "Asia/Tokyo", "America/New_York"].find((candidate) => {
    const hour = Number(clock(now, candidate).slice(0, 2));
    return hour >= 2 && hour <= 21;
  });
  const program = await start(`
calendar:
  id: example
  title: Przykład
  timezone: ${zone}
  window: "${clock(begins, zone)}-${clock(ends, zone)}"
  language: pl
districts: [{id: nowa-huta, name: Nowa Huta}, {id: bienczyce, name: Bieńczyce}]
venues: [{id: cafe, name: Kawiarnia Przykładowa, district: nowa-huta}]
sessions: [{id: brief, date: ${day(begins, zone)}, venue: cafe, districts: [bienczyce]}]
`);
  const schedule = await readFile(program.schedule, "utf8");
  await writeFile(program.schedule, schedule.replace(", districts: [bienczyce]}]", "}]"));
  const get = async (path) => {
    const response = await fetch(program.url + path);
    return { text: await response.text(), etag: response.headers.get("etag") };
  };
  const until = async (what, instant, path = "/") => {
    for (;;) {
      const { text } = await get(path);
      if (text.includes(what)) break;
      assert.ok(Date.now() < instant + 10_000, `"${what}" did not come`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    assert.ok(Date.now() >= instant, `"${what}" came too early`);
  };
  // It moved to another district, which the one that it left says while it lasts.
  await until("Przeniesione", now.getTime(), "/embed/bienczyce/");
  const [feed, data, page] = [await get("/calendars/all.ics"), await get("/calendars/all.json"), await get("/")];
  assert.ok(page.text.includes("Dziś"));
  assert.ok(page.text.includes("Najbliższe spotkanie"));
  await until("Trwa teraz", begins.getTime());
  assert.ok((await get("/embed/bienczyce/")).text.includes("Przeniesione"));
  await until("Kolejny termin podamy tutaj", ends.getTime());
  assert.notEqual((await get("/")).etag, page.etag);
  assert.deepEqual(await get("/calendars/all.ics"), feed);
  assert.deepEqual(await get("/calendars/all.json"), data);
  assert.ok((await get("/sessions/brief/")).text.includes("Już się odbyło"));
  assert.ok(!(await get("/embed/all/")).text.includes("Kawiarnia Przykładowa"));
  assert.ok(!(await get("/embed/bienczyce/")).text.includes("Przeniesione"));
  await program.stop();
});
