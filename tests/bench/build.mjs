// Builds a book with both programs, and times it.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { median } from "./table.mjs";

const run = (program, args) => {
  const start = performance.now();
  const said = execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, RUST_LOG: "error" } });
  return { wall: performance.now() - start, said };
};

const editions = {
  ours: (book, out) => {
    const { wall, said } = run(process.env.LECTERN, ["build", book, "--out", out]);
    const split = said.match(/\(([\d.]+) s of it building\)/);
    return { build: wall, inner: split && Number(split[1]) * 1000 };
  },
  mdbook: (book, out) => {
    const { wall, said } = run(process.env.PEER, [book, out]);
    return { build: wall, inner: Number(said) * 1000 };
  },
};

/**
 * Copies `book` to `to`. Styles and scripts that its `book.toml` adds but that are not there become empty files, so that
 * both editions ask for the same and neither waits for a page that says 404.
 */
export function copy(book, to) {
  cpSync(book, to, { recursive: true });
  const settings = readFileSync(join(to, "book.toml"), "utf8");
  for (const [, list] of settings.matchAll(/^additional-(?:css|js)\s*=\s*\[([^\]]*)\]/gm)) {
    for (const [, file] of list.matchAll(/"([^"]+)"/g)) {
      if (existsSync(join(to, file))) continue;
      mkdirSync(dirname(join(to, file)), { recursive: true });
      writeFileSync(join(to, file), "");
    }
  }
}

/** Builds `book` into `outs.ours` and `outs.mdbook`, `runs` times in turn after one that does not count. */
export function build(book, outs, runs) {
  const times = { ours: [], mdbook: [] };
  for (let round = 0; round <= runs; round++) {
    for (const [name, make] of Object.entries(editions)) {
      rmSync(outs[name], { recursive: true, force: true });
      const time = make(book, outs[name]);
      if (round > 0) times[name].push(time);
    }
  }
  const medians = (list) => ({ build: median(list.map((time) => time.build)), buildInner: median(list.map((time) => time.inner)) });
  return { ours: medians(times.ours), mdbook: medians(times.mdbook) };
}
