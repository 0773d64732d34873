//! What the build writes and the reader reads: the contents of a book and the packs its chapters travel in.
//!
//! Chapters travel as markdown, many to a pack: one request brings a chapter and its neighbours, and text
//! that belongs together compresses together. What markdown cannot say (formulas that are already typeset,
//! diagrams that are already drawn) travels beside it in [`Made`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::quiz::Quiz;

/// Version of these formats; the reader refuses any other.
pub const VERSION: u32 = 1;

/// Everything the reader knows about a book before it has read a chapter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contents {
    /// [`VERSION`] of the build that wrote this.
    pub version: u32,
    /// Hash of everything the reader may show, hexadecimal; a new one means a new edition.
    pub edition: String,
    /// Title of the book.
    pub title: String,
    /// One sentence about the book, or empty.
    pub description: String,
    /// Authors, in the book's order.
    pub authors: Vec<String>,
    /// BCP 47 language tag of the text.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// The table of contents, in order.
    pub items: Vec<Item>,
    /// Files with the chapters' text.
    pub packs: Vec<Pack>,
    /// How this book's markdown is read.
    pub options: RenderOptions,
    /// Folder of the sources below the book's root, for edit links; `.` where there is none.
    pub source_folder: String,
    /// Address of the book's repository, where it names one.
    pub repository: Option<String>,
    /// Template for an edit link, with `{path}`, where the book names one.
    pub edit: Option<String>,
    /// Depth from which the contents start folded (`output.html.fold`); `None`: nothing folds.
    pub fold: Option<u8>,
    /// Pages that only say where another page went: old address → new address.
    pub redirects: BTreeMap<String, String>,
}

/// One line of the table of contents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Item {
    /// The title of a part.
    Part {
        /// Its text.
        title: String,
    },
    /// A rule between groups of chapters.
    Separator,
    /// A chapter, written or planned.
    Chapter(ChapterEntry),
}

/// A chapter as the table of contents shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChapterEntry {
    /// Name from SUMMARY.md.
    pub title: String,
    /// Section number such as `2.1.`, empty where the book gives none.
    pub number: String,
    /// Depth in the contents, from 0.
    pub level: u8,
    /// Page address relative to the book's root (`a/b.html`); `None` for a draft.
    pub address: Option<String>,
    /// Source path relative to the book's source folder (`a/README.md`); empty for a draft.
    pub source: String,
    /// Index into [`Contents::packs`] of the pack with its text.
    pub pack: usize,
    /// Words of running text, code excluded.
    pub words: u32,
}

/// A file with several chapters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// File name beside this one.
    pub file: String,
    /// Size before compression, in bytes.
    pub bytes: u32,
}

/// The inside of a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct PackText {
    /// Chapters in the book's order.
    pub chapters: Vec<ChapterText>,
    /// What their formulas and diagrams look like.
    pub made: Made,
}

/// A chapter ready to be rendered: directives are already expanded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct ChapterText {
    /// Page address.
    pub address: String,
    /// Markdown.
    pub markdown: String,
    /// `{{#title …}}`, where the chapter sets one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_title: Option<String>,
}

/// Markup that was made at build time because a browser would need a large script to make it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Made {
    /// TeX → HTML, for formulas in a line.
    pub inline: BTreeMap<String, String>,
    /// TeX → HTML, for formulas on their own line.
    pub display: BTreeMap<String, String>,
    /// Mermaid source → SVG.
    pub diagrams: BTreeMap<String, String>,
    /// Path of a picture from the book's root, and its width and height in pixels; sorted by path.
    // Not a map: the browser would download the code of one more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<(String, u32, u32)>,
    /// Quizzes by their paths from the book's root, as the elements `lectern-quiz` name them in `data-quiz`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quizzes: Vec<(String, Quiz)>,
}

/// How formulas are written in a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum MathSyntax {
    /// No formulas: `$` is a dollar.
    #[default]
    None,
    /// `$…$` and `$$…$$`, as mdbook-katex reads them.
    Dollar,
    /// `\\(…\\)`, `\\[…\\]` and `$$…$$`, as mdBook's MathJax support reads them.
    Mathjax,
}

/// How a book's markdown is read: the part of `book.toml` that changes a page's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RenderOptions {
    /// Curly quotes, dashes and ellipses.
    pub smart_punctuation: bool,
    /// Definition lists.
    pub definition_lists: bool,
    /// `> [!NOTE]` alerts.
    pub admonitions: bool,
    /// How formulas are written.
    pub math: MathSyntax,
    /// Language → prefix of lines that stay hidden until asked for.
    pub hidden_lines: BTreeMap<String, String>,
    /// Rust edition of the book's code, e.g. `2024`.
    pub rust_edition: Option<String>,
    /// Rust code can be run (`output.html.playground.runnable`): it gets a hidden `fn main` where it has none.
    #[serde(default = "yes")]
    pub playground_runnable: bool,
    /// Rust code marked `editable` is kept as it is (`output.html.playground.editable`).
    #[serde(default)]
    pub playground_editable: bool,
}

fn yes() -> bool {
    true
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self {
            smart_punctuation: true,
            definition_lists: true,
            admonitions: true,
            math: MathSyntax::None,
            hidden_lines: BTreeMap::new(),
            rust_edition: None,
            playground_runnable: true,
            playground_editable: false,
        }
    }
}
