//! A page as lists of facts that two renderers have to agree on.

use std::collections::{BTreeMap, BTreeSet};

use ego_tree::{NodeId, NodeRef};
use scraper::{ElementRef, Html, Node, Selector, StrTendril};

/// Kind of fact → its values in the order of the page.
pub type Facts = BTreeMap<&'static str, Vec<String>>;

/// Whose page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// mdBook's.
    Mdbook,
    /// Ours.
    Ours,
}

/// What happens to an element before pages are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It goes, with all that is in it.
    Drop,
    /// It goes, and what is in it stays.
    Unwrap,
    /// A word stands in its place, the same on both sides.
    Stand(&'static str),
}

/// Markup that differs on purpose, wherever it occurs.
#[derive(Debug)]
pub struct Markup {
    /// Whose markup.
    pub side: Side,
    /// The elements.
    pub selector: &'static str,
    /// What makes both sides comparable.
    pub change: Change,
    /// What readers gain.
    pub reason: &'static str,
}

/// Attributes that readers and their tools need and that mdBook does not write.
const ADDED: &[&str] =
    &["aria-hidden", "aria-label", "aria-labelledby", "decoding", "loading", "role", "tabindex"];

/// Elements that begin and end a line of text.
const BLOCKS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Reads the facts of a page from the inside of its `<main>`. Indexes into `markup` of the rules that found
/// something go into `used`.
///
/// # Panics
/// Where a selector is wrong, or the page's markup leaks out of `<main>`.
pub fn facts(main: &str, side: Side, markup: &[Markup], used: &mut BTreeSet<usize>) -> Facts {
    let main = unnested(main);
    let document =
        format!("<!DOCTYPE html><html><body><main>{main}</main><p id=\"after-main\"></p></body></html>");
    let mut page = Html::parse_document(&document);
    if side == Side::Ours {
        let after = select(&page, "body > #after-main");
        assert_eq!(after.len(), 1, "the chapter swallows what follows it: {main}");
    }
    for (index, rule) in markup.iter().enumerate().filter(|(_, rule)| rule.side == side) {
        for id in select(&page, &format!("main {}", rule.selector)) {
            used.insert(index);
            apply(&mut page, id, rule.change);
        }
    }
    let main = select(&page, "main")[0];
    let mut reader = Reader::default();
    if let Some(main) = page.tree.get(main) {
        reader.children(main, 0);
    }
    reader.end_line();
    reader.facts
}

/// Puts the link of a heading before its text. Where the text holds a link too, a browser would tear the
/// heading apart, and nothing in it could be compared.
fn unnested(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<a class=\"header\"") {
        let Some((attributes, content)) = after.split_once('>') else { break };
        out.push_str(before);
        out.push_str("<a class=\"header\"");
        out.push_str(attributes);
        out.push_str("></a>");
        rest = content.strip_prefix("</a>").unwrap_or(content);
        if rest.len() == content.len() {
            let ends = ["</a></h", "</a></dt"].map(|end| content.find(end));
            if let Some(end) = ends.into_iter().flatten().min() {
                out.push_str(&content[..end]);
                rest = &content[end + "</a>".len()..];
            }
        }
    }
    out + rest
}

fn select(page: &Html, selector: &str) -> Vec<NodeId> {
    let parsed = Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"));
    page.select(&parsed).map(|element| element.id()).collect()
}

fn apply(page: &mut Html, id: NodeId, change: Change) {
    let Some(mut element) = page.tree.get_mut(id) else { return };
    match change {
        Change::Drop => {}
        Change::Stand(word) => {
            let text = scraper::node::Text { text: StrTendril::from(word) };
            element.insert_before(Node::Text(text));
        }
        Change::Unwrap => {
            while let Some(child) = element.first_child().map(|child| child.id()) {
                element.insert_id_before(child);
            }
        }
    }
    element.detach();
}

#[derive(Default)]
struct Reader {
    facts: Facts,
    line: String,
    in_pre: bool,
}

impl Reader {
    fn add(&mut self, kind: &'static str, value: String) {
        self.facts.entry(kind).or_default().push(value);
    }

    fn end_line(&mut self) {
        let line = collapse(&std::mem::take(&mut self.line));
        if !line.is_empty() {
            self.add("text", line);
        }
    }

    fn children(&mut self, node: NodeRef<'_, Node>, depth: usize) {
        for child in node.children() {
            match child.value() {
                Node::Text(text) if !self.in_pre => self.line.push_str(text),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element, depth);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, depth: usize) {
        let name = element.value().name();
        let block = BLOCKS.contains(&name);
        if block {
            self.end_line();
        }
        self.note(element, name, depth);
        let is_pre = name == "pre";
        if name == "br" {
            self.line.push(' ');
        }
        // Listings are compared letter by letter, not as lines of text.
        let was = self.in_pre;
        self.in_pre = was || is_pre;
        if is_pre {
            let code = listing(element);
            self.add("code", code);
        }
        self.children(*element, depth + 1);
        self.in_pre = was;
        if block {
            self.end_line();
        }
    }

    fn note(&mut self, element: ElementRef<'_>, name: &str, depth: usize) {
        let value = element.value();
        let attribute = |name: &str| value.attr(name).unwrap_or_default().to_owned();
        let text = || collapse(&element.text().collect::<String>());
        let id = value.attr("id");
        let anchor_link = name == "a" && value.attr("class") == Some("header");
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dt" => {
                let own = element.child_elements().find(|child| child.value().name() == "a");
                let to = own.and_then(|link| link.value().attr("href")).unwrap_or_default();
                self.add("headings", format!("{name} #{} → {to} {}", attribute("id"), text()));
            }
            "a" if anchor_link => {}
            "a" => {
                let href = value.attr("href").unwrap_or("-");
                self.add("links", format!("{href} “{}” {}", attribute("title"), text()));
            }
            "img" => {
                let line = format!("{} “{}” {}", attribute("src"), attribute("title"), attribute("alt"));
                self.add("images", line);
            }
            "td" | "th" => self.add("cells", format!("{name} {} {}", attribute("style"), text())),
            _ => {}
        }
        if let Some(id) = id.filter(|_| !name.starts_with('h') && name != "dt") {
            self.add("ids", format!("{name} #{id}"));
        }
        if value.attr("class") == Some("boring") {
            // Where hidden lines begin and end is told by the listing.
            return;
        }
        let mut shape = format!("{}{name}", "  ".repeat(depth));
        let told_elsewhere = ["id", "href", "src", "alt", "title", "style"];
        let mut attributes: Vec<_> = value.attrs().collect();
        attributes.sort_unstable();
        for (key, value) in attributes {
            if !told_elsewhere.contains(&key) && !ADDED.contains(&key) {
                shape.push_str(&format!(" {key}={}", collapse(value)));
            }
        }
        self.add("structure", shape);
    }
}

/// The class and text of a listing; hidden lines are marked.
fn listing(pre: ElementRef<'_>) -> String {
    let mut out = String::new();
    for node in pre.descendants() {
        let Node::Text(text) = node.value() else { continue };
        let mut around = node.ancestors().filter_map(ElementRef::wrap);
        let hidden = around.any(|element| element.value().attr("class") == Some("boring"));
        for line in text.split_inclusive('\n') {
            if out.is_empty() || out.ends_with('\n') {
                out.push_str(if hidden { "hidden|" } else { "      |" });
            }
            out.push_str(line);
        }
    }
    out
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
