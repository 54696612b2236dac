// Drives a YAML language server through the schedules; see ./run.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [server, root] = process.argv.slice(2);
const schemaPath = join(root, "data/schedule.schema.json");
const schema = JSON.parse(readFileSync(schemaPath, "utf8"));

// Broken in a way that only the program can see: references, values that must
// agree with one another, the time zone database, or YAML that is not wanted.
const beyondASchema = new Set([
  "anchors-and-aliases", "clock-changes", "duplicate-ids", "flow-url-comma", "merge-keys",
  "names-of-two-districts-clash", "no-hours", "only-comments",
  "own-language-missing", "tab-after-colon", "time-zones", "time-zone-in-lower-case",
  "weekday-in", "weekdays", "zone-abbreviation", "zone-older-name",
]);
// Lines that end with CR alone are YAML, but not to this server; nor does it
// forgive CR CR LF.
const notForEditors = new Set(["good-classic-mac", "good-crcrlf"]);

const language = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
const waiting = new Map();
const diagnostics = new Map();
let next = 1;
let received = Buffer.alloc(0);

language.stdout.on("data", (chunk) => {
  received = Buffer.concat([received, chunk]);
  for (;;) {
    const end = received.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(received.subarray(0, end).toString())[1]);
    if (received.length < end + 4 + length) return;
    const message = JSON.parse(received.subarray(end + 4, end + 4 + length).toString());
    received = received.subarray(end + 4 + length);
    take(message);
  }
});

function send(message) {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  language.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function ask(method, params) {
  const id = next++;
  send({ id, method, params });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

function take(message) {
  if (message.method === "workspace/configuration") {
    const yaml = {
      validate: true, hover: true, completion: true, format: { enable: false },
      schemaStore: { enable: false },
      schemas: { [pathToFileURL(schemaPath)]: "tests/broken/*.yaml" },
    };
    const answers = { yaml };
    send({ id: message.id, result: message.params.items.map((item) => answers[item.section] ?? {}) });
  } else if (message.method === "textDocument/publishDiagnostics") {
    const { uri } = message.params;
    diagnostics.get(uri)?.(message.params.diagnostics);
  } else if (message.method && message.id !== undefined) {
    send({ id: message.id, result: null });
  } else if (waiting.has(message.id)) {
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) reject(new Error(message.error.message));
    else resolve(message.result);
  }
}

function open(path, text) {
  const uri = pathToFileURL(path).href;
  const seen = new Promise((resolve) => diagnostics.set(uri, resolve));
  send({
    method: "textDocument/didOpen",
    params: { textDocument: { uri, languageId: "yaml", version: 1, text } },
  });
  return seen;
}

const wrong = [];
function expect(holds, what) {
  if (!holds) wrong.push(what);
}

const giveUp = setTimeout(() => {
  console.error("editor: no answer within five minutes");
  language.kill();
  process.exit(1);
}, 300_000);

await ask("initialize", {
  processId: process.pid,
  rootUri: pathToFileURL(root).href,
  capabilities: {
    workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
    textDocument: {
      completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
      hover: { contentFormat: ["markdown"] },
      publishDiagnostics: {},
    },
  },
  workspaceFolders: [{ uri: pathToFileURL(root).href, name: "root" }],
});
send({ method: "initialized", params: {} });
send({ method: "workspace/didChangeConfiguration", params: { settings: {} } });

// The schedules as they are kept name the schema in their first line.
for (const name of ["schedule.yaml", "example.yaml"]) {
  const path = join(root, "data", name);
  for (const { message, range } of await open(path, readFileSync(path, "utf8"))) {
    wrong.push(`${name}:${range.start.line + 1}: ${message}`);
  }
}

let broken = 0;
const folder = join(root, "tests/broken");
for (const file of readdirSync(folder).filter((file) => file.endsWith(".yaml"))) {
  const path = join(folder, file);
  const found = await open(path, readFileSync(path, "utf8"));
  const name = file.replace(/\.yaml$/, "");
  const good = /^(good|odd)-/.test(name);
  if (notForEditors.has(name)) continue;
  if (good) expect(found.length === 0, `${file}: ${found.map((one) => one.message)}`);
  else if (!beyondASchema.has(name)) {
    broken += 1;
    expect(found.length > 0, `${file}: the editor sees nothing wrong`);
  } else expect(found.length === 0, `${file}: the editor can see what is wrong`);
}

// Every key of every section is completed, and explained where the cursor rests.
const lead = "# yaml-language-server: $schema=schedule.schema.json\n";
const places = [
  ["", "", schema],
  ["calendar:\n  ", "  ", schema.properties.calendar],
  ["calendar:\n  organizer:\n    ", "    ", schema.properties.calendar.properties.organizer],
  ["districts:\n  - ", "    ", schema.properties.districts.items],
  ["venues:\n  - ", "    ", schema.properties.venues.items],
  ["venues:\n  - location:\n      ", "      ", schema.properties.venues.items.properties.location],
  ["sessions:\n  - ", "    ", schema.properties.sessions.items],
];
let keys = 0;
for (const [index, [before, , section]] of places.entries()) {
  const text = lead + before;
  const path = join(root, "data", `completion-${index}.yaml`);
  await open(path, text);
  const rows = text.split("\n");
  const position = { line: rows.length - 1, character: rows.at(-1).length };
  const textDocument = { uri: pathToFileURL(path).href };
  const { items } = await ask("textDocument/completion", { textDocument, position });
  const offered = new Map(items.map((item) => [item.label, item]));
  for (const [key, value] of Object.entries(section.properties)) {
    keys += 1;
    const item = offered.get(key);
    expect(item, `after ${JSON.stringify(before)}: ${key} is not offered`);
    const words = item && (item.documentation?.value ?? item.documentation ?? "");
    expect(words && words.length > 10, `${key} is offered without a word`);

    const hovered = join(root, "data", `hover-${index}-${key}.yaml`);
    await open(hovered, `${text}${key}: x\n`);
    const hover = await ask("textDocument/hover", {
      textDocument: { uri: pathToFileURL(hovered).href },
      position: { ...position, character: position.character + 1 },
    });
    const shown = JSON.stringify(hover?.contents ?? "");
    const wanted = JSON.stringify(value.markdownDescription).slice(1, 12);
    expect(shown.includes(wanted), `${key} is not explained: ${shown}`);
  }
}

// A new session is one choice away.
const path = join(root, "data", "snippet.yaml");
await open(path, `${lead}sessions:\n  - `);
const { items } = await ask("textDocument/completion", {
  textDocument: { uri: pathToFileURL(path).href },
  position: { line: 2, character: 4 },
});
const snippet = items.find((item) => item.label.startsWith("nowe spotkanie"));
expect(snippet && /id:[^]*date:[^]*venue:/.test(snippet.textEdit?.newText ?? snippet.insertText ?? ""),
  "no snippet for a new session");

clearTimeout(giveUp);
language.kill();
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log(`editor: 2 schedules without a complaint, ${broken} broken ones with, ${keys} keys completed and explained`);
process.exit(0);
