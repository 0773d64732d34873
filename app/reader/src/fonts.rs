//! The book's typeface for those who come for the first time: from the second chapter on, without moving any text.
//!
//! A font that is not in the browser's cache comes too late for the page that is opened: it would move the text, or not
//! be used at all. So a first visit is set in the reader's own serif, and the typeface is brought once the reader begins to
//! read; who only looks in does not pay for it. Later visits have it from the first paint (`public/early.js`).

use std::cell::Cell;

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Event;

use crate::{dom, storage};

/// Says that the browser has the typeface; `public/early.js` reads it before the first paint.
const KEY: &str = "lectern:fonts";

/// What a chapter needs in any case; italics are brought where they are used. `style/late.css` names the same family.
const FACES: [&str; 2] = ["400 1em 'Lectern Serif'", "600 1em 'Lectern Serif'"];

thread_local! {
    static ASKED: Cell<bool> = const { Cell::new(false) };
    static READY: Cell<bool> = const { Cell::new(false) };
}

/// Brings the typeface at the first sign that somebody reads, unless the page wears it already.
pub fn attach() {
    if dom::html().is_some_and(|html| html.has_attribute("data-fonts")) {
        return;
    }
    for event in ["scroll", "pointermove", "touchstart", "keydown"] {
        dom::on_passive(&dom::window(), event, |_: Event| {
            if !ASKED.replace(true) {
                dom::when_idle(|| spawn_local(fetch()));
            }
        });
    }
}

async fn fetch() {
    let fonts = dom::document().fonts();
    for face in FACES {
        if JsFuture::from(fonts.load(face)).await.is_err() {
            return;
        }
    }
    READY.set(true);
    // Where nothing can be stored, the next visit is a first one.
    let _ = storage::save(KEY, &true);
}

/// Puts it into effect; called when the text is about to be replaced.
pub fn apply() {
    if READY.get()
        && let Some(html) = dom::html()
    {
        let _ = html.set_attribute("data-fonts", "late");
    }
}
