//! Buttons on code blocks: copy, and show the lines that the author hid.

use book::phrases::Phrase;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, MouseEvent, Node};

use crate::dom;
use crate::words::say;

const ICON_COPY: &str = "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><rect x=\"5.5\" y=\"5.5\" width=\"8\" height=\"8\" rx=\"1.5\"/><path d=\"M3.5 10.5h-1v-8h8v1\"/></svg>";
const ICON_DONE: &str =
    "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"m3 8.5 3.5 3.5L13 4.5\"/></svg>";
const ICON_HIDDEN: &str = "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z\"/><circle cx=\"8\" cy=\"8\" r=\"2\"/></svg>";

/// Adds buttons to every code block below `root`. They stand over the block: nothing moves.
pub fn add(root: &Element) {
    for block in dom::all(root, "pre:not(.mermaid)") {
        let Some(code) = block.query_selector("code").ok().flatten() else { continue };
        let is_ready = block.query_selector(".code-tools").ok().flatten().is_some();
        if is_ready {
            continue;
        }
        let Ok(tools) = dom::document().create_element("nav") else { continue };
        tools.set_class_name("code-tools");
        // `nav` tells text tools that this is not the author's; a landmark for each block would only be in the way.
        let _ = tools.set_attribute("role", "none");
        if code.query_selector(".boring").ok().flatten().is_some() {
            add_button(&tools, "hidden", Phrase::ShowHidden, ICON_HIDDEN);
        }
        add_button(&tools, "copy", Phrase::CopyCode, ICON_COPY);
        let _ = block.append_child(&tools);
    }
    // What is too wide scrolls: the keyboard must reach it. Measured last, since each change before a measurement
    // costs a layout.
    for wide in dom::all(root, "pre > code, .katex-display") {
        if wide.scroll_width() > wide.client_width() {
            let _ = wide.set_attribute("tabindex", "0");
        }
    }
}

fn add_button(tools: &Element, action: &str, phrase: Phrase, icon: &str) {
    let Ok(button) = dom::document().create_element("button") else { return };
    let _ = button.set_attribute("type", "button");
    let _ = button.set_attribute("data-action", action);
    name(&button, phrase);
    button.set_inner_html(icon);
    let _ = tools.append_child(&button);
}

fn name(button: &Element, phrase: Phrase) {
    let _ = button.set_attribute("aria-label", say(phrase));
    let _ = button.set_attribute("title", say(phrase));
}

/// Answers the buttons of every block, present and to come.
pub fn attach() {
    dom::on(&dom::document(), "click", |event: MouseEvent| {
        let Some(button) = dom::closest(&event, ".code-tools button") else { return };
        let Some(block) = button.closest("pre").ok().flatten() else { return };
        match button.get_attribute("data-action").as_deref() {
            Some("copy") => copy(button, &block),
            _ => {
                let shown = block.class_list().toggle("show-hidden").unwrap_or(false);
                name(&button, if shown { Phrase::HideHidden } else { Phrase::ShowHidden });
                let _ = button.set_attribute("aria-pressed", if shown { "true" } else { "false" });
            }
        }
    });
}

fn copy(button: HtmlElement, block: &Element) {
    let Some(code) = block.query_selector("code").ok().flatten() else { return };
    // What is hidden is not copied: readers get what they see, as in mdBook.
    let text = if block.class_list().contains("show-hidden") {
        code.text_content().unwrap_or_default()
    } else {
        visible_text(&code)
    };
    let clipboard = dom::window().navigator().clipboard();
    // Over plain HTTP the browser has no clipboard.
    let promise = (!AsRef::<JsValue>::as_ref(&clipboard).is_undefined()).then(|| clipboard.write_text(&text));
    wasm_bindgen_futures::spawn_local(async move {
        let done = match promise {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        };
        name(&button, if done { Phrase::Copied } else { Phrase::CopyFailed });
        if done {
            button.set_inner_html(ICON_DONE);
        }
        dom::after(1500, move || {
            name(&button, Phrase::CopyCode);
            button.set_inner_html(ICON_COPY);
        });
    });
}

fn visible_text(node: &Node) -> String {
    let children = node.child_nodes();
    let mut text = String::new();
    for child in (0..children.length()).filter_map(|index| children.get(index)) {
        match child.dyn_ref::<Element>() {
            Some(element) if element.class_list().contains("boring") => {}
            Some(element) => text.push_str(&visible_text(element)),
            None => text.push_str(&child.text_content().unwrap_or_default()),
        }
    }
    text
}
