//! The few browser calls that everything else needs, as functions that cannot fail.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{
    AddEventListenerOptions, Document, Element, Event, EventTarget, HtmlElement, NodeList, Window,
};

/// The window. There is one wherever the app runs: in a worker only `search` runs.
pub fn window() -> Window {
    leptos::prelude::window()
}

/// The document.
pub fn document() -> Document {
    leptos::prelude::document()
}

/// `<html>`.
pub fn html() -> Option<HtmlElement> {
    document().document_element()?.dyn_into().ok()
}

/// The element with `id`.
pub fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// `<main>`, which holds the chapter.
pub fn main_element() -> Option<HtmlElement> {
    by_id("content")
}

/// All elements below `root` that match `selector`.
pub fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    root.query_selector_all(selector).map(|list| list_of(&list)).unwrap_or_default()
}

/// The elements of `list`.
pub fn list_of(list: &NodeList) -> Vec<HtmlElement> {
    // SVG elements are not HtmlElement to the browser, but everything done with them here is Element's.
    (0..list.length()).filter_map(|index| Some(list.get(index)?.unchecked_into())).collect()
}

/// Calls `handler` on every `event` at `target`, for as long as the page lives.
pub fn on<E: JsCast + 'static>(target: &EventTarget, event: &str, mut handler: impl FnMut(E) + 'static) {
    listen(target, event, Box::new(move |event| handler(event.unchecked_into())), false);
}

/// Like [`on`], without ever holding up scrolling.
pub fn on_passive<E: JsCast + 'static>(
    target: &EventTarget,
    event: &str,
    mut handler: impl FnMut(E) + 'static,
) {
    listen(target, event, Box::new(move |event| handler(event.unchecked_into())), true);
}

/// Not generic: the glue around a closure is there once, not once for each handler.
fn listen(target: &EventTarget, event: &str, handler: Box<dyn FnMut(Event)>, passive: bool) {
    let closure = Closure::wrap(handler);
    let options = AddEventListenerOptions::new();
    options.set_passive(passive);
    let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
        event,
        closure.as_ref().unchecked_ref(),
        &options,
    );
    closure.forget();
}

/// The element that an event came from, or the nearest above it, that matches `selector`.
pub fn closest(event: &Event, selector: &str) -> Option<HtmlElement> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    Some(element.closest(selector).ok()??.unchecked_into())
}

fn once(work: Box<dyn FnOnce()>) -> JsValue {
    Closure::once_into_js(work)
}

/// Calls `work` after `milliseconds`.
pub fn after(milliseconds: i32, work: impl FnOnce() + 'static) {
    let closure = once(Box::new(work));
    let _ =
        window().set_timeout_with_callback_and_timeout_and_arguments_0(closure.unchecked_ref(), milliseconds);
}

/// Calls `work` when the browser has nothing better to do; soon, where it cannot tell.
pub fn when_idle(work: impl FnOnce() + 'static) {
    let closure = once(Box::new(work));
    let request = js_sys::Reflect::get(&window(), &"requestIdleCallback".into()).ok();
    match request.and_then(|request| request.dyn_into::<js_sys::Function>().ok()) {
        Some(request) => {
            let _ = request.call1(&window(), &closure);
        }
        None => {
            let _ =
                window().set_timeout_with_callback_and_timeout_and_arguments_0(closure.unchecked_ref(), 200);
        }
    }
}

/// Waits until the next frame is about to be drawn.
pub fn next_frame(work: impl FnOnce() + 'static) {
    let closure = once(Box::new(work));
    let _ = window().request_animation_frame(closure.unchecked_ref());
}

/// Calls `work` once what is in the page now has been painted: after the frame that follows the next one. A page in
/// the background is not painted: there it is called a little later.
pub fn after_paint(work: impl FnOnce() + 'static) {
    if document().hidden() {
        return after(0, work);
    }
    next_frame(|| next_frame(|| after(0, work)));
}

/// How far the page is scrolled, in CSS pixels.
pub fn scroll_y() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

/// Scrolls at once to `y`.
pub fn scroll_to(y: f64) {
    window().scroll_to_with_x_and_y(0.0, y);
}

/// Gives `target` the focus without scrolling and without making it a stop for Tab.
pub fn focus_quietly(target: &Element) {
    let Some(target) = target.dyn_ref::<HtmlElement>() else { return };
    if target.tab_index() < 0 && !target.has_attribute("tabindex") {
        target.set_tab_index(-1);
    }
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = target.focus_with_options(&options);
}

/// Opens every closed `<details>` above `target`.
pub fn reveal(target: &Element) {
    let mut above = target.closest("details:not([open])").ok().flatten();
    while let Some(details) = above {
        let _ = details.set_attribute("open", "");
        above = details.closest("details:not([open])").ok().flatten();
    }
}
