// Buttons on code: copy what is seen, show what the author hid.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, mounted, setting } from "./harness.mjs";

const shared = setting({
  "book.toml": '[book]\ntitle = "Code"\nsrc = "."\n',
  "SUMMARY.md": "# Summary\n\n- [One](one.md)\n- [Two](two.md)\n",
  "one.md": "# One\n\n```rust\n# use std::fmt;\nfn shown() {}\n# fn hidden() {}\nlet x = \"<b> & 'c'\";\n```\n\n```python\nprint(1)\n    # a comment\n```\n\n```text\n" + "wide ".repeat(60) + "\n```\n",
  "two.md": "# Two\n\n```rust\n# hidden();\nfn two() {}\n```\n",
});

async function opened(permissions = ["clipboard-read", "clipboard-write"], prepare = () => {}) {
  const context = await shared.browser.newContext({ permissions });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.addInitScript(prepare);
  await page.goto(shared.url + "one.html");
  await mounted(page);
  return { context, page, problems };
}

const block = (page, index) => page.locator("main pre").nth(index);

async function copied(page, index) {
  await page.evaluate(() => navigator.clipboard.writeText("before"));
  await block(page, index).locator('[data-action="copy"]').click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()) !== "before");
  return page.evaluate(() => navigator.clipboard.readText());
}

test("copy gives the text that is seen, whole and unescaped", async () => {
  const { context, page, problems } = await opened();
  assert.equal((await copied(page, 1)).trimEnd(), "print(1)\n    # a comment");
  await block(page, 1).getByRole("button", { name: "Copied" }).waitFor();
  await block(page, 1).getByRole("button", { name: "Copy code" }).waitFor();
  assert.equal((await copied(page, 0)).trim(), "fn shown() {}\nlet x = \"<b> & 'c'\";");
  assert.deepEqual(problems, []);
  await context.close();
});

test("hidden lines are shown on demand, and copied only then", async () => {
  const { context, page } = await opened();
  const hidden = block(page, 0).locator(".boring", { hasText: "fn hidden" });
  assert.equal(await hidden.isVisible(), false);
  assert.equal(await block(page, 1).locator('[data-action="hidden"]').count(), 0, "no button where nothing is hidden");
  const toggle = block(page, 0).locator('[data-action="hidden"]');
  assert.equal(await toggle.getAttribute("aria-label"), "Show hidden lines");
  await toggle.focus();
  await page.keyboard.press("Enter");
  await hidden.waitFor({ state: "visible" });
  assert.equal(await toggle.getAttribute("aria-label"), "Hide hidden lines");
  assert.equal(await toggle.getAttribute("aria-pressed"), "true");
  assert.match(await copied(page, 0), /use std::fmt;\nfn shown\(\) \{\}\nfn hidden\(\) \{\}\nlet x/);
  await toggle.click();
  await hidden.waitFor({ state: "hidden" });
  await context.close();
});

test("a chapter drawn in the browser has the buttons too", async () => {
  const { context, page } = await opened();
  await page.keyboard.press("ArrowRight");
  await page.waitForURL("**/two.html");
  await block(page, 0).locator('[data-action="copy"]').waitFor();
  await page.waitForFunction(() => document.querySelector("main h1").textContent === "Two");
  assert.equal((await copied(page, 0)).trim(), "fn two() {}");
  await context.close();
});

test("where copying is not allowed the button says so", async () => {
  const { context, page, problems } = await opened([], () => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await block(page, 1).locator('[data-action="copy"]').click();
  await block(page, 1).getByRole("button", { name: "The browser did not allow copying" }).waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test("where the browser has no clipboard, as over plain HTTP, the button says so", async () => {
  const { context, page, problems } = await opened([], () => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await block(page, 1).locator('[data-action="copy"]').click();
  await block(page, 1).getByRole("button", { name: "The browser did not allow copying" }).waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test("code that is too wide can be scrolled by keyboard, and axe finds nothing", async () => {
  const { context, page } = await opened();
  const wide = block(page, 2).locator("code");
  await wide.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
  assert.match(page.url(), /one\.html/, "the arrow scrolls and does not turn the page");
  assert.equal(await block(page, 1).locator("code").getAttribute("tabindex"), null);
  assert.deepEqual(await axe(page), []);
  await context.close();
});
