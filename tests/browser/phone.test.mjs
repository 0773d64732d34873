// Phones: the drawer, the bar, and no page wider than the screen.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { axe, fixture, mounted, open, phone, serve, setting } from "./harness.mjs";

const shared = setting("content");
const open_ = (page) => page.waitForSelector("html.drawer", { state: "attached" });
const closed = (page) => page.waitForSelector("html:not(.drawer)", { state: "attached" });

async function opened(width) {
  const tab = await shared.open("why-systems.html", phone(width));
  await mounted(tab.page);
  return tab;
}

test("the drawer opens with the focus in it and closes by Escape, by a touch outside, and by choosing", async () => {
  const { context, page, problems } = await opened();
  const contents = page.locator("#contents");
  assert.equal(await contents.isVisible(), false);
  await page.locator("#menu").tap();
  await open_(page);
  await contents.waitFor({ state: "visible" });
  assert.equal(await page.locator("#menu").getAttribute("aria-expanded"), "true");
  await page.waitForFunction(() => document.activeElement.closest("#contents"));
  await page.keyboard.press("Escape");
  await closed(page);
  await contents.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "menu");
  assert.equal(await page.locator("#menu").getAttribute("aria-expanded"), "false");

  await page.locator("#menu").tap();
  await open_(page);
  await page.touchscreen.tap(350, 600);
  await closed(page);

  await page.locator("#menu").tap();
  await open_(page);
  await page.locator('#contents a[data-page="lifecycle.html"]').tap();
  await page.waitForURL("**/lifecycle.html");
  await closed(page);
  await page.locator("#menu").tap();
  await open_(page);
  await page.locator("#menu").tap();
  await closed(page);
  assert.deepEqual(problems, []);
  await context.close();
});

test("the bar's buttons are large enough for a finger and inside the screen", async () => {
  for (const width of [360, 320]) {
    const { context, page } = await opened(width);
    const buttons = await page.locator(".bar .tool").evaluateAll((all) => all.filter((button) => button.checkVisibility()).map((button) => ({ id: button.id, ...button.getBoundingClientRect().toJSON() })));
    assert.ok(buttons.length >= 3);
    for (const button of buttons) {
      assert.ok(button.width >= 40 && button.height >= 40, `${button.id}: ${button.width} × ${button.height}`);
      assert.ok(button.left >= 0 && button.right <= width, `${button.id} is outside at ${width}`);
    }
    await context.close();
  }
});

test("search and settings fit the screen", async () => {
  for (const width of [360, 320]) {
    const { context, page } = await opened(width);
    for (const id of ["search", "settings"]) {
      await page.locator(`#${id}`).tap();
      const dialog = page.locator(`dialog.${id}[open]`);
      await dialog.waitFor();
      await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
      const box = await dialog.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= 740, `${id} at ${width}: ${JSON.stringify(box)}`);
      assert.ok(await dialog.evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth), `${id} at ${width} scrolls sideways`);
      await dialog.locator(".close").tap();
      await dialog.waitFor({ state: "hidden" });
    }
    await context.close();
  }
});

/** Pages that are wider than a phone, of all pages of the book at `url`. */
async function tooWide(url) {
  const { context, page } = await open(shared.browser, url, phone());
  await mounted(page);
  const found = await page.evaluate(async () => {
    const wide = [];
    for (const link of document.querySelectorAll("#contents a[data-page]")) {
      link.click();
      for (let wait = 0; wait < 400 && !link.hasAttribute("aria-current"); wait++) await new Promise((done) => setTimeout(done, 5));
      wide.push(link.dataset.page);
    }
    return wide;
  });
  assert.ok(found.length > 1);
  const wide = [];
  for (const address of found) {
    await page.evaluate((address) => document.querySelector(`#contents a[data-page="${CSS.escape(address)}"]`).click(), address);
    await page.waitForFunction((address) => document.querySelector("#contents [aria-current]")?.dataset.page === address, address);
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 740 });
      const much = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (much > 0) {
        const widest = await page.evaluate(() => [...document.querySelectorAll("main *")].filter((element) => element.getBoundingClientRect().right > innerWidth + 1).slice(0, 2).map((element) => element.outerHTML.slice(0, 120)));
        wide.push(`${address} at ${width}: ${much} px; ${widest.join(" | ")}`);
      }
    }
  }
  await context.close();
  return wide;
}

test("no chapter of the book is wider than a phone", async () => {
  assert.deepEqual(await tooWide(shared.url), []);
});

for (const [name, book] of [["every feature", fixture], ["the Nomicon", process.env.NOMICON ?? "../shared/books/nomicon"]]) {
  test(`no chapter of ${name} is wider than a phone`, { skip: !existsSync(book) && "this book is not here" }, async () => {
    const server = await serve(book);
    assert.deepEqual(await tooWide(server.url), []);
    await server.stop();
  });
}

test("axe finds nothing on a phone, drawer closed and open", async () => {
  const { context, page } = await opened();
  assert.deepEqual(await axe(page), []);
  await page.locator("#menu").tap();
  await open_(page);
  await page.locator("#contents").waitFor({ state: "visible" });
  assert.deepEqual(await axe(page), []);
  await context.close();
});
