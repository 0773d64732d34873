// Search: opening and closing, results as one types, typos, other scripts, where the index comes from.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, makeBook, mounted, open, serve, setting } from "./harness.mjs";

const shared = setting("content");
const input = "dialog.search[open] input";
const rows = "#hits li";

async function opened(address = "why-systems.html", options) {
  const tab = await shared.open(address, options);
  await mounted(tab.page);
  return tab;
}

async function ask(page, text) {
  if (!(await page.locator(input).isVisible())) await page.keyboard.press("/");
  await page.locator(input).fill(text);
}

const titles = (page) => page.locator(`${rows} strong`).allInnerTexts();

test("a slash, Ctrl+K and the button open the search, and Escape returns the focus to where it was", async () => {
  const { context, page, problems } = await opened();
  const link = page.locator("main p a[href]").first();
  for (const way of ["/", "Control+k", "button"]) {
    const from = way === "button" ? page.locator("#search") : link;
    await from.focus();
    await page.keyboard.press(way === "button" ? "Enter" : way);
    await page.waitForFunction((selector) => document.activeElement?.matches(selector), input);
    assert.equal(await page.locator(input).inputValue(), "", `${way} is not typed into the box`);
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog.search[open]", { state: "detached" });
    assert.ok(await from.evaluate((element) => document.activeElement === element), `focus after ${way}`);
  }
  await page.locator("#search").click();
  await page.locator("dialog.search .close").click();
  await page.waitForSelector("dialog.search[open]", { state: "detached" });
  assert.deepEqual(problems, []);
  await context.close();
});

test("a slash typed into the search box is text", async () => {
  const { context, page } = await opened();
  await page.keyboard.press("/");
  await page.locator(input).waitFor();
  await page.keyboard.type("a/b");
  assert.equal(await page.locator(input).inputValue(), "a/b");
  await context.close();
});

test("results appear as one types, marked, and Enter opens the chosen one", async () => {
  const { context, page, problems } = await opened("index.html");
  await page.keyboard.press("/");
  await page.locator(input).waitFor();
  await page.keyboard.type("quantization");
  await page.waitForFunction((rows) => document.querySelectorAll(rows).length > 3, rows);
  await page.locator("dialog.search .status", { hasText: /^\d+ results$/ }).waitFor();
  const marked = await page.locator(`${rows}:first-child mark`).allInnerTexts();
  assert.ok(marked.length > 0 && marked.every((word) => /^quanti/i.test(word)), marked.join());

  // The list starts over when an answer of the whole book replaces one of a part: wait until it is whole.
  const chosen = () => page.locator(`${rows}[aria-selected=true]`).getAttribute("id");
  assert.equal(await chosen(), "hit-0");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen(), "hit-2");
  assert.equal(await page.locator(input).getAttribute("aria-activedescendant"), "hit-2");
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen(), "hit-1");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  const last = (await page.locator(rows).count()) - 1;
  assert.equal(await chosen(), `hit-${last}`, "from the first up is the last");
  await page.keyboard.press("ArrowDown");
  const title = (await titles(page))[0];
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog.search[open]", { state: "detached" });
  await page.waitForFunction((title) => [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6, dt)")].some((heading) => heading.textContent.includes(title) && heading.getBoundingClientRect().top < innerHeight && heading.getBoundingClientRect().top >= 0), title);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a click opens a result, and back returns", async () => {
  const { context, page } = await opened("index.html");
  await ask(page, "bandwidth");
  await page.locator(rows).first().click();
  await page.waitForFunction(() => !location.pathname.endsWith("/") && !location.pathname.endsWith("index.html"));
  await page.goBack();
  await page.waitForURL("**/index.html");
  await page.waitForFunction(() => document.querySelector("#contents [aria-current]").dataset.page === "index.html");
  await context.close();
});

test("a misspelt word and the beginning of a word find what the word finds", async () => {
  const { context, page } = await opened();
  await ask(page, "quantization");
  await page.locator(`${rows} mark`, { hasText: /^quantization$/i }).first().waitFor();
  for (const text of ["quantizaton", "quantiz", "QUANTIZATION"]) {
    await ask(page, "");
    await page.waitForFunction((rows) => !document.querySelector(rows), rows);
    await ask(page, text);
    await page.locator(`${rows} strong`, { hasText: /quanti[sz]/i }).first().waitFor();
  }
  await context.close();
});

test("what is not there is said to be not there", async () => {
  const { context, page } = await opened();
  await ask(page, "zxqvzxqv");
  await page.locator("dialog.search .status", { hasText: "Nothing found for “zxqvzxqv”." }).waitFor();
  assert.equal(await page.locator(rows).count(), 0);
  await ask(page, "");
  await page.locator("dialog.search .status", { hasText: "Type to search" }).waitFor();
  await context.close();
});

test("markup in a query is text", async () => {
  const { context, page, problems } = await opened();
  await ask(page, "<img src=x onerror=alert(1)>");
  await page.locator("dialog.search .status", { hasText: /Nothing found for “<img|results/ }).waitFor();
  assert.equal(await page.locator("dialog.search img").count(), 0);
  assert.deepEqual(problems, []);
  await context.close();
});

test("the search runs in a worker and reads the same packs as the page: no index is shipped", async () => {
  const { context, page } = await opened();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const worker = page.waitForEvent("worker");
  await ask(page, "latency");
  await worker;
  await page.locator(rows).first().waitFor();
  await page.waitForFunction(() => /^\d+ results$/.test(document.querySelector("dialog.search .status").textContent));
  const other = asked.filter((path) => !/^\/lectern\/(pack|contents|reader|source-serif)-[0-9a-z-]+\.(json|js|wasm|woff2)$/.test(path));
  assert.deepEqual(other, []);
  await context.close();
});

test("what could not be read is said to be not searched", async () => {
  const { context, page } = await opened();
  await context.route("**/lectern/contents-*.json", (route) => route.fulfill({ status: 503, body: "" }));
  await ask(page, "latency");
  await page.locator("dialog.search .status", { hasText: "Some chapters could not be read" }).waitFor();
  await context.close();
});

test("axe finds nothing while results are shown", async () => {
  const { context, page } = await opened();
  await ask(page, "latency");
  await page.locator(rows).first().waitFor();
  assert.deepEqual(await axe(page), []);
  await context.close();
});

test("Chinese, Japanese and Korean are found without spaces between words", async () => {
  const book = await makeBook({
    "book.toml": '[book]\ntitle = "書"\nlanguage = "zh"\nsrc = "."\n',
    "SUMMARY.md": "# Summary\n\n- [機器學習](one.md)\n- [日本語](two.md)\n- [한국어](three.md)\n",
    "one.md": "# 機器學習\n\n## 量化方法\n\n模型的權重可以用八位整數儲存。\n",
    "two.md": "# 日本語\n\n機械学習の推論は端末で行う。\n",
    "three.md": "# 한국어\n\n신경망의 가중치를 양자화한다.\n",
  });
  const server = await serve(book);
  const { context, page, problems } = await open(shared.browser, server.url);
  await mounted(page);
  for (const [query, title] of [["權重", "量化方法"], ["整數儲存", "量化方法"], ["端末", "日本語"], ["가중치", "한국어"]]) {
    await ask(page, "");
    await ask(page, query);
    await page.locator(`${rows}:first-child strong`, { hasText: title }).waitFor();
    const marked = (await page.locator(`${rows}:first-child mark`).allInnerTexts()).join("");
    assert.ok(marked.length > 0 && query.includes(marked[0]), `${query}: ${marked}`);
  }
  assert.deepEqual(problems, []);
  await context.close();
  await server.stop();
});

test("typing and pressing Enter in one go opens the first result of what was typed", async () => {
  const { context, page, problems } = await opened("index.html");
  await page.keyboard.press("/");
  await page.locator(input).waitFor();
  await page.keyboard.insertText("requantization");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/making-models-small.html#*");
  await page.waitForSelector("dialog.search[open]", { state: "detached" });
  assert.deepEqual(problems, []);
  await context.close();
});
