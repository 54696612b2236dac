// Debian's Chromium, and what every test wants to know of a page.
import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The languages by their prefix. */
export const LANGUAGES = [["pl", ""], ["en", "/en"], ["uk", "/uk"]];

/** One path of every kind of page of the `example` schedule. */
export const KINDS = {
  landing: "/",
  district: "/districts/nowa-huta/",
  "quiet district": "/districts/bienczyce/",
  districts: "/districts/bienczyce,nowa-huta/",
  session: "/sessions/next/",
  "past session": "/sessions/past/",
  "cancelled session": "/sessions/cancelled/",
  "session without a place": "/sessions/everywhere/",
  places: "/places/",
  place: "/places/cafe/",
  organisations: "/organisations/",
  "organisations of districts": "/organisations/bienczyce,nowa-huta/",
  widget: "/embed/nowa-huta/",
  poster: "/poster/all/",
  "session poster": "/posters/next/",
  declaration: "/accessibility/",
  missing: "/districts/nowa-hutta/",
};

export function launch() {
  return chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
}

/** A new page of `options`, which the browser closes with its context. */
export async function open(browser, options = {}) {
  const context = await browser.newContext(options);
  return context.newPage();
}

/** What the browser complained of, such as a blocked script: the list grows as it does. */
export function complaints(page) {
  const list = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) list.push(message.text());
  });
  page.on("pageerror", (error) => list.push(String(error)));
  return list;
}

/** What axe-core finds on the page as it stands, all of it unfolded, and whether it scrolls sideways. */
export async function faults(page) {
  await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  const found = violations.flatMap((violation) => violation.nodes.map((node) => `${page.url()}: ${violation.id}: ${node.html}\n${node.failureSummary}`));
  const { wide, room } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, room: innerWidth }));
  if (wide > room) found.push(`${page.url()} scrolls sideways: ${wide} of ${room} pixels`);
  return found;
}

/** The controls that the Tab key reaches, each marked and in sight, and those that it misses. */
export async function byKeyboard(page) {
  const reached = [];
  for (let steps = 0; steps < 400; steps += 1) {
    await page.keyboard.press("Tab");
    const control = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      if (!element || element === document.body) return null;
      // A date has a field each for day, month and year within.
      const isPartOfDate = element.type === "date" && element.dataset.reached;
      const seen = !element.dataset.reached || isPartOfDate;
      element.dataset.reached = "yes";
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      return {
        seen,
        what: element.outerHTML.slice(0, 120),
        isSummary: element.localName === "summary" && !element.parentElement.open,
        marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        within: box.width > 0 && box.height > 0 && box.left >= 0 && box.right <= innerWidth && box.bottom > 0 && box.top < innerHeight,
      };
    });
    if (!control || !control.seen) break;
    assert.ok(control.marked, `no focus mark: ${control.what}`);
    assert.ok(control.within, `out of sight: ${control.what}`);
    if (control.isSummary) await page.keyboard.press("Enter");
    reached.push(control.what);
  }
  const missed = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((element) => element.checkVisibility() && !element.dataset.reached)
    .map((element) => element.outerHTML.slice(0, 120)));
  return { reached, missed };
}
