//! The part of a page that explains a place on it.

use web_sys::Element;

/// About how many characters of a section an excerpt shows.
const ENOUGH: usize = 320;

/// HTML that explains the place with id `fragment` below `root`: a definition, a footnote, or the first
/// paragraphs of a section. `None` if there is no such place.
pub fn of(root: &Element, fragment: &str) -> Option<String> {
    let target = if fragment.is_empty() {
        root.query_selector("h1").ok().flatten().or_else(|| root.first_element_child())?
    } else {
        find(root, fragment)?
    };
    let html = match target.tag_name().to_ascii_lowercase().as_str() {
        "dt" => definition(&target),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => section(&target),
        "li" | "p" | "div" | "blockquote" | "figure" | "details" => target.inner_html(),
        // An anchor in the running text stands for what it stands in.
        _ => target
            .closest("p, li, td, dd")
            .ok()
            .flatten()
            .map_or_else(|| target.outer_html(), |around| around.inner_html()),
    };
    Some(without_ids(&html))
}

/// The element with `id`; compared as text, since an id may hold what a selector cannot.
fn find(root: &Element, id: &str) -> Option<Element> {
    let all = root.query_selector_all("[id]").ok()?;
    (0..all.length())
        .filter_map(|index| wasm_bindgen::JsCast::dyn_into::<Element>(all.get(index)?).ok())
        .find(|element| element.id() == id)
}

fn definition(term: &Element) -> String {
    let mut html = format!("<strong>{}</strong>", text(term));
    let mut next = term.next_element_sibling();
    while let Some(element) = next {
        if !element.tag_name().eq_ignore_ascii_case("dd") {
            break;
        }
        html.push_str(&format!("<div>{}</div>", element.inner_html()));
        next = element.next_element_sibling();
    }
    html
}

fn section(heading: &Element) -> String {
    let mut html = format!("<strong>{}</strong>", text(heading));
    let (mut next, mut length) = (heading.next_element_sibling(), 0);
    while let Some(element) = next {
        let tag = element.tag_name().to_ascii_lowercase();
        if length >= ENOUGH || (tag.len() == 2 && tag.starts_with('h') && tag != "hr") {
            break;
        }
        if matches!(tag.as_str(), "p" | "ul" | "ol" | "blockquote" | "pre") {
            length += element.text_content().unwrap_or_default().len();
            html.push_str(&element.outer_html());
        }
        next = element.next_element_sibling();
    }
    html
}

fn text(element: &Element) -> String {
    let mut out = String::new();
    book::navigation::escape(element.text_content().unwrap_or_default().trim(), &mut out);
    out
}

/// A copy must not repeat the ids of the page: links to them would lead to the copy.
fn without_ids(html: &str) -> String {
    html.replace(" id=\"", " data-id=\"")
}
