// What browser tests share: the real program serving a real book to real Chromium.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before } from "node:test";
import { pathToFileURL } from "node:url";

const parts = process.env.NODE_PARTS ?? "app/xtask/npm/node_modules/";
const load = (file) => import(pathToFileURL(join(parts, file)).href);
const playwright = await load("playwright-core/index.mjs");

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

const running = new Set();
process.on("exit", () => running.forEach((program) => program.kill("SIGKILL")));

/** Serves `book`; gives its address and a way to stop. */
export async function serve(book, port) {
  port ??= await freePort();
  const program = spawn(process.env.LECTERN ?? "target/release/lectern", ["serve", book, "--port", String(port)]);
  running.add(program);
  let said = "";
  program.stderr.on("data", (data) => (said += data));
  await new Promise((resolve, reject) => {
    program.stdout.on("data", (data) => String(data).includes("http://") && resolve());
    program.on("close", (code) => reject(new Error(`lectern stopped (${code}): ${said}`)));
  });
  // A test that fails leaves its server running; that must not keep the tests from ending.
  for (const part of [program, program.stdout, program.stderr]) part.unref();
  return { url: `http://127.0.0.1:${port}/`, port, stop: () => program.kill("SIGKILL") };
}

/** Headless Chromium, closed to everything but the machine itself. What is waited for comes within seconds or never. */
export async function launch() {
  const browser = await playwright.chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext({ viewport: { width: 1400, height: 800 }, ...options });
    context.setDefaultTimeout(8_000);
    return context;
  };
  return browser;
}

/** Serves `book` (a folder, or files by name for a book made for the test) to the tests of a file, with a browser. */
export function setting(book) {
  const shared = {};
  before(async () => {
    shared.book = typeof book === "string" ? book : await makeBook(book);
    shared.server = await serve(shared.book);
    shared.url = shared.server.url;
    shared.browser = await launch();
    shared.open = (address = "", options = {}) => open(shared.browser, shared.url + address, options);
  });
  after(async () => {
    await shared.browser?.close();
    await shared.server?.stop();
    if (typeof book !== "string") await rm(shared.book, { recursive: true, force: true });
  });
  return shared;
}

/** Writes `files` (text by name) into a new folder and gives its path. */
export async function makeBook(files) {
  const folder = await mkdtemp(join(tmpdir(), "lectern-test-"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** A phone of `width` CSS pixels. */
export const phone = (width = 360) => ({ viewport: { width, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

/**
 * A page that fails the test on an error in the console, an uncaught exception, or a request to any other host.
 * `problems` holds what happened.
 */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems = watch(page, new URL(url).origin);
  await page.goto(url);
  return { context, page, problems };
}

export function watch(page, origin) {
  const problems = [];
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()} ${message.location().url}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:") && !url.startsWith("blob:")) problems.push(`asked another host: ${url}`);
  });
  return problems;
}

/** Waits until the app is mounted over the page. */
export const mounted = (page) => page.waitForSelector("html[data-mounted]", { state: "attached" });

/**
 * What axe-core finds wrong, as lines. Not asked: whether a table's head has empty cells, since that is the author's
 * text, which the reader shows as it is.
 */
export async function axe(page) {
  await page.addScriptTag({ path: join(parts, "axe-core/axe.min.js") });
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"], rules: { "empty-table-header": { enabled: false } } }));
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target} — ${node.failureSummary}`));
}
