"""The program and the good client beside it, as processes."""

import http.client
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

BINARY = os.environ["SPOTKAJMY"]
HERE = pathlib.Path(__file__).parent
FEED = "/calendars/all.ics"


def require(holds, why):
    """An assertion that `python3 -O` keeps too."""
    if not holds:
        raise AssertionError(why)


def wait_for(what, attempt, patience=10.0):
    """Tries until `attempt` gives something true."""
    end = time.monotonic() + patience
    while True:
        if value := attempt():
            return value
        require(time.monotonic() < end, f"{what}: not within {patience} s")
        time.sleep(0.02)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Folder:
    """A folder with a schedule, gone when it is left."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="spotkajmy-faults-"))
        self.path.chmod(0o755)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def __truediv__(self, name):
        return self.path / name

    @property
    def schedule(self):
        return self.path / "schedule.yaml"

    @property
    def history(self):
        return self.path / "schedule.history.jsonl"

    def write(self, text):
        """Saves the schedule as careful editors do: aside, then renamed over."""
        aside = self.path / "schedule.yaml.new"
        aside.write_text(text)
        aside.rename(self.schedule)


class Program:
    """A `serve` on ports of its own, which it keeps over restarts."""

    def __init__(self, *arguments, environment=None, binary=BINARY, **process):
        self.port, self.admin = free_port(), free_port()
        self.command = [
            str(binary), "serve",
            "--listen", f"127.0.0.1:{self.port}",
            "--admin-listen", f"127.0.0.1:{self.admin}",
            *map(str, arguments),
        ]  # fmt: skip
        self.environment = {"LC_ALL": "C.UTF-8"} | (environment or {})
        self.process_options = process
        self.child = None
        self.log = bytearray()

    @classmethod
    def of(cls, folder, *arguments, **options):
        return cls("--schedule", folder.schedule, *arguments, **options)

    def spawn(self):
        self.child = subprocess.Popen(
            self.command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **self.process_options,
        )
        self.ready = threading.Event()
        threading.Thread(target=self._hear, args=[self.child], daemon=True).start()
        threading.Thread(target=self._keep_log, args=[self.child], daemon=True).start()

    def start(self):
        self.spawn()
        came_up = self.ready.wait(30) and self.child.poll() is None
        require(came_up, f"it did not come up: {bytes(self.log[-2000:]).decode(errors='replace')}")
        return self

    def _hear(self, child):
        for line in child.stdout:
            if line.startswith(b"admin on "):
                self.ready.set()

    def _keep_log(self, child):
        while chunk := child.stderr.read1(65536):
            self.log += chunk

    def kill(self):
        self.child.kill()
        self.child.wait()

    def signal(self, number):
        self.child.send_signal(number)

    def reload(self):
        self.child.send_signal(signal.SIGHUP)

    def stop(self):
        self.child.terminate()
        code = self.child.wait(30)
        require(code == 0, f"SIGTERM ended it with {code}")

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.child.poll() is None:
            self.kill()

    def get(self, path=FEED, port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.read()
        finally:
            connection.close()

    def readyz(self):
        return self.get("/readyz", self.admin).decode()

    def metric(self, name):
        """The sum of a metric over its labels."""
        lines = self.get("/metrics", self.admin).decode().splitlines()
        values = [line.rsplit(" ", 1)[1] for line in lines if re.match(rf"{name}(\{{|\s)", line)]
        require(values, f"there is no metric {name}")
        return sum(map(float, values))

    def memory(self):
        """Resident memory in MB."""
        status = pathlib.Path(f"/proc/{self.child.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.child.pid}/fd"))

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.child.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class GoodClient:
    """The witness beside the fault, in a process of its own."""

    def __init__(self, *programs, pause=0.02, restarts=False, rivals=False):
        told = {
            "ports": [program.port for program in programs],
            "path": FEED,
            "pause": pause,
            "restarts": restarts,
            "rivals": rivals,
        }
        self.command = [sys.executable, str(HERE / "witness.py"), json.dumps(told)]

    def __enter__(self):
        self.child = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        wait_for("the good client's first answer", lambda: self.report()["answers"])
        return self

    def report(self):
        self.child.stdin.write("\n")
        self.child.stdin.flush()
        return json.loads(self.child.stdout.readline())

    def check(self):
        """What it saw; an error if any of it was wrong."""
        report = self.report()
        require(not report["faults"], "the good client: " + "; ".join(report["faults"]))
        return report

    def see(self, answers):
        """Waits until it has that many answers more, and checks them."""
        goal = self.report()["answers"] + answers
        wait_for("the good client's next answer", lambda: self.report()["answers"] >= goal)
        return self.check()

    def __exit__(self, *_):
        self.child.kill()
        self.child.wait()


def many_files():
    """Lets this process hold as many sockets as it may."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    require(most >= 12_000, f"ulimit -Hn is {most}, 5,000 connections need 12,000")
