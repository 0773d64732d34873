// Starts the same module in a page (the app) and in a worker (the search index).
const wasmAddress = new URL("READER_WASM", import.meta.url);
if (self.document) {
  __wbg_init({ module_or_path: wasmAddress }).then(() => start(import.meta.url));
} else {
  const waiting = [];
  self.onmessage = (event) => waiting.push(event.data);
  __wbg_init({ module_or_path: wasmAddress }).then(() => {
    self.onmessage = (event) => search_message(event.data);
    waiting.forEach((data) => search_message(data));
  });
}
