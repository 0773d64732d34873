//! Links, back and forward, and the place on each page: as on a plain website, without loading pages.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlAnchorElement, MouseEvent, PointerEvent, PopStateEvent};

use crate::ahead;
use crate::app::App;
use crate::chapter::{self, Arrival};
use crate::dom;
use crate::route::Route;

/// Takes over the links that lead to pages of the book, and the browser's history.
pub fn attach(app: &Rc<App>) {
    follow_links(app);
    follow_history(app);
    remember_scroll();
    fetch_ahead(app);
}

fn follow_links(app: &Rc<App>) {
    let app = Rc::clone(app);
    dom::on(&dom::document(), "click", move |event: MouseEvent| {
        let is_plain = event.button() == 0
            && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key());
        if !is_plain || event.default_prevented() {
            return;
        }
        let Some(route) = link_of(&event, &app) else { return };
        event.prevent_default();
        let route = match app.moved(&route) {
            Some(target) => match app.route_of(&target) {
                Some(route) => route,
                None => return drop(dom::window().location().assign(&target)),
            },
            None => route,
        };
        if route.address == app.address() {
            // A place on this page: the browser's own way, so that `:target` works and history gets an entry.
            if route.fragment.is_empty() && dom::window().location().hash().unwrap_or_default().is_empty() {
                dom::scroll_to(0.0);
            } else {
                chapter::jump(&app, &route);
            }
            app.close_drawer();
            return;
        }
        chapter::go(&app, route, Arrival::Link);
    });
}

/// The page of the book that a link under the pointer leads to, unless the link asks for something else.
fn link_of(event: &web_sys::Event, app: &App) -> Option<Route> {
    let link: HtmlAnchorElement = dom::closest(event, "a[href]")?.dyn_into().ok()?;
    let other_window = !matches!(link.target().as_str(), "" | "_self");
    if other_window || link.has_attribute("download") {
        return None;
    }
    app.route_of(&link.href())
}

fn follow_history(app: &Rc<App>) {
    let app = Rc::clone(app);
    dom::on(&dom::window(), "popstate", move |event: PopStateEvent| {
        let Some(route) = app.route_of(&dom::window().location().href().unwrap_or_default()) else { return };
        let y = event.state().as_f64();
        if route.address == app.address() {
            chapter::arrive(&route, y.map_or(Arrival::Link, Arrival::Back));
        } else {
            chapter::go(&app, route, Arrival::Back(y.unwrap_or(0.0)));
        }
    });
}

/// Keeps the place in the history entry, so that back and forward return to it. The browser's own restoration
/// stays on: it alone brings a reload to its place before the first paint.
fn remember_scroll() {
    let waiting = Rc::new(std::cell::Cell::new(false));
    dom::on_passive(&dom::window(), "scroll", move |_: web_sys::Event| {
        if !waiting.replace(true) {
            let waiting = Rc::clone(&waiting);
            dom::after(200, move || {
                waiting.set(false);
                save_scroll();
            });
        }
    });
}

/// Writes the place into the present history entry.
pub fn save_scroll() {
    if let Ok(history) = dom::window().history() {
        let _ = history.replace_state_with_url(&JsValue::from_f64(dom::scroll_y()), "", None);
    }
}

/// Makes ready what a pointer rests on before it is clicked.
fn fetch_ahead(app: &Rc<App>) {
    for event in ["pointerover", "focusin", "touchstart"] {
        let app = Rc::clone(app);
        dom::on_passive(&dom::document(), event, move |event: PointerEvent| {
            if let Some(route) = link_of(&event, &app) {
                ahead::prepare(&app, &route.address);
            }
        });
    }
}
