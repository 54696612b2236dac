// A link pasted into a real WordPress becomes the widget by WordPress's own
// oEmbed code, with the right height, and its links lead on.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { after, before, test } from "node:test";
import { LANGUAGES, launch, open } from "./browser.js";
import { start } from "./program.js";
import { example } from "./schedules.js";

const PATHS = ["/", "/districts/nowa-huta/", "/sessions/next/"];

// A row of docs/clients.md, kept where tests/readers/results.py looks for it.
const ROW = process.env.WORDPRESS_ROW;

let browser, program, posts;
before(async () => {
  rmSync(ROW, { force: true });
  browser = await launch();
  // Debian's WordPress asks only ports that it is told of.
  program = await start(example, { port: Number(process.env.SPOTKAJMY_PORT) });
  const links = LANGUAGES.flatMap(([, prefix]) => PATHS.map((path) => program.url + prefix + path));
  const said = execFileSync("php", [process.env.WORDPRESS_INSTALL, ...links], { encoding: "utf8" });
  const addresses = said.trim().split("\n").slice(-links.length);
  posts = links.map((link, index) => ({ link, post: addresses[index] }));
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

test("a pasted link becomes the widget, as high as its content", async () => {
  for (const { link, post } of posts) {
    const page = await open(browser, { viewport: { width: 1280, height: 900 } });
    await page.goto(post);
    const embedded = page.locator("iframe.wp-embedded-content");
    assert.equal(await embedded.count(), 1, `${link} is not embedded`);
    assert.equal(await embedded.getAttribute("sandbox"), "allow-scripts");
    assert.ok((await embedded.getAttribute("src")).includes("/embed/"));
    await embedded.scrollIntoViewIfNeeded();
    // WordPress shows the frame, and hides the link, once the frame has spoken.
    await page.waitForFunction(() => {
      const frame = document.querySelector("iframe.wp-embedded-content");
      return !frame.style.clip && frame.getAttribute("height") !== "280";
    });
    const frame = page.frames().find((candidate) => candidate.url().includes("/embed/"));
    const { content, room } = await frame.evaluate(() => ({ content: Math.ceil(document.body.getBoundingClientRect().height), room: innerHeight }));
    assert.equal(room, Math.max(200, content), link);
    assert.match(await frame.locator("main").innerText(), /Kawiarnia Przykładowa/);
    await page.context().close();
  }
  const row = {
    program: "WordPress",
    version: process.env.WORDPRESS_VERSION,
    what: "pasted the links of pages, in three languages: each becomes the widget, as high as its content",
    good: posts.length,
    bad: 0,
    note: "",
  };
  mkdirSync(dirname(ROW), { recursive: true });
  writeFileSync(ROW, JSON.stringify(row));
});

test("a click in the widget leads to the session's page", async () => {
  const page = await open(browser, { viewport: { width: 1280, height: 900 } });
  await page.goto(posts[1].post);
  const frame = page.frameLocator("iframe.wp-embedded-content");
  await page.waitForFunction(() => !document.querySelector("iframe.wp-embedded-content").style.clip);
  await frame.locator("li a").first().click();
  await page.waitForURL(`${program.url}/sessions/**`);
  await page.context().close();
});
