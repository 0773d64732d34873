// Storage that is blocked, full, damaged or newer: reading works, the reader is told, nothing is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mounted, setting } from "./harness.mjs";

const shared = setting("content");

/** Opens a chapter after `prepare` ran in the page before any other script. */
async function opened(prepare, argument) {
  const context = await shared.browser.newContext();
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.addInitScript(prepare, argument);
  await page.goto(shared.url + "why-systems.html");
  await mounted(page);
  return { context, page, problems };
}

const notice = (page, text) => page.locator(".notice", { hasText: text });

/** The book can be read, turned and set. */
async function reads(page) {
  await page.keyboard.press("ArrowRight");
  await page.waitForURL("**/lifecycle.html");
  await page.waitForFunction(() => document.querySelector("main h1").textContent.includes("Lifecycle"));
  await page.locator("#settings").click();
  await page.locator("dialog.settings[open] input[value=dark]").check({ force: true });
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  await page.keyboard.press("Escape");
}

test("blocked storage", async () => {
  const { context, page, problems } = await opened(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
  });
  await notice(page, "does not let the book store anything").waitFor();
  await reads(page);
  assert.equal(await notice(page, "does not let the book store anything").count(), 1, "said once");
  assert.deepEqual(problems, []);
  await context.close();
});

test("full storage", async () => {
  const { context, page, problems } = await opened(() => {
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
  });
  await reads(page);
  await notice(page, "storage is full").waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test("damaged settings are set aside, not thrown away", async () => {
  for (const damaged of ['{"version":1,"val', "7", '{"version":1,"value":{"size":"large"}}', "null"]) {
    const { context, page, problems } = await opened((damaged) => {
      if (!sessionStorage.getItem("once")) {
        sessionStorage.setItem("once", "1");
        localStorage.setItem("lectern:settings", damaged);
      }
    }, damaged);
    await notice(page, "were set aside").waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem("lectern:settings:damaged")), damaged);
    await reads(page);
    await page.reload();
    await mounted(page);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark", "what is set from then on is kept");
    assert.equal(await notice(page, "were set aside").count(), 0);
    assert.deepEqual(problems, [], damaged);
    await context.close();
  }
});

test("damaged reading marks and a damaged place do not stop the app", async () => {
  const { context, page, problems } = await opened(() => {
    localStorage.setItem("lectern:/:read", "[[[");
    localStorage.setItem("lectern:/:place", '{"version":1,"value":{"address":7}}');
  });
  await reads(page);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a newer version's settings are left alone", async () => {
  const newer = '{"version":99,"value":{"theme":"aurora","later":true}}';
  const { context, page, problems } = await opened((newer) => localStorage.setItem("lectern:settings", newer), newer);
  await notice(page, "newer version of this book").waitFor();
  await reads(page);
  assert.equal(await page.evaluate(() => localStorage.getItem("lectern:settings")), newer);
  assert.deepEqual(problems, []);
  await context.close();
});

test("a notice can be dismissed by keyboard", async () => {
  const { context, page } = await opened(() => localStorage.setItem("lectern:settings", "7"));
  await notice(page, "were set aside").getByRole("button", { name: "Dismiss" }).press("Enter");
  await notice(page, "were set aside").waitFor({ state: "detached" });
  await context.close();
});
