"""The program killed at every step, and sinks that do as they like."""

import concurrent.futures
import json
import os
import signal
import time

from served import Folder, GoodClient, Program, require, wait_for
from sinks import SECRET, Sink, babble, cut_off, drip, hang

SCHEDULE = """\
calendar: {id: example, title: Example, timezone: Europe/Warsaw, window: 14:00-18:00}
districts: [{id: alfa, name: Alfa}]
venues: [{id: cafe, name: Example café, district: alfa}]
sessions:
"""


def schedule(*days):
    """An example schedule with a session on each of these days of March 2090."""
    sessions = (f"  - {{id: s{n}, date: 2090-03-{day:02}, venue: cafe}}\n" for n, day in enumerate(days))
    return SCHEDULE + "".join(sessions)


BEFORE, AFTER = schedule(10, 20), schedule(11, 20)


class Server(Program):
    """A `serve` that notifies, perhaps under strace; killed with its tracer."""

    def __init__(self, folder, sinks, *more, strace=()):
        told = [word for sink in sinks for word in ("--notify", sink.url)]
        super().__init__(
            "--schedule", folder.schedule, *told, *more,
            environment={"SPOTKAJMY_NOTIFY_AFTER": "0s", "SPOTKAJMY_NOTIFY_SECRET": SECRET},
            start_new_session=True,
        )  # fmt: skip
        # Programs that run side by side would take each other's free ports.
        for listen in ("--listen", "--admin-listen"):
            self.command[self.command.index(listen) + 1] = "127.0.0.1:0"
        if "--public-url" in more:
            at = self.command.index("--listen")
            del self.command[at : at + 2]
        if strace:
            self.command = ["strace", "-f", "-qq", "-o", "/dev/null", *strace, *self.command]

    def _hear(self, child):
        for line in child.stdout:
            kind, _, port = line.decode().rpartition(":")
            if kind.startswith("listening on "):
                self.port = int(port)
            elif kind.startswith("admin on "):
                self.admin = int(port)
                self.ready.set()

    def kill(self):
        try:
            os.killpg(self.child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.child.wait()


def begun(folder, sinks, *more):
    """A history and a file of notices, as a first start leaves them."""
    folder.write(BEFORE)
    with Server(folder, sinks, *more) as program:
        wait_for("the sinks are known", lambda: known(folder, len(sinks)))
        program.kill()


def known(folder, count):
    path = folder / "schedule.notices.jsonl"
    return path.exists() and path.read_text().count('{"sink"') == count


def settled(folder, *sinks, count=1):
    """So many notices arrived at every sink, and each arrival was noted."""
    noted = (folder / "schedule.notices.jsonl").read_text().count('{"fate"')
    return all(len(sink.ids()) == count for sink in sinks) and noted == count * len(sinks)


# The system calls that take an edit to a sink, and the file that some of them
# are about: the program dies before the first of each, the second and so on.
# They are counted by thread, so each file is told apart.
STEPS = [
    *((call, name) for name in ("history", "notices")
      for call in ("openat", "ftruncate", "lseek", "write", "fdatasync", "fsync", "read", "flock")),
    *((call, None) for call in ("socket", "connect", "sendto", "writev", "recvfrom", "shutdown")),
]  # fmt: skip


def killed_before(call, file, number):
    """One edit with a kill before that call; whether there was such a call."""
    sink = Sink()
    with Folder() as folder:
        begun(folder, [sink])
        only = ["-P", str(folder / f"schedule.{file}.jsonl")] if file else []
        program = Server(
            folder, [sink], strace=[*only, "-e", f"inject={call}:signal=KILL:when={number}"]
        )
        program.spawn()
        try:
            wait_for("a start or a death", lambda: program.ready.is_set() or program.child.poll() is not None)
            folder.write(AFTER)
            wait_for(
                "a delivery or a death",
                lambda: program.child.poll() is not None or settled(folder, sink),
            )
            time.sleep(0.1)
            struck = program.child.poll() is not None
        finally:
            program.kill()
        with Server(folder, [sink]) as program:
            wait_for("the delivery", lambda: settled(folder, sink))
        require(len(sink.ids()) == 1, f"{call} {file} {number}: ids {sink.ids()}")
        require(len(sink.posts) <= 2, f"{call} {file} {number}: {len(sink.posts)} posts")
        (notice,) = sink.verify()
        (change,) = notice["data"]["changes"]
        require((change["id"], change["kind"]) == ("s0", "moved"), f"{call} {file} {number}: {change}")
        return struck, len(sink.posts)


def every(step):
    struck = repeats = 0
    for number in range(1, 40):
        died, posts = killed_before(*step, number)
        repeats += posts - 1
        if not died:
            break
        struck += 1
    return step, struck, repeats


def steps(_):
    """Killed before each system call between an edit and its delivery."""
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        results = list(pool.map(every, STEPS))
    met = {step: struck for step, struck, _ in results if struck}
    for step, least in NEEDED.items():
        require(met.get(step, 0) >= least, f"too few kills before {step}: {met}")
    kills, repeats = sum(met.values()), sum(repeats for _, _, repeats in results)
    told = ", ".join(f"{count} {call} {file or ''}".strip() for (call, file), count in met.items())
    return f"{kills} kills ({told}): one notice each, {repeats} of them sent twice under one id"


# The record, the notice, its delivery, its note.
NEEDED = {
    ("write", "history"): 1,
    ("write", "notices"): 2,
    ("fdatasync", "notices"): 2,
    ("connect", None): 1,
    ("writev", None): 1,
    ("recvfrom", None): 1,
}


def unanswered(_):
    """Killed while a sink thinks, again and again."""
    sink = Sink(hang)
    with Folder() as folder:
        begun(folder, [sink])
        folder.write(AFTER)
        for attempt in range(1, 4):
            with Server(folder, [sink]) as program:
                wait_for("the post", lambda: len(sink.posts) >= attempt)
                program.kill()
        sink.answer = 204
        with Server(folder, [sink]) as program:
            wait_for("the delivery", lambda: settled(folder, sink))
    require(len(sink.ids()) == 1 and len(sink.verify()) == 1, f"{sink.ids()}")
    return f"{len(sink.posts)} posts under one id"


def full(_):
    """No room for a notice, then none to note its delivery."""
    for first in (1, 2):
        sink = Sink()
        with Folder() as folder:
            begun(folder, [sink])
            inject = f"inject=write:error=ENOSPC:when={first}..{first + 1}"
            only = ["-P", str(folder / "schedule.notices.jsonl")]
            with Server(folder, [sink], strace=[*only, "-e", inject]) as program:
                folder.write(AFTER)
                wait_for("a word of it", lambda: "No space left" in program.readyz())
                require(len(sink.posts) == first - 1, "what is not on the disk was sent")
                wait_for("the delivery", lambda: settled(folder, sink), 30)
                require("No space left" not in program.readyz(), "it is over, and still said")
            require(len(sink.posts) == 1, f"{len(sink.posts)} posts")
    return "sent once there was room, and once only"


def sinks(_):
    """Sinks hang, break, babble, drip, fail and redirect; one does not."""
    bad = [Sink(answer) for answer in (hang, cut_off, babble, drip, 500, 307, 404)]
    hub, good = Sink(hang), Sink()
    slowest = 0
    with Folder() as folder:
        begun(folder, [*bad, good], "--hub", hub.url)
        with Server(folder, [*bad, good], "--hub", hub.url) as program, GoodClient(program) as client:
            for number, day in enumerate((11, 12, 13), 1):
                folder.write(schedule(day, 20))
                edited = time.monotonic()
                wait_for("the edit", lambda: b"209003%d" % day in program.get())
                served = time.monotonic() - edited
                require(served < 1, f"an edit was served after {served:.2f} s")
                wait_for("the notice", lambda: len(good.ids()) == number, 3)
                slowest = max(slowest, served)
            wait_for("each is tried", lambda: all(sink.posts for sink in [hub, *bad]))
            wait_for("each is named", lambda: program.readyz().count("notices to") == len(bad), 15)
            require(all("elsewhere" not in str(sink.posts) for sink in bad), "a redirect was followed")
            for sink in bad:
                sink.answer = 204
            wait_for("all of it", lambda: settled(folder, *bad, good, count=3), 30)
            require("notices to" not in program.readyz(), program.readyz())
            worst = client.report()["worst"]
    require(worst < 1, f"an answer took {worst:.2f} s")
    for sink in [good, *bad]:
        require(sink.ids() == good.ids(), "another order")
        days = [notice["data"]["changes"][0]["text"]["en"] for notice in sink.verify()]
        require(len(days) == 3, f"{days}")
    require(len(good.posts) == 3, "a good sink is told once")
    return f"3 notices to 8 sinks in order; edits served within {slowest * 1000:.0f} ms"


def quiet(_):
    """Ten edits within the quiet time are one notice."""
    sink = Sink()
    with Folder() as folder:
        begun(folder, [sink])
        with Server(folder, [sink], "--notify-after", "4s") as program:
            for edit in range(10):
                folder.write(schedule(11 + edit % 3, 20 + edit % 2))
                time.sleep(0.3)
            wait_for("the notice", lambda: settled(folder, sink), 15)
            time.sleep(5)
    (notice,) = sink.verify()
    require(len(sink.posts) == 1 and len(notice["data"]["changes"]) == 2, json.dumps(notice))
    return "one notice of both sessions"


SCENARIOS = [steps, unanswered, full, sinks, quiet]
