// Memory of the process that shows the page: scripts, WebAssembly, workers and layout together.
import { readFileSync } from "node:fs";

/** Bytes that the largest of the browser's page processes has to itself; null where the system does not tell. */
export async function privateMemory(browser) {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    const sizes = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => {
      const lines = readFileSync(`/proc/${id}/smaps_rollup`, "utf8").matchAll(/^Private_\w+:\s+(\d+) kB$/gm);
      return [...lines].reduce((sum, [, size]) => sum + Number(size) * 1024, 0);
    });
    return sizes.length > 0 ? Math.max(...sizes) : null;
  } catch {
    return null;
  } finally {
    await session.detach();
  }
}
