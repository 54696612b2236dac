"""What each program did with the feeds -> a row of docs/clients.md.

The rows are kept in target/clients, one file a program, so that the scripts
that run them can run apart; `python3 tests/readers/results.py` writes the
table from all of them and fails where one is missing.
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).parents[2]
KEPT = ROOT / "target" / "clients"
PAGE = ROOT / "docs" / "clients.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"

STORY = "subscribed to a running server: move, cancellation, venue renamed, vanished, restored, withdrawn"


def keep(program, version, what, good, bad, note=""):
    """Keeps a row: `good` and `bad` are how many things were tried."""
    KEPT.mkdir(parents=True, exist_ok=True)
    row = {"program": program, "version": version, "what": what, "good": good, "bad": bad, "note": note}
    name = "".join(letter if letter.isalnum() else "-" for letter in program.lower())
    (KEPT / f"{name}.json").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")


def table(rows):
    lines = ["| program | version | what was done | result |", "| --- | --- | --- | --- |"]
    for row in sorted(rows, key=lambda row: row["program"].lower()):
        result = f"{row['good']} of {row['good'] + row['bad']}"
        if row["note"]:
            result += f"; {row['note']}"
        lines.append(f"| {row['program']} | {row['version']} | {row['what']} | {result} |")
    return "\n".join(lines)


def main(programs):
    rows = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(KEPT.glob("*.json"))]
    missing = set(programs) - {row["program"] for row in rows}
    if missing:
        sys.exit(f"clients: not run yet: {', '.join(sorted(missing))}")
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    PAGE.write_text(f"{before}{BEGIN}\n{table(rows)}\n{END}{after}", encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(rows)} programs")


if __name__ == "__main__":
    main(sys.argv[1:])
