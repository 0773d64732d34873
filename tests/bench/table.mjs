// Medians, and the table that people read.

/** The middle of what was measured; null if nothing was. */
export function median(list) {
  const sorted = list.filter((value) => value !== null && value !== undefined && !Number.isNaN(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const ms = { unit: "ms", show: (value) => (value < 100 ? value.toFixed(1) : value.toFixed(0)) };
const kB = { unit: "kB", show: (value) => (value / 1000).toFixed(value < 10_000 ? 1 : 0) };
const plain = { unit: "", show: (value) => value.toFixed(0) };
const fine = { unit: "", show: (value) => value.toFixed(4) };

/** Every row: what is measured, how it is written, and the bar: at most `ratio` of mdBook's, or at most `most` by itself. */
export const rows = [
  { key: "build", label: "build, whole program (ours with .br and .gz)", ...ms, ratio: 1 },
  { key: "buildInner", label: "… its own count (ours before writing, mdBook all)", ...ms },
  { key: "bytes", label: "first page with everything, transferred", ...kB, most: 300_000 },
  { key: "early", label: "… of it before first paint", ...kB, most: 60_000 },
  { key: "requests", label: "requests", ...plain },
  { key: "fcp", label: "first contentful paint", ...ms },
  { key: "lcp", label: "largest contentful paint", ...ms, ratio: 0.6 },
  { key: "blocking", label: "total blocking time", ...ms },
  { key: "longest", label: "longest task", ...ms },
  { key: "shift", label: "layout shift", ...fine, most: 0.01 },
  { key: "turn", label: "chapter change, first", ...ms, ratio: 0.1 },
  { key: "later", label: "chapter change, later", ...ms },
  { key: "searchFirst", label: "search, opening to first results", ...ms },
  { key: "searchWhole", label: "search, opening to final results", ...ms },
  { key: "searchWarm", label: "search, warm, per query", ...ms, most: 5 },
  { key: "searchFast", label: "search, warm, CPU not slowed", ...ms },
  { key: "heap", label: "JS heap after the first page", ...kB },
  { key: "memory", label: "the page's process, private, after search", ...kB },
];

/** What a row says about ours and mdBook's numbers: ratio, and whether the bar is met (null without one). */
export function judge(row, ours, mdbook) {
  const ratio = ours === null || !mdbook ? null : ours / mdbook;
  const met = row.ratio !== undefined && ratio !== null ? ratio <= row.ratio : row.most !== undefined && ours !== null ? ours <= row.most : null;
  return { ratio, met };
}

/** The table for one book, as lines. */
export function table(result) {
  const lines = [["", "ours", "mdBook", "ratio", "bar", ""]];
  for (const row of rows) {
    const [ours, mdbook] = [result.ours[row.key] ?? null, result.mdbook[row.key] ?? null];
    const { ratio, met } = judge(row, ours, mdbook);
    const write = (value) => (value === null ? "–" : `${row.show(value)} ${row.unit}`.trim());
    const bar = row.ratio !== undefined ? `≤ ${row.ratio}×` : row.most !== undefined ? `≤ ${row.unit === "kB" ? `${row.most / 1000} kB` : `${row.most} ${row.unit}`.trim()}` : "";
    lines.push([row.label, write(ours), write(mdbook), ratio === null ? "–" : `${ratio.toFixed(2)}×`, bar, met === null ? "" : met ? "met" : "missed"]);
  }
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => [...line[column]].length)));
  return lines.map((line) => line.map((cell, column) => (column === 0 || column === 5 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join("  ").trimEnd());
}
