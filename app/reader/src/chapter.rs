//! Showing a chapter: markdown → `<main>`, and everything around it that depends on the page.

use std::rc::Rc;

use book::markdown::{self, Rendered};
use book::navigation::{minutes, outline_html, page_title, pager_html};
use book::phrases::Phrase;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::ahead::{self, Ready};
use crate::app::App;
use crate::components::notices::Notice;
use crate::library::{Library, Loaded};
use crate::route::Route;
use crate::words::{language, say, say_with};
use crate::{code_tools, contents, dom, fonts, history, math, outline, position};

/// How the reader came to a page, which says where on it to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arrival {
    /// By a link: to its fragment, or the top.
    Link,
    /// By back or forward: to where they were, in CSS pixels.
    Back(f64),
    /// By asking to go on where they left off, in CSS pixels.
    Resume(f64),
}

/// Renders the chapter that `loaded` holds.
pub fn render(library: &Library, loaded: &Loaded, address: &str) -> Rendered {
    let page = markdown::Page { address, language: language() };
    markdown::render(&loaded.text().markdown, &page, &library.contents.options, loaded.made())
}

/// Goes to `route`; on failure stays where we are and says why.
pub fn go(app: &Rc<App>, route: Route, arrival: Arrival) {
    let app = Rc::clone(app);
    let ticket = app.take_ticket();
    if !app.library.has(&route.address) {
        app.announce(say(Phrase::LoadingChapter));
    }
    spawn_local(async move {
        if let Some(ready) = ahead::take(&route.address) {
            return show(&app, &ready, &route, arrival);
        }
        let loaded = app.library.chapter(&route.address).await;
        // Another link may have been followed while this one was loading.
        if !app.is_current(ticket) {
            return;
        }
        match loaded {
            Ok(Some(loaded)) => {
                if let Some(ready) = ahead::make(&app, loaded, &route.address) {
                    show(&app, &ready, &route, arrival);
                }
            }
            // Not a chapter: let the host answer, as it would have without us.
            Ok(None) => leave_to_browser(&app, &route),
            Err(problem) => {
                let retry = Rc::clone(&app);
                app.notify(
                    Notice::error(say_with(Phrase::LoadFailed, &problem.to_string()))
                        .with_help(say(Phrase::LoadFailedHelp))
                        .with_action(say(Phrase::TryAgain), move || go(&retry, route.clone(), arrival)),
                );
            }
        }
    });
}

fn leave_to_browser(app: &App, route: &Route) {
    let _ = dom::window().location().assign(&app.url_of(route));
}

/// Puts the chapter into the page. What cannot be seen at once waits until it is painted.
fn show(app: &Rc<App>, ready: &Ready, route: &Route, arrival: Arrival) {
    let Some(main) = dom::main_element() else { return };
    if !matches!(arrival, Arrival::Back(_)) {
        history::save_scroll();
        if let Ok(history) = dom::window().history() {
            let _ = history.push_state_with_url(&JsValue::from_f64(0.0), "", Some(&app.url_of(route)));
        }
    }
    app.set_address(&route.address);
    fonts::apply();
    // From the top, only the first screen is laid out before it is painted; elsewhere heights above must be true.
    let _ = main.class_list().toggle_with_force(ARRIVING, starts_at_top(route, arrival));
    main.replace_children_with_node_1(&ready.fragment);
    around(app, &ready.loaded, &ready.rendered, &route.address);
    app.close_panels();
    arrive(route, arrival);
    app.close_drawer();
    let (app, needs_math, address) = (Rc::clone(app), ready.rendered.needs_math, route.address.clone());
    dom::after_paint(move || {
        let _ = main.class_list().remove_1(ARRIVING);
        if app.address() != address {
            return;
        }
        enhance(&app, needs_math);
        contents::show_current();
        outline::watch();
        if matches!(arrival, Arrival::Link) {
            app.announce(&dom::document().title());
        }
        position::note(&app);
        fetch_neighbours(&app);
    });
}

/// On `<main>` while a chapter is being painted for the first time; `app.css` has it too.
const ARRIVING: &str = "arriving";

fn starts_at_top(route: &Route, arrival: Arrival) -> bool {
    match arrival {
        Arrival::Back(y) => y == 0.0,
        // The place is measured as soon as the chapter is there.
        Arrival::Resume(_) => false,
        Arrival::Link => route.fragment.is_empty(),
    }
}

/// What stands around the text: title, marks in the contents, outline, pager, reading time, edit link.
fn around(app: &App, loaded: &Loaded, rendered: &Rendered, address: &str) {
    let book = &app.library.contents;
    let Some(entry) = app.library.entry(address) else { return };
    let title = page_title(loaded.text().page_title.as_deref(), &entry.title, &book.title);
    dom::document().set_title(&title);
    contents::mark_current(entry.address.as_deref().unwrap_or(address));
    if let Some(element) = dom::by_id("outline") {
        element.set_inner_html(&outline_html(&rendered.headings, language()));
    }
    if let Some(element) = dom::by_id("pager") {
        let own = entry.address.as_deref().unwrap_or(address);
        element.set_inner_html(&pager_html(book, &app.library.root, own, language()));
    }
    if let Some(element) = dom::by_id("minutes") {
        let text = say_with(Phrase::MinutesToRead, &minutes(rendered.words).to_string());
        element.set_text_content(Some(&text));
    }
    if let (Some(element), Some(template)) = (dom::by_id("edit"), &book.edit) {
        let _ = element.set_attribute("href", &template.replace("{path}", &app.source_path(&entry.source)));
    }
}

/// What the app adds to a chapter, whether it came with the page or was rendered here.
pub fn enhance(app: &Rc<App>, needs_math: bool) {
    let Some(main) = dom::main_element() else { return };
    code_tools::add(&main);
    crate::components::zoom::add_buttons(&main);
    // What was typeset at build time needs KaTeX's style too.
    if needs_math || main.query_selector(".katex").ok().flatten().is_some() {
        math::complete(app, &main);
    }
}

/// Moves to a place on the present page and gives it an entry in the history.
pub fn jump(app: &Rc<App>, route: &Route) {
    history::save_scroll();
    if let Ok(history) = dom::window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&app.url_of(route)));
    }
    arrive(route, Arrival::Link);
    history::save_scroll();
}

/// Scrolls to where `arrival` says, and gives the place the focus, so that reading by keyboard and screen
/// reader goes on from there.
pub fn arrive(route: &Route, arrival: Arrival) {
    match arrival {
        Arrival::Back(y) | Arrival::Resume(y) => dom::scroll_to(y),
        Arrival::Link => match dom::document().get_element_by_id(&route.fragment) {
            Some(target) => {
                dom::reveal(&target);
                target.scroll_into_view();
                dom::focus_quietly(&target);
            }
            None => {
                dom::scroll_to(0.0);
                if let Some(main) = dom::main_element() {
                    dom::focus_quietly(&main);
                }
            }
        },
    }
}

/// Makes the chapters that are likely next ready.
pub fn fetch_neighbours(app: &Rc<App>) {
    let app = Rc::clone(app);
    dom::when_idle(move || {
        let address = app.address();
        let (before, after) = book::navigation::neighbours(&app.library.contents, &address);
        for neighbour in [next(after), next(before)].into_iter().flatten() {
            ahead::prepare(&app, &neighbour);
        }
    });
}

fn next(entry: Option<&book::wire::ChapterEntry>) -> Option<String> {
    entry?.address.clone()
}
