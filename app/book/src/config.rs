//! `book.toml`: what a book says about itself, read leniently.
//!
//! Every key that readers notice has a field. Keys that mdBook knows and readers do not notice are accepted
//! and dropped; a key that nobody knows is a warning, as is an old spelling, which still works.

mod read;
mod table;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::wire::{MathSyntax, RenderOptions};

/// Name of the file, as it stands in diagnostics.
pub const FILE: &str = "book.toml";

/// A whole `book.toml`, with mdBook's defaults where it is silent.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Config {
    /// `[book]`.
    pub book: About,
    /// `[build]`.
    pub build: Build,
    /// `[rust] edition`, e.g. `2024`.
    pub rust_edition: Option<String>,
    /// `[output.html]`.
    pub html: Html,
    /// `[preprocessor]`.
    pub preprocessors: Preprocessors,
}

/// `[book]`: what the book is.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Title, or empty.
    pub title: String,
    /// Authors in order.
    pub authors: Vec<String>,
    /// Description, or empty.
    pub description: String,
    /// BCP 47 tag of the text's language.
    pub language: String,
    /// Direction of the text, given or as the language has it.
    pub direction: Direction,
    /// Folder of the sources relative to the book's root, normalised; empty for the root itself.
    pub src: String,
}

impl Default for About {
    fn default() -> Self {
        Self {
            title: String::new(),
            authors: Vec::new(),
            description: String::new(),
            language: "en".to_owned(),
            direction: Direction::LeftToRight,
            src: "src".to_owned(),
        }
    }
}

/// Direction of a book's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// As in English.
    #[default]
    LeftToRight,
    /// As in Arabic.
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }

    /// The direction of the script that a language is usually written in.
    pub fn of_language(tag: &str) -> Self {
        const RIGHT_TO_LEFT: [&str; 31] = [
            "ae", "ar", "ara", "arc", "ave", "ckb", "dv", "egy", "fa", "fas", "he", "heb", "ku", "kur",
            "nqo", "pal", "per", "phn", "prs", "ps", "pus", "sam", "sd", "syc", "syr", "ug", "ur", "urd",
            "yi", "yid", "iw",
        ];
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase();
        if RIGHT_TO_LEFT.contains(&primary.as_str()) { Self::RightToLeft } else { Self::LeftToRight }
    }
}

/// `[build]`: how the book is put together.
#[derive(Debug, Clone, PartialEq)]
pub struct Build {
    /// mdBook's output folder, relative to the book's root: never part of the sources.
    pub build_dir: String,
    /// Whether a chapter without a file is an intention rather than a mistake.
    pub create_missing: bool,
    /// Whether directives are expanded and READMEs become indexes without being asked for.
    pub use_default_preprocessors: bool,
    /// Folders outside the sources whose changes matter too.
    pub extra_watch_dirs: Vec<String>,
}

impl Default for Build {
    fn default() -> Self {
        Self {
            build_dir: "book".to_owned(),
            create_missing: true,
            use_default_preprocessors: true,
            extra_watch_dirs: Vec::new(),
        }
    }
}

/// `[output.html]`: how the book is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Html {
    /// Curly quotes, dashes, ellipses.
    pub smart_punctuation: bool,
    /// Definition lists.
    pub definition_lists: bool,
    /// `> [!NOTE]` alerts.
    pub admonitions: bool,
    /// Formulas in `\\(…\\)`, `\\[…\\]` and `$$…$$`.
    pub mathjax_support: bool,
    /// Depth from which the contents start folded; `None`: they do not fold.
    pub fold: Option<u8>,
    /// Language → prefix of hidden lines.
    pub hidden_lines: BTreeMap<String, String>,
    /// `[output.html.playground]`.
    pub playground: Playground,
    /// Name of the theme to start with, as the book spells it.
    pub default_theme: Option<String>,
    /// Name of the theme for readers who prefer dark, as the book spells it.
    pub preferred_dark_theme: Option<String>,
    /// Style sheets relative to the book's root.
    pub additional_css: Vec<Located<String>>,
    /// Scripts relative to the book's root; not run by the reader, kept so that it can be said.
    pub additional_js: Vec<Located<String>>,
    /// Whether section numbers are left out of the contents.
    pub no_section_label: bool,
    /// Address of the repository.
    pub git_repository_url: Option<String>,
    /// Icon class of the link to it, as the book spells it.
    pub git_repository_icon: Option<String>,
    /// Address at which a page's source is edited, with `{path}` for the source's path from the book's root.
    pub edit_url_template: Option<String>,
    /// Path under which the book is hosted.
    pub site_url: Option<String>,
    /// Old address → new one.
    pub redirects: Vec<Redirect>,
    /// `[output.html.search]`.
    pub search: Search,
    /// Whether the book has a page with everything for printing.
    pub print: bool,
    /// Source of the page for addresses that are not there; `None`: `404.md`, if the book has one.
    pub input_404: Option<String>,
    /// Host name for GitHub Pages.
    pub cname: Option<String>,
}

impl Default for Html {
    fn default() -> Self {
        Self {
            smart_punctuation: true,
            definition_lists: true,
            admonitions: true,
            mathjax_support: false,
            fold: None,
            hidden_lines: BTreeMap::new(),
            playground: Playground::default(),
            default_theme: None,
            preferred_dark_theme: None,
            additional_css: Vec::new(),
            additional_js: Vec::new(),
            no_section_label: false,
            git_repository_url: None,
            git_repository_icon: None,
            edit_url_template: None,
            site_url: None,
            redirects: Vec::new(),
            search: Search::default(),
            print: true,
            input_404: None,
            cname: None,
        }
    }
}

/// A value and the line of `book.toml` that it stands on, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its line.
    pub line: u32,
}

/// One entry of `[output.html.redirect]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old address from the book's root, with a `#fragment` where only that one moved.
    pub from: String,
    /// Where to go: an address relative to the old one, or anywhere on the web.
    pub to: String,
    /// Line of `book.toml`.
    pub line: u32,
}

/// `[output.html.playground]`: what can be done with Rust examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Playground {
    /// Whether they can be edited.
    pub editable: bool,
    /// Whether they can be copied.
    pub copyable: bool,
    /// Whether their lines are numbered.
    pub line_numbers: bool,
    /// Whether they can be run.
    pub runnable: bool,
}

impl Default for Playground {
    fn default() -> Self {
        Self { editable: false, copyable: true, line_numbers: false, runnable: true }
    }
}

/// `[output.html.search]`: how the book is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Whether it is.
    pub enable: bool,
    /// Most results shown.
    pub limit_results: u32,
    /// Words in a snippet.
    pub teaser_word_count: u32,
    /// Whether every word must be found.
    pub use_boolean_and: bool,
    /// Weight of a heading.
    pub boost_title: u8,
    /// Weight of the headings and chapters above.
    pub boost_hierarchy: u8,
    /// Weight of the text.
    pub boost_paragraph: u8,
    /// Whether a word's beginning finds it.
    pub expand: bool,
    /// Deepest heading that starts a section of its own.
    pub heading_split_level: u8,
    /// Chapters or folders relative to the source folder → whether they are searched.
    pub chapters: BTreeMap<String, bool>,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            enable: true,
            limit_results: 30,
            teaser_word_count: 30,
            use_boolean_and: false,
            boost_title: 2,
            boost_hierarchy: 1,
            boost_paragraph: 1,
            expand: true,
            heading_split_level: 3,
            chapters: BTreeMap::new(),
        }
    }
}

/// `[preprocessor]`: which extensions of markdown the book is written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preprocessors {
    /// `{{#include …}}` and its kin are expanded.
    pub links: bool,
    /// A README is the index of its folder.
    pub index: bool,
    /// `[preprocessor.katex]`: how it writes formulas, where the table is there.
    pub katex: Option<MathSyntax>,
    /// File with TeX macros for all formulas, relative to the book's root.
    pub katex_macros: Option<Located<String>>,
    /// `[preprocessor.admonish]`: blocks of mdbook-admonish.
    pub admonish: bool,
    /// `[preprocessor.mermaid]`: diagrams of mdbook-mermaid.
    pub mermaid: bool,
    /// `[preprocessor.lectern] bibliography`: file with references, relative to the book's root.
    pub bibliography: Option<Located<String>>,
    /// `[preprocessor.lectern] quizzes`: folder with questions for sections, relative to the book's root.
    pub quizzes: Option<Located<String>>,
    /// What programs in quizzes are written in.
    pub quiz_language: String,
    /// Those that nobody here knows.
    pub unknown: Vec<String>,
}

impl Default for Preprocessors {
    fn default() -> Self {
        Self {
            links: true,
            index: true,
            katex: None,
            katex_macros: None,
            admonish: false,
            mermaid: false,
            bibliography: None,
            quizzes: None,
            quiz_language: "rust".to_owned(),
            unknown: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the text of a `book.toml`. What cannot be read keeps its default and is said in a diagnostic.
    pub fn parse(text: &str) -> (Self, Vec<Diagnostic>) {
        read::parse(text)
    }

    /// How the book's formulas are written; mdbook-katex comes before MathJax where a book has both.
    pub fn math(&self) -> MathSyntax {
        match self.preprocessors.katex {
            Some(syntax) => syntax,
            None if self.html.mathjax_support => MathSyntax::Mathjax,
            None => MathSyntax::None,
        }
    }

    /// What rendering a page needs to know.
    pub fn render_options(&self) -> RenderOptions {
        RenderOptions {
            smart_punctuation: self.html.smart_punctuation,
            definition_lists: self.html.definition_lists,
            admonitions: self.html.admonitions,
            math: self.math(),
            hidden_lines: self.html.hidden_lines.clone(),
            rust_edition: self.rust_edition.clone(),
            playground_runnable: self.html.playground.runnable,
            playground_editable: self.html.playground.editable,
        }
    }
}
