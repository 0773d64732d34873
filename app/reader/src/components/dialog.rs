//! A panel over the page: the browser's own `<dialog>`, which keeps the focus and answers Escape.

use leptos::html;
use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::app::Panel;

/// A modal panel, open while `panel` is `which`.
#[component]
pub fn Dialog(
    /// The open panel.
    panel: RwSignal<Option<Panel>>,
    /// The panel that this is.
    which: Panel,
    /// Its name, for assistive technology.
    label: &'static str,
    /// Class for its style.
    class: &'static str,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(element) = dialog.get() else { return };
        match (panel.get() == Some(which), element.open()) {
            (true, false) => {
                let _ = element.show_modal();
            }
            (false, true) => element.close(),
            _ => {}
        }
    });
    let closed = move |_| {
        if panel.get_untracked() == Some(which) {
            panel.set(None);
        }
    };
    // A click on the backdrop has the dialog itself as its target.
    let backdrop = move |event: MouseEvent| {
        let on_backdrop = dialog.get_untracked().is_some_and(|element| {
            event.target().is_some_and(|target| js_sys::Object::is(&target, &element))
        });
        if on_backdrop {
            panel.set(None);
        }
    };
    view! {
        <dialog node_ref=dialog class=class aria-label=label on:close=closed on:click=backdrop>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
}
