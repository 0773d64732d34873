//! Footnotes: numbered in the order in which the text refers to them, gathered at the end of the page.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::escape;
use super::ids::Ids;
use super::writer::{Events, Writer, skip};
use crate::phrases::{Language, Phrase, say};

/// The notes of one page.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Name → index into `notes`.
    names: BTreeMap<String, usize>,
    notes: Vec<Note>,
    texts: BTreeMap<String, Text>,
}

struct Note {
    name: String,
    id: String,
    /// Ids of the places that refer to it.
    references: Vec<String>,
}

/// A note's own text.
pub(super) struct Text {
    pub html: String,
    /// Where in `html` the way back belongs.
    pub back: usize,
    pub line: u32,
}

impl Footnotes {
    /// Writes a reference and returns its number.
    pub(super) fn refer(&mut self, name: &str, ids: &mut Ids, out: &mut String) -> usize {
        let index = *self.names.entry(name.to_owned()).or_insert(self.notes.len());
        if index == self.notes.len() {
            let id = ids.unique(&format!("footnote-{name}"));
            self.notes.push(Note { name: name.to_owned(), id, references: Vec::new() });
        }
        let note = &mut self.notes[index];
        let id = ids.unique(&format!("fr-{name}-{}", note.references.len() + 1));
        out.push_str("<sup class=\"footnote-reference\" id=\"");
        escape::attribute(&id, out);
        out.push_str("\"><a href=\"#");
        escape::attribute(&note.id, out);
        // Writing to a string cannot fail.
        let _ = write!(out, "\" role=\"doc-noteref\">{}</a></sup>", index + 1);
        note.references.push(id);
        index + 1
    }

    /// Whether a note of this name has a text already.
    pub(super) fn is_defined(&self, name: &str) -> bool {
        self.texts.contains_key(name)
    }

    /// Sets the text of a note.
    pub(super) fn define(&mut self, name: String, text: Text) {
        self.texts.entry(name).or_insert(text);
    }

    /// Writes the list of notes; returns ids of all places, and names and lines of notes nobody refers to.
    pub(super) fn finish(mut self, language: Language, out: &mut String) -> Finished {
        let mut finished = Finished::default();
        let mut open = false;
        for note in &self.notes {
            let Some(text) = self.texts.remove(&note.name) else { continue };
            if !open {
                out.push_str("<hr>\n<ol class=\"footnote-definition\">\n");
                open = true;
            }
            out.push_str("<li id=\"");
            escape::attribute(&note.id, out);
            out.push_str("\">\n");
            out.push_str(&text.html[..text.back]);
            note.write_ways_back(language, out);
            out.push_str(&text.html[text.back..]);
            out.push_str("</li>\n");
            finished.ids.push((note.id.clone(), text.line));
            finished.ids.extend(note.references.iter().map(|id| (id.clone(), text.line)));
        }
        if open {
            out.push_str("</ol>\n");
        }
        finished.unused = self.texts.into_iter().map(|(name, text)| (name, text.line)).collect();
        finished
    }
}

/// What is left to tell once the notes are written.
#[derive(Default)]
pub(super) struct Finished {
    pub ids: Vec<(String, u32)>,
    pub unused: Vec<(String, u32)>,
}

impl Note {
    fn write_ways_back(&self, language: Language, out: &mut String) {
        for (index, id) in self.references.iter().enumerate() {
            let number = if index == 0 { String::new() } else { (index + 1).to_string() };
            out.push_str(" <a href=\"#");
            escape::attribute(id, out);
            out.push_str("\" role=\"doc-backlink\" aria-label=\"");
            escape::attribute(say(language, Phrase::BackToText), out);
            if index > 0 {
                out.push(' ');
            }
            out.push_str(&number);
            out.push_str("\">↩");
            out.push_str(&number);
            out.push_str("</a>");
        }
    }
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, name: &str) {
        if self.reference == self.out.len() {
            self.out.push(' ');
        }
        let number = self.footnotes.refer(name, &mut self.ids, &mut self.out);
        self.reference = self.out.len();
        self.links_seen += 1;
        if let Some(anchor) = &mut self.anchor {
            anchor.content.push_str(&number.to_string());
        }
    }

    pub(super) fn footnote(&mut self, name: &str, events: &mut Events<'_>) {
        if self.source.at < self.source.start {
            return skip(events);
        }
        let line = self.line();
        let known = self.footnotes.is_defined(name) || self.outer.iter().any(|(_, open, _)| open == name);
        if known {
            self.find(
                line,
                "duplicate-footnote",
                format!("the footnote `{name}` is defined a second time; this text is not shown"),
                "rename it, or join the two",
            );
            return skip(events);
        }
        self.outer.push((std::mem::take(&mut self.out), name.to_owned(), line));
        self.paragraph = (0, 0);
        self.open.enter();
    }

    pub(super) fn end_footnote(&mut self) {
        let Some((page, name, line)) = self.outer.pop() else { return };
        let html = std::mem::replace(&mut self.out, page);
        let (before, after) = self.paragraph;
        // In the note's last paragraph, not on a line of its own.
        let back = if after == html.len() && after > 0 { before } else { html.len() };
        self.footnotes.define(name, Text { html, back, line });
        self.reading.end_line();
    }
}
