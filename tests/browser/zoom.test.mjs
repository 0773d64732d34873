// Figures enlarged to the whole screen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, mounted, setting } from "./harness.mjs";

const svg = (width, height) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>T</title><rect width="${width}" height="${height}" fill="teal"/></svg>`;
const shared = setting({
  "book.toml": '[book]\ntitle = "Figures"\nsrc = "."\n',
  "SUMMARY.md": "# Summary\n\n- [One](one.md)\n- [Two](two.md)\n",
  "one.md": "# One\n\n![Large](large.svg)\n\nA word ![icon](icon.svg) in a line.\n\n[![In a link](large.svg)](two.md)\n",
  "two.md": `# Two\n\n<figure>${svg(500, 200)}<figcaption>Inline</figcaption></figure>\n`,
  "large.svg": svg(600, 300),
  "icon.svg": svg(20, 20),
});
const zoom = "dialog.zoom[open]";

async function opened(address = "one.html") {
  const tab = await shared.open(address);
  await mounted(tab.page);
  return tab;
}

test("a click on a figure enlarges it, and Escape closes it with the page unchanged", async () => {
  const { context, page, problems } = await opened();
  const before = await page.locator("main").innerHTML();
  const figure = page.locator('main img[alt="Large"]');
  await figure.click();
  await page.waitForSelector(zoom);
  const enlarged = page.locator(`${zoom} .stage img`);
  assert.equal(await enlarged.getAttribute("alt"), "Large");
  assert.ok((await enlarged.boundingBox()).width > (await figure.boundingBox()).width);
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press("Escape");
  await page.waitForSelector(zoom, { state: "detached" });
  assert.equal(await page.locator("main").innerHTML(), before);
  assert.deepEqual(problems, []);
  await context.close();
});

test("by keyboard the button enlarges, and the focus returns to it", async () => {
  const { context, page } = await opened();
  const button = page.locator("main .zoom-button").first();
  assert.equal(await button.getAttribute("aria-label"), "Enlarge the figure");
  await button.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(zoom);
  await page.locator(`${zoom} .close`).press("Enter");
  await page.waitForSelector(zoom, { state: "detached" });
  assert.ok(await button.evaluate((button) => document.activeElement === button));
  await context.close();
});

test("an icon is not enlarged by a click, and a figure in a link follows the link", async () => {
  const { context, page } = await opened();
  await page.locator('main img[alt="icon"]').click();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.equal(await page.locator(zoom).count(), 0);
  await page.locator('main img[alt="In a link"]').click();
  await page.waitForURL("**/two.html");
  assert.equal(await page.locator(zoom).count(), 0);
  await context.close();
});

test("a drawing in the text of a chapter drawn in the browser can be enlarged", async () => {
  const { context, page, problems } = await opened();
  await page.keyboard.press("ArrowRight");
  await page.waitForURL("**/two.html");
  await page.locator("main figure > svg").click();
  await page.waitForSelector(`${zoom} .stage svg`);
  await page.keyboard.press("Escape");
  await page.waitForSelector(zoom, { state: "detached" });
  assert.equal(await page.locator("main figure > svg").count(), 1);
  assert.deepEqual(problems, []);
  await context.close();
});
