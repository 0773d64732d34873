//! Where the reader is and what they have read, kept for this book in this browser.

use std::cell::Cell;
use std::rc::Rc;

use book::phrases::Phrase;
use serde::{Deserialize, Serialize};
use web_sys::Event;

use crate::app::App;
use crate::chapter::{self, Arrival};
use crate::components::notices::Notice;
use crate::route::Route;
use crate::words::{say, say_with};
use crate::{contents, dom, storage};

/// A page counts as read when its end was on screen after at least this many milliseconds on it.
const READ_AFTER: f64 = 4_000.0;

/// A place in the book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Position {
    /// Page address.
    address: String,
    /// The last heading above the top of the screen, or empty.
    anchor: String,
    /// CSS pixels from that heading (or the top of the page) to the top of the screen.
    offset: i32,
}

thread_local! {
    static ARRIVED: Cell<f64> = const { Cell::new(0.0) };
    static WAITING: Cell<bool> = const { Cell::new(false) };
    static TOLD: Cell<bool> = const { Cell::new(false) };
}

fn key(app: &App, name: &str) -> String {
    // Several books on one origin keep apart by their path.
    format!("lectern:{}:{name}", app.library.root_path)
}

/// Starts keeping the place; offers to go on where the reader was last time.
pub fn attach(app: &Rc<App>) {
    match storage::load::<Vec<String>>(&key(app, "read")) {
        Ok(read) => *app.read.borrow_mut() = read.unwrap_or_default(),
        Err(problem) => app.storage_problem(problem),
    }
    contents::mark_read(&app.read.borrow());
    offer_resume(app);
    ARRIVED.set(js_sys::Date::now());
    let scrolled = Rc::clone(app);
    dom::on_passive(&dom::window(), "scroll", move |_: Event| {
        if !WAITING.replace(true) {
            let app = Rc::clone(&scrolled);
            dom::after(400, move || {
                WAITING.set(false);
                keep(&app);
            });
        }
    });
    // Who scrolls and leaves at once was there too.
    let leaving = Rc::clone(app);
    dom::on(&dom::window(), "pagehide", move |_: Event| {
        if WAITING.get() {
            keep(&leaving);
        }
    });
    // A page shorter than the screen is read without scrolling.
    let short = Rc::clone(app);
    dom::after(READ_AFTER as i32 + 100, move || mark_if_read(&short));
}

/// A new page is shown: keep the place and start its clock.
pub fn note(app: &Rc<App>) {
    ARRIVED.set(js_sys::Date::now());
    keep(app);
    let app = Rc::clone(app);
    dom::after(READ_AFTER as i32 + 100, move || mark_if_read(&app));
}

fn keep(app: &Rc<App>) {
    mark_if_read(app);
    let (anchor, offset) = present();
    let position = Position { address: app.address(), anchor, offset };
    if let Err(problem) = storage::save(&key(app, "place"), &position)
        && !TOLD.replace(true)
    {
        app.storage_problem(problem);
    }
}

fn present() -> (String, i32) {
    let mut anchor = (String::new(), dom::scroll_y() as i32);
    let Some(main) = dom::main_element() else { return anchor };
    for heading in dom::all(&main, "h1[id], h2[id], h3[id], h4[id]") {
        let top = heading.get_bounding_client_rect().top();
        if top > 0.0 {
            break;
        }
        anchor = (heading.id(), -top as i32);
    }
    anchor
}

fn offer_resume(app: &Rc<App>) {
    let Ok(Some(position)) = storage::load::<Position>(&key(app, "place")) else { return };
    let came_with_place = !dom::window().location().hash().unwrap_or_default().is_empty();
    let reloaded = dom::scroll_y() > 0.0;
    let is_start = position.anchor.is_empty() && position.offset < 400;
    let here = position.address == app.address();
    if came_with_place || reloaded || (here && is_start) {
        return;
    }
    let first =
        book::navigation::chapters(&app.library.contents).next().and_then(|entry| entry.address.clone());
    if is_start && Some(&position.address) == first.as_ref() {
        return;
    }
    let Some(entry) = app.library.entry(&position.address) else { return };
    let title = entry.title.clone();
    let resume = Rc::clone(app);
    app.notify(
        Notice::info(say_with(Phrase::Resume, &title))
            .with_action(say(Phrase::ResumeGo), move || go(&resume, &position))
            .for_seconds(12),
    );
}

fn go(app: &Rc<App>, position: &Position) {
    let route = Route { address: position.address.clone(), fragment: String::new() };
    if position.address == app.address() {
        return settle(position);
    }
    chapter::go(app, route, Arrival::Resume(0.0));
    settle_when_shown(app, position.clone(), 40);
}

/// Waits for the chapter, then goes to the place on it.
fn settle_when_shown(app: &Rc<App>, position: Position, tries: u32) {
    if app.address() == position.address {
        return settle(&position);
    }
    if tries > 0 {
        let app = Rc::clone(app);
        dom::after(50, move || settle_when_shown(&app, position, tries - 1));
    }
}

fn settle(position: &Position) {
    let base = match dom::document().get_element_by_id(&position.anchor) {
        Some(heading) => heading.get_bounding_client_rect().top() + dom::scroll_y(),
        None => 0.0,
    };
    dom::scroll_to(base + f64::from(position.offset));
}

fn mark_if_read(app: &Rc<App>) {
    let address = app.address();
    if js_sys::Date::now() - ARRIVED.get() < READ_AFTER || app.read.borrow().contains(&address) {
        return;
    }
    let Some(main) = dom::main_element() else { return };
    let height = dom::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    if main.get_bounding_client_rect().bottom() > height + 40.0 {
        return;
    }
    app.read.borrow_mut().push(address);
    contents::mark_read(&app.read.borrow());
    if let Err(problem) = storage::save(&key(app, "read"), &*app.read.borrow())
        && !TOLD.replace(true)
    {
        app.storage_problem(problem);
    }
}
