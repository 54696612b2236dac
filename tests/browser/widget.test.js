// The lines that an organisation pastes work on a page of another origin
// under a strict policy of its own, as a frame and as the element.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { LANGUAGES, complaints, launch, open } from "./browser.js";
import { start } from "./program.js";
import { date, empty, example } from "./schedules.js";

let browser, program, host, hosted, joined, lines;
before(async () => {
  browser = await launch();
  program = await start(example);
  const page = await open(browser);
  await page.goto(`${program.url}/organisations/nowa-huta/`);
  lines = {
    element: await page.locator("#line-element").inputValue(),
    frame: await page.locator("#line-frame").inputValue(),
  };
  await page.context().close();
  // Somebody's page: whatever `hosted` says, below a rude style sheet.
  host = createServer((request, response) => {
    if (request.url === "/rude.css") {
      response.setHeader("content-type", "text/css");
      response.end("* { color: red !important; font-size: 40px !important; } li, section, h2 { display: none !important; }");
      return;
    }
    if (request.url === "/joined.js") {
      response.setHeader("content-type", "text/javascript");
      response.end(joined);
      return;
    }
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("content-security-policy", `default-src 'none'; style-src 'self'; script-src 'self' 'nonce-host' ${program.url}; connect-src ${program.url}; frame-src http://127.0.0.1:*; require-trusted-types-for 'script'`);
    response.end(`<!doctype html><html lang="pl"><title>host</title><link rel="stylesheet" href="/rude.css"><h1>A page of somebody else</h1>${hosted}`);
  });
  await new Promise((resolve) => host.listen(0, "127.0.0.1", resolve));
});
after(async () => {
  await browser?.close();
  await program?.stop();
  host?.close();
});

async function visit(body, options) {
  hosted = body;
  const page = await open(browser, options);
  const said = complaints(page);
  await page.goto(`http://localhost:${host.address().port}/`, { waitUntil: "networkidle" });
  return { page, said };
}

const shadow = (page) => page.locator("spotkajmy-sessions").locator("section");

test("the script is at most 5 kB compressed", async () => {
  const script = await (await fetch(`${program.url}/embed.js`)).arrayBuffer();
  const bytes = gzipSync(Buffer.from(script), { level: 9 }).length;
  assert.ok(bytes <= 5_000, `${bytes} bytes`);
});

test("the element shows the next sessions on a strict page, and nothing leaks either way", async () => {
  const { page, said } = await visit(lines.element);
  await shadow(page).locator("li").first().waitFor();
  assert.deepEqual(said, []);
  assert.equal(await shadow(page).locator("li:visible").count(), 3);
  const text = await shadow(page).innerText();
  assert.match(text, /Kawiarnia Przykładowa/);
  assert.match(text, /14:00–18:00/);
  const { color, size, display } = await shadow(page).locator("li").first().evaluate((item) => {
    const style = getComputedStyle(item);
    return { color: style.color, size: style.fontSize, display: style.display };
  });
  assert.equal(color, "rgb(43, 33, 26)");
  assert.equal(size, "16px");
  assert.notEqual(display, "none");
  // The host's own heading is as rude as its style sheet wants it.
  assert.equal(await page.locator("h1").evaluate((heading) => getComputedStyle(heading).color), "rgb(255, 0, 0)");
  assert.deepEqual(await page.evaluate(() => Object.keys(window).filter((name) => /spotk|session|embed/i.test(name) && name !== "sessionStorage")), []);
  await page.context().close();
});

const element = '<spotkajmy-sessions district="nowa-huta" lang="pl" limit="4"></spotkajmy-sessions>';

const loaded = {
  "as a module": async () => `<script type="module" src="${program.url}/embed.js"></script>${element}`,
  "by import()": async () => `<script nonce="host">import("${program.url}/embed.js")</script>${element}`,
  "twice": async () => `<script src="${program.url}/embed.js"></script><script type="module" src="${program.url}/embed.js"></script>${element}`,
  "written into the page": async () => `<script nonce="host">${await script()}</script>${element}`,
  "joined to other scripts": async () => {
    joined = `const service = "the host's own", wish = 1, languages = 2\n${await script()}\nconst style = service`;
    return `<script src="/joined.js"></script>${element}`;
  },
};

const script = async () => (await fetch(`${program.url}/embed.js`)).text();

for (const [way, body] of Object.entries(loaded)) {
  test(`the element shows the sessions where its script is loaded ${way}`, async () => {
    const { page, said } = await visit(await body());
    await shadow(page).locator("li:visible").first().waitFor();
    assert.deepEqual(said, []);
    assert.equal(await shadow(page).locator("li:visible").count(), 4);
    await page.context().close();
  });
}

test("the element shows the sessions in a browser that constructs no style sheets", async () => {
  hosted = `<script src="${program.url}/embed.js" async></script>${element}`;
  // Such a browser is imitated; the strict page's policy would forbid it any style.
  const page = await open(browser, { bypassCSP: true });
  await page.addInitScript(() => {
    window.CSSStyleSheet = class { constructor() { throw new TypeError("Illegal constructor"); } };
    delete ShadowRoot.prototype.adoptedStyleSheets;
  });
  await page.goto(`http://localhost:${host.address().port}/`);
  await shadow(page).locator("li").first().waitFor();
  assert.equal(await shadow(page).evaluate((section) => getComputedStyle(section).borderLeftWidth), "6px");
  await page.context().close();
});

test("the element and the frame say the same, a session's own title too", async () => {
  const { page } = await visit(`<script src="${program.url}/embed.js" async></script>
    <spotkajmy-sessions lang="en" limit="9"></spotkajmy-sessions><iframe src="${program.url}/en/embed/all/#limit=9"></iframe>`);
  await shadow(page).locator("li").first().waitFor();
  const said = await shadow(page).locator("li").allInnerTexts();
  assert.ok(said.some((text) => text.includes("Picnic, place to be announced")), said.join("\n"));
  // A frame shows all once it has grown.
  const framed = page.frameLocator("iframe").locator("li");
  await framed.filter({ visible: true }).nth(said.length - 1).waitFor();
  assert.deepEqual(await framed.allInnerTexts(), said);
  await page.context().close();
});

test("a session that ended since the document was made is not shown", async () => {
  hosted = `<script src="${program.url}/embed.js" async></script>${element}<iframe src="${program.url}/embed/nowa-huta/#limit=4"></iframe>`;
  const page = await open(browser);
  // All are over but two: one in a summer, one in a winter.
  await page.clock.setFixedTime(Date.now() + 38 * 86_400_000);
  await page.goto(`http://localhost:${host.address().port}/`, { waitUntil: "networkidle" });
  await shadow(page).locator("li:visible").first().waitFor();
  assert.equal(await shadow(page).locator("li:visible").count(), 2);
  assert.equal(await page.frameLocator("iframe").locator("li:visible").count(), 2);
  await page.clock.setFixedTime(Date.now() + 999 * 86_400_000);
  await page.reload({ waitUntil: "networkidle" });
  await shadow(page).getByText("Nie ogłosiliśmy jeszcze terminu").waitFor();
  await page.context().close();
});

test("where a session went is told until it is over, and not longer", async () => {
  const moving = await start(example);
  const schedule = await readFile(moving.schedule, "utf8");
  await writeFile(moving.schedule, schedule.replace(/id: next, .*venue: cafe,/, "$& districts: [wzgorza],"));
  const page = await open(browser);
  await page.goto(`${moving.url}/embed/nowa-huta/`);
  while (!(await page.locator(".moved").count())) await page.reload();
  assert.ok(await page.locator(".moved").isVisible());
  for (const [days, shown] of [[19, true], [22, false]]) {
    await page.clock.setFixedTime(Date.now() + days * 86_400_000);
    await page.reload();
    assert.equal(await page.locator(".moved").isVisible(), shown, `${days} days later`);
  }
  await page.context().close();
  await moving.stop();
});

test("the element listens to its attributes", async () => {
  const script = `<script src="${program.url}/embed.js" async></script>`;
  const { page } = await visit(`${script}<spotkajmy-sessions district="XVI, Nowa Huta" lang="en" limit="1" theme="dark" accent="#ff0000"></spotkajmy-sessions>`);
  await shadow(page).locator("li").first().waitFor();
  assert.equal(await shadow(page).locator("li:visible").count(), 1);
  assert.match(await shadow(page).innerText(), /Bieńczyce, Nowa Huta/);
  assert.match(await shadow(page).innerText(), /CANCELLED/);
  const style = await shadow(page).evaluate((section) => {
    const { backgroundColor, borderLeftColor } = getComputedStyle(section);
    return [backgroundColor, borderLeftColor];
  });
  assert.deepEqual(style, ["rgb(41, 33, 26)", "rgb(255, 0, 0)"]);
  await page.locator("spotkajmy-sessions").evaluate((element) => element.setAttribute("lang", "uk"));
  await shadow(page).getByText("Додати до мого календаря").waitFor();
  await page.context().close();
});

test("a district that does not exist leaves the link that the page wrote", async () => {
  const { page } = await visit(lines.element.replace('district="nowa-huta"', 'district="nowhere"'));
  assert.ok(await page.locator("spotkajmy-sessions > a").isVisible());
  await page.context().close();
});

test("the frame is complete without script, also where it is sandboxed", async () => {
  for (const frame of [lines.frame, lines.frame.replace("<iframe", '<iframe sandbox=""')]) {
    const { page } = await visit(frame);
    const text = await page.frameLocator("iframe").locator("main").innerText();
    assert.match(text, /Kawiarnia Przykładowa/);
    assert.match(text, /Dodaj do mojego kalendarza/);
    const styled = await page.frameLocator("iframe").locator("main").evaluate((main) => getComputedStyle(main).borderLeftWidth);
    assert.equal(styled, "6px");
    await page.context().close();
  }
});

test("beside the element's script the frame has the right height and no scroll bar", async () => {
  for (const width of [320, 1280]) {
    const { page } = await visit(`<script src="${program.url}/embed.js" async></script>${lines.frame}`, { viewport: { width, height: 800 } });
    const frame = page.frames()[1];
    await page.waitForFunction(() => document.querySelector("iframe").height !== "280");
    const { content, room } = await frame.evaluate(() => ({ content: document.documentElement.scrollHeight, room: innerHeight }));
    assert.equal(content, room, `${width} pixels`);
    await page.context().close();
  }
});

test("the frame takes its wishes from its address", async () => {
  const { page } = await visit(lines.frame.replace('/nowa-huta/"', '/nowa-huta/#limit=1&theme=dark&accent=%23ff0000"'));
  const frame = page.frameLocator("iframe");
  assert.equal(await frame.locator("li:visible").count(), 1);
  assert.equal(await frame.locator("main").evaluate((main) => getComputedStyle(main).borderLeftColor), "rgb(255, 0, 0)");
  assert.equal(await frame.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor), "rgb(41, 33, 26)");
  await page.context().close();
});

test("high contrast keeps every session readable", async () => {
  const { page } = await visit(lines.element, { forcedColors: "active" });
  await shadow(page).locator("li").first().waitFor();
  assert.notEqual(await shadow(page).evaluate((section) => getComputedStyle(section).borderLeftStyle), "none");
  await page.context().close();
});

// Nothing, one session, and more than there is room for.
const sessions = (...days) => `${example.slice(0, example.indexOf("sessions:"))}sessions:
${days.map((day) => `  - {id: s${day}, date: ${date(day)}, venue: cafe}`).join("\n")}
`;
const kinds = { none: empty, one: sessions(9), more: sessions(9, 19, 29, 39) };

for (const [kind, schedule] of Object.entries(kinds)) {
  test(`a pasted frame is as high as what it shows: ${kind}`, async () => {
    const other = await start(schedule);
    for (const [, prefix] of LANGUAGES) {
      const offered = await open(browser);
      await offered.goto(`${other.url}${prefix}/organisations/`);
      const line = await offered.locator("#line-frame").inputValue();
      await offered.context().close();
      for (const width of [320, 600, 1000]) {
        const { page } = await visit(line, { viewport: { width, height: 800 } });
        const frame = page.frames()[1];
        const { wanted, filled, room, sessions, ahead } = await frame.evaluate(() => ({
          wanted: document.documentElement.scrollHeight,
          filled: document.body.getBoundingClientRect().height,
          room: innerHeight,
          sessions: [...document.querySelectorAll("li")].filter((item) => item.checkVisibility()).length,
          ahead: document.querySelectorAll("li").length,
        }));
        const what = `${prefix}, ${width} pixels: ${filled} of ${room}, ${sessions} of ${ahead} sessions`;
        assert.ok(wanted <= room, `something is cut: ${what}`);
        assert.ok(room - filled <= 140, `it is empty below: ${what}`);
        assert.ok(sessions >= Math.min(ahead, width < 1000 ? 1 : 2), what);
        await page.context().close();
      }
    }
    await other.stop();
  });
}

test("a frame without room leaves no session out that is on before one that is off", async () => {
  const { page } = await visit(`<iframe src="${program.url}/embed/all/" width="300" height="280"></iframe>`);
  const shown = await page.frames()[1].evaluate(() => [...document.querySelectorAll("li")].filter((item) => item.checkVisibility()).map((item) => item.className));
  assert.deepEqual(shown, ["cancelled", "confirmed"]);
  await page.context().close();
});

test("the lines to paste follow their form, and the preview follows the lines", async () => {
  const page = await open(browser);
  const said = complaints(page);
  await page.goto(`${program.url}/uk/organisations/nowa-huta/`);
  assert.equal(await page.locator("#line-page").inputValue(), `${program.url}/uk/districts/nowa-huta/`);
  assert.equal(await page.locator("#line-list").inputValue(), `${program.url}/uk/embed/nowa-huta/`);
  await page.locator("#fit-limit").selectOption("1");
  await page.locator("#fit-theme").selectOption("dark");
  const element = await page.locator("#line-element").inputValue();
  assert.match(element, /district="nowa-huta" lang="uk" limit="1" theme="dark"/);
  assert.ok(element.includes(`${program.url}/uk/districts/nowa-huta/`));
  const address = `${program.url}/uk/embed/nowa-huta/#limit=1&theme=dark`;
  assert.equal(await page.locator("#line-list").inputValue(), address);
  assert.ok((await page.locator("#line-frame").inputValue()).includes(`src="${address.replace("&", "&amp;")}"`));
  const preview = page.frameLocator("#preview-frame");
  await preview.getByText("Додати до мого календаря").waitFor();
  assert.equal(await preview.locator("li:visible").count(), 1);
  assert.equal(await preview.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor), "rgb(41, 33, 26)");
  const height = (await page.locator("#line-frame").inputValue()).match(/height="(\d+)"/)[1];
  assert.equal(await page.locator("#preview-frame").getAttribute("height"), height);
  assert.ok(Number(height) < 280, height);
  assert.deepEqual(said, []);
  await page.context().close();
});
