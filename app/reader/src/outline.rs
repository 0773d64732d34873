//! The outline of the page: which heading the reader is under.

use std::cell::Cell;

use web_sys::Event;

use crate::dom;

thread_local! {
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

/// Starts marking the heading under which the reader is.
pub fn attach() {
    dom::on_passive(&dom::window(), "scroll", |_: Event| watch());
    dom::on_passive(&dom::window(), "resize", |_: Event| watch());
    watch();
}

/// Marks it anew before the next frame.
pub fn watch() {
    if !WAITING.replace(true) {
        dom::next_frame(|| {
            WAITING.set(false);
            mark();
        });
    }
}

fn mark() {
    let Some(outline) = dom::by_id("outline") else { return };
    let links = dom::all(&outline, "a[href]");
    // A heading counts as reached a little below the bar, where a jump to it puts it.
    let line = 120.0;
    let mut here = None;
    for (index, link) in links.iter().enumerate() {
        let id = link.get_attribute("href").unwrap_or_default();
        let Some(heading) = dom::document().get_element_by_id(id.trim_start_matches('#')) else { continue };
        if heading.get_bounding_client_rect().top() > line {
            break;
        }
        here = Some(index);
    }
    for (index, link) in links.iter().enumerate() {
        let _ = link.class_list().toggle_with_force("here", here == Some(index));
        if here == Some(index) {
            let _ = link.set_attribute("aria-current", "location");
        } else {
            let _ = link.remove_attribute("aria-current");
        }
    }
}
