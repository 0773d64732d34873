// On paper: the text alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted, setting } from "./harness.mjs";

const shared = setting("content");

test("bar, contents, outline and buttons are not printed, the text is, black on white", async () => {
  const { context, page } = await shared.open("why-systems.html", { colorScheme: "dark" });
  await mounted(page);
  const parts = [".bar", "#contents", "#outline", "#pager", ".code-tools", "#preview", ".notices"];
  for (const part of [".bar", "#contents", "#outline", "#pager"]) assert.ok(await page.locator(part).first().isVisible(), `${part} is on the screen`);
  await page.emulateMedia({ media: "print" });
  for (const part of parts) {
    for (const element of await page.locator(part).all()) assert.equal(await element.isVisible(), false, part);
  }
  const main = page.locator("main");
  assert.ok(await main.isVisible());
  const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.querySelector("main")).color, getComputedStyle(document.body).backgroundColor]);
  assert.equal(ink, "rgb(0, 0, 0)");
  assert.equal(paper, "rgb(255, 255, 255)");
  const box = await main.boundingBox();
  assert.ok(box.x < 40 && box.width > 1300, `the text has the page's width: ${JSON.stringify(box)}`);
  await context.close();
});

test("every theme prints the same", async () => {
  for (const theme of ["dark", "sepia", "contrast"]) {
    const { context, page } = await shared.open();
    await page.evaluate((theme) => localStorage.setItem("lectern:settings", JSON.stringify({ version: 1, value: { theme } })), theme);
    await page.goto(shared.url + "why-systems.html");
    await page.emulateMedia({ media: "print" });
    const [ink, paper] = await page.evaluate(() => [getComputedStyle(document.querySelector("main")).color, getComputedStyle(document.body).backgroundColor]);
    assert.deepEqual([ink, paper], ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], theme);
    await context.close();
  }
});

test("an outside link is printed with its address, and code is not cut off", async () => {
  const { context, page } = await shared.open("why-systems.html");
  await page.emulateMedia({ media: "print" });
  const cut = await page.evaluate(() => [...document.querySelectorAll("main pre > code")].filter((code) => code.scrollWidth > code.clientWidth + 1).length);
  assert.equal(cut, 0);
  await page.goto(shared.url + "bibliography.html");
  const after = await page.evaluate(() => {
    const link = document.querySelector('main a[href^="http"]');
    return link && getComputedStyle(link, "::after").content;
  });
  assert.ok(after?.includes("http"), `after a link: ${after}`);
  await context.close();
});
