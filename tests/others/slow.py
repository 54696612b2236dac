"""Slow clients, by slowhttptest: others are served on meanwhile, and none of
the slow ones is kept for longer than the limits allow."""

import os
import re
import subprocess
import time

# By name: its options, and after how many seconds all of them must be gone.
ATTACKS = {
    # Headers that never end are given 10 s.
    "slow headers": (["-H", "-i", "2", "-x", "24"], 15),
    # A body that never ends, to a service that reads none.
    "slow body": (["-B", "-i", "2", "-x", "24", "-s", "8192", "-t", "POST"], 15),
    # An answer read a few bytes at a time: who does not read is given 30 s.
    "slow read": (["-X", "-w", "64", "-y", "128", "-n", "5", "-z", "16", "-k", "3"], 40),
    # Thousands of ranges of one answer.
    "ranges": (["-R", "-a", "1", "-b", "3000"], 15),
}
CONNECTIONS = 400


def slowhttptest(site):
    # The schedule makes no difference to it.
    if site.name != "example":
        return 1, []

    def open_files():
        return len(os.listdir(f"/proc/{site.pid}/fd"))

    faults = []
    for name, (options, longest) in ATTACKS.items():
        before, most = open_files(), 0
        command = ["slowhttptest", *options, "-c", str(CONNECTIONS), "-r", "200", "-l", "60", "-p", "2"]
        command += ["-u", site.base + "/calendars/all.ics"]
        began = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as attack:
            # Its own probe is a connection too.
            while time.monotonic() - began < 3 or (open_files() > before + 3 and time.monotonic() - began < longest):
                most = max(most, open_files() - before)
                time.sleep(0.05)
            took, left = time.monotonic() - began, open_files() - before
            attack.terminate()
            said = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", attack.stdout.read())
        print(f"    {name}: up to {most} at once, {left} left after {took:.0f} s", flush=True)
        # It probes once a second, and gives up after 2 s.
        served = re.findall(r"service available:\s+(\w+)", said)
        if not served or set(served) != {"YES"}:
            faults.append(f"{name}: others were not served: {served}")
        if left > 3:
            faults.append(f"{name}: {left} connections are kept after {took:.0f} s")
    return len(ATTACKS), faults
