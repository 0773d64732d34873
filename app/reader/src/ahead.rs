//! Chapters rendered before they are asked for, so that going on takes no longer than laying them out.

use std::cell::RefCell;
use std::rc::Rc;

use book::markdown::Rendered;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{DocumentFragment, HtmlTemplateElement};

use crate::app::App;
use crate::components::quiz;
use crate::dom;
use crate::library::Loaded;

/// Most chapters kept: the next, the previous, and one that a pointer rests on.
const MOST: usize = 3;

/// A chapter ready to be put into the page.
pub struct Ready {
    /// Its pack, for what stands around the text.
    pub loaded: Loaded,
    /// What was rendered; its HTML is in `fragment` already.
    pub rendered: Rendered,
    /// Its elements. Nothing in them loads or runs until they are in the page.
    pub fragment: DocumentFragment,
}

thread_local! {
    static READY: RefCell<Vec<(String, Ready)>> = const { RefCell::new(Vec::new()) };
}

/// Renders the chapter at `address` now. `None` where the browser gives no template.
pub fn make(app: &App, loaded: Loaded, address: &str) -> Option<Ready> {
    let rendered = crate::chapter::render(&app.library, &loaded, address);
    let template: HtmlTemplateElement = dom::document().create_element("template").ok()?.unchecked_into();
    template.set_inner_html(&rendered.html);
    let fragment = template.content();
    let quizzes =
        fragment.query_selector_all("lectern-quiz").map(|list| dom::list_of(&list)).unwrap_or_default();
    quiz::fill_in(app, &loaded, address, &quizzes);
    Some(Ready { loaded, rendered, fragment })
}

/// The chapter at `address`, if it is ready. It is given once: its elements go into the page.
pub fn take(address: &str) -> Option<Ready> {
    READY.with_borrow_mut(|ready| {
        let index = ready.iter().position(|(other, _)| other == address)?;
        Some(ready.remove(index).1)
    })
}

/// Makes the chapter at `address` ready when the browser has time. A failure shows when the link is followed.
pub fn prepare(app: &Rc<App>, address: &str) {
    let is_ready = || READY.with_borrow(|ready| ready.iter().any(|(other, _)| other == address));
    if app.address() == address || is_ready() {
        return;
    }
    let (app, address) = (Rc::clone(app), address.to_owned());
    spawn_local(async move {
        let Ok(Some(loaded)) = app.library.chapter(&address).await else { return };
        dom::when_idle(move || {
            if app.address() != address
                && let Some(ready) = make(&app, loaded, &address)
            {
                keep(address, ready);
            }
        });
    });
}

fn keep(address: String, chapter: Ready) {
    READY.with_borrow_mut(|ready| {
        ready.retain(|(other, _)| *other != address);
        if ready.len() == MOST {
            ready.remove(0);
        }
        ready.push((address, chapter));
    });
}
