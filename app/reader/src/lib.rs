//! The Leptos single-page app that readers use.
//!
//! The page is there before the app: `lectern build` wrote it, and the text can be read. [`start`] mounts the
//! app over it without moving a pixel; from then on chapters are rendered here, by the same code that wrote
//! the page. The module also runs in a worker, where [`search_message`] keeps the search index.

mod ahead;
mod api;
mod app;
mod chapter;
mod code_tools;
mod components;
mod contents;
mod dom;
mod fonts;
mod history;
mod json;
mod library;
mod live;
mod math;
mod outline;
mod page_data;
mod position;
mod route;
mod search;
mod settings;
mod storage;
mod words;

use wasm_bindgen::prelude::*;

/// Mounts the app; `script` is the address of this module's JavaScript, from which the search worker starts.
#[wasm_bindgen]
pub fn start(script: &str) {
    console_error_panic_hook::set_once();
    app::mount(script);
}

/// Handles a message in the search worker.
#[wasm_bindgen]
pub fn search_message(data: JsValue) {
    search::worker::receive(&data);
}
