"""The desk behind a proxy that asks for a password: who may, and who may not.

    signed_in.py ORIGIN_PORT HTTPS_PORT CERTIFICATE SCHEDULE
"""

import base64
import http.client
import pathlib
import socket
import ssl
import sys
import time
import urllib.request

from forms import Desk

HOST = "desk.example.org"


def basic(password):
    return {"Authorization": "Basic " + base64.b64encode(f"anna:{password}".encode()).decode()}


def main():
    origin, port = map(int, sys.argv[1:3])
    trust = ssl.create_default_context(cafile=sys.argv[3])
    schedule = pathlib.Path(sys.argv[4])

    class Secure(http.client.HTTPSConnection):
        """Asks for HOST wherever the port is."""

        def connect(self):
            plain = socket.create_connection(("127.0.0.1", port), 10)
            self.sock = trust.wrap_socket(plain, server_hostname=HOST)

    def desk(headers):
        return Desk(f"https://{HOST}/", headers, lambda: Secure(HOST, port, timeout=60))

    def feed():
        with urllib.request.urlopen(f"http://127.0.0.1:{origin}/calendars/all.ics", timeout=10) as answer:
            return answer.read()

    def require(holds, why):
        if not holds:
            sys.exit(f"  WRONG  {why}")

    before = schedule.read_text()
    nobody, wrong, anna = desk({}), desk(basic("zażółć")), desk(basic("zażółć gęślą"))
    for stranger in (nobody, wrong):
        for path in ("", "sessions/new", "text", "desk.css"):
            require(stranger.get(path).status == 401, f"/{path} without the password")
    form = anna.get("sessions/2027-06")
    require(form.status == 200, f"with the password: {form.status}")
    change = {"status": "cancelled", "step": "save"}
    refused = {
        "without the password": nobody.submit(form, "sessions/2027-06", change),
        "from another origin": anna.submit(form, "sessions/2027-06", change, Origin="https://evil.example"),
        "from a frame without an origin": anna.submit(form, "sessions/2027-06", change, Origin="null"),
        "by another name": anna.submit(form, "sessions/2027-06", change, Host="evil.example"),
        "a look by another name": anna.get("", Host="evil.example"),
        "across sites": anna.submit(form, "sessions/2027-06", change, **{"Sec-Fetch-Site": "cross-site"}),
    }
    for why, answer in refused.items():
        shown = "2027-06" in answer.text
        require(answer.status >= 400 or not shown and answer.status != 303, f"{why}: {answer.status}")
        require(schedule.read_text() == before, f"{why}: written")
    print(f"  ok  401 without the password; {len(refused)} requests of others refused")

    look = anna.submit(form, "sessions/2027-06", {"status": "cancelled", "step": "look"})
    require("odwołane" in look.text, look.text)
    saved = anna.submit(look, "sessions/2027-06", {"step": "save"})
    require(saved.status == 303, saved.text)
    home = anna.get(saved.location.lstrip("/"))
    require("Zapisano." in home.text and "Strona pokaże zmianę za chwilę" in home.text, home.text)
    wanted = before.replace("date: 2027-06-18\n    venue: kawiarnia-przyklad\n", "date: 2027-06-18\n    venue: kawiarnia-przyklad\n    status: cancelled\n")
    require(schedule.read_text() == wanted, schedule.read_text())
    end = time.monotonic() + 10
    while b"UID:2027-06@" not in feed() or feed().count("ODWOŁANE".encode()) < 2:
        require(time.monotonic() < end, "the change is not served")
        time.sleep(0.1)
    print("  ok  with it, the form saves one line, and the feed has it")

    large = anna.get("text")
    text = large.fields()["text"] + f"# {'x' * 1000}\n" * 1500
    told = anna.submit(large, "text", {"text": text, "step": "look"})
    require(told.status == 200, f"a file of {len(text)} bytes: {told.status}")
    print(f"  ok  a file of {len(text) / 1e6:.1f} MB goes through as text")
    require(anna.submit(home, "undo", {}).status == 303, "not undone")
    require(schedule.read_text() == before, "not undone")
    print("  ok  undone, byte for byte")


if __name__ == "__main__":
    main()
