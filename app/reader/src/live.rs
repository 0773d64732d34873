//! Live reload while an author writes.

use std::rc::Rc;

use web_sys::{EventSource, MessageEvent};

use crate::app::App;
use crate::dom;

/// Reloads the page when the served edition is no longer the one shown.
pub fn attach(app: &Rc<App>) {
    let Some(edition) = app.library.page.live.clone() else { return };
    let Ok(source) = EventSource::new(&format!("{}lectern/live", app.library.root)) else { return };
    dom::on(&source, "edition", move |event: MessageEvent| {
        if event.data().as_string().is_some_and(|now| now != edition) {
            let _ = dom::window().location().reload();
        }
    });
    // The source lives as long as the page.
    std::mem::forget(source);
}
