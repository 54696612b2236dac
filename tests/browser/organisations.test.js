// What an organisation finds for the districts that it chose: pictures, texts,
// posters, QR codes and links, without a script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, launch, open } from "./browser.js";
import { start } from "./program.js";
import { empty, example } from "./schedules.js";

let browser, program;
before(async () => {
  browser = await launch();
  program = await start(example);
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

test("the form leads to several districts, and all on the page is of them", async () => {
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(`${program.url}/organisations/`);
  await page.getByText("Wybierz dzielnice", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Nowa Huta" }).check();
  await page.getByRole("checkbox", { name: "Bieńczyce" }).check();
  await page.getByRole("button", { name: "Pokaż wybrane" }).click();
  assert.equal(new URL(page.url()).pathname, "/organisations/bienczyce,nowa-huta/");
  const main = page.locator("main");
  for (const [name, path] of [
    ["Plakat A4 do druku", "/poster/bienczyce,nowa-huta/"],
    ["Kod QR do druku (SVG)", "/qr/bienczyce,nowa-huta.svg"],
    ["Kod QR jako obrazek (PNG)", "/qr/bienczyce,nowa-huta.png"],
  ]) {
    assert.equal(await main.getByRole("link", { name }).getAttribute("href"), path);
    assert.equal((await fetch(program.url + path)).status, 200, path);
  }
  const value = (id) => page.locator(`#${id}`).inputValue();
  assert.equal(await value("line-page"), `${program.url}/districts/bienczyce,nowa-huta/`);
  assert.equal(await value("line-list"), `${program.url}/embed/bienczyce,nowa-huta/`);
  // The form remembers what was chosen, and so does another language.
  await page.getByText("Wybierz dzielnice", { exact: true }).click();
  assert.ok(await page.getByRole("checkbox", { name: "Nowa Huta" }).isChecked());
  await page.getByRole("link", { name: "English" }).click();
  assert.equal(new URL(page.url()).pathname, "/en/organisations/bienczyce,nowa-huta/");
  await page.context().close();
});

test("a district's page, the old address and the menu lead there", async () => {
  const page = await open(browser);
  await page.goto(`${program.url}/districts/nowa-huta/`);
  assert.equal(await page.locator("main iframe, main textarea").count(), 0);
  await page.getByRole("link", { name: "Obrazki, teksty i lista na stronę" }).click();
  assert.equal(new URL(page.url()).pathname, "/organisations/nowa-huta/");
  for (const address of ["/embed/", "/embed/?utm_source=x", "/organisations"]) {
    await page.goto(program.url + address);
    assert.equal(new URL(page.url()).pathname, "/organisations/", address);
  }
  await page.context().close();
});

test("each of the next sessions has pictures that are there, texts, links and a poster", async () => {
  for (const [language, prefix] of LANGUAGES) {
    const page = await open(browser, { javaScriptEnabled: false });
    await page.goto(`${program.url}${prefix}/organisations/`);
    const feed = await (await fetch(`${program.url}${prefix}/calendars/all.json`)).json();
    for (const [index, id] of ["cancelled", "next", "postponed"].entries()) {
      const session = feed.sessions.find((candidate) => candidate.id === id);
      const kit = page.locator("details.kit").nth(index);
      if (index > 0) await kit.locator("summary").click();
      for (const [shape, width, height] of [["", 1200, 630], ["-square", 1080, 1080]]) {
        const picture = kit.locator(`img[src="${prefix}/pictures/${id}${shape}.png"]`);
        await picture.scrollIntoViewIfNeeded();
        assert.ok((await picture.getAttribute("alt")).includes(session.place.name));
        assert.equal(await picture.getAttribute("width"), String(width));
        const png = Buffer.from(await (await fetch(`${program.url}${prefix}/pictures/${id}${shape}.png`)).arrayBuffer());
        assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [width, height]);
        assert.equal(await kit.locator(`a[download][href="${prefix}/pictures/${id}${shape}.png"]`).count(), 1);
      }
      const [post, subject, body] = await Promise.all(["post", "subject", "body"].map((name) => page.locator(`#${name}-${index}`).inputValue()));
      for (const text of [post, body]) {
        assert.ok(text.includes(session.url), text);
        assert.ok(text.includes("14:00–18:00"), text);
        assert.ok(text.includes(session.place.name), text);
        // Who reads that it is off is not invited.
        assert.equal(/bezpłatny|free of charge|безкоштовна/.test(text), id === "next", text);
        assert.equal(/: (wejście bez progów i schodów|step-free entrance|вхід без порогів і сходів), /.test(text), id === "next", text);
        const invites = /Przykład: raz w miesiącu|An example: once a month|Приклад: раз на місяць/.test(text);
        assert.equal(invites, id === "next", text);
        assert.ok(!/undefined|\u00a0/.test(text), "plain text");
      }
      assert.ok(!subject.includes("\n") && subject.length > 10);
      const off = { pl: "Odwołane", en: "Cancelled", uk: "Скасовано" }[language];
      assert.equal(subject.startsWith(`${off}: `), id === "cancelled", subject);

      const links = await kit.locator("a").evaluateAll((all) => all.map((link) => link.href));
      const mail = new URL(links.find((link) => link.startsWith("mailto:?")));
      assert.equal(mail.searchParams.get("subject"), subject);
      assert.ok(mail.searchParams.get("body").includes(session.url));
      assert.ok(mail.href.length < 2_000, "as long as mail programs take");
      assert.equal(new URL(links.find((link) => link.startsWith("https://www.facebook.com/"))).searchParams.get("u"), session.url);
      assert.ok(new URL(links.find((link) => link.startsWith("https://wa.me/"))).searchParams.get("text").endsWith(session.url));
      assert.equal(new URL(links.find((link) => link.startsWith("https://t.me/share/url"))).searchParams.get("url"), session.url);
      assert.ok(links.includes(`${program.url}${prefix}/posters/${id}/`));
    }
    await page.context().close();
  }
});

test("a session's page leads to the poster for its door, and is passed on until it is over", async () => {
  const page = await open(browser);
  await page.goto(`${program.url}/sessions/next/`);
  await page.getByRole("link", { name: "Plakat tego spotkania na drzwi" }).click();
  assert.equal(new URL(page.url()).pathname, "/posters/next/");
  await page.goto(`${program.url}/sessions/past/`);
  assert.equal(await page.locator(".share").count(), 0);
  await page.context().close();
});

test("the device's own list of programs is offered where there is one", async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    navigator.share = async (data) => { window.shared = data; };
  });
  const page = await context.newPage();
  await page.goto(`${program.url}/sessions/next/`);
  await page.getByRole("button", { name: "Udostępnij…" }).click();
  const { text } = await page.evaluate(() => window.shared);
  assert.ok(text.endsWith(`${program.url}/sessions/next/`), text);
  await context.close();
});

test("with nothing ahead the page says so, and still has the poster and the list", async () => {
  const nothing = await start(empty);
  const page = await open(browser);
  await page.goto(`${nothing.url}/organisations/`);
  await page.getByText("gdy ogłosimy następny termin").waitFor();
  assert.equal(await page.locator("details.kit").count(), 0);
  assert.equal(await page.getByRole("link", { name: "Plakat A4 do druku" }).count(), 1);
  await page.context().close();
  await nothing.stop();
});
