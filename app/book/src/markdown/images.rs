//! Pictures: room is kept for each before it has arrived, and those further down wait until they are near.

use pulldown_cmark::Event;

use super::links::page_address;
use super::writer::{Events, Writer, push_attribute};
use super::{Link, LinkKind};
use crate::path;

impl Writer<'_> {
    /// Writes the picture whose tag has just begun, and takes in its text up to its end.
    pub(super) fn image(&mut self, target: &str, title: &str, events: &mut Events<'_>) {
        let target = self.source.restore(target).into_owned();
        let line = self.line();
        let alternative = alternative_text(events);
        self.out.push_str("<img");
        push_attribute(&mut self.out, "src", &page_address(&target));
        push_attribute(&mut self.out, "alt", &self.source.restore(&alternative));
        if !title.is_empty() {
            push_attribute(&mut self.out, "title", &self.source.restore(title));
        }
        self.image_size(&target);
        self.image_loading();
        self.out.push('>');
        self.rendered.links.push(Link { target, line, kind: LinkKind::Image });
    }

    /// Writes width and height where they are known, so that the page does not shift when the picture comes.
    pub(super) fn image_size(&mut self, target: &str) {
        if path::is_external(target) {
            return;
        }
        let file = picture_file(self.page.address, target);
        if let Some((width, height)) = self.maker.picture(&file) {
            push_attribute(&mut self.out, "width", &width.to_string());
            push_attribute(&mut self.out, "height", &height.to_string());
        }
    }

    /// Lets a picture wait; not the first one, which is often what a reader sees first.
    pub(super) fn image_loading(&mut self) {
        self.out.push_str(if self.images > 0 {
            " loading=\"lazy\" decoding=\"async\""
        } else {
            " decoding=\"async\""
        });
        self.images += 1;
    }
}

/// The file, as a path from the book's root, that a picture on the page at `address` shows; `target` is what the page says.
pub fn picture_file(address: &str, target: &str) -> String {
    let (file, _) = path::split_link(target);
    path::join(path::folder(address), &path::percent_decode(file))
}

/// The text of an image, up to its end.
fn alternative_text(events: &mut Events<'_>) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for (event, _) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => break,
            Event::End(_) => depth -= 1,
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::Rule => out.push(' '),
            _ => {}
        }
    }
    out
}
