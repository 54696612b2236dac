// Everybody can read every page: axe-core at WCAG 2.2 AA, by keyboard alone,
// at 320 pixels, and without JavaScript.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { KINDS, LANGUAGES, byKeyboard, faults, launch, open } from "./browser.js";
import { start } from "./program.js";
import { empty, example } from "./schedules.js";

let browser, program, nothing;
before(async () => {
  browser = await launch();
  program = await start(example);
  nothing = await start(empty);
});
after(async () => {
  await browser?.close();
  await program?.stop();
  await nothing?.stop();
});

/** What is wrong with the page at `url`. */
async function examine(page, url) {
  await page.goto(url);
  return faults(page);
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [320, 1280]) {
    for (const [language, prefix] of LANGUAGES) {
      test(`axe-core finds nothing and nothing scrolls sideways: ${language}, ${colorScheme}, ${width} pixels`, async () => {
        const page = await open(browser, { colorScheme, viewport: { width, height: 900 } });
        const found = [];
        for (const [kind, path] of Object.entries(KINDS)) {
          found.push(...await examine(page, program.url + prefix + path));
          const folder = process.env.BROWSER_SCREENSHOTS;
          if (folder) {
            await mkdir(folder, { recursive: true });
            await page.goto(program.url + prefix + path);
            await page.screenshot({ fullPage: true, path: join(folder, `${kind.replaceAll(" ", "-")}-${language}-${colorScheme}-${width}.png`) });
          }
        }
        for (const path of ["/", "/districts/nowa-huta/", "/embed/all/", "/poster/all/", "/places/"]) {
          found.push(...await examine(page, nothing.url + prefix + path));
        }
        assert.deepEqual(found, []);
        await page.context().close();
      });
    }
  }
}

describe("by keyboard", () => {
  for (const [kind, path] of Object.entries(KINDS)) {
    test(`every control is reached and seen: ${kind}`, async () => {
      const page = await open(browser, { viewport: { width: 320, height: 700 } });
      await page.goto(program.url + path);
      // The preview is another document, which has its own test as the widget.
      await page.evaluate(() => { for (const frame of document.querySelectorAll("iframe")) frame.remove(); });
      const { reached, missed } = await byKeyboard(page);
      assert.deepEqual(missed, []);
      assert.ok(reached.length > 3, `${reached.length} controls`);
      await page.context().close();
    });
  }

  test("the first control leads past the head of the page", async () => {
    const page = await open(browser);
    await page.goto(program.url);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "content");
    await page.context().close();
  });
});

describe("without JavaScript", () => {
  for (const [kind, path] of Object.entries(KINDS)) {
    test(`all text is there: ${kind}`, async () => {
      const words = async (javaScriptEnabled) => {
        const page = await open(browser, { javaScriptEnabled });
        const response = await page.goto(program.url + path);
        assert.ok([200, 404].includes(response.status()));
        const text = await page.evaluate(() => {
          // What only a script can do is offered only where there is one.
          for (const element of document.querySelectorAll("[data-copy], [data-print], #fit")) element.remove();
          for (const details of document.querySelectorAll("details")) details.open = true;
          return document.body.innerText.split("\n").map((line) => line.trim()).filter(Boolean);
        });
        await page.context().close();
        return text;
      };
      assert.deepEqual(await words(false), await words(true));
    });
  }

  test("the form leads to several districts, and to one by its name or number", async () => {
    const page = await open(browser, { javaScriptEnabled: false });
    await page.goto(program.url);
    await page.getByText("Kilka dzielnic naraz").click();
    await page.getByRole("checkbox", { name: "Nowa Huta" }).check();
    await page.getByRole("checkbox", { name: "Bieńczyce" }).check();
    await page.getByRole("button", { name: "Pokaż wybrane" }).click();
    assert.equal(new URL(page.url()).pathname, "/districts/bienczyce,nowa-huta/");
    for (const spelling of ["XVIII", "nowa huta", "Nowa Huta"]) {
      await page.goto(program.url);
      await page.getByLabel("Nazwa albo numer dzielnicy").fill(spelling);
      await page.getByRole("button", { name: "Pokaż", exact: true }).click();
      assert.equal(new URL(page.url()).pathname, "/districts/nowa-huta/");
    }
    await page.goto(program.url);
    await page.getByLabel("Nazwa albo numer dzielnicy").fill("Nowa Hutta");
    await page.getByRole("button", { name: "Pokaż", exact: true }).click();
    await page.locator("main").getByRole("link", { name: "Nowa Huta" }).first().click();
    assert.equal(new URL(page.url()).pathname, "/districts/nowa-huta/");
    await page.context().close();
  });
});
