"""Exported files -> what is wrong with them as HTML, as schema.org's events and
as Atom."""

import json
import pathlib
import re
import subprocess
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).parent

# What vnu says that is no fault of ours, and why.
VNU_EXCEPTIONS = [
    # The line to paste says so, for sites that take styles away; its preview is that line.
    "Bad value “100%” for attribute “width” on element “iframe”",
    # Safari's screen reader forgets that a list without bullets is one.
    "The “list” role is unnecessary for element “ul”.",
    # It guesses by the names of places, which are Polish in every language.
    "This document appears to be written in Polish but",
]


def fetched(site):
    """Pages that no file holds: of what is not there, in each language, and
    of several districts."""
    folder = site.folder / "fetched"
    folder.mkdir(exist_ok=True)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    districts = sorted(it.name for it in (site.folder / "districts").iterdir() if it.is_dir())
    for language in ("", "/en", "/uk"):
        for kind, path in {
            "missing": "/nothing/",
            "no-such-district": "/districts/nowhere/",
            "several": f"/districts/{','.join(districts[:2])}/",
        }.items():
            request = urllib.request.Request(site.base + language + path, headers={"Accept": "text/html"})
            try:
                body = opener.open(request, timeout=30).read()
            except urllib.error.HTTPError as refused:
                body = refused.read()
            (folder / f"{kind}{language.replace('/', '-')}.html").write_bytes(body)


def pages(site):
    fetched(site)
    return sum(1 for _ in site.folder.rglob("*.html"))


def vnu(site):
    judged = pages(site)
    jar = site.tools / "node/node_modules/vnu-jar/build/dist/vnu.jar"
    done = subprocess.run(
        ["java", "-jar", jar, "--format", "json", "--skip-non-html", site.folder],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    faults = [
        f"{pathlib.Path(it['url'].removeprefix('file:')).relative_to(site.folder)}:{it.get('lastLine')}: {it['message']}"
        for it in json.loads(done.stderr)["messages"]
        if not any(it["message"].startswith(exception) for exception in VNU_EXCEPTIONS)
    ]
    return judged, faults


def html_validate(site):
    judged = pages(site)
    command = [site.tools / "node/node_modules/.bin/html-validate", "--config", HERE / "html-validate.mjs"]
    # It ends before a pipe has taken all that it says.
    told = site.folder.with_name("html-validate.json")
    with told.open("w") as out:
        subprocess.run([*command, "--formatter", "json", site.folder], stdout=out, timeout=600, check=False)
    faults = [
        f"{pathlib.Path(it['filePath']).relative_to(site.folder)}:{one['line']}: {one['ruleId']}: {one['message']}"
        for it in json.loads(told.read_text())
        for one in it["messages"]
    ]
    return judged, faults


# What Google's page on Event asks for, and what it would like, but for the
# performer, whom these meetings do not have.
EVENT_NEEDS = ["name", "startDate", "location.address"]
EVENT_WANTS = ["description", "endDate", "eventStatus", "image", "organizer.name", "location.name"]


def schema_dts(site):
    """Each event of each page by schema.org's types, with nothing that they do
    not know, and by what Google asks of an event."""
    events, faults = {}, []
    for page in sorted(site.folder.rglob("*.html")):
        name = str(page.relative_to(site.folder))
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text(), re.DOTALL):
            events.setdefault(block, name)
    for block, name in events.items():
        event = json.loads(block)
        # Of a place that is not known yet there is no name.
        wants = EVENT_WANTS if "name" in event["location"] else EVENT_WANTS[:-1]
        for key in EVENT_NEEDS + wants:
            value = event
            for part in key.split("."):
                value = value.get(part) if isinstance(value, dict) else None
            if not value:
                faults.append(f"{name}: the event has no {key}")
    node = site.tools / "node"
    file = node / "events.ts"
    lines = ['import type { Event, WithContext } from "schema-dts";']
    lines += [f"export const e{number}: WithContext<Event> = {block};" for number, block in enumerate(events)]
    file.write_text("\n".join(lines))
    command = [node / "node_modules/.bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "--target", "es2022", "--pretty", "false", file]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=node)
    for line in done.stdout.splitlines():
        if found := re.match(r"events\.ts\((\d+),\d+\): (.*)", line):
            faults.append(f"{list(events.values())[int(found[1]) - 2]}: {found[2]}")
    if done.returncode and not faults:
        faults.append(done.stdout + done.stderr)
    return len(events), faults


def jing(site):
    """Atom by the grammar of RFC 4287, Appendix B."""
    feeds = sorted(site.folder.rglob("*.atom"))
    done = subprocess.run(
        ["jing", "-c", HERE / "atom.rnc", *feeds], capture_output=True, text=True, timeout=300, check=False
    )
    said = [line for line in done.stdout.splitlines() + done.stderr.splitlines() if re.search(r": (error|fatal|warning)", line)]
    return len(feeds), said or ([done.stderr] if done.returncode else [])
