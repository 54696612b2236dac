"""Runs the scenarios side by side, those that measure alone, and prints what was seen: `tests/notify/run` starts it."""

import concurrent.futures
import sys
import time
import traceback

import delivery
import recipes

SCENARIOS = {it.__name__: it for module in (delivery, recipes) for it in module.SCENARIOS}


# How soon an edit is served says nothing on a machine that is busy elsewhere.
ALONE = {"sinks"}


def attempt(name):
    began = time.monotonic()
    try:
        told = SCENARIOS[name](None)
    except Exception as error:  # one failure must not hide the next
        traceback.print_exc()
        told = f"FAILED: {error}"
    return name, f"{time.monotonic() - began:3.0f} s", told


def main(names):
    if names == ["--list"]:
        for name, scenario in SCENARIOS.items():
            print(f"{name:16} {scenario.__doc__}")
        return 0
    if unknown := set(names) - set(SCENARIOS):
        sys.exit(f"there is no {', '.join(unknown)}; --list names what there is")
    names = names or list(SCENARIOS)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        rows = list(pool.map(attempt, [name for name in names if name not in ALONE]))
    rows += [attempt(name) for name in names if name in ALONE]
    for name, seconds, told in rows:
        print(f"{name:16} {seconds}  {told}")
    return any(told.startswith("FAILED") for _, _, told in rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
