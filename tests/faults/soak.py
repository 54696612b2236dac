"""A day of a busy service in ten minutes."""

import random
import threading
import time
from statistics import median

from schedules import Edited, contiguous, history_of
from served import Folder, GoodClient, Program, require

LANGUAGES = ["", "/en", "/uk"]
PATHS = [
    language + path
    for language in LANGUAGES
    for path in (
        "/", "/places/", "/districts/east/", "/sessions/s1/", "/sessions/s1.ics", "/embed/all/", "/poster/east/",
        "/calendars/all.ics", "/calendars/all.json", "/calendars/all.atom", "/calendars/west.ics",
        "/calendars/nowhere.ics", "/calendar.ics?district=east&district=WEST", "/no/such/page",
    )
] + ["/embed.js", "/qr/all.svg", "/sitemap.xml", "/robots.txt", "/oembed?url=http%3A%2F%2Flocalhost%3A8080%2F"]  # fmt: skip


def soak(options):
    """edits, bad edits, reloads and readers of every page, for --seconds: memory does not grow"""
    dice = random.Random(options.seed)
    with Folder() as folder:
        schedule = Edited(dice, sessions=6)
        folder.write(schedule.text())
        with Program.of(folder) as program, GoodClient(program, pause=0.01) as good:
            stop, asked, troubles = threading.Event(), [0], []

            def read(seed):
                mine = random.Random(seed)
                while not stop.is_set():
                    try:
                        program.get(mine.choice(PATHS))
                        asked[0] += 1
                    except Exception as error:  # told by the main thread
                        troubles.append(repr(error))
                    time.sleep(0.005)

            readers = [threading.Thread(target=read, args=[seed], daemon=True) for seed in range(3)]
            for reader in readers:
                reader.start()
            began, samples, reloads, descriptors = time.monotonic(), [], 0, []
            # The history rightly grows by each edit, so most reloads are of
            # comments and of mistakes.
            edits_due = began
            while (at := time.monotonic() - began) < options.seconds:
                reloads += 1
                if time.monotonic() >= edits_due:
                    edits_due += options.seconds / 30
                    schedule.edit()
                    folder.write(schedule.text())
                elif dice.random() < 0.3:
                    folder.write(schedule.text() + "nonsense: [\n" * dice.randrange(1, 50))
                else:
                    schedule.comment += 1
                    folder.write(schedule.text())
                if dice.random() < 0.5:
                    program.reload()
                time.sleep(0.25)
                samples.append((at, program.memory()))
                descriptors.append(program.descriptors())
            stop.set()
            for reader in readers:
                reader.join(10)
            require(not troubles, f"{len(troubles)} requests failed: {troubles[:3]}")
            folder.write(schedule.text())
            contiguous(history_of(folder.history))
            report = good.check()

            def around(share):
                near = [it for at, it in samples if share - 0.1 <= at / options.seconds <= share + 0.1]
                return median(near)

            warm, end = around(0.4), around(0.9)
            require(end < warm * 1.05 + 2, f"memory grew from {warm:.1f} to {end:.1f} MB")
            require(max(descriptors[len(descriptors) // 2 :]) < max(descriptors[: len(descriptors) // 2]) + 20, "files are left open")
        told = f"{reloads} reloads, {asked[0]:,} other requests; memory {warm:.1f} MB warm, {end:.1f} MB at the end"
        return report, told


SCENARIOS = [soak]
