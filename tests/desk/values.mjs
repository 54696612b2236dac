// Each pair of files as npm's yaml reads it: the new one says what the old one
// said, with just the change.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** Every value as its text: what is a number or a date is the schedule's business. */
function read(text) {
  return trimmed(parse(text, { schema: "failsafe", uniqueKeys: true }));
}

/** Texts without the line break that a block text ends in. */
function trimmed(value) {
  if (value === null) return "";
  if (typeof value === "string") return value.trimEnd();
  if (Array.isArray(value)) return value.map(trimmed);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, trimmed(inner)]));
}

for (const line of readFileSync(process.argv[2], "utf8").trimEnd().split("\n")) {
  const { before, after, list, id, keys } = JSON.parse(line);
  const wanted = read(before);
  if (id === null) {
    wanted[list].push(trimmed(keys));
  } else {
    const entry = wanted[list].find((it) => it.id === id);
    for (const [key, value] of Object.entries(keys)) {
      if (value === null) delete entry[key];
      else entry[key] = trimmed(value);
    }
  }
  assert.deepEqual(read(after), wanted, `${before}\n=>\n${after}`);
}
