"""Any text that a schedule accepts -> whether it comes back equal from
independent parsers."""

import json
import pathlib
import subprocess
import tempfile

import hypothesis
import icalendar
from hypothesis import strategies as st

import documents
import lines
import program

LONGEST = 10_000

# What the schedule refuses: control characters, what ends a line for some
# program and not for another, what turns a line around, noncharacters.
REFUSED = (
    [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if code != 0x0A]
    + ["\u2028", "\u2029", "\ufeff"]
    + [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    + [chr(code) for code in range(0xFDD0, 0xFDF0)]
    + [chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF)]
)

PIECES = [
    "Zażółć gęślą jaźń", "ÓŁŻ", "Спільний простір", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇵🇱", "e\u0301", "\u200b", "\u00a0", "\u00ad", "Å\u030a",
    "\\", "\\\\", "\\n", "\\N", "\\,", "\\;", "\\:", ",", ";", ":", '"', "'", "^n", "^'", "=", "&", "<b>", "]]>", "%0A",
    "\n", "\n\n", "\n ", " \n", "\n\nBEGIN:VEVENT\nUID:x\nEND:VEVENT\n", "BEGIN:VEVENT", "END:VCALENDAR", "\nSUMMARY:x",
    "\\nDTSTART:20260101T000000Z", "ATTACH;VALUE=URI:", "- ", "# ", "{{ x }}", "}, {", "a", " ", "  ", "\u3000",
]

letters = st.characters(exclude_categories=["Cs"], exclude_characters=REFUSED)
pieces = st.one_of(st.sampled_from(PIECES), st.text(letters, max_size=20))
short = st.lists(pieces, min_size=1, max_size=12).map("".join)
long = st.builds(
    lambda lead, text, times: (lead + text * times)[:LONGEST],
    st.text("ab", max_size=80), short, st.integers(2, LONGEST),
)
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060"


def kept(text):
    """The text as a schedule keeps it: trimmed; blank ones are refused."""
    text = text.strip()
    return text if text.strip(INVISIBLE + " \n\u00a0\u3000\u2003") else "x"


paragraphs = st.one_of(short, short, long).map(kept)
line = st.one_of(short, short, long).map(lambda text: kept(text.replace("\n", " ")))
LINES = ("title", "district", "venue", "address", "host", "session")
PARAGRAPHS = ("about", "place", "note", "note_en", "note_uk")
every_text = st.fixed_dictionaries({name: line for name in LINES} | {name: paragraphs for name in PARAGRAPHS})

HOSTS = {"": "Prowadzi", "/en": "Run by", "/uk": "Господар місця"}


def schedule(text):
    """A schedule of those texts. JSON is YAML, and a JSON string says any
    text."""
    return json.dumps(
        {
            "calendar": {
                "id": "example", "title": text["title"], "description": text["about"],
                "timezone": "Europe/Warsaw", "window": "14:00-18:00", "language": "pl",
            },
            "districts": [{"id": "one", "name": text["district"]}],
            "venues": [
                {"id": "venue", "name": text["venue"], "district": "one", "address": text["address"],
                 "location": {"lat": 50.07, "lon": 20.04}, "host": text["host"], "description": text["place"]},
            ],
            "sessions": [
                {"id": "titled", "date": "2031-03-14", "venue": "venue", "title": text["session"],
                 "note": {"pl": text["note"], "en": text["note_en"], "uk": text["note_uk"]}},
                {"id": "untitled", "date": "2031-04-18", "venue": "venue"},
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def expected(text, prefix):
    note = text[{"": "note", "/en": "note_en", "/uk": "note_uk"}[prefix]]
    rest = [f"{HOSTS[prefix]}: {text['host']}", text["place"], text["about"]]
    page = f"http://localhost:8080{prefix}/sessions"
    same = {"location": f"{text['venue']}, {text['address']}", "categories": [text["district"]]}
    return {
        "titled@example": {**same, "summary": text["session"],
                           "description": "\n\n".join([note, *rest, f"{page}/titled/"])},
        "untitled@example": {**same, "summary": f"{text['title']}: {text['venue']}",
                             "description": "\n\n".join([*rest, f"{page}/untitled/"])},
    }


def with_icalendar(body):
    calendar = icalendar.Calendar.from_ical(body)
    events = {
        str(event["UID"]): {
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "location": str(event["LOCATION"]),
            "categories": [str(category) for category in event["CATEGORIES"].cats],
        }
        for event in calendar.walk("VEVENT")
    }
    # It knows no type of NAME and gives it raw: ical.js alone judges that.
    return None, str(calendar["DESCRIPTION"]), events


class IcalJs:
    """ical.js in one process for all cases."""

    def __init__(self, tools, folder):
        self.file = folder / "feed.ics"
        command = ["node", pathlib.Path(__file__).parent / "ical_js.mjs",
                   tools / "node" / "node_modules" / "ical.js" / "dist" / "ical.js"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, body):
        self.file.write_bytes(body)
        self.process.stdin.write(f"{self.file}\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer
        keys = ("summary", "description", "location", "categories")
        events = {event["uid"]: {key: event[key] for key in keys} for event in answer["events"]}
        return answer["name"], answer["about"], events

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


def equal(what, read, wanted):
    """Says where two values part, not the ten thousand characters around."""
    if read == wanted:
        return
    at = next((at for at, (one, other) in enumerate(zip(read, wanted)) if one != other), min(len(read), len(wanted)))
    around = slice(max(0, at - 20), at + 40)
    raise AssertionError(f"{what}: at {at}: {read[around]!r}, not {wanted[around]!r}")


def judge(binary, tools, cases):
    """What is wrong, by name, and how many cases were tried."""
    found, tried = {}, 0
    with tempfile.TemporaryDirectory(prefix="spotkajmy-") as folder:
        folder = pathlib.Path(folder)
        file = folder / "texts.yaml"
        ical_js = IcalJs(tools, folder)

        @hypothesis.settings(
            max_examples=cases, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(every_text)
        @hypothesis.example({name: "\\" * LONGEST for name in LINES + PARAGRAPHS})
        @hypothesis.example({name: ("ą" * 36 + "\\,")[:LONGEST] for name in LINES + PARAGRAPHS})
        @hypothesis.example({name: "👩‍👩‍👧‍👦" * (LONGEST // 8) for name in LINES + PARAGRAPHS})
        @hypothesis.example({name: "Zażółć, gęślą; \\ jaźń " * 400 + "x" for name in LINES + PARAGRAPHS})
        def case(text):
            nonlocal tried
            tried += 1
            file.write_text(schedule(text), encoding="utf-8")
            with program.serve(binary, file) as served:
                for prefix in HOSTS:
                    body = served.get(f"{prefix}/calendars/all.ics")
                    equal("lines", lines.line_faults(body, 2), [])
                    for name, read in (("icalendar", with_icalendar), ("ical.js", ical_js)):
                        title, about, events = read(body)
                        if title is not None:
                            equal(f"{name}: the calendar's name", title, text["title"])
                        equal(f"{name}: its description", about, text["about"])
                        equal(f"{name}: the events", sorted(events), sorted(expected(text, prefix)))
                        for uid, wanted in expected(text, prefix).items():
                            for key, value in wanted.items():
                                equal(f"{name}: {key} of {uid}", events[uid][key], value)
                session = json.loads(served.get("/calendars/all.json"))["sessions"][0]
                equal("JSON: note", session["note"], text["note"])
                equal("JSON: title", session["title"], text["session"])
                atom = served.get("/calendars/all.atom")
                # That there is one is asserted elsewhere.
                if atom.strip():
                    equal("Atom", documents.atom_faults(atom), [])

        try:
            case()
        except BaseException as error:  # hypothesis raises groups too
            if isinstance(error, KeyboardInterrupt):
                raise
            notes = "\n".join(getattr(error, "__notes__", []))
            found["a text"] = f"{type(error).__name__}: {str(error)[:2000]}\n{notes[:2000]}"
        finally:
            ical_js.close()

        for character in REFUSED:
            tried += 1
            text = {name: "x" for name in LINES + PARAGRAPHS} | {"note": f"a{character}b"}
            file.write_text(schedule(text), encoding="utf-8")
            done = subprocess.run([binary, "check", file], capture_output=True, timeout=30)
            if done.returncode != 1:
                found[f"U+{ord(character):04X}"] = f"`check` accepts it: exit {done.returncode}"
    return found, tried
