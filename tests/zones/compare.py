"""Feeds of the program in many zones -> where a reader of them is wrong.

For each zone: a schedule with a session a month through twenty years, served
by the program; its `calendars/all.ics` read by libraries of calendar programs;
every session, every day and every hour around a clock change compared with
zoneinfo on the newest time zone database. Exits 1 where anything differs.
"""

import argparse
import datetime
import io
import pathlib
import subprocess
import sys
import urllib.request
import zoneinfo

import dateutil
import dateutil.tz
import icalendar
import tzdata

ZONES = [
    "Europe/Warsaw",
    "Europe/Dublin",
    "Europe/London",
    "Atlantic/Azores",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "Africa/Johannesburg",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Vancouver",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Easter",
]
FIRST_YEAR, YEARS = 2025, 20
WINDOW = (datetime.time(14), datetime.time(18))
UTC = datetime.timezone.utc
HERE = pathlib.Path(__file__).parent


def session_dates():
    """A date in each month: every day of the month, every weekday in its turn."""
    for month in range(YEARS * 12):
        yield datetime.date(FIRST_YEAR + month // 12, month % 12 + 1, month * 11 % 28 + 1)


def schedule(zone):
    lines = [
        "calendar:",
        "  id: example-zones",
        "  title: An example, not a real schedule",
        "  description: Made by a test of time zones",
        f"  timezone: {zone}",
        "  window: 14:00-18:00",
        "  language: en",
        "districts:",
        "  - {id: example-district, name: Example district}",
        "venues:",
        "  - {id: example-venue, name: Example venue, district: example-district}",
        "sessions:",
    ]
    for date in session_dates():
        lines.append(f"  - {{id: {date:%Y-%m}, date: {date}, venue: example-venue}}")
    return "\n".join(lines) + "\n"


def served_feed(program, zone, folder):
    """The bytes of the feed that the program serves of the schedule."""
    file = folder / "schedule.yaml"
    file.write_text(schedule(zone), encoding="utf-8")
    file.with_name("schedule.history.jsonl").unlink(missing_ok=True)
    command = [program, "serve", "--schedule", str(file), "--listen", "127.0.0.1:0", "--admin-listen", "off"]
    with open(folder / "log", "w") as log, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as server:
        said = server.stdout.readline()
        if not said.startswith("listening on "):
            sys.exit(f"{' '.join(command)}: {said}{(folder / 'log').read_text()}")
        with urllib.request.urlopen(f"{said.split()[-1]}/calendars/all.ics", timeout=30) as answer:
            served = answer.read()
        server.terminate()
    return served


def instant(local, tz):
    """The instant of a local time, or None where there is none or two."""
    one, other = (local.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1))
    if one != other or one.astimezone(tz).replace(tzinfo=None) != local:
        return None
    return one


def local_times(tz):
    """Local times that name one instant: one in each day, and each quarter of
    an hour for a day and a half around a change of the clocks."""
    day, end = datetime.datetime(FIRST_YEAR, 2, 1, 9), datetime.datetime(FIRST_YEAR + YEARS, 1, 1)
    times = set()
    while day < end:
        times.add(day)
        following = day + datetime.timedelta(days=1)
        if day.replace(tzinfo=tz).utcoffset() != following.replace(tzinfo=tz).utcoffset():
            times.update(day + datetime.timedelta(minutes=15 * step) for step in range(-48, 144))
        day = following
    return sorted(local for local in times if instant(local, tz) is not None)


def read_with_dateutil(feed, zone, times):
    text = feed.decode("utf-8").replace("\r\n ", "").replace("\r\n", "\n")
    tz = dateutil.tz.tzical(io.StringIO(text)).get(zone)
    return [int(local.replace(tzinfo=tz).astimezone(UTC).timestamp()) for local in times]


def read_with(command):
    """A reader that takes a file and local times on its standard input, and
    prints the Unix time of each."""

    def read(feed, zone, times):
        asked = "\n".join(local.strftime("%Y%m%dT%H%M%S") for local in times) + "\n"
        file = pathlib.Path(command[-1])
        file.write_bytes(feed)
        done = subprocess.run(
            command, input=asked, capture_output=True, text=True, timeout=300
        )
        if done.returncode != 0:
            raise ValueError(f"exit {done.returncode}: {done.stderr.strip()}")
        return [int(line) for line in done.stdout.split()]

    return read


def faults(feed, zone, readers):
    """What is wrong with a feed, in words; and how many times were compared."""
    calendar = icalendar.Calendar.from_ical(feed)
    zones = calendar.walk("VTIMEZONE")
    if [str(component["TZID"]) for component in zones] != [zone]:
        return [f"{len(zones)} VTIMEZONEs: {[str(z['TZID']) for z in zones]}"], 0
    if [component.name for component in calendar.subcomponents].index("VTIMEZONE") != 0:
        return ["the VTIMEZONE is not before the events"], 0

    found = []
    tz = zoneinfo.ZoneInfo(zone)
    events = calendar.walk("VEVENT")
    told = []
    for event in events:
        for name, hour in zip(("DTSTART", "DTEND"), WINDOW):
            value = event[name]
            if value.params.get("TZID") != zone:
                found.append(f"{event['UID']}: {name} has TZID {value.params.get('TZID')}")
            told.append(value.dt.replace(tzinfo=None))
    expected = [datetime.datetime.combine(date, hour) for date in session_dates() for hour in WINDOW]
    if sorted(told) != sorted(expected):
        found.append(f"{len(events)} events, {len(expected) // 2} sessions, or other hours")

    times = sorted(set(local_times(tz) + expected))
    truth = [int(instant(local, tz).timestamp()) for local in times]
    for name, read in readers.items():
        try:
            answers = read(feed, zone, times)
        except Exception as error:  # whatever a reader trips over is a fault of the feed
            found.append(f"{name}: {error!r}")
            continue
        if len(answers) != len(times):
            found.append(f"{name}: {len(answers)} answers to {len(times)} times")
        wrong = [(l, a - t) for l, a, t in zip(times, answers, truth) if a != t]
        if wrong:
            sample = ", ".join(f"{local} by {seconds} s" for local, seconds in wrong[:3])
            found.append(f"{name}: {len(wrong)} of {len(times)} times are wrong: {sample}")
    return found, len(times)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True)
    arguments.add_argument("--release", required=True)
    arguments.add_argument("--folder", required=True, type=pathlib.Path)
    arguments.add_argument("--ical-js", required=True)
    arguments.add_argument("--libical")
    arguments = arguments.parse_args()

    if tzdata.IANA_VERSION != arguments.release or zoneinfo.TZPATH:
        sys.exit(f"tzdata {tzdata.IANA_VERSION} is not the program's {arguments.release}")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    feed_file = str(arguments.folder / "feed.ics")
    readers = {
        f"dateutil {dateutil.__version__}": read_with_dateutil,
        "ical.js": read_with(["node", str(HERE / "ical_js.mjs"), arguments.ical_js, feed_file]),
    }
    if arguments.libical:
        readers["libical"] = read_with([arguments.libical, feed_file])

    bad = 0
    for zone in ZONES:
        found, compared = faults(served_feed(arguments.program, zone, arguments.folder), zone, readers)
        print(f"{zone}: {'wrong' if found else 'good'}, {compared} local times")
        for fault in found:
            print(f"  {fault}")
        bad += bool(found)
    print(f"{len(ZONES)} zones by {arguments.release}, read by {', '.join(readers)}: {bad} wrong")
    if not arguments.libical:
        print("libical was not asked: --libical")
    sys.exit(1 if bad else 0)


main()
