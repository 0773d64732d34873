// Measures one edition once, in a browser with an empty cache.
import { observe, searchCold, searchWarm, turn } from "./inpage.mjs";
import { Line } from "./line.mjs";
import { privateMemory } from "./memory.mjs";
import { median } from "./table.mjs";

/** What the readers' machines and lines are taken to be. */
export const throttle = { cpu: 4, down: 1.6e6, up: 0.75e6, latency: 150 };

/** How to drive each edition. */
export const editions = {
  ours: { ready: "html[data-mounted]", next: "#pager .next", open: { click: "#search" }, input: "dialog.search input", results: "#hits" },
  mdbook: { ready: "main h1", next: ".nav-chapters.next", open: { key: "s" }, input: "#mdbook-searchbar", results: "#mdbook-searchresults" },
};

/** Opens `address`; gives the page, ready and quiet, and a count of what came over the line. */
async function visit(browser, server, edition, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const line = new Line(cdp);
  await cdp.send("Network.enable");
  await cdp.send("Page.enable");
  await cdp.send("Page.setLifecycleEventsEnabled", { enabled: true });
  await cdp.send("Performance.enable");
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: throttle.latency, downloadThroughput: throttle.down / 8, uploadThroughput: throttle.up / 8 });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: throttle.cpu });
  await page.addInitScript(observe);
  const before = server.seen.length;
  await page.goto(server.url + address, { waitUntil: "load", timeout: 120_000 });
  await page.waitForSelector(edition.ready, { state: "attached", timeout: 120_000 });
  await line.quiet();
  return { context, page, cdp, line, answers: () => server.seen.slice(before) };
}

/** Loads `address`, then goes on to the next chapter three times. */
export async function reading(browser, server, edition, address) {
  const { context, page, cdp, line, answers } = await visit(browser, server, edition, address);
  const seen = await page.evaluate(() => window.bench);
  const sent = answers(), arrived = line.count();
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  const { metrics } = await cdp.send("Performance.getMetrics");
  await cdp.send("HeapProfiler.disable");
  const turns = [];
  for (let step = 0; step < 3; step++) {
    await page.evaluate(turn, edition.next);
    await page.waitForFunction(() => window.bench?.changed, null, { timeout: 60_000 });
    turns.push((await page.evaluate(() => window.bench.changed)).took);
    await line.quiet();
  }
  await context.close();
  // The browser does not tell this session what a worker asks for; the server does, less the headers.
  const bodies = sent.reduce((total, { bytes }) => total + bytes, 0);
  return {
    bytes: Math.max(arrived.total, bodies), early: arrived.early, requests: sent.length, kinds: arrived.kinds,
    fcp: seen.fcp, lcp: seen.lcp, blocking: seen.blocking, longest: seen.longest, shift: seen.shift,
    heap: metrics.find(({ name }) => name === "JSHeapUsedSize").value, turn: turns[0], later: median(turns.slice(1)),
  };
}

/** Loads `address`, then searches: the first query cold, all of them warm, and again on an unthrottled processor. */
export async function searching(browser, server, edition, address, queries) {
  const { context, page, cdp } = await visit(browser, server, edition, address);
  const cold = await page.evaluate(searchCold, { ...edition, query: queries[0] });
  const asked = { ...edition, queries: queries.slice(1) };
  const warm = await page.evaluate(searchWarm, asked);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  const fast = await page.evaluate(searchWarm, asked);
  const taken = await privateMemory(browser);
  await context.close();
  return { searchFirst: cold.first, searchWhole: cold.last, searchWarm: median(warm), searchFast: median(fast), memory: taken, unanswered: [...warm, ...fast].filter((time) => time === null).length };
}
