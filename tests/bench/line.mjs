// What came over the line, and when, as the browser tells it.

// How long nothing must have arrived before a page counts as all there, and how long a request may hang.
const QUIET = 2000, STUCK = 20_000;

/** Listens to a page's session from before the page is opened. */
export class Line {
  #requests = new Map();
  #open = new Set();
  #latest = Date.now();
  #paint = null;

  constructor(cdp) {
    const request = (id) => this.#requests.get(id) ?? this.#requests.set(id, { kind: "Other", chunks: [], bytes: 0, end: null }).get(id);
    const end = (id) => (this.#open.delete(id), (this.#latest = Date.now()));
    cdp.on("Network.requestWillBeSent", ({ requestId, type }) => (this.#open.add(requestId), (request(requestId).kind = type)));
    cdp.on("Network.dataReceived", ({ requestId, timestamp, dataLength }) => {
      request(requestId).chunks.push({ timestamp, share: dataLength });
      this.#latest = Date.now();
    });
    cdp.on("Network.loadingFinished", ({ requestId, timestamp, encodedDataLength }) => {
      Object.assign(request(requestId), { bytes: encodedDataLength, end: timestamp });
      end(requestId);
    });
    cdp.on("Network.loadingFailed", ({ requestId }) => end(requestId));
    cdp.on("Page.lifecycleEvent", ({ name, timestamp }) => name === "firstContentfulPaint" && (this.#paint ??= timestamp));
  }

  /** Waits until nothing has arrived for a while. */
  async quiet() {
    this.#latest = Date.now();
    for (;;) {
      const still = Date.now() - this.#latest;
      if (still > STUCK || (still > QUIET && this.#open.size === 0)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Bytes until now, headers included: in total, before the first paint, and by kind of resource. */
  count() {
    const kinds = {};
    let total = 0, early = 0;
    for (const { kind, chunks, bytes, end } of this.#requests.values()) {
      total += bytes;
      kinds[kind] = (kinds[kind] ?? 0) + bytes;
      // Under throttling, the compressed size is told only at the end: it is spread as the plain bytes arrived.
      const whole = chunks.reduce((sum, { share }) => sum + share, 0);
      const before = chunks.filter(({ timestamp }) => timestamp <= this.#paint).reduce((sum, { share }) => sum + share, 0);
      early += end !== null && end <= this.#paint ? bytes : whole > 0 ? (bytes * before) / whole : 0;
    }
    return { total, early: Math.round(early), kinds };
  }
}
