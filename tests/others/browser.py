"""A served site -> links that lead nowhere, and what Lighthouse dislikes."""

import json
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent


def linkinator(site):
    """Follows every link from the first page on, style sheets' and pictures'
    too; those of others are not asked."""
    others = r"^(?!" + site.base.replace(".", r"\.") + ")"
    done = subprocess.run(
        [site.tools / "node/node_modules/.bin/linkinator", site.base + "/", "--recurse", "--check-css",
         "--skip", others, "--format", "json"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    links = [it for it in json.loads(done.stdout)["links"] if it["state"] != "SKIPPED"]
    faults = [f"{it['parent']} leads to {it['url']}: {it['status']}" for it in links if it["state"] != "OK"]
    return len(links), faults


def lighthouse(site):
    # The schedule makes little difference to it, and it takes its time.
    if site.name != "example":
        return 1, []
    done = subprocess.run(
        ["node", HERE / "lighthouse.mjs", site.tools / "node", site.base, *kinds(site)],
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    if done.returncode:
        return 0, [done.stderr[-2000:]]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for it in told:
        print(f"    {it['path']}: " + ", ".join(f"{name} {score}" for name, score in it["scores"].items()), flush=True)
    return len(told), [f"{it['path']}: {fault}" for it in told for fault in it["faults"]]


def kinds(site):
    """A page of every kind; the pages of the other languages differ in words."""
    exported = {path for path in site.paths() if path.endswith("/")}
    for kind in ("", "districts", "sessions", "places/", "places", "organisations/", "embed/all/",
                 "poster/all/", "posters", "accessibility/"):  # fmt: skip
        if kind == "" or kind.endswith("/"):
            path = f"/{kind}"
        else:
            # The last: of a session one ahead.
            path = max((it for it in exported if it.startswith(f"/{kind}/") and it != f"/{kind}/"), default="")
        if path in exported:
            yield path
