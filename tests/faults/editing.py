"""Killed, doubled and out of time, while the schedule is edited."""

import glob
import random
import subprocess
import time

from schedules import Edited, contiguous, history_of
from served import BINARY, Folder, GoodClient, Program, require, wait_for


def kill(options):
    """kill -9 at 200 random moments of editing: nothing that anyone was served is lost"""
    dice = random.Random(options.seed)
    with Folder() as folder:
        schedule = Edited(dice)
        folder.write(schedule.text())
        program = Program.of(folder).start()
        edits = before_ready = 0
        too_early = False
        with GoodClient(program, pause=0.001, restarts=True) as good:
            for _ in range(options.kills):
                # From its start on; after one that came too early, from when it is up.
                if too_early:
                    wait_for("its start", program.ready.is_set)
                moment = time.monotonic() + dice.uniform(0, 0.2)
                while (left := moment - time.monotonic()) > 0:
                    if program.ready.is_set():
                        schedule.edit()
                        edits += 1
                        folder.write(schedule.text())
                        program.reload()
                    time.sleep(min(left, dice.uniform(0, 0.01)))
                too_early = not program.ready.is_set()
                before_ready += too_early
                program.kill()
                program.spawn()
            wait_for("the last start", program.ready.is_set)
            report = good.see(20)
            last = contiguous(history_of(folder.history))
            for uid, sequence in report["revisions"].items():
                recorded = last.get(uid.partition("@")[0], -1)
                require(recorded >= sequence, f"{uid}: {sequence} was served, {recorded} is recorded")
            require(report["changes"] > options.kills / 4, f"only {report['changes']} changes were seen")
            program.stop()
        seen = f"{options.kills} kills ({before_ready} before it was up), {edits} edits, {report['changes']} changes seen"
        return report, f"{seen}, {sum(last.values()) + len(last)} revisions, none lost"


def two(options):
    """two servers on one history, and `publish` beside them: neither interleaves nor counts twice"""
    dice = random.Random(options.seed)
    with Folder() as folder:
        schedule = Edited(dice)
        folder.write(schedule.text())
        with Program.of(folder) as one, Program.of(folder) as other:
            # First edits that settle: each is one revision, no more, no less.
            with GoodClient(one, other, pause=0.002) as good:
                expected = contiguous(history_of(folder.history))
                for _ in range(30):
                    name = dice.choice(list(schedule.sessions))
                    schedule.reword(name)
                    expected[name] += 1
                    folder.write(schedule.text())
                    for program in dice.choice([[], [one], [other], [one, other]]):
                        program.reload()
                    title = schedule.sessions[name]["title"].encode() + b"\r\n"
                    for program in (one, other):
                        wait_for("the edit on both", lambda: title in program.get(), 3)
                time.sleep(1)
                counted = contiguous(history_of(folder.history))
                require(counted == expected, f"{counted} where {expected} were edited")
                settled = good.check()
            # Then edits that overtake one another, with a third writer.
            with GoodClient(one, other, pause=0.002, rivals=True) as good:
                for _ in range(150):
                    schedule.edit()
                    folder.write(schedule.text())
                    dice.choice([one, other]).reload()
                    if dice.random() < 0.3:
                        publish = [BINARY, "publish", folder.schedule]
                        code = subprocess.run(publish, capture_output=True, check=False).returncode
                        require(code == 0, f"publish ended with {code}")
                    time.sleep(dice.uniform(0, 0.03))
                wait_for("one state on both", lambda: one.get() == other.get(), 5)
                time.sleep(1.5)
                records = history_of(folder.history)
                contiguous(records)
                time.sleep(2)
                require(history_of(folder.history) == records, "they go on publishing against each other")
                require(one.get() == other.get(), "two states of one schedule")
                report = good.check()
        report["answers"] += settled["answers"]
        report["worst"] = max(report["worst"], settled["worst"])
        return report, f"{len(records)} records, each whole, no revision twice"


def clock(options):
    """the clock steps back and forth, under a running server and between two runs"""
    (library,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    dice = random.Random(options.seed)
    with Folder() as folder:
        schedule = Edited(dice)
        folder.write(schedule.text())
        offset = folder / "clock"
        offset.write_text("+0")
        environment = {
            "LD_PRELOAD": library,
            "FAKETIME_TIMESTAMP_FILE": str(offset),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }
        program = Program.of(folder, environment=environment).start()
        steps = ["-1h", "+1h", "+300d", "-300d", "+0", "-3650d", "+10y", "-20y", "+1", "-1", "+0"]
        told = 0
        with GoodClient(program, pause=0.005, restarts=True) as good:
            for number, step in enumerate(steps):
                offset.write_text(step)
                if number % 3 == 2:
                    program.stop()
                    program.start()
                for _ in range(5):
                    name = dice.choice(list(schedule.sessions))
                    schedule.reword(name)
                    folder.write(schedule.text())
                    program.reload()
                    title = schedule.sessions[name]["title"].encode() + b"\r\n"
                    wait_for("the edit", lambda: title in program.get(), 3)
                    good.see(3)
                told += "clock" in program.readyz()
            records = history_of(folder.history)
            contiguous(records)
            instants = [record["at"] for record in records]
            require(instants == sorted(instants), "the history's instants are not in order")
            require(min(instants)[:4] != max(instants)[:4], "the clock was not faked at all")
            require(told, "no word about the clock in /readyz")
            report = good.check()
        program.stop()
        return report, f"{len(steps)} steps of up to 30 years, {report['changes']} changes, stamps always grew"


SCENARIOS = [kill, two, clock]
