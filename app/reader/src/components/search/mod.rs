//! The search panel: results as one types, all by keyboard.

use book::phrases::Phrase;
use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent};

use super::dialog::Dialog;
use crate::app::{Panel, current};
use crate::chapter::{self, Arrival};
use crate::dom;
use crate::route::Route;
use crate::search::{Reply, Request, client};
use crate::words::{say, say_with};

/// Most results shown.
const LIMIT: u32 = 30;

/// What the panel shows. The rows themselves are HTML from the worker, put into the list as they come.
#[derive(Clone, Copy)]
struct State {
    list: NodeRef<html::Ol>,
    query: RwSignal<String>,
    count: RwSignal<u32>,
    /// The query that the rows answer.
    answered: RwSignal<u32>,
    asked: RwSignal<u32>,
    chosen: RwSignal<u32>,
    /// The book has grown since the query was asked: the reader's choice among the rows stays.
    again: RwSignal<bool>,
    /// Enter was pressed before the answer came: the first result is opened when it does.
    hasty: RwSignal<bool>,
    percent: RwSignal<u32>,
    failed: RwSignal<Option<String>>,
}

impl State {
    fn new() -> Self {
        Self {
            list: NodeRef::new(),
            query: RwSignal::new(String::new()),
            count: RwSignal::new(0),
            answered: RwSignal::new(0),
            asked: RwSignal::new(0),
            chosen: RwSignal::new(0),
            again: RwSignal::new(false),
            hasty: RwSignal::new(false),
            percent: RwSignal::new(0),
            failed: RwSignal::new(None),
        }
    }

    fn start(self) {
        if let Some(app) = current() {
            let started = client::start(&app, move |reply| self.receive(reply));
            if !started {
                self.failed.set(Some("no worker".to_owned()));
            }
        }
    }

    fn receive(self, reply: Reply) {
        match reply {
            Reply::Progress { percent } => {
                self.percent.set(percent);
                // What was asked while the book was being read is asked again of the whole.
                self.ask(true);
            }
            Reply::Failed { why } => self.failed.set(Some(why)),
            Reply::Results { id, count, rows, more } => {
                if id >= self.answered.get_untracked() {
                    self.answered.set(id);
                    self.show(count, &rows);
                    dom::after_paint(move || self.show_more(id, &more));
                    if self.hasty.get_untracked() && id == self.asked.get_untracked() {
                        self.open(0);
                    }
                }
            }
        }
    }

    fn show(self, count: u32, rows: &str) {
        let Some(list) = self.list.get_untracked() else { return };
        list.set_inner_html(rows);
        let kept = if self.again.get_untracked() { self.chosen.get_untracked() } else { 0 };
        self.count.set(count);
        self.choose(if kept < count { kept } else { 0 });
    }

    /// Adds the rows that need scrolling to be seen, unless another answer has come.
    fn show_more(self, id: u32, rows: &str) {
        if let Some(list) = self.list.get_untracked().filter(|_| id == self.answered.get_untracked()) {
            let _ = list.insert_adjacent_html("beforeend", rows);
            self.choose(self.chosen.get_untracked());
        }
    }

    fn ask(self, again: bool) {
        let text = self.query.get_untracked();
        let id = self.asked.get_untracked() + 1;
        self.asked.set(id);
        self.again.set(again);
        if text.trim().is_empty() {
            // An answer that is still on its way is too old now.
            self.answered.set(id);
            self.show(0, "");
            return;
        }
        client::send(&Request::Query { id, text, limit: LIMIT });
    }

    fn status(self) -> String {
        let query = self.query.get();
        let (percent, count) = (self.percent.get(), self.count.get());
        if let Some(why) = self.failed.get() {
            return say_with(Phrase::SearchFailed, &why);
        }
        if percent < 100 && count == 0 {
            return say_with(Phrase::SearchBuilding, &percent.to_string());
        }
        match (query.trim().is_empty(), count) {
            (true, _) => say(Phrase::SearchEmpty).to_owned(),
            (false, 0) => say_with(Phrase::SearchNothing, query.trim()),
            (false, count) if percent < 100 => say_with(Phrase::SearchSoFar, &count.to_string()),
            (false, count) => say_with(Phrase::SearchCount, &count.to_string()),
        }
    }

    /// Marks the row numbered `index`, and only that one.
    fn choose(self, index: u32) {
        for (number, is_chosen) in [(self.chosen.get_untracked(), false), (index, true)] {
            if let Some(row) = dom::by_id(&row_id(number)) {
                let _ = row.set_attribute("aria-selected", if is_chosen { "true" } else { "false" });
            }
        }
        self.chosen.set(index);
    }

    fn open(self, index: u32) {
        let (Some(row), Some(app)) = (dom::by_id(&row_id(index)), current()) else { return };
        let place = |name| row.get_attribute(name).unwrap_or_default();
        let route = Route { address: place("data-page"), fragment: place("data-anchor") };
        self.hasty.set(false);
        app.close_panels();
        if route.address == app.address() {
            chapter::jump(&app, &route);
        } else {
            chapter::go(&app, route, Arrival::Link);
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let count = self.count.get_untracked();
        let chosen = self.chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" if count > 0 => (chosen + 1) % count,
            "ArrowUp" if count > 0 => (chosen + count - 1) % count,
            "Enter" if !event.is_composing() => {
                // Typed and entered in one go: what is shown still answers something else.
                let is_current = self.answered.get_untracked() == self.asked.get_untracked();
                if is_current && count > 0 {
                    self.open(chosen);
                } else {
                    self.hasty.set(true);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        self.choose(next);
        if let Some(row) = dom::by_id(&row_id(next)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
}

fn row_id(index: u32) -> String {
    format!("hit-{index}")
}

/// The number of the row that an event came from.
fn row_of(event: &web_sys::Event) -> Option<u32> {
    dom::closest(event, "#hits > li")?.id().strip_prefix("hit-")?.parse().ok()
}

/// The search panel.
#[component]
pub fn SearchPanel(
    /// The open panel.
    panel: RwSignal<Option<Panel>>,
) -> impl IntoView {
    let state = State::new();
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if panel.get() == Some(Panel::Search) {
            state.start();
            if let Some(input) = input.get_untracked() {
                input.select();
            }
        }
    });
    // The index can be ready by the time the panel is.
    if let Some(button) = dom::by_id("search") {
        dom::on(&button, "pointerenter", move |_: MouseEvent| state.start());
    }
    view! {
        <Dialog panel which=Panel::Search label=say(Phrase::SearchHint) class="search">
            <div class="field">
                <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/></svg>
                <input
                    node_ref=input
                    type="search"
                    role="combobox"
                    aria-expanded="true"
                    aria-controls="hits"
                    aria-autocomplete="list"
                    aria-activedescendant=move || {
                        (state.count.get() > 0).then(|| row_id(state.chosen.get()))
                    }
                    aria-label=say(Phrase::SearchHint)
                    placeholder=say(Phrase::SearchHint)
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="go"
                    prop:value=move || state.query.get()
                    on:input=move |event| {
                        state.hasty.set(false);
                        state.query.set(event_target_value(&event));
                        state.ask(false);
                    }
                    on:keydown=move |event| state.key(&event)
                />
                <button type="button" class="close" aria-label=say(Phrase::Close) on:click=move |_| panel.set(None)>"×"</button>
            </div>
            <p class="status" role="status">{move || state.status()}</p>
            <ol
                id="hits"
                role="listbox"
                aria-label=say(Phrase::Search)
                node_ref=state.list
                on:click=move |event| {
                    if let Some(index) = row_of(&event) {
                        state.open(index);
                    }
                }
                on:pointermove=move |event| {
                    if let Some(index) = row_of(&event).filter(|index| *index != state.chosen.get_untracked()) {
                        state.choose(index);
                    }
                }
            ></ol>
        </Dialog>
    }
}
