// Reading settings: each takes effect at once, survives a reload without a flash, and works by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, mounted, setting } from "./harness.mjs";

const shared = setting("content");
const panel = "dialog.settings[open]";
const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const style = (page, name) => page.evaluate((name) => getComputedStyle(document.querySelector("main p"))[name], name);

async function opened(options) {
  const tab = await shared.open("why-systems.html", options);
  await mounted(tab.page);
  await tab.page.locator("#settings").click();
  await tab.page.waitForSelector(panel);
  return tab;
}

const choose = (page, name, value) => page.locator(`${panel} input[name=${name}][value=${value}]`).check({ force: true });

test("each theme has its own paper, and the text can be read on it", async () => {
  const { context, page } = await opened();
  const papers = new Set();
  for (const theme of ["light", "sepia", "dark", "contrast"]) {
    await choose(page, "theme", theme);
    await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, theme);
    papers.add(await paper(page));
  }
  assert.equal(papers.size, 4, [...papers].join(" "));
  await context.close();
});

test("the automatic theme is the system's", async () => {
  const { context, page } = await opened({ colorScheme: "dark" });
  const dark = await paper(page);
  await page.emulateMedia({ colorScheme: "light" });
  assert.notEqual(await paper(page), dark);
  await choose(page, "theme", "dark");
  await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  assert.equal(await paper(page), dark, "chosen dark is the system's dark");
  await context.close();
});

test("size, width and typeface change the text", async () => {
  const { context, page } = await opened();
  const size = () => style(page, "fontSize").then(parseFloat);
  const normal = await size();
  await page.getByRole("button", { name: "Larger" }).click();
  await page.waitForFunction((normal) => parseFloat(getComputedStyle(document.querySelector("main p")).fontSize) > normal, normal);
  assert.equal(await page.locator(`${panel} output`).innerText(), "110 %");
  assert.ok(Math.abs((await size()) / normal - 1.1) < 0.01);
  await page.getByRole("button", { name: "Smaller" }).click();
  await page.getByRole("button", { name: "Smaller" }).click();
  await page.waitForFunction((normal) => parseFloat(getComputedStyle(document.querySelector("main p")).fontSize) < normal, normal);
  for (let press = 0; press < 4 && (await page.getByRole("button", { name: "Smaller" }).isEnabled()); press++) await page.getByRole("button", { name: "Smaller" }).click();
  assert.equal(await page.getByRole("button", { name: "Smaller" }).isEnabled(), false, "there is a smallest size");

  const widths = [];
  for (const width of ["narrow", "medium", "wide"]) {
    await choose(page, "width", width);
    await page.waitForFunction((width) => document.documentElement.dataset.width === width, width);
    widths.push(parseFloat(await style(page, "width")));
  }
  assert.ok(widths[0] < widths[1] && widths[1] < widths[2], widths.join());

  const faces = new Set();
  for (const face of ["serif", "sans", "system"]) {
    await choose(page, "typeface", face);
    await page.waitForFunction((face) => document.documentElement.dataset.typeface === face, face);
    faces.add(await style(page, "fontFamily"));
  }
  assert.equal(faces.size, 3, [...faces].join(" | "));
  await context.close();
});

test("a reload wears the settings before the app is there", async () => {
  const { context, page } = await opened();
  await choose(page, "theme", "dark");
  await choose(page, "width", "wide");
  await choose(page, "typeface", "sans");
  await page.getByRole("button", { name: "Larger" }).click();
  await page.waitForFunction(() => localStorage.getItem("lectern:settings")?.includes("110"));
  const worn = async (page) => [await paper(page), await style(page, "fontSize"), await style(page, "width"), await style(page, "fontFamily")];
  const before = await worn(page);
  // Without its module the app never mounts: what is seen is what the page itself does.
  await page.route("**/lectern/reader-*", (route) => route.abort());
  await page.reload();
  assert.equal(await page.locator("html[data-mounted]").count(), 0);
  assert.deepEqual(await worn(page), before);
  await page.unroute("**/lectern/reader-*");
  await page.reload();
  await mounted(page);
  assert.deepEqual(await worn(page), before);
  await page.locator("#settings").click();
  assert.ok(await page.locator(`${panel} input[value=dark]`).isChecked(), "the panel shows what is set");
  await context.close();
});

test("reset brings the defaults back", async () => {
  const { context, page } = await opened();
  const before = [await paper(page), await style(page, "fontSize"), await style(page, "width")];
  await choose(page, "theme", "contrast");
  await choose(page, "width", "narrow");
  await page.getByRole("button", { name: "Larger" }).click();
  await page.waitForFunction(() => document.documentElement.style.getPropertyValue("--text-scale") > "1");
  await page.getByRole("button", { name: "Back to the defaults" }).click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === "auto");
  assert.deepEqual([await paper(page), await style(page, "fontSize"), await style(page, "width")], before);
  assert.ok(await page.locator(`${panel} input[name=theme][value=auto]`).isChecked());
  await context.close();
});

test("everything works by keyboard alone", async () => {
  const { context, page, problems } = await shared.open("why-systems.html");
  await mounted(page);
  await page.locator("#settings").focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector(panel);
  const seen = new Set();
  // Ten stops are enough to come around the panel.
  for (let press = 0; press < 10; press++) {
    await page.keyboard.press("Tab");
    seen.add(await page.evaluate(() => {
      const at = document.activeElement;
      return at?.closest("dialog.settings") ? at.name || at.getAttribute("aria-label") || at.textContent.trim() : "";
    }));
  }
  for (const stop of ["theme", "Larger", "width", "typeface", "Back to the defaults"]) assert.ok(seen.has(stop), `${stop} is not among ${[...seen]}`);
  await page.locator(`${panel} input[name=theme]:checked`).focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
  await page.keyboard.press("Escape");
  await page.waitForSelector(panel, { state: "detached" });
  assert.ok(await page.evaluate(() => document.activeElement.id === "settings"), "focus returns to the button");
  assert.deepEqual(problems, []);
  await context.close();
});

test("the contents can be put away on a wide screen and stay away", async () => {
  const { context, page } = await shared.open("why-systems.html");
  await mounted(page);
  await page.locator("#menu").click();
  await page.locator("#contents").waitFor({ state: "hidden" });
  assert.equal(await page.locator("#menu").getAttribute("aria-expanded"), "false");
  await page.waitForFunction(() => localStorage.getItem("lectern:settings")?.includes('"contents":false'));
  await page.reload();
  await mounted(page);
  assert.equal(await page.locator("#contents").isVisible(), false);
  await page.locator("#menu").click();
  await page.locator("#contents").waitFor({ state: "visible" });
  await context.close();
});

test("axe finds nothing in the panel, in any theme", async () => {
  const { context, page } = await opened();
  for (const theme of ["light", "sepia", "dark", "contrast"]) {
    await choose(page, "theme", theme);
    await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, theme);
    assert.deepEqual(await axe(page), [], theme);
  }
  await context.close();
});
