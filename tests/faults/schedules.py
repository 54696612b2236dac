"""A schedule under edits, as an officer would make them in a great hurry."""

import datetime
import json

FRAME = """\
calendar: {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00, language: en}
districts:
  - {id: east, name: East}
  - {id: west, name: West}
"""


class Edited:
    """Each edit leaves a number behind, so that no state of a session ever
    comes back: whoever sees the same bytes twice saw one revision."""

    def __init__(self, random, sessions=6, padding=""):
        self.random, self.padding = random, padding
        self.number = 0
        self.comment = 0
        self.venues = {name: name for name in ("cafe", "library", "garden")}
        self.sessions = {f"s{index}": self.session() for index in range(sessions)}
        self.withdrawn = set()

    def session(self):
        self.number += 1
        day = datetime.date(2031, 1, 1) + datetime.timedelta(days=self.random.randrange(300))
        return {
            "date": day.isoformat(),
            "venue": self.random.choice(list(self.venues)),
            "title": f"edit {self.number}{self.padding}",
            "status": self.random.choice(["confirmed", "confirmed", "tentative", "cancelled", "postponed"]),
        }

    def reword(self, name):
        self.number += 1
        self.sessions[name]["title"] = f"edit {self.number}{self.padding}"

    def edit(self):
        """One random edit: rewords, moves, cancels, adds, drops, restores, withdraws."""
        name = f"s{self.random.randrange(8)}"
        kind = self.random.randrange(10)
        if kind == 0:
            self.number += 1
            venue = self.random.choice(list(self.venues))
            self.venues[venue] = f"{venue} {self.number}"
        elif kind == 1 and len(self.sessions) > 2:
            self.sessions.pop(name, None)
        elif kind == 2 and len(self.sessions) > 2:
            self.sessions.pop(name, None)
            self.withdrawn.add(name)
        elif kind == 3:
            self.comment += 1
        else:
            self.withdrawn.discard(name)
            self.sessions[name] = self.session()

    def text(self):
        lines = [FRAME, f"# {self.comment}\n", "venues:\n"]
        for name, title in self.venues.items():
            lines.append(f"  - {{id: {name}, name: {title}, district: east}}\n")
        lines.append("sessions:\n")
        for name, session in self.sessions.items():
            keys = ", ".join(f"{key}: {json.dumps(value) if key == 'title' else value}" for key, value in session.items())
            lines.append(f"  - {{id: {name}, {keys}}}\n")
        lines.append(f"withdrawn: [{', '.join(sorted(self.withdrawn))}]\n")
        return "".join(lines)


def history_of(path):
    """The records of a history, each line whole; a torn one is an error."""
    text = path.read_bytes()
    if not text.endswith(b"\n"):
        raise AssertionError(f"the history's last line is torn: {text[-200:]!r}")
    return [json.loads(line) for line in text.splitlines()]


def contiguous(records):
    """Each session's revisions are 0, 1, 2, …, none lost and none twice. Gives the last ones."""
    last = {}
    for record in records:
        name = record.get("session")
        if name is None:
            continue
        expected = last.get(name, -1) + 1
        if record["revision"] != expected:
            raise AssertionError(f"{name}: revision {record['revision']} stands where {expected} must")
        last[name] = expected
    return last
