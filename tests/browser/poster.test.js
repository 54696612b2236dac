// The poster prints on exactly one sheet of A4, and its QR code leads home.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { LANGUAGES, launch, open } from "./browser.js";
import { start } from "./program.js";
import { empty, example, wordy } from "./schedules.js";

const PUBLIC = "https://spotkania.example.org";

let browser, folder;
before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "poster-"));
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

async function print(url) {
  const page = await open(browser);
  await page.goto(url);
  const file = join(folder, "poster.pdf");
  await page.pdf({ path: file, preferCSSPageSize: true });
  await page.context().close();
  return file;
}

function assertOneSheet(file, what) {
  const facts = execFileSync("pdfinfo", [file], { encoding: "utf8" });
  assert.match(facts, /^Pages:\s+1$/m, what);
  const [, width, height] = facts.match(/^Page size:\s+([\d.]+) x ([\d.]+)/m);
  assert.ok(Math.abs(width - 595.28) < 1.5 && Math.abs(height - 841.89) < 1.5, `${what}: ${width} x ${height}`);
}

function decode(image) {
  return execFileSync("zbarimg", ["--quiet", "--raw", image], { encoding: "utf8" }).trim();
}

function decodePdf(file) {
  execFileSync("pdftoppm", ["-r", "150", "-png", "-singlefile", file, file]);
  return decode(`${file}.png`);
}

test("each poster is one sheet of A4 whose code leads to its page over https", async () => {
  const program = await start(example, { publicUrl: PUBLIC });
  for (const [, prefix] of LANGUAGES) {
    for (const [selection, landing] of [["all", "/"], ["nowa-huta", "/districts/nowa-huta/"], ["bienczyce,nowa-huta", "/districts/bienczyce,nowa-huta/"]]) {
      const file = await print(`${program.url}${prefix}/poster/${selection}/`);
      assertOneSheet(file, `${prefix} ${selection}`);
      assert.equal(decodePdf(file), PUBLIC + landing);
      const words = execFileSync("pdftotext", [file, "-"], { encoding: "utf8" });
      for (const invitation of ["Wystarczy przyjść", "Just come", "Просто приходьте"]) {
        assert.ok(words.replace(/\s+/g, " ").includes(invitation), `${prefix} ${selection}: ${invitation}`);
      }
    }
  }
  await program.stop();
});

test("a poster of much text, or of none, is still one sheet with its code", async () => {
  for (const schedule of [wordy, empty]) {
    const program = await start(schedule, { publicUrl: PUBLIC });
    for (const [, prefix] of LANGUAGES) {
      const file = await print(`${program.url}${prefix}/poster/all/`);
      assertOneSheet(file, prefix);
      assert.equal(decodePdf(file), `${PUBLIC}/`);
    }
    await program.stop();
  }
});

test("the code alone decodes, on a dark page too", async () => {
  const program = await start(example, { publicUrl: PUBLIC });
  const page = await open(browser, { colorScheme: "dark", viewport: { width: 400, height: 400 } });
  await page.goto(`${program.url}/qr/nowa-huta.svg`);
  const image = join(folder, "code.png");
  await writeFile(image, await page.screenshot());
  assert.equal(decode(image), `${PUBLIC}/districts/nowa-huta/`);
  await writeFile(image, Buffer.from(await (await fetch(`${program.url}/qr/nowa-huta.png`)).arrayBuffer()));
  assert.equal(decode(image), `${PUBLIC}/districts/nowa-huta/`);
  await page.context().close();
  await program.stop();
});
