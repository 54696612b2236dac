"""A schedule -> the program serving it on a free port, in a folder of its own.

The folder is a copy: the history is written beside the schedule, and nothing
of it may end up beside the repository's own files.
"""

import contextlib
import pathlib
import queue
import shutil
import subprocess
import tempfile
import threading
import urllib.request


class Served:
    """A running program: where it listens, and the schedule that it reads."""

    def __init__(self, process, base, schedule, log):
        self.process = process
        self.base = base
        self.schedule = schedule
        self.log = log

    def get(self, path):
        """The body at a path; an answer other than 200 raises."""
        # No proxy of the environment stands between a test and this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.base + path, timeout=30) as answer:
            return answer.read()


@contextlib.contextmanager
def serve(program, schedule, *options, port=0):
    """Serves a copy of the file `schedule`, and of the history beside it; on a
    `port` that is named its links lead to itself."""
    with tempfile.TemporaryDirectory(prefix="spotkajmy-") as folder:
        copy = pathlib.Path(folder) / "schedule.yaml"
        shutil.copyfile(schedule, copy)
        history = schedule.with_name(schedule.stem + ".history.jsonl")
        if history.exists():
            shutil.copyfile(history, copy.with_name("schedule.history.jsonl"))
        log = pathlib.Path(folder) / "log"
        command = [str(program), "serve", "--schedule", str(copy), "--listen", f"127.0.0.1:{port}"]
        if port:
            command += ["--public-url", f"http://127.0.0.1:{port}"]
        command += ["--admin-listen", "off", *options]
        with log.open("wb") as errors:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            yield Served(process, listening(process, log), copy, log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()


def listening(process, log):
    """The address that the program prints once it is ready, within 30 s."""
    lines = queue.Queue()
    threading.Thread(target=lambda: lines.put(process.stdout.readline()), daemon=True).start()
    try:
        line = lines.get(timeout=30)
    except queue.Empty:
        line = ""
    prefix = "listening on "
    if not line.startswith(prefix):
        raise RuntimeError(f"the program does not serve: {line}{log.read_text(errors='replace')}")
    return line.removeprefix(prefix).strip()
