// Previews: a footnote, a term, the start of a section, beside the link that leads there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, mounted, phone, setting } from "./harness.mjs";

const shared = setting({
  "book.toml": '[book]\ntitle = "Links"\nsrc = "."\n',
  "SUMMARY.md": "# Summary\n\n- [One](one.md)\n- [Two](two.md)\n- [Glossary](glossary.md)\n",
  "one.md": "# One\n\nA note[^n], a [term](glossary.md#batch), a [chapter](two.md), a [section](two.md#part), [nothing](two.md#nowhere) and the [outside](https://example.org/).\n\n[^n]: The text of the note.\n\n## Below\n\n" + "Much text.\n\n".repeat(60),
  "two.md": "# Two\n\nThe second chapter begins.\n\n## Part\n\nA part of it.\n\n<script>window.ran = true</script>\n",
  "glossary.md": "# Glossary\n\nTerms.\n\nBatch\n: A group of inputs.\n\nOther\n: Something else.\n",
});

const shown = (page, text) => page.locator("#preview.shown", { hasText: text }).waitFor();
const gone = (page) => page.waitForFunction(() => !document.querySelector("#preview.shown"));
const link = (page, text) => page.locator("main p a", { hasText: text });
const note = (page) => page.locator("main .footnote-reference a");

async function opened(options) {
  const tab = await shared.open("one.html", options);
  await mounted(tab.page);
  return tab;
}

test("a pointer that rests on a link sees what it leads to, until it leaves", async () => {
  const { context, page, problems } = await opened();
  await note(page).hover();
  await shown(page, "The text of the note.");
  await page.mouse.move(700, 600);
  await gone(page);
  await link(page, /^term$/).hover();
  await shown(page, /Batch\s*A group of inputs\./);
  assert.doesNotMatch(await page.locator("#preview").innerText(), /Something else/);
  await link(page, /^section$/).hover();
  await shown(page, /Part\s*A part of it\./);
  await link(page, /^chapter$/).hover();
  await shown(page, /Two\s*The second chapter begins\./);
  assert.equal(await page.evaluate(() => window.ran), undefined, "no script of a previewed page runs");
  assert.deepEqual(problems, []);
  await context.close();
});

test("the pointer may move onto the preview", async () => {
  const { context, page } = await opened();
  await link(page, /^section$/).hover();
  await shown(page, "A part of it.");
  const box = await page.locator("#preview").boundingBox();
  await page.mouse.move(box.x + 20, box.y + box.height / 2, { steps: 4 });
  await page.waitForTimeout(500);
  assert.ok(await page.locator("#preview.shown").isVisible());
  assert.ok(box.x >= 0 && box.x + box.width <= 1400 && box.y >= 0 && box.y + box.height <= 800, "it is inside the window");
  await context.close();
});

test("by keyboard the preview comes with the focus, describes the link, and Escape closes it", async () => {
  const { context, page } = await opened();
  await note(page).focus();
  await page.keyboard.press("Tab");
  await shown(page, "A group of inputs.");
  assert.equal(await link(page, /^term$/).getAttribute("aria-describedby"), "preview");
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press("Escape");
  await gone(page);
  assert.equal(await link(page, /^term$/).getAttribute("aria-describedby"), null);
  assert.ok(await link(page, /^term$/).evaluate((link) => document.activeElement === link), "the focus stays");
  await page.keyboard.press("Shift+Tab");
  await shown(page, "The text of the note.");
  await context.close();
});

test("a link out of the book, or to nowhere, has no preview", async () => {
  const { context, page, problems } = await opened();
  for (const text of [/^outside$/, /^nothing$/]) {
    await link(page, text).hover();
    await page.waitForTimeout(700);
    assert.equal(await page.locator("#preview.shown").count(), 0, String(text));
  }
  assert.deepEqual(problems, []);
  await context.close();
});

test("a preview repeats no id of the page", async () => {
  const { context, page } = await opened();
  await note(page).hover();
  await shown(page, "The text of the note.");
  const twice = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((element) => element.id).filter((id, at, all) => all.indexOf(id) !== at));
  assert.deepEqual(twice, []);
  await context.close();
});

test("a finger's first touch on a term or a note explains it, the second follows it", async () => {
  const { context, page, problems } = await opened(phone());
  await link(page, /^term$/).tap();
  await shown(page, "A group of inputs.");
  assert.match(page.url(), /one\.html$/);
  await note(page).tap();
  await shown(page, "The text of the note.");
  assert.match(page.url(), /one\.html$/);
  await link(page, /^term$/).tap();
  await shown(page, "A group of inputs.");
  await link(page, /^term$/).tap();
  await page.waitForURL("**/glossary.html#batch");
  await gone(page);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a finger's touch on a chapter's link goes there at once", async () => {
  const { context, page } = await opened(phone());
  await link(page, /^chapter$/).tap();
  await page.waitForURL("**/two.html");
  await context.close();
});
