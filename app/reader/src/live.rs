//! Live reload while an author writes.

use std::rc::Rc;

use web_sys::{EventSource, MessageEvent};

use crate::app::App;
use crate::dom;

/// Reloads the page when the host serves another edition than it did when the page was opened.
pub fn attach(app: &Rc<App>) {
    if !app.library.page.live {
        return;
    }
    let Ok(source) = EventSource::new(&format!("{}lectern/live", app.library.root)) else { return };
    let mut first = None;
    dom::on(&source, "edition", move |event: MessageEvent| {
        let Some(now) = event.data().as_string() else { return };
        // The host says its edition at once, and again after each interruption.
        if *first.get_or_insert_with(|| now.clone()) != now {
            let _ = dom::window().location().reload();
        }
    });
    // The source lives as long as the page.
    std::mem::forget(source);
}
