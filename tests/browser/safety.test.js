// No page asks another origin for anything, stores anything, or runs what
// somebody wrote into the schedule.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { KINDS, LANGUAGES, complaints, launch, open } from "./browser.js";
import { start } from "./program.js";
import { HOSTILE, example, hostile } from "./schedules.js";

let browser, program, attacked;
before(async () => {
  browser = await launch();
  program = await start(example);
  attacked = await start(hostile());
});
after(async () => {
  await browser?.close();
  await program?.stop();
  await attacked?.stop();
});

test("no page asks another origin for anything or stores anything, and its own policy blocks nothing", async () => {
  for (const [, prefix] of LANGUAGES) {
    for (const [kind, path] of Object.entries(KINDS)) {
      const page = await open(browser);
      const said = complaints(page);
      const foreign = [];
      page.on("request", (request) => {
        if (new URL(request.url()).origin !== program.url) foreign.push(request.url());
      });
      await page.goto(program.url + prefix + path, { waitUntil: "networkidle" });
      const stored = await page.evaluate(async () => ({
        cookie: document.cookie,
        local: localStorage.length,
        session: sessionStorage.length,
        databases: (await indexedDB.databases()).length,
        workers: "serviceWorker" in navigator ? (await navigator.serviceWorker.getRegistrations()).length : 0,
      }));
      assert.deepEqual(foreign, [], kind);
      assert.deepEqual(stored, { cookie: "", local: 0, session: 0, databases: 0, workers: 0 }, kind);
      assert.deepEqual(await page.context().cookies(), [], kind);
      // Chromium calls the 404 of the missing page itself an error.
      assert.deepEqual(said.filter((text) => kind !== "missing" || !text.includes("404")), [], kind);
      await page.context().close();
    }
  }
});

test("every page says in its headers what it may do", async () => {
  for (const [kind, path] of Object.entries(KINDS)) {
    const { headers } = await fetch(program.url + path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/, kind);
    assert.doesNotMatch(policy, /unsafe/, kind);
    assert.match(policy, kind === "widget" ? /frame-ancestors \*/ : /frame-ancestors 'none'/, kind);
    assert.equal(headers.get("x-content-type-options"), "nosniff", kind);
    assert.equal(headers.get("referrer-policy"), "no-referrer", kind);
    assert.equal(headers.get("set-cookie"), null, kind);
  }
});

test("the first page comes in a few requests of less than 50 kB", async () => {
  const page = await open(browser);
  let bytes = 0;
  let requests = 0;
  page.on("response", async (response) => {
    requests += 1;
    bytes += (await response.body()).length;
  });
  await page.goto(program.url, { waitUntil: "networkidle" });
  assert.ok(requests <= 4, `${requests} requests`);
  assert.ok(bytes < 50_000, `${bytes} bytes`);
  await page.context().close();
});

const PATHS = [
  "/", "/en/", "/uk/", "/districts/nowa-huta/", "/places/", "/organisations/nowa-huta/", "/embed/", "/embed/all/", "/poster/all/",
  "/districts/%22%3E%3Cscript%3Epwned()%3C%2Fscript%3E/", "/places/%3Cimg%20src=x%20onerror=pwned()%3E/",
  ...HOSTILE.flatMap((_, index) => [`/sessions/session-${index}/`, `/places/venue-${index}/`]),
];

test("a hostile schedule runs no script anywhere, even where no policy forbids it", async () => {
  const page = await open(browser, { bypassCSP: true });
  const called = [];
  await page.exposeFunction("pwned", () => called.push(page.url()));
  page.on("dialog", (dialog) => { called.push(dialog.message()); dialog.dismiss(); });
  for (const path of PATHS) {
    await page.goto(attacked.url + path, { waitUntil: "networkidle" });
    const strange = await page.evaluate(() => {
      const roots = [document, ...[...document.querySelectorAll("*")].map((element) => element.shadowRoot).filter(Boolean)];
      const everything = roots.flatMap((root) => [...root.querySelectorAll("*")]);
      return everything.filter((element) =>
        [...element.attributes].some(({ name }) => name.startsWith("on"))
        || (element.localName === "script" && !element.src && element.type !== "application/ld+json" && !location.pathname.startsWith("/embed/"))
        || (element.localName === "iframe" && element.id !== "preview-frame")
        || (element.localName === "img" && !/^\/(pictures|qr)\/[a-z0-9-]+\.(png|svg)$/.test(element.getAttribute("src")))
        || /^\s*javascript:/i.test(element.getAttribute("href") ?? "")
      ).map((element) => element.outerHTML.slice(0, 200));
    });
    assert.deepEqual(strange, [], path);
    // The block for search engines says the words as they are.
    const blocks = await page.locator('script[type="application/ld+json"]').allTextContents();
    for (const block of blocks) JSON.parse(block);
  }
  assert.deepEqual(called, []);
  await page.context().close();
});

test("a hostile schedule breaks no file for machines", async () => {
  const page = await open(browser);
  await page.goto(attacked.url);
  const target = encodeURIComponent(`${attacked.url}/districts/nowa-huta/`);
  for (const path of ["/sitemap.xml", "/calendars/all.atom", "/qr/all.svg", "/favicon.svg", `/oembed?url=${target}&format=xml`]) {
    const response = await fetch(attacked.url + path);
    assert.equal(response.status, 200, path);
    const error = await page.evaluate((text) => new DOMParser().parseFromString(text, "text/xml").querySelector("parsererror")?.textContent ?? null, await response.text());
    assert.equal(error, null, path);
  }
  const answer = await (await fetch(`${attacked.url}/oembed?url=${target}&format=json`)).json();
  const elements = await page.evaluate((html) => [...new DOMParser().parseFromString(html, "text/html").body.querySelectorAll("*")].map((element) => element.localName), answer.html);
  assert.deepEqual(elements, ["blockquote", "a", "iframe"]);
  // The line to paste is right, too: its title is one attribute.
  await page.goto(`${attacked.url}/organisations/nowa-huta/`);
  const line = await page.locator("#line-frame").inputValue();
  const pasted = await page.evaluate((html) => [...new DOMParser().parseFromString(html, "text/html").body.querySelectorAll("*")].map((element) => [element.localName, element.title]), line);
  assert.equal(pasted.length, 1);
  assert.ok(pasted[0][1].includes(HOSTILE[0]));
  await page.context().close();
});
