"""The officer's edits, one after another, and what a subscriber must see.

A client is anything with `events()` (its own events by UID) and `refresh()`
(asks it to fetch the feed now). Each step writes the schedule under the
running program, waits until the program serves it, refreshes the client, and
waits until the client shows it.
"""

import datetime
import json
import os
import time

PATIENCE = 30  # seconds for the program, and then for the client

SCHEDULE = """\
# An example: no venue and no meeting in this file is real.
calendar:
  id: example-cycle
  title: Example cycle
  timezone: Europe/Warsaw
  window: 14:00-18:00
  language: en
  cancellations: status
districts:
  - {{id: upper, name: Example Upper}}
  - {{id: lower, name: Example Lower}}
venues:
  - {{id: cafe, name: "{cafe}", district: upper, address: "1 Example Street"}}
  - {{id: library, name: Example Library, district: lower}}
sessions:
{sessions}
withdrawn: [{withdrawn}]
"""


class Edit:
    """The schedule as the officer has it now."""

    def __init__(self):
        self.cafe = "Example Café"
        # Weeks ahead, so that all of them still are whenever this runs.
        monday = datetime.date.today() + datetime.timedelta(days=7 - datetime.date.today().weekday())
        self.dates = [monday + datetime.timedelta(weeks=weeks, days=2) for weeks in (4, 8, 12)]
        self.sessions = {
            "first": {"date": self.dates[0], "venue": "cafe"},
            "second": {"date": self.dates[1], "venue": "cafe"},
            "third": {"date": self.dates[2], "venue": "library"},
        }
        self.withdrawn = []

    def write(self, path):
        """As an editor saves: a new file moved over the old one."""
        sessions = "\n".join(
            "  - {" + ", ".join([f"id: {id}", *(f"{key}: {value}" for key, value in keys.items())]) + "}"
            for id, keys in self.sessions.items()
        )
        text = SCHEDULE.format(
            cafe=self.cafe, sessions=sessions, withdrawn=", ".join(self.withdrawn)
        )
        new = path.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        os.replace(new, path)


def steps(edit):
    """Title, the edit, and what each UID must then show (None: it is gone)."""

    def at(date, hour):
        return f"{date:%Y%m%d}T{hour:02}0000"

    first, second, third = (f"{id}@example-cycle" for id in edit.sessions)
    cafe, library = "Example cycle: Example Café", "Example cycle: Example Library"

    yield "subscribe", {
        first: {"summary": cafe, "start": at(edit.dates[0], 14), "end": at(edit.dates[0], 18),
                "location": "Example Café, 1 Example Street", "status": "CONFIRMED", "sequence": 0},
        second: {"summary": cafe, "start": at(edit.dates[1], 14), "sequence": 0},
        third: {"summary": library, "start": at(edit.dates[2], 14),
                "location": "Example Library, Example Lower", "status": "CONFIRMED", "sequence": 0},
    }

    moved = edit.dates[0] + datetime.timedelta(days=1)
    edit.sessions["first"].update(date=moved, window='"15:00-19:00"')
    yield "move", {
        first: {"start": at(moved, 15), "end": at(moved, 19), "sequence": 1},
        second: {"start": at(edit.dates[1], 14), "sequence": 0},
        third: {"sequence": 0},
    }

    edit.sessions["second"]["status"] = "cancelled"
    yield "cancel", {
        first: {"status": "CONFIRMED", "sequence": 1},
        second: {"summary": "CANCELLED: " + cafe, "status": "CANCELLED", "sequence": 1},
        third: {"status": "CONFIRMED", "sequence": 0},
    }

    edit.cafe = "Example Café, Renamed"
    renamed = "Example cycle: Example Café, Renamed"
    yield "venue renamed", {
        first: {"summary": renamed, "location": "Example Café, Renamed, 1 Example Street", "sequence": 2},
        second: {"summary": "CANCELLED: " + renamed, "location": "Example Café, Renamed, 1 Example Street",
                 "sequence": 2},
        third: {"summary": library, "sequence": 0},
    }

    vanished = edit.sessions.pop("third")
    yield "vanish", {
        first: {"sequence": 2},
        third: {"summary": "CANCELLED: " + library, "status": "CANCELLED", "sequence": 1,
                "start": at(edit.dates[2], 14)},
    }

    edit.sessions["third"] = vanished
    del edit.sessions["second"]["status"]
    yield "restore", {
        second: {"summary": renamed, "status": "CONFIRMED", "sequence": 3},
        third: {"summary": library, "status": "CONFIRMED", "sequence": 2},
    }

    del edit.sessions["first"]
    edit.withdrawn.append("first")
    yield "withdraw", {
        first: None,
        second: {"status": "CONFIRMED", "sequence": 3},
        third: {"status": "CONFIRMED", "sequence": 2},
    }


def missing(wanted, shown):
    """What of `wanted` is not among the events `shown`, in words."""
    found = []
    for uid, fields in wanted.items():
        event = shown.get(uid)
        if fields is None:
            if event is not None:
                found.append(f"{uid} is still there")
        elif event is None:
            found.append(f"{uid} is not there")
        else:
            found += [
                f"{uid}: {field} is {event.get(field)!r}, not {value!r}"
                for field, value in fields.items()
                if event.get(field) != value
            ]
    return found


def wait_until(condition):
    """Asks for at most PATIENCE seconds; the last answer, good when empty."""
    deadline = time.monotonic() + PATIENCE
    while True:
        answer = condition()
        if not answer or time.monotonic() > deadline:
            return answer
        time.sleep(0.2)


def published(served, wanted):
    """What the program does not serve yet, by the sequences of its JSON."""
    sessions = json.loads(served.get("/calendars/all.json"))["sessions"]
    shown = {session["uid"]: {"sequence": session["sequence"]} for session in sessions}
    return missing(
        {uid: fields and {"sequence": fields["sequence"]} for uid, fields in wanted.items()}, shown
    )


def tell(served, edit, connect):
    """Goes through the steps with the client that `connect` gives once the
    program serves; prints each, and returns how many arrived and how many not."""
    client = None
    good = bad = 0
    for title, wanted in steps(edit):
        edit.write(served.schedule)
        late = wait_until(lambda: published(served, wanted))
        if late:
            print(f"{title}: the program does not serve it: {'; '.join(late)}")
            print(served.log.read_text(errors="replace"))
            return good, bad + 1
        since = time.monotonic()
        if client is None:
            client = connect()
        else:
            client.refresh()
        wrong = wait_until(lambda: missing(wanted, client.events()))
        if wrong:
            bad += 1
            print(f"{title}: did not arrive: {'; '.join(wrong)}")
        else:
            good += 1
            print(f"{title}: arrived within {time.monotonic() - since:.1f} s")
    return good, bad
