// The race `cargo xtask bench read`: the same books as our edition and as mdBook's, read in the same browser.
//
// Nothing fails here: a missed bar is printed. `--json` prints numbers, `--quick` measures once instead of five times.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { launch } from "../browser/harness.mjs";
import { build, copy } from "./build.mjs";
import { editions, reading, searching, throttle } from "./measure.mjs";
import { compress, serve } from "./static.mjs";
import { judge, median, rows, table } from "./table.mjs";

process.env.LECTERN ??= "target/release/lectern";
process.env.PEER ??= "target/release/peer-mdbook";

// A chapter of ordinary length to open, and words that the book has; the first is the one asked cold.
const known = [
  { book: "../shared/books/nomicon", chapter: "subtyping.html", queries: ["ownership", "borrow", "drop check", "variance", "allocator", "uninitialized", "send sync", "phantom", "panic", "transmute"] },
  { book: "../shared/books/cairo-book", chapter: "ch04-01-what-is-ownership.html", queries: ["ownership", "trait", "felt252", "contract storage", "snapshot", "dictionary", "macro", "loop", "enum", "panic"] },
];
const own = { book: "content", chapter: "why-systems.html", queries: ["quantization", "latency", "model", "training data", "memory", "weights", "cost", "monitoring"] };

const json = process.argv.includes("--json");
const runs = process.argv.includes("--quick") ? 1 : 5;
const present = known.filter(({ book }) => existsSync(join(book, "book.toml")));
const books = present.length > 0 ? present : [own];
const say = (line) => process.stderr.write(`${line}\n`);

// Other work on the machine makes every number worse, and ours and mdBook's not by the same factor.
const load = [loadavg()[0]];
const browser = await launch();
const results = [];
try {
  for (const one of books) results.push(await race(one));
} finally {
  await browser.close();
}

const about = {
  chromium: browser.version(),
  mdbook: readFileSync("Cargo.lock", "utf8").match(/name = "mdbook-driver"\nversion = "([^"]+)"/)?.[1],
  node: process.version,
  processor: `${cpus().length} × ${cpus()[0]?.model}`,
  load: [...load, loadavg()[0]],
  runs,
  throttle,
};
if (json) {
  console.log(JSON.stringify({ about, books: results }, null, 2));
} else {
  console.log(`Chromium ${about.chromium}, mdBook ${about.mdbook}, Node ${about.node}, ${about.processor}, load ${about.load.map((one) => one.toFixed(1)).join(" to ")}`);
  console.log(`empty cache, ${throttle.cpu}× slower CPU (the page's main thread; a worker is not slowed), ${throttle.down / 1e6} Mbit/s, ${throttle.latency} ms; medians of ${runs}`);
  for (const result of results) {
    console.log(`\n${result.name}, ${result.pages} pages, opened at ${result.chapter}`);
    for (const line of table(result)) console.log(`  ${line}`);
  }
}

/** Builds one book twice, serves both editions the same way, and measures them in turn. */
async function race({ book, chapter, queries }) {
  const folder = mkdtempSync(join(tmpdir(), "lectern-bench-"));
  const outs = { ours: join(folder, "ours"), mdbook: join(folder, "mdbook") };
  const servers = {};
  try {
    say(`${book}: building`);
    copy(book, join(folder, "book"));
    const times = build(join(folder, "book"), outs, runs);
    Object.values(outs).forEach(compress);
    for (const name of Object.keys(editions)) servers[name] = await serve(outs[name]);
    const all = { ours: [], mdbook: [] };
    for (let round = 1; round <= runs; round++) {
      for (const [name, edition] of Object.entries(editions)) {
        say(`${book}: ${name}, run ${round} of ${runs}`);
        const read = await reading(browser, servers[name], edition, chapter);
        const searched = await searching(browser, servers[name], edition, chapter, queries);
        all[name].push({ ...read, ...searched });
      }
    }
    const result = { name: basename(book), chapter, pages: pages(outs.ours), ours: {}, mdbook: {}, bars: {} };
    for (const name of Object.keys(editions)) {
      result[name] = { ...medians(all[name]), ...times[name], kinds: all[name][0].kinds };
    }
    for (const row of rows) result.bars[row.key] = { most: row.most, mostRatio: row.ratio, ...judge(row, result.ours[row.key] ?? null, result.mdbook[row.key] ?? null) };
    return result;
  } finally {
    Object.values(servers).forEach((server) => server.stop());
    rmSync(folder, { recursive: true, force: true });
  }
}

function medians(all) {
  const keys = Object.keys(all[0]).filter((key) => key !== "kinds");
  return Object.fromEntries(keys.map((key) => [key, median(all.map((run) => run[key]))]));
}

/** How many chapters our edition has. */
function pages(out) {
  const index = readFileSync(join(out, "index.html"), "utf8");
  return new Set([...index.matchAll(/data-page="([^"]+)"/g)].map(([, page]) => page)).size;
}
