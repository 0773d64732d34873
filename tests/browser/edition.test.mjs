// What an edition owes the mdBook site it replaces: its extra pages, its redirects, its icons and styles.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setting } from "./harness.mjs";

// A picture of 3 × 2 pixels.
const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==", "base64");

const book = setting({
  "book.toml": `[book]
title = "Edition"
[output.html]
additional-css = ["own.css"]
additional-js = ["own.js"]
[output.html.redirect]
"/b.html#gone" = "c.html#here"
"/b.html#away" = "https://example.org/away"
`,
  "own.css": "main h1 { color: rgb(1, 2, 3); }",
  "own.js": "window.ran = true;",
  "theme/favicon.png": png,
  "src/SUMMARY.md": "- [A](a.md)\n- [B](b.md)\n- [C](c.md)\n",
  "src/404.md": "# Off the map\n\nGo [home](a.md).\n",
  "src/a.md": "# A\n\n[old](b.html#gone) [picture](b.md)\n",
  "src/b.md": "# B\n\nText.\n\n![dot](dot.png)\n\n## Same\n",
  "src/dot.png": png,
  "src/c.md": "# C\n\n" + "line\n\n".repeat(60) + "## Here\n\n" + "line\n\n".repeat(60) + "## Same\n",
});

test("a place that moved is found from outside, by a link, and without the app's help on the way", async () => {
  const { page } = await book.open("b.html#gone");
  await page.waitForURL(/c\.html#here$/);
  const { page: other } = await book.open("a.html");
  await other.getByRole("link", { name: "old" }).click();
  await other.waitForURL(/c\.html#here$/);
  await other.waitForFunction(() => scrollY > 300);
  await page.context().close();
  await other.context().close();
});

test("the book's style and icon are on every page; its script is not, unless it is trusted", async () => {
  const { page } = await book.open("a.html");
  assert.equal(await page.locator("main h1").evaluate((h1) => getComputedStyle(h1).color), "rgb(1, 2, 3)");
  assert.match(await page.locator("link[rel=icon]").getAttribute("href"), /favicon\.png$/);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  await page.context().close();
});

test("a missing address shows the book's own page for it, whose links work at any depth", async () => {
  const { page } = await book.open("deep/er/nowhere.html");
  assert.equal(await page.locator("main h1").textContent(), "Off the map");
  await page.locator("main").getByRole("link", { name: "home" }).click();
  await page.waitForURL(/\/a\.html$/);
  await page.context().close();
});

test("print.html has every chapter once, and its links stay on it", async () => {
  const { page } = await book.open("a.html");
  await page.getByRole("link", { name: "Whole book on one page" }).click();
  await page.waitForURL(/print\.html$/);
  assert.deepEqual(await page.locator("main h1").allTextContents(), ["A", "B", "C"]);
  const ids = await page.locator("main [id]").evaluateAll((all) => all.map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length);
  await page.locator("main").getByRole("link", { name: "picture" }).click();
  await page.waitForURL(/print\.html#b$/);
  await page.context().close();
});

test("a picture has its room before it has arrived, on a page that came and on one drawn here", async () => {
  for (const from of ["b.html", "a.html"]) {
    const { page } = await book.open(from);
    if (from !== "b.html") await page.locator("main").getByRole("link", { name: "picture" }).click();
    const size = await page.locator("main img").evaluate((img) => [img.getAttribute("width"), img.getAttribute("height")]);
    assert.deepEqual(size, ["3", "2"]);
    await page.context().close();
  }
});
