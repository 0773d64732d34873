//! Formulas that were not typeset at build time: KaTeX is loaded for them, and only for them.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlLinkElement, HtmlScriptElement};

use crate::app::App;
use crate::dom;

/// Where a formula still stands as TeX.
const WAITING: &str = ".math[data-tex]";

/// Makes sure that KaTeX's style is there, and typesets what is still TeX below `root`.
pub fn complete(app: &Rc<App>, root: &Element) {
    add_style(&format!("{}{}", app.library.root, app.library.page.math_style));
    if root.query_selector(WAITING).ok().flatten().is_none() {
        return;
    }
    let root = root.clone();
    with_katex(&format!("{}{}", app.library.root, app.library.page.math_script), move |katex| {
        for formula in dom::all(&root, WAITING) {
            typeset(katex, &formula);
        }
    });
}

fn add_style(address: &str) {
    let document = dom::document();
    let selector = format!("link[href$='{}']", address.rsplit('/').next().unwrap_or_default());
    if document.query_selector(&selector).ok().flatten().is_some() {
        return;
    }
    let Ok(link) = document.create_element("link") else { return };
    let link: HtmlLinkElement = link.unchecked_into();
    link.set_rel("stylesheet");
    link.set_href(address);
    if let Some(head) = document.head() {
        let _ = head.append_child(&link);
    }
}

fn with_katex(address: &str, work: impl FnOnce(&JsValue) + 'static) {
    let loaded =
        || js_sys::Reflect::get(&dom::window(), &"katex".into()).ok().filter(|katex| katex.is_object());
    if let Some(katex) = loaded() {
        return work(&katex);
    }
    let document = dom::document();
    let (Ok(script), Some(head)) = (document.create_element("script"), document.head()) else { return };
    let script: HtmlScriptElement = script.unchecked_into();
    script.set_src(address);
    let mut work = Some(work);
    dom::on(&script, "load", move |_: web_sys::Event| {
        if let (Some(katex), Some(work)) = (loaded(), work.take()) {
            work(&katex);
        }
    });
    let _ = head.append_child(&script);
}

fn typeset(katex: &JsValue, formula: &Element) {
    let tex = formula.text_content().unwrap_or_default();
    let options = js_sys::Object::new();
    for (name, value) in [
        ("displayMode", formula.class_list().contains("math-display")),
        ("throwOnError", false),
        // `\href` and the like could run script: the text may come from a model.
        ("trust", false),
    ] {
        let _ = js_sys::Reflect::set(&options, &name.into(), &value.into());
    }
    let render = js_sys::Reflect::get(katex, &"render".into())
        .ok()
        .and_then(|render| render.dyn_into::<js_sys::Function>().ok());
    if let Some(render) = render
        && render.call3(katex, &tex.into(), formula, &options).is_ok()
    {
        let _ = formula.remove_attribute("data-tex");
    }
}
