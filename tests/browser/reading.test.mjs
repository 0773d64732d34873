// Reading: the page before the app, mounting, links, history, scroll, find, scripts off.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { axe, fixture, launch, mounted, open, serve, watch } from "./harness.mjs";

let server, browser;
before(async () => {
  server = await serve("content");
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const chapter = "why-systems.html";
const text = (page) => page.locator("main").innerText();

/** The first paragraph on the screen: a place that does not depend on the typeface, which may differ between visits. */
const paragraph = (page) => page.evaluate(() => [...document.querySelectorAll("main p")].findIndex((p) => p.getBoundingClientRect().top > 60));
const sees = (page, index) => page.waitForFunction((index) => {
  const { top } = document.querySelectorAll("main p")[index].getBoundingClientRect();
  return scrollY > 500 && top > -100 && top < innerHeight;
}, index);

test("the app mounts over the page without changing or moving the text", async () => {
  const fresh = await browser.newContext();
  const tab = await fresh.newPage();
  const found = watch(tab, server.url);
  await tab.addInitScript(() => {
    window.shifts = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shifts += entry.value))).observe({ type: "layout-shift", buffered: true });
  });
  await tab.goto(server.url + chapter);
  const before = await tab.evaluate(() => document.querySelector("main").innerText);
  await mounted(tab);
  await tab.waitForTimeout(500);
  assert.equal(await text(tab), before);
  const shift = await tab.evaluate(() => window.shifts);
  assert.ok(shift <= 0.01, `layout shift ${shift}`);
  assert.deepEqual(found, []);
  await fresh.close();
});

test("a chapter drawn in the browser equals the page that was built", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const reference = await plain.newPage();
  const { context, page, problems } = await open(browser, server.url);
  await mounted(page);
  for (const address of ["why-systems.html", "lifecycle.html", "making-models-small.html", "glossary.html", "index.html"]) {
    await page.locator(`#contents a[data-page="${address}"]`).click();
    await page.waitForFunction((address) => document.querySelector("#contents [aria-current]")?.dataset.page === address, address);
    await reference.goto(server.url + address);
    // What the app adds is `button`s, alone or in a `nav`, and stops for Tab: without them the chapter is the same, to the byte.
    const drawn = await page.evaluate(() => {
      const copy = document.querySelector("main").cloneNode(true);
      copy.querySelectorAll(".code-tools, .zoom-button").forEach((added) => added.remove());
      // A quiz has its answers folded away where there is no app, and a form where there is one.
      copy.querySelectorAll("lectern-quiz").forEach((quiz) => quiz.replaceChildren());
      copy.querySelectorAll(".can-zoom").forEach((figure) => { figure.classList.remove("can-zoom"); if (!figure.className) figure.removeAttribute("class"); });
      copy.querySelectorAll("code[tabindex], .katex-display[tabindex]").forEach((wide) => wide.removeAttribute("tabindex"));
      copy.querySelectorAll("[tabindex='-1']").forEach((target) => target.removeAttribute("tabindex"));
      return copy.innerHTML;
    });
    const built = await reference.locator("main").evaluate((main) => {
      main.querySelectorAll("lectern-quiz").forEach((quiz) => quiz.replaceChildren());
      return main.innerHTML;
    });
    assert.equal(drawn, built, address);
    assert.equal(await page.title(), await reference.title());
  }
  assert.deepEqual(problems, []);
  await context.close();
  await plain.close();
});

test("every feature of markdown is drawn in the browser as it was built, from any folder", async () => {
  const every = await serve(fixture);
  const { context, page } = await open(browser, every.url);
  await mounted(page);
  const missing = [];
  page.on("response", (response) => response.status() === 404 && missing.push(response.url()));
  const strip = () => {
    const copy = document.querySelector("main").cloneNode(true);
    copy.querySelectorAll(".code-tools, .zoom-button").forEach((added) => added.remove());
    copy.querySelectorAll("lectern-quiz").forEach((quiz) => quiz.replaceChildren());
    copy.querySelectorAll(".can-zoom").forEach((figure) => { figure.classList.remove("can-zoom"); if (!figure.className) figure.removeAttribute("class"); });
    copy.querySelectorAll("[tabindex]:not(.table-wrapper)").forEach((stop) => stop.removeAttribute("tabindex"));
    return copy.innerHTML;
  };
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const reference = await plain.newPage();
  const addresses = await page.locator("#contents a[data-page]").evaluateAll((links) => links.map((link) => link.dataset.page));
  assert.ok(addresses.length > 10);
  for (const address of addresses) {
    await page.evaluate((address) => document.querySelector(`#contents a[data-page="${address}"]`).click(), address);
    await page.waitForFunction((address) => document.querySelector("#contents [aria-current]")?.dataset.page === address, address);
    await reference.goto(every.url + address);
    assert.equal(await page.evaluate(strip), await reference.evaluate(strip), address);
  }
  // Pictures that the fixture names and does not have are its own.
  assert.deepEqual(missing.filter((url) => url.includes("/lectern/")), []);
  await context.close();
  await plain.close();
  every.stop();
});

test("a chapter change fetches no page, and back returns to the same place", async () => {
  const { context, page, problems } = await open(browser, server.url + chapter);
  await mounted(page);
  const pages = [];
  page.on("request", (request) => request.resourceType() === "document" && pages.push(request.url()));
  await page.evaluate(() => scrollTo(0, 1500));
  await page.waitForFunction(() => history.state === 1500);
  // By key: a click would first scroll to what it clicks.
  await page.keyboard.press("ArrowRight");
  await page.waitForURL("**/lifecycle.html");
  await page.waitForFunction(() => scrollY === 0);
  await page.goBack();
  await page.waitForURL("**/why-systems.html");
  await page.waitForFunction(() => Math.abs(scrollY - 1500) < 2);
  await page.goForward();
  await page.waitForURL("**/lifecycle.html");
  await page.waitForFunction(() => document.querySelector("main h1").textContent.includes("Lifecycle"));
  assert.deepEqual(pages, []);
  assert.deepEqual(problems, []);
  await context.close();
});

test("formulas wear their style in a chapter reached from a page without any", async () => {
  const { context, page, problems } = await open(browser, server.url + "index.html");
  await mounted(page);
  assert.equal(await page.locator("main .katex").count(), 0);
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(`**/${chapter}`);
  // KaTeX writes each formula twice, and its style hides the copy for screen readers.
  await page.waitForFunction(() => getComputedStyle(document.querySelector("main .katex-mathml")).position === "absolute");
  assert.deepEqual(problems, []);
  await context.close();
});

test("a link to a heading lands below the bar, marks the outline and can be gone back from", async () => {
  const { context, page } = await open(browser, server.url + chapter);
  await mounted(page);
  const link = page.locator("#outline a").nth(2);
  const id = (await link.getAttribute("href")).slice(1);
  await link.click();
  await page.waitForFunction((id) => location.hash === `#${id}`, id);
  const top = await page.evaluate((id) => document.getElementById(id).getBoundingClientRect().top, id);
  assert.ok(top > 40 && top < 140, `heading at ${top}`);
  await page.waitForFunction(() => document.querySelector("#outline a.here"));
  await page.goBack();
  await page.waitForFunction(() => location.hash === "" && scrollY < 5);
  await context.close();
});

test("a reload keeps the place", async () => {
  const { context, page } = await open(browser, server.url + chapter);
  await mounted(page);
  await page.evaluate(() => scrollTo(0, 2200));
  await page.waitForFunction(() => history.state === 2200);
  const place = await paragraph(page);
  await page.reload();
  await sees(page, place);
  await mounted(page);
  await sees(page, place);
  await context.close();
});

test("a later visit offers to go on where the reader was", async () => {
  const { context, page, problems } = await open(browser, server.url + "lifecycle.html");
  await mounted(page);
  await page.evaluate(() => scrollTo(0, 3000));
  await page.waitForFunction(() => localStorage.getItem("lectern:/:place")?.includes("lifecycle.html"));
  const place = await paragraph(page);
  const again = await context.newPage();
  await again.goto(server.url);
  await mounted(again);
  await again.getByRole("button", { name: "Continue there" }).click();
  await again.waitForURL("**/lifecycle.html");
  await sees(again, place);
  assert.deepEqual(problems, []);
  await context.close();
});

test("with scripts off the book can be read and navigated", async () => {
  for (const width of [360, 1280]) {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width, height: 800 } });
    const page = await context.newPage();
    await page.goto(server.url + chapter);
    assert.ok((await text(page)).length > 10_000);
    assert.equal(await page.locator("#search").isVisible(), false, "a button that does nothing is not shown");
    if (width < 500) await page.locator("#menu").click();
    await page.locator('#contents a[data-page="lifecycle.html"]').click();
    await page.waitForURL("**/lifecycle.html");
    await page.locator("#pager .prev").click();
    await page.waitForURL(`**/${chapter}`);
    await context.close();
  }
});

test("an address that the book does not have says so and offers the contents", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const response = await page.goto(server.url + "no/such/page.html");
  assert.equal(response.status(), 404);
  assert.match(await text(page), /not here/);
  await page.locator('#contents a[data-page="lifecycle.html"]').click();
  await page.waitForURL("**/lifecycle.html");
  assert.match(await text(page), /Lifecycle/);
  await context.close();
});

test("a chapter that cannot be fetched leaves the page as it is and can be tried again", async () => {
  const { context, page } = await open(browser, server.url + chapter);
  let broken = true;
  await page.route("**/lectern/pack-*.json", (route) => (broken ? route.abort() : route.continue()));
  await page.reload();
  await mounted(page);
  await page.locator("#pager .next").click();
  await page.getByText("This chapter could not be loaded").waitFor();
  assert.match(page.url(), /why-systems/);
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.waitForURL("**/lifecycle.html");
  await context.close();
});

test("axe finds nothing on a chapter, in any theme", async () => {
  for (const theme of ["light", "dark", "sepia", "contrast"]) {
    const { context, page } = await open(browser, server.url);
    await page.evaluate((theme) => localStorage.setItem("lectern:settings", JSON.stringify({ version: 1, value: { theme } })), theme);
    await page.goto(server.url + chapter);
    await mounted(page);
    assert.deepEqual(await axe(page), [], theme);
    await context.close();
  }
});

test("a first visit has the book's typeface from its second chapter on, a later visit from the first paint", async () => {
  const { page, context, problems } = await open(browser, server.url + chapter);
  const face = () => page.evaluate(() => getComputedStyle(document.querySelector("main")).fontFamily);
  await mounted(page);
  assert.ok(!(await face()).includes("Serif 4"));
  const asked = () => page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".woff2") && name.includes("serif")).length);
  assert.equal(await asked(), 0, "who only looks in does not fetch fonts");
  await page.mouse.wheel(0, 400);
  await page.waitForFunction(() => localStorage.getItem("lectern:fonts"));
  await page.locator("#pager .next").click();
  await page.waitForFunction(() => getComputedStyle(document.querySelector("main")).fontFamily.startsWith('"Lectern Serif"'));
  await page.reload();
  assert.match(await face(), /^"Source Serif 4"/);
  assert.deepEqual(problems, []);
  await context.close();
});
