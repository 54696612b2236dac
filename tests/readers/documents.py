"""JSON feeds, the schedule's own schema, Atom and the lines of the feeds ->
where they break their own rules."""

import copy
import json

import feedparser
import jsonschema
import yaml

import feeds
import lines


class Plain(yaml.SafeLoader):
    """YAML as JSON Schema sees it: a date is a string."""


Plain.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def yaml_of(file):
    return yaml.load(file.read_text(encoding="utf-8"), Plain)


def validator(schema):
    """A schema, itself judged, with its formats."""
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema, format_checker=kind.FORMAT_CHECKER)


def schema_faults(schema, value):
    return [
        f"{error.json_path}: {error.message[:200]}"
        for error in validator(schema).iter_errors(value)
    ]


def spoiled(schedule):
    """Schedules that the schema must refuse: one that accepts all would pass
    every other test."""
    for title, spoil in {
        "an unknown key": lambda it: it["calendar"].update(colour="teal"),
        "a calendar without a title": lambda it: it["calendar"].pop("title"),
        "a status that is none": lambda it: it["sessions"][0].update(status="maybe"),
        "a window that is none": lambda it: it["calendar"].update(window="afternoon"),
        "a date that is none": lambda it: it["sessions"][0].update(date="13 marca"),
        "an id with a capital": lambda it: it["venues"][0].update(id="Cafe"),
    }.items():
        bad = copy.deepcopy(schedule)
        spoil(bad)
        yield title, bad


def atom_faults(body):
    """By feedparser, and by RFC 4287's own demands."""
    if not body.strip():
        return ["it is empty"]
    parsed = feedparser.parse(body)
    found = []
    if parsed.bozo:
        found.append(f"not well-formed: {parsed.bozo_exception}")
    if parsed.version != "atom10":
        found.append(f"not Atom: {parsed.version!r}")
    if not parsed.entries:
        found.append("no entry")
    for where, element in [("feed", parsed.feed), *((entry.get("id"), entry) for entry in parsed.entries)]:
        found += [f"{where}: no {key}" for key in ("id", "title", "updated") if not element.get(key)]
    ids = [entry.get("id") for entry in parsed.entries]
    if len(ids) != len(set(ids)):
        found.append("an id twice")
    if "author" not in parsed.feed and not all("author" in entry for entry in parsed.entries):
        found.append("no author")
    newest = max((entry.get("updated", "") for entry in parsed.entries), default="")
    if parsed.entries and parsed.feed.get("updated", "") < newest:
        found.append("the feed is older than its newest entry")
    return found


def judge(served, file, taken):
    """Title -> what is wrong by name, and how many were tried."""
    judged = {}

    schema = json.loads(served.get("/calendar.schema.json"))
    found, tried = {}, 0
    for feed in taken:
        path = feed.url.removeprefix(served.base)
        if "/calendars/" in path:
            tried += 1
            value = json.loads(served.get(path.removesuffix("ics") + "json"))
            wrong = schema_faults(schema, value)
            if wrong:
                found[feed.name] = "; ".join(wrong)
    broken = {**value, "version": "one"}
    tried += 1
    if not schema_faults(schema, broken):
        found["a JSON feed with a word for its version"] = "the schema accepts it"
    judged["JSON feeds by /calendar.schema.json"] = found, tried

    schema = json.loads(served.get("/schedule.schema.json"))
    schedule = yaml_of(file)
    found, tried = {}, 1
    wrong = schema_faults(schema, schedule)
    if wrong:
        found[file.name] = "; ".join(wrong)
    for title, bad in spoiled(schedule):
        tried += 1
        if not schema_faults(schema, bad):
            found[title] = "the schema accepts it"
    judged["the schedule by /schedule.schema.json"] = found, tried

    found, tried = {}, 0
    for prefix in feeds.LANGUAGES.values():
        path = f"{prefix}/calendars/all.atom"
        tried += 1
        wrong = atom_faults(served.get(path))
        if wrong:
            found[path] = "; ".join(wrong)
    judged["Atom by feedparser"] = found, tried

    found = {}
    for feed in taken:
        wrong = lines.line_faults(feed.file.read_bytes(), len(feed.expected))
        if wrong:
            found[feed.name] = "; ".join(wrong)
    judged["lines of the feeds"] = found, len(taken)
    return judged
