//! Headings and terms: each gets an id of its text and is a link to itself.

use pulldown_cmark::HeadingLevel;

use super::Heading;
use super::writer::{Writer, push_attribute};

/// A heading or term that is open.
pub(super) struct Anchor {
    start: usize,
    links: usize,
    /// Text as mdBook makes an id of it.
    pub content: String,
    /// Text as the outline shows it.
    pub title: String,
    id: Option<String>,
    attributes: String,
    line: u32,
}

impl Writer<'_> {
    pub(super) fn open_anchor(&mut self, id: Option<String>, attributes: String) {
        self.anchor = Some(Anchor {
            start: self.out.len(),
            links: self.links_seen,
            content: String::new(),
            title: String::new(),
            id,
            attributes,
            line: self.line(),
        });
    }

    /// Writes the start tag of a heading or term, for which its text had to be known, and its end.
    pub(super) fn close_anchor(&mut self, level: Option<HeadingLevel>) {
        let Some(anchor) = self.anchor.take() else { return };
        let title = anchor.title.trim().to_owned();
        let id = match anchor.id {
            Some(id) => {
                let free = self.ids.unique(&id);
                if free != id {
                    self.duplicate_id(&id, anchor.line);
                }
                free
            }
            None => self.ids.heading(&anchor.content),
        };
        let name = level.map_or_else(|| "dt".to_owned(), |level| level.to_string());
        let mut start = format!("<{name}");
        push_attribute(&mut start, "id", &id);
        start.push_str(&anchor.attributes);
        start.push_str("><a class=\"header\"");
        push_attribute(&mut start, "href", &format!("#{id}"));
        // Links cannot hold links: then the way to the heading stands before its text.
        let apart = self.links_seen != anchor.links;
        if apart {
            push_attribute(&mut start, "aria-labelledby", &id);
            start.push_str("></a>");
        } else {
            start.push('>');
        }
        self.out.insert_str(anchor.start, &start);
        self.out.push_str(if apart { "</" } else { "</a></" });
        self.out.push_str(&name);
        self.out.push_str(">\n");

        match level {
            Some(level) => {
                self.reading.heading(level as u8, &title, &id, anchor.line);
                let heading = Heading { level: level as u8, id: id.clone(), text: title, line: anchor.line };
                self.rendered.headings.push(heading);
            }
            None => {
                self.reading.text(&title);
                self.reading.end_line();
            }
        }
        self.rendered.ids.push((id, anchor.line));
    }
}
