"""The officer's desk while it saves: the file is the old one or the new one, whole."""

import collections
import http.client
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import threading

from files import SmallDisk
from forms import Desk
from served import BINARY, Folder, require, wait_for

FILE = """\
# comment
calendar: {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00, language: en}
districts: [{id: east, name: East}]
venues: [{id: cafe, name: Example café, district: east}]
sessions:
  - id: one # comment
    date: 2031-03-14
    venue: cafe
""" + "# padding\n" * 3000
CHANGED = FILE.replace("    venue: cafe\n", "    venue: cafe\n    status: cancelled\n")
MODE = 0o640


class Editor:
    """`edit` of one file, and its desk."""

    def __init__(self, file):
        command = [BINARY, "edit", file, "--no-browser", "--listen", "127.0.0.1:0", "--language", "en"]
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.desk = Desk(re.search(r"http:\S+", self.child.stdout.readline())[0])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.kill()
        self.child.wait()
        self.child.stdout.close()

    def cancel(self):
        """The look at a cancelled meeting, ready to be saved."""
        form = self.desk.get("sessions/one")
        return self.desk.submit(form, "sessions/one", {"status": "cancelled", "step": "look"})

    def save(self, look):
        return self.desk.submit(look, "sessions/one", {"step": "save"})


def traced(editor, *arguments):
    """strace, attached to the desk from now on."""
    command = ["strace", "-f", "-qq", *arguments, "-p", str(editor.child.pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    status = pathlib.Path(f"/proc/{editor.child.pid}/task")
    def is_attached():
        if editor.child.poll() is not None:
            return True  # killed in a call that it was waiting in
        threads = [(it / "status").read_text() for it in status.iterdir()]
        return all(f"TracerPid:\t{tracer.pid}" in it for it in threads)
    wait_for("strace", is_attached)
    return tracer


def written(folder):
    (folder / "schedule.yaml").write_text(FILE)
    (folder / "schedule.yaml").chmod(MODE)
    return folder / "schedule.yaml"


def calls_of_a_save():
    """How often a save makes each system call, and in what order those that matter come."""
    with Folder() as folder, tempfile.TemporaryDirectory() as traces:
        file = written(folder)
        log = pathlib.Path(traces) / "calls"
        with Editor(file) as editor:
            look = editor.cancel()
            tracer = traced(editor, "-y", "-o", str(log))
            require(editor.save(look).status == 303, "it was not saved")
            tracer.send_signal(signal.SIGINT)
            tracer.wait()
        require(file.read_text() == CHANGED, "something else was saved")
        lines = log.read_text().splitlines()
    # The thread that renames is the one that saves.
    (saver,) = {line.split()[0] for line in lines if re.search(r"\brename", line)}
    mine = [line.split(None, 1)[1] for line in lines if line.split()[0] == saver]
    calls = collections.Counter(re.match(r"\w+", line)[0] for line in mine if re.match(r"\w+\(", line))
    wanted = [
        ("the new text is written", r"write\(\d+</.*/\.spotkajmy-\w+\.yaml>"),
        ("synced", r"fsync\(\d+</.*/\.spotkajmy-\w+\.yaml>"),
        ("renamed", r"rename\w*\(.*/\.spotkajmy-\w+\.yaml.*/schedule\.yaml"),
        ("the folder is synced", rf"fsync\(\d+<{folder.path}>"),
    ]  # fmt: skip
    at = -1
    for what, call in wanted:
        found = [index for index, line in enumerate(mine) if re.search(call, line)]
        require(found, f"a save without: {what}")
        require(found[0] > at, f"not in time: {what}")
        at = found[-1]
    return calls


def killed_before(call, number):
    """A save with a kill before that call: whether it came so far, and which file it left."""
    with Folder() as folder:
        file = written(folder)
        with Editor(file) as editor:
            look = editor.cancel()
            tracer = traced(editor, "-o", "/dev/null", "-e", f"inject={call}:signal=KILL:when={number}")
            # A save that is killed has no answer.
            saving = threading.Thread(target=lambda: attempt(editor, look), daemon=True)
            saving.start()
            saving.join(20)
            died = editor.child.poll() is not None or died_soon(editor)
            tracer.kill()
            tracer.wait()
        text = file.read_text()
        require(text in (FILE, CHANGED), f"{call} {number}: half a file:\n{text[:2000]}")
        require(file.stat().st_mode & 0o777 == MODE, f"{call} {number}: {file.stat().st_mode:o}")
        stray = sorted(name for name in os.listdir(folder.path) if name != "schedule.yaml")
        require(len(stray) <= 1 and all(it.startswith(".spotkajmy-") for it in stray), f"{call} {number}: {stray}")
        # What is left harms nobody: the file is good, and the desk goes on.
        with Editor(file) as editor:
            home = editor.desk.get("")
            require(home.status == 200 and "sessions/one" in home.text, f"{call} {number}: {home.text}")
            if text == FILE:
                require(editor.save(editor.cancel()).status == 303, f"{call} {number}: not saved again")
        require(file.read_text() == CHANGED, f"{call} {number}: not the new file")
        return died, text == CHANGED, bool(stray)


def attempt(editor, look):
    try:
        editor.save(look)
    except (OSError, http.client.HTTPException):
        pass  # killed


def died_soon(editor):
    try:
        editor.child.wait(0.3)
    except subprocess.TimeoutExpired:
        return False
    return True


def saving(options):
    """the desk is killed before each system call of a save"""
    counts = calls_of_a_save()
    steps = [(call, number) for call, count in sorted(counts.items()) for number in range(1, count + 1)]
    results = [killed_before(*step) for step in steps]
    kills = sum(died for died, _, _ in results)
    new = sum(changed for died, changed, _ in results if died)
    stray = sum(left for _, _, left in results)
    for call in ("write", "fsync", "renameat", "openat"):
        struck = [died for (name, _), (died, _, _) in zip(steps, results) if name == call]
        require(any(struck), f"no kill before {call}: {dict(counts)}")
    require(0 < new < kills, f"{new} of {kills} kills left the new file")
    told = f"{kills} kills before {len(counts)} calls: {kills - new} left the old file, {new} the new one"
    return none(), f"{told}, {stray} a hidden file beside it; synced, renamed, the folder synced"


def full_desk(options):
    """the disk is full while the desk saves: the file stays, and the form can be sent again"""
    with SmallDisk() as disk:
        file = written(disk.path)
        with Editor(file) as editor:
            look = editor.cancel()
            disk.fill()
            told = editor.save(look)
            require(told.status == 409 and "Not saved" in told.text, told.text)
            require("The file is as it was" in told.text, told.text)
            require(file.read_text() == FILE, "the file is not the old one")
            require(sorted(os.listdir(disk.path)) == ["filler", "schedule.yaml"], os.listdir(disk.path))
            disk.empty()
            require(editor.save(look).status == 303, "not saved once there was room")
            require(file.read_text() == CHANGED, "not the new file")
            # Undone on a full disk: the same.
            home = editor.desk.get("")
            disk.fill()
            require(editor.desk.submit(home, "undo", {}).status == 409, "undone on a full disk")
            require(file.read_text() == CHANGED, "half undone")
            disk.empty()
            require(editor.desk.submit(home, "undo", {}).status == 303, "not undone")
            require(file.read_text() == FILE, "not the old file")
    return none(), "refused in words, the file whole, saved and undone once there was room"


def none():
    """There is no good client beside the desk."""
    return {"answers": 0, "worst": 0.0}


SCENARIOS = [saving, full_desk]
