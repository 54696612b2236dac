"""The program killed at every step, and sinks that do as they like."""

import concurrent.futures
import glob
import json
import os
import signal
import subprocess
import time

from served import BINARY, Folder, GoodClient, Program, require, wait_for
from sinks import SECRET, Sink, babble, certificate, cut_off, drip, endless_head, flood, half, hang

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


ENVIRONMENT = {"SPOTKAJMY_NOTIFY_AFTER": "0s", "SPOTKAJMY_NOTIFY_SECRET": SECRET}


class Server(Program):
    """A `serve` that notifies, perhaps under strace; killed with its tracer."""

    def __init__(self, folder, sinks, *more, strace=(), environment=None):
        told = [word for sink in sinks for word in ("--notify", sink.url)]
        super().__init__(
            "--schedule", folder.schedule, *told, *more,
            environment=ENVIRONMENT | (environment or {}),
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


def begun(folder, sinks, *more, text=BEFORE):
    """A history and a file of notices, as a first start leaves them."""
    folder.write(text)
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


def publish(folder, *more, tracer=()):
    """Runs `publish` to its end."""
    command = [*tracer, BINARY, "publish", folder.schedule, *more]
    return subprocess.run(command, env=os.environ | ENVIRONMENT, capture_output=True, timeout=60)


def serving(folder, sink, tracer):
    """An edit under a server that is traced, or before it; whether it died."""
    if not (folder / "schedule.notices.jsonl").exists():
        folder.write(AFTER)
    program = Server(folder, [sink], strace=tracer)
    program.spawn()
    try:
        wait_for("a start or a death", lambda: program.ready.is_set() or program.child.poll() is not None, 30)
        folder.write(AFTER)
        wait_for(
            "a delivery or a death",
            lambda: program.child.poll() is not None or settled(folder, sink),
            30,
        )
        time.sleep(0.1)
        return program.child.poll() is not None
    finally:
        program.kill()


def publishing(folder, sink, tracer):
    """The same of `publish`."""
    folder.write(AFTER)
    tracer = ["strace", "-f", "-qq", "-o", "/dev/null", *tracer]
    return publish(folder, "--notify", sink.url, tracer=tracer).returncode != 0


def killed_before(run, is_first, call, file, number):
    """One edit with a kill before that call; whether there was such a call."""
    where = f"{run.__name__} {call} {file} {number}"
    sink = Sink()
    with Folder() as folder:
        if is_first:
            folder.write(BEFORE)
            publish(folder)
        else:
            begun(folder, [sink])
        only = ["-P", str(folder / f"schedule.{file}.jsonl")] if file else []
        struck = run(folder, sink, [*only, "-e", f"inject={call}:signal=KILL:when={number}"])
        if run is publishing:
            publish(folder, "--notify", sink.url)
            require(settled(folder, sink), f"{where}: it is not delivered")
        else:
            with Server(folder, [sink]) as program:
                wait_for(f"{where}: the delivery", lambda: settled(folder, sink), 30)
        require(len(sink.ids()) == 1, f"{where}: ids {sink.ids()}")
        require(len(sink.posts) <= 2, f"{where}: {len(sink.posts)} posts")
        (notice,) = sink.verify()
        (change,) = notice["data"]["changes"]
        require((change["id"], change["kind"]) == ("s0", "moved"), f"{where}: {change}")
        return struck, len(sink.posts)


def every(asked):
    run, is_first, step = asked
    struck = repeats = 0
    for number in range(1, 60):
        died, posts = killed_before(run, is_first, *step, number)
        repeats += posts - 1
        if not died:
            break
        struck += 1
    return step, struck, repeats


def kills(run, is_first=False):
    """Kills before each call of each kind, and what was seen."""
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        results = list(pool.map(every, [(run, is_first, step) for step in STEPS]))
    met = {step: struck for step, struck, _ in results if struck}
    for step, least in NEEDED.items():
        require(met.get(step, 0) >= least, f"too few kills before {step}: {met}")
    kills, repeats = sum(met.values()), sum(repeats for _, _, repeats in results)
    told = ", ".join(f"{count} {call} {file or ''}".strip() for (call, file), count in met.items())
    return f"{kills} kills ({told}): one notice each, {repeats} of them sent twice under one id"


def steps(_):
    """Killed before each system call between an edit and its delivery."""
    return kills(serving)


def published(_):
    """The same of `publish --notify`."""
    return kills(publishing)


def first_served(_):
    """The same of the first `serve` that is ever told to notify, after an edit."""
    return kills(serving, is_first=True)


def first_published(_):
    """The same of the first `publish` that is ever told to notify."""
    return kills(publishing, is_first=True)


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
                wait_for("no word of it", lambda: "No space left" not in program.readyz())
            require(len(sink.posts) == 1, f"{len(sink.posts)} posts")
    return "sent once there was room, and once only"


def sinks(_):
    """Sinks hang, break, babble, drip, fail and redirect; one does not."""
    bad = [Sink(answer) for answer in (hang, cut_off, babble, half, endless_head, drip, 500, 307, 404)]
    hub, good, flooding = Sink(hang), Sink(), Sink(flood)
    slowest, every = 0, [*bad, flooding, good]
    with Folder() as folder:
        begun(folder, every, "--hub", hub.url)
        with Server(folder, every, "--hub", hub.url) as program, GoodClient(program) as client:
            memory = program.memory()
            for number, day in enumerate((11, 12, 13), 1):
                folder.write(schedule(day, 20))
                edited = time.monotonic()
                wait_for("the edit", lambda: b"209003%d" % day in program.get())
                served = time.monotonic() - edited
                require(served < 1, f"an edit was served after {served:.2f} s")
                wait_for("the notice", lambda: len(good.ids()) == number, 4)
                slowest = max(slowest, served)
            wait_for("each is tried", lambda: all(sink.posts for sink in [hub, *bad]))
            wait_for("each is named", lambda: program.readyz().count("notices to") == len(bad), 15)
            require(all("elsewhere" not in str(sink.posts) for sink in bad), "a redirect was followed")
            for sink in bad:
                sink.answer = 204
            wait_for("all of it", lambda: settled(folder, *every, count=3), 30)
            grown = program.memory() - memory
            require(grown < 30, f"it grew by {grown:.0f} MB")
            require("notices to" not in program.readyz(), program.readyz())
            worst = client.report()["worst"]
    require(worst < 1, f"an answer took {worst:.2f} s")
    for sink in every:
        require(sink.ids() == good.ids(), "another order")
        days = [notice["data"]["changes"][0]["text"]["en"] for notice in sink.verify()]
        require(len(days) == 3, f"{days}")
    require(len(good.posts) == len(flooding.posts) == 3, "a good sink is told once")
    posts = sum(len(sink.posts) for sink in every)
    return (
        f"3 notices to {len(every)} sinks in order, in {posts} posts; edits served within "
        f"{slowest * 1000:.0f} ms, {grown:.0f} MB more"
    )


def tls(_):
    """A sink's certificate is one to trust, or it is sent nothing."""
    with Folder() as folder:
        sink = Sink(tls=certificate(folder))
        plain = Sink()
        wrong = Sink()
        wrong.scheme = "https"
        begun(folder, [sink, wrong, plain])
        with Server(folder, [sink, wrong, plain]) as program:
            folder.write(AFTER)
            wait_for("the good sink", lambda: plain.posts)
            wait_for("both are named", lambda: program.readyz().count("notices to") == 2, 15)
            require("certificate" in program.readyz(), program.readyz())
            require(not sink.posts and not wrong.posts, "they were told")
        trusted = {"SSL_CERT_FILE": str(folder / "sink.crt")}
        with Server(folder, [sink], environment=trusted):
            wait_for("the delivery", lambda: sink.posts)
        require(sink.ids() == plain.ids() and sink.verify(), "another notice")
    return "refused until its certificate is trusted; a sink without TLS is named"


def clocks(_):
    """The clock steps back and forth, under a server and between two."""
    (library,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    sink, slowest = Sink(), 0
    with Folder() as folder:
        offset = folder / "clock"
        offset.write_text("+0")
        environment = {
            "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(offset),
            "FAKETIME_NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "SPOTKAJMY_NOTIFY_AFTER": "1s",
        }  # fmt: skip
        begun(folder, [sink])
        steps = ["+300d", "-300d", "+0", "-20y", "+10y", "-1h", "+2", "-2", "+0"]
        program = Server(folder, [sink], environment=environment).start()
        try:
            for number, step in enumerate(steps, 1):
                offset.write_text(step)
                if number % 3 == 0:
                    program.kill()
                    program = Server(folder, [sink], environment=environment).start()
                folder.write(schedule(10 + number, 20))
                edited = time.monotonic()
                wait_for(f"the notice at {step}", lambda: settled(folder, sink, count=number), 8)
                slowest = max(slowest, time.monotonic() - edited)
            time.sleep(3)
        finally:
            program.kill()
        notices = [json.loads(body) for _, body, _ in sink.posts]
        days = [notice["data"]["changes"][0]["text"]["pl"] for notice in notices]
        require(len(days) == len(steps), "one was repeated")
        for number, day in enumerate(days, 1):
            require(f" {10 + number} marca" in day.partition(".")[0], day)
        years = {notice["timestamp"][:4] for notice in notices}
        require(len(years) > 1, "the clock was not faked at all")
    return f"{len(steps)} steps of up to 20 years, a notice each, in order, within {slowest:.1f} s of 1 s"


def signatures(_):
    """What a sink gets verifies with the package of npm too, and not once it is changed."""
    sink = Sink()
    with Folder() as folder:
        begun(folder, [sink])
        with Server(folder, [sink]):
            folder.write(AFTER)
            wait_for("the delivery", lambda: sink.posts)
    headers, body, _ = sink.posts[0]
    headers = {name.lower(): value for name, value in headers.items()}
    told = json.dumps({"secret": SECRET, "headers": headers, "body": body.decode()})
    environment = os.environ | {"NODE_PATH": f"{os.environ['PROGRAMS']}/node/node_modules"}
    command = ["node", "-e", VERIFY]
    subprocess.run(command, input=told, env=environment, text=True, check=True, timeout=30)
    require(sink.verify(), "not with that of PyPI")
    return "verified by the packages of PyPI and npm"


VERIFY = """
const {Webhook} = require("standardwebhooks");
const {secret, headers, body} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const key = new Webhook(secret);
key.verify(body, headers);
let refused = 0;
for (const wrong of [() => key.verify(body + " ", headers),
  () => key.verify(body, {...headers, "webhook-id": "msg_other"}),
  () => new Webhook("whsec_b3RoZXIgb3RoZXIgb3RoZXI=").verify(body, headers)]) {
  try { wrong(); } catch { refused += 1; }
}
if (refused !== 3) process.exit(1);
"""


def quiet(_):
    """Ten edits within the quiet time are one notice; what is taken back, and other words, are none."""
    sink = Sink()
    with Folder() as folder:
        begun(folder, [sink])
        with Server(folder, [sink], "--notify-after", "4s") as program:
            folder.write(schedule(15, 20))
            time.sleep(1.5)
            folder.write(BEFORE.replace("venue: cafe}", "venue: cafe, note: Other words}", 1))
            wait_for("the words", lambda: b"Other words" in program.get())
            time.sleep(6)
            require(not sink.posts, "nothing changed that anybody would do otherwise")
            for edit in range(10):
                folder.write(schedule(11 + edit % 3, 20 + edit % 2))
                time.sleep(0.3)
            wait_for("the notice", lambda: settled(folder, sink), 15)
            time.sleep(5)
    (notice,) = sink.verify()
    require(len(sink.posts) == 1 and len(notice["data"]["changes"]) == 2, json.dumps(notice))
    return "none for what was taken back, one of both sessions for ten edits"


SCENARIOS = [steps, published, first_served, first_published, unanswered, full, sinks, tls, clocks, quiet, signatures]
