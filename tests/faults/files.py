"""What may become of the files: a full disk, a directory in their place."""

import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

from schedules import Edited, contiguous, history_of
from served import BINARY, Folder, GoodClient, Program, require, wait_for

MEGABYTE = 1 << 20


class SmallDisk:
    """A file system of 256 KB."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="spotkajmy-disk-"))
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", self.path], check=True)
        return self

    def fill(self):
        with open(self.path / "filler", "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"x" * 4096)
            except OSError:
                pass

    def empty(self):
        (self.path / "filler").unlink()

    def remount(self, how):
        subprocess.run(["mount", "-o", f"remount,{how}", self.path], check=True)

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], check=True)
        self.path.rmdir()


def edit(program, folder, schedule):
    """One edit, served within three seconds, asked for or not."""
    schedule.reword(schedule.random.choice(list(schedule.sessions)))
    folder.write(schedule.text())
    if schedule.random.random() < 0.5:
        program.reload()
    # Before it may stand that the session is off, behind it the padding.
    title = re.compile(rb"^SUMMARY:.*\bedit %d\b" % schedule.number, re.M)
    wait_for("the edit", lambda: title.search(program.get()), 3)


def unwritable(break_it, mend_it, folder, program, schedule, history):
    """Edits go on while the history cannot be written, and are recorded once it can."""
    with GoodClient(program, pause=0.005) as good:
        edit(program, folder, schedule)
        records = len(history_of(history))
        break_it()
        for _ in range(5):
            edit(program, folder, schedule)
        wait_for("a word in /readyz", lambda: "cannot" in program.readyz())
        require(program.metric("spotkajmy_history_problems") >= 1, "the metric says that all is well")
        good.check()
        served = program.get()
        mend_it()
        wait_for("the records", lambda: "cannot" not in program.readyz(), 12)
        require(program.get() == served, "the stamps changed when they were recorded")
        after = history_of(history)
        require(len(after) >= records + 5, f"{len(after) - records} of 5 edits were recorded")
        contiguous(after)
        report = good.see(5)
        program.stop()
        program.start()
        require(program.get() == served, "after a restart other bytes are served")
        return report


def full(options):
    """the disk is full: changes are served, and recorded once there is room"""
    with Folder() as folder, SmallDisk() as disk:
        # Records longer than the end of a page, which a full disk still takes.
        schedule = Edited(random.Random(options.seed), sessions=2, padding=" " + "x" * 5000)
        folder.write(schedule.text())
        history = disk.path / "history.jsonl"
        with Program.of(folder, "--history", history) as program:
            def fill():
                disk.fill()
            report = unwritable(fill, disk.empty, folder, program, schedule, history)
        return report, "5 edits served meanwhile, recorded with the same stamps"


def readonly(options):
    """the history's disk is read-only: the same; and who only reads it serves the same bytes"""
    with Folder() as folder, SmallDisk() as disk:
        schedule = Edited(random.Random(options.seed), sessions=2)
        folder.write(schedule.text())
        history = disk.path / "history.jsonl"
        with Program.of(folder, "--history", history) as program:
            def lock():
                disk.remount("ro")
            def unlock():
                disk.remount("rw")
            report = unwritable(lock, unlock, folder, program, schedule, history)
            disk.remount("ro")
            with Program.of(folder, "--history", history) as copy:
                require(copy.get() == program.get(), "a copy on a read-only history serves other bytes")
                require("cannot" not in copy.readyz(), "nothing was to be written, and yet it complains")
        return report, "5 edits served meanwhile, recorded with the same stamps; a read-only copy serves the same"


def replaced(options):
    """a directory, then a pipe, then a file of somebody else's stands where the history did"""
    with Folder() as folder:
        schedule = Edited(random.Random(options.seed), sessions=2)
        folder.write(schedule.text())
        history, aside = folder.history, folder / "aside"

        def into(replace, remove):
            def break_it():
                history.rename(aside)
                replace()
            def mend_it():
                remove()
                aside.rename(history)
            return break_it, mend_it

        worst = []
        for break_it, mend_it in (
            into(history.mkdir, history.rmdir),
            into(lambda: os.mkfifo(history), history.unlink),
            # The file itself is gone: all of it is written again.
            (lambda: (history.unlink(), history.mkdir()), history.rmdir),
        ):
            with Program.of(folder) as program:
                worst.append(unwritable(break_it, mend_it, folder, program, schedule, history))
        # From the start on: served all the same.
        history.unlink()
        history.mkdir()
        with Program.of(folder) as program:
            require("cannot" in program.readyz() and b"BEGIN:VEVENT" in program.get(), "it does not serve")
            served = program.get()
            history.rmdir()
            wait_for("the records", history.is_file, 12)
            wait_for("the good word", lambda: "cannot" not in program.readyz())
            require(program.get() == served, "the stamps changed when they were recorded")
        report = max(worst, key=lambda it: it["worst"])
        report["answers"] = sum(it["answers"] for it in worst)
        return report, "served throughout; recorded once the path is free, a lost history whole again"


def schedule(options):
    """the schedule becomes unreadable, or something else, or nothing: the last good one goes on"""
    with Folder() as folder:
        edited = Edited(random.Random(options.seed), sessions=3)
        good_text = edited.text
        # The superuser may read everything: here the program is nobody.
        nobody = 65534
        binary = folder / "spotkajmy"
        shutil.copy(BINARY, binary)
        binary.chmod(0o755)
        os.chown(folder.path, nobody, nobody)
        path = folder.schedule

        def link(target):
            os.symlink(target, path)

        def long():
            path.write_text(good_text())
            os.truncate(path, 11 * MEGABYTE)

        def forbidden():
            path.write_text(good_text())
            path.chmod(0)

        faults = {
            "forbidden": forbidden,
            "deleted": lambda: None,
            "a directory": path.mkdir,
            "a pipe": lambda: os.mkfifo(path),
            "a socket": lambda: os.mknod(path, 0o140644),
            "an endless device": lambda: link("/dev/zero"),
            "a link to nothing": lambda: link("nowhere"),
            "a link to itself": lambda: link("schedule.yaml"),
            "11 MB": long,
            "empty": lambda: path.write_text(""),
            "cut in half": lambda: path.write_text(good_text()[: len(good_text()) // 2 + 7]),
            "garbage": lambda: path.write_bytes(random.Random(1).randbytes(100_000)),
            "a bomb": lambda: path.write_text(bombs()["aliases"]),
        }

        def remove():
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)

        folder.write(good_text())
        slowest = 0.0
        with (
            Program.of(folder, binary=binary, user=nobody, group=nobody, extra_groups=[]) as program,
            GoodClient(program, pause=0.005) as good,
        ):
            for name, fault in faults.items():
                served = program.get()
                remove()
                fault()
                wait_for(f"{name}: a word in /readyz", lambda: "not served" in program.readyz())
                program.reload()
                time.sleep(0.1)
                require(program.get() == served, f"{name}: other bytes are served")
                # A start that has no last good one says why, at once, and does not hang.
                began = time.monotonic()
                none = folder / "none.history.jsonl"
                start = subprocess.run(
                    [binary, "serve", "--schedule", path, "--history", none, "--listen", "127.0.0.1:0", "--admin-listen", "off"],
                    capture_output=True, text=True, timeout=10, check=False,
                    user=nobody, group=nobody, extra_groups=[],
                )  # fmt: skip
                took = time.monotonic() - began
                slowest = max(slowest, took)
                require(start.returncode in (1, 2) and start.stderr, f"{name}: it starts: {start}")
                require(took < 1, f"{name}: its start takes {took:.1f} s")
                remove()
                edit(program, folder, edited)
                require("not served" not in program.readyz(), f"{name}: /readyz still complains")
                good.check()
            report = good.see(5)
            program.stop()
        return report, f"{len(faults)} faults; a start over one says why within {slowest:.2f} s"


MEASURE = """
import os, sys
null = os.open(os.devnull, os.O_RDWR)
quiet = [(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)]
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, used = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def measured(command):
    """Exit code, seconds of processor and MB of memory. A process of its own
    starts it: Linux counts as memory of a child what its parent had."""
    told = subprocess.run([sys.executable, "-ISc", MEASURE, *command], capture_output=True, text=True, check=True)
    code, took, memory = told.stdout.split()
    return int(code), float(took), float(memory)


def bombs():
    """Schedules made to take time or memory."""
    head = "calendar: {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00}\n"
    laughs = "".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9) if level else 'lol'}]\n" for level in range(9)
    )
    most = 10 * MEGABYTE - 1000
    key = "  - {id: cafe, name: Café, disstrict: east}\n"
    session = "  - {id: s%d, date: 2031-02-30, venue: caffe, window: 25:00-18:00}\n"
    return {
        "aliases": laughs + head,
        "one anchor, 20,000 times": "a: &a \"" + "x" * 100_000 + "\"\nb: [" + "*a, " * 20_000 + "]\n",
        "11 MB": head + "# " + "x" * 11 * MEGABYTE,
        "10 MB of brackets": head + "sessions: " + "[" * (most - 200),
        "10 MB of braces": head + "sessions: " + "{" * (most - 200),
        "10 MB of dashes": head + "sessions:\n" + "- " * (most // 2 - 200),
        "10 MB on one line": head + "venues: [" + "x, " * (most // 3 - 200),
        "10 MB in one text": head + "about: \"" + "x\\n" * (most // 3 - 200) + "\"\n",
        "10 MB of blanks": head + " " * (most - 200),
        "10 MB of line breaks": head + "\n" * (most - 200),
        "10 MB of problems": head + "venues:\n" + key * (most // len(key.encode()) - 10),
        "10 MB of bad sessions": head + "sessions:\n" + "".join(session % n for n in range(most // 75)),
        "10 MB of indentation": head + "".join(" " * n + "a:\n" for n in range(4400)),
        "10 MB of an open quote": head + "about: \"" + "x\n" * (most // 2 - 200),
        "10 MB of question marks": head + "? " * (most // 2 - 200),
        "10 MB of comments": head + "#\n" * (most // 2 - 200),
    }


def bomb(options):
    """11 MB and alias bombs are refused within a second and 100 MB; 10 MB of anything within three"""
    with Folder() as folder:
        edited = Edited(random.Random(options.seed), sessions=3)
        folder.write(edited.text())
        told, refused = [], []
        with Program.of(folder) as program, GoodClient(program) as good:
            for name, text in bombs().items():
                path = folder / "bomb.yaml"
                path.write_text(text)
                code, took, memory = measured([BINARY, "check", path])
                told.append((took, memory, name))
                print(f"    {name:28} {took:6.2f} s {memory:6.0f} MB, exit code {code}", flush=True)
                require(code in (0, 1, 2), f"{name}: ended with {code}")
                if code:
                    refused.append(text)
            for took, memory, name in told:
                small = not name.startswith("10 MB")
                require(took < (1 if small else 3), f"{name}: {took:.1f} s")
                require(memory < (100 if small else 1000), f"{name}: {memory:.0f} MB")
            # The same under a running server keeps nobody waiting.
            served = program.get()
            for text in refused:
                folder.write(text)
                program.reload()
                time.sleep(0.2)
            folder.write(edited.text())
            program.reload()
            wait_for("the good one again", lambda: "not served" not in program.readyz(), 60)
            require(program.get() == served, "a bomb changed what is served")
            report = good.see(5)
            report["memory"] = program.memory()
        slowest, largest = max(told), max(told, key=lambda it: it[1])
        return report, f"slowest {slowest[0]:.2f} s ({slowest[2]}), largest {largest[1]:.0f} MB ({largest[2]})"


SCENARIOS = [full, readonly, replaced, schedule, bomb]
