//! Messages to the reader, at the foot of the screen: what happened, what is kept, what to do.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use book::phrases::Phrase;
use leptos::prelude::*;

use crate::dom;
use crate::words::say;

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    id: u32,
    /// What happened.
    pub text: String,
    help: String,
    action: Option<String>,
    tone: &'static str,
}

thread_local! {
    static NEXT: Cell<u32> = const { Cell::new(0) };
    // Kept apart from the notices, since what a signal holds must be free of `Rc`.
    static ACTIONS: RefCell<HashMap<u32, Rc<dyn Fn()>>> = RefCell::default();
}

impl Notice {
    /// Something to know.
    pub fn info(text: impl Into<String>) -> Self {
        Self::new("info", text.into())
    }

    /// Something to mind.
    pub fn warning(text: impl Into<String>) -> Self {
        Self::new("warning", text.into())
    }

    /// Something that did not work.
    pub fn error(text: impl Into<String>) -> Self {
        Self::new("error", text.into())
    }

    fn new(tone: &'static str, text: String) -> Self {
        NEXT.set(NEXT.get() + 1);
        Self { id: NEXT.get(), text, help: String::new(), action: None, tone }
    }

    /// Adds what to do.
    pub fn with_help(mut self, help: &str) -> Self {
        help.clone_into(&mut self.help);
        self
    }

    /// Adds a button that does it.
    pub fn with_action(mut self, label: &str, action: impl Fn() + 'static) -> Self {
        self.action = Some(label.to_owned());
        ACTIONS.with_borrow_mut(|actions| actions.insert(self.id, Rc::new(action)));
        self
    }

    /// Takes it away after `seconds`.
    pub fn for_seconds(self, seconds: i32) -> Self {
        let id = self.id;
        dom::after(seconds * 1000, move || {
            if let Some(app) = crate::app::current() {
                dismiss(app.notices, id);
            }
        });
        self
    }
}

fn dismiss(notices: RwSignal<Vec<Notice>>, id: u32) {
    ACTIONS.with_borrow_mut(|actions| actions.remove(&id));
    notices.update(|notices| notices.retain(|notice| notice.id != id));
}

fn act(notices: RwSignal<Vec<Notice>>, id: u32) {
    let action = ACTIONS.with_borrow(|actions| actions.get(&id).cloned());
    dismiss(notices, id);
    if let Some(action) = action {
        action();
    }
}

/// The messages that are there.
#[component]
pub fn Notices(
    /// The messages.
    notices: RwSignal<Vec<Notice>>,
) -> impl IntoView {
    view! {
        <div class="notices" aria-live="polite">
            {move || notices.get().into_iter().map(|notice| view! {
                <div class=format!("notice {}", notice.tone)>
                    <p>{notice.text} {(!notice.help.is_empty()).then(|| view! { <span>{format!(" {}", notice.help)}</span> })}</p>
                    {notice
                        .action
                        .map(|label| {
                            view! { <button type="button" class="action" on:click=move |_| act(notices, notice.id)>{label}</button> }
                        })}
                    <button type="button" class="close" aria-label=say(Phrase::Dismiss) on:click=move |_| dismiss(notices, notice.id)>
                        "×"
                    </button>
                </div>
            }).collect_view()}
        </div>
    }
}
