// The poster prints on exactly one sheet of A4, and its QR code leads home.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { LANGUAGES, launch, open } from "./browser.js";
import { start } from "./program.js";
import { WORDY, empty, example, wordy } from "./schedules.js";

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

/** All words of a printed page, in one line. */
function wordsOf(file) {
  return execFileSync("pdftotext", [file, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
}

/** Every line of the poster lies on the sheet, and none over another. */
async function assertWhole(url, what) {
  const page = await open(browser, { viewport: { width: 1000, height: 1400 } });
  await page.goto(url);
  const faults = await page.evaluate(() => {
    const sheet = document.querySelector("svg.poster");
    const within = (inner, outer) => inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
    const code = sheet.querySelector("svg").getBoundingClientRect();
    const lines = [...sheet.querySelectorAll("text")].map((line) => ({ text: line.textContent, box: line.getBoundingClientRect() }));
    return lines.flatMap(({ text, box }, index) => {
      const found = within(box, sheet.getBoundingClientRect()) ? [] : [`off the sheet: ${text}`];
      // Letters reach into the space between lines: the middles must not meet.
      const middle = { left: box.left, right: box.right, top: box.top + box.height / 3, bottom: box.bottom - box.height / 3 };
      const meets = (other) => middle.left < other.right && middle.right > other.left && middle.top < other.bottom && middle.bottom > other.top;
      if (meets(code)) found.push(`over the code: ${text}`);
      for (const other of lines.slice(index + 1)) {
        const { left, right, top, bottom, height } = other.box;
        if (meets({ left, right, top: top + height / 3, bottom: bottom - height / 3 })) found.push(`over each other: ${text} / ${other.text}`);
      }
      return found;
    });
  });
  assert.deepEqual(faults, [], what);
  await page.context().close();
}

test("each poster is one sheet of A4 whose code leads to its page in its language over https", async () => {
  const program = await start(example, { publicUrl: PUBLIC });
  for (const [, prefix] of LANGUAGES) {
    for (const [selection, landing] of [["all", "/"], ["nowa-huta", "/districts/nowa-huta/"], ["bienczyce,nowa-huta", "/districts/bienczyce,nowa-huta/"]]) {
      const url = `${program.url}${prefix}/poster/${selection}/`;
      const file = await print(url);
      assertOneSheet(file, `${prefix} ${selection}`);
      assert.equal(decodePdf(file), PUBLIC + prefix + landing);
      await assertWhole(url, `${prefix} ${selection}`);
      const words = wordsOf(file);
      for (const said of ["Wystarczy przyjść", "Just come", "Просто приходьте", "Kawiarnia Przykładowa – Księgarnia i Czytelnia", "ul. Przykładowa 7, Kraków", "Wejście od podwórka.", "Przykładowy urząd"]) {
        assert.ok(words.includes(said), `${prefix} ${selection}: ${said} in ${words}`);
      }
    }
  }
  await program.stop();
});

test("a meeting has a poster for its door, which says what became of it", async () => {
  const program = await start(example, { publicUrl: PUBLIC });
  for (const [id, said, unsaid] of [
    ["next", ["Wystarczy przyjść", "toaleta dostosowana", "organizacje, mieszkańcy", "Przykład: raz w miesiącu"], []],
    ["cancelled", ["ODWOŁANE", "Prosimy nie przychodzić", "Awaria prądu."], ["Wystarczy przyjść"]],
    ["everywhere", ["Piknik", "Miejsce podamy wkrótce", "zeskanuj kod"], ["Wystarczy przyjść"]],
    ["past", ["JUŻ SIĘ ODBYŁO"], ["Wystarczy przyjść"]],
  ]) {
    const url = `${program.url}/posters/${id}/`;
    const file = await print(url);
    assertOneSheet(file, id);
    assert.equal(decodePdf(file), `${PUBLIC}/sessions/${id}/`);
    await assertWhole(url, id);
    const words = wordsOf(file);
    for (const part of said) assert.ok(words.includes(part), `${id}: ${part} in ${words}`);
    for (const part of unsaid) assert.ok(!words.includes(part), `${id}: ${part} in ${words}`);
  }
  await program.stop();
});

test("the poster of a district that a meeting left says where it went", async () => {
  const program = await start(example, { publicUrl: PUBLIC });
  await writeFile(program.schedule, example.replace(/\{id: next, (.*?) venue: cafe, /, "{id: next, $1 venue: library, "));
  const url = `${program.url}/poster/nowa-huta/`;
  for (let tries = 0; ; tries += 1) {
    const text = await (await fetch(url)).text();
    if (text.includes("PRZENIESIONE")) break;
    assert.ok(tries < 60, "the change did not come");
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const file = await print(url);
  assertOneSheet(file, "left");
  await assertWhole(url, "left");
  assert.match(wordsOf(file), /PRZENIESIONE .*Kawiarnia Przykładowa.* Teraz: .*Biblioteka Przykładowa/);
  await program.stop();
});

test("a poster of much text, or of none, is still one sheet with its code, and nothing is cut", async () => {
  for (const schedule of [wordy, empty]) {
    const program = await start(schedule, { publicUrl: PUBLIC });
    for (const [, prefix] of LANGUAGES) {
      for (const path of schedule === wordy ? ["/poster/all/", "/posters/s3/", "/poster/d0/"] : ["/poster/all/"]) {
        const url = `${program.url}${prefix}${path}`;
        const file = await print(url);
        assertOneSheet(file, url);
        assert.match(decodePdf(file), new RegExp(`^${PUBLIC}`));
        await assertWhole(url, url);
        if (schedule === wordy) {
          const words = wordsOf(file);
          // All of the first, the rest in words.
          for (const whole of [WORDY.title, WORDY.venue, WORDY.address, WORDY.organizer]) assert.ok(words.includes(whole), `${url}: ${whole} in ${words}`);
          if (path === "/poster/all/" && prefix === "") assert.ok(words.includes("zeskanuj kod"), words);
        }
      }
    }
    await program.stop();
  }
});

test("a poster of thirty districts says how many, and its code is one that phones read", async () => {
  const program = await start(wordy, { publicUrl: PUBLIC });
  const all = Array.from({ length: 29 }, (_, index) => `d${index}`).sort().join(",");
  const url = `${program.url}/poster/${all}/`;
  const file = await print(url);
  assertOneSheet(file, "thirty");
  await assertWhole(url, "thirty");
  assert.match(decodePdf(file), new RegExp(`^${PUBLIC}`));
  await program.stop();
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
