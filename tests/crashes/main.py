"""Runs the scenarios: `tests/crashes/run` starts it."""

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

CALLS = (
    "openat", "write", "pwrite64", "writev", "fsync", "fdatasync", "rename", "renameat", "renameat2",
    "ftruncate", "fchmod", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "exit_group",
)  # fmt: skip
ERRORS = ("EIO", "ENOSPC")
FOLDER = "/folder/"

SCHEDULE = """\
calendar: {{id: proba, title: "Próba (przykład)", timezone: Europe/Warsaw, window: 14:00-18:00, language: pl}}
districts: [{{id: gora, name: Góra (przykład)}}]
venues: [{{id: miejsce, name: "{venue}", district: gora}}]
sessions:
{sessions}"""


def schedule(venue, **dates):
    sessions = "".join(f"  - {{id: {name}, date: {date}, venue: miejsce}}\n" for name, date in dates.items())
    return SCHEDULE.format(venue=venue, sessions=sessions)


BEFORE = schedule("Miejsce (przykład)", a="2031-03-14", b="2031-04-18", c="2031-05-16")
AFTER = schedule("Miejsce nowe (przykład)", a="2031-03-21", b="2031-04-18", d="2031-06-20")


@dataclasses.dataclass
class Point:
    """The `when`th call of one name, of those that touch our files."""

    call: str
    when: int
    line: str


class Scene:
    """A program's run in a folder that is laid out anew each time."""

    def __init__(self, program, lay_out, command, only_changes=False):
        self.only_changes = only_changes
        self.program = program
        self.lay_out = lay_out
        self.command = command
        # What all of its runs begin with.
        self.start = tempfile.TemporaryDirectory(prefix="spotkajmy-crash-")
        lay_out(pathlib.Path(self.start.name))

    def folder(self):
        """A fresh copy to run in; the caller removes it."""
        parent = pathlib.Path(tempfile.mkdtemp(prefix="spotkajmy-crash-"))
        copy = parent / FOLDER.strip("/")
        shutil.copytree(self.start.name, copy)
        return copy

    def run(self, folder, trace=(), env=None):
        command = [self.program, *self.command]
        if trace:
            command = ["strace", "-f", "-qq", *trace, *command]
        return subprocess.run(
            command, cwd=folder, env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip

    def points(self):
        """Every call of an undisturbed run on files below its folder, on the
        terminal, and its end."""
        folder = self.folder()
        log = folder.with_name("trace")
        done = self.run(folder, ["-y", "-s", "16", "-e", f"trace={','.join(CALLS)}", "-o", log])
        require(done.returncode == 0, f"it fails undisturbed: {done.stderr}")
        counted, threads, points = {}, set(), []
        for line in log.read_text().splitlines():
            found = re.match(r"(\d+) +(\w+)\(", line)
            if not found:
                continue
            call = found[2]
            counted[call] = counted.get(call, 0) + 1
            # What only reads changes nothing that the next call would not find.
            is_system = re.search(r'"(/etc|/lib|/usr|/proc|/sys|/dev)/', line)
            if not is_system and not (self.only_changes and call == "openat" and "O_RDONLY" in line):
                threads.add(found[1])
                points.append(Point(call, counted[call], line.removeprefix(found[1]).strip()[:140]))
        require(len(threads) == 1, f"several threads touch the files: strace counts each one's calls: {threads}")
        return folder, points


class Fault(Exception):
    pass


def require(holds, said):
    if not holds:
        raise Fault(said)


def in_words(done, point):
    """A failure is told in words: what could not be done and why."""
    said = done.stderr + done.stdout
    require("panicked" not in said, f"{point}: it panics: {said[-600:]}")
    if done.returncode == -signal.SIGKILL and point.startswith("signal=KILL"):
        return
    require(done.returncode in (0, 1, 2), f"{point}: it ends with {done.returncode}: {said[-300:]}")
    if done.returncode:
        require(re.search(r"os error|error: |cannot ", done.stderr), f"{point}: it says nothing of why: {said[-600:]}")


def at_every_point(scene, judge, is_wanted=lambda number, point: True):
    """Kills and answers with errors at each point that is wanted;
    `judge(folder, done, whole, point)` raises a Fault. How many times it ran,
    and what was wrong."""
    whole, points = scene.points()
    tried = []
    for number, point in enumerate(points):
        if is_wanted(number, point):
            tried.append((point, "signal=KILL"))
            if point.call != "exit_group":
                tried += [(point, f"error={error}") for error in ERRORS]

    def one(task):
        point, what = task
        folder = scene.folder()
        try:
            trace = ["-o", "/dev/null", "-e", f"trace={point.call}", "-e", f"inject={point.call}:{what}:when={point.when}"]
            done = scene.run(folder, trace)
            judge(folder, done, whole, f"{what} at {point.line}")
            return None
        except Fault as fault:
            return str(fault)
        finally:
            shutil.rmtree(folder.parent)

    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        faults = [fault for fault in pool.map(one, tried) if fault]
    shutil.rmtree(whole.parent)
    return len(tried), faults


# --- a publication

HISTORY = "schedule.history.jsonl"

def lines(folder):
    file = folder / HISTORY
    return file.read_bytes().split(b"\n") if file.exists() else [b""]


def records(folder):
    """Every line of the history, which all can be read."""
    return [json.loads(line) for line in lines(folder) if line]


def published(folder):
    """What the history says, but for when: each record's session, revision,
    change, texts and digest, and the names of the feeds that it touched."""
    told = []
    for record in records(folder):
        record = {key: value for key, value in record.items() if key != "at"}
        told.append({**record, "feeds": sorted(record.get("feeds", {}))})
    return told


def publication(program, history, torn=b"", ends=b"\n"):
    """`publish` over a history that holds BEFORE (or over none), whose last
    line may be torn."""

    def lay_out(folder):
        (folder / "schedule.yaml").write_text(BEFORE)
        if history:
            subprocess.run([program, "publish", "schedule.yaml"], cwd=folder, check=True, capture_output=True)
            file = folder / HISTORY
            file.write_bytes(file.read_bytes().removesuffix(b"\n") + ends + torn)
        (folder / "schedule.yaml").write_text(AFTER if history else BEFORE)

    return Scene(program, lay_out, ["publish", "schedule.yaml"])


def judge_publication(scene):
    start = pathlib.Path(scene.start.name)
    held = [line for line in lines(start) if line.endswith(b"}")]

    def judge(folder, done, whole, point):
        in_words(done, point)
        now = lines(folder)
        require(now[: len(held)] == held, f"{point}: lines that were there are gone")
        acknowledged = "ecorded in the history" in done.stdout or done.returncode == 0
        complete = published(whole)
        if acknowledged:
            require(published(folder) == complete, f"{point}: it was acknowledged and is not there: {done.stdout[-300:]}")
        again = scene.run(folder, ["-y", "-e", "trace=openat,fsync", "-o", folder.with_name("trace")])
        require(again.returncode == 0, f"{point}: the next run fails: {again.stderr}")
        require(published(folder) == complete, f"{point}: after the next run the history is another: {lines(folder)}")
        times = [record["at"] for record in records(folder)]
        require(times == sorted(times), f"{point}: times go back: {times}")
        if not held and not now[0]:
            # Nobody is told of a file whose name a power cut takes away.
            synced = re.search(r"fsync\(\d+<[^>]*" + FOLDER.rstrip("/") + ">", folder.with_name("trace").read_text())
            require(synced, f"{point}: the next run does not wait for the file's name")
        last = scene.run(folder)
        require(published(folder) == complete and "Recorded" not in last.stdout, f"{point}: a third run records again: {last.stdout}")

    return judge


def first(options):
    """the first publication, which creates the history"""
    scene = publication(options.program, history=False)
    return at_every_point(scene, judge_publication(scene))


def second(options):
    """a publication over what was published before"""
    scene = publication(options.program, history=True)
    return at_every_point(scene, judge_publication(scene))


def torn(options):
    """a publication over a history whose last line is torn"""
    scene = publication(options.program, history=True, torn=b'{"at":"2026-01-01T00:00:00Z","sess')
    return at_every_point(scene, judge_publication(scene))


def unbroken(options):
    """a publication over a history whose last line has lost its break"""
    scene = publication(options.program, history=True, ends=b"")
    return at_every_point(scene, judge_publication(scene))


def cut(options):
    """what was appended, cut off after each byte: the next run writes the rest"""
    scene = publication(options.program, history=True)
    before = (pathlib.Path(scene.start.name) / HISTORY).read_bytes()
    whole = scene.folder()
    scene.run(whole)
    after = (whole / HISTORY).read_bytes()
    complete = published(whole)
    require(after.startswith(before) and len(after) > len(before), "nothing was appended")

    def one(length):
        folder = scene.folder()
        try:
            (folder / HISTORY).write_bytes(after[:length])
            done = scene.run(folder)
            if done.returncode:
                return f"cut after byte {length}: {done.stderr}"
            if published(folder) != complete:
                return f"cut after byte {length}: another history"
            return None
        finally:
            shutil.rmtree(folder.parent)

    lengths = range(len(before), len(after))
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        faults = [fault for fault in pool.map(one, lengths) if fault]
    shutil.rmtree(whole.parent)
    return len(lengths), faults


def short(options):
    """a write that takes only a part, of each length; then the rest goes, or the disk is full"""
    scene = publication(options.program, history=True)
    judge = judge_publication(scene)
    whole = scene.folder()
    scene.run(whole)
    before = len((pathlib.Path(scene.start.name) / HISTORY).read_bytes())
    length = len((whole / HISTORY).read_bytes()) - before
    tried, faults = 0, []
    for full in (False, True):
        for taken in sorted({1, *range(1, length, 97), length - 1}):
            folder = scene.folder()
            env = {"LD_PRELOAD": str(options.short), "SHORT_FROM": "200", "SHORT_BYTES": str(taken)}
            if full:
                env["SHORT_FULL"] = "1"
            point = f"{taken} of {length} bytes are taken, then {'the disk is full' if full else 'the rest'}"
            tried += 1
            try:
                done = scene.run(folder, env=env)
                require(full == bool(done.returncode), f"{point}: it ends with {done.returncode}: {done.stderr}")
                if full:
                    held = len((folder / HISTORY).read_bytes())
                    require(held == before, f"{point}: {held - before} bytes of a failed publication stay")
                judge(folder, done, whole, point)
            except Fault as fault:
                faults.append(str(fault))
            finally:
                shutil.rmtree(folder.parent)
    shutil.rmtree(whole.parent)
    return tried, faults


# --- an export

def files(folder):
    site = folder / "site"
    return {str(it.relative_to(site)): it.read_bytes() for it in site.rglob("*") if it.is_file()} if site.exists() else {}


def export(options, again):
    """`export` into a new folder, or over an earlier one of another schedule."""
    program = options.program
    command = ["export", "site", "--schedule", "schedule.yaml", "--public-url", "https://example.org"]

    def lay_out(folder):
        (folder / "schedule.yaml").write_text(schedule("Miejsce (przykład)", a="2031-03-14"))
        if again:
            subprocess.run([program, *command], cwd=folder, check=True, capture_output=True)
            (folder / "site/somebody-elses.txt").write_text("theirs\n")
            (folder / "schedule.yaml").write_text(schedule("Miejsce (przykład)", d="2031-06-20") + "withdrawn: [a]\n")
        # What is published is another matter: here it is already.
        subprocess.run([program, "publish", "schedule.yaml", *command[4:]], cwd=folder, check=True, capture_output=True)

    def is_wanted(number, point):
        """Files are written alike: mostly the list's calls and each 21st other will do.
        A file takes four calls, so that all kinds come in turn."""
        return options.all or ".spotkajmy-export.json" in point.line or number % 21 == 0

    scene = Scene(program, lay_out, command, only_changes=True)
    old = files(pathlib.Path(scene.start.name))

    def judge(folder, done, whole, point):
        in_words(done, point)
        new = files(whole)
        half = {name for name, body in files(folder).items()
                if not name.endswith(".spotkajmy-partial") and name != ".spotkajmy-export.json"
                and body not in (old.get(name), new.get(name))}  # fmt: skip
        require(not half, f"{point}: neither old nor new: {half}")
        if done.returncode == 0:
            require(files(folder) == new, f"{point}: it says that all is well, and it is not")
        left = [name for name in files(folder) if name.endswith(".spotkajmy-partial")]
        if left and again:
            # Somebody thought better of it: the next export is one of the old
            # schedule, without the session that was never served.
            other = folder.with_name("other")
            shutil.copytree(folder, other)
            (other / "schedule.yaml").write_text(schedule("Miejsce (przykład)", a="2031-03-14") + "withdrawn: [d]\n")
            back = scene.run(other)
            require(back.returncode == 0, f"{point}: the old schedule cannot be exported again: {back.stderr}")
            require(set(files(other)) == set(old), f"{point}: of another export stay {set(files(other)) ^ set(old)}")
        after = scene.run(folder)
        require(after.returncode == 0, f"{point}: the next run fails: {after.stderr}")
        require(files(folder) == new, f"{point}: after the next run: {set(files(folder)) ^ set(new)}")

    return at_every_point(scene, judge, is_wanted)


def exported(options):
    """an export into a new folder"""
    return export(options, again=False)


def replaced(options):
    """an export over an earlier one, some of whose files go"""
    return export(options, again=True)


SCENARIOS = {it.__name__: it for it in (first, second, torn, unbroken, cut, short, exported, replaced)}


def main():
    parser = argparse.ArgumentParser(prog="tests/crashes/run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help="scenarios; all without one")
    parser.add_argument("--list", action="store_true", help="name the scenarios and stop")
    parser.add_argument("--all", action="store_true", help="every call of an export, not each 21st")
    parser.add_argument("--program", required=True)
    parser.add_argument("--short", required=True, type=pathlib.Path)
    options = parser.parse_args()
    if options.list:
        for name, scenario in SCENARIOS.items():
            print(f"{name:12} {scenario.__doc__}")
        return 0
    if unknown := [name for name in options.names if name not in SCENARIOS]:
        parser.error(f"there is no {', '.join(unknown)}; --list names what there is")
    failed = 0
    for name in options.names or SCENARIOS:
        began = time.monotonic()
        tried, faults = SCENARIOS[name](options)
        print(f"{name}: {SCENARIOS[name].__doc__}: {tried} tried, {len(faults)} faults, {time.monotonic() - began:.0f} s", flush=True)
        for fault in faults[:10]:
            print(f"  {fault}")
        failed += len(faults) + (not tried)
    print("crashes: " + (f"{failed} faults" if failed else "all of it holds"))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
