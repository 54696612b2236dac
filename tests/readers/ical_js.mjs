// What ical.js reads (Thunderbird, Nextcloud): paths of feeds on standard
// input, for each a JSON line of its events. It answers line by line, so that
// one process serves many feeds.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));

// It does not know the type that RFC 7986 gives this property.
ICAL.design.icalendar.property.name = { defaultType: "text" };

function read(file) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone"));
  const instant = (time) => {
    // A time that did not find the feed's own zone is not to pass by luck.
    if (time.zone.tzid !== zone.tzid) throw new Error(`${time} is in ${time.zone.tzid}`);
    return time.toUnixTime();
  };
  ICAL.TimezoneService.register(zone);
  try {
    return {
      name: calendar.getFirstPropertyValue("name"),
      about: calendar.getFirstPropertyValue("description") ?? "",
      events: calendar.getAllSubcomponents("vevent").map((component) => {
        const event = new ICAL.Event(component);
        return {
          uid: event.uid,
          start: instant(event.startDate),
          end: instant(event.endDate),
          summary: event.summary,
          description: event.description,
          location: event.location ?? "",
          status: component.getFirstPropertyValue("status"),
          sequence: event.sequence,
          categories: component.getFirstProperty("categories").getValues(),
        };
      }),
    };
  } finally {
    ICAL.TimezoneService.remove(zone.tzid);
  }
}

for await (const file of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = read(file);
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify(answer));
}
