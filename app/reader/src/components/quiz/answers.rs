//! A reader's answers: between the form and the browser's storage.

use book::quiz::{Answer, Kind, Question};
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::app::App;
use crate::{dom, storage};

/// Where the number is kept that stands for this reader in the order of options.
const SEED: &str = "lectern:seed";

/// Stands for this reader: the same options come in the same order every time, and in another for somebody else.
pub fn seed() -> u64 {
    if let Ok(Some(seed)) = storage::load::<u32>(SEED) {
        return u64::from(seed);
    }
    let seed = (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    // Where nothing can be stored, the order is another next time.
    let _ = storage::save(SEED, &seed);
    u64::from(seed)
}

fn key(app: &App, question: &str) -> String {
    format!("lectern:{}:answer:{question}", app.library.root_path)
}

/// What the reader answered last time.
pub fn given(app: &App, question: &str) -> Option<Answer> {
    match storage::load::<Answer>(&key(app, question)) {
        Ok(answer) => answer,
        Err(problem) => {
            app.storage_problem(problem);
            None
        }
    }
}

/// Keeps an answer.
pub fn keep(app: &App, question: &str, answer: &Answer) {
    if let Err(problem) = storage::save(&key(app, question), answer) {
        app.storage_problem(problem);
    }
}

/// The option that a row or field stands for.
pub fn option_of(place: &Element) -> Option<u32> {
    place.get_attribute("data-option").or_else(|| place.get_attribute("value"))?.parse().ok()
}

/// The answer that the form holds.
pub fn read(form: &HtmlElement, question: &Question) -> Answer {
    let (rows, is_given): (&str, fn(&HtmlElement) -> bool) = match question.kind {
        Kind::Ordering => (".options > li", |_| true),
        _ => (".options input", is_checked),
    };
    Answer {
        chosen: dom::all(form, rows)
            .iter()
            .filter(|row| is_given(row))
            .filter_map(|row| option_of(row))
            .collect(),
        texts: dom::all(form, ".text").iter().map(text).collect(),
    }
}

fn is_checked(input: &HtmlElement) -> bool {
    input.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked)
}

fn text(field: &HtmlElement) -> String {
    Reflect::get(field, &"value".into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// Puts an answer into the form.
pub fn put(form: &HtmlElement, question: &Question, answer: &Answer) {
    if question.kind == Kind::Ordering {
        if let Ok(Some(list)) = form.query_selector(".options") {
            let rows = dom::all(&list, ":scope > li");
            for option in &answer.chosen {
                if let Some(row) = rows.iter().find(|row| option_of(row) == Some(*option)) {
                    let _ = list.append_child(row);
                }
            }
        }
        return;
    }
    for input in dom::all(form, ".options input") {
        let is_chosen = option_of(&input).is_some_and(|option| answer.chosen.contains(&option));
        if let Ok(input) = input.dyn_into::<HtmlInputElement>() {
            input.set_checked(is_chosen);
        }
    }
    for (field, text) in dom::all(form, ".text").iter().zip(&answer.texts) {
        let _ = Reflect::set(field, &"value".into(), &text.into());
    }
}

/// Moves the row of `button` up or down; the focus goes with it.
pub fn shift(button: &HtmlElement, up: bool) {
    let Ok(Some(row)) = button.closest("li") else { return };
    let Some(list) = row.parent_element() else { return };
    let (moved, before) = if up {
        (Some(row.clone()), row.previous_element_sibling())
    } else {
        (row.next_element_sibling(), Some(row.clone()))
    };
    if let (Some(moved), Some(before)) = (moved, before) {
        let _ = list.insert_before(&moved, Some(&before));
        let _ = button.focus();
    }
}
