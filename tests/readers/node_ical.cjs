// What node-ical reads (Home Assistant's cards, MagicMirror): paths of feeds
// on standard input, for each a JSON line of its events.
const { readFileSync } = require("node:fs");
const { createInterface } = require("node:readline");

const ical = require(process.argv[2]);

// A property with parameters is an object in node-ical.
const text = (value) => (typeof value === "object" && value ? value.val : (value ?? ""));

createInterface({ input: process.stdin }).on("line", (file) => {
  let answer;
  try {
    const events = Object.values(ical.sync.parseICS(readFileSync(file, "utf8")))
      .filter((component) => component.type === "VEVENT")
      .map((event) => ({
        uid: event.uid,
        start: event.start.getTime() / 1000,
        end: event.end.getTime() / 1000,
        summary: text(event.summary),
        description: text(event.description),
        location: text(event.location),
        status: event.status,
        sequence: Number(event.sequence),
      }));
    answer = { events };
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify(answer));
});
