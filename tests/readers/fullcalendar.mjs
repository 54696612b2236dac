// What FullCalendar shows in a browser: addresses of feeds on standard input,
// for each a JSON line of its events.
//
// The page that holds the calendar has another origin than the feeds, as an
// organisation's own site has.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [folder, browser] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const { default: puppeteer } = await import(require.resolve("puppeteer-core"));

const scripts = [
  "ical.js/build/ical.min.js",
  "@fullcalendar/core/index.global.min.js",
  "@fullcalendar/list/index.global.min.js",
  "@fullcalendar/icalendar/index.global.min.js",
].map((path) => readFileSync(`${folder}/node_modules/${path}`, "utf8"));
const page = `<!doctype html><meta charset="utf-8"><div id="calendar"></div>
${scripts.map((script) => `<script>${script.replaceAll("</script", "<\\/script")}</script>`).join("\n")}`;

const site = createServer((_, answer) => {
  answer.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
}).listen(0, "127.0.0.1");
await new Promise((ready) => site.once("listening", ready));

const chromium = await puppeteer.launch({
  executablePath: browser,
  args: ["--no-sandbox", "--disable-gpu"],
  env: { ...process.env, TZ: "Europe/Warsaw" },
});
console.error(await chromium.version());
const tab = await chromium.newPage();
await tab.goto(`http://127.0.0.1:${site.address().port}/`);

for await (const url of createInterface({ input: process.stdin })) {
  const answer = await tab.evaluate(
    (url) =>
      new Promise((done) => {
        const calendar = new FullCalendar.Calendar(document.getElementById("calendar"), {
          events: { url, format: "ics" },
          eventSourceSuccess: () => {
            // The events are in place after this callback returns.
            setTimeout(() => {
              const events = calendar.getEvents().map((event) => ({
                start: event.start.getTime() / 1000,
                end: event.end.getTime() / 1000,
                summary: event.title,
                url: event.url,
                description: event.extendedProps.description ?? "",
                location: event.extendedProps.location ?? "",
              }));
              calendar.destroy();
              done({ events });
            });
          },
          eventSourceFailure: (error) => done({ error: error.message }),
          // It keeps only what lies within the shown dates.
          initialView: "years",
          views: { years: { type: "list", duration: { years: 4 } } },
          initialDate: "2025-01-01",
        });
        calendar.render();
      }),
    url,
  );
  console.log(JSON.stringify(answer));
}
await chromium.close();
site.close();
