"""Runs the validators one after another: `tests/others/run` starts it.

Each validator is a function of a `Site` that gives how much it judged and
what it found wrong.
"""

import argparse
import contextlib
import dataclasses
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.append(str(ROOT / "tests" / "readers"))

import program  # noqa: E402

import answers  # noqa: E402
import browser  # noqa: E402
import markup  # noqa: E402
import slow  # noqa: E402

VALIDATORS = {
    "vnu": markup.vnu,
    "html-validate": markup.html_validate,
    "schema-dts": markup.schema_dts,
    "jing": markup.jing,
    "redbot": answers.redbot,
    "schemathesis": answers.schemathesis,
    "linkinator": browser.linkinator,
    "lighthouse": browser.lighthouse,
    "slowhttptest": slow.slowhttptest,
}
SCHEDULES = ["example", "schedule"]


@dataclasses.dataclass
class Site:
    """One schedule, served and exported."""

    name: str
    pid: int
    """Of the process that serves it."""
    base: str
    """Where it is served, without a slash at the end."""
    folder: pathlib.Path
    """Where it was exported to."""
    tools: pathlib.Path
    """Where the validators are."""

    def paths(self):
        """The path of everything that was exported, as it is served."""
        for file in sorted(self.folder.rglob("*")):
            if file.is_file():
                path = "/" + str(file.relative_to(self.folder))
                yield path.removesuffix("index.html")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def site(name, spotkajmy, tools):
    schedule = ROOT / "data" / f"{name}.yaml"
    with (
        tempfile.TemporaryDirectory(prefix="spotkajmy-") as folder,
        program.serve(spotkajmy, schedule, port=free_port()) as served,
    ):
        exported = pathlib.Path(folder) / "site"
        subprocess.run(
            [spotkajmy, "export", exported, "--schedule", served.schedule, "--public-url", served.base],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        yield Site(name, served.process.pid, served.base, exported, tools)


def main():
    parser = argparse.ArgumentParser(prog="tests/others/run")
    parser.add_argument("names", nargs="*", metavar="name", help="validators; all without one")
    parser.add_argument("--list", action="store_true", help="name the validators and stop")
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--tools", required=True, type=pathlib.Path)
    options = parser.parse_args()
    if options.list:
        print("\n".join(VALIDATORS))
        return 0
    if unknown := [name for name in options.names if name not in VALIDATORS]:
        parser.error(f"there is no {', '.join(unknown)}; --list names what there is")
    failed = False
    for schedule in SCHEDULES:
        with site(schedule, options.program, options.tools) as it:
            for name in options.names or VALIDATORS:
                began = time.monotonic()
                judged, faults = VALIDATORS[name](it)
                took = time.monotonic() - began
                print(f"data/{schedule}.yaml: {name}: {judged} judged, {len(faults)} faults, {took:.0f} s", flush=True)
                for fault in faults[:20]:
                    print(f"  {fault}")
                # Who judged nothing has found nothing.
                failed = failed or bool(faults) or not judged
    print("others: " + ("faults were found" if failed else "all of it holds"))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
