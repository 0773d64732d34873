//! The table of contents beside the text: folding, the drawer on narrow screens, marks.

use std::rc::Rc;

use book::phrases::Phrase;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, KeyboardEvent, MouseEvent};

use crate::app::App;
use crate::dom;
use crate::words::say_with;

/// Widest screen, in CSS pixels, on which the contents are a drawer; `contents.css` has the same 56 rem.
const DRAWER_QUERY: &str = "(max-width: 56rem)";

/// Makes the contents that came with the page work from every page of the book.
pub fn attach(app: &Rc<App>) {
    let Some(contents) = dom::by_id("contents") else { return };
    make_absolute(&contents);
    if let Some(pager) = dom::by_id("pager") {
        make_absolute(&pager);
    }
    if let Some(title) = dom::document().query_selector("a.book-title").ok().flatten() {
        absolute_link(&title);
    }
    dom::on(&contents, "click", |event: MouseEvent| {
        if let Some(button) = dom::closest(&event, ".fold") {
            toggle_fold(&button);
        }
    });
    if let Some(menu) = dom::by_id("menu") {
        let _ = menu.set_attribute("role", "button");
        let _ = menu.set_attribute("aria-controls", "contents");
        let clicked = Rc::clone(app);
        dom::on(&menu, "click", move |event: MouseEvent| {
            event.prevent_default();
            clicked.toggle_contents();
        });
        let pressed = Rc::clone(app);
        dom::on(&menu, "keydown", move |event: KeyboardEvent| {
            if event.key() == " " {
                event.prevent_default();
                pressed.toggle_contents();
            }
        });
    }
    let closer = Rc::clone(app);
    dom::on(&dom::document(), "click", move |event: MouseEvent| {
        if is_drawer_open() && dom::closest(&event, "#contents, #menu").is_none() {
            closer.close_drawer();
        }
    });
    say_state();
}

/// The links were written relative to the first page; the address changes from now on.
fn make_absolute(root: &Element) {
    for link in dom::all(root, "a[href]") {
        absolute_link(&link);
    }
}

fn absolute_link(link: &Element) {
    if let Some(anchor) = link.dyn_ref::<HtmlAnchorElement>() {
        let href = anchor.href();
        anchor.set_href(&href);
    }
}

/// Whether this screen shows the contents as a drawer.
pub fn is_drawer() -> bool {
    dom::window().match_media(DRAWER_QUERY).ok().flatten().is_some_and(|query| query.matches())
}

fn is_drawer_open() -> bool {
    dom::html().is_some_and(|html| html.class_list().contains("drawer"))
}

/// Opens or closes the drawer.
pub fn set_drawer(open: bool) {
    let Some(html) = dom::html() else { return };
    if html.class_list().contains("drawer") == open {
        return;
    }
    let _ = html.class_list().toggle_with_force("drawer", open);
    say_state();
    if open && let Some(contents) = dom::by_id("contents") {
        bring_into_view(&contents);
        let target = contents.query_selector("[aria-current]").ok().flatten();
        if let Some(target) = target.or_else(|| contents.query_selector("a").ok().flatten()) {
            dom::focus_quietly(&target);
        }
    }
}

/// Whether the drawer is open.
pub fn drawer_open() -> bool {
    is_drawer_open()
}

/// Tells assistive technology whether the contents are shown.
pub fn say_state() {
    let shown = if is_drawer() {
        is_drawer_open()
    } else {
        dom::html().is_some_and(|html| !html.class_list().contains("no-contents"))
    };
    if let Some(menu) = dom::by_id("menu") {
        let _ = menu.set_attribute("aria-expanded", if shown { "true" } else { "false" });
    }
}

fn toggle_fold(button: &Element) {
    let Some(item) = button.closest("li").ok().flatten() else { return };
    let folded = !item.class_list().contains("folded");
    set_folded(&item, folded);
}

fn set_folded(item: &Element, folded: bool) {
    let _ = item.class_list().toggle_with_force("folded", folded);
    let row = item.first_element_child();
    let Some(button) = row.and_then(|row| row.query_selector(".fold").ok().flatten()) else { return };
    let name = item
        .query_selector(".row > a, .row > .draft")
        .ok()
        .flatten()
        .and_then(|link| link.text_content())
        .unwrap_or_default();
    let phrase = if folded { Phrase::Unfold } else { Phrase::Fold };
    let _ = button.set_attribute("aria-label", &say_with(phrase, name.trim()));
    let _ = button.set_attribute("aria-expanded", if folded { "false" } else { "true" });
}

/// Moves the mark of the current page to `address`, unfolding the way to it.
pub fn mark_current(address: &str) {
    let Some(contents) = dom::by_id("contents") else { return };
    for link in dom::all(&contents, "a[aria-current]") {
        let _ = link.remove_attribute("aria-current");
    }
    let name = address.replace('\\', "\\\\").replace('"', "\\\"");
    for link in dom::all(&contents, &format!("a[data-page=\"{name}\"]")) {
        let _ = link.set_attribute("aria-current", "page");
        let mut above = link.closest("li.folded").ok().flatten();
        while let Some(item) = above {
            set_folded(&item, false);
            above = item.parent_element().and_then(|parent| parent.closest("li.folded").ok().flatten());
        }
    }
}

/// Scrolls the contents so that the mark can be seen.
pub fn show_current() {
    if let Some(contents) = dom::by_id("contents") {
        bring_into_view(&contents);
    }
}

/// Scrolls the contents, not the page, so that the current chapter can be seen.
fn bring_into_view(contents: &Element) {
    let Some(link) = contents.query_selector("[aria-current]").ok().flatten() else { return };
    let (box_, view) = (link.get_bounding_client_rect(), contents.get_bounding_client_rect());
    if box_.top() < view.top() + 8.0 || box_.bottom() > view.bottom() - 8.0 {
        let offset = box_.top() - view.top() - view.height() / 3.0;
        contents.set_scroll_top(contents.scroll_top() + offset as i32);
    }
}

/// Marks the pages in `read`.
pub fn mark_read(read: &[String]) {
    let Some(contents) = dom::by_id("contents") else { return };
    for link in dom::all(&contents, "a[data-page]") {
        let is_read = link.get_attribute("data-page").is_some_and(|page| read.contains(&page));
        let _ = link.class_list().toggle_with_force("read", is_read);
    }
}
