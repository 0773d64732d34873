// Broken books: whatever is wrong in them, what is right is served and read.
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { after, before, test } from "node:test";
import { launch, makeBook, mounted, open, serve } from "./harness.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Serves a book made of `files`, opens `address`, and hands the page to `check`. */
async function read(files, address, check) {
  const book = await makeBook(files);
  const server = await serve(book);
  const { context, page, problems } = await open(browser, server.url + address);
  await mounted(page);
  await check(page);
  assert.deepEqual(problems, []);
  await context.close();
  await server.stop();
  await rm(book, { recursive: true, force: true });
}

const toml = '[book]\ntitle = "Broken"\nsrc = "."\n';
const text = (page) => page.locator("main").innerText();

test("missing includes leave a mark in their place and the rest of the chapter", async () => {
  const files = {
    "book.toml": toml,
    "SUMMARY.md": "- [One](one.md)\n- [Two](two.md)\n",
    "one.md": "# One\n\nBefore.\n\n{{#include nowhere.rs}}\n\n{{#include one.md:9000:9001}}\n\n{{#include}}\n\n{{#unknown x}}\n\n{{#include one.md}}\n\nAfter.\n",
    "two.md": "# Two\n\n```rust\n{{#rustdoc_include nowhere.rs:anchor}}\n```\n\n{{#playground nowhere.rs}}\n\nEnd.\n",
  };
  await read(files, "one.html", async (page) => {
    const first = await text(page);
    assert.match(first, /Before\./);
    assert.match(first, /nowhere\.rs/);
    assert.match(first, /After\./);
    await page.keyboard.press("ArrowRight");
    await page.waitForURL("**/two.html");
    await page.waitForFunction(() => document.querySelector("main").textContent.includes("End."));
    assert.match(await text(page), /nowhere\.rs/);
  });
});

test("a chapter whose file is missing, twice the same file, and lines that are no list do not stop the others", async () => {
  const files = {
    "book.toml": toml,
    "SUMMARY.md": "# Summary\n\nwhat is this\n\n- [Gone](gone.md)\n- [One](one.md)\n- [Again](one.md)\n  - [Up](../../../etc/passwd.md)\n- not a link\n- [Unclosed](\n\n***\n\n- [Two](two.md)\n",
    "one.md": "# One\n\nText of one.\n",
    "two.md": "# Two\n\nText of two.\n",
  };
  await read(files, "one.html", async (page) => {
    assert.match(await text(page), /Text of one\./);
    for (const link of await page.locator("#contents a[data-page]").all()) {
      await link.click();
      const address = await link.getAttribute("data-page");
      await page.waitForFunction((address) => [...document.querySelectorAll("#contents [aria-current]")].some((link) => link.dataset.page === address), address);
      assert.doesNotMatch(await text(page), /root:/, address);
    }
    assert.match(await page.locator("#contents").innerText(), /Gone/);
  });
});

test("a book.toml that cannot be read gives the defaults", async () => {
  for (const broken of ["[book\ntitle = ", 'book = "x"\n', "[book]\ntitle = 7\nlanguage = []\n[output.html]\nfold = 3\n", "\u0000\u0001"]) {
    // Without a readable `src` chapters are where mdBook looks: in `src`.
    const files = { "book.toml": broken, "src/SUMMARY.md": "- [One](one.md)\n", "src/one.md": "# One\n\nText of one.\n" };
    await read(files, "one.html", async (page) => assert.match(await text(page), /Text of one\./, broken));
  }
});

test("a folder that is no book is refused with what to do", async () => {
  const book = await makeBook({ "notes.txt": "no book" });
  await assert.rejects(serve(book), /is not a book.*lectern new/);
  await rm(book, { recursive: true, force: true });
});

test("a book without chapters is served and says so", async () => {
  for (const files of [{ "book.toml": toml, "SUMMARY.md": "# Summary\n" }, { "book.toml": toml }]) {
    const book = await makeBook(files);
    const server = await serve(book);
    const context = await browser.newContext();
    const page = await context.newPage();
    const thrown = [];
    page.on("pageerror", (error) => thrown.push(error.message));
    const response = await page.goto(server.url);
    assert.ok(response.status() < 500, `HTTP ${response.status()}`);
    assert.ok((await page.locator("body").innerText()).trim().length > 0, "the page says something");
    assert.deepEqual(thrown, []);
    await context.close();
    await server.stop();
    await rm(book, { recursive: true, force: true });
  }
});

test("markup that never ends stays inside the chapter", async () => {
  const files = {
    "book.toml": toml,
    "SUMMARY.md": "- [One](one.md)\n- [Two](two.md)\n",
    "one.md": "# One\n\n<div><span class=\"\n\n</main></body></html>\n\n```rust\nfn never() {\n",
    "two.md": "# Two\n\n</div></main><table><tr>\n\nText of two.\n",
  };
  await read(files, "two.html", async (page) => {
    assert.match(await text(page), /Text of two\./);
    assert.equal(await page.locator("main").count(), 1);
    assert.ok(await page.locator("#contents").isVisible());
    await page.locator("#pager .prev").click();
    await page.waitForURL("**/one.html");
    await page.waitForFunction(() => document.querySelector("main").textContent.includes("fn never()"));
    assert.equal(await page.locator("#pager .next").count(), 1, "the pager is still there");
  });
});
