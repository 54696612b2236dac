// Debian's Chromium, and what every test wants to know of a page.
import { chromium } from "playwright-core";

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
