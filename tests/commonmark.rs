//! The examples of CommonMark 0.31.2, read from the parser's own package, rendered as chapters are.
//!
//! Compared are elements, attributes and text; not how a page writes the same document. Smart punctuation,
//! definition lists and alerts are off, as `book.toml` can say; what mdBook cannot switch off stays on.

use book::markdown::{Page, render};
use book::wire::RenderOptions;
use scraper::{ElementRef, Html, Node};
use tests::examples::examples;

/// Examples that read differently on purpose.
const DIFFERENT: &[(usize, &str)] = &[
    (148, "a `</pre>` inside a paragraph cannot close the `<pre>` around it, as in mdBook"),
    (156, UNFINISHED),
    (157, UNFINISHED),
    (158, UNFINISHED),
    (173, "a block of HTML that never ends is ended at its first blank line, so that no text is lost"),
    (484, "a link to a chapter leads to its page"),
    (614, SELF_CLOSING),
    (615, SELF_CLOSING),
];

const UNFINISHED: &str = "a tag that never ends is shown as text; browsers drop it and what follows";
const SELF_CLOSING: &str = "`<a/>` is empty, as its author means it; browsers would leave it open";

/// The document as lines: elements with attributes, and text; white space between blocks does not count.
fn document(html: &str) -> String {
    // The line end of the document would itself become part of an element that is left open.
    let page = Html::parse_fragment(html.trim_end());
    let mut document = Document::default();
    document.children(page.root_element(), false);
    document.end_text(false);
    document.lines
}

#[derive(Default)]
struct Document {
    lines: String,
    /// Text since the last tag, whatever comments stand in it.
    text: String,
}

impl Document {
    fn children(&mut self, element: ElementRef<'_>, in_pre: bool) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.text.push_str(text),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, in_pre);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, in_pre: bool) {
        let value = element.value();
        let name = value.name();
        // Links of headings and colours of code are ours.
        if value.attr("class").is_some_and(|class| class == "header" || class.starts_with("h-")) {
            return self.children(element, in_pre);
        }
        self.end_text(in_pre);
        let heading = name.len() == 2 && name.starts_with('h') && name != "hr";
        let mut attributes = String::new();
        for (key, value) in value.attrs() {
            let value = match key {
                "loading" | "decoding" | "tabindex" => continue,
                "id" if heading => continue,
                // mdBook writes all words after a fence as classes, CommonMark the first.
                "class" if name == "code" => value.split(' ').next().unwrap_or_default().to_owned(),
                _ => decoded(value),
            };
            attributes.push_str(&format!(" {key}={value:?}"));
        }
        self.lines.push_str(&format!("<{name}{attributes}>\n"));
        let in_pre = in_pre || name == "pre";
        self.children(element, in_pre);
        self.end_text(in_pre);
        self.lines.push_str(&format!("</{name}>\n"));
    }

    fn end_text(&mut self, in_pre: bool) {
        let text = std::mem::take(&mut self.text);
        let text = if in_pre { text } else { text.split_whitespace().collect::<Vec<_>>().join(" ") };
        if !text.is_empty() {
            self.lines.push_str(&format!("{text:?}\n"));
        }
    }
}

/// Percent signs undone: CommonMark leaves it to the renderer when to write them.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|it| std::str::from_utf8(it).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn every_example_of_commonmark_reads_as_its_specification_says() {
    let options = RenderOptions {
        smart_punctuation: false,
        definition_lists: false,
        admonitions: false,
        playground_runnable: false,
        ..RenderOptions::default()
    };
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let mut report = String::new();
    for (index, example) in examples.iter().enumerate() {
        let number = index + 1;
        let ours = document(&render(&example.markdown, &Page::default(), &options, &()).html);
        let theirs = document(&example.html);
        let listed = DIFFERENT.iter().any(|(different, _)| *different == number);
        if listed == (ours == theirs) {
            let why = if listed { "is listed, but reads the same" } else { "reads differently" };
            report.push_str(&format!(
                "example {number} {why}\n{}\n--- CommonMark\n{theirs}--- ours\n{ours}\n",
                example.markdown
            ));
        }
    }
    assert!(report.is_empty(), "{report}");
}
