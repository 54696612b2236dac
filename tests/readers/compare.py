"""The program's feeds, read by everybody else -> what they read wrongly.

Run by tests/readers/run, which says what it needs.
"""

import argparse
import pathlib
import socket
import sys

import documents
import feeds
import program
import readers
import results
import texts

ROOT = pathlib.Path(__file__).parents[2]
SCHEDULES = ["example", "schedule"]


def faults(feed, reader, answer, descriptions):
    """What a reader found otherwise than the program's JSON says."""
    if not isinstance(answer, list):
        return [str(answer)]
    keys = [key for key in reader.keys if key not in ("description", "categories")]
    wanted = sorted(feed.expected, key=lambda event: (event["start"], event["uid"]))
    by_uid = {event["uid"]: event for event in wanted}
    if len(answer) != len(wanted):
        return [f"{len(answer)} events, not {len(wanted)}"]
    if "uid" in keys:
        if {event["uid"] for event in answer} != set(by_uid):
            return [f"other events: {sorted(event['uid'] for event in answer)}"]
        pairs = [(by_uid[event["uid"]], event) for event in answer]
    else:
        order = lambda event: (event["start"], event["summary"])  # noqa: E731
        pairs = list(zip(sorted(wanted, key=order), sorted(answer, key=order)))
    found = []
    for expected, event in pairs:
        uid = expected["uid"]
        found += [
            f"{uid}: {key} is {event[key]!r}, not {expected[key]!r}"
            for key in keys
            if event[key] != expected[key]
        ]
        if "description" in reader.keys:
            said = event["description"]
            found += [f"{uid}: the description lacks {text!r}" for text in expected["told"] if text not in said]
            if not said.endswith("\n" + expected["url"]):
                found.append(f"{uid}: the description does not end with the session's page: {said!r}")
            # And all readers must agree on the whole of it.
            first = descriptions.setdefault((feed.name, uid), said)
            if first != said:
                found.append(f"{uid}: the description is {said!r}, and another reader's {first!r}")
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--program", required=True, type=pathlib.Path)
    arguments.add_argument("--tools", required=True, type=pathlib.Path)
    arguments.add_argument("--browser", required=True)
    arguments.add_argument("--cases", type=int, default=200)
    arguments.add_argument("--only", help="one part: a reader's name, `documents` or `texts`")
    arguments = arguments.parse_args()

    passed = failed = 0

    def count(title, found, tried):
        nonlocal passed, failed
        print(f"{title}: {tried - len(found)} of {tried}", flush=True)
        for name, fault in list(found.items())[:5]:
            print(f"  {name}: {fault}")
        passed += tried - len(found)
        failed += len(found)

    def wanted(part):
        return arguments.only in (None, part)

    everyone = readers.all_readers(arguments.tools, arguments.browser, free_port())
    tally = {reader.name: [0, 0] for reader in everyone}
    for name in SCHEDULES:
        schedule = ROOT / "data" / f"{name}.yaml"
        with program.serve(arguments.program, schedule) as served:
            taken = list(feeds.take(served, name, documents.yaml_of(schedule), arguments.tools / "feeds"))
            print(f"data/{name}.yaml: {len(taken)} feeds", flush=True)
            descriptions = {}
            for reader in everyone:
                if not wanted(reader.name):
                    continue
                answers = reader.read(taken)
                found = {}
                for feed in taken:
                    wrong = faults(feed, reader, answers.get(feed.name, "not read"), descriptions)
                    if wrong:
                        found[feed.name] = "; ".join(wrong)
                tally[reader.name][0] += len(taken) - len(found)
                tally[reader.name][1] += len(found)
                count(f"{reader.name} {reader.version}", found, len(taken))
            if wanted("documents"):
                for title, (found, tried) in documents.judge(served, schedule, taken).items():
                    count(title, found, tried)
    for reader in everyone:
        if wanted(reader.name):
            results.keep(reader.name, reader.version, reader.what, *tally[reader.name], reader.note)
    if wanted("texts"):
        count("texts come back equal", *texts.judge(arguments.program, arguments.tools, arguments.cases))

    print(f"readers: {passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


main()
