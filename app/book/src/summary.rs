//! `SUMMARY.md`: which chapters a book has, in which order and under which numbers.
//!
//! ```text
//! # Summary                       title, optional, shown nowhere
//! [Preface](preface.md)           prefix: unnumbered, any number of links in a paragraph
//! # Part                          title of a part; numbers go on across parts
//! - [Chapter](chapter.md)         numbered
//!     - [Section](section.md)     nested, to any depth
//!     - [Planned]()               draft: numbered, without a page
//! ---                             separator, anywhere between the above
//! [Afterword](afterword.md)       suffix: unnumbered
//! ```
//!
//! What mdBook ignores or refuses is kept as far as it makes sense, and said in a diagnostic.

mod list;
mod parse;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;

/// A whole `SUMMARY.md`, flat: nesting is in the entries' levels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// The heading at its beginning.
    pub title: Option<String>,
    /// Everything below it, in order.
    pub items: Vec<Item>,
}

/// One line of a summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// The title of a part.
    Part {
        /// Its text.
        title: String,
        /// Its line, from 1.
        line: u32,
    },
    /// A rule.
    Separator,
    /// A chapter, written or planned.
    Chapter(Entry),
}

/// A chapter as the summary names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Its name, without markup.
    pub title: String,
    /// Its section number, outermost first; empty outside the numbered chapters.
    pub number: Vec<u32>,
    /// Depth, from 0.
    pub level: u8,
    /// Its file relative to the source folder, normalised; `None` for a draft.
    pub source: Option<String>,
    /// Its line, from 1.
    pub line: u32,
}

impl Entry {
    /// The section number as readers see it, e.g. `2.1.`; empty where there is none.
    pub fn number_text(&self) -> String {
        self.number.iter().map(|number| format!("{number}.")).collect()
    }
}

impl Summary {
    /// Reads the text of the summary that stands at `file`, relative to the book's root.
    pub fn parse(text: &str, file: &str) -> (Self, Vec<Diagnostic>) {
        parse::parse(text, file)
    }

    /// The chapters, drafts included, in order.
    pub fn chapters(&self) -> impl Iterator<Item = &Entry> {
        self.items.iter().filter_map(|item| match item {
            Item::Chapter(entry) => Some(entry),
            _ => None,
        })
    }
}
