// One static file server for both editions, and the compressed variants it sends.
import { createServer } from "node:http";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
  ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8",
};
const shrinks = new Set([".html", ".css", ".js", ".json", ".wasm", ".svg", ".txt"]);

// What `lectern build` uses for text made of the book, and what its release build uses for the reader itself.
const BOOK_QUALITY = 6;
const PROGRAM_QUALITY = 11;

/**
 * Writes `.br` beside the files that have none, as `lectern build` does for its own: quickly for what is made of the
 * book, as small as possible for what comes with the program and can be compressed once and for all.
 */
export function compress(root) {
  for (const path of files(root)) {
    const ending = extname(path);
    if (!shrinks.has(ending) || existsSync(`${path}.br`)) continue;
    const ofBook = ending === ".html" || path.includes("searchindex") || path.includes("toc-");
    const plain = readFileSync(path);
    const small = brotliCompressSync(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: ofBook ? BOOK_QUALITY : PROGRAM_QUALITY, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    });
    if (small.length < plain.length) writeFileSync(`${path}.br`, small);
  }
}

/** Serves `root` from memory. `seen` has one entry for each answer: path and bytes of its body. */
export async function serve(root) {
  const held = new Map(files(root).map((path) => [relative(root, path), readFileSync(path)]));
  const seen = [];
  const server = createServer((request, response) => {
    let path = decodeURIComponent(new URL(request.url, "http://host").pathname).slice(1);
    if (path === "" || path.endsWith("/")) path += "index.html";
    const plain = held.get(path);
    if (!plain) {
      seen.push({ path, bytes: 0 });
      return response.writeHead(404).end();
    }
    const small = /\bbr\b/.test(request.headers["accept-encoding"] ?? "") && held.get(`${path}.br`);
    const body = small || plain;
    const headers = {
      "content-type": types[extname(path)] ?? "application/octet-stream",
      "content-length": body.length,
      "cache-control": path.endsWith(".html") ? "no-cache" : "public, max-age=31536000, immutable",
      vary: "accept-encoding",
    };
    if (small) headers["content-encoding"] = "br";
    response.writeHead(200, headers).end(body);
    seen.push({ path, bytes: body.length });
  });
  server.keepAliveTimeout = 120_000;
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () => (server.closeAllConnections(), server.close());
  return { url: `http://127.0.0.1:${server.address().port}/`, seen, stop };
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}
