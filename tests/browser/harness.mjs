// What browser tests share: the real program serving a real book to real Chromium.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const parts = process.env.NODE_PARTS ?? "app/xtask/npm/node_modules/";
const load = (file) => import(pathToFileURL(join(parts, file)).href);
const playwright = await load("playwright-core/index.js");

export const fixture = "tests/fixtures/every-feature";

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Serves `book`; gives its address and a way to stop. */
export async function serve(book, port) {
  port ??= await freePort();
  const program = spawn(process.env.LECTERN ?? "target/release/lectern", ["serve", book, "--port", String(port)]);
  let said = "";
  program.stderr.on("data", (data) => (said += data));
  await new Promise((resolve, reject) => {
    program.stdout.on("data", (data) => String(data).includes("http://") && resolve());
    program.on("exit", (code) => reject(new Error(`lectern stopped (${code}): ${said}`)));
  });
  return { url: `http://127.0.0.1:${port}/`, port, stop: () => new Promise((resolve) => { program.on("exit", resolve); program.kill("SIGKILL"); }) };
}

/** Headless Chromium, closed to everything but the machine itself. */
export function launch() {
  return playwright.chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/**
 * A page that fails the test on an error in the console, an uncaught exception, or a request to any other host.
 * `problems` holds what happened.
 */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const problems = watch(page, new URL(url).origin);
  await page.goto(url);
  return { context, page, problems };
}

export function watch(page, origin) {
  const problems = [];
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:") && !url.startsWith("blob:")) problems.push(`asked another host: ${url}`);
  });
  return problems;
}

/** Waits until the app is mounted over the page. */
export const mounted = (page) => page.waitForSelector("html[data-mounted]", { state: "attached" });

/** What axe-core finds wrong, as lines. */
export async function axe(page) {
  await page.addScriptTag({ path: join(parts, "axe-core/axe.min.js") });
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target} — ${node.failureSummary}`));
}
