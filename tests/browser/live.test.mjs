// Live reload: what an author saves is seen at once, at the same place.
import assert from "node:assert/strict";
import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { mounted, setting } from "./harness.mjs";

const long = (title, word) => `# ${title}\n\n${`${word} of the chapter, in a paragraph of its own.\n\n`.repeat(120)}`;
const shared = setting({
  "book.toml": '[book]\ntitle = "Live"\nsrc = "."\n',
  "SUMMARY.md": "# Summary\n\n- [One](one.md)\n- [Two](two.md)\n",
  "one.md": long("One", "First"),
  "two.md": long("Two", "Second"),
});
const save = (name, text) => writeFile(join(shared.book, name), text);
const shows = (page, text) => page.waitForFunction((text) => document.documentElement.dataset.mounted !== undefined && document.querySelector("main").textContent.includes(text), text);

test("a saved chapter appears, and the page stays where it was", async () => {
  const { context, page, problems } = await shared.open("one.html");
  await mounted(page);
  await page.evaluate(() => scrollTo(0, 1200));
  await page.waitForFunction(() => history.state === 1200);
  await appendFile(join(shared.book, "one.md"), "\nA sentence just written.\n");
  await shows(page, "A sentence just written.");
  await page.waitForFunction(() => Math.abs(scrollY - 1200) < 2);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a page that was drawn in the browser reloads as itself", async () => {
  const { context, page } = await shared.open("one.html");
  await mounted(page);
  await page.keyboard.press("ArrowRight");
  await page.waitForURL("**/two.html");
  await save("two.md", long("Two", "Changed second"));
  await shows(page, "Changed second");
  assert.match(page.url(), /two\.html$/);
  await context.close();
});

test("a new chapter appears in the contents, and a broken save does not stop the next one", async () => {
  const { context, page } = await shared.open("one.html");
  await mounted(page);
  await save("SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n- [Three](three.md)\n");
  await page.locator("#contents a", { hasText: "Three" }).waitFor();
  await save("book.toml", "[book\ntitle = ");
  await page.waitForTimeout(400);
  await save("book.toml", '[book]\ntitle = "Live again"\nsrc = "."\n');
  await page.waitForFunction(() => document.title.includes("Live again"));
  await save("three.md", "# Three\n\nThe third is here.\n");
  await mounted(page);
  await page.locator("#contents a", { hasText: "Three" }).click();
  await shows(page, "The third is here.");
  await context.close();
});

test("a save that changes nothing reloads nothing", async () => {
  const { context, page } = await shared.open("two.html");
  await mounted(page);
  await page.evaluate(() => (window.same = true));
  await save("two.md", long("Two", "Changed second"));
  await page.waitForTimeout(1200);
  assert.equal(await page.evaluate(() => window.same), true);
  await context.close();
});
