//! Markdown → HTML, the outline, the plain text and what is wrong with it: one pass over the events of
//! pulldown-cmark, the same in the build and in the browser.
//!
//! Text, ids, links, code, tables and footnotes are mdBook 0.5's (`tests/conformance.rs` holds this against
//! mdBook itself, with a list of what differs on purpose). Raw HTML is balanced: a tag that an author forgot
//! to close ends with the markdown element that it stands in.
//!
//! The way of a chapter: [`math`] takes formulas out → pulldown-cmark → [`writer`], which hands raw HTML to
//! [`html_blocks`], [`raw`] and [`tokens`], code to [`listing`], notes to [`footnotes`] and words to [`reading`].

mod admonition;
mod anchors;
mod boxes;
mod elements;
mod escape;
mod footnotes;
mod html_blocks;
mod ids;
mod images;
mod lines;
mod links;
mod listing;
mod maker;
mod math;
#[cfg(test)]
mod properties;
mod raw;
mod reading;
mod references;
#[cfg(test)]
mod tests;
mod tokens;
mod words;
mod writer;

pub use ids::id_from_content;
pub use images::picture_file;
pub use links::{has_scheme, page_address};
pub use maker::{Collect, Maker};
pub use words::count as count_words;
#[cfg(feature = "source")]
pub(crate) use writer::parser_options;

use crate::diagnostic::{Diagnostic, Severity};
use crate::phrases::Language;
use crate::wire::RenderOptions;

/// The page that a chapter becomes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Page<'a> {
    /// Address relative to the book's root, e.g. `a/b.html`; images are looked up relative to it.
    pub address: &'a str,
    /// Language of the words that the page adds, such as the name of a footnote's back link.
    pub language: Language,
}

/// A chapter, rendered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rendered {
    /// Balanced HTML for the inside of `<main>`.
    pub html: String,
    /// Text of the first heading of level 1.
    pub title: Option<String>,
    /// Headings written in markdown, in order.
    pub headings: Vec<Heading>,
    /// Links and images, in order.
    pub links: Vec<Link>,
    /// Every place that a link can lead to, with its line: ids, and names of raw `<a>`.
    pub ids: Vec<(String, u32)>,
    /// The text, cut at its headings.
    pub sections: Vec<Section>,
    /// Words of running text, code and formulas excluded.
    pub words: u32,
    /// Some formula or diagram is still to be drawn by the browser.
    pub needs_math: bool,
    /// What is wrong with the markdown.
    pub diagnostics: Vec<Finding>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id, unique in the page.
    pub id: String,
    /// Plain text.
    pub text: String,
    /// Line, from 1.
    pub line: u32,
}

/// What a link is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// A link in markdown.
    Page,
    /// A picture, in markdown or HTML.
    Image,
    /// A link in raw HTML.
    Html,
}

/// A link or image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, as the author wrote it (`a.md#b`).
    pub target: String,
    /// Line, from 1.
    pub line: u32,
    /// What it is made of.
    pub kind: LinkKind,
}

/// A heading and the text up to the next one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// Id of its heading; empty for what stands before the first one.
    pub id: String,
    /// Text of its heading.
    pub title: String,
    /// Titles of the headings that it stands under, outermost first.
    pub path: Vec<String>,
    /// Running text, a paragraph a line; formulas between dollars.
    pub text: String,
    /// Code blocks, without hidden lines.
    pub code: String,
    /// Line of the heading, from 1.
    pub line: u32,
}

/// A diagnostic that does not know its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Line, from 1.
    pub line: u32,
    /// How much it matters.
    pub severity: Severity,
    /// A stable kebab-case name for the kind of finding.
    pub code: &'static str,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Finding {
    /// The diagnostic, for the file that the markdown came from.
    #[must_use]
    pub fn in_file(&self, file: &str) -> Diagnostic {
        let make = match self.severity {
            Severity::Error => Diagnostic::error,
            Severity::Warning => Diagnostic::warning,
        };
        make(self.code, file, self.line, self.message.clone(), self.help.clone())
    }
}

/// Renders a chapter. Formulas and diagrams that `maker` cannot make become placeholders that hold their source.
#[must_use]
pub fn render(markdown: &str, page: &Page<'_>, options: &RenderOptions, maker: &dyn Maker) -> Rendered {
    writer::Writer::new(page, options, maker).render(markdown)
}

/// The formulas of a chapter as TeX, each with whether it stands on its own line, in order and once each.
#[must_use]
pub fn formulas(markdown: &str, options: &RenderOptions) -> Vec<(String, bool)> {
    let collect = Collect::default();
    let _ = render(markdown, &Page::default(), options, &collect);
    collect.into_parts().0
}
