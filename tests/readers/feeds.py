"""A running program -> its feeds on disk, each with what the program's own
JSON says must stand in it."""

import collections
import datetime
import json
import urllib.parse

Feed = collections.namedtuple("Feed", "name url file expected")

LANGUAGES = {"pl": "", "en": "/en", "uk": "/uk"}
PREFIXES = {
    "cancelled": {"pl": "ODWOŁANE: ", "en": "CANCELLED: ", "uk": "СКАСОВАНО: "},
    "postponed": {"pl": "PRZEŁOŻONE: ", "en": "POSTPONED: ", "uk": "ПЕРЕНЕСЕНО: "},
}
# By the schedule's `cancellations`: what STATUS says.
STATUSES = {
    "status": {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CANCELLED", "postponed": "CANCELLED"},
    "notice": {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CONFIRMED", "postponed": "CONFIRMED"},
}


def instant(text):
    return int(datetime.datetime.fromisoformat(text).timestamp())


def expected_event(session, calendar, language, cancellations):
    """What every reader must find of a session of the JSON."""
    place = session["place"]
    told = [session["note"], calendar["description"]]
    location = ""
    if place:
        location = f"{place['name']}, {place['address'] or place['district']['name']}"
        told += [place["host"], place["url"], place["description"]]
    return {
        "uid": session["uid"],
        "start": instant(session["start"]),
        "end": instant(session["end"]),
        "summary": PREFIXES.get(session["status"], {}).get(language, "") + session["title"],
        "location": location,
        "status": STATUSES[cancellations][session["status"]],
        "sequence": session["sequence"],
        "url": session["url"],
        # Not the whole description, but all that the JSON knows of it.
        "told": [text for text in told if text],
    }


def take(served, label, schedule, folder):
    """All feeds of a server: every selection and every single session, in each
    language. `schedule` is its YAML, parsed."""
    folder.mkdir(parents=True, exist_ok=True)
    everything = json.loads(served.get("/calendars/all.json"))
    cancellations = schedule["calendar"].get("cancellations", "status")
    districts = [district["id"] for district in schedule["districts"]]
    selections = ["all", *districts, ",".join(districts[:2])]
    for language, prefix in LANGUAGES.items():
        told = {}
        for selection in selections:
            address = f"{prefix}/calendars/{urllib.parse.quote(selection, safe=',')}"
            feed = json.loads(served.get(address + ".json"))
            events = [
                expected_event(session, feed["calendar"], language, cancellations)
                for session in feed["sessions"]
            ]
            told.update({session["id"]: event for session, event in zip(feed["sessions"], events)})
            yield save(served, folder, f"{label}{address}", address + ".ics", events)
        for session in everything["sessions"]:
            address = f"{prefix}/sessions/{session['id']}"
            yield save(served, folder, f"{label}{address}", address + ".ics", [told[session["id"]]])


def save(served, folder, name, path, events):
    file = folder / (name.replace("/", "_") + ".ics")
    file.write_bytes(served.get(path))
    return Feed(name, served.base + path, file, events)
