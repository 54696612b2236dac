"""Runs the scenarios and prints what was measured: `tests/faults/run` starts it."""

import argparse
import sys
import time
import traceback

import clients
import desk
import editing
import files
import soak
from served import many_files

def first_line(scenario):
    return scenario.__doc__.partition("\n")[0]


SCENARIOS = {
    scenario.__name__: scenario
    for module in (editing, files, desk, clients, soak)
    for scenario in module.SCENARIOS
}


def main():
    parser = argparse.ArgumentParser(prog="tests/faults/run", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help="scenarios; all without one")
    parser.add_argument("--list", action="store_true", help="name the scenarios and stop")
    parser.add_argument("--seconds", type=int, default=600, help="how long the soak takes [600]")
    parser.add_argument("--kills", type=int, default=200, help="how often `kill` kills [200]")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000, help="of random edits")
    options = parser.parse_args()
    if options.list:
        for name, scenario in SCENARIOS.items():
            print(f"{name:12} {first_line(scenario)}")
        return 0
    if unknown := [name for name in options.names if name not in SCENARIOS]:
        parser.error(f"there is no {', '.join(unknown)}; --list names what there is")

    many_files()
    rows, failed = [], []
    print(f"random edits by --seed {options.seed}", flush=True)
    for name in options.names or SCENARIOS:
        print(f"{name}: {first_line(SCENARIOS[name])}", flush=True)
        began = time.monotonic()
        try:
            report, told = SCENARIOS[name](options)
        except Exception as error:  # one failure must not hide the next
            failed.append(name)
            traceback.print_exc()
            rows.append((name, f"{time.monotonic() - began:.0f}", "", "", f"FAILED: {error}"))
        else:
            rows.append((
                name,
                f"{time.monotonic() - began:.0f}",
                f"{report['answers']:,}",
                f"{report['worst'] * 1000:.0f}",
                told,
            ))  # fmt: skip
    table(("scenario", "s", "answers", "worst ms", "what was seen"), rows)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return bool(failed)


def table(head, rows):
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(4)]
    print("\n`answers` and `worst ms` are those of the good client beside the fault.\n")
    for row in [head, *rows]:
        name, *numbers = (cell for cell in row[:4])
        cells = [name.ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(numbers, widths[1:])]
        print("  ".join(cells), "", row[4])


if __name__ == "__main__":
    sys.exit(main())
