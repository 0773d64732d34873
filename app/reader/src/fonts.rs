//! The book's typeface for those who see it for the first time: from the second chapter on, without moving any text.

use std::cell::Cell;

use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::dom;

/// What a page needs in any case; italics are brought where they are used. `style/late.css` names the same family.
const FACES: [&str; 2] = ["400 1em 'Lectern Serif'", "600 1em 'Lectern Serif'"];

thread_local! {
    static READY: Cell<bool> = const { Cell::new(false) };
}

/// Brings the typeface in idle time; the browser has most of it from drawing the page.
pub fn fetch() {
    dom::when_idle(|| {
        spawn_local(async {
            let fonts = dom::document().fonts();
            for face in FACES {
                if JsFuture::from(fonts.load(face)).await.is_err() {
                    return;
                }
            }
            READY.set(true);
        });
    });
}

/// Puts it into effect; called when the text is about to be replaced.
pub fn apply() {
    if READY.get()
        && let Some(html) = dom::html()
    {
        let _ = html.set_attribute("data-fonts", "");
    }
}
