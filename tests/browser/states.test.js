// Twenty-four states of a schedule on every kind of page, on phones and
// computers, light, dark and on paper: nothing is wider than the screen,
// nothing is cut, words stay whole, and a finger finds every link.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { LANGUAGES, launch } from "./browser.js";
import { start } from "./program.js";
import { LINKS, NOW, POLISH_ONLY, STATES } from "./states.js";

const PICTURES = process.env.BROWSER_SCREENSHOTS;

/** Paths of every kind of page; those of `NEEDS_ONE` are there once anything was announced. */
const KINDS = {
  landing: "/",
  district: "/districts/nowa-huta/",
  "other district": "/districts/bienczyce/",
  session: "/sessions/next/",
  places: "/places/",
  place: "/places/cafe/",
  organisations: "/organisations/",
  declaration: "/accessibility/",
  missing: "/districts/nowa-hutta/",
  widget: "/embed/nowa-huta/",
  poster: "/poster/all/",
  "district poster": "/poster/nowa-huta/",
  "session poster": "/posters/next/",
};
const NEEDS_ONE = ["session", "place", "session poster"];

/** What a page is seen on; paper is as wide as A4 between the margins. */
const SCREENS = [
  ...[1280, 390, 320].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, media: "screen", colorScheme }))),
  { width: 688, media: "print", colorScheme: "light" },
];

/** A poster's sheet has no margins. */
const POSTER = 794;

/** What is wrong with the page as it is laid out now. Runs in the page. */
function faults({ isPrint, isEndless, foreign }) {
  const found = [];
  const name = (element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ${element.textContent.replace(/\s+/g, " ").trim().slice(0, 70)}`;
  for (const details of document.querySelectorAll("details")) details.open = true;
  if (document.documentElement.scrollWidth > innerWidth) found.push(`scrolls sideways: ${document.documentElement.scrollWidth} pixels`);
  const isWithin = ({ left, right }) => left >= -0.5 && right <= innerWidth + 0.5;

  const seen = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility());
  for (const element of seen) {
    if (!isWithin(element.getBoundingClientRect())) found.push(`sticks out of the screen: ${name(element)}`);
    // Fields scroll, and the poster's lines are measured one by one.
    if (element.closest("svg") || /^(input|textarea|select|iframe)$/.test(element.localName)) continue;
    const { overflow, textOverflow } = getComputedStyle(element);
    if (element.clientWidth && element.scrollWidth > element.clientWidth + 1) found.push(`sticks out of its box: ${name(element)}`);
    if (overflow !== "visible" && element.scrollHeight > element.clientHeight + 1 || textOverflow !== "clip") found.push(`is cut: ${name(element)}`);
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const { currentNode: node } = texts;
    if (!node.data.trim() || /^(script|style|textarea|option)$/.test(node.parentElement.localName) || !node.parentElement.checkVisibility()) continue;
    // A line of the poster may hold words of two languages.
    const isSvg = node.parentElement.localName === "text";
    const isPolish = foreign.some((text) => isSvg ? node.data === text : node.data.replaceAll("\u00a0", " ").includes(text));
    if (isPolish && node.parentElement.closest("[lang]").getAttribute("lang") !== "pl") found.push(`does not say that it is Polish: ${node.data}`);
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()];
    if (!lines.every(isWithin)) found.push(`text sticks out of the screen: ${node.data.slice(0, 70)}`);
    if (lines.length < 2 || isEndless) continue;
    for (const { 0: token, index } of node.data.matchAll(/[^\s\u00a0]+/g)) {
      // An address may break anywhere.
      if (/:\/\/|@|www\./.test(token)) continue;
      for (const word of token.matchAll(/[\p{L}\p{N}]+/gu)) {
        range.setStart(node, index + word.index);
        range.setEnd(node, index + word.index + word[0].length);
        const tops = new Set([...range.getClientRects()].filter((box) => box.width).map((box) => Math.round(box.top)));
        if (tops.size > 1) found.push(`breaks inside a word: ${word[0]} in ${name(node.parentElement)}`);
      }
    }
  }
  if (isPrint) return found;

  for (const element of seen) {
    if (!element.matches("a[href], button, input, select, textarea, summary")) continue;
    const { width, height } = (element.closest("label") ?? element).getBoundingClientRect();
    if (width >= 24 && height >= 24) continue;
    const block = element.closest("p, li, dd, td");
    const rest = block?.cloneNode(true);
    for (const link of rest?.querySelectorAll("a") ?? []) link.remove();
    const isInSentence = getComputedStyle(element).display === "inline" && (rest?.textContent.match(/\p{L}+/gu) ?? []).length > 2;
    if (!isInSentence) found.push(`is too small for a finger, ${width.toFixed(1)} x ${height.toFixed(1)}: ${name(element)}`);
  }
  return found;
}

/** By how much the page has moved by itself since it was opened. */
const shift = (page) => page.evaluate(() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(sum), 20));
}));

/** All words of `text`, parted by single spaces. */
const words = (text) => text.replace(/[\s\u00a0]+/g, " ").trim();

let browser, folder;
before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "states-"));
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

/** The program in `state`. */
async function serve({ yaml, before }) {
  const program = await start(before ?? yaml, { clock: NOW });
  if (before) await program.edit(yaml);
  return program;
}

/** A page whose clock stands at `NOW`. */
async function open(options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.clock.setFixedTime(NOW);
  return context.newPage();
}

/** What is wrong with the poster on paper: it is one sheet with every word. */
async function onPaper(page, file) {
  const lines = await page.evaluate(() => [...document.querySelectorAll("svg.poster text")].map((line) => line.textContent));
  await page.pdf({ path: file, preferCSSPageSize: true });
  const pages = execFileSync("pdfinfo", [file], { encoding: "utf8" }).match(/^Pages:\s+(\d+)$/m)[1];
  const printed = words(execFileSync("pdftotext", ["-raw", file, "-"], { encoding: "utf8" }));
  const lost = lines.filter((line) => !printed.includes(words(line)));
  return [...(pages === "1" ? [] : [`${pages} sheets`]), ...(lines.length > 3 ? [] : ["an empty poster"]), ...lost.map((line) => `not on paper: ${line}`)];
}

describe("states", { concurrency: 2 }, () => {
  for (const [index, [state, { isEndless, says, on = "/", ...served }]] of Object.entries(STATES).entries()) {
    test(state, { timeout: 120_000 }, async () => {
      const program = await serve(served);
      const page = await open();
      const found = [];
      assert.ok((await (await fetch(program.url + on)).text()).replaceAll("\u00a0", " ").includes(says), `${on} does not say: ${says}`);
      for (const [turn, [kind, path]] of Object.entries(KINDS).entries()) {
        if (state === "none" && NEEDS_ONE.includes(kind)) continue;
        // Each state meets each language, and each kind of page does.
        const [language, prefix] = LANGUAGES[(index + turn) % LANGUAGES.length];
        const isPoster = kind.includes("poster");
        const where = `${prefix}${path}`;
        const first = SCREENS[(index + turn) % 6];
        await page.emulateMedia(first);
        await page.setViewportSize({ width: first.width, height: 900 });
        const response = await page.goto(program.url + where);
        assert.equal(response.status(), kind === "missing" ? 404 : 200, where);
        const shifted = await shift(page);
        if (shifted > 0.01) found.push(`${where} at ${first.width}: moves by ${shifted}`);
        for (const screen of SCREENS) {
          await page.emulateMedia(screen);
          const isPrint = screen.media === "print";
          await page.setViewportSize({ width: isPrint && isPoster ? POSTER : screen.width, height: 900 });
          const foreign = language === "pl" ? [] : POLISH_ONLY;
          const wrong = await page.evaluate(faults, { isPrint, isEndless, foreign });
          found.push(...wrong.map((fault) => `${where} at ${screen.width}${isPrint ? ", printed" : ""}: ${fault}`));
          if (PICTURES) {
            await mkdir(PICTURES, { recursive: true });
            const file = `${state}-${kind}-${language}-${screen.width}-${screen.colorScheme}.png`;
            await page.screenshot({ fullPage: true, path: join(PICTURES, file.replaceAll(" ", "-")) });
          }
        }
        if (isPoster) {
          const wrong = await onPaper(page, join(folder, `${index}.pdf`));
          found.push(...wrong.map((fault) => `${where}: ${fault}`));
        }
      }
      await page.context().close();
      await program.stop();
      assert.equal([...new Set(found)].join("\n"), "");
    });
  }
});

test("a state is told by words that no other page has", async () => {
  const program = await serve(STATES.one);
  for (const [state, { says, on = "/" }] of Object.entries(STATES)) {
    if (state === "one") continue;
    assert.ok(!(await (await fetch(program.url + on)).text()).replaceAll("\u00a0", " ").includes(says), `${state}: ${says}`);
  }
  await program.stop();
});

test("an address in a note is a link", async () => {
  const program = await serve(STATES["links in notes"]);
  const page = await open();
  for (const path of ["/", "/districts/nowa-huta/", "/sessions/next/", "/en/sessions/next/"]) {
    await page.goto(program.url + path);
    const hrefs = await page.evaluate(() => [...document.querySelectorAll(".note a")].map((link) => link.getAttribute("href")));
    assert.deepEqual(hrefs, [LINKS[1].replace("www.", "https://www."), LINKS[0], LINKS[2]], path);
  }
  await page.context().close();
  await program.stop();
});

test("a script that comes late moves nothing", async () => {
  const program = await serve(STATES["in progress"]);
  const agents = { android: "Mozilla/5.0 (Linux; Android 14)", windows: "Mozilla/5.0 (Windows NT 10.0)", iphone: "Mozilla/5.0 (iPhone)" };
  const found = [];
  for (const [device, userAgent] of Object.entries(agents)) {
    const width = device === "windows" ? 1280 : 390;
    // Tall enough for all of a page: whatever moves is seen.
    const page = await open({ userAgent, viewport: { width, height: 6000 } });
    await page.route("**/*.js", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await route.continue();
    });
    for (const path of Object.values(KINDS)) {
      await page.goto(program.url + path);
      const shifted = await shift(page);
      if (shifted > 0.01) found.push(`${path} on ${device}: moves by ${shifted}`);
    }
    await page.context().close();
  }
  await program.stop();
  assert.equal(found.join("\n"), "");
});
