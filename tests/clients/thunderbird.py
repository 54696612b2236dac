"""Thunderbird, subscribed to a running program, through the officer's edits.

What happens inside Thunderbird is in `thunderbird.js`; here it is started
without a window, called over Marionette, and told the story.
"""

import contextlib
import datetime
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "readers"))
import program  # noqa: E402
import results  # noqa: E402
import story  # noqa: E402

INSIDE = pathlib.Path(__file__).with_suffix(".js")
FEED = "/calendars/all.ics"
ZONE = zoneinfo.ZoneInfo("Europe/Warsaw")  # the story's
WHAT = f"{results.STORY}; its name, its requests, a cancellation struck out, the server gone"

# Nothing outside this machine is reachable: all but loopback goes to a proxy
# that is not there. And a notice of the desktop's, where there is no desktop,
# would leave the calendar locked for ever.
PREFERENCES = """\
user_pref("marionette.port", 0);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
user_pref("network.proxy.socks", "127.0.0.1");
user_pref("network.proxy.socks_port", 9);
user_pref("alerts.useSystemBackend", false);
"""


class Failure(Exception):
    """Thunderbird did not do what it was asked; in words."""


class Marionette:
    """Thunderbird's remote control: JSON behind its length and a colon."""

    def __init__(self, port):
        # Longer than any wait in thunderbird.js, which can say more.
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.stream = self.socket.makefile("rb")
        self.sent = 0
        self.receive()  # its greeting
        self.command("WebDriver:NewSession", capabilities={"timeouts": {"script": 50_000}})
        self.command("Marionette:SetContext", value="chrome")
        self.evaluate(INSIDE.read_text(encoding="utf-8"))

    def receive(self):
        length = b""
        while (byte := self.stream.read(1)) != b":":
            if not byte:
                raise Failure("it hung up")
            length += byte
        return json.loads(self.stream.read(int(length)))

    def command(self, name, **parameters):
        self.sent += 1
        text = json.dumps([0, self.sent, name, parameters]).encode()
        try:
            self.socket.sendall(b"%d:%s" % (len(text), text))
            _, _, error, answer = self.receive()
        except OSError as lost:
            raise Failure(f"{name}: {lost}") from lost
        if error:
            raise Failure(error["message"])
        return answer

    def evaluate(self, script, *arguments):
        # One sandbox for all, so that what a script defines stays.
        answer = self.command(
            "WebDriver:ExecuteScript", script=script, args=arguments, sandbox="system", newSandbox=False
        )
        return answer["value"]

    def call(self, function, *arguments):
        """A function of thunderbird.js."""
        return self.evaluate("return globalThis[arguments[0]](...arguments[1])", function, arguments)


@contextlib.contextmanager
def thunderbird(folder):
    """Thunderbird, new and empty, under remote control."""
    profile = folder / "profile"
    profile.mkdir()
    (profile / "user.js").write_text(PREFERENCES, encoding="utf-8")
    log = folder / "thunderbird.log"
    command = ["thunderbird", "--headless", "--no-remote", "--profile", str(profile)]
    command += ["--marionette", "--remote-allow-system-access"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        port = profile / "MarionetteActivePort"
        if story.wait_until(lambda: not (port.exists() and port.read_text())):
            raise Failure(f"it does not start: {log.read_text(errors='replace')}")
        yield Marionette(int(port.read_text()))
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Calendar:
    """The calendar as Thunderbird shows it."""

    def __init__(self, marionette):
        self.marionette = marionette
        self.name = None

    def subscribe(self, base):
        self.name = self.marionette.call("subscribe", base.replace("http:", "webcal:") + FEED)
        return self

    def refresh(self):
        self.marionette.call("refresh")

    def events(self):
        """With the hours as the story tells them, from Thunderbird's instants."""
        events = self.marionette.call("events")
        for event in events.values():
            for end in ("start", "end"):
                hour = datetime.datetime.fromtimestamp(event[end] / 1000, ZONE)
                event[end] = f"{hour:%Y%m%dT%H%M%S}"
        return events

    def drawn(self, uid):
        """The decoration of the session's title in the month view."""
        return self.marionette.call("drawn", uid)

    def answers(self):
        """Every answer of a server so far, and what it was asked."""
        return self.marionette.call("answers")


def further(served, edit, calendar):
    """Steps after the story: title, and what is wrong, empty when nothing is."""
    yield "named after the address", "" if calendar.name == "all" else f"named {calendar.name}"

    shown = calendar.events()
    calendar.refresh()
    status = calendar.answers()[-1]["status"]
    yield "asked again, nothing new", (
        f"answered {status}, not 304" if status != 304
        else "the sessions changed" if story.wait_until(lambda: calendar.events() != shown) else ""
    )

    edit.sessions["third"]["status"] = "cancelled"
    edit.write(served.schedule)
    cancelled, untouched = "third@example-cycle", "second@example-cycle"
    late = story.wait_until(lambda: story.published(served, {cancelled: {"sequence": 3}}))
    calendar.refresh()
    wanted = {cancelled: "line-through", untouched: "none"}
    yield "struck out", late or story.wait_until(
        lambda: [f"{uid} is drawn with {found}, not {line}" for uid, line in wanted.items()
                 if (found := calendar.drawn(uid)) != line]
    )

    yield "what it asked", list(misunderstood(calendar.answers(), served.base + FEED))

    shown = calendar.events()
    served.process.terminate()
    served.process.wait(timeout=story.PATIENCE)
    calendar.refresh()
    gone = story.wait_until(lambda: calendar.events() != shown)
    yield "the server gone", "the sessions are gone too" if gone else ""


def misunderstood(answers, feed):
    """What went wrong between Thunderbird and the program: the dialog asks HEAD
    and seeks CalDAV, which is not here; from then on GET, with the last tag."""
    fetched = [answer for answer in answers if answer["method"] == "GET"]
    sought = {(answer["method"], answer["status"]) for answer in answers if answer not in fetched}
    if sought - {("PROPFIND", 405)} != {("HEAD", 200)}:
        yield f"the dialog's questions and answers: {sought}"
    tag = None
    for answer in fetched:
        if answer["address"] != feed or answer["condition"] != tag:
            yield f"not this feed with {tag}: {answer}"
        elif answer["status"] != (304 if answer["tag"] == tag else 200):
            yield f"not what its tag says: {answer}"
        elif answer["status"] == 200 and answer["encoding"] != "gzip":
            yield f"not compressed: {answer}"
        tag = answer["tag"]


def main():
    binary, version = sys.argv[1:]
    # `finally` ends what was started, then too when this is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Thunderbird: told to end, or out of time"))
    folder = pathlib.Path(os.environ["HOME"])
    edit = story.Edit()
    edit.write(folder / "schedule.yaml")
    with thunderbird(folder) as marionette, program.serve(binary, folder / "schedule.yaml") as served:
        calendar = Calendar(marionette)
        good, bad = story.tell(served, edit, lambda: calendar.subscribe(served.base))
        for title, wrong in further(served, edit, calendar):
            good, bad = (good, bad + 1) if wrong else (good + 1, bad)
            print(f"{title}: {wrong or 'as it should be'}")
    results.keep("Thunderbird", version, WHAT, good, bad)
    print(f"Thunderbird {version}: {good} passed, {bad} failed")
    sys.exit(1 if bad or not good else 0)


try:
    main()
except Failure as failure:
    sys.exit(f"Thunderbird: {failure}")
