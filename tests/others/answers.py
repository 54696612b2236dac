"""Addresses -> what is wrong with their answers as HTTP, and as what
`/openapi.json` says of them.

redbot asks for each with and without gzip, by GET and HEAD, and again with the
validators that it was given, and judges every answer by httplint. It is a
process of its own: its loop runs once.
"""

import configparser
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse

# What it says that is no fault of ours, and why.
EXCEPTIONS = {
    # Some caches keep only what says so.
    ("STORE_PUBLIC_UNNECESSARY", None),
    # IANA has image/vnd.microsoft.icon; its guess is the name from before.
    ("CONTENT_TYPE_MISMATCH", "/favicon.ico"),
}


def addresses(site):
    """One of every kind in each language, all files of one name, and what no
    file holds."""
    seen = set()
    for path in site.paths():
        folder, _, name = path.rstrip("/").rpartition("/")
        kind = (folder, pathlib.PurePath(name).suffix) if folder not in ("", "/en", "/uk") else path
        if kind not in seen and not path.startswith("/fetched/"):
            seen.add(kind)
            yield path
    for language in ("/", "/en/", "/uk/"):
        page = urllib.parse.quote(site.base + language, safe="")
        yield f"/oembed?url={page}&format=json"
        yield f"{language}calendar.ics?district=nowhere"
        yield f"{language}nothing/"
        yield f"{language}calendars/all"
    yield "/oembed?url=https%3A%2F%2Felsewhere.example%2F"
    yield "/healthz"


def schemathesis(site):
    """What `/openapi.json` says, tried with values that it names and values
    that it does not."""
    # The schedule makes no difference to it.
    if site.name != "example":
        return 1, []
    done = subprocess.run(
        [site.tools / "venv/bin/schemathesis", "run", site.base + "/openapi.json", "--seed", "1", "--max-examples", "15",
         # More spellings than the ones that are named mean the same.
         "--exclude-checks", "negative_data_rejection", "--no-color"],
        capture_output=True, text=True, timeout=300, check=False, cwd=site.folder.parent,
    )  # fmt: skip
    tried = re.search(r"(\d+) generated", done.stdout)
    return int(tried[1]) if tried else 0, [done.stdout[-3000:]] if done.returncode else []


def redbot(site):
    asked = [site.base + path for path in addresses(site)]
    done = subprocess.run(
        [sys.executable, __file__], input="\n".join(asked), capture_output=True, text=True, timeout=300, check=True
    )
    judged = [json.loads(line) for line in done.stdout.splitlines()]
    faults = [f"{it['url']}: not judged" for it in judged if it["error"]]
    if len(judged) != len(asked):
        faults.append(f"{len(judged)} answers to {len(asked)} addresses")
    for it in judged:
        path = it["url"].removeprefix(site.base)
        faults += [
            f"{path}, {request}: {name}: {summary}"
            for request, name, summary in it["notes"]
            if not {(name, None), (name, path)} & EXCEPTIONS
        ]
    return len(judged), faults


def judge(urls):
    """Prints a line of JSON for each address."""
    import thor
    from httplint.note import levels
    from redbot.resource import HttpResource

    config = configparser.ConfigParser()
    config.read_dict({"redbot": {"enable_local_access": "True"}})

    def ask():
        if not urls:
            thor.stop()
            return
        resource = HttpResource(config["redbot"])
        url = urls.pop(0)
        resource.set_request(url)

        @thor.events.on(resource)
        def check_done():
            notes = [
                (request, type(note).__name__, note.summary)
                for request, fetched in [("first", resource), *resource.subreqs.items()]
                for note in fetched.response.notes
                if note.level in (levels.WARN, levels.BAD)
            ]
            print(json.dumps({"url": url, "error": str(resource.fetch_error or ""), "notes": notes}))
            thor.schedule(0, ask)

        resource.check()

    thor.schedule(0, ask)
    thor.run()


if __name__ == "__main__":
    judge(sys.stdin.read().split())
