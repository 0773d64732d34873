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
use crate::search::{Found, Reply, Request, client};
use crate::words::{say, say_with};

/// Most results shown.
const LIMIT: usize = 30;

/// What the panel shows.
#[derive(Clone, Copy)]
struct State {
    query: RwSignal<String>,
    hits: RwSignal<Vec<Found>>,
    /// The query that `hits` answer.
    answered: RwSignal<u32>,
    asked: RwSignal<u32>,
    chosen: RwSignal<usize>,
    /// Enter was pressed before the answer came: the first result is opened when it does.
    hasty: RwSignal<bool>,
    percent: RwSignal<u32>,
    failed: RwSignal<Option<String>>,
}

impl State {
    fn new() -> Self {
        Self {
            query: RwSignal::new(String::new()),
            hits: RwSignal::new(Vec::new()),
            answered: RwSignal::new(0),
            asked: RwSignal::new(0),
            chosen: RwSignal::new(0),
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
                self.ask();
            }
            Reply::Failed { why } => self.failed.set(Some(why)),
            Reply::Results { id, hits } => {
                if id >= self.answered.get_untracked() {
                    self.answered.set(id);
                    self.chosen.set(0);
                    self.hits.set(hits);
                    if self.hasty.get_untracked() && id == self.asked.get_untracked() {
                        self.open(0);
                    }
                }
            }
        }
    }

    fn ask(self) {
        let text = self.query.get_untracked();
        let id = self.asked.get_untracked() + 1;
        self.asked.set(id);
        if text.trim().is_empty() {
            // An answer that is still on its way is too old now.
            self.answered.set(id);
            self.hits.set(Vec::new());
            return;
        }
        client::send(&Request::Query { id, text, limit: LIMIT });
    }

    fn status(self) -> String {
        let query = self.query.get();
        let (percent, hits) = (self.percent.get(), self.hits.get().len());
        if let Some(why) = self.failed.get() {
            return say_with(Phrase::SearchFailed, &why);
        }
        if percent < 100 && hits == 0 {
            return say_with(Phrase::SearchBuilding, &percent.to_string());
        }
        match (query.trim().is_empty(), hits) {
            (true, _) => say(Phrase::SearchEmpty).to_owned(),
            (false, 0) => say_with(Phrase::SearchNothing, query.trim()),
            (false, hits) => say_with(Phrase::SearchCount, &hits.to_string()),
        }
    }

    fn open(self, index: usize) {
        let Some(found) = self.hits.with_untracked(|hits| hits.get(index).cloned()) else { return };
        let Some(app) = current() else { return };
        self.hasty.set(false);
        app.close_panels();
        let route = Route { address: found.page, fragment: found.anchor };
        if route.address == app.address() {
            chapter::jump(&app, &route);
        } else {
            chapter::go(&app, route, Arrival::Link);
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let count = self.hits.with_untracked(Vec::len);
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
        self.chosen.set(next);
        if let Some(row) = dom::by_id(&row_id(next)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
}

fn row_id(index: usize) -> String {
    format!("hit-{index}")
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
                        (!state.hits.get().is_empty()).then(|| row_id(state.chosen.get()))
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
                        state.ask();
                    }
                    on:keydown=move |event| state.key(&event)
                />
                <button type="button" class="close" aria-label=say(Phrase::Close) on:click=move |_| panel.set(None)>"×"</button>
            </div>
            <p class="status" role="status">{move || state.status()}</p>
            <ol id="hits" role="listbox" aria-label=say(Phrase::Search)>
                {move || {
                    state
                        .hits
                        .get()
                        .into_iter()
                        .enumerate()
                        .map(|(index, found)| view! { <Row index found state/> })
                        .collect_view()
                }}
            </ol>
        </Dialog>
    }
}

/// A result.
#[component]
fn Row(
    /// Its place in the list.
    index: usize,
    /// What was found.
    found: Found,
    /// The panel's state.
    state: State,
) -> impl IntoView {
    let path = found.path.join(" › ");
    view! {
        <li
            id=row_id(index)
            role="option"
            aria-selected=move || (state.chosen.get() == index).to_string()
            on:click=move |_| state.open(index)
            on:pointermove=move |_| {
                if state.chosen.get_untracked() != index {
                    state.chosen.set(index);
                }
            }
        >
            <strong>{pieces(found.title)}</strong>
            {(!path.is_empty()).then(|| view! { <small>{path}</small> })}
            <span class="snippet">{pieces(found.snippet)}</span>
        </li>
    }
}

/// Text with what was asked for marked.
fn pieces(pieces: Vec<(String, bool)>) -> impl IntoView {
    pieces
        .into_iter()
        .map(
            |(text, matched)| {
                if matched { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
            },
        )
        .collect_view()
}
