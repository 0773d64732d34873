//! What a link leads to, shown beside it: footnotes, definitions, the start of a section.

mod excerpt;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use book::phrases::Phrase;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{FocusEvent, HtmlAnchorElement, HtmlElement, KeyboardEvent, PointerEvent};

use crate::app::{App, current};
use crate::chapter::render;
use crate::dom;
use crate::route::Route;
use crate::words::say;

/// Milliseconds that a pointer rests on a link before its preview opens.
const REST: i32 = 350;
/// Milliseconds that the pointer may take from the link to the preview.
const GRACE: i32 = 250;

thread_local! {
    static TICKET: Cell<u32> = const { Cell::new(0) };
    static LINK: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Whether the preview is, or was last, of `link`.
fn is_explained(link: &HtmlElement) -> bool {
    LINK.with_borrow(|open| open.as_ref() == Some(link))
}

fn next_ticket() -> u32 {
    TICKET.set(TICKET.get().wrapping_add(1));
    TICKET.get()
}

/// The preview; one for the whole page.
#[component]
pub fn Preview() -> impl IntoView {
    let popup = NodeRef::<html::Aside>::new();
    let shown = RwSignal::new(false);
    let hide = move || {
        next_ticket();
        shown.set(false);
        if let Some(link) = LINK.take() {
            let _ = link.remove_attribute("aria-describedby");
        }
    };
    let open = move |link: HtmlElement, wait: i32| {
        let ticket = next_ticket();
        dom::after(wait, move || {
            if TICKET.get() != ticket {
                return;
            }
            spawn_local(async move {
                let Some(html) = excerpt_of(&link).await else { return };
                let Some(element) = popup.get_untracked() else { return };
                if TICKET.get() != ticket || html.is_empty() {
                    return;
                }
                element.set_inner_html(&html);
                shown.set(true);
                place(&element, &link);
                let _ = link.set_attribute("aria-describedby", "preview");
                LINK.set(Some(link));
            });
        });
    };
    let later = move || {
        let ticket = next_ticket();
        dom::after(GRACE, move || {
            if TICKET.get() == ticket {
                hide();
            }
        });
    };
    let document = dom::document();
    dom::on_passive(&document, "pointerover", move |event: PointerEvent| {
        if event.pointer_type() == "touch" {
            return;
        }
        if dom::closest(&event, "#preview").is_some() {
            next_ticket();
        } else if let Some(link) = dom::closest(&event, "main a[href]") {
            open(link, REST);
        } else if shown.get_untracked() {
            later();
        } else {
            next_ticket();
        }
    });
    dom::on_passive(&document, "focusin", move |event: FocusEvent| {
        // Only for those who came by keyboard: a pointer has its own way.
        match dom::closest(&event, "main a[href]") {
            Some(link) if link.matches(":focus-visible").unwrap_or(false) => open(link, REST),
            _ if dom::closest(&event, "#preview").is_none() => hide(),
            _ => {}
        }
    });
    dom::on(&document, "keydown", move |event: KeyboardEvent| {
        if event.key() == "Escape" && shown.get_untracked() {
            hide();
        }
    });
    dom::on(&document, "click", move |event: PointerEvent| {
        let small = dom::closest(&event, "main .footnote-reference a, main a[href*=\"glossary.html#\"]");
        match small {
            // A finger has no way to rest on a link: the first touch explains, the second leads on.
            Some(link)
                if event.pointer_type() == "touch" && !(shown.get_untracked() && is_explained(&link)) =>
            {
                event.prevent_default();
                open(link, 0);
            }
            _ if dom::closest(&event, "#preview").is_none() => hide(),
            _ => {}
        }
    });
    dom::on_passive(&dom::window(), "scroll", move |_: web_sys::Event| {
        if shown.get_untracked() {
            hide();
        }
    });
    // Not a `tooltip`: it may hold links.
    view! { <aside id="preview" aria-label=say(Phrase::Preview) class="preview" class:shown=move || shown.get() node_ref=popup></aside> }
}

async fn excerpt_of(link: &HtmlElement) -> Option<String> {
    let app = current()?;
    let href = link.dyn_ref::<HtmlAnchorElement>()?.href();
    let route = app.route_of(&href)?;
    let is_heading_link = link.class_list().contains("header");
    let is_back_link =
        link.closest(".footnote-definition").ok().flatten().is_some() && route.address == app.address();
    if is_heading_link || is_back_link {
        return None;
    }
    if route.address == app.address() {
        if route.fragment.is_empty() {
            return None;
        }
        let main = dom::main_element()?;
        return excerpt::of(&main, &route.fragment);
    }
    other_page(&app, &route).await
}

async fn other_page(app: &Rc<App>, route: &Route) -> Option<String> {
    let loaded = app.library.chapter(&route.address).await.ok()??;
    let rendered = render(&app.library, &loaded, &route.address);
    let holder = dom::document().create_element("template").ok()?;
    let holder: web_sys::HtmlTemplateElement = holder.unchecked_into();
    // Inside a template nothing loads and no script runs.
    holder.set_inner_html(&format!("<div>{}</div>", rendered.html));
    let root = holder.content().first_element_child()?;
    excerpt::of(&root, &route.fragment)
}

/// Puts the preview under the link, or above where there is no room.
fn place(popup: &HtmlElement, link: &HtmlElement) {
    let (at, own) = (link.get_bounding_client_rect(), popup.get_bounding_client_rect());
    let size = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|v: wasm_bindgen::JsValue| v.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (size(dom::window().inner_width()), size(dom::window().inner_height()));
    let left = at.left().min(width - own.width() - 12.0).max(12.0);
    let below = at.bottom() + 8.0;
    let top = if below + own.height() > height - 8.0 && at.top() > own.height() + 16.0 {
        at.top() - own.height() - 8.0
    } else {
        below
    };
    let style = popup.style();
    let _ = style.set_property("left", &format!("{}px", left as i32));
    let _ = style.set_property("top", &format!("{}px", top as i32));
}
