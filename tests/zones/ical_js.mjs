// Local times on standard input -> their Unix times by a feed's VTIMEZONE, as
// ical.js reads it (Thunderbird, Nextcloud).
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [library, file] = process.argv.slice(2);
const { default: ICAL } = await import(pathToFileURL(library));

// It looks no further than 2035 unless told to.
ICAL.Timezone.MAX_YEAR = 2050;

const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
const zone = new ICAL.Timezone(calendar.getFirstSubcomponent("vtimezone"));
for (const local of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const time = ICAL.Time.fromData(
    {
      year: Number(local.slice(0, 4)),
      month: Number(local.slice(4, 6)),
      day: Number(local.slice(6, 8)),
      hour: Number(local.slice(9, 11)),
      minute: Number(local.slice(11, 13)),
      second: Number(local.slice(13, 15)),
      isDate: false,
    },
    zone,
  );
  console.log(time.toUnixTime());
}
