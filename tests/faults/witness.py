"""The good client: asks again and again, and remembers all that it was served.

Run as a process of its own, so that nothing else in Python keeps it waiting:

    python3 witness.py '{"ports": [8080], ...}'

Each line on standard input is answered by one line of JSON, what was seen so
far; the end of standard input ends it.

What it holds each answer against, whatever happens to the program meanwhile:

- it is whole, and came within a second;
- one ETag is one body, in every process, before and after every restart;
- Last-Modified never goes back;
- the bytes of an event (its stamps aside) changed if and only if its
  SEQUENCE, LAST-MODIFIED and DTSTAMP grew; none of them ever falls;
- one SEQUENCE of one event is one event, in every process.
"""

import gzip
import json
import re
import socket
import sys
import threading
import time
from email.utils import parsedate_to_datetime
from hashlib import sha256

PATIENCE = 10.0
STAMPS = re.compile(rb"^(DTSTAMP|LAST-MODIFIED|SEQUENCE):(.*)\r\n", re.M)


class Broken(Exception):
    """The connection ended before the answer did."""


def read_answer(stream):
    """Status, headers and body of one answer, read from a buffered socket."""
    line = stream.readline()
    if not line:
        raise Broken("nothing came")
    status = int(line.split()[1])
    headers = {}
    while (line := stream.readline()) not in (b"\r\n", b""):
        name, _, value = line.decode("ascii").partition(":")
        headers[name.lower()] = value.strip()
    if line == b"":
        raise Broken("half the headers")
    length = 0 if status in (204, 304) else int(headers.get("content-length", 0))
    body = stream.read(length)
    if len(body) != length:
        raise Broken(f"{len(body)} of {length} bytes")
    return status, headers, body


def events_of(feed):
    """UID -> (SEQUENCE, LAST-MODIFIED, DTSTAMP, digest of the other bytes)."""
    events = {}
    for event in feed.split(b"BEGIN:VEVENT\r\n")[1:]:
        event = event.partition(b"END:VEVENT\r\n")[0]
        stamps = dict(STAMPS.findall(event))
        rest = STAMPS.sub(b"", event)
        uid = re.search(rb"^UID:(.*)\r\n", rest, re.M)[1].decode()
        events[uid] = (
            int(stamps[b"SEQUENCE"]),
            stamps[b"LAST-MODIFIED"].decode(),
            stamps[b"DTSTAMP"].decode(),
            sha256(rest).hexdigest(),
        )
    return events


class Witness:
    def __init__(self, ports, path, pause, restarts, rivals):
        self.ports, self.path, self.pause = ports, path, pause
        # Whether the program may be gone for a moment: the client tries on, its watch running.
        self.restarts = restarts
        # Whether two processes may publish two states of the schedule in turns.
        self.rivals = rivals
        self.answers = self.changes = 0
        self.worst = self.total = 0.0
        self.faults = []
        self.bodies = {}  # ETag -> digest of the body
        self.revisions = {}  # (UID, SEQUENCE) -> the event
        self.last = {port: {} for port in ports}  # port -> UID -> the event
        self.modified = {port: None for port in ports}
        self.tags = {port: None for port in ports}
        self.kept = {port: None for port in ports}
        self.lock = threading.Lock()

    def fault(self, text):
        if len(self.faults) < 10:
            self.faults.append(text)

    def ask(self, port, turn):
        """One request, as clients send them: on a new connection, on one that is
        kept, compressed, conditional. A kept one may be closed by the server."""
        headers = ["Host: localhost"]
        keep = turn % 2 == 1
        if not keep:
            headers.append("Connection: close")
        if turn % 3 == 1:
            headers.append("Accept-Encoding: gzip")
        elif turn % 3 == 2 and self.tags[port]:
            headers.append(f"If-None-Match: {self.tags[port]}")
        request = "\r\n".join([f"GET {self.path} HTTP/1.1", *headers, "", ""]).encode()
        began = time.monotonic()
        kept, self.kept[port] = (self.kept[port] if keep else None), None
        if kept:
            try:
                return self.exchange(port, kept, request, keep)
            except (OSError, Broken):
                kept[0].close()
        while True:
            connection = None
            try:
                left = max(0.1, began + PATIENCE - time.monotonic())
                connection = socket.create_connection(("127.0.0.1", port), timeout=left)
                connection.settimeout(left)
                return self.exchange(port, (connection, connection.makefile("rb")), request, keep)
            except (OSError, Broken):
                if connection:
                    connection.close()
                if not self.restarts or time.monotonic() - began > PATIENCE:
                    raise
                time.sleep(0.002)

    def exchange(self, port, connection, request, keep):
        connection[0].sendall(request)
        answer = read_answer(connection[1])
        if keep and answer[1].get("connection") != "close":
            self.kept[port] = connection
        else:
            connection[1].close()
            connection[0].close()
        return answer

    def look(self, port, status, headers, body):
        modified = parsedate_to_datetime(headers["last-modified"])
        if self.modified[port] and modified < self.modified[port]:
            self.fault(f"Last-Modified went back from {self.modified[port]} to {modified}")
        self.modified[port] = modified
        if status == 304:
            return
        if status != 200:
            return self.fault(f"answered {status}")
        digest = sha256(body).hexdigest()
        if self.bodies.setdefault(headers["etag"], digest) != digest:
            self.fault(f"one tag, two bodies: {headers['etag']}")
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        elif self.tags[port] == headers["etag"]:
            return
        else:
            self.tags[port] = headers["etag"]
        if not body.endswith(b"END:VCALENDAR\r\n"):
            return self.fault("a feed without its end")
        for uid, event in events_of(body).items():
            self.look_at_event(port, uid, event)

    def look_at_event(self, port, uid, event):
        known = self.revisions.setdefault((uid, event[0]), event)
        if known != event:
            self.fault(f"{uid}: one revision is two events: {known} and {event}")
        before = self.last[port].get(uid, event)
        if before[3] != event[3] or before[:3] != event[:3]:
            self.changes += 1
        grown = all(new > old for new, old in zip(event[:3], before[:3]))
        if before[3] != event[3] and not grown:
            self.fault(f"{uid}: its bytes changed, its stamps did not grow: {before} to {event}")
        if before[3] == event[3] and before[:3] != event[:3] and not (self.rivals and grown):
            self.fault(f"{uid}: its stamps changed, its bytes did not: {before} to {event}")
        self.last[port][uid] = event

    def run(self):
        turn = 0
        while True:
            port = self.ports[turn % len(self.ports)]
            began = time.monotonic()
            try:
                answer = self.ask(port, turn // len(self.ports))
            except Exception as error:  # whatever went wrong is what is looked for
                took = time.monotonic() - began
                with self.lock:
                    self.fault(f"not answered after {took:.2f} s: {error!r}")
                    self.worst = max(self.worst, took)
                time.sleep(0.05)
            else:
                took = time.monotonic() - began
                with self.lock:
                    self.answers += 1
                    self.total += took
                    self.worst = max(self.worst, took)
                    if took > 1:
                        self.fault(f"answered after {took:.2f} s")
                    self.look(port, *answer)
            turn += 1
            time.sleep(self.pause)

    def report(self):
        with self.lock:
            return {
                "answers": self.answers,
                "worst": self.worst,
                "mean": self.total / max(1, self.answers),
                "changes": self.changes,
                "revisions": {uid: event[0] for uid, event in self.last[self.ports[0]].items()},
                "faults": self.faults,
            }


if __name__ == "__main__":
    witness = Witness(**json.loads(sys.argv[1]))
    threading.Thread(target=witness.run, daemon=True).start()
    for _ in sys.stdin:
        print(json.dumps(witness.report()), flush=True)
