"""Feeds -> what each reader finds in them.

Every reader gives, for each feed by its name, the list of its events as
dictionaries, or a text that says why it read none. It gives the keys that it
knows of; `Reader.keys` tells which.
"""

import collections
import dataclasses
import datetime
import html
import importlib.metadata
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time
import urllib.parse
import urllib.request
import zoneinfo

import click.testing
import icalendar
import khal.cli
import vobject

HERE = pathlib.Path(__file__).parent
UTC = datetime.timezone.utc
EVERYTHING = ("uid", "start", "end", "summary", "description", "location", "status", "sequence")


@dataclasses.dataclass
class Reader:
    name: str
    version: str
    what: str
    keys: tuple
    read: collections.abc.Callable
    note: str = ""


def run(command, **options):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=600, **options
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: exit {done.returncode}: {done.stderr or done.stdout}")
    return done.stdout


def one_by_one(read):
    """A reader of one feed -> a reader of many, none of which stops it."""

    def read_all(feeds):
        answers = {}
        for feed in feeds:
            try:
                answers[feed.name] = read(feed)
            except Exception as error:  # whatever a reader trips over is a fault
                answers[feed.name] = f"{type(error).__name__}: {error}"
        return answers

    return read_all


def line_by_line(command, line):
    """A process that answers each line with a line of JSON -> a reader."""

    def read_all(feeds):
        asked = "".join(f"{line(feed)}\n" for feed in feeds)
        answers = [json.loads(answer) for answer in run(command, input=asked).splitlines()]
        if len(answers) != len(feeds):
            raise RuntimeError(f"{command}: {len(answers)} answers to {len(feeds)} feeds")
        return {
            feed.name: answer.get("events", answer.get("error"))
            for feed, answer in zip(feeds, answers)
        }

    return read_all


def from_icalendar(calendar):
    if calendar.errors:
        raise ValueError(calendar.errors)
    events = []
    for event in calendar.walk("VEVENT"):
        if event.errors:
            raise ValueError(event.errors)
        events.append(
            {
                "uid": str(event["UID"]),
                "start": int(event["DTSTART"].dt.timestamp()),
                "end": int(event["DTEND"].dt.timestamp()),
                "summary": str(event["SUMMARY"]),
                "description": str(event["DESCRIPTION"]),
                "location": str(event.get("LOCATION", "")),
                "status": str(event["STATUS"]),
                "sequence": int(event["SEQUENCE"]),
                "url": str(event["URL"]),
                "categories": [str(category) for category in event["CATEGORIES"].cats],
            }
        )
    return events


def with_icalendar(feed):
    return from_icalendar(icalendar.Calendar.from_ical(feed.file.read_bytes()))


def with_vobject(feed):
    calendars = list(vobject.readComponents(feed.file.read_text(encoding="utf-8")))
    if len(calendars) != 1:
        raise ValueError(f"{len(calendars)} calendars")
    calendars[0].validate(raiseException=True)
    return [
        {
            "uid": event.uid.value,
            "start": int(event.dtstart.value.timestamp()),
            "end": int(event.dtend.value.timestamp()),
            "summary": event.summary.value,
            "description": event.description.value,
            "location": event.location.value if hasattr(event, "location") else "",
            "status": event.status.value,
            "sequence": int(event.sequence.value),
        }
        for event in calendars[0].contents.get("vevent", [])
    ]


def with_libical(program):
    """Its faults, by its restriction check, are faults of the feed."""

    def read(feed):
        answer = json.loads(run([program, feed.file]))
        if answer["faults"]:
            raise ValueError("; ".join(answer["faults"]))
        return answer["events"]

    return one_by_one(read)


KHAL = """\
[calendars]
{calendars}
[sqlite]
path = {folder}/{cache}.db
[locale]
local_timezone = Europe/Warsaw
default_timezone = Europe/Warsaw
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


def with_khal(folder):
    """Imports each feed into a calendar of its own, then lists all of them.

    Its command line runs in this process: it takes a second to start."""
    runner = click.testing.CliRunner()

    def khal_does(*arguments):
        done = runner.invoke(khal.cli.main_khal, [str(argument) for argument in arguments])
        if done.exit_code != 0:
            raise RuntimeError(f"khal {arguments}: {done.output} {done.exception!r}")
        return done.stdout

    fields = ["calendar", "uid", "title", "description", "location", "status"]
    fields += ["start-long-full", "end-long-full"]

    def configuration(cache, names):
        calendars = "\n".join(
            f"[[{name}]]\npath = {folder}/{name}\ntype = calendar" for name in names
        )
        file = folder / f"{cache}.conf"
        file.write_text(KHAL.format(calendars=calendars, folder=folder, cache=cache))
        return file

    def instant(text):
        local = datetime.datetime.strptime(text, "%Y-%m-%d %H:%M")
        return int(local.replace(tzinfo=zoneinfo.ZoneInfo("Europe/Warsaw")).timestamp())

    def read_all(feeds):
        fresh(folder)
        names = [f"feed{index}" for index in range(len(feeds))]
        for name, feed in zip(names, feeds):
            (folder / name).mkdir()
            khal_does("-c", configuration(name, [name]), "import", "--batch", "-a", name, feed.file)
        asked = [part for field in fields for part in ("--json", field)]
        span = [f"{datetime.datetime.fromtimestamp(edge, UTC) + datetime.timedelta(days=days):%Y-%m-%d}"
                for edge, days in zip(edges(feeds), (-1, 2))]
        # Not --once: an event stands in many of these calendars.
        listed = khal_does("-c", configuration("all", names), "list", *asked, *span)
        found = collections.defaultdict(list)
        for line in listed.splitlines():
            for event in json.loads(line) if line.startswith("[") else []:
                found[event["calendar"]].append(
                    {
                        "uid": event["uid"],
                        "start": instant(event["start-long-full"]),
                        "end": instant(event["end-long-full"]),
                        "summary": event["title"],
                        "description": event["description"],
                        "location": event["location"],
                        # khal puts a blank after it, for its own lines.
                        "status": event["status"].strip(),
                    }
                )
        return {feed.name: found[name] for name, feed in zip(names, feeds)}

    return read_all


def with_calcurse(folder):
    """Imports each feed, and asks for the appointments and their notes, into
    which calcurse puts the description and the place."""
    form = "\x1e%(start:epoch)\x1f%(end:epoch)\x1f%m\x1f%N"

    def read(feed):
        fresh(folder)
        calcurse = ["calcurse", "-q", "-D", folder]
        environment = {**os.environ, "TZ": "UTC"}
        run([*calcurse, "-i", feed.file], env=environment)
        first, last = edges([feed])
        query = ["-Q", "--filter-type", "apt", "--format-apt", form]
        query += ["--from", f"{datetime.datetime.fromtimestamp(first, UTC):%m/%d/%Y}"]
        query += ["--days", str((last - first) // 86400 + 2)]
        events = []
        for answer in run([*calcurse, *query], env=environment).split("\x1e")[1:]:
            start, end, summary, note = answer.split("\x1f")
            # A tab stands before each line of a note.
            lines = [line.removeprefix("\t") for line in note.strip().splitlines()]
            facts = lines.index("--") if "--" in lines else lines.index("-- ")
            location = [line.removeprefix("Location: ") for line in lines[facts:] if line.startswith("Location: ")]
            events.append(
                {
                    "start": int(start),
                    "end": int(end),
                    "summary": summary,
                    "description": "\n".join(lines[:facts]).strip(),
                    "location": "".join(location),
                }
            )
        return events

    return one_by_one(read)


def with_vdirsyncer(program, folder):
    """Copies every feed into a folder, as its users do for khal and todoman; a
    second time nothing may be left to copy."""

    def read_all(feeds):
        fresh(folder)
        config = [f'[general]\nstatus_path = "{folder}/status"\n']
        for index, feed in enumerate(feeds):
            config.append(
                f'[pair feed{index}]\na = "feed{index}_web"\nb = "feed{index}_here"\n'
                'collections = null\nconflict_resolution = "a wins"\n'
                f'[storage feed{index}_web]\ntype = "http"\nurl = "{feed.url}"\n'
                f'[storage feed{index}_here]\ntype = "filesystem"\npath = "{folder}/feed{index}"\nfileext = ".ics"\n'
            )
            (folder / f"feed{index}").mkdir()
        (folder / "config").write_text("".join(config))
        command = [program, "-c", folder / "config"]
        run([*command, "discover"], stdin=subprocess.DEVNULL)
        run([*command, "sync"])
        before = {file: file.stat().st_mtime_ns for file in folder.glob("feed*/*.ics")}
        run([*command, "sync"])
        if before != {file: file.stat().st_mtime_ns for file in folder.glob("feed*/*.ics")}:
            raise RuntimeError("the second sync of unchanged feeds copied something")
        return {
            feed.name: [
                event
                for file in (folder / f"feed{index}").glob("*.ics")
                for event in from_icalendar(icalendar.Calendar.from_ical(file.read_bytes()))
            ]
            for index, feed in enumerate(feeds)
        }

    return read_all


def with_open_web_calendar(environment, port):
    """Runs its server and asks it for the events that its page would show."""

    def read_all(feeds):
        command = [f"{environment}/bin/gunicorn", "--bind", f"127.0.0.1:{port}", "--timeout", "120"]
        command += ["--no-control-socket", "open_web_calendar:app"]
        server = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=environment,
            env={**os.environ, "ALLOWED_HOSTS": "127.0.0.1"},
        )
        try:
            return one_by_one(lambda feed: ask(f"http://127.0.0.1:{port}", feed))(feeds)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)

    def ask(base, feed):
        first, last = edges([feed])
        span = {name: f"{datetime.datetime.fromtimestamp(edge, UTC) + datetime.timedelta(days=days):%Y-%m-%d}"
                for name, edge, days in (("from", first, -2), ("to", last, 2))}
        query = urllib.parse.urlencode({"url": feed.url, "timezone": "Europe/Warsaw", **span})
        events = json.loads(patiently(f"{base}/calendar.events.json?{query}"))
        if any(event["type"] != "event" for event in events):
            raise ValueError([event["text"] for event in events if event["type"] != "event"])
        return [
            {
                "uid": event["uid"],
                "start": int(datetime.datetime.fromisoformat(event["start_date_iso"]).timestamp()),
                "end": int(datetime.datetime.fromisoformat(event["end_date_iso"]).timestamp()),
                "summary": html.unescape(event["text"]),
                "location": event["location"]["text"] if event["location"] else "",
                "sequence": event["sequence"],
                "url": event["url"],
            }
            for event in events
        ]

    return read_all


def patiently(url):
    """The body at an address whose server may still be starting."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + 60
    while True:
        try:
            with opener.open(url, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError:
            raise
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def edges(feeds):
    """The first start and the last end of all that is expected."""
    events = [event for feed in feeds for event in feed.expected]
    if not events:
        return (0, 86400)
    return min(event["start"] for event in events), max(event["end"] for event in events)


def all_readers(tools, browser, port):
    """The readers, with what `run` has put into the folder `tools`."""
    venv, node = tools / "venv" / "bin", tools / "node" / "node_modules"
    scratch = tools / "scratch"

    def python(name):
        return importlib.metadata.version(name)

    def package(folder):
        return json.loads((folder / "package.json").read_text())["version"]

    def debian(name):
        return run(["dpkg-query", "--show", "--showformat", "${Version}", name])

    ical_js = ["node", HERE / "ical_js.mjs", node / "ical.js" / "dist" / "ical.js"]
    node_ical = ["node", HERE / "node_ical.cjs", node / "node-ical"]
    fullcalendar = tools / "fullcalendar"
    in_browser = ["node", HERE / "fullcalendar.mjs", fullcalendar, browser]
    chromium = run([browser, "--version"]).split()[1]
    owc = tools / "open-web-calendar"
    owc_version = run([owc / "bin" / "python", "-c",
                       "import importlib.metadata as m; print(m.version('open-web-calendar'))"]).strip()
    whole = "every feed read; uid, hours, title, description, place, status, revision"
    return [
        Reader("icalendar (Python)", python("icalendar"), whole, EVERYTHING + ("url", "categories"),
               one_by_one(with_icalendar)),
        Reader("vobject (Python)", python("vobject"), whole, EVERYTHING, one_by_one(with_vobject)),
        Reader("ical.js", package(node / "ical.js"), whole, EVERYTHING + ("categories",),
               line_by_line(ical_js, lambda feed: feed.file)),
        Reader("node-ical", package(node / "node-ical"), whole, EVERYTHING,
               line_by_line(node_ical, lambda feed: feed.file)),
        Reader("libical", debian("libical-dev"), whole + "; its restriction check", EVERYTHING,
               with_libical(tools / "libical")),
        Reader("khal", python("khal"), "`khal import`, then `khal list`; uid, hours, title, description, place, status",
               EVERYTHING[:-1], with_khal(scratch / "khal")),
        Reader("calcurse", debian("calcurse"), "`calcurse -i`, then `calcurse -Q`; hours, title, description, place",
               ("start", "end", "summary", "description", "location"), with_calcurse(scratch / "calcurse")),
        Reader("vdirsyncer", python("vdirsyncer"), "synchronised twice from the web, the second time nothing to do; all but the uid, which it makes anew",
               EVERYTHING[1:] + ("url",), with_vdirsyncer(venv / "vdirsyncer", scratch / "vdirsyncer")),
        Reader("open-web-calendar", owc_version, "fetched by its server; uid, hours, title, place, revision, link",
               ("uid", "start", "end", "summary", "location", "sequence", "url"),
               with_open_web_calendar(owc, port), "it shows no plain description of any feed"),
        Reader("FullCalendar", f"{package(fullcalendar / 'node_modules' / '@fullcalendar' / 'icalendar')} in Chromium {chromium}",
               "fetched by a page of another origin; hours, title, description, place, link",
               ("start", "end", "summary", "description", "location", "url"),
               line_by_line(in_browser, lambda feed: feed.url)),
    ]
