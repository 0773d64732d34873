// What runs inside the measured page. Each function is sent to the browser as text, so it uses nothing around it.

/** Runs before anything else in every document: collects what the browser reports, and ends a chapter change. */
export function observe() {
  const bench = (window.bench = { lcp: 0, fcp: 0, shift: 0, blocking: 0, longest: 0, changed: null });
  const watch = (type, use) => new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => (bench.lcp = entry.startTime));
  watch("paint", (entry) => entry.name === "first-contentful-paint" && (bench.fcp = entry.startTime));
  watch("layout-shift", (entry) => !entry.hadRecentInput && (bench.shift += entry.value));
  watch("longtask", (entry) => {
    bench.blocking += Math.max(0, entry.duration - 50);
    bench.longest = Math.max(bench.longest, entry.duration);
  });
  // A chapter change begins with a click, perhaps in the document before this one, and ends when another title is painted.
  bench.await = () => {
    const from = JSON.parse(sessionStorage.getItem("bench:from") ?? "null");
    if (!from) return;
    const look = () => {
      const title = document.querySelector("main h1")?.textContent.trim();
      if (!title || title === from.title) return requestAnimationFrame(look);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          sessionStorage.removeItem("bench:from");
          bench.changed = { title, took: performance.timeOrigin + performance.now() - from.at };
        };
        port2.postMessage(null);
      });
    };
    look();
  };
  bench.await();
}

/** Clicks on `next` and starts the clock. */
export function turn(next) {
  window.bench.changed = null;
  const link = document.querySelector(next);
  if (!link) throw new Error(`no ${next} on ${location}`);
  const title = document.querySelector("main h1").textContent.trim();
  sessionStorage.setItem("bench:from", JSON.stringify({ title, at: performance.timeOrigin + performance.now() }));
  window.bench.await();
  link.click();
}

/**
 * Opens the search, asks `query` as soon as there is a field to type in, and waits until the list has been still for a
 * while. Gives milliseconds from the opening to the first results and to the last change of the list.
 */
export async function searchCold({ open, input, results, query }) {
  const shown = (selector) => {
    const element = document.querySelector(selector);
    return element && element.getClientRects().length > 0 ? element : null;
  };
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const start = performance.now();
  const button = open.click && document.querySelector(open.click);
  if (button) button.click();
  else document.body.dispatchEvent(new KeyboardEvent("keydown", { key: open.key, bubbles: true }));
  let field;
  while (!(field = shown(input))) {
    if (performance.now() - start > 60_000) throw new Error(`no ${input} to type in`);
    await pause(0);
  }
  const list = document.querySelector(results);
  let first = null, last = null;
  const observer = new MutationObserver(() => {
    if (!list.querySelector("li")) return;
    last = performance.now() - start;
    first ??= last;
  });
  observer.observe(list, { childList: true, subtree: true, characterData: true, attributes: true });
  field.focus();
  field.value = query;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  while (last === null || performance.now() - start - last < 2500) {
    if (performance.now() - start > 60_000) throw new Error(`no results for ${query}`);
    await pause(50);
  }
  observer.disconnect();
  return { first, last };
}

/** Milliseconds from each query's input event to its results in the document; null where the list did not change. */
export async function searchWarm({ input, results, queries }) {
  const field = document.querySelector(input), list = document.querySelector(results);
  const times = [];
  for (const query of queries) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    times.push(await new Promise((resolve) => {
      const start = performance.now();
      const done = (time) => (observer.disconnect(), clearTimeout(late), resolve(time));
      const observer = new MutationObserver(() => list.querySelector("li") && done(performance.now() - start));
      observer.observe(list, { childList: true, subtree: true, characterData: true, attributes: true });
      const late = setTimeout(() => done(null), 5000);
      field.value = query;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    }));
  }
  return times;
}
