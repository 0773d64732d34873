//! Figures enlarged to the whole screen.

use book::phrases::Phrase;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, Node};

use super::dialog::Dialog;
use crate::app::{Panel, current};
use crate::dom;
use crate::words::say;

const ICON: &str = "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"M6 2.5H2.5V6M10 2.5h3.5V6M6 13.5H2.5V10M10 13.5h3.5V10\"/></svg>";

/// Figures that can be enlarged. What is inside a link leads somewhere already.
const FIGURES: &str = "figure > svg, figure > img, p > img, .mermaid > svg";

/// Narrower pictures are icons: there is nothing to see in them.
const NARROWEST: f64 = 200.0;

/// Adds a button to each figure below `root`, over its corner: nothing moves.
pub fn add_buttons(root: &Element) {
    for figure in dom::all(root, FIGURES) {
        let Some(parent) = figure.parent_element() else { continue };
        if parent.query_selector(":scope > .zoom-button").ok().flatten().is_some() {
            continue;
        }
        let Ok(button) = dom::document().create_element("button") else { continue };
        button.set_class_name("zoom-button");
        for (name, value) in
            [("type", "button"), ("aria-label", say(Phrase::ZoomFigure)), ("title", say(Phrase::ZoomFigure))]
        {
            let _ = button.set_attribute(name, value);
        }
        button.set_inner_html(ICON);
        let _ = parent.class_list().add_1("can-zoom");
        let _ = parent.append_child(&button);
    }
}

/// The panel with the enlarged figure; opens for a click on a figure or its button.
#[component]
pub fn Zoom(
    /// The open panel.
    panel: RwSignal<Option<Panel>>,
) -> impl IntoView {
    let stage = NodeRef::<html::Div>::new();
    dom::on(&dom::document(), "click", move |event: MouseEvent| {
        let figure = if let Some(button) = dom::closest(&event, ".zoom-button") {
            button
                .parent_element()
                .and_then(|parent| parent.query_selector(":scope > svg, :scope > img").ok().flatten())
        } else {
            dom::closest(&event, ".can-zoom > svg, .can-zoom > img")
                .filter(|figure| figure.get_bounding_client_rect().width() >= NARROWEST)
                .map(JsCast::unchecked_into)
        };
        let (Some(figure), Some(stage), Some(app)) = (figure, stage.get_untracked(), current()) else {
            return;
        };
        let Ok(copy) = figure.clone_node_with_deep(true) else { return };
        stage.set_inner_html("");
        let _ = Node::append_child(&stage, &copy);
        app.panel.set(Some(Panel::Zoom));
    });
    view! {
        <Dialog panel which=Panel::Zoom label=say(Phrase::FigureHint) class="zoom">
            <button type="button" class="close" aria-label=say(Phrase::Close) on:click=move |_| panel.set(None)>"×"</button>
            <div class="stage" node_ref=stage tabindex="0"></div>
        </Dialog>
    }
}
